"""Which of SymPy's expressions are inputs, and what they are called."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.matrices.expressions.matexpr import MatrixElement
from sympy.tensor.array.expressions import ArraySymbol

from edgewise.errors import InputError, UnsupportedError
from edgewise.graph import Dependent

__all__ = ["dependent_of", "describe", "is_function_of_symbols", "is_input", "is_unknown_function", "sympy_name"]


def describe(item: Any) -> str:
    """The class and the text of an expression, for messages."""
    name = type(item).__name__
    try:
        text = str(item)
    except (RecursionError, ValueError):  # Python writes no integers of more than 4,300 digits
        return f"{name} (too large to print)"
    return f"{name} {text if len(text) < 80 else text[:79] + '…'}"


def is_unknown_function(item: Any) -> bool:
    """Whether it is an undefined function of something, q(t), whose value nothing tells."""
    return isinstance(item, AppliedUndef) and not hasattr(item.func, "_imp_")


def is_input(item: Any) -> bool:
    """Whether an expression stands for one input: a symbol, an entry, q(t), or a derivative of such a function."""
    if isinstance(item, sp.Derivative):
        item = item.expr
        return is_unknown_function(item)
    symbols = (sp.Symbol, sp.Indexed, sp.MatrixSymbol, MatrixElement, ArraySymbol)
    return isinstance(item, symbols) or _is_coordinate(item) or is_unknown_function(item)


def _is_coordinate(item: Any) -> bool:
    """Whether it is a coordinate of a system of `sympy.vector`, which is not imported for this."""
    return type(item).__name__ == "BaseScalar" and type(item).__module__.startswith("sympy.")


def is_function_of_symbols(item: Any) -> bool:
    """Whether it is u(x, t), and not q(0) or q(t - 1)."""
    return is_unknown_function(item) and all(isinstance(arg, sp.Symbol) for arg in item.args)


def dependent_of(item: Any) -> Dependent | None:
    """What q(t), u(x, t) and their derivatives are functions of; q(t - 1) of the variables in it; None of others."""
    function, by = (item.expr, item.variables) if isinstance(item, sp.Derivative) else (item, ())
    if not is_unknown_function(function):
        return None
    if not is_function_of_symbols(function) or not all(isinstance(variable, sp.Symbol) for variable in by):
        return Dependent(str(item), tuple(sorted(str(symbol.name) for symbol in function.free_symbols)))
    return Dependent(str(function.func.__name__), *(tuple(str(v.name) for v in part) for part in (function.args, by)))


def sympy_name(item: Any) -> str:
    """The name of the input that a SymPy expression stands for.

    A symbol's own; N.x for a coordinate; b[0,1] for an entry of an indexed base or a matrix symbol; q for q(t), q_t and
    q_tt for its derivatives, u_xt for one of u(x, t), and the text of it where the function is not one of symbols, as
    q(t - 1).
    """
    if isinstance(item, (sp.Symbol, sp.MatrixSymbol, ArraySymbol)):
        return str(item.name)
    if _is_coordinate(item):
        return str(item)
    if isinstance(item, (sp.Indexed, MatrixElement)):
        base, *index = item.args
        if not all(k.is_Integer and abs(k) < 2**63 for k in index) or not hasattr(base, "name"):
            raise UnsupportedError(
                f"{describe(item)} is not indexed by integers", hint="use integer indices, as in b[0]"
            )
        return f"{base.name}[{','.join(map(str, index))}]"
    found = dependent_of(item)
    if found is not None:
        return found.name
    raise InputError(
        f"{describe(item)} does not stand for an input",
        hint="give a symbol, an entry such as b[0], a function of time q(t) or its derivative",
    )
