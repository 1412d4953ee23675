"""The named rewrites of accuracy: the same number in a form that loses fewer digits somewhere.

Rows are those of `simplify/rules.py` in another service: a rewrite here may take more operations, and whether it is any
better is measured. Where the left side has a value the right side has the same. The forms are those of numerical
textbooks: Hamming, *Numerical Methods for Scientists and Engineers*, chapter 3; Higham, *Accuracy and Stability of
Numerical Algorithms*, chapter 1; Kahan, *How Futile are Mindless Assessments of Roundoff*.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final, NamedTuple

from edgewise.accuracy.arena import Arena
from edgewise.ops import Op, number_key
from edgewise.simplify.pattern_trees import Pattern, orders, pattern_of

__all__ = ["REPAIRS", "Repair", "rewritten"]


def _discriminant(product: str) -> str:
    """sqrt(x*x - product), a product of two factors and a constant, without the square of anything large."""
    root = {"y*z": "sqrt(abs(y))*sqrt(abs(z))"}.get(product, "sqrt(abs(c))*(sqrt(abs(y))*sqrt(abs(z)))")
    inside = f"sqrt(abs(abs(x) - {root}))*sqrt(abs(x) + {root})"
    return f"where({product} < 0, hypot(x, {root}), {inside})"


class Repair(NamedTuple):
    """`pattern` → `replacement`, as formulas. v to z stand for any expression, c and d for constants."""

    name: str
    pattern: str
    replacement: str


REPAIRS: Final[tuple[Repair, ...]] = (
    # --- differences of one function ------------------------------------------------------------------------------
    Repair("difference of sines", "sin(x) - sin(y)", "2*cos((x + y)/2)*sin((x - y)/2)"),
    Repair("difference of cosines", "cos(x) - cos(y)", "-2*(sin((x + y)/2)*sin((x - y)/2))"),
    Repair("sum of sines", "sin(x) + sin(y)", "2*sin((x + y)/2)*cos((x - y)/2)"),
    Repair("sum of cosines", "cos(x) + cos(y)", "2*cos((x + y)/2)*cos((x - y)/2)"),
    Repair("difference of tangents", "tan(x) - tan(y)", "sin(x - y)/(cos(x)*cos(y))"),
    Repair("difference of arc tangents", "atan(x) - atan(y)", "atan2(x - y, 1 + x*y)"),
    Repair("difference of logarithms", "log(x) - log(y)", "log1p((x - y)/y)"),
    Repair("difference of logarithms", "log(x) - log(y)", "log(x/y)"),
    Repair("difference of logarithms", "log1p(x) - log1p(y)", "log1p((x - y)/(1 + y))"),
    Repair("difference of logarithms", "log1p(x) - log(y)", "log1p((1 + x - y)/y)"),
    Repair("difference of logarithms", "log(x) - log1p(y)", "-log1p((1 + y - x)/x)"),
    Repair("difference of exponentials", "exp(x) - exp(y)", "exp(y)*expm1(x - y)"),
    Repair("difference of exponentials", "exp(x) - exp(-x)", "2*sinh(x)"),
    Repair("difference of exponentials", "exp(-x) - exp(x)", "-2*sinh(x)"),
    Repair("difference of exponentials", "expm1(x) - expm1(y)", "exp(y)*expm1(x - y)"),
    Repair("sum of exponentials", "exp(x) + exp(-x)", "2*cosh(x)"),
    Repair("difference of powers", "x**c - y**c", "y**c*expm1(c*log1p((x - y)/y))"),
    Repair("difference of powers", "x**v - y**v", "y**v*expm1(v*log1p((x - y)/y))"),
    Repair("difference of squares", "x*x - y*y", "(x - y)*(x + y)"),
    Repair("difference of hyperbolic sines", "sinh(x) - sinh(y)", "2*cosh((x + y)/2)*sinh((x - y)/2)"),
    Repair("difference of hyperbolic cosines", "cosh(x) - cosh(y)", "2*sinh((x + y)/2)*sinh((x - y)/2)"),
    Repair("difference of hyperbolic tangents", "tanh(x) - tanh(y)", "sinh(x - y)/(cosh(x)*cosh(y))"),
    # --- differences from one ---------------------------------------------------------------------------------------
    Repair("one minus a cosine", "1 - cos(x)", "2*sin(x/2)**2"),
    Repair("one minus a cosine", "cos(x) - 1", "-2*sin(x/2)**2"),
    Repair("one plus a cosine", "1 + cos(x)", "2*cos(x/2)**2"),
    Repair("half an angle", "(1 - cos(x))/sin(x)", "tan(x/2)"),
    Repair("half an angle", "sin(x)/(1 + cos(x))", "tan(x/2)"),
    Repair("exponential less one", "exp(x) - 1", "expm1(x)"),
    Repair("exponential less one", "1 - exp(x)", "-expm1(x)"),
    Repair("exponential less one", "expm1(x) + 1", "exp(x)"),
    Repair("hyperbolic cosine less one", "cosh(x) - 1", "2*sinh(x/2)**2"),
    Repair("exponentials less two", "exp(x) + exp(-x) - 2", "4*sinh(x/2)**2"),
    Repair("exponentials less two", "exp(x) - 2 + exp(-x)", "4*sinh(x/2)**2"),
    Repair("power less one", "x**c - 1", "expm1(c*log(x))"),
    Repair("power less one", "x**y - 1", "expm1(y*log(x))"),
    Repair("logarithm near one", "log(1 + x)", "log1p(x)"),
    Repair("logarithm near one", "log(1 - x)", "log1p(-x)"),
    Repair("logarithm near one", "log(x)", "log1p(x - 1)"),
    Repair("logarithm near one", "softplus(-log(x))", "log1p(1/x)"),
    Repair("logarithm of a quotient", "log(x/y)", "log1p((x - y)/y)"),
    Repair("logarithm of a quotient", "log(x/y)", "log(x) - log(y)"),
    Repair("logarithm of a product", "log(x*y)", "log(abs(x)) + log(abs(y))"),
    Repair("logarithm of a power", "log(x**c)", "c*log(abs(x))"),
    Repair("logarithms of one plus and minus", "log1p(x) - log1p(-x)", "2*atanh(x)"),
    Repair("logarithms of one plus and minus", "log((1 - x)/(1 + x))", "-2*atanh(x)"),
    Repair("logarithms of one plus and minus", "log((1 + x)/(1 - x))", "2*atanh(x)"),
    Repair("arc cosine near one", "acos(1 - x)", "2*asin(sqrt(x/2))"),
    Repair("inverse hyperbolic cosine near one", "acosh(1 + x)", "2*asinh(sqrt(x/2))"),
    *(
        Repair("law of cosines", f"(x*x + y*y) - {product}*cos(z)", "(x - y)**2 + 4*(x*y)*sin(z/2)**2")
        for product in ("(2*(x*y))", "((2*x)*y)", "(2*x*y)")
    ),
    Repair("law of cosines", "(x*x + y*y) - 2*((x*y)*cos(z))", "(x - y)**2 + 4*(x*y)*sin(z/2)**2"),
    Repair("squared tangent plus one", "1 + tan(x)**2", "1/cos(x)**2"),
    Repair("tangents by their halves", "1 - tanh(x)**2", "sech(x)**2"),
    Repair("complement of a sigmoid", "1 - sigmoid(x)", "sigmoid(-x)"),
    Repair("sigmoid", "1/(1 + exp(-x))", "sigmoid(x)"),
    Repair("sigmoid", "exp(x)/(1 + exp(x))", "sigmoid(x)"),
    Repair("sigmoid", "1/(1 + exp(x))", "sigmoid(-x)"),
    Repair("complementary error function", "1 - erf(x)", "erfc(x)"),
    Repair("error function of the other sign", "erfc(-x) - 1", "erf(x)"),
    Repair("squares of sine and cosine", "1 - sin(x)**2", "cos(x)**2"),
    Repair("squares of sine and cosine", "1 - cos(x)**2", "sin(x)**2"),
    Repair("squares of sine and cosine", "cos(x)**2 - sin(x)**2", "cos(2*x)"),
    Repair("quotient of sine and cosine", "sin(x)/cos(x)", "tan(x)"),
    Repair("angles added", "sin(x)*cos(y) - cos(x)*sin(y)", "sin(x - y)"),
    Repair("angles added", "sin(x)*cos(y) + cos(x)*sin(y)", "sin(x + y)"),
    Repair("angles added", "cos(x)*cos(y) + sin(x)*sin(y)", "cos(x - y)"),
    Repair("angles added", "cos(x)*cos(y) - sin(x)*sin(y)", "cos(x + y)"),
    Repair("angle of a sum", "sin(x + y)", "sin(x)*cos(y) + cos(x)*sin(y)"),
    Repair("angle of a sum", "cos(x + y)", "cos(x)*cos(y) - sin(x)*sin(y)"),
    Repair("angle of a sum", "sin(x - y)", "sin(x)*cos(y) - cos(x)*sin(y)"),
    Repair("angle of a sum", "cos(x - y)", "cos(x)*cos(y) + sin(x)*sin(y)"),
    Repair("angle of a sum", "tan(x + y)", "(tan(x) + tan(y))/(1 - tan(x)*tan(y))"),
    Repair("tangent as a quotient", "1/tan(x)", "cos(x)/sin(x)"),
    Repair("power of a third", "x**(1/3)", "cbrt(x)"),
    Repair("power of a third", "x**(-1/3)", "1/cbrt(x)"),
    Repair("power of a third", "x**(2/3)", "cbrt(x)**2"),
    Repair("power of a third", "x**(-2/3)", "1/cbrt(x)**2"),
    Repair("power of a third", "x**(4/3)", "x*cbrt(x)"),
    Repair("power of a third", "x**(-4/3)", "1/(x*cbrt(x))"),
    Repair("power of a third", "x**(-5/3)", "1/(x*cbrt(x)**2)"),
    Repair("difference of cube roots", "cbrt(x) - cbrt(y)", "(x - y)/(cbrt(x)**2 + cbrt(x)*cbrt(y) + cbrt(y)**2)"),
    # --- what is too large or too small on the way ------------------------------------------------------------------
    Repair("length of two sides", "sqrt(x*x + y*y)", "hypot(x, y)"),
    Repair("squares by their length", "z/(x*x + y*y)", "z/hypot(x, y)/hypot(x, y)"),
    Repair("squares by their length", "x*x + y*y", "hypot(x, y)**2"),
    Repair("length into a sum", "(x + y)/hypot(v, w)", "x/hypot(v, w) + y/hypot(v, w)"),
    Repair("length into a sum", "(x - y)/hypot(v, w)", "x/hypot(v, w) - y/hypot(v, w)"),
    Repair("root of a square", "sqrt(x*x)", "abs(x)"),
    Repair("large square under a root", "sqrt(x*x + y)", "abs(x)*sqrt(1 + y/x/x)"),
    Repair("large square under a root", "sqrt(x*x - y)", "abs(x)*sqrt(1 - y/x/x)"),
    *(
        Repair("root of a discriminant", f"sqrt(x*x - {product})", _discriminant(product))
        for product in ("y*z", "c*(y*z)", "(c*y)*z")
    ),
    Repair("root of a difference of squares", "sqrt(x*x - y*y)", "sqrt(abs(x - y))*sqrt(abs(x + y))"),
    Repair("root of a product", "sqrt(x*y)", "sqrt(abs(x))*sqrt(abs(y))"),
    Repair("root of a quotient", "sqrt(x/y)", "sqrt(abs(x))/sqrt(abs(y))"),
    Repair("quotient of roots", "sqrt(x)/sqrt(y)", "sqrt(x/y)"),
    Repair("product of exponentials", "exp(x)*exp(y)", "exp(x + y)"),
    Repair("quotient of exponentials", "exp(x)/exp(y)", "exp(x - y)"),
    Repair("reciprocal of an exponential", "x/exp(y)", "x*exp(-y)"),
    Repair("power of an exponential", "exp(x)**c", "exp(c*x)"),
    Repair("power of an exponential", "exp(x)**y", "exp(y*x)"),
    Repair("exponential over itself less one", "exp(x)/expm1(x)", "-1/expm1(-x)"),
    Repair("exponential less one over a part of its exponent", "expm1(x)/x", "exprel(x)"),
    Repair("exponential less one over a part of its exponent", "expm1(x*y)/y", "x*exprel(x*y)"),
    Repair("exponential less one over a part of its exponent", "y/expm1(x*y)", "1/(x*exprel(x*y))"),
    Repair("exponential less one over a part of its exponent", "y*(c/expm1(x*y))", "c/(x*exprel(x*y))"),
    Repair("exponential less one over a part of its exponent", "y/expm1(-(x*y))", "-1/(x*exprel(-(x*y)))"),
    Repair("exponential less one over a part of its exponent", "y*(c/expm1(-(x*y)))", "-c/(x*exprel(-(x*y)))"),
    Repair("exponential less one over a part of its exponent", "y/expm1((-x)*y)", "-1/(x*exprel((-x)*y))"),
    Repair("exponential less one over a part of its exponent", "y*(c/expm1((-x)*y))", "-c/(x*exprel((-x)*y))"),
    Repair("power of a sigmoid", "sigmoid(x)**y", "exp(-y*softplus(-x))"),
    Repair("power of a complement", "(1 - sigmoid(x))**y", "exp(-y*softplus(x))"),
    Repair("logarithm of a sigmoid", "log(sigmoid(x))", "-softplus(-x)"),
    Repair("logarithm of a complement", "log(1 - sigmoid(x))", "-softplus(x)"),
    Repair("exponential over its square", "exp(x)/(1 + exp(x))**2", "sigmoid(x)*sigmoid(-x)"),
    Repair("exponential over its square", "exp(x)/expm1(x)**2", "1/(2*sinh(x/2))**2"),
    Repair("exponential over its square", "(y*y*exp(x))/expm1(x)**2", "-(y/expm1(x)*(y/expm1(-x)))"),
    Repair("exponential over its square", "(-(y*y*exp(x)))/expm1(x)**2", "y/expm1(x)*(y/expm1(-x))"),
    Repair("exponential over its square", "exp(-x)/(1 + exp(-x))**2", "sigmoid(x)*sigmoid(-x)"),
    Repair("divisor into a selection", "where(x, y, z)/w", "where(x, y/w, z/w)"),
    Repair("factor into a selection", "where(x, y, z)*w", "where(x, y*w, z*w)"),
    Repair("divisor into a selection", "(-where(x, y, z))/w", "where(x, (-y)/w, (-z)/w)"),
    Repair("divisors in another order", "x/y/z", "x/z/y"),
    Repair("quotient of squares", "(x*x)/(y*y)", "(x/y)**2"),
    Repair("quotient by a square", "x/(y*y)", "x/y/y"),
    Repair("square over a divisor", "(x*x)/y", "x*(x/y)"),
    Repair("factors and divisors in turn", "(x*y)/z", "x*(y/z)"),
    Repair("factors and divisors in turn", "(x*y)/z", "(x/z)*y"),
    Repair("factors and divisors in turn", "x/(y*z)", "x/y/z"),
    Repair("factors and divisors in turn", "x/y/z", "x/(y*z)"),
    Repair("factors and divisors in turn", "x*(y/z)", "(x*y)/z"),
    Repair("divisor of a divisor", "x/(y/z)", "x*z/y"),
    Repair("divisor of a divisor", "x/(y/z)", "x/y*z"),
    Repair("order of a product", "(x*y)*z", "x*(y*z)"),
    Repair("order of a product", "(x*y)*z", "(x*z)*y"),
    Repair("reciprocal of a power", "1/x**c", "x**(-c)"),
    Repair("quotient of powers", "x**v/y**v", "(x/y)**v"),
    Repair("quotient of powers", "x**c/y**c", "(x/y)**c"),
    Repair("power as an exponential", "x**y", "exp(y*log(x))"),
    Repair("logarithm of a sum of exponentials", "log(exp(x) + exp(y))", "logaddexp(x, y)"),
    Repair("logarithm of one plus an exponential", "log(1 + exp(x))", "softplus(x)"),
    Repair("logarithm of one plus an exponential", "log1p(exp(x))", "softplus(x)"),
    Repair("logarithm of a hyperbolic cosine", "log(cosh(x))", "logcosh(x)"),
    Repair("logarithm of one less an exponential", "log(1 - exp(x))", "log1mexp(x)"),
    Repair("exponential of a square times what is small", "exp(x*x)*erfc(x)", "erfcx(x)"),
    Repair("logarithm of a complement", "log(erfc(x))", "log(erfcx(x)) - x*x"),
    # --- sums ---------------------------------------------------------------------------------------------------------
    Repair("order of a sum", "(x + y) + z", "x + (y + z)"),
    Repair("order of a sum", "(x + y) + z", "(x + z) + y"),
    Repair("order of a sum", "(x + y) - z", "(x - z) + y"),
    Repair("order of a sum", "(x - y) + z", "(x + z) - y"),
    Repair("order of a sum", "(x - y) - z", "(x - z) - y"),
    Repair("order of a sum", "x - (y + z)", "(x - y) - z"),
    Repair("order of a sum", "x - (y - z)", "(x - y) + z"),
    Repair("common factor", "x*y + x*z", "x*(y + z)"),
    Repair("common factor", "x*y - x*z", "x*(y - z)"),
    Repair("common factor", "x*y + x", "x*(y + 1)"),
    Repair("common factor", "x*y - x", "x*(y - 1)"),
    Repair("common divisor", "x/z - y/z", "(x - y)/z"),
    Repair("common divisor", "x/z + y/z", "(x + y)/z"),
    Repair("factor into a sum", "x*(y + z)", "x*y + x*z"),
    Repair("factor into a sum", "x*(y - z)", "x*y - x*z"),
)  # fmt: skip
"""The rows: what is tried at each place where digits are lost."""


def _variants() -> dict[str, list[tuple[Repair, Pattern, Pattern]]]:
    """The rows by the operation at their top, in each order of commutative arguments."""
    found: dict[str, list[tuple[Repair, Pattern, Pattern]]] = {}
    for repair in REPAIRS:
        replacement = pattern_of(repair.replacement)
        for pattern in orders(pattern_of(repair.pattern)):
            found.setdefault(pattern.name, []).append((repair, pattern, replacement))
    return found


VARIANTS: Final = _variants()


def rewritten(arena: Arena, form: int) -> Iterator[tuple[str, int]]:
    """What the rows make of an expression at its top, each with the row's name."""
    op = arena.forms[form][0]
    if not isinstance(op, Op):
        return
    for repair, pattern, replacement in VARIANTS.get(op.name, ()):
        bound: dict[str, Any] = {}
        if _matches(arena, form, pattern, bound):
            yield repair.name, _built(arena, replacement, bound)


