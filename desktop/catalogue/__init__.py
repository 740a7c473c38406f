"""The bundled measures: reading a notice, building ``measures.db``, asking it. Read-only at run time."""
