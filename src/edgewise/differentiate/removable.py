"""Removable singularities that the form of a graph shows: sqrt(x**4) is x**2, and abs(x**2) is x**2.

At 0 such a root has the slope ∞ or none, and its second derivative would be lost there. So a graph is differentiated
twice without them. The size |u| of a node is a product of powers Π |f|**e of nodes that are no products, and a root
divides the exponents: an even power of f, and any power of an f that is never negative, needs no root. Of a sum of what
is never negative the common factors go in front: sqrt(x**4 + x**6) is x**2*sqrt(1 + x**2). Where signs say
that relu, max or min is always one of its arguments, it is that argument; an even function of |f| is that of f. For
tensors the root of a sum of squares is the norm, whose derivatives know the zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import isfinite
from typing import Any, Final

import numpy as np

from edgewise.differentiate.wrt import Wrt
from edgewise.graph import Builder, IntArray, Returns, Tape, code_table
from edgewise.graph.arrays.same import first_alike
from edgewise.graph.written_anew import compacted, rewritten
from edgewise.ops import CODE, CONST, INPUT, TABLE, TENSOR_CODE

__all__ = ["without_removable"]

ADD, MUL, DIV, NEG, POWER = (CODE[name] for name in ("add", "mul", "div", "neg", "power"))
SQRT, CBRT, ABS, HYPOT, RELU = (CODE[name] for name in ("sqrt", "cbrt", "abs", "hypot", "relu"))
MAX, MIN, WHERE = (CODE[name] for name in ("max", "min", "where"))
CONTRACT, NORM, *VIEWS = (TENSOR_CODE[name] for name in ("contract", "norm", "reshape", "index"))
EVEN = tuple(code for code, op in enumerate(TABLE) if op.parity == "even" and op.name != "abs")
ROOTED, ALONE = code_table([SQRT, CBRT, ABS, HYPOT]), code_table([SQRT, CBRT, ABS])
CHOOSING, SMOOTHING = code_table([RELU, MAX, MIN]), code_table([*EVEN, POWER])
PLUS, MINUS = 1, 2
"""A node is never negative, or never positive, wherever it is a number."""
MOST: Final = 8
"""Factors beyond which a product is taken as a node of its own."""

Size = Mapping[int, Fraction]
Made = Callable[[Builder, Sequence[int]], int]


def without_removable(tape: Tape, wrt: Wrt, results: tuple[Returns, ...]) -> tuple[Tape, Wrt, tuple[Returns, ...]]:
    """What is differentiated, without the removable singularities that its form shows. Linear in the nodes.

    As it is where it is differentiated in a node that is no input.

    >>> from edgewise import parse
    >>> from edgewise.differentiate import resolve_wrt
    >>> from edgewise.graph import node_text
    >>> for text in ("exp(sqrt(x**4))", "abs(x)*sqrt(x**2*y**4)", "max(x*x, 0)", "sqrt(x**2)"):
    ...     tape = parse(text).tape
    ...     tape, _, _ = without_removable(tape, resolve_wrt(tape, None), tape.returns())
    ...     print(node_text(tape, tape.outputs[0]))
    exp(x**2)
    x**2*y**2
    x*x
    sqrt(x**2)
    """
    found = _removed(tape) if set(wrt.nodes) <= set(tape.inputs) else None
    if found is None:
        return tape, wrt, results
    made, new = found
    nodes = tuple(new[list(wrt.nodes)].tolist())
    return made, Wrt(nodes, wrt.parameters), tuple(result.moved(new) for result in results)


def _removed(tape: Tape) -> tuple[Tape, IntArray] | None:
    """The graph without them and the map of its nodes, -1 for those that go; None where there are none."""
    candidates = _candidates(tape)
    if not candidates:
        return None
    forms = _Forms(tape, candidates)
    instead = {i: made for i in candidates if (made := forms.made(i)) is not None}
    if not instead:
        return None
    whole, new = rewritten(tape, instead)
    small, moved = compacted(whole, (*whole.outputs, *whole.inputs))
    return small, moved[new]


def _candidates(tape: Tape) -> list[int]:
    """The roots and choices, and even functions, powers and products of roots."""
    rooted = ROOTED[tape.ops]
    powers = np.flatnonzero(tape.ops == POWER).tolist()
    rooted[[i for i in powers if type(tape.attrs[i]) is not int and not _whole(tape.attrs[i])]] = True
    found = rooted | CHOOSING[tape.ops]
    if not found.any():
        return []
    over = np.flatnonzero(SMOOTHING[tape.ops])
    found[over] |= rooted[tape.args[tape.start[over]]]
    products = np.flatnonzero(tape.ops == MUL)
    found[products] = rooted[tape.args[tape.start[products]]] & rooted[tape.args[tape.start[products] + 1]]
    alone = np.flatnonzero(ALONE[tape.ops])
    found[alone] &= tape.ops[tape.args[tape.start[alone]]] != INPUT
    chosen: list[int] = np.flatnonzero(found).tolist()
    return chosen


def _whole(exponent: Any) -> bool:
    return isfinite(exponent) and exponent == int(exponent)


class _Forms:
    """The signs and sizes of what some nodes are made of."""

    def __init__(self, tape: Tape, wanted: Sequence[int]) -> None:
        self.tape = tape
        self.codes, self.args = tape.ops.tolist(), [args for _, _, args in tape.rows()]
        self.same: list[int] = first_alike(tape, wanted).tolist()
        self.signs: list[int] = []
        self.sizes: list[Size] = []
        self.turns: list[int] = []
        """1 or -1 where a node is Π f**e or -Π f**e and not only its size is known; else 0."""
        self.rests: list[tuple[int, tuple[Size, ...]]] = []
        """Sums with a common factor taken out, as factors with numbers behind those of the nodes: the sum, its terms.

        None of the terms is ever negative."""
        self._rest_of: dict[int, int] = {}
        self._written_rests: dict[int, int] = {}
        for i, near in enumerate(tape.live(wanted).tolist()):
            self.sizes.append(self._size(i) if near else {})
            self.turns.append(self._turn(i) if near else 0)
            self.signs.append(self._sign(i) if near else 0)

    # --- what is known of a node --------------------------------------------------------------------------------

    def _number(self, i: int) -> float | None:
        if i >= len(self.codes) or self.codes[i] != CONST:
            return None
        return float(self.tape.attrs[i])

    def _sign(self, i: int) -> int:
        code, args = self.codes[i], self.args[i]
        signs = [self.signs[j] for j in args]
        if code == CONST:
            value = self._number(i) or 0.0
            return (PLUS if value >= 0 else 0) | (MINUS if value <= 0 else 0)
        if code == INPUT:
            return 0
        if code == NEG:
            return (PLUS if signs[0] & MINUS else 0) | (MINUS if signs[0] & PLUS else 0)
        if code == POWER:
            exponent = self.tape.attrs[i]
            return PLUS if not _whole(exponent) or exponent % 2 == 0 or signs[0] & PLUS else 0
        if code in (MUL, DIV):
            alike = self.same[args[0]] == self.same[args[1]] or bool(signs[0] & signs[1])
            apart = any(signs[0] & s and signs[1] & (PLUS + MINUS - s) for s in (PLUS, MINUS))
            turn = self.turns[i] if self._even(self.sizes[i]) else 0
            return (PLUS if alike or turn > 0 else 0) | (MINUS if apart or turn < 0 else 0)
        if code in (ADD, MIN, MAX):
            both, one = signs[0] & signs[1], signs[0] | signs[1]
            return both | (one & PLUS if code == MAX else one & MINUS if code == MIN else 0)
        if code == WHERE:
            return signs[1] & signs[2]
        if code == CONTRACT:
            parts = list(zip(args, self.tape.attrs[i].inputs, strict=True))
            squares = all(parts.count(part) % 2 == 0 or self.signs[part[0]] & PLUS for part in parts)
            return PLUS if squares else signs[0] if len(args) == 1 else 0
        if code in (*VIEWS, CBRT):
            return signs[0]
        return PLUS if code == NORM or self.tape.op(i).range in ("positive", "nonnegative") else 0

    def _size(self, i: int) -> Size:
        """|u| as powers of the sizes of nodes that are no products: node → exponent, itself if nothing is known."""
        code, args = self.codes[i], self.args[i]
        kept = self._kept(i)
        parts: list[tuple[int, Fraction]] = []
        if kept is not None:
            parts = [(kept, Fraction(1))]
        elif code in (MUL, DIV):
            parts = [(args[0], Fraction(1)), (args[1], Fraction(1 if code == MUL else -1))]
        elif code in (NEG, ABS) or (code == HYPOT and self._number(args[1]) == 0):
            parts = [(args[0], Fraction(1))]
        elif code == CBRT or (code == SQRT and self.signs[args[0]] & PLUS):
            parts = [(args[0], Fraction(1, 3 if code == CBRT else 2))]
        elif code == POWER and isfinite(self.tape.attrs[i]):
            exponent = Fraction(self.tape.attrs[i]).limit_denominator(1000)
            real = exponent.denominator == 1 or self.signs[args[0]] & PLUS
            parts = [(args[0], exponent)] if real and float(exponent) == float(self.tape.attrs[i]) else []
        elif code in (ADD, HYPOT):
            common = self._common(i)
            if common:
                return common if code == ADD else {f: e / 2 for f, e in common.items()}
        found: dict[int, Fraction] = {}
        for j, exponent in parts:
            for f, e in self.sizes[j].items():
                found[f] = found.get(f, Fraction(0)) + e * exponent
        return found if found and len(found) <= MOST and all(found.values()) else {self.same[i]: Fraction(1)}

    def _common(self, i: int) -> Size:
        """A sum of what is never negative as the factors that its terms have in common, and what is left of it.

        The sum of a hypot is that of the squares of its arguments.
        """
        terms = [self.sizes[j] for j in self.args[i]]
        if self.codes[i] == HYPOT:
            terms = [{f: 2 * e for f, e in term.items()} for term in terms]
        elif not all(self.turns[j] > 0 for j in self.args[i]):
            return {}
        if len({self.tape.shape(j) for j in (i, *self.args[i])}) > 1 or not all(map(self._even, terms)):
            return {}
        found: dict[int, Fraction] = {}
        for f, e in terms[0].items():
            least = min(e, terms[1].get(f, Fraction(0)))
            whole = least // 1 if self._plus(f) else least // 2 * 2
            if whole > 0 and self._number(f) is None:
                found[f] = Fraction(whole)
        if not found or len(found) == MOST:
            return {}
        rest = self._rest_of.setdefault(self.same[i], len(self.codes) + len(self.rests))
        if rest == len(self.codes) + len(self.rests):
            left = ({f: e - found.get(f, Fraction(0)) for f, e in term.items()} for term in terms)
            self.rests.append((i, tuple({f: e for f, e in term.items() if e} for term in left)))
        return {**found, rest: Fraction(1)}

    def _plus(self, f: int) -> bool:
        """Whether a factor is never negative."""
        return f >= len(self.codes) or (f < len(self.signs) and bool(self.signs[f] & PLUS))

    def _even(self, size: Size) -> bool:
        """Whether a product of powers is never negative, each of them being even or that of such a factor."""
        return all(e % 2 == 0 or self._plus(f) for f, e in size.items())

    def _turn(self, i: int) -> int:
        code, args, size = self.codes[i], self.args[i], self.sizes[i]
        if self.same[i] in size:
            return 1
        if code in (MUL, DIV):
            return self.turns[args[0]] * self.turns[args[1]]
        if code == NEG:
            return -self.turns[args[0]]
        if code == POWER and _whole(self.tape.attrs[i]):
            return self.turns[args[0]] if self.tape.attrs[i] % 2 else 1
        kept = self._kept(i)
        return self.turns[kept] if kept is not None else int(self._even(size))

    def _kept(self, i: int) -> int | None:
        """The argument that a relu, max or min always is, as the signs say."""
        code, args = self.codes[i], self.args[i]
        if code == RELU:
            return args[0] if self.signs[args[0]] & PLUS else None
        if code in (MAX, MIN):
            own, other = (PLUS, MINUS) if code == MAX else (MINUS, PLUS)
            for j, k in (args, args[::-1]):
                apart = self.signs[j] & own and self.signs[k] & other and self._number(k) is not None
                if apart and self.tape.shape(j) == self.tape.shape(i):
                    return int(j)
        return None

    # --- what is written instead --------------------------------------------------------------------------------

    def made(self, i: int) -> Made | None:
        """What writes a node anew; None where it stays."""
        code, args = self.codes[i], self.args[i]
        kept = self._kept(i)
        if kept is not None:
            return lambda builder, new: new[kept]
        if code in EVEN:
            (f, e), *more = self.sizes[args[0]].items()
            if not more and e == 1 and self._fits([f], i):
                return lambda builder, new: builder.add(code, (new[f],))
            return None
        return self._as_powers(i) or self._as_norm(i)

    def _fits(self, factors: Sequence[int], i: int) -> bool:
        """Whether a product of the factors has the shape of a node."""
        n = len(self.codes)
        shapes = {self.tape.shape(f if f < n else self.rests[f - n][0]) for f in factors} - {()}
        return shapes == {self.tape.shape(i)} - {()}

    def _as_powers(self, i: int) -> Made | None:
        """A node that is never negative as the product of powers that it is, if some of them need no root."""
        size = self.sizes[i]
        if not self.signs[i] & PLUS or self.same[i] in size or not self._fits(list(size), i):
            return None
        found = False
        for f, e in size.items():
            if self._number(f) is not None or (f < len(self.codes) and self.tape.op(f).range == "positive"):
                continue  # its root is nowhere a singularity
            even, plus = e % 2 == 0, self._plus(f)
            if e.denominator > 1 and not plus:
                return None
            found |= even or (plus and e.denominator == 1)
        return (lambda builder, new: self._written(size, builder, new)) if found else None

    def _written(self, size: Size, builder: Builder, new: Sequence[int]) -> int:
        """Π |f|**e: the factors, and the reciprocals of those with a negative exponent."""
        over, under = -1, -1
        for f, e in size.items():
            for node in self._factors(f, abs(e), builder, new):
                if e > 0:
                    over = node if over < 0 else builder.add(MUL, (over, node))
                else:
                    under = node if under < 0 else builder.add(MUL, (under, node))
        over = over if over >= 0 else builder.constant(1)
        return over if under < 0 else builder.add(DIV, (over, under))

    def _factors(self, f: int, e: Fraction, builder: Builder, new: Sequence[int]) -> list[int]:
        """|f|**e for e > 0: an even power of f, and |f| once where the exponent is odd."""
        node, number = self._node(f, builder, new), self._number(f)
        if number is not None and abs(number) == 1:
            return []
        plain = self._plus(f) or e % 2 == 0
        if not plain and number is None:
            even = [builder.add(POWER, (node,), int(e) - 1)] if e > 1 else []
            return [*even, builder.add(ABS, (node,))]
        base = node if plain else builder.add(ABS, (node,))
        if e == Fraction(1, 2):
            return [builder.add(SQRT, (base,))]
        return [base if e == 1 else builder.add(POWER, (base,), int(e) if e.denominator == 1 else e)]

    def _node(self, f: int, builder: Builder, new: Sequence[int]) -> int:
        """A factor in the new graph. What is left of a sum is written when it is first read, smaller sums first."""
        n, needed = len(self.codes), set[int]()
        todo = [f]
        while todo:
            rest = todo.pop()
            if rest >= n and rest not in needed and rest not in self._written_rests:
                needed.add(rest)
                todo += [g for term in self.rests[rest - n][1] for g in term]
        for rest in sorted(needed):
            one, other = (self._written(term, builder, new) for term in self.rests[rest - n][1])
            self._written_rests[rest] = builder.add(ADD, (one, other))
        return new[f] if f < n else self._written_rests[f]

    def _as_norm(self, i: int) -> Made | None:
        """The root of a sum of squares over axes as the norm."""
        code, args = self.codes[i], self.args[i]
        if code != SQRT and not (code == POWER and self.tape.attrs[i] == 0.5):
            return None
        view, u = None, args[0]
        if self.codes[u] in VIEWS or (self.codes[u] == CONTRACT and self._only_moves(u)):
            view, u = u, self.args[u][0]
        if self.codes[u] != CONTRACT or self.tape.attrs[u].sizes:
            return None
        form, (x, *more) = self.tape.attrs[u], self.args[u]
        letters = form.inputs[0]
        if more:
            if len(more) != 1 or self.same[more[0]] != self.same[x] or form.inputs[1] != letters:
                return None
        elif self._is_square(x):
            x = self.args[x][0]
        else:
            return None
        kept = [letter for letter in letters if letter in form.output]
        if len(set(letters)) < len(letters) or "".join(kept) != form.output or len(kept) == len(letters):
            return None
        axes = tuple(k - len(letters) for k, letter in enumerate(letters) if letter not in form.output)

        def made(builder: Builder, new: Sequence[int]) -> int:
            node = builder.add(NORM, (new[x],), axes)
            return node if view is None else builder.add(self.codes[view], (node,), self.tape.attrs[view])

        return made

    def _is_square(self, i: int) -> bool:
        if self.codes[i] == MUL:
            return len({self.same[j] for j in self.args[i]}) == 1
        return bool(self.codes[i] == POWER and self.tape.attrs[i] == 2)

    def _only_moves(self, i: int) -> bool:
        return len(self.args[i]) == 1 and not self.tape.attrs[i].summed
