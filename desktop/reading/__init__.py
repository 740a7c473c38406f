"""A notice's text read into labelled pieces: proposed by rules, adjusted by hand, checked at the end."""
