"""A node is called the same in every writer, and no text, picture or page has small raised or lowered characters."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pygraphviz
import pytest

import edgewise as ew
from edgewise.view.pictures.dot import to_dot

SMALL = re.compile("[⁰¹²³⁴-⁹₀-₉⁽⁾₍₎⁺⁻ⁿᵢⱼᵏᵀ]")
SVG = "{http://www.w3.org/2000/svg}"


def model(x: Any, y: Any) -> Any:
    c = x * y
    d = np.exp(c) + x
    return d * np.sin(c)


def loss(X: Any, w: Any, y: Any) -> Any:
    z = X @ w
    p = 1 / (1 + np.exp(-z))
    return np.sum((p - y) ** 2)


GRAPHS: dict[str, Callable[[], Any]] = {
    "gradient": lambda: ew.trace(model, "x", "y").gradient(),
    "simplified": lambda: ew.trace(model, "x", "y").gradient().simplify(),
    "text": lambda: ew.parse("c = x*y; c + exp(c)").gradient(),
    "jacobian": lambda: ew.trace(lambda x, y: [x * y, np.sin(x) * y], "x", "y").jacobian(order="markowitz"),
    "hessian": lambda: ew.parse("c = x*y; exp(c)*x").hessian(),
    "hessian simplified": lambda: ew.parse("c = x*y; exp(c)*x").hessian().simplify(),
    "tensors": lambda: ew.trace(loss, X=ew.tensor("n", "d"), w=ew.tensor("d"), y=ew.tensor("n")).gradient("w"),
    "tensors' hessian": lambda: (
        ew.trace(loss, X=ew.tensor("n", "d"), w=ew.tensor("d"), y=ew.tensor("n")).hessian("w").simplify()
    ),
}
made = cache(lambda name: GRAPHS[name]())


class Characters(HTMLParser):
    """The characters of a page, tags left out; a power is behind a ^."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.shown = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shown += {"sup": "^", "td": "\n"}.get(tag, "")

    def handle_data(self, data: str) -> None:
        self.shown += data


def point(graph: Any) -> dict[str, Any]:
    known = {"X": np.array([[1.0, 2.0], [0.5, -1.0], [0.25, 3.0]]), "w": np.ones(2)}
    if graph.tape.has_tensors:
        return {**known, "y": np.array([1.0, 0.0, 1.0])}
    return {"x": 0.5, "y": 2.0}


def svg_text(graph: Any) -> str:
    root = ElementTree.fromstring(graph.to_svg())
    for span in root.iter(f"{SVG}tspan"):
        if "font-size" in span.attrib and float(span.attrib.get("dy", "1")) < 0:
            span.text = f"^{span.text}"
    return "\n".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


def tikz_text(graph: Any) -> str:
    text = re.sub(r"\\mathrm\{(\w+)\}", r"\1", graph.to_tikz())
    text = re.sub(r"_\{?(\d+)\}?", r"\1", text)
    while (plain := re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"\1/\2", text)) != text:
        text = plain
    return text.replace(r"\partial ", "∂").replace(r"\left(", "(").replace(r"\right)", ")")


WRITERS: dict[str, Callable[[Any], str]] = {
    "explain": lambda graph: str(graph.explain(limit=None)),
    "steps": lambda graph: str(graph.steps(point(graph))),
    "SVG": svg_text,
    "DOT": lambda graph: Characters(graph.to_dot()).shown,
    "Mermaid": lambda graph: graph.to_mermaid(),
    "notebook": lambda graph: Characters(graph._repr_html_()).shown,
    "ledger": lambda graph: str(graph.edges),
    "grad_table": lambda graph: Characters(graph.grad_table._repr_html_()).shown,
    "page": lambda graph: graph.explore().html if graph.tape.has_tensors else graph.explore(point(graph)).html,
    "why": lambda graph: "\n".join(str(graph.why(node)) for node in range(len(graph))),
}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("name", GRAPHS)
def test_every_writer_says_the_same_names(name: str, writer: str) -> None:
    graph = made(name)
    text = WRITERS[writer](graph)
    assert not SMALL.search(text), SMALL.search(text)
    spoken = set(re.findall(r"(?<![\w∂\[/(\\])u\d+(?![\w\[])", text))
    known = {graph.name(node) for node in range(len(graph))} | {graph.base.name(j) for j in range(len(graph.base))}
    assert spoken <= known
    base = graph.base
    values = [j for j in range(len(base)) if base.op(j) not in ("const", "input") and "∂" not in base.name(j)]
    if writer in ("explain", "steps", "SVG", "DOT", "Mermaid", "notebook", "page"):
        held, needed = graph.derivative.base_nodes, base.tape.live(base.outputs)
        for j in values:
            if writer in ("explain", "steps") and needed[j]:
                assert base.name(j) in text, (base.name(j), writer)
            elif writer not in ("explain", "steps") and held[j] >= 0 and graph.op(int(held[j])) != "const":
                assert graph.name(int(held[j])) in text, (base.name(j), writer)


