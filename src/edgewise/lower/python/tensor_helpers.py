"""Functions that emitted tensor source brings along where a library has none that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from edgewise.ops.tensor_sources import TENSOR_SOURCES as SOURCES

__all__ = ["HELPERS"]

_NUMPY: Final[dict[str, str]] = {
    **SOURCES,
    "_others": """def _others(x, axis):
    # The product of all entries of an axis but one's own.
    x = np.moveaxis(x, axis, -1)
    ones = np.ones_like(x[..., :1])
    before = np.cumprod(np.concatenate([ones, x[..., :-1]], axis=-1), axis=-1)
    behind = np.flip(np.cumprod(np.concatenate([ones, np.flip(x, -1)[..., :-1]], axis=-1), axis=-1), -1)
    return np.moveaxis(before*behind, -1, axis)""",
    "_placed": """def _placed(x, shape, key):
    whole = np.zeros(shape)
    whole[key] = x
    return whole""",
    "_scattered_add": """def _scattered_add(x, places, axis, n):
    # Zeros with the entries of x added at the places of an axis, counted from the end.
    x = np.asarray(x)
    first = x.ndim + axis + 1 - np.ndim(places)
    moved = np.moveaxis(x.reshape(x.shape[:first] + (-1,) + x.shape[first + np.ndim(places):]), first, 0)
    whole = np.zeros((n, *moved.shape[1:]))
    np.add.at(whole, np.ravel(places), moved)
    return np.moveaxis(whole, 0, first)""",
    "_solve_triangular": """def _solve_triangular(a, b, lower, rank):
    b = b[..., None] if rank == 1 else b
    found = np.linalg.solve(np.tril(a) if lower else np.triu(a), b)
    return found[..., 0] if rank == 1 else found""",
    "_recurrence": """def _recurrence(a, b, axis, reverse):
    # y[i] = a[i]*y[i-1] + b[i] along an axis, or from its end.
    a, b = (np.moveaxis(v, axis, 0) for v in np.broadcast_arrays(a, b))
    rows, last = [], 0.0
    for i in reversed(range(len(b))) if reverse else range(len(b)):
        last = a[i]*last + b[i] if rows else b[i]
        rows.append(last)
    return np.moveaxis(np.stack(rows[::-1] if reverse else rows) if rows else b, 0, axis)""",
    "_added_at": """def _added_at(x, places, shape):
    # Zeros with the entries of x added at places of the last axes.
    x, places = np.asarray(x), np.broadcast_arrays(*places)
    whole = np.zeros(x.shape[:x.ndim - places[0].ndim] + shape)
    np.add.at(whole, (..., *places), x)
    return whole""",
    "linalg": "from scipy import linalg",
    "math": "import math",
}


def _jax(text: str) -> str:
    return text.replace("np.", "jnp.")


_JAX: Final[dict[str, str]] = {
    **{name: _jax(SOURCES[name]) for name in ("_unit", "_without", "_adjugate", "_adjugate_change")},
    "_others": _jax(_NUMPY["_others"]),
    "_placed": """def _placed(x, shape, key):
    return jnp.zeros(shape).at[key].set(x)""",
    "_scattered_add": _jax(_NUMPY["_scattered_add"]).replace(
        "    whole = jnp.zeros((n, *moved.shape[1:]))\n    jnp.add.at(whole, jnp.ravel(places), moved)\n",
        "    whole = jnp.zeros((n, *moved.shape[1:])).at[jnp.ravel(places)].add(moved)\n",
    ),
    "_windows": """def _windows(x, sizes):
    for size in sizes:
        axis = x.ndim - len(sizes)
        places = jnp.arange(x.shape[axis] - size + 1)[:, None] + jnp.arange(size)
        x = jnp.moveaxis(jnp.take(x, places, axis=axis), axis + 1, -1)
    return x""",
    "_overlap": _jax(SOURCES["_overlap"])
    .replace("for offset in jnp.ndindex", "for offset in np.ndindex")
    .replace(
        "        whole[(..., *(slice(o, o + n) for o, n in zip(offset, places)))] += x[(..., *offset)]\n",
        "        key = (..., *(slice(o, o + n) for o, n in zip(offset, places)))\n"
        "        whole = whole.at[key].add(x[(..., *offset)])\n",
    ),
    "_solve_triangular": _jax(_NUMPY["_solve_triangular"]),
    "_running_argmax": """def _running_argmax(x, axis):
    # Along an axis, the place of the largest entry up to each; NaN is largest.
    counted = jnp.arange(x.shape[axis]).reshape((-1,) + (1,)*(-axis - 1))
    reached = (x == lax.cummax(x, axis % x.ndim)) | (x != x)
    return lax.cummax(jnp.where(reached, counted, 0), axis % x.ndim)""",
    "_recurrence": """def _recurrence(a, b, axis, reverse):
    # y[i] = a[i]*y[i-1] + b[i] along an axis, or from its end.
    a, b = (jnp.moveaxis(v, axis, 0) for v in jnp.broadcast_arrays(a, b))

    def one_after_another(first, second):
        return first[0]*second[0], second[0]*first[1] + second[1]

    return jnp.moveaxis(lax.associative_scan(one_after_another, (a, b), reverse=reverse)[1], 0, axis)""",
    "_added_at": _jax(_NUMPY["_added_at"]).replace(
        "    whole = jnp.zeros(x.shape[:x.ndim - places[0].ndim] + shape)\n"
        "    jnp.add.at(whole, (..., *places), x)\n    return whole",
        "    return jnp.zeros(x.shape[:x.ndim - places[0].ndim] + shape).at[(..., *places)].add(x)",
    ),
    "lax": "from jax import lax",
    "linalg": "from jax.scipy import linalg",
    "math": "import math",
    "nn": "from jax import nn",
    "np": "import numpy as np",
}


def _torch(text: str) -> str:
    return text.replace("np.", "torch.")


_TORCH: Final[dict[str, str]] = {
    "_unit": """def _unit(x, axes):
    # The direction of x; 0 where x is 0.
    length = torch.sqrt(torch.sum(x**2, dim=axes, keepdim=True))
    return torch.where(length > 0, x/torch.where(length > 0, length, 1.0), 0.0*x)""",
    "_others": """def _others(x, axis):
    # The product of all entries of an axis but one's own.
    x = torch.moveaxis(x, axis, -1)
    ones = torch.ones_like(x[..., :1])
    before = torch.cumprod(torch.cat([ones, x[..., :-1]], dim=-1), dim=-1)
    behind = torch.cumprod(torch.cat([ones, torch.flip(x, [-1])[..., :-1]], dim=-1), dim=-1)
    behind = torch.flip(behind, [-1])
    return torch.moveaxis(before*behind, -1, axis)""",
    "_placed": """class _Keys:
    def __getitem__(self, key):
        return key


