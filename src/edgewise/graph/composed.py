"""NumPy's and SciPy's functions that take more than one operation of the table, on scalars and tensors alike.

Each is written so that value and derivative keep their digits over the whole range: differences that cancel are
taken from a series, products that overflow are taken apart, and the form that holds is selected.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from edgewise.graph.asked_for_numbers import is_condition
from edgewise.graph.exact_numbers import exact_number
from edgewise.graph.expr import Expr, apply, direct, equality, resolve
from edgewise.graph.neighbours import METHODS, quick_code
from edgewise.graph.refused import refused
from edgewise.graph.special_functions import SPECIAL_FUNCTIONS
from edgewise.ops import OPS, PI, TABLE, Op
from edgewise.ops.formula import floor_quotient

__all__ = ["COMPOSED", "SCIPY", "UFUNCS", "as_type", "class_of", "is_truth", "numeric_or_symbolic", "select"]

INF: Final = math.inf


def numeric_or_symbolic(name: str) -> Callable[..., Any]:
    """An operation of the table that computes where no argument is an expression."""
    op = OPS[name]
    code = quick_code(op)

    def call(*args: Any) -> Any:
        made = direct(code, args) if code >= 0 else None
        if made is not None:
            return made
        if not any(isinstance(arg, Expr) for arg in args):
            with np.errstate(all="ignore"):
                return op.value(*args)
        return equality(name, *args) if name in ("eq", "ne") else apply(name, *args)

    return call


_abs, _exp, _expm1, _exp2, _log, _log1p, _sin = map(
    numeric_or_symbolic, ("abs", "exp", "expm1", "exp2", "log", "log1p", "sin")
)
_hypot, _erfc, _gamma, _lgamma, _floor, _ceil, _round = map(
    numeric_or_symbolic, ("hypot", "erfc", "gamma", "lgamma", "floor", "ceil", "round")
)
_max, _min, _mod, _ne, _not, _softplus, _logaddexp = map(
    numeric_or_symbolic, ("max", "min", "mod", "ne", "not", "softplus", "logaddexp")
)
_selected = numeric_or_symbolic("where")


def select(condition: Any, x: Any, y: Any) -> Any:
    """`where` of scalars; a condition that is known decides."""
    if isinstance(condition, (bool, np.bool_, int, float, np.number)):
        return x if condition else y
    return _selected(condition, x, y)


def is_truth(value: Any) -> bool:
    """Whether a scalar or tensor is a truth value: a comparison, or made of such."""
    if not isinstance(value, Expr):
        return isinstance(value, (bool, np.bool_))
    return is_condition(*resolve(value))


def class_of(expr: Expr) -> type:
    """The class of what an expression stands for while a function is traced: float, bool or ndarray; else its own."""
    builder, node = resolve(expr)
    if not builder.record:
        return type(expr)
    return np.ndarray if builder.shapes.get(node) else bool if is_truth(expr) else float


def as_type(value: Any, dtype: Any) -> Any:
    """A scalar or tensor as real numbers, cut to whole numbers, or as truth: what `astype` means."""
    kind = np.dtype(dtype).kind
    if kind in "fO":
        return value
    if kind in "iu":
        return 1 * value if is_truth(value) else _trunc(value)
    if kind == "b":
        return value if is_truth(value) else value != 0
    raise refused(
        f"an expression is turned into {np.dtype(dtype)}, and expressions are real numbers",
        "leave astype away, or write the real and imaginary parts apart",
    )


def _series(z: Any, coefficients: Sequence[Any]) -> Any:
    """c0 + c1 z + c2 z² + …, from its end."""
    total = coefficients[-1]
    for c in reversed(coefficients[:-1]):
        total = total * z + c
    return total


# --- NumPy ------------------------------------------------------------------------------------------------------


def _floor_divide(x: Any, y: Any) -> Any:
    return floor_quotient(lambda op, args: apply(op, *args), x, y, y)


def _signbit(x: Any) -> Any:
    return select(x == 0, 1 / x < 0, x < 0)


def _trunc(x: Any) -> Any:
    return select(x < 0, _ceil(x), _floor(x))


def _unless_nan(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda x, y: select(x != x, y, select(y != y, x, function(x, y)))


# --- exponentials and logarithms --------------------------------------------------------------------------------


def _log_ratio(x: Any, y: Any) -> Any:
    """log(x/y) of two positive numbers, whose quotient may be near 1, overflow or underflow."""
    ratio = x / y
    far = select((ratio > 1e-30) & (ratio < 1e30), _log(ratio), _log(x) - _log(y))
    return select((ratio > 0.5) & (ratio < 2), _log1p((x - y) / y), far)


def _entr(x: Any) -> Any:
    return select(x < 0, -INF, select(x == 0, 0, -(x * _log(x))))


def _rel_entr(x: Any, y: Any) -> Any:
    inside = select((x < 0) | (y <= 0), INF, x * _log_ratio(x, y))
    return select((x == 0) & (y >= 0), 0, inside)


def _kl_div(x: Any, y: Any) -> Any:
    # With t = y/x - 1 = 2s/(1 - s) it is x (t - log(1 + t)), and log(1 + t) = 2 (s + s³/3 + s⁵/5 + …).
    s = (y - x) / (y + x)
    near = 2 * s * s * (1 / (1 - s) - s * _series(s * s, [1 / k for k in range(3, 23, 2)]))
    inside = select(_abs(s) < 0.15, x * near, x * _log_ratio(x, y) + (y - x))
    outside = select((x == 0) & (y >= 0), y, INF)
    return select((x < 0) | (y <= 0) | (x == 0), outside, inside)


_EXPREL: Final = [1 / math.factorial(k) for k in range(1, 17)]


def _exprel(x: Any) -> Any:
    return select(_abs(x) < 0.5, _series(x, _EXPREL), _expm1(x) / x)


def _boxcox(log: Any, power: Any) -> Any:
    """(exp(power·log) - 1)/power, and log where power is 0, with the derivative in the power."""
    z = power * log
    return select((power == 0) | (_abs(z) < 0.5), log * _series(z, _EXPREL), _expm1(z) / power)


def _unboxcox(y: Any, power: Any) -> Any:
    """log(1 + power·y)/power, and y where power is 0, with the derivative in the power."""
    z = power * y
    s = z / (2 + z)
    near = 2 * y / (2 + z) * _series(s * s, [1 / k for k in range(1, 23, 2)])
    return select((power == 0) | (_abs(z) < 0.25), near, _log1p(z) / power)


def _powm1(x: Any, y: Any) -> Any:
    z = y * _log(x)
    return select((x > 0) & (_abs(z) < 0.5), _expm1(z), x**y - 1)


def _cosm1(x: Any) -> Any:
    half = _sin(x / 2)
    return -2 * half * half


# --- the error function, the gamma function ---------------------------------------------------------------------

_SCALE: Final = math.sqrt(0.5)


def _ndtr(x: Any) -> Any:
    return _erfc(x * -_SCALE) / 2


def _rgamma(x: Any) -> Any:
    # Reflected below ½: there gamma has poles, and this has roots with a slope.
    n = _round(x)
    sign = 1 - 2 * _mod(n, 2)
    above = select(x < 50, 1 / _gamma(x), _exp(-_lgamma(x)))  # the slope of 1/gamma would underflow
    return select(x > 0.5, above, sign * _sin(PI * (x - n)) * _gamma(1 - x) / PI)


def _huber(delta: Any, r: Any) -> Any:
    size = _abs(r)
    return select(delta < 0, INF, select(size <= delta, r * r / 2, delta * (size - delta / 2)))


def _pseudo_huber(delta: Any, r: Any) -> Any:
    inside = r * (r / (1 + _hypot(1, r / delta)))
    return select(delta < 0, INF, select(delta == 0, 0, inside))


# --- orthogonal polynomials of constant degree --------------------------------------------------------------------


def _polynomial(
    name: str,
    first: Callable[..., Any],
    step: Callable[..., Any],
    at: Callable[[Any], Any] = lambda x: x,
    times: int = 1,
) -> Callable[..., Any]:
    """P0 = 1, P1 = first(x, …), P(k + 1) = step(k, x, P(k), P(k - 1), …); of at(x), so many times."""

    def call(n: Any, *given: Any) -> Any:
        *parameters, x = given
        if isinstance(n, Expr) or np.ndim(n) or n != int(n) or not 0 <= n <= 1000:
            raise refused(f"scipy.special.{name} of the degree {n!r:.40}", "give one whole number up to 1000")
        x = at(x)
        before, now = 1, first(x, *parameters)
        if int(n) == 0:
            return 0 * now + times
        for k in range(1, int(n)):
            before, now = now, step(k, x, now, before, *parameters)
        return now if times == 1 else times * now

    return call


def _jacobi(k: int, x: Any, p: Any, q: Any, a: Any, b: Any) -> Any:
    s = 2 * k + a + b
    ahead = (s + 1) * (s * (s + 2) * x + (a + b) * (a - b)) * p - 2 * (k + a) * (k + b) * (s + 2) * q
    return ahead / (2 * (k + 1) * (k + a + b + 1) * s)


def _chebyshev(k: int, x: Any, p: Any, q: Any) -> Any:
    return 2 * x * p - q


def _legendre(k: int, x: Any, p: Any, q: Any) -> Any:
    return ((2 * k + 1) * x * p - k * q) / (k + 1)


def _laguerre(k: int, x: Any, p: Any, q: Any, a: Any = 0) -> Any:
    return ((2 * k + 1 + a - x) * p - (k + a) * q) / (k + 1)


_POLYNOMIALS: Final = {
    name: _polynomial(name, *rows)
    for name, *rows in (
        ("eval_chebyt", lambda x: x, _chebyshev),
        ("eval_chebyu", lambda x: 2 * x, _chebyshev),
        ("eval_chebyc", lambda x: x, _chebyshev, lambda x: x / 2, 2),
        ("eval_chebys", lambda x: 2 * x, _chebyshev, lambda x: x / 2),
        ("eval_sh_chebyt", lambda x: x, _chebyshev, lambda x: 2 * x - 1),
        ("eval_sh_chebyu", lambda x: 2 * x, _chebyshev, lambda x: 2 * x - 1),
        ("eval_legendre", lambda x: x, _legendre),
        ("eval_sh_legendre", lambda x: x, _legendre, lambda x: 2 * x - 1),
        ("eval_hermite", lambda x: 2 * x, lambda k, x, p, q: 2 * (x * p - k * q)),
        ("eval_hermitenorm", lambda x: x, lambda k, x, p, q: x * p - k * q),
        ("eval_laguerre", lambda x: 1 - x, _laguerre),
        ("eval_genlaguerre", lambda x, a: 1 + a - x, _laguerre),
        (
            "eval_gegenbauer",
            lambda x, a: 2 * a * x,
            lambda k, x, p, q, a: (2 * (k + a) * x * p - (k + 2 * a - 1) * q) / (k + 1),
        ),
        ("eval_jacobi", lambda x, a, b: (a - b + (a + b + 2) * x) / 2, _jacobi),
    )
}


def _of_order(name: str, row: str) -> Callable[..., Any]:
    """A function of SciPy's whose first argument is the parameter of a row."""

    def call(n: Any, x: Any) -> Any:
        if not isinstance(n, Expr) and np.ndim(n) == 0 and OPS[row].real_parameter and math.isfinite(n):
            return apply(row, x, parameter=int(n) if n == int(n) else exact_number(n))
        if isinstance(n, Expr) or np.ndim(n) or n != int(n) or n < 0 or OPS[row].real_parameter:
            raise refused(
                f"scipy.special.{name} of the order {n!r:.40}",
                "give one number" if OPS[row].real_parameter else "give one whole number that is not negative",
            )
        return apply(row, x, parameter=int(n))

    return call


