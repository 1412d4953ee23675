"""A derivation as a person reads it: text, LaTeX, and a page whose parts fold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from edgewise.differentiate import Derivative
from edgewise.errors import InputError
from edgewise.view.explanations.derivation import Derivation
from edgewise.view.explanations.equation_notation import Latex, Notation, Text
from edgewise.view.explanations.equations import Equation, Part, Step
from edgewise.view.palette import DARK, LIGHT, dash, shade

if TYPE_CHECKING:
    from edgewise.view.explanations.mathml import MathML

__all__ = ["LIMIT", "Explanation", "Line", "Passage", "Section"]

LIMIT: Final = 60
"""Steps of a part that are shown unasked."""

OPEN: Final = 12
"""The most steps of a part that are unfolded in a page."""

ROW: Final = 100
"""The most characters of an equation that LaTeX sets in one row."""

ADDED: Final = r"\;{+}{=}\;"
"""The sign += of LaTeX; mathtext knows no other."""


class Line(NamedTuple):
    """One equation, as text and as LaTeX: `rule` says why it holds, node `node` of ℬ holds its number `value`."""

    rule: str
    text: str
    latex: str
    node: int
    value: Any


class Passage(NamedTuple):
    """Equations that belong together: those of the edge (consumer, position, parent) of 𝒢, or of none."""

    title: str
    edge: tuple[int, int, int] | None
    lines: tuple[Line, ...]


class Section(NamedTuple):
    """A part of the derivation; `left_out` counts the passages that the limit cut off."""

    title: str
    note: str
    passages: tuple[Passage, ...]
    left_out: int


class Explanation:
    """The derivation of a derivative graph, made from its ledger. See `DerivativeGraph.explain`."""

    def __init__(self, derivative: Derivative, limit: int | None = LIMIT, numbers: Sequence[Any] | None = None) -> None:
        if limit is not None and (not isinstance(limit, int) or limit < 1):
            raise InputError(
                f"limit={limit!r:.40} leaves nothing to see", hint="give a number of steps, or None for all"
            )
        self._numbers = numbers
        self._derivation = Derivation(derivative, limit, valued=numbers is not None)
        self._text = Text(derivative.names, derivative.reverse)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        steps = sum(len(part.steps) for part in self._derivation.parts)
        return f"<derivation of {len(self._derivation.parts)} parts, {steps} steps; print it, or read .latex, .html>"

    # --- data and text ------------------------------------------------------------------------------------------

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The derivation as plain data."""
        words = self._text.words
        return tuple(
            Section(
                words(part.title),
                words(part.note),
                tuple(Passage(words(s.title), s.edge, tuple(map(self._line, s.equations))) for s in part.steps),
                part.left_out,
            )
            for part in self._derivation.parts
        )

    def _line(self, equation: Equation) -> Line:
        left, sides = self._sides(self._latex, equation)
        latex = _equated(left, sides, f" {ADDED} " if equation.added else " = ", r"\dots")
        return Line(equation.rule, self._told(equation), latex, equation.node, self._value(equation))

    def _told(self, equation: Equation) -> str:
        """An equation as text."""
        return _equated(*self._sides(self._text, equation), " += " if equation.added else " = ")

    def _value(self, equation: Equation) -> Any:
        """The number of an equation, read off its node; None where there are none, or no node holds it."""
        return None if self._numbers is None or equation.node < 0 else self._numbers[equation.node]

    def _sides(self, notation: Notation, equation: Equation) -> tuple[str, list[str]]:
        """What stands on the left, and all that it is equal to, each written once."""
        sides = [*map(notation.write, equation.sides), self._shown(notation, equation)]
        return notation.write(equation.left), list(dict.fromkeys(filter(None, sides)))

    def _shown(self, notation: Notation, equation: Equation) -> str:
        """The number at the end of an equation, empty where it stands there already."""
        value = self._value(equation)
        last = map(self._text.write, equation.sides[-1:])
        return "" if value is None or self._text.number(value) in last else notation.number(value)

    @cached_property
    def text(self) -> str:
        """Plain text."""
        lines: list[str] = []
        words = self._text.words
        for part in self._derivation.parts:
            rules = [len(equation.rule) for step in part.steps for equation in step.equations]
            lines += ["", words(part.title)] if lines else [words(part.title)]
            if part.note:
                lines.append(f"  {words(part.note)}")
            for step in part.steps:
                title, told = words(step.title), [(each.rule, self._told(each)) for each in step.equations]
                if not any(rule for rule, _ in told):
                    lines += [f"  {text}   ({title})" if title else f"  {text}" for _, text in told]
                    continue
                lines.append(f"  {title}")
                lines += [f"    {rule:<{max(rules)}}   {text}" for rule, text in told]
            if part.left_out:
                lines.append(f"  {_left_out(part.left_out)}")
        return "\n".join(lines)

    # --- LaTeX --------------------------------------------------------------------------------------------------

    @cached_property
    def _latex(self) -> Latex:
        return Latex(self._derivation.derivative.names, self._text.reverse)

    @cached_property
    def latex(self) -> str:
        """A fragment for a document that uses amsmath; a derivative that has arrived is x̄ or, in forward mode, ẋ."""
        words = self._latex.words
        lines: list[str] = []
        for part in self._derivation.parts:
            lines.append(rf"\subsection*{{{words(part.title)}}}")
            if part.note:
                lines.append(words(part.note) + ".")
            named = any(equation.rule for step in part.steps for equation in step.equations)
            for step in part.steps if named else ():
                lines += [rf"\par\noindent {words(step.title)}", *self._aligned(step.equations)]
            if not named:
                lines += self._aligned([equation for step in part.steps for equation in step.equations])
            if part.left_out:
                lines.append(words((_left_out(part.left_out).replace("…", "..."),)))
        return "\n".join(lines) + "\n"

    def _aligned(self, equations: Sequence[Equation]) -> Iterator[str]:
        """Equations one below the other, the names of the rules beside them."""
        if equations:
            yield r"\begin{align*}"
            yield " \\\\\n".join(row for equation in equations for row in self._rows(equation))
            yield r"\end{align*}"

    def _rows(self, equation: Equation) -> Iterator[str]:
        left, sides = self._sides(self._latex, equation)
        if len(self._told(equation)) <= ROW:
            sides = [" = ".join(sides)] if sides else []
        first = sides[0] if sides else r"\dots"
        rule = rf" && \text{{{equation.rule}}}" if equation.rule else ""
        yield f"{left} &{ADDED if equation.added else '='} {first}{rule}"
        for side in sides[1:]:
            yield f"&= {side}"

    # --- pages --------------------------------------------------------------------------------------------------

    @cached_property
    def html(self) -> str:
        """A page of its own: no script, nothing from the network, light or dark as the reader's system is."""
        title = f"derivation of the {self._derivation.derivative.kind}"
        return (
            f'<!DOCTYPE html>\n<html lang="en" data-ready="yes"><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta name="viewport" content="width=device-width"><style>{_PAGE}</style></head>'
            f"<body>{self._repr_html_()}</body></html>\n"
        )

    def _repr_html_(self) -> str:
        from edgewise.view.explanations.marked_mathml import MATRIX, html_notation

        notation = html_notation(self._derivation.derivative.names, self._text.reverse)
        colours = self._derivation.colours()
        parts = "".join(self._part(notation, part, colours) for part in self._derivation.parts)
        return f'<div class="ew-derivation"><style>{_STYLE}{MATRIX}</style>{parts}</div>'

    def _part(self, notation: MathML, part: Part, colours: dict[tuple[int, int, int], int]) -> str:
        short = len(part.steps) <= OPEN
        note = f"<p>{notation.words(part.note)}</p>" if part.note else ""
        more = f"<p>{escape(_left_out(part.left_out))}</p>" if part.left_out else ""
        steps = "".join(self._step(notation, step, colours, short) for step in part.steps)
        return (
            f'<details class="ew-part" open><summary>{notation.words(part.title)}</summary>'
            f"{note}{steps}{more}</details>"
        )

    def _step(self, notation: MathML, step: Step, colours: dict[tuple[int, int, int], int], unfolded: bool) -> str:
        title = notation.words(step.title)
        lines = "".join(self._equation(notation, equation) for equation in step.equations)
        if not any(equation.rule for equation in step.equations):
            behind = f'<span class="ew-rule">{title}</span>' if title else ""
            return f'<div class="ew-own">{lines}{behind}</div>'
        ink = ""
        if step.edge is not None:
            colour = colours[step.edge]
            ink = f'<span class="ew-ink ew-i{shade(colour)}" style="border-top-style:{dash(colour)}"></span>'
        rule = f' <span class="ew-rule">{escape(step.equations[0].rule)}</span>' if ink else ""
        return f'<details class="ew-step"{" open" * unfolded}><summary>{ink}{title}{rule}</summary>{lines}</details>'

    def _equation(self, notation: MathML, equation: Equation) -> str:
        sides = [*dict.fromkeys(map(notation.shown, equation.sides)), self._shown(notation, equation)]
        sign = " += " if equation.added else " = "
        written = _equated(notation.shown(equation.left), list(filter(None, sides)), sign)
        rule = (
            f'<span class="ew-rule">{escape(equation.rule)}</span><span class="ew-colon">: </span>'
            if equation.rule
            else ""
        )
        return f'<div class="ew-line">{rule}<span>{written}</span></div>'

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": self.text, "text/latex": self.latex, "text/html": self._repr_html_()}


