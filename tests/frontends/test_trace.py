"""Tracing unmodified Python and NumPy code."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

import edgewise as ew

W = np.array([0.3, 1.7, 0.9, 2.2])

NUMPY_CODE = {
    "sum of exp": lambda w: np.sum(np.exp(w)),
    "dot": lambda w: np.dot(w, w[::-1]) + w @ w,
    "where": lambda w: np.sum(np.where(w > 1, w**2, -w)),
    "maximum": lambda w: np.max(np.maximum(w, 1.0)) + np.min(w),
    "norm": lambda w: np.linalg.norm(w),
    "mean and var": lambda w: np.mean(w) + np.var(w) + np.std(w),
    "clip": lambda w: np.sum(np.clip(w, 0.5, 2.0)) + np.clip(w[0], None, 0.1),
    "cumsum": lambda w: np.cumsum(w)[-2] * np.prod(w),
    "stack": lambda w: np.sum(np.stack([w, 2 * w]) * np.ones((2, 4))) + np.concatenate([w, w])[5],
    "broadcast": lambda w: np.sum(w[:, None] * w[None, :] - np.eye(4)),
    "outer": lambda w: np.sum(np.outer(w, np.arange(4.0))),
    "reshape": lambda w: np.trace(w.reshape(2, 2)) + w.reshape(2, 2).T[0, 1],
    "einsum": lambda w: np.einsum("i,i->", w, w),
    "ufuncs": lambda w: np.sum(np.log1p(w) + np.arctan2(w, 2.0) + np.hypot(w, 1) + np.sinc(w) + np.square(w)),
    "heaviside": lambda w: np.sum(np.heaviside(w - 1, 0.5) * w + np.sign(w) + np.floor(w) + np.abs(-w)),
    "logaddexp": lambda w: np.logaddexp.reduce(w) + np.add.reduce(w) + np.multiply.accumulate(w)[2],
    "loop": lambda w: sum(float(k) * v for k, v in enumerate(w)),
    "in place on a copy": lambda w: inplace(w),
    "comparisons": lambda w: np.sum((w > 1) * w + ((w > 0.5) & (w < 2)) * 1.0),
    "operators": lambda w: np.sum(2**w + w % 0.7 + w // 0.4 + (-w) ** 2 + 1 / w + (+w)),
    "float64 scalars": lambda w: np.float64(2.0) * w[0] + w[1] * np.float64(3) - np.int64(2) / w[2],
    "trapezoid": lambda w: np.sum((w[1:] + w[:-1]) / 2),
    "average": lambda w: np.average(w, weights=np.arange(1.0, 5.0)),
    "polyval": lambda w: np.polyval(w, 0.5),
}


def inplace(w: np.ndarray) -> object:
    w = w.copy()
    w[0] = w[1] * 2
    w += 1
    return np.sum(w * w)


@pytest.mark.parametrize("name", NUMPY_CODE)
def test_unmodified_numpy_code(name: str) -> None:
    function = NUMPY_CODE[name]
    G = ew.trace(function, w=4)
    assert G.evaluate(W).outputs[0] == pytest.approx(float(function(W)), rel=1e-12)


def test_inputs_are_safe_from_in_place_changes() -> None:
    def change(w: np.ndarray) -> object:
        w[0] = 1.0
        return w[0] * w[1]

    assert ew.trace(change, w=2).gradient().evaluate(w=[3.0, 5.0]).outputs == (0.0, 1.0)


def test_parameters_are_read_off_the_signature() -> None:
    assert ew.trace(lambda a, b, c=3: a * c).inputs == ("a", "b")
    assert ew.trace(lambda x, w: x * w[1], "x", w=2).inputs == ("x", "w[0]", "w[1]")
    assert ew.trace(lambda *args: args[0] * args[1], "p", "q").inputs == ("p", "q")
    with pytest.raises(ew.EdgewiseError, match="name them"):
        ew.trace(lambda *args: args[0])


def test_results_may_be_nested() -> None:
    G = ew.trace(lambda x: {"a": (x, 2 * x), "b": np.array([x, 1.0])}, "x")
    result = G.evaluate(x=3.0).result
    assert result["a"] == (3.0, 6.0)
    assert result["b"].tolist() == [3.0, 1.0]


def branch(x: object) -> object:
    if x > 0:
        return x
    return -x


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (branch, r"ew|edgewise\.where\(condition, a, b\)"),
        (lambda x: max(x, 0), "edgewise.max"),
        (lambda x: 0 < x < 1, "condition & other"),
        (lambda x: math.exp(x), "edgewise.exp"),
        (lambda x: None, "not an expression"),
        (lambda x: "text", "not an expression"),
        (lambda x: x * 1j, "complex"),
        (lambda x: x * math.nan, "nan"),
        (lambda x: x * [1, 2], "list"),
        (lambda x: np.linalg.inv(np.array([[x, 1], [1, x]])), "inv"),
        (lambda x: np.where(np.stack([x, x]) > 0), "depends on the data"),
    ],
)
def test_what_cannot_be_traced_says_how_to_write_it(function: object, message: str) -> None:
    with pytest.raises((ew.EdgewiseError, TypeError), match=message):
        ew.trace(function, "x")


def test_errors_name_the_users_line() -> None:
    line = branch.__code__.co_firstlineno + 1
    with pytest.raises(ew.EdgewiseError, match=re.escape(f"test_trace.py:{line}")):
        ew.trace(branch)


def test_nodes_remember_the_users_line() -> None:
    G = ew.trace(lambda w: np.sum(np.exp(w)), w=2)
    assert all("test_trace.py" in G.tape.line(node) for node in range(2, len(G)))


def test_graphs_do_not_mix() -> None:
    outside = ew.symbols("outside")
    with pytest.raises(ew.EdgewiseError, match="parameter of the traced function"):
        ew.trace(lambda x: x * outside, "x")
    x, y = ew.symbols("x"), ew.symbols("y")
    G = ew.graph(x * x)
    with pytest.raises(ew.EdgewiseError, match="not a node of this graph"):
        G.gradient(y)


def test_our_functions_compute_on_plain_numbers_too() -> None:
    assert ew.exp(0.0) == 1.0
    assert ew.where(True, 2.0, 3.0) == 2.0
    assert ew.polygamma(1, 1.0) == pytest.approx(math.pi**2 / 6)
    with pytest.raises(ew.EdgewiseError, match="takes 1 argument"):
        ew.exp(1, 2)
