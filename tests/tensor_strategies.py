"""Random tensor graphs with sharing: programs in NumPy's own functions, run on tensors, arrays and JAX alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st

Step = tuple[str, Callable[..., Any], tuple[int, ...]]

N, D = 3, 2
SHAPES = {"X": (N, D), "A": (D, D), "w": (D,), "y": (N,), "c": ()}
NAMED = {"X": ("n", "d"), "A": ("d", "d"), "w": ("d",), "y": ("n",), "c": ()}


def _rules() -> list[tuple[str, tuple[Any, ...], Callable[..., Any], Any]]:
    """(name, shapes of the arguments, function, shape of the result); shapes in letters n and d."""
    nd, dd, d, n, one = ("n", "d"), ("d", "d"), ("d",), ("n",), ()
    rows: list[tuple[str, tuple[Any, ...], Callable[..., Any], Any]] = [
        ("X @ w", (nd, d), lambda xp, a, b: a @ b, n),
        ("X.T @ y", (nd, n), lambda xp, a, b: a.T @ b, d),
        ("X @ A", (nd, dd), lambda xp, a, b: a @ b, nd),
        ("X.T @ X", (nd, nd), lambda xp, a, b: a.T @ b, dd),
        ("A @ A", (dd, dd), lambda xp, a, b: a @ b, dd),
        ("A.T", (dd,), lambda xp, a: a.T, dd),
        ("A @ w", (dd, d), lambda xp, a, b: a @ b, d),
        ("w @ w", (d, d), lambda xp, a, b: a @ b, one),
        ("outer", (n, d), lambda xp, a, b: xp.outer(a, b), nd),
        ("diag", (d,), lambda xp, a: xp.diag(a), dd),
        ("diagonal", (dd,), lambda xp, a: xp.diag(a), d),
        ("trace", (dd,), lambda xp, a: xp.trace(a), one),
        ("sum rows", (nd,), lambda xp, a: xp.sum(a, axis=1), n),
        ("sum columns", (nd,), lambda xp, a: xp.sum(a, axis=0), d),
        ("mean", (nd,), lambda xp, a: xp.mean(a), one),
        ("scale rows", (nd, n), lambda xp, a, b: a * b[:, None], nd),
        ("scale columns", (nd, d), lambda xp, a, b: a * b, nd),
        ("divide", (nd, d), lambda xp, a, b: a / (2 + b * b), nd),
        ("add a row", (nd, d), lambda xp, a, b: a - b, nd),
        ("add a number", (nd, one), lambda xp, a, b: a + b, nd),
        ("cumsum", (nd,), lambda xp, a: xp.cumsum(a, axis=0), nd),
        ("reshape", (nd,), lambda xp, a: a.reshape(a.shape[::-1]).T, nd),
        ("swap axes", (nd, dd), lambda xp, a, b: xp.swapaxes(a, 0, 1).T @ b, nd),
        ("log of det", (dd,), lambda xp, a: xp.linalg.slogdet(a.T @ a + 2 * xp.diag(xp.diag(a) * 0 + 1))[1], one),
        ("exp", (nd,), lambda xp, a: xp.exp(-a * a), nd),
        ("reverse", (n,), lambda xp, a: a[::-1], n),
        ("inv", (dd,), lambda xp, a: xp.linalg.inv(a.T @ a + 2 * xp.diag(xp.diag(a) * 0 + 1)), dd),
        ("solve", (dd, d), lambda xp, a, b: xp.linalg.solve(a.T @ a + xp.diag(xp.diag(a) * 0 + 2), b), d),
        ("norm", (d,), lambda xp, a: xp.linalg.norm(a), one),
        ("max", (nd,), lambda xp, a: xp.max(a, axis=1), n),
        ("einsum", (nd, dd, n), lambda xp, a, b, c: xp.einsum("ij,jk,i->k", a, b, c), d),
    ]
    for shape in (nd, dd, d, n, one):
        rows += [
            ("add", (shape, shape), lambda xp, a, b: a + b, shape),
            ("sub", (shape, shape), lambda xp, a, b: a - b, shape),
            ("mul", (shape, shape), lambda xp, a, b: a * b, shape),
            ("tanh", (shape,), lambda xp, a: xp.tanh(a), shape),
            ("double", (shape,), lambda xp, a: 2 * a, shape),
            ("square", (shape,), lambda xp, a: a**2 / 3, shape),
        ]
    return rows


RULES = _rules()


@st.composite
def programs(draw: st.DrawFn, most: int = 9) -> Callable[..., Any]:
    """A function of (xp, X, A, w, y, c) to a scalar; every value may be read by several later steps."""
    shapes: list[Any] = [NAMED[name] for name in SHAPES]
    steps: list[tuple[Callable[..., Any], tuple[int, ...]]] = []
    for _ in range(draw(st.integers(2, most))):
        fitting = [row for row in RULES if all(shape in shapes for shape in row[1])]
        _, wanted, function, result = draw(st.sampled_from(fitting))
        # Later values are preferred, so that graphs grow deep and not only wide.
        given = tuple(
            draw(st.sampled_from([k for k, shape in enumerate(shapes) if shape == need][-3:])) for need in wanted
        )
        steps.append((function, given))
        shapes.append(result)

    def program(xp: Any, *inputs: Any) -> Any:
        values = list(inputs)
        for function, given in steps:
            values.append(function(xp, *(values[k] for k in given)))
        return xp.sum(xp.tanh(values[-1])) + xp.sum(values[len(values) // 2] * 0.5)

    return program


def inputs(seed: int) -> list[np.ndarray]:
    """Values for the inputs of a program."""
    rng = np.random.default_rng(seed)
    return [rng.uniform(0.2, 1.0, shape) * rng.choice([-1.0, 1.0], shape) for shape in SHAPES.values()]
