"""The explorer: one page in which formulas, 𝒢, ℬ and the source are linked."""
