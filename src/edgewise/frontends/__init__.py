"""Ways into the graph: SymPy, Python functions and text."""
