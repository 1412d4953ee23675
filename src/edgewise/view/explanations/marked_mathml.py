"""Formulas of tensors as MathML, from marked text: SymPy's printer does not know their operations."""

from __future__ import annotations

from html import escape
from typing import Any, Final
from xml.etree import ElementTree

import numpy as np

from edgewise.graph.names import Names, read
from edgewise.ops import shape_text
from edgewise.view.explanations.equation_notation import formula_text
from edgewise.view.explanations.equations import Formula
from edgewise.view.explanations.mathml import MathML, name_mathml, spelled, unseen
from edgewise.view.pictures.label_formulas import SIGNS, TOKEN, inner_power, named
from edgewise.view.spellings import ENTRIES, number

__all__ = ["MATRIX", "html_notation", "marked_mathml", "matrix_mathml", "space_mathml"]

MATRIX: Final = (
    ".ew-matrix{padding:.1em .4em;--ew-line:linear-gradient(currentColor 0 0);background:"
    + ",".join(
        f"var(--ew-line) {place}"
        for place in (
            "left/1px 100%", "right/1px 100%", "left top/.3em 1px", "left bottom/.3em 1px", "right top/.3em 1px",
            "right bottom/.3em 1px",
        )
    )
    + ";background-repeat:no-repeat}"
)  # fmt: skip
"""The style of a matrix: its brackets are drawn, since few fonts have some that grow."""

OPENED: Final = {")": "(", "]": "["}


def marked_mathml(marked: str) -> str:
    """A marked formula as a row of presentation MathML: powers and transposes stand on what they are of.

    >>> from edgewise.view.pictures.label_formulas import named
    >>> print(marked_mathml(f"{named('X')}.T*{named('g')}"))
    <msup><mi>X</mi><mo>⊤</mo></msup><mo>·</mo><mi>g</mi>
    """
    made: list[str] = []  # the parts of the row; what stands in brackets is one part when they close
    opened: list[tuple[str, int]] = []
    for token in TOKEN.finditer(marked):
        kind, text = token.lastgroup, token[token.lastgroup or 0]
        match kind:
            case "fraction":
                made.append(f"<mfrac>{_row(token['top'])}{_row(token['bottom'])}</mfrac>")
            case "name":
                made.append(name_mathml(read(text[1:-1])))
            case "root":
                made.append(f"<msqrt>{marked_mathml(text)}</msqrt>")
            case "power" | "transposed":
                above = "<mo>⊤</mo>" if kind == "transposed" else _row(inner_power(text))
                base = made.pop() if made else "<mrow/>"
                base = f"<mrow><mo>(</mo>{base}<mo>)</mo></mrow>" if base.startswith(("<msup", "<mfrac")) else base
                made.append(f"<msup>{base}{above}</msup>")
            case "number":
                digits, _, exponent = text.partition("e")
                power = f"<mo>·</mo><msup><mn>10</mn><mn>{int(exponent)}</mn></msup>" if exponent else ""
                made.append(f"<mrow><mn>{digits}</mn>{power}</mrow>" if power else f"<mn>{digits}</mn>")
            case "word":
                made.append(f"<mi>{'π' if text == 'pi' else escape(text)}</mi>")
            case _:
                if text == " @ ":
                    made.append("<mtext>\u2009</mtext>")
                elif text in "([":
                    opened.append((text, len(made)))
                    made.append(f"<mo>{text}</mo>")
                elif opened and OPENED.get(text) == opened[-1][0]:
                    _, start = opened.pop()
                    # What is called, or of which a part is taken, and its brackets are one.
                    start -= bool(start and made[start - 1].startswith(("<mi", "<msu", "<mrow")))
                    made[start:] = [f"<mrow>{''.join(made[start:])}<mo>{text}</mo></mrow>"]
                elif text != " ":
                    made.append(f"<mo>{escape(SIGNS.get(text, text))}</mo>")
    return "".join(made)


def _row(marked: str) -> str:
    return f"<mrow>{marked_mathml(marked)}</mrow>"


def space_mathml(shape: tuple[Any, ...]) -> str:
    """Where a tensor lies: ∈ ℝ^(n × d); "" for a number.

    >>> space_mathml((3, 2))
    '<mo>∈</mo><msup><mi>ℝ</mi><mrow><mn>3</mn><mo>×</mo><mn>2</mn></mrow></msup>'
    """
    if not shape:
        return ""
    sides = "<mo>×</mo>".join(marked_mathml(shape_text((side,)).strip("(),")) for side in shape)
    return f"<mo>∈</mo><msup><mi>ℝ</mi><mrow>{sides}</mrow></msup>"


def matrix_mathml(value: Any) -> str:
    """An array of one or two axes as a formula: a matrix, or a row of a vector's entries; "" for a larger one.

    >>> import re
    >>> re.sub("<[^>]*>", "", matrix_mathml([[1.0, 2.5], [3.0, -4.0]]))
    '[1 2.5; 3 −4]'
    """
    entries = np.asarray(value)
    if entries.ndim not in (1, 2) or not 0 < entries.size <= ENTRIES:
        return ""
    left, right = (ElementTree.tostring(unseen(sign), encoding="unicode") for sign in "[]")
    rows = [[f"<mtd>{_number(entry)}</mtd>" for entry in row] for row in np.atleast_2d(entries).tolist()]
    table = "".join(f"<mtr>{''.join(row)}</mtr>" for row in rows)
    return spelled(f"<math><mrow>{left}<mtable class='ew-matrix'>{table}</mtable>{right}</mrow></math>")


def _number(value: float) -> str:
    text = number(value)
    return f"<mrow><mo form='prefix'>−</mo><mn>{text[1:]}</mn></mrow>" if text[0] == "-" else f"<mn>{text}</mn>"


class _OfTensors(MathML):
    """MathML of formulas whose values are tensors: small arrays are matrices."""

    def formula(self, formula: Formula) -> str:
        # Whatever the names are, words stand for them until the formula is written.
        words = ["name" + str(k).translate(_LETTERS) for k in range(len(formula.names))]
        made = marked_mathml(formula_text(formula, list(map(named, words))))
        for word, name in zip(words, formula.names, strict=True):
            made = made.replace(f"<mi>{word}</mi>", f"<mrow>{self.write(name)}</mrow>")
        return made

    def number(self, value: Any) -> str:
        return matrix_mathml(value) or super().number(value)


_LETTERS: Final = str.maketrans("0123456789", "abcdefghij")


def html_notation(names: Names, reverse: bool) -> MathML:
    """How a page shows formulas."""
    return (_OfTensors if names.tape.has_tensors else MathML)(names, reverse)
