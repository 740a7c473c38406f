"""诉求 in workbooks: the ledger, and a workbook for each unit that comes back."""
