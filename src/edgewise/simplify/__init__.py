"""Graph → graph of the same values with fewer operations: named rules, shared subexpressions, common factors."""

from edgewise.simplify.pipeline import Report, simplify
from edgewise.simplify.rules import LEVELS, RULES, Rule

__all__ = ["LEVELS", "RULES", "Report", "Rule", "simplify"]
