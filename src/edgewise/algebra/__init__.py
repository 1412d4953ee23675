"""What a computer algebra system does: substitution, expansion, series, equality, and what SymPy is asked."""

from edgewise.algebra.alignment import Alignment, aligned
from edgewise.algebra.equality import Equality, equality
from edgewise.algebra.expansion import expanded
from edgewise.algebra.joined import declared, frozen, lifted, mapped, only_outputs, side_by_side
from edgewise.algebra.known_values import with_known_values
from edgewise.algebra.rates import rates
from edgewise.algebra.series import taylor_polynomial
from edgewise.algebra.substitution import substituted
from edgewise.algebra.through_sympy import SECONDS, Asked

__all__ = [
    "SECONDS", "Alignment", "Asked", "Equality", "aligned", "declared", "equality", "expanded", "frozen", "lifted",
    "mapped", "only_outputs", "rates", "side_by_side", "substituted", "taylor_polynomial", "with_known_values",
]  # fmt: skip
