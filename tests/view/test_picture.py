"""Pictures show what the ledger says: each edge in one colour on both sides, ℬ beside 𝒢, and names are inert."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pygraphviz
import pytest
from hypothesis import given, settings

import edgewise as ew
from edgewise.cli import main
from edgewise.errors import InputError, LoweringError
from strategies import tapes

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = ["<script>alert(1)</script>", '"];bad [label="', "a\\nb&lt;", "]]>", "x\x07y", "%%{init}%%", "`'$\\input{x}"]


@given(tapes())
@settings(max_examples=30, deadline=None)
def test_every_edge_of_the_ledger_has_its_colour_on_both_sides(tape: Any) -> None:
    for B in (made := ew.Graph(tape).jacobian(order="reverse"), made.simplify()):
        G = B.base  # products of roots and powers, and logarithms of shares, are differentiated in another form
        diagram = B.show().diagram
        shown = {box.nodes[0]: box for box in reversed(diagram.boxes)}  # of a value and its copies the value
        stands = {box.key: f"n{box.nodes[0]}" for box in diagram.boxes}
        held = B.derivative.base_nodes.tolist()
        for entry in B.edges:
            edge = str(B.names.partial(entry.consumer, entry.position, entry.parent))
            assert edge.partition(" at ")[0] == f"∂{G.name(entry.consumer)}/∂{G.name(entry.parent)}"
            for node in (entry.partial, entry.product):
                if node in shown and shown[node].derivative and shown[node].role != "seed":
                    assert edge in {diagram.edges[k] for k in shown[node].colours}
            ends = f"n{held[entry.parent]}", f"n{held[entry.consumer]}"
            coloured = {
                diagram.edges[a.colour] for a in diagram.arrows if (stands[a.tail], a.head) == ends and a.colour >= 0
            }
            assert edge in coloured or B.report is not None
        # What no result needs is not drawn, but for values of 𝒢.
        needed = B.tape.live([node for result in B.returns() for node in result.nodes])
        assert set(shown) >= {i for i in range(len(B)) if B.op(i) != "const" and (needed[i] or i in held)}
        # Nothing but edges of the graph is drawn, and every edge between boxes is.
        edges = {(f"n{j}", f"n{i}") for i in shown for j in B.arguments(i) if B.op(j) != "const"}
        drawn = {(stands[arrow.tail], arrow.head) for arrow in diagram.arrows}
        assert edges <= drawn <= {(f"n{j}", f"n{i}") for i in shown for j in B.arguments(i)}


def test_roles_headings_and_places_of_the_books_example() -> None:
    B = ew.parse("exp(x*y) + sin(x)").gradient()
    boxes = {box.nodes[0]: box for box in B.show().diagram.boxes if box.role != "copy"}
    assert Counter(box.role for box in boxes.values()) == {
        "input": 2, "value": 4, "seed": 1, "product": 6, "partial": 1, "sum": 1,
    }  # fmt: skip
    entry = B.of(3, 2)
    assert boxes[entry.product].heading == "∂out/∂u2 = ∂out/∂u3 · ∂u3/∂u2"
    assert boxes[entry.product].formula == "= ∂out/∂u3*u3"
    assert boxes[B.grad_table["x"]].heading == "∂out/∂x"
    assert boxes[B.of(4, "x").partial].heading == "∂u4/∂x"
    for node, derivative in B.grad_table.items():
        assert boxes[derivative].beside == boxes[node].beside == node


def test_one_sweep_from_several_inputs_or_outputs_is_no_derivative_in_one_of_them() -> None:
    jvp = ew.parse("x*y + sin(x)").jvp().show().diagram
    heads = [str(box.title.marked) for box in jvp.boxes if box.derivative]
    assert not any("∂" in head and "·" not in head for head in heads if "out" in head)
    assert any("tangent[" in head for head in heads)
    vjp = ew.parse("[x*y, sin(x)]").vjp().show().diagram
    assert any("grad[" in box.title.marked for box in vjp.boxes if box.derivative)


def test_the_layout_puts_each_derivative_beside_its_node() -> None:
    B = ew.parse("s = sin(x*y) + x; t = s*s + exp(y); tanh(t/3)*s - t").gradient()
    laid = pygraphviz.AGraph(string=B.to_dot())
    laid.layout(prog="dot")
    place = {node: tuple(map(float, node.attr["pos"].split(","))) for node in laid.nodes()}
    for node, derivative in B.grad_table.items():
        (x, y), (right, level) = place[f"n{node}"], place[f"n{derivative}"]
        assert y == level
        assert x < right


def test_the_svg_carries_the_ledger() -> None:
    B = ew.parse("exp(x*y) + sin(x)").gradient()
    root = ElementTree.fromstring(B.to_svg())
    marked = [set(element.attrib.get("class", "").split()) for element in root.iter(f"{SVG}g")]
    diagram = B.show().diagram
    for k in range(len(diagram.edges)):
        sides = [names for names in marked if f"ew-c{k}" in names]
        assert any("ew-edge" in names for names in sides)
        assert any("ew-product" in names for names in sides)
    titles = {element.text for element in root.iter(f"{SVG}title")}
    assert "∂u4/∂x = cos(x)" in titles
    assert not [element for element in root.iter() if element.tag.endswith("}a") or element.tag.endswith("script")]
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(set(ids)) == len(ids) and len({i.split("-")[0] for i in ids}) == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_inert(name: str) -> None:
    G = ew.graph(ew.symbols([name, "y"])[0] * 2)
    for graph in (G, G.gradient()):
        root = ElementTree.fromstring(graph.to_svg())
        assert not [element for element in root.iter() if element.tag.rpartition("}")[2] in ("script", "a", "image")]
        parsed = pygraphviz.AGraph(string=graph.to_dot())
        drawn = [node for node in parsed.nodes() if not node.startswith("title")]
        assert len(drawn) == len(graph.show().diagram.boxes)
        text = graph.to_mermaid()
        assert text.count("\n") == len(text.splitlines())
        for line in text.splitlines():
            quoted = line[line.find('"') + 1 : line.rfind('"')].replace("<br/>", "") if '"' in line else ""
            assert not set('"<>`$%&;\\') & set(quoted.replace(";", "") if "#" in quoted else quoted)


@pytest.mark.slow
def test_large_graphs_are_cut_with_a_count_at_once() -> None:
    def long(x: Any) -> Any:
        for _ in range(100_000):
            x = np.sin(x) * x
        return x

    G = ew.trace(long, "x")
    B = G.gradient()
    G._repr_mimebundle_(), B._repr_mimebundle_()
    begin = time.perf_counter()
    for graph in (G, B):
        bundle = graph._repr_mimebundle_()
        assert f"60 of {len(graph):,} nodes" in bundle["text/html"]
        assert len(bundle["text/html"]) < 200_000
        assert len(graph.show(200).chosen) == 200
    assert time.perf_counter() - begin < 60
    assert repr(G.focus("x", depth=1)) == "<picture of 3 of 200,001 nodes>"
    assert repr(G.focus(200_000, depth=2)) == "<picture of 5 of 200,001 nodes>"


def test_collapsing() -> None:
    G = ew.parse("exp(x*y) + sin(x)*x")
    P = G.collapse([2, 3], ["x"])
    assert [box.formula for box in P.diagram.boxes if box.role == "group"] == ["2 nodes", "1 node"]
    assert ("g1", "g0") in {(arrow.tail, arrow.head) for arrow in P.diagram.arrows}

    def f(x: Any) -> Any:
        for _ in range(5):
            x = np.sin(x) * x
        return np.exp(x)

    boxes = ew.trace(f, "x").collapse(by="line").diagram.boxes
    (group,) = [box for box in boxes if box.role == "group"]
    assert len(group.nodes) == 10
    assert group.heading.endswith(f"test_picture.py:{f.__code__.co_firstlineno + 2}")
    with pytest.raises(InputError, match="by='colour' is no way to collapse"):
        G.collapse(by="colour")


def test_files(tmp_path: Path) -> None:
    P = ew.parse("x*y").gradient().show()
    starts = {
        ".svg": b"<svg",
        ".tex": b"% The preamble",
        ".png": b"\x89PNG",
        ".pdf": b"%PDF",
        ".dot": b"digraph",
        ".mmd": b"flowchart",
    }
    for ending, start in starts.items():
        P.save(tmp_path / f"p{ending}")
        assert (tmp_path / f"p{ending}").read_bytes().startswith(start)
    with pytest.raises(InputError, match=r"has no ending that names a format; use .svg, .png"):
        P.save(tmp_path / "p.gif")
    (tmp_path / "folder.svg").mkdir()
    for path in (tmp_path / "nowhere" / "p.svg", tmp_path / "folder.svg", tmp_path / "p\0.svg"):
        with pytest.raises(InputError, match="cannot be written"):
            P.save(path)


def test_without_graphviz_there_are_text_forms_and_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    G = ew.parse("x*y")
    with pytest.raises(LoweringError, match=r'pip install "edgewise\[draw\]", or use to_dot'):
        G.to_svg()
    for draw in (G.to_tikz, lambda: G.show().save(tmp_path / "p.svg"), lambda: G.show().save(tmp_path / "p.tex")):
        with pytest.raises(LoweringError, match=r'pip install "edgewise\[draw\]"'):
            draw()
    for ending in (".dot", ".mmd"):
        G.show().save(tmp_path / f"p{ending}")
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".dot", ".mmd"]
    with pytest.raises(SystemExit) as ended:
        main(["draw", "x*y", "--out", str(tmp_path / "p.svg")])
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert 'pip install "edgewise[draw]"' in line
    bundle = G.show()._repr_mimebundle_()
    assert "flowchart" in G.show()._repr_html_()
    assert "flowchart" in bundle["text/plain"] and "edgewise[draw]" in bundle["text/plain"]
    assert "image/svg+xml" not in G._repr_mimebundle_()
    assert "edgewise[draw]" in G._repr_mimebundle_()["text/html"]


def test_mermaid_has_no_word_of_its_language_as_a_name() -> None:
    """Mermaid 11 reads no picture in which a class has such a name."""
    reserved = {"graph", "end", "flowchart", "subgraph", "style", "class", "click", "default", "direction", "linkStyle"}
    text = ew.parse("s = sin(x*y); [s*x, exp(s)*y]").jacobian(order="markowitz").to_mermaid()
    (made,) = {line.split()[1] for line in text.splitlines() if line.strip().startswith("classDef")}
    assert made not in reserved
    assert any(line.endswith(f" {made}") for line in text.splitlines() if line.strip().startswith("class "))
    diagram = ew.parse("exp(x*y)/z + sqrt(w)*x**3").gradient()
    assert diagram.to_mermaid().count("stroke-dasharray") == sum(a.colour >= 7 for a in diagram.show().diagram.arrows)


def test_boxes_glow_where_errors_begin() -> None:
    G = ew.parse("(1 - cos(x))/x**2")
    picture = G.show(rounding=G.rounding(x=1e-5))
    hot = {box.called: box.heat for box in picture.diagram.boxes}
    assert hot["u2"] == 5 and hot["x"] == hot["u3"] == 0
    assert "100 % of the error" in picture.to_svg() and "ew-h5" in picture.to_svg()
    assert "of the error" not in G.show().to_svg()
