"""The table of operations on tensors: one row for each, by kind."""
