"""From a product in index notation to nodes: which two factors are multiplied first, and how it reads.

A product of many factors is made of products of two, in the order that `opt_einsum` finds cheapest. Products that are
equal but for the names and the order of their indices are one node.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any, Final

import opt_einsum

from edgewise.ops import CODE, TENSOR_CODE
from edgewise.simplify.arrays.nodes import Nodes
from edgewise.simplify.arrays.terms import Factor, Letters, Term, is_told_apart

__all__ = ["Products"]

MUL, DIV, POWER = (CODE[name] for name in ("mul", "div", "power"))
CONTRACT, EYE = TENSOR_CODE["contract"], TENSOR_CODE["eye"]


PLANNED: Final = 8
"""Factors up to which two searches for the order of products are compared."""


class Products(Nodes):
    """Writes products as nodes."""

    def product(self, term: Term) -> tuple[int, Letters]:
        """The node of a product without its coefficient, and the indices on its axes: those of `out` that it has."""
        bare = term.of(1)
        key, names = self.key(bare, ordered=True)
        if bare.deltas:  # nodes have lengths, identities are told apart by theirs
            key = (*key, tuple(str(self.indices.lengths[k]) for k in names))
        found = self.products.get(key)
        if found is None:
            plain = self.unfolded(bare)
            if plain is bare and is_told_apart(bare, self.symmetric):
                loose, order = (*key[:2], tuple(sorted(key[2]))), names
            else:
                loose, order = self.key(plain if plain.coefficient == 1 else bare, ordered=False)
            if bare.deltas:
                loose = (*loose, tuple(str(self.indices.lengths[k]) for k in order))
            other = self.products.get(loose)
            if other is None:
                node, letters = self._oriented(bare, plain)
                for factor in bare.over if self.centred else ():
                    for axis, k in enumerate(factor.letters):
                        if (factor.node, axis) in self.centred and k in letters and self._alone(bare, factor, k):
                            self.centred.add((node, letters.index(k)))
                other = self.products[loose] = node, tuple(order.index(k) for k in letters)
            node, places = other
            found = self.products[key] = node, tuple(names.index(order[k]) for k in places)
        else:
            self.note("equal products")
        node, places = found
        letters = tuple([names[k] for k in places])
        order = tuple([k for k in term.out if k in letters])
        if len(letters) == 2 and letters != order and self._symmetric(self.unfolded(bare), letters):
            return node, order
        return node, letters

    def is_symmetric(self, term: Term, letters: Letters) -> bool:
        """Whether a term is the same with two of its indices exchanged."""
        return self._symmetric(self.unfolded(term.of(1)), letters)

    def _symmetric(self, plain: Term, letters: Letters) -> bool:
        """Whether a product, its factors taken apart, is the same with two of its indices exchanged."""
        a, b = letters
        if self._places(plain, a) != self._places(plain, b):
            return False
        exchanged = {a: b, b: a}
        turned = [f.node in self.antisymmetric and {a, b} == set(f.letters[:2]) for f in plain.over]
        over = tuple(f if same else f.renamed(exchanged) for f, same in zip(plain.over, turned, strict=True))
        deltas = tuple((exchanged.get(j, j), exchanged.get(k, k)) for j, k in plain.deltas)
        back = plain.renamed(exchanged)._replace(over=over, deltas=deltas)
        return sum(turned) % 2 == 0 and self.key(plain, ordered=True)[0] == self.key(back, ordered=True)[0]

    def _places(self, plain: Term, letter: int) -> list[tuple[int, int, int]]:
        """Where an index stands: the sides, nodes and axes, where the order of these counts."""
        return sorted(
            (side, f.node, 0 if f.node in self.symmetric or f.node in self.antisymmetric else axis)
            for side, factors in ((0, plain.over), (1, plain.under))
            for f in factors
            for axis, k in enumerate(f.letters)
            if k == letter
        )

    def _oriented(self, term: Term, plain: Term) -> tuple[int, Letters]:
        """The product; a symmetric matrix the way round in which its left factor is the simpler one."""
        node, letters = self._made(term)
        code, *args = self.builder.nodes[node]
        if len(letters) != 2 or len(set(map(self.indices.lengths.__getitem__, letters))) > 1:
            return node, letters
        if not self._symmetric(plain, letters):
            return node, letters
        self.symmetric.add(node)
        if code != CONTRACT or len(args) != 2 or args[0] <= args[1] or term.deltas:
            return node, letters
        self.note("symmetric")
        a, b = letters
        node = self._made(term._replace(out=tuple({a: b, b: a}.get(k, k) for k in term.out)))[0]
        self.symmetric.add(node)
        return node, letters

    def _made(self, term: Term) -> tuple[int, Letters]:
        scalars = [f for f in term.over if not f.letters], [f for f in term.under if not f.letters]
        if any(scalars) and (term.used or term.deltas) and not (term.used and term.deltas):
            return self._with_scalars(term, *scalars)
        if term.deltas:
            return self.diagonal(term)
        if not term.over and not term.under:
            return self.number(1), ()
        over, under, out = self._gathered(term), list(term.under), term.out
        used = {k for f in (*over, *under) for k in f.letters}
        wanted = [k for k in out if k in used]
        # What is divided by an index that is summed is divided before the sum.
        late = [f for f in under if set(f.letters) <= set(out)]
        for divisor in (f for f in under if f not in late):
            over = self._divided(over, divisor)
        numbers = [f.node for f in over if not f.letters]
        tensors = [f for f in over if f.letters]
        node, letters = self._contracted(tensors, tuple(wanted)) if tensors else (-1, ())
        for scalar in numbers:
            node = scalar if node < 0 else self.add(MUL, (scalar, node))
        if node < 0:
            node = self.number(1)
        for divisor in sorted(late, key=lambda f: len(f.letters)):
            both = tuple(k for k in wanted if k in letters or k in divisor.letters)
            left = self.aligned(node, letters, both)
            node, letters = self.add(DIV, (left, self.aligned(*divisor, both))), both
        return node, letters

    def _with_scalars(self, term: Term, over: list[Factor], under: list[Factor]) -> tuple[int, Letters]:
        """A product of tensors, which others may share, times scalars."""
        top = tuple(f for f in term.over if f.letters)
        node, letters = self.product(term._replace(over=top, under=tuple(f for f in term.under if f.letters)))
        node, letters = self._in_order(node, letters, term.out)
        if over:
            scale, _ = self.product(Term(1, tuple(over), (), (), ()))
            node = self.add(MUL, (scale, node))
        for divisor in under:
            node = self.add(DIV, (node, divisor.node))
        return node, letters

    def _in_order(self, node: int, letters: Letters, out: Letters) -> tuple[int, Letters]:
        """A node with its axes as they stand in the result."""
        order = tuple(k for k in out if k in letters)
        return self.contract([Factor(node, letters)], order), order

    def _gathered(self, term: Term) -> list[Factor]:
        """The factors, equal ones as powers; but a sum of squares stays a product of a tensor with itself."""
        counts: dict[Factor, int] = {}
        for factor in term.over:
            counts[factor] = counts.get(factor, 0) + 1
        if len(counts) == 1 and not term.under:
            (factor, count), *_ = counts.items()
            if count == 2 and not set(factor.letters) <= set(term.out):
                return list(term.over)
        return [
            factor if count == 1 else Factor(self.add(POWER, (factor.node,), count), factor.letters)
            for factor, count in counts.items()
        ]

    def _divided(self, over: list[Factor], divisor: Factor) -> list[Factor]:
        """The factors with one of them, or 1, divided by a factor of summed indices."""
        fitting = [k for k, f in enumerate(over) if set(divisor.letters) <= set(f.letters)]
        if not fitting:
            return [*over, Factor(self.add(DIV, (self.number(1), divisor.node)), divisor.letters)]
        k = min(fitting, key=lambda k: len(over[k].letters))
        top = over[k]
        letters = tuple(dict.fromkeys(top.letters))
        node = self.contract([top], letters) if letters != top.letters else top.node
        made = Factor(self.add(DIV, (node, self.aligned(*divisor, letters))), letters)
        return [*over[:k], made, *over[k + 1 :]]

    def diagonal(self, term: Term) -> tuple[int, Letters]:
        """A product with identity matrices that remain: the rest, times its number, laid on a diagonal."""
        rest = term.of(1).on_diagonal()[1]
        node, letters = self.product(rest)
        node = self.scaled(node, term.coefficient)
        factors = [Factor(node, letters)] if letters or not rest.is_number else []
        eyes = [Factor(self.add(EYE, (), self.indices.lengths[pair[0]]), pair) for pair in term.deltas]
        present = {k for f in (*factors, *eyes) for k in f.letters}
        out = tuple(k for k in term.out if k in present)
        if not letters and factors:
            scalar, factors = factors[0].node, []
            made, order = (eyes[0].node, eyes[0].letters) if len(eyes) == 1 else (self.contract(eyes, out), out)
            return self.add(MUL, (scalar, made)), order
        if not factors and len(eyes) == 1:
            return eyes[0].node, eyes[0].letters
        made = self.contract([*factors, *eyes], out)
        if len(out) == 2 and len(term.deltas) == 1 and set(term.deltas[0]) == set(out):
            self.symmetric.add(made)
        return made, out

    def _contracted(self, factors: list[Factor], out: Letters) -> tuple[int, Letters]:
        """Factors multiplied two at a time and summed; the indices on the result's axes."""
        factors = [self._summed_alone(k, factors, out) for k in range(len(factors))]
        loose = [f.node for f in factors if not f.letters]
        factors = [f for f in factors if f.letters]
        if not factors:
            node = loose[0]
            for other in loose[1:]:
                node = self.add(MUL, (node, other))
            return node, ()
        result = tuple(k for k in out if any(k in f.letters for f in factors))
        if len(factors) > 2:
            sizes = {k: self.length(k) for f in factors for k in f.letters}
            sets = [frozenset(f.letters) for f in factors]
            path = opt_einsum.paths.auto(sets, frozenset(result), sizes, None)
            if len(factors) <= PLANNED:
                # What is best depends on what is equal, and of factors with the same indices `auto` misses the best.
                other = opt_einsum.paths.dynamic_programming(sets, frozenset(result), sizes, None)
                path = min(path, other, key=lambda way: self._planned(way, factors, result))
        else:
            path = [tuple(range(len(factors)))]
        for step in path:
            if len(step) == 1:
                continue
            chosen = [factors[k] for k in sorted(step)]
            factors = [f for k, f in enumerate(factors) if k not in step]
            while len(chosen) > 1:
                first, second, *chosen = chosen
                needed = {k for f in (*factors, *chosen) for k in f.letters} | set(result)
                final = not factors and not chosen
                chosen.insert(0, self._pair(first, second, needed, result if final else None))
            factors.append(chosen[0])
        node, letters = factors[0]
        for other in loose:
            node = self.add(MUL, (other, node))
        return node, letters

    def _summed_alone(self, k: int, factors: Sequence[Factor], out: Letters) -> Factor:
        """A factor summed over the indices that nothing else has, and with each index once."""
        factor = factors[k]
        elsewhere = {letter for n, f in enumerate(factors) if n != k for letter in f.letters}
        kept = tuple([letter for letter in dict.fromkeys(factor.letters) if letter in elsewhere or letter in out])
        return factor if kept == factor.letters else Factor(self.contract([factor], kept), kept)

    def _pair(self, a: Factor, b: Factor, needed: set[int], out: Letters | None) -> Factor:
        """The product of two factors, summed over what is needed no more."""
        if out is None:
            out = tuple(dict.fromkeys(k for k in (*a.letters, *b.letters) if k in needed))
            shared = set(a.letters) & set(b.letters)
            if set(out) >= {*a.letters, *b.letters}:
                out = _interleaved(*(f.letters for f in sorted((a, b)))) or out  # equal ones alike
            if len(a.letters) == len(b.letters) == len(out) == 2 and len(shared) == 1 and not shared & needed:
                (inner,) = shared
                # The way round that takes fewer transposes.
                if (a.letters[0] == inner) + (b.letters[1] == inner) > (b.letters[0] == inner) + (
                    a.letters[1] == inner
                ):
                    out = out[::-1]
            elif len(shared - needed) == 1 and max(len(a.letters), len(b.letters)) == 3:
                out = self._stacked(a, b, needed) or out
        if set(a.letters) | set(b.letters) == set(out):
            # Nothing is summed: an elementwise product, or an outer one.
            order = self._natural(a, b, out)
            if len(a.letters) > len(b.letters):
                a, b = b, a
            return Factor(self.add(MUL, (self.aligned(*a, order), self.aligned(*b, order))), order)
        if (out and out[0] in b.letters and out[0] not in a.letters) or (a.node > b.node and not out):
            a, b = b, a
        left = self._upright(a, b, left=True)
        return Factor(self.contract([left, self._upright(b, a, left=len(a.letters) == 1)], out), out)

    def _planned(self, path: Sequence[tuple[int, ...]], factors: Sequence[Factor], result: Letters) -> int:
        """The multiplications of products in some order, equal ones counted once."""
        groups, costs = [[factor] for factor in factors], dict[Any, int]()
        for step in path:
            chosen = [factor for k in step for factor in groups[k]]
            groups = [*(group for k, group in enumerate(groups) if k not in step), chosen]
            outside = {k for group in groups[:-1] for factor in group for k in factor.letters} | set(result)
            label: dict[int, int] = {}
            key = [(f.node, *(label.setdefault(k, len(label)) for k in f.letters)) for f in sorted(chosen)]
            kept = frozenset(label[k] for k in label if k in outside)
            costs[(*key, kept)] = prod(self.length(k) for k in label)
        return sum(costs.values())

    @staticmethod
    def _stacked(a: Factor, b: Factor, needed: set[int]) -> Letters | None:
        """The axes of a stack of matrix products, the stack's in front, as matrices are multiplied; None for others."""
        (inner,) = {*a.letters} & {*b.letters} - needed
        lead = tuple(k for k in a.letters if k in b.letters and k != inner)
        own = [tuple(k for k in f.letters if k != inner and k not in lead) for f in (a, b)]
        for k in (0, 1):
            if not lead and len(own[k]) == 2 and len(own[1 - k]) == 1:
                lead, own[k] = own[k][:1], own[k][1:]
        if len(lead) != 1 or [len(k) for k in own] != [1, 1]:
            return None
        # The factor whose rows lie side by side where it sums stands on the left.
        turned = (a.letters[-1] == inner) + (b.letters[-1] != inner) < (b.letters[-1] == inner) + (
            a.letters[-1] != inner
        )
        return (*lead, *own[1], *own[0]) if turned else (*lead, *own[0], *own[1])

    def _upright(self, factor: Factor, other: Factor, *, left: bool) -> Factor:
        """A symmetric factor read the way round that needs no transpose."""
        inner = [k for k in factor.letters if k in other.letters]
        if factor.node not in self.symmetric or len(factor.letters) != 2 or len(inner) != 1:
            return factor
        (outer,) = (k for k in factor.letters if k != inner[0])
        return Factor(factor.node, (outer, inner[0]) if left else (inner[0], outer))

    @staticmethod
    def _natural(a: Factor, b: Factor, out: Letters) -> Letters:
        """The order of axes in which a product needs the fewest transposes: that of the factor with all of them."""
        whole = [factor.letters for factor in (a, b) if set(factor.letters) == set(out)]
        return whole[0] if whole and out not in whole else out


def _interleaved(one: Letters, two: Letters) -> Letters | None:
    """The indices of two factors in an order that is that of both: no axes are exchanged. None where there is none."""
    shared, at, made = [k for k in one if k in two], 0, list[int]()
    if shared != [k for k in two if k in one] or len({*one}) < len(one) or len({*two}) < len(two):
        return None
    for k in one:
        if k in shared:
            end = two.index(k)
            made += two[at:end]
            at = end + 1
        made.append(k)
    return (*made, *two[at:])
