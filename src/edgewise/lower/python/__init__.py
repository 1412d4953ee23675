"""Python source for `math`, NumPy, JAX and torch, and what runs it."""
