"""SciPy's splines and tables on expressions: at traced places, and through traced values.

A spline is a polynomial between each two of its knots: at a traced place the piece is looked up. Its coefficients are
linear in the values that it goes through: those of the unit vectors are SciPy's own, and every value takes part.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Set
from types import ModuleType
from typing import Any, Final

import numpy as np

from edgewise.frontends.given import expressions, is_symbolic
from edgewise.frontends.stand_ins_linear import times
from edgewise.graph import Tensor, refused
from edgewise.graph.arrays.filled import settled
from edgewise.graph.tensors import tensor_writers as t

__all__ = ["MENTIONED", "TABLES", "methods_of_splines"]

_MODULE: Final = "scipy.interpolate"


def _value(breaks: Any, coefficients: Any, x: Any) -> Any:
    """The piecewise polynomial at x: coefficients [power, piece, …], the highest power first; outside the last piece.

    What stands behind the pieces' axis stands behind the axes of x.
    """
    pieces, inner = len(breaks) - 1, t.shape_of(coefficients[0])[1:]

    def polynomial(parts: Any, step: Any) -> Any:
        step = np.reshape(step, (*t.shape_of(step), *[1] * len(inner))) if inner else step
        total = parts[0]
        for part in parts[1:]:
            total = total * step + part
        return total

    if isinstance(x, Tensor) and pieces > 1:
        place = np.searchsorted(breaks[1:-1], x, side="right")
        *parts, left = (t.taken(t.beside(part, x), place, 0) for part in (*coefficients, breaks[:-1]))
        return polynomial(parts, x - left)
    found = polynomial([part[pieces - 1] for part in coefficients], x - breaks[pieces - 1])
    for k in reversed(range(pieces - 1)):
        if breaks[k] < breaks[k + 1]:
            before = np.less(x, breaks[k + 1])
            before = np.reshape(before, (*t.shape_of(x), *[1] * len(inner))) if inner else before
            found = np.where(before, polynomial([part[k] for part in coefficients], x - breaks[k]), found)
    return found


def _beyond(found: Any, x: Any, ends: Any, extrapolate: Any) -> Any:
    """NaN outside of the knots, where nothing is said of these places."""
    if extrapolate:
        return found
    inside = np.logical_and(np.greater_equal(x, ends[0]), np.less_equal(x, ends[1]))
    behind = len(t.shape_of(found)) - len(t.shape_of(x))
    inside, no_number = (np.reshape(v, (*t.shape_of(x), *[1] * behind)) for v in (inside, np.sqrt(-1 - np.abs(x))))
    return np.where(inside, found, no_number)


def _pieces(spline: Any) -> tuple[Any, Any]:
    """Breakpoints and coefficients of a spline of SciPy's."""
    interpolate: Any = sys.modules[_MODULE]
    if hasattr(spline, "tck"):
        (knots, values, degree), powers = spline.tck, []
        inside = knots[degree : len(values) + 1]
        if degree == 0:
            return inside, values[None]
        factor = 1.0
        for power in range(degree + 1):
            factor *= max(power, 1)
            powers.append(interpolate.BSpline(knots, values, degree)(inside[:-1], power) / factor)
        return inside, np.stack(powers[::-1])
    return spline.x, spline.c


def _called(spline: Any, values: Any, x: Any, nu: Any = 0, extrapolate: Any = None) -> Any:
    """A spline of SciPy's, whose last axis is that of `values` where there are some."""
    extrapolate = spline.extrapolate if extrapolate is None else extrapolate
    x = settled(x)
    if not is_symbolic(x):
        matrix = spline(np.asarray(x), nu, extrapolate)
        found = times(matrix.reshape(-1, matrix.shape[-1]), values)
        return np.reshape(found, (*np.shape(x), *t.shape_of(values)[1:]))
    x = expressions(x)
    if nu:
        spline = spline.derivative(nu)
    breaks, coefficients = _pieces(spline)
    if extrapolate == "periodic":
        x = breaks[0] + np.remainder(x - breaks[0], breaks[-1] - breaks[0])
    if values is not None:
        rest = t.shape_of(values)[1:]
        made = [times(part, values) for part in coefficients]
        coefficients = [np.reshape(part, (len(breaks) - 1, *rest)) for part in made]
    return _beyond(_value(breaks, coefficients, x), x, (breaks[0], breaks[-1]), extrapolate)


class _Spline:
    """A spline through traced values: SciPy's through each of the unit vectors, and the values."""

    def __init__(self, basis: Any, values: Any) -> None:
        self._basis, self._values = basis, values

    def __call__(self, x: Any, nu: int = 0, extrapolate: Any = None) -> Any:
        return _called(self._basis, self._values, x, nu, extrapolate)

    def derivative(self, nu: int = 1) -> _Spline:
        return _Spline(self._basis.derivative(nu), self._values)

    def antiderivative(self, nu: int = 1) -> _Spline:
        return _Spline(self._basis.antiderivative(nu), self._values)

    def integrate(self, a: Any, b: Any, extrapolate: Any = None) -> Any:
        if is_symbolic([a, b]):
            whole = self.antiderivative()
            return whole(b, extrapolate=extrapolate) - whole(a, extrapolate=extrapolate)
        return times(np.reshape(self._basis.integrate(a, b, extrapolate), (1, -1)), self._values)[0]


