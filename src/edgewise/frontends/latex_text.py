"""LaTeX as people write formulas, read by SymPy's parser; what that would misread is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any, Final

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.parsing.latex import LaTeXParsingError
from sympy.parsing.latex import parse_latex as sympy_parse

from edgewise.errors import InputError, ParseError, UnsupportedError
from edgewise.frontends.sympy import from_sympy
from edgewise.graph import Tape
from edgewise.ops import ALIASES, OPS, Op

__all__ = ["parse_latex"]

GREEK: Final = frozenset((
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho "
    "sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega "
    "hbar ell"
).split())  # fmt: skip
"""Letters that have a command."""

KNOWN: Final = frozenset((
    "frac dfrac tfrac sqrt sin cos tan csc sec cot arcsin arccos arctan arccsc arcsec arccot sinh cosh tanh arsinh "
    "arcosh artanh ln log lg exp cdot times div ast pm int sum prod lim infty "
    "limits to quad qquad le leq ge geq ne neq lt gt lfloor rfloor lceil rceil mathit over binom dbinom tbinom"
).split())  # fmt: skip
"""Commands that SymPy's parser reads as what they mean; every other it takes for a letter."""

NAMED: Final = re.compile(r"\\(?:operatorname|mathrm|text|mathop)\s*\*?\s*\{\s*\\?([A-Za-z][A-Za-z0-9_]*)\s*\}")
"""A name in upright letters."""

OTHERWISE: Final = {
    r"\dfrac": r"\frac", r"\tfrac": r"\frac", r"\lvert": "|", r"\rvert": "|", r"\vert": "|", r"\ ": " ",
    r"\displaystyle": " ", r"\textstyle": " ", r"\;": " ", r"\,": " ", r"\!": " ", r"\:": " ",
    r"\varepsilon": r"\epsilon", r"\lbrace": "(", r"\rbrace": ")", "−": "-", "·": r"\cdot ",
}  # fmt: skip
"""Commands that say the same as others."""

CALLED: Final = {"Gamma": "gamma", "min": "min", "max": "max"}
"""Commands that are operations where an argument in brackets follows."""

INSTALL: Final = 'pip install "edgewise[latex]"'


def parse_latex(text: str, *, inputs: Sequence[Any] | None = None, functions: Mapping[str, Op] | None = None) -> Tape:
    r"""The graph of a formula in LaTeX. Raises ParseError for what is no formula, and UnsupportedError without ANTLR.

    Letters are inputs, `\theta_1` and `\theta_{1}` the input theta_1; \pi and e are constants unless `inputs` lists
    them. An operation that LaTeX has no command for is \operatorname{erf}(x).
    """
    if not isinstance(text, str):
        raise ParseError(f"LaTeX is text, not {type(text).__name__}", hint="use edgewise.graph for expressions")
    listed = {str(name) for name in inputs or ()}
    rows = dict(functions or {})
    plain = _prepared(text, rows)
    if find_spec("antlr4") is None:
        raise UnsupportedError("reading LaTeX needs ANTLR's runtime", hint=INSTALL)
    try:
        found = sympy_parse(plain, strict=True, backend="antlr")
    except ImportError as error:
        raise UnsupportedError(f"SymPy's parser: {error!s:.120}", hint=INSTALL) from None
    except LaTeXParsingError as error:
        said = [line for line in str(error).splitlines() if line.strip()]
        raise ParseError(f"{text!r:.80} is no formula: {said[0] if said else 'nothing'}", hint=_mark(said)) from None
    except (AttributeError, IndexError, KeyError, NotImplementedError, RecursionError, TypeError, ValueError) as error:
        raise ParseError(
            f"{text!r:.80} cannot be read by SymPy: {type(error).__name__} {error!s:.80}", hint="write it more simply"
        ) from None
    return _read(found, text, listed, inputs, rows)


