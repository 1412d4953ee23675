r"""Tensor graphs as LaTeX, as a paper writes them: in matrix notation, and in index notation where that cannot hold it.

In matrix notation vectors are columns, elementwise products `\odot` or diagonal matrices. A tensor of more than two
axes, and a product that is no product of matrices, is written by its entries: `\left[A_{ik} B_{lj}\right]_{ijkl}`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np

from edgewise.graph import Layout, Tape
from edgewise.ops import CONST, FIRST_TENSOR, INPUT, SymbolicConstant, TensorShape, named_dimensions
from edgewise.write.latex.chains import matrix_form
from edgewise.write.latex.elementwise import elementwise_entry, elementwise_form
from edgewise.write.latex.forms import ATOM, POWER, PRODUCT, SUBBED, SUM, Form, at_least
from edgewise.write.latex.index_notation import Indexed, Indices, axis, closed, joined, lettered, shown_length
from edgewise.write.latex.latex_names import escaped, latex_name, latex_names, unused_letter
from edgewise.write.latex.operation_rows import row_form

__all__ = ["tensors_to_latex"]

MAX_LINE: Final = 120
"""A value with more letters becomes a line of its own."""

MAX_REPEATED: Final = 32
"""And so does one that is read several times and has more letters in all of these."""


def tensors_to_latex(tape: Tape, shown: Mapping[str, str] | None = None) -> str:
    r"""The outputs as LaTeX; values that are read several times are lines of their own before them.

    `shown` is the LaTeX of the inputs' names, where it is given.

    >>> from edgewise import parse
    >>> tensors_to_latex(parse("norm(X @ w - y)**2", shapes="X: n,d; w: d; y: n").tape)
    '\\lVert X w - y\\rVert^{2}'
    >>> tensors_to_latex(parse("einsum('ik,lj->ijkl', A, B)", shapes="A: m,n; B: n,m").tape)
    '\\left[A_{ik} B_{lj}\\right]_{ijkl}'
    """
    writer = _Writer(tape, latex_names(tape.input_names()) if shown is None else shown)
    writer.run()
    texts = [writer.output(i) for i in tape.outputs]
    result = _nested(tape.layout, iter(texts))
    if not writer.lines:
        return result
    return "\\begin{aligned}\n" + " \\\\\n".join([*writer.lines, f"& {result}"]) + "\n\\end{aligned}"


class _Writer:
    """The form of each tensor as a whole, or that of its entries, or both where both are read."""

    def __init__(self, tape: Tape, shown: Mapping[str, str]) -> None:
        self.tape, self.shown = tape, shown
        dimensions = {name for shape in tape.shapes.values() for name in named_dimensions(shape)}
        # No index looks like an input or a dimension.
        self.taken = "".join(name.lstrip("\\")[:1] for name in [*self.shown.values(), *sorted(dimensions)])
        self.letter = unused_letter([*self.shown.values(), *sorted(dimensions)])
        self.live = tape.live(tape.outputs)
        self.whole = self._whole()
        self.wanted = self._wanted()
        self.forms: dict[int, Form] = {}
        self.entries: dict[int, Indexed] = {}
        self.indices = Indices()
        self.lines: list[str] = []

    # --- what is written how ------------------------------------------------------------------------------------

    def _whole(self) -> list[bool]:
        """Which nodes are written as a whole: of at most two axes, from such, in matrix notation."""
        tape = self.tape
        whole = [False] * len(tape)
        dummy = Form("x")
        for i, code, args in tape.rows():
            if not self.live[i]:
                continue
            if code in (INPUT, CONST) or (code >= FIRST_TENSOR and tape.op(i).name != "contract"):
                whole[i] = True
            elif len(tape.shape(i)) <= 2 and all(
                not tape.shape(j) or (whole[j] and len(tape.shape(j)) <= 2) for j in args
            ):
                whole[i] = code < FIRST_TENSOR or self._contraction(i, [dummy] * len(args)) is not None
        return whole

    def _contraction(self, i: int, forms: Sequence[Form]) -> Form | None:
        p, tape = self.tape.attrs[i], self.tape
        return matrix_form(p, forms, p.lengths([tape.shape(j) for j in tape.arguments(i)]))

    def _wanted(self) -> list[bool]:
        """Of which nodes the entries are read."""
        tape = self.tape
        wanted = [bool(live) and not whole for live, whole in zip(self.live, self.whole, strict=True)]
        for i in range(len(tape) - 1, -1, -1):
            if wanted[i] and self._by_entries(i):
                for j in tape.arguments(i):
                    wanted[j] = wanted[j] or bool(tape.shape(j))
        return wanted

    def _by_entries(self, i: int) -> bool:
        """Whether the entries of a node are written with those of its arguments: else its form has the indices."""
        code = int(self.tape.ops[i])
        if code in (INPUT, CONST):
            return False
        if code < FIRST_TENSOR or not self.whole[i]:
            return True
        return self.tape.op(i).name == "contract" and not self.tape.attrs[i].summed

    # --- writing ------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Every node that an output needs, arguments first."""
        tape = self.tape
        uses = np.bincount(tape.args[self.live[tape.edge_consumers()]], minlength=len(tape)).tolist()
        outputs = set(tape.outputs)
        for i, code, args in tape.rows():
            if not self.live[i]:
                continue
            if self.whole[i]:
                self.forms[i] = self._form(i, code, args)
            if self.wanted[i]:
                self.entries[i] = self._entry(i, code, args)
            if code in (INPUT, CONST):
                continue
            size = shown_length(self.forms[i].text if i in self.forms else self.entries[i].text)
            if i in self.entries:
                size = max(size, shown_length(self.entries[i].text))
            if ((uses[i] > 1 and uses[i] * size > MAX_REPEATED) or size > MAX_LINE) and not (
                i in outputs and uses[i] == 0
            ):
                self._name(i)
            if not tape.shape(i) and i not in self.forms:
                self.forms[i] = closed(self.entries[i])

    def _name(self, i: int) -> None:
        """A line of its own for a node."""
        k, rank = len(self.lines) + 1, len(self.tape.shape(i))
        name = Form(f"{self.letter}_{{{k}}}", SUBBED)
        if i in self.forms:
            self.lines.append(f"{name.text} &= {lettered(self.forms[i], 0, self.taken)[0]}")
        else:
            text, letters = lettered(closed(self.entries[i]), rank, self.taken)
            if rank:
                name = Form(f"{self.letter}^{{({k})}}", POWER)
            self.lines.append(f"{name.text}{f'_{{{letters}}}' if letters else ''} &= {text}")
            self.entries[i] = Indexed(name.text + (f"_{{{_axes(rank)}}}" if rank else ""), POWER if rank else SUBBED)
        self.forms[i] = name
        if i in self.entries and name.strength == SUBBED:
            self.entries[i] = self._placed(i)

    def _read(self, i: int) -> Form:
        """A node as a whole: one that is written by its entries gets a line, and with it a name."""
        if i not in self.forms:
            self._name(i)
        return self.forms[i]

    def _form(self, i: int, code: int, args: Sequence[int]) -> Form:
        tape = self.tape
        if code == INPUT:
            return _symbol(self.shown[tape.attrs[i]])
        if code == CONST:
            return _number(tape.attrs[i])
        given = [self._read(j) for j in args]
        shapes, shape = [tape.shape(j) for j in args], tape.shape(i)
        op, parameter = tape.op(i), tape.attrs.get(i)
        if code >= FIRST_TENSOR:
            made = self._contraction(i, given) if op.name == "contract" else None
            if not args and i in tape.labels:  # an array that has a name where it comes from
                return _symbol(latex_name(tape.labels[i]))
            return made or row_form(op, given, parameter, shapes, shape)
        exponent = _number(parameter) if op.name == "power" else None
        return elementwise_form(op, given, exponent, shapes, shape)

    def _placed(self, i: int) -> Indexed:
        """The form of a node with its indices behind it."""
        form, rank = self.forms[i], len(self.tape.shape(i))
        if not rank:
            return Indexed(form.text, form.strength)
        if form.unit:
            return Indexed(f"\\delta_{{{_axes(2)}}}", SUBBED)
        indices = _axes(rank)
        if rank == 2 and form.flipped is not None and form.flipped.strength == ATOM:
            form, indices = form.flipped, axis(1) + axis(0)
        return Indexed(f"{at_least(form, ATOM)}_{{{indices}}}", SUBBED)

    def _entry(self, i: int, code: int, args: Sequence[int]) -> Indexed:
        tape = self.tape
        if not self._by_entries(i):
            return self._placed(i)
        shapes, shape = [tape.shape(j) for j in args], tape.shape(i)
        given = [self._entry_of(j) for j in args]
        if code >= FIRST_TENSOR:
            return self._summed(i, given, shapes)
        rank = len(shape)
        read = []
        for entry, own in zip(given, shapes, strict=True):
            first = rank - len(own)
            places = ["1" if length == 1 and shape[k] != 1 else axis(k) for k, length in enumerate(own, first)]
            read.append(self.indices.put(entry, places))
        op = tape.op(i)
        return elementwise_entry(op, read, _number(tape.attrs[i]) if op.name == "power" else None)

    def _entry_of(self, j: int) -> Indexed:
        return self.entries[j] if j in self.entries else Indexed(*self.forms[j][:2])

    def _summed(self, i: int, given: Sequence[Indexed], shapes: Sequence[TensorShape]) -> Indexed:
        """A contraction: the product of the entries, summed over what the result does not have."""
        p = self.tape.attrs[i]
        lengths = p.lengths(shapes)
        place = {letter: axis(k) for k, letter in enumerate(p.output)}
        sums = []
        for letter in p.summed:
            place[letter] = "1" if lengths[letter] == 1 else self.indices.summed()
            if lengths[letter] != 1:
                sums.append(place[letter])
        factors = [
            self.indices.put(entry, [place[letter] for letter in part])
            for entry, part in zip(given, p.inputs, strict=True)
        ]
        return joined(factors, sums)

    def output(self, i: int) -> str:
        """An output: entries that have no name in brackets, with the order of their indices."""
        if i in self.forms:
            return lettered(self.forms[i], 0, self.taken)[0]
        text, letters = lettered(closed(self.entries[i]), len(self.tape.shape(i)), self.taken)
        return f"\\left[{text}\\right]_{{{letters}}}"


