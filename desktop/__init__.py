"""惠企措施手册 (Measures Desk): one district's measures for enterprises, offline.

The folders are rooms on floors; imports go only downward:
``__main__ → cli → ui → exchange → workspace → catalogue → errors, paths, logs``.
"""

TITLE = "惠企措施手册"
__version__ = "1.0.0"
