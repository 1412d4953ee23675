"""JSON and pickle: the same columns, the same bytes, and a typed error for everything else."""

from __future__ import annotations

import contextlib
import json
import pickle
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.errors import EdgewiseError, FormatError, GraphError, OperationError
from edgewise.exchange.json import _checksum, from_json, to_json
from edgewise.graph import Builder, Layout, Tape
from edgewise.ops import CODE, OPS, PI, E, Op

NUMBERS = (1, 1.0, True, 0.0, -0.0, 0.1, 5e-324, 1.7e308, 10**40, -7, Fraction(1, 3), Fraction(-22, 7), PI, E, False)


def columns(tape: Tape) -> list[Any]:
    """Everything a tape holds, with the type of each number and the sign of each zero."""
    attrs = {node: (type(value).__name__, repr(value)) for node, value in tape.attrs.items()}
    arrays = [getattr(tape, name).tolist() for name in ("ops", "start", "args")]
    lines = {node: line for node in tape.lines if (line := tape.line(node))}
    rest = (tape.inputs, tape.outputs, tape.parameters, tape.layout, dict(tape.shapes), dict(tape.labels))
    return [*arrays, attrs, lines, *rest]


def user_operations() -> tuple[Tape, dict[str, Op]]:
    """A graph with two operations of the user's, met in the reverse of their alphabetical order, lines and labels."""
    zeta = ew.op("zeta_", value="x*x", partials="2*x")
    alpha = ew.op("alpha_", "x y", value="x*y", partials=["y", "x"])

    def f(x: Any, w: Any) -> Any:
        return {"a": [zeta(x), alpha(x, w[1]).named("product")], "b": np.stack([np.exp(w), w])}

    return ew.trace(f, "x", w=2).tape, {"zeta_": zeta.op, "alpha_": alpha.op}


def test_every_kind_of_number_comes_back_exactly() -> None:
    builder = Builder()
    nodes = [builder.constant(value) for value in NUMBERS]
    tape = builder.whole(nodes, Layout.of_tuple([Layout()] * len(nodes)))
    back = from_json(to_json(tape))
    assert columns(back) == columns(tape)
    assert [type(back.attrs[node]) for node in back.outputs] == [type(value) for value in NUMBERS]
    assert pickle.loads(pickle.dumps(tape)).attrs == tape.attrs


def test_user_operations_keep_their_codes() -> None:
    tape, operations = user_operations()
    assert [op.name for op in tape.custom] == ["zeta_", "alpha_"]
    back = from_json(to_json(tape), operations=operations)
    assert columns(back) == columns(tape)
    assert back.custom == tape.custom


def test_pickled_operations_keep_their_definitions() -> None:
    tape, _ = user_operations()
    again = pickle.loads(pickle.dumps(tape))
    assert columns(again) == columns(tape)
    assert [(op.name, op.args, op.partials) for op in again.custom] == [
        (op.name, op.args, op.partials) for op in tape.custom
    ]


def test_pickled_partials_refer_to_the_table() -> None:
    # erf's value is imported at its first call and could not be pickled as a function.
    row = ew.op("erf_integral", value="x*erf(x) + exp(-x**2)/sqrt(pi)", partials="erf(x)").op
    again = pickle.loads(pickle.dumps(row))
    assert again.partials == row.partials
    assert pickle.loads(pickle.dumps(OPS["erf"])) is OPS["erf"]


def test_operations_may_be_given_as_the_functions_they_are_called_by() -> None:
    cube = ew.op("cube_", value="x**3", partials="3*x**2")
    text = to_json(ew.trace(lambda x: cube(x), "x").tape)
    assert from_json(text, operations={"cube_": cube}).custom == (cube.op,)
    with pytest.raises(OperationError, match="not an operation"):
        from_json(text, operations={"cube_": abs})
    with pytest.raises(GraphError, match="takes 2"):
        from_json(text, operations={"cube_": ew.op("cube_", "x y", value="x*y", partials=["y", "x"])})


def test_two_operations_of_one_name_are_refused() -> None:
    one, two = (ew.op("same_", value=value, partials="1") for value in ("x", "x + 1"))
    with pytest.raises(OperationError, match="two operations of the user's called 'same_'"):
        to_json(ew.trace(lambda x: one(x) + two(x), "x").tape)


