"""The table's operations as functions of expressions, numbers and arrays: `edgewise.exp`, `edgewise.where`, …"""

from __future__ import annotations

import inspect
import math
import operator
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache
from math import isfinite
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError
from edgewise.graph.arrays.array import as_expressions
from edgewise.graph.arrays.filled import settled_all
from edgewise.graph.builder import Builder
from edgewise.graph.exact_numbers import exact_number
from edgewise.graph.expr import Expr, apply_op, direct
from edgewise.graph.layout import SIGNS, Dependent, Parameter, Shape
from edgewise.graph.named_constants import in_a_graph
from edgewise.graph.neighbours import quick_code
from edgewise.graph.refused import refused
from edgewise.ops import TABLE, Op, SymbolicConstant

__all__ = ["FUNCTIONS", "function_of", "group", "shape_of", "symbols"]


@cache
def _signature(names: tuple[str, ...]) -> inspect.Signature:
    return inspect.Signature([inspect.Parameter(name, inspect.Parameter.POSITIONAL_ONLY) for name in names])


def function_of(op: Op) -> Callable[..., Any]:
    """A function that writes a node for expressions, works entry by entry on arrays, and computes on plain numbers.

    An operation with a constant parameter takes it first: `polygamma(2, x)`.

    >>> from inspect import signature
    >>> print(signature(FUNCTIONS["polygamma"]), signature(FUNCTIONS["atan2"]))
    (n, x, /) (y, x, /)
    """
    names = (op.parameter, *op.args) if op.parameter else op.args
    width = len(names)
    code = quick_code(op)

    def function(*args: Any) -> Any:
        made = direct(code, args) if code >= 0 else None
        if made is not None:
            return made
        if len(args) != width:
            raise InputError(f"{op.name} takes {width} arguments ({', '.join(names)}) and got {len(args)}")
        args = settled_all(args)
        for value in args:
            if hasattr(type(value), "_of_outputs"):  # a graph
                return value._of_outputs(function, *args)
        parameter, values = (_order(op, args[0]), args[1:]) if op.parameter else (None, args)
        if any(isinstance(value, np.ndarray) and value.dtype == object and value.shape for value in values):
            each = np.frompyfunc(lambda *entries: _scalar(op, entries, parameter), op.arity, 1)
            return as_expressions(each(*[np.asarray(value, dtype=object) for value in values]))
        return _scalar(op, values, parameter)

    function.__name__ = function.__qualname__ = op.name
    setattr(function, "__signature__", _signature(names))  # noqa: B010
    function.__doc__ = op.doc + (f"; {op.convention}" if op.convention else "") + "."
    return function


def _order(op: Op, value: Any) -> Any:
    """A constant parameter; a whole one is an integer."""
    order: Any = exact_number(value)
    finite = isinstance(order, (int, float, Fraction)) and isfinite(order)
    whole = finite and order == int(order)
    if (op.real_parameter and finite) or (whole and order >= 0):
        return int(order) if whole else order
    wanted = "one number" if op.real_parameter else "one whole number that is not negative"
    raise refused(f"{op.name} of the order {value!r:.40}", f"give {wanted}", InputError)


def _scalar(op: Op, values: Any, parameter: Any) -> Any:
    if any(isinstance(value, (Expr, SymbolicConstant)) for value in values):
        return apply_op(op, in_a_graph(values), parameter)
    numbers = [float(value) if isinstance(value, Fraction) else value for value in values]
    return op.value(*numbers, parameter) if op.parameter else op.value(*numbers)


FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    op.name: function_of(op) for op in TABLE if op.arity and op.name not in ("and", "or", "not", "power")
}


