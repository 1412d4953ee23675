"""How index notation is written: in the words that say a contraction shortest.

`A @ B`, `A.T`, `np.sum(A, axis=0)`, `x[:, None]`, and an einsum where none of them does. The other libraries differ in
the templates, not in what is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from edgewise.ops.contraction import Contraction
from edgewise.ops.dims import TensorShape
from edgewise.ops.notation import ATOM, PRODUCT, UNARY, Piece, at_least
from edgewise.ops.tensors.spelling import Style, one, tuple_text

__all__ = ["contraction", "on_diagonals"]


DIAGONAL: Final = ("i,ij->ij", "i,ij->ji")


def contraction(
    style: Style, args: Sequence[Piece], p: Contraction, shapes: Sequence[TensorShape], shape: TensorShape
) -> Piece:
    """A sum of products."""
    if len(args) == 1:
        return _single(p, args[0], shapes[0], style)
    if len(args) == 2 and str(p) in DIAGONAL and re.fullmatch(r"(\w+\.)?eye\([^()]*\)", args[1][0]):
        return style.text("diag", args[0][0])
    if str(p) == "i,j->ij":
        return style.text("outer", args[0][0], args[1][0])
    if len(args) == 2 and not p.sizes:
        found = _pair(p, args, style)
        if found is not None:
            return found
    if p.sizes:
        inner = "".join(k for k in p.output if k not in p.repeated)
        made = style.text("einsum", spec=f"{','.join(p.inputs)}->{inner}", args=", ".join(text for text, _ in args))
        kept = tuple(dict(p.lengths(shapes))[k] for k in inner)
        return _single(Contraction((inner,), p.output, p.sizes), made, kept, style)
    texts = [text for text, _ in args]
    (a, b), out = (p.inputs, p.output) if len(args) == 2 else (("", ""), "")
    squares = len(args) == 2 and args[0] == args[1] and a == b and p.summed and "".join(k for k in a if k in out) == out
    if squares and style.name == "text":
        return _single(Contraction((a,), out), (f"{at_least(args[0], ATOM)}**2", PRODUCT), shapes[0], style)
    if p.summed and style.name == "numpy" and set(a) & set(out) - set(b) and set(b) & set(out) - set(a):
        texts.append("optimize=True")  # as a matrix product, which is many times faster
    return style.text("einsum", spec=str(p), args=", ".join(texts))


def on_diagonals(
    style: Style, args: Sequence[Piece], p: Contraction, shapes: Sequence[TensorShape], identities: Sequence[bool]
) -> Piece | None:
    """A product with identity matrices as what is laid on diagonals; None where it is no such product."""
    placing = p.placing(identities)
    if placing is None:
        return None
    if len(p.output) == 2 and len(args) == 2 and len(p.inputs[0]) == 1 and identities[1]:
        return style.text("diag", args[0][0])
    parts = []
    for form, kind in ((placing.mask, True), (placing.rest, False)):
        own = [k for k, identity in enumerate(identities) if identity == kind]
        lengths = form.lengths([shapes[k] for k in own])
        shape = tuple(lengths[k] for k in form.output)
        made = args[own[0]]
        if str(form) != f"{form.output}->{form.output}":
            made = contraction(style, [args[k] for k in own], form, [shapes[k] for k in own], shape)
        first = min([p.output.index(k) for k in form.output], default=len(p.output))
        axes = p.output[first:]
        missing = tuple((k, 1) for k in axes if k not in form.output)
        parts.append(_single(Contraction((form.output,), axes, missing), made, shape, style) if missing else made)
    return style.text("where", f"{at_least(parts[0], PRODUCT)} > 0", parts[1][0])


def _single(p: Contraction, arg: Piece, shape: TensorShape, style: Style) -> Piece:
    """A contraction of one tensor: its diagonal, sums, another order of axes, repetition, in this order."""
    letters, lengths = p.inputs[0], p.lengths([shape])
    if len(set(letters)) < len(letters):
        if len(letters) == 2:
            if not p.output:
                return style.text("trace", arg[0])
            if p.output == letters[0]:
                return style.text("diag", arg[0])
        twice = [k for k in dict.fromkeys(letters) if letters.count(k) > 1]
        if len(letters) == 2 and twice[0] in p.output:
            arg, letters, shape = style.text("diag", arg[0]), letters[0], (shape[0],)
        elif len(twice) == 1 and letters.count(twice[0]) == 2:
            a, b = letters.index(twice[0]), letters.rindex(twice[0])
            arg = style.text("diagonal", arg[0], a=a, b=b)
            letters = letters.replace(twice[0], "") + twice[0]
            shape = tuple(lengths[k] for k in letters)
        else:
            inner = "".join(k for k in p.output if k in letters)
            arg = style.text("einsum", spec=f"{letters}->{inner}", args=arg[0])
            letters, shape = inner, tuple(lengths[k] for k in inner)
    gone = [k for k, letter in enumerate(letters) if letter not in p.output]
    summed = [k for k in gone if shape[k] != 1]
    if summed:
        # Sums first; an axis of length 1 that goes is summed along with them.
        every = len(gone) == len(letters)
        axis = one(gone) if not every else ""
        arg = style.text("sum" if every else "sum_axis", arg[0], axis=axis)
        letters = "".join(letter for k, letter in enumerate(letters) if k not in gone)
        gone = []
    kept = [letter for letter in letters if letter in p.output]
    order = [letter for letter in p.output if letter in kept]
    if kept != order:
        if gone:
            arg = _subscripted(arg, letters, kept, "", style)
            letters, gone = "".join(kept), []
        arg = _permuted(arg, kept, order, style)
        letters = "".join(order)
    sizes = dict(p.sizes)
    longer = [k for k in p.output if sizes.get(k, 1) != 1]
    if not letters and longer and not gone:
        return _filled(arg, tuple(sizes[k] for k in p.output), style)
    first = next((n for n, k in enumerate(p.output) if k in letters or (sizes.get(k) == 1 and not longer)), 0)
    shown = p.output if not longer else p.output[first:]
    if gone or any(k in sizes for k in shown):
        arg = _subscripted(arg, letters, [k for k in letters if k in p.output], shown, style)
    if longer:
        return style.text("broadcast", arg[0], shape=tuple_text([lengths[k] for k in p.output]))
    return arg


_NUMBER: Final = re.compile(r"(?:\d[\d.]*(?:e[-+]?\d+)?|(?:\w+\.)?(?:inf|pi|True|False)\b|[-+*/() ])+")
"""A constant as languages write it: 73.5, 1/2, -1e-7, math.inf."""


def _subscripted(arg: Piece, letters: str, kept: Sequence[str], output: str, style: Style) -> Piece:
    """Axes of length 1 taken out and put in: `x[:, None]`, `x[0]`."""
    parts: list[str] = []
    if not output:
        parts = [":" if letter in kept else "0" for letter in letters]
    else:
        pending = list(letters)
        for letter in output:
            while pending and pending[0] not in output:
                pending.pop(0)
                parts.append("0")
            if letter in letters:
                pending.pop(0)
                parts.append(":")
            else:
                parts.append("None")
        parts += ["0"] * len(pending)
    while len(parts) > 1 and parts[-1] == ":":
        parts.pop()
    if parts == [":"]:
        return arg
    if _NUMBER.fullmatch(arg[0]):  # which has no axes to put another beside
        return style.text("full", arg[0], shape=tuple_text([1] * parts.count("None")))
    return f"{at_least(arg, ATOM)}[{', '.join(parts)}]", ATOM


def _permuted(arg: Piece, kept: Sequence[str], order: Sequence[str], style: Style) -> Piece:
    axes = [list(kept).index(letter) for letter in order]
    if len(axes) == 2:
        return style.text("T", at_least(arg, ATOM))
    moved = [k for k, axis in enumerate(axes) if axis != k]
    if len(moved) == 2:
        return style.text("swap", arg[0], a=moved[0], b=moved[1])
    return style.text("permute", arg[0], axes=tuple_text(axes))


def _filled(arg: Piece, shape: TensorShape, style: Style) -> Piece:
    key = {"0": "zeros", "1": "ones"}.get(arg[0], "full")
    return style.text(key, arg[0], shape=tuple_text(shape))


def _pair(p: Contraction, args: Sequence[Piece], style: Style) -> Piece | None:
    """A product of two tensors as `@`, where it is one."""
    (a, b), out = p.inputs, p.output
    if len(set(a)) < len(a) or len(set(b)) < len(b):
        return None
    shared = [k for k in a if k in b]
    summed = [k for k in shared if k not in out]
    if p.summed != "".join(summed):
        return None
    if len(a) == len(b) and set(a) == set(b) and not out and len(a) > 1:
        right = args[1] if a == b else _permuted(args[1], list(b), list(a), style)
        if "vdot" in style.templates:
            return style.text("vdot", args[0][0], right[0])
        both = f"{at_least(args[0], PRODUCT)}*{at_least(right, UNARY)}"
        return style.text("sum", f"{at_least(args[0], ATOM)}**2" if a == b and args[0] == args[1] else both)
    if len(summed) != 1 or len(a) > 2 or len(b) > 2:
        return _batched(a, b, out, args, summed, style)
    (inner,) = summed
    if set(shared) != set(summed):  # a diagonal of a product
        return None
    x, y = args
    if len(a) == 2 and len(b) == 1 and a[0] == inner and style.vector_first:
        a, b, x, y = b, a, y, x
    if (
        len(a) == 1 and len(b) == 2 and not style.vector_first
    ):  # a vector times a matrix reads better as the matrix's transpose times it
        a, b, x, y = b, a, y, x
    if len(a) == 2 and len(b) == 2 and out[0] in b:
        a, b, x, y = b, a, y, x
    left = x if a[-1] == inner else _permuted(x, list(a), list(a[::-1]), style)
    right = y if b[0] == inner else _permuted(y, list(b), list(b[::-1]), style)
    return f"{at_least(left, PRODUCT)} @ {at_least(right, UNARY)}", PRODUCT


def _batched(a: str, b: str, out: str, args: Sequence[Piece], summed: Sequence[str], style: Style) -> Piece | None:
    """Matrix products with axes in front: `A @ B` where the axes stand as NumPy wants them.

    In NumPy, whose einsum plans anew at each call, also where axes are to be exchanged first, as long as what lies side
    by side in memory stays a row or a column: anything else it would multiply entry by entry.
    """
    if len(summed) != 1 or len(a) < 2 or len(b) < 2:
        return None
    (inner,), found = summed, list[tuple[int, Piece]]()
    for x, y, left, right in ((a, b, args[0], args[1]), (b, a, args[1], args[0])):
        lead = "".join(k for k in out if k in x and k in y) or x[:-2] or y[:-2]
        rows, columns = ("".join(k for k in one if k not in (*lead, inner)) for one in (x, y))
        stand = [
            ("".join(k for k in lead if k in one) + ends) for one, ends in ((x, rows + inner), (y, inner + columns))
        ]
        if len(rows) != 1 or len(columns) != 1 or any(part[:-2] not in ("", lead) for part in stand):
            continue
        asked = lead + rows + columns
        turns = sum(own != part for own, part in ((x, stand[0]), (y, stand[1]), (out, asked)))
        if turns and (style.name != "numpy" or x[-1] not in stand[0][-2:] or y[-1] not in stand[1][-2:]):
            continue
        left, right = (
            piece if own == part else _permuted(piece, list(own), list(part), style)
            for piece, own, part in ((left, x, stand[0]), (right, y, stand[1]))
        )
        made = f"{at_least(left, PRODUCT)} @ {at_least(right, UNARY)}", PRODUCT
        found.append((turns, made if out == asked else _permuted(made, list(asked), list(out), style)))
    return min(found)[1] if found else None
