"""The reader of SymPy expressions: what each is made of, and how it is written, from an explicit stack."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from typing import Any, NamedTuple

import sympy as sp

from edgewise.errors import InputError, UnsupportedError
from edgewise.frontends.sympy.function_table import FOLDED, FORMULAS, ORDERED, REFUSED, SAME
from edgewise.frontends.sympy.pieces import pieces
from edgewise.frontends.sympy.symbols import dependent_of, describe, is_input, is_unknown_function, sympy_name
from edgewise.frontends.sympy.terms import terms
from edgewise.frontends.sympy.user_functions import UserFunctions, is_defined, is_sympys
from edgewise.graph import Builder, Parameter, add_op
from edgewise.graph.exact_numbers import exact_number
from edgewise.ops import OPS, PI, E, Number, Op
from edgewise.ops.composed_formulas import MAX_CHOICE, choice
from edgewise.ops.formula import written
from edgewise.ops.polynomial_formulas import OF_ORDER

__all__ = ["Plan", "Product", "Reader", "number_of", "refuse"]

MAX_TERMS = 1_000_000
"""How many terms of finite Sums and Products are written out in one graph."""


class Product(NamedTuple):
    """A product that is no SymPy object: SymPy would look through all of its factors to make one."""

    factors: tuple[Any, ...]


class Power(NamedTuple):
    """A power to a constant that is no SymPy object."""

    base: Any
    exponent: Any


Plan = tuple[Sequence[Any], Callable[[list[Any]], Any]]
"""What must be written before an expression, and how it is then written on the nodes of these parts."""


class Reader:
    """Writes SymPy expressions into one builder.

    Expressions are recognised by identity: to compare two deep ones SymPy would recurse. The builder shares what is
    equal.
    """

    def __init__(self, functions: UserFunctions) -> None:
        self.builder, self.functions = Builder(share=True), functions
        self.node: dict[int, Any] = {}
        self.symbols: dict[str, Any] = {}
        self.kept: list[Any] = []  # an identity is only one's own while one lives
        self.terms = 0

    def read(self, leaves: Sequence[Any]) -> list[Any]:
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
        if isinstance(item, Product):
            return self.product(item.factors)
        if isinstance(item, Power):
            return self.power(item.base, item.exponent)
        if not isinstance(item, sp.Basic):
            refuse(item)
            return self.constant(item)
        if is_input(item) and not self.given(item):
            return self.symbol(item)
        if isinstance(item, (sp.Derivative, sp.Subs)):
            return self.done(item)
        if isinstance(item, sp.SingularityFunction) and item.args[2].is_nonnegative:  # a power on one side
            return [item.rewrite(sp.Piecewise)], lambda nodes: nodes[0]
        refuse(item)
        if item.is_Number or isinstance(item, sp.NumberSymbol):
            return self.constant(number_of(item))
        if item.is_Add:
            return self.sum(item.args)
        if item.is_Mul:
            return self.product(item.args)
        if item.is_Pow:
            return self.power(item.base, item.exp)
        if isinstance(item, (sp.Sum, sp.Product)):
            return self.series(item)
        if isinstance(item, sp.Piecewise):
            return pieces(item, self.op, self.formula)
        if isinstance(item, sp.Contains):
            return self.contains(item)
        if not is_sympys(type(item)):
            op = self.functions.of(item)
            return item.args, lambda nodes: self.write(op, nodes)
        return self.function(item, type(item).__name__)

    def constant(self, value: Any) -> Plan:
        return (), lambda _: self.number(value)

    def known(self, name: str, item: Any) -> None:
        """Note the symbol of an input: each name has one."""
        other = self.symbols.setdefault(name, item)
        if other != item:
            which = "their assumptions or kinds differ" if str(other) == str(item) else f"{other} and {item}"
            raise InputError(
                f"two different SymPy symbols are called {name!r} ({which})",
                hint=f"pass functions={{{name!r}: …}}, or rename one of them"
                if is_unknown_function(item)
                else "create the symbol once, or rename one of them",
            )

    def given(self, item: Any) -> bool:
        """Whether it is a function that the user gives an operation for, or a derivative of one."""
        function = item.expr if isinstance(item, sp.Derivative) else item
        return getattr(function.func, "__name__", "") in self.functions.given

    def done(self, item: Any) -> Plan:
        """A derivative or a substitution that SymPy can carry out."""
        result = item.doit()
        if isinstance(result, (sp.Derivative, sp.Subs)) and not is_input(result):
            result = _of_real_steps(item)
            if isinstance(result, (sp.Derivative, sp.Subs)):
                refuse(item)
        return [result], lambda nodes: nodes[0]

    def symbol(self, item: Any) -> Plan:
        name = sympy_name(item)
        self.known(name, item)
        if item.is_commutative is False or item.is_extended_real is False:
            raise UnsupportedError(f"the symbol {name!r} does not stand for a real number", hint="drop its assumptions")
        return (), lambda _: self.input(name, item)

    def input(self, name: str, item: Any) -> Any:
        """The node of an input, with what its assumptions promise of its values."""
        node = self.builder.input(name)
        self.builder.promise(name, Parameter(name, dependent=dependent_of(item)))
        if item.is_zero:  # of both signs
            return node
        for word in ("positive", "negative", "nonnegative", "nonpositive", "nonzero"):
            if getattr(item, f"is_{word}", None):
                self.builder.promise(name, Parameter(name, sign=word))
        return node

    def sum(self, terms: Sequence[Any]) -> Plan:
        """a - b + c + 2, with a positive term first and numbers last."""
        ordered = sorted(((_opposite(term), term) for term in terms), key=lambda pair: bool(pair[1].is_Number))
        first = next((k for k, (opposite, _) in enumerate(ordered) if opposite is None), 0)
        (_, head), rest = ordered[first], ordered[:first] + ordered[first + 1 :]

        def write(nodes: list[Any]) -> Any:
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
                below.append(factor.base if factor.exp == -1 else Power(factor.base, -factor.exp))
            else:
                above.append(factor)
        if coefficient.q != 1 and abs(coefficient.p) == 1 and above:
            below.insert(0, sp.Integer(coefficient.q))
            coefficient = sp.Integer(coefficient.p)
        if not (negated := coefficient == -1 and bool(above)) and (coefficient != 1 or not above):
            above.insert(0, coefficient)
        n = len(above)

        def write(nodes: list[Any]) -> Any:
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
        refuse(exponent)
        if exponent.is_negative:
            below = base if exponent == -1 else Power(base, -exponent)
            return [below], lambda nodes: self.op("div", self.number(1), *nodes)
        if exponent is sp.S.Half:
            return [base], lambda nodes: self.op("sqrt", *nodes)
        if exponent is sp.S.One:
            return [base], lambda nodes: nodes[0]
        return [base], lambda nodes: self.op("pow", *nodes, self.number(number_of(exponent)))

    def series(self, item: Any) -> Plan:
        """A finite sum or product written out, the outermost index first: inner bounds may depend on it."""
        body, *inner, (variable, *bounds) = item.args
        if len(bounds) != 2 or not all(bound.is_Integer for bound in bounds):
            raise UnsupportedError(
                f"{describe(item)} has bounds that are not integers", hint="give integer bounds, or call .doit() first"
            )
        low, high = (int(bound) for bound in bounds)
        if opposite := high < low - 1:  # Karr's convention, SymPy's: what lies between the bounds is taken away
            low, high = high + 1, low - 1
        self.terms += max(0, high - low + 1)
        if self.terms > MAX_TERMS:
            raise UnsupportedError(f"{describe(item)} has more than {MAX_TERMS} terms", hint="call .doit(), or trace")
        term = item.func(body, *inner) if inner else body
        parts = terms(term, variable, range(low, high + 1))
        name, inverse, unit = ("add", "sub", 0) if isinstance(item, sp.Sum) else ("mul", "div", 1)

        def write(nodes: list[Any]) -> Any:
            node = self.fold(name, nodes) if nodes else self.number(unit)
            return self.op(inverse, self.number(unit), node) if opposite else node

        return parts, write

    def contains(self, item: Any) -> Plan:
        """Membership in a set, as the comparisons that it is."""
        try:
            return [item.args[1].as_relational(item.args[0])], lambda nodes: nodes[0]
        except (AttributeError, NotImplementedError):
            raise UnsupportedError(
                f"{describe(item)} is no comparison of numbers", hint="use intervals and finite sets"
            ) from None

    def function(self, item: Any, name: str) -> Plan:
        """A class of SymPy's, by its row."""
        args = item.args
        if item is sp.true or item is sp.false:
            return self.constant(bool(item))
        if name == "Heaviside" and args[1:] in [(), (sp.S.Half,)]:
            return args[:1], lambda nodes: self.op("heaviside", *nodes)
        if name in SAME and len(args) == OPS[SAME[name]].arity:
            return args, lambda nodes: self.op(SAME[name], *nodes)
        if name == "LambertW" and args[1] == -1:
            return args[:1], lambda nodes: self.op("lambertwm1", *nodes)
        if name == "yn" and args[0].is_Integer and args[0] >= 0:
            return args[1:], lambda nodes: self.formula(OF_ORDER["spherical_yn"][1](int(args[0])), {"x": nodes[0]})
        if name == "zeta" and len(args) == 2:
            return args, lambda nodes: self.op("hurwitz_zeta", *nodes)
        if name == "betainc_regularized" and args[2] == 0:
            return (*args[:2], args[3]), lambda nodes: self.op("betainc", *nodes)
        if name in FOLDED and args:
            return args, lambda nodes: self.joined(FOLDED[name], nodes)
        if name == "Equivalent":
            return args, lambda nodes: self.formula(
                "both or not one", {"both": self.joined("x and y", nodes), "one": self.joined("x or y", nodes)}
            )
        if name == "binomial" and args[1].is_Integer and 0 <= args[1] <= MAX_CHOICE:
            return args[:1], lambda nodes: self.formula(choice(int(args[1])), {"n": nodes[0]})
        if name in FORMULAS and len(args) == len(FORMULAS[name][0].split()):
            names, text = FORMULAS[name]
            return args, lambda nodes: self.formula(text, dict(zip(names.split(), nodes, strict=True)))
        if name in ORDERED:
            order = args[0]
            if OPS[ORDERED[name]].real_parameter and order.is_Number and order.is_finite:
                return args[1:], lambda nodes: self.op(ORDERED[name], *nodes, parameter=number_of(order))
            if not (order.is_Integer and order >= 0):
                kind = "number" if OPS[ORDERED[name]].real_parameter else "whole number"
                raise UnsupportedError(f"{describe(item)} has an order that is not a {kind}", hint="give one")
            if name == "polygamma" and order == 0:
                return args[1:], lambda nodes: self.op("digamma", *nodes)
            return args[1:], lambda nodes: self.op(ORDERED[name], *nodes, parameter=int(order))
        if not item.free_symbols and (value := _evaluated(item)) is not None:
            return self.constant(value)
        of_numbers = isinstance(item, sp.Function) and all(isinstance(arg, sp.Expr) for arg in args)
        of_numbers = of_numbers and name != "LambertW"  # whose other branches are complex
        if name in self.functions.given or (of_numbers and is_defined(item.func)):
            op = self.functions.of(item)
            return args, lambda nodes: self.write(op, nodes)
        raise UnsupportedError(
            f"{describe(item)} has no operation in edgewise",
            hint=f"call .doit() or .rewrite(…) first, or define it with edgewise.op and pass functions={{{name!r}: …}}",
        )

    # --- writing --------------------------------------------------------------------------------------------------

    def number(self, value: Any) -> Any:
        return self.builder.constant(value)

    def write(self, op: Op, args: Sequence[Any], parameter: Any = None) -> Any:
        return add_op(self.builder, op, args, parameter)

    def op(self, name: str, *args: Any, parameter: Any = None) -> Any:
        return self.write(OPS[name], args, parameter)

    def fold(self, name: str, nodes: Sequence[Any]) -> Any:
        return reduce(lambda node, other: self.op(name, node, other), nodes)

    def joined(self, text: str, nodes: Sequence[Any]) -> Any:
        return reduce(lambda node, other: self.formula(text, {"x": node, "y": other}), nodes)

    def formula(self, text: str, names: Mapping[str, Any]) -> Any:
        """What a formula of the table is on these nodes."""
        return written(text, names, self.number, lambda op, args: self.op(op, *args))


