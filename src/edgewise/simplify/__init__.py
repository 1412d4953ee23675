"""Graph → graph of the same values with fewer operations: named rules, shared subexpressions, common factors."""

from edgewise.simplify.doors import Interrupted, comes_first, in_scalars, is_more_work, simplify, tidied
from edgewise.simplify.pipeline import Report
from edgewise.simplify.rules import LEVELS, RULES, Rule
from edgewise.simplify.scalars.history import Frame, Rewrite

__all__ = [
    "LEVELS", "RULES", "Frame", "Interrupted", "Report", "Rewrite", "Rule", "comes_first", "in_scalars", "is_more_work",
    "simplify", "tidied",
]  # fmt: skip
