"""What SymPy's functions are in edgewise: one row each. Names are those of SymPy's classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from edgewise.ops import TABLE
from edgewise.ops.composed_formulas import SPECIAL
from edgewise.ops.gamma_ratios import beta

__all__ = ["FOLDED", "FORMULAS", "ORDERED", "REFUSED", "SAME"]

SAME: Final[Mapping[str, str]] = {
    name: op.name for op in TABLE if op.arity and not op.parameter for name in (op.sympy or op.name).split()
}
"""Classes that are one operation of ours, with the same arguments in the same order."""

ORDERED: Final[Mapping[str, str]] = {
    name: op.name for op in TABLE if op.parameter and op.name != "power" for name in (op.sympy or op.name).split()
}
"""Classes that are one operation of ours whose constant order comes first."""

FOLDED: Final[Mapping[str, str]] = {
    **dict.fromkeys(("Min", "minimum"), "min(x, y)"),
    **dict.fromkeys(("Max", "maximum"), "max(x, y)"),
    "And": "x and y",
    "Or": "x or y",
    "Xor": "x and not y or not x and y",
}
"""Classes of any number of arguments: the formula that joins one more, from left to right."""

FORMULAS: Final[Mapping[str, tuple[str, str]]] = {
    "log": ("x b", "log(x)/log(b)"),
    "exp_polar": ("x", "exp(x)"),
    "cot": ("x", "cos(x)/sin(x)"),
    "sec": ("x", "1/cos(x)"),
    "csc": ("x", "1/sin(x)"),
    # SymPy's acot jumps at 0, where its slope is -1 from either side.
    "acot": ("x", "where(abs(x) < 1, where(x < 0, -pi/2, pi/2) - atan(x), atan(1/x))"),
    # Near |x| = 1 the digits of x - 1 count, which 1/x loses.
    "asec": ("x", "t = atan(sqrt((x - 1)*(x + 1))); where(abs(x) > 2, acos(1/x), where(x < 0, pi - t, t))"),
    "acsc": ("x", "t = atan(sqrt((x - 1)*(x + 1))); where(abs(x) > 2, asin(1/x), sign(x)*(pi/2 - t))"),
    "frac": ("x", "x - floor(x)"),
    **{name: SPECIAL[name] for name in ("factorial", "harmonic", "beta", "zeta", "erf2", "erfcinv", "cosm1", "powm1")},
    "binomial": SPECIAL["binom"],
    "RisingFactorial": SPECIAL["poch"],
    "FallingFactorial": SPECIAL["falling"],
    "elliptic_e": ("phi m", "ellipeinc(phi, m)"),
    "lowergamma": ("a x", "gammainc(a, x)*gamma(a)"),
    "uppergamma": ("a x", "gammaincc(a, x)*gamma(a)"),
    "betainc": ("a b p q", beta("a", "b", "l", "g", "B = ") + "; (betainc(a, b, q) - betainc(a, b, p))*B"),
    "betainc_regularized": ("a b p q", "betainc(a, b, q) - betainc(a, b, p)"),
    "li": ("x", "expi(log(x))"),
    "Li": ("x", "expi(log(x)) - 1.0451637801174928"),
    "KroneckerDelta": ("i j", "where(i == j, 1, 0)"),
    "Heaviside": ("x h", "where(x == 0, h, heaviside(x))"),
    "logaddexp2": ("x y", "logaddexp(x*log(2), y*log(2))/log(2)"),
    "Rem": SPECIAL["fmod"],
    "fma": ("x y z", "x*y + z"),
    "Implies": ("x y", "not x or y"),
    # edgewise is about real numbers.
    **dict.fromkeys(("re", "conjugate", "polar_lift", "UnevaluatedExpr"), ("x", "x")),
    "im": ("x", "0"),
    "arg": ("x", "where(x < 0, pi, 0)"),
}
"""Classes written in other operations: their arguments, and the formula in them, in steps where that is shorter.

They hold over the whole range, derivatives included: a form that overflows or cancels is not the one selected.
"""

_DOIT = "call .doit() first"
_COMPLEX = "write the real and the imaginary part apart; edgewise is about real functions"
_EXPLICIT = "use .as_explicit() for a matrix of scalar entries"

REFUSED: Final[Mapping[str, str]] = {
    "Derivative": "SymPy cannot carry it out by .doit(): differentiate the graph instead",
    "Integral": f"{_DOIT}; an integral without a closed form is not an expression graph",
    "Limit": _DOIT,
    "Subs": "SymPy cannot carry it out; substitute before you differentiate",
    "Permanent": "only the determinant has an operation; call .doit() on explicit matrices",
    "TupleParametersBase": "call sympy.hyperexpand first, or define it with edgewise.op",
    "ImaginaryUnit": _COMPLEX,
    "ComplexInfinity": "the expression divides by zero",
    "NaN": "the expression has no value",
    "DiracDelta": "a distribution has no value",
    "SingularityFunction": "a distribution has no value; write it with Piecewise where it is a function",
    "AccumulationBounds": "a range is not a number",
    "Order": "call .removeO() first",
    "Poly": "call .as_expr() first",
    "MatrixExpr": _EXPLICIT,
    "IndexedBase": "index it with integers, as in b[0]",
    "MatrixBase": "do the matrix operation first, with .doit()",
    "NDimArray": "do the array operation first, with .doit()",
}
"""Classes, and subclasses of them, that have no meaning as a real expression graph: what to do instead."""
