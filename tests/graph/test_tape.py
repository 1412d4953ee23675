"""The numbered list by itself: restriction, checks, pickling, and its passes against plain Python."""

from __future__ import annotations

import dataclasses
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
from edgewise.errors import CycleError, EdgewiseError, GraphError
from edgewise.graph import Builder, Edge, Layout, Parameter, Tape, computing, count_operations
from edgewise.ops import CODE, CONST, INPUT
from strategies import EVERY, tapes


def same(a: Tape, b: Tape) -> bool:
    arrays = all(np.array_equal(getattr(a, name), getattr(b, name)) for name in ("ops", "start", "args"))
    names = ("inputs", "outputs", "parameters", "layout", "shapes", "custom", "labels")
    return arrays and dict(a.attrs) == dict(b.attrs) and all(getattr(a, n) == getattr(b, n) for n in names)


@given(tapes(operations=EVERY, max_outputs=3))
@settings(deadline=None, max_examples=50)
def test_edges_rows_and_arguments_are_one_list(tape: Tape) -> None:
    assert tape.check() is tape
    edges = list(tape.edges())
    assert len(edges) == tape.n_edges
    assert edges == [Edge(i, k, j) for i, _, args in tape.rows() for k, j in enumerate(args)]
    assert [e.consumer for e in edges] == tape.edge_consumers().tolist()
    assert all(e.parent < e.consumer for e in edges)
    for i, code, args in tape.rows():
        assert tape.arguments(i) == tuple(args)
        assert tape.op(i) is tape.op_of_code(code)
        assert tape.shape(i) == ()
    assert tape.input_names() == tuple(tape.attrs[i] for i in tape.inputs)


@given(tapes(operations=EVERY, max_outputs=3))
@settings(deadline=None, max_examples=40)
def test_constants_and_counts(tape: Tape) -> None:
    depends = [False] * len(tape)
    for i, code, args in tape.rows():
        depends[i] = code == INPUT or any(depends[j] for j in args)
    assert tape.is_constant().tolist() == [not value for value in depends]
    assert dict(tape.constants()) == {i: tape.attrs[i] for i, code, _ in tape.rows() if code == CONST}
    live = tape.live(tape.outputs)
    operations = [i for i, code, _ in tape.rows() if live[i] and code not in (INPUT, CONST)]
    assert count_operations(tape, tape.outputs) == len(operations)
    assert np.flatnonzero(computing(tape, tape.outputs)).tolist() == [i for i in operations if depends[i]]


@given(tapes(operations=EVERY, max_outputs=3))
@settings(deadline=None, max_examples=40)
def test_pickles_come_back_the_same_and_frozen(tape: Tape) -> None:
    again = pickle.loads(pickle.dumps(tape))
    assert same(tape, again)
    assert pickle.dumps(again) == pickle.dumps(pickle.loads(pickle.dumps(again)))
    for name in ("ops", "start", "args"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(again, name)[...] = 0
    with pytest.raises(dataclasses.FrozenInstanceError):
        again.outputs = ()


def test_roots_that_are_empty_or_repeated() -> None:
    tape = ew.parse("sin(x)*y").tape
    assert not tape.live([]).any()
    assert not tape.depends_on([]).any()
    assert tape.live([2, 2]).tolist() == tape.live([2]).tolist()
    nothing = np.zeros(tape.n_edges, dtype=bool)
    assert np.flatnonzero(tape.live([3], nothing)).tolist() == [3]
    assert np.flatnonzero(tape.depends_on([0], nothing)).tolist() == [0]


def broken(**change: Any) -> Tape:
    tape = ew.parse("x*y + x**2").tape  # 0: x, 1: y, 2: x*y, 3: x**2, 4: the sum
    return dataclasses.replace(tape, **change)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"args": [0, 1, 0, 2, 4]}, CycleError, "add at node 4 reads node 4"),
        ({"args": [2, 1, 0, 2, 3]}, CycleError, "mul at node 2 reads node 2"),
        ({"args": [0, -1, 0, 2, 3]}, CycleError, "reads node -1"),
        ({"start": [0, 0, 0, 2, 3]}, GraphError, "offsets"),
        ({"start": [0, 0, 0, 3, 2, 5]}, GraphError, "offsets"),
        ({"start": [0, 0, 0, 1, 3, 5]}, GraphError, "mul at node 2 has 1 arguments; it takes 2"),
        ({"ops": [INPUT, INPUT, 999, CODE["power"], CODE["add"]]}, GraphError, "unknown operation code 999"),
        ({"ops": [INPUT, INPUT, CODE["sin"], CODE["power"], CODE["add"]]}, GraphError, "it takes 1"),
        ({"attrs": {0: "x", 1: "y"}}, GraphError, "power at node 3 carries no value"),
        ({"attrs": {0: "x", 3: 2}}, GraphError, "input at node 1 carries no value"),
        ({"attrs": {0: "x", 1: "x", 3: 2}}, GraphError, "same name"),
        ({"outputs": (5,)}, GraphError, "node 5 is named"),
        ({"outputs": (-1,)}, GraphError, "node -1 is named"),
        ({"outputs": (4, 4)}, GraphError, "grouping"),
        ({"parameters": (Parameter("x"),)}, GraphError, "grouping"),
        ({"parameters": (Parameter("w", (3,)),)}, GraphError, "grouping"),
        ({"layout": Layout(shape=(2,))}, GraphError, "grouping"),
    ],
)
def test_a_broken_list_is_refused(change: dict[str, Any], error: type[EdgewiseError], message: str) -> None:
    with pytest.raises(error, match=message):
        broken(**change).check()


def test_errors_pickle_with_their_parts() -> None:
    with pytest.raises(CycleError) as caught:
        broken(args=[0, 1, 0, 2, 4]).check()
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is CycleError
    assert str(again) == str(caught.value)
    assert (again.what, again.hint) == (caught.value.what, caught.value.hint)


@pytest.mark.slow
def test_a_million_nodes_are_ordinary() -> None:
    builder = Builder()
    node = builder.input("x")
    sin = CODE["sin"]
    for _ in range(1_000_000):
        node = builder.add(sin, [node])
    tape, _ = builder.freeze([node], Layout())
    assert len(tape.check()) == 1_000_001
    assert tape.live([node // 2]).sum() == node // 2 + 1
    assert tape.depends_on([node // 2]).sum() == len(tape) - node // 2
    B = ew.Graph(tape).gradient()
    assert len(B.edges) == B.cost().products == 1_000_000
    # A cosine and a product for each edge, and the seed.
    assert len(B) == 3_000_002
    assert len(pickle.loads(pickle.dumps(tape))) == len(tape)
