"""One rule table for every graph: each row alone and in longer formulas, on scalars and tensors, in both engines."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.graph import Tape, count_operations
from edgewise.simplify import LEVELS, RULES, Rule
from edgewise.simplify.rewrite import rewritten_by_rules
from edgewise.simplify.scalars.working_graph import PLANNED, WorkingGraph
from peers import where_loops_are_compiled
from rule_graphs import places, written
from special_judge import evaluated, judged
from strategies import special_graphs

POINTS = 60
VECTORS = dict.fromkeys("vwxyzpq", (POINTS,))
ROWS = [pytest.param(rule, id=f"{k}: {rule.pattern}") for k, rule in enumerate(RULES)]
SPECIAL = (0.0, -0.0, 1.0, -1.0, 0.5, 40.0, -40.0, 800.0, -800.0, 1e-300, 1e5, np.inf, -np.inf, np.nan)
WIDE = (0.0, 0.5, -0.5, 1.0, -1.0, 3.0, 30.0, -40.0, 360.0, -360.0, 800.0, 1e16, -1e16, 1e-160, 1e154, -1e300)
ARITHMETIC = frozenset(("const", "input", "contract", "add", "sub", "neg", "mul", "div", "power"))


def length(tape: Tape) -> int:
    return count_operations(tape, tape.outputs)


def functions(tape: Tape) -> Counter[str]:
    """What is computed but for arithmetic."""
    names = [tape.op(i).name for i in np.flatnonzero(tape.live(tape.outputs)).tolist()]
    return Counter(name for name in names if name not in ARITHMETIC)


def by_rules(tape: Tape, level: str) -> Tape:
    """What the plain rewriter makes of a graph."""
    return rewritten_by_rules(tape, tape.outputs, (), level)[0]


WITHOUT_BOUND = frozenset((
    "product of powers", "power times base", "power over base", "square of a root", "square of an absolute value",
    "square of a negative", "quotient by the root", "quotient of exponentials", "root over the same root",
    "expm1 over its argument", "exponential over expm1", "hyperbolic cotangent", "quotient of expm1",
    "difference of squares over a difference", "reciprocals of two by their sum", "share of exponentials",
    "share in a log-sum-exp",
))  # fmt: skip
"""Rules about two factors without bound: apart in a longer product they stay as they are, see below."""


def probes(rule: Rule) -> list[tuple[str, str, str]]:
    """(formula, what it is when the row has fired, level): alone at each level, and in longer sums and products."""
    left, right = places(rule.pattern), places(rule.replacement)
    if rule.name in WITHOUT_BOUND or (rule.name == "selections by one condition" and ")*where" in rule.pattern):
        del left["apart"]
    alone = left.pop("alone")
    found = [(alone, rule.replacement, level) for level in LEVELS[LEVELS.index(rule.tier) :]]
    level = max(rule.tier, "real", key=LEVELS.index)  # what is associated anew rounds anew
    return found + [(text, right["in a sum" if text[2] in "+-" else "in a product"], level) for text in left.values()]


@pytest.fixture
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Products of scalars are planned anew as well, which is no rule."""
    monkeypatch.setattr(WorkingGraph, "plan_anew", lambda *_, **__: False)


@where_loops_are_compiled
@pytest.mark.usefixtures("rules_alone")
@pytest.mark.parametrize("rule", ROWS)
def test_every_row_makes_the_same_of_scalars_and_tensors_wherever_it_stands(rule: Rule) -> None:
    """As short as the replacement in its place, by both engines, and at special points the same values."""
    random = np.random.default_rng(5)
    point = {name: random.choice(SPECIAL, POINTS) for name in "vwxyz"}
    point |= {"p": np.full(POINTS, 0.75), "q": np.full(POINTS, -1.5)}
    for text, goal, level in probes(rule):
        most = length(Graph(written(rule, goal, {})).simplify(level).tape)
        scalars, tensors = written(rule, text, {}), written(rule, text, VECTORS)
        S, T = (Graph(tape).simplify(level).tape for tape in (scalars, tensors))
        for tape in (S, T, by_rules(scalars, level), by_rules(tensors, level)):
            assert length(tape) <= most, text
        assert functions(S) == functions(T), text
        total = Graph(written(rule, text, VECTORS, summed=True)).simplify(level).tape
        assert functions(total) == functions(T), text
        with np.errstate(all="ignore"):
            wanted, found = (
                Graph(t).evaluate({name: point[name] for name in t.input_names()}).outputs[0] for t in (S, T)
            )
        np.testing.assert_allclose(found, np.broadcast_to(wanted, (POINTS,)), rtol=1e-13, atol=1e-300, err_msg=text)


# What the fast engine does beyond the rules; the plain rewriter leaves that to index notation, which has it too.
BEYOND = frozenset(PLANNED)


