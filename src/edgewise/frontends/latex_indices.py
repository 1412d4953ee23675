r"""Tensors in index notation: the entry of a node as a product with \delta_{ij} and \sum_{k}.

Where a value has more than two axes, or is no product of matrices, papers and textbooks write one entry of it:
\left[A_{ik} B_{lj}\right]_{ijkl} is the array whose entry ijkl is A_{ik} B_{lj}. Indices count from 0, as in the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final

from edgewise.ops import Contraction
from edgewise.ops.notation import ATOM, POWER, PRODUCT, Piece

__all__ = ["SUM", "Entries", "Entry", "letters_beside"]

SUM: Final = PRODUCT - 2

Index = tuple[str | int, ...]
"""An index as text with the numbers of axes (from 0) and of summed indices (negative) in it: i + 1 is (0, "+1")."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of an array: text with indices in it, and the indices it is summed over.

    `parts` are texts, indices on their own, and subscripts (tuples of indices). Sums stand in front of all factors.
    """

    parts: tuple[Any, ...]
    strength: int = ATOM
    bound: tuple[int, ...] = ()

    def renamed(self, names: Mapping[int, Index]) -> Entry:
        """With other indices in place of its own."""

        def index(own: Index) -> Index:
            return tuple(
                new for item in own for new in (names.get(item, (item,)) if isinstance(item, int) else (item,))
            )

        parts: list[Any] = []
        for part in self.parts:
            if isinstance(part, int):
                parts += index((part,))
            else:
                parts.append(tuple(map(index, part)) if isinstance(part, tuple) else part)
        bound = tuple(new for k in self.bound for new in names.get(k, (k,)) if isinstance(new, int))
        return Entry(tuple(parts), self.strength, bound)

    @property
    def closed(self) -> Entry:
        """With its sums as part of the text."""
        if not self.bound:
            return self
        return Entry(("\\sum_{", *self.bound, "} ", *self.at_least(PRODUCT).parts), PRODUCT - 1)

    def at_least(self, strength: int) -> Entry:
        """In parentheses where its operator binds less; its sums stay in front."""
        minus = self.parts and isinstance(self.parts[0], str) and self.parts[0].startswith("-")
        if self.strength >= strength and not (minus and strength >= PRODUCT):
            return self
        return replace(self, parts=("(", *self.parts, ")"), strength=ATOM)

    @property
    def width(self) -> int:
        """About how long its text is."""
        return sum(len(part) if isinstance(part, (str, tuple)) else 1 for part in self.parts)


def letters_beside(names: Iterable[str]) -> list[str]:
    """Letters for indices that are not names of something else."""
    taken = set(names)
    return [letter for letter in "ijklpqrsabcdefghmnotuvwxyz" if letter not in taken]


class Entries:
    """How entries are combined and written down."""

    def __init__(self, letters: Sequence[str]) -> None:
        self.letters = letters
        self.fresh = count(-1, -1)

    # --- writing ------------------------------------------------------------------------------------------------

    def text(self, entry: Entry, rank: int) -> Piece:
        r"""The entry with letters: free indices first, summed ones behind; in brackets where it has axes."""
        entry = entry.closed
        names = {axis: self._letter(axis) for axis in range(rank)}

        def name(k: int) -> str:
            return names.setdefault(k, self._letter(len(names)))

        def index(own: Index) -> str:
            return "".join(name(item) if isinstance(item, int) else item for item in own)

        texts: list[str] = []
        for part in entry.parts:
            if isinstance(part, int):
                texts.append(name(part))
            elif isinstance(part, tuple):
                shown = [index(own) for own in part]
                texts.append(f"_{{{('' if all(re.fullmatch('[A-Za-z0-9]', s) for s in shown) else ',').join(shown)}}}")
            else:
                texts.append(part)
        text = "".join(texts)
        if not rank:
            return text, entry.strength
        return f"\\left[{text}\\right]_{{{''.join(names[axis] for axis in range(rank))}}}", ATOM

    def _letter(self, k: int) -> str:
        return self.letters[k] if k < len(self.letters) else f"i_{{{k}}}"

    # --- combining ----------------------------------------------------------------------------------------------

    def of_piece(self, piece: Piece, shape: Sequence[Any], single: bool) -> Entry:
        """An entry of what is written in matrix notation; `single` says that axes of length 1 are its own."""
        text, strength = piece
        axes = [k for k, length in enumerate(shape) if single or length != 1]
        if not axes:
            return Entry((text,), strength)
        if not re.fullmatch(r"[A-Za-z]|\\[A-Za-z]+|\\mathrm\{[^{}]*\}|\\operatorname\{\w+\}\(\w+\)", text):
            text = f"({text})"
        return Entry((text, tuple((k,) for k in axes)))

    def product(self, factors: Sequence[Entry]) -> Entry:
        """The product of entries: sums move to the front, and no two are over the same index."""
        parts: list[Any] = []
        bound: tuple[int, ...] = ()
        for factor in factors:
            twice = {k: (next(self.fresh),) for k in factor.bound if k in bound}
            own = factor.renamed(twice) if twice else factor
            bound += own.bound
            if own.parts == ("1",) and len(factors) > 1:
                continue
            own = own.at_least(PRODUCT)
            digits = parts and isinstance(own.parts[0], str) and own.parts[0][:1].isdigit()
            parts += [*(["\\cdot " if digits else " "] if parts else []), *own.parts]
        return Entry(tuple(parts) or ("1",), PRODUCT if len(factors) > 1 else factors[0].strength, bound)

    def contracted(self, p: Contraction, entries: Sequence[Entry], shapes: Sequence[Any]) -> Entry:
        """A sum of products."""
        names: dict[str, Index] = {letter: (k,) for k, letter in enumerate(p.output)}
        summed: list[int] = []
        lengths = p.lengths(shapes)
        for letter in p.summed:
            if lengths[letter] == 1:
                names[letter] = ("0",)
            else:
                summed.append(next(self.fresh))
                names[letter] = (summed[-1],)
        factors = []
        for part, entry in zip(p.inputs, entries, strict=True):
            factors.append(entry.renamed({k: names[letter] for k, letter in enumerate(part)}))
        made = self.product(factors)
        if summed and len(factors) == 1:
            made = made.at_least(PRODUCT)
        return replace(made, bound=(*summed, *made.bound))

    def indexed(self, spec: Sequence[tuple[Any, ...]], entry: Entry, rank: int) -> Entry:
        """Ranges and single places of the last axes."""
        from sympy import latex

        lead = rank - len(spec)
        names: dict[int, Index] = {k: (k,) for k in range(lead)}
        axis = lead
        for k, item in enumerate(spec, lead):
            if len(item) == 1:
                names[k] = (latex(item[0]),)
                continue
            start, _, step = item
            if step == 1:
                names[k] = (axis,) if start == 0 else (axis, f"+{latex(start)}")
            elif step == -1:
                names[k] = (f"{latex(start)}-", axis)
            else:
                names[k] = (f"{step}", axis, *(() if start == 0 else (f"+{latex(start)}",)))
            axis += 1
        return entry.renamed(names)

    def elementwise(self, name: str, entries: Sequence[Entry], exponent: str, function: str, compared: str) -> Entry:
        """An operation on numbers, entry by entry, already in common indices."""
        match name:
            case "add" | "sub":
                left, right = entries[0].closed, entries[1].closed.at_least(PRODUCT - 1)
                if right.parts and isinstance(right.parts[0], str) and right.parts[0].startswith("-"):
                    right = right.at_least(PRODUCT)
                return Entry((*left.parts, " + " if name == "add" else " - ", *right.parts), SUM)
            case "mul":
                return self.product(entries)
            case "neg":
                inner = entries[0].at_least(PRODUCT)
                return replace(inner, parts=("-", *inner.parts), strength=PRODUCT - 1)
            case "div":
                top, bottom = entries
                parts = ("\\frac{", *top.parts, "}{", *bottom.closed.parts, "}")
                return Entry(parts, PRODUCT, top.bound)
            case "power" | "pow":
                base = entries[0].closed.at_least(ATOM)
                if any(isinstance(part, str) and "^" in part for part in base.parts) and base.parts[0] != "(":
                    base = Entry(("(", *base.parts, ")"))
                over = (exponent,) if name == "power" else entries[1].closed.parts
                return Entry((*base.parts, "^{", *over, "}"), POWER)
            case "sqrt":
                return Entry(("\\sqrt{", *entries[0].closed.parts, "}"))
            case "abs":
                return Entry(("\\lvert ", *entries[0].closed.parts, "\\rvert"))
        inside: list[Any] = []
        for entry in entries:
            inside += [*([f" {compared} " if compared else ", "] if inside else []), *entry.closed.parts]
        if compared:
            return Entry(("[", *inside, "]"))
        return Entry((f"{function}(", *inside, ")"))
