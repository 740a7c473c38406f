"""Tests of the workspace, on real files."""
