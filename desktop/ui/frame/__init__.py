"""The program and its one window: what stands around the pages and leads between them."""
