r"""How rows that are no function of their arguments are set in LaTeX: on whole tensors.

Each takes `w`, the notation of `edgewise.write.latex.forms`, then the forms of the arguments, the parameter, their
shapes and the result's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from edgewise.ops.dims import TensorShape
from edgewise.ops.tensors.parameters import along

__all__ = [
    "array", "counted", "identity", "inverse", "log_of_determinant", "norm", "number", "picked", "pieces", "placed",
    "pseudo_inverse", "radial", "ranges", "reshaped", "scattered", "solution", "taken",
]  # fmt: skip

MAX_ENTRIES: Final = 16
"""The largest array of numbers that is written out."""

Shapes = Sequence[TensorShape]


def identity(w: Any, args: Any, p: Any, shapes: Shapes, shape: TensorShape) -> Any:
    """I with its size."""
    return w.Form(f"I_{{{w.length(p).text}}}", w.SUBBED, None, True)


def counted(w: Any, args: Any, p: Any, shapes: Shapes, shape: TensorShape) -> Any:
    """The numbers from 0 on."""
    return w.Form(f"(0, \\dots, {w.length(p).text} - 1)^\\top", w.POWER)


def number(w: Any, args: Any, p: Any, shapes: Shapes, shape: TensorShape) -> Any:
    """A number made of dimensions."""
    return w.length(p)


def array(w: Any, args: Any, p: Any, shapes: Shapes, shape: TensorShape) -> Any:
    """The entries of a small array."""
    values = p.values
    if values.size > MAX_ENTRIES or values.ndim > 2 or not values.size:
        return w.Form("\\mathrm{array}")
    if values.ndim < 2:
        return w.Form(f"({', '.join(map(_entry, values.tolist()))})^\\top", w.POWER)
    rows = [" & ".join(map(_entry, row)) for row in values.tolist()]
    return _matrix(w, " \\\\ ".join(rows))


def _matrix(w: Any, inside: str) -> Any:
    return w.Form(f"\\begin{{bmatrix}} {inside} \\end{{bmatrix}}")


def _entry(value: Any) -> str:
    return str(value).replace("inf", "\\infty")


def reshaped(w: Any, args: Any, p: Any, shapes: Shapes, shape: TensorShape) -> Any:
    """The lengths as a subscript."""
    lengths = " \\times ".join(w.at_least(w.length(length), w.PRODUCT) for length in shape)
    return w.call(w.word("reshape", lengths), args[0])


def ranges(w: Any, args: Any, p: Any, shapes: Shapes, shape: TensorShape) -> Any:
    """Ranges and places as a subscript."""
    return w.subscripted(args[0], _key(w, p, len(shapes[0])))


def placed(w: Any, args: Any, p: Any, shapes: Shapes, shape: TensorShape) -> Any:
    """Zeros with an array at a subscript."""
    return w.call(f"{w.word('place')}_{{{_key(w, p[0], len(shape))}}}", *args)


def _key(w: Any, spec: Sequence[tuple[Any, ...]], rank: int) -> str:
    parts = ["\\dots"] if rank > len(spec) else []
    for entry in spec:
        if len(entry) == 1:
            parts.append(w.length(entry[0]).text)
            continue
        start, length, step = entry
        stop = start + length * step
        # A range down to the first entry has no number for its end.
        open_end = stop == -1 or getattr(stop, "is_negative", False)
        ends = ["" if start == 0 and step == 1 else start, "" if open_end else stop, *([] if step == 1 else [step])]
        parts.append(":".join(end if end == "" else w.length(end).text for end in ends))
    return f"[{', '.join(parts)}]"


def pieces(w: Any, args: Any, p: Any, shapes: Shapes, shape: TensorShape) -> Any:
    """Blocks of a matrix."""
    if len(shape) > 2:
        return w.call(w.word("concat", along(p, shape)), *args)
    between = " & " if len(shape) == 2 and p == -1 else " \\\\ "
    return _matrix(w, between.join(arg.text for arg in args))


def taken(w: Any, args: Any, p: Any, shapes: Shapes, shape: TensorShape) -> Any:
    """Places along an axis."""
    keys = [":"] * len(shapes[0])
    keys[p] = args[1].text
    return w.subscripted(args[0], f"[{', '.join(keys)}]")


def picked(w: Any, args: Any, p: Any, shapes: Shapes, shape: TensorShape) -> Any:
    """Places of the last axes."""
    keys = ["\\dots"] if len(shapes[0]) > p else []
    return w.subscripted(args[0], f"[{', '.join([*keys, *(arg.text for arg in args[1:])])}]")


def scattered(w: Any, args: Any, p: Any, shapes: Shapes, shape: TensorShape) -> Any:
    """The transpose of places."""
    return w.call(w.word("scatter", ", ".join(arg.text for arg in args[1:])), args[0])


def inverse(w: Any, args: Any, p: Any, shapes: Shapes, shape: TensorShape) -> Any:
    """The power -1."""
    return w.inverse(args[0])


def pseudo_inverse(w: Any, args: Any, p: Any, shapes: Shapes, shape: TensorShape) -> Any:
    """The power +."""
    return w.raised(args[0], "+")


def solution(w: Any, args: Any, p: Any, shapes: Shapes, shape: TensorShape) -> Any:
    """An inverse times what stands on the right."""
    return w.product([w.inverse(args[0]), args[1]])


def log_of_determinant(w: Any, args: Any, p: Any, shapes: Shapes, shape: TensorShape) -> Any:
    """log |det x|."""
    return w.Form(f"\\log\\lvert\\det {w.at_least(args[0], w.PRODUCT)}\\rvert", w.POWER)


def norm(w: Any, args: Any, p: Any, shapes: Shapes, shape: TensorShape) -> Any:
    """Bars."""
    under = along(p, shapes[0])
    text = f"\\lVert {args[0].text}\\rVert" + (f"_{{{under}}}" if under else "")
    return w.Form(text, w.SUBBED if under else w.ATOM)


def radial(w: Any, args: Any, p: Any, shapes: Shapes, shape: TensorShape) -> Any:
    """A length times a direction."""
    under = along(p, shapes[0])
    return w.call(w.word("radial", under), *args) if shapes[1] else w.product([args[1], w.call(
        w.word("unit", under), args[0])])  # fmt: skip
