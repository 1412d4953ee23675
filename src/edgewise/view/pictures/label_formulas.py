"""Short formulas with marked names, and how each kind of picture writes them.

The text of one operation comes from the operation table's notation. Names are the user's and may hold any character:
they stand between two characters of private use, so that nothing in a name is read as part of the formula.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Final, NamedTuple

from edgewise.graph.names import Cell, Quotient, Spelled, read, times_each, words_of
from edgewise.write.latex.latex_names import escaped, latex_name, latex_spelled

__all__ = ["SIGNS", "TOKEN", "Formula", "Span", "clipped", "inner_power", "named", "plain"]

OPEN, CLOSE = "\ue000", "\ue001"

_NAME: Final = f"{OPEN}[^{CLOSE}]*{CLOSE}"
_ATOM: Final = rf"{_NAME}|\d+"
TOKEN: Final = re.compile(
    rf"(?P<fraction>(?P<top>{_ATOM})/(?P<bottom>{_ATOM})(?!\*\*|\.|\w))|(?P<name>{_NAME})|sqrt\((?P<root>{_NAME})\)"
    rf"|\*\*(?P<power>{_NAME}|\([^()]*\)|-?[\w.]+)|(?P<transposed>\.T\b)|(?P<number>\d+(?:\.\d*)?(?:e[+-]?\d+)?)"
    r"|(?P<sign><=|>=|!=|==| @ |[*∂·…-])|(?P<word>[^\W\d]\w*)|(?P<other>.)",
    re.DOTALL,
)
SIGNS: Final = {"<=": "≤", ">=": "≥", "!=": "≠", "==": "=", " @ ": "\u2009", "*": "·", "-": "−"}
_LATEX: Final = {
    "<=": r"\le ", ">=": r"\ge ", "!=": r"\ne ", "==": "=", " @ ": r"\,", "*": r" \cdot ", "∂": r"\partial ",
    "·": r"\cdot ", "…": r"\ldots ", "<": "<", ">": ">", " ": " ", "=": "=", "−": "-", "√": r"\surd ",
    "𝒢": r"\mathcal{G}", "ℬ": r"\mathcal{B}", "⊤": r"\top ",
    **{sign: sign for sign in "()[]+/,.:;|!?-"},
}  # fmt: skip
_FUNCTIONS: Final = frozenset("sin cos tan sinh cosh tanh exp log max min det".split())
_GREEK: Final = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi"
    " omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split()
)


def named(name: Spelled) -> str:
    """A name as part of a formula: printable, and marked as a name."""
    return OPEN + "".join(c if c.isprintable() else "�" for c in str(name)) + CLOSE


def plain(marked: str) -> str:
    """A formula without its marks."""
    return marked.replace(OPEN, "").replace(CLOSE, "")


def clipped(marked: str, length: int) -> str:
    """A formula of at most `length` characters; the rest becomes "…"."""
    if len(plain(marked)) <= length:
        return marked
    kept, left = [], length - 1
    for c in marked:
        if c not in OPEN + CLOSE:
            if not left:
                break
            left -= 1
        kept.append(c)
    text = "".join(kept)
    return text + "…" + (CLOSE if text.rfind(OPEN) > text.rfind(CLOSE) else "")


class Span(NamedTuple):
    """Some characters of one look: `italic` for variables, `shift` 1 for superscripts and -1 for subscripts."""

    text: str
    italic: bool = False
    shift: int = 0


@dataclass(frozen=True)
class Formula:
    """A formula as marked text, and the forms in which pictures show it.

    >>> formula = Formula(f"{named('u3')} = {named('x_1')}**2*{named('∂out/∂y')}")
    >>> formula.text, formula.unicode
    ('u3 = x_1**2*∂out/∂y', 'u3 = x_1^2·∂out/∂y')
    >>> formula.html
    '<i>u</i><sub>3</sub> = <i>x</i><sub>1</sub><sup>2</sup>·∂<i>out</i>/∂<i>y</i>'
    >>> formula.latex()
    'u_{3} = x_1^{2} \\\\cdot \\\\frac{\\\\partial \\\\mathrm{out}}{\\\\partial y}'
    """

    marked: str = ""

    @property
    def text(self) -> str:
        """The formula as the formula language writes it."""
        return plain(self.marked)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The formula as runs of characters: variables italic, exponents raised, signs as mathematics has them."""
        return tuple(_spans(self.marked))

    def rows(self, most: int = 44) -> list[Formula]:
        """The formula on rows of about so many characters, broken in front of = and behind the signs of operations."""
        rows, row = [], ""
        for part in re.split(r"(?= = )|(?<= · )|(?<= \+ )|(?<= - )|(?<=, )", self.marked):
            if row and len(plain(row + part)) > most and row.count(OPEN) == row.count(CLOSE):
                rows.append(row.rstrip())
                part, row = part.lstrip(), ""
            row += part
        return [Formula(text) for text in (*rows, row)]

    @property
    def unicode(self) -> str:
        """The formula in characters alone, none of them raised or lowered."""
        return "".join(_told(self.marked))

    @property
    def html(self) -> str:
        """The formula in the few tags that HTML and Graphviz share. Every character of a name is escaped."""
        return "".join(_tagged(span) for span in self.spans)

    @property
    def names(self) -> list[str]:
        """The names in it, and those that derivatives are made of."""
        return [word for name in re.findall(_NAME, self.marked) for word in words_of(read(name[1:-1]))]

    def latex(self, shown: Mapping[str, str] | None = None) -> str:
        """The formula as LaTeX's mathematics. `shown` is the LaTeX of names, that of `latex_name` by default."""
        return _latex(self.marked, lambda name: (shown or {}).get(name) or latex_name(name))


