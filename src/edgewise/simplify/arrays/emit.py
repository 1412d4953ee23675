"""From sums in index notation to nodes: like terms, common factors and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from edgewise.ops import CODE
from edgewise.simplify.arrays.nodes import UNFOLDED
from edgewise.simplify.arrays.products import Products
from edgewise.simplify.arrays.terms import Factor, Letters, Term, quotient

__all__ = ["Emitter"]

ADD, SUB = CODE["add"], CODE["sub"]


class Emitter(Products):
    """Writes terms as nodes of a graph in which equal operations are one node."""

    def whole(self, terms: Sequence[Term], out: Letters) -> int:
        """The node of a sum, its axes in the order of `out`."""
        common, node = self.common(terms, out)
        return self.scaled(node, common)

    def common(self, terms: Sequence[Term], out: Letters) -> tuple[Any, int]:
        """A number that all terms of a sum have as a factor, and the node of what it multiplies."""
        shape = tuple(self.indices.lengths[k] for k in out)
        gathered = self.collected(terms)
        listed = self.factored(gathered) if len(terms) > 1 else gathered
        if not listed:
            return 1, self.repeated(self.number(0), (), out)
        if len(listed) == 1:
            (term,) = listed
            if term.is_number:
                return 1, self.repeated(self.number(term.coefficient), (), out)
            if term.deltas and term.used and term.coefficient != 1:
                return 1, self.repeated(*self.diagonal(term), out)
            node = self.repeated(*self.product(term), out)
            if len(gathered) > 1 and len(out) == 2 and self._symmetric_sum(gathered, out, 1):
                self.symmetric.add(node)
            return term.coefficient, node
        numbers = [abs(term.coefficient) for term in listed]
        common: Any = numbers[0] if numbers.count(numbers[0]) == len(numbers) else 1
        listed.sort(key=lambda term: (term.coefficient < 0, not _as_it_is(term)))
        if listed[0].coefficient < 0:
            common = -common
        pair: tuple[int, ...] = ()
        if len(listed) == 2 and listed[0].coefficient == -listed[1].coefficient:
            pair = tuple(self.aligned(*self.product(term), out) for term in listed)
            other = self.differences.get((pair[::-1], shape))
            if other is not None:
                return -common, other
        total = self.add(SUB, pair) if pair else self._added(listed, common, out)
        if self.shape(total) == shape:
            if len(out) == 2 and self._symmetric_sum(listed, out, 1):
                self.symmetric.add(total)
            elif self._symmetric_sum(listed, out, -1):
                self.antisymmetric.add(total)
            self.centred.update((total, axis) for axis, k in enumerate(out) if self._deviates(listed, k))
        if self.shape(total) != shape:
            have = out[len(out) - len(self.shape(total)) :]
            present = tuple(
                k if length == self.indices.lengths[k] else self.indices.new(1)
                for k, length in zip(have, self.shape(total), strict=True)
            )
            total = self.contract([Factor(total, present)], out)
        if pair:
            self.differences[pair, shape] = total
        return common, total

    def _added(self, listed: Sequence[Term], common: Any, out: Letters) -> int:
        """The node of a sum without the number that all terms have in common."""
        total = -1
        for scale, group in self._by_number(listed, common):
            part = -1
            for term in group:
                node = self.aligned(*self.product(term), out)
                negative = (term.coefficient < 0) != (group[0].coefficient < 0)
                part = node if part < 0 else self.add(SUB if negative else ADD, (part, node))
            if total < 0:
                total = self.scaled(part, scale)
            else:
                total = self.add(SUB if scale < 0 else ADD, (total, self.scaled(part, abs(scale))))
        return total

    def _symmetric_sum(self, listed: Sequence[Term], out: Letters, sign: int) -> bool:
        """Whether a sum is itself, or its negative, with its first two axes exchanged: term by term, or two by two."""
        if len(out) < 2 or self.indices.lengths[out[0]] != self.indices.lengths[out[1]] or len(listed) > UNFOLDED:
            return False
        (a, b, *_), plain, keys = out, list(map(self.unfolded, listed)), []
        places = [sorted(place for term in plain for place in self._places(term, k)) for k in (a, b)]
        if places[0] != places[1]:
            return False
        for turn, factor in (({}, 1), ({a: b, b: a}, sign)):
            turned = [t._replace(out=tuple(turn.get(k, k) for k in t.out)) for t in plain]
            keys.append(sorted((repr(factor * t.coefficient), self.key(t.of(1), True)[0]) for t in turned))
        return bool(keys[0] == keys[1])

    def _deviates(self, listed: Sequence[Term], letter: int) -> bool:
        """Whether a sum has terms that repeat along an index and cancel the others when it is summed over."""
        if len(listed) > UNFOLDED or all(letter in term.used for term in listed):
            return False
        length, summed = self.indices.lengths[letter], []
        for term in listed:
            number, under = term.coefficient, list(term.under)
            if letter not in term.used:
                if type(length) is int:
                    number = number * length
                else:
                    size = Factor(self.builder.size(length), ())
                    if size not in under:
                        return False
                    under.remove(size)
            if term.deltas:
                return False
            out = tuple(k for k in term.out if k != letter)
            summed.append(Term(number, term.over, tuple(under), (), out))
        return not self.collected(summed)

    def _by_number(self, listed: Sequence[Term], common: Any) -> list[tuple[Any, list[Term]]]:
        """Terms in groups of one size of number, in the order of their first, with the number of the first."""
        groups: dict[Any, list[Term]] = {}
        for term in listed:
            plain = term.is_number or abs(term.coefficient) == abs(common)
            groups.setdefault(id(term) if term.is_number else abs(term.coefficient) if not plain else 0, []).append(
                term
            )
        made = []
        for group in groups.values():
            if len(group) > 1 and abs(group[0].coefficient) == abs(common):
                # Added one by one: no number stands before any of them.
                made += [(quotient(term.coefficient, common), [term]) for term in group]
            else:
                made.append((quotient(group[0].coefficient, common), group))
        return made

    def factored(self, listed: list[Term]) -> list[Term]:
        """Terms with a factor in common put together: X'u + X'v is X'(u + v).

        Two terms share a factor where it is the same node, read with the same indices of the result, its other indices
        summed in both, and where what is left of them has the same indices. The factor in most terms goes first.
        """
        while len(listed) > 1:
            found: dict[Any, list[tuple[int, Factor, int]]] = {}
            nodes = [{(f.node, side) for side, fs in ((0, t.over), (1, t.under)) for f in fs} for t in listed]
            if len(set[Any]().union(*nodes)) == sum(map(len, nodes)):
                return listed  # no two have a factor in common
            held = Counter(node for own in nodes for node in own)
            for n, (term, own) in enumerate(zip(listed, nodes, strict=True)):
                if term.deltas or len(term.over) + len(term.under) < 2 or all(held[node] == 1 for node in own):
                    continue
                if self._known(term):
                    continue
                for side, factors in ((0, term.over), (1, term.under)):
                    for factor in dict.fromkeys(factors):
                        key = self._connection(term, factor, side)
                        if key is not None and not any(k == n for k, _, _ in found.get(key, ())):
                            found.setdefault(key, []).append((n, factor, side))
            best = max(found.values(), key=_weight, default=[])
            if len(best) < 2:
                return listed
            self.note("common factor")
            merged = self._merged([(listed[n], factor, side) for n, factor, side in best])
            gone = {n for n, _, _ in best}
            first = min(gone)
            listed = [merged if n == first else term for n, term in enumerate(listed) if n == first or n not in gone]
        return listed

    def _known(self, term: Term) -> bool:
        """Whether the product is there already, so that it is no work."""
        return self.key(term.of(1), ordered=True)[0] in self.products

    def _connection(self, term: Term, factor: Factor, side: int) -> Any:
        """How a factor hangs together with the rest of a term, without the names of summed indices."""
        if len(set(factor.letters)) < len(factor.letters):
            return None
        rest = list(term.over if side == 0 else term.under)
        rest.remove(factor)
        others = [*rest, *(term.under if side == 0 else term.over)]
        used = {k for f in others for k in f.letters}
        if side == 1 and not set(factor.letters) <= set(term.out):
            return None
        place = {k: n for n, k in enumerate(factor.letters)}
        outer = frozenset(k for k in used if k in term.out)
        inner = frozenset(place[k] for k in used if k in place and k not in term.out)
        if not outer and not inner:
            return None
        # What is left must not be larger than what is there: B'CD + D'C'B has no common factor C.
        left = sum(k in term.out or k in place for k in used)
        if left > max(len(term.out), *(len(f.letters) for f in others)):
            return None
        return side, factor.node, tuple(k if k in term.out else -1 for k in factor.letters), outer, inner

    def _merged(self, group: Sequence[tuple[Term, Factor, int]]) -> Term:
        """One factor times the sum of what stood beside it."""
        first, shared, side = group[0]
        residues: list[Term] = []
        for term, factor, _ in group:
            named = term.renamed(dict(zip(factor.letters, shared.letters, strict=True)))
            over, under = list(named.over), list(named.under)
            (over if side == 0 else under).remove(shared)
            # The axes stand as in the largest factor, so that it is read as it is.
            rest = sorted((*over, *under), key=lambda f: -len(f.letters))
            used = dict.fromkeys(k for f in rest for k in f.letters)
            kept = residues[0].out if residues else tuple(k for k in used if k in first.out or k in shared.letters)
            residues.append(Term(term.coefficient, tuple(over), tuple(under), (), kept))
        out = residues[0].out
        number, node = self.common(residues, out)
        inside = Factor(node, out)
        if side == 0:
            return Term(number, (shared, inside) if shared.node < node else (inside, shared), (), (), first.out)
        return Term(number, (inside,), (shared,), (), first.out)

    def collected(self, terms: Sequence[Term]) -> list[Term]:
        """Like terms added up, in the order of their first."""
        prints = list(map(self.fingerprint, terms))
        if len(set(prints)) == len(prints):
            return [term for term in terms if term.coefficient != 0]
        found: dict[Any, tuple[Term, Any]] = {}
        for term, fingerprint in zip(terms, prints, strict=True):
            if prints.count(fingerprint) == 1:
                found[fingerprint] = term, 1
                continue
            unfolded = self.unfolded(term)
            if unfolded.coefficient == 0:
                continue
            key, _ = self.key(unfolded.of(1), ordered=True)
            scale = quotient(unfolded.coefficient, term.coefficient)
            before = found.get(key)
            if before is None:
                found[key] = term, scale
                continue
            self.note("like terms")
            # Two ways to write one product: the shorter stays, and takes the other's number.
            (old, own), total = before, before[0].coefficient * before[1] + unfolded.coefficient
            shorter = (term, scale) if len(term.over) < len(old.over) else (old, own)
            found[key] = shorter[0].of(quotient(total, shorter[1])), shorter[1]
        return [term for term, _ in found.values() if term.coefficient != 0]


def _as_it_is(term: Term) -> bool:
    """Whether a term is a node read as it stands."""
    return len(term.over) == 1 and not term.under and term.over[0].letters == term.out != ()


def _weight(group: Sequence[tuple[int, Factor, int]]) -> tuple[int, bool, int]:
    """What is taken out first: what most terms have, then numbers, then large tensors."""
    letters = group[0][1].letters
    return len(group), not letters, len(letters)
