"""The level "accurate" of simplification, for graphs and for their derivatives."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise import accuracy
from edgewise.errors import InputError
from edgewise.frontends.naming import by_name
from edgewise.frontends.text import parse
from edgewise.graph import IntArray, Layout, Tape

if TYPE_CHECKING:
    from edgewise.api.derivative_graph import DerivativeGraph
    from edgewise.api.graph import Graph
    from edgewise.evaluate import Evaluation

__all__ = ["accurate_derivative", "accurate_graph", "error_plot", "exact_evaluation", "options_of", "rounding_map"]

ACCURATE = "accurate"
MOST_DIGITS, BALL_DIGITS = 4000, 30
SHARE = 0.4
"""Of the time, what the value may take."""


def options_of(level: str, given: Mapping[str, Any], progress: bool | None) -> accuracy.Options | None:
    """The options of the level "accurate", None for another level; an InputError where they belong to none."""
    asked = {name: value for name, value in given.items() if value is not None}
    if level != ACCURATE:
        for name in asked:
            raise InputError(
                f'{name}= belongs to the level "accurate"', hint=f'use level="{ACCURATE}", or leave it out'
            )
        return None
    text = asked.pop("where", None)
    condition = None if text is None else parse(text) if isinstance(text, str) else text.tape
    ranges = {str(getattr(name, "name", name)): tuple(pair) for name, pair in asked.pop("ranges", {}).items()}
    return accuracy.Options(ranges, condition=condition, progress=progress, **asked)


def exact_evaluation(
    tape: Tape, values: Any, args: tuple[Any, ...], named: Mapping[str, Any], digits: int | None, arithmetic: str
) -> Evaluation:
    """A graph of scalars evaluated in ball arithmetic: Decimals of so many digits, or the balls themselves."""
    if arithmetic not in ("double", "ball"):
        raise InputError(f"there is no arithmetic {arithmetic!r}", hint='use "double" or "ball"')
    if digits is not None and not (isinstance(digits, int) and 1 <= digits <= MOST_DIGITS):
        raise InputError(f"digits={digits!r} is no number of digits", hint=f"give one between 1 and {MOST_DIGITS}")
    if isinstance(values, Mapping):
        named = by_name(values, named)
    elif values is not None:
        args = (values, *args)
    return accuracy.evaluated(tape, args, named, digits or BALL_DIGITS, balls_wanted=arithmetic == "ball")


def error_plot(graph: Graph, name: str | None, result: int, axes: Any, accurate: Mapping[str, Any]) -> Any:
    """The bits of error of a result against an input, beside those before it was made accurate."""
    from edgewise.view.plots.errors import plot_errors

    made = graph.report if isinstance(graph.report, accuracy.AccuracyReport) else None
    options = options_of(ACCURATE, {"points": 1024, **accurate}, None)
    assert options is not None
    if made is not None and not accurate:
        options = replace(options, ranges=made.options.ranges, condition=made.options.condition)
    nodes = graph.returns()[-1].nodes
    if not 0 <= result < len(nodes):
        raise InputError(f"there is no result {result}", hint=f"the results are numbered 0 to {len(nodes) - 1}")
    others = []
    if made is not None:
        plain = made.graph_without(frozenset(one.node for one in made.repairs))
        others = [(plain.tape, plain.returns()[-1].nodes[result])]
    names = list(graph.tape.input_names())
    if name is not None and name not in names:
        raise InputError(f"{name!r} is not an input of the graph", hint=f"the inputs are {', '.join(names)}")
    inputs, bits = accuracy.errors_at(graph.tape, others, nodes[result], options)
    along = inputs[names.index(name or names[0])]
    labels = ["accurate", "before"] if made is not None else ["error"]
    lines = [(label, along, found) for label, found in zip(labels, bits, strict=True)]
    return plot_errors(lines[::-1], name or names[0], axes)


def rounding_map(graph: Graph, given: Sequence[Any] | None, accurate: Mapping[str, Any]) -> accuracy.Rounding:
    """The map of rounding of what a graph returns."""
    options = options_of(ACCURATE, accurate, None)
    assert options is not None
    inputs = set(graph.tape.inputs)
    results = dict.fromkeys(node for result in graph.returns() for node in result.nodes if node not in inputs)
    return accuracy.rounding_of(graph.tape, list(results), graph.names, options, given)


def accurate_graph(graph: Graph, options: accuracy.Options) -> Graph:
    """A graph of scalars whose outputs keep their digits."""
    plain = graph.simplify()
    repairing = accuracy.repairing(plain.tape, plain.tape.outputs, options)

    return _graph_without(plain, repairing, frozenset())


def _graph_without(plain: Graph, repairs: accuracy.Repairs, without: frozenset[int]) -> Graph:
    """The graph with its repairs, but for those of some nodes."""
    tape, new = repairs.finished(np.zeros(0, dtype=np.int64), without)
    tape = _with_outputs(tape, new[list(plain.tape.outputs)].tolist(), plain.tape.layout)
    make = partial(_graph_without, plain, repairs)
    return type(plain)(tape, None, _report(plain, repairs, tape, np.array(tape.outputs), make))


def accurate_derivative(graph: DerivativeGraph, options: accuracy.Options) -> DerivativeGraph:
    """A derivative graph of scalars whose results keep their digits; the ledger is kept."""
    began = time.monotonic()
    plain = graph.simplify()
    results = plain._wanted()
    more = _of_repaired_values(graph, options)
    left = max(options.seconds - (time.monotonic() - began), 0.0)
    repairing = accuracy.repairing(plain.tape, results, accuracy.with_seconds(options, left), more)
    return _derivative_without(plain, repairing, frozenset())


def _derivative_without(plain: DerivativeGraph, repairs: accuracy.Repairs, without: frozenset[int]) -> DerivativeGraph:
    """The derivative graph with its repairs, but for those of some nodes."""
    tape, new = repairs.finished(plain.derivative.kept_nodes(), without)
    last = plain.derivative.results[-1]
    tape = _with_outputs(tape, new[list(last.nodes)].tolist(), last.layout)
    derivative = plain.derivative.renumbered(tape, new)
    roots = np.array(sorted({n for r in derivative.results for n in r.nodes}), dtype=np.int64)
    make = partial(_derivative_without, plain, repairs)
    return type(plain)(derivative, plain.base, _report(plain, repairs, tape, roots, make))


def _of_repaired_values(graph: DerivativeGraph, options: accuracy.Options) -> list[tuple[Tape, list[int]]]:
    """The same derivative of the forms that the value takes where its digits are kept: further forms to begin from."""
    value = graph._first()
    found = accuracy.repairing(value, value.outputs, accuracy.with_seconds(options, SHARE * options.seconds))
    forms = [found.forms_of(node) for node in value.outputs]
    made: list[tuple[Tape, list[int]]] = []
    for k in range(max(map(len, forms))):
        tape = found.tape_of([of[min(k, len(of) - 1)] for of in forms], value.layout)
        again = graph._of(tape)
        if again is not None:
            short = again.simplify()
            made.append((short.tape, short._wanted()))
    return made


def _with_outputs(tape: Tape, outputs: Sequence[int], layout: Layout) -> Tape:
    return replace(tape, outputs=tuple(outputs), layout=layout)


def _report(plain: Any, repairs: accuracy.Repairs, tape: Tape, roots: IntArray, make: Any) -> accuracy.AccuracyReport:
    rules = dict(plain.report.rules)
    for one in repairs.repairs.values():
        for name in one.rules:
            rules[name] = rules.get(name, 0) + 1
    return accuracy.AccuracyReport(
        ACCURATE, rules, plain.report.source, (tape, roots), interrupted=repairs.interrupted, stepwise=False,
        repairing=repairs, graph_without=make,
    )  # fmt: skip
