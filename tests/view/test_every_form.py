"""Every form of every kind of derivative of random graphs: none fails, and a hostile name is inert in all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from quickly import one_in
from strategies import EVERY, tapes

MADE: dict[str, Callable[[ew.Graph], Any]] = {
    "graph": lambda g: g,
    "gradient": lambda g: g.gradient(),
    "empty gradient": lambda g: g.gradient([]),
    "tangent": lambda g: g.tangent(g.inputs[0]),
    "forward": lambda g: g.jacobian(order="forward"),
    "reverse": lambda g: g.jacobian(order="reverse"),
    "markowitz": lambda g: g.jacobian(order="markowitz"),
    "sparse": lambda g: g.jacobian(sparse="coo"),
    "jvp": lambda g: g.jvp(),
    "vjp": lambda g: g.vjp(),
    "hessian": lambda g: g.hessian(),
    "hvp": lambda g: g.hvp(),
}
ONE_OUTPUT = ("gradient", "empty gradient", "hessian", "hvp")


class Tags(HTMLParser):
    """The tags of a page, and the attributes that could run something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(name for name, _ in attrs if name.startswith("on"))}


def forms(graph: Any) -> dict[str, str]:
    """Everything that a person may see of a graph."""
    values = dict.fromkeys(graph.inputs, 0.5)
    shown = {
        "svg": graph.to_svg(), "dot": graph.to_dot(), "mermaid": graph.to_mermaid(), "tikz": graph.to_tikz(),
        **{f"bundle {kind}": text for kind, text in graph._repr_mimebundle_().items()},
    }  # fmt: skip
    if isinstance(graph, ew.DerivativeGraph):
        for state, explanation in (("", graph.explain()), (" with numbers", graph.explain(values, limit=20))):
            for form in ("text", "latex", "html"):
                shown[f"explanation {form}{state}"] = getattr(explanation, form)
        shown["steps"] = str(graph.steps(values))
        shown["page"] = graph.explore(values).html
    return shown


def test_graphs_of_constants_and_of_one_input() -> None:
    for text in ("3", "pi", "[1, 2]", "x", "[x, x, 3]"):
        G = ew.parse(text)
        for B in (G, G.jacobian(), G.jacobian().simplify()):
            assert all(forms(B).values())


@pytest.mark.slow
@pytest.mark.parametrize("text", ["3", "[x, x, 3]", "x**5", "where(x > 0, sqrt(x)/y, abs(y))", "[sin(x*y)/x, x + y]"])
@pytest.mark.parametrize("direction", [None, {}, {"x": -2}])
def test_every_form_of_a_series(text: str, direction: Any) -> None:
    B = ew.parse(text, inputs=["x", "y"]).taylor(3, direction)
    for graph in (B, B.simplify()):
        shown = forms(graph)
        assert all(shown.values())
        ElementTree.fromstring(shown["svg"])


@pytest.mark.slow
@given(tape=tapes(operations=EVERY, max_ops=6, max_outputs=3), kind=st.sampled_from(sorted(MADE)), data=st.data())
@settings(max_examples=20, deadline=None)
def test_no_form_fails(tape: Any, kind: str, data: Any) -> None:
    G = ew.Graph(tape)
    if kind in ONE_OUTPUT and len(G.outputs) > 1:
        kind = "reverse"
    graph = MADE[kind](G)
    level = data.draw(st.sampled_from([None, "exact", "real", "domain"]))
    shown = forms(graph if level is None else graph.simplify(level))
    assert all(shown.values())
    ElementTree.fromstring(shown["svg"])
    assert shown["tikz"].count("\\begin{tikzpicture}") == shown["tikz"].count("\\end{tikzpicture}") == 1
    assert shown["dot"].count("{") == shown["dot"].count("}")


HOSTILE = (
    "<script>alert(1)</script>", 'x" onload="a', "a]]>b", "\\input{x}", "$y$", "a&b", "</style>", "-->", "\u202e",
    "a|b", "x`", "%%{init}%%", "x;y", "\n", "\x00", " ", "\x1b[31m", "}", "\\end{tikzpicture}", "</script>", "\u2028",
    "click x",
)  # fmt: skip


@cache
def named(name: str) -> dict[str, str]:
    x, y = ew.symbols([name, "y"])
    return forms(ew.graph(ew.sin(x) * y + x).gradient())


@pytest.mark.parametrize("name", one_in(2, HOSTILE), ids=ascii)
def test_a_hostile_name_adds_no_tag_and_no_line(name: str) -> None:
    tame, wild = named("x"), named(name)
    assert tame.keys() == wild.keys()
    for form, text in wild.items():
        text.encode()
        if text.lstrip().startswith("<"):
            assert Tags(text).found <= Tags(tame[form]).found | {"mtext", "mspace"}, form
        elif form in ("dot", "mermaid", "tikz"):
            assert len(text.splitlines()) == len(tame[form].splitlines()), form
    for text in (wild["tikz"], wild["explanation latex"]):
        assert "\\input{" not in text and text.count("\\end{tikzpicture}") <= 1
    ElementTree.fromstring(wild["svg"])
