"""The page 清单: the units, and one unit's items in a table that is filled in in place."""