@pytest.mark.parametrize("name", GRAPHS)
def test_results_are_spelled_as_derivatives(name: str) -> None:
    graph = made(name)
    results = [graph.name(n) for n in graph.returns()[-1].nodes if graph.op(n) != "const" and graph.names.holds[n] < 0]
    assert results and all(spelled.startswith("∂") for spelled in results)
    for writer in ("SVG", "Mermaid", "notebook"):
        text = re.sub(r"/\((∂\w+∂\w+)\)", r"/\1", WRITERS[writer](graph))  # bare MathML brackets what is below
        assert all(spelled.replace("^", "") in text.replace("^", "") for spelled in results)
    tikz = tikz_text(graph)
    assert not SMALL.search(tikz) and all(spelled in tikz for spelled in results if "^" not in spelled)


def test_source_names_lead_to_the_same_nodes() -> None:
    B = made("gradient")
    source = B.to_python()
    for name in ("x", "y"):
        assert f"d_out_d_{name}" in source and B[f"d_out_d_{name}"] == B[f"∂out/∂{name}"]
    H = made("hessian")
    assert "d2_out_dx_dy" in H.to_python() and H["d2_out_dx_dy"] == H["∂^2out/∂x∂y"]
    # A variable that is returned names the output.
    T = ew.trace(named_output, "x", "y").gradient()
    assert "d_area_d_x" in T.to_python() and T["d_area_d_x"] == T["∂area/∂x"] == T.grad_table["x"]


def named_output(x: Any, y: Any) -> Any:
    area = x * y * y
    return area


# --- pictures -------------------------------------------------------------------------------------------------------


def pendulum(a: Any, b: Any, v: Any, w: Any) -> Any:
    d = a - b
    m = 2 - np.cos(d) ** 2
    p = (np.sin(d) * (v**2 * np.cos(d) + w**2) - 2 * np.sin(a) + np.sin(b) * np.cos(d)) / m
    q = (np.sin(d) * (2 * v**2 + w**2 * np.cos(d)) + 2 * np.sin(a) * np.cos(d) - 2 * np.sin(b)) / m
    return [v, w, p, q]


THIRTY = "a = x*y + z; b = sin(a)*exp(-x); c = a/(1 + b**2); d = log(c*c + 1)*y; (d + a*b)*tanh(c)"
DRAWN: dict[str, Callable[[], Any]] = {
    **GRAPHS,
    "thirty": lambda: ew.parse(THIRTY).gradient(),
    "thirty simplified": lambda: ew.parse(THIRTY).gradient().simplify(),
    "pendulum": lambda: ew.trace(pendulum, "a", "b", "v", "w").jacobian().simplify(),
}


@pytest.mark.parametrize("name", DRAWN)
def test_boxes_do_not_meet_and_labels_fit(name: str) -> None:
    picture = DRAWN[name]().show()
    laid = pygraphviz.AGraph(string=to_dot(picture.diagram))
    laid.layout(prog="dot")
    boxes = {}
    for node in laid.nodes():
        x, y = map(float, node.attr["pos"].split(","))
        w, h = 72 * float(node.attr["width"]), 72 * float(node.attr["height"])
        boxes[str(node)] = (x - w / 2, y - h / 2, x + w / 2, y + h / 2)
    placed = list(boxes.values())
    for k, (left, low, right, high) in enumerate(placed):
        for other in placed[:k]:
            assert right <= other[0] or other[2] <= left or high <= other[1] or other[3] <= low
    frame = [float(part) for part in laid.graph_attr["bb"].split(",")]
    assert all(box[0] >= frame[0] and box[2] <= frame[2] and box[3] <= frame[3] for box in placed)
    derivatives = {box.key for box in picture.diagram.boxes if box.derivative}
    values = [boxes[key] for key in boxes if key not in derivatives and key != "title_B"]
    assert max(box[2] for box in values) < min(boxes[key][0] for key in derivatives)  # ℬ beside 𝒢
    assert not any("…" in box.heading + box.formula for box in picture.diagram.boxes)


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_stands_alone(name: str) -> None:
    graph = DRAWN[name]()
    diagram = graph.show().diagram
    used = {end for arrow in diagram.arrows for end in (arrow.tail, arrow.head)}
    results = {node for result in graph.returns() for node in result.nodes}
    assert all(box.key in used or box.nodes[0] in results for box in diagram.boxes)


