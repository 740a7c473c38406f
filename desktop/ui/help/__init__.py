"""What explains the program: the manual on the screen and on paper, bubbles, and what this copy is."""
