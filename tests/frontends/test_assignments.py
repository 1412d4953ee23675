"""Arrays that are written into by steps, places and masks, and entries that are picked: as NumPy has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew
import peers
from edgewise.errors import EdgewiseError

RNG = np.random.default_rng(0)
X, V = RNG.normal(size=(6, 7)), RNG.normal(size=7)

WRITTEN = """
    y[::2] = v
    y[1::2] = v*2
    y[::2, 1::3] += 1
    y[:, ::-1] = v
    y[::-2] = v
    y[1:-1:2, 2:] = v[2:]
    y[:, [0, 2]] = v[:2]
    y[[0, 2]] = v
    y[:, [1, 1]] = v[:2]
    y[-1, ::2] = v[::2]
    y[0, 1:4:2] *= v[0]
    y[::3] = y[1::3]
    y[..., -1] = 2
    y[1:4][::2] = v
    y[::2][1] = v
    y[:, np.array([True, False, True, False, False, False, False])] = 3.0
    y[y > 0.5] = 0.5
    y[y < 0] *= 0.1
    y[(x > 0) & (x < 1)] = -1
    y.T[::2] = 1.0
    y[2:2] = v
    y[0] = v; y[1::2] = y[0]
    y[[0, 3], [1, 2]] = v[:2]
    y[1, [0, 2]] = v[:2]
    y[[4, 4], :] = v
    y[[2, 0], 1::3] = v[:2]
    y[np.ix_([0, 2], [1, 3])] += v[0]
    y[np.eye(6, 7, dtype=bool)] = 2.0
    y[np.eye(6, 7, dtype=bool)] = v[:6]
    y[np.triu_indices(6)] = 1.5
    y[2:5, None, 1] = 3.0
    y[::2] -= v[0]; y[1::2] /= 3
    y[:, 0], y[:, 1::2] = y[:, 1], 4.0
    y.flat[::3] = 1.0
    y.reshape(-1)[::5] = 2.0
    y.sort(); y[:, 1] *= 2
    y.sort(axis=0)
    y[1].sort(); y.T.sort()
    y[:, ::2].sort(0)
    y.partition(2); y.sort()
    np.put(y, [3, 9], v[:2])
    np.add.at(y, [1, 1, 0], v)
    np.add.at(y, [1, 1, 0], x[:3])
    np.add.at(y, [1, 1, 0], 1.0)
    np.add.at(y, (slice(None), [1, 1]), v[:2])
    np.subtract.at(y, ([1, 1, 0], [2, 2, 3]), v[:3])
    np.multiply.at(y, [1, 1], v)
    np.maximum.at(y, [0, 0], v)
