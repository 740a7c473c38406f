"""The shapes in which the finished folder is handed out on Linux: two kinds of .deb, and archives.

A shape only moves files: what was checked of the folder holds for each of them.
"""
