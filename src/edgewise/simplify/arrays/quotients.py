"""Factors and divisors of a term that make one another vanish: n / n, a norm and its direction, logistic functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from edgewise.ops import CODE, CONST, TENSOR_CODE, op_of_code
from edgewise.simplify.arrays.emit import Emitter
from edgewise.simplify.arrays.terms import Factor, Indices, Term

__all__ = ["Quotients"]


class Quotients:
    """The rules for factors of one term."""

    emit: Emitter
    indices: Indices

    def reduced(self, term: Term) -> Term:
        """The term without factors that cancel: n / n, and a norm times its direction."""
        over, under = list(term.over), list(term.under)
        for factor in list(under):
            self._logistic(factor, over, under)
        for factor in list(over):
            if self._is_op(factor.node, "exp") and factor in over:
                self._complement(factor, over)
        for factor in list(under):
            self._root_or_sign(factor, over, under)
        for factor in list(over):
            if factor in under and factor in over and self._cancels(factor.node):
                over.remove(factor)
                under.remove(factor)
                self.emit.note("a factor over itself")
        for factor in [f for f in over if self._is_op(f.node, "sigmoid")]:
            if factor in over:
                self._rest_of_logistic(factor, over, under)
        for factor in [f for f in over if self._is(f.node, "unit")]:
            node, axes = self.emit.builder.nodes[factor.node][1], self.emit.builder.attrs[factor.node]
            rank = len(factor.letters)
            kept = tuple(k for n, k in enumerate(factor.letters) if n - rank not in axes)
            norm = next((f for f in over if f.letters == kept and self._norm_of(f.node) == (node, axes)), None)
            if norm is not None and factor in over:
                over[over.index(factor)] = Factor(node, factor.letters)
                over.remove(norm)
                self.emit.note("norm times direction")
        for factor in [f for f in over if self._is(f.node, "adjugate")]:
            matrix = self.emit.builder.nodes[factor.node][1]
            det = next((f for f in under if self._is(f.node, "det") and self._det_beside(f, factor, matrix)), None)
            if det is not None and factor in over:
                over[over.index(factor)] = Factor(self.emit.add(TENSOR_CODE["inv"], (matrix,)), factor.letters)
                under.remove(det)
                self.emit.note("adjugate over determinant")
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

    def _det_beside(self, det: Factor, adjugate: Factor, matrix: int) -> bool:
        """Whether a determinant is that of the matrix whose adjugate stands beside it."""
        return self.emit.builder.nodes[det.node][1] == matrix and det.letters == adjugate.letters[:-2]

    def _cancels(self, node: int) -> bool:
        """Whether x / x is 1: x is a dimension, surely positive, or a norm or determinant, where the limit is meant."""
        op = op_of_code(self.emit.builder.nodes[node][0], tuple(self.emit.builder.custom))
        if op.range == "positive" or op.name in ("size", "norm", "det"):
            return True
        # Where the logarithm of a tensor is taken, it is positive.
        seen = self.emit.builder.seen
        return seen is not None and (CODE["log"], node) in seen

    def _root_or_sign(self, factor: Factor, over: list[Factor], under: list[Factor]) -> None:
        """x / sqrt(x) is sqrt(x), and sign(x) / |x| is 1 / x."""
        nodes = self.emit.builder.nodes
        if factor not in under or not (self._is_op(factor.node, "sqrt") or self._is_op(factor.node, "abs")):
            return
        inner = Factor(nodes[factor.node][1], factor.letters)
        if self._is_op(factor.node, "sqrt") and inner in over:
            over[over.index(inner)] = factor
            under.remove(factor)
            self.emit.note("x over its root")
        elif self._is_op(factor.node, "abs"):
            signs = [f for f in over if self._is_op(f.node, "sign") and nodes[f.node][1] == inner.node]
            if signs and signs[0].letters == factor.letters:
                over.remove(signs[0])
                under[under.index(factor)] = inner
                self.emit.note("sign over size")

    def _complement(self, power: Factor, over: list[Factor]) -> None:
        """exp(y) · sigmoid(-y) is sigmoid(y)."""
        nodes = self.emit.builder.nodes
        (y,) = nodes[power.node][1:]
        for factor in over:
            if factor.letters != power.letters or not self._is_op(factor.node, "sigmoid"):
                continue
            (w,) = nodes[factor.node][1:]
            if (self._is_op(y, "neg") and nodes[y][1] == w) or (self._is_op(w, "neg") and nodes[w][1] == y):
                over.remove(power)
                over[over.index(factor)] = Factor(self.emit.add(CODE["sigmoid"], (y,)), factor.letters)
                self.emit.note("logistic function")
                return

    def _rest_of_logistic(self, factor: Factor, over: list[Factor], under: list[Factor]) -> None:
        """sigmoid(-z) / (1 - sigmoid(z)) is 1."""
        nodes = self.emit.builder.nodes
        (w,) = nodes[factor.node][1:]
        for other in under:
            code, *args = nodes[other.node]
            if other.letters != factor.letters or code != CODE["sub"] or not self._is_op(args[1], "sigmoid"):
                continue
            (z,) = nodes[args[1]][1:]
            one = nodes[args[0]][0] == CONST and self.emit.builder.attrs[args[0]] == 1
            if one and self._is_op(w, "neg") and nodes[w][1] == z:
                over.remove(factor)
                under.remove(other)
                self.emit.note("a factor over itself")
                return

    def _logistic(self, factor: Factor, over: list[Factor], under: list[Factor]) -> None:
        """exp(y) / (1 + exp(y)) is sigmoid(y), and 1 / (1 + exp(y)) is sigmoid(-y)."""
        nodes, builder = self.emit.builder.nodes, self.emit.builder
        code, *args = nodes[factor.node]
        if code != CODE["add"]:
            return
        for one, power in (args, args[::-1]):
            if nodes[one][0] != CONST or builder.attrs[one] != 1 or nodes[power][0] != CODE["exp"]:
                continue
            if self.emit.shape(power) != self.emit.shape(factor.node):
                continue
            (inner,) = nodes[power][1:]
            whole = Factor(power, factor.letters)
            if whole in over:
                over.remove(whole)
            else:
                inner = nodes[inner][1] if nodes[inner][0] == CODE["neg"] else self.emit.add(CODE["neg"], (inner,))
            under.remove(factor)
            over.append(Factor(self.emit.add(CODE["sigmoid"], (inner,)), factor.letters))
            self.emit.note("logistic function")
            return

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

    def _is_op(self, node: int, name: str) -> bool:
        return self.emit.builder.nodes[node][0] == CODE[name]

    def _norm_of(self, node: int) -> Any:
        return (self.emit.builder.nodes[node][1], self.emit.builder.attrs[node]) if self._is(node, "norm") else None
