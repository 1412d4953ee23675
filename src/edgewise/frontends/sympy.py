"""SymPy expressions into graphs: each shared subexpression once, without recursion."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

import numpy as np
import sympy as sp

from edgewise.errors import InputError, UnsupportedError
from edgewise.frontends.sympy_functions import UserFunctions, is_sympys
from edgewise.frontends.sympy_table import FOLDED, FORMULAS, REFUSED, SAME
from edgewise.graph import Builder, Layout, Tape, add_op
from edgewise.ops import OPS, PI, E, Number, Op
from edgewise.ops.formula import parse_expression, walk

__all__ = ["from_sympy"]

MAX_TERMS = 1_000_000
"""How many terms of finite Sums and Products are written out in one graph."""


def from_sympy(value: Any, *, inputs: Sequence[str] | None = None, functions: Mapping[str, Op] | None = None) -> Tape:
    """The graph of a SymPy expression, matrix or array, or of a list, tuple or dict of them.

    Inputs are the free symbols in natural order of their names (x2 before x10), or `inputs`, which may list more.
    `functions` gives the operations that SymPy's undefined functions stand for. Raises UnsupportedError for what is
    not a real expression, such as an unevaluated Derivative.

    >>> x, y = sp.symbols("x y")
    >>> from_sympy(sp.exp(x * y) + sp.sin(x)).input_names()
    ('x', 'y')
    """
    return read_with(value, inputs, UserFunctions(functions or {}, read_with))


def read_with(value: Any, inputs: Sequence[str] | None, functions: UserFunctions) -> Tape:
    """`from_sympy` with the user's functions met so far: equal functions are then equal operations."""
    if isinstance(inputs, str) or len(set(inputs or ())) != len(inputs or ()):
        raise InputError(f"inputs={inputs!r:.80} is not a list of different names", hint='write inputs=["x", "y"]')
    reader = _Reader(functions)
    for name in inputs or ():
        reader.builder.input(name)
    leaves: list[Any] = []
    try:
        layout = _layout(value, leaves)
        nodes = reader.read(leaves)
    except RecursionError:
        raise UnsupportedError(
            "the expression is nested too deeply for SymPy itself",
            hint="build it with edgewise.symbols, or trace a Python function that computes it",
        ) from None
    names = sorted(reader.symbols, key=natural_key) if inputs is None else list(inputs)
    tape, _ = reader.builder.freeze(nodes, layout, names)
    return tape


def _layout(value: Any, leaves: list[Any]) -> Layout:
    # The depth here is the nesting the user wrote around the expressions, not that of an expression.
    if isinstance(value, sp.MatrixBase):
        leaves.extend(value.flat())
        return Layout(shape=tuple(int(n) for n in value.shape))
    if isinstance(value, sp.NDimArray):
        shape = tuple(int(n) for n in value.shape)
        leaves.extend(value[index] for index in np.ndindex(*shape))
        return Layout(shape=shape)
    if isinstance(value, np.ndarray):
        leaves.extend(value.ravel().tolist())
        return Layout(shape=value.shape)
    if isinstance(value, (Mapping, sp.Dict)):
        keys = tuple(str(key) for key in value)
        if len(set(keys)) != len(keys):
            raise InputError("two keys of the dictionary are the same text", hint="use distinct strings as keys")
        return Layout("dict", (), tuple(_layout(item, leaves) for item in value.values()), keys)
    if isinstance(value, (list, tuple, sp.Tuple)):
        parts = tuple(_layout(item, leaves) for item in value)
        return Layout("list" if isinstance(value, list) else "tuple", (), parts)
    leaves.append(value)
    return Layout()


def natural_key(name: str) -> tuple[Any, ...]:
    """x2 before x10; names that count alike, such as x1 and x01, by their text."""
    parts = (part for part in re.split(r"([0-9]+)", name) if part)
    # Digits compare by how many there are, then by themselves: no number is made of text of any length.
    return (*((0, len(n := p.lstrip("0")), n) if p[0] in "0123456789" else (1, 0, p) for p in parts), (2, 0, name))


class _Product(NamedTuple):
    """A product that is no SymPy object: SymPy would look through all of its factors to make one."""

    factors: tuple[Any, ...]


class _Power(NamedTuple):
    """A power to a constant that is no SymPy object."""

    base: Any
    exponent: Any


