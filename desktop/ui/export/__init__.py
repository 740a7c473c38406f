"""Checklists and the ledger as workbooks, asked for in the window and written in the worker."""
