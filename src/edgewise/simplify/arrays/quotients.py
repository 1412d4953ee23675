"""Factors and divisors of a term that make one another vanish: n / n, a norm and its direction, logistic functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from edgewise.ops import CODE, CONST, TENSOR_CODE, op_of_code
from edgewise.simplify.arrays.emit import Emitter
from edgewise.simplify.arrays.terms import Factor, Indices, Term

__all__ = ["Quotients"]

ABS, COS, COSH, DIV, EXP, NEG, SIGMOID, SIGN, SIN, SINH, SQRT = (
    CODE[name] for name in ("abs", "cos", "cosh", "div", "exp", "neg", "sigmoid", "sign", "sin", "sinh", "sqrt")
)
TANGENTS = {SIN: (COS, CODE["tan"]), SINH: (COSH, CODE["tanh"])}
ADJUGATE, DET, UNIT = (TENSOR_CODE[name] for name in ("adjugate", "det", "unit"))


class Quotients:
    """The rules for factors of one term."""

    emit: Emitter
    indices: Indices

    def reduced(self, term: Term) -> Term:
        """The term without factors that cancel: n / n, and a norm times its direction."""
        over, under = list(term.over), list(term.under)
        for factor in list(under):
            self._logistic(factor, over, under)
            self._mean(factor, under)
        for kind, mine, others, join, rule in (
            (SIGMOID, over, over, self._complement, "logistic function"),
            (None, over, under, self._over_root, "x over its root"),
            (ABS, under, over, self._size, "sign over size"),
            (SINH, over, under, self._tangent, "hyperbolic tangent"),
            (SIN, over, under, self._tangent, "tangent"),
            (None, over, under, self._itself, "a factor over itself"),
            (DIV, over, over, self._undone, "a factor over itself"),
            (SIGMOID, over, under, self._rest, "a factor over itself"),
            (UNIT, over, over, self._directed, "norm times direction"),
            (ADJUGATE, over, under, self._inverse, "adjugate over determinant"),
        ):
            for factor in [f for f in mine if kind is None or self.emit.builder.nodes[f.node][0] == kind]:
                pairs = ((f, join(factor, f)) for f in others if factor in mine)
                found = next(((f, joined) for f, joined in pairs if joined is not None), None)
                if found is not None:
                    others.remove(found[0])
                    place = mine.index(factor)
                    mine[place : place + 1] = found[1]
                    self.emit.note(rule)
        for factor in dict.fromkeys(f for f in over if over.count(f) > 1):
            of = self._norm_of(factor.node)
            if of is not None:
                self._squared(over, factor, *of)
        made = Term(term.coefficient, tuple(over), tuple(under), term.deltas, term.out)
        # What is summed over an index that cancelled stands there once for each value of it.
        lost = term.used.difference(made.used, made.out)
        return self.times_lengths(made, [self.indices.lengths[k] for k in sorted(lost)]) if lost else made

    def times_lengths(self, term: Term, lengths: Sequence[Any]) -> Term:
        """The term times the lengths of indices that are summed and that nothing has."""
        for length in lengths:
            self.emit.note("sum of what was repeated")
            if type(length) is int:
                term = term.scaled(length)
            else:
                over = (Factor(self.emit.builder.size(length), ()), *term.over)
                term = Term(term.coefficient, over, term.under, term.deltas, term.out)
        return term

    def _cancels(self, node: int) -> bool:
        """Whether x / x is 1: x is a dimension, surely positive, or a norm or determinant, where the limit is meant."""
        op = op_of_code(self.emit.builder.nodes[node][0], tuple(self.emit.builder.custom))
        if op.range == "positive" or op.name in ("size", "norm", "det"):
            return True
        # Where the logarithm of a tensor is taken, it is positive.
        seen = self.emit.builder.seen
        return seen is not None and (CODE["log"], node) in seen

    # What two factors come to, in the place of the first: None where they stay, no factor where they are 1.

    def _complement(self, logistic: Factor, power: Factor) -> list[Factor] | None:
        """exp(y) · sigmoid(-y) is sigmoid(y)."""
        (w,), y = self.emit.builder.nodes[logistic.node][1:], self.emit.inner(power.node, EXP)
        if y is None or logistic.letters != power.letters or not self._opposite(y, w):
            return None
        return [Factor(self.emit.add(SIGMOID, (y,)), power.letters)]

    def _opposite(self, y: int, w: int) -> bool:
        return self.emit.inner(y, NEG) == w or self.emit.inner(w, NEG) == y

    def _over_root(self, x: Factor, root: Factor) -> list[Factor] | None:
        """x / sqrt(x) is sqrt(x)."""
        return [root] if self.emit.inner(root.node, SQRT) == x.node and root.letters == x.letters else None

    def _size(self, size: Factor, sign: Factor) -> list[Factor] | None:
        """sign(x) / |x| is 1 / x."""
        (x,) = self.emit.builder.nodes[size.node][1:]
        beside = self.emit.inner(sign.node, SIGN) == x and sign.letters == size.letters
        return [Factor(x, size.letters)] if beside else None

    def _tangent(self, sine: Factor, cosine: Factor) -> list[Factor] | None:
        """sin(x) / cos(x) is tan(x), and sinh(x) / cosh(x) is tanh(x)."""
        code, x = self.emit.builder.nodes[sine.node]
        below, tangent = TANGENTS[code]
        if self.emit.inner(cosine.node, below) != x or sine.letters != cosine.letters:
            return None
        return [Factor(self.emit.add(tangent, (x,)), sine.letters)]

    def _itself(self, factor: Factor, divisor: Factor) -> list[Factor] | None:
        return [] if factor == divisor and self._cancels(factor.node) else None

    def _undone(self, divided: Factor, factor: Factor) -> list[Factor] | None:
        """(y / x) · x is y."""
        y, x = self.emit.builder.nodes[divided.node][1:]
        own = self.emit.shape(y)
        beside = x == factor.node and divided.letters == factor.letters and own in ((), self.emit.shape(x))
        return [Factor(y, divided.letters if own else ())] if beside and self._cancels(x) else None

    def _rest(self, logistic: Factor, divisor: Factor) -> list[Factor] | None:
        """sigmoid(-z) / (1 - sigmoid(z)) is 1."""
        code, *args = self.emit.builder.nodes[divisor.node]
        if divisor.letters != logistic.letters or code != CODE["sub"] or not self._is_one(args[0]):
            return None
        w, z = self.emit.builder.nodes[logistic.node][1], self.emit.inner(args[1], SIGMOID)
        return [] if z is not None and self.emit.inner(w, NEG) == z else None

    def _directed(self, direction: Factor, norm: Factor) -> list[Factor] | None:
        """|x| times x / |x| is x."""
        node, axes = self.emit.builder.nodes[direction.node][1], self.emit.builder.attrs[direction.node]
        rank = len(direction.letters)
        kept = tuple(k for n, k in enumerate(direction.letters) if n - rank not in axes)
        beside = norm.letters == kept and self._norm_of(norm.node) == (node, axes)
        return [Factor(node, direction.letters)] if beside else None

    def _inverse(self, adjugate: Factor, det: Factor) -> list[Factor] | None:
        """adjugate(A) / det(A) is the inverse of A."""
        (matrix,) = self.emit.builder.nodes[adjugate.node][1:]
        beside = self.emit.inner(det.node, DET) == matrix and det.letters == adjugate.letters[:-2]
        return [Factor(self.emit.add(TENSOR_CODE["inv"], (matrix,)), adjugate.letters)] if beside else None

    def _logistic(self, factor: Factor, over: list[Factor], under: list[Factor]) -> None:
        """exp(y) / (1 + exp(y)) is sigmoid(y), and 1 / (1 + exp(y)) is sigmoid(-y)."""
        nodes = self.emit.builder.nodes
        code, *args = nodes[factor.node]
        if code != CODE["add"]:
            return
        for one, power in (args, args[::-1]):
            inner = self.emit.inner(power, EXP)
            if inner is None or not self._is_one(one) or self.emit.shape(power) != self.emit.shape(factor.node):
                continue
            whole = Factor(power, factor.letters)
            if whole in over:
                over.remove(whole)
            else:
                inner = nodes[inner][1] if nodes[inner][0] == NEG else self.emit.add(NEG, (inner,))
            under.remove(factor)
            over.append(Factor(self.emit.add(SIGMOID, (inner,)), factor.letters))
            self.emit.note("logistic function")
            return

    def _mean(self, factor: Factor, under: list[Factor]) -> None:
        """1 / (y/n) / n is 1 / y."""
        code, *args = self.emit.builder.nodes[factor.node]
        if code != DIV or not self._is(args[1], "size") or self.emit.shape(args[0]) != self.emit.shape(factor.node):
            return
        length = Factor(args[1], ())
        if length in under:
            under.remove(length)
            under[under.index(factor)] = Factor(args[0], factor.letters)
            self.emit.note("a factor over itself")

    def _squared(self, over: list[Factor], norm: Factor, node: int, axes: tuple[int, ...]) -> None:
        """The square of a norm as the sum of the squares."""
        shape = self.emit.shape(node)
        rest = iter(norm.letters)
        letters = tuple(
            self.indices.new(length) if n - len(shape) in axes else next(rest) for n, length in enumerate(shape)
        )
        for _ in range(over.count(norm) // 2):
            over.remove(norm)
            over[over.index(norm)] = Factor(node, letters)
            over.insert(over.index(Factor(node, letters)), Factor(node, letters))
        self.emit.note("square of a norm")

    def _is(self, node: int, name: str) -> bool:
        return self.emit.builder.nodes[node][0] == TENSOR_CODE[name]

    def _is_one(self, node: int) -> bool:
        return self.emit.builder.nodes[node][0] == CONST and bool(self.emit.builder.attrs[node] == 1)

    def _norm_of(self, node: int) -> Any:
        return (self.emit.builder.nodes[node][1], self.emit.builder.attrs[node]) if self._is(node, "norm") else None