def _told(marked: str) -> Iterator[str]:
    for token in TOKEN.finditer(marked):
        kind, text = token.lastgroup, token[token.lastgroup or 0]
        if kind == "fraction":
            yield "/".join(plain(token[side]) for side in ("top", "bottom"))
        elif kind in ("name", "root"):
            yield "√" * (kind == "root") + _greek(plain(text))
        elif kind == "power":
            inner = "".join(_told(inner_power(text)))
            yield f"^{inner}" if re.fullmatch(r"−?[\w.]+", inner) else f"^({inner})"
        elif kind == "transposed":
            yield "^⊤"
        else:
            yield "π" if text == "pi" else SIGNS.get(text, text)


def _tagged(span: Span) -> str:
    text = escape(span.text)
    if span.italic:
        text = f"<i>{text}</i>"
    return {1: f"<sup>{text}</sup>", 0: text, -1: f"<sub>{text}</sub>"}[span.shift]


def _spans(marked: str, shift: int = 0) -> list[Span]:
    made: list[Span] = []
    last: list[Span] = []
    for token in TOKEN.finditer(marked):
        kind, text = token.lastgroup, token[token.lastgroup or 0]
        base, last = last, []
        if kind == "fraction":
            last = [*_spans(token["top"], shift), Span("/", False, shift), *_spans(token["bottom"], shift)]
        elif kind in ("name", "root"):
            shown = _name_spans(text[1:-1])
            last = [Span("√")] * (kind == "root") + shown if not shift else [s._replace(shift=shift) for s in shown]
        elif kind == "power":
            inner = inner_power(text)
            if any(span.shift > 0 for span in base):
                # A second superscript would be read with the first.
                made[len(made) - len(base) :] = [Span("("), *base, Span(")")]
            nested = any(span.shift for span in _spans(inner))
            last = [Span("^"), *_spans(text)] if nested else _spans(inner, 1)
        elif kind == "transposed":
            last = [Span("⊤", False, 1)]
        elif kind == "word":
            last = [Span("π" if text == "pi" else text, text == "e", shift)]
        else:
            last = [Span(SIGNS.get(text, text), False, shift)]
        made += last
    joined: list[Span] = []
    for span in made:
        if joined and joined[-1][1:] == span[1:]:
            joined[-1] = span._replace(text=joined[-1].text + span.text)
        else:
            joined.append(span)
    return joined


