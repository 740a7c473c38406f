"""Which measures this program was made with. ``desktop build`` writes this file; nobody else does."""

SHA256 = "c1abc08ec5a04109e8b7b8987c9a204865e806bc20cb5be36ded0e35f4805de0"
"""Of ``resources/measures.db``, byte for byte."""
