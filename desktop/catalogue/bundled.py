"""Which measures this program was made with. ``desktop build`` writes this file; nobody else does."""

SHA256 = "9047ce58a62519d020427fabf692d510b229ab15aa54a01c2a1cd460fa192590"
"""Of ``resources/measures.db``, byte for byte."""
