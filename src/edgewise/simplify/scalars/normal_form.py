"""A graph written anew from the forms of its nodes: another start of simplification.

Values that are wanted are planned together, so that what they have in common is computed once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from edgewise.graph import Builder, IntArray, Tape
from edgewise.graph.written_anew import put_in
from edgewise.ops import CODE, CONST, INPUT, N_BUILTIN, TABLE
from edgewise.simplify.scalars.monomials import Atom, Form, Forms, Powers, Rational, size_of
from edgewise.simplify.scalars.product_plans import POWER, Step, plan_products

__all__ = ["normal_form"]

ADD, SUB, MUL, DIV, NEG, RAISED = (CODE[name] for name in ("add", "sub", "mul", "div", "neg", "power"))

Product = tuple[Rational, Powers]
"""A positive coefficient and powers."""


class _Writing:
    """The wanted forms as words, their plan, and the graph being written."""

    def __init__(self, forms: Forms, wanted: Sequence[Form]) -> None:
        self.forms, self.builder = forms, Builder(share=True)
        for op in forms.tape.custom:  # under their own codes
            self.builder.code(op)
        self.needed: set[int] = set()
        self.products: dict[Product, None] = {}
        self.signs: Counter[Rational] = Counter()
        self._close(wanted)
        self.constants = list(dict.fromkeys(self._signed(size) for size, _ in self.products if size != 1))
        letters = {constant: len(forms.atoms) + k for k, constant in enumerate(self.constants)}
        self.first = len(forms.atoms) + len(letters)
        words = {}
        for size, powers in self.products:
            words[size, powers] = dict(powers) if size == 1 else {**dict(powers), letters[self._signed(size)]: 1}
        self.steps, self.ends = plan_products(words, self.first)
        self.written: dict[int, int] = {}

    def _close(self, wanted: Sequence[Form]) -> None:
        """The products and atoms that are needed: the wanted forms and all that they read."""
        stack = [(form, True) for form in wanted]
        while stack:
            form, signed = stack.pop()
            if not form.powers:
                continue
            size = size_of(form.coefficient)
            if signed:
                self.signs[size] += 1 if form.coefficient > 0 else -1
            if (size, form.powers) in self.products:
                continue
            self.products[size, form.powers] = None
            for number, _ in form.powers:
                if number not in self.needed:
                    self.needed.add(number)
                    atom = self.forms.atoms[number]
                    stack.extend((argument, atom.op != ADD) for argument in atom.args)

    def _signed(self, size: Rational) -> Rational:
        """The constant for coefficients of this size: negative where more of what is wanted is. Sums have either."""
        return -size if size != 1 and self.signs[size] < 0 else size

    def vanishing(self) -> set[int]:
        """The roots that are not needed any more, and what divides no more."""
        left = {number for _, powers in self.products for number, exponent in powers if exponent < 0}
        roots = {number for number, atom in enumerate(self.forms.atoms) if atom.root}
        return (roots - self.needed) | (self.forms.divisors - left)

    # --- nodes --------------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write the atoms that are needed, each after what it reads."""
        for number in sorted(self.needed):
            atom = self.forms.atoms[number]
            if atom.op == INPUT:
                self.written[number] = self.builder.input(atom.attr)
            elif atom.op == CONST:
                self.written[number] = self.builder.constant(atom.attr)
            elif atom.op == ADD:
                self.written[number] = self._sum(*atom.args)
            else:
                self.written[number] = self.builder.add(atom.op, [self.node(form) for form in atom.args], atom.attr)

    def _sum(self, a: Form, b: Form) -> int:
        """A sum of two terms."""
        builder, ((left, x), (right, y)) = self.builder, (self._unsigned(form) for form in (a, b))
        if x == y:
            total = builder.add(ADD, (left, right))
            return total if x > 0 else builder.add(NEG, (total,))
        return builder.add(SUB, (left, right) if x > 0 else (right, left))

    def _unsigned(self, form: Form) -> tuple[int, int]:
        """The node of a form that is wanted, or of its negative, and the sign."""
        size, builder = size_of(form.coefficient), self.builder
        sign = 1 if form.coefficient > 0 else -1
        if not form.powers:
            return builder.constant(size), sign
        letter, exponent = self.ends[size, form.powers]
        found = self._letter(letter)
        if exponent < 0:
            found = builder.add(DIV, (builder.constant(1), found))
        return found, sign if self._signed(size) > 0 else -sign

    def has(self, form: Form) -> bool:
        """Whether a form has a node, or may have one for nothing."""
        return not form.powers or (size_of(form.coefficient), form.powers) in self.ends

    def node(self, form: Form) -> int:
        """The node of a form that is wanted."""
        if not form.powers:
            return self.builder.constant(form.coefficient)
        found, sign = self._unsigned(form)
        return found if sign > 0 else self.builder.add(NEG, (found,))

    def _letter(self, letter: int) -> int:
        """The node of a letter, with the steps that lead to it."""
        stack = [letter]
        while stack:
            top = stack[-1]
            if top in self.written:
                stack.pop()
            elif top < self.first:
                self.written[top] = self.builder.constant(self.constants[top - len(self.forms.atoms)])
            else:
                step = self.steps[top - self.first]
                reads = [part for part in step[:2] if part >= 0 and part not in self.written]
                stack.extend(reads)
                if not reads:
                    self.written[top] = self._step(step)
        return self.written[letter]

    def _step(self, step: Step) -> int:
        first, second, exponent = step
        a = self.written[first]
        if second == POWER:
            return self.builder.add(RAISED, (a,), exponent)
        b = self.written[second]
        if exponent < 0:
            return self.builder.add(DIV, (a, b))
        return self.builder.add(MUL, (b, a) if second < self.first and second >= len(self.forms.atoms) else (a, b))


