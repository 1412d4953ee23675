"""Plain values as JSON data and back, exactly: numbers, names, tuples, dimensions, contractions and arrays.

Whatever a node carries (a constant, the parameter of an operation) is one of a few kinds of value, whichever operation
it belongs to. A text stands for itself, everything else is a list whose first entry says what it is.
"""

from __future__ import annotations

import base64
import math
from fractions import Fraction
from typing import Any, Final

import numpy as np

from edgewise.errors import UnsupportedError
from edgewise.graph import exact_number
from edgewise.ops import PI, ArrayValue, Contraction, E, SymbolicConstant, dimension

__all__ = ["read", "read_length", "write", "write_length"]

_SYMBOLS: Final = {"pi": PI, "e": E}
_FUNCTIONS: Final = {"add": None, "mul": None, "pow": 2, "log": 1, "exp": 1, "floor": 1, "min": None}
"""The functions of dimensions, with the number of their arguments where that is fixed."""
_LARGEST: Final = 1 << 64
_POWER_BITS: Final = 4096
"""How long the number in front of a power may become: damaged data must not start a computation without end."""


def write(value: Any) -> Any:
    """JSON data from which `read` makes the same value, to the type and the last bit.

    Raises UnsupportedError for a value of another kind.

    >>> write((Contraction(("ij", "jk"), "ik"), 2 * dimension("n")))
    ['tuple', ['contraction', ['ij', 'jk'], 'ik'], ['mul', ['int', '0x2'], ['dimension', 'n']]]
    """
    match value:
        case str():
            return value
        case bool():
            return ["bool", value]
        case int():
            return ["int", hex(value)]
        case Fraction():
            return ["fraction", hex(value.numerator), hex(value.denominator)]
        case float():
            return ["float", value.hex()]
        case SymbolicConstant():
            return ["symbol", value.name]
        case tuple():
            return ["tuple", *map(write, value)]
        case Contraction():
            sizes = ([letter, write(length)] for letter, length in value.sizes)
            return ["contraction", list(value.inputs), value.output, *sizes]
        case ArrayValue():
            array = value.values
            return ["array", array.dtype.str, list(array.shape), base64.b64encode(array.tobytes()).decode("ascii")]
    return _write_expression(value)


def read(data: Any) -> Any:
    """The inverse of `write`. Raises ValueError, TypeError or LookupError for what `write` does not make.

    >>> read(["tuple", ["bool", True], ["fraction", "0x1", "0x3"], ["mul", ["int", "0x2"], ["dimension", "n"]]])
    (True, Fraction(1, 3), 2*n)
    """
    if isinstance(data, str):
        return data
    kind, *rest = data
    match kind:
        case "bool" if isinstance(rest[0], bool):
            return rest[0]
        case "int":
            return exact_number(int(rest[0], 16))
        case "fraction":
            return exact_number(Fraction(int(rest[0], 16), int(rest[1], 16)))
        case "float":
            return exact_number(float.fromhex(rest[0]))
        case "symbol":
            return _SYMBOLS[rest[0]]
        case "tuple":
            return tuple(map(read, rest))
        case "contraction":
            return _read_contraction(*rest)
        case "array":
            return _read_array(*rest)
    value = _read_expression(data)
    if not value.free_symbols:
        raise ValueError(f"{value!s:.60} holds no dimension")
    return value


def write_length(length: Any) -> Any:
    """The length of an axis: a plain number where it is one."""
    return length if type(length) is int else write(length)


def read_length(data: Any) -> Any:
    """The inverse of `write_length`; that it is a length is seen later."""
    return data if type(data) is int else read(data)


# --- contractions and arrays -----------------------------------------------------------------------------------------


def _read_contraction(inputs: Any, output: Any, *sizes: Any) -> Contraction:
    read_sizes = tuple((letter, read(length)) for letter, length in sizes)
    if not isinstance(inputs, list) or not all(
        isinstance(text, str) for text in (*inputs, output, *(letter for letter, _ in read_sizes))
    ):
        raise ValueError("the indices of a contraction are letters")
    return Contraction(tuple(inputs), output, read_sizes)


