"""The numbered list, its builder, the handles, and nesting."""

from __future__ import annotations

import gc
import weakref
from fractions import Fraction

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.graph import Builder, Layout, Tape
from edgewise.ops import CODE, PI, E
from strategies import KINKED, SMOOTH, tapes


def to_plain(tape: Tape, mask: np.ndarray) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(tape)))
    graph.add_edges_from((e.parent, e.consumer) for e, keep in zip(tape.edges(), mask.tolist(), strict=True) if keep)
    return graph


@given(tapes(operations=SMOOTH + KINKED), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_live_and_depends_on_are_ancestors_and_descendants(tape: Tape, rng: object) -> None:
    mask = np.array([rng.random() < 0.8 for _ in range(tape.n_edges)], dtype=bool)
    graph = to_plain(tape, mask)
    roots = rng.sample(range(len(tape)), min(2, len(tape)))
    above = set(roots).union(*(nx.ancestors(graph, r) for r in roots))
    below = set(roots).union(*(nx.descendants(graph, r) for r in roots))
    assert set(np.flatnonzero(tape.live(roots, mask)).tolist()) == above
    assert set(np.flatnonzero(tape.depends_on(roots, mask)).tolist()) == below


def test_hash_consing_on_request() -> None:
    for share, count in ((False, 4), (True, 3)):
        x = ew.symbols("x", share=share)
        assert len(ew.graph(ew.sin(x) * ew.sin(x))) == count


def test_constants_are_keyed_by_type_and_value() -> None:
    builder = Builder()
    values = [1, 1.0, True, 0.0, -0.0, Fraction(1, 2), 0.5, PI, E, np.float64(1.0), np.int64(1), Fraction(4, 4)]
    nodes = [builder.constant(value) for value in values]
    assert len(set(nodes)) == 9
    assert nodes[9] == nodes[1]
    assert nodes[10] == nodes[11] == nodes[0]


@pytest.mark.parametrize("value", [float("nan"), 1j, "1", None, [1]])
def test_what_is_no_real_constant_is_refused(value: object) -> None:
    with pytest.raises(ew.EdgewiseError):
        Builder().constant(value)


def test_expressions_that_meet_are_merged() -> None:
    x, y, z = ew.symbols("x"), ew.symbols("y"), ew.symbols("z")
    a, b = ew.sin(x) * 2, ew.cos(y) + 2
    both = a * b + ew.symbols("x") * z
    G = ew.graph(both)
    assert G.inputs == ("x", "y", "z")
    assert G.evaluate(x=0.5, y=0.2, z=3.0).outputs[0] == pytest.approx(2 * np.sin(0.5) * (np.cos(0.2) + 2) + 1.5)
    assert repr(a) == "sin(x)*2"
    assert ew.graph(a).inputs == ("x",)


def test_memory_goes_when_the_handles_go() -> None:
    x = ew.symbols("x")
    e = ew.sin(x)
    builder = weakref.ref(e._builder)
    G = ew.graph(e)
    del x, e
    gc.collect()
    assert builder() is None
    assert G.evaluate(x=0.0).outputs == (0.0,)


def test_operators_mean_what_python_means() -> None:
    x, y = ew.symbols("x y")
    cases = [
        (x + y, 5.5), (x - y, -0.5), (x * y, 7.5), (x / y, 2.5 / 3), (-x, -2.5), (+x, 2.5), (x**2, 6.25),
        (2**x, 2**2.5), (x % y, 2.5), (x // y, 0.0), (abs(-x), 2.5), (round(x), 2.0), (1 + x, 3.5), (1 - x, -1.5),
        (3 * x, 7.5), (1 / x, 0.4), (7 % x, 2.0), (7 // x, 2.0), (x < y, 1.0), (x >= y, 0.0),
        ((x < y) & (y < x), 0.0), ((x < y) | (y < x), 1.0), (~(x < y), 0.0), (x**0.5, 2.5**0.5),
        (x**Fraction(1, 2), 2.5**0.5), (x**y, 2.5**3), (x**2.0, 6.25), (np.float32(2) * x, 5.0),
        (Fraction(1, 2) * x, 1.25), (ew.pi * x, 2.5 * np.pi), (x * ew.e, 2.5 * np.e),
    ]  # fmt: skip
    G = ew.graph([expression for expression, _ in cases], inputs=["x", "y"])
    assert G.evaluate(x=2.5, y=3.0).outputs == pytest.approx([value for _, value in cases])


def test_handles_are_keys_and_truth_is_refused() -> None:
    x, y = ew.symbols("x y")
    assert len({x, y, x}) == 2
    assert {x: 1, y: 2}[y] == 2
    with pytest.raises(ew.EdgewiseError, match=r"edgewise\.where"):
        bool(x > 0)
    with pytest.raises(ew.EdgewiseError, match="symbolic"):
        float(x)


def test_every_node_has_a_shape() -> None:
    G = ew.parse("x*2 + 1")
    assert [G.shape(node) for node in range(len(G))] == [()] * len(G)


def test_inputs_may_be_fixed_and_unused() -> None:
    x, y = ew.symbols("x y")
    assert ew.graph(x * x, inputs=["y", "x"]).inputs == ("y", "x")
    with pytest.raises(ew.EdgewiseError, match="uses the input 'y'"):
        ew.graph(x * y, inputs=["x"])
    with pytest.raises(ew.EdgewiseError, match="'q' is not an input"):
        ew.graph(x * y, inputs=["x", "y", "q"])
    with pytest.raises(ew.EdgewiseError, match="'x' is listed twice"):
        ew.graph(x * y, inputs=["x", "y", "x"])


@pytest.mark.parametrize(
    ("args", "named", "message"),
    [
        ((1.0,), {}, "no value was given for the input 'y'; give y=…"),
        (([1.0, 2.0],), {}, r"no value was given for the input 'y'.*f\(\*values\)"),
        ((1.0, 2.0, 3.0), {}, "3 values were given for 2"),
        ((1.0,), {"x": 2.0}, "twice"),
        ((), {"x": 1.0, "y": 1.0, "z": 2.0}, "'z' is not an input"),
        (("one", 2.0), {}, "not a real number"),
    ],
)
def test_wrong_values_are_refused(args: tuple[object, ...], named: dict[str, object], message: str) -> None:
    with pytest.raises(ew.EdgewiseError, match=message):
        ew.parse("x*y").evaluate(*args, **named)


def test_wrong_shapes_are_refused() -> None:
    G = ew.trace(lambda w: w[0] * w[1], w=2)
    with pytest.raises(ew.EdgewiseError, match=r"shape \(3,\)"):
        G.evaluate(w=[1, 2, 3])
    with pytest.raises(ew.EdgewiseError, match="no value"):
        G.evaluate({"w[0]": 1.0})
    assert G.evaluate({"w[0]": 2.0, "w[1]": 3.0}).outputs == (6.0,)


def test_layouts_nest() -> None:
    leaf = Layout(shape=(2,))
    layout = Layout("dict", (), (Layout("list", (), (Layout(), leaf)), Layout()), ("a", "b"))
    assert layout.size == 4
    packed = layout.pack([1.0, 2.0, 3.0, 4.0])
    assert packed["a"][0] == 1.0
    assert packed["a"][1].tolist() == [2.0, 3.0]
    assert Layout.from_data(layout.to_data()) == layout
    assert leaf.outer(leaf).shape == (2, 2)
    assert Layout.of_tuple([leaf]) is leaf


def test_a_graph_checks_itself() -> None:
    good = ew.parse("x*y + 1").tape
    import dataclasses

    for change in (
        {"args": np.array([0, 1, 2, 9])},
        {"ops": np.array([CODE["input"]] * 5, dtype=np.uint16)},
        {"outputs": (99,)},
        {"parameters": ()},
        {"attrs": {}},
        {"start": np.array([0, 0])},
    ):
        with pytest.raises(ew.EdgewiseError):
            dataclasses.replace(good, **change).check()
    assert good.check() is good


def test_a_million_nodes() -> None:
    x = ew.symbols("x")
    e = x
    for _ in range(300_000):
        e = ew.sin(e)
    B = ew.graph(e).gradient()
    assert len(B) == 900_001 + 1
    assert B.cost().products == 300_000
    columns = sum(getattr(B.tape, name).nbytes for name in ("ops", "start", "args"))
    assert columns < 50 * len(B)


def test_constants_beyond_doubles_are_refused_when_numbers_are_asked_for() -> None:
    G = ew.graph(ew.symbols("x") * 10**400)
    with pytest.raises(ew.EdgewiseError, match="largest double"):
        G.evaluate(x=1.0)
    with pytest.raises(ew.EdgewiseError, match="largest double"):
        G.to_python()
