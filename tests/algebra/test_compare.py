"""Two graphs side by side: what they have in common by meaning, what they have not, and how that is shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy as sp

import edgewise as ew
from edgewise.cli import main
from edgewise.errors import InputError


def formulas(found: ew.Comparison) -> tuple[list[str], list[str]]:
    """What each has alone."""
    one, two = ([graph.text(node) for node in only] for graph, only in zip(found.graphs, found.only, strict=True))
    return one, two


def test_parts_are_matched_by_meaning() -> None:
    found = ew.compare("(x - y)*(x + y) + sin(2*x)", "x**2 - y**2 + 2*sin(x)*cos(x)")
    assert found and not found.equality.proved
    assert formulas(found) == (
        ["x - y", "x + y", "2*x"], ["x**2", "y**2", "sin(x)", "2*sin(x)", "cos(x)"],
    )  # fmt: skip
    pairs = {(found.graphs[0].text(a), found.graphs[1].text(b)) for a, b in found.common}
    assert ("(x - y)*(x + y)", "x**2 - y**2") in pairs and ("sin(2*x)", "2*sin(x)*cos(x)") in pairs
    assert found.operations == (6, 8)


def test_a_gradient_by_hand_with_a_lost_sign() -> None:
    G = ew.parse("cos(x*y) + y")
    wrong = ew.compare("[y*sin(x*y), 1 - x*sin(x*y)]", G.gradient().simplify(), names=("by hand", "ours"))
    assert not wrong and wrong.equality.point is not None
    point = wrong.equality.point
    y_sin = point["y"] * np.sin(point["x"] * point["y"])
    assert wrong.equality.values == pytest.approx((y_sin, -y_sin))
    right = ew.compare("[-y*sin(x*y), 1 - x*sin(x*y)]", G.gradient().simplify())
    assert right and right.equality.proved and "1 - x*sin(x*y)" not in formulas(right)[0]


def test_before_and_after_of_tensors() -> None:
    B = ew.parse("norm(X @ w - y)**2", shapes="X: n,d; w: d; y: n").gradient("w")
    found = ew.compare(B, B.simplify(), names=("before", "after"))
    assert found and found.equality.proved and "norm(X @ w - y)" in formulas(found)[0]
    assert formulas(found)[1] == ["X.T @ (X @ w - y)"]
    assert "4*d*n" in str(found)


def test_whatever_is_made_into_a_graph() -> None:
    x, y = ew.symbols("x y")
    for one in (x * y, "x*y", sp.Symbol("x") * sp.Symbol("y"), lambda x, y: y * x, ew.parse("x*y")):
        assert ew.compare(one, ew.parse("y*x"))
    assert ew.compare([x, y], {"a": x, "b": y}) and not ew.compare("[x, y]", "x")
    with pytest.raises(InputError, match="no graph to compare"):
        ew.compare(3, "x")


def test_the_order_of_what_is_common() -> None:
    assert ew.compare("sin(x)*cos(y)", "sin(x)*cos(y)").in_order
    assert not ew.compare("sin(x)*cos(y)", "cos(y)*sin(x)").in_order


def test_nodes_that_are_no_numbers_are_matched_by_formula() -> None:
    found = ew.compare("log(-1 - x**2) + y", "log(-1 - x**2) + 2*y")
    assert "log(-1 - x**2)" not in formulas(found)[0] and not found
    # Values that vanish or overflow in doubles are not the same for that.
    assert "exp(-exp(exp(9 + x**2)))" in formulas(ew.compare("exp(-exp(exp(9 + x**2)))", "x*sin(y)"))[0]


def test_how_it_is_shown(tmp_path: Path) -> None:
    found = ew.compare("x**2 + <y>".replace("<y>", "y"), "x*x + 1", names=("<old>", "new"))
    page = found._repr_html_()
    assert "&lt;old&gt;" in page and "<old>" not in page and "data:image/svg+xml" in page and "heavy lines" in page
    assert str(found) == found._repr_mimebundle_()["text/plain"] and repr(found).startswith(
        "<<old> and new are not equal"
    )
    picture = found.show()
    assert picture.to_dot().count("penwidth=4") == len(found.only[0]) + len(found.only[1])
    picture.save(tmp_path / "both.svg")
    assert (tmp_path / "both.svg").read_text(encoding="utf-8").count("<svg") == 1
    with pytest.raises(InputError, match="no parts"):
        picture.focus(1)
    assert "equal" in found.equality._repr_html_()


def test_a_large_graph_is_compared_in_seconds() -> None:
    z = x = ew.symbols("x")
    for _ in range(300):
        z = ew.sin(z) * x + 0.5
    B = ew.graph(z).gradient()
    found = ew.compare(B, B.simplify())
    assert found and len(found.only[0]) < 10 and len(str(found).splitlines()) < 40


def test_on_the_command_line(capsys: Any, tmp_path: Path) -> None:
    def run(*args: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            main(["compare", *args])
        return int(left.value.code or 0), capsys.readouterr().out

    code, text = run("(x + 1)**2", "x**2 + 2*x + 1")
    assert code == 0 and text.startswith("value: equal: by rules") and "only second has" in text
    code, text = run("sin(x)", "cos(x)", "--json")
    data = json.loads(text)
    assert code == 1 and data["equal"] is False and data["operations"] == {"first": {"sin": 1}, "second": {"cos": 1}}
    assert run("sum(x*x)", "x @ x", "--shape", "x: n")[0] == 0
    for name in ("both.html", "both.svg"):
        assert run("x*y", "y*x", "--out", str(tmp_path / name)) == (0, "")
        assert "<svg" in (tmp_path / name).read_text(encoding="utf-8") or "data:image" in (tmp_path / name).read_text()
    assert run("x*", "y")[0] == 2