def test_values_are_repeated_where_arrows_would_cross_the_picture() -> None:
    few, many = DRAWN["text"]().show().diagram, DRAWN["thirty"]().show().diagram
    assert not any(box.role == "copy" for box in few.boxes)
    node = {box.key: box for box in many.boxes}
    for arrow in many.arrows:
        assert node[arrow.tail].derivative == node[arrow.head].derivative
    copies = [box for box in many.boxes if box.role == "copy"]
    assert copies and all(box.formula == DRAWN["thirty"]().name(box.nodes[0]) for box in copies)
    assert many.shown == len({n for box in many.boxes for n in box.nodes})


def test_matrices_say_which_entries_their_boxes_are() -> None:
    H = made("hessian").show().diagram
    notes = {box.note: box.heading.partition(" = ")[0] for box in H.boxes if box.note}
    assert notes == {f"Hessian [{a}, {b}]": f"∂^2out/∂{ab}" for a, b, ab in (("x", "x", "x^2"), ("x", "y", "x∂y"))} | {
        "Hessian [y, y]": "∂^2out/∂y^2"
    }
    assert H.says == ("the gradient", "its Jacobian: the Hessian") and "its Jacobian: the Hessian" in svg_text(
        made("hessian")
    )
    J = made("jacobian").show().diagram
    assert {box.note for box in J.boxes if box.note} >= {"Jacobian [out0, x]", "Jacobian [out1, y]"}
    T = made("tensors").show().diagram
    assert {box.note for box in T.boxes if box.heading.startswith("∂out/∂w")} == {"(d,)"}


# --- why ------------------------------------------------------------------------------------------------------------


def test_why_says_the_edges_the_rule_and_what_is_fed() -> None:
    B = ew.parse("c = x*y; c + exp(c)").gradient()
    why = B.why("∂out/∂c")
    assert str(why).splitlines() == [
        "∂out/∂c = u7 + u8 is node 9.",
        "It adds up what 2 edges bring to c: c → out, c → u3.",
        "It is read by ∂out/∂y, ∂out/∂x.",
    ]
    assert [(entry.consumer, entry.parent) for entry in why] == [(4, 2), (3, 2)]
    marked = [box.nodes[0] for box in why.picture.diagram.boxes if box.marked]
    assert marked == [9] and "<img" in why._repr_html_() and "c → u3" in Characters(why._repr_html_()).shown
    assert "by the derivative of sin" in str(ew.parse("x*sin(x)").gradient().why("∂u1/∂x"))
    assert "It is a value of 𝒢." in str(B.why("u3")) and "A sweep starts from it: ∂out/∂out." in str(B.why(5))


def test_why_says_what_simplification_did() -> None:
    S = ew.parse("c = x*y; sin(c)*sin(c) + cos(c)*cos(c) + x*(x*y)").gradient().simplify()
    told = {S.name(node): str(S.why(node)) for node in range(len(S))}
    assert any("implification" in text for text in told.values())
    assert all("implification" not in told[name] for name in ("x", "y"))
    J = ew.parse("[sin(x*y)*x, cos(x*y)*y]").jacobian(order="markowitz")
    assert any("It joins two edges at" in str(J.why(node)) for node in range(len(J)))


def test_the_ledger_is_a_table() -> None:
    B = ew.parse("c = x*y; c + exp(c)").gradient()
    lines = str(B.edges).splitlines()
    assert lines[0].split("   ")[0] == "edge of 𝒢" and len(lines) == 1 + len(B.edges)
    assert lines[3].split() == ["c", "→", "u3", "∂u3/∂c", "u3", "u8", "=", "∂out/∂u3·u3"]
    page = B.edges._repr_html_()
    assert page.count("<tr>") == len(lines) and "<i>u</i><sub>8</sub>" in page
