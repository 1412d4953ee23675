"""How nodes are written: columns that grow, the user's line beside each, and the quick ways to them."""

from __future__ import annotations

import copy
import inspect
import pickle
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.graph import Expr, apply, as_expressions
from edgewise.graph.composed import UFUNCS
from edgewise.graph.nodes import Nodes
from edgewise.ops import CODE, OPS


def test_nodes_beyond_the_first_room() -> None:
    """What is written is read again, whatever has been written since, and columns taken before do not change."""
    rng, nodes = np.random.default_rng(0), Nodes()
    rows: list[tuple[int, ...]] = []
    taken: list[Any] = []
    for k in range(2000):
        args = rng.integers(0, k, size=rng.integers(0, 5)).tolist() if k else []
        number = nodes.add(k % 7, args) if len(args) not in (1, 2) else (nodes.unary, nodes.binary)[len(args) - 1](
            k % 7, *args
        )  # fmt: skip
        assert number == k
        rows.append((k % 7, *args))
        if k % 100 == 0:
            taken.append((len(rows), nodes.columns()))
    first = nodes.leaves(9, 500)
    rows += [(9,)] * 500
    assert first == 2000
    assert len(nodes) == len(rows)
    assert [nodes[k] for k in range(len(nodes))] == rows
    for count, (ops, start, args) in [*taken, (len(rows), nodes.columns())]:
        assert [(int(ops[k]), *args[start[k] : start[k + 1]].tolist()) for k in range(count)] == rows[:count]
        assert len(ops) == count
    with pytest.raises(IndexError):
        nodes[len(rows)]


def _helper(x: Any) -> Any:
    return x * x


def _lined(x: Any, w: Any) -> Any:
    a = x + 1
    b = _helper(a)
    c = np.sum(np.sin(w))
    d = sum(np.vectorize(_helper)(w))
    return a, b, c, d**2


def test_each_node_has_the_users_line() -> None:
    """Of the function that wrote it, through helpers, NumPy's own code and functions that NumPy calls."""
    G = ew.trace(_lined, "x", w=3)
    first, helper = (inspect.getsourcelines(f)[1] for f in (_lined, _helper))
    lines = {G.tape.line(node).rpartition(":")[2] for node in range(len(G))}
    assert lines == {"", *map(str, (first + 1, first + 3, first + 4, first + 5, helper + 1))}
    written = {name: [G.tape.line(k) for k in range(len(G)) if G.tape.op(k).name == name] for name in ("sin", "power")}
    assert written["sin"] == [f"{__file__}:{first + 3}"] * 3
    assert written["power"] == [f"{__file__}:{first + 5}"]
    assert set(G.tape.lines) == {node for node in range(len(G)) if G.tape.line(node)}
    assert len(G.tape.lines) == sum(node in G.tape.lines for node in range(-1, len(G) + 1))


def test_an_error_in_an_operator_has_the_users_line() -> None:
    with pytest.raises(ew.EdgewiseError) as caught:
        ew.trace(lambda x: x + object(), "x")
    assert (
        caught.value.line == f"{__file__}:{test_an_error_in_an_operator_has_the_users_line.__code__.co_firstlineno + 2}"
    )


def test_copies_stay_in_the_graph_and_pickles_bring_theirs_along() -> None:
    G = ew.trace(lambda x, y: copy.copy(x) * copy.deepcopy([y])[0] + x, "x", "y")
    assert G.evaluate(3.0, 5.0).outputs == (18.0,)
    x, y = ew.symbols("x y")
    again = pickle.loads(pickle.dumps(ew.sin(x) * y))
    assert type(again) is Expr
    assert ew.graph(again + x).evaluate(0.5, 2.0).outputs[0] == pytest.approx(2 * np.sin(0.5) + 0.5, rel=1e-15)


@pytest.mark.parametrize(
    "name", sorted(name for name in UFUNCS if getattr(np, name, None) and OPS[UFUNCS[name]].arity < 3)
)
def test_a_ufunc_writes_what_the_long_way_writes(name: str) -> None:
    """With expressions and numbers at each place, the first time and later, on scalars and in arrays."""
    ufunc, op = getattr(np, name), OPS[UFUNCS[name]]
    x, y = ew.symbols("x y")
    choices = [(x,)] if op.arity == 1 else [(x, y), (x, 2), (2.5, y), (x, np.float64(0.5)), (True, y), (y, y)]
    for args in choices:
        plain = [arg.item() if isinstance(arg, np.generic) else arg for arg in args]
        wanted = str(apply(op.name, *plain))
        assert [str(ufunc(*args)) for _ in range(2)] == [wanted] * 2
        arrays = [as_expressions([arg]) if isinstance(arg, Expr) else arg for arg in args]
        assert str(ufunc(*arrays)[0]) == wanted


@pytest.mark.parametrize("exponent", [2, -1, 0, 2.0, -0.5, 1e300, True, float("inf"), np.float64(3.0), np.int64(2)])
def test_a_power_is_the_same_by_the_operator_and_by_name(exponent: Any) -> None:
    x = ew.symbols("x")
    by_operator, by_name = ew.graph(x**exponent).tape, ew.graph(apply("pow", x, exponent)).tape
    assert by_operator.ops.tolist() == by_name.ops.tolist()
    assert [(type(v), v) for v in by_operator.attrs.values()] == [(type(v), v) for v in by_name.attrs.values()]
    assert (CODE["power"] in by_operator.ops) == np.isfinite(float(exponent))