def test_the_same_graph_is_the_same_text() -> None:
    tape = ew.parse("exp(x*y)/3 + e").gradient().tape
    text = to_json(tape)
    assert to_json(tape) == text == to_json(from_json(text)) == to_json(from_json(to_json(tape, indent=2)))
    assert json.loads(text)["format"] == "edgewise" and json.loads(text)["version"] == 1


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "3", b"\xff", None, 3, "NaN", "[" * 100_000, '{"format": 1}'])
def test_what_is_not_ours_is_refused(text: Any) -> None:
    with pytest.raises(FormatError):
        from_json(text)


CHANGES: list[Callable[[dict[str, Any]], Any]] = [
    lambda g: g["ops"].__setitem__(0, -1),
    lambda g: g["ops"].__setitem__(0, True),
    lambda g: g["args"].__setitem__(0, 0.0),
    lambda g: g["args"].__setitem__(0, "0"),
    lambda g: g["args"].__setitem__(0, 10**30),
    lambda g: g["start"].__setitem__(0, 1),
    lambda g: g["start"].reverse(),
    lambda g: g["inputs"].pop(),
    lambda g: g["inputs"].__setitem__(0, 2),
    lambda g: g["attrs"].update({"0": ["int", "0x3"]}),
    lambda g: g["attrs"].update({"0": "y"}),
    lambda g: g["attrs"].update({"3": "three"}),
    lambda g: g["attrs"].update({"3": ["float", "nan"]}),
    lambda g: g["attrs"].update({"3": ["fraction", "0x1", "0x0"]}),
    lambda g: g["attrs"].update({"3": ["symbol", "tau"]}),
    lambda g: g["attrs"].update({"3": ["complex", 1]}),
    lambda g: g["attrs"].update({"3": 3}),
    lambda g: g["attrs"].update({"99": ["int", "0x3"]}),
    lambda g: g["layout"].update(kind="heap"),
    lambda g: g["layout"].update(shape=[-1]),
    lambda g: g["layout"].update(shape=[10**12]),
    lambda g: g["layout"].update(keys=["a"]),
    lambda g: g["layout"].update(children=[{"kind": "array"}]),
    lambda g: g.update(layout=3),
    lambda g: g["parameters"].pop(),
    lambda g: g["parameters"].__setitem__(0, ["x", [2]]),
    lambda g: g["parameters"].__setitem__(0, [3, []]),
    lambda g: g["labels"].update({"2": 5}),
    lambda g: g["lines"].update({"2": []}),
    lambda g: g["shapes"].update({"2": [-1]}),
    lambda g: g["operations"].__setitem__(0, "sinn"),
    lambda g: g.update(operations=None),
]  # fmt: skip


@pytest.mark.parametrize("change", range(len(CHANGES)))
def test_a_right_checksum_does_not_make_a_right_graph(change: int) -> None:
    data = json.loads(to_json(ew.parse("x - sin(y)/3").tape))
    CHANGES[change](data["graph"])
    data["checksum"] = _checksum(data["graph"])
    with pytest.raises(EdgewiseError):
        from_json(json.dumps(data))


def test_nestings_may_be_deep_but_not_without_end() -> None:
    layout = Layout()
    for _ in range(100):
        layout = Layout("tuple", (), (layout,))
    builder = Builder()
    tape = builder.whole([builder.input("x")], layout)
    assert columns(from_json(to_json(tape))) == columns(tape)
    text = to_json(tape).replace('{"kind": "array"}', '{"kind": "tuple", "children": [' * 50_000)
    with pytest.raises(FormatError):
        from_json(text)


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_any_mutation_is_refused_or_gives_an_equal_graph(data: st.DataObject) -> None:
    tape = ew.parse("s = x - sin(y)/3; s*pi").tape
    text = to_json(tape)
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, min(len(text), start + 6)))
    new = data.draw(st.one_of(st.text(max_size=4), st.sampled_from(['"', ",", "0", "1", "-", "[", "}", "e5", "null"])))
    with contextlib.suppress(EdgewiseError):
        assert columns(from_json(text[:start] + new + text[stop:])) == columns(tape)


def test_lines_and_shapes_travel() -> None:
    tape, operations = user_operations()
    node = next(i for i in range(len(tape)) if tape.ops[i] == CODE["exp"])
    assert "test_json.py" in tape.line(node)
    assert from_json(to_json(tape), operations=operations).line(node) == tape.line(node)
    assert pickle.loads(pickle.dumps(tape)).line(node) == tape.line(node)
