"""Which measures this program was made with. ``desktop build`` writes this file; nobody else does."""

SHA256 = "bccdbee115e28ed14007d6f3a58fde6a799596010f35844708d1f4231e819834"
"""Of ``resources/measures.db``, byte for byte."""
