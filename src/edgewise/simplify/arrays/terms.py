"""Index notation: a tensor as a sum of products, each of which knows what its indices are summed or repeated over.

Laue, Mitterreiter and Giesen, *Computing higher order derivatives of matrix and tensor expressions* (2018), section 3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import permutations, product
from math import factorial, prod
from typing import Any, NamedTuple

__all__ = ["Factor", "Indices", "Term", "canonical", "is_told_apart", "quotient"]

Coefficient = int | Fraction | float
Letters = tuple[int, ...]

TIES = 120
"""Orders of equal factors that are tried for the canonical one."""


class Factor(NamedTuple):
    """A node read with these indices on its axes."""

    node: int
    letters: Letters

    def renamed(self, names: Mapping[int, int]) -> Factor:
        """The node read with other indices, where they have other names."""
        return Factor(self.node, tuple([names.get(k, k) for k in self.letters]))


class Term(NamedTuple):
    """coefficient · Π over / Π under · Π δ, summed over every index that is not in `out`.

    An index of `out` that no factor has repeats the value along that axis. Both indices of a δ are in `out`.
    """

    coefficient: Coefficient
    over: tuple[Factor, ...]
    under: tuple[Factor, ...]
    deltas: tuple[tuple[int, int], ...]
    out: Letters

    @property
    def used(self) -> set[int]:
        """The indices of the factors."""
        return {letter for factor in (*self.over, *self.under) for letter in factor.letters}

    @property
    def is_number(self) -> bool:
        """Whether it is a number, repeated or not."""
        return not (self.over or self.under or self.deltas)

    @property
    def is_view(self) -> bool:
        """Whether it is one node with its axes permuted or repeated, times a number."""
        return (
            len(self.over) == 1
            and not self.under
            and not self.deltas
            and len(set(self.over[0].letters)) == len(self.over[0].letters)
            and set(self.over[0].letters) <= set(self.out)
        )

    def scaled(self, factor: Coefficient) -> Term:
        """The term times a number."""
        return self.of(_tidy(self.coefficient * factor))

    def of(self, coefficient: Coefficient) -> Term:
        """The term with another coefficient."""
        return Term(coefficient, self.over, self.under, self.deltas, self.out)

    def renamed(self, names: Mapping[int, int]) -> Term:
        """The term with other names of indices in its factors."""
        over, under = (tuple([f.renamed(names) for f in factors]) for factors in (self.over, self.under))
        return Term(self.coefficient, over, under, self.deltas, self.out)

    def on_diagonal(self) -> tuple[dict[int, int], Term]:
        """The indices that identities make others, in a chain of them the first, and the rest read with those."""
        first: dict[int, int] = {}
        for a, b in self.deltas:
            first[b] = first.get(a, a)
            first.update({k: first[b] for k, one in first.items() if one == b})
        return first, self.renamed(first)._replace(deltas=(), out=tuple(k for k in self.out if k not in first))


def _tidy(value: Coefficient) -> Coefficient:
    return value.numerator if type(value) is Fraction and value.denominator == 1 else value


def quotient(a: Coefficient, b: Coefficient) -> Coefficient:
    """a / b, exact where both are."""
    return a / b if type(a) is float or type(b) is float else _tidy(Fraction(a) / Fraction(b))


class Indices:
    """Gives out indices and knows their lengths."""

    def __init__(self) -> None:
        self.lengths: list[Any] = []

    def new(self, length: Any) -> int:
        """A fresh index."""
        self.lengths.append(length)
        return len(self.lengths) - 1

    def for_shape(self, shape: Sequence[Any]) -> Letters:
        """Fresh indices for the axes of a shape."""
        return tuple(self.new(length) for length in shape)

    def read(self, term: Term, axes: Sequence[int | None]) -> Term:
        """The term with given indices on its axes, all others fresh; None drops an axis of length 1."""
        lengths = self.lengths
        names = {own: self.new(1) if k is None else k for own, k in zip(term.out, axes, strict=True)}

        def moved(factors: Sequence[Factor]) -> tuple[Factor, ...]:
            made = []
            for node, letters in factors:
                for k in letters:
                    if k not in names:
                        names[k] = len(lengths)
                        lengths.append(lengths[k])
                made.append(Factor(node, tuple([names[k] for k in letters])))
            return tuple(made)

        over, under = moved(term.over), moved(term.under) if term.under else ()
        deltas = tuple([(names[a], names[b]) for a, b in term.deltas])
        return Term(term.coefficient, over, under, deltas, tuple(dict.fromkeys(k for k in axes if k is not None)))

    def times(self, terms: Sequence[Term], out: Letters, summed: Iterable[int]) -> tuple[Term, tuple[Any, ...]]:
        """The product of terms, summed over some indices, and the lengths it is to be multiplied with besides.

        A δ of which one index is summed goes, and renames it; an index that is summed and that nothing has
        multiplies by its length.
        """
        coefficient: Coefficient = 1
        over: list[Factor] = []
        under: list[Factor] = []
        deltas: list[tuple[int, int]] = []
        for term in terms:
            coefficient = coefficient * term.coefficient
            over += term.over
            under += term.under
            deltas += term.deltas
        bound = set(summed)
        kept: list[tuple[int, int]] = []
        while deltas:
            a, b = deltas.pop(0)
            if a == b:
                continue
            if a not in bound and b not in bound:
                kept.append((min(a, b), max(a, b)))
                continue
            gone, stays = (a, b) if a in bound else (b, a)
            bound.discard(gone)
            over = [f.renamed({gone: stays}) for f in over]
            under = [f.renamed({gone: stays}) for f in under]
            deltas = [(stays if x == gone else x, stays if y == gone else y) for x, y in deltas]
            kept = [(stays if x == gone else x, stays if y == gone else y) for x, y in kept]
        made = Term(
            _tidy(coefficient), tuple(over), tuple(under), tuple(sorted({k for k in kept if k[0] != k[1]})), out
        )
        made = self._with_columns(made)
        used = made.used
        return made, tuple(self.lengths[k] for k in sorted(bound) if k not in used and self.lengths[k] != 1)

    def _with_columns(self, term: Term) -> Term:
        """An axis of length 1 of the result is one that a factor has: the column of a matrix, not one put in."""
        free = [k for k in term.out if self.lengths[k] == 1 and k not in term.used]
        for wanted in free:
            spare = (k for f in term.over for k in f.letters if self.lengths[k] == 1 and k not in term.out)
            letter = next(spare, None)
            if letter is None:
                break
            term = term.renamed({letter: wanted})
        return term


def canonical(term: Term, ordered: bool, symmetric: Collection[int] = frozenset()) -> tuple[tuple[Any, ...], Letters]:
    """A key that equal products share, however their indices are named, and the indices in the key's own order.

    With `ordered` the axes of the result count, else only which indices it has. Factors are sorted by node and by how
    their indices are used; equal ones are tried in every order (up to a bound), so that symmetric products are seen.
    The indices of a `symmetric` node have no order.
    """
    factors = [(0, node, letters) for node, letters in term.over]
    factors += [(1, node, letters) for node, letters in term.under]
    if is_told_apart(term, symmetric):
        factors.sort()
        return _labelled(factors, term, ordered)
    sign: dict[int, Any] = {k: -1 for _, _, letters in factors for k in letters}
    sign |= {k: place if ordered else 0 for place, k in enumerate(term.out)}
    for _ in range(2):
        seen: dict[int, list[Any]] = {k: [] for k in sign}
        for side, node, letters in factors:
            around = [sign[k] for k in letters]
            loose = node in symmetric
            own = hash((side, node, *(sorted(around) if loose else around)))
            for axis, k in enumerate(letters):
                seen[k].append(own if loose else own + axis)
        sign = {k: hash((sign[k], *sorted(found))) for k, found in seen.items()}
        if len(set(sign.values())) == len(sign):
            break
    if symmetric:
        factors = [(s, n, tuple(sorted(own, key=sign.__getitem__)) if n in symmetric else own) for s, n, own in factors]
    groups: dict[Any, list[Any]] = {}
    for factor in factors:
        groups.setdefault((*factor[:2], *[sign[k] for k in factor[2]]), []).append(factor)
    sorted_groups = [groups[key] for key in sorted(groups)]
    orders: Iterable[Any] = [sorted_groups]
    if 1 < prod(factorial(len(group)) for group in sorted_groups) <= TIES:
        orders = product(*(permutations(group) for group in sorted_groups))
    return min(
        (_labelled([factor for group in order for factor in group], term, ordered) for order in orders),
        key=lambda found: found[0],
    )


def is_told_apart(term: Term, symmetric: Collection[int]) -> bool:
    """Whether the factors of a product are different nodes, none of which is symmetric."""
    if len(term.over) == 1 and not term.under:
        return term.over[0].node not in symmetric
    over, under = [f.node for f in term.over], [f.node for f in term.under]
    if len(set(over)) < len(over) or len(set(under)) < len(under):
        return False
    return not symmetric or not any(node in symmetric for node in (*over, *under))


def _labelled(factors: Iterable[Any], term: Term, ordered: bool) -> tuple[tuple[Any, ...], Letters]:
    """The key of a product whose factors stand in this order: indices are counted as they come."""
    label: dict[int, int] = {}
    written = []
    for side, node, letters in factors:
        written.append((side, node, tuple([label.setdefault(k, len(label)) for k in letters])))
    result = tuple([label.setdefault(k, len(label)) for k in term.out])
    deltas = tuple(sorted(tuple(sorted((label[a], label[b]))) for a, b in term.deltas)) if term.deltas else ()
    key = (tuple(written), deltas, result if ordered else tuple(sorted(result)))
    return key, tuple(label)
