"""The groups of a large picture: what they stand for, and that no circles come up whichever of them are open."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.view.explorer.groups import FEW, Group, Leaf, grouped, ranges
from edgewise.view.explorer.picture_data import PictureData


def picture(B: Any) -> PictureData:
    scene = B._scene()
    return PictureData(scene, scene.whole())


def labels(items: Any) -> list[str]:
    return [item.label if isinstance(item, Group) else item.name for item in items]


def leaves(ops: str, line: str = "") -> list[Leaf]:
    return [Leaf(k, op, f"u{k}", line, depth=k) for k, op in enumerate(ops)]


def test_what_repeats_is_one_group_of_its_times() -> None:
    items = grouped([], leaves("xy" + "abcde" * 50 + "z"))
    (times,) = [item for item in items if isinstance(item, Group) and item.times]
    assert times.times == 50 and labels(times.items)[0] == "1 … 7 of 50"
    order, found = ranges(items)
    assert [leaf.node for leaf in order] == list(range(253))
    blocks = [row for row in found if row.group.block]
    assert len(blocks) == 50 and {row.last - row.first for row in blocks} == {5}
    assert [row.first for row in blocks] == list(range(2, 252, 5))


def test_repetitions_nest() -> None:
    items = grouped([], leaves(("abcde" * 3 + "fgh") * 10))
    _, found = ranges(items)
    times = [row.group.times for row in found if row.group.times]
    assert times == [10, *[3] * 10]
    assert sum(row.group.block for row in found) == 40


def test_of_a_graph_without_lines_and_repetitions_bands_of_one_depth_are_groups() -> None:
    rng = random.Random(3)
    items = [Leaf(k, rng.random(), f"u{k}", depth=rng.randrange(40)) for k in range(500)]
    order, found = ranges(grouped([], items))
    assert [leaf.depth for leaf in order] == sorted(leaf.depth for leaf in items)
    assert sorted(leaf.node for leaf in order) == list(range(500))
    assert found[0].group.label.startswith("levels 0–")
    named = [leaf._replace(name="energy") if leaf.depth == 2 else leaf for leaf in items]
    assert labels(grouped([], named))[0].endswith(" (energy, energy, energy, …)")


def test_lines_and_functions_of_traced_code_are_groups() -> None:
    def spring(a: Any) -> Any:
        force = -3.0 * a + a**3
        return force / (1.0 + a * a)

    def motion(a: Any, v: Any) -> Any:
        for _ in range(12):
            v = v + 0.1 * spring(a)
            a = a + 0.1 * v
        return a * a + v * v

    data = picture(ew.trace(motion, "a", "v").gradient()).to_data()
    (times,) = [group for group in data["groups"] if group.get("times")]
    assert times["times"] == 12
    assert any(group["label"] == "spring()" for group in data["groups"])
    codes = [group.get("code") for group in data["groups"]]
    assert codes.count("force = -3.0 * a + a**3") == 12
    assert codes.count("v = v + 0.1 * spring(a)") == 12


GRAPHS = {
    "gradient": lambda: chain(60).gradient(),
    "simplified": lambda: chain(60).gradient().simplify(),
    "tangent": lambda: chain(40).tangent("x"),
    "hessian": lambda: chain(12).hessian(),
    "elimination": lambda: ew.parse("s = sin(x*y); t = exp(s*s); [t*x, s*y, t*s + x, x]").jacobian(order="markowitz"),
    "rows": lambda: ew.parse("[sin(x*y)*x, cos(x*y)*y, x - y]").jacobian(order="reverse"),
    "columns": lambda: ew.parse("[sin(x*y)*x, cos(x*y)*y, x*x]").jacobian(order="forward"),
    "tensors": lambda: ew.parse("sum(log(1 + exp(-y*(X @ w))))", shapes="X: n,d; w: d; y: n").hessian("w"),
}


def chain(length: int) -> Any:
    x = y = ew.symbols("x")
    for _ in range(length):
        y = y * ew.sin(y) + x
    return ew.graph(y)


@pytest.mark.parametrize("name", GRAPHS)
def test_no_circles_whichever_groups_are_open(name: str) -> None:
    """Between the innermost ranges on each side, and so between all that are made of them, arrows run one way."""
    B = GRAPHS[name]()
    made, scene = picture(B), B._scene()
    order, tape = made.order, scene.tape
    data = made.to_data()
    assert sorted(order.tolist()) == sorted(box["node"] for box in data["boxes"]) and data["left"] == [0, 0]
    place = np.full(len(tape), -1)
    place[order] = np.arange(len(order))
    new = ~scene.of_base
    tails, heads = tape.args, tape.edge_consumers()
    drawn = scene.drawn[tails] & scene.drawn[heads]
    drawn &= (place[tails] >= 0) & (place[heads] >= 0)
    own = drawn & ~new[tails] & ~new[heads]
    assert (place[tails[own]] < place[heads[own]]).all()
    own = drawn & new[tails] & new[heads]
    steps = place[heads[own]] - place[tails[own]]
    assert (steps < 0).all() if B.derivative.reverse else (steps > 0).all()
    for k, row in enumerate(made.groups):  # nested, each behind the one that it is in, FEW in each
        assert row.first < row.last
        if row.parent >= 0:
            around = made.groups[row.parent]
            assert row.parent < k and around.first <= row.first and row.last <= around.last
    inside = [sum(other.parent == k for other in made.groups) for k in range(len(made.groups))]
    assert max(inside, default=0) <= FEW


def test_a_group_of_derivatives_holds_those_of_its_edges() -> None:
    B = chain(30).gradient()
    made, scene = picture(B), B._scene()
    place = {node: k for k, node in enumerate(made.order.tolist())}
    at = B.derivative.base_nodes
    blocks = [row for row in made.groups if row.group.block]
    assert len(blocks) == 30
    shared = 0
    for entry in B.edges:
        (block,) = [row for row in blocks if row.first <= place[int(at[entry.consumer])] < row.last]
        inside = block.first <= place[entry.product] < block.last
        # The product that is the first of a sum, or the derivative itself, can serve an edge above as well.
        shared += not inside
    assert shared <= 1
    assert scene.known is B.derivative


def test_the_same_to_the_byte_and_in_time_that_grows_with_the_graph() -> None:
    first, again = (picture(chain(60).gradient()).to_data() for _ in range(2))
    assert repr(first) == repr(again)
    rng = random.Random(1)
    counted = []
    for n in (1000, 4000):

        class Counting(str):
            looks = 0

            def __hash__(self) -> int:
                Counting.looks += 1
                return str.__hash__(self)

        grouped([], [Leaf(k, Counting(rng.choice("abc")), "u", depth=k) for k in range(n)])
        counted.append(Counting.looks / n)
    assert counted[1] < 1.5 * counted[0]
