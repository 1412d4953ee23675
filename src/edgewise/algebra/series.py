"""Taylor polynomials, from the coefficients that Taylor arithmetic has on the graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from edgewise import differentiate as diff
from edgewise import evaluate
from edgewise.algebra.joined import lifted, mapped, only_outputs, regrouped
from edgewise.algebra.known_values import with_known_values
from edgewise.algebra.sample_points import COUNT, sampled
from edgewise.algebra.substitution import substituted
from edgewise.algebra.through_sympy import SECONDS, Asked
from edgewise.errors import InputError, UnsupportedError
from edgewise.graph import MERGING, Builder, Expr, Layout, Tape, handle, node_text, resolve
from edgewise.graph.arrays.outputs import collect
from edgewise.ops import CONST

__all__ = ["taylor_polynomial"]

NEAR: Final = 1e-9
"""How near to a point it is looked on both sides whether a condition changes there."""


def taylor_polynomial(tape: Tape, node: int, point: Any, terms: int) -> Tape:
    """The polynomial of degree below `terms` in x - point, x being an input, whose derivatives there are the output's.

    `point` is a number or a graph of one output. Raises UnsupportedError where the function is not smooth.

    >>> from edgewise import parse
    >>> from edgewise.graph import whole_text
    >>> found = taylor_polynomial(parse("exp(x)*y").tape, 0, 0, 4)
    >>> whole_text(found, found.outputs)
    'y + x*y + x**2*y/2 + x**3*y/6'
    """
    if len(tape.outputs) != 1:
        raise InputError(
            f"a series is of one output and the graph has {len(tape.outputs)}", hint="ask for one after the other"
        )
    name = tape.attrs[node]
    coefficients = _coefficients(tape, node, point, terms)
    said = f"{node_text(tape, tape.outputs[0], 60)} in {name} at {_said(point)}"
    if coefficients is None:
        found: Tape | None = Asked(tape, f"the series of {said}", SECONDS).series(name, point, terms)
        if found is None:
            raise UnsupportedError(
                f"there is no Taylor series of {said}: the function or a derivative is infinite, or jumps, there",
                hint="ask for it at another point; G.limit() and SymPy's own series know poles and roots",
            )
        return found
    return _polynomial(coefficients, tape, node, point)


def _polynomial(coefficients: Tape, tape: Tape, node: int, point: Any) -> Tape:
    """The sum of coefficients times powers of x - point."""

    def total(values: Sequence[Any], x: Any, at: Any) -> Any:
        step = x if type(at) is int and at == 0 else x - at
        found: Any = 0
        for degree, value in enumerate(values):
            if isinstance(value, Expr) or value:
                found = found + (value * step**degree if degree else value)
        return found

    with MERGING:
        values = [_number_or(value) for value in lifted(coefficients)]
        builder = Builder()
        x = handle(builder, builder.input(tape.attrs[node]))
        found = total(values, x, lifted(point) if isinstance(point, Tape) else point)
        builder, nodes, _ = collect([found])
        return with_known_values(regrouped(builder.freeze(nodes[:1], Layout())[0], tape))


def _number_or(value: Any) -> Any:
    """A coefficient that is a number as that."""
    builder, node = resolve(value)
    return builder.attrs[node] if builder.nodes[node][0] == CONST else value


def _coefficients(tape: Tape, node: int, point: Any, terms: int) -> Tape | None:
    """The coefficients there as outputs; None where some is not finite, or the function is not smooth."""
    outputs = [tape.outputs[0]]
    made = tape
    if terms > 1:
        derivative = diff.taylor(tape, diff.resolve_wrt(tape, node), tape.returns(), terms - 1, (1,))
        made, outputs = derivative.tape, [*derivative.results[0].nodes, *derivative.results[1].nodes]
    made = only_outputs(made, outputs, Layout("tuple", (), (Layout(),) * len(outputs)))
    place = made.inputs[tape.inputs.index(node)]
    try:
        found = substituted(made, {place: point})
    except ArithmeticError:
        return None
    found = with_known_values(found)
    values = sampled(found)
    smooth = all(np.isfinite(values.value(output)).any() for output in found.outputs)
    return found if smooth and not _has_kink(tape, node, point) else None


def _has_kink(tape: Tape, node: int, point: Any) -> bool:
    """Whether an operation that depends on the input has a kink or jump at a point, whatever the others are."""
    with_point = tape if not isinstance(point, Tape) else mapped(lambda *both: both, [tape, point], "a series")
    sample = sampled(with_point)
    places = [with_point.inputs[with_point.input_names().index(name)] for name in tape.input_names()]
    at = sample.values[with_point.outputs[-1]] if isinstance(point, Tape) else float(point)
    inputs = [np.asarray(sample.values[place]) for place in places]
    own = tape.inputs.index(node)
    runs = []
    for step in (0.0, -NEAR, NEAR):
        inputs[own] = np.broadcast_to(at + step * np.maximum(1.0, np.abs(at)), (COUNT,))
        with np.errstate(all="ignore"):
            runs.append(evaluate.propagate(tape, inputs, {}).values)
    varied = tape.depends_on([node])
    live = np.flatnonzero(tape.live(tape.outputs) & varied).tolist()
    for found in evaluate.special_points(tape, live, {}, runs[0], varied.tolist()):
        if found.kind != "domain" and found.met:
            return True
        if found.kind != "domain" and found.met is None:
            condition = tape.arguments(found.node)[0]
            if any((np.asarray(run[condition]) != runs[0][condition]).any() for run in runs[1:]):
                return True
    return False


def _said(point: Any) -> str:
    return node_text(point, point.outputs[0], 40) if isinstance(point, Tape) else str(point)
