"""Every row of the table against mpmath at 40 digits: value, first and second partials, range, definition."""

from __future__ import annotations

import dataclasses
import itertools
from fractions import Fraction
from typing import Any

import mpmath as mp
import numpy as np
import pytest

import oracles
from edgewise.evaluate import forward_propagation, local_partial
from edgewise.frontends.text import parse
from edgewise.graph import Builder, Edge, Layout, Tape
from edgewise.ops import CODE, CONST, INPUT, N_BUILTIN, TABLE, Op

ROWS = [op for op in TABLE if op.name not in ("const", "input")]
PARAMETERS: dict[str, tuple[Any, ...]] = {
    "power": (0, 1, 2, 3, -1, -2, 5, Fraction(1, 2), Fraction(-3, 2), Fraction(1, 3), 2.5),
    "polygamma": (1, 2, 3),
    "spherical_jn": (1, 2, 3),
}
CASES = [(op, parameter) for op in ROWS for parameter in PARAMETERS.get(op.name, (None,))]
MESH = (-30.0, -3.7, -1.3, -0.71, -0.2, -1e-3, 1e-3, 0.3, 0.83, 1.9, 4.6, 30.0)


def row_tape(op: Op, parameter: Any = None) -> Tape:
    """The graph of one operation of inputs; a mutated row stands in for the table's as a custom operation."""
    builder = Builder()
    nodes = [builder.input(name) for name in op.args]
    node = builder.add(builder.code(op), nodes, parameter)
    return builder.freeze([node], Layout(), list(op.args))[0]


def holds(formula: str, op: Op, point: tuple[float, ...]) -> bool:
    tape = parse(formula, inputs=list(op.args))
    return bool(forward_propagation(tape, point).outputs[0])


