"""Workbooks that come back: taken for hostile, read without guessing."""
