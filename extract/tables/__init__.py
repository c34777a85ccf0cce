"""Budget tables printed as tables: their forms, columns, rows, and whether they add up."""
