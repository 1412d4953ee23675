"""What SymPy is asked: factors, solutions, integrals and limits, of real numbers, and back as graphs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import sympy as sp

from edgewise.algebra.joined import regrouped
from edgewise.algebra.within import within
from edgewise.errors import EdgewiseError, InputError, UnsupportedError
from edgewise.frontends.sympy import from_sympy
from edgewise.frontends.sympy.symbols import describe
from edgewise.graph import SIGNS, Builder, Layout, Tape
from edgewise.write.sympy import nodes_to_sympy

__all__ = ["Asked", "SECONDS"]

SECONDS: Final = 20.0
"""How long SymPy may take by default."""

UNDONE: Final = (sp.Integral, sp.Limit, sp.Sum, sp.AccumBounds, sp.RootSum, sp.ConditionSet)
"""What SymPy returns where it did not find what it was asked for."""


class Asked:
    """A graph of scalars as SymPy has it, with real symbols that are promised what the inputs are."""

    def __init__(self, tape: Tape, what: str, seconds: float) -> None:
        self.tape, self.what, self.seconds = tape, what, seconds
        self.symbols: dict[str, Any] = {}
        by_node: dict[int, Any] = {}
        for parameter, nodes in tape.by_parameter():
            for node in nodes:
                name = tape.attrs[node]
                promised = {parameter.sign: True} if parameter.sign in SIGNS and parameter.sign else {}
                self.symbols[name] = by_node[node] = sp.Symbol(name, real=True, **promised)
        self.outputs = nodes_to_sympy(tape, tape.outputs, by_node)

    @property
    def output(self) -> Any:
        """The one output."""
        if len(self.outputs) != 1:
            raise InputError(
                f"{self.what} is of one output and the graph has {len(self.outputs)}",
                hint="ask for one after the other",
            )
        return self.outputs[0]

    def symbol(self, name: Any) -> Any:
        """The symbol of an input."""
        if name not in self.symbols:
            raise InputError(
                f"{name!r} is no input of the graph", hint=f"its inputs are {', '.join(self.symbols) or 'none'}"
            )
        return self.symbols[name]

    def value(self, given: Any) -> Any:
        """A number, a graph of one output or something of SymPy's, as it stands beside the outputs."""
        if isinstance(given, Tape):
            symbols = {node: self.symbols.get(given.attrs[node], sp.Symbol(given.attrs[node], real=True))
                       for node in given.inputs}  # fmt: skip
            return nodes_to_sympy(given, given.outputs, symbols)[0]
        made = sp.sympify(given)
        return made.xreplace({symbol: self.symbols.get(symbol.name, symbol) for symbol in made.free_symbols})

    def ask(self, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """What a function of SymPy's returns; an UnsupportedError that says so where it does not find it in time."""
        try:
            return within(self.seconds, self.what, function, *args, **options)
        except EdgewiseError:
            raise
        except (ArithmeticError, AttributeError, IndexError, KeyError, NotImplementedError, RecursionError, TypeError,
                ValueError) as error:  # fmt: skip
            said = " ".join(str(error).split())[:160]
            raise UnsupportedError(f"SymPy does not find {self.what}: {type(error).__name__} {said}") from None

    def graph(self, value: Any, without: Sequence[str] = ()) -> Tape:
        """What SymPy returned, as a graph with the inputs of the first, groups as groups, and then what else it needs.

        One value is one output, and the inputs `without` which it is are gone; several are the outputs of the graph.
        """
        values = [value] if isinstance(value, sp.Basic) else list(value)
        for item in values:
            undone = sorted({describe(part) for part in item.atoms(*UNDONE)})
            if undone:
                raise UnsupportedError(f"SymPy does not find {self.what}: it returns {undone[0]}")
            if item is sp.nan or item is sp.zoo or item.has(sp.I):
                raise UnsupportedError(f"{self.what} is no real number: SymPy returns {describe(item)}")
        made = replace(from_sympy(values), layout=Layout() if isinstance(value, sp.Basic) else self.tape.layout)
        whole = regrouped(made, self.tape)
        left = [parameter.name for parameter in whole.parameters if parameter.name not in without]
        return Builder.of(whole).freeze(whole.outputs, whole.layout, left)[0]

    # --- what is asked --------------------------------------------------------------------------------------------

    def factor(self) -> Tape:
        """The outputs as products."""
        return self.graph([self.ask(sp.factor, output) for output in self.outputs])

    def collect(self, names: Sequence[str]) -> Tape:
        """The outputs as polynomials in some inputs."""
        symbols = [self.symbol(name) for name in names]
        return self.graph([self.ask(lambda e: sp.collect(sp.expand(e), symbols), output) for output in self.outputs])

    def solve(self, names: Sequence[str]) -> list[dict[str, Tape]]:
        """The solutions of outputs = 0, each an input's value by its name."""
        symbols = [self.symbol(name) for name in names]
        found = self.ask(sp.solve, self.outputs, symbols, dict=True)
        real = [solution for solution in found if not any(value.has(sp.I) for value in solution.values())]
        return [{str(symbol): self.graph(value, names) for symbol, value in solution.items()} for solution in real]

    def integral(self, name: str, bounds: Sequence[Any]) -> Tape:
        """An antiderivative, or the integral between two bounds."""
        symbol = self.symbol(name)
        if bounds:
            found = self.ask(sp.integrate, self.output, (symbol, *map(self.value, bounds)))
            return self.graph(found, [name])
        found = self.ask(sp.integrate, self.output, symbol)
        # SymPy's logarithm is of complex numbers: of real ones log|u| has the slope of log u, on both sides of 0.
        return self.graph(found.replace(sp.log, lambda u: sp.log(u if u.is_nonnegative else sp.Abs(u))))

    def limit(self, name: str, point: Any, side: str) -> Tape:
        """The limit where an input goes to a point."""
        symbol, at = self.symbol(name), self.value(point)
        sides = "-" if at is sp.oo else "+" if at is -sp.oo else side
        return self.graph(self.ask(sp.limit, self.output, symbol, at, sides), [name])

    def series(self, name: str, point: Any, terms: int) -> Tape | None:
        """The Taylor polynomial where SymPy finds one that is the same on both sides; else None."""
        symbol, at = self.symbol(name), self.value(point)
        found = []
        for side in "+-":
            try:
                found.append(self.ask(lambda e, s: sp.series(e, symbol, at, terms, s).removeO(), self.output, side))
            except UnsupportedError:
                return None
        apart = sp.simplify(found[0] - found[1]) if found[0] != found[1] else sp.S.Zero
        if apart != 0 or not found[0].is_polynomial(symbol) or sp.degree(found[0], symbol) >= terms:
            return None
        return self.graph(found[0])
