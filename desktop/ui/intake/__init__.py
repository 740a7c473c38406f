"""导入回填 on the screen: workbooks read, previewed, decided, taken in; and their receipts."""
