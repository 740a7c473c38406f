"""引文核查: what a report says of the notices in the library, compared with what they say. Pure.

``folding`` makes texts comparable, ``corpus`` is the library folded, ``pieces`` takes a report apart,
``aligning`` compares its words with a passage's, ``context`` knows of which notice and measure a place
speaks, ``mentions``, ``units``, ``terms`` and ``amounts`` judge what is no quotation, ``checking`` does
it all.
"""
