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
    "    x = np.asarray(x)\n"
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
_RUNNING_ARGMAX = (
    "def _running_argmax(x, axis):\n"
    "    # Along an axis, the place of the largest entry up to each.\n"
    "    counted = np.arange(x.shape[axis]).reshape((-1,) + (1,)*(-axis - 1))\n"
    "    return np.maximum.accumulate(np.where(x == np.maximum.accumulate(x, axis=axis), counted, 0), axis=axis)"
)
_ADDED_AT = (
    "def _added_at(x, places, shape):\n"
    "    # Zeros with the entries of x added at places of the last axes.\n"
    "    x, places = np.asarray(x), np.broadcast_arrays(*places)\n"
    "    whole = np.zeros(x.shape[:x.ndim - places[0].ndim] + shape)\n"
    "    np.add.at(whole, (..., *places), x)\n"
    "    return whole"
)
_WITHOUT = (
    "def _without(s, count):\n"
    "    # The products of all entries but each one, or each two.\n"
    "    n = s.shape[-1]\n"
    "    kept = np.ones((n,)*(count + 1), dtype=bool)\n"
    "    for axis in range(count):\n"
    "        shape = [n if k in (axis, count) else 1 for k in range(count + 1)]\n"
    "        kept = kept & ~np.eye(n, dtype=bool).reshape(shape)\n"
    "    return np.prod(np.where(kept, s[(..., *(None,)*count, slice(None))], 1.0), axis=-1)\n\n\n"
)
_ADJUGATE = (
    "def _adjugate(x):\n"
    "    # Cofactors; det(x)*inv(x) where larger x are far from singular, and its limit elsewhere.\n"
    "    n = x.shape[-1]\n"
    "    if n < 2:\n"
    "        return np.ones_like(x)\n"
    "    if n == 2:\n"
    "        first = np.stack([x[..., 1, 1], -x[..., 1, 0]], -1)\n"
    "        return np.stack([first, np.stack([-x[..., 0, 1], x[..., 0, 0]], -1)], -1)\n"
    "    if n == 3:\n"
    "        a, b, c = x[..., 0, :], x[..., 1, :], x[..., 2, :]\n"
    "        return np.stack([np.cross(b, c), np.cross(c, a), np.cross(a, b)], -1)\n"
    "    u, s, vt = np.linalg.svd(x)\n"
    "    sign = np.linalg.det(u)*np.linalg.det(vt)\n"
    "    inner = np.swapaxes(vt, -1, -2)*_without(s, 1)[..., None, :]\n"
    "    limit = sign[..., None, None]*(inner @ np.swapaxes(u, -1, -2))\n"
    "    far = (s[..., -1] > 1e-3*s[..., 0])[..., None, None]\n"
    "    x = np.where(far, x, np.eye(n))\n"
    "    return np.where(far, np.linalg.det(x)[..., None, None]*np.linalg.inv(x), limit)"
)
_ADJUGATE_CHANGE = (
    "def _adjugate_change(x, d):\n"
    "    # The derivative of the adjugate along d.\n"
    "    n = x.shape[-1]\n"
    "    if n < 3:\n"
    "        return 0*x + (_adjugate(d) if n == 2 else 0*d)\n"
    "    if n == 3:\n"
    "        x, d = x + 0*d, d + 0*x\n"
    "        a, b, c = x[..., 0, :], x[..., 1, :], x[..., 2, :]\n"
    "        f, g, h = d[..., 0, :], d[..., 1, :], d[..., 2, :]\n"
    "        pairs = ((b, c, g, h), (c, a, h, f), (a, b, f, g))\n"
    "        return np.stack([np.cross(r, q) + np.cross(p, t) for p, q, r, t in pairs], -1)\n"
    "    u, s, vt = np.linalg.svd(x)\n"
    "    sign = (np.linalg.det(u)*np.linalg.det(vt))[..., None, None]\n"
    "    pairs = _without(s, 2)*(1 - np.eye(n))\n"
    "    e = np.swapaxes(u, -1, -2) @ d @ np.swapaxes(vt, -1, -2)\n"
    "    diagonal = (pairs @ np.diagonal(e, axis1=-2, axis2=-1)[..., None])[..., 0]\n"
    "    inner = diagonal[..., None]*np.eye(n) - pairs*e\n"
    "    return sign*(np.swapaxes(vt, -1, -2) @ inner @ np.swapaxes(u, -1, -2))"
)

Helper = tuple[tuple[str, ...], str]

_NUMPY: Final[dict[str, Helper]] = {
    "_softmax": ((), _SOFTMAX), "_logsumexp": ((), _LOGSUMEXP), "_unit": ((), _UNIT), "_others": ((), _OTHERS),
    "_placed": ((), _PLACED), "_scattered_add": ((), _SCATTERED_ADD), "_windows": ((), _WINDOWS),
    "_overlap": ((), _OVERLAP), "_solve_triangular": ((), _TRIANGULAR),
    "_recurrence": ((), _RECURRENCE), "_running_argmax": ((), _RUNNING_ARGMAX),
    "_added_at": ((), _ADDED_AT), "_without": ((), _WITHOUT.rstrip()),
    "_adjugate": ((), _ADJUGATE), "_adjugate_change": ((), _ADJUGATE_CHANGE),
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
    "_running_argmax": (
        ("from jax import lax",),
        "def _running_argmax(x, axis):\n"
        "    # Along an axis, the place of the largest entry up to each.\n"
        "    counted = jnp.arange(x.shape[axis]).reshape((-1,) + (1,)*(-axis - 1))\n"
        "    reached = jnp.where(x == lax.cummax(x, axis % x.ndim), counted, 0)\n"
        "    return lax.cummax(reached, axis % x.ndim)",
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
    "_without": ((), _jax(_WITHOUT).rstrip()), "_adjugate": ((), _jax(_ADJUGATE)),
    "_adjugate_change": ((), _jax(_ADJUGATE_CHANGE)),
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
        _WITHOUT.rstrip().replace("np.prod", "torch.prod").replace("np.where(kept, s[", "torch.where(kept, s[")
        .replace("dtype=bool", "dtype=torch.bool").replace("axis=-1", "dim=-1").replace("np.", "torch."),
    ),
    "_adjugate": (
        (),
        _torch(_ADJUGATE).replace("torch.eye(n)", "torch.eye(n, dtype=x.dtype)")
        .replace("torch.cross", "torch.linalg.cross"),
    ),
    "_adjugate_change": (
        (),
        _torch(_ADJUGATE_CHANGE).replace("axis1=-2, axis2=-1", "dim1=-2, dim2=-1")
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
