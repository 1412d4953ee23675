"""Multiplying out keeps values and the ledger, and is taken only where it is shorter."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.errors import InputError
from edgewise.evaluate import forward_propagation
from edgewise.graph import Tape
from edgewise.simplify.scalars.expand import multiplied_out
from strategies import tapes_with_points

POLYNOMIAL = ("add", "sub", "mul", "neg", "sin", "atan")


@given(case=tapes_with_points(operations=(*POLYNOMIAL, "div", "where"), max_outputs=2))
@settings(deadline=None, max_examples=100)
def test_values_and_ledger_are_kept(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    B = Graph(tape).jacobian()
    S, plain = B.simplify(expand=True), B.simplify()
    assert S.cost().operations <= plain.cost().operations
    assert S.report.after == S.cost().operations
    before, after = B.evaluate(*point), S.evaluate(*point)
    if not all(np.isfinite(v) and abs(v) < 1e6 for v in before.values):
        return
    assert after.outputs == pytest.approx(before.outputs, rel=1e-6, abs=1e-6)
    if S.base is not B.base:  # brought into a stable form before it was differentiated: the ledger is of its edges
        return
    for old, new in zip(B.edges, S.edges, strict=True):
        assert (old.consumer, old.position, old.parent) == (new.consumer, new.position, new.parent)
        assert after.values[new.partial] == pytest.approx(before.values[old.partial], rel=1e-6, abs=1e-6)


@given(case=tapes_with_points(operations=POLYNOMIAL, max_outputs=2))
@settings(deadline=None, max_examples=100)
def test_what_is_multiplied_out_is_equal(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    before = forward_propagation(tape, point)
    if not all(abs(v) < 1e4 for v in before.values):
        return
    for whole in (True, False):
        wide, new, _ = multiplied_out(tape, tape.outputs, 12, 4, whole)
        wide.check()
        assert wide.outputs == tuple(new[list(tape.outputs)].tolist())
        assert forward_propagation(wide, point).outputs == pytest.approx(before.outputs, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("text", ["(x + y)**3*(x - z) - x**4", "(x + 2)*(y - x/3)*(z + 1)", "((x - y)*(y - z))**2 - 7"])
def test_terms_against_sympy(text: str) -> None:
    G = ew.parse(text)
    wide, _, count = multiplied_out(G.tape, G.outputs, 24, 6, False)
    formula = sp.sympify(Graph(wide).to_sympy())
    assert formula == sp.expand(sp.sympify(text)) or sp.expand(formula) == sp.expand(sp.sympify(text))
    assert not any(factor.is_Add for term in formula.args for factor in term.args if not term.args[0].is_Number)
    assert count > 0


def test_what_cancels_is_found() -> None:
    G = ew.parse("(x + y)*(x + z) - x*(y + z)")
    assert G.simplify().cost().operations == 6
    assert G.simplify(expand=True).cost().operations == 3
    assert "multiplied out" in G.simplify(expand=True).report.rules


def test_what_is_shorter_as_it_stands_is_left() -> None:
    G = ew.parse("(a + b)*(c + d)*(e + f)")
    S = G.simplify(expand=True)
    assert S.to_json() == G.simplify().to_json()
    assert "multiplied out" not in S.report.rules


def test_polynomials_stay_within_the_bounds() -> None:
    x = ew.symbols("x", shape=40)
    product = ew.symbols("y") * 0 + 1
    for k in range(0, 40, 2):
        product = product * (x[k] + x[k + 1])
    G = ew.graph(product)
    wide, _, _ = multiplied_out(G.tape, G.outputs, 12, 4, False)
    assert len(wide) < 12 * len(G)


def test_exact_results_are_not_multiplied_out() -> None:
    with pytest.raises(InputError, match="multiplying out changes rounding"):
        ew.parse("x*(y + 1)").simplify("exact", expand=True)
