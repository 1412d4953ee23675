"""One table of rules for two engines: the plain rewriter, which takes any shape, and the fast one for scalars."""

from __future__ import annotations

import ast
import itertools
import re
import time
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import special

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.errors import InputError
from edgewise.graph import Tape, count_operations
from edgewise.ops import CODE, CONST, INPUT
from edgewise.simplify import LEVELS, RULES, Rule
from edgewise.simplify.rewrite import rewritten_by_rules
from edgewise.simplify.rules import TENSOR_RULES, added
from rule_graphs import written
from strategies import KINKED, SMOOTH, tapes_with_points

SHAPES = [(), (3,), (2, 3)]


def arrays(tape: Tape, seed: int) -> dict[str, Any]:
    """A point for a graph of tensors."""
    random = np.random.default_rng(seed)
    return {p.name: random.uniform(-2, 2, p.shape) for p in tape.parameters}


def value(tape: Tape, point: dict[str, Any]) -> Any:
    with np.errstate(all="ignore"):
        if tape.has_tensors:
            return Graph(tape).evaluate({p.name: point[p.name] for p in tape.parameters}).outputs[0]
        return Graph(tape).evaluate({name: float(point[name]) for name in tape.input_names()}).outputs[0]


def same(a: Any, b: Any) -> bool:
    return np.shape(a) == np.shape(b) and np.allclose(a, b, rtol=1e-10, atol=1e-12, equal_nan=True)


ROWS = [pytest.param(rule, id=f"{k}: {rule.pattern}") for k, rule in enumerate(RULES)]


@pytest.mark.parametrize("rule", ROWS)
def test_every_row_fires_in_both_engines(rule: Rule) -> None:
    """On its own pattern: what comes out is no longer than the replacement, in the fast engine and in the plain one."""
    for shape in ((), (3,)):
        shapes = dict.fromkeys("vwxyz", shape)
        before, after = written(rule, rule.pattern, shapes), written(rule, rule.replacement, shapes)
        most = count_operations(after, after.outputs)
        plain, _, fired = rewritten_by_rules(before, before.outputs, (), rule.tier)
        assert fired or count_operations(before, before.outputs) == most
        assert count_operations(plain, plain.outputs) <= most
        if not shape:
            fast = Graph(before).simplify(rule.tier)
            assert count_operations(fast.tape, fast.outputs) <= most
        for seed in range(3):
            point = arrays(before, seed)
            assert same(value(before, point), value(plain, point))


@pytest.mark.parametrize("rule", ROWS)
def test_every_row_keeps_values_and_shapes_where_operands_broadcast(rule: Rule) -> None:
    for turn in range(3):
        shapes = {name: SHAPES[(k + turn) % 3] for k, name in enumerate("xyzwv")}
        before = written(rule, rule.pattern, shapes)
        plain, _, fired = rewritten_by_rules(before, before.outputs, (), rule.tier)
        assert plain.shape(plain.outputs[0]) == before.shape(before.outputs[0])
        assert work(plain) <= work(before) + 6 * added(fired)
        point = arrays(before, turn)
        assert same(value(before, point), value(plain, point))


def work(tape: Tape) -> int:
    """The numbers that the operations make."""
    live = tape.live(tape.outputs)
    return sum(
        int(np.prod(tape.shape(i)))
        for i, code, _ in tape.rows()
        if live[i] and code in range(len(CODE)) and code not in (CONST, INPUT)
    )


