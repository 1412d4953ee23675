"""Masks, `where(c, v, 0)`: what is masked twice is masked once, and on a diagonal only the diagonal is masked."""

from __future__ import annotations

from edgewise.ops import CODE
from edgewise.simplify.arrays.quotients import Quotients
from edgewise.simplify.arrays.terms import Factor, Letters, Term

__all__ = ["Selections"]

WHERE, NOT = CODE["where"], CODE["not"]


class Selections(Quotients):
    """The rules for a sum that counts under a condition only."""

    def masked(self, condition: int, terms: list[Term], out: Letters, *, kept: bool) -> list[Term] | None:
        """The terms where the condition, a node, is true (or, not `kept`, where it is false), and 0 elsewhere.

        A mask inside a product with the same mask around it goes. A diagonal stays one: its zeros are no products.
        None where the condition does not stand on the last axes of the result.
        """
        code, *args = self.emit.builder.nodes[condition]
        if code == NOT:
            condition, kept = args[0], not kept
        shape = self.emit.shape(condition)
        on = out[len(out) - len(shape) :]
        if shape != tuple(self.indices.lengths[k] for k in on):
            return None
        plain = [term for term in terms if not term.deltas]
        made = [self._mask(condition, plain, on, out, kept)] if plain else []
        for term in terms:
            if term.deltas:
                first, whole = term.on_diagonal()
                places = tuple(first.get(k, k) for k in on)
                if len(set(places)) < len(places):
                    return None
                self.emit.note("mask on the diagonal alone")
                mask = self._mask(condition, [whole], places, whole.out, kept)
                made.append(mask._replace(deltas=term.deltas, out=out))
        return made

    def _mask(self, condition: int, terms: list[Term], on: Letters, out: Letters, kept: bool) -> Term:
        """One masked value. `on` are the indices on the condition's axes."""
        inside = [self._unmasked(term, condition, on, kept) for term in terms]
        number = inside[0].coefficient if len(inside) == 1 and not inside[0].is_number else 1
        if number != 1:
            inside = [inside[0].of(1)]
        letters = tuple(k for k in out if k in on or any(k in term.used for term in inside))
        if len(inside) == 1 and inside[0].is_number:
            value = self.emit.number(inside[0].coefficient)  # it has the shape of the condition
        else:
            value = self.emit.whole([term._replace(out=letters) for term in inside], letters)
        test = self.emit.aligned(condition, on, letters) if on != letters[len(letters) - len(on) :] else condition
        zero = self.emit.number(0)
        node = self.emit.add(WHERE, (test, value, zero) if kept else (test, zero, value))
        return Term(number, (Factor(node, letters),), (), (), out)

    def _unmasked(self, term: Term, condition: int, on: Letters, kept: bool) -> Term:
        """The term without masks that say the same again."""
        over: list[Factor] = []
        number = term.coefficient
        for factor in term.over:
            code, *args = self.emit.builder.nodes[factor.node]
            same = code == WHERE and args[0] == condition
            if not same or factor.letters[len(factor.letters) - len(on) :] != on:
                over.append(factor)
                continue
            value = args[1] if kept else args[2]
            shape = self.emit.shape(value)
            axes = factor.letters[len(factor.letters) - len(shape) :]
            plain = self.emit.plain_number(value)
            if shape != tuple(self.indices.lengths[k] for k in axes):
                over.append(factor)
                continue
            self.emit.note("masked twice")
            if plain is None:
                over.append(Factor(value, axes))
            else:
                number = number * plain
        return term._replace(coefficient=number, over=tuple(over))
