"""Lists of enterprises that others keep in workbooks: read, understood by column, planned by row."""
