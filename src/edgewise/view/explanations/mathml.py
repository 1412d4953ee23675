"""How a derivation is written in a page: as MathML, which browsers draw without help.

Some sites, and JupyterLab for a notebook that it does not trust, take the tags of formulas away and leave their text.
So the text of a formula is a formula too: what its layout says, a `/` or a `^`, is in it, unseen and without width.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any, Final
from xml.etree import ElementTree

from sympy.printing.mathml import MathMLPresentationPrinter
from sympy.printing.pretty.pretty_symbology import greek_unicode

from edgewise.errors import UnsupportedError
from edgewise.graph.names import Cell, Quotient, Spelled, times_each
from edgewise.view.explanations.equation_notation import Notation, Text
from edgewise.view.explanations.equations import Formula, Side
from edgewise.view.spellings import plain
from edgewise.write.sympy import nodes_to_sympy, step_to_sympy

__all__ = ["MathML", "name_mathml", "printed", "spelled", "unseen"]


_PARTIAL: Final = "<mo rspace='0' lspace='0'>∂</mo>"


class MathML(Notation):
    """Presentation MathML. Names are escaped, and come into the formulas after SymPy has written them."""

    at = "<msub><mrow>{}<mo stretchy='true' symmetric='true'>|</mo></mrow><mn>{}</mn></msub>"
    change = f"<mfrac>{_PARTIAL}<mrow>{_PARTIAL}{{1}}</mrow></mfrac>{{0}}"
    times, brackets, comma = "{}<mo>·</mo>{}", "<mrow><mo>(</mo>{}<mo>)</mo></mrow>", "<mo>,</mo>"
    call = "<mi>{}</mi>{}"

    def plain(self, text: str) -> str:
        return escape(text)

    def spelled(self, name: Spelled) -> str:
        return name_mathml(name)

    def arrived(self, node: int) -> str:
        return name_mathml(self.named(node), "¯" if self.reverse else "˙")

    def coefficient(self, node: int, degree: int) -> str:
        power = f"<msup><mi>t</mi><mn>{degree}</mn></msup>"
        return f"<mrow><mo>[</mo>{power}<mo>]</mo>{self.value(node)}</mrow>"

    def formula(self, formula: Formula) -> str:
        tape = formula.tape
        names = {i: str(tape.attrs[i]) for i in tape.inputs}
        try:
            if formula.written:
                expression = step_to_sympy(tape, tape.outputs[0], names)
            else:
                (expression,) = nodes_to_sympy(tape, tape.outputs, bounded=True)
        except UnsupportedError:  # a constant that is no real number to SymPy, or too large a one
            return f"<mtext>{escape(Text(self.names, self.reverse).formula(formula))}</mtext>"
        made = printed(expression, "none")
        for mark, name in zip(names.values(), formula.names, strict=True):
            text = self.write(name)
            own = f"<mi>&#{ord(mark)};</mi>"
            made = made.replace(f"<msup>{own}", f"<msup>{_bracketed(text)}").replace(own, text)
        return made

    def number(self, value: Any) -> str:
        return f"<code>{escape(Text(self.names, self.reverse).number(value))}</code>"

    def shown(self, side: Side) -> str:
        return spelled(f"<math displaystyle='true'>{self.write(side)}</math>")


def printed(expression: Any, order: str | None = None) -> str:
    """An expression of SymPy as presentation MathML; "none" keeps the `order` of terms and factors."""
    made = str(_Printer({"order": order}).doprint(expression))
    # The names that only HTML has for characters are written out: the formula is XML too.
    made = re.sub(r"&(?!amp;|lt;|gt;|quot;)[A-Za-z]\w*;", lambda found: unescape(found[0]), made)
    made = made.replace("<mo><</mo>", "<mo>&lt;</mo>").replace("<mo>-</mo>", "<mo>−</mo>")
    return made.replace("ⅇ", "e")


def spelled(formula: str) -> str:
    """A MathML formula with the signs in it, unseen, that its text alone needs.

    >>> import re
    >>> half = "<mfrac><mn>1</mn><mn>2</mn></mfrac>"
    >>> re.sub("<[^>]*>", "", spelled(f"<math><mfrac><mn>3</mn><msup><mi>x</mi>{half}</msup></mfrac></math>"))
    '3/(x^(1/2))'
    """
    root = ElementTree.fromstring(formula)
    for element in list(root.iter()):  # from the outside to the inside: texts are without signs still
        parts = list(element)
        if element.tag == "mtable":
            for row in parts[1:]:
                row[0].insert(0, unseen("; "))
        elif element.tag == "mtr":
            for cell in parts[1:]:
                cell.insert(0, unseen(" "))
        for k, (part, sign) in enumerate(zip(parts, _SIGNS.get(element.tag, ()))):
            text = "".join(part.itertext())
            if part.get("class") == "ew-joined":
                continue
            bare = _BARE.fullmatch(text) or (element.tag == "mfrac" and k == 0 and not _SUM.search(text))
            bare = bare and next(part.iter("mfrac"), None) is None
            before, behind = (sign, "") if bare else (f"{sign}(", ")")
            row = ElementTree.Element("mrow")
            row.extend([*([unseen(before)] if before else []), part, *([unseen(behind)] if behind else [])])
            if len(row) > 1:
                element[k] = row
    return ElementTree.tostring(root, encoding="unicode")


_SIGNS: Final = {
    "mfrac": ("", "/"), "msup": ("", "^"), "msub": ("", "_"), "msubsup": ("", "_", "^"), "msqrt": ("√",),
}  # fmt: skip
"""What stands in front of each part of an element in its text."""
_BARE: Final = re.compile(r"(∂?[^\W\d]\w*¯?|∂|[\d.]+)|\([^()]*\)")
"""What needs no brackets around it."""
_SUM: Final = re.compile("[-+−=<>≤≥]")


def unseen(text: str) -> Any:
    """Text without width."""
    room = ElementTree.Element("mpadded", {"width": "0", "height": "0", "depth": "0"})
    ElementTree.SubElement(ElementTree.SubElement(room, "mphantom"), "mtext").text = text
    return room


def name_mathml(name: Spelled, accent: str = "") -> str:
    """The name of a node: derivatives as fractions, numbers behind letters below them; perhaps with a bar or a dot.

    >>> name_mathml("x_1"), name_mathml("c")
    ('<msub><mi>x</mi><mn>1</mn></msub>', '<mi>c</mi>')
    """
    match name:
        case Quotient(above, below, at):
            order = f"<msup>{_PARTIAL}<mn>{len(below)}</mn></msup>" if len(below) > 1 else _PARTIAL
            under = "".join(_PARTIAL + _powered(_within(part), times) for part, times in times_each(below))
            made = f"<mfrac><mrow>{order}{_within(above)}</mrow><mrow>{under}</mrow></mfrac>"
            made = made if at < 0 else MathML.at.format(made, at)
            return f"<mrow>{_accented(f'<mrow>{made}</mrow>', '', accent) if accent else made}</mrow>"
        case Cell(table, of):
            return f"<mrow><mi>{escape(table)}</mi><mo>[</mo>{name_mathml(of)}<mo>]</mo></mrow>"
    word = plain(name)
    if (rate := re.fullmatch(r"([A-Za-z]+?)([0-9]*)_([A-Za-z]+)", word)) and (
        rate[1] in greek_unicode or not rate[1][1:]
    ):
        index = f"<mi>{rate[3]}</mi>"
        if rate[2]:  # its text is theta1_t
            sign = ElementTree.tostring(unseen("_"), "unicode")
            index = f"<mrow class='ew-joined'><mn>{rate[2]}</mn>{sign}{index}</mrow>"
        return _accented(f"<mi>{greek_unicode.get(rate[1], rate[1])}</mi>", index, accent)
    parts = re.fullmatch(r"([A-Za-z]+?)(?:_?([0-9]+)|\[([0-9]+(?:,[0-9]+)*)\])?", word)
    letter = parts[1] if parts else word
    index = (parts[2] or parts[3] or "") if parts else ""
    shown = f"<mi>{escape(greek_unicode.get(letter, letter))}</mi>"
    joined = " class='ew-joined'" if parts and parts[2] and "_" not in word else ""
    return _accented(shown, f"<mn{joined}>{index}</mn>" if index else "", accent)


def _within(name: Spelled) -> str:
    """A name in a derivative's: a derivative itself stands in brackets."""
    made = name_mathml(name)
    return MathML.brackets.format(made) if isinstance(name, Quotient) else made