def is_negative(tape: Tape) -> bool:
    """Whether there is a negative constant: x + -1 is x - 1 to the plain rewriter only."""
    return any(float(value) < 0 for value in tape.constants().values())


@where_loops_are_compiled
@given(case=special_graphs())
@settings(deadline=None, max_examples=150, derandomize=True)
def test_both_engines_agree_on_random_graphs(case: tuple[Any, list[Any]]) -> None:
    """As many operations but for what only one of them does; at special points right where the graph was right."""
    graph, columns = case
    values, seen = evaluated(graph, columns), dict[Any, Any]()
    for level in LEVELS:
        fast = graph.simplify(level)
        plain = Graph(by_rules(graph.tape, level))
        short, plainly = length(fast.tape), length(plain.tape)
        if plainly != short:
            assert BEYOND & set(fast.report.rules) or (is_negative(graph.tape) and plainly < short), level
        for made in (fast, plain):
            assert judged(graph, values, evaluated(made, columns), columns, seen) == []


@pytest.mark.parametrize("level", LEVELS)
def test_the_report_names_the_same_rules_for_scalars_and_tensors(level: str) -> None:
    """At its tier and above, and never below."""
    for rule in RULES:
        reports = [
            Graph(written(rule, rule.pattern, shapes)).simplify(level).report
            for shapes in ({}, dict.fromkeys("vwxyz", (3,)))
        ]
        named = [rule.name in report.rules for report in reports]
        assert named[0] == named[1], rule
        assert not any(named) or LEVELS.index(level) >= LEVELS.index(rule.tier), rule
        assert [report.level for report in reports] == [level, level]


SPREAD = [
    ("y + sin(x)**2 + z + cos(x)**2", 2),
    ("y - sin(x)*sin(x) + z - cos(x)**2", 2),
    ("exp(x) + y + z - 1", 3),
    ("y - exp(x) + z + 1", 3),
    ("y + 1 - erf(x) + z", 3),
    ("y*exp(x)*z*sigmoid(-x)", 3),
    ("y*exp(x)/(1 + exp(x))*z", 3),
    ("y*sign(x)*z*x", 3),
    ("2*x*y*3*z", 3),
    ("x/3*y/5", 2),
    ("y + where(x > 0, z, 0) + w + where(x > 0, v, 0)", 5),
    ("exp(x)*(y*(z*sigmoid(-x)))", 3),
]


@pytest.mark.parametrize(("text", "operations"), SPREAD)
def test_two_parts_stand_anywhere_and_no_value_gets_worse(text: str, operations: int) -> None:
    graph = ew.parse(text)
    random = np.random.default_rng(2)
    columns = [random.choice(WIDE, 80) for _ in graph.inputs]
    values, seen = evaluated(graph, columns), dict[Any, Any]()
    for made in (graph.simplify(), Graph(by_rules(graph.tape, "real"))):
        assert length(made.tape) == operations
        assert judged(graph, values, evaluated(made, columns), columns, seen) == []
    shapes = "; ".join(f"{name}: n" for name in graph.inputs)
    assert ew.parse(text, shapes=shapes).simplify().cost().operations == operations


def test_a_part_that_others_read_stays() -> None:
    for text in (
        "[exp(x) + y + z - 1, exp(x)]",
        "[exp(x) + y, exp(x) + y + z - 1]",
        "[y*exp(x), y*exp(x)*z*sigmoid(-x)]",
    ):
        graph = ew.parse(text)
        assert graph.simplify().cost().operations <= graph.cost().operations
    assert ew.parse("[exp(x) + y, exp(x) + y + z - 1]").simplify().report.rules == {"common subexpression": 2}


def test_constants_of_a_product_stay_apart_where_they_would_leave_the_range() -> None:
    for text, slope in (("1e-200*x*1e-200*y*1e300", 1e-100), ("x/1e200*y/1e200*1e300", 1e-100)):
        simplified = ew.parse(text).gradient().simplify()
        assert simplified.evaluate(1.0, 1.0).outputs[0] == pytest.approx(slope, rel=1e-12)


@pytest.mark.parametrize("text", ["y*abs(x)*z*abs(x)", "y*where(x > 0, z, 0)*w*where(x > 0, v, 0)"])
def test_two_factors_without_bound_stay_apart(text: str) -> None:
    """Together they may overflow where the product as it is written does not."""
    graph = ew.parse(text)
    for made in (graph.simplify().tape, by_rules(graph.tape, "real")):
        assert length(made) == graph.simplify("exact").cost().operations


def test_partners_are_found_in_long_sums() -> None:
    terms = 300
    x = ew.symbols("x", shape=terms)
    total = x[0]
    for function in (ew.sin, ew.cos):
        for v in x:
            total = total + function(v) ** 2
    report = ew.graph(total).simplify().report
    assert report.rules["Pythagoras"] == terms
    assert report.after == 1