def inner_power(text: str) -> str:
    """An exponent without the parentheses that a superscript makes needless."""
    return text[1:-1] if text[0] == "(" else text


def _name_spans(name: Spelled) -> list[Span]:
    """A name as mathematics writes it: two names that differ still do."""
    name = read(name) if isinstance(name, str) else name
    match name:
        case Quotient(above, below, at):
            made = [Span("∂"), *_power(len(below)), *_bracketed(above), Span("/")]
            for bottom, times in times_each(below):
                made += [Span("∂"), *_bracketed(bottom), *_power(times)]
            return [*made, *([Span(f" at {at}")] if at >= 0 else [])]
        case Cell(table, of):
            return [Span(f"{table}["), *_name_spans(of), Span("]")]
    if parts := re.fullmatch(r"(u+)(\d+)", name):  # a numbered node's
        return [Span(parts[1], True), Span(parts[2], False, -1)]
    if (parts := re.fullmatch(r"([^\W\d_]+)(_\d+|\d+|\[[\d, ]+\])", name)) and set(parts[1]) != {"u"}:
        lowered = parts[2][0] == "_"
        return [Span(_greek(parts[1]), True), Span(parts[2].removeprefix("_"), False, -1 if lowered else 0)]
    if (parts := re.fullmatch(r"([^\W\d_]+)(\d*)_([^\W\d_]+)", name)) and parts[1] in _GREEK | {parts[1][0]}:
        return [Span(_greek(parts[1]), True), Span(parts[2]), Span(parts[3], len({*parts[3]}) == 1, -1)]
    return [Span(_greek(name), name.isidentifier())]


def _bracketed(name: Spelled) -> list[Span]:
    """What is differentiated, or in what: a derivative itself stands in brackets."""
    return [Span("("), *_name_spans(name), Span(")")] if isinstance(name, Quotient) else _name_spans(name)


def _power(times: int) -> list[Span]:
    return [Span(str(times), False, 1)] if times > 1 else []


def _greek(name: str) -> str:
    """The letter of a Greek letter's name; other names stay."""
    if name not in _GREEK:
        return name
    letter = {"lambda": "LAMDA"}.get(name.lower(), name.upper())
    return unicodedata.lookup(f"GREEK {'SMALL' if name.islower() else 'CAPITAL'} LETTER {letter}")


def _latex(marked: str, shown: Callable[[str], str]) -> str:
    made: list[str] = []
    kind: str | None = None
    for token in TOKEN.finditer(marked):
        before, kind, text = kind, token.lastgroup, token[token.lastgroup or 0]
        if kind == "fraction":
            made.append(rf"\frac{{{_latex(token['top'], shown)}}}{{{_latex(token['bottom'], shown)}}}")
        elif kind == "name":
            made.append(latex_spelled(read(text[1:-1]), shown))
        elif kind == "root":
            made.append(rf"\sqrt{{{_latex(text, shown)}}}")
        elif kind == "power":
            base = made.pop() if made else ""
            base = rf"\left({base}\right)" if "^" in base else base
            made.append(f"{base}^{{{_latex(inner_power(text), shown)}}}")
        elif kind == "transposed":
            made.append(r"^{\top}")
        elif kind == "number":
            digits, _, exponent = text.partition("e")
            made.append(rf"{digits} \cdot 10^{{{int(exponent)}}}" if exponent else digits)
        elif kind == "word":
            made.append(_word(text))
        elif text == " ":
            made.append(r"\ " if before == "word" else " ")
        else:
            made.append(_LATEX.get(text) or escaped(text))
    return "".join(made)


def _word(text: str) -> str:
    if text in ("pi", "e"):
        return {"pi": r"\pi ", "e": "e"}[text]
    if text in _FUNCTIONS:
        return f"\\{text}"
    return escaped(text)
