"""The doctor's longer checks: what people do in several steps, done once from end to end.

As with the others, everything happens in a temporary folder.
"""

from __future__ import annotations


class CheckError(Exception):
    """A check found something wrong; the text says what."""
