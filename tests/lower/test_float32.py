"""Graphs computed in single precision throughout: compile(dtype="float32")."""

from __future__ import annotations

import pickle
import warnings
from typing import Any

import numpy as np
import pytest
from native_tiers import flat

import edgewise as ew
from edgewise.errors import InputError, LoweringError
from edgewise.lower.llvm.llvm_rows import CALLED, POINTERS
from edgewise.ops import TABLE

SERVED = [
    op
    for op in TABLE
    if op.args and not op.parameter and op.name not in CALLED and op.name not in POINTERS and op.arity <= 2
]
POINTS = np.array([-2.5, -0.75, 0.3, 0.6, 0.9, 1.25, 3.0, 11.0], dtype=np.float32)


def tiers(graph: ew.Graph) -> list[Any]:
    slow, fast = graph.compile(dtype="float32"), graph.compile(dtype="float32")
    return [slow, fast.wait()]


@pytest.mark.parametrize("op", SERVED, ids=lambda op: op.name)
def test_every_operation_is_the_value_in_doubles_rounded(op: Any) -> None:
    names = ["x", "y"][: op.arity]
    call = getattr(ew, op.name, None)
    graph = ew.trace(lambda *args: call(*args), *names) if call else None
    if graph is None:
        pytest.skip("written as an operator")
    mesh = np.meshgrid(*[POINTS] * op.arity)
    args = [m.ravel() for m in mesh]
    with np.errstate(all="ignore"):
        expected = np.asarray(op.value(*(a.astype(float) for a in args)), dtype=float)
    usual = np.isfinite(expected) & (np.abs(expected) < 1e30) & ((np.abs(expected) > 1e-30) | (expected == 0))
    for f in tiers(graph):
        got = f(*args)
        assert got.dtype == np.float32
        np.testing.assert_allclose(got[usual], expected[usual], rtol=2e-6, atol=1e-7)
        assert (np.isnan(got) == np.isnan(expected)).all()
        k = int(np.flatnonzero(usual)[0]) if usual.any() else 0
        one = f(*(a[k] for a in args))
        assert type(one) is np.float32
        np.testing.assert_allclose(one, expected[k], rtol=2e-6, atol=1e-7)


def test_arithmetic_is_that_of_numpys_float32_to_the_bit() -> None:
    def formula(x: Any, y: Any, z: Any) -> Any:
        return ((x + y) * z - x / y) * np.sqrt(y) - (x * x - z / 3)

    rng = np.random.default_rng(0)
    x, y, z = (rng.uniform(0.1, 2.0, 1003).astype(np.float32) for _ in range(3))
    third = np.float32(3)
    expected = ((x + y) * z - x / y) * np.sqrt(y) - (x * x - z / third)
    for f in tiers(ew.trace(formula, "x", "y", "z")):
        np.testing.assert_array_equal(f(x, y, z), expected)
        assert f(x[0], y[0], z[0]) == expected[0]
        np.testing.assert_array_equal(f(x, y, z, threads=2), expected)
        strided = np.stack((x, y, z), axis=1)
        np.testing.assert_array_equal(f(strided[:, 0], strided[:, 1], strided[:, 2]), expected)
        np.testing.assert_array_equal(f(x, y[0], z), ((x + y[0]) * z - x / y[0]) * np.sqrt(y[0]) - (x * x - z / third))
        out = np.zeros(1003, dtype=np.float32)
        assert f(x, y, z, out=out) is out
        np.testing.assert_array_equal(out, expected)
        with pytest.raises(InputError, match="float64; the results of these inputs are of type float32"):
            f(x, y, z, out=np.zeros(1003))


@pytest.mark.parametrize("n", [1, 15, 16, 40])
@pytest.mark.parametrize("points", [1, 16, 50])
def test_groups_of_any_size(n: int, points: int) -> None:
    graph = ew.trace(lambda w: np.sum(w * w) / 2, w=n).gradient().simplify()
    w = np.random.default_rng(1).uniform(-1, 1, (points, n)).astype(np.float32)
    for f in tiers(graph):
        value, gradient = f(w)
        assert value.dtype == gradient.dtype == np.float32
        np.testing.assert_allclose(value, np.sum(w * w, axis=1) / 2, rtol=1e-5)
        np.testing.assert_allclose(gradient, w, rtol=1e-6)
        np.testing.assert_allclose(f(w[0])[1], w[0], rtol=1e-6)


def test_any_input_is_rounded_and_any_result_is_of_single_precision() -> None:
    f = ew.parse("x*y + 0.1").gradient().compile(dtype="float32")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for args in ((0.1, 3), (np.float64(0.1), 3.0), (np.float32(0.1), True)):
            found = flat(f(*args))
            assert found == [float(np.float32(v)) for v in found]
        assert f(1e300, 1.0)[0] == np.inf
        assert (f(np.array([1e300, 1.0]), 1.0)[0] == [np.inf, np.float32(1.1)]).all()
    copy = pickle.loads(pickle.dumps(f))
    assert flat(copy(0.3, 0.7)) == flat(f(0.3, 0.7))
    bound = f.buffers()
    bound.inputs["x"][...], bound.inputs["y"][...] = 0.3, 0.7
    bound()
    assert bound.results.dtype == np.float32
    assert bound.results.tolist() == flat(f(0.3, 0.7))


def test_a_graph_of_many_parts() -> None:
    x = ew.symbols("x")
    e = x
    for k in range(600):
        e = ew.sin(e) * x + ew.cos(e) * (k % 3) / 4
    graph = ew.graph(e)
    slow, fast = tiers(graph)
    points = np.linspace(-1.0, 1.0, 37, dtype=np.float32)
    np.testing.assert_allclose(fast(points), slow(points), rtol=1e-6)


def test_what_does_not_compute_in_single_precision_says_so() -> None:
    with pytest.raises(LoweringError, match="gamma is not computed in single precision"):
        ew.parse("gamma(x)").compile(dtype="float32")
    for backend in ("numpy", "python", "c", "jax"):
        with pytest.raises(LoweringError, match="computes in doubles"):
            ew.parse("x*y").compile(backend, dtype="float32")
    with pytest.raises(LoweringError, match=r"no precision 'half'; use \"float64\" or \"float32\""):
        ew.parse("x*y").compile(dtype="half")
    with pytest.raises(LoweringError, match="tensors"):
        ew.parse("x @ A @ x", shapes="x: n; A: n,n").compile(dtype="float32")
    for single in ("float32", np.float32, np.dtype("f4")):
        f = ew.parse("x @ A @ x", shapes="x: n; A: n,n").compile("llvm", dtype=single, n=2)
    assert f([1.0, 2.0], [[1.0, 0.0], [0.0, 3.0]]).dtype == np.float32
