"""Pictures of every kind of derivative: sweeps by their ends, joins of elimination, tangents, lines of source."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pygraphviz
import pytest
from hypothesis import given, settings

import edgewise as ew
from strategies import tapes


def boxes(graph: Any) -> dict[int, Any]:
    return {box.nodes[0]: box for box in graph.show().diagram.boxes if box.role not in ("cut", "group", "copy")}


def value_of(graph: Any, heading: str, names: dict[str, int], point: dict[str, float]) -> float:
    """The derivative that a heading ∂a/∂b names, by forward accumulation on numbers."""
    top, bottom = re.fullmatch(r"∂(.+)/∂(.+)", heading).groups()
    found = graph.forward_accumulate(names[bottom], point)
    return float(found.table.get(names[top], 0.0))


@given(tapes())
@settings(max_examples=25, deadline=None)
def test_joins_of_elimination_name_the_edges_that_meet(tape: Any) -> None:
    G = ew.Graph(tape)
    J = G.jacobian(order="markowitz")
    steps = J.derivative.elimination
    if steps is None:
        return
    shown, wanted = boxes(J), dict[int, set[str]]()
    name = {i: G.name(i) for i in range(len(G))}
    columns = (steps.product, steps.vertex, steps.head, steps.tail)
    for product, v, i, j in zip(*(column.tolist() for column in columns), strict=True):
        wanted.setdefault(product, set()).add(f"∂{name[i]}/∂{name[v]} · ∂{name[v]}/∂{name[j]}")
    for product, headings in wanted.items():  # equal products are one node, and have one of the headings
        if product in shown and shown[product].role == "product":
            assert any(text[:20] in shown[product].heading for text in headings)
    for node in J.grad_table.values():
        if node in shown and shown[node].derivative and shown[node].role in ("sum", "product"):
            results = {f"∂{name[G.outputs[k]]}/∂{name[i]}" for (k, i), made in J.grad_table.items() if made == node}
            assert shown[node].heading.split(" = ")[0] in results


def test_the_joins_of_a_small_jacobian() -> None:
    J = ew.parse("s = sin(x*y); [s*x, exp(s)*y]").jacobian(order="markowitz")
    shown = boxes(J)
    steps = J.derivative.elimination
    assert {shown[p].role for p in steps.product.tolist()} == {"product"}
    headings = {box.heading for box in shown.values() if box.derivative}
    # Every result has its name, alone or in front of the join that made it.
    for name in ("∂out0/∂x", "∂out0/∂y", "∂out1/∂x", "∂out1/∂y"):
        assert any(heading.split(" = ")[0] == name for heading in headings)
    assert "∂s/∂x = ∂s/∂u2 · ∂u2/∂x" in headings
    # A partial brings its edge's colour into the join, also where it is a value of 𝒢: ∂u2/∂x is y.
    diagram = J.show().diagram
    join = next(box for box in diagram.boxes if box.heading.startswith("∂s/∂x = "))
    node = {box.key: box.nodes[0] for box in diagram.boxes}
    into = {node[arrow.tail]: arrow.colour for arrow in diagram.arrows if arrow.head == join.key}
    assert diagram.edges[into[1]] == "∂u2/∂x"
    assert {diagram.edges[colour] for colour in into.values()} == {"∂u2/∂x", "∂s/∂u2"}


def test_several_sweeps_are_told_apart() -> None:
    G = ew.parse("s = sin(x*y); [s*x, exp(s)*y]")
    for order in ("reverse", "forward"):
        J = G.jacobian(order=order)
        shown = boxes(J)
        values = J.evaluate(x=0.5, y=0.75).values
        names = {G.name(i): i for i in range(len(G))}
        for (_, _), node in J.grad_table.items():
            box = shown[node]
            if box.derivative and box.role != "seed":
                wanted = value_of(G, box.heading.split(" = ")[0], names, {"x": 0.5, "y": 0.75})
                assert values[node] == pytest.approx(wanted)


def test_tangents_run_up_beside_their_nodes() -> None:
    T = ew.parse("s = sin(x*y) + x; tanh(s)*s").tangent("x")
    laid = pygraphviz.AGraph(string=T.to_dot())
    laid.layout(prog="dot")
    place = {node: tuple(map(float, node.attr["pos"].split(","))) for node in laid.nodes()}
    for arrow in T.show().diagram.arrows:
        if arrow.derivative and place[arrow.tail][1] != place[arrow.head][1]:
            head = {box.key: box for box in T.show().diagram.boxes}
            if head[arrow.tail].derivative:
                assert place[arrow.tail][1] < place[arrow.head][1]
    for key in ("title_G", "title_B"):
        assert place[key][1] >= max(y for node, (_, y) in place.items() if not node.startswith("title"))


def test_both_titles_stand_above_every_kind_of_picture() -> None:
    G = ew.parse("s = sin(x*y); [s*x, exp(s)*y]")
    for graph in (G.jacobian(order="markowitz"), G.jacobian(order="forward"), ew.parse("x*y*y").hessian().simplify()):
        laid = pygraphviz.AGraph(string=graph.to_dot())
        laid.layout(prog="dot")
        height = {node: float(node.attr["pos"].split(",")[1]) for node in laid.nodes()}
        assert height["title_G"] == height["title_B"] == max(height.values())


def lines(x: Any, y: Any) -> Any:
    for _ in range(5):
        x = np.sin(x) * y
    z = np.exp(x) / y
    return z * z - y


def test_lines_of_source_and_their_derivatives_are_boxes() -> None:
    B = ew.trace(lines, "x", "y").gradient()
    first = lines.__code__.co_firstlineno + 2
    shown = {box.heading: box for box in B.collapse(by="line").diagram.boxes if box.role == "group"}
    own = [f"test_scene.py:{first + k}" for k in (0, 1, 2)]
    assert list(shown) == [*own, *(f"derivative of {name}" for name in own)]
    held = set(B.derivative.base_nodes.tolist())
    for name in own:
        for node in shown[name].nodes:
            assert B.base.tape.line(node).strip(" ()").endswith(name)
        for node in shown[f"derivative of {name}"].nodes:
            assert node not in held
            # What the ledger says of the node is of an edge into an operation of that line.
            assert any(B.base.tape.line(entry.consumer).strip(" ()").endswith(name) for entry in B.why(node))
        assert shown[name].beside == shown[f"derivative of {name}"].beside
    # Nothing of ℬ stands alone, parts of partials neither: of -z/y, -z belongs to the line of the quotient.
    grouped = {node for box in shown.values() for node in box.nodes}
    assert {i for i in range(len(B)) if B.op(i) not in ("const", "input")} <= grouped
    laid = pygraphviz.AGraph(string=B.collapse(by="line").to_dot())
    laid.layout(prog="dot")
    for name in own:
        heights = {laid.get_node(shown[n].key).attr["pos"].split(",")[1] for n in (name, f"derivative of {name}")}
        assert len(heights) == 1
    # Groups take nodes far from the outputs too, and every arrow between two of them is there once.
    G = ew.trace(lambda x, y: lines(lines(x, y), y), "x", "y")
    groups = [box for box in G.show(3).collapse(by="line").diagram.boxes if box.role == "group"]
    assert sum(len(box.nodes) for box in groups) == len(G.tape.lines)


def test_group_arrows_are_the_edges_between_groups() -> None:
    B = ew.trace(lines, "x", "y").gradient()
    diagram = B.collapse(by="line").diagram
    place = {node: box.key for box in diagram.boxes for node in box.nodes}
    edges = {
        (place.get(j, "cut"), place[i])
        for i in place
        for j in B.arguments(i)
        if B.op(j) != "const" and place.get(j) != place[i]
    }
    drawn = {(arrow.tail, arrow.head) for arrow in diagram.arrows}
    assert edges <= drawn
    assert all(tail in {box.key for box in diagram.boxes} for tail, _ in drawn)
    heads = {box.key for box in diagram.boxes if box.role == "group"}
    assert len([arrow for arrow in diagram.arrows if arrow.head in heads]) == len({d for d in drawn if d[1] in heads})


def test_a_partial_that_serves_many_edges_does_not_slow_the_picture_down() -> None:
    def long(x: Any, y: Any) -> Any:
        for _ in range(20_000):
            x = np.sin(x) * y
        return x

    S = ew.trace(long, "x", "y").gradient().simplify()
    diagram = S.show(60).diagram
    assert len(diagram.edges) <= 5000
    assert max(len(box.colours) for box in diagram.boxes) <= 5000
