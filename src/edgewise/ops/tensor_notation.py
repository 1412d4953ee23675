"""How a tensor operation on already written arguments is written: as NumPy code, or as text a person reads.

A contraction is written in the notation that says it shortest: `A @ B`, `A.T`, `np.sum(A, axis=0)`, `x[:, None]`, and
as an einsum where none of them does. The other libraries differ in the templates, not in what is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from edgewise.errors import LoweringError
from edgewise.ops.contraction import Contraction
from edgewise.ops.dims import TensorShape, simplest
from edgewise.ops.notation import ATOM, PRODUCT, UNARY, Piece, at_least
from edgewise.ops.op import Op

__all__ = ["JAX_STYLE", "NUMPY_STYLE", "TEXT_STYLE", "TORCH_STYLE", "Style", "outer_text", "tensor_text"]


@dataclass(frozen=True)
class Style:
    """Templates by what is to be said. In one, {0}, {1} are arguments and the rest are named."""

    name: str
    templates: Mapping[str, str]
    vector_first: bool = False
    """Whether a vector times a matrix is faster than the transposed matrix times it."""

    def text(self, what: str, /, *args: str, **facts: Any) -> Piece:
        """A template filled in."""
        template = self.templates.get(what)
        if template is None:
            raise LoweringError(f"{self.name} has no function for the operation {what!r}", hint='use target="numpy"')
        return template.format(*args, **facts), ATOM


_NUMPY: Final = {
    "T": "{0}.T", "permute": "np.transpose({0}, {axes})", "swap": "np.swapaxes({0}, {a}, {b})", "sum": "np.sum({0})",
    "sum_axis": "np.sum({0}, axis={axis})", "einsum": 'np.einsum("{spec}", {args})', "diag": "np.diag({0})",
    "diagonal": "np.diagonal({0}, axis1={a}, axis2={b})", "trace": "np.trace({0})",
    "broadcast": "np.broadcast_to({0}, {shape})", "full": "np.full({shape}, {0})", "zeros": "np.zeros({shape})",
    "ones": "np.ones({shape})", "outer": "np.outer({0}, {1})", "eye": "np.eye({n})", "arange": "np.arange({n})",
    "array": "np.array({values})", "inf": "np.inf", "reshape": "np.reshape({0}, {shape})", "index": "{0}[{key}]",
    "pad": "np.pad({0}, {widths})", "unindex": "_placed({0}, {shape}, np.s_[{key}])",
    "concatenate": "np.concatenate([{args}], axis={axis})", "take": "np.take({0}, {1}, axis={axis})",
    "untake": "_scattered_add({0}, {1}, {axis}, {n})", "cumsum": "np.cumsum({0}, axis={axis})",
    "cumsum_reverse": "np.flip(np.cumsum(np.flip({0}, {axis}), {axis}), {axis})",
    "cumprod": "np.cumprod({0}, axis={axis})", "sort": "np.sort({0}{axis})",
    "argsort": "np.argsort({0}{axis}, kind='stable')", "searchsorted": "np.searchsorted({0}, {1}{side})",
    "recurrence": "_recurrence({0}, {1}, {axis}, {reverse})", "running_argmax": "_running_argmax({0}, {axis})",
    "unpick": "_added_at({0}, ({places}), {shape})",
    "singular_values": "np.linalg.svd({0}, compute_uv=False)",
    "left_vectors": "np.linalg.svd({0}, full_matrices=False)[0]",
    "right_vectors": "np.swapaxes(np.linalg.svd({0}, full_matrices=False)[2], -1, -2)",
    "adjugate": "_adjugate({0})", "adjugate_change": "_adjugate_change({0}, {1})",
    "radial": "{1}*_unit({0}, {axes})",
    "tril": "np.tril({0}{k})",
    "triu": "np.triu({0}{k})", "windows": "_windows({0}, {sizes})", "overlap": "_overlap({0}, {sizes})",
    "inv": "np.linalg.inv({0})", "det": "np.linalg.det({0})", "logdet": "np.linalg.slogdet({0})[1]",
    "solve": "np.linalg.solve({0}, {1})", "solve_vectors": "np.linalg.solve({0}, {1}[..., None])[..., 0]",
    "solve_triangular": "linalg.solve_triangular({0}, {1}, lower={lower})",
    "solve_triangular_many": "_solve_triangular({0}, {1}, {lower}, {rank})",
    "cholesky": "np.linalg.cholesky({0})", "pinv": "np.linalg.pinv({0})", "eigvalsh": "np.linalg.eigvalsh({0})",
    "eigenvectors": "np.linalg.eigh({0})[1]", "softmax": "_softmax({0}, {axis})",
    "logsumexp": "_logsumexp({0}, {axis})", "amax": "np.max({0}{axes})", "amin": "np.min({0}{axes})",
    "prod": "np.prod({0}, axis={axis})", "others": "_others({0}, {axis})", "norm": "np.linalg.norm({0}{axes})",
    "norm_all": "np.linalg.norm({0})", "norm_ravel": "np.sqrt(np.sum({0}**2{axes}))", "unit": "_unit({0}, {axes})",
}  # fmt: skip

# One pass through memory and no third array, where np.sum(A*B) takes three passes and two.
NUMPY_STYLE: Final = Style("numpy", {**_NUMPY, "vdot": "np.vdot({0}, {1})"})

TEXT_STYLE: Final = Style(
    "text",
    {
        **{key: text.replace("np.linalg.", "").replace("np.", "") for key, text in _NUMPY.items()},
        "einsum": 'einsum("{spec}", {args})', "logdet": "logdet({0})", "eigenvectors": "eigenvectors({0})",
        "solve_triangular": "solve_triangular({0}, {1}, lower={lower})", "softmax": "softmax({0}, axis={axis})",
        "logsumexp": "logsumexp({0}, axis={axis})", "solve_vectors": "solve({0}, {1}[..., None])[..., 0]",
        "solve_triangular_many": "solve_triangular({0}, {1}, lower={lower})",
        "unindex": "placed({0}, {shape}, s_[{key}])",
        "untake": "scattered_add({0}, {1}, {n}, axis={axis})", "windows": "windows({0}, {sizes})",
        "overlap": "overlap({0}, {sizes})", "others": "others({0}, axis={axis})", "unit": "unit({0}{axes})",
        "norm_ravel": "norm({0}{axes})", "argsort": "argsort({0}{axis})",
        "running_argmax": "running_argmax({0}, axis={axis})",
        "recurrence": "recurrence({0}, {1}, axis={axis}, reverse={reverse})",
        "unpick": "added_at({0}, ({places}), {shape})", "singular_values": "singular_values({0})",
        "left_vectors": "left_vectors({0})", "right_vectors": "right_vectors({0})",
        "adjugate": "adjugate({0})", "adjugate_change": "adjugate_change({0}, {1})",
        "radial": "{1}*unit({0}{axes})", "cumsum_reverse": "cumsum({0}, axis={axis}, reverse=True)",
    },
)  # fmt: skip

JAX_STYLE: Final = Style(
    "jax",
    {key: text.replace("np.", "jnp.") for key, text in _NUMPY.items()}
    | {
        "softmax": "nn.softmax({0}, axis={axis})",
        "logsumexp": "nn.logsumexp({0}, axis={axis})",
        "argsort": "jnp.argsort({0}{axis}, stable=True)",
    },
    vector_first=True,
)

TORCH_STYLE: Final = Style(
    "torch",
    {key: text.replace("np.linalg.", "torch.linalg.").replace("np.", "torch.") for key, text in _NUMPY.items()}
    | {
        "permute": "torch.permute({0}, {axes})", "sum_axis": "torch.sum({0}, dim={axis})",
        "diagonal": "torch.diagonal({0}, dim1={a}, dim2={b})", "full": "torch.full({shape}, {0}, dtype=torch.float64)",
        "zeros": "torch.zeros({shape}, dtype=torch.float64)", "ones": "torch.ones({shape}, dtype=torch.float64)",
        "eye": "torch.eye({n}, dtype=torch.float64)",
        "array": "torch.tensor({values}, dtype=torch.float64)", "arange": "torch.arange({n}, dtype=torch.float64)",
        "pad": "_pad({0}, {widths})",
        "concatenate": "torch.concatenate([{args}], dim={axis})", "take": "_take({0}, {1}, {axis})",
        "unindex": "_placed({0}, {shape}, _KEYS[{key}])", "cumsum": "torch.cumsum({0}, dim={axis})",
        "cumsum_reverse": "torch.flip(torch.cumsum(torch.flip({0}, [{axis}]), {axis}), [{axis}])",
        "cumprod": "torch.cumprod({0}, dim={axis})", "sort": "_sort({0}, {place})",
        "argsort": "torch.argsort({0}, dim={place}, stable=True)",
        "searchsorted": "_searchsorted({0}, {1}, {right})", "pick": "_pick({0}, ({places}))",
        "singular_values": "torch.linalg.svdvals({0})",
        "left_vectors": "torch.linalg.svd({0}, full_matrices=False)[0]",
        "right_vectors": "torch.linalg.svd({0}, full_matrices=False)[2].mT",
        "inv": "torch.linalg.inv({0})", "cholesky": "torch.linalg.cholesky({0})", "amax": "torch.amax({0}{axes})",
        "amin": "torch.amin({0}{axes})", "prod": "torch.prod({0}, dim={axis})", "swap": "torch.swapaxes({0}, {a}, {b})",
        "logsumexp": "torch.logsumexp({0}, {axis})", "softmax": "torch.softmax({0}, {axis})",
        "solve_triangular": "_solve_triangular({0}, {1}, {lower}, {rank})",
        "norm": "torch.linalg.vector_norm({0}{axes})", "norm_all": "torch.linalg.vector_norm({0})",
        "norm_ravel": "torch.linalg.vector_norm({0}{axes})", "outer": "torch.outer({0}, {1})",
    },
)  # fmt: skip


def tensor_text(
    op: Op, args: Sequence[Piece], p: Any, shapes: Sequence[TensorShape], shape: TensorShape, style: Style
) -> Piece:
    """The text of a tensor operation whose arguments have `shapes` and whose result has `shape`."""
    if op.name == "contract":
        return _contraction(p, list(args), shapes, style)
    texts = [text for text, _ in args]
    atoms = [at_least(arg, ATOM) for arg in args]
    rank = len(shapes[0]) if shapes else 0
    match op.name:
        case "eye" | "arange":
            return style.text(op.name, n=p)
        case "size":
            return _dimension(p, style)
        case "array" if not p.values.size:
            return style.text("zeros", shape=_tuple(shape))
        case "array":
            return style.text("array", values=str(p.values.tolist()).replace("inf", style.templates["inf"]))
        case "reshape":
            return style.text("reshape", texts[0], shape=_tuple(shape))
        case "index" if style.name == "torch" and any(len(entry) > 1 and entry[2] < 0 for entry in p):
            return _flipped(atoms[0], p, shapes[0], style)
        case "index":
            return style.text("index", atoms[0], key=_key(p, shapes[0]))
        case "unindex":
            return _unindexed(texts[0], p, rank, shape, style)
        case "concatenate":
            return style.text("concatenate", args=", ".join(texts), axis=len(shape) + p)
        case "take":
            return style.text("take", *texts, axis=p)
        case "untake":
            return style.text("untake", *texts, axis=p[0], n=p[1])
        case "pick":
            places = texts[1:]
            if style.name == "torch":
                return style.text("pick", texts[0], places=", ".join(places) + ("," if p == 1 else ""))
            return style.text("index", atoms[0], key=", ".join((["..."] if rank > p else []) + places))
        case "unpick":
            return style.text(
                "unpick", texts[0], places=", ".join(texts[1:]) + ("," if len(p) == 1 else ""), shape=_tuple(p)
            )
        case "cumprod" | "sort" | "argsort":
            last = op.name != "cumprod" and p == -1
            return style.text(
                op.name, texts[0], axis=p if op.name == "cumprod" else "" if last else f", axis={p}", place=p
            )
        case "running_argmax":
            return style.text(op.name, texts[0], axis=p)
        case "searchsorted":
            side = "" if p == "left" else f', side="{p}"'
            return style.text("searchsorted", *texts, side=side, right=p == "right")
        case "recurrence":
            return style.text("recurrence", *texts, axis=p[0], reverse=p[1])
        case "radial":
            scale, axes = args[1], _unit_axes(style, p, len(shapes[0]))
            if scale[0] == "1":
                return style.text("unit", texts[0], axes=axes)
            keys = _opened(len(shapes[1]) + len(p), p) if shapes[1] else ""
            text, _ = style.text("radial", texts[0], at_least(scale, ATOM if keys else PRODUCT) + keys, axes=axes)
            return text, PRODUCT
        case "cumsum":
            return style.text("cumsum_reverse" if p[1] else "cumsum", texts[0], axis=p[0])
        case "tril" | "triu":
            return style.text(op.name, texts[0], k=f", {p}" if p else "")
        case "windows" | "overlap":
            return style.text(op.name, texts[0], sizes=_tuple(p))
        case "solve":
            single = p == 1 and len(shapes[1]) > 1
            return style.text("solve_vectors" if single else "solve", texts[0], atoms[1] if single else texts[1])
        case "solve_triangular":
            plain = len(shapes[0]) == 2 and len(shapes[1]) == p[1]
            key = "solve_triangular" if plain else "solve_triangular_many"
            return style.text(key, *texts, lower=p[0], rank=p[1])
        case "softmax" | "prod" | "others":
            return style.text(op.name, texts[0], axis=p)
        case "logsumexp":
            return style.text(op.name, texts[0], axis=p[0] if len(p) == 1 else p)
        case "amax" | "amin":
            return style.text(op.name, texts[0], axes="" if len(p) == rank else f", {_axis_word(style)}={_one(p)}")
        case "norm":
            if len(p) == rank and rank <= 2:
                return style.text("norm_all", texts[0])
            key = "norm" if len(p) == 1 else "norm_ravel"
            return style.text(key, texts[0] if key == "norm" else atoms[0], axes=f", {_axis_word(style)}={_one(p)}")
        case "unit":
            return style.text("unit", texts[0], axes=_unit_axes(style, p, rank))
    return style.text(op.name, *texts)


def _unit_axes(style: Any, axes: tuple[int, ...], rank: int) -> Any:
    """The axes of a direction: in texts those of all entries go without saying."""
    if style.name != "text":
        return axes
    return "" if len(axes) == rank else f", axis={_one(axes)}"


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


def _axis_word(style: Style) -> str:
    return "dim" if style.name == "torch" else "axis"


def _one(axes: Sequence[int]) -> str:
    return str(axes[0]) if len(axes) == 1 else _tuple(axes)


def _tuple(values: Sequence[Any]) -> str:
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
        if length == whole and step in (1, -1) and type(whole) is not int:
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


def _dimension(p: Any, style: Style) -> Piece:
    """An expression of dimensions; roots and logarithms of them are Python's."""
    strength = ATOM if getattr(p, "is_Atom", True) else PRODUCT if getattr(p, "is_Mul", False) else 0
    if style.name == "text" or not p.atoms or "(" not in str(p):
        return str(p), strength
    import sympy as sp

    return sp.pycode(p), strength


