"""Functions that emitted tensor source brings along where a library has none that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from edgewise.ops.tensor_sources import TENSOR_SOURCES as SOURCES

__all__ = ["HELPERS"]

_OTHERS = (
    "def _others(x, axis):\n"
    "    # The product of all entries of an axis but one's own.\n"
    "    x = np.moveaxis(x, axis, -1)\n"
    "    ones = np.ones_like(x[..., :1])\n"
    "    before = np.cumprod(np.concatenate([ones, x[..., :-1]], axis=-1), axis=-1)\n"
    "    behind = np.flip(np.cumprod(np.concatenate([ones, np.flip(x, -1)[..., :-1]], axis=-1), axis=-1), -1)\n"
    "    return np.moveaxis(before*behind, -1, axis)"
)
_PLACED = "def _placed(x, shape, key):\n    whole = np.zeros(shape)\n    whole[key] = x\n    return whole"
_SCATTERED_ADD = (
    "def _scattered_add(x, places, axis, n):\n"
    "    # Zeros with the entries of x added at the places of an axis, counted from the end.\n"
    "    x = np.asarray(x)\n"
    "    first = x.ndim + axis + 1 - np.ndim(places)\n"
    "    moved = np.moveaxis(x.reshape(x.shape[:first] + (-1,) + x.shape[first + np.ndim(places):]), first, 0)\n"
    "    whole = np.zeros((n, *moved.shape[1:]))\n"
    "    np.add.at(whole, np.ravel(places), moved)\n"
    "    return np.moveaxis(whole, 0, first)"
)
_TRIANGULAR = (
    "def _solve_triangular(a, b, lower, rank):\n"
    "    b = b[..., None] if rank == 1 else b\n"
    "    found = np.linalg.solve(np.tril(a) if lower else np.triu(a), b)\n"
    "    return found[..., 0] if rank == 1 else found"
)

_RECURRENCE = (
    "def _recurrence(a, b, axis, reverse):\n"
    "    # y[i] = a[i]*y[i-1] + b[i] along an axis, or from its end.\n"
    "    a, b = (np.moveaxis(v, axis, 0) for v in np.broadcast_arrays(a, b))\n"
    "    rows, last = [], 0.0\n"
    "    for i in reversed(range(len(b))) if reverse else range(len(b)):\n"
    "        last = a[i]*last + b[i] if rows else b[i]\n"
    "        rows.append(last)\n"
    "    return np.moveaxis(np.stack(rows[::-1] if reverse else rows), 0, axis) if rows else b"
)
_ADDED_AT = (
    "def _added_at(x, places, shape):\n"
    "    # Zeros with the entries of x added at places of the last axes.\n"
    "    x, places = np.asarray(x), np.broadcast_arrays(*places)\n"
    "    whole = np.zeros(x.shape[:x.ndim - places[0].ndim] + shape)\n"
    "    np.add.at(whole, (..., *places), x)\n"
    "    return whole"
)

Helper = tuple[tuple[str, ...], str]

_NUMPY: Final[dict[str, Helper]] = {
    **{name: ((), text) for name, text in SOURCES.items()},
    "_others": ((), _OTHERS), "_placed": ((), _PLACED), "_scattered_add": ((), _SCATTERED_ADD),
    "_solve_triangular": ((), _TRIANGULAR), "_recurrence": ((), _RECURRENCE), "_added_at": ((), _ADDED_AT),
    "linalg": (("from scipy import linalg",), ""), "math": (("import math",), ""),
}  # fmt: skip


def _jax(text: str) -> str:
    return text.replace("np.", "jnp.")


_JAX: Final[dict[str, Helper]] = {
    **{name: ((), _jax(SOURCES[name])) for name in ("_unit", "_without", "_adjugate", "_adjugate_change")},
    "_others": ((), _jax(_OTHERS)),
    "_placed": ((), "def _placed(x, shape, key):\n    return jnp.zeros(shape).at[key].set(x)"),
    "_scattered_add": (
        (),
        _jax(_SCATTERED_ADD)
        .replace("    whole = jnp.zeros((n, *moved.shape[1:]))\n    jnp.add.at(whole, jnp.ravel(places), moved)\n",
                 "    whole = jnp.zeros((n, *moved.shape[1:])).at[jnp.ravel(places)].add(moved)\n"),
    ),
    "_windows": (
        (),
        "def _windows(x, sizes):\n"
        "    for size in sizes:\n"
        "        axis = x.ndim - len(sizes)\n"
        "        places = jnp.arange(x.shape[axis] - size + 1)[:, None] + jnp.arange(size)\n"
        "        x = jnp.moveaxis(jnp.take(x, places, axis=axis), axis + 1, -1)\n"
        "    return x",
    ),
    "_overlap": (
        ("import numpy as np",),
        _jax(SOURCES["_overlap"])
        .replace("for offset in jnp.ndindex", "for offset in np.ndindex")
        .replace("        whole[(..., *(slice(o, o + n) for o, n in zip(offset, places)))] += x[(..., *offset)]\n",
                 "        key = (..., *(slice(o, o + n) for o, n in zip(offset, places)))\n"
                 "        whole = whole.at[key].add(x[(..., *offset)])\n"),
    ),
    "_solve_triangular": ((), _jax(_TRIANGULAR)),
    "_running_argmax": (
        ("from jax import lax",),
        "def _running_argmax(x, axis):\n"
        "    # Along an axis, the place of the largest entry up to each; NaN is largest.\n"
        "    counted = jnp.arange(x.shape[axis]).reshape((-1,) + (1,)*(-axis - 1))\n"
        "    reached = (x == lax.cummax(x, axis % x.ndim)) | (x != x)\n"
        "    return lax.cummax(jnp.where(reached, counted, 0), axis % x.ndim)",
    ),
    "_recurrence": (
        ("from jax import lax",),
        "def _recurrence(a, b, axis, reverse):\n"
        "    # y[i] = a[i]*y[i-1] + b[i] along an axis, or from its end.\n"
        "    a, b = (jnp.moveaxis(v, axis, 0) for v in jnp.broadcast_arrays(a, b))\n"
        "\n"
        "    def one_after_another(first, second):\n"
        "        return first[0]*second[0], second[0]*first[1] + second[1]\n"
        "\n"
        "    return jnp.moveaxis(lax.associative_scan(one_after_another, (a, b), reverse=reverse)[1], 0, axis)",
    ),
    "_added_at": (
        (),
        _jax(_ADDED_AT)
        .replace("    whole = jnp.zeros(x.shape[:x.ndim - places[0].ndim] + shape)\n"
                 "    jnp.add.at(whole, (..., *places), x)\n    return whole",
                 "    return jnp.zeros(x.shape[:x.ndim - places[0].ndim] + shape).at[(..., *places)].add(x)"),
    ),
    "linalg": (("from jax.scipy import linalg",), ""),
    "math": (("import math",), ""),
    "nn": (("from jax import nn",), ""),
}  # fmt: skip


def _torch(text: str) -> str:
    return text.replace("np.", "torch.")


_TORCH: Final[dict[str, Helper]] = {
    "_unit": (
        (),
        "def _unit(x, axes):\n"
        "    # The direction of x; 0 where x is 0.\n"
        "    length = torch.sqrt(torch.sum(x**2, dim=axes, keepdim=True))\n"
        "    return torch.where(length > 0, x/torch.where(length > 0, length, 1.0), 0.0*x)",
    ),
    "_others": (
        (),
        "def _others(x, axis):\n"
        "    # The product of all entries of an axis but one's own.\n"
        "    x = torch.moveaxis(x, axis, -1)\n"
        "    ones = torch.ones_like(x[..., :1])\n"
        "    before = torch.cumprod(torch.cat([ones, x[..., :-1]], dim=-1), dim=-1)\n"
        "    behind = torch.cumprod(torch.cat([ones, torch.flip(x, [-1])[..., :-1]], dim=-1), dim=-1)\n"
        "    behind = torch.flip(behind, [-1])\n"
        "    return torch.moveaxis(before*behind, -1, axis)",
    ),
    "_placed": (
        (),
        "class _Keys:\n    def __getitem__(self, key):\n        return key\n\n\n_KEYS = _Keys()\n\n\n"
        "def _placed(x, shape, key):\n"
        "    whole = torch.zeros(shape, dtype=torch.float64)\n    whole[key] = x\n    return whole",
    ),
    "_scattered_add": (
        (),
        "def _scattered_add(x, places, axis, n):\n"
        "    x, places = torch.as_tensor(x, dtype=torch.float64), torch.as_tensor(places).long()\n"
        "    first = x.ndim + axis + 1 - places.ndim\n"
        "    moved = torch.moveaxis(x.reshape(x.shape[:first] + (-1,) + x.shape[first + places.ndim:]), first, 0)\n"
        "    whole = torch.zeros((n, *moved.shape[1:]), dtype=torch.float64)\n"
        "    return torch.moveaxis(whole.index_add(0, places.ravel(), moved), 0, first)",
    ),
    "_running_argmax": ((), "def _running_argmax(x, axis):\n    return torch.cummax(x, dim=axis)[1]"),
    "_recurrence": (
        (),
        _RECURRENCE.replace("np.broadcast_arrays", "torch.broadcast_tensors").replace("np.", "torch."),
    ),
    "_added_at": (
        (),
        "def _added_at(x, places, shape):\n"
        "    # Zeros with the entries of x added at places of the last axes.\n"
        "    x = torch.as_tensor(x, dtype=torch.float64)\n"
        "    places = torch.broadcast_tensors(*(torch.as_tensor(where).long() for where in places))\n"
        "    lead, flat = x.shape[:x.ndim - places[0].ndim], 0\n"
        "    for where, length in zip(places, shape):\n"
        "        flat = flat*length + where\n"
        "    whole = torch.zeros((*lead, math.prod(shape)), dtype=torch.float64)\n"
        "    return whole.index_add(-1, flat.ravel(), x.reshape(*lead, -1)).reshape(*lead, *shape)",
    ),
    "_pick": (
        (),
        "def _pick(x, places):\n"
        "    return x[(..., *(torch.as_tensor(where).long() for where in places))]",
    ),
    "_sort": ((), "def _sort(x, axis):\n    return torch.sort(x, dim=axis)[0]"),
    "_searchsorted": (
        (),
        "def _searchsorted(a, v, right):\n"
        "    return torch.searchsorted(a.contiguous(), torch.as_tensor(v, dtype=a.dtype).contiguous(), right=right)",
    ),
    "_without": (
        (),
        SOURCES["_without"].replace("np.prod", "torch.prod").replace("np.where(kept, s[", "torch.where(kept, s[")
        .replace("dtype=bool", "dtype=torch.bool").replace("axis=-1", "dim=-1").replace("np.", "torch."),
    ),
    "_adjugate": (
        (),
        _torch(SOURCES["_adjugate"]).replace("torch.eye(n)", "torch.eye(n, dtype=x.dtype)")
        .replace("torch.cross", "torch.linalg.cross"),
    ),
    "_adjugate_change": (
        (),
        _torch(SOURCES["_adjugate_change"]).replace("axis1=-2, axis2=-1", "dim1=-2, dim2=-1")
        .replace("torch.eye(n)", "torch.eye(n, dtype=x.dtype)").replace("torch.cross", "torch.linalg.cross"),
    ),
    "_take": (
        (),
        "def _take(x, places, axis):\n"
        "    places = torch.as_tensor(places).long()\n"
        "    found = torch.index_select(x, axis, places.ravel())\n"
        "    axis += x.ndim\n"
        "    return found.reshape(x.shape[:axis] + places.shape + x.shape[axis + 1:])",
    ),
    "_windows": (
        (),
        "def _windows(x, sizes):\n"
        "    for size in sizes:\n"
        "        x = x.unfold(x.ndim - len(sizes), size, 1)\n"
        "    return x",
    ),
    "_overlap": (
        ("import numpy as np",),
        _torch(SOURCES["_overlap"]).replace("torch.ndindex", "np.ndindex").replace(
            "for n, k in zip(places, sizes)))", "for n, k in zip(places, sizes)), dtype=torch.float64)"
        ),
    ),
    "_solve_triangular": (
        (),
        "def _solve_triangular(a, b, lower, rank):\n"
        "    b = b[..., None] if rank == 1 else b\n"
        "    found = torch.linalg.solve_triangular(a, b, upper=not lower)\n"
        "    return found[..., 0] if rank == 1 else found",
    ),
    "math": (("import math",), ""),
    "_pad": (
        (),
        "def _pad(x, widths):\n"
        "    return torch.nn.functional.pad(x, [n for pair in reversed(widths) for n in pair])",
    ),
}  # fmt: skip

HELPERS: Final[Mapping[str, Mapping[str, Helper]]] = {"numpy": _NUMPY, "jax": _JAX, "torch": _TORCH}
"""For each target, name → (lines to import, text)."""
