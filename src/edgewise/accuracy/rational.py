"""Expressions as quotients of polynomials: where terms cancel as numbers, they cancel here as terms.

1/(x + 1) - 1/x is -1/(x*(x + 1)), and (x + y)/(x - y) has the derivative -2*y/(x - y)**2, without a difference of
nearly equal numbers. A root in a numerator that is a difference is brought below: sqrt(x + 1) - sqrt(x) is
1/(sqrt(x + 1) + sqrt(x)) (Hamming, *Numerical Methods for Scientists and Engineers*, chapter 3). The polynomials are
python-flint's; what they are made of are inputs and whatever is no arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from edgewise.accuracy.arena import Arena
from edgewise.accuracy.quotients import Writer
from edgewise.ops import Op

__all__ = ["DIVIDED", "MOST_ATOMS", "MOST_TERMS", "Quotient", "TooLarge", "cancelled", "multiples_of", "rational_forms"]

MOST_ATOMS: Final = 9
MOST_TERMS: Final = 60
"""Where polynomials are larger nothing is found in reasonable time, and what is found is no better."""

DIVIDED: Final = "divisor into a sum"
"""The way of writing that loses no fewer digits, and stays in range: each term is divided by itself."""

PRODUCT: Final = 2
"""The terms of a quotient of two products."""

_ARITHMETIC: Final = frozenset(("add", "sub", "mul", "div", "neg"))
_EXPONENTIALS: Final = frozenset(("exp", "expm1"))
_LONGEST: Final = 1 << 40
"""Constants are taken for exact numbers up to this numerator and denominator; others stand for themselves."""


class TooLarge(Exception):
    """Polynomials grow beyond the bounds."""


def rational_forms(arena: Arena, form: int) -> list[tuple[str, int]]:
    """The expression as a quotient of polynomials in ways that may lose fewer digits, each with the name of the way."""
    try:
        return Quotient(arena, form).written()
    except (TooLarge, ZeroDivisionError):
        return []


def cancelled(arena: Arena, form: int) -> int:
    """The expression with its terms cancelled, where that is shorter."""
    try:
        quotient = Quotient(arena, form)
        short = quotient.writer.product([quotient.top], [quotient.bottom])
    except (TooLarge, ZeroDivisionError):
        return form
    return min((form, short), key=lambda other: arena.operations([other]))


def multiples_of(arena: Arena, form: int, value: int) -> list[int]:
    """A derivative as the value, or its square, times a product; none where it is no such multiple.

    The derivative of a root x of a*x*x + b*x + c in a is -x*x/D, where D is the root of the discriminant, that in b is
    -x/D and that in c -1/D: they have all digits of x, and none of the differences that x is made of.
    """
    try:
        whole, rest = Quotient(arena, form), form
        whole.without_roots_below()
        for power in (1, 2) if whole.terms > PRODUCT else ():
            rest = arena.op("div", rest, value)
            quotient = Quotient(arena, rest)
            quotient.without_roots_below()
            if quotient.terms == PRODUCT:
                forms = [form for name, form in quotient.written() if name == "terms cancelled"]
                for _ in range(power):
                    forms = [arena.op("mul", value, form) for form in forms]
                return forms
    except (TooLarge, ZeroDivisionError):
        pass
    return []


def _exact(value: Any) -> Fraction | None:
    """A constant as an exact number that polynomials may calculate with."""
    if type(value) is float and (value != value or value in (float("inf"), float("-inf"))):
        return None
    if type(value) not in (int, float, Fraction):
        return None
    exact = Fraction(value)
    return exact if max(abs(exact.numerator), exact.denominator) <= _LONGEST else None


def _halves(exponent: Any) -> bool:
    """Whether a power is one of a square root."""
    return type(exponent) is Fraction and exponent.denominator == 2 and abs(exponent.numerator) <= 8


class Quotient:
    """Numerator and denominator of an expression, as polynomials in its atoms."""

    def __init__(self, arena: Arena, form: int, *, split: bool = False) -> None:
        self.arena, self.split = arena, split
        inner, found = self._parts(form)
        known, todo = set(found), list(found)
        while todo:  # what stands under a root is known as well
            atom = todo.pop()
            if (under := self._under(atom)) >= 0:
                more = [other for other in self._parts(under)[1] if other not in known]
                known.update(more)
                todo += more
        atoms = sorted(known)
        if not inner or len(atoms) > MOST_ATOMS:
            raise TooLarge
        self.atoms = atoms
        self.ring = fmpq_mpoly_ctx.get([f"a{k}" for k in range(max(len(atoms), 1))], Ordering.degrevlex)
        self.generators = self.ring.gens()
        self.one = self.ring.constant(1)
        self.place = {atom: k for k, atom in enumerate(atoms)}
        self.roots: dict[int, tuple[Any, Any]] = {}
        self.done: dict[int, tuple[Any, Any]] = {}
        self.writer = Writer(arena, atoms)
        # A root comes after what stands under it, for its square is written in that.
        for atom in sorted(atoms):
            if (under := self._under(atom)) >= 0:
                self.roots[self.place[atom]] = self._found(under)
        self.top, self.bottom = self._found(form)

    def _under(self, atom: int) -> int:
        """What the square of a root is; -1 of what is no root."""
        arena, args = self.arena, self.arena.forms[atom][1]
        if arena.is_op(atom, "hypot"):
            return arena.op("add", *(arena.op("power", arg, parameter=2) for arg in args))
        return args[0] if arena.is_op(atom, "sqrt") else -1

    def _parts(self, form: int) -> tuple[list[int], list[int]]:
        """The arithmetic of an expression, arguments first, and its atoms."""
        inner: set[int] = set()
        atoms: set[int] = set()
        todo = [form]
        while todo:
            at = todo.pop()
            op, args, parameter = self.arena.forms[at]
            if at in inner or at in atoms:
                continue
            name = op.name if hasattr(op, "name") else op
            if name is None and _exact(parameter) is not None:
                inner.add(at)
            elif name in _ARITHMETIC or (name == "power" and type(parameter) is int and abs(parameter) <= 8):
                inner.add(at)
                todo += args
            elif name == "power" and _halves(parameter):
                inner.add(at)
                todo.append(self.arena.op("sqrt", args[0]))
            elif name in _EXPONENTIALS and (name == "expm1" or self._exponents(args[0]) != [(1, args[0])]):
                inner.add(at)
                todo += [self.arena.op("exp", base) for _, base in self._exponents(args[0])]
            else:
                atoms.add(at)
        return sorted(inner), sorted(atoms)

    def _exponents(self, form: int) -> list[tuple[int, int]]:
        """An exponent as whole numbers times others: the powers of one exponential are powers.

        Where sums are split there is one for each term, also of what multiplies a sum.
        """
        arena, found, todo = self.arena, [], [(1, form)]
        while todo:
            times, at = todo.pop()
            op, args, _ = arena.forms[at]
            name = op.name if isinstance(op, Op) else ""
            factor = arena.number(args[0]) if name == "mul" else None
            sums = [k for k, arg in enumerate(args) if arena.is_op(arg, "add") or arena.is_op(arg, "sub")]
            if name == "neg":
                todo.append((-times, args[0]))
            elif type(factor) is int and 0 < abs(factor) <= 8:
                todo.append((times * factor, args[1]))
            elif self.split and name in ("add", "sub"):
                todo += [(times if name == "add" else -times, args[1]), (times, args[0])]
            elif self.split and name == "mul" and sums:
                op, terms, _ = arena.forms[args[sums[0]]]
                given = [(term, args[1]) if sums[0] == 0 else (args[0], term) for term in terms]
                one, other = (arena.op("mul", *pair) for pair in given)
                todo += [(times if op.name == "add" else -times, other), (times, one)]
            else:
                found.append((times, at))
        return found

    def _found(self, form: int) -> tuple[Any, Any]:
        """An expression as (numerator, denominator), without common factors."""
        inner, _ = self._parts(form)
        for at in [*inner, *([form] if form in self.place else [])]:
            if at in self.done:
                continue
            op, args, parameter = self.arena.forms[at]
            if at in self.place:
                self.done[at] = self.generators[self.place[at]], self.one
            elif op is None:
                exact = _exact(parameter)
                assert exact is not None
                self.done[at] = self.ring.constant(fmpq(exact.numerator, exact.denominator)), self.one
            else:
                if op.name == "power" and _halves(parameter):
                    args, parameter = (self.arena.op("sqrt", args[0]),), parameter.numerator
                if op.name in _EXPONENTIALS:
                    top = bottom = self.one
                    for times, base in self._exponents(args[0]):
                        power = self.generators[self.place[self.arena.op("exp", base)]] ** abs(times)
                        top, bottom = (top * power, bottom) if times > 0 else (top, bottom * power)
                    self.done[at] = self._reduced(top - bottom if op.name == "expm1" else top, bottom)
                    continue
                given = [self.done[arg] if arg in self.done else self._atom(arg) for arg in args]
                self.done[at] = self._reduced(*self._applied(op.name, given, parameter))
        return self.done[form]

    def _atom(self, form: int) -> tuple[Any, Any]:
        return self.generators[self.place[form]], self.one

    def _applied(self, name: str, given: Sequence[tuple[Any, Any]], parameter: Any) -> tuple[Any, Any]:
        (p, q), (r, s) = given[0], given[-1]
        if name == "neg":
            return -p, q
        if name == "power":
            return (p**parameter, q**parameter) if parameter >= 0 else (q**-parameter, p**-parameter)
        if name == "mul":
            return p * r, q * s
        if name == "div":
            return p * s, q * r
        if q == s:
            return (p + r if name == "add" else p - r), q
        return (p * s + r * q if name == "add" else p * s - r * q), q * s

    def _reduced(self, top: Any, bottom: Any) -> tuple[Any, Any]:
        """Squares of roots as what stands under them, and common factors cancelled."""
        for _ in range(3 if self.roots else 0):
            high = [max(degrees) for degrees in zip(*(part.degrees() for part in (top, bottom) if part), strict=True)]
            if max(high[k] for k in self.roots) < 2:
                break
            for k, (under, below) in self.roots.items():
                top, bottom = self._without_squares(top, bottom, k, under, below)
        if not bottom:
            raise ZeroDivisionError
        if len(top) > MOST_TERMS or len(bottom) > MOST_TERMS:
            raise TooLarge
        common = top.gcd(bottom)
        return top / common, bottom / common

    def _without_squares(self, top: Any, bottom: Any, k: int, under: Any, below: Any) -> tuple[Any, Any]:
        """No higher power of a root than the first, in numerator and denominator."""
        high = max(part.degrees()[k] if part else 0 for part in (top, bottom))
        if high < 2:
            return top, bottom
        pairs = high // 2

        def reduced(p: Any) -> Any:
            made = self.ring.constant(0)
            for powers, coefficient in p.terms():
                times, rest = divmod(powers[k], 2)
                monomial = self.ring.from_dict({(*powers[:k], rest, *powers[k + 1 :]): coefficient})
                made += monomial * under**times * below ** (pairs - times)
            return made

        return reduced(top), reduced(bottom)

    # --- ways to write it ---------------------------------------------------------------------------------------

    @property
    def terms(self) -> int:
        """How many terms the numerator and the denominator have."""
        return len(self.top) + len(self.bottom)

    def written(self) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        quotients = [("terms cancelled", self.top, [self.bottom])]
        for k in self.roots:
            top, bottom = self._conjugated(self.top, self.bottom, k)
            if top is not None:
                quotients.append(("root brought below", top, bottom))
        for name, top, bottom in quotients:
            found.append((name, self.writer.product([top], bottom)))
            found.append((name, self.writer.alternating([top], bottom)))
        if len(self.top) > 1 and len(self.bottom) == 1 and self.bottom != self.one:
            found.append((DIVIDED, self.writer.apart(self.top, self.bottom)))
        return found

    def _conjugated(self, top: Any, bottom: Any, k: int) -> tuple[Any, Any]:
        """A numerator p + q*root times p - q*root, and the denominator times the same; None where it has no two."""
        rest, factor = self._by_root(top, k)
        if not factor or not rest:
            return None, None
        under, below = self.roots[k]
        made = self._reduced(rest**2 * below - factor**2 * under, below * self.one)
        other = rest - factor * self.generators[k]
        # The denominator stays a product: multiplied out it would have the difference again.
        common = made[0].gcd(bottom) if made[0] else self.one
        return (made[0] / common, [bottom / common, made[1], other]) if made[0] else (None, None)

    def _by_root(self, polynomial: Any, k: int) -> tuple[Any, Any]:
        """p and q of a polynomial p + q*root."""
        root = self.generators[k]
        with_root = self.ring.from_dict({powers: c for powers, c in polynomial.terms() if powers[k]})
        return polynomial - with_root, with_root / root

    def without_roots_below(self) -> None:
        """The only quotient of its kind: no root below, but for one of which the numerator is a multiple."""
        for k, (under, below) in self.roots.items():
            root = self.generators[k]
            rest, factor = self._by_root(self.bottom, k)
            if factor:
                self.top, self.bottom = self._reduced(
                    self.top * (rest - factor * root) * below, rest**2 * below - factor**2 * under
                )
            rest, factor = self._by_root(self.top, k)
            if not rest and below == 1 and not divmod(self.bottom, under)[1]:
                self.top, self.bottom = factor, self.bottom / under * root
