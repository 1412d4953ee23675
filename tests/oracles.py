"""Numbers that nobody in this project computes: mpmath at high precision, complex steps, SymPy, JAX.

Each oracle reads a graph through a table of its own from operation names to that library's functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import mpmath as mp
import numpy as np
from scipy import special

from edgewise.graph import Tape
from edgewise.ops import CONST, INPUT, SymbolicConstant


def _softplus(x: Any) -> Any:
    return mp.log1p(mp.exp(x))


def _spherical_jn(x: Any, n: int) -> Any:
    if x == 0:
        return mp.mpf(n == 0)
    if x < 0:  # the functions have the parity of their order; mpmath's square root has a branch cut here
        return (-1) ** n * _spherical_jn(-x, n)
    return mp.sqrt(mp.pi / (2 * x)) * mp.besselj(n + mp.mpf(1) / 2, x)


def _inerfcx(x: Any, n: int) -> Any:
    if x > 5:
        return mp.hyperu(mp.mpf(n + 1) / 2, 0.5, x * x) / 2**n / mp.sqrt(mp.pi)
    return mp.exp(x * x / 2) * mp.pcfd(-n - 1, x * mp.sqrt(2)) / mp.sqrt(mp.mpf(2) ** (n - 1) * mp.pi)


def _lambertw(x: Any, k: int) -> Any:
    value = mp.lambertw(x, k)
    return mp.re(value) if not mp.im(value) else mp.nan


MPMATH: Mapping[str, Callable[..., Any]] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "neg": lambda x: -x,
    "power": lambda x, c: mp.mpf(x) ** c if isinstance(c, int) else mp.power(x, c),
    "pow": mp.power,
    "sqrt": mp.sqrt,
    "cbrt": lambda x: mp.sign(x) * mp.cbrt(abs(x)),
    "exp": mp.exp,
    "expm1": mp.expm1,
    "exp2": lambda x: mp.power(2, x),
    "log": mp.log,
    "log1p": mp.log1p,
    "log2": lambda x: mp.log(x, 2),
    "log10": mp.log10,
    "sin": mp.sin,
    "cos": mp.cos,
    "tan": mp.tan,
    "asin": mp.asin,
    "acos": mp.acos,
    "atan": mp.atan,
    "atan2": mp.atan2,
    "hypot": mp.hypot,
    "sinc": mp.sinc,
    "spherical_jn": _spherical_jn,
    "sinh": mp.sinh,
    "cosh": mp.cosh,
    "tanh": mp.tanh,
    "asinh": mp.asinh,
    "acosh": mp.acosh,
    "atanh": mp.atanh,
    "sech": mp.sech,
    "csch": mp.csch,
    "coth": mp.coth,
    "asech": mp.asech,
    "acsch": mp.acsch,
    "acoth": mp.acoth,
    "log1mexp": lambda x: mp.log1p(-mp.exp(x)) if x < -1 else mp.log(-mp.expm1(x)),
    "logcosh": lambda x: mp.log1p(2 * mp.sinh(x / 2) ** 2),
    "abs": abs,
    "sign": mp.sign,
    "min": min,
    "max": max,
    "clip": lambda x, low, high: min(max(x, low), high),
    "relu": lambda x: max(x, mp.mpf(0)),
    "heaviside": lambda x: mp.mpf(1) if x > 0 else mp.mpf(0) if x < 0 else mp.mpf(1) / 2,
    "floor": mp.floor,
    "ceil": mp.ceil,
    "round": mp.nint,
    "mod": lambda x, y: x - y * mp.floor(x / y),
    "lt": lambda x, y: mp.mpf(x < y),
    "le": lambda x, y: mp.mpf(x <= y),
    "gt": lambda x, y: mp.mpf(x > y),
    "ge": lambda x, y: mp.mpf(x >= y),
    "eq": lambda x, y: mp.mpf(x == y),
    "ne": lambda x, y: mp.mpf(x != y),
    "and": lambda x, y: mp.mpf(bool(x) and bool(y)),
    "or": lambda x, y: mp.mpf(bool(x) or bool(y)),
    "not": lambda x: mp.mpf(not x),
    "where": lambda c, x, y: x if c else y,
    "erf": mp.erf,
    "erfc": mp.erfc,
    "erfinv": mp.erfinv,
    "gamma": mp.gamma,
    "lgamma": lambda x: mp.log(abs(mp.gamma(x))),
    "digamma": mp.digamma,
    "polygamma": lambda x, n: mp.psi(n, x),
    "sigmoid": lambda x: 1 / (1 + mp.exp(-x)),
    "softplus": _softplus,
    "logaddexp": lambda x, y: mp.log(mp.exp(x) + mp.exp(y)),
    "logit": lambda x: mp.log(x / (1 - x)),
    "xlogy": lambda x, y: x * mp.log(y) if x else mp.mpf(0),
    "xlog1py": lambda x, y: x * mp.log(1 + y) if x else mp.mpf(0),
    "lambertw": lambda x: _lambertw(x, 0),
    "lambertwm1": lambda x: _lambertw(x, -1),
    "ellipk": mp.ellipk,
    "ellipe": mp.ellipe,
    "ellipd": lambda m: mp.pi / 4 * mp.hyp2f1(1.5, 0.5, 2, m),
    "gammainc": lambda a, x: mp.gammainc(a, 0, x, regularized=True),
    "gammaincc": lambda a, x: mp.gammainc(a, x, mp.inf, regularized=True),
    "gammapdf": lambda a, x: mp.power(x, a - 1) * mp.exp(-x) / mp.gamma(a),
    "betainc": lambda a, b, x: mp.betainc(a, b, 0, x, regularized=True),
    "betapdf": lambda a, b, x: mp.power(x, a - 1) * mp.power(1 - x, b - 1) / mp.beta(a, b),
    "airyai": mp.airyai,
    "airyaiprime": lambda x: mp.airyai(x, derivative=1),
    "airybi": mp.airybi,
    "airybiprime": lambda x: mp.airybi(x, derivative=1),
    "hurwitz_zeta": lambda s, q: mp.zeta(s, q),
    "besselj": lambda x, n: mp.besselj(n, x),
    "bessely": lambda x, n: mp.bessely(n, x),
    "besseli": lambda x, n: mp.besseli(n, x),
    "besselk": lambda x, n: mp.besselk(n, x),
    "besselie": lambda x, n: mp.besseli(n, x) * mp.exp(-abs(x)),
    "besselke": lambda x, n: mp.besselk(n, x) * mp.exp(x),
    "ellipkinc": mp.ellipf,
    "ellipeinc": mp.ellipe,
    "sinint": mp.si,
    "cosint": mp.ci,
    "sinhint": mp.shi,
    "coshint": mp.chi,
    "fresnels": mp.fresnels,
    "fresnelc": mp.fresnelc,
    "dawsn": lambda x: mp.sqrt(mp.pi) / 2 * mp.exp(-x * x) * mp.erfi(x),
    "erfi": mp.erfi,
    "expint": lambda x, n: mp.expint(n, x) if x >= 0 else mp.nan,
    "expi": mp.ei,
    "expsq": lambda c, x: mp.exp(c * x * x),
    "exprel": lambda x: mp.expm1(x) / x if x else mp.mpf(1),
    "expmoment": lambda x, k: mp.hyp1f1(k + 1, k + 2, x) / (k + 1),
    "erfcx": lambda x: mp.exp(x * x) * mp.erfc(x),
    "inerfcx": _inerfcx,
    "log_ndtr": lambda x: mp.log(mp.erfc(-x / mp.sqrt(2)) / 2) if x < 0 else mp.log1p(-mp.erfc(x / mp.sqrt(2)) / 2),
}


def mp_number(value: Any) -> Any:
    """A constant at the working precision."""
    if isinstance(value, Fraction):
        return mp.mpf(value.numerator) / value.denominator
    if isinstance(value, SymbolicConstant):
        return mp.pi if value.name == "pi" else mp.e
    return mp.mpf(value)


def mp_value(name: str, args: Sequence[Any], parameter: Any = None) -> Any:
    """One operation at the working precision of mpmath."""
    if parameter is None:
        return MPMATH[name](*args)
    return MPMATH[name](*args, mp_number(parameter) if not isinstance(parameter, int) else parameter)


def mp_evaluate(tape: Tape, point: Sequence[float], shift: Mapping[int, Any] | None = None) -> list[Any]:
    """Every node of a graph at the working precision of mpmath; `shift` moves the values of some nodes."""
    values: list[Any] = [None] * len(tape)
    moved = shift or {}
    for i, value in zip(tape.inputs, point, strict=True):
        values[i] = mp.mpf(value)
    for i, code, args in tape.rows():
        if code == CONST:
            values[i] = mp_number(tape.attrs[i])
        elif code != INPUT:
            values[i] = mp_value(tape.op_of_code(code).name, [values[j] for j in args], tape.attrs.get(i))
        if i in moved:
            values[i] += moved[i]
    return values


def mp_derivative(
    function: Callable[..., Any], point: Sequence[float], order: Sequence[int], step: float = 1e-18
) -> Any:
    """A partial derivative of total order up to two, by central differences extrapolated once (Richardson).

    With steps h and h/2 the error is of order h⁴, far below double precision; call it at 80 digits or so, of which the
    division by h² takes 36. `order[k]` is how often argument k is differentiated. Both steps share points, and so do
    the orders: a function that keeps its values saves half.
    """

    def difference(h: Any) -> Any:
        terms: list[tuple[Any, list[Any]]] = [(mp.mpf(1), [mp.mpf(v) for v in point])]
        for k, times in enumerate(order):
            stencil = {0: ((0, 1),), 1: ((1, 0.5), (-1, -0.5)), 2: ((1, 1), (0, -2), (-1, 1))}[times]
            terms = [
                (factor * weight / h**times, [*at[:k], at[k] + shift * h, *at[k + 1 :]])
                for factor, at in terms
                for shift, weight in stencil
            ]
        return mp.fsum(factor * mp.re(function(*at)) for factor, at in terms)

    h = mp.mpf(step)
    return (4 * difference(h / 2) - difference(h)) / 3


def mp_gradient(tape: Tape, point: Sequence[float], output: int, digits: int = 50) -> list[Any]:
    """Central differences of a smooth graph at so many digits that they are derivatives to double precision."""
    with mp.workdps(digits):
        h = mp.mpf(10) ** (-digits // 3)
        result = []
        for k in range(len(point)):
            up, down = [mp.mpf(v) for v in point], [mp.mpf(v) for v in point]
            up[k], down[k] = up[k] + h, down[k] - h
            difference = mp_evaluate(tape, up)[output] - mp_evaluate(tape, down)[output]
            result.append(difference / (2 * h))
        return result


def mp_derivative_in_node(tape: Tape, point: Sequence[float], output: int, node: int) -> Any:
    """The derivative of an output in the value of any node: what grad_table holds."""
    with mp.workdps(80):
        return mp_derivative(lambda t: mp_evaluate(tape, point, {node: t})[output], [0.0], [1])


def close(value: Any, exact: Any, relative: float = 1e-9, absolute: float = 1e-10) -> bool:
    """Whether a double is the exact number, to rounding."""
    return bool(abs(mp.mpf(float(value)) - exact) <= absolute + relative * abs(exact))


# --- complex-step differentiation ----------------------------------------------------------------------------------

COMPLEX: Mapping[str, Callable[..., Any]] = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": np.divide,
    "neg": np.negative,
    "power": lambda x, c: np.power(x, float(c)) if not isinstance(c, int) else np.power(x, c),
    "sqrt": np.sqrt,
    "exp": np.exp,
    "log": np.log,
    "sin": np.sin,
    "cos": np.cos,
    "tanh": np.tanh,
    "atan": np.arctan,
    "asinh": np.arcsinh,
    "erf": special.erf,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "softplus": lambda x: np.log(1 + np.exp(x)),
    "logaddexp": lambda x, y: np.log(np.exp(x) + np.exp(y)),
}


def complex_step(tape: Tape, point: Sequence[float], output: int) -> list[float]:
    """Im f(x + ih)/h for a graph of analytic operations: exact to rounding, for no difference is taken.

    Squire and Trapp, *Using Complex Variables to Estimate Derivatives of Real Functions*, SIAM Review 40 (1998).
    """
    h = 1e-40
    result = []
    for k in range(len(point)):
        values: list[Any] = [None] * len(tape)
        for position, (i, value) in enumerate(zip(tape.inputs, point, strict=True)):
            values[i] = complex(value, h if position == k else 0.0)
        for i, code, args in tape.rows():
            if code == CONST:
                values[i] = complex(float(tape.attrs[i]))
            elif code != INPUT:
                extra = [] if i not in tape.attrs else [tape.attrs[i]]
                values[i] = COMPLEX[tape.op_of_code(code).name](*(values[j] for j in args), *extra)
        result.append(float(np.imag(values[output]) / h))
    return result


# --- SymPy and JAX -------------------------------------------------------------------------------------------------


def sympy_function(tape: Tape, output: int) -> tuple[Any, list[Any]]:
    """A small graph of smooth operations as a SymPy expression, and its symbols."""
    import sympy as sp

    table: Mapping[str, Callable[..., Any]] = {
        "add": lambda x, y: x + y,
        "sub": lambda x, y: x - y,
        "mul": lambda x, y: x * y,
        "div": lambda x, y: x / y,
        "neg": lambda x: -x,
        "power": lambda x, c: x ** sp.Rational(c),
        "sigmoid": lambda x: 1 / (1 + sp.exp(-x)),
        "softplus": lambda x: sp.log(1 + sp.exp(x)),
        "logaddexp": lambda x, y: sp.log(sp.exp(x) + sp.exp(y)),
        **{name: getattr(sp, name) for name in ("sqrt", "exp", "log", "sin", "cos", "tanh", "atan", "asinh", "erf")},
    }
    symbols = [sp.Symbol(f"t{k}", real=True) for k in range(len(tape.inputs))]
    values: list[Any] = [None] * len(tape)
    for i, symbol in zip(tape.inputs, symbols, strict=True):
        values[i] = symbol
    for i, code, args in tape.rows():
        if code == CONST:
            values[i] = sp.Rational(tape.attrs[i])
        elif code != INPUT:
            extra = [] if i not in tape.attrs else [tape.attrs[i]]
            values[i] = table[tape.op_of_code(code).name](*(values[j] for j in args), *extra)
    return values[output], symbols


def sympy_gradient(tape: Tape, point: Sequence[float], output: int, digits: int = 30) -> list[Any]:
    """SymPy's own derivatives of a small graph, evaluated at so many digits."""
    import sympy as sp

    expression, symbols = sympy_function(tape, output)
    at = {symbol: sp.Rational(value) for symbol, value in zip(symbols, point, strict=True)}
    return [mp.mpf(str(sp.diff(expression, symbol).subs(at).evalf(digits))) for symbol in symbols]


