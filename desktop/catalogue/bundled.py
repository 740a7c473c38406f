"""Which measures this program was made with. ``desktop build`` writes this file; nobody else does."""

SHA256 = "392ab5a899ba0732fb173839b30c299b6d27ad4cbca0a985d953b1a3eed9e766"
"""Of ``resources/measures.db``, byte for byte."""
