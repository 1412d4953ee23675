"""Two matrices of one product that make one another vanish: orthonormal vectors, and a matrix beside its adjugate."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from edgewise.graph import Tape
from edgewise.ops import FIRST_TENSOR, TENSOR_CODE, TensorOp, op_of_code
from edgewise.simplify.arrays.emit import Emitter
from edgewise.simplify.arrays.terms import Factor, Indices, Term

__all__ = ["MatrixPairs"]

ADJUGATE, DET = TENSOR_CODE["adjugate"], TENSOR_CODE["det"]


class MatrixPairs:
    """The rules for what is summed over one index of two matrices. They hold for every matrix, singular or not."""

    tape: Tape
    emit: Emitter
    indices: Indices

    def paired(self, term: Term) -> tuple[Term, tuple[Any, ...]]:
        """The term without such pairs, and the lengths of indices that nothing has any more, which are factors."""
        lengths: tuple[Any, ...] = ()
        # Within products that are values of their own, too.
        while found := next(((t, pair) for t in self._ways(term) for pair in self._identities(t)), None):
            term, (one, two, identity, factor, rule) = found
            over = list(term.over)
            over.remove(one)
            over.remove(two)
            rest = term._replace(over=(*over, *factor), deltas=(*term.deltas, identity))
            letters = {*rest.used, *(k for pair in rest.deltas for k in pair)}
            term, more = self.indices.times([rest], term.out, letters - set(term.out))
            lengths += more
            self.emit.note(rule)
        return term, lengths

    def _ways(self, term: Term) -> Iterator[Term]:
        """The term as it stands, and with factors taken apart, if the graph has any such matrix."""
        if self._there:
            yield term
            yield self.emit.unfolded(term)

    @cached_property
    def _there(self) -> bool:
        """Whether the graph has a matrix that may vanish beside another."""
        ops = [self.tape.op_of_code(code) for code in set(self.tape.ops.tolist()) if code >= FIRST_TENSOR]
        return any(isinstance(op, TensorOp) and (op.orthonormal or op.name == "adjugate") for op in ops)

    def _identities(self, term: Term) -> Iterator[tuple[Factor, Factor, tuple[int, int], tuple[Factor, ...], str]]:
        """Pairs of factors, the indices of the identity that they are, what it is multiplied with, and the rule."""
        square = [f for f in term.over if len(f.letters) == 2 and len(set(f.letters)) == 2]
        special = [f for f in square if self._vectors(f.node) or self.emit.inner(f.node, ADJUGATE) is not None]
        for one in special:
            for two in square:
                shared = set(one.letters) & set(two.letters)
                if one is two or len(shared) != 1 or not self._summed(term, *shared):
                    continue
                (k,) = shared
                (i,), (j,) = (tuple(letter for letter in f.letters if letter != k) for f in (one, two))
                axes = one.letters.index(k), two.letters.index(k)
                if one.node == two.node and axes[0] == axes[1] and axes[0] - 2 in self._vectors(one.node):
                    yield one, two, (i, j), (), "orthonormal vectors"
                elif self.emit.inner(one.node, ADJUGATE) == two.node and axes[0] != axes[1]:
                    det = Factor(self.emit.add(DET, (two.node,)), ())
                    yield one, two, (i, j), (det,), "matrix times its adjugate"

    def _summed(self, term: Term, letter: int) -> bool:
        """Whether an index is summed over, and two factors have it, once each."""
        count = sum(f.letters.count(letter) for f in (*term.over, *term.under))
        return letter not in term.out and count == 2 and not any(letter in f.letters for f in term.under)

    def _vectors(self, node: int) -> tuple[int, ...]:
        """The axes along which the vectors of a matrix lie that are orthonormal."""
        op = op_of_code(self.emit.builder.nodes[node][0], tuple(self.emit.builder.custom))
        return op.orthonormal if isinstance(op, TensorOp) else ()

    def reversed_product(self, term: Term, code: int) -> Term | None:
        """An operation with f(AB) = f(B)f(A), of a product of square matrices, as a product; None for what is none."""
        plain = self.emit.unfolded(term)
        lengths = {self.indices.lengths[k] for f in plain.over for k in f.letters}
        chain = all(len(f.letters) == 2 for f in plain.over) and not plain.under and not plain.deltas
        if not chain or plain.coefficient != 1 or len(lengths) != 1 or len(plain.out) != 2:
            return None
        if not _is_path(plain):
            return None
        over = tuple(Factor(self.emit.add(code, (f.node,)), f.letters[::-1]) for f in plain.over)
        return Term(1, over, (), (), plain.out[::-1])


def _is_path(term: Term) -> bool:
    """Whether a product of matrices is one matrix product: from the first index through all factors to the last."""
    left, (at, end) = [f.letters for f in term.over], term.out
    while left:
        pair = next((pair for pair in left if at in pair), None)
        if pair is None:
            return False
        left.remove(pair)
        at = pair[1] if pair[0] == at else pair[0]
    return at == end
