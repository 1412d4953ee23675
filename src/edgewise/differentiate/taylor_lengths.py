"""Lengths along a curve: what |u| and hypot(u, v) are on both sides of a point where they are 0.

A length that is 0 at t = 0 is |t|**k·R(t): u and v begin at t**k, and R is the length of what is left of them, which is
not 0 at t = 0. So it has a series for t > 0 and another one for t < 0, and so has what is made of it. The coefficients
are the means of both: those of the smooth functions of a length, as cos(hypot(x, y)), and 0 for the length itself where
k is odd, as its slope there is by convention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import inf, isfinite, isqrt, sqrt
from typing import Any, Final, NamedTuple, Protocol

import numpy as np

from edgewise.differentiate.linearize import linearize
from edgewise.differentiate.root_powers import Made, replaced
from edgewise.differentiate.squares import roots_of_squares
from edgewise.differentiate.taken import wild_nodes
from edgewise.differentiate.working_graph import WorkingGraph
from edgewise.differentiate.wrt import Wrt
from edgewise.graph import Builder, Returns, Tape
from edgewise.ops import CODE, CONST, Template

__all__ = ["NONE", "LengthSeries", "Lengths", "Side", "lengths_of", "with_hypots"]

ADD, MUL, DIV, NEG, WHERE = (CODE[name] for name in ("add", "mul", "div", "neg", "where"))
POWER, SQRT, ABS, HYPOT = (CODE[name] for name in ("power", "sqrt", "abs", "hypot"))
SIGN, EQ = CODE["sign"], CODE["eq"]
NONE: Final = -1
"""A coefficient that is 0 by its form: nothing is written for it."""
BUDGET: Final = 16
"""Nodes that may be looked at for each node of a graph, to find of which squares a root is the length."""


class Lengths(NamedTuple):
    """The lengths with a rule of their own: both sides of those in `sided` go on, the mean of those in `mean`."""

    sided: frozenset[int] = frozenset()
    mean: frozenset[int] = frozenset()


def lengths_of(tape: Tape, moving: Sequence[int]) -> Lengths:
    """The sizes and distances that may be 0 and that matter there. Linear in the nodes.

    Where all that is made of a length is infinite there, as 1/hypot(x, y) is, it needs no rule. Sums and products with
    what has one side are those of the mean.
    """
    found = np.flatnonzero((tape.ops == ABS) | (tape.ops == HYPOT)).tolist()
    numbers = {i for i, value in tape.constants().items() if float(value) != 0}
    found = [i for i in found if numbers.isdisjoint(tape.arguments(i))]
    needed, carries = _needed(tape, moving, found)
    if not needed:
        return Lengths()
    two = tape.depends_on(needed, carries)
    bent = [i for i in np.flatnonzero(two).tolist() if not _is_linear(tape, i, two)]
    apart = tape.live([j for i in bent for j in tape.arguments(i) if two[j]], carries)
    wild = wild_nodes(tape)  # ∞ and -∞ have no mean
    sided = [i for i in needed if apart[i] or wild[list(tape.arguments(i))].any()]
    above = tape.depends_on(sided, carries)
    sided = [i for i in needed if above[i]]
    return Lengths(frozenset(sided), frozenset(needed).difference(sided))


def _is_linear(tape: Tape, i: int, two: Any) -> bool:
    """Whether a node is linear in those of its arguments that have two sides, if there are any."""
    code, sided = tape.ops[i], [bool(two[j]) for j in tape.arguments(i)]
    if not any(sided) or code in (ADD, NEG, WHERE):
        return True
    return sum(sided) == 1 and (code == MUL or (code == DIV and sided[0]))


def _needed(tape: Tape, moving: Sequence[int], lengths: Sequence[int]) -> tuple[list[int], Any]:
    """Those of the lengths that move and from which some way leads to an output that is not infinite where they are 0;
    and the edges that carry what comes from what moves."""
    lin = linearize(tape)
    carries = lin.present & tape.depends_on(moving, lin.present)[lin.parent]
    if not lengths:
        return [], carries
    known: dict[int, Any] = {i: float(value) for i, value in tape.constants().items()}
    known.update(dict.fromkeys(lengths, 0.0))
    finite = carries.copy()
    with np.errstate(all="ignore"):
        for i in np.flatnonzero(tape.depends_on(lengths, carries)).tolist():
            first, args = int(tape.start[i]), tape.arguments(i)
            values = [known.get(j) for j in args]
            if i not in known and None not in values and isfinite(value := _value(tape, i, values)):
                known[i] = value
            for k, j in enumerate(args):
                if carries[first + k] and j in known and i not in lengths and tape.ops[i] != MUL:
                    finite[first + k] = _is_finite(tape, i, k, values, lin.templates[lin.template[first + k]])
    live = tape.live(tape.outputs, finite)
    return [i for i in lengths if live[i] and carries[tape.start[i] : tape.start[i + 1]].any()], carries


def _value(tape: Tape, i: int, values: Sequence[Any]) -> float:
    op = tape.op(i)
    return float(op.value(*values, *((tape.attrs[i],) if op.parameter else ())))


def _is_finite(tape: Tape, i: int, position: int, values: Sequence[Any], partial: Template) -> bool:
    """Whether nothing shows that the slope of an edge is infinite or NaN where arguments have these values."""
    if tape.ops[i] == DIV:
        return bool(values[1] != 0)
    if None in values:
        return True

    def value(op: Any, args: Sequence[Any], parameter: Any) -> Any:
        return op.value(*args, *((parameter,) if op.parameter else ()))

    return bool(np.isfinite(partial.write(values, float, value, _value(tape, i, values))))


# --- their coefficients ---------------------------------------------------------------------------------------------


class Side(Protocol):
    """The coefficients of all nodes on one side of t = 0, while they are written."""

    working: WorkingGraph

    def at(self, i: int, m: int) -> int:
        """A coefficient of a node, NONE where it is 0 by its form."""

    def add(self, code: int, *args: int) -> int:
        """A new node."""

    def sum(self, *terms: int) -> int:
        """A sum, NONE of nothing."""


class LengthSeries:
    """The series of a length: R of degree 0 on for each k, its arguments beginning at t**k.

    R² = U² + V² says R_0·R_j = U_0·U_j + V_0·V_j + (Σ_{l=1..j-1} U_l·U_{j-l} + V_l·V_{j-l} - R_l·R_{j-l})/2, where U is
    u/t**k: its coefficients are those of u from k on. O(order³) nodes at most, O(order²) for those of a line.
    """

    def __init__(self, side: Side, args: Sequence[int], node: int) -> None:
        self.side, self.args, self.node = side, args, node
        self._rests: dict[tuple[int, int], int] = {}
        self._units: dict[tuple[int, int], int] = {}
        self._tests: dict[int, int] = {}

    def of_first(self, m: int, turn: int, *, beside: bool) -> int:
        """The coefficient of degree m for t > 0 (`turn` 1), for t < 0 (-1), or the mean of both (0).

        Without what belongs to the second edge, if one is `beside`.
        """
        found = NONE
        for k in range(m, -1, -1):
            if self._leading(k) == NONE:
                continue
            own = self._first(m) if k == 0 and beside else self._rest(k, m - k)
            if k % 2:
                own = NONE if turn == 0 or own == NONE else own if turn == 1 else self.side.add(NEG, own)
            found = self._where(k, found, own) if k < m else own
        return found

    def of_second(self, m: int) -> int:
        """What the last argument adds by itself where the length is not 0."""
        return self._where(0, NONE, self._scaled(1, 0, m))

    def _where(self, k: int, zero: int, other: int) -> int:
        """What is so where the length of what is left from t**k on is 0, and elsewhere."""
        if zero == other:
            return zero
        if k not in self._tests:
            self._tests[k] = self.side.add(EQ, self._leading(k), self.side.working.constant(0))
        sides = [self.side.working.constant(0) if node == NONE else node for node in (zero, other)]
        return self.side.add(WHERE, self._tests[k], *sides)

    def _leading(self, k: int) -> int:
        """R_0."""
        if k == 0:
            return self.node
        return self._rest(k, 0)

    def _rest(self, k: int, j: int) -> int:
        """R_j; of k = 0 in the next ones the coefficient itself is read, which is R_j where the length is not 0."""
        if (k, j) not in self._rests:
            self._rests[k, j] = self._written(k, j)
        return self._rests[k, j]

    def _written(self, k: int, j: int) -> int:
        side, of_args = self.side, [self.side.at(u, k + j) for u in self.args]
        there = [c for c in of_args if c != NONE]
        if j == 0:
            if len(there) < 2:
                return side.add(ABS, there[0]) if there else NONE
            return side.add(HYPOT, *there)
        return side.sum(*(self._scaled(n, k, j) for n in range(len(self.args))), self._between(k, j))

    def _first(self, m: int) -> int:
        """R_m of k = 0 without what belongs to the second argument."""
        return self.side.sum(self._scaled(0, 0, m), self._between(0, m))

    def _between(self, k: int, j: int) -> int:
        """The terms in which neither factor is the first one, over R_0."""
        if len(self.args) == 1:
            return NONE
        side, terms, halves = self.side, list[int](), list[int]()
        for low in range(1, j // 2 + 1):
            high = j - low
            pairs = [(side.at(u, k + low), side.at(u, k + high)) for u in self.args]
            lengths = (side.at(self.node, low), side.at(self.node, high))
            pairs.append(lengths if k == 0 else (self._rest(k, low), self._rest(k, high)))
            for n, (one, other) in enumerate(pairs):
                if NONE not in (one, other):
                    made = side.add(MUL, one, other)
                    made = made if n < len(self.args) else side.add(NEG, made)
                    (halves if low == high else terms).append(made)
        half = side.sum(*halves)
        if half != NONE:
            terms.append(side.add(MUL, side.working.constant(Fraction(1, 2)), half))
        total = side.sum(*terms)
        return NONE if total == NONE else side.add(DIV, total, self._leading(k))

    def _scaled(self, n: int, k: int, j: int) -> int:
        """U_0·U_j/R_0, of abs sign(U_0)·U_j."""
        side, first, last = self.side, self.side.at(self.args[n], k), self.side.at(self.args[n], k + j)
        if NONE in (first, last):
            return NONE
        if (n, k) not in self._units:
            alone = len(self.args) == 1
            self._units[n, k] = side.add(SIGN, first) if alone else side.add(DIV, first, self._leading(k))
        return side.add(MUL, self._units[n, k], last)


# --- roots of sums of squares ---------------------------------------------------------------------------------------


def with_hypots(tape: Tape, wrt: Wrt, results: tuple[Returns, ...]) -> tuple[Tape, Wrt, tuple[Returns, ...]]:
    """The graph in which roots of sums of squares are written as lengths, where it matters what they are at 0.

    >>> from edgewise import parse
    >>> from edgewise.differentiate import resolve_wrt
    >>> from edgewise.graph import node_text
    >>> for text in ("cos(sqrt(x**2 + 4*y*y))", "(x*x + y*y)**(3/2)", "1/sqrt(x**2 + y**2)", "sqrt(x**2 + 1)"):
    ...     tape = parse(text).tape
    ...     tape, _, _ = with_hypots(tape, resolve_wrt(tape, None), tape.returns())
    ...     print(node_text(tape, tape.outputs[0]))
    cos(hypot(x, 2*y))
    hypot(x, y)**3
    1/sqrt(x**2 + y**2)
    sqrt(x**2 + 1)
    """
    return replaced(tape, wrt, results, lambda tape: _as_hypots(tape, wrt.nodes))


def _as_hypots(tape: Tape, moving: Sequence[int]) -> Mapping[int, Made]:
    exponents = {i: Fraction(1, 2) for i in np.flatnonzero(tape.ops == SQRT).tolist()}
    for i in np.flatnonzero(tape.ops == POWER).tolist():
        exponent = tape.attrs[i]
        if type(exponent) is not int and isfinite(exponent) and float(exponent) * 2 == int(float(exponent) * 2):
            exponents[i] = Fraction(exponent)
    found = [i for i in roots_of_squares(tape, inf).tolist() if exponents.get(i, 0) > 0]
    legs = _Legs(tape)
    made: dict[int, Made] = {}
    for i in _needed(tape, moving, found)[0] if found else ():
        squares = legs.of(tape.arguments(i)[0])
        if squares is not None:
            made[i] = _writer(squares, int(2 * exponents[i]))
    return made


Leg = tuple[float | int | Fraction, Mapping[int, int]]
"""A number under the root, and the powers of nodes that are squared in it."""


class _Legs:
    """Sums of squares as what is squared in their terms. `left` nodes may still be looked at."""

    def __init__(self, tape: Tape) -> None:
        self.tape, self.left = tape, BUDGET * len(tape)

    def of(self, node: int) -> list[Leg] | None:
        """The legs of a length, in the order of the sum; None where there is a term that is no square."""
        legs: list[Leg] = []
        todo: list[tuple[int, Any, Counter[int]]] = [(node, 1, Counter())]
        while todo:
            term, number, powers = todo.pop()
            product = self._factors(term)
            if product is None:
                return None
            number, powers = number * product[0], Counter(powers)
            odd = []
            for f, e in product[1].items():
                powers[f] += e // 2
                odd += [f] if e % 2 else []
            if number < 0 or len(odd) > 1:
                return None
            if number == 0:
                continue
            if not odd:
                legs.append((number, powers))
            elif self.tape.ops[odd[0]] == ADD:
                todo += [(j, number, powers) for j in self.tape.arguments(odd[0])[::-1]]
            else:
                return None
        return legs or None

    def _factors(self, node: int) -> tuple[Any, Mapping[int, int]] | None:
        """A product as a number and powers of nodes."""
        tape, factors = self.tape, Counter[int]()
        number: Any = 1
        todo = [(node, 1)]
        while todo:
            i, e = todo.pop()
            self.left -= 1
            if self.left < 0:
                return None
            code, args = tape.ops[i], tape.arguments(i)
            if code == CONST:
                value = tape.attrs[i]
                value = value if isinstance(value, (int, Fraction)) else float(value)
                if not value and e < 0:
                    return None
                number = number * (Fraction(value) if isinstance(value, int) else value) ** e
            elif code == NEG:
                number, todo = number * (-1) ** e, [*todo, (args[0], e)]
            elif code in (MUL, DIV):
                todo += [(args[0], e), (args[1], e if code == MUL else -e)]
            elif code == POWER and type(tape.attrs[i]) is int:
                todo.append((args[0], e * tape.attrs[i]))
            else:
                factors[i] += e
        return number, factors


def _writer(legs: Sequence[Leg], exponent: int) -> Made:
    def leg(builder: Builder, new: Sequence[int], number: Any, powers: Mapping[int, int]) -> int:
        over = [builder.add(POWER, (new[f],), e) if e > 1 else new[f] for f, e in powers.items() if e > 0]
        under = [builder.add(POWER, (new[f],), -e) if e < -1 else new[f] for f, e in powers.items() if e < 0]
        if number != 1 or not over:
            root = Fraction(number) if isinstance(number, (int, Fraction)) else float(number)
            over.insert(0, builder.constant(_root(root)))
        node = over[0]
        for code, factors in ((MUL, over[1:]), (DIV, under)):
            for factor in factors:
                node = builder.add(code, (node, factor))
        return node

    def made(builder: Builder, new: Sequence[int]) -> int:
        nodes = [leg(builder, new, *parts) for parts in legs]
        length = nodes[0] if len(nodes) > 1 else builder.add(ABS, (nodes[0],))
        for node in nodes[1:]:
            length = builder.add(HYPOT, (length, node))
        return length if exponent == 1 else builder.add(POWER, (length,), exponent)

    return made


def _root(number: Fraction | float) -> int | Fraction | float:
    """The square root of a number, exact where it is rational."""
    if isinstance(number, Fraction):
        root = Fraction(isqrt(number.numerator), isqrt(number.denominator))
        if root * root == number:
            return root.numerator if root.denominator == 1 else root
    return sqrt(number)
