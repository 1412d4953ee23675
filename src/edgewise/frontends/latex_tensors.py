r"""Tensor graphs as LaTeX in matrix notation: vectors are columns, elementwise products \odot or diagonal matrices.

What is no matrix, or no product of matrices, is written in index notation (see `latex_indices`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from edgewise.frontends.latex_indices import Entries, Entry, letters_beside
from edgewise.frontends.latex_matrices import COMPARED, beyond, number_latex, word, written
from edgewise.frontends.latex_names import latex_names, unused_letter
from edgewise.graph import Layout, Tape
from edgewise.ops import CONST, FIRST_TENSOR, INPUT, Contraction, named_dimensions
from edgewise.ops.notation import ATOM, Piece

__all__ = ["tensors_to_latex"]

MAX_LINE: Final = 160
"""A value that is read several times, or is longer, becomes a line of its own."""


def tensors_to_latex(tape: Tape) -> str:
    r"""The outputs as LaTeX; values that are read several times are lines of their own before them.

    An array of more than two axes is written by its entries in brackets, with the indices behind them.

    >>> from edgewise import parse
    >>> tensors_to_latex(parse("norm(X @ w - y)**2", shapes="X: n,d; w: d; y: n").tape)
    '\\lVert X w - y\\rVert^{2}'
    >>> tensors_to_latex(parse("A @ X @ B", shapes="A: m,n; X: n,p; B: p,q").jacobian("X").simplify().tape)
    '\\left[A_{ik} B_{lj}\\right]_{ijkl}'
    """
    return _Writer(tape).text()


@dataclass
class _Shown:
    """A node in matrix notation, None where that does not hold it, and its entry, made when it is first asked for."""

    piece: Piece | None
    entry: Entry | None = None


class _Writer:
    """The text of every node that the outputs need, from the inputs up."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self.names = latex_names(tape.input_names())
        self.letter = unused_letter(self.names)
        dimensions = (named_dimensions(parameter.shape) for parameter in tape.parameters)
        self.entries = Entries(letters_beside([*self.names.values(), self.letter, *(n for d in dimensions for n in d)]))
        self.shown: dict[int, _Shown] = {}
        self.lines: list[str] = []

    def text(self) -> str:
        tape, outputs = self.tape, set(self.tape.outputs)
        live = tape.live(tape.outputs)
        uses = np.bincount(tape.args[live[tape.edge_consumers()]], minlength=len(tape)).tolist()
        for i, code, args in tape.rows():
            if not live[i]:
                continue
            if code == INPUT:
                self.shown[i] = _Shown((self.names[tape.attrs[i]], ATOM))
                continue
            if code == CONST:
                self.shown[i] = _Shown(number_latex(tape.attrs[i]))
                continue
            shown = self._written(i, code, args)
            self.shown[i] = shown
            width = len(shown.piece[0]) if shown.piece is not None else self._entry(i).width
            if ((uses[i] > 1 and width > 24) or width > MAX_LINE) and not (i in outputs and uses[i] == 0):
                self._name(i)
        result = _nested(tape.layout, iter([self._whole(i)[0] for i in tape.outputs]))
        if not self.lines:
            return result
        return "\\begin{aligned}\n" + " \\\\\n".join([*self.lines, f"& {result}"]) + "\n\\end{aligned}"

    def _whole(self, node: int) -> Piece:
        """A node as a whole."""
        piece = self.shown[node].piece
        return piece if piece is not None else self.entries.text(self._entry(node), len(self.tape.shape(node)))

    def _name(self, node: int) -> Piece:
        """A line of its own for a node, and its name."""
        name = f"{self.letter}_{{{len(self.lines) + 1}}}"
        self.lines.append(f"{name} &= {self._whole(node)[0]}")
        self.shown[node] = _Shown((name, ATOM))
        return name, ATOM

    # --- a node -------------------------------------------------------------------------------------------------

    def _written(self, node: int, code: int, args: Sequence[int]) -> _Shown:
        tape, op = self.tape, self.tape.op(node)
        pieces = [self.shown[j].piece for j in args]
        if len(tape.shape(node)) <= 2 and all(piece is not None for piece in pieces):
            piece = written(tape, node, code, [piece for piece in pieces if piece is not None])
            if not beyond(piece[0]):
                return _Shown(piece)
        entry = self._composed(node)
        if entry is not None:
            return _Shown(None, entry)
        # Any other operation is a word before its arguments, which then have names.
        named = [
            piece if piece is not None else self._name(j) if tape.shape(j) else self._whole(j)
            for j, piece in zip(args, pieces, strict=True)
        ]
        text, strength = written(tape, node, code, named)
        if beyond(text):
            text, strength = f"{word(op.name)}({', '.join(name for name, _ in named)})", ATOM
        return _Shown((text, strength))

    def _entry(self, node: int) -> Entry:
        """The entry of a node: composed of those of its arguments, or an index on its whole."""
        todo = [node]
        while todo:
            i = todo[-1]
            shown = self.shown[i]
            if shown.entry is not None:
                todo.pop()
                continue
            open_ = [j for j in self._inside(i) if self.shown[j].entry is None]
            if open_:
                todo += open_
                continue
            entry = self._composed(i) if self._inside(i) or self.tape.op(i).name == "eye" else None
            if entry is None:
                assert shown.piece is not None
                single = self.tape.ops[i] == INPUT or len(self.tape.shape(i)) > 2
                entry = self.entries.of_piece(shown.piece, self.tape.shape(i), single)
            shown.entry = entry
            todo.pop()
        found = self.shown[node].entry
        assert found is not None
        return found

    def _inside(self, node: int) -> Sequence[int]:
        """The arguments of whose entries that of a node consists, where it reads better so: none where it is a name,
        a product of matrices, or a function of whole arrays."""
        piece, args = self.shown[node].piece, self.tape.arguments(node)
        if piece is not None and re.fullmatch(r"\w|\\nu", piece[0].partition("_{")[0]) and piece[1] == ATOM:
            return ()
        code, parameter = int(self.tape.ops[node]), self.tape.attrs.get(node)
        if not self.tape.shape(node) and piece is not None:
            return ()
        if code < FIRST_TENSOR or (isinstance(parameter, Contraction) and not parameter.summed):
            return args
        return ()

    def _composed(self, node: int) -> Entry | None:
        """The entry of a node from those of its arguments, None for an operation that takes them whole."""
        tape = self.tape
        code, op, args = int(tape.ops[node]), tape.op(node), tape.arguments(node)
        shape = tape.shape(node)
        parameter: Any = tape.attrs.get(node)
        if op.name == "eye":
            return Entry(("\\delta", ((0,), (1,))))
        if code < FIRST_TENSOR:
            return self._elementwise(node, op.name, [self._aligned(self._entry(j), j, shape) for j in args])
        if isinstance(parameter, Contraction):
            found = [self._entry(j) for j in args]
            return self.entries.contracted(parameter, found, [tape.shape(j) for j in args])
        if op.name == "index" and (len(tape.shape(args[0])) > 2 or self.shown[args[0]].piece is None):
            return self.entries.indexed(parameter, self._entry(args[0]), len(tape.shape(args[0])))
        return None

    def _aligned(self, entry: Entry, node: int, shape: Sequence[Any]) -> Entry:
        """The entry of an argument in the indices of a result to whose shape it is broadcast."""
        own = self.tape.shape(node)
        lead = len(shape) - len(own)
        return entry.renamed(
            {k: ("0",) if length == 1 and shape[k + lead] != 1 else (k + lead,) for k, length in enumerate(own)}
        )

    def _elementwise(self, node: int, name: str, entries: Sequence[Entry]) -> Entry:
        parameter = self.tape.attrs.get(node)
        exponent = "" if parameter is None else number_latex(parameter)[0]
        return self.entries.elementwise(name, entries, exponent, word(name), COMPARED.get(name, ""))


def _nested(layout: Layout, texts: Any) -> str:
    if layout.kind in ("array", "tensor"):
        return str(next(texts))
    parts = [_nested(child, texts) for child in layout.children]
    if layout.kind == "dict":
        parts = [f"\\mathrm{{{key}}}: {part}" for key, part in zip(layout.keys, parts, strict=True)]
    return "\\left( " + ", \\quad ".join(parts) + " \\right)"
