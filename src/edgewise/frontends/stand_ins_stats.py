"""SciPy's distributions during a trace: their own formulas, whose parameters and quantiles may be expressions.

`norm.logpdf(x, m, s)` moves and scales x, looks which entries are inside the support, and hands these to `_logpdf`,
which is a formula in NumPy's and SciPy's functions. Here the formula is written for all of them, and chosen with a
condition. Parameters count as valid: SciPy's NaN for a negative scale is not written.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Mapping, Set
from types import SimpleNamespace
from typing import Any, Final

import numpy as np

from edgewise.errors import EdgewiseError
from edgewise.frontends.given import expressions, is_symbolic
from edgewise.graph.arrays.filled import settled
from edgewise.graph.refused import refused
from edgewise.graph.tensors import tensor_writers as t

__all__ = ["methods_of_distributions"]

_OUTSIDE: Final[Mapping[str, tuple[float, float]]] = {
    "pdf": (0.0, 0.0), "logpdf": (-np.inf, -np.inf), "pmf": (0.0, 0.0), "logpmf": (-np.inf, -np.inf),
    "cdf": (0.0, 1.0), "logcdf": (-np.inf, 0.0), "sf": (1.0, 0.0), "logsf": (0.0, -np.inf),
}  # fmt: skip
"""Method → its values below and above the support."""
_QUANTILES: Final = ("ppf", "isf")
_DENSITIES: Final = ("pdf", "logpdf")
_NAMES: Final = frozenset((*_OUTSIDE, *_QUANTILES, "multivariate_normal", "dirichlet", "multinomial"))
"""What users call; a frozen distribution is made by the name of its family."""


def methods_of_distributions(names: Set[str]) -> list[tuple[Any, str, Callable[..., Any]]]:
    """Class or module, name, and what stands there during a trace of code that uses these names."""
    stats: Any = sys.modules.get("scipy.stats")
    if stats is None or names.isdisjoint(_NAMES):
        return []
    continuous = [(stats.rv_continuous, name) for name in (*_OUTSIDE, *_QUANTILES) if "pm" not in name]
    discrete = [(stats.rv_discrete, name) for name in _OUTSIDE if "pd" not in name]
    rows: list[tuple[Any, str, Any]] = [(kind, name, _of_one_number(name)) for kind, name in continuous + discrete]
    rows += [(type(getattr(stats, family)), name, ours) for family, name, ours in _OF_SEVERAL]
    held = ((sys.modules.get(module), name, ours) for module, name, ours in _OF_BRANCHES)
    rows += [(module, name, ours) for module, name, ours in held if hasattr(module, name)]
    return [(kind, name, _of_expressions(ours)) for kind, name, ours in rows]


@functools.cache
def _of_expressions(ours: Callable[..., Any]) -> Callable[..., Any]:
    def call(original: Callable[..., Any], first: Any, *args: Any, **options: Any) -> Any:
        if not is_symbolic([first, *args, *options.values()]):
            return original(first, *args, **options)
        given = [expressions(arg) if isinstance(arg, list) else settled(arg) for arg in args]
        return ours(first, *given, **{key: settled(value) for key, value in options.items()})

    return call


@functools.cache
def _of_one_number(name: str) -> Callable[..., Any]:
    def call(self: Any, x: Any, *args: Any, **options: Any) -> Any:
        shapes, loc, scale = self._parse_args(*args, **options)
        if name in _QUANTILES:
            return loc + scale * getattr(self, f"_{name}")(x, *shapes)
        z = x - loc if _is_number(scale, 1) else (x - loc) / scale
        try:
            found = getattr(self, f"_{name}")(z, *shapes)
        except EdgewiseError:  # a function of SciPy's own for it: beta.pdf, binom.pmf
            if name not in ("pdf", "pmf"):
                raise
            found = np.exp(getattr(self, f"_log{name}")(z, *shapes))
        if name in _DENSITIES and not _is_number(scale, 1):
            found = found - np.log(scale) if name == "logpdf" else found / scale
        low, high = self._get_support(*shapes)
        below, above = _OUTSIDE[name]
        if name in ("pmf", "logpmf"):
            found = np.where(np.equal(np.floor(z), z), found, below)
        found = found if _is_number(low, -np.inf) else np.where(z >= low, found, below)
        return found if _is_number(high, np.inf) else np.where(z <= high, found, above)

    return call


def _apply_where(
    condition: Any, args: Any, f1: Any, f2: Any = None, /, *, fill_value: Any = None, **_: Any
) -> Any:  # fmt: skip
    """What SciPy's formulas choose a branch with: each is computed for the entries that take it."""
    args = args if isinstance(args, tuple) else (args,)
    if not is_symbolic(condition) and np.size(condition) == 1:
        return f1(*args) if np.all(condition) else fill_value if f2 is None else f2(*args)
    return np.where(condition, f1(*args), fill_value if f2 is None else f2(*args))


