"""Rounds of checklists out, and what comes back: matched, compared three ways, taken in, told."""
