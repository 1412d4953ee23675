"""Tensor graphs: one vector-Jacobian product or tangent for each edge."""
