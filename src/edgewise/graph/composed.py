"""NumPy's and SciPy's functions that take more than one operation of the table, on scalars and tensors alike.

Each is written so that value and derivative keep their digits over the whole range: differences that cancel are
taken from a series, products that overflow are taken apart, and the form that holds is selected.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from edgewise.errors import EdgewiseError
from edgewise.graph.asked_for_numbers import is_condition
from edgewise.graph.exact_numbers import exact_number
from edgewise.graph.expr import Expr, apply, direct, equality, resolve
from edgewise.graph.neighbours import METHODS, quick_code
from edgewise.graph.refused import refused
from edgewise.graph.special_functions import SPECIAL_FUNCTIONS
from edgewise.ops import OPS, PI, TABLE, Op
from edgewise.ops.formula import floor_quotient

__all__ = [
    "COMPOSED", "SCIPY", "UFUNCS", "as_type", "class_of", "is_truth", "no_type", "numeric_or_symbolic", "real_types",
    "select", "type_of_entries",
]  # fmt: skip

INF: Final = math.inf
_DOUBLE, _SINGLE = np.dtype(np.float64), np.dtype(np.float32)


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
        found = equality(name, *args) if name in ("eq", "ne") else NotImplemented
        return apply(name, *args) if found is NotImplemented else found  # beside an array of numbers

    return call


_abs, _exp2, _floor, _ceil, _max, _min, _mod, _ne, _not, _logaddexp, _selected = map(
    numeric_or_symbolic,
    ("abs", "exp2", "floor", "ceil", "max", "min", "mod", "ne", "not", "logaddexp", "where"),
)


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
    """A scalar as a real number, cut to a whole number, or as truth: what `astype` means.

    What would lose digits, or wrap round, is refused.
    """
    wanted = np.dtype(dtype)
    if wanted.kind == "O" or wanted in real_types(value):
        return value
    if wanted.kind == "b":
        return value if is_truth(value) else value != 0
    if wanted.kind in "biuf" and is_truth(value):
        return 1 * value
    if wanted.kind == "i" and wanted.itemsize >= 4:
        return _trunc(value)
    if wanted.kind in "iuf":
        raise no_type("an expression", wanted)
    raise refused(
        f"an expression is turned into {wanted}, and expressions are real numbers",
        "leave astype away, or write the real and imaginary parts apart",
    )


def type_of_entries(array: np.ndarray[Any, Any]) -> np.dtype[Any]:
    """What NumPy would call the type of an array of which the entries are expressions, as `class_of` has its class."""
    written = [entry for entry in array.ravel().tolist() if isinstance(entry, Expr)]
    if not written or not resolve(written[0])[0].record:
        own: np.dtype[Any] = array.dtype
        return own
    truth = len(written) == array.size and all(map(is_truth, written))
    return np.dtype(bool) if truth else real_types(written[0])[-1]


def real_types(*values: Any) -> tuple[np.dtype[Any], ...]:
    """The types that the real numbers of a graph may be called: of one whose inputs are float32, that too."""
    single = any(isinstance(value, Expr) and resolve(value)[0].single for value in values)
    return (_DOUBLE, _SINGLE) if single else (_DOUBLE,)


def no_type(what: str, wanted: np.dtype[Any]) -> EdgewiseError:
    """What to say of a type that has fewer digits, or another range, than nodes have."""
    return refused(
        f"{what} is turned into {wanted}, and nodes hold doubles",
        "write np.trunc(x) or np.floor(x) for whole numbers, declare an input of them with dtype=int; of float32 "
        "arrays as arguments the results are float32 by themselves",
    )


# --- NumPy ------------------------------------------------------------------------------------------------------


def _floor_divide(x: Any, y: Any) -> Any:
    return floor_quotient(lambda op, args: apply(op, *args), x, y, y)


def _signbit(x: Any) -> Any:
    return select(x == 0, 1 / x < 0, x < 0)


def _trunc(x: Any) -> Any:
    return select(x < 0, _ceil(x), _floor(x))


def _unless_nan(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda x, y: select(x != x, y, select(y != y, x, function(x, y)))


# --- SciPy -------------------------------------------------------------------------------------------------------


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


def _several(*rows: str) -> Callable[..., Any]:
    functions = tuple(map(numeric_or_symbolic, rows))
    return lambda x: tuple(function(x) for function in functions)


COMPOSED: Final[Mapping[str, Callable[..., Any]]] = {
    # NumPy
    "square": lambda x: x**2,
    "reciprocal": lambda x: 1 / x,
    **dict.fromkeys(("positive", "conjugate"), lambda x: x),
    "floor_divide": _floor_divide,
    "divmod": lambda x, y: (_floor_divide(x, y), _mod(x, y)),
    "modf": lambda x: (x - _trunc(x), _trunc(x)),
    "trunc": _trunc,
    "heaviside": lambda x, h: select(x == 0, h, numeric_or_symbolic("heaviside")(x)),
    **dict.fromkeys(("deg2rad", "radians"), lambda x: x * (PI.value / 180)),
    **dict.fromkeys(("rad2deg", "degrees"), lambda x: x * (180 / PI.value)),
    "signbit": _signbit,
    "copysign": lambda x, y: select(_signbit(y), -_abs(x), _abs(x)),
    "isnan": lambda x: x != x,
    "isfinite": lambda x: _abs(x) < INF,
    "isinf": lambda x: _abs(x) == INF,
    **dict.fromkeys(("logical_xor", "bitwise_xor"), lambda x, y: _ne(_not(x), _not(y))),
    "fmax": _unless_nan(_max),
    "fmin": _unless_nan(_min),
    "ldexp": lambda x, n: x * _exp2(n),
    "logaddexp2": lambda x, y: _logaddexp(x * math.log(2), y * math.log(2)) / math.log(2),
    # SciPy
    **{
        name: numeric_or_symbolic(name)
        for name in ("dawsn", "ellipeinc", "ellipkinc", "erfi", "exprel", "log_ndtr", "logit", "xlog1py", "xlogy")
    },
    **{
        name: _several(*rows)
        for name, *rows in (
            ("airy", "airyai", "airyaiprime", "airybi", "airybiprime"),
            ("fresnel", "fresnels", "fresnelc"),
            ("shichi", "sinhint", "coshint"),
            ("sici", "sinint", "cosint"),
        )
    },
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
