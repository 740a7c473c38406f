"""备份与恢复 on the screen, and what happens when the workspace cannot be opened."""
