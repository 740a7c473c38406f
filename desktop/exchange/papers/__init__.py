"""A notice in whatever file it came, read as text: .txt, .docx, saved web pages, workbooks."""
