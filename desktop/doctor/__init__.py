"""Does this copy of the program work on this machine?"""
