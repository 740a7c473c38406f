"""Everything the user enters, in one SQLite file that is never overwritten without a trace."""
