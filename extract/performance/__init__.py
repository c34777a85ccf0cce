"""Performance forms (整体绩效目标表, 项目支出绩效目标表): tables or flattened to lines."""
