"""A user's operation: its value and partials from formulas or functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from edgewise import evaluate
from edgewise.errors import DifferentiationError, EdgewiseError, ParseError
from edgewise.frontends.text import parse
from edgewise.graph import Builder, Expr, Tape
from edgewise.graph.arrays.outputs import collect
from edgewise.graph.template import template_from
from edgewise.ops import Refusal, Template
from edgewise.ops.formula import parse_expression

__all__ = ["FormulaValue", "check_condition", "template_of_partial", "template_of_value"]


def _parsed(what: str, text: str, inputs: Sequence[str]) -> Tape:
    """The graph of one of an operation's formulas; an error says of which."""
    try:
        return parse(text, inputs=list(inputs))
    except EdgewiseError as error:
        raise type(error)(f"{what}: {error.what}", hint=error.hint, line=error.line) from None


def check_condition(what: str, text: str, args: Sequence[str]) -> None:
    """Where an operation has kinks or is defined: a condition on its arguments, or words without a comparison."""
    if any(sign in text for sign in "=<>"):
        try:
            parse_expression(text, what)
        except ParseError as error:
            raise ParseError(error.what, hint="write a condition, such as x > 0 or x == 0", line=error.line) from None
        _parsed(what, text, args)


class FormulaValue:
    """A formula as a NumPy callable: the value of an operation that was defined by text."""

    def __init__(self, formula: str, args: Sequence[str]) -> None:
        self.formula, self.args = formula, tuple(args)
        self._tape = parse(formula, inputs=list(args))

    def __call__(self, *values: Any) -> Any:
        found = evaluate.forward_propagation(self._tape, values).outputs[0]
        # A formula need not read all of its arguments: those that it leaves out have axes too.
        shape = np.broadcast_shapes(*map(np.shape, values))
        return found if np.shape(found) == shape else np.broadcast_to(found, shape)

    def __reduce__(self) -> tuple[Any, ...]:
        return FormulaValue, (self.formula, self.args)


def template_of_value(args: Sequence[str], value: str, what: str) -> Template | None:
    """A value that was given as a formula, as a template. Errors begin with `what`."""
    return template_from(_parsed(what, value, args), len(args))


def template_of_partial(
    args: Sequence[str], partial: str | Callable[..., Any] | None, what: str = "the partial"
) -> Template | Refusal | None:
    """A partial as a template: from a formula in the arguments and `out`, or from a function of expressions.

    Errors begin with `what`. A function is called with the arguments, and with `out` behind them if it takes one more.
    """
    if partial is None or isinstance(partial, Refusal):
        return partial
    if isinstance(partial, str):
        return template_from(_parsed(what, partial, [*args, "out"]), len(args))
    builder = Builder()
    given = [Expr(builder, builder.input(name)) for name in (*args, "out")]
    takes = partial.__code__.co_argcount if hasattr(partial, "__code__") else len(args)
    _, nodes, layout = collect(partial(*given[:takes]), builder)
    if len(nodes) != 1:
        raise DifferentiationError(f"{what} must be one expression", hint="give one partial for each argument")
    return template_from(builder.freeze(nodes, layout, [*args, "out"])[0], len(args))
