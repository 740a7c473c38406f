"""The command line: one verb per function, a few verbs per file.

``entry`` reads the arguments, ``guard`` turns what goes wrong into words and an exit code, ``window`` opens
the window (without click, which is not needed for that), ``wording`` and ``values`` make click speak Chinese,
``text`` sets plain text in columns, ``call`` is what a verb is called with, ``people`` who calls it; the rest
are verbs. Exit codes: 0 done, 1 something went wrong (a bug is told whole in the log), 2 wrong usage; for
import also 3, not all was taken in.
"""