def _forward(spec: Sequence[tuple[Any, ...]]) -> tuple[list[tuple[Any, ...]], list[int]]:
    """The same ranges running forwards, and the axes along which that reverses the order."""
    ranges = [(simplest(e[0] + (e[1] - 1) * e[2]), e[1], -e[2]) if len(e) > 1 and e[2] < 0 else tuple(e) for e in spec]
    kept = [e for e in spec if len(e) > 1]
    return ranges, [k - len(kept) for k, e in enumerate(kept) if e[2] < 0]


def _unindexed(text: str, p: Any, rank: int, shape: TensorShape, style: Style) -> Piece:
    spec, inner = p
    if all(len(entry) > 1 and entry[2] == 1 for entry in spec):
        widths = [(0, 0)] * (rank - len(spec))
        widths += [(start, size - start - length) for (start, length, _), size in zip(spec, inner, strict=True)]
        return style.text("pad", text, widths=_tuple([_tuple(pair) for pair in widths]))
    if style.name == "torch":
        spec, axes = _forward(spec)
        text = f"torch.flip({text}, {axes})" if axes else text
    return style.text("unindex", text, shape=_tuple(shape), key=_key(spec, shape))


# --- contractions ----------------------------------------------------------------------------------------------------


def _contraction(p: Contraction, args: list[Piece], shapes: Sequence[TensorShape], style: Style) -> Piece:
    if len(args) == 1:
        return _single(p, args[0], shapes[0], style)
    if len(args) == 2 and str(p) in ("i,ij->ij", "i,ij->ji") and re.fullmatch(r"(\w+\.)?eye\([^()]*\)", args[1][0]):
        return style.text("diag", args[0][0])
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
        axis = _one(gone) if not every else ""
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
        return style.text("broadcast", arg[0], shape=_tuple([lengths[k] for k in p.output]))
    return arg


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
    if re.fullmatch(r"-?[\d.]+(e-?\d+)?", arg[0]):  # a number has no axes to put another beside
        return style.text("full", arg[0], shape=_tuple([1] * parts.count("None")))
    return f"{at_least(arg, ATOM)}[{', '.join(parts)}]", ATOM


