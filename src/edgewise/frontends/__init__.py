"""Ways into the graph: SymPy, Python functions, text, networkx and JSON."""
