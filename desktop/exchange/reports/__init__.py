"""Workbooks to be read: ledger, receipts, reminders, histories."""
