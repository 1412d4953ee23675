"""What derivatives cost by edge of 𝒢 and by line of the user's code."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import NotANumberError


def swing(theta: Any, omega: Any, g: Any, l: Any) -> Any:  # noqa: E741
    for _ in range(50):
        omega = omega - 0.01 * g / l * np.sin(theta)  # the line of the forces
        theta = theta + 0.01 * omega
    height = l * (1 - np.cos(theta))
    return np.log(height - 0.001) * theta


FIRST = swing.__code__.co_firstlineno


def place(line: str) -> int:
    """A line of `swing`, counted from its first one."""
    return int(line.rpartition(":")[2]) - FIRST


def test_every_operation_belongs_to_one_line() -> None:
    G = ew.trace(swing)
    for graph in (G, G.gradient(), G.gradient().simplify(), G.jacobian(order="markowitz"), G.hessian()):
        cost = graph.cost()
        assert sum(cost.by_line.values()) == cost.operations
        assert list(cost.by_line.values()) == sorted(cost.by_line.values(), reverse=True)
        assert place(next(iter(cost.by_line))) == 2
    assert {place(line): n for line, n in G.cost().by_line.items()} == {2: 250, 3: 100, 4: 3, 5: 3}


def test_by_hand() -> None:
    cost = ew.parse("c = x*y; d = sin(c); d*exp(d)").gradient().cost()
    # sin: the cosine and the product; out at d: the product and the sum; at exp(d): the product.
    assert cost.by_edge == {"c → d": 2, "d → u4": 2, "x → c": 1, "y → c": 1, "d → out": 1, "u4 → out": 1}
    assert sum(cost.by_edge.values()) + ew.parse("c = x*y; d = sin(c); d*exp(d)").cost().operations == cost.operations
    assert cost.by_line == {} and ew.parse("x*y").cost().by_edge == {}


def test_edges_of_one_node_twice() -> None:
    assert set(ew.parse("x*x").gradient().cost().by_edge) == {"x → out at 0", "x → out at 1"}


def test_several_sweeps_are_one_edge() -> None:
    J = ew.parse("c = x*y; [sin(c), exp(c)]").jacobian(order="reverse")
    found = J.cost().by_edge
    assert len(found) == 4 and found["x → c"] == found["y → c"] == 2


def test_tensors_by_work() -> None:
    L = ew.parse("p = A @ x; sum(exp(p))", shapes="A: m,n; x: n")
    cost = L.gradient().cost()
    assert next(iter(cost.by_edge)) in ("x → p", "A → p")
    assert str(sum(cost.by_edge.values()) + L.cost().work - cost.work) == "0"

    def model(A: Any, x: Any) -> Any:
        p = A @ x
        return np.sum(np.exp(p))

    cost = ew.trace(model, A=ew.tensor("m", "n"), x=ew.tensor("n")).gradient().cost()
    first = model.__code__.co_firstlineno
    assert [int(line.rpartition(":")[2]) - first for line in cost.by_line] == [1, 2]


def test_where_a_nan_is_made_is_said_in_the_users_words() -> None:
    B = ew.trace(swing).gradient()
    at = {"theta": 0.0, "omega": 0.0, "g": 9.81, "l": 1.0}
    with pytest.raises(NotANumberError, match=rf"py:{FIRST + 5}\), log\(height - 0\.001\), is NaN .* -0\.001"):
        B.evaluate(at, check_nans=True)
    lines = str(B.special_points(at)).splitlines()
    assert lines[0].startswith("met: ") and "log leaves its domain where height - 0.001 <= 0" in lines[0]
    assert len(lines) < 5 and "not met: div leaves its domain, 50 times: " in str(B.special_points(at))


def test_kinks_of_one_line_are_counted() -> None:
    def friction(x: Any) -> Any:
        for _ in range(20):
            x = x - 0.1 * np.abs(x)
        return x

    (line,) = str(ew.trace(friction).gradient().special_points(x=0.0)).splitlines()
    assert line.startswith("met: abs has a kink, 20 times: u1, u5, u8, …; slope 0 at 0")


def test_the_command_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    from edgewise.cli import main

    with pytest.raises(SystemExit):
        main(["cost", f"{__file__}:swing"])
    out = capsys.readouterr().out
    assert "edge of 𝒢" in out and f"test_attributed.py:{FIRST + 2}" in out


@pytest.mark.parametrize("command", ["eval", "grad"])
def test_the_command_notes_where_a_nan_is_made(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    from edgewise.cli import main

    for theta, noted in (("0", True), ("1", False)):
        with pytest.raises(SystemExit):
            main([command, f"{__file__}:swing", "--at", f"theta={theta},omega=0,g=9.81,l=1"])
        said = capsys.readouterr()
        assert ("nan" in said.out) is noted
        assert ("note: log at u" in said.err and "log(height - 0.001)" in said.err) is noted
