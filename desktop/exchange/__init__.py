"""Workbooks that leave the program and come back. The only room that knows openpyxl."""