_KEYS = _Keys()


def _placed(x, shape, key):
    whole = torch.zeros(shape, dtype=torch.float64)
    whole[key] = x
    return whole""",
    "_scattered_add": """def _scattered_add(x, places, axis, n):
    x, places = torch.as_tensor(x, dtype=torch.float64), torch.as_tensor(places).long()
    first = x.ndim + axis + 1 - places.ndim
    moved = torch.moveaxis(x.reshape(x.shape[:first] + (-1,) + x.shape[first + places.ndim:]), first, 0)
    whole = torch.zeros((n, *moved.shape[1:]), dtype=torch.float64)
    return torch.moveaxis(whole.index_add(0, places.ravel(), moved), 0, first)""",
    "_running_argmax": """def _running_argmax(x, axis):
    return torch.cummax(x, dim=axis)[1]""",
    "_recurrence": _NUMPY["_recurrence"]
    .replace("np.broadcast_arrays", "torch.broadcast_tensors")
    .replace("np.", "torch."),
    "_added_at": """def _added_at(x, places, shape):
    # Zeros with the entries of x added at places of the last axes.
    x = torch.as_tensor(x, dtype=torch.float64)
    places = torch.broadcast_tensors(*(torch.as_tensor(where).long() for where in places))
    lead, flat = x.shape[:x.ndim - places[0].ndim], 0
    for where, length in zip(places, shape):
        flat = flat*length + where
    whole = torch.zeros((*lead, math.prod(shape)), dtype=torch.float64)
    return whole.index_add(-1, flat.ravel(), x.reshape(*lead, -1)).reshape(*lead, *shape)""",
    "_pick": """def _pick(x, places):
    return x[(..., *(torch.as_tensor(where).long() for where in places))]""",
    "_sort": """def _sort(x, axis):
    return torch.sort(x, dim=axis)[0]""",
    "_searchsorted": """def _searchsorted(a, v, right):
    return torch.searchsorted(a.contiguous(), torch.as_tensor(v, dtype=a.dtype).contiguous(), right=right)""",
    "_without": SOURCES["_without"]
    .replace("np.prod", "torch.prod")
    .replace("np.where(kept, s[", "torch.where(kept, s[")
    .replace("dtype=bool", "dtype=torch.bool")
    .replace("axis=-1", "dim=-1")
    .replace("np.", "torch."),
    "_adjugate": _torch(SOURCES["_adjugate"])
    .replace("torch.eye(n)", "torch.eye(n, dtype=x.dtype)")
    .replace("torch.cross", "torch.linalg.cross"),
    "_adjugate_change": _torch(SOURCES["_adjugate_change"])
    .replace("axis1=-2, axis2=-1", "dim1=-2, dim2=-1")
    .replace("torch.eye(n)", "torch.eye(n, dtype=x.dtype)")
    .replace("torch.cross", "torch.linalg.cross"),
    "_take": """def _take(x, places, axis):
    places = torch.as_tensor(places).long()
    found = torch.index_select(x, axis, places.ravel())
    axis += x.ndim
    return found.reshape(x.shape[:axis] + places.shape + x.shape[axis + 1:])""",
    "_windows": """def _windows(x, sizes):
    for size in sizes:
        x = x.unfold(x.ndim - len(sizes), size, 1)
    return x""",
    "_overlap": _torch(SOURCES["_overlap"])
    .replace("torch.ndindex", "np.ndindex")
    .replace("for n, k in zip(places, sizes)))", "for n, k in zip(places, sizes)), dtype=torch.float64)"),
    "_solve_triangular": """def _solve_triangular(a, b, lower, rank):
    b = b[..., None] if rank == 1 else b
    found = torch.linalg.solve_triangular(a, b, upper=not lower)
    return found[..., 0] if rank == 1 else found""",
    "_pad": """def _pad(x, widths):
    return torch.nn.functional.pad(x, [n for pair in reversed(widths) for n in pair])""",
    "math": "import math",
    "np": "import numpy as np",
}

HELPERS: Final[Mapping[str, Mapping[str, str]]] = {"numpy": _NUMPY, "jax": _JAX, "torch": _TORCH}
"""For each target, name → its text: of a function, or of the line that imports a library."""
