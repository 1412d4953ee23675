"""Arrays of scalar expressions: NumPy's functions on them, and arrays that are written into."""
