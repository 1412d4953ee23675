"""𝒢 and ℬ as two pictures: nothing is lost, and an edge has the same colour in both."""

from __future__ import annotations

import pytest

import edgewise as ew
from edgewise.view.pictures.halves import half_of_derivatives, half_of_values
from edgewise.view.pictures.scene import Scene

GRAPHS = {
    "gradient": ew.parse("s = sin(x*y) + x; t = s*s + exp(y); tanh(t/3)*s - t").gradient(),
    "large": ew.parse("log(1 + exp(x*y)) + sin(x)*z/(1 + x**2) - tanh(x*y - z)*exp(-z**2)").gradient(),
    "jacobian": ew.parse("[x*y, x*sin(y), x + y]").jacobian(order="markowitz"),
    "forward": ew.parse("x*sin(x)").tangent("x"),
    "hessian": ew.parse("(1 - x)**2 + 100*(y - x**2)**2").hessian(),
    "tensors": ew.parse("norm(X @ w - y)**2", shapes="X: n,d; w: d; y: n").gradient(),
}


@pytest.mark.parametrize("level", ["none", "exact", "real", "domain"])
@pytest.mark.parametrize("kind", GRAPHS)
def test_the_halves_are_the_whole_and_agree_on_colours(kind: str, level: str) -> None:
    written = GRAPHS[kind]
    chosen = written if level == "none" else written.simplify(level)
    scenes = [Scene(made.tape, made.derivative, kind) for made in (written, chosen)]
    whole = [scene.diagram(scene.whole()) for scene in scenes]
    values = half_of_values(whole[0])
    derivatives = half_of_derivatives(whole[1], values)
    for half in (values, derivatives):
        keys = [box.key for box in half.boxes]
        assert len(set(keys)) == len(keys)
        assert {end for arrow in half.arrows for end in (arrow.tail, arrow.head)} <= set(keys)
    # 𝒢's half has every node and every edge of 𝒢 that the whole picture has, ℬ's those of ℬ.
    assert {box.key for box in values.boxes} == {box.key for box in whole[0].boxes if not box.derivative}
    own = {box.key for box in whole[1].boxes if box.derivative}
    assert own <= {box.key for box in derivatives.boxes} and all(box.derivative for box in derivatives.boxes)
    into = [(arrow.head, arrow.position) for arrow in whole[1].arrows if arrow.head in own]
    assert sorted(into) == sorted((a.head, a.position) for a in derivatives.arrows if a.head in own)
    # What a copy stands for is in 𝒢's picture, under the same name.
    names = {box.called for box in values.boxes}
    assert {box.called for box in derivatives.boxes if box.role == "copy"} <= names
    # The colour of a box says the same edge as before.
    before = {box.key: [whole[1].edges[c] for c in box.colours] for box in whole[1].boxes}
    for box in derivatives.boxes:
        if box.role != "copy":
            assert [derivatives.edges[c] for c in box.colours] == before[box.key]
    assert derivatives.edges[: len(whole[0].edges)] == whole[0].edges
