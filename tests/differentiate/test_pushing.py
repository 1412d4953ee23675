"""Hessians by edge pushing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.differentiate import hessian_sparsity, resolve_wrt
from edgewise.errors import DifferentiationError
from edgewise.graph import Tape
from edgewise.ops import Op, Refusal
from rows import CASES, row_tape, sample
from strategies import EVERY, tapes
from workload_graphs import workload_graph
from workloads import lennard_jones


@given(tapes(operations=tuple(name for name in EVERY if name != "where"), max_ops=20))
@settings(deadline=None, max_examples=60)
def test_arcs_are_left_where_the_gradient_depends_on_an_input(tape: Tape) -> None:
    try:
        H = Graph(tape).hessian(sparse=True, order="push")
    except DifferentiationError:  # smooth at the zero of a length, where arcs would be 0
        assert any(tape.op(i).name in ("abs", "hypot", "sqrt", "power") for i in range(len(tape)))
        return
    pattern = H.tape.layout.pattern
    assert pattern is not None
    assert pattern == hessian_sparsity(tape, resolve_wrt(tape, None))
    node = dict(zip(zip(pattern.rows.tolist(), pattern.columns.tolist()), H.outputs, strict=True))
    assert all(node[j, i] == made for (i, j), made in node.items())


@pytest.mark.parametrize(("op", "parameter"), CASES, ids=lambda value: getattr(value, "name", str(value)))
def test_pushed_second_partials_of_every_operation(op: Op, parameter: Any) -> None:
    """Against the dense Hessian, whose second partials the tests of the table hold against mpmath."""
    graph = Graph(row_tape(op, parameter))
    if op.boolean:
        with pytest.raises(DifferentiationError):
            graph.hessian(sparse=True)
        return
    given = [arg for arg, partial in zip(op.args, op.partials, strict=True) if not isinstance(partial, Refusal)]
    dense, pushed, n = graph.hessian(given), graph.hessian(given, sparse="dense"), len(given)
    for point in sample(op, parameter):
        expected = np.reshape(dense.evaluate(*point).outputs, (n, n))
        assert pushed.evaluate(*point).result == pytest.approx(expected, rel=1e-8, abs=1e-9)


def test_pushing_takes_fewer_operations_than_sweeps() -> None:
    G = workload_graph(lennard_jones(5))
    pushed, swept = (G.hessian(sparse=True, order=order).simplify().cost().operations for order in ("push", "sweeps"))
    gradient = G.gradient().simplify().cost().operations
    # What sweeps write again is nearly all found by planning the products together: 799 and 1349 without that.
    assert pushed <= 699 < swept <= 732
    assert gradient <= 260


def test_pushing_through_operations_of_the_user() -> None:
    softsign = ew.op("softsign", "x", value="x/(1 + abs(x))", partials="1/(1 + abs(x))**2")
    ratio = ew.op("ratio", "x y", value="x/y", partials=["1/y", "-out/y"])
    G = ew.trace(lambda x, y: ratio(softsign(x), y) * x, "x", "y")
    at = (0.7, 1.3)
    expected = np.reshape(G.hessian().evaluate(*at).outputs, (2, 2))
    assert G.hessian(sparse="dense", order="push").evaluate(*at).result == pytest.approx(expected, rel=1e-12)


def test_hessians_in_some_inputs_in_any_order_and_in_inner_nodes() -> None:
    G = ew.parse("x*y*z + exp(x*z) + y**3")
    at = {"x": 0.5, "y": 2.0, "z": 1.5}
    whole = np.reshape(G.hessian().evaluate(at).outputs, (3, 3))
    for order in ("push", "sweeps"):
        for names in (["z"], ["y", "x"], ["y", "x", "y"]):
            places = ["xyz".index(name) for name in names]
            got = G.hessian(names, sparse="dense", order=order).evaluate(at).result
            assert got == pytest.approx(whole[np.ix_(places, places)])
    inner = G.arguments(G.node(G.outputs[0]))[0]
    expected = np.reshape(G.hessian([inner, "y"]).evaluate(at).outputs, (2, 2))
    assert G.hessian([inner, "y"], sparse="dense").evaluate(at).result == pytest.approx(expected)
