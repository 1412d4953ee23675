"""Batches: a compiled function of scalars is a ufunc in all but name."""

from __future__ import annotations

import itertools
import math
import threading
from typing import Any

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from native_tiers import interpreted

import edgewise as ew
import oracles
from edgewise.errors import InputError, ShapeError
from edgewise.lower.llvm import compiled_llvm as llvm
from edgewise.lower.llvm import llvm_loop
from edgewise.lower.llvm.compiled_llvm import NativeCompiled
from edgewise.lower.llvm.llvm_machine import machine

G = ew.parse("sin(x)*y + exp(-x*y)", inputs=["x", "y"]).gradient().simplify()
FAST = G.compile()
SLOW = interpreted(G)
NUMPY = G.compile("numpy")


@pytest.fixture(autouse=True, scope="module")
def optimised() -> None:
    assert isinstance(FAST, NativeCompiled)
    FAST.wait()


def same(a: Any, b: Any, relative: float = 1e-13) -> None:
    if isinstance(a, tuple):
        assert len(a) == len(b)
        for u, v in zip(a, b):
            same(u, v, relative)
        return
    assert np.shape(a) == np.shape(b)
    np.testing.assert_allclose(a, b, rtol=relative, atol=relative)


VARIANTS = (
    lambda a: a,
    lambda a: a[..., ::-1] if a.ndim else a,
    lambda a: a[::-1] if a.ndim else a,
    lambda a: np.asfortranarray(a),
    lambda a: np.repeat(np.repeat(a, 2, axis=-1), 2, axis=0)[::2, ..., ::2] if a.ndim > 1 else a,
    lambda a: np.broadcast_to(a, (2, *a.shape)),
    lambda a: a.astype(">f8"),
    lambda a: np.frombuffer(b"x" + a.tobytes(), dtype=float, offset=1).reshape(a.shape) if a.size else a,  # unaligned
    lambda a: (a * 10).astype(int),
    lambda a: a.tolist(),
)


@given(
    shapes=hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=11, min_side=0),
    first=st.sampled_from(VARIANTS),
    second=st.sampled_from(VARIANTS),
)
@settings(deadline=None, max_examples=150)
def test_arrays_of_every_kind_broadcast(shapes: Any, first: Any, second: Any) -> None:
    rng = np.random.default_rng(0)
    x, y = (rng.uniform(-2, 2, shape) for shape in shapes.input_shapes)
    args = first(x), second(y)
    try:
        expected = NUMPY(*args)
    except ShapeError:
        with pytest.raises(ShapeError, match="that broadcast"):
            FAST(*args)
        return
    for f in (FAST, SLOW):
        same(f(*args), expected)


@pytest.mark.parametrize("points", [1, 7, 8, 9, 16, 1003])
def test_every_length_of_the_last_lanes(points: int) -> None:
    x, y = np.linspace(-1, 1, points), np.linspace(2, 1, points)
    guarded = np.full(points + 16, 9.0)
    out = (guarded[8:-8], (np.empty(points), np.empty(points)))
    for f in (FAST, SLOW):
        guarded[:] = 9.0
        assert f(x, y, out=out) is out
        same(out, NUMPY(x, y))
        assert (guarded[:8] == 9.0).all() and (guarded[-8:] == 9.0).all()  # nothing is written beside


def test_single_precision() -> None:
    x = np.linspace(-1, 1, 100, dtype=np.float32)
    value, (dx, dy) = FAST(x, 2.0)
    assert {value.dtype, dx.dtype, dy.dtype} == {np.dtype(np.float32)}
    exact = NUMPY(x.astype(float), 2.0)
    same((value, (dx, dy)), exact, 1e-7)
    assert np.array_equal(value, exact[0].astype(np.float32))  # rounded once, at the end
    assert FAST(x, np.float64(2.0))[0].dtype == np.float64
    assert FAST(x, np.ones(100))[0].dtype == np.float64
    assert FAST(x[::-3], x[0])[0].dtype == np.float32
    out = (np.empty(100, "f4"), (np.empty(100, "f4")[::-1], np.empty(200, "f4")[::2]))
    same(FAST(x, 2.0, out=out), exact, 1e-6)


