"""Factors of Cholesky as triangular matrices: their inverses, and what derivatives mirror at the diagonal.

Back-propagation through L = chol(K) is L⁻ᵀ mirrored(Lᵀ L̄) L⁻¹ / 2 (Murray, *Differentiation of the Cholesky
decomposition*, 2016, section 3). What is a function of K alone, as the density of a normal distribution is, has there
only matrices that are symmetric or upper triangular, and is a derivative in K.
"""

from __future__ import annotations

from typing import Any, Final

from edgewise.ops import TENSOR_CODE
from edgewise.simplify.arrays.lazy_forms import Lazy, LazyForms
from edgewise.simplify.arrays.matrix_pairs import MatrixPairs
from edgewise.simplify.arrays.terms import Factor, Term

__all__ = ["MIRRORED", "SOLVE_TRIANGULAR", "Triangles"]

MIRRORED, SOLVE_TRIANGULAR = TENSOR_CODE["mirrored"], TENSOR_CODE["solve_triangular"]

LOWER: Final = 1
UPPER: Final = -1


class Triangles(LazyForms, MatrixPairs):
    """The handlers for triangular systems and mirrored triangles."""

    def solve(self, old: int, args: list[int], rank: int) -> Lazy | None:
        """inv(a) times b in index notation."""
        raise NotImplementedError

    def solve_triangular(self, old: int, args: list[int], p: tuple[bool, int]) -> Lazy | None:
        """A system with a factor of Cholesky, or its transpose, is a product with the inverse too."""
        lower, rank = p
        return self.solve(old, args, rank) if self._triangle(args[0]) == (LOWER if lower else UPPER) else None

    def _triangle(self, old: int) -> int:
        """Which triangle a matrix has, a factor of Cholesky or its transpose; 0 of any other."""
        (term, *more), out = self.lazy[old].terms or (None,), self.lazy[old].out
        if term is None or more or not term.is_view or term.coefficient != 1 or len(out) != 2:
            return 0
        (factor,) = term.over
        if not self._is(factor.node, "cholesky"):
            return 0
        return LOWER if factor.letters == out else UPPER if factor.letters == out[::-1] else 0

    def mirrored(self, old: int, args: list[int], attr: Any) -> Lazy | None:
        """A symmetric matrix is its own mirror image, and of one with zeros below its diagonal that is left."""
        form = self.lazy[args[0]]
        if len(form.out) != 2:
            return None
        a, b = form.out
        done, rest = list[Term](), list[Term]()
        for term in (self._whole(term, a, b) for term in form.terms):
            if {a, b} in map(set, term.deltas) or self.emit.is_symmetric(term, form.out):
                done.append(term)
            elif any(self._upper(f, a, b) for f in term.over):
                done.append(self.reduced(self._diagonal(term, a, b)))
            else:
                rest.append(term)
        if not done:
            return None
        self.emit.note("mirror image")
        if rest:
            made = self.made(rest, form.out)
            node = self.emit.add(MIRRORED, (made.over[0].node,))
            done.append(Term(made.coefficient, (Factor(node, form.out),), made.under, (), form.out))
        return Lazy(tuple(done), form.out)

    def _whole(self, term: Term, a: int, b: int) -> Term:
        """Lᵀ tril(X) as Lᵀ X, of which it is the lower triangle that is read."""
        seen = {
            masked: Factor(inner, masked.letters)
            for factor, masked, inner in self.triangles(term)
            if factor.letters[1] == a and b in masked.letters
        }
        if not seen:
            return term
        whole = term._replace(over=tuple(seen.get(f, f) for f in term.over))
        return self.paired(self.emit.unfolded(whole))[0]

    def _upper(self, factor: Factor, a: int, b: int) -> bool:
        """Whether a factor has zeros below the diagonal of the indices a and b: the transpose of one of Cholesky."""
        return factor.letters == (b, a) and self._is(factor.node, "cholesky")

    def _diagonal(self, term: Term, a: int, b: int) -> Term:
        """What a term has on the diagonal of a and b; the diagonal of a factor of Cholesky as a vector."""
        over = [
            Factor(self.emit.contract([Factor(f.node, (b, b))], (b,)), (b,)) if self._upper(f, a, b) else f
            for f in term.over
        ]
        found = term._replace(over=tuple(over)).renamed({b: a})
        return found._replace(deltas=(*term.deltas, (min(a, b), max(a, b))))
