"""走访: enterprises, what fits them, and the record of a visit."""
