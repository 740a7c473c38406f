"""What is in the package: whose each file is, under which licence, its sums, and the glibc that it needs.

All of it is read from the finished folder and from the machine that built it; no list is kept by hand.
"""