def sample(op: Op, parameter: Any, count: int = 14) -> list[tuple[float, ...]]:
    """Points of the mesh inside the row's domain and away from its kinks."""
    name = op.name.removeprefix("mutant_")
    mesh = MESH if op.arity == 1 else (-2.3, -0.6, 0.4, 1.7, 3.1)
    found = []
    axes = [(0.0, 1.0), mesh, mesh] if op.selects else [mesh] * op.arity
    for point in itertools.product(*axes):
        if name == "power":
            integer = isinstance(parameter, int)
            inside = (integer and (parameter >= 0 or point[0] != 0)) or point[0] > 0
        else:
            inside = not op.domain or holds(op.domain, op, point)
        if op.kinks and op.kinks != "boundary of c":
            inside = inside and not holds(op.kinks, op, point)
        if name in ("gamma", "lgamma", "digamma", "exp", "exp2", "cosh", "sinh", "erfinv", "polygamma", "power", "pow"):
            inside = inside and abs(point[0]) < 10
        if inside:
            found.append(point)
    step = max(1, len(found) // count)
    return found[::step][: count + 2]


def partial_errors(op: Op, parameter: Any) -> list[str]:
    """What is wrong with the row's first and second partials, as text."""
    from edgewise.differentiate import gradient, resolve_wrt, reverse_jacobian

    tape = row_tape(op, parameter)
    first = gradient(tape, resolve_wrt(tape, None), ())
    second = reverse_jacobian(first.tape, resolve_wrt(tape, None), ())
    errors = []
    n = op.arity
    name = op.name.removeprefix("mutant_")
    with mp.workdps(40):
        for point in sample(op, parameter):

            def f(*args: Any) -> Any:
                return oracles.mp_value(name, args, parameter)

            values = forward_propagation(second.tape, point).values
            run = forward_propagation(tape, point)
            smooth = range(1, n) if op.selects else range(n)  # at a condition's 0 there is a jump
            for k in smooth:
                partial = local_partial(tape, Edge(tape.outputs[0], k, k), run.values)
                order = tuple(int(a == k) for a in range(n))
                exact = mp.re(mp.diff(f, tuple(map(mp.mpf, point)), order, h=mp.mpf(10) ** -12))
                if not oracles.close(0.0 if partial is None else partial, exact, 1e-8, 1e-10):
                    errors.append(f"{op.name}({parameter}) partial {k} at {point}: {partial} and {mp.nstr(exact, 12)}")
            got = [values[i] for i in first.tape.outputs] + [values[i] for i in second.tape.outputs]
            orders = [tuple(int(a == k) for a in range(n)) for k in range(n)]
            orders += [tuple(int(a == k) + int(a == m) for a in range(n)) for k in range(n) for m in range(n)]
            scale = 1 + abs(float(f(*map(mp.mpf, point))))
            for order, value in zip(orders, got, strict=True):
                if op.selects and order[0]:
                    continue
                exact = mp.diff(f, tuple(map(mp.mpf, point)), order, h=mp.mpf(10) ** -12) if n else mp.mpf(0)
                # 1 - tanh² and σ(1 - σ) cancel far out by design: their error is absolute.
                if not oracles.close(value, mp.re(exact), 1e-8, 1e-12 * scale):
                    errors.append(f"{op.name}({parameter}) order {order} at {point}: {value} and {mp.nstr(exact, 12)}")
    return errors


@pytest.mark.parametrize("op", ROWS, ids=lambda op: op.name)
def test_no_row_has_a_gap(op: Op) -> None:
    assert op.doc
    assert op.args
    assert len(op.partials) == op.arity
    assert op.name in oracles.MPMATH
    assert not op.kinks or op.convention or all(p is None for p in op.partials) or op.selects
    if op.parameter:
        assert op.name in PARAMETERS


@pytest.mark.parametrize(("op", "parameter"), CASES, ids=str)
def test_values(op: Op, parameter: Any) -> None:
    tape = row_tape(op, parameter)
    points = sample(op, parameter)
    assert len(points) >= 3
    with mp.workdps(40):
        for point in points:
            exact = oracles.mp_value(op.name, [mp.mpf(v) for v in point], parameter)
            assert oracles.close(forward_propagation(tape, point).outputs[0], exact, 1e-12, 1e-14), point


@pytest.mark.parametrize(("op", "parameter"), [c for c in CASES if any(c[0].partials)], ids=str)
def test_first_and_second_partials(op: Op, parameter: Any) -> None:
    assert partial_errors(op, parameter) == []


@pytest.mark.parametrize("op", [op for op in ROWS if op.definition], ids=lambda op: op.name)
def test_definitions_are_the_operation(op: Op) -> None:
    defined = parse(op.definition, inputs=list(op.args))
    for point in sample(op, None):
        assert forward_propagation(defined, point).outputs[0] == pytest.approx(
            forward_propagation(row_tape(op), point).outputs[0], rel=1e-9, abs=1e-12
        )


@pytest.mark.parametrize("op", [op for op in ROWS if op.range], ids=lambda op: op.name)
def test_ranges_hold(op: Op) -> None:
    for point in sample(op, None):
        value = oracles.mp_value(op.name, [mp.mpf(v) for v in point])
        assert value > 0 if op.range == "positive" else value >= 0


MUTANTS = [
    (op, k, PARAMETERS.get(op.name, (None,))[2 if op.name == "power" else 0])
    for op in ROWS
    for k, partial in enumerate(op.partials)
    if partial is not None
]


@pytest.mark.parametrize(("op", "position", "parameter"), MUTANTS, ids=str)
def test_flipping_the_sign_of_any_partial_is_noticed(op: Op, position: int, parameter: Any) -> None:
    flipped = list(op.partials)
    flipped[position] = f"-({flipped[position]})"
    mutant = dataclasses.replace(op, name=f"mutant_{op.name}", partials=tuple(flipped), custom=True, cache={})
    assert partial_errors(mutant, parameter) != []


def test_codes_are_row_numbers() -> None:
    assert [CODE[op.name] for op in TABLE] == list(range(N_BUILTIN))
    assert CODE["const"] == CONST
    assert CODE["input"] == INPUT


def test_values_broadcast() -> None:
    for op, parameter in CASES:
        point = sample(op, parameter)[0]
        arrays = [np.array([value, value]) for value in point]
        value = forward_propagation(row_tape(op, parameter), arrays).outputs[0]
        assert np.shape(value) == (2,), op.name
