"""The program shows itself: pictures of every page, and the doctor's look at the window."""
