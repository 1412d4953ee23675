"""What SymPy's functions are in edgewise: one row each. Names are those of SymPy's classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["FOLDED", "FORMULAS", "REFUSED", "SAME"]

SAME: Final[Mapping[str, str]] = {
    **{name: name for name in (
        "exp", "log", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "asinh", "acosh",
        "atanh", "sign", "erf", "erfc", "erfinv", "gamma", "digamma", "sinc", "expm1", "log1p", "exp2", "log2",
        "log10", "hypot", "floor", "logaddexp",
    )},
    "Abs": "abs", "ceiling": "ceil", "loggamma": "lgamma", "Mod": "mod", "Sqrt": "sqrt", "Cbrt": "cbrt",
    "StrictLessThan": "lt", "LessThan": "le", "StrictGreaterThan": "gt", "GreaterThan": "ge", "Equality": "eq",
    "Unequality": "ne", "Not": "not", "ITE": "where",
}  # fmt: skip
"""Classes that are one operation of ours, with the same arguments in the same order."""

FOLDED: Final[Mapping[str, str]] = {
    "Min": "min(x, y)",
    "Max": "max(x, y)",
    "And": "x and y",
    "Or": "x or y",
    "Xor": "x and not y or not x and y",
}
"""Classes of any number of arguments: the formula that joins one more, from left to right."""

FORMULAS: Final[Mapping[str, tuple[str, str]]] = {
    "log": ("x b", "log(x)/log(b)"),
    "cot": ("x", "cos(x)/sin(x)"),
    "sec": ("x", "1/cos(x)"),
    "csc": ("x", "1/sin(x)"),
    "coth": ("x", "cosh(x)/sinh(x)"),
    "sech": ("x", "1/cosh(x)"),
    "csch": ("x", "1/sinh(x)"),
    "acot": ("x", "atan(1/x)"),
    "asec": ("x", "acos(1/x)"),
    "acsc": ("x", "asin(1/x)"),
    "acoth": ("x", "atanh(1/x)"),
    "asech": ("x", "acosh(1/x)"),
    "acsch": ("x", "asinh(1/x)"),
    "frac": ("x", "x - floor(x)"),
    "factorial": ("x", "gamma(x + 1)"),
    "binomial": ("n k", "gamma(n + 1)/(gamma(k + 1)*gamma(n - k + 1))"),
    "RisingFactorial": ("x k", "gamma(x + k)/gamma(x)"),
    "beta": ("x y", "gamma(x)*gamma(y)/gamma(x + y)"),
    "erf2": ("x y", "erf(y) - erf(x)"),
    "erfcinv": ("x", "erfinv(1 - x)"),
    "KroneckerDelta": ("i j", "where(i == j, 1, 0)"),
    "Heaviside": ("x h", "where(x == 0, h, heaviside(x))"),
    "fma": ("x y z", "x*y + z"),
    "Implies": ("x y", "not x or y"),
    # edgewise is about real numbers.
    "re": ("x", "x"),
    "im": ("x", "0"),
    "conjugate": ("x", "x"),
    "UnevaluatedExpr": ("x", "x"),
}
"""Classes written in other operations: their arguments, and the formula in them."""

_DOIT = "call .doit() first"
_INFINITE = "infinities are not real numbers: remove it from the expression"
_COMPLEX = "write the real and the imaginary part apart; edgewise is about real functions"
_EXPLICIT = "use .as_explicit() for a matrix of scalar entries"

REFUSED: Final[Mapping[str, str]] = {
    "Derivative": "SymPy cannot carry it out by .doit(): differentiate the graph instead",
    "Integral": f"{_DOIT}; an integral without a closed form is not an expression graph",
    "Limit": _DOIT,
    "Subs": "SymPy cannot carry it out; substitute before you differentiate",
    "Permanent": "only the determinant has an operation; call .doit() on explicit matrices",
    "ImaginaryUnit": _COMPLEX,
    "arg": _COMPLEX,
    "Infinity": _INFINITE,
    "NegativeInfinity": _INFINITE,
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