def _prepared(text: str, rows: dict[str, Op]) -> str:
    """The text with other commands for what SymPy does not know, and names of operations as letters with an index."""
    text = re.sub(r"\\(?:left|right|[bB]igg?[lrm]?)(?![A-Za-z])", "", text)  # the parser counts them as outside
    for old, new in OTHERWISE.items():
        word = re.escape(old) + (r"(?![A-Za-z])" if old[-1].isalpha() else "")
        text = re.sub(word, new.replace("\\", r"\\"), text)
    text = text.strip().removeprefix("$$").removesuffix("$$").strip("$").strip()
    for command, name in CALLED.items():
        text = re.sub(rf"\\{command}(?=\s*\()", rf"\\operatorname{{{name}}}", text)

    def upright(match: re.Match[str]) -> str:
        name = match[1]
        before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
        if before.endswith(("_", "_{")):
            return name  # as an index
        row = rows.get(name) or OPS.get(ALIASES.get(name, name))
        if row is not None and after.startswith("("):
            place = f"Upsilon_{{{900 + len(rows)}}}"
            rows[place] = row
            return rf"\{place} "
        if name == "e":
            return "e "
        raise ParseError(
            rf"\operatorname{{{name}}} is no operation",
            hint=f"define it with edgewise.op and pass functions={{{name!r}: …}}",
        )

    text = NAMED.sub(upright, text)
    for command in re.findall(r"\\([A-Za-z]+)", text):
        if command not in GREEK | KNOWN:
            raise ParseError(rf"\{command} is no command that formulas are read by", hint=_instead(command))
    return text


def _instead(command: str) -> str:
    if command in OPS or command in ALIASES:
        return rf"write \operatorname{{{command}}}(x)"
    if command in ("dot", "ddot", "prime", "vec", "hat", "bar", "tilde", "mathbf"):
        return r"name the input by a letter and an index, as in q_t"
    return r"letters, fractions, roots, powers, sums and the usual functions are; others are \operatorname{name}(x)"


def _read(found: Any, text: str, listed: set[str], inputs: Sequence[Any] | None, rows: Mapping[str, Op]) -> Tape:
    """The graph of what SymPy made, with names as edgewise has them."""
    if not all(isinstance(part, sp.Basic) for part in sp.preorder_traversal(found)):  # as the base d/dx of a logarithm
        raise ParseError(
            f"{text!r:.80} is no formula: an operator stands where a value does", hint="write it more simply"
        )
    if isinstance(found, (sp.Eq, sp.Ne)):
        raise ParseError(f"{text!r:.80} is an equation", hint="give one side of it, or the difference of both")
    for call in sorted(found.atoms(AppliedUndef), key=str):
        name = str(call.func)
        if name not in rows:
            raise ParseError(
                f"{name} is called like a function in {text!r:.80}, and is none",
                hint=rf"write {name} \cdot (…) for a product, or pass functions={{{name!r}: …}}",
            )
    known = {"pi": sp.pi, "e": sp.E}
    renamed = {}
    for symbol in sorted(found.free_symbols, key=str):
        name = re.sub(r"_\{(.*)\}$", r"_\1", symbol.name)
        if not re.fullmatch(r"\w+", name):
            raise ParseError(f"{symbol.name} in {text!r:.80} is no name", hint="use letters and digits as indices")
        renamed[symbol] = known[name] if name in known and name not in listed else sp.Symbol(name)
    taken = set(map(str, renamed.values()))
    missing = sorted(listed - taken)
    if missing and not isinstance(inputs, (list, tuple)):
        raise InputError(f"inputs={inputs!r:.60} is no list of names", hint='write inputs=["x", "y"]')
    return from_sympy(_plain(found.xreplace(renamed)), inputs=inputs, functions=rows)


def _plain(found: Any) -> Any:
    """Logarithms to a base as quotients: log(x, e) is log(x)."""

    def quotient(x: Any, base: Any) -> Any:
        return sp.log(x) if base == sp.E else sp.log(x) / sp.log(base)

    return found.replace(
        lambda part: isinstance(part, sp.log) and len(part.args) == 2, lambda part: quotient(*part.args)
    )


def _mark(lines: Sequence[str]) -> str:
    """Where SymPy's parser stopped, as it shows it by a line of tildes under the formula."""
    return f"it stops behind {lines[1].strip()[-30:]!r}" if len(lines) > 1 else "close brackets, and end with a value"
