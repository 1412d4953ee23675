"""Tensors: handles with a shape, NumPy's functions on them, index notation, and what they are on scalars."""