@given(case=tapes_with_points(operations=(*SMOOTH, *KINKED, "div", "exp", "sqrt", "log", "neg"), max_outputs=2))
@settings(deadline=None, max_examples=60)
def test_both_engines_keep_the_values_of_random_graphs(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    for level in LEVELS:
        plain, new, fired = rewritten_by_rules(tape, tape.outputs, (), level)
        assert count_operations(plain, plain.outputs) <= count_operations(tape, tape.outputs) + added(fired)
        fast = Graph(tape).simplify(level)
        graphs = Graph(tape), fast, Graph(plain)
        for wanted, *found in zip(*(np.ravel(graph.evaluate(*point).outputs) for graph in graphs), strict=True):
            if np.isfinite(wanted):
                assert found == pytest.approx([wanted, wanted], rel=1e-6, abs=1e-6)
        assert [int(new[i]) for i in tape.outputs] == list(plain.outputs)


@given(case=tapes_with_points(operations=(*SMOOTH, *KINKED), max_outputs=2))
@settings(deadline=None, max_examples=30)
def test_what_is_kept_keeps_a_node_of_its_value(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    keep = list(range(len(tape)))
    plain, new, _ = rewritten_by_rules(tape, tape.outputs, keep, "real")
    before, after = Graph(tape).evaluate(*point).values, Graph(plain).evaluate(*point).values
    for node in keep:
        if np.isfinite(before[node]):
            assert after[new[node]] == pytest.approx(before[node], rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("y + sin(x)**2 + z + cos(x)**2", "y + 1 + z"),
        ("cos(x)*cos(x) - y + sin(x)*sin(x)", "1 - y"),
        ("y - sin(x)**2 + z - cos(x)**2", "y - 1 + z"),
        ("exp(x) + y + z - 1", "expm1(x) + y + z"),
        ("y + (1 - erf(x)) + z", "y + erfc(x) + z"),
        ("y - z - x + z", "y - x"),
        ("y*exp(x)/(1 + exp(x))", "y*sigmoid(x)"),
        ("y*exp(x)*z*sigmoid(-x)", "y*sigmoid(x)*z"),
        ("log(1 + y + exp(x))", "log(1 + y + exp(x))"),
        ("log(exp(x) + 1 + y)", "log(exp(x) + 1 + y)"),
        ("y/(2 + exp(-x))", "y/(2 + exp(-x))"),
    ],
)
@pytest.mark.parametrize("shapes", ["x: ; y: ; z: ", "x: n; y: n; z: n", "x: n; y: ; z: m,n"])
def test_sums_and_products_inside_longer_ones(text: str, simplified: str, shapes: str) -> None:
    G = ew.parse(text, shapes=shapes)
    tape, _, _ = rewritten_by_rules(G.tape, G.tape.outputs, (), "real")
    if shapes == "x: n; y: n; z: n":
        assert Graph(tape).tape.layout == G.tape.layout
        assert ew.parse(simplified, shapes=shapes).cost().operations == Graph(tape).cost().operations
    point = {p.name: np.linspace(0.1, 0.9, 6).reshape(2, 3)[(0,) * (2 - len(p.shape))] for p in G.tape.parameters}
    assert same(value(G.tape, point), value(tape, point))
    assert tape.shape(tape.outputs[0]) == G.tape.shape(G.tape.outputs[0])


def test_constants_take_the_shape_of_what_they_replace() -> None:
    x, X = np.array([1.0, 2.0, 3.0]), np.arange(6.0).reshape(2, 3)
    for text in ("X*0", "X - X", "x*0 + X", "X - X + x", "exp(X)/exp(X)", "where(X > 1, x, x)", "max(X - X, x)"):
        G = ew.parse(text, shapes="x: n; X: m,n")
        for level in LEVELS:
            S = G.simplify(level)
            assert S.shape(S.outputs[0]) == G.shape(G.outputs[0])
            point = {"x": x, "X": X}
            assert same(value(S.tape, point), value(G.tape, point))


def test_no_operation_on_a_larger_shape_is_introduced() -> None:
    # (-v)*X negates a vector; -(v*X) would negate a matrix.
    G = ew.parse("(-v)*X", shapes="v: n; X: m,n")
    tape, _, fired = rewritten_by_rules(G.tape, G.tape.outputs, (), "real")
    assert not fired
    assert tape is G.tape
    same_shape = ew.parse("(-v)*w", shapes="v: n; w: n")
    assert rewritten_by_rules(same_shape.tape, same_shape.outputs, (), "real")[2] == {"sign out of a product": 1}


def test_levels() -> None:
    G = ew.parse("x/x + exp(y)/exp(y) + log(1 + x) + abs(abs(y))", shapes="x: n; y: n")
    counts = [Counter(G.simplify(level).report.rules) for level in LEVELS]
    assert [c["absolute value twice"] for c in counts] == [1, 1, 1]
    assert [c["log1p"] for c in counts] == [0, 1, 1]
    assert [G.simplify(level).report.level for level in LEVELS] == list(LEVELS)
    assert "divide by itself" in counts[2]  # exp(y) is positive; x may be zero
    assert "x/x" in G.simplify("domain").text(G.simplify("domain").outputs[0])
    for graph in (G, ew.parse("sum(x*x)", shapes="x: n").gradient("x")):
        with pytest.raises(InputError, match="no simplification level 'fast'"):
            graph.simplify("fast")


def test_exact_keeps_every_bit() -> None:
    point = {"x": np.array([0.1, 1e-300, -7.3, 1e300]), "y": np.array([3.3, -0.2, 1e-17, 2.0])}
    for text in ("x + (-y) - 0*1 + x*1", "(x + y) + (x - y)", "-(-x)*y/1", "abs(-x)*abs(abs(y))", "x/3*3"):
        G = ew.parse(text, shapes="x: n; y: n")
        S = G.simplify("exact")
        assert np.array_equal(S.evaluate(**point).outputs[0], G.evaluate(**point).outputs[0])


def test_long_sums_are_linear() -> None:
    def seconds(terms: int) -> float:
        x = ew.symbols("x", shape=terms)
        e = sum((ew.sin(v) * ew.sin(v) for v in x), start=x[0])
        for v in x:
            e = e + ew.cos(v) * ew.cos(v)
        tape = ew.graph(e).tape
        begin = time.perf_counter()
        result, _, fired = rewritten_by_rules(tape, tape.outputs, (), "real")
        assert fired["Pythagoras"] > 0
        assert len(result) < len(tape)
        return time.perf_counter() - begin

    seconds(50)
    short = min(seconds(200) for _ in range(2))
    assert seconds(1600) < 30 * short


def test_deterministic_and_settled() -> None:
    G = ew.parse("sum(log(exp(-y*(X @ w)) + 1)) + sum(y/(1 + exp(-y)))", shapes="X: n,d; w: d; y: n").gradient("w")
    first, again = G.simplify(), G.simplify()
    assert first.tape.ops.tolist() == again.tape.ops.tolist()
    assert first.tape.args.tolist() == again.tape.args.tolist()
    roots = [n for r in first.returns() for n in r.nodes]
    assert rewritten_by_rules(first.tape, roots, (), "real")[2] == {}


def test_names_of_rules_that_add_are_their_own() -> None:
    adding = {rule.name for rule in (*RULES, *TENSOR_RULES) if rule.adds}
    assert all(rule.adds or rule.tier == "real" for rule in (*RULES, *TENSOR_RULES) if rule.name in adding)


@pytest.mark.parametrize("shape", [(4,), (6, 4), (2, 3, 4), (2, 3, 1, 2)])
def test_sums_over_any_axes_become_softmax(shape: tuple[int, ...]) -> None:
    """Whatever stands beside them: a number, what has fewer axes, or as many."""
    x = np.random.default_rng(3).normal(size=shape)
    for axes in (c for r in range(1, len(shape) + 1) for c in itertools.combinations(range(len(shape)), r)):
        gradient = special.softmax(x, axes) / np.log(np.sum(np.exp(x), axes)).size
        written: list[Any] = [
            lambda x, axes=axes: np.mean(np.log(np.sum(np.exp(x), axes))),
            lambda x, axes=axes: np.mean(np.log(np.sum(np.exp(x - np.max(x, axes, keepdims=True)), axes))),
        ]
        for f, expected in zip(written, (gradient, gradient - _picked(x, axes)), strict=True):
            found = ew.trace(f, x=ew.tensor(*shape)).gradient().simplify()
            np.testing.assert_allclose(found.evaluate(x).outputs[-1], expected, atol=1e-14)


def _picked(x: Any, axes: tuple[int, ...]) -> Any:
    largest = x == np.max(x, axes, keepdims=True)
    return largest / np.sum(largest)


def _quotients() -> dict[str, tuple[str, str]]:
    """Of each rule about a quotient its two parts, with numbers for its constants."""
    found = {}
    for rule in RULES:
        tree = ast.parse(re.sub(r"\bd\b", "5", re.sub(r"\bc\b", "3", rule.pattern)), mode="eval").body
        if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Div) and "where" not in rule.pattern:
            found[rule.pattern] = (ast.unparse(tree.left), ast.unparse(tree.right))
    return found


@pytest.mark.parametrize("parts", _quotients().values(), ids=_quotients())
def test_a_quotient_is_found_in_longer_ones_the_right_way_up(parts: tuple[str, str]) -> None:
    """Nothing is left to divide where both parts go: 1/a remains, not -a. Either part may be the divisor."""
    for one, other in (parts, parts[::-1]):
        for text in ("({})/a/({})", "({})/a/b/({})", "1/a*({})/({})"):
            G = ew.parse(text.format(one, other))
            at = dict(zip(G.inputs, (0.7, 0.4, 1.3, 0.6, 0.9, 1.1, 0.8), strict=False))
            for graph in (G, G.gradient()):
                want, got = (made.evaluate(at).outputs for made in (graph, graph.simplify("domain")))
                assert got == pytest.approx(want, rel=1e-12, abs=1e-14), str(G)
