"""The page 核查: a report on the left with its claims marked, what was found on the right."""
