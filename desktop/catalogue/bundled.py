"""Which measures this program was made with. ``desktop build`` writes this file; nobody else does."""

SHA256 = "5742b97ab3f9d77abe940bdc8aefb142138358b25f11fdcdd088862936d2869b"
"""Of ``resources/measures.db``, byte for byte."""