def jax_function(tape: Tape, output: int) -> Callable[..., Any]:
    """A graph as a function of JAX scalars; JAX must be installed."""
    import jax
    import jax.numpy as jnp

    table: Mapping[str, Callable[..., Any]] = {
        "add": jnp.add,
        "sub": jnp.subtract,
        "mul": jnp.multiply,
        "div": jnp.divide,
        "neg": jnp.negative,
        "power": lambda x, c: x ** (c if isinstance(c, int) else float(c)),
        "atan": jnp.arctan,
        "asinh": jnp.arcsinh,
        "max": jnp.maximum,
        "min": jnp.minimum,
        "clip": lambda x, low, high: jnp.minimum(jnp.maximum(x, low), high),
        "lt": jnp.less,
        "where": jnp.where,
        "erf": jax.scipy.special.erf,
        "sigmoid": jax.nn.sigmoid,
        "softplus": jax.nn.softplus,
        "relu": jax.nn.relu,
        **{name: getattr(jnp, name) for name in ("sqrt", "exp", "log", "sin", "cos", "tanh", "abs", "logaddexp")},
    }

    def function(*point: Any) -> Any:
        values: list[Any] = [None] * len(tape)
        for i, value in zip(tape.inputs, point, strict=True):
            values[i] = value
        for i, code, args in tape.rows():
            if code == CONST:
                values[i] = jnp.asarray(float(tape.attrs[i]))
            elif code != INPUT:
                extra = [] if i not in tape.attrs else [tape.attrs[i]]
                values[i] = table[tape.op_of_code(code).name](*(values[j] for j in args), *extra)
        return values[output]

    return function
