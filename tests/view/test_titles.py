"""Pictures, pages and texts of a traced function are headed by its name."""

from __future__ import annotations

import pickle
import re
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.cli.playground.answers import Asked, answer
from edgewise.view.pictures.svg import has_graphviz


def energy(x: Any, v: Any, k: Any = 2.0) -> Any:
    return k * x**2 / 2 + v**2 / 2 + np.sin(x * v) * np.cos(x) * np.exp(-(x**2)) * np.tanh(v) * np.log(1 + x**2) * v


def short(x: Any, v: Any) -> Any:
    return x * v


def of_arrays(X: Any, w: Any) -> Any:
    return np.sum(np.log(1 + np.exp(X @ w)) - np.sin(X @ w) * np.cos(X @ w) * (X @ w) + (X @ w) ** 2)


TENSORS = {"X": ew.tensor("n", "d"), "w": ew.tensor("d")}

CASES: list[tuple[Any, str]] = [
    (ew.trace(energy), "graph of energy(x, v)"),
    (ew.trace(energy, "x", "v", "k"), "graph of energy(x, v, k)"),
    (ew.trace(energy).simplify(), "graph of energy(x, v)"),
    (ew.trace(partial(energy, k=3.0), "x", "v"), "graph of energy(x, v)"),
    (ew.trace(short), "graph of short(x, v) = x*v"),
    (ew.trace(lambda x, v: x * v), "graph of x*v"),
    (ew.trace(of_arrays, **TENSORS), "graph of of_arrays(X, w)"),
    (ew.trace(energy).gradient(), "gradient graph of energy in x, v"),
    (ew.trace(energy).gradient("v").simplify(), "simplified gradient graph of energy in v"),
    (ew.trace(energy).jacobian(order="forward"), "jacobian graph of energy in x, v"),
    (ew.trace(energy).hessian(), "hessian graph of energy in x, v"),
    (ew.trace(energy).derivatives(3).simplify(), "simplified derivatives graph of energy in x, v"),
    (ew.trace(energy).gradient().jacobian(), "jacobian graph of gradient of energy in x, v"),
    (ew.trace(energy).taylor(2, "x"), "taylor graph of energy in x"),
    (ew.trace(of_arrays, **TENSORS).gradient(), "gradient graph of of_arrays in X, w"),
    (ew.trace(of_arrays, **TENSORS).hessian("w").simplify(), "simplified hessian graph of of_arrays in w"),
    (ew.parse("x*v").gradient(), "gradient graph in x, v"),
]


@pytest.mark.parametrize(("graph", "said"), CASES, ids=[said for _, said in CASES])
def test_a_graph_is_called_after_its_function(graph: Any, said: str) -> None:
    for one in (graph, pickle.loads(pickle.dumps(graph))):
        assert repr(one).startswith(f"<{said}: ")
        assert f"<p><b>&lt;{said}: " in one._repr_mimebundle_()["text/html"]
        if has_graphviz() and len(one) < 200:
            (label,) = re.findall('aria-label="&lt;(.*?)…?"', one.to_svg())
            assert f"{said}: ".startswith(label) or label.startswith(said)


def test_what_is_made_of_a_function_is_another() -> None:
    G = ew.trace(energy)
    assert all("energy" not in repr(other) for other in (G.subs(v=2), G.diff("x"), G + 1, G.expand()))


@pytest.mark.parametrize(
    ("graph", "said"),
    [
        (ew.trace(energy).gradient(), "gradient of energy(x, v)"),
        (ew.trace(energy).hessian(), "hessian of energy in x, v"),
        (ew.trace(short).gradient(), "gradient of short(x, v) = x*v"),
        (ew.trace(of_arrays, **TENSORS).gradient("w"), "gradient of of_arrays(X, w)"),
        (ew.parse("x*v").gradient(), "gradient of x*v"),
    ],
)
def test_so_is_its_page(graph: Any, said: str) -> None:
    assert f"<title>edgewise: {said}</title>" in graph.explore().html


def test_so_is_the_playground(tmp_path: Path) -> None:
    file = tmp_path / "model.py"
    file.write_text("def cost(a, b):\n    return a*b**2\n")
    assert answer("text", Asked()._asdict(), f"{file}:cost")["title"] == "gradient of cost in a, b"
