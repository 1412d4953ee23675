"""The flavours of Python: rows of how operations are spelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["TARGETS", "Target"]


@dataclass(frozen=True)
class Target:
    """A flavour of Python: how operations are spelled where the spelling is not `<module>.<name>(…)`.

    In a spelling, {0}, {1}, … are the arguments. `helpers` are written into the prelude where they are used.
    """

    name: str
    module: str
    spelled: Mapping[str, str]
    helpers: Mapping[str, str]
    infix: frozenset[str]


_ARITHMETIC = frozenset({"add", "sub", "mul", "div", "neg", "mod", "lt", "le", "gt", "ge", "eq", "ne"})
_SPECIAL: Final = {name: f"special.{name}({{0}})" for name in ("erfinv", "digamma")} | {
    "polygamma": "special.polygamma({c}, {0})",
}

_SCATTERED: Final = (
    "def _scattered(size, places, values):\n    array = np.zeros(size)\n    array[places] = values\n    return array"
)

MATH = Target(
    "math",
    "math",
    {
        **_SPECIAL, "abs": "abs({0})", "min": "min({0}, {1})", "max": "max({0}, {1})", "round": "round({0})",
        "clip": "min(max({0}, {1}), {2})", "relu": "max({0}, 0.0)", "pow": "math.pow({0}, {1})",
        "sign": "_sign({0})", "heaviside": "_heaviside({0})", "sigmoid": "_sigmoid({0})",
        "softplus": "_softplus({0})", "logaddexp": "_logaddexp({0}, {1})", "sinc": "_sinc({0})",
        "spherical_jn": "float(_spherical_jn({c}, {0}))", "polygamma": "float(special.polygamma({c}, {0}))",
        "digamma": "float(special.digamma({0}))", "erfinv": "float(special.erfinv({0}))",
    },
    {
        "_sign": "def _sign(x):\n    return (x > 0) - (x < 0)",
        "_heaviside": "def _heaviside(x):\n    return 1.0 if x > 0 else 0.0 if x < 0 else 0.5",
        "_sigmoid": "def _sigmoid(x):\n    return 1/(1 + math.exp(-x)) if x >= 0 else math.exp(x)/(1 + math.exp(x))",
        "_softplus": "def _softplus(x):\n    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))",
        "_logaddexp": "def _logaddexp(x, y):\n    return max(x, y) + math.log1p(math.exp(-abs(x - y)))",
        "_sinc": "def _sinc(x):\n    return math.sin(x)/x if x else 1.0",
        "_spherical_jn": (
            "def _spherical_jn(n, x):\n    return special.spherical_jn(n, abs(x))*(-1 if x < 0 and n % 2 else 1)"
        ),
        "_scattered": _SCATTERED,
        "_or_nan": (
            "def _or_nan(function, *args):\n"
            "    # In a branch that is not selected: where Python raises, IEEE arithmetic goes on.\n"
            "    try:\n        return function(*args)\n"
            "    except (ValueError, OverflowError, ZeroDivisionError):\n        return math.nan"
        ),
    },
    _ARITHMETIC | {"and", "or", "not"},
)  # fmt: skip

NUMPY = Target(
    "numpy",
    "np",
    {
        **_SPECIAL, "abs": "np.abs({0})", "min": "np.minimum({0}, {1})", "max": "np.maximum({0}, {1})",
        "round": "np.rint({0})", "clip": "np.minimum(np.maximum({0}, {1}), {2})", "relu": "np.maximum({0}, 0.0)",
        "pow": "np.float_power({0}, {1})", "heaviside": "np.heaviside({0}, 0.5)", "sigmoid": "special.expit({0})",
        "softplus": "np.logaddexp({0}, 0.0)", "logaddexp": "np.logaddexp({0}, {1})", "sinc": "np.sinc({0}/np.pi)",
        "spherical_jn": "_spherical_jn({c}, {0})", "where": "np.where({0}, {1}, {2})", "asin": "np.arcsin({0})",
        "acos": "np.arccos({0})", "atan": "np.arctan({0})", "atan2": "np.arctan2({0}, {1})", "asinh": "np.arcsinh({0})",
        "acosh": "np.arccosh({0})", "atanh": "np.arctanh({0})", "and": "np.logical_and({0}, {1})",
        "or": "np.logical_or({0}, {1})", "not": "np.logical_not({0})", "erf": "special.erf({0})",
        "erfc": "special.erfc({0})", "gamma": "special.gamma({0})", "lgamma": "special.gammaln({0})",
    },
    {
        "_spherical_jn": (
            "def _spherical_jn(n, x):\n"
            "    value = special.spherical_jn(n, np.abs(x))\n"
            "    return np.where(np.less(x, 0), -value, value) if n % 2 else value"
        ),
        "_scattered": _SCATTERED,
        "_stack": (
            "def _stack(values, shape):\n"
            "    batch = np.stack(np.broadcast_arrays(*values), axis=-1).astype(float)\n"
            "    return batch.reshape(batch.shape[:-1] + shape)"
        ),
    },
    _ARITHMETIC,
)  # fmt: skip

TARGETS: Final[Mapping[str, Target]] = {target.name: target for target in (MATH, NUMPY)}
