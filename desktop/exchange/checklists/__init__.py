"""Checklists as workbooks to be filled in, and what such a workbook says of itself."""
