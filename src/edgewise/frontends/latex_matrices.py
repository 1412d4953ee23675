r"""One operation on tensors in matrix notation, its arguments being written: products, transposes, \odot, diagonals."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from edgewise.frontends.latex_indices import SUM
from edgewise.graph import Tape
from edgewise.ops import FIRST_TENSOR, Contraction, SymbolicConstant
from edgewise.ops.notation import ATOM, POWER, PRODUCT, UNARY, Piece, at_least
from edgewise.ops.tensor_notation import Style, tensor_text

__all__ = ["COMPARED", "beyond", "number_latex", "word", "written"]

SCALED: Final = PRODUCT - 1
"""A number times a tensor, or a sign before it: the left factor of a matrix product, but not the right one."""

_NONE: Final = "\0"
"""Stands in what matrix notation does not hold."""

_WORDS: Final = {
    name: rf"\operatorname{{{{{name}}}}}({{0}})"
    for name in ("pad", "windows", "overlap", "pinv", "tril", "triu", "reshape", "cumsum")
}
_STYLE: Final = Style(
    "latex",
    {
        **_WORDS, "T": "{0}^\\top", "permute": _NONE, "swap": _NONE,
        "sum": "\\mathbf{{1}}^\\top {0}", "sum_axis": _NONE, "einsum": _NONE, "diag": "\\operatorname{{diag}}({0})",
        "diagonal": _NONE, "trace": "\\operatorname{{tr}}({0})",
        "broadcast": _NONE, "full": "{0}\\,\\mathbf{{1}}", "zeros": "\\mathbf{{0}}", "ones": "\\mathbf{{1}}",
        "arange": "(0, \\dots, {n} - 1)^\\top", "outer": "{0} {1}^\\top", "eye": "I_{{{n}}}",
        "array": "\\mathrm{{array}}", "index": "{0}_{{[{key}]}}", "subscript": _NONE,
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
    " ", left=SCALED, right=PRODUCT,
)  # fmt: skip

_FUNCTIONS: Final = {
    "sigmoid": "\\sigma", "exp": "\\exp", "log": "\\log", "sin": "\\sin", "cos": "\\cos", "tan": "\\tan",
    "tanh": "\\tanh", "sinh": "\\sinh", "cosh": "\\cosh", "max": "\\max", "min": "\\min",
}  # fmt: skip
COMPARED: Final = {"lt": "<", "le": "\\le", "gt": ">", "ge": "\\ge", "eq": "=", "ne": "\\ne"}

_SUPERSCRIPTS: Final = (
    ("^\\top^{-1}", "^{-\\top}"), ("^{-1}^\\top", "^{-\\top}"), ("^{-\\top}^\\top", "^{-1}"), ("^\\top^\\top", ""),
)  # fmt: skip
"""A symbol has one superscript."""


def beyond(text: str) -> bool:
    """Whether matrix notation does not hold what was written."""
    return _NONE in text


def word(name: str) -> str:
    """The name of a function, upright."""
    return _FUNCTIONS.get(name) or f"\\operatorname{{{name.replace('_', chr(92) + '_')}}}"


def number_latex(value: Any) -> Piece:
    """A constant."""
    if isinstance(value, SymbolicConstant):
        return {"pi": "\\pi", "e": "e"}.get(value.name, value.name), ATOM
    if isinstance(value, Fraction):
        return f"\\tfrac{{{value.numerator}}}{{{value.denominator}}}", UNARY if value < 0 else ATOM
    text, _, exponent = repr(value).partition("e")
    if exponent:
        return f"{text} \\cdot 10^{{{int(exponent)}}}", PRODUCT
    return text, UNARY if text.startswith("-") else ATOM


def written(tape: Tape, node: int, code: int, args: Sequence[Piece]) -> Piece:
    """A node on its written arguments; `beyond` says whether matrix notation held it."""
    op, given = tape.op(node), tape.arguments(node)
    parameter: Any = tape.attrs.get(node)
    shapes, shape = [tape.shape(j) for j in given], tape.shape(node)
    if code >= FIRST_TENSOR:
        if op.name == "size":
            return _dimension(parameter), ATOM if getattr(parameter, "is_Atom", False) else SUM
        if op.name == "eye":
            return f"I_{{{_dimension(parameter)}}}", ATOM
        if isinstance(parameter, Contraction):
            found = _contracted(parameter, args, [tape.op(j).name for j in given], shapes)
            if found is not None:
                return found
        if op.name in ("solve", "solve_triangular"):
            given_args = [(at_least(args[0], ATOM), ATOM), (at_least(args[1], PRODUCT), ATOM)]
        else:
            tight = op.name in ("inv", "logdet", "amax", "amin", "prod", "index", "take")
            given_args = [(at_least(arg, ATOM), ATOM) for arg in args] if tight else list(args)
        text, strength = tensor_text(op, given_args, parameter, shapes, shape, _STYLE)
        loose = op.name in ("solve", "solve_triangular") or text.startswith(("\\mathbf", "\\textstyle"))
        for twice, once in _SUPERSCRIPTS:
            text = text.replace(twice, once)
        text = text.replace("->", "\\to ")
        return text, PRODUCT if loose else strength
    name = op.name
    if name in ("add", "sub"):
        left, right = (_spread(arg, s, shape) for arg, s in zip(args, shapes, strict=True))
        return f"{left[0]} {'+' if name == 'add' else '-'} {_behind(right, SCALED)}", SUM
    if name == "mul":
        return _product(args, shapes, shape)
    if name == "div":
        return _quotient(args, shapes, shape)
    if name == "neg":
        return f"-{_behind(args[0], SCALED)}", SCALED
    if name == "power":
        exponent = number_latex(parameter)[0]
        tight = args[0][1] == ATOM and "^" not in args[0][0]
        base = args[0][0] if tight else f"({args[0][0]})"
        return f"{base}^{{{chr(92) + 'circ ' if shape else ''}{exponent}}}", POWER
    if name == "sqrt":
        return f"\\sqrt{{{args[0][0]}}}", ATOM
    if name == "abs":
        return f"\\lvert {args[0][0]}\\rvert", ATOM
    if name in COMPARED:
        return f"[{args[0][0]} {COMPARED[name]} {args[1][0]}]", ATOM
    inside = ", ".join(arg[0] for arg in args)
    return f"{word(name)}({inside})", ATOM


def _behind(arg: Piece, strength: int) -> str:
    """An operand that stands behind another: one with a sign is in parentheses."""
    return f"({arg[0]})" if arg[0].startswith("-") else at_least(arg, strength)


def _contracted(p: Contraction, args: Sequence[Piece], ops: Sequence[str], shapes: Sequence[Any]) -> Piece | None:
    """A contraction that matrix notation holds and code writes in another way; None for any other."""
    ones = [letter for letter, length in p.sizes if length == 1]
    spread = [letter for letter, length in p.sizes if length != 1]
    if len(args) == 1:
        (arg,), (own,) = args, p.inputs
        if len(own) <= 1 and not p.summed and not spread:
            return arg  # a vector beside a matrix: what it is read as shows there
        if len(own) == 1 and len(p.output) == 2 and len(spread) == 1 and not p.summed and not ones:
            # A vector in every column, or in every row.
            if p.output[0] == own:
                return f"{at_least(arg, SCALED)} \\mathbf{{1}}^\\top", PRODUCT
            return f"\\mathbf{{1}} {_top(arg)}", PRODUCT
        if not own and len(spread) == 2:
            return f"{_behind(arg, PRODUCT)}\\,\\mathbf{{1}} \\mathbf{{1}}^\\top", SCALED
        kept = "".join(k for k in p.output if k not in ones)
        if len(own) == 2 and own[0] != own[1] and len(p.summed) == len(kept) == 1 and not spread:
            # The sums of the rows, or of the columns.
            return f"{at_least(arg, SCALED) if kept == own[0] else _top(arg)} \\mathbf{{1}}", PRODUCT
        return None
    if len(args) == 2 and not p.sizes:
        for k in (0, 1):
            this, other = p.inputs[k], p.inputs[1 - k]
            if not this and other == p.output:
                return _product([args[k], args[1 - k]], [(), shapes[1 - k]], shapes[1 - k])
            if len(this) != 1 or len(other) != 2 or sorted(other) != sorted(p.output) or other[0] == other[1]:
                continue
            if ops[1 - k] == "eye" and this in other:
                return _diagonal(args[k]), ATOM
            if other == p.output and this in other:
                rest, line = args[1 - k], _diagonal(args[k])
                if this == other[0]:
                    return f"{line}\\, {at_least(rest, PRODUCT)}", PRODUCT
                return f"{at_least(rest, SCALED)}\\, {line}", PRODUCT
        if p.inputs[0] == p.inputs[1] == p.output:
            return f"{_apart(args[0])} \\odot {_apart(args[1])}", SUM
        if len(p.output) == 2 and len(p.inputs[0]) == len(p.inputs[1]) == 1 and not p.summed:
            column, row = args if p.inputs[0] == p.output[0] else args[::-1]
            return f"{at_least(column, SCALED)} {_top(row)}", PRODUCT
    return None


def _dimension(value: Any) -> str:
    import sympy as sp

    return str(sp.latex(value))


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
        return f"{at_least(arg, SCALED)} \\mathbf{{1}}^\\top", PRODUCT
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
        if number[0] == "1":
            return rest
        both = number[0][-1:].isdigit() and rest[0][:1].isdigit()
        return (
            f"{at_least(number, SCALED)}{chr(92) + 'cdot ' if both else chr(92) + ','}{_behind(rest, SCALED)}",
            SCALED,
        )
    if {left, right} == {"column", "row"}:
        column, row = (a, b) if left == "column" else (b, a)
        return f"{at_least(column, SCALED)} {_top(row)}", PRODUCT
    if left == "column" or right == "column":
        column, rest = (a, b) if left == "column" else (b, a)
        return f"{_diagonal(column)}\\, {at_least(rest, PRODUCT)}", PRODUCT
    if left == "row" or right == "row":
        row, rest = (a, b) if left == "row" else (b, a)
        return f"{at_least(rest, SCALED)}\\, {_diagonal(row)}", PRODUCT
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
