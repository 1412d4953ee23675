"""SymPy expressions into graphs: each shared subexpression once, without recursion."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np
import sympy as sp

from edgewise.errors import InputError, UnsupportedError
from edgewise.frontends.sympy_functions import operation_of
from edgewise.graph import Builder, Layout, Tape, add_op
from edgewise.ops import CODE, OPS, PI, E, Op

__all__ = ["from_sympy"]

MAX_TERMS = 100_000
"""The longest finite Sum or Product that is written out."""

# SymPy functions that are one operation of ours with the same arguments in the same order.
_ALIKE: Final = (
    "exp log sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh sign erf erfc erfinv gamma digamma sinc"
    " floor expm1 log1p exp2 log2 log10 hypot sqrt cbrt"
)
_SAME: Final[Mapping[str, str]] = {
    **{name: name for name in _ALIKE.split(" ")},
    "Abs": "abs", "ceiling": "ceil", "loggamma": "lgamma", "Mod": "mod", "Sqrt": "sqrt", "Cbrt": "cbrt",
    "StrictLessThan": "lt", "LessThan": "le", "StrictGreaterThan": "gt", "GreaterThan": "ge", "Equality": "eq",
    "Unequality": "ne", "Not": "not",
}  # fmt: skip

# Functions written in terms of others, by formula.
_COMPOSED: Final[Mapping[str, Callable[..., Any]]] = {
    "cot": lambda x: sp.cos(x) / sp.sin(x),
    "sec": lambda x: 1 / sp.cos(x),
    "csc": lambda x: 1 / sp.sin(x),
    "coth": lambda x: sp.cosh(x) / sp.sinh(x),
    "sech": lambda x: 1 / sp.cosh(x),
    "csch": lambda x: 1 / sp.sinh(x),
    "acot": lambda x: sp.atan(1 / x),
    "asec": lambda x: sp.acos(1 / x),
    "acsc": lambda x: sp.asin(1 / x),
    "acoth": lambda x: sp.atanh(1 / x),
    "asech": lambda x: sp.acosh(1 / x),
    "acsch": lambda x: sp.asinh(1 / x),
    "frac": lambda x: x - sp.floor(x),
    "factorial": lambda x: sp.gamma(x + 1),
    "beta": lambda x, y: sp.gamma(x) * sp.gamma(y) / sp.gamma(x + y),
    "re": lambda x: x,
    "conjugate": lambda x: x,
    "fma": lambda x, y, z: x * y + z,
    "Xor": lambda x, y: sp.Or(sp.And(x, sp.Not(y)), sp.And(sp.Not(x), y)),
    "Implies": lambda x, y: sp.Or(sp.Not(x), y),
}

_REFUSED: Final[Mapping[str, str]] = {
    "Derivative": "call .doit() first, or differentiate the graph",
    "Integral": "call .doit() first; an integral without a closed form is not an expression graph",
    "Limit": "call .doit() first",
    "Subs": "call .doit() first",
    "ImaginaryUnit": "write the real and the imaginary part apart; edgewise is about real functions",
    "DiracDelta": "a distribution has no value",
    "Infinity": "infinities are not real numbers",
    "NegativeInfinity": "infinities are not real numbers",
    "ComplexInfinity": "the expression divides by zero",
    "NaN": "the expression has no value",
    "MatrixSymbol": "use .as_explicit() for a matrix of scalar entries",
}


def from_sympy(value: Any, *, inputs: Sequence[str] | None = None, functions: Mapping[str, Op] | None = None) -> Tape:
    """The graph of a SymPy expression, matrix or array, or of a list, tuple or dict of them.

    Inputs are the free symbols in natural order of their names, or `inputs`. Raises UnsupportedError for what is not a
    real expression, such as an unevaluated Derivative.

    >>> x, y = sp.symbols("x y")
    >>> from_sympy(sp.exp(x * y) + sp.sin(x)).input_names()
    ('x', 'y')
    """
    leaves: list[Any] = []
    try:
        layout = _layout(value, leaves)
        reader = _Reader(functions or {})
        reader.declare(leaves, inputs)
        nodes = reader.read(leaves)
    except RecursionError:
        raise UnsupportedError(
            "the expression is nested too deeply for SymPy itself",
            hint="build it with edgewise.symbols, or trace a Python function that computes it",
        ) from None
    tape, _ = reader.builder.freeze(nodes, layout, list(reader.builder.parameters))
    return tape


def _layout(value: Any, leaves: list[Any]) -> Layout:
    if isinstance(value, (sp.MatrixBase, sp.NDimArray)):
        flat = value.flat() if isinstance(value, sp.MatrixBase) else list(sp.flatten(value.tolist()))
        leaves.extend(flat)
        return Layout(shape=tuple(int(n) for n in value.shape))
    if isinstance(value, np.ndarray):
        leaves.extend(value.ravel().tolist())
        return Layout(shape=value.shape)
    if isinstance(value, (Mapping, sp.Dict)):
        parts = tuple(_layout(item, leaves) for item in value.values())
        return Layout("dict", (), parts, tuple(str(key) for key in value))
    if isinstance(value, (list, tuple, sp.Tuple)):
        parts = tuple(_layout(item, leaves) for item in value)
        return Layout("list" if isinstance(value, list) else "tuple", (), parts)
    leaves.append(value)
    return Layout()


def natural_key(name: str) -> tuple[Any, ...]:
    """x2 before x10."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", name) if part)