def _read_array(kind: Any, shape: Any, content: Any) -> ArrayValue:
    dtype = np.dtype(str(kind))
    if dtype.kind not in "biuf" or dtype.str != kind:
        raise ValueError(f"{kind!r:.60} is not a type of real numbers")
    if not isinstance(shape, list) or not all(type(length) is int and length >= 0 for length in shape):
        raise ValueError(f"an array has the shape {shape!r:.60}")
    numbers = base64.b64decode(content, validate=True)
    if len(numbers) != math.prod(shape) * dtype.itemsize:
        raise ValueError(f"an array of shape {shape!r:.60} has {len(numbers)} bytes")
    if dtype.kind == "b" and max(numbers, default=0) > 1:
        raise ValueError("a truth value is neither 0 nor 1")
    return ArrayValue(np.frombuffer(numbers, dtype=dtype).reshape(shape))


# --- expressions of SymPy in named dimensions ------------------------------------------------------------------------


def _write_expression(value: Any) -> Any:
    """Prefix form; SymPy is only loaded where there is an expression of it."""
    if hasattr(value, "free_symbols"):
        import sympy as sp

        names = {kind: name for name, kind in _kinds().items()}
        if isinstance(value, sp.Symbol):
            return ["dimension", value.name]
        if isinstance(value, sp.Integer):
            return ["int", hex(int(value))]
        if isinstance(value, sp.Rational):
            return ["fraction", hex(int(value.p)), hex(int(value.q))]
        if isinstance(value, sp.Float) and sp.Float(float(value)) == value:
            return ["float", float(value).hex()]
        if value in (sp.pi, sp.E):
            return ["symbol", "pi" if value == sp.pi else "e"]
        if value.func in names:
            name, parts = names[value.func], value.args
            parts = sorted(parts, key=sp.default_sort_key) if name in ("add", "mul", "min") else parts
            return [name, *map(_write_expression, parts)]
    raise UnsupportedError(
        f"a node carries {value!r:.60}, a {type(value).__name__}, which has no form in JSON",
        hint="use numbers and polynomials in named dimensions",
    )


def _kinds() -> dict[str, Any]:
    """The functions of dimensions as SymPy's classes and ours."""
    import sympy as sp

    from edgewise.ops.dim_symbol import Quotient, Smaller

    return {
        "add": sp.Add, "mul": sp.Mul, "pow": sp.Pow, "log": sp.log, "exp": sp.exp, "floor": Quotient, "min": Smaller,
    }  # fmt: skip


def _read_expression(data: Any) -> Any:
    import sympy as sp

    kind, *rest = data
    match kind:
        case "dimension" if isinstance(rest[0], str) and not rest[0].isdecimal():
            return dimension(rest[0])
        case "int" | "fraction":
            numbers = [int(part, 16) for part in rest]
            if max(map(abs, numbers)) >= _LARGEST:
                raise ValueError("a number beside a dimension has more than 64 bits")
            return sp.Rational(*numbers)
        case "float":
            return sp.Float(float.fromhex(rest[0]))
        case "symbol":
            return {"pi": sp.pi, "e": sp.E}[rest[0]]
    args = [_read_expression(part) for part in rest]
    if len(args) != (_FUNCTIONS[kind] or len(args)) or not args:
        raise ValueError(f"{kind} of {len(args)} expressions")
    if kind == "pow":
        _check_power(*args)
    value = _kinds()[kind](*args)
    if value.has(sp.zoo, sp.nan, sp.oo, sp.I) or (kind in ("pow", "log") and value.is_extended_real is False):
        raise ValueError(f"{value!s:.60} is not a real number")
    return value


def _check_power(base: Any, exponent: Any) -> None:
    """Whether a power is written down rather than computed at length."""
    front = base.as_coeff_Mul()[0]
    if exponent.is_Rational and front.is_Rational:
        bits = max(abs(front.p), front.q).bit_length() * max(abs(exponent.p), exponent.q)
        if bits > _POWER_BITS:
            raise ValueError("a power in a dimension is too large")