def test_out_may_be_strided_or_transposed() -> None:
    x = np.arange(12.0).reshape(3, 4) / 10
    for out in (
        (np.empty((3, 8))[:, ::2], (np.empty((4, 3)).T, np.empty((3, 4))[::-1])),
        (np.empty((3, 4, 2))[..., 1], (np.empty((3, 4)), np.empty((6, 4))[1::2])),
    ):
        same(FAST(x, x.T.reshape(3, 4), out=out), NUMPY(x, x.T.reshape(3, 4)))
    one = (np.empty(()), (np.empty(()), np.empty(())))
    same(FAST(1.0, 2.0, out=one), NUMPY(1.0, 2.0))


X = np.ones(10)
BAD_OUT = [
    (lambda: np.empty(10), InputError, "out is not a tuple of 2"),
    (lambda: (np.empty(10), np.empty(10)), InputError, r"out\[1\] is not a tuple of 2"),
    (lambda: (np.empty(10), ([0.0] * 10, np.empty(10))), InputError, r"out\[1\]\[0\] is a list"),
    (
        lambda: (np.empty(9), (np.empty(10), np.empty(10))),
        ShapeError,
        r"shape \(9,\); the result has the shape \(10,\)",
    ),
    (lambda: (np.empty((10, 1)), (np.empty(10), np.empty(10))), ShapeError, "the result has the shape"),
    (lambda: (np.empty(10, "f4"), (np.empty(10), np.empty(10))), InputError, "array 0 of out has the type float32"),
    (lambda: (np.empty(10), (np.empty(10, int), np.empty(10))), InputError, "array 1 of out has the type int64"),
    (lambda: (np.empty(10, ">f8"), (np.empty(10), np.empty(10))), InputError, "array 0 of out has the type >f8"),
    (lambda: (np.broadcast_to(1.0, 10), (np.empty(10), np.empty(10))), InputError, "read-only|broadcast"),
    (lambda: (X, (np.empty(10), np.empty(10))), InputError, "array 0 of out shares memory with an input"),
    (lambda: (a := np.empty(10), (a, np.empty(10))), InputError, "array 0 of out shares memory with array 1 of out"),
    (
        lambda: (a := np.empty(12), (a[2:], np.empty(10))) and (a[:10], (a[2:], np.empty(10))),
        InputError,
        "shares memory",
    ),
    (
        lambda: (np.lib.stride_tricks.as_strided(np.empty(1), (10,), (0,)), (np.empty(10), np.empty(10))),
        InputError,
        "its entries share memory",
    ),
    (
        lambda: (np.frombuffer(bytearray(81), offset=1), (np.empty(10), np.empty(10))),
        InputError,
        "not aligned",
    ),
]


