"""Functions that emitted tensor source brings along where a library has none that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["HELPERS"]

_SOFTMAX = (
    "def _softmax(x, axis):\n"
    "    powers = np.exp(x - np.max(x, axis=axis, keepdims=True, initial=-np.inf))\n"
    "    return powers/np.sum(powers, axis=axis, keepdims=True)"
)
_LOGSUMEXP = (
    "def _logsumexp(x, axis):\n"
    "    top = np.max(x, axis=axis, keepdims=True, initial=-np.inf)\n"
    "    top = np.where(np.isfinite(top), top, 0.0)\n"
    "    return np.log(np.sum(np.exp(x - top), axis=axis)) + np.squeeze(top, axis)"
)
_UNIT = (
    "def _unit(x, axes):\n"
    "    # The direction of x; 0 where x is 0.\n"
    "    length = np.sqrt(np.sum(x**2, axis=axes, keepdims=True))\n"
    "    return np.where(length > 0, x/np.where(length > 0, length, 1.0), 0.0*x)"
)
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
    "    first = x.ndim + axis + 1 - np.ndim(places)\n"
    "    moved = np.moveaxis(x.reshape(x.shape[:first] + (-1,) + x.shape[first + np.ndim(places):]), first, 0)\n"
    "    whole = np.zeros((n, *moved.shape[1:]))\n"
    "    np.add.at(whole, np.ravel(places), moved)\n"
    "    return np.moveaxis(whole, 0, first)"
)
_WINDOWS = (
    "def _windows(x, sizes):\n"
    "    return np.lib.stride_tricks.sliding_window_view(x, sizes, tuple(range(-len(sizes), 0)))"
)
_OVERLAP = (
    "def _overlap(x, sizes):\n"
    "    # Windows added up where they overlap.\n"
    "    places = x.shape[-2*len(sizes):-len(sizes)]\n"
    "    whole = np.zeros(x.shape[:-2*len(sizes)] + tuple(n + k - 1 for n, k in zip(places, sizes)))\n"
    "    for offset in np.ndindex(*sizes):\n"
    "        whole[(..., *(slice(o, o + n) for o, n in zip(offset, places)))] += x[(..., *offset)]\n"
    "    return whole"
)
_TRIANGULAR = (
    "def _solve_triangular(a, b, lower, rank):\n"
    "    b = b[..., None] if rank == 1 else b\n"
    "    found = np.linalg.solve(np.tril(a) if lower else np.triu(a), b)\n"
    "    return found[..., 0] if rank == 1 else found"
)

Helper = tuple[tuple[str, ...], str]

_NUMPY: Final[dict[str, Helper]] = {
    "_softmax": ((), _SOFTMAX), "_logsumexp": ((), _LOGSUMEXP), "_unit": ((), _UNIT), "_others": ((), _OTHERS),
    "_placed": ((), _PLACED), "_scattered_add": ((), _SCATTERED_ADD), "_windows": ((), _WINDOWS),
    "_overlap": ((), _OVERLAP), "_solve_triangular": ((), _TRIANGULAR),
    "linalg": (("from scipy import linalg",), ""), "math": (("import math",), ""),
}  # fmt: skip


def _jax(text: str) -> str:
    return text.replace("np.", "jnp.")


_JAX: Final[dict[str, Helper]] = {
    "_unit": ((), _jax(_UNIT)), "_others": ((), _jax(_OTHERS)),
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
        _jax(_OVERLAP)
        .replace("for offset in jnp.ndindex", "for offset in np.ndindex")
        .replace("        whole[(..., *(slice(o, o + n) for o, n in zip(offset, places)))] += x[(..., *offset)]\n",
                 "        key = (..., *(slice(o, o + n) for o, n in zip(offset, places)))\n"
                 "        whole = whole.at[key].add(x[(..., *offset)])\n"),
    ),
    "_solve_triangular": ((), _jax(_TRIANGULAR)),
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
        "    places = torch.as_tensor(places).long()\n"
        "    first = x.ndim + axis + 1 - places.ndim\n"
        "    moved = torch.moveaxis(x.reshape(x.shape[:first] + (-1,) + x.shape[first + places.ndim:]), first, 0)\n"
        "    whole = torch.zeros((n, *moved.shape[1:]), dtype=torch.float64)\n"
        "    return torch.moveaxis(whole.index_add(0, places.ravel(), moved), 0, first)",
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
        _torch(_OVERLAP).replace("torch.ndindex", "np.ndindex").replace(
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
