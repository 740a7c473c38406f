"""走访: what was seen, explained and asked for at an enterprise on a day."""
