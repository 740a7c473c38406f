"""What every workbook of ours is made of: styles, cells, layout, one table, one file."""
