r"""Tensor graphs as LaTeX in matrix notation: vectors are columns, elementwise products \odot or diagonal matrices."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np

from edgewise.frontends.latex_names import latex_names, unused_letter
from edgewise.graph import Layout, Tape
from edgewise.ops import CONST, FIRST_TENSOR, INPUT, SymbolicConstant
from edgewise.ops.notation import ATOM, POWER, PRODUCT, UNARY, Piece, at_least
from edgewise.ops.tensor_notation import Style, tensor_text

__all__ = ["tensors_to_latex"]

SUM: Final = PRODUCT - 1

_WORDS: Final = {
    name: rf"\operatorname{{{{{name}}}}}({{0}})"
    for name in ("pad", "windows", "overlap", "pinv", "tril", "triu", "reshape", "cumsum")
}
_STYLE: Final = Style(
    "latex",
    {
        **_WORDS, "T": "{0}^\\top", "permute": "{0}^{{{axes}}}", "swap": "{0}^{{\\top_{{{a}{b}}}}}",
        "sum": "\\mathbf{{1}}^\\top {0}", "sum_axis": "\\textstyle\\sum_{{{axis}}} {0}",
        "einsum": "\\operatorname{{einsum}}_{{{spec}}}({args})", "diag": "\\operatorname{{diag}}({0})",
        "diagonal": "\\operatorname{{diag}}_{{{a}{b}}}({0})", "trace": "\\operatorname{{tr}}({0})",
        "broadcast": "{0}", "full": "{0}\\,\\mathbf{{1}}", "zeros": "\\mathbf{{0}}", "ones": "\\mathbf{{1}}",
        "arange": "(0, \\dots, {n} - 1)^\\top", "outer": "{0} {1}^\\top", "eye": "I_{{{n}}}",
        "array": "\\mathrm{{array}}",        "index": "{0}_{{[{key}]}}",
        "unindex": "\\operatorname{{place}}_{{[{key}]}}({0})", "take": "{0}_{{[{1}]}}",
        "concatenate": "\\begin{{bmatrix}} {args} \\end{{bmatrix}}_{{{axis}}}",
        "untake": "\\operatorname{{scatter}}_{{{1}}}({0})",
        "cumsum_reverse": "\\operatorname{{cumsum}}^{{\\leftarrow}}({0})",
        "inv": "{0}^{{-1}}", "det": "\\det({0})", "logdet": "\\log\\lvert\\det {0}\\rvert", "solve": "{0}^{{-1}} {1}",
        "solve_vectors": "{0}^{{-1}} {1}", "solve_triangular": "{0}^{{-1}} {1}",
        "solve_triangular_many": "{0}^{{-1}} {1}", "cholesky": "\\operatorname{{chol}}({0})",
        "eigvalsh": "\\lambda({0})", "eigenvectors": "V({0})", "softmax": "\\operatorname{{softmax}}({0})",
        "logsumexp": "\\operatorname{{logsumexp}}({0})", "amax": "\\max {0}", "amin": "\\min {0}",
        "prod": "\\textstyle\\prod {0}", "others": "\\operatorname{{others}}({0})",
        "norm": "\\lVert {0}\\rVert_{{\\mathrm{{rows}}}}", "norm_all": "\\lVert {0}\\rVert",
        "norm_ravel": "\\lVert {0}\\rVert", "unit": "\\operatorname{{unit}}({0})", "dot": "{0}^\\top {1}",
        "inner": "\\operatorname{{tr}}({0}^\\top {1})",
    },
    " ",
)  # fmt: skip

_FUNCTIONS: Final = {
    "sigmoid": "\\sigma", "exp": "\\exp", "log": "\\log", "sin": "\\sin", "cos": "\\cos", "tan": "\\tan",
    "tanh": "\\tanh", "sinh": "\\sinh", "cosh": "\\cosh", "max": "\\max", "min": "\\min",
}  # fmt: skip
_COMPARED: Final = {"lt": "<", "le": "\\le", "gt": ">", "ge": "\\ge", "eq": "=", "ne": "\\ne"}

_SUPERSCRIPTS: Final = (
    ("^\\top^{-1}", "^{-\\top}"), ("^{-1}^\\top", "^{-\\top}"), ("^{-\\top}^\\top", "^{-1}"), ("^\\top^\\top", ""),
)  # fmt: skip
"""A symbol has one superscript."""

MAX_LINE: Final = 160
"""A value that is read several times, or is longer, becomes a line of its own."""


def tensors_to_latex(tape: Tape) -> str:
    r"""The outputs as LaTeX; values that are read several times are lines of their own before them.

    >>> from edgewise import parse
    >>> tensors_to_latex(parse("norm(X @ w - y)**2", shapes="X: n,d; w: d; y: n").tape)
    '\\lVert X w - y\\rVert^{2}'
    """
    shown = latex_names(tape.input_names())
    letter = unused_letter(shown)
    live = tape.live(tape.outputs)
    uses = np.bincount(tape.args[live[tape.edge_consumers()]], minlength=len(tape)).tolist()
    pieces: dict[int, Piece] = {}
    lines: list[str] = []
    outputs = set(tape.outputs)
    for i, code, args in tape.rows():
        if not live[i]:
            continue
        if code == INPUT:
            pieces[i] = shown[tape.attrs[i]], ATOM
            continue
        if code == CONST:
            pieces[i] = _number(tape.attrs[i])
            continue
        piece = _written(tape, i, code, [pieces[j] for j in args])
        again = uses[i] > 1 and len(piece[0]) > 24
        if (again or len(piece[0]) > MAX_LINE) and not (i in outputs and uses[i] == 0):
            name = f"{letter}_{{{len(lines) + 1}}}"
            lines.append(f"{name} &= {piece[0]}")
            piece = name, ATOM
        pieces[i] = piece
    result = _nested(tape.layout, iter([pieces[i][0] for i in tape.outputs]))
    if not lines:
        return result
    return "\\begin{aligned}\n" + " \\\\\n".join([*lines, f"& {result}"]) + "\n\\end{aligned}"


def _number(value: Any) -> Piece:
    if isinstance(value, SymbolicConstant):
        return {"pi": "\\pi", "e": "e"}.get(value.name, value.name), ATOM
    if isinstance(value, Fraction):
        return f"\\tfrac{{{value.numerator}}}{{{value.denominator}}}", UNARY if value < 0 else ATOM
    text, _, exponent = repr(value).partition("e")
    if exponent:
        return f"{text} \\cdot 10^{{{int(exponent)}}}", PRODUCT
    return text, UNARY if text.startswith("-") else ATOM


def _written(tape: Tape, node: int, code: int, args: Sequence[Piece]) -> Piece:
    op, given = tape.op(node), tape.arguments(node)
    parameter: Any = tape.attrs.get(node)
    shapes, shape = [tape.shape(j) for j in given], tape.shape(node)
    if code >= FIRST_TENSOR:
        if op.name == "size":
            import sympy as sp

            return sp.latex(parameter), ATOM if getattr(parameter, "is_Atom", False) else SUM
        if op.name == "contract" and len(args) == 1 and not parameter.summed and len(parameter.inputs[0]) == 1:
            return args[0]  # a vector beside a matrix: what it is read as shows there
        given_args = [(at_least(arg, ATOM), ATOM) if op.name in ("inv", "solve") else arg for arg in args]
        text, strength = tensor_text(op, given_args, parameter, shapes, shape, _STYLE)
        loose = op.name in ("solve", "solve_triangular") or text.startswith(("\\mathbf", "\\textstyle"))
        for twice, once in _SUPERSCRIPTS:
            text = text.replace(twice, once)
        text = text.replace("->", "\\to ")
        return text, PRODUCT if loose else strength
    name = op.name
    if name in ("add", "sub"):
        left, right = (_spread(arg, s, shape) for arg, s in zip(args, shapes, strict=True))
        return f"{left[0]} {'+' if name == 'add' else '-'} {at_least(right, PRODUCT)}", SUM
    if name == "mul":
        return _product(args, shapes, shape)
    if name == "div":
        return _quotient(args, shapes, shape)
    if name == "neg":
        return f"-{at_least(args[0], PRODUCT)}", UNARY if args[0][1] > PRODUCT else SUM
    if name == "power":
        exponent = _number(parameter)[0]
        tight = args[0][1] == ATOM and "^" not in args[0][0]
        base = args[0][0] if tight else f"({args[0][0]})"
        return f"{base}^{{{chr(92) + 'circ ' if shape else ''}{exponent}}}", POWER
    if name == "sqrt":
        return f"\\sqrt{{{args[0][0]}}}", ATOM
    if name == "abs":
        return f"\\lvert {args[0][0]}\\rvert", ATOM
    if name in _COMPARED:
        return f"[{args[0][0]} {_COMPARED[name]} {args[1][0]}]", ATOM
    inside = ", ".join(arg[0] for arg in args)
    return f"{_FUNCTIONS.get(name, chr(92) + 'operatorname{' + name.replace('_', chr(92) + '_') + '}')}({inside})", ATOM


def _side(shape: Sequence[Any], whole: Sequence[Any]) -> str:
    """What an operand is in a matrix: all of it, a number, a column that is repeated, or a row."""
    if len(shape) == len(whole) and tuple(shape) == tuple(whole):
        return "whole"
    if all(length == 1 for length in shape):
        return "number"
    if len(whole) == 2:
        return "column" if len(shape) == 2 and shape[1] == 1 else "row"
    return "whole"


def _spread(arg: Piece, shape: Sequence[Any], whole: Sequence[Any]) -> Piece:
    side = _side(shape, whole)
    if side == "column":
        return f"{at_least(arg, PRODUCT)} \\mathbf{{1}}^\\top", PRODUCT
    if side == "row":
        return f"\\mathbf{{1}} {_top(arg)}", PRODUCT
    return arg


def _top(arg: Piece) -> str:
    return f"{at_least(arg, ATOM)}^\\top"


def _diagonal(arg: Piece) -> str:
    return f"\\operatorname{{diag}}({arg[0]})"


def _product(args: Sequence[Piece], shapes: Sequence[Any], whole: Sequence[Any]) -> Piece:
    sides = [_side(shape, whole) for shape in shapes]
    (a, b), (left, right) = args, sides
    if "number" in sides or not whole:
        number, rest = (a, b) if left == "number" or not whole else (b, a)
        both = number[0][-1:].isdigit() and rest[0][:1].isdigit()
        return (
            f"{at_least(number, PRODUCT)}{chr(92) + 'cdot ' if both else chr(92) + ','}{at_least(rest, UNARY)}",
            PRODUCT,
        )
    if {left, right} == {"column", "row"}:
        column, row = (a, b) if left == "column" else (b, a)
        return f"{at_least(column, PRODUCT)} {_top(row)}", PRODUCT
    if left == "column" or right == "column":
        column, rest = (a, b) if left == "column" else (b, a)
        return f"{_diagonal(column)}\\, {at_least(rest, PRODUCT)}", PRODUCT
    if left == "row" or right == "row":
        row, rest = (a, b) if left == "row" else (b, a)
        return f"{at_least(rest, PRODUCT)}\\, {_diagonal(row)}", PRODUCT
    # An elementwise product of sums or of matrix products is not one of their factors.
    return f"{_apart(a)} \\odot {_apart(b)}", SUM


def _apart(arg: Piece) -> str:
    return arg[0] if arg[1] > PRODUCT else f"({arg[0]})"


def _quotient(args: Sequence[Piece], shapes: Sequence[Any], whole: Sequence[Any]) -> Piece:
    (top, bottom), side = args, _side(shapes[1], whole)
    if side == "number" or not whole:
        return f"\\frac{{{top[0]}}}{{{bottom[0]}}}", PRODUCT
    if side == "column":
        return f"{_diagonal(bottom)}^{{-1}} {at_least(top, PRODUCT)}", PRODUCT
    if side == "row":
        return f"{at_least(top, PRODUCT)}\\, {_diagonal(bottom)}^{{-1}}", PRODUCT
    return f"{_apart(top)} \\oslash {_apart(bottom)}", SUM


def _nested(layout: Layout, texts: Any) -> str:
    if layout.kind in ("array", "tensor"):
        return str(next(texts))
    parts = [_nested(child, texts) for child in layout.children]
    if layout.kind == "dict":
        parts = [f"\\mathrm{{{key}}}: {part}" for key, part in zip(layout.keys, parts, strict=True)]
    return "\\left( " + ", \\quad ".join(parts) + " \\right)"
