"""Which measures this program was made with. ``desktop build`` writes this file; nobody else does."""

SHA256 = "03b22e5c8631d609b7b36379382a0b8773f8af06bd54e5a2e3545ef5e913a401"
"""Of ``resources/measures.db``, byte for byte."""