def refuse(item: Any) -> None:
    """Raise UnsupportedError for what has no meaning as a real expression."""
    if not isinstance(item, (sp.Basic, sp.MatrixBase, sp.NDimArray)):
        return
    for base in type(item).__mro__:
        if base.__name__ in REFUSED and is_sympys(base):
            raise UnsupportedError(f"{describe(item)} cannot be part of a graph", hint=REFUSED[base.__name__])


def _of_real_steps(item: Any) -> Any:
    """A derivative where symbols are real and floor is constant between its jumps: of re(x), arg(x), Mod(x, 2)."""
    real = {symbol: sp.Dummy(symbol.name, real=True) for symbol in item.free_symbols if isinstance(symbol, sp.Symbol)}
    back = {dummy: symbol for symbol, dummy in real.items()}
    plain = item.xreplace(real)
    plain = plain.replace(sp.frac, lambda x: x - sp.floor(x)).replace(sp.Mod, lambda x, y: x - y * sp.floor(x / y))
    steps = {step: sp.Dummy() for step in plain.atoms(sp.floor, sp.ceiling)}
    return plain.xreplace(steps).doit().xreplace({dummy: step for step, dummy in steps.items()}).xreplace(back)


def _evaluated(item: Any) -> float | None:
    """The value of a number that has a name, such as zeta(3), where SymPy finds one."""
    try:
        value = item.evalf(20)
    except (ArithmeticError, AttributeError, MemoryError, NotImplementedError, TypeError, ValueError):
        return None
    return float(value) if value.is_Float else None


def number_of(item: Any) -> Number:
    """A SymPy number as one of our constants."""
    if item is sp.pi or item is sp.E:
        return PI if item is sp.pi else E
    if item.is_Rational:
        return exact_number(Fraction(int(item.p), int(item.q)))
    value = float(item)
    if math.isinf(value) and not item.is_infinite:
        raise UnsupportedError(f"{describe(item)} is beyond the range of floating point", hint="scale the expression")
    return value


def _opposite(term: Any) -> Any:
    """−term if the term has a negative numerical factor in front, else None."""
    if term.is_Number:
        return -term if term.is_negative else None
    if term.is_Mul and term.args[0].is_Number and term.args[0].is_negative:
        coefficient, *rest = term.args
        return Product(tuple(rest) if coefficient == -1 else (-coefficient, *rest))
    return None