_AIRY: Final = tuple(map(numeric_or_symbolic, ("airyai", "airyaiprime", "airybi", "airybiprime")))

COMPOSED: Final[Mapping[str, Callable[..., Any]]] = {
    # NumPy
    "square": lambda x: x**2,
    "reciprocal": lambda x: 1 / x,
    "positive": lambda x: x,
    "conjugate": lambda x: x,
    "floor_divide": _floor_divide,
    "divmod": lambda x, y: (_floor_divide(x, y), _mod(x, y)),
    "modf": lambda x: (x - _trunc(x), _trunc(x)),
    "trunc": _trunc,
    "heaviside": lambda x, h: select(x == 0, h, numeric_or_symbolic("heaviside")(x)),
    "deg2rad": lambda x: x * (PI.value / 180),
    "radians": lambda x: x * (PI.value / 180),
    "rad2deg": lambda x: x * (180 / PI.value),
    "degrees": lambda x: x * (180 / PI.value),
    "signbit": _signbit,
    "copysign": lambda x, y: select(_signbit(y), -_abs(x), _abs(x)),
    "isnan": lambda x: x != x,
    "isfinite": lambda x: _abs(x) < INF,
    "isinf": lambda x: _abs(x) == INF,
    "logical_xor": lambda x, y: _ne(_not(x), _not(y)),
    "bitwise_xor": lambda x, y: _ne(_not(x), _not(y)),
    "fmax": _unless_nan(_max),
    "fmin": _unless_nan(_min),
    "ldexp": lambda x, n: x * _exp2(n),
    "logaddexp2": lambda x, y: _logaddexp(x * math.log(2), y * math.log(2)) / math.log(2),
    # SciPy
    "boxcox": lambda x, power: select((x == 0) & (power == 0), -INF, _boxcox(_log(x), power)),
    "boxcox1p": lambda x, power: select((x == -1) & (power == 0), -INF, _boxcox(_log1p(x), power)),
    "inv_boxcox": lambda y, power: _exp(_unboxcox(y, power)),
    "inv_boxcox1p": lambda y, power: _expm1(_unboxcox(y, power)),
    "cosm1": _cosm1,
    "entr": _entr,
    "exp10": lambda x: 10**x,
    "exprel": _exprel,
    "huber": _huber,
    "kl_div": _kl_div,
    "log_expit": lambda x: -_softplus(-x),
    "ndtr": _ndtr,
    "powm1": _powm1,
    "pseudo_huber": _pseudo_huber,
    "rel_entr": _rel_entr,
    "rgamma": _rgamma,
    **_POLYNOMIALS,
    **{name: numeric_or_symbolic(name) for name in ("log_ndtr", "logit", "xlog1py", "xlogy")},
    "airy": lambda x: tuple(function(x) for function in _AIRY),
    "exp1": lambda x: apply("expint", x, parameter=1),
    **{name: _of_order(name, op.name) for op in TABLE if op.parameter for name in op.scipy.split()},
    **SPECIAL_FUNCTIONS,
}
"""What a ufunc of this name writes; where it returns several arrays, a tuple."""

SCIPY: Final[Mapping[str, str]] = {name: op.name for op in TABLE for name in op.scipy.split() if not op.parameter}
"""SciPy's names of operations of the table."""


def _ufuncs(op: Op) -> list[str]:
    """NumPy's names of an operation; its own where NumPy has a function of that name and of so many arguments."""
    own = getattr(np, op.name, None)
    same = isinstance(own, np.ufunc) and own.__name__ == op.name and own.nin == op.arity
    return [*op.numpy.split(), *([op.name] if same else [])]


UFUNCS: Final[dict[str, str]] = {name: op.name for op in TABLE if op.name != "power" for name in _ufuncs(op)}


def _method(name: str) -> Callable[..., Expr]:
    def method(self: Expr, *others: Any) -> Expr:
        return apply(name, self, *others)

    method.__name__ = name
    method.__doc__ = f"{OPS[name].doc} (NumPy calls this for entries of object arrays)."
    return method


METHODS.update(
    (numpy_name, _method(op_name))
    for numpy_name, op_name in UFUNCS.items()
    if (OPS[op_name].arity == 1 or numpy_name in ("arctan2", "hypot")) and not hasattr(Expr, numpy_name)
)
