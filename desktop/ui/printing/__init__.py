"""Papers: laid out, previewed, printed, saved as PDF."""
