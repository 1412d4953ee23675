"""Tests of the tests: a wrong sign of any partial, and a wrong node of any sweep, is noticed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import edgewise as ew
import oracles
from edgewise.differentiate import gradient, jacobian, resolve_wrt
from edgewise.evaluate import forward_propagation
from edgewise.graph import Tape
from edgewise.ops import CODE, OPS, TENSORS, Op, template_of
from rows import CASES, partial_errors
from tensor_rows import ROWS, Row, first_errors, second_errors, traced

MUTANTS = [
    (op, k, parameter)
    for op, parameter in CASES
    for k in range(op.arity)
    # x**0 and x**0.0 have no slope whose sign could be wrong
    if (template := template_of(op, k, parameter)) is not None and not template.refusal and parameter != 0
]


def negated(partial: Any) -> Any:
    """A partial with the other sign: a formula, the last of several steps, or what makes one for an order."""
    if callable(partial):
        return lambda *order: negated(partial(*order))
    *steps, last = filter(str.strip, partial.replace("\n", ";").split(";"))
    return "; ".join([*steps, f"-({last})"])


def flipped(op: Op, position: int) -> Op:
    partials = list(op.partials)
    partials[position] = negated(partials[position])
    return dataclasses.replace(op, name=f"mutant_{op.name}", partials=tuple(partials), custom=True, cache={})


@pytest.mark.slow
@pytest.mark.parametrize(("op", "position", "parameter"), MUTANTS, ids=str)
def test_flipping_the_sign_of_any_partial_is_noticed(op: Op, position: int, parameter: Any) -> None:
    assert partial_errors(flipped(op, position), parameter) != []


def test_a_partial_right_in_value_and_wrong_in_slope_is_noticed() -> None:
    # y*x**(y - 1) is 0 at y = 0 and its derivative in y is not: only the second order shows that it is masked there.
    masked = ("where(y == 0, 0, y*x**(y - 1))", OPS["pow"].partials[1])
    op = dataclasses.replace(OPS["pow"], name="mutant_pow", partials=masked, custom=True, cache={})
    errors = partial_errors(op)
    assert errors
    assert all("order (1, 1)" in error for error in errors)


@pytest.mark.slow
@pytest.mark.parametrize("op", [op for op, parameter in CASES if parameter is None and any(op.partials)], ids=str)
def test_copying_a_row_is_no_mutation(op: Op) -> None:
    copy = dataclasses.replace(op, name=f"mutant_{op.name}", custom=True, cache={})
    assert partial_errors(copy) == []


# A graph in which every edge carries a derivative that matters, with sharing, a multi-edge and an input `unused`.
POINT = (0.7, -1.3, 0.0)


def base() -> Tape:
    return ew.parse("s = sin(x*y) + x; t = s*s + exp(y); tanh(t/3)*s - t", inputs=["x", "y", "unused"]).tape


def sweep_errors(base: Tape, derivative: Tape) -> list[str]:
    """Where the numbers of a derivative graph differ from mpmath's."""
    exact = oracles.mp_gradient(base, POINT, base.outputs[0])
    got = forward_propagation(derivative, POINT).outputs
    return [
        f"input {k}: {value} and {float(number)}"
        for k, (value, number) in enumerate(zip(got, exact, strict=True))
        if not oracles.close(value, number)
    ]


def mutated_sweeps(base: Tape, tape: Tape) -> Iterator[tuple[str, Tape]]:
    """Every sum without one of its terms or with its sign turned, every product as a sum or with a factor left out."""
    values = forward_propagation(tape, POINT).values
    unused, one = base.inputs[2], next(node for node, value in tape.constants().items() if value == 1)
    for node in range(len(base), len(tape)):
        name, first = tape.op(node).name, int(tape.start[node])
        if name in ("add", "mul"):
            ops = tape.ops.copy()
            ops[node] = CODE["sub" if name == "add" else "add"]
            yield f"{name} at {node} is another operation", dataclasses.replace(tape, ops=ops)
            neutral = unused if name == "add" else one  # at POINT, `unused` is 0
            for k in range(2):
                # A factor that is 1 may be left out: that is no mistake, so no mutant.
                if values[tape.args[first + k]] != values[neutral]:
                    args = tape.args.copy()
                    args[first + k] = neutral
                    yield f"{name} at {node} lacks argument {k}", dataclasses.replace(tape, args=args)


@pytest.mark.parametrize("order", ["reverse", "forward", "markowitz"])
def test_a_wrong_node_of_a_sweep_is_noticed(order: str) -> None:
    graph = base()
    written = jacobian(graph, resolve_wrt(graph, None), (), order).tape
    assert sweep_errors(graph, written) == []
    mutants = list(mutated_sweeps(graph, written))
    needed = written.live(written.outputs)
    assert len(mutants) > 40
    assert needed[len(graph) :].all()
    assert [what for what, mutant in mutants if not sweep_errors(graph, mutant)] == []


def test_dropping_an_addition_breaks_the_cost_law() -> None:
    graph = base()
    B = gradient(graph, resolve_wrt(graph, None), ())
    sums = B.ledger.total != B.ledger.product
    additions = len(B.ledger) - len(np.unique(B.ledger.parent))
    assert int(sums.sum()) == additions
    assert len(set(B.ledger.total[sums].tolist())) == additions


# --- operations on tensors: a rule of the wrong sign, or twice as large, is noticed ---------------------------------


def _uses(row: Row) -> set[str]:
    """The operations of a row's graph and of its first derivatives."""
    G = traced(row)
    return {
        graph.tape.op(i).name
        for graph in (G, G.jacobian(order="reverse"), G.jacobian(order="forward"))
        for i in range(len(graph))
    }


USES = {row.name: _uses(row) for row in ROWS}
RULES = [(k, position) for k, op in enumerate(TENSORS) for position, rule in enumerate(op.rules) if rule is not None]


@pytest.mark.slow
@pytest.mark.parametrize("factor", [-1, 2])
@pytest.mark.parametrize(("place", "position"), RULES, ids=[f"{TENSORS[k].name} {position}" for k, position in RULES])
def test_another_factor_on_any_rule_of_a_tensor_row_is_noticed(
    place: int, position: int, factor: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    op = TENSORS[place]
    rule = op.rules[position]
    assert rule is not None
    rules = list(op.rules)
    rules[position] = lambda *args: rule(*args) * factor
    mutant = dataclasses.replace(op, rules=tuple(rules))
    monkeypatch.setattr(
        "edgewise.differentiate.arrays.bprop.TENSORS", (*TENSORS[:place], mutant, *TENSORS[place + 1 :])
    )
    # Rows that take the operation itself come first; some operations are made by derivatives alone.
    rows = [row for row in ROWS if op.name in USES[row.name]]
    rows.sort(key=lambda row: op.name not in {traced(row).tape.op(i).name for i in range(len(traced(row)))})
    assert any(first_errors(row) or second_errors(row) for row in rows[:3])
