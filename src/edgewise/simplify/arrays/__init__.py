"""Tensor graphs: index notation, in which sums of products are rewritten, and linear solves in place of inverses."""
