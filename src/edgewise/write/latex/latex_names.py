"""Names of inputs and operations as LaTeX that does nothing but show them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from edgewise.graph.names import Cell, Quotient, Spelled, times_each

__all__ = ["escaped", "latex_name", "latex_names", "latex_spelled", "unused_letter"]

_GREEK: Final = (
    "alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|vartheta|iota|kappa|lambda|mu|nu|xi|pi|varpi|rho|varrho|"
    "sigma|varsigma|tau|upsilon|phi|varphi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega|"
    "ell|hbar"
)
_LETTERS: Final = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ",
        "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon varphi"
        " chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(),
        strict=True,
    )
)
"""Greek letters that Python takes as names, as LaTeX spells them."""
_ATOM: Final = rf"(?:\\(?:{_GREEK})(?![A-Za-z])\ ?|[A-Za-z0-9])"
_SCRIPT: Final = rf"(?:{_ATOM}|\{{(?:{_ATOM}|,)+\}})"
_BASE: Final = rf"(?:\\(?:hat|bar|dot|vec|tilde)\{{{_ATOM}+\}}|{_ATOM})"
_PROPER: Final = re.compile(rf"{_BASE}(?:_{_SCRIPT}(?:\^{_SCRIPT})?|\^{_SCRIPT}(?:_{_SCRIPT})?)?")
"""One letter, perhaps accented, with at most one subscript and one superscript."""

_SPECIAL: Final = {
    "\\": r"\backslash ", "{": r"\{", "}": r"\}", "^": r"\wedge ", "~": r"\sim ", "<": "{<}", ">": "{>}", " ": r"\ ",
    **{ch: "\\" + ch for ch in "_$%&#"},
}  # fmt: skip


def escaped(name: str) -> str:
    """Any text, upright, with every character that LaTeX (or a page around it) would act upon shown instead."""
    shown = "".join(_SPECIAL.get(ch, ch) for ch in name if ch.isprintable())
    return f"\\mathrm{{{shown or '?'}}}"


def latex_name(name: str) -> str:
    r"""A name as LaTeX that does nothing but show it.

    >>> latex_name("x_12"), latex_name(r"\theta_{1}"), latex_name("alpha"), latex_name("w[0,1]")
    ('x_{12}', '\\theta_{1}', '\\alpha', 'w_{0,1}')
    >>> latex_name("λ"), latex_name("θ_1"), latex_name("theta1_tt"), latex_name("omega_max")
    ('\\lambda', '\\theta_{1}', '\\theta_{1,tt}', '\\omega_{\\mathrm{max}}')
    >>> latex_name(r"\input{/etc/passwd}")
    '\\mathrm{\\backslash input\\{/etc/passwd\\}}'
    """
    if name[:1] in _LETTERS and not name[1:2].isalpha():
        name = _LETTERS[name[0]] + name[1:]
    if _PROPER.fullmatch(name):
        return name
    if re.fullmatch(_GREEK, name):
        return "\\" + name
    parts = re.fullmatch(r"([A-Za-z]+?)(?:_?([0-9]+)|\[([0-9]+(?:,[0-9]+)*)\])", name)
    if parts:
        return f"{latex_name(parts[1])}_{{{parts[2] or parts[3]}}}"
    parts = re.fullmatch(r"([A-Za-z]+?)([0-9]*)_([A-Za-z]+)", name)  # the derivative theta1_t, or omega_max
    if parts and (len(parts[1]) == 1 or parts[1] in _GREEK.split("|")):
        below = parts[3] if len(set(parts[3])) == 1 else rf"\mathrm{{{parts[3]}}}"
        return f"{latex_name(parts[1])}_{{{parts[2]}{',' * bool(parts[2])}{below}}}"
    return escaped(name)


def latex_names(names: Iterable[str]) -> dict[str, str]:
    """Each name's LaTeX, with a number behind those that would look the same.

    >>> latex_names(["x1", "x_1"])
    {'x1': 'x_{1}', 'x_1': '\\\\mathrm{x\\\\_1}'}
    """
    shown: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        text = latex_name(name)
        if _look(text) in taken:
            text = escaped(name)
        k = 1
        while _look(text) in taken:
            k += 1
            text = escaped(f"{name} #{k}")
        taken.add(_look(text))
        shown[name] = text
    return shown


def latex_spelled(name: Spelled, shown: Callable[[str], str] = latex_name) -> str:
    r"""The name of a node as LaTeX, `shown` being how words are.

    >>> from edgewise.graph.names import Quotient
    >>> latex_spelled("u4"), latex_spelled(Quotient("c", ("x", "x")))
    ('u_{4}', '\\frac{\\partial^{2} c}{\\partial {x}^{2}}')
    """
    match name:
        case Quotient(above, below, at):
            order = f"^{{{len(below)}}}" if len(below) > 1 else ""
            under = r" \, ".join(
                rf"\partial {_powered(_within(part, shown), times)}" for part, times in times_each(below)
            )
            made = rf"\frac{{\partial{order} {_within(above, shown)}}}{{{under}}}"
            return made if at < 0 else rf"\left.{made}\right|_{{{at}}}"
        case Cell(table, of):
            word = table.replace("_", r"\_")
            return rf"\mathrm{{{word}}}\left[{latex_spelled(of, shown)}\right]"
    return shown(name)


def _within(name: Spelled, shown: Callable[[str], str]) -> str:
    """A name in a derivative's: a derivative itself stands in brackets."""
    made = latex_spelled(name, shown)
    return rf"\left({made}\right)" if isinstance(name, Quotient) else made


def _powered(name: str, times: int) -> str:
    if times < 2:
        return name
    return f"{{{name}}}^{{{times}}}" if "^" not in name else rf"\left({name}\right)^{{{times}}}"


def _look(text: str) -> str:
    # Braces around one subscript are not seen.
    return text.replace("{", "").replace("}", "")


def unused_letter(names: Iterable[str]) -> str:
    """A letter for intermediate results with which no name begins; u, as in the book, where it is free."""
    used = {name.lstrip("\\")[:1] for name in names}
    return next((letter for letter in "uvwtsrqp" if letter not in used), "\\nu")
