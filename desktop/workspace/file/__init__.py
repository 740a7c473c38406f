"""The workspace as a file: opened, locked, brought up to date, written by transactions, backed up."""
