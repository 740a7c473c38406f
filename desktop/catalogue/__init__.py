"""The bundled measures: reading a notice, building ``measures.db``, and asking it questions. Read-only at run time."""
