"""Whole texts parse back: to the same graph node for node, for every operation, as written and simplified."""

from __future__ import annotations

import hashlib
from collections import Counter
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
from edgewise.frontends.text import parse
from edgewise.frontends.text_tensors import parse_shapes, parse_tensors
from edgewise.graph import Tape, whole_text
from edgewise.ops import CONST, OPS, Refusal, number_key
from rows import row_tape
from strategies import tapes
from tensor_rows import OURS, ROWS, Row, drawn


def structure(tape: Tape) -> tuple[list[str], Counter[str]]:
    """The graph without numbers: each output, and how often each expression is written.

    A text does not say whether an exponent is a node of its own: constants are told by those who read them.
    """
    marks: list[str] = []
    for i, code, args in tape.rows():
        name, attr, read = tape.op_of_code(code).name, tape.attrs.get(i), [marks[j] for j in args]
        if name == "pow" and tape.ops[args[1]] == CONST:
            name, attr, read = "power", tape.attrs[args[1]], read[:1]
        if code == CONST or isinstance(attr, (int, float)):
            attr = number_key(attr)
        marks.append(hashlib.sha1(repr((name, read, attr)).encode()).hexdigest())
    live = tape.live(tape.outputs) & (tape.ops != CONST)
    return [marks[node] for node in tape.outputs], Counter(m for m, alive in zip(marks, live, strict=True) if alive)


def nest(tape: Tape) -> str:
    return tape.layout.kind if tape.layout.kind in ("list", "tuple") else "" if len(tape.outputs) == 1 else "list"


def back(tape: Tape) -> Tape:
    groups = {p.name: p.shape for p in tape.parameters if p.shape}
    return parse(whole_text(tape, tape.outputs, nest(tape)), inputs=[p.name for p in tape.parameters], groups=groups)


@given(tapes())
@settings(deadline=None, max_examples=150)
def test_random_graphs(tape: Tape) -> None:
    assert structure(back(tape)) == structure(tape)


@pytest.mark.parametrize("name", [name for name, op in OPS.items() if op.args])
def test_every_operation_and_its_gradient(name: str) -> None:
    op = OPS[name]
    tape = row_tape(op, 2 if op.parameter else None)
    assert structure(back(tape)) == structure(tape)
    if not op.boolean:
        given = [arg for arg, partial in zip(op.args, op.partials, strict=True) if not isinstance(partial, Refusal)]
        B = ew.Graph(tape).gradient(given)
        for G in (B, B.simplify()):
            assert structure(parse(G.text(), inputs=list(G.inputs))) == structure(G.tape)


@pytest.mark.parametrize(
    "value",
    [0, 1, -1, 10**300, -(2**64), Fraction(1, 3), Fraction(-22, 7), 0.0, -0.0, 1.0, -2.5, 1e-323,
     1.7976931348623157e308,
     5e22, 0.1, True, False, 2**1023 - 1],
)  # fmt: skip
def test_constants(value: Any) -> None:
    x = ew.symbols("x")
    for expression in (x * value, value - x, ew.atan2(value, x), x**value if type(value) is not bool else x + value):
        tape = ew.graph(expression).tape
        assert structure(back(tape)) == structure(tape)


@pytest.mark.parametrize(
    "text",
    ["a - (b - c)", "a/(b/c)", "(a*b)/c", "a*(b/c)", "-(a*b)", "(-a)*b", "-(a**2)", "(-a)**2", "2**(-a)", "(a**b)**c",
     "a**(b**c)", "-(-a)", "-(2)", "(a % b) % c", "a % (b % c)", "-(a % b)", "(-a) % b", "not (a and b)",
     "(not a) and b",
     "(a < b) < c", "a < (b < c)", "(a and b) or (c and a)", "(a or b) and c", "not (a < b)", "(a if b else c)**2",
     "(a < b)*c", "-(a < b)", "s = a*b; s*s + s", "v3 = a*b; v3 + v3*v1", "sin = a; sin + 1"],
)  # fmt: skip
def test_brackets(text: str) -> None:
    tape = parse(text)
    assert structure(back(tape)) == structure(tape)


def test_a_whole_text_is_linear_where_the_tree_is_exponential() -> None:
    G = ew.parse("a = x;" + "a = a*sin(a);" * 200 + "a")
    text = G.text()
    assert len(text) < 40 * 400
    assert structure(parse(text)) == structure(G.tape)
    assert "…" not in text and "…" in G.text(G.outputs[0])
    assert G.text(G.outputs[0], limit=None) == text


def test_labels_name_their_nodes() -> None:
    G = ew.parse("s = x*y; t = s + 1; [s*t, t]")
    assert G.text() == "s = x*y\nt = s + 1\n[s*t, t]"
    assert ew.parse(G.text()).to_json() == G.to_json()


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_every_tensor_operation_and_its_gradient(row: Row) -> None:
    names = ", ".join(parse_shapes(row.shapes))
    scope = {"fn": row.function, "OURS": OURS, "np": np}
    plain = eval(f"lambda {names}: fn(OURS, {names})", scope)
    summed = eval(f"lambda {names}: np.sum(np.sin(fn(OURS, {names})))", scope)
    G = ew.trace(plain, **parse_shapes(row.shapes))
    B = ew.trace(summed, **parse_shapes(row.shapes)).gradient()
    for tape in (G.tape, B.tape, B.simplify().tape):
        text = whole_text(tape, tape.outputs, nest(tape))
        shapes = {
            p.name: ew.tensor(*p.shape, dtype=int if p.kind == "integer" else float, symmetric=p.kind == "symmetric")
            for p in tape.parameters
        }
        again = parse_tensors(text, shapes)
        # A.T @ b is one product there and a view and a product here: text, shapes and numbers are the same.
        assert whole_text(again, again.outputs, nest(tape)) == text
        values = dict(zip(parse_shapes(row.shapes), drawn(row), strict=True))
        found, wanted = (type(G)(graph).evaluate(values).outputs for graph in (again, tape))
        for a, b in zip(found, wanted, strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12)
        assert [again.shape(node) for node in again.outputs] == [tape.shape(node) for node in tape.outputs]


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("array([1.5, -0.0, 2.0])*x", "x: 3"),
        ("array([[True, False], [False, True]]) @ x", "x: 2"),
        ("cumsum(x, axis=0, reverse=True)", "x: n"),
        ("scattered_add(x, array([0, 2, 0]), 4, axis=0)", "x: 3"),
        ("not (x > 1)", "x: n"),
        ("where(x > 1 and x < 3, x, -x)", "x: n"),
        ("x[::-1] + x[-1]", "x: n"),
        ("X[1:, 0] + X[:-1, -1]", "X: n,m"),
        ("X[None, :, 0, None]", "X: n,1"),
        ("placed(x, (n + 2,), s_[1:n + 1])", "x: n"),
        ("placed(x, (6,), s_[0:6:2])", "x: 3"),
        ("n*x/(2*m)", "x: n; y: m"),
        ("maximum(X, 1) + minimum(X, -1)", "X: n,m"),
        ("X + zeros((0, 3))", "X: 0,3"),
        ("concatenate([x, x[:2], array([1.0])], axis=0)", "x: n"),
        ("solve_triangular(A, x, lower=True) + unit(x, axis=0)", "A: n,n; x: n"),
    ],
)
def test_tensor_texts(text: str, shapes: str) -> None:
    tape = parse_tensors(text, shapes)
    written = whole_text(tape, tape.outputs)
    again = parse_tensors(written, shapes)
    assert whole_text(again, again.outputs) == written
    assert len(again) == len(tape)
