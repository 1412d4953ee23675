"""The flavours of Python: rows of how operations are spelled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from edgewise.ops import OPS, Op
from edgewise.ops.numpy_sources import BESIDE_ZEROS, NUMPY_SOURCES, SERIES

__all__ = ["COMPLEX", "TARGETS", "Target"]


@dataclass(frozen=True)
class Target:
    """A flavour of Python: how operations are spelled where the spelling is not `<module>.<name>(…)`.

    `own` says which functions of the module, and of SciPy's `special` as this library has it, are called by what NumPy
    and SciPy call an operation. In a spelling, {0}, {1}, … are the arguments. What is neither spelled nor the target's
    own is computed by a function that is made of its row (`Op.computed`). `helpers` are written into the prelude where
    they are used.
    `rescued` says what operations come to where Python raises and IEEE arithmetic goes on: in a graph that selects by
    `where`, they are called through a helper made of this row wherever a branch may not be selected.
    """

    name: str
    module: str
    own: Callable[[Op], str]
    spelled: Mapping[str, str]
    helpers: Mapping[str, str]
    infix: frozenset[str]
    imports: tuple[str, ...] = ()
    scalar: str = ""
    """How a scalar input is made what the source computes with, from its name."""
    group: str = ""
    """The same for a group, which is then taken apart."""
    rescued: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    number: str = "float"
    """The type of the numbers in arrays that are results."""


_ARITHMETIC = frozenset({"add", "sub", "mul", "div", "neg", "mod", "lt", "le", "gt", "ge", "eq", "ne"})
_MATH: Final = frozenset(
    """acos acosh asin asinh atan atan2 atanh cbrt cos cosh erf erfc exp exp2 expm1 gamma hypot log log10 log1p
    log2 sin sinh sqrt tan tanh""".split()
)


def _called(function: str, op: Op) -> str:
    """A call of a function of the arguments, behind the parameter where there is one."""
    places = ["{c}"] * bool(op.parameter) + [f"{{{k}}}" for k in range(op.arity)]
    return f"{function}({', '.join(places)})"


def _of_math(op: Op) -> str:
    return _called(f"math.{op.name}", op) if op.name in _MATH else ""


def _of_numpy(op: Op) -> str:
    name = (op.numpy or op.name).split()[0]
    ufunc = getattr(np, name, None)
    if isinstance(ufunc, np.ufunc) and ufunc.nin == op.arity and not op.parameter:
        return _called(f"np.{name}", op)
    return _called(f"special.{op.scipy.split()[0]}", op) if op.scipy else ""


# Not digamma, of which JAX's has no pole at 0, nor polygamma: below -9 JAX's is another function, and torch's has 10
# digits and steps from a negative number up to 0.
_JAX_SPECIAL: Final = frozenset("betainc erf erfc erfinv expit gamma gammainc gammaincc gammaln".split())


def _of_jax(op: Op) -> str:
    text = _of_numpy(op)
    if text.startswith("special."):
        return text if op.scipy.split()[0] in _JAX_SPECIAL else ""
    return text.replace("np.", "jnp.")


def _entries(library: str, array: str) -> str:
    """The function that takes a group apart."""
    return (
        "def _entries(group, axes, size):\n"
        "    # The entries of a group, each over the batch in front of its own axes.\n"
        f"    group = {array}\n"
        "    batch = tuple(group.shape[:group.ndim - axes])\n"
        f"    return {library}.moveaxis(group.reshape(batch + (size,)), -1, 0)"
    )


_SCATTERED: Final = (
    "def _scattered(size, places, values):\n    array = np.zeros(size)\n    array[places] = values\n    return array"
)

# Operation → (arguments, how it is computed, what it comes to where that raises). Poles and overflow are infinite with
# their sign, as NumPy has them; everything else outside a domain is NaN.
_RESCUED: Final = {
    "div": ("x, y", "x/y", "math.nan if x == 0 or x != x else math.copysign(math.inf, x)*math.copysign(1.0, y)"),
    "mod": ("x, y", "x % y", "math.nan"),
    "power": ("x, c", "x**c", "math.copysign(math.inf, x) if c % 2 else math.inf"),
    "pow": (
        "x, y", "math.pow(x, y)",
        "math.nan if x < 0 and y % 1 else math.copysign(math.inf, x) if y % 2 == 1 else math.inf",
    ),
    **{name: ("x", f"math.{name}(x)", "math.nan") for name in ("sqrt", "asin", "acos", "acosh", "sin", "cos", "tan")},
    **{name: ("x", f"math.{name}(x)", "math.inf") for name in ("exp", "expm1", "exp2", "cosh")},
    **{
        name: ("x", f"math.{name}(x)", "-math.inf if x == 0 else math.nan") for name in ("log", "log2", "log10")
    },
    "lgamma": ("x", "_log_gamma(x)", "math.inf"),
    "log1p": ("x", "math.log1p(x)", "-math.inf if x == -1 else math.nan"),
    "sinh": ("x", "math.sinh(x)", "math.copysign(math.inf, x)"),
    "atanh": ("x", "math.atanh(x)", "math.copysign(math.inf, x) if abs(x) == 1 else math.nan"),
    "gamma": ("x", "math.gamma(x)", "math.copysign(math.inf, x) if x > -1 else math.nan"),
    "floor": ("x", "math.copysign(math.floor(x), x)", "x"),
    "ceil": ("x", "math.copysign(math.ceil(x), x)", "x"),
    "round": ("x", "math.copysign(round(x), x)", "x"),
}  # fmt: skip

_MOD: Final = (
    "def _mod(x, y):\n"
    "    # The library's own leaves zeros the sign of x.\n"
    "    rest = np.remainder(x, y)\n"
    "    return np.where(rest == 0, np.copysign(rest, y), rest)"
)

MATH = Target(
    "math",
    "math",
    _of_math,
    {
        "abs": "abs({0})", "min": "min({0}, {1})", "max": "max({0}, {1})",
        "floor": "_floor({0})", "ceil": "_ceil({0})", "round": "_round({0})",
        "clip": "min(max({0}, {1}), {2})", "relu": "_relu({0})", "pow": "math.pow({0}, {1})",
        "sign": "_sign({0})", "sinc": "_sinc({0})", "lgamma": "_log_gamma({0})",
    },
    {
        # Whole numbers of Python's have no -0.
        "_floor": "def _floor(x):\n    return math.copysign(math.floor(x), x)",
        "_ceil": "def _ceil(x):\n    return math.copysign(math.ceil(x), x)",
        "_round": "def _round(x):\n    return math.copysign(round(x), x)",
        "_relu": "def _relu(x):\n    return x if x > 0 or x != x else 0.0",
        "_sign": "def _sign(x):\n    return float((x > 0) - (x < 0)) if x == x else x",
        "_sinc": (
            "def _sinc(x):\n    return math.nan if not math.isfinite(x) else math.sin(x)/x if x else 1.0"
        ),
        "_min": "def _min(x, y):\n    return x if x != x or x < y else y",
        "_max": "def _max(x, y):\n    return x if x != x or x > y else y",
        "_log_gamma": (
            "def _log_gamma(x):\n"
            "    # math.lgamma has few digits beside its zeros, 1 and 2.\n"
            "    if not 0.5 < x < 2.5:\n        return math.lgamma(x)\n"
            "    one = x < 1.5\n    part = x - (1 if one else 2)\n    value = 0.0\n"
            f"    for c in ({SERIES}):\n        value = value*part + c\n"
            "    return value*part - (math.log1p(part) if one else 0.0)"
        ),
        "_scattered": _SCATTERED,
        "_or_nan": (
            "def _or_nan(operation, *args):\n"
            "    # In a branch that may not be selected, an operation of the user's is not to raise.\n"
            "    try:\n        return operation(*args)\n"
            "    except (ValueError, ArithmeticError):\n        return math.nan"
        ),
    },
    _ARITHMETIC | {"and", "or", "not"},
    ("import math",),
    "",
    "np.asarray({0}, dtype=float).ravel().tolist()",
    _RESCUED,
)  # fmt: skip

NUMPY = Target(
    "numpy",
    "np",
    _of_numpy,
    {
        "abs": "np.abs({0})", "clip": "np.minimum(np.maximum({0}, {1}), {2})", "relu": "np.maximum({0}, 0.0)",
        # `**` of this is the reciprocal of a square root, which has no value at -inf.
        "power -0.5": "np.float_power({0}, -0.5)",
        "pow": "np.float_power({0}, {1})", "round": "np.rint({0})",
        # Four times as fast as np.heaviside, and the same values.
        "heaviside": "(0.5*np.sign({0}) + 0.5)",
        "softplus": "np.logaddexp({0}, 0.0)", "where": "np.where({0}, {1}, {2})",
        **{name: _called(f"_{name}", OPS[name]) for name in NUMPY_SOURCES},
    },
    {
        **{f"_{name}": text for name, text in NUMPY_SOURCES.items()},
        "_scattered": _SCATTERED,
        "_entries": _entries("np", "np.asarray(group, dtype=float)"),
        "_stack": (
            "def _stack(values, shape):\n"
            "    batch = np.stack(np.broadcast_arrays(*values), axis=-1).astype(float)\n"
            "    return batch.reshape(batch.shape[:-1] + shape)"
        ),
    },
    _ARITHMETIC,
    ("import numpy as np",),
    "np.asarray({0}, dtype=float)[()]",
    # NumPy's floats: Python's raise, or turn complex, outside a domain.
    "np.asarray({0}, dtype=float).ravel()",
)  # fmt: skip

_OF_COMPLEX: Final = {
    "dtype=float": "dtype=complex",
    "astype(float)": "astype(complex)",
    "np.zeros(size)": "np.zeros(size, dtype=complex)",
}


def _for_complex(text: str) -> str:
    for real, complex_ in _OF_COMPLEX.items():
        text = text.replace(real, complex_)
    return text


COMPLEX = replace(
    NUMPY,
    helpers={name: _for_complex(text) for name, text in NUMPY.helpers.items()},
    scalar=_for_complex(NUMPY.scalar), group=_for_complex(NUMPY.group), number="complex",
)  # fmt: skip
"""NumPy of complex numbers, for programs of functions that have them."""

JAX = Target(
    "jax",
    "jnp",
    _of_jax,
    {
        **{
            name: text.replace("np.", "jnp.")
            for name, text in NUMPY.spelled.items()
            if name not in NUMPY_SOURCES and name != "power -0.5"
        },
        "sinc": "_sinc({0})", "lgamma": "_lgamma({0})", "mod": "_mod({0}, {1})", "sign": "_sign({0})",
        "pow": "jnp.power({0}, {1})", "heaviside": "jnp.heaviside({0}, 0.5)",
    },
    {
        "_lgamma": (
            "def _lgamma(x):\n"
            "    # JAX's has few digits beside its zeros, 1 and 2.\n"
            f"{BESIDE_ZEROS.replace('np.', 'jnp.')}    return jnp.where(middle, series, special.gammaln(x))"
        ),
        "_mod": _MOD.replace("np.", "jnp."),
        "_sign": "def _sign(x):\n    return jnp.where(x == 0, 0.0, jnp.sign(x))",  # JAX's is -0 at -0
        "_sinc": NUMPY_SOURCES["sinc"].replace("np.", "jnp."),
        "_entries": _entries("jnp", "jnp.asarray(group, dtype=float)"),
        "_stack": (
            "def _stack(values, shape):\n"
            "    batch = jnp.stack(jnp.broadcast_arrays(*(jnp.asarray(v, dtype=float) for v in values)), axis=-1)\n"
            "    return batch.reshape(batch.shape[:-1] + shape)"
        ),
    },
    _ARITHMETIC - {"mod"},
    ("import jax.numpy as jnp",),
    "jnp.asarray({0}, dtype=float)",
    "jnp.asarray({0}, dtype=float).ravel()",
)  # fmt: skip

_TORCH: Final = frozenset(
    """exp expm1 exp2 log log1p log2 log10 sin cos tan asin acos atan tanh asinh acosh atanh sqrt floor ceil round
    abs erf erfc erfinv digamma lgamma""".split()
)

TORCH = Target(
    "torch",
    "torch",
    lambda op: _called(f"torch.{op.name}", op) if op.name in _TORCH else "",
    {
        "atan2": "torch.atan2(_t({0}), _t({1}))", "hypot": "torch.hypot(_t({0}), _t({1}))",
        "cbrt": "_cbrt({0})", "cosh": "_cosh({0})", "sinh": "_sinh({0})",
        "relu": "(torch.relu({0}) + 0.0)", "mod": "_mod(_t({0}), _t({1}))", "min": "torch.minimum(_t({0}), _t({1}))",
        "max": "torch.maximum(_t({0}), _t({1}))",
        "clip": "torch.minimum(torch.maximum(_t({0}), _t({1})), _t({2}))",
        "pow": "torch.pow(_t({0}), {1})", "power -0.5": "torch.pow({0}, _t(-0.5))",
        "heaviside": "_heaviside(_t({0}))", "sign": "_sign({0})",
        "softplus": "torch.logaddexp(_t({0}), _t(0.0))",
        "logaddexp": "torch.logaddexp(_t({0}), _t({1}))", "sinc": "_sinc({0})",
        "where": "torch.where(_b({0}), _t({1}), _t({2}))", "and": "torch.logical_and(_b({0}), _b({1}))",
        "or": "torch.logical_or(_b({0}), _b({1}))", "not": "torch.logical_not(_b({0}))",
        "gamma": "_gamma({0})",
    },
    {
        "_t": "def _t(value):\n    return torch.as_tensor(value, dtype=torch.float64)",
        "_b": "def _b(value):\n    return torch.as_tensor(value).bool()",
        "_cbrt": "def _cbrt(x):\n    return torch.copysign(torch.abs(x)**(1/3), x)",
        # torch's own are infinite from 709.8 on.
        "_cosh": "def _cosh(x):\n    return torch.cosh(x/2)**2 + torch.sinh(x/2)**2",
        "_sinh": "def _sinh(x):\n    return 2*torch.sinh(x/2)*torch.cosh(x/2)",
        "_mod": _MOD.replace("np.", "torch."),
        "_sinc": NUMPY_SOURCES["sinc"].replace("np.", "torch."),
        # torch's own are 0 at NaN.
        "_sign": "def _sign(x):\n    return torch.where(x == x, torch.sign(x), x)",
        "_heaviside": (
            "def _heaviside(x):\n    return torch.where(x == x, torch.heaviside(x, _t(0.5)), x)"
        ),
        "_gamma": (
            "def _gamma(x):\n"
            "    sign = torch.where((x < 0) & (torch.floor(x) % 2 != 0), -1.0, 1.0)\n"
            "    sign = torch.where(x == 0, torch.copysign(sign, x), sign)\n"
            "    return torch.where((x < 0) & (x == torch.floor(x)), torch.nan, sign*torch.exp(torch.lgamma(x)))"
        ),
        "_entries": _entries("torch", "_t(group)"),
        "_stack": (
            "def _stack(values, shape):\n"
            "    batch = torch.stack(torch.broadcast_tensors(*map(_t, values)), dim=-1)\n"
            "    return batch.reshape(batch.shape[:-1] + shape)"
        ),
    },
    _ARITHMETIC - {"mod"},
    ("import torch",),
    "torch.as_tensor({0}, dtype=torch.float64)",
    "torch.as_tensor({0}, dtype=torch.float64).ravel()",
)  # fmt: skip

TARGETS: Final[Mapping[str, Target]] = {target.name: target for target in (MATH, NUMPY, JAX, TORCH)}
