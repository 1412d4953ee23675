"""Two matrices of one product that are one or none: orthonormal vectors, a matrix beside its adjugate or inverse, and
factors of Cholesky."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final

from edgewise.graph import Tape
from edgewise.ops import FIRST_TENSOR, TENSOR_CODE, TensorOp, op_of_code
from edgewise.simplify.arrays.emit import Emitter
from edgewise.simplify.arrays.terms import Factor, Indices, Term

__all__ = ["MatrixPairs"]

ADJUGATE, CHOLESKY, DET, INV, TRIL, TRIU = (
    TENSOR_CODE[name] for name in ("adjugate", "cholesky", "det", "inv", "tril", "triu")
)

Pair = tuple[Factor, Factor, Sequence[tuple[int, int]], Sequence[Factor], str]
"""Two factors; the identity matrices and the factors that they are; and the rule."""


_PAIRED: Final = ("adjugate", "cholesky", "inv", "solve")
"""Operations whose matrices may be one with others."""


class MatrixPairs:
    """The rules for what is summed over one index of two matrices. They hold for every matrix, singular or not, but
    where its inverse is written."""

    tape: Tape
    emit: Emitter
    indices: Indices

    def paired(self, term: Term) -> tuple[Term, tuple[Any, ...]]:
        """The term without such pairs, and the lengths of indices that nothing has any more, which are factors."""
        lengths: tuple[Any, ...] = ()
        # Within products that are values of their own, too.
        while found := next(((t, pair) for t in self._ways(term) for pair in self._identities(t)), None):
            term, (one, two, identities, factors, rule) = found
            over = list(term.over)
            over.remove(one)
            over.remove(two)
            rest = term._replace(over=(*over, *factors), deltas=(*term.deltas, *identities))
            letters = {*rest.used, *(k for pair in rest.deltas for k in pair)}
            term, more = self.indices.times([rest], term.out, letters - set(term.out))
            lengths += more
            self.emit.note(rule)
        return term, lengths

    def pairs_off(self, term: Term) -> bool:
        """Whether a term has such a pair, an inverse with its own transpose, or a triangle that may be the whole."""
        ways = list(self._ways(term))
        return (
            any(True for t in ways for _ in self._identities(t))
            or any(self._is_gram(t) for t in ways)
            or any(True for _ in self.triangles(term))
        )

    def _is_gram(self, term: Term) -> bool:
        """Whether a term has the inverse of a factor of Cholesky times its own transpose, which is symmetric."""
        ends = [f.letters[0] for f in term.over if self.emit.inner(f.node, INV) is not None and len(f.letters) == 2]
        return any(ends.count(k) > 1 and self._summed(term, k) for k in ends)

    def triangles(self, term: Term) -> Iterator[tuple[Factor, Factor, int]]:
        """The factors L and tril(X) of products Lᵀ tril(X), L of Cholesky, and X."""
        nodes = self.emit.builder.nodes
        for masked in term.over:
            code, *args = nodes[masked.node]
            if code in (TRIL, TRIU) and self.emit.builder.attrs[masked.node] == 0 and len(masked.letters) == 2:
                row = masked.letters[0 if code == TRIL else 1]
                for factor in term.over:
                    if factor.letters[:1] == (row,) and row not in term.out and nodes[factor.node][0] == CHOLESKY:
                        yield factor, masked, args[0]

    def _ways(self, term: Term) -> Iterator[Term]:
        """The term as it stands, and with factors taken apart, if the graph has any such matrix."""
        if self._there:
            yield term
            yield self.emit.unfolded(term)

    @cached_property
    def _there(self) -> bool:
        """Whether the graph has a matrix that may vanish beside another."""
        ops = [self.tape.op_of_code(code) for code in set(self.tape.ops.tolist()) if code >= FIRST_TENSOR]
        return any(isinstance(op, TensorOp) and (op.orthonormal or op.name in _PAIRED) for op in ops)

    def _identities(self, term: Term) -> Iterator[Pair]:
        """The pairs of a term."""
        square = [f for f in term.over if len(f.letters) == 2 and len(set(f.letters)) == 2]
        codes = (ADJUGATE, CHOLESKY, INV)
        special = [f for f in square if self._vectors(f.node) or self.emit.builder.nodes[f.node][0] in codes]
        for one in special:
            for two in square:
                shared = set(one.letters) & set(two.letters)
                if one is two or len(shared) != 1 or not self._summed(term, *shared):
                    continue
                (k,) = shared
                (i,), (j,) = (tuple(letter for letter in f.letters if letter != k) for f in (one, two))
                axes = one.letters.index(k), two.letters.index(k)
                if one.node == two.node and axes[0] == axes[1] and axes[0] - 2 in self._vectors(one.node):
                    yield one, two, [(i, j)], (), "orthonormal vectors"
                elif self.emit.inner(one.node, ADJUGATE) == two.node and axes[0] != axes[1]:
                    det = Factor(self.emit.add(DET, (two.node,)), ())
                    yield one, two, [(i, j)], (det,), "matrix times its adjugate"
                elif self.emit.inner(one.node, INV) == two.node and axes[0] != axes[1]:
                    yield one, two, [(i, j)], (), "matrix times its inverse"
                else:
                    joined = self._of_factors(one, two, axes, i, j)
                    if joined is not None:
                        yield one, two, (), (joined,), "factors of Cholesky"

    def _of_factors(self, one: Factor, two: Factor, axes: tuple[int, int], i: int, j: int) -> Factor | None:
        """What two factors are, of a symmetric K and its factor L: L Lᵀ is K, L⁻ᵀ L⁻¹ its inverse, Lᵀ K⁻¹ is L⁻¹, and
        L⁻¹ K is Lᵀ.

        `axes` are those that are summed over, i and j the other indices. Of a matrix that is not known to be symmetric
        the factorisation reads one triangle alone.
        """
        inner = self.emit.inner(one.node, INV)
        factor = one.node if inner is None else inner
        matrix = self.emit.inner(factor, CHOLESKY)
        if matrix not in self.emit.symmetric:
            return None
        if one.node == two.node and axes == ((1, 1) if inner is None else (0, 0)):
            return Factor(matrix if inner is None else self.emit.add(INV, (matrix,)), (i, j))
        if inner is None and axes[0] == 0 and self.emit.inner(two.node, INV) == matrix:
            return Factor(self.emit.add(INV, (factor,)), (i, j))
        if inner is not None and axes[0] == 1 and two.node == matrix:
            return Factor(factor, (j, i))
        return None

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
