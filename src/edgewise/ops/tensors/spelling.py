"""How one operation on tensors is written by a target or for people: what templates cannot say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from edgewise.errors import LoweringError
from edgewise.ops.dims import TensorShape, simplest
from edgewise.ops.notation import ATOM, PRODUCT, Piece, at_least

__all__ = [
    "Style", "added_at", "array", "behind_each_other", "dimension", "one", "outer_text", "picked", "placed", "radial",
    "ranges", "tuple_text",
]  # fmt: skip

Shapes = Sequence[TensorShape]


class Style(NamedTuple):
    """Templates by what is to be said: operations by name, with a variant behind it, and the words of index notation.

    In one, {0}, {1} are arguments, {atom0}, {atom1} the same in brackets where they need them, {args} all of them; the
    rest are named.
    """

    name: str
    templates: Mapping[str, str]
    axis: str = "axis"
    vector_first: bool = False
    """Whether a vector times a matrix is faster than the transposed matrix times it."""

    def text(self, what: str, /, *args: str, **facts: Any) -> Piece:
        """A template filled in."""
        template = self.templates.get(what)
        if template is None:
            raise LoweringError(f"{self.name} has no function for the operation {what!r}", hint='use target="numpy"')
        return template.format(*args, **facts), ATOM


# --- rows that no template writes: (style, arguments, parameter, their shapes, the result's) -------------------------


def array(style: Style, args: Sequence[Piece], p: Any, shapes: Shapes, shape: TensorShape) -> Piece:
    """An array of numbers."""
    if not p.values.size:
        return style.text("zeros", shape=tuple_text(shape))
    return style.text("array", values=str(p.values.tolist()).replace("inf", style.templates["inf"]))


def dimension(style: Style, args: Sequence[Piece], p: Any, shapes: Shapes, shape: TensorShape) -> Piece:
    """An expression of dimensions; roots and logarithms of them are Python's."""
    strength = ATOM if getattr(p, "is_Atom", True) else PRODUCT if getattr(p, "is_Mul", False) else 0
    if style.name == "text" or not p.atoms or "(" not in str(p):
        return str(p), strength
    import sympy as sp

    return sp.pycode(p), strength


def ranges(style: Style, args: Sequence[Piece], p: Any, shapes: Shapes, shape: TensorShape) -> Piece:
    """Ranges and single places: a subscript."""
    if style.name == "torch" and any(len(entry) > 1 and entry[2] < 0 for entry in p):
        return _flipped(at_least(args[0], ATOM), p, shapes[0], style)
    return style.text("index", at_least(args[0], ATOM), key=_key(p, shapes[0]))


def placed(style: Style, args: Sequence[Piece], p: Any, shapes: Shapes, shape: TensorShape) -> Piece:
    """Zeros with an array at ranges and places: padding where it is that."""
    return _unindexed(args[0][0], p, len(shapes[0]), shape, style)


def behind_each_other(style: Style, args: Sequence[Piece], p: Any, shapes: Shapes, shape: TensorShape) -> Piece:
    """Pieces along an axis, which is counted from the front."""
    return style.text("concatenate", args=", ".join(text for text, _ in args), axis=len(shape) + p)


def picked(style: Style, args: Sequence[Piece], p: Any, shapes: Shapes, shape: TensorShape) -> Piece:
    """Arrays of places as a subscript."""
    places = [text for text, _ in args[1:]]
    if "pick" in style.templates:
        return style.text("pick", args[0][0], places=", ".join(places) + ("," if p == 1 else ""))
    return style.text("index", at_least(args[0], ATOM), key=", ".join((["..."] if len(shapes[0]) > p else []) + places))


def added_at(style: Style, args: Sequence[Piece], p: Any, shapes: Shapes, shape: TensorShape) -> Piece:
    """Entries added at arrays of places."""
    places = ", ".join(text for text, _ in args[1:]) + ("," if len(p) == 1 else "")
    return style.text("unpick", args[0][0], places=places, shape=tuple_text(p))


def radial(style: Style, args: Sequence[Piece], p: Any, shapes: Shapes, shape: TensorShape) -> Piece:
    """Lengths times directions; those of length 1 alone."""
    scale, rank = args[1], len(shapes[0])
    axes = "" if len(p) == rank else f", {style.axis}={one(p)}"
    if scale[0] == "1":
        return style.text("unit", args[0][0], axes=axes, tuple=p)
    keys = _opened(len(shapes[1]) + len(p), p) if shapes[1] else ""
    factor = at_least(scale, ATOM if keys else PRODUCT) + keys
    return style.text("radial", args[0][0], factor, axes=axes, tuple=p)[0], PRODUCT


# --- parts -----------------------------------------------------------------------------------------------------------