def _matches(arena: Arena, form: int, pattern: Pattern, bound: dict[str, Any]) -> bool:
    todo = [(form, pattern)]
    while todo:
        at, part = todo.pop()
        op, args, parameter = arena.forms[at]
        if part.kind == "any":
            if bound.setdefault(part.name, at) != at:
                return False
        elif part.kind == "literal":
            if op is not None or not _equal(parameter, part.value):
                return False
        elif part.kind == "number":
            if op is not None or not _same(bound.setdefault(part.name, parameter), parameter):
                return False
        elif not isinstance(op, Op) or op.name != part.name:
            return False
        else:
            if isinstance(part.value, Pattern):
                if part.value.kind == "literal":
                    if not _equal(parameter, part.value.value):
                        return False
                elif not _same(bound.setdefault(part.value.name, parameter), parameter):
                    return False
            elif part.value is not None and not _equal(parameter, part.value):
                return False
            todo += zip(args, part.args, strict=True)
    return True


def _equal(value: Any, wanted: Any) -> bool:
    """Whether a constant is this number, as an integer or as a double."""
    return isinstance(value, (int, float, Fraction)) and not isinstance(wanted, float) and value == wanted


def _same(value: Any, other: Any) -> bool:
    return number_key(value) == number_key(other)


def _built(arena: Arena, pattern: Pattern, bound: dict[str, Any]) -> int:
    """A replacement written out; patterns are a few levels deep."""
    if pattern.kind == "any":
        return int(bound[pattern.name])
    if pattern.kind == "number":
        return arena.constant(bound[pattern.name])
    if pattern.kind == "literal":
        return arena.constant(pattern.value)
    args = [_built(arena, arg, bound) for arg in pattern.args]
    if pattern.value is None:
        return arena.op(pattern.name, *args)
    exponent = pattern.value
    if isinstance(exponent, Pattern):
        exponent = arena.number(_built(arena, exponent, bound))
        if exponent is None:
            return arena.op("pow", *args, _built(arena, pattern.value, bound))
    return arena.op(pattern.name, *args, parameter=exponent)
