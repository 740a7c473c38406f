"""What was changed, by whom and when; looked through, and taken back."""
