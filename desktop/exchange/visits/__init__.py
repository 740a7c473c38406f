"""走访 in workbooks."""
