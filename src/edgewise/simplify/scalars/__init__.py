"""The fast engine for graphs of scalars: compiled loops over columns that obey the rules of `rules.py`."""
