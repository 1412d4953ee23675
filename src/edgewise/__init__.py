"""edgewise: a symbolic graph-to-graph differentiator."""
