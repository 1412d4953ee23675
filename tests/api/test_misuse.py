"""What a stranger writes first and is not so: one line of one typed error, and it says what to write."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy as sp

import edgewise as ew
from edgewise import errors
from edgewise.errors import EdgewiseError, InputError

X, Y = sp.symbols("x y")


def graph() -> ew.Graph:
    return ew.parse("exp(x*y) + sin(x)", inputs=["x", "y"])


MISUSES: dict[str, tuple[Callable[[], Any], str]] = {
    "wrt as one text": (lambda: graph().gradient("x,y"), r"several are a list, \['x', 'y'\]"),
    "wrt as words": (lambda: graph().jacobian("x y"), r"several are a list, \['x', 'y'\]"),
    "wrt as a float": (lambda: graph().gradient(2.0), r"differentiated in 2.0 of type float; give names .* x, y"),
    "wrt of another": (lambda: graph().gradient("z"), "its inputs are x, y; an inner node is named by its number"),
    "a node that is none": (lambda: graph().text(1.5), "1.5 of type float is no node; give its number or name"),
    "an entry by name": (lambda: graph().gradient().edges["x"], r"B.of\(consumer, parent\) finds that of an edge"),  # type: ignore[call-overload]
    "why of nobody": (lambda: graph().gradient().why("z"), "the inputs are x, y"),
    "values by number": (lambda: graph().evaluate({0: 1.0, 1: 2.0}), "'0' is not an input of the graph; the inputs"),
    "a dictionary": (lambda: graph().compile()({"x": 1.0, "y": 2.0}), r"unpack the dictionary, as in f\(\*\*values\)"),
    "a list": (lambda: graph().compile("numpy")([1.0, 2.0]), r"unpack the list, as in f\(\*values\)"),
    "a limit": (lambda: graph().gradient().explain(limit="a"), "limit='a' leaves nothing to see"),  # type: ignore[arg-type]
    "no names": (lambda: ew.symbols(3), r'3 of type int names no inputs; write symbols\("x y"\)'),  # type: ignore[call-overload]
    "names in a list": (lambda: ew.trace(lambda x, y: x, ["x", "y"]), 'one by one, trace'),  # type: ignore[arg-type]
    "an option misspelt": (lambda: graph().compile(backnd="llvm"), "did you mean 'backend'"),
    "steps of a graph": (lambda: graph().steps, r"a derivative graph has it: G.gradient\(\).steps"),
    "points of a graph": (lambda: graph().special_points, r"G.gradient\(\).special_points"),
    "dimensions in a tuple": (lambda: ew.tensor((2, 3)), r"one by one, as in tensor\(2, 3\)"),  # type: ignore[arg-type]
    "an example of a group": (lambda: ew.trace(lambda x: x, x=np.ones((2, 3))), r"x=\(2, 3\)"),  # type: ignore[arg-type]
    "a count misspelt": (lambda: graph().cost().operation, "did you mean 'operations'"),  # type: ignore[attr-defined]
    "values misspelt": (lambda: graph().evaluate(x=1, y=2).output, "did you mean 'outputs'"),  # type: ignore[attr-defined]
    "rules misspelt": (lambda: graph().simplify().report.rule, "did you mean 'rules'"),  # type: ignore[union-attr]
    "a room called": (lambda: ew.simplify(ew.symbols("x")), r"part of the library and no function; .* f.simplify\(\)"),
    "a graph's of an expression": (lambda: ew.symbols("x").to_c, r"an Expr has no attribute 'to_c'; a graph has it"),
    "SymPy's of an expression": (lambda: ew.symbols("x").coeff, r"SymPy has it: sympy.sympify\(f\)"),
    "a column misspelt": (lambda: graph().gradient().edges[0].produkt, "did you mean 'product'"),  # type: ignore[attr-defined]
}  # fmt: skip


@pytest.mark.parametrize("name", MISUSES)
def test_misuse_says_what_to_write(name: str) -> None:
    misuse, said = MISUSES[name]
    with pytest.raises((EdgewiseError, TypeError), match=said) as caught:
        misuse()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("jvp", r"edgewise.trace\(f, x=3\).jvp\(\)"),
        ("jacfwd", "did you mean 'jacobian'"),
        ("elementwise_grad", r"edgewise.vmap\(edgewise.grad\(f\)\)"),
        ("gradient", "did you mean 'grad'"),
        ("Symbol", "did you mean 'symbols'"),
        ("jnp", "plain NumPy"),
        ("einsum", r"np\.einsum"),
        ("value_and_gard", "did you mean 'value_and_grad'"),
        ("Grph", "did you mean 'Graph'"),
    ],
)
def test_names_that_the_package_has_not(name: str, said: str) -> None:
    with pytest.raises(AttributeError, match=f"module 'edgewise' has no attribute '{name}'; .*{said}"):
        getattr(ew, name)
    assert not hasattr(ew, name) and not hasattr(ew, "__wrapped__") and not hasattr(ew, "zzzqq")


def test_who_asks_whether_there_is_an_attribute_does_not_wait_for_a_suggestion(monkeypatch: pytest.MonkeyPatch) -> None:
    """`hasattr(x, "shape")` of each argument took half of a call of `edgewise.grad`."""
    looked: list[str] = []
    monkeypatch.setattr(errors, "nearest", lambda name, *_, **__: looked.append(name) or [])
    x, G = ew.symbols("x"), graph()
    for asked in (x, ew.tensor("n", name="w"), G, G.gradient(), G.compile()):
        assert not hasattr(asked, "shapee")
    assert ew.grad(lambda x: x * (2 if hasattr(x, "shape") else 1))(1.0) == 1.0
    assert not looked
    with pytest.raises(AttributeError) as caught:
        G.shapee
    assert not looked and str(caught.value) == "a Graph has no attribute 'shapee'" and looked == ["shapee"]


def test_remedies_that_hints_name_work() -> None:
    G = graph()
    assert G.gradient(["x", "y"]).edges[0] == G.gradient().of(*G.gradient().edges[0][:3:2])
    assert G.gradient().why("x") == G.gradient().why(0)
    assert G.compile()(**{"x": 0.0, "y": 2.0}) == 1.0
    f = lambda v: v**3
    assert ew.trace(f).jvp().compile()(2.0, 1.0)[-1] == 12.0
    assert ew.vmap(ew.grad(f))(np.array([1.0, 2.0])).tolist() == [3.0, 12.0]


def test_symbols_name_the_inputs_of_a_trace() -> None:
    for names in (("x", "y"), (X, Y), (ew.symbols("x"), Y)):
        assert ew.trace(lambda a, b: a * b, *names).inputs == ("x", "y")
    with pytest.raises(InputError, match="named twice"):
        ew.trace(lambda a, b: a * b, X, "x")


def test_a_report_is_read_in_a_shell() -> None:
    report = ew.parse("1*x + 1*x").simplify().report
    assert repr(report).splitlines()[0] == "3 operations → 1 (level real)" and "Tape" not in repr(report)
    for held in (report, graph().cost(), graph().evaluate(x=1.0, y=2.0), graph().gradient().edges[0]):
        assert repr(pickle.loads(pickle.dumps(held))) == repr(copy.deepcopy(held)) == repr(held)
