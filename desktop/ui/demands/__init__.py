"""诉求 as they are shown and asked for: list, chain of steps, acts, process and holidays."""
