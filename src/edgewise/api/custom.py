"""A user's operation: its value and partials from formulas or functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from edgewise.errors import DifferentiationError
from edgewise.evaluate import forward_propagation
from edgewise.frontends.text import parse
from edgewise.graph import Builder, Expr
from edgewise.graph.outputs import collect
from edgewise.graph.template import template_from
from edgewise.ops import Template

__all__ = ["FormulaValue", "template_of_partial"]


class FormulaValue:
    """A formula as a NumPy callable: the value of an operation that was defined by text."""

    def __init__(self, formula: str, args: Sequence[str]) -> None:
        self.formula, self.args = formula, tuple(args)
        self._tape = parse(formula, inputs=list(args))

    def __call__(self, *values: Any) -> Any:
        return forward_propagation(self._tape, values).outputs[0]

    def __reduce__(self) -> tuple[Any, ...]:
        return FormulaValue, (self.formula, self.args)


def template_of_partial(args: Sequence[str], partial: str | Callable[..., Any] | None) -> Template | None:
    """A partial as a template: from a formula in the arguments and `out`, or from a function of expressions.

    A function is called with the arguments, and with `out` behind them if it takes one more.
    """
    if partial is None:
        return None
    if isinstance(partial, str):
        return template_from(parse(partial, inputs=[*args, "out"]), len(args))
    builder = Builder()
    given = [Expr(builder, builder.input(name)) for name in (*args, "out")]
    takes = partial.__code__.co_argcount if hasattr(partial, "__code__") else len(args)
    _, nodes, layout = collect(partial(*given[:takes]), builder)
    if len(nodes) != 1:
        raise DifferentiationError("a partial must be one expression", hint="give one partial for each argument")
    return template_from(builder.freeze(nodes, layout, [*args, "out"])[0], len(args))
