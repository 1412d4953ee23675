"""What users hold: graphs, derivative graphs, and the functions that make them."""