def _opened(rank: int, axes: Sequence[int]) -> str:
    """Axes of length 1 put in, as a subscript."""
    places = {axis % rank for axis in axes}
    keys = ["None" if k in places else ":" for k in range(rank)]
    while keys[-1] == ":":
        keys.pop()
    return f"[{', '.join(keys)}]"


_SCALED: Final = re.compile(r"(?:-|\d[\d.e]*(?: [+-] |\*{1,2}|/))[\w.]+\[:, None\]$")
"""A vector as a column, negated or with a number beside it."""


def outer_text(args: Sequence[Piece], shapes: Sequence[TensorShape], style: Style) -> Piece | None:
    """An elementwise product of a column and a row as an outer product, None for any other."""
    for k in (0, 1):
        (column, strength), row = args[k], args[1 - k][0]
        vectors = len(shapes[k]) == 2 and shapes[k][1] == 1 and len(shapes[1 - k]) == 1
        # Of a[:, None] + b[:, None] the end is not that of the whole.
        whole = strength >= ATOM or _SCALED.match(column)
        if vectors and whole and column.endswith("[:, None]"):
            vector = column.removesuffix("[:, None]")
            if vector.startswith("(") and vector.endswith(")") and vector.count("(") == 1:
                vector = vector[1:-1]
            return style.text("outer", vector, row)
    return None


def one(axes: Sequence[int]) -> str:
    """One axis as a number, several as a tuple."""
    return str(axes[0]) if len(axes) == 1 else tuple_text(axes)


def tuple_text(values: Sequence[Any]) -> str:
    """A tuple of lengths or axes as a person writes it."""
    inner = ", ".join(map(_length, values))
    return f"({inner},)" if len(values) == 1 else f"({inner})"


def _length(value: Any) -> str:
    """A length, without the brackets around all of a quotient."""
    text = str(value)
    return re.sub(r"^\((\w+//\w+)\)$", r"\1", text)


def _key(spec: Sequence[tuple[Any, ...]], old: TensorShape) -> str:
    parts = []
    rank = len(old)
    for entry, whole in zip(spec, old[rank - len(spec) :], strict=True):
        if len(entry) == 1:
            behind = simplest(entry[0] - whole)  # of a named dimension the last entry is -1
            parts.append(_length(behind if type(whole) is not int and type(behind) is int else entry[0]))
            continue
        start, length, step = entry
        if length == whole and step in (1, -1):
            parts.append(":" if step == 1 else "::-1")
        elif step == 1:
            parts.append(f"{'' if start == 0 else _length(start)}:{_length(start + length)}")
        else:
            stop = start + length * step
            # A range down to the first entry has no number for its end.
            parts.append(f"{start}:{'' if stop == -1 or getattr(stop, 'is_negative', False) else stop}:{step}")
    return ", ".join((["..."] if rank > len(spec) else []) + parts)


def _flipped(text: str, spec: Sequence[tuple[Any, ...]], old: TensorShape, style: Style) -> Piece:
    """Ranges that run backwards, for a library that only knows those that run forwards."""
    forward, axes = _forward(spec)
    plain, _ = style.text("index", text, key=_key(forward, old))
    return f"torch.flip({plain}, {axes})", ATOM


def _forward(spec: Sequence[tuple[Any, ...]]) -> tuple[list[tuple[Any, ...]], list[int]]:
    """The same ranges running forwards, and the axes along which that reverses the order."""
    ranges = [(simplest(e[0] + (e[1] - 1) * e[2]), e[1], -e[2]) if len(e) > 1 and e[2] < 0 else tuple(e) for e in spec]
    kept = [e for e in spec if len(e) > 1]
    return ranges, [k - len(kept) for k, e in enumerate(kept) if e[2] < 0]


def _width(width: Any, style: Style) -> Any:
    """How far something is padded; of an axis of named length, which may be 0, never backwards."""
    names = getattr(width, "free_symbols", ())
    if style.name == "text" or not names or width.subs(dict.fromkeys(names, 0)) >= 0:
        return width
    return f"max({width}, 0)"


def _unindexed(text: str, p: Any, rank: int, shape: TensorShape, style: Style) -> Piece:
    spec, inner = p
    if all(len(entry) > 1 and entry[2] == 1 for entry in spec):
        widths = [(0, 0)] * (rank - len(spec))
        widths += [(start, size - start - length) for (start, length, _), size in zip(spec, inner, strict=True)]
        pairs = [tuple_text([_width(width, style) for width in pair]) for pair in widths]
        return style.text("pad", text, widths=tuple_text(pairs))
    if style.name == "torch":
        spec, axes = _forward(spec)
        text = f"torch.flip({text}, {axes})" if axes else text
    return style.text("unindex", text, shape=tuple_text(shape), key=_key(spec, shape))