def _through(name: str, place: int, argument: str) -> Callable[..., Any]:
    """A maker of splines that are linear in one argument."""

    def make(original: Any, *args: Any, **options: Any) -> Any:
        if not is_symbolic([*args, *options.values()]):
            return original(*args, **options)
        values = args[place] if len(args) > place else options.get(argument)
        given = list(args)
        if not is_symbolic(values) or is_symbolic([*args[:place], *args[place + 1 :]]):
            raise refused(
                f"scipy.interpolate.{name} with knots that are expressions",
                f"let the knots be numbers: it is linear in {argument}",
            )
        values = expressions(values)
        units = np.eye(t.number(t.shape_of(values)[0], f"scipy.interpolate.{name}"))
        if options.get("axis", 0) != 0:
            raise refused(f"scipy.interpolate.{name} of expressions with axis=", "let the values lie along axis 0")
        if len(args) > place:
            given[place] = units
        else:
            options[argument] = units
        return _Spline(original(*given, **options), values)

    return make


def _nonlinear(name: str) -> Callable[..., Any]:
    def make(original: Any, *args: Any, **options: Any) -> Any:
        if is_symbolic([*args, *options.values()]):
            raise refused(
                f"scipy.interpolate.{name} through expressions: its slopes are chosen by their signs",
                "write scipy.interpolate.CubicSpline or make_interp_spline, which are linear in the values",
            )
        return original(*args, **options)

    return make


_DEGREES: Final[Mapping[Any, int]] = {"linear": 1, "slinear": 1, "quadratic": 2, "cubic": 3, 1: 1, 2: 2, 3: 3}


def _interp1d(original: Any, x: Any, y: Any, kind: Any = "linear", *args: Any, **options: Any) -> Any:
    if not is_symbolic([x, y]):
        return original(x, y, kind, *args, **options)
    if kind not in _DEGREES or args or is_symbolic(x):
        raise refused(f"scipy.interpolate.interp1d of expressions of the kind {kind!r:.30}", "use 'linear' or 'cubic'")
    interpolate: Any = sys.modules[_MODULE]
    fill, extrapolate = options.get("fill_value", np.nan), options.get("fill_value") == "extrapolate"
    if not extrapolate and fill is not np.nan:
        raise refused("scipy.interpolate.interp1d of expressions with fill_value=", "write np.where for these places")
    made = _through("interp1d", 1, "y")(interpolate.make_interp_spline, x, y, _DEGREES[kind])
    made._basis.extrapolate = extrapolate
    return made


def _splev(original: Any, x: Any, tck: Any, der: int = 0, ext: int = 0) -> Any:
    if not is_symbolic([x, list(tck) if isinstance(tck, tuple) else tck]):
        return original(x, tck, der, ext)
    interpolate: Any = sys.modules[_MODULE]
    knots, values, degree = tck if isinstance(tck, tuple) else tck.tck
    x = settled(x)
    if ext == 3:
        x = np.clip(x, knots[degree], knots[-degree - 1])
    if is_symbolic(list(values) if isinstance(values, (list, tuple)) else values):
        spline: Any = _through("BSpline", 1, "c")(interpolate.BSpline, knots, values, degree)
    else:
        spline = interpolate.BSpline(knots, values[: len(knots) - degree - 1], degree)
    found = _called(spline, None, x, der, True) if not isinstance(spline, _Spline) else spline(x, der, True)
    if ext != 1:
        return found
    inside = np.logical_and(np.greater_equal(x, knots[degree]), np.less_equal(x, knots[-degree - 1]))
    return np.where(inside, found, 0)


# --- methods of SciPy's objects --------------------------------------------------------------------------------------


def _at_places(original: Any, self: Any, x: Any, nu: int = 0, extrapolate: Any = None) -> Any:
    interpolate: Any = sys.modules[_MODULE]
    if not is_symbolic(x):
        return original(self, x, nu, extrapolate)
    if isinstance(self, interpolate.BPoly):
        self = interpolate.PPoly.from_bernstein_basis(self)
    return _called(self, None, x, nu, extrapolate)


