"""Axes of length 0 follow NumPy: sums of nothing are 0, products 1, an extreme of nothing is refused with a type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew
import peers
from edgewise.errors import ShapeError

EMPTY: dict[str, tuple[Callable[[Any], Any], float]] = {
    "sum": (lambda x: np.sum(x), 0.0),
    "sum of squares": (lambda x: np.sum(x**2) + 1, 1.0),
    "dot": (lambda x: x @ x, 0.0),
    "prod": (lambda x: np.prod(x), 1.0),
    "norm": (lambda x: np.linalg.norm(x), 0.0),
    "cumsum": (lambda x: np.sum(np.cumsum(x) * x), 0.0),
    "flip": (lambda x: np.sum(x[::-1] * x), 0.0),
    "roll": (lambda x: np.sum(np.roll(x, 1) * x), 0.0),
    "roll back": (lambda x: np.sum(np.roll(x, -1) ** 3), 0.0),
    "concatenate": (lambda x: np.sum(np.concatenate([x, x]) ** 2), 0.0),
    "exp": (lambda x: np.sum(np.exp(x)) * 2 + 3, 3.0),
    "softmax": (lambda x: np.sum(ew.softmax(x) ** 3), 0.0),
    "outer": (lambda x: np.sum(np.outer(x, x)), 0.0),
}


@pytest.mark.parametrize("length", [0, "n"])
@pytest.mark.parametrize("name", EMPTY)
def test_a_vector_of_no_entries(name: str, length: Any) -> None:
    function, wanted = EMPTY[name]
    B = ew.trace(function, x=ew.tensor(length)).gradient()
    nothing = np.zeros(0)
    for graph in (B, B.simplify()):
        assert graph.evaluate(x=nothing).outputs[0].shape == (0,)
        for backend in ("numpy",) if length else ("numpy", "python"):
            value, gradient = graph.compile(backend=backend)(nothing)
            assert float(value) == wanted
            assert np.shape(gradient) == (0,)


@pytest.mark.parametrize("function", [np.max, np.min], ids=["max", "min"])
def test_an_extreme_of_nothing_is_refused(function: Any) -> None:
    G = ew.trace(lambda x: function(x), x=ew.tensor("n"))
    for use in (
        lambda: G.evaluate(x=np.zeros(0)),
        lambda: G.compile()(np.zeros(0)),
        lambda: G.gradient().compile()(np.zeros(0)),
    ):
        with pytest.raises(ShapeError, match="length 0"):
            use()
    with pytest.raises(ShapeError, match="no entries"):
        ew.trace(lambda x: function(x), x=ew.tensor(0)).scalarize()


@pytest.mark.parametrize("shape", [(0, 3), (3, 0)])
def test_matrices_without_rows_or_columns(shape: tuple[int, int]) -> None:
    A = np.zeros(shape)
    for declared in (shape, ("n", "m")):
        G = ew.trace(lambda A: np.sum(np.sum(A**2, axis=0)) + np.sum(A @ A.T), A=ew.tensor(*declared))
        for B in (G.gradient(), G.gradient().simplify()):
            value, gradient = B.compile()(A)
            assert float(value) == 0.0
            assert np.shape(gradient) == shape
    rows = ew.trace(lambda A: np.prod(A, axis=0) + np.sum(A, axis=0), A=ew.tensor(*shape))
    np.testing.assert_array_equal(rows.evaluate(A=A).outputs[0], np.prod(A, axis=0) + np.sum(A, axis=0))


ALONG: dict[str, Callable[[Any], Any]] = {
    "cumprod": lambda A: np.sum(np.cumprod(A, axis=1)),
    "running maximum": lambda A: np.sum(np.maximum.accumulate(A, axis=1)),
    "sort": lambda A: np.sum(np.sort(A, axis=0) ** 2),
    "differences": lambda A: np.sum(np.diff(A, axis=1) ** 2),
    "picked": lambda A: np.sum(np.take_along_axis(A, np.argsort(A, axis=1), axis=1)),
}


@pytest.mark.parametrize("backend", ["numpy", "jax", "torch"])
@pytest.mark.parametrize("name", ALONG)
def test_what_goes_along_an_axis_of_matrices_of_nothing(name: str, backend: str) -> None:
    if backend != "numpy":
        peers.available(backend)
    for shape, declared in (((0, 3), ("n", 3)), ((3, 0), (3, "n"))):
        if name == "differences" and shape[1] == 0:
            continue  # fewer than none
        B = ew.trace(ALONG[name], A=ew.tensor(*declared)).gradient()
        for graph in (B, B.simplify()):
            value, gradient = graph.compile(backend)(np.zeros(shape))
            assert float(value) == 0
            assert np.shape(gradient) == shape


def test_groups_of_no_scalars() -> None:
    G = ew.parse("x*2", groups={"w": 0})
    value, gradient = G.gradient().compile(backend="python")(np.zeros(0), 3.0)
    assert value == 6.0
    assert [np.shape(part) for part in gradient] == [(0,), ()]


def test_texts_of_empty_arrays() -> None:
    assert ew.parse("array([]) + x", shapes="x: 0").evaluate(x=np.zeros(0)).outputs[0].shape == (0,)
    assert ew.parse("sum(zeros((0, 3)), axis=0)", shapes="x: 0").evaluate(x=np.zeros(0)).outputs[0].tolist() == [
        0,
        0,
        0,
    ]


@pytest.mark.parametrize(
    "function", [lambda x: np.sum(x[1:] ** 2), lambda x: np.sum(np.diff(x) ** 2), lambda x: np.sum(x[2:] * x[:-2])]
)
def test_inputs_that_are_too_short_for_a_slice_are_refused_with_its_line(function: Any) -> None:
    B = ew.trace(function, x=ew.tensor("n")).gradient()
    for graph in (B, B.simplify()):
        for run in (graph.evaluate, graph.compile(backend="numpy")):
            with pytest.raises(ShapeError, match=r"n - [12], which is -[12] for n = 0 .*test_empty_axes"):
                run(np.zeros(0))
            run(np.zeros(2))


@pytest.mark.parametrize(
    ("function", "least"),
    [
        (lambda x: np.sum(x[:-3] ** 2), 3), (lambda x: np.sum(x[-5:] ** 2), 5), (lambda x: np.sum(x[:5] ** 2), 5),
        (lambda x: x[3] * x[0], 4), (lambda x: np.sum(x[2:-2]), 4), (lambda x: np.sum(x[1:][2:] ** 2), 3),
        (lambda x: np.sum(np.pad(x, 2, "wrap") ** 2), 2), (lambda x: np.sum(np.pad(x, 3, "reflect")), 4),
        (lambda x: np.sum(x[:, None][:-2] * x[2:][None]), 2),
    ],
)  # fmt: skip
def test_a_slice_never_counts_beyond_the_other_end(function: Any, least: int) -> None:
    G = ew.trace(function, x=ew.tensor("n"))
    for graph in (G, G.gradient(), G.gradient().simplify()):
        for run in (graph.evaluate, graph.compile(backend="numpy")):
            for length in range(1, least + 3):
                x = np.arange(1.0, length + 1)
                if length < least:
                    with pytest.raises(ShapeError, match=r"for n = \d.*test_empty_axes"):
                        run(x)
                else:
                    run(x)
    assert G.compile()(np.arange(1.0, 8)) == pytest.approx(function(np.arange(1.0, 8)))
