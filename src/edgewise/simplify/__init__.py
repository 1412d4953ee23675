"""Graph → graph of the same values with fewer operations: named rules, shared subexpressions, common factors."""

from edgewise.simplify.pipeline import Report, simplify
from edgewise.simplify.record import Frame, Rewrite
from edgewise.simplify.rules import LEVELS, RULES, Rule

__all__ = ["LEVELS", "RULES", "Frame", "Report", "Rewrite", "Rule", "simplify"]
