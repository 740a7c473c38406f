"""发文库: the list of notices, which are in use, two of them side by side."""
