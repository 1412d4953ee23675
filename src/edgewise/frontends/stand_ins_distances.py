"""The distances of `scipy.spatial` on expressions: between points, of all pairs of them, and matrices of these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, Final

import numpy as np

from edgewise.frontends.given import as_array, expressions, is_symbolic, on_expressions
from edgewise.graph import FUNCTIONS, refused
from edgewise.graph.arrays.filled import Filled
from edgewise.graph.tensors import tensor_writers as t

__all__ = ["MENTIONED", "TABLES"]


def _added(terms: Any, w: Any) -> Any:
    return np.sum(terms if w is None else w * terms, axis=-1)


def _euclidean(u: Any, v: Any, w: Any = None) -> Any:
    if w is None:
        return np.linalg.norm(u - v, axis=-1)
    return np.sqrt(_added((u - v) ** 2, w))


def _minkowski(u: Any, v: Any, p: Any = 2, w: Any = None) -> Any:
    if not is_symbolic(p) and p in (1, 2, np.inf):
        return {1: _cityblock, 2: _euclidean, np.inf: _chebyshev}[p](u, v, w)
    return _added(np.abs(u - v) ** p, w) ** (1 / p)


def _cityblock(u: Any, v: Any, w: Any = None) -> Any:
    return _added(np.abs(u - v), w)


def _chebyshev(u: Any, v: Any, w: Any = None) -> Any:
    if w is not None:
        raise refused("scipy.spatial.distance.chebyshev with w=", "leave it away")
    return np.max(np.abs(u - v), axis=-1)


def _correlation(u: Any, v: Any, w: Any = None, centered: bool = True) -> Any:
    if w is not None:
        w = w / np.sum(w)
    if centered:
        u, v = (x - np.expand_dims(np.mean(x, axis=-1) if w is None else _added(x, w), -1) for x in (u, v))
    return 1 - _added(u * v, w) / np.sqrt(_added(u * u, w) * _added(v * v, w))


def _cosine(u: Any, v: Any, w: Any = None) -> Any:
    return _correlation(u, v, w, centered=False)


def _canberra(u: Any, v: Any, w: Any = None) -> Any:
    size = np.abs(u) + np.abs(v)  # where both are 0 it counts 0
    return _added(np.where(np.equal(size, 0), 0, np.abs(u - v) / np.where(np.equal(size, 0), 1, size)), w)


def _braycurtis(u: Any, v: Any, w: Any = None) -> Any:
    return _added(np.abs(u - v), w) / _added(np.abs(u + v), w)


def _seuclidean(u: Any, v: Any, V: Any) -> Any:
    return np.sqrt(np.sum((u - v) ** 2 / V, axis=-1))


def _mahalanobis(u: Any, v: Any, VI: Any) -> Any:
    change = u - v
    return np.sqrt(np.sum((change @ VI) * change, axis=-1))


def _jensenshannon(p: Any, q: Any, base: Any = None, *, axis: int = 0, keepdims: bool = False) -> Any:
    p, q = (x / np.sum(x, axis=axis, keepdims=True) for x in (p, q))
    middle = (p + q) / 2
    terms = FUNCTIONS["xlogy"](p, p / middle) + FUNCTIONS["xlogy"](q, q / middle)
    total = np.sum(terms, axis=axis, keepdims=keepdims) / 2
    return np.sqrt(total if base is None else total / np.log(base))


_METRICS: Final[Mapping[str, Callable[..., Any]]] = {
    "euclidean": _euclidean, "sqeuclidean": lambda u, v, w=None: _added((u - v) ** 2, w), "minkowski": _minkowski,
    "cityblock": _cityblock, "chebyshev": _chebyshev, "correlation": _correlation, "cosine": _cosine,
    "canberra": _canberra, "braycurtis": _braycurtis, "seuclidean": _seuclidean, "mahalanobis": _mahalanobis,
}  # fmt: skip
"""Name → the distance of points, which lie along the last axis."""
_ALSO: Final = {
    short: name for name, shorts in (
        ("euclidean", "euclid eu e"), ("sqeuclidean", "sqeuclid sqe"), ("minkowski", "mi m pnorm"),
        ("cityblock", "cblock cb c"), ("chebyshev", "chebychev cheby cheb ch"), ("correlation", "co"),
        ("cosine", "cos"), ("seuclidean", "se s"), ("mahalanobis", "mahal mah"),
    ) for short in shorts.split()
}  # fmt: skip


def _of_pairs(u: Any, v: Any, metric: Any, samples: Callable[[], Any], options: dict[str, Any]) -> Any:
    """The distances of points u and v, which broadcast; what a metric takes from all points it takes from `samples`."""
    if callable(metric):
        one, two = np.broadcast_arrays(u, v)
        lengths = [t.number(n, "a distance of one's own") for n in t.shape_of(one)[:-1]]
        found = [metric(one[place], two[place], **options) for place in np.ndindex(*lengths)]
        return np.reshape(expressions(found), lengths)
    name = _ALSO.get(metric, metric)
    if name not in _METRICS:
        raise refused(f"scipy.spatial.distance of the metric {metric!r:.40}", f"use one of {', '.join(_METRICS)}")
    if name == "seuclidean" and options.get("V") is None:
        options = {"V": np.var(samples(), axis=0, ddof=1)}
    elif name == "mahalanobis" and options.get("VI") is None:
        options = {"VI": np.linalg.inv(np.cov(samples().T)).T}
    return _METRICS[name](u, v, **options)


def _cdist(XA: Any, XB: Any, metric: Any = "euclidean", *, out: Any = None, **options: Any) -> Any:
    if out is not None:
        raise refused("scipy.spatial.distance.cdist with out=", "assign the result to a name")
    return _of_pairs(XA[:, None], XB[None], metric, lambda: np.concatenate([XA, XB]), options)


def _pdist(X: Any, metric: Any = "euclidean", *, out: Any = None, **options: Any) -> Any:
    if out is not None:
        raise refused("scipy.spatial.distance.pdist with out=", "assign the result to a name")
    one, two = np.triu_indices(t.number(t.shape_of(X)[0], "scipy.spatial.distance.pdist"), 1)
    return _of_pairs(X[one], X[two], metric, lambda: X, options)


def _squareform(X: Any, force: str = "no", checks: bool = True) -> Any:
    """The symmetric matrix of a vector of distances, or the vector of a matrix."""
    length = t.number(t.shape_of(X)[0], "scipy.spatial.distance.squareform")
    if np.ndim(X) == 2:
        return X[np.triu_indices(length, 1)]
    count = round((1 + (1 + 8 * length) ** 0.5) / 2)
    places = np.triu_indices(count, 1)
    if len(places[0]) != length:
        raise refused(f"squareform of {length} distances", "give n*(n - 1)/2 of them, as pdist does")
    whole = Filled(np.zeros((count, count)))
    whole[places] = X
    whole[places[::-1]] = X
    return whole


def _distance_matrix(x: Any, y: Any, p: Any = 2, threshold: int = 1000000) -> Any:
    return _minkowski(x[:, None], y[None], p)


_ROWS: Final[Mapping[str, Mapping[str, Callable[..., Any]]]] = {
    "scipy.spatial.distance": {
        **_METRICS, "jensenshannon": _jensenshannon, "cdist": _cdist, "pdist": _pdist, "squareform": _squareform,
    },
    "scipy.spatial": {"distance_matrix": _distance_matrix},
}  # fmt: skip


def _rows(module: ModuleType) -> dict[str, Any]:
    known = _ROWS[module.__name__]
    return {name: on_expressions(ours, as_array) for name, ours in known.items() if hasattr(module, name)}


TABLES: Final[Mapping[str, Callable[[ModuleType], Mapping[str, Any]]]] = dict.fromkeys(_ROWS, _rows)
"""Module → what its names do while a function is traced."""
MENTIONED: Final[Mapping[str, frozenset[str]]] = {name: frozenset(rows) for name, rows in _ROWS.items()}
"""They are left alone unless the code uses one of these names."""
