"""Graphs as SymPy expressions and as LaTeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np
import sympy as sp

from edgewise.errors import UnsupportedError
from edgewise.graph import Layout, Tape
from edgewise.ops import CONST, INPUT, OPS, Op, SymbolicConstant
from edgewise.ops.formula import parse_expression, walk

__all__ = ["nodes_to_sympy", "to_latex", "to_sympy"]

_SPELLED: Final[Mapping[str, Callable[..., Any]]] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: _real(x) * _real(y),
    "div": lambda x, y: x / y,
    "neg": lambda x: -x,
    "pow": lambda x, y: x**y,
    "mod": sp.Mod,
    "abs": sp.Abs,
    "min": sp.Min,
    "max": sp.Max,
    "ceil": sp.ceiling,
    "round": lambda x: sp.floor(x + sp.S.Half),
    "lgamma": sp.loggamma,
    "heaviside": sp.Heaviside,
    "where": lambda c, x, y: sp.Piecewise((x, _truth(c)), (y, True)),
    "lt": sp.Lt, "le": sp.Le, "gt": sp.Gt, "ge": sp.Ge, "eq": sp.Eq, "ne": sp.Ne,
    "and": lambda x, y: sp.And(_truth(x), _truth(y)),
    "or": lambda x, y: sp.Or(_truth(x), _truth(y)),
    "not": lambda x: sp.Not(_truth(x)),
    "cbrt": sp.cbrt,
    "exp2": lambda x: sp.Integer(2) ** x,
    "log2": lambda x: sp.log(x, 2),
    "log10": lambda x: sp.log(x, 10),
}  # fmt: skip

MAX_TREE = 2000
"""The largest expression tree, in nodes, that is written as one formula."""


def _truth(x: Any) -> Any:
    return x if isinstance(x, (sp.logic.boolalg.Boolean, bool)) else sp.Ne(x, 0)


def _real(x: Any) -> Any:
    """A truth value that is counted with, as a number."""
    return sp.Piecewise((1, x), (0, True)) if isinstance(x, sp.logic.boolalg.Boolean) and not x.is_Symbol else x


def to_sympy(tape: Tape) -> Any:
    """The outputs as SymPy expressions in the nesting of the graph: arrays as matrices or SymPy arrays.

    >>> from edgewise import parse
    >>> to_sympy(parse("x*exp(y)").tape)
    x*exp(y)
    """
    outputs = iter(nodes_to_sympy(tape, tape.outputs))
    return _nest(tape.layout, outputs)


def _nest(layout: Layout, values: Any) -> Any:
    if layout.kind == "array":
        if layout.shape == ():
            return next(values)
        entries = [next(values) for _ in range(layout.size)]
        if len(layout.shape) > 2:
            return sp.ImmutableDenseNDimArray(entries, layout.shape)
        rows, columns = layout.shape if len(layout.shape) == 2 else (layout.shape[0], 1)
        return sp.ImmutableDenseMatrix(rows, columns, entries)
    parts = [_nest(child, values) for child in layout.children]
    if layout.kind == "dict":
        return dict(zip(layout.keys, parts, strict=True))
    return parts if layout.kind == "list" else tuple(parts)


def nodes_to_sympy(tape: Tape, nodes: Sequence[int], symbol: Callable[[str], Any] = sp.Symbol) -> list[Any]:
    """The SymPy expressions of some nodes, each node one object. Inputs are made by `symbol`."""
    known: dict[int, Any] = {}
    needed = tape.live(nodes).tolist()
    try:
        for i, code, args in tape.rows():
            if not needed[i]:
                continue
            op = tape.op_of_code(code)
            if code == INPUT:
                known[i] = symbol(tape.attrs[i])
            elif code == CONST:
                known[i] = _number(tape.attrs[i])
            else:
                known[i] = apply(op, [known[j] for j in args], tape.attrs.get(i))
    except RecursionError:
        raise UnsupportedError(
            f"the graph of {len(tape)} nodes is too deep for SymPy", hint="print it as source with to_python"
        ) from None
    return [known[i] for i in nodes]


def apply(op: Op, args: Sequence[Any], parameter: Any) -> Any:
    """One operation in SymPy: by name, as spelled here, or by the definition in its row."""
    if op.custom:
        return sp.Function(op.name)(*args)
    if op.name == "power":
        return args[0] ** _number(parameter)
    if op.parameter:
        return {"polygamma": sp.polygamma, "spherical_jn": sp.jn}[op.name](parameter, *args)
    if op.name in _SPELLED:
        return _SPELLED[op.name](*args)
    if op.definition:
        return walk(parse_expression(op.definition), _Definition(dict(zip(op.args, args, strict=True))))
    return getattr(sp, op.name)(*args)


class _Definition:
    """Writes the formula of a row in SymPy."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.names = names

    def name(self, name: str) -> Any:
        return self.names[name]

    def number(self, value: Any) -> Any:
        return _number(value)

    def entry(self, name: str, index: tuple[int, ...]) -> Any:
        raise UnsupportedError("a definition is about scalars")

    def call(self, op: str, args: Sequence[Any]) -> Any:
        return apply(OPS[op], args, None)