Plan = tuple[Sequence[Any], Callable[[list[int]], int]]
"""What must be written before an expression, and how it is then written on the nodes of these parts."""

_BOOLEANS: Final = {"BooleanTrue": True, "BooleanFalse": False}


class _Reader:
    """Writes SymPy expressions into one builder.

    Expressions are recognised by identity: to compare two deep ones SymPy would recurse. The builder shares what is
    equal.
    """

    def __init__(self, functions: UserFunctions) -> None:
        self.builder, self.functions = Builder(share=True), functions
        self.node: dict[int, int] = {}
        self.symbols: dict[str, Any] = {}
        self.kept: list[Any] = []  # an identity is only one's own while one lives
        self.terms = 0

    def read(self, leaves: Sequence[Any]) -> list[int]:
        """The nodes of the leaves, parts before wholes, from an explicit stack."""
        todo: list[tuple[Any, Plan | None]] = [(leaf, None) for leaf in reversed(leaves)]
        while todo:
            item, plan = todo.pop()
            if id(item) in self.node:
                continue
            if plan is None:
                plan = self.plan(item)
                todo.append((item, plan))
                todo.extend((part, None) for part in reversed(plan[0]))
            else:
                self.node[id(item)] = plan[1]([self.node[id(part)] for part in plan[0]])
                self.kept.append(item)
        return [self.node[id(leaf)] for leaf in leaves]

    # --- what an expression is made of ----------------------------------------------------------------------------

    def plan(self, item: Any) -> Plan:
        if isinstance(item, _Product):
            return self.product(item.factors)
        if isinstance(item, _Power):
            return self.power(item.base, item.exponent)
        if not isinstance(item, sp.Basic):
            _refuse(item)
            return self.constant(item)
        if isinstance(item, (sp.Symbol, sp.Indexed)) or type(item).__name__ == "MatrixElement":
            return self.symbol(item)
        _refuse(item)
        if item.is_Number or isinstance(item, sp.NumberSymbol):
            return self.constant(_number(item))
        if item.is_Add:
            return self.sum(item.args)
        if item.is_Mul:
            return self.product(item.args)
        if item.is_Pow:
            return self.power(item.base, item.exp)
        if isinstance(item, (sp.Sum, sp.Product)):
            return self.series(item)
        if isinstance(item, sp.Piecewise):
            return self.piecewise(item)
        if not is_sympys(type(item)):
            op = self.functions.of(item)
            return item.args, lambda nodes: add_op(self.builder, op, nodes)
        return self.function(item, type(item).__name__)

    def constant(self, value: Any) -> Plan:
        return (), lambda _: self.builder.constant(value)

    def symbol(self, item: Any) -> Plan:
        name = _name(item)
        if self.symbols.setdefault(name, item) != item:
            raise InputError(
                f"two different SymPy symbols are called {name!r} (their assumptions or kinds differ)",
                hint="create the symbol once, or rename one of them",
            )
        if item.is_commutative is False or item.is_extended_real is False:
            raise UnsupportedError(f"the symbol {name!r} does not stand for a real number", hint="drop its assumptions")
        return (), lambda _: self.builder.input(name)

    def sum(self, terms: Sequence[Any]) -> Plan:
        """a - b + c + 2, with a positive term first and numbers last."""
        ordered = sorted(((_opposite(term), term) for term in terms), key=lambda pair: bool(pair[1].is_Number))
        first = next((k for k, (opposite, _) in enumerate(ordered) if opposite is None), 0)
        (_, head), rest = ordered[first], ordered[:first] + ordered[first + 1 :]

        def write(nodes: list[int]) -> int:
            node = nodes[0]
            for (opposite, _), part in zip(rest, nodes[1:], strict=True):
                node = self.op("add" if opposite is None else "sub", node, part)
            return node

        return [head, *(term if opposite is None else opposite for opposite, term in rest)], write

    def product(self, factors: Sequence[Any]) -> Plan:
        """One fraction: the factors above the line, those below it, and the coefficient where it costs least."""
        coefficient, above, below = sp.S.One, [], []
        for factor in factors:
            if isinstance(factor, sp.Rational):
                coefficient *= factor
            elif factor.is_Pow and factor.exp.is_Number and factor.exp.is_negative and factor.base is not sp.E:
                below.append(factor.base if factor.exp == -1 else _Power(factor.base, -factor.exp))
            else:
                above.append(factor)
        if coefficient.q != 1 and abs(coefficient.p) == 1 and above:
            below.insert(0, sp.Integer(coefficient.q))
            coefficient = sp.Integer(coefficient.p)
        negated = coefficient == -1 and bool(above)
        if not negated and (coefficient != 1 or not above):
            above.insert(0, coefficient)
        n = len(above)

        def write(nodes: list[int]) -> int:
            node = self.fold("mul", nodes[:n])
            if below:
                node = self.op("div", node, self.fold("mul", nodes[n:]))
            return self.op("neg", node) if negated else node

        return above + below, write

    def power(self, base: Any, exponent: Any) -> Plan:
        if base is sp.E:
            return [exponent], lambda nodes: self.op("exp", *nodes)
        if not exponent.is_Number:
            return [base, exponent], lambda nodes: self.op("pow", *nodes)
        if base.is_Number and base.is_negative and not exponent.is_Integer:
            raise UnsupportedError(
                f"the power ({base})**({exponent}) is complex", hint="use sympy.codegen.cfunctions.Cbrt for real roots"
            )
        _refuse(exponent)
        if exponent.is_negative:
            below = base if exponent == -1 else _Power(base, -exponent)
            return [below], lambda nodes: self.op("div", self.builder.constant(1), *nodes)
        if exponent is sp.S.Half:
            return [base], lambda nodes: self.op("sqrt", *nodes)
        if exponent is sp.S.One:
            return [base], lambda nodes: nodes[0]
        return [base], lambda nodes: self.op("pow", *nodes, self.builder.constant(_number(exponent)))

    def series(self, item: Any) -> Plan:
        """A finite sum or product written out, the outermost index first: inner bounds may depend on it."""
        body, *inner, (variable, *bounds) = item.args
        if len(bounds) != 2 or not all(bound.is_Integer for bound in bounds):
            raise UnsupportedError(
                f"{_describe(item)} has bounds that are not integers", hint="give integer bounds, or call .doit() first"
            )
        low, high = (int(bound) for bound in bounds)
        self.terms += max(0, high - low + 1)
        if high < low - 1 or self.terms > MAX_TERMS:
            problem = "its upper bound below its lower" if high < low - 1 else f"more than {MAX_TERMS} terms"
            raise UnsupportedError(f"{_describe(item)} has {problem}", hint="call .doit() first, or trace a loop")
        term = item.func(body, *inner) if inner else body
        # xreplace is quick, but does not know that an inner index may have the same name.
        quick = not term.has(sp.Sum, sp.Product, sp.Derivative, sp.Integral, sp.Subs)
        numbers = (sp.Integer(k) for k in range(low, high + 1))
        parts = [term.xreplace({variable: k}) if quick else term.subs(variable, k) for k in numbers]
        name, unit = ("add", 0) if isinstance(item, sp.Sum) else ("mul", 1)
        return parts, lambda nodes: self.fold(name, nodes) if nodes else self.builder.constant(unit)

    def piecewise(self, item: Any) -> Plan:
        if item.args[-1][1] != sp.true:
            raise UnsupportedError(
                f"{_describe(item)} has no value where none of its conditions holds",
                hint="end it with a pair (value, True)",
            )

        def write(nodes: list[int]) -> int:
            node = nodes[-1]
            for k in range(len(nodes) - 3, -1, -2):
                node = self.op("where", nodes[k + 1], nodes[k], node)
            return node

        # The condition of the last pair is true: it is not a part.
        return [part for pair in item.args for part in pair.args][:-1], write

    def function(self, item: Any, name: str) -> Plan:
        """A class of SymPy's, by its row."""
        args = item.args
        if name in _BOOLEANS:
            return self.constant(_BOOLEANS[name])
        if name == "Heaviside" and args[1:] in [(), (sp.S.Half,)]:
            return args[:1], lambda nodes: self.op("heaviside", *nodes)
        if name in SAME and len(args) == OPS[SAME[name]].arity:
            return args, lambda nodes: self.op(SAME[name], *nodes)
        if name in FOLDED and args:
            return args, lambda nodes: self.joined(FOLDED[name], nodes)
        if name == "Equivalent":
            return args, lambda nodes: self.formula(
                "both or not one", {"both": self.joined("x and y", nodes), "one": self.joined("x or y", nodes)}
            )
        if name in FORMULAS and len(args) == len(FORMULAS[name][0].split()):
            names, text = FORMULAS[name]
            return args, lambda nodes: self.formula(text, dict(zip(names.split(), nodes, strict=True)))
        if name in ("polygamma", "jn"):
            order = args[0]
            if not (order.is_Integer and order >= 0):
                raise UnsupportedError(f"{_describe(item)} has an order that is not a whole number", hint="give one")
            if name == "polygamma" and order == 0:
                return args[1:], lambda nodes: self.op("digamma", *nodes)
            row = "polygamma" if name == "polygamma" else "spherical_jn"
            return args[1:], lambda nodes: self.op(row, *nodes, parameter=int(order))
        if name in self.functions.given:
            op = self.functions.of(item)
            return args, lambda nodes: add_op(self.builder, op, nodes)
        raise UnsupportedError(
            f"{_describe(item)} has no operation in edgewise",
            hint=f"call .doit() or .rewrite(…) first, or define it with edgewise.op and pass functions={{{name!r}: …}}",
        )

    # --- writing --------------------------------------------------------------------------------------------------

    def op(self, name: str, *args: int, parameter: Any = None) -> int:
        return add_op(self.builder, OPS[name], args, parameter)

    def fold(self, name: str, nodes: Sequence[int]) -> int:
        node = nodes[0]
        for other in nodes[1:]:
            node = self.op(name, node, other)
        return node

    def joined(self, text: str, nodes: Sequence[int]) -> int:
        node = nodes[0]
        for other in nodes[1:]:
            node = self.formula(text, {"x": node, "y": other})
        return node

    def formula(self, text: str, names: Mapping[str, int]) -> int:
        return walk(parse_expression(text), _Nodes(self, names))


