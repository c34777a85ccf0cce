"""Budget tables in flattened text, whose blank cells are lost."""
