"""Taylor polynomials of an expression of one input about 0, past singularities that are removable.

Every operation is done on power series with balls for coefficients, and on one that begins with a power of its own: in
sin(x)/x both series begin with x. The coefficients are exact, or known to more digits than a double has.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

from flint import arb_series, ctx, fmpq, fmpq_series

from edgewise.accuracy.arena import Arena
from edgewise.accuracy.ball_values import ball_of
from edgewise.accuracy.balls import working_bits
from edgewise.ops import Op, computed_template

__all__ = ["LENGTHS", "leading_terms", "limit_at_zero", "taylor_forms"]

LENGTHS: Final = (2, 4, 8)
"""How many terms the polynomials have that are tried."""
MOST_LEADING: Final = 6
_TERMS: Final = 30
_BITS: Final = 400
_SIMPLE: Final = 10**9
"""The largest denominator of a coefficient that is taken for a fraction."""

_FUNCTIONS: Final = frozenset(
    "exp log sin cos tan asin acos atan sinh cosh tanh sqrt asinh atanh erf erfc gamma digamma".split()
)
"""What python-flint has for power series, under our names; of rational ones some of it."""


class _NoSeries(Exception):
    """The expression has no power series about 0, or one that is not known here."""


class _Laurent(NamedTuple):
    """x**first times a power series whose constant term is not 0."""

    first: int
    series: Any


def taylor_forms(arena: Arena, form: int) -> list[tuple[str, int]]:
    """Polynomials in the one input that the expression has; none where it has several, or no series about 0."""
    inputs, terms = _series_of(arena, form)
    lengths = dict.fromkeys(min(length, len(terms)) for length in LENGTHS if terms)
    return [("Taylor polynomial", _written(arena, inputs[0], terms[:length])) for length in lengths]


def leading_terms(arena: Arena, form: int) -> list[tuple[str, int]]:
    """The terms of a sum in one input, each by itself: far from 0 one of them is all that there is of it."""
    if len(arena.inputs_of(form)) != 1:
        return []
    found: list[int] = []
    todo = [(form, False)]
    while todo:
        at, negative = todo.pop()
        if arena.is_op(at, "add") or arena.is_op(at, "sub"):
            one, other = arena.forms[at][1]
            todo += [(one, negative), (other, negative != arena.is_op(at, "sub"))]
        else:
            found.append(arena.op("neg", at) if negative else at)
    return [("leading term", term) for term in found] if 1 < len(found) <= MOST_LEADING else []


def limit_at_zero(arena: Arena, form: int) -> Any:
    """What the expression tends to where its one input is 0; None where there is no such limit, or it is not known."""
    _, terms = _series_of(arena, form)
    if not terms or terms[0][0] < 0:
        return None
    return terms[0][1] if terms[0][0] == 0 else 0


def _series_of(arena: Arena, form: int) -> tuple[list[int], list[tuple[int, Any]]]:
    """The inputs of an expression, and the terms of its series in the first where it is the only one."""
    below, inputs = arena.below([form]), arena.inputs_of(form)
    if len(inputs) != 1:
        return inputs, []
    # Rational coefficients first: of what cancels in them it is known that it does.
    for kind in (fmpq_series, arb_series):
        cap = ctx.cap
        try:
            with working_bits(_BITS):
                ctx.cap = _TERMS
                terms = _terms(_expanded(arena, below, kind)[form])
        except (_NoSeries, ZeroDivisionError, ValueError, OverflowError, NotImplementedError, AttributeError):
            continue
        finally:
            ctx.cap = cap
        if terms:
            return inputs, terms
    return inputs, []


def _normal(first: int, series: Any) -> _Laurent:
    """Without leading zeros; a coefficient that may be 0 or not ends it."""
    for k in range(series.length()):
        coefficient = series[k]
        if coefficient == 0:
            continue
        if not isinstance(coefficient, fmpq) and (coefficient.contains(0) or not coefficient.is_finite()):
            raise _NoSeries
        return _Laurent(first + k, _moved(series, -k))
    return _Laurent(0, type(series)([]))


def _moved(series: Any, places: int) -> Any:
    """A series times a power of x; divided by one that it has."""
    coefficients = series.coeffs()
    return type(series)([0] * places + coefficients if places > 0 else coefficients[-places:])


def _expanded(arena: Arena, below: Sequence[int], kind: Any) -> dict[int, _Laurent]:
    made: dict[int, _Laurent] = {}
    for at in below:
        op, args, parameter = arena.forms[at]
        if op == "input":
            made[at] = _Laurent(1, kind([1]))
        elif op is None:
            made[at] = _normal(0, kind([_constant(parameter, kind)]))
        else:
            made[at] = _applied(op, [made[arg] for arg in args], parameter)
    return made


def _shifted(one: _Laurent, other: _Laurent) -> tuple[int, Any, Any]:
    """Both as series times the lower of their two powers."""
    first = min(one.first, other.first)
    return first, *(_moved(part.series, part.first - first) for part in (one, other))


def _applied(op: Op, args: Sequence[_Laurent], parameter: Any) -> _Laurent:
    one, other, name = args[0], args[-1], op.name
    if name in ("add", "sub"):
        if not other.series.length():
            return one
        if not one.series.length():
            return other if name == "add" else _Laurent(other.first, -other.series)
        first, a, b = _shifted(one, other)
        return _normal(first, a + b if name == "add" else a - b)
    if name == "neg":
        return _Laurent(one.first, -one.series)
    if name == "mul":
        return _normal(one.first + other.first, one.series * other.series)
    if name == "div":
        if not other.series.length():
            raise _NoSeries
        return _normal(one.first - other.first, one.series / other.series) if one.series.length() else one
    if name == "power" and type(parameter) is int and one.series.length():
        power = one.series ** abs(parameter)
        return _normal(one.first * parameter, power if parameter >= 0 else 1 / power)
    if one.first < 0:
        raise _NoSeries
    whole = _moved(one.series, one.first)
    halves = type(parameter) is Fraction and parameter.denominator == 2
    if name == "sqrt" or (name == "power" and halves):
        if one.first or not one.series.length():  # the root of x**2 is |x|
            raise _NoSeries
        root, times = whole.sqrt(), parameter.numerator if name == "power" else 1
        return _normal(0, root**times if times > 0 else 1 / root**-times)
    if name == "expm1":
        return _normal(0, whole.exp() - 1)
    if name in ("log", "log1p"):
        return _normal(0, (whole if name == "log" else 1 + whole).log())
    if name in _FUNCTIONS:
        return _normal(0, getattr(whole, name)())
    template = computed_template(op, parameter)
    if template is None:
        raise _NoSeries
    kind = type(whole)
    return template.write(args, lambda value: _normal(0, kind([_constant(value, kind)])), _applied)


def _constant(value: Any, kind: Any) -> Any:
    if kind is arb_series:
        return ball_of(value)
    if not isinstance(value, (int, float, Fraction)) or value != value or value in (float("inf"), -float("inf")):
        raise _NoSeries
    exact = Fraction(value)
    return fmpq(exact.numerator, exact.denominator)


def _terms(laurent: _Laurent) -> list[tuple[int, Any]]:
    """The power and coefficient of each term, as long as coefficients are known."""
    found: list[tuple[int, Any]] = []
    # A quotient of series that begin late is known to fewer terms.
    for k in range(min(laurent.series.length(), _TERMS - 8)):
        coefficient = laurent.series[k]
        if coefficient == 0:
            continue
        if isinstance(coefficient, fmpq):
            found.append((laurent.first + k, Fraction(int(coefficient.p), int(coefficient.q))))
            continue
        if coefficient.rel_accuracy_bits() < 60 and not coefficient.is_exact():
            break
        found.append((laurent.first + k, _number(coefficient)))
    return found


def _number(coefficient: Any) -> Any:
    """A coefficient as a fraction where it is a simple one, and as the nearest double otherwise."""
    middle = Fraction(*_ratio(coefficient.mid())).limit_denominator(_SIMPLE)
    if coefficient.contains(ball_of(middle)):
        return middle
    return float(coefficient.mid())


def _ratio(number: Any) -> tuple[int, int]:
    mantissa, exponent = number.man_exp()
    mantissa, exponent = int(mantissa), int(exponent)
    return (mantissa << exponent, 1) if exponent >= 0 else (mantissa, 1 << -exponent)


def _written(arena: Arena, x: int, terms: Sequence[tuple[int, Any]]) -> int:
    """Horner's scheme, in steps from one power to the next that has a term."""
    power, coefficient = terms[-1]
    made = arena.constant(coefficient)
    for lower, number in reversed(terms[:-1]):
        step = power - lower
        made = arena.op("add", arena.constant(number), arena.op("mul", _power(arena, x, step), made))
        power = lower
    if power < 0:
        return arena.op("div", made, _power(arena, x, -power))
    return arena.op("mul", _power(arena, x, power), made) if power else made


def _power(arena: Arena, x: int, exponent: int) -> int:
    return arena.op("power", x, parameter=exponent) if exponent > 1 else x
