"""Emitted NumPy, JAX and torch source computes what the interpreter does, for every operation and its derivatives."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import InputError, LoweringError, ShapeError
from edgewise.lower.python.tensor_styles import STYLES
from tensor_rows import ROWS, Row, drawn, traced

by_row = pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
LIBRARIES = ("numpy", "jax", "torch")


def graphs(row: Row) -> list[Any]:
    G = traced(row)
    return [G.jacobian(order="reverse").simplify(), G.jacobian(order="forward")]


@pytest.mark.parametrize("target", LIBRARIES)
@by_row
def test_a_target_computes_what_the_interpreter_does(row: Row, target: str) -> None:
    if target != "numpy":
        pytest.importorskip(target, reason=f"{target} is an optional peer")
    values = drawn(row, seed=4)
    if row.draw == "definite":
        values[0] = (values[0] + values[0].T) / 2
    for graph in graphs(row):
        wanted = graph.evaluate({}, *values)
        found = graph.compile(target)(*values)
        nodes = [node for result in graph.returns() for node in result.nodes]
        for right, ours in zip([wanted.values[n] for n in nodes], flat(found), strict=True):
            assert np.shape(right) == tuple(np.shape(ours)), graph.to_python(target=target)
            np.testing.assert_allclose(np.asarray(ours), right, rtol=1e-9, atol=1e-10)


def flat(value: Any) -> list[Any]:
    return [leaf for item in value for leaf in flat(item)] if isinstance(value, (tuple, list)) else [value]


def test_source_reads_as_a_person_would_write_it() -> None:
    G = ew.trace(
        lambda w, X, y: np.mean(np.logaddexp(0, X @ w) - y * (X @ w)),
        w=ew.tensor("d"), X=ew.tensor("n", "d"), y=ew.tensor("n"),
    )  # fmt: skip
    lines = G.hessian("w").simplify().to_python("logistic").splitlines()
    assert [line.strip() for line in lines[-6:]] == [
        "v1 = X @ w",
        "v2 = _sigmoid(v1)",
        "value = np.sum(np.logaddexp(0, v1) - y*v1)/n",
        "gradient = X.T @ (v2 - y)/n",
        "hessian = X.T @ ((v2*_sigmoid(-v1))[:, None]*X)/n",
        "return value, gradient, hessian",
    ]


def test_calls_are_checked() -> None:
    f = ew.parse("X @ w", shapes="X: n,d; w: d").compile()
    X, w = np.ones((2, 3)), np.ones(3)
    assert f(X, w).tolist() == f(w=w, X=X).tolist() == [3.0, 3.0]
    with pytest.raises(ShapeError, match="the dimension 'd' is 3 in 'X' and 2 in 'w'"):
        f(X, np.ones(2))
    with pytest.raises(ShapeError, match=r"its shape is \(n, d\)"):
        f(w, w)
    with pytest.raises(InputError, match="give real numbers"):
        f(X, np.array(["a", "b", "c"]))
    with pytest.raises(InputError, match="no value was given for the input 'w'"):
        f(X)
    with pytest.raises(LoweringError, match="or for small shapes"):
        ew.parse("X @ w", shapes="X: n,d; w: d").compile("fortran")
    with pytest.raises(LoweringError, match="or math for small shapes"):
        ew.parse("X @ w", shapes="X: n,d; w: d").to_python(target="fortran")


def test_names_of_dimensions_are_kept_apart_from_the_inputs() -> None:
    G = ew.parse("sum(X) / lambda_ + sum(zeros_like(X))", shapes={"X": ("if_", "np_"), "lambda_": ()})
    assert G.compile()(np.ones((2, 2)), 2.0) == 2.0
    with pytest.raises(InputError, match="'n' names both an input and a dimension"):
        ew.parse("n * X", shapes="n: ; X: n")
    with pytest.raises(InputError, match="names both an input and a dimension"):
        ew.trace(lambda n, X: n * X, n=ew.tensor(), X=ew.tensor("n"))


def test_integer_inputs_are_places() -> None:
    G = ew.trace(
        lambda W, i: np.sum(ew.log_softmax(W)[i] * ew.one_hot(i, W.shape[1])), W=ew.tensor("n", "k"),
        i=ew.tensor("m", dtype=int),
    )  # fmt: skip
    W, i = np.random.default_rng(0).normal(size=(4, 3)), np.array([2, 0, 1])
    f = G.gradient().simplify().compile()
    value, slope = f(W, i)
    chosen = W - np.log(np.sum(np.exp(W), axis=1, keepdims=True))
    np.testing.assert_allclose(value, sum(chosen[k, k] for k in i))
    wanted = np.zeros((4, 3))
    for k in i:
        wanted[k] += np.eye(3)[k] - np.exp(chosen[k])
    np.testing.assert_allclose(slope, wanted, atol=1e-12)
    with pytest.raises(InputError, match="give whole numbers"):
        f(W, np.array([0.5, 1.0, 2.0]))


def test_the_function_without_checks_is_there() -> None:
    f = ew.parse("X @ w", shapes="X: n,d; w: d").compile()
    assert f.function(np.ones((2, 3)), np.ones(3)).tolist() == [3.0, 3.0]


@pytest.mark.parametrize("target", LIBRARIES)
def test_functions_of_numbers_alone_are_numbers_in_every_library(target: str) -> None:
    if target != "numpy":
        pytest.importorskip(target, reason=f"{target} is an optional peer")
    X = np.array([[0.5, -1.0], [2.0, 0.25]])
    for text in ("sum(2**X)", "sum(exp(1)*X**3 + sqrt(2))", "sum(where(2 > 1, X, 0*X) + where(1 > 2, 0*X, sin(3)*X))"):
        B = ew.parse(text, shapes="X: n,d").gradient("X")
        wanted = B.evaluate(X).outputs[0]
        for graph in (B, B.simplify()):
            np.testing.assert_allclose(np.asarray(graph.compile(target)(X)[1]), wanted, rtol=1e-12)
    S = ew.parse("sum(2**X)", shapes="X: n,d").gradient("X").simplify()
    assert S.text(S.outputs[0]) == "log(2)*exp2(X)"  # what 0**x would need is decided beforehand


@pytest.mark.parametrize("library", ["jax", "torch"])
def test_what_a_library_is_said_to_call_it_has(library: str) -> None:
    module = pytest.importorskip({"jax": "jax.numpy"}.get(library, library))
    short = {"jax": "jnp"}.get(library, library)
    called = {
        name for text in STYLES[library].templates.values() for name in re.findall(rf"\b{short}\.([\w.]+)\(", text)
    }
    assert len(called) > 20
    for name in called:
        assert callable(attrgetter(name)(module)), name