@pytest.mark.parametrize(("make", "error", "message"), BAD_OUT)
def test_an_out_that_does_not_fit_is_refused(make: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        FAST(X, 2.0, out=make())
    assert (X == 1.0).all()


def test_other_bad_input() -> None:
    for threads in (-1, 1.5, "two", True):
        with pytest.raises(InputError, match="threads is"):
            FAST(X, 2.0, threads=threads)
    with pytest.raises(ShapeError, match=r"shapes \(10,\), \(9,\)"):
        FAST(X, np.ones(9))
    with pytest.raises(InputError, match="of type ndarray"):
        FAST(X, np.ones(10, dtype=complex))
    with pytest.raises(InputError, match="does not have the keys"):
        ew.graph({"a": ew.symbols("x")}).compile()(X, out={"b": np.empty(10)})


def test_named_and_nested_out() -> None:
    x = ew.symbols("x")
    f = ew.graph({"a": [x, 2 * x], "b": (x * x,)}).compile()
    out = {"b": (np.empty(3),), "a": [np.empty(3), np.empty(3)]}
    assert f(np.arange(3.0), out=out) is out
    assert (out["a"][1].tolist(), out["b"][0].tolist()) == ([0.0, 2.0, 4.0], [0.0, 1.0, 4.0])
    assert f(np.arange(2.0))["a"][1].tolist() == [0.0, 2.0]


def test_inputs_called_out_and_threads() -> None:
    f = ew.parse("out*2 + threads", inputs=["out", "threads"]).compile()
    assert f(1.0, 5.0) == f(out=1.0, threads=5.0) == f(1.0, threads=5.0) == 7.0


def test_groups_stay_as_they_are_while_scalars_broadcast() -> None:
    H = ew.trace(lambda w, s: [w * s, np.sum(w) * s], w=(2, 2), s=()).jacobian().simplify()
    f, g = H.compile(), H.compile("numpy")
    w, s = np.arange(4.0).reshape(2, 2), np.linspace(0, 1, 21).reshape(3, 7)
    ours, theirs = f(w, s), g(w, s)
    assert ours[0][0].shape == (3, 7, 2, 2)
    same(tuple(ours[0]), tuple(theirs[0]))
    for u, v in itertools.chain.from_iterable(zip(a, b) for a, b in zip(ours[1], theirs[1])):
        same(u, v)


def test_nan_and_infinity_flow_through() -> None:
    x = np.array([np.nan, np.inf, -np.inf, 0.0, -0.0, 1e308, 5e-324])
    for f in (FAST, SLOW):
        with np.errstate(all="ignore"):
            np.testing.assert_array_equal(np.isfinite(f(x, 2.0)[0]), np.isfinite(NUMPY(x, 2.0)[0]))
        assert math.isnan(f(x, 2.0)[0][0])


@pytest.mark.parametrize("threads", [1, 2, 3, 0])
def test_threads_share_a_batch(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llvm_loop, "WORTH", 10_000)
    n = 40_001
    x, y = np.linspace(-2, 2, n), np.linspace(1, 3, n)[::-1]
    alone = FAST(x, y)
    assert np.array_equal(alone[0], FAST(x, y, threads=threads)[0])
    found: list[Any] = [None] * 4

    def work(k: int) -> None:
        found[k] = FAST(x, y, threads=threads)

    workers = [threading.Thread(target=work, args=(k,)) for k in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    for result in found:
        assert np.array_equal(result[1][0], alone[1][0])


def test_python_runs_while_a_batch_does() -> None:
    x = np.linspace(0, 1, 2_000_000)
    out = (np.empty_like(x), (np.empty_like(x), np.empty_like(x)))
    ticks, stop = [0], threading.Event()

    def tick() -> None:
        while not stop.is_set():
            ticks[0] += 1

    worker = threading.Thread(target=tick)
    worker.start()
    try:
        passed = []
        for _ in range(20):
            kernel, numbers = FAST.vector_kernel(), FAST.vectors()
            before = ticks[0]
            FAST(x, 2.0, out=out)
            passed.append(ticks[0] - before)
            FAST.release(numbers)
            assert kernel[0]
    finally:
        stop.set()
        worker.join()
    assert sorted(passed)[15] > 0  # not always: other processes may have the processor


def test_vector_functions_are_accurate() -> None:
    # libmvec's functions are documented to 4 units in the last place; ours of them to a few more.
    rng = np.random.default_rng(2)
    for formula, low, high in [
        ("exp(x)", -700, 700), ("log(x)", 1e-300, 1e300), ("log(x)", 0.5, 2), ("sin(x)", -30, 30), ("cos(x)", -9, 9),
        ("tanh(x)", -3, 3), ("erf(x)", -4, 4), ("erfc(x)", -2, 20), ("atan(x)", -9, 9), ("expm1(x)", -1, 1),
        ("log1p(x)", -0.9, 3), ("sinh(x)", -9, 9), ("acosh(x)", 1, 9), ("cbrt(x)", -9, 9), ("x**1.7", 0, 99),
        ("sigmoid(x)", -30, 30), ("softplus(x)", -30, 30),
    ]:  # fmt: skip
        H = ew.parse(formula)
        f = H.compile()
        x = rng.uniform(low, high, 256)
        got = f.wait()(x)
        with mp.workdps(40):
            exact = [oracles.mp_evaluate(H.tape, [v])[H.outputs[0]] for v in x.tolist()]
            errors = [
                abs((mp.mpf(g) - e) / mp.mpf(float(np.spacing(abs(float(e)))))) for g, e in zip(got.tolist(), exact)
            ]
        assert max(errors) < 8, (formula, float(max(errors)))


def test_black_scholes_against_sympy_in_high_precision() -> None:
    import sympy as sp

    S, K, r, v, T = sp.symbols("S K r sigma T", positive=True)
    d1 = (sp.log(S / K) + (r + v**2 / 2) * T) / (v * sp.sqrt(T))

    def normal(z: Any) -> Any:
        return (1 + sp.erf(z / sp.sqrt(2))) / 2

    price = S * normal(d1) - K * sp.exp(-r * T) * normal(d1 - v * sp.sqrt(T))
    H = ew.graph(price, inputs=["S", "K", "r", "sigma", "T"]).gradient().simplify()
    f = H.compile()
    rng = np.random.default_rng(5)
    a = [rng.uniform(lo, hi, 40) for lo, hi in ((80, 120), (80, 120), (0, 0.1), (0.1, 0.5), (0.2, 2))]
    value, gradient = f.wait()(*a)
    exact = [sp.lambdify((S, K, r, v, T), e, "mpmath") for e in (price, *(sp.diff(price, z) for z in (S, K, r, v, T)))]
    for k in range(40):
        point = [mp.mpf(float(column[k])) for column in a]
        with mp.workdps(30):
            for got, e in zip((value, *gradient), exact):
                assert float(got[k]) == pytest.approx(float(e(*point)), rel=1e-12, abs=1e-11)


def test_operations_of_other_vector_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    # As on a platform without libmvec, and on processors with shorter vectors.
    from edgewise.lower.llvm.llvm_rows import VectorLibrary

    engine, x = machine(), np.linspace(0.1, 0.9, 50)
    H = ew.parse("exp(x)*atan2(x, 2) + erfc(x)**x + gamma(x)")
    expected = H.compile("numpy")(x)
    found = engine.libraries["double"]
    names = found.names if found else frozenset()
    choices: list[VectorLibrary | None] = [None]
    if found:
        choices += [VectorLibrary("_ZGVdN4", 4, names), VectorLibrary("_ZGVbN2", 2, names)]
    for library in choices:
        monkeypatch.setitem(engine.libraries, "double", library)
        same(H.compile().wait()(x), expected)


# --- past one machine -------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.peer
def test_dask_maps_it_over_blocks() -> None:
    da = pytest.importorskip("dask.array", reason="dask is not installed")
    f = ew.parse("sin(x)*y + exp(-x*y)", inputs=["x", "y"]).compile()
    x = np.linspace(0, 1, 1000).reshape(10, 100)
    blocks = da.from_array(x, chunks=(5, 30))
    expected = np.sin(x) * 2 + np.exp(-2 * x)
    for scheduler in ("threads", "processes"):
        lazy = da.map_blocks(f, blocks, 2.0, dtype=float)
        same(lazy.compute(scheduler=scheduler), expected)
    g = G.compile()

    def stacked(x: Any, y: Any) -> Any:
        value, derivatives = g(x, y)
        return np.stack((value, *derivatives), axis=-1)

    lazy = da.apply_gufunc(stacked, "(),()->(k)", blocks, blocks, output_sizes={"k": 3}, output_dtypes=float)
    value, derivatives = NUMPY(x, x)
    same(lazy.compute(scheduler="threads"), np.stack((value, *derivatives), axis=-1))


@pytest.mark.peer
def test_xarray_applies_it() -> None:
    xr = pytest.importorskip("xarray", reason="xarray is not installed")
    x = xr.DataArray(np.linspace(0, 1, 12).reshape(3, 4), dims=("a", "b"))
    y = xr.DataArray(np.linspace(1, 2, 4), dims=("b",))
    f = ew.parse("sin(x)*y + exp(-x*y)", inputs=["x", "y"]).compile()
    result = xr.apply_ufunc(f, x, y)
    assert result.dims == ("a", "b")
    same(result.values, NUMPY(x.values, y.values)[0])


def test_large_graphs_are_interpreted_in_batches_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llvm, "LIMIT", 1)
    f = G.compile()
    f.wait()
    same(f(X, 2.0), NUMPY(X, 2.0))
    assert f.vector_kernel()[0] == machine().interpreter(8)
