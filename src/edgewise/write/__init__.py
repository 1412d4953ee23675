"""Formulas for people and for other systems: LaTeX and SymPy."""
