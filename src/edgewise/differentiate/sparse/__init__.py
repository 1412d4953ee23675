"""Sparse Jacobians and Hessians: which entries can differ from zero, and derivatives of those alone."""
