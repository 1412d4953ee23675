"""Random graphs with shared nodes at special points: simplified or not, forward or backward, by every back end."""

from __future__ import annotations

import shutil
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.graph import Builder, Layout, Tape, add_op
from edgewise.ops import CODE, OPS, TABLE
from edgewise.simplify import LEVELS
from rows import REFUSED, SCIPYS
from special_judge import POINTS, differing, evaluated, judged, moved_by_rounding

EXPONENTS = {"power": (2, 3, -1, -2, 0.5, 1.5, -0.5), "spherical_jn": (0, 1, 2)}
NAMES = tuple(
    op.name
    for op in TABLE
    if op.args and (not op.parameter or op.name in EXPONENTS) and op.name not in SCIPYS | REFUSED
)
"""mpmath steps through all numbers from a negative one in polygamma."""
COUNT = 12


@st.composite
def graphs(draw: Any) -> tuple[Any, list[Any]]:
    """A graph of up to three inputs over the whole table, and points for it, a column for each input."""
    builder = Builder(share=draw(st.booleans()))
    nodes = [builder.input(f"x{k}") for k in range(draw(st.integers(1, 3)))]
    inputs = len(nodes)
    nodes += [
        builder.constant(value) for value in draw(st.lists(st.sampled_from((0, 1, 2, -1, 0.5, -2.5)), max_size=2))
    ]
    for _ in range(draw(st.integers(3, 12))):
        name, pick = draw(st.sampled_from(NAMES)), st.sampled_from(nodes[::-1])
        if name == "where":
            test = builder.add(CODE[draw(st.sampled_from(("lt", "le", "eq", "ne")))], [draw(pick), draw(pick)])
            nodes.append(builder.add(CODE[name], [test, draw(pick), draw(pick)]))
        elif name in EXPONENTS:
            nodes.append(builder.add(CODE[name], [draw(pick)], draw(st.sampled_from(EXPONENTS[name]))))
        else:
            nodes.append(add_op(builder, OPS[name], [draw(pick) for _ in OPS[name].args]))
    last = nodes[-1]
    if OPS[TABLE[builder.nodes[last][0]].name].boolean:
        last = builder.add(CODE["where"], [last, nodes[0], nodes[-2]])
    tape: Tape = builder.freeze([last], Layout(), [f"x{k}" for k in range(inputs)])[0]
    column = st.lists(st.sampled_from(POINTS.tolist()), min_size=COUNT, max_size=COUNT).map(np.array)
    return ew.Graph(tape), [draw(column) for _ in range(inputs)]


@given(graphs())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_simplified(case: tuple[Any, list[Any]]) -> None:
    graph, columns = case
    for written in (graph, graph.gradient()):
        values, seen = evaluated(written, columns), dict[Any, Any]()
        for level in LEVELS:
            made = evaluated(written.simplify(level), columns)
            assert judged(written, values, made, columns, seen) == []


@given(graphs())
@settings(max_examples=200, deadline=None, derandomize=True)
def test_forward_and_backward(case: tuple[Any, list[Any]]) -> None:
    """Where both have a number it is one number, or one of them was not right."""
    graph, columns = case
    backward = graph.gradient()
    values = evaluated(backward, columns)
    for k, name in enumerate(graph.inputs):
        tangent = evaluated(graph.tangent(name), columns)
        both = np.isfinite(values[k]) & np.isfinite(tangent[0])
        otherwise = values.copy()
        otherwise[k] = np.where(both, tangent[0], values[k])
        assert judged(backward, values, otherwise, columns, {}) == []


WITH_C = pytest.param("c", marks=pytest.mark.skipif(not shutil.which("gcc"), reason="there is no compiler"))


@pytest.mark.parametrize("backend", ["python", "numpy", "llvm", WITH_C])
def test_back_ends(backend: str) -> None:
    @given(graphs())
    @settings(max_examples=25 if backend == "c" else 120, deadline=None, derandomize=True)
    def same(case: tuple[Any, list[Any]]) -> None:
        graph, columns = case
        gradient = graph.gradient()
        expected = evaluated(gradient, columns)
        function = gradient.compile(backend)
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rows = [np.ravel(np.array(_flat(function(*map(float, point))))) for point in zip(*columns, strict=True)]
        got = np.array(rows, dtype=float).T[-len(expected) :]
        for o, k in np.argwhere(differing(expected, got)).tolist():
            point, node = tuple(float(c[k]) for c in columns), gradient.tape.outputs[o]
            moved = [float(expected[o, k]), *moved_by_rounding(gradient.tape, node, point)]
            if len({v if np.isinf(v) else np.isnan(v) for v in moved}) > 1:
                continue  # a last digit decides
            off = abs(got[o, k] - expected[o, k])
            assert off <= 4 * (max(moved) - min(moved)) + 1e-300, (point, moved[0], got[o, k])

    same()


def _flat(values: Any) -> list[float]:
    return [v for part in values for v in _flat(part)] if isinstance(values, tuple | list) else [values]
