"""Formulas of physics: how many operations their derivatives take, and that nothing is left to be found in them."""

from __future__ import annotations

from pathlib import Path

import pytest

import edgewise as ew

ROWS = [
    line.split("\t") for line in (Path(__file__).parent / "physics.tsv").read_text(encoding="utf-8").splitlines()[1:]
]
UNSETTLED = {"I.48.2"}
"""Here what the last products share lets two values be found equal that the stages before could not see."""


BEHIND = {"I.6.2a", "I.6.2b", "II.6.15a", "III.10.19", "III.15.12"}
"""Here a peer takes fewer. Of the first two it does not count the root of 2π; of III.10.19, a length, its derivatives
are not defined at 0."""


def test_fewer_than_common_subexpressions_of_peers() -> None:
    counts = {name: (int(ours), int(peer)) for name, _, ours, peer in ROWS}
    assert {name for name, (ours, peer) in counts.items() if ours > peer} <= BEHIND
    assert sum(ours for ours, _ in counts.values()) <= 0.82 * sum(peer for _, peer in counts.values())


@pytest.mark.slow
@pytest.mark.parametrize(("name", "formula", "operations", "peer"), ROWS, ids=[row[0] for row in ROWS])
def test_value_gradient_and_hessian(name: str, formula: str, operations: str, peer: str) -> None:
    simplified = ew.parse(formula).hessian().simplify()
    assert simplified.cost().operations <= int(operations)
    again = simplified.simplify().cost().operations
    assert again <= simplified.cost().operations and (again == simplified.cost().operations or name in UNSETTLED)


def test_an_energy_s_second_derivative_is_the_mass() -> None:
    """A factor meets its inverse only when products have been shared: a Lagrangian's Hessian in velocities."""
    L = ew.parse("m*(l**2*w**2 + k**2*v**2 + 2*l*k*w*v*cos(s - t))/2 + g*cos(s)")
    H = L.hessian(["w", "v"]).simplify()
    assert H.text() == "u65 = m*l\nout1 = u65*(k*cos(s - t))\n(l*u65, out1, out1, k*(m*k))"
    assert H.simplify().cost().operations == H.cost().operations


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("[m*s/2, 2*((1/2*m)*u), (1/2*m)*c]", "u13 = 1/2*m\n[s*u13, m*u, c*u13]"),
        ("[1/2*m*u*(2*w), 1/2*m*u*2]", "out1 = m*u\n[w*out1, out1]"),
        ("[0.5*m*u*(2*w) + 0.5*m*c, 0.5*m*u*2]", "out1 = m*u\n[w*out1 + 0.5*m*c, out1]"),
        ("[(2*r)*a, (2*r)*b/2, (2*r)*c]", "u5 = 2*r\n[u5*a, r*b, u5*c]"),
    ],
)
def test_numbers_that_meet_their_inverse(text: str, simple: str) -> None:
    assert ew.parse(text).simplify().text() == simple