def _powered(name: str, times: int) -> str:
    return name if times == 1 else f"<msup>{_bracketed(name)}<mn>{times}</mn></msup>"


def _accented(letter: str, behind: str, accent: str) -> str:
    """A letter, perhaps with a bar or a dot, and an index below it."""
    if accent == "¯":
        letter = f"<mover>{letter}<mo stretchy='true'>{accent}</mo></mover>"
    elif accent:
        letter = f"<mover accent='true'>{letter}<mo stretchy='false'>{accent}</mo></mover>"
    return f"<msub>{letter}{behind}</msub>" if behind else letter


def _bracketed(name: str) -> str:
    """A name that is raised to a power: what has something above it in brackets."""
    return MathML.brackets.format(name) if name.startswith(("<msup>", "<mrow>")) else name


class _Printer(MathMLPresentationPrinter):  # type: ignore[misc]
    """SymPy's printer, with cases as a table: SymPy writes them as a function of pairs."""

    def _element(self, tag: str, *inside: Any, **facts: str) -> Any:
        made = self.dom.createElement(tag)
        for part in inside:
            made.appendChild(self.dom.createTextNode(part) if isinstance(part, str) else part)
        for name, value in facts.items():
            made.setAttribute(name, value)
        return made

    def _print_Piecewise(self, expr: Any) -> Any:
        rows = [
            self._element("mtr", *(self._element("mtd", part, style="text-align:left") for part in parts))
            for parts in ((self._print(value), self._case(condition)) for value, condition in expr.args)
        ]
        return self._element("mrow", self._element("mo", "{"), self._element("mtable", *rows))

    def _case(self, condition: Any) -> Any:
        if condition == True:  # noqa: E712
            return self._element("mtext", "otherwise")
        return self._element("mrow", self._element("mtext", "if\u00a0"), self._print(condition))
