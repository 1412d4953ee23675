"""Nodes of a tensor graph in index notation, and when one is made a value of its own.

A node that is a sum of products is kept as terms until somebody needs its value. What two nodes read is made once; what
one node reads is made where it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.graph import Tape
from edgewise.simplify.arrays.directions import Directions
from edgewise.simplify.arrays.emit import Emitter
from edgewise.simplify.arrays.terms import Factor, Indices, Letters, Term

__all__ = ["TERMS", "Lazy", "LazyForms"]

FACTORS: Final = 12
"""A product of more factors is made at once, so that the pass stays linear."""
TERMS: Final = 24
"""A sum of more terms is made at once."""


class Lazy(NamedTuple):
    """A node in index notation: a sum of terms that all have the same indices on its axes."""

    terms: tuple[Term, ...]
    out: Letters


class LazyForms(Directions):
    """The forms of one graph: `value` gives the new node of an old one."""

    def __init__(self, tape: Tape, roots: Iterable[int], keep: Iterable[int], sizes: Mapping[str, int]) -> None:
        self.tape = tape
        self.indices = Indices()
        self.emit = Emitter(self.indices, sizes)
        self.lazy: dict[int, Lazy] = {}
        self.nodes: dict[int, int] = {}
        root = list(roots)
        self.live = tape.live([*root, *keep])
        # What is only kept for the ledger has no say in what the results share.
        reads = np.bincount(tape.args[tape.live(root)[tape.edge_consumers()]], minlength=len(tape))
        np.add.at(reads, root, 1)
        self.reads = reads.tolist()
        builder = self.emit.builder
        builder.parameters = {}
        first = 0
        for parameter in tape.parameters:
            nodes = []
            for node in tape.inputs[first : first + parameter.size]:
                if parameter.is_tensor:
                    new = builder.tensor(parameter.name, parameter.shape, parameter.kind)
                    if parameter.kind == "symmetric":
                        self.emit.symmetric.add(new)
                else:
                    new = builder.input(tape.attrs[node], parameter)
                self.lazy[node] = self.atom(new)
                self.nodes[node] = new
                nodes.append(new)
            builder.parameters[parameter.name] = (parameter, tuple(nodes))
            first += parameter.size
        for op in tape.custom:
            builder.code(op)

    # --- lazy forms ---------------------------------------------------------------------------------------------

    def atom(self, node: int) -> Lazy:
        """A node that is there."""
        out = self.indices.for_shape(self.emit.shape(node))
        return Lazy((Term(1, (Factor(node, out),), (), (), out),), out)

    def number(self, value: Any) -> Lazy:
        """A number as a coefficient."""
        return Lazy((Term(value, (), (), (), ()),), ())

    def value(self, old: int) -> int:
        """The new node that holds an old node's value."""
        made = self.nodes.get(old)
        if made is None:
            form = self.lazy[old]
            terms = form.terms
            if len(terms) > 1 and any(not t.deltas and t.used >= set(t.out) for t in terms):
                # A term that has all axes is divided as a whole: then the sum may be, once.
                terms = (self.made(terms, form.out),)
            made = self.nodes[old] = self.emit.whole(terms, form.out)
        return made

    def held(self, old: int) -> int | None:
        """The new node that holds an old node's value, if there is one already."""
        form = self.lazy.get(old)
        if old in self.nodes or form is None or len(form.terms) != 1:
            return self.nodes.get(old)
        (term,) = form.terms
        whole = term.coefficient == 1 and len(term.over) == 1 and not term.under and not term.deltas
        return term.over[0].node if whole and term.over[0].letters == form.out else None

    def read(self, old: int, letters: Sequence[Any]) -> list[Term]:
        """The terms of an old node with given indices on its axes, from the right; broadcast axes are dropped."""
        form = self.lazy[old]
        lengths = self.indices.lengths
        own = letters[len(letters) - len(form.out) :]
        axes = [k if lengths[k] == lengths[mine] else None for mine, k in zip(form.out, own, strict=True)]
        return [self.indices.read(term, axes) for term in form.terms]

    def few(self, old: int, spread: bool) -> None:
        """Make all but the terms with identities one value, so that a product has few terms.

        With `spread`, terms that are numbers or repeat along some axis stay apart too: their sums are products.
        """
        form = self.lazy[old]
        if len(form.terms) < 2:
            return

        def apart(term: Term) -> bool:
            return bool(term.deltas) or (spread and not set(term.out) <= term.used)

        rest = tuple(term for term in form.terms if not apart(term))
        if len(rest) == len(form.terms):
            self.make(old)
        elif len(rest) > 1:
            made = self.made(rest, form.out)
            self.lazy[old] = Lazy((*(term for term in form.terms if apart(term)), made), form.out)

    def make(self, old: int) -> None:
        """Make the value of a node now, but for a number that all its terms have as a factor."""
        if old in self.nodes:
            self.lazy[old] = self.atom(self.nodes[old])
            return
        form = self.lazy[old]
        term = self.made(form.terms, form.out)
        if term.coefficient == 1 and not term.under:
            self.nodes[old] = term.over[0].node
        self.lazy[old] = Lazy((term,), form.out)

    def made(self, terms: Sequence[Term], out: Letters) -> Term:
        """A sum as one node, times the number and over the dimensions that all its terms have in common."""
        shared = [
            f
            for f in (terms[0].under if terms else ())
            if self._is(f.node, "size") and all(f in term.under for term in terms)
        ]
        shared = shared[:1]

        def without(term: Term) -> Term:
            under = list(term.under)
            for factor in shared:
                under.remove(factor)
            return Term(term.coefficient, term.over, tuple(under), term.deltas, term.out)

        common, node = self.emit.common([without(term) for term in terms], out)
        return Term(common, (Factor(node, out),), tuple(shared), (), out)

    def settle(self, old: int, form: Lazy) -> None:
        """Keep a form, or make its value now: where several read it, and where it has grown."""
        self.lazy[old] = form
        terms = form.terms
        if not terms or (len(terms) == 1 and self.cheap(terms[0])):
            return
        grown = len(terms) > TERMS or any(len(term.over) + len(term.under) > FACTORS for term in terms)
        if any(term.deltas for term in terms) and not grown:
            if self.reads[old] > 1:
                self.few(old, spread=False)
            return
        if self.reads[old] > 1 or grown:
            self.make(old)

    def cheap(self, term: Term) -> bool:
        """Whether a term is as good as there: a number, a view, a reciprocal, or made of dimensions alone."""
        factors = (*term.over, *term.under)
        if len(factors) == 1 and not term.deltas and set(factors[0].letters) <= set(term.out):
            return True
        return not term.deltas and all(self._is(f.node, "size") for f in factors)