def _permuted(arg: Piece, kept: Sequence[str], order: Sequence[str], style: Style) -> Piece:
    axes = [list(kept).index(letter) for letter in order]
    if len(axes) == 2:
        return style.text("T", at_least(arg, ATOM))
    moved = [k for k, axis in enumerate(axes) if axis != k]
    if len(moved) == 2:
        return style.text("swap", arg[0], a=moved[0], b=moved[1])
    return style.text("permute", arg[0], axes=_tuple(axes))


def _filled(arg: Piece, shape: TensorShape, style: Style) -> Piece:
    key = {"0": "zeros", "1": "ones"}.get(arg[0], "full")
    return style.text(key, arg[0], shape=_tuple(shape))


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
    """Matrix products with axes in front: `A @ B` where the axes stand as NumPy wants them."""
    if len(summed) != 1 or len(a) < 2 or len(b) < 2:
        return None
    (inner,) = summed
    for x, y, left, right in ((a, b, args[0], args[1]), (b, a, args[1], args[0])):
        if y[-2] != inner or x[-1] != inner:
            continue
        row, column, lead = x[-2], y[-1], x[:-2]
        fits = row not in y and column not in x and out == lead + row + column
        if fits and (y[:-2] == lead or not y[:-2]):
            return f"{at_least(left, PRODUCT)} @ {at_least(right, UNARY)}", PRODUCT
        if fits and not lead:
            return f"{at_least(left, PRODUCT)} @ {at_least(right, UNARY)}", PRODUCT
    return None