def _equated(left: str, sides: Sequence[str], sign: str, nothing: str = "…") -> str:
    return left + sign + (" = ".join(sides) or nothing)


def _left_out(count: int) -> str:
    return f"… {count:,} more step{'s' if count > 1 else ''}; explain(limit=None) shows all"


def _inks(inks: Sequence[str]) -> str:
    return "".join(f"--ew-i{k}:{ink};" for k, ink in enumerate(inks))


_LIGHT: Final = f".ew-derivation{{{_inks(LIGHT.inks)}}}"
_DARK: Final = f".ew-derivation{{{_inks(DARK.inks)}}}"
_STYLE: Final = (
    f"{_LIGHT}@media (prefers-color-scheme:dark){{{_DARK}}}"
    # A notebook has a mode of its own.
    f":is([data-jp-theme-light=false],.vscode-dark) {_DARK}:is([data-jp-theme-light=true],.vscode-light) {_LIGHT}"
    ".ew-derivation{line-height:1.5;overflow-x:auto}"
    ".ew-derivation summary{cursor:pointer}"
    ".ew-derivation .ew-part{margin:0 0 1em}"
    ".ew-derivation .ew-part>summary{font-weight:bold}"
    ".ew-derivation .ew-part>:not(summary){margin:.3em 0 .3em 1.2em}"
    ".ew-derivation .ew-step>.ew-line{margin-left:3.4em}"
    ".ew-derivation .ew-own{display:flex;flex-wrap:wrap;align-items:baseline;column-gap:2em}"
    ".ew-derivation .ew-line{display:flex;flex-wrap:wrap;align-items:baseline;padding:.15em 0}"
    ".ew-derivation .ew-line .ew-rule{flex:0 0 12em}"
    ".ew-derivation .ew-colon{display:none}"
    ".ew-derivation .ew-line .ew-colon+span{flex:1 1 24em}"
    ".ew-derivation .ew-rule{opacity:.75;font-style:italic}"
    ".ew-derivation .ew-ink{display:inline-block;width:1.6em;border-top:4px;margin-right:.5em;vertical-align:middle}"
    # Before a notebook's own style of code, which puts it on grey.
    ".ew-derivation.ew-derivation :not(pre)>code{background:none;color:inherit;padding:0}"
    ".ew-derivation.ew-derivation :not(pre)>code{font:.95em ui-monospace,monospace}"
    ".ew-derivation sup{line-height:0}"
    ".ew-derivation math{font-size:1.05em;math-style:normal}"
    + "".join(f".ew-derivation .ew-i{k}{{border-color:var(--ew-i{k})}}" for k in range(len(LIGHT.inks)))
)
_PAGE: Final = (
    f":root{{color-scheme:light dark}}body{{margin:1.5em;background:{LIGHT.paper};color:{LIGHT.text};"
    "font:16px/1.5 system-ui,sans-serif}"
    f"@media (prefers-color-scheme:dark){{body{{background:{DARK.paper};color:{DARK.text}}}}}"
)