class _Nodes:
    """Writes the formula of a row into the builder."""

    def __init__(self, reader: _Reader, names: Mapping[str, int]) -> None:
        self.reader, self.names = reader, names

    def name(self, name: str) -> int:
        return self.names[name]

    def number(self, value: Number) -> int:
        return self.reader.builder.constant(value)

    def call(self, op: str, args: Sequence[int]) -> int:
        return self.reader.op(op, *args)

    def entry(self, name: str, index: tuple[int, ...]) -> int:
        raise UnsupportedError(f"the formula of a row reads {name}{list(index)}", hint="rows are about scalars")


def _refuse(item: Any) -> None:
    """Raise UnsupportedError for what has no meaning as a real expression."""
    if not isinstance(item, (sp.Basic, sp.MatrixBase, sp.NDimArray)):
        return
    for base in type(item).__mro__:
        if base.__name__ in REFUSED and is_sympys(base):
            raise UnsupportedError(f"{_describe(item)} cannot be part of a graph", hint=REFUSED[base.__name__])


def _describe(item: Any) -> str:
    name = type(item).__name__
    try:
        text = str(item)
    except RecursionError:
        return f"{name} (too deep to print)"
    return f"{name} {text if len(text) < 80 else text[:79] + '…'}"


def _name(item: Any) -> str:
    """The input's name: the symbol's, or b[0,1] for an entry of an indexed base or a matrix symbol."""
    if isinstance(item, sp.Symbol):
        return str(item.name)
    base, *index = item.args
    if not all(k.is_Integer for k in index) or not hasattr(base, "name"):
        raise UnsupportedError(f"{_describe(item)} is not indexed by integers", hint="use integer indices, as in b[0]")
    return f"{base.name}[{','.join(map(str, index))}]"


def _number(item: Any) -> Number:
    """A SymPy number as one of our constants."""
    if item is sp.pi or item is sp.E:
        return PI if item is sp.pi else E
    if item.is_Integer:
        return int(item)
    if item.is_Rational:
        return Fraction(int(item.p), int(item.q))
    return float(item)


def _opposite(term: Any) -> Any:
    """−term if the term has a negative numerical factor in front, else None."""
    if term.is_Number:
        return -term if term.is_negative else None
    if term.is_Mul and term.args[0].is_Number and term.args[0].is_negative:
        coefficient, *rest = term.args
        return _Product(tuple(rest) if coefficient == -1 else (-coefficient, *rest))
    return None
