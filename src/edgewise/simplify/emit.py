"""From index notation back to nodes: which products are made, in which order, and how they read.

A product of many factors is made of products of two, in the order that `opt_einsum` finds cheapest. Products that are
equal but for the names and the order of their indices are one node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

import opt_einsum

from edgewise.graph import Builder
from edgewise.ops import CODE, CONST, FIRST_TENSOR, TENSOR_CODE, lettered
from edgewise.simplify.terms import Factor, Indices, Letters, Term, canonical, quotient

__all__ = ["Emitter"]

ADD, SUB, MUL, DIV, NEG, POWER = (CODE[name] for name in ("add", "sub", "mul", "div", "neg", "power"))
CONTRACT, EYE, INV = TENSOR_CODE["contract"], TENSOR_CODE["eye"], TENSOR_CODE["inv"]

UNFOLDED: Final = 8
"""Factors up to which products are taken apart to compare them."""

USUAL_LENGTH: Final = 100
"""What a named dimension counts for where the order of products depends on it and nothing says more."""


class Emitter:
    """Writes terms as nodes of a graph in which equal operations are one node."""

    def __init__(self, indices: Indices, sizes: Mapping[str, int]) -> None:
        self.indices, self.sizes = indices, sizes
        self.builder = Builder(share=True)
        self.builder.tensors = True
        self.products: dict[Any, tuple[int, Any]] = {}
        self.symmetric: set[int] = set()
        self.antisymmetric: set[int] = set()
        self.counted: dict[Any, int] = {}
        self.fired: dict[str, int] = {}

    def note(self, rule: str) -> None:
        """Count a rule that fired."""
        self.fired[rule] = self.fired.get(rule, 0) + 1

    # --- nodes --------------------------------------------------------------------------------------------------

    def add(self, code: int, args: Sequence[int], parameter: Any = None) -> int:
        """A node of the new graph. Functions and multiples of symmetric matrices are symmetric, and their inverses."""
        node = self.builder.add(code, args, parameter)
        if code == EYE or ((code < FIRST_TENSOR or code == INV) and self._keeps_symmetry(node, args)):
            self.symmetric.add(node)
        return node

    def _keeps_symmetry(self, node: int, args: Sequence[int]) -> bool:
        shape, tensors = self.shape(node), [arg for arg in args if self.shape(arg)]
        if self.builder.nodes[node][0] == POWER and self.builder.attrs[node] == 2 and args[0] in self.antisymmetric:
            return True
        return (
            len(shape) == 2
            and bool(tensors)
            and all(arg in self.symmetric and self.shape(arg) == shape for arg in tensors)
        )

    def shape(self, node: int) -> tuple[Any, ...]:
        """The shape of a node of the new graph."""
        return self.builder.shapes.get(node, ())

    def number(self, value: Any) -> int:
        """The node of a constant."""
        return self.builder.constant(value)

    def contract(self, factors: Sequence[Factor], out: Letters) -> int:
        """A contraction node; a view of itself is itself."""
        if len(factors) == 1 and factors[0].letters == out:
            return factors[0].node
        if len(factors) == 1 and factors[0].node in self.symmetric and out == factors[0].letters[::-1]:
            return factors[0].node
        sizes = {k: self.indices.lengths[k] for k in out}
        p = lettered([f.letters for f in factors], out, sizes)
        return self.add(CONTRACT, [f.node for f in factors], p)

    def length(self, letter: int) -> int:
        """The length of an index as a number, for choosing orders."""
        value = self.indices.lengths[letter]
        if type(value) is int:
            return value
        found = self.counted.get(value)
        if found is None:
            names = {symbol: self.sizes.get(symbol.name, USUAL_LENGTH) for symbol in value.free_symbols}
            found = self.counted[value] = max(1, int(value.subs(names)))
        return found

    # --- sums ---------------------------------------------------------------------------------------------------

    def whole(self, terms: Sequence[Term], out: Letters) -> int:
        """The node of a sum, its axes in the order of `out`."""
        common, node = self.common(terms, out)
        return self.scaled(node, common)

    def common(self, terms: Sequence[Term], out: Letters) -> tuple[Any, int]:
        """A number that all terms of a sum have as a factor, and the node of what it multiplies."""
        shape = tuple(self.indices.lengths[k] for k in out)
        listed = self.factored(self.collected(terms))
        if not listed:
            return 1, self.repeated(self.number(0), (), out)
        if len(listed) == 1:
            (term,) = listed
            if term.is_number:
                return 1, self.repeated(self.number(term.coefficient), (), out)
            return term.coefficient, self.repeated(*self.product(term), out)
        numbers = [abs(term.coefficient) for term in listed]
        common: Any = numbers[0] if numbers.count(numbers[0]) == len(numbers) else 1
        listed.sort(key=lambda term: (term.coefficient < 0, not _as_it_is(term)))
        if listed[0].coefficient < 0:
            common = -common
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
        if self.shape(total) == shape:
            if self._symmetric_sum(listed, out, 1):
                self.symmetric.add(total)
            elif self._symmetric_sum(listed, out, -1):
                self.antisymmetric.add(total)
        if self.shape(total) != shape:
            have = out[len(out) - len(self.shape(total)) :]
            present = tuple(
                k if length == self.indices.lengths[k] else self.indices.new(1)
                for k, length in zip(have, self.shape(total), strict=True)
            )
            return common, self.contract([Factor(total, present)], out)
        return common, total

    def _symmetric_sum(self, listed: Sequence[Term], out: Letters, sign: int) -> bool:
        """Whether a square sum is itself, or its negative, with its axes exchanged: term by term, or two by two."""
        if len(out) != 2 or self.indices.lengths[out[0]] != self.indices.lengths[out[1]] or len(listed) > UNFOLDED:
            return False
        (a, b), keys = out, []
        for turn, factor in (({}, 1), ({a: b, b: a}, sign)):
            turned = [replace(t, out=tuple(turn.get(k, k) for k in t.out)) for t in map(self.unfolded, listed)]
            keys.append(
                sorted((repr(factor * t.coefficient), self.key(replace(t, coefficient=1), True)[0]) for t in turned)
            )
        return bool(keys[0] == keys[1])

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
            for n, term in enumerate(listed):
                if term.deltas or len(term.over) + len(term.under) < 2 or self._known(term):
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
        return self.key(replace(term, coefficient=1), ordered=True)[0] in self.products

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
        return side, factor.node, tuple(k if k in term.out else -1 for k in factor.letters), outer, inner

    def _merged(self, group: Sequence[tuple[Term, Factor, int]]) -> Term:
        """One factor times the sum of what stood beside it."""
        first, shared, side = group[0]
        residues: list[Term] = []
        for term, factor, _ in group:
            names = dict(zip(factor.letters, shared.letters, strict=True))

            def renamed(factors: Sequence[Factor], names: dict[int, int] = names) -> tuple[Factor, ...]:
                return tuple(Factor(f.node, tuple(names.get(k, k) for k in f.letters)) for f in factors)

            over, under = list(term.over), list(term.under)
            (over if side == 0 else under).remove(factor)
            over, under = list(renamed(over)), list(renamed(under))
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
        if len(terms) == 1:
            return [terms[0]] if terms[0].coefficient != 0 else []
        found: dict[Any, tuple[Term, Any]] = {}
        for term in terms:
            unfolded = self.unfolded(term)
            key, _ = self.key(replace(unfolded, coefficient=1), ordered=True)
            scale = quotient(unfolded.coefficient, term.coefficient) if term.coefficient else 1
            before = found.get(key)
            if before is None:
                found[key] = term, scale
                continue
            self.note("like terms")
            # Two ways to write one product: the shorter stays, and takes the other's number.
            (old, own), total = before, before[0].coefficient * before[1] + unfolded.coefficient
            shorter = (term, scale) if len(term.over) < len(old.over) else (old, own)
            found[key] = replace(shorter[0], coefficient=quotient(total, shorter[1])), shorter[1]
        return [term for term, _ in found.values() if term.coefficient != 0]

    def unfolded(self, term: Term) -> Term:
        """The term with factors that are products themselves taken apart, within a bound: for comparing."""
        over, under, number = list(term.over), list(term.under), term.coefficient
        done: list[Factor] = []
        while over:
            factor = over.pop()
            parts = self._parts(factor) if len(over) + len(done) < UNFOLDED else None
            if parts is None:
                done.append(factor)
                continue
            more, below, scale = parts
            over += more
            under += below
            number = number * scale
        return Term(number, tuple(done), tuple(under), term.deltas, term.out)

    def _parts(self, factor: Factor) -> tuple[list[Factor], list[Factor], Any] | None:
        """What a factor is the product of: factors, divisors, a number; None for what is no product."""
        code, *args = self.builder.nodes[factor.node]
        if code == CONST:
            value = self.builder.attrs[factor.node]
            return ([], [], value) if type(value) in (int, Fraction) else None
        if code == NEG:
            return [Factor(args[0], factor.letters)], [], -1
        if code == CONTRACT:
            p = self.builder.attrs[factor.node]
            if p.sizes:
                return None
            names = dict(zip(p.output, factor.letters, strict=True))
            for letter, length in p.lengths([self.shape(arg) for arg in args]).items():
                if letter not in names:
                    names[letter] = self.indices.new(length)
            return [Factor(arg, tuple(names[k] for k in part)) for arg, part in zip(args, p.inputs, strict=True)], [], 1
        if code in (MUL, DIV):
            shape, sides = self.shape(factor.node), []
            for arg in args:
                own = self.shape(arg)
                if own != shape[len(shape) - len(own) :]:
                    return None
                sides.append(Factor(arg, factor.letters[len(shape) - len(own) :]))
            return (sides, [], 1) if code == MUL else (sides[:1], sides[1:], 1)
        if code == POWER and self.builder.attrs[factor.node] in (2, 3):
            return [Factor(args[0], factor.letters)] * self.builder.attrs[factor.node], [], 1
        return None

    def scaled(self, node: int, factor: Any) -> int:
        """A node times a number."""
        if factor == 1:
            return node
        if self.builder.nodes[node][0] == CONST:
            value = self.builder.attrs[node]
            if type(value) in (int, Fraction, float):
                return self.number(value * factor)
        if factor == -1:
            return self.add(NEG, (node,))
        if type(factor) is Fraction and abs(factor.numerator) == 1:
            divided = self.add(DIV, (node, self.number(factor.denominator)))
            return divided if factor > 0 else self.add(NEG, (divided,))
        return self.add(MUL, (self.number(factor), node))

    def repeated(self, node: int, letters: Letters, out: Letters) -> int:
        """A node with its axes in the order of `out`, repeated along those it does not have."""
        return self.contract([Factor(node, letters)], out)

    def aligned(self, node: int, letters: Letters, out: Letters) -> int:
        """A node that broadcasts to `out`: axes in its order, of length 1 where they are missing behind the first."""
        if not letters:
            return node
        first = min(out.index(k) for k in letters)
        return self.contract(
            [Factor(node, letters)], tuple(k if k in letters else self.indices.new(1) for k in out[first:])
        )

    # --- products -----------------------------------------------------------------------------------------------

    def product(self, term: Term) -> tuple[int, Letters]:
        """The node of a product without its coefficient, and the indices on its axes: those of `out` that it has."""
        bare = replace(term, coefficient=1)
        key, names = self.key(bare, ordered=True)
        if bare.deltas:  # nodes have lengths, identities are told apart by theirs
            key = (*key, tuple(str(self.indices.lengths[k]) for k in names))
        found = self.products.get(key)
        if found is None:
            plain = self.unfolded(bare)
            loose, order = self.key(plain if plain.coefficient == 1 else bare, ordered=False)
            if bare.deltas:
                loose = (*loose, tuple(str(self.indices.lengths[k]) for k in order))
            other = self.products.get(loose)
            if other is None:
                node, letters = self._oriented(bare)
                other = self.products[loose] = node, tuple(order.index(k) for k in letters)
            node, places = other
            found = self.products[key] = node, tuple(names.index(order[k]) for k in places)
        else:
            self.note("equal products")
        node, places = found
        letters = tuple(names[k] for k in places)
        order = tuple(k for k in term.out if k in letters)
        if len(letters) == 2 and letters != order and self._symmetric(bare, letters):
            return node, order
        return node, letters

    def _symmetric(self, term: Term, letters: Letters) -> bool:
        """Whether a product is the same with two of its indices exchanged."""
        a, b = letters
        plain = self.unfolded(term)
        there, _ = self.key(plain, ordered=True)
        return there == self.key(replace(plain, out=tuple({a: b, b: a}.get(k, k) for k in term.out)), ordered=True)[0]

    def key(self, term: Term, ordered: bool) -> tuple[tuple[Any, ...], Letters]:
        """The canonical form of a product."""
        return canonical(term, ordered, self.symmetric)

    def _oriented(self, term: Term) -> tuple[int, Letters]:
        """The product; a symmetric matrix the way round in which its left factor is the simpler one."""
        node, letters = self._made(term)
        code, *args = self.builder.nodes[node]
        if len(letters) != 2 or len(set(map(self.indices.lengths.__getitem__, letters))) > 1:
            return node, letters
        if not self._symmetric(term, letters):
            return node, letters
        self.symmetric.add(node)
        if code != CONTRACT or len(args) != 2 or args[0] <= args[1] or term.deltas:
            return node, letters
        self.note("symmetric")
        a, b = letters
        node = self._made(replace(term, out=tuple({a: b, b: a}.get(k, k) for k in term.out)))[0]
        self.symmetric.add(node)
        return node, letters

    def _made(self, term: Term) -> tuple[int, Letters]:
        scalars = [f for f in term.over if not f.letters], [f for f in term.under if not f.letters]
        if any(scalars) and (term.deltas or any(f.letters for f in (*term.over, *term.under))):
            return self._with_scalars(term, *scalars)
        if term.deltas:
            return self._diagonal(term)
        if not term.over and not term.under:
            return self.number(1), ()
        over, under, out = self._gathered(term), list(term.under), term.out
        wanted = [k for k in out if any(k in f.letters for f in (*over, *under))]
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
        node, letters = self.product(replace(term, over=top, under=tuple(f for f in term.under if f.letters)))
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

    def _diagonal(self, term: Term) -> tuple[int, Letters]:
        """A product with identity matrices that remain: the rest, laid on a diagonal."""
        first = {b: a for a, b in term.deltas}

        def of_first(factors: Sequence[Factor]) -> tuple[Factor, ...]:
            return tuple(Factor(f.node, tuple(first.get(k, k) for k in f.letters)) for f in factors)

        rest = Term(1, of_first(term.over), of_first(term.under), (), tuple(k for k in term.out if k not in first))
        node, letters = self.product(rest)
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
        return self.contract([*factors, *eyes], out), out

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
        kept = tuple(letter for letter in dict.fromkeys(factor.letters) if letter in elsewhere or letter in out)
        return factor if kept == factor.letters else Factor(self.contract([factor], kept), kept)

    def _pair(self, a: Factor, b: Factor, needed: set[int], out: Letters | None) -> Factor:
        """The product of two factors, summed over what is needed no more."""
        if out is None:
            out = tuple(dict.fromkeys(k for k in (*a.letters, *b.letters) if k in needed))
            shared = set(a.letters) & set(b.letters)
            if len(a.letters) == len(b.letters) == len(out) == 2 and len(shared) == 1 and not shared & needed:
                (inner,) = shared
                # The way round that takes fewer transposes.
                if (a.letters[0] == inner) + (b.letters[1] == inner) > (b.letters[0] == inner) + (
                    a.letters[1] == inner
                ):
                    out = out[::-1]
        if set(a.letters) | set(b.letters) == set(out):
            # Nothing is summed: an elementwise product, or an outer one.
            order = self._natural(a, b, out)
            if len(a.letters) > len(b.letters):
                a, b = b, a
            return Factor(self.add(MUL, (self.aligned(*a, order), self.aligned(*b, order))), order)
        if (out and out[0] in b.letters and out[0] not in a.letters) or (a.node > b.node and not out):
            a, b = b, a
        return Factor(self.contract([a, b], out), out)

    @staticmethod
    def _natural(a: Factor, b: Factor, out: Letters) -> Letters:
        """The order of axes in which a product needs the fewest transposes: that of the factor with all of them."""
        whole = [factor.letters for factor in (a, b) if set(factor.letters) == set(out)]
        return whole[0] if whole and out not in whole else out


def _as_it_is(term: Term) -> bool:
    """Whether a term is a node read as it stands."""
    return len(term.over) == 1 and not term.under and term.over[0].letters == term.out != ()


def _weight(group: Sequence[tuple[int, Factor, int]]) -> tuple[int, bool, int]:
    """What is taken out first: what most terms have, then numbers, then large tensors."""
    letters = group[0][1].letters
    return len(group), not letters, len(letters)