def _table(original: Any, self: Any, x: Any) -> Any:
    """An `interp1d`: lines from knot to knot, or a spline; what is outside as it was asked for."""
    interpolate: Any = sys.modules[_MODULE]
    if not is_symbolic(x) or not isinstance(self, interpolate.interp1d):
        return original(self, x)
    if self._kind not in ("linear", "spline"):
        raise refused(
            f"scipy.interpolate.interp1d of the kind {self._kind!r} at expressions: it is constant between its knots",
            "use kind='linear' or 'cubic', which have slopes",
        )
    x, inner = expressions(settled(x)), self._y_extra_shape
    spline = self._spline if self._kind == "spline" else interpolate.make_interp_spline(self.x, self._y, 1)
    spline = interpolate.BSpline(spline.t, spline.c.reshape(-1, *inner), spline.k)
    below = getattr(self, "_fill_value_below", None)  # none where it extrapolates
    numbers = below is not None and not np.isnan(below).all()
    found = _called(spline, None, x, 0, self._extrapolate or numbers)
    if numbers and not self._extrapolate:
        behind = (*t.shape_of(x), *[1] * len(inner))
        below, above = (np.reshape(np.asarray(v), inner) for v in (self._fill_value_below, self._fill_value_above))
        found = np.where(np.reshape(np.less(x, self.x[0]), behind), below, found)
        found = np.where(np.reshape(np.greater(x, self.x[-1]), behind), above, found)
    places = range(len(t.shape_of(x)))
    axis = self._y_axis if inner else 0
    return np.moveaxis(found, list(places), [axis + k for k in places]) if axis else found


def _fitted(original: Any, self: Any, x: Any, nu: int = 0, ext: Any = None) -> Any:
    """A `UnivariateSpline`."""
    if not is_symbolic(x):
        return original(self, x, nu, ext)
    names = {"extrapolate": 0, "zeros": 1, "raise": 2, "const": 3}
    ext = self.ext if ext is None else ext
    return _splev(sys.modules[_MODULE].splev, x, self._eval_args, nu, names.get(ext, ext))


def _on_grid(original: Any, self: Any, xi: Any, method: Any = None, **options: Any) -> Any:
    """A `RegularGridInterpolator`: along each axis lines between the knots."""
    if not is_symbolic(xi):
        return original(self, xi, method, **options)
    if (method or self.method) != "linear":
        raise refused(
            f"RegularGridInterpolator of the method {method or self.method!r} at expressions", "use method='linear'"
        )
    interpolate: Any = sys.modules[_MODULE]
    count = len(self.grid)
    parts = xi if isinstance(xi, tuple) else [expressions(settled(xi))[..., k] for k in range(count)]
    if np.ndim(self.values) != count:
        raise refused("RegularGridInterpolator of arrays of values at expressions", "take one number at each knot")
    found: Any = self.values
    inside: Any = None
    for k, (knots, part) in enumerate(zip(self.grid, map(expressions, parts), strict=True)):
        units = interpolate.make_interp_spline(knots, np.eye(len(knots)), 1)
        shares = _called(units, None, part, 0, True)
        if k:
            shares = np.reshape(shares, (*t.shape_of(shares), *[1] * (count - k - 1)))
            found = np.sum(shares * found, axis=len(t.shape_of(part)))
        else:
            found = np.tensordot(shares, found, 1)
        here = np.logical_and(np.greater_equal(part, knots[0]), np.less_equal(part, knots[-1]))
        inside = here if inside is None else np.logical_and(inside, here)
    if self.fill_value is None and not self.bounds_error:
        return found
    outside = np.sqrt(-1 - found * found) if self.bounds_error or np.isnan(self.fill_value) else self.fill_value
    return np.where(inside, found, outside)


_METHODS: Final[Mapping[str, Callable[..., Any]]] = {
    "PPoly": _at_places, "BSpline": _at_places, "interp1d": _table, "UnivariateSpline": _fitted,
    "RegularGridInterpolator": _on_grid,
}  # fmt: skip
"""Class → what a call of one does during a trace."""


def methods_of_splines(names: Set[str]) -> list[tuple[Any, str, Callable[..., Any]]]:
    """Class, name, and what stands there during a trace: a spline may come from anywhere, whatever names are used."""
    interpolate: Any = sys.modules.get(_MODULE)
    if interpolate is None:
        return []
    return [(_holder(getattr(interpolate, kind)), "__call__", ours) for kind, ours in _METHODS.items()]


def _holder(kind: type) -> type:
    return next(base for base in kind.__mro__ if "__call__" in vars(base))


_MAKERS: Final[Mapping[str, Callable[..., Any]]] = {
    "CubicSpline": _through("CubicSpline", 1, "y"), "BSpline": _through("BSpline", 1, "c"),
    "make_interp_spline": _through("make_interp_spline", 1, "y"), "PchipInterpolator": _nonlinear("PchipInterpolator"),
    "Akima1DInterpolator": _nonlinear("Akima1DInterpolator"), "interp1d": _interp1d, "splev": _splev,
}  # fmt: skip


def _rows(module: ModuleType) -> dict[str, Any]:
    return dict(_MAKERS)


TABLES: Final[Mapping[str, Callable[[ModuleType], Mapping[str, Any]]]] = {_MODULE: _rows}
"""Module → what its names do while a function is traced."""
MENTIONED: Final[Mapping[str, frozenset[str]]] = {_MODULE: frozenset(_MAKERS)}
"""They are left alone unless the code uses one of these names."""