def normal_form(
    tape: Tape, roots: Sequence[int], keep: Sequence[int], as_written: Iterable[int] = ()
) -> tuple[Tape, IntArray] | None:
    """A graph of the same values with products planned anew, and the map old → new (-1: not wanted).

    Roots that are to stay `as_written` are not planned. None where something that divides would vanish. What is kept
    has a node of its value, too.
    """
    as_written = set(as_written)
    planned = [root for root in roots if root not in as_written]
    forms = Forms(tape, planned)
    writing = _Writing(forms, [forms.of_node[root] for root in planned])
    if any(not _never_zero(forms.atoms[number]) for number in writing.vanishing()):
        return None
    new = np.full(len(tape), -1, dtype=np.int64)
    for node in tape.inputs:
        new[node] = writing.builder.input(tape.attrs[node])
    writing.write()
    for node in planned:
        new[node] = writing.node(forms.of_node[node])
    copies = put_in(writing.builder, tape, new[list(tape.inputs)].tolist(), sorted(as_written))
    for node in as_written:
        new[node] = copies[node]
    for node in np.flatnonzero(tape.live([*planned, *keep])).tolist():
        if new[node] < 0:
            form = forms.of_node.get(node)
            if form is not None and writing.has(form):
                new[node] = writing.node(form)
            else:
                new[node] = _copied(writing.builder, tape, node, new)
    written = writing.builder.whole((), tape.layout)
    columns = tape.moved(new, written.attrs)
    return replace(tape, ops=written.ops, start=written.start, args=written.args, **columns), new


def _never_zero(atom: Atom) -> bool:
    return atom.op == CONST or (atom.op < N_BUILTIN and TABLE[atom.op].range == "positive")


def _copied(builder: Builder, tape: Tape, node: int, new: IntArray) -> int:
    """A node as it is, of what its arguments have become."""
    op, attr = int(tape.ops[node]), tape.attrs.get(node)
    if op in (INPUT, CONST):
        return builder.input(attr) if op == INPUT else builder.constant(attr)
    return builder.add(op, [int(new[j]) for j in tape.arguments(node)], attr)
