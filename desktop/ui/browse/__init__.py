"""The page 查阅: tree or results, the reader, the facts."""
