"""Formats that a graph goes out in and comes back from unchanged: JSON and networkx."""
