"""企业: who is visited, what is known of each and since when, and which records are one firm."""
