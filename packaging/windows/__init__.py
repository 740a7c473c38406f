"""The package for Windows: its manifest and its installer."""