def symbols(
    names: str | list[str],
    *,
    shape: int | tuple[int, ...] | None = None,
    of: Any = None,
    share: bool = False,
    **promised: bool,
) -> Any:
    """Inputs to write expressions with: one Expr for one name, a tuple for several.

    With `shape`, each name stands for an array of that shape of scalar inputs `name[0]`, `name[1]`, … With
    `share`, an operation written twice becomes one node at once (hash-consing). `positive=True`, or nonnegative,
    negative, nonpositive, nonzero, promises something of the values, which simplification may rely on where a rule
    needs it; real=True holds of every input. `"x:3"` and `"x1:4"` are ranges of names, as in SymPy.

    With `of`, each is a function of other inputs, q(t) or u(x, t): `f.diff(t)` is then the whole derivative, in which
    the rates q.diff(t), q.diff(t, 2) are inputs too, q_t and q_tt, as SymPy's functions of time are in `graph`.

    >>> import edgewise as ew
    >>> symbols("x:3 y1:3")
    (x0, x1, x2, y1, y2)
    >>> t = symbols("t", positive=True)
    >>> ew.graph(ew.exp(ew.log(t))*t/t).simplify("domain")
    <graph of t: 1 nodes, 0 edges>
    >>> q = symbols("q", of="t")
    >>> ew.sin(q).diff("t"), ew.sin(q).diff("t", 2)
    (q_t*cos(q), q_tt*cos(q) - q_t*q_t*sin(q))
    >>> x, y = symbols("x y")
    >>> w = symbols("w", shape=3)
    >>> w @ w
    w[0]*w[0] + w[1]*w[1] + w[2]*w[2]
    """
    if not isinstance(names, Iterable):
        raise InputError(f"{names!r:.60} of type {type(names).__name__} names no inputs", hint='write symbols("x y")')
    listed = names.replace(",", " ").split() if isinstance(names, str) else list(names)
    if isinstance(names, str) and ":" in names:
        from sympy import symbols as ranges

        try:
            listed = [symbol.name for symbol in ranges(names, seq=True)]
        except ValueError:
            raise InputError(f"{names!r:.60} is no range of names", hint='write symbols("x:3") or "x1:4"') from None
    if not listed:
        raise InputError("no names were given", hint='write symbols("x y")')
    holding = [word for word, holds in promised.items() if holds and word != "real"]
    wrong = next((word for word in promised if word not in (*SIGNS, "real") or not word), None)
    if wrong is not None:
        raise InputError(
            f"symbols() takes no {wrong}=",
            hint='write of="t" for functions of t'
            if wrong == "cls"
            else f"promise one of {', '.join(sign for sign in SIGNS if sign)}",
        )
    variables = _variables(of)
    if variables and shape is not None:
        raise InputError("a group is no function of other inputs", hint='name its entries: symbols("q:3", of="t")')
    builder = Builder(share=share)
    made: list[Any] = []
    for name in listed:
        if shape is None:
            made.append(Expr(builder, builder.input(name)))
        else:
            made.append(group(builder, name, shape_of(name, shape)))
        for sign in holding:
            builder.promise(name, Parameter(name, sign=sign))
        if variables:
            builder.promise(name, Parameter(name, dependent=Dependent(name, variables)))
    return made[0] if len(made) == 1 else tuple(made)


def _variables(of: Any) -> tuple[str, ...]:
    """The names of the inputs that others are functions of."""
    listed = of.replace(",", " ").split() if isinstance(of, str) else of if isinstance(of, (list, tuple)) else [of]
    return tuple(str(item) for item in listed if item is not None)


def shape_of(name: str, extent: Any) -> Shape:
    """The shape of a group that is declared by its length or its shape.

    >>> shape_of("w", 3), shape_of("X", [2, 3])
    ((3,), (2, 3))
    """
    try:
        extents = list(extent) if isinstance(extent, Iterable) and not isinstance(extent, str) else [extent]
        shape = tuple(operator.index(length) for length in extents if not isinstance(length, bool))
        if len(shape) == len(extents) and min(shape, default=0) >= 0:
            if math.prod(shape) >> 31:
                raise InputError(
                    f"the group {name!r} has 2**{math.prod(shape).bit_length() - 1} inputs or more",
                    hint=f'declare it as a tensor, shapes="{name}: n"',
                )
            return shape
    except TypeError:
        pass
    example = f"{name}={tuple(extent.shape)}" if isinstance(extent, np.ndarray) else "a tuple of lengths"
    raise InputError(
        f"the group {name!r} is declared with the shape {extent!r:.60}",
        hint=f"give its length or {example}, whole numbers that are not negative",
    )


def group(builder: Builder, name: str, shape: Shape) -> Any:
    """A new array of scalar inputs in a builder."""
    nodes = builder.group(name, shape)
    entries = np.fromiter((Expr(builder, node) for node in nodes), dtype=object, count=len(nodes))
    return as_expressions(entries.reshape(shape))