class _Reader:
    def __init__(self, functions: Mapping[str, Op]) -> None:
        self.builder, self.functions = Builder(share=True), dict(functions)
        self.node: dict[Any, int] = {}

    def declare(self, leaves: Sequence[Any], inputs: Sequence[str] | None) -> None:
        """The inputs in order: the symbols met, by name, or as listed."""
        symbols: dict[Any, None] = {}
        seen: set[Any] = set()
        todo = list(leaves)
        while todo:
            item = todo.pop()
            if item in seen or not isinstance(item, sp.Basic):
                continue
            seen.add(item)
            if isinstance(item, (sp.Symbol, sp.Indexed)):
                symbols[item] = None
            elif isinstance(item, (sp.Sum, sp.Product)):
                todo.extend(item.free_symbols)
            elif type(item).__name__ not in _REFUSED:
                todo.extend(item.args)
        by_name: dict[str, Any] = {}
        for symbol in symbols:
            name = str(symbol)
            if by_name.setdefault(name, symbol) != symbol:
                raise InputError(
                    f"two different SymPy symbols are called {name!r} (their assumptions differ)",
                    hint="create the symbol once, or rename one of them",
                )
        names = sorted(by_name, key=natural_key) if inputs is None else list(inputs)
        missing = [name for name in sorted(by_name, key=natural_key) if name not in names]
        if missing:
            raise InputError(f"the expression uses {missing[0]!r}, which is not listed in inputs", hint="list it too")
        for name in names:
            node = self.builder.input(name)
            if name in by_name:
                self.node[by_name[name]] = node

    def read(self, leaves: Sequence[Any]) -> list[int]:
        """The nodes of the leaves. Post-order with an explicit stack; each distinct subexpression is written once."""
        for leaf in leaves:
            todo: list[tuple[Any, bool]] = [(leaf, False)]
            while todo:
                item, ready = todo.pop()
                if _key(item) in self.node:
                    continue
                if ready:
                    self.node[_key(item)] = self.write(item)
                    continue
                parts = self.parts(item)
                todo.append((item, True))
                todo.extend((part, False) for part in reversed(parts))
        return [self.node[_key(leaf)] for leaf in leaves]

    def of(self, item: Any) -> int:
        return self.node[_key(item)]

    # --- what an expression is made of ----------------------------------------------------------------------------

    def parts(self, item: Any) -> list[Any]:
        """The subexpressions that must be written before an expression."""
        if not isinstance(item, sp.Basic) or item.is_Number or isinstance(item, sp.NumberSymbol):
            return []
        name = type(item).__name__
        self._refuse(item, name)
        if name in _COMPOSED:
            return [_COMPOSED[name](*item.args)]
        if isinstance(item, (sp.Sum, sp.Product)):
            return self.terms(item)
        if item.is_Add:
            return [_negated(term) or term for term in item.args]
        if item.is_Mul:
            _, above, below = _fraction(item)
            return above + below
        if item.is_Pow:
            return self.power_parts(item)
        if isinstance(item, sp.Piecewise):
            return [part for pair in item.args for part in pair.args]
        if name == "log" and len(item.args) == 2:
            return [sp.log(item.args[0], evaluate=False), sp.log(item.args[1], evaluate=False)]
        if name == "polygamma":
            return [item.args[1]]
        return list(item.args)

    def _refuse(self, item: Any, name: str) -> None:
        reason = next((_REFUSED[base.__name__] for base in type(item).__mro__ if base.__name__ in _REFUSED), None)
        if reason is None and isinstance(item, sp.MatrixExpr):
            reason = "use .as_explicit() for a matrix of scalar entries"
        if reason is not None:
            raise UnsupportedError(f"{name} {_short(item)} cannot be part of a graph", hint=reason)

    def terms(self, item: Any) -> list[Any]:
        """A finite sum or product written out."""
        body, *limits = item.args
        found = [body]
        for limit in limits:
            variable, low, high = limit if len(limit) == 3 else (limit[0], sp.nan, sp.nan)
            if not (getattr(low, "is_Integer", False) and getattr(high, "is_Integer", False)):
                raise UnsupportedError(
                    f"{type(item).__name__} {_short(item)} has bounds that are not integers", hint="give integer bounds"
                )
            if len(found) * (int(high) - int(low) + 1) > MAX_TERMS:
                raise UnsupportedError(f"{_short(item)} has more than {MAX_TERMS} terms", hint="trace a loop instead")
            found = [term.subs(variable, k) for term in found for k in range(int(low), int(high) + 1)]
        return found

    def power_parts(self, item: Any) -> list[Any]:
        base, exponent = item.as_base_exp() if item.base.is_Rational and item.base.numerator == 1 else item.args
        if base == sp.E:
            return [exponent]
        if exponent.is_Number and exponent.is_negative:
            return [base] if exponent == -1 else [sp.Pow(base, -exponent, evaluate=False)]
        return [base] if exponent.is_Number else [base, exponent]

    # --- writing --------------------------------------------------------------------------------------------------

    def op(self, name: str, *args: int, parameter: Any = None) -> int:
        return add_op(self.builder, OPS[name], args, parameter)

    def fold(self, name: str, nodes: Sequence[int]) -> int:
        node = nodes[0]
        for other in nodes[1:]:
            node = self.op(name, node, other)
        return node

    def write(self, item: Any) -> int:
        """One expression, its parts being written."""
        if not isinstance(item, sp.Basic):
            return self.builder.constant(item)
        if item.is_Number or isinstance(item, sp.NumberSymbol):
            return self.builder.constant(_number(item))
        name = type(item).__name__
        if name in ("BooleanTrue", "BooleanFalse"):
            return self.builder.constant(name == "BooleanTrue")
        if name in _COMPOSED:
            return self.of(_COMPOSED[name](*item.args))
        if isinstance(item, (sp.Sum, sp.Product)):
            return self.fold("add" if isinstance(item, sp.Sum) else "mul", [self.of(t) for t in self.terms(item)])
        if item.is_Add:
            return self.write_sum(item)
        if item.is_Mul:
            return self.write_product(item)
        if item.is_Pow:
            return self.write_power(item)
        if isinstance(item, sp.Piecewise):
            return self.write_piecewise(item)
        return self.write_function(item, name)

    def write_sum(self, item: Any) -> int:
        terms = [(_negated(term), term) for term in item.args]
        terms.sort(key=lambda pair: pair[0] is not None)  # a positive term first; the sort is stable
        negated, first = terms[0]
        node = self.op("neg", self.of(negated)) if negated is not None else self.of(first)
        for negated, term in terms[1:]:
            node = self.op("add", node, self.of(term)) if negated is None else self.op("sub", node, self.of(negated))
        return node

    def write_product(self, item: Any) -> int:
        sign, above, below = _fraction(item)
        node = self.fold("mul", [self.of(factor) for factor in above]) if above else self.builder.constant(1)
        if below:
            node = self.op("div", node, self.fold("mul", [self.of(factor) for factor in below]))
        return self.op("neg", node) if sign < 0 else node

    def write_power(self, item: Any) -> int:
        base, exponent = item.as_base_exp() if item.base.is_Rational and item.base.numerator == 1 else item.args
        if base == sp.E:
            return self.op("exp", self.of(exponent))
        if exponent.is_Number and exponent.is_negative:
            below = self.of(base) if exponent == -1 else self.of(sp.Pow(base, -exponent, evaluate=False))
            return self.op("div", self.builder.constant(1), below)
        if exponent == sp.S.Half:
            return self.op("sqrt", self.of(base))
        if exponent.is_Number:
            return self.builder.add(CODE["power"], [self.of(base)], _number(exponent))
        return self.op("pow", self.of(base), self.of(exponent))

    def write_piecewise(self, item: Any) -> int:
        *pairs, (value, condition) = item.args
        if condition != sp.true:
            raise UnsupportedError(
                f"{_short(item)} has no value where none of its conditions holds",
                hint="end it with a pair (value, True)",
            )
        node = self.of(value)
        for value, condition in reversed(pairs):
            node = self.op("where", self.of(condition), self.of(value), node)
        return node

    def write_function(self, item: Any, name: str) -> int:
        args = [self.of(arg) for arg in item.args] if name != "polygamma" else []
        if name in self.functions:
            return add_op(self.builder, self.functions[name], args)
        if name in _SAME and len(args) == OPS[_SAME[name]].arity and (type(item).__module__ or "").startswith("sympy."):
            return self.op(_SAME[name], *args)
        if name == "log":
            return self.op("div", *(self.of(part) for part in self.parts(item)))
        if name in ("Min", "Max", "And", "Or"):
            return self.fold(name.lower(), args)
        if name == "ITE":
            return self.op("where", *args)
        if name == "Heaviside":
            return self.write_heaviside(item, args)
        if name == "polygamma":
            order = item.args[0]
            if not (order.is_Integer and order >= 0):
                raise UnsupportedError(f"{_short(item)} has an order that is not a whole number")
            inner = self.of(item.args[1])
            return self.op("digamma", inner) if order == 0 else self.op("polygamma", inner, parameter=int(order))
        if name == "jn" and item.args[0].is_Integer:
            return self.op("spherical_jn", args[1], parameter=int(item.args[0]))
        if name == "arg" or name == "im":
            raise UnsupportedError(f"{_short(item)} is about complex numbers", hint="edgewise is about real functions")
        if isinstance(item, sp.Function):
            return add_op(self.builder, operation_of(item, self.functions), args)
        raise UnsupportedError(
            f"{name} {_short(item)} has no operation in edgewise",
            hint="define one with edgewise.op and pass functions={…}",
        )

    def write_heaviside(self, item: Any, args: list[int]) -> int:
        step = self.op("heaviside", args[0])
        if len(args) == 1 or item.args[1] == sp.S.Half:
            return step
        return self.op("where", self.op("eq", args[0], self.builder.constant(0)), args[1], step)


