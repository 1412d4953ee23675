"""The derivation as a teacher writes it, and the algorithms' steps on numbers."""
