"""The window, and all that is shown in it: PySide6 is imported here and nowhere else."""