def _key(item: Any) -> Any:
    # 1, 1.0 and True are one key to a dictionary; SymPy's numbers and Python's must not meet there.
    return item if isinstance(item, sp.Basic) else (type(item), item)


def _short(item: Any) -> str:
    try:
        text = str(item)
    except RecursionError:
        return "(too deep to print)"
    return text if len(text) < 80 else text[:79] + "…"


def _number(item: Any) -> Any:
    """A SymPy number as one of our constants."""
    if item == sp.pi:
        return PI
    if item == sp.E:
        return E
    if item.is_Integer:
        return int(item)
    if item.is_Rational:
        return Fraction(int(item.p), int(item.q))
    return float(item)


def _negated(term: Any) -> Any:
    """−term if the term has a negative numerical factor, else None."""
    if term.is_Number and term.is_negative:
        return -term
    if term.is_Mul:
        coefficient = term.args[0]
        if coefficient.is_Number and coefficient.is_negative:
            rest = term.args[1:]
            if coefficient == -1:
                return rest[0] if len(rest) == 1 else sp.Mul(*rest, evaluate=False)
            return sp.Mul(-coefficient, *rest, evaluate=False)
    return None


def _fraction(item: Any) -> tuple[int, list[Any], list[Any]]:
    """(sign, factors above the line, factors below it) of a product."""
    sign, above, below = 1, [], []
    for factor in item.args:
        if factor.is_Number and factor.is_negative:
            sign, factor = -sign, -factor
            if factor == 1:
                continue
        if factor.is_Rational and not factor.is_Integer:
            above += [sp.Integer(factor.p)] if factor.p != 1 else []
            below.append(sp.Integer(factor.q))
        elif factor.is_Pow and factor.exp.is_Number and factor.exp.is_negative and factor.base != sp.E:
            below.append(factor.base if factor.exp == -1 else sp.Pow(factor.base, -factor.exp, evaluate=False))
        else:
            above.append(factor)
    return sign, above, below
