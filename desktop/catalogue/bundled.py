"""Which measures this program was made with. ``desktop build`` writes this file; nobody else does."""

SHA256 = "7db501fb5ee15d3d4c2504ce60373f76b7d53f4fc4ae6609d71236c1de530c51"
"""Of ``resources/measures.db``, byte for byte."""
