"""Does this copy of the program work on this machine? Everything is tried in a temporary folder."""


class CheckError(Exception):
    """A check found something wrong; the text says in Chinese what."""
