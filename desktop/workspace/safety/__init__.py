"""Backups that leave the machine, and going back: what a file holds, restoring, rescuing."""
