"""Products of sums multiplied out, like terms collected: sums of monomials, as a person writes them.

`simplify(expand=True)` multiplies out too, to see what cancels, and keeps what takes the fewest operations. Here the
form is what is wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from edgewise.algebra.joined import declared, frozen
from edgewise.errors import UnsupportedError
from edgewise.graph import Builder, Tape, for_scalars
from edgewise.ops import CODE, CONST, number_key, tidy_number

__all__ = ["expanded"]

ADD, SUB, MUL, DIV, NEG, POWER = (CODE[name] for name in ("add", "sub", "mul", "div", "neg", "power"))

MOST: Final = 2_000_000
"""Terms that are written down on the way, in all, from which on nobody waits for the result."""

Monomial = tuple[tuple[int, int], ...]
"""Factors, which are nodes of the new graph, in their order, with their exponents: whole numbers, never 0."""

Polynomial = dict[Monomial, Any]
"""Coefficients by monomials: integers, fractions and doubles, never 0."""

LAST: Final = 1 << 62


def expanded(tape: Tape) -> Tape:
    """The graph with products and whole powers of sums multiplied out and quotients taken apart, inside functions too.

    Functions are not taken apart: exp(x + y) and log(x*y) stay. What divides may cancel, x/x is 1, as in SymPy. Raises
    UnsupportedError where that is millions of terms, and for tensors.

    >>> from edgewise import parse
    >>> from edgewise.graph import whole_text
    >>> for text in ("(x + y)**2 - (x - y)**2", "(x + 1)*(x - 2)/x", "sin((a + b)*c)/2"):
    ...     print(whole_text(tape := expanded(parse(text).tape), tape.outputs))
    4*x*y
    x - 1 - 2/x
    sin(a*c + b*c)/2
    """
    for_scalars(tape, "expand()")
    expansion = _Expansion(tape)
    for node, code, args in tape.rows():
        if expansion.needed[node]:
            expansion.read(node, code, args)
    outputs = [expansion.write(expansion.polynomials[node]) for node in tape.outputs]
    return frozen(expansion.builder, outputs, tape.layout, [parameter.name for parameter in tape.parameters])


class _Expansion:
    """The graph being written, and each node of the first as a polynomial in nodes of it."""

    def __init__(self, tape: Tape) -> None:
        self.tape, self.builder = tape, Builder.like(tape)
        self.functions: dict[tuple[Any, ...], int] = {}  # equal ones are one factor; terms are written each by itself
        self.needed = tape.live(tape.outputs).tolist()
        self.polynomials: dict[int, Polynomial] = {
            node: {((new, 1),): 1} for node, new in zip(tape.inputs, declared(self.builder, tape), strict=True)
        }
        self.written: dict[frozenset[tuple[Monomial, Any]], int] = {}
        self.terms = 0

    def read(self, node: int, code: int, args: Sequence[int]) -> None:
        """The polynomial of a node whose arguments have theirs."""
        if node in self.polynomials:
            return
        parts = [self.polynomials[j] for j in args]
        value = self.tape.attrs.get(node)
        found: Polynomial | None = None
        if code == CONST and isinstance(value, (int, Fraction, float)) and not isinstance(value, bool):
            found = {(): value} if value else {}
        elif code in (ADD, SUB):
            found = self.sum(parts[0], parts[1], 1 if code == ADD else -1)
        elif code == NEG:
            found = {monomial: -coefficient for monomial, coefficient in parts[0].items()}
        elif code == MUL:
            found = self.product(parts[0], parts[1])
        elif code == DIV and parts[1]:
            found = self.product(parts[0], self.power(parts[1], -1))
        elif code == POWER and isinstance(value, int) and (parts[0] or value > 0):
            found = self.power(parts[0], value)
        if found is None:
            if code == CONST:
                atom = self.builder.constant(value)
            else:
                op = self.tape.op_of_code(code)
                places = [self.write(part) for part in parts]
                key = (code, *places, None if value is None else number_key(value))
                if key not in self.functions:
                    self.functions[key] = self.builder.add(self.builder.code(op), places, value)
                atom = self.functions[key]
            found = {((atom, 1),): 1}
        self.polynomials[node] = found

    def sum(self, p: Polynomial, q: Polynomial, sign: int) -> Polynomial:
        """p + q, or p - q."""
        total = dict(p)
        for monomial, coefficient in q.items():
            total[monomial] = total.get(monomial, 0) + sign * coefficient
        return self.counted(total)

    def product(self, p: Polynomial, q: Polynomial) -> Polynomial:
        """p times q."""
        self.count(len(p) * len(q))
        total: Polynomial = {}
        for left, a in p.items():
            for right, b in q.items():
                monomial = _times(left, right)
                total[monomial] = total.get(monomial, 0) + a * b
        return self.counted(total)

    def power(self, p: Polynomial, exponent: int) -> Polynomial:
        """A whole power; a negative one of a sum is one over the power of it."""
        if len(p) == 1:
            ((monomial, coefficient),) = p.items()
            if isinstance(coefficient, float) or abs(exponent) * _bits(coefficient) < 4096:
                raised: Any = (coefficient if isinstance(coefficient, float) else Fraction(coefficient)) ** exponent
                new = tuple((atom, own * exponent) for atom, own in monomial) if exponent else ()
                return {new: tidy_number(raised)}
            return {((self.write(p), exponent),): 1}
        if exponent < 0:
            return {((self.write(self.power(p, -exponent)), -1),): 1}
        found: Polynomial = p if exponent % 2 else {(): 1}
        square = p
        for bit in bin(exponent)[2:-1][::-1]:
            square = self.product(square, square)
            if bit == "1":
                found = self.product(found, square)
        return found

    def counted(self, p: Polynomial) -> Polynomial:
        """The polynomial without the terms that are 0."""
        self.count(len(p))
        return {monomial: coefficient for monomial, coefficient in p.items() if coefficient}

    def count(self, terms: int) -> None:
        self.terms += terms
        if self.terms > MOST:
            raise UnsupportedError(
                f"multiplied out the formula has far more than {MOST:,} terms on the way",
                hint="simplify(expand=True) multiplies out where that makes it shorter",
            )

    # --- writing --------------------------------------------------------------------------------------------------

    def write(self, p: Polynomial) -> int:
        """The node of a polynomial."""
        key = frozenset(p.items())
        if key not in self.written:
            total = -1
            for monomial in sorted(p, key=_place):
                coefficient, add = p[monomial], ADD
                if total >= 0 and coefficient < 0:
                    coefficient, add = -coefficient, SUB
                term = self.term(coefficient, monomial)
                total = term if total < 0 else self.builder.add(add, (total, term))
            self.written[key] = self.builder.constant(0) if total < 0 else total
        return self.written[key]

    def term(self, coefficient: Any, monomial: Monomial) -> int:
        """2*x*y**2/(3*z)"""
        exact = isinstance(coefficient, (int, Fraction))
        above, below = coefficient.as_integer_ratio() if exact else (coefficient, 1)
        over = self.factors(above, [(atom, exponent) for atom, exponent in monomial if exponent > 0])
        under = self.factors(below, [(atom, -exponent) for atom, exponent in monomial if exponent < 0])
        if over is None:
            over = self.builder.constant(1)
        return over if under is None else self.builder.add(DIV, (over, under))

    def factors(self, number: Any, powers: Sequence[tuple[int, int]]) -> int | None:
        """A product; None where it is nothing but 1."""
        sign = number if type(number) is int and number in (1, -1) else 0
        found = None if sign else self.builder.constant(number)
        for atom, exponent in sorted(powers, key=lambda power: self.builder.nodes[power[0]][0] != CONST):  # pi first
            factor = atom if exponent == 1 else self.builder.add(POWER, (atom,), exponent)
            found = factor if found is None else self.builder.add(MUL, (found, factor))
        if sign == -1:
            found = self.builder.constant(-1) if found is None else self.builder.add(NEG, (found,))
        return found


def _times(left: Monomial, right: Monomial) -> Monomial:
    """The product of two monomials."""
    if not left or not right:
        return left or right
    exponents = dict(left)
    for atom, exponent in right:
        exponents[atom] = exponents.get(atom, 0) + exponent
    return tuple(sorted((atom, exponent) for atom, exponent in exponents.items() if exponent))


def _place(monomial: Monomial) -> tuple[tuple[int, int], ...]:
    """Where a term stands: x**2 before x*y, before x, before y, before 1, before 1/x."""
    return (*((atom if exponent > 0 else 2 * LAST - atom, -exponent) for atom, exponent in monomial), (LAST, 0))


def _bits(value: Any) -> int:
    fraction = Fraction(value)
    return fraction.numerator.bit_length() + fraction.denominator.bit_length()
