r"""How the tensor operations that are no sums of products are written: one row for each, on whole tensors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from edgewise.ops import Op, TensorShape
from edgewise.write.latex.forms import (
    ATOM,
    POWER,
    PRODUCT,
    SUBBED,
    SUM,
    Form,
    at_least,
    call,
    inverse,
    product,
    raised,
    subscripted,
)

__all__ = ["length_form", "row_form"]

MAX_ENTRIES: Final = 16
"""The largest array of numbers that is written out."""

Shapes = Sequence[TensorShape]


def length_form(length: Any) -> Form:
    """A dimension, or a number made of dimensions."""
    if isinstance(length, int):
        return Form(str(length))
    import sympy as sp

    simple = length.is_Symbol or (length.is_Function and not length.is_Pow)
    return Form(sp.latex(length), ATOM if simple else PRODUCT if length.is_Mul else POWER if length.is_Pow else SUM)


def row_form(op: Op, args: Sequence[Form], p: Any, shapes: Shapes, shape: TensorShape) -> Form:
    """The operation on whole tensors."""
    row = _ROWS.get(op.name)
    return row(args, p, shapes, shape) if row is not None else call(_word(op.name), *args)


def _word(name: str, under: str = "") -> str:
    """An upright name, perhaps with a subscript."""
    shown = name.replace("_", "\\_")
    return f"\\operatorname{{{shown}}}" + (f"_{{{under}}}" if under else "")


def _along(axes: Any, shape: TensorShape) -> str:
    """The axes as a subscript: empty where there is only one, or where it is all of them."""
    given = sorted(axis % len(shape) for axis in (axes if isinstance(axes, tuple) else (axes,)))
    if len(given) == len(shape):
        return ""
    if len(shape) == 2:
        return "\\mathrm{rows}" if given == [1] else "\\mathrm{columns}"
    return "\\mathrm{axes}\\," + ",".join(str(axis + 1) for axis in given)


def _along_axes(name: str) -> Callable[..., Form]:
    word = name if name.startswith("\\") else _word(name)

    def form(args: Sequence[Form], p: Any, shapes: Shapes, shape: TensorShape) -> Form:
        under = _along(p, shapes[0])
        return call(word + (f"_{{{under}}}" if under else ""), *args)

    return form


def _called(name: str) -> Callable[..., Form]:
    return lambda args, p, shapes, shape: call(name, *args)


def _norm(args: Sequence[Form], p: Any, shapes: Shapes, shape: TensorShape) -> Form:
    under = _along(p, shapes[0])
    return Form(f"\\lVert {args[0].text}\\rVert" + (f"_{{{under}}}" if under else ""), SUBBED if under else ATOM)


def _matrix(inside: str) -> Form:
    return Form(f"\\begin{{bmatrix}} {inside} \\end{{bmatrix}}")


def _array(args: Sequence[Form], p: Any, shapes: Shapes, shape: TensorShape) -> Form:
    values = p.values
    if values.size > MAX_ENTRIES or values.ndim > 2 or not values.size:
        return Form("\\mathrm{array}")
    if values.ndim < 2:
        return Form(f"({', '.join(map(_entry, values.tolist()))})^\\top", POWER)
    rows = [" & ".join(map(_entry, row)) for row in values.tolist()]
    return _matrix(" \\\\ ".join(rows))


def _entry(value: Any) -> str:
    return str(value).replace("inf", "\\infty")


def _key(spec: Sequence[tuple[Any, ...]], rank: int) -> str:
    parts = ["\\dots"] if rank > len(spec) else []
    for entry in spec:
        if len(entry) == 1:
            parts.append(length_form(entry[0]).text)
            continue
        start, length, step = entry
        stop = start + length * step
        # A range down to the first entry has no number for its end.
        open_end = stop == -1 or getattr(stop, "is_negative", False)
        ends = ["" if start == 0 and step == 1 else start, "" if open_end else stop, *([] if step == 1 else [step])]
        parts.append(":".join(end if end == "" else length_form(end).text for end in ends))
    return f"[{', '.join(parts)}]"


def _concatenate(args: Sequence[Form], p: Any, shapes: Shapes, shape: TensorShape) -> Form:
    if len(shape) > 2:
        return call(_word("concat", _along(p, shape)), *args)
    between = " & " if len(shape) == 2 and p == -1 else " \\\\ "
    texts = [arg.text for arg in args]
    return _matrix(between.join(texts))


def _taken(args: Sequence[Form], p: Any, shapes: Shapes, shape: TensorShape) -> Form:
    keys = [":"] * len(shapes[0])
    keys[p] = args[1].text
    return subscripted(args[0], f"[{', '.join(keys)}]")


def _reshape(args: Sequence[Form], p: Any, shapes: Shapes, shape: TensorShape) -> Form:
    lengths = " \\times ".join(at_least(length_form(length), PRODUCT) for length in shape)
    return call(_word("reshape", lengths), args[0])


def _triangle(name: str) -> Callable[..., Form]:
    return lambda args, p, shapes, shape: call(_word(name, str(p) if p else ""), *args)


def _picked(args: Sequence[Form], p: Any, shapes: Shapes, shape: TensorShape) -> Form:
    keys = ["\\dots"] if len(shapes[0]) > p else []
    return subscripted(args[0], f"[{', '.join([*keys, *(arg.text for arg in args[1:])])}]")


def _radial(args: Sequence[Form], p: Any, shapes: Shapes, shape: TensorShape) -> Form:
    unit = _along_axes("unit")(args[:1], p, shapes, shape)
    return product([args[1], unit]) if not shapes[1] else call(_word("radial", _along(p, shapes[0])), *args)


def _solve(args: Sequence[Form], p: Any, shapes: Shapes, shape: TensorShape) -> Form:
    return product([inverse(args[0]), args[1]])


_ROWS: Final[dict[str, Callable[..., Form]]] = {
    "eye": lambda args, p, shapes, shape: Form(f"I_{{{length_form(p).text}}}", SUBBED, None, True),
    "arange": lambda args, p, shapes, shape: Form(f"(0, \\dots, {length_form(p).text} - 1)^\\top", POWER),
    "size": lambda args, p, shapes, shape: length_form(p),
    "array": _array,
    "reshape": _reshape,
    "index": lambda args, p, shapes, shape: subscripted(args[0], _key(p, len(shapes[0]))),
    "unindex": lambda args, p, shapes, shape: call(f"{_word('place')}_{{{_key(p[0], len(shape))}}}", *args),
    "concatenate": _concatenate,
    "take": _taken,
    "untake": lambda args, p, shapes, shape: call(_word("scatter", args[1].text), args[0]),
    "pick": _picked,
    "unpick": lambda args, p, shapes, shape: call(_word("scatter", ", ".join(arg.text for arg in args[1:])), args[0]),
    "sort": _along_axes("sort"),
    "argsort": _along_axes("argsort"),
    "running_argmax": _along_axes("running\\,argmax"),
    "searchsorted": lambda args, p, shapes, shape: call(_word("searchsorted", f"\\mathrm{{{p}}}"), *args),
    "cumprod": _along_axes("cumprod"),
    "recurrence": lambda args, p, shapes, shape: call(
        _word("recurrence", _along(p[0], shape)) + ("^{\\leftarrow}" if p[1] else ""), *args),
    "cumsum": lambda args, p, shapes, shape: call(
        _word("cumsum", _along(p[0], shape)) + ("^{\\leftarrow}" if p[1] else ""), *args),
    "tril": _triangle("tril"),
    "triu": _triangle("triu"),
    "windows": _called(_word("windows")),
    "overlap": _called(_word("overlap")),
    "inv": lambda args, p, shapes, shape: inverse(args[0]),
    "det": _called("\\det"),
    "adjugate": _called(_word("adj")),
    "adjugate_change": _called(f"\\mathrm{{D}}{_word('adj')}"),
    "singular_values": _called(_word("sv")),
    "left_vectors": _called("U_{\\mathrm{sv}}"),
    "right_vectors": _called("V_{\\mathrm{sv}}"),
    "logdet": lambda args, p, shapes, shape: Form(f"\\log\\lvert\\det {at_least(args[0], PRODUCT)}\\rvert", POWER),
    "solve": _solve,
    "solve_triangular": _solve,
    "cholesky": _called(_word("chol")),
    "pinv": lambda args, p, shapes, shape: raised(args[0], "+"),
    "eigvalsh": _called("\\lambda"),
    "eigenvectors": _called("V"),
    "softmax": _along_axes("softmax"),
    "logsumexp": _along_axes("logsumexp"),
    "amax": _along_axes("\\max"),
    "amin": _along_axes("\\min"),
    "prod": _along_axes("\\prod"),
    "others": _along_axes("others"),
    "norm": _norm,
    "unit": _along_axes("unit"),
    "radial": _radial,
}  # fmt: skip
"""By the name of the operation: (forms of the arguments, parameter, their shapes, the result's) → form."""
