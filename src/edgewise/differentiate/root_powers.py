"""Products of roots and powers of one base as the one power that they are: x*sqrt(x) is x**(3/2), cbrt(x)**3 is x.

Where the base is 0 the slope of such a root is ∞ and what it is multiplied by is 0, though the product has a slope. So
a graph is differentiated without them. sqrt(x)**2 is x where x >= 0, and NaN elsewhere. Roots of sums of squares need
none of this: their slope at 0 is 0, see `squares.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import isfinite
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.differentiate.squares import roots, roots_of_squares
from edgewise.differentiate.wrt import Wrt
from edgewise.graph import Builder, Returns, Tape, code_table
from edgewise.graph.arrays.same import first_alike
from edgewise.graph.written_anew import compacted, rewritten
from edgewise.ops import CODE, CONST, INPUT

__all__ = ["without_root_powers"]

MUL, DIV, NEG, POWER, SQRT, CBRT, WHERE, GE = (
    CODE[name] for name in ("mul", "div", "neg", "power", "sqrt", "cbrt", "where", "ge")
)
OVER: Final = code_table([MUL, DIV, NEG, POWER, SQRT, CBRT])
"""Operations whose size is a product of powers of the sizes of their arguments."""
HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
MOST: Final = 8
"""Factors beyond which a product is taken as a factor of its own."""
MANY: Final = 20_000
"""Nodes from which on a base that is written twice is not looked for, only one that is read twice."""
SHORT: Final = 1000
"""Denominators up to which an exponent is written as a fraction."""
LARGEST: Final = 1000
"""Exponents beyond which a power is."""


Exponent = int | Fraction
"""Whole exponents are ints, which compare ten times as fast."""


class Power(NamedTuple):
    """A power of a base: real for a negative base only if it is not `half`; `steep` if a root of it has the slope ∞."""

    exponent: Exponent
    half: bool = False
    steep: bool = False
    inverse: bool = False

    def times(self, other: Power) -> Power:
        """The product of two powers of one base."""
        return Power(
            _exact(self.exponent + other.exponent),
            self.half or other.half,
            self.steep or other.steep,
            self.inverse or other.inverse,
        )


ONE: Final = Power(1)


Factors = tuple[int, Mapping[int, Power]]
"""A sign, and powers of nodes."""
Made = Callable[[Builder, Sequence[int]], int]


def without_root_powers(tape: Tape, wrt: Wrt, results: tuple[Returns, ...]) -> tuple[Tape, Wrt, tuple[Returns, ...]]:
    """What is differentiated, without the products of roots and powers of one base. Linear in the nodes.

    As it is where it is differentiated in a node that is no input.

    >>> from edgewise import parse
    >>> from edgewise.differentiate import resolve_wrt
    >>> from edgewise.graph import node_text
    >>> for text in ("x*sqrt(x)", "cbrt(x)**3", "x*y*cbrt(x)", "sqrt(x)*y", "sqrt(x)**2"):
    ...     tape = parse(text).tape
    ...     tape, _, _ = without_root_powers(tape, resolve_wrt(tape, None), tape.returns())
    ...     print(node_text(tape, tape.outputs[0]))
    x**(3/2)
    x
    where(x >= 0, x, -x)**(4/3)*y
    sqrt(x)*y
    where(x >= 0, x, sqrt(x))
    """
    return replaced(tape, wrt, results, _instead)


def replaced(
    tape: Tape, wrt: Wrt, results: tuple[Returns, ...], find: Callable[[Tape], Mapping[int, Made]]
) -> tuple[Tape, Wrt, tuple[Returns, ...]]:
    """What is differentiated in inputs, with some nodes as they are found to be made instead."""
    instead = find(tape) if set(wrt.nodes) <= set(tape.inputs) else None
    if not instead:
        return tape, wrt, results
    whole, new = rewritten(tape, instead)
    small, moved = compacted(whole, (*whole.outputs, *whole.inputs))
    new = moved[new]
    nodes = tuple(new[list(wrt.nodes)].tolist())
    return small, Wrt(nodes, wrt.parameters), tuple(result.moved(new) for result in results)


def _instead(tape: Tape) -> Mapping[int, Made]:
    """What writes the nodes anew that are such products."""
    steep = {i for i in roots(tape) if 0 < _exponent(tape, i) < 1}
    if steep:
        steep.difference_update(roots_of_squares(tape, positive=True).tolist())
    if not steep:
        return {}
    near = _near(tape, steep)
    same = first_alike(tape, near).tolist() if len(tape) < MANY else range(len(tape))
    return _Products(tape, steep, near, same).instead if _meet(tape, steep, near, same) else {}


def _near(tape: Tape, steep: set[int]) -> list[int]:
    """The products and powers in which steep roots are, and those that they are made of, arguments first."""
    over = [(i, tape.arguments(i)) for i in np.flatnonzero(OVER[tape.ops]).tolist()]
    near = set(steep)
    near.update(i for i, args in over if not near.isdisjoint(args))
    for i, args in reversed(over):
        if i in near:
            near.update(args)
    return [i for i, _ in over if i in near]


def _meet(tape: Tape, steep: set[int], near: Sequence[int], same: Sequence[int]) -> bool:
    """Whether some root may meet its base in a product, or is of a power or raised to one: a cheap first look."""
    rooted, bases = set(steep), dict[int, frozenset[int]]()
    for i in near:
        args = tape.arguments(i)
        own = bases.get(args[0]) or frozenset((same[args[0]],))
        if len(args) == 1:
            if (i in steep and OVER[tape.ops[args[0]]]) or (args[0] in rooted and tape.ops[i] != NEG):
                return True
        else:
            other = bases.get(args[1]) or frozenset((same[args[1]],))
            if not (rooted.isdisjoint(args) or own.isdisjoint(other)):
                return True
            own |= other
        if not rooted.isdisjoint(args):
            rooted.add(i)
        bases[i] = own if len(own) <= MOST else frozenset((same[i],))
    return False


def _exponent(tape: Tape, i: int) -> Exponent:
    """The exponent of a power or root; 1 where it is no such number."""
    code = tape.ops[i]
    return _rational(tape.attrs[i]) if code == POWER else HALF if code == SQRT else THIRD


@lru_cache(1024)
def _rational(value: Any) -> Exponent:
    if not isfinite(value) or value == 0:
        return 1
    found = Fraction(value).limit_denominator(SHORT)
    return _exact(found if float(found) == float(value) else Fraction(value))


def _is_plain(exponent: Exponent) -> bool:
    return exponent != 0 and -LARGEST <= exponent <= LARGEST


def _exact(exponent: Exponent) -> Exponent:
    return exponent.numerator if exponent.denominator == 1 else exponent


def _is_worse(power: Power) -> bool:
    """Whether a power has a slope where it is 0 that the product of its parts has not."""
    return power.steep and not power.inverse and (power.half or power.exponent >= 1)


class _Products:
    """The nodes as signs times powers of other nodes, those of equal formulas being one; and what is written anew."""

    def __init__(self, tape: Tape, steep: set[int], near: Sequence[int], same: Sequence[int]) -> None:
        self.tape, self.steep, self.same, self.instead = tape, steep, same, dict[int, Made]()
        self.known: dict[int, Factors] = {}
        signs = [p.sign for p in tape.parameters for _ in range(p.size)]
        self.signs = dict(zip(tape.inputs, signs, strict=True))
        for i in near:
            factors, combined = self._factors(i)
            worse = {f: p for f, p in factors[1].items() if f in combined and _is_worse(p)}
            if worse:
                self.instead[i] = self._writer(factors)
                factors = factors[0], {**factors[1], **{f: p._replace(steep=p.exponent < 1) for f, p in worse.items()}}
            self.known[i] = factors

    def _of(self, i: int) -> Factors:
        return self.known.get(i) or (1, {self.same[i]: ONE})

    def _factors(self, i: int) -> tuple[Factors, set[int]]:
        """A node as powers, and which of them come of several parts."""
        code, args, alone = self.tape.ops[i], self.tape.arguments(i), (1, {self.same[i]: ONE})
        sign, own = self._of(args[0])
        if code == NEG:
            return (-sign, own), set()
        if code in (MUL, DIV):
            turn, other = self._of(args[1])
            if code == DIV:
                other = {f: Power(-p.exponent, p.half, p.steep, True) for f, p in other.items()}
            found = {**own, **{f: own[f].times(p) if f in own else p for f, p in other.items()}}
            if len(found) > MOST or not all(_is_plain(p.exponent) for p in found.values()):
                return alone, set()
            return (sign * turn, found), own.keys() & other.keys() if code == MUL else set()
        c = _exponent(self.tape, i)
        if c == 1 or not all(_is_plain(p.exponent * c) for p in own.values()):
            return alone, set()
        if c.denominator == 1:
            found = {f: Power(_exact(p.exponent * c), p.half, p.steep, p.inverse or c < 0) for f, p in own.items()}
            return (sign ** int(c), found), {f for f, p in own.items() if p.steep}
        ((f, power), *more) = own.items()
        exponent = _exact(power.exponent * c)
        half = power.half or (code != CBRT and power.exponent.numerator % 2 == 1)
        real = half or code == CBRT or exponent % 2 == 0  # sqrt(x**4) is x**2, and sqrt(x**2) no power
        fits = not more and real and (sign > 0 or code == CBRT) and (half or exponent.denominator in (1, 3))
        if not fits or self._sign(f) == "positive" or (0 < c < 1 and i not in self.steep):
            return alone, set()
        raised = Power(exponent, half, power.steep or i in self.steep, power.inverse or c < 0)
        return (sign, {f: raised}), {f} if power.exponent > 1 or (c > 1 and power.steep) else set()

    def _sign(self, f: int) -> str:
        """What is promised of an input, or known of an operation's values."""
        if self.tape.ops[f] == CONST:
            return "positive"  # its roots are nowhere singular
        return self.signs[f] if self.tape.ops[f] == INPUT else self.tape.op(f).range

    def _writer(self, factors: Factors) -> Made:
        return lambda builder, new: self._written(factors, builder, new)

    def _written(self, factors: Factors, builder: Builder, new: Sequence[int]) -> int:
        sides: list[list[int]] = [[], []]
        for f, power in factors[1].items():
            sides[power.exponent < 0].append(self._power(f, power, builder, new[f]))
        over, under = (_product(builder, side) for side in sides)
        if under >= 0:
            over = builder.add(DIV, (over if over >= 0 else builder.constant(1), under))
        return over if factors[0] > 0 else builder.add(NEG, (over,))

    def _power(self, f: int, power: Power, builder: Builder, base: int) -> int:
        """A power, its exponent without a sign: with a root only if it is one."""
        e = power.exponent if power.exponent > 0 else -power.exponent
        whole, spared = e.denominator == 1, self._sign(f) in ("positive", "nonnegative")
        if whole != power.half or (power.half and spared):
            return _raised(builder, base, e)
        if not power.half and not _is_worse(power):
            return _raised(builder, builder.add(CBRT, (base,)), 3 * e)
        right = builder.add(GE, (base, builder.constant(0)))
        if power.half:
            return builder.add(WHERE, (right, _raised(builder, base, e), builder.add(SQRT, (base,))))
        # As a selection: the slopes of abs and sign are conventions at 0.
        made = _raised(builder, builder.add(WHERE, (right, base, builder.add(NEG, (base,)))), e)
        return builder.add(WHERE, (right, made, builder.add(NEG, (made,)))) if e.numerator % 2 else made


def _raised(builder: Builder, base: int, e: Exponent) -> int:
    if e in (1, HALF):
        return base if e == 1 else builder.add(SQRT, (base,))
    return builder.add(POWER, (base,), int(e) if e.denominator == 1 else e if e.denominator <= SHORT else float(e))


def _product(builder: Builder, factors: Sequence[int]) -> int:
    """The product from left to right, -1 of nothing."""
    found = -1
    for node in factors:
        found = node if found < 0 else builder.add(MUL, (found, node))
    return found