def _number(value: Any) -> Any:
    if isinstance(value, SymbolicConstant):
        return sp.pi if value.name == "pi" else sp.E
    if isinstance(value, Fraction):
        return sp.Rational(value.numerator, value.denominator)
    return sp.true if value is True else sp.false if value is False else sp.sympify(value)


# --- LaTeX --------------------------------------------------------------------------------------------------------

_GREEK = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "varepsilon",
    "zeta",
    "eta",
    "theta",
    "vartheta",
    "iota",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "pi",
    "rho",
    "sigma",
    "tau",
    "upsilon",
    "phi",
    "varphi",
    "chi",
    "psi",
    "omega",
    "Gamma",
    "Delta",
    "Theta",
    "Lambda",
    "Xi",
    "Pi",
    "Sigma",
    "Upsilon",
    "Phi",
    "Psi",
    "Omega",
    "ell",
    "hbar",
    "hat",
    "bar",
    "dot",
    "vec",
    "tilde",
]


def latex_name(name: str) -> str:
    r"""A symbol's name as LaTeX that does nothing but show it.

    >>> latex_name("x_12"), latex_name(r"\theta_{1}"), latex_name("alpha")
    ('x_{12}', '\\theta_{1}', '\\alpha')
    >>> latex_name(r"\input{/etc/passwd}")
    '\\mathrm{\\backslash input\\{/etc/passwd\\}}'
    """
    if re.fullmatch(r"[A-Za-z0-9_^{}\\]+", name) and _harmless(name):
        return name
    if name in _GREEK:
        return "\\" + name
    plain = re.fullmatch(r"([A-Za-z]+)_?([0-9]+)", name)
    if plain:
        return f"{latex_name(plain[1])}_{{{plain[2]}}}"
    entry = re.fullmatch(r"([A-Za-z]+)\[([0-9,]+)\]", name)
    if entry:
        return f"{latex_name(entry[1])}_{{{entry[2]}}}"
    if re.fullmatch(r"[A-Za-z]", name):
        return name
    special = {"\\": "\\backslash ", "{": "\\{", "}": "\\}", "^": "\\hat{}", "~": "\\sim "}
    shown = "".join(special.get(ch, "\\" + ch if ch in "_$%&#" else ch) for ch in name if ch.isprintable())
    return f"\\mathrm{{{shown}}}"


def _harmless(name: str) -> bool:
    """Whether a name that looks like LaTeX only has known commands and balanced braces."""
    commands = re.findall(r"\\([A-Za-z]*)", name)
    depth = 0
    for ch in name:
        depth += (ch == "{") - (ch == "}")
        if depth < 0:
            return False
    return bool(commands) and all(command in _GREEK for command in commands) and depth == 0


def to_latex(tape: Tape) -> str:
    """The outputs as LaTeX. A graph whose tree is large is written as `aligned` assignments to u_1, u_2, …"""
    sizes = _tree_sizes(tape)
    printer = {"order": "none"}
    if sum(sizes[i] for i in tape.outputs) <= MAX_TREE:
        outputs = nodes_to_sympy(tape, tape.outputs, lambda name: sp.Symbol(latex_name(name)))
        made = _nest(tape.layout, iter(outputs))
        return str(sp.latex(made, symbol_names=_as_written(tape), **printer))
    symbols = _as_written(tape)
    uses = np.bincount(tape.args, minlength=len(tape)).tolist()
    needed = tape.live(tape.outputs).tolist()
    results = set(tape.outputs)
    known: dict[int, Any] = {}
    size = [1] * len(tape)
    lines = []
    for i, code, args in tape.rows():
        if not needed[i]:
            continue
        if code == INPUT:
            known[i] = sp.Symbol(latex_name(tape.attrs[i]))
        elif code == CONST:
            known[i] = _number(tape.attrs[i])
        else:
            known[i] = apply(tape.op_of_code(code), [known[j] for j in args], tape.attrs.get(i))
            size[i] = 1 + sum(size[j] for j in args)
            if uses[i] > 1 or size[i] > 12 or i in results:
                lines.append(f"u_{{{i + 1}}} &= {sp.latex(known[i], symbol_names=symbols, **printer)}")
                known[i], size[i] = sp.Symbol(f"u_{{{i + 1}}}"), 1
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def _as_written(tape: Tape) -> dict[Any, str]:
    """SymPy would read meaning into names (`x_dot`): ours are printed as they are."""
    made = (latex_name(name) for name in tape.input_names())
    return {sp.Symbol(name): name for name in made}


def _tree_sizes(tape: Tape) -> list[int]:
    """Nodes of the tree below each node, cut off above the limit."""
    sizes = [1] * len(tape)
    for i, _, args in tape.rows():
        sizes[i] = min(MAX_TREE + 1, 1 + sum(sizes[j] for j in args))
    return sizes