def _lazywhere(condition: Any, arrays: Any, f: Any, fillvalue: Any = None, f2: Any = None) -> Any:
    return _apply_where(condition, arrays, f, f2, fill_value=fillvalue)


_OF_BRANCHES: Final = (
    ("scipy._lib.array_api_extra", "apply_where", _apply_where),
    # SciPy before 1.16:
    *(
        (f"scipy.stats._{part}", "_lazywhere", _lazywhere)
        for part in ("distn_infrastructure", "continuous_distns", "discrete_distns")
    ),
)
"""SciPy's module, and what its distributions choose branches with."""


def _is_number(value: Any, number: float) -> bool:
    return not is_symbolic(value) and np.ndim(value) == 0 and bool(value == number)


# --- distributions of several variables ------------------------------------------------------------------------------


def _normal_logpdf(self: Any, x: Any, mean: Any = None, cov: Any = 1, allow_singular: bool = False) -> Any:
    if allow_singular:
        raise refused("multivariate_normal with allow_singular=True", "leave it out: the covariance has full rank")
    shapes = [t.shape_of(value) for value in (x, cov if mean is None else mean, cov)]
    d = next((shape[-1] for shape in shapes if shape), 1)
    flat = len(shapes[2]) < 2
    spread = np.broadcast_to(cov, (d,)) if flat else cov
    z = x if mean is None else x - mean
    z = z if t.shape_of(z) else np.reshape(z, (1,))
    squares = z * (z / spread if flat else np.linalg.solve(spread, z.T).T)
    size = np.sum(np.log(spread)) if flat else np.linalg.slogdet(spread)[1]
    return -0.5 * (np.sum(squares, axis=-1) + d * np.log(2 * np.pi) + size)


def _normal_pdf(self: Any, *args: Any, **options: Any) -> Any:
    return np.exp(_normal_logpdf(self, *args, **options))


def _normal_frozen(self: Any, mean: Any = None, cov: Any = 1, allow_singular: bool = False, seed: Any = None) -> Any:
    given = {"mean": mean, "cov": cov, "allow_singular": allow_singular}
    made = {"logpdf": _normal_logpdf, "pdf": _normal_pdf}
    return SimpleNamespace(**{name: functools.partial(method, self, **given) for name, method in made.items()})


def _dirichlet_logpdf(self: Any, x: Any, alpha: Any) -> Any:
    from scipy.special import gammaln, xlogy  # loaded with the distributions, and not before

    return gammaln(np.sum(alpha)) - np.sum(gammaln(alpha)) + np.sum(xlogy(alpha - 1, x.T), axis=-1)


def _multinomial_logpmf(self: Any, x: Any, n: Any, p: Any) -> Any:
    from scipy.special import gammaln, xlogy

    return gammaln(n + 1) + np.sum(xlogy(x, p) - gammaln(x + 1), axis=-1)


_OF_SEVERAL: Final = (
    ("multivariate_normal", "logpdf", _normal_logpdf), ("multivariate_normal", "pdf", _normal_pdf),
    ("multivariate_normal", "__call__", _normal_frozen), ("dirichlet", "logpdf", _dirichlet_logpdf),
    ("multinomial", "logpmf", _multinomial_logpmf),
)  # fmt: skip
"""Name of the family in SciPy, method, what it is."""
