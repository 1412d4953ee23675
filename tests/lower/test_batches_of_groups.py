"""Axes in front of the inputs' own: groups and tensors over a batch equal a loop over its points, on every back end."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from native_tiers import interpreted

import edgewise as ew
from edgewise.errors import InputError, LoweringError, ShapeError
from edgewise.lower.llvm import llvm_loop
from edgewise.lower.llvm.compiled_llvm import NativeCompiled
from lower.test_backends import EACH
from peers import available

G = ew.trace(
    lambda w, M, s: {"a": [np.sum(np.sin(w) * s) + M[0, 1], M * 2.0], "b": (w[0] * M[1, 1], s)}, w=3, M=(2, 2), s=()
)
ONE = ew.trace(lambda w, s: np.sum(np.exp(w * s)) + w[1] * 2, w=3, s=())
GRAPHS = {
    "values": G,
    "jacobian": G.jacobian().simplify(),
    "written": ONE.gradient(),
    "gradient": ONE.gradient().simplify(),
    "hessian": ONE.hessian().simplify(),
    "coo": ew.trace(lambda w, s: [w[0] * s, w[1] * w[2], s], w=3, s=()).jacobian(sparse="coo").simplify(),
    "dense": ew.trace(lambda w, s: [w[0] * s, w[1] * w[2], s], w=3, s=()).jacobian(sparse="dense").simplify(),
}
RNG = np.random.default_rng(0)
VALUES = {"w": RNG.normal(size=(5, 1, 3)), "M": RNG.normal(size=(4, 2, 2)), "s": RNG.normal(size=(5, 4))}


def leaves(value: Any) -> Iterator[Any]:
    """The arrays and numbers of results; the places of a sparse matrix aside."""
    if isinstance(value, dict):
        value = tuple(value[key] for key in sorted(value))
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from leaves(item)
    elif np.asarray(value).dtype.kind == "f":
        yield np.asarray(value)


def point(values: dict[str, Any], shapes: dict[str, tuple[int, ...]], place: tuple[int, ...]) -> dict[str, Any]:
    """The inputs at one point of a batch."""
    whole = {n: np.broadcast_to(v, (5, 4, *shapes[n])) for n, v in values.items()}
    return {n: v[place] if shapes[n] else float(v[place]) for n, v in whole.items()}


def agrees(f: Callable[..., Any], values: dict[str, Any], shapes: dict[str, tuple[int, ...]]) -> None:
    """Over the batch (5, 4), the results are those of a loop over its points."""
    found = list(leaves(f(**values)))
    for place in itertools.product(range(0, 5, 2), range(4)):
        alone = list(leaves(f(**point(values, shapes, place))))
        assert [a.shape for a in found] == [(5, 4, *b.shape) for b in alone]
        for a, b in zip(found, alone, strict=True):
            np.testing.assert_allclose(a[place], b, rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("name", GRAPHS)
@pytest.mark.parametrize("backend", EACH)
def test_groups_over_a_batch(backend: str, name: str) -> None:
    available(backend)
    if backend == "jax" and name not in ("values", "gradient", "coo", "dense"):
        pytest.skip("XLA takes seconds for each")
    H = GRAPHS[name]
    if name == "dense" and backend in ("jax", "torch"):
        with pytest.raises(LoweringError, match='sparse="coo"'):
            H.compile(backend)
        return
    f = H.compile(backend)
    shapes = {p.name: p.shape for p in H.parameters}
    values = {n: VALUES[n] for n in shapes if n in VALUES}
    if "M" not in values:
        values["w"] = np.broadcast_to(values["w"], (5, 4, 3)).copy()
    agrees(f, values, shapes)
    agrees(f, {**values, "s": VALUES["s"][0]}, shapes)
    if backend == "jax":
        return  # each shape is compiled
    agrees(f, {n: np.asfortranarray(v) for n, v in values.items()}, shapes)
    read_only = {n: v.copy() for n, v in values.items()}
    for array in read_only.values():
        array.flags.writeable = False
    agrees(f, read_only, shapes)
    empty = list(leaves(f(**{n: v[:0] if v.shape[0] == 5 else v for n, v in values.items()})))
    alone = list(leaves(f(**point(values, shapes, (0, 0)))))
    assert [a.shape for a in empty] == [(0, 4, *b.shape) for b in alone]


VARIANTS = {
    "as it is": lambda a: a,
    "turned": lambda a: a[::-1, ..., ::-1],
    "by columns": lambda a: np.asfortranarray(a),
    "every second": lambda a: np.repeat(a, 2, axis=-1)[..., ::2],
    "the other way round": lambda a: np.moveaxis(np.moveaxis(a, -1, 0).copy(), 0, -1),
    "broadcast": lambda a: np.broadcast_to(a[:1], a.shape),
    "other bytes": lambda a: a.astype(">f8"),
    "whole numbers": lambda a: (a * 10).astype(np.int16),
    "truth": lambda a: a > 0,
    "lists": lambda a: a.tolist(),
    "unaligned": lambda a: np.frombuffer(b"x" + a.tobytes(), dtype=float, offset=1).reshape(a.shape),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_native_code_reads_arrays_of_every_kind(variant: str) -> None:
    S = ONE.gradient().simplify()
    w, s = VARIANTS[variant](RNG.normal(size=(5, 19, 3))), RNG.normal(size=19)
    expected = list(leaves(S.compile("numpy")(w, s)))
    fast = S.compile()
    assert isinstance(fast, NativeCompiled)
    for f in (interpreted(S), fast, fast.wait()):
        for a, b in zip(leaves(f(w, s)), expected, strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-13)


@pytest.mark.parametrize("points", [1, 7, 8, 9, 17, 1003])
def test_native_code_writes_into_given_arrays_and_shares_a_batch(points: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llvm_loop, "WORTH", 1000)
    f = ONE.gradient().simplify().compile()
    w, s = RNG.normal(size=(points, 3)), RNG.normal(size=points)
    expected = f(w, s)
    for threads in (None, 1, 3, 0):
        around = np.full((points + 2, 5), 9.0)
        out = (np.empty(points), (around[1:-1, 1:-1], np.empty(2 * points)[::2]))
        assert f(w, s, out=out, threads=threads) is out
        for a, b in zip(leaves(out), leaves(expected), strict=True):
            np.testing.assert_array_equal(a, b)
        assert (around[[0, -1]] == 9.0).all() and (around[:, [0, -1]] == 9.0).all()
    with pytest.raises(ShapeError, match=r"the result has the shape \(\d+, 3\)"):
        f(w, s, out=(np.empty(points), (np.empty((3, points + 1)), np.empty(points))))
    with pytest.raises(InputError, match="shares memory with an input"):
        f(w, s, out=(np.empty(points), (w, np.empty(points))))


@pytest.mark.parametrize("backend", EACH)
def test_what_does_not_fit_is_refused(backend: str) -> None:
    available(backend)
    f = ew.trace(lambda w, v: np.sum(w * w) + v[0], w=3, v=2).compile(backend)
    with pytest.raises(
        ShapeError, match=r"the group 'w' was given .*\(3, 4\).*its shape is \(3,\), with the axes of a"
    ):
        f(np.ones((3, 4)), np.ones(2))
    with pytest.raises(ShapeError, match=r"of the shapes \(4,\), \(5,\); give shapes that broadcast"):
        f(np.ones((4, 3)), np.ones((5, 2)))
    with pytest.raises(ShapeError, match="the group 'w'"):
        f(1.0, np.ones(2))


@pytest.mark.parametrize("backend", ["llvm", "numpy", "python", "c"])
def test_matrices_of_scipy_take_no_batch(backend: str) -> None:
    available(backend)
    f = ew.trace(lambda w: [w[0] * w[1], w[1]], w=2).jacobian(sparse="scipy").compile(backend)
    assert f(np.ones(2))[1].toarray().tolist() == [[1.0, 1.0], [0.0, 1.0]]
    with pytest.raises(ShapeError, match=r"a sparse matrix of scipy holds numbers.*shape \(4,\).*sparse=\"coo\""):
        f(np.ones((4, 2)))


# --- tensors ----------------------------------------------------------------------------------------------------------

LOSS = ew.parse("sum(log(1 + exp(X @ w*s)))", shapes="X: n,d; w: d; s: ")
PICKED = ew.trace(
    lambda X, i: {"row": X[i[0]] * 2.0, "all": (np.sum(X), X.T)}, X=ew.tensor("n", 3), i=ew.tensor(2, dtype=int)
)
TENSORS = {
    "values": LOSS,
    "gradient": LOSS.gradient().simplify(),
    "hessian": LOSS.hessian("w"),
    "nested": PICKED,
}


@pytest.mark.parametrize("name", TENSORS)
@pytest.mark.parametrize("backend", ["numpy", *(p for p in EACH if p.values[0] in ("jax", "torch"))])
def test_tensors_over_a_batch(backend: str, name: str) -> None:
    available(backend)
    f = TENSORS[name].compile(backend)
    if name == "nested":
        shapes: dict[str, tuple[int, ...]] = {"X": (4, 3), "i": (2,)}
        values: dict[str, Any] = {"X": RNG.normal(size=(5, 1, 4, 3)), "i": RNG.integers(0, 4, (4, 2))}
    else:
        shapes = {"X": (4, 3), "w": (3,), "s": ()}
        values = {"X": RNG.normal(size=(5, 1, 4, 3)), "w": RNG.normal(size=(4, 3)), "s": 0.5}
    agrees(f, values, shapes)
    read_only = np.asfortranarray(values["X"])
    read_only.flags.writeable = False
    agrees(f, {**values, "X": read_only}, shapes)
    empty = list(leaves(f(**{**values, "X": values["X"][:0]})))
    assert [a.shape for a in empty] == [(0, *a.shape[1:]) for a in leaves(f(**values))]


def test_tensors_as_native_code_over_a_batch() -> None:
    f = LOSS.gradient().compile("llvm", n=4, d=3)
    shapes: dict[str, tuple[int, ...]] = {"X": (4, 3), "w": (3,), "s": ()}
    values: dict[str, Any] = {"X": RNG.normal(size=(5, 1, 4, 3)), "w": RNG.normal(size=(4, 3)), "s": 0.5}
    agrees(f, values, shapes)


def test_the_rank_says_which_axes_of_a_tensor_are_the_batch() -> None:
    f = ew.parse("X @ w", shapes="X: n,d; w: d").compile("numpy")
    assert f(np.ones((5, 4, 3)), np.ones(3)).shape == (5, 4)
    with pytest.raises(ShapeError, match="'d' is 3 in 'X' and 2 in 'w'"):
        f(np.ones((5, 4, 3)), np.ones((7, 2)))
    with pytest.raises(ShapeError, match=r"of the shapes \(5,\), \(7,\)"):
        f(np.ones((5, 4, 3)), np.ones((7, 3)))
    with pytest.raises(ShapeError, match=r"its shape is \(n, d\)"):
        f(np.ones(3), np.ones(3))


# --- the interpreter --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["values", "gradient", "coo"])
def test_the_interpreter_takes_a_batch_of_groups(name: str) -> None:
    H = GRAPHS[name]
    shapes = {p.name: p.shape for p in H.parameters}

    def f(**values: Any) -> Any:
        return H.evaluate(values).result

    agrees(f, {n: VALUES[n] for n in shapes}, shapes)
    by_entry = {f"w[{k}]": VALUES["w"][..., k] for k in range(3)}
    rest = {n: VALUES[n] for n in shapes if n != "w"}
    for a, b in zip(leaves(f(**rest, **by_entry)), leaves(f(**rest, w=VALUES["w"])), strict=True):
        np.testing.assert_array_equal(a, b)


def test_the_interpreter_takes_a_batch_of_tensors() -> None:
    B = LOSS.gradient()
    X, w = RNG.normal(size=(5, 1, 4, 3)), RNG.normal(size=(2, 3))
    run, f = B.evaluate(X, w, 0.5), B.compile("numpy")
    for got, expected in zip(run.outputs, f(X, w, 0.5)[1], strict=True):
        np.testing.assert_allclose(got, expected, rtol=1e-13, atol=1e-15)  # sums that nearly cancel
    assert [np.shape(v)[:2] for v in run.values] == [(5, 2)] * len(B)
    assert B.evaluate(X[:0], w, 0.5).outputs[0].shape == (0, 2, 4, 3)