"""
CASES = [line.strip() for line in WRITTEN.strip().splitlines()]
STARTS = {"copy": "y = x.copy()", "zeros": "y = np.zeros(x.shape)", "filled": "y = np.empty_like(x); y[...] = v"}
BY_NUMBER = {
    "y[::-2] = v", "y[::3] = y[1::3]", "y[[2, 0], 1::3] = v[:2]", "y[2:5, None, 1] = 3.0",
    "y[np.ix_([0, 2], [1, 3])] += v[0]", "y[np.eye(6, 7, dtype=bool)] = 2.0", "y[np.eye(6, 7, dtype=bool)] = v[:6]",
    "np.add.at(y, (slice(None), [1, 1]), v[:2])", "np.multiply.at(y, [1, 1], v)", "np.maximum.at(y, [0, 0], v)",
}  # fmt: skip
"""With names for dimensions these are refused: what fits is known by numbers only."""


def program(case: str, start: str) -> Callable[[Any, Any], Any]:
    space: dict[str, Any] = {"np": np}
    exec(f"def f(x, v):\n    {STARTS[start]}\n    {case}\n    return np.cos(y) * x[0, 0]", space)
    return space["f"]  # type: ignore[no-any-return]


@pytest.mark.parametrize("case", CASES)
def test_assignments_are_numpys(case: str) -> None:
    for start in STARTS:
        f = program(case, start)
        expected = f(X.copy(), V.copy())
        for declared in ({"x": ew.tensor(6, 7), "v": ew.tensor(7)}, {"x": (6, 7), "v": 7}):
            G = ew.trace(f, **declared)
            got = np.reshape([np.asarray(out) for out in G.evaluate(x=X, v=V).outputs], (6, 7))
            np.testing.assert_allclose(got, expected, rtol=0, atol=1e-13)


@pytest.mark.parametrize("case", CASES)
def test_with_names_for_dimensions_they_are_the_same_or_refused_in_one_line(case: str) -> None:
    f, declared = program(case, "copy"), {"x": ew.tensor("n", "d"), "v": ew.tensor("d")}
    if case in BY_NUMBER:
        with pytest.raises(EdgewiseError) as caught:
            ew.trace(f, **declared)
        assert "\n" not in str(caught.value)
        assert caught.value.hint and caught.value.line
        return
    np.testing.assert_allclose(ew.trace(f, **declared).evaluate(x=X, v=V).result, f(X.copy(), V.copy()), atol=1e-13)


def slope(f: Callable[[Any], Any], at: Any) -> Any:
    steps = 1e-6 * np.eye(at.size).reshape(-1, *at.shape)
    return np.reshape([(f(at + h) - f(at - h)) / 2e-6 for h in steps], at.shape)


@pytest.mark.parametrize("case", ["y[::2, 1::3] += v[:2]", "y[:, ::-1] = v*x", "y[[1, 1, 4]] = x[:3]**2"])
def test_slopes_through_assignments(case: str) -> None:
    f = program(case, "copy")
    got = ew.grad(lambda x: np.sum(f(x, V)))(X)
    np.testing.assert_allclose(got, slope(lambda x: np.sum(f(x.copy(), V)), X), atol=1e-7)


PICKED: dict[str, Callable[[Any], Any]] = {
    "of an argmax": lambda x: x[np.argmax(x)],
    "of an order": lambda x: x[np.argsort(x)[2]],
    "by take": lambda x: np.take(x, 3),
    "of two argmaxes": lambda x: np.reshape(x, (3, 2))[np.argmax(x[:3]), np.argmin(x[:2])],
    "a row": lambda x: np.reshape(x, (3, 2))[np.argmax(x[:3])].sum(),
    "by numbers": lambda x: x[np.array(2)] + x[-1],
}


@pytest.mark.parametrize("backend", ["numpy", "jax", "torch", "python", "llvm", "c"])
def test_a_picked_entry_has_slope_one(backend: str) -> None:
    peers.available(backend)
    for name, f in PICKED.items():
        _, got = ew.trace(f, x=ew.tensor(6)).gradient().simplify().compile(backend=backend)(V[:6])
        np.testing.assert_allclose(np.asarray(got), slope(f, V[:6]), atol=1e-8, err_msg=name)


LENGTHS = (
    "np.sqrt(1/len(x))", "np.log(2*x.shape[0] + 1)", "np.exp(-1/len(x))", "np.sin(2*np.pi/len(x))",
    "np.maximum(len(x), 3)", "(np.sqrt(len(x))*np.ones(3)).sum()", "(np.arange(3)/len(x)).sum()",
    "(np.array([1.0, 2.0])*len(x)).sum()", "((1/len(x))*np.eye(2)).sum()", "np.sqrt(np.prod(x.shape))",
    "np.array([len(x), 1/len(x)]).sum()", "np.dot(np.ones(2), [1/len(x), 3])", "np.arange(0, len(x), 2).sum()",
    "np.arange(len(x) - 1, -1, -3).sum()", "np.tile(x, (len(x), 1)).sum()", "np.repeat(x[0], x.shape[0]).sum()",
    "math.sqrt(1/len(x))",
)  # fmt: skip


@pytest.mark.parametrize("backend", ["numpy", "jax", "torch"])
def test_lengths_are_numbers_in_arithmetic(backend: str) -> None:
    import math

    peers.available(backend)
    for text in LENGTHS:
        f = eval(f"lambda x: ({text})*np.sum(x)", {"np": np, "math": math})
        got = ew.trace(f, x=ew.tensor("n")).compile(backend=backend)(V)
        assert float(got) == pytest.approx(float(f(V)), rel=1e-13), text


@pytest.mark.parametrize(("text", "remedy"), [
    ("float(len(x))*x", "write n itself"), ("round(len(x)/2)*x", "n//2"), ("int(len(x)/2)*x", "n//2"),
    ("reduce(np.hypot, x)", "np.add.reduce"), ("np.vectorize(abs)(x)", "whole array"),
    ("np.apply_along_axis(np.sum, 1, x[:, None])", "axis="),
])  # fmt: skip
def test_refusals_of_named_lengths_say_what_to_write(text: str, remedy: str) -> None:
    from functools import reduce

    f = eval(f"lambda x: {text}", {"np": np, "reduce": reduce})
    with pytest.raises(EdgewiseError, match=remedy.replace("(", r"\(")) as caught:
        ew.trace(f, x=ew.tensor("n"))
    assert "\n" not in str(caught.value)