def _axes(rank: int) -> str:
    return "".join(axis(k) for k in range(rank))


def _symbol(shown: str) -> Form:
    upright = shown.startswith("\\mathrm")
    return Form(shown, ATOM if upright else POWER if "^" in shown else SUBBED if "_" in shown else ATOM)


def _number(value: Any) -> Form:
    if isinstance(value, SymbolicConstant):
        return Form({"pi": "\\pi", "e": "e"}.get(value.name, value.name))
    if isinstance(value, Fraction):
        sign = "-" if value < 0 else ""
        return Form(f"{sign}\\tfrac{{{abs(value.numerator)}}}{{{value.denominator}}}", SUM if value < 0 else POWER)
    if value in (math.inf, -math.inf):
        return Form("\\infty") if value > 0 else Form("-\\infty", SUM)
    text, _, exponent = repr(value).partition("e")
    if exponent and not isinstance(value, bool):
        power = f"10^{{{int(exponent)}}}"
        return (
            Form(power, POWER)
            if text in ("1", "1.0")
            else Form(f"{text} \\cdot {power}", SUM if text.startswith("-") else PRODUCT)
        )
    return Form(text, SUM if text.startswith("-") else ATOM)


def _nested(layout: Layout, texts: Iterator[str]) -> str:
    if layout.kind in ("array", "tensor"):
        return next(texts)
    parts = [_nested(child, texts) for child in layout.children]
    if layout.kind == "dict":
        parts = [f"{escaped(str(key))}: {part}" for key, part in zip(layout.keys, parts, strict=True)]
    return "\\left( " + ", \\quad ".join(parts) + " \\right)"
