"""NumPy's functions and an ndarray's methods on tensors: what NumPy gives, and the slope of what it gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy_calls import CALLS

import edgewise as ew
from edgewise.errors import EdgewiseError, ShapeError, UnsupportedError

RNG = np.random.default_rng(0)
_M = RNG.normal(size=(4, 4))
VALUES: dict[str, Any] = {
    "x": RNG.normal(size=4) + 0.1, "y": np.abs(RNG.normal(size=4)) + 0.3, "A": RNG.normal(size=(4, 3)),
    "B": RNG.normal(size=(4, 3)), "S": _M @ _M.T + np.eye(4), "s": 1.7, "T": RNG.normal(size=(2, 4, 3)),
    "i": np.array([2, 0, 1, 2]),
}  # fmt: skip
KNOWN = {
    "np": np, "c4": np.array([1.0, -2.0, 0.5, 3.0]), "C": RNG.normal(size=(4, 3)),
    "m4": np.array([True, False, True, True]), "MA": RNG.normal(size=(4, 3)) > 0,
}  # fmt: skip
NAMED = {"x": ("n",), "y": ("n",), "A": ("n", "d"), "B": ("n", "d"), "S": ("n", "n"), "s": (), "T": ("k", "n", "d"),
         "i": ("n",)}  # fmt: skip


def _called(text: str, values: dict[str, Any]) -> list[Any]:
    result = eval(text, {**KNOWN, **values})
    return list(result) if isinstance(result, (list, tuple)) else [result]


def _traced(text: str, shapes: dict[str, Any]) -> ew.Graph:
    names = ", ".join(shapes)
    scope = {"call": lambda **given: _called(text, given)}
    function = eval(f"lambda {names}: call({', '.join(f'{name}={name}' for name in shapes)})", scope)
    return ew.trace(function, **{k: ew.tensor(*v, dtype=int if k == "i" else float) for k, v in shapes.items()})


def _check(text: str, G: ew.Graph) -> None:
    wanted = [np.asarray(value, dtype=float) for value in _called(text, VALUES)]
    compiled = G.compile(backend="numpy")(**VALUES)
    for found in (G.evaluate(VALUES).outputs, compiled):
        assert len(found) == len(wanted)
        for one, right in zip(found, wanted, strict=True):
            assert np.shape(one) == right.shape
            np.testing.assert_allclose(one, right, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("text", CALLS)
def test_value_and_tangent_are_those_of_numpy(text: str) -> None:
    G = _traced(text, {name: np.shape(value) for name, value in VALUES.items()})
    _check(text, G)
    rng, step = np.random.default_rng(7), 1e-6
    dots = {k: rng.normal(size=np.shape(v)) for k, v in VALUES.items() if k != "i"}
    dots["S"] = (dots["S"] + dots["S"].T) / 2  # of a symmetric matrix, which is what some functions read half of
    sides = [_called(text, {k: v + sign * step * dots[k] if k in dots else v for k, v in VALUES.items()})
             for sign in (1, -1)]  # fmt: skip
    if any(G.tape.op(node).boolean for node in G.tape.outputs):
        return
    tangents = G.jvp(list(dots)).evaluate({**VALUES, **{f"{k}_dot": d for k, d in dots.items()}}).outputs
    for tangent, ahead, behind in zip(tangents, *sides, strict=True):
        slope = (np.asarray(ahead, dtype=float) - np.asarray(behind, dtype=float)) / (2 * step)
        np.testing.assert_allclose(tangent, slope, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("text", CALLS[::3])
def test_with_named_dimensions_it_is_the_same_or_refused_in_one_line(text: str) -> None:
    refusal = None
    try:
        G = _traced(text, NAMED)
    except EdgewiseError as error:
        refusal = error
    if refusal is not None:
        assert "\n" not in str(refusal)
        assert refusal.hint
    else:
        _check(text, G)


@pytest.mark.parametrize("text", [
    "np.nonzero(x)", "np.unique(x)", "np.linalg.matrix_rank(A)",
    "np.linalg.qr(A)", "np.linalg.eigvals(S)", "np.fft.hfft(x)", "np.histogram(x)", "np.bincount(i, x)",
    "np.array_equal(x, y)", "np.allclose(x, y)", "x.astype(np.float32)", "x.astype(int)",
    "len(x[x > 0])", "np.median(x[x > 0])", "x[x > 0] + y", "x[y]",
])  # fmt: skip
def test_what_has_no_graph_is_refused_with_the_users_line_and_a_remedy(text: str) -> None:
    with pytest.raises(UnsupportedError) as caught:
        _traced(text, {name: np.shape(value) for name, value in VALUES.items()})
    assert caught.value.hint and caught.value.line


def test_solutions_of_tensors() -> None:
    A = np.random.default_rng(5).normal(size=(2, 3, 6))
    b = np.arange(6.0).reshape(2, 3)
    for declared in (ew.tensor(2, 3, 6), (2, 3, 6)):
        inverse = ew.trace(lambda A: np.linalg.tensorinv(A), A=declared)
        assert np.allclose(inverse.compile()(A), np.linalg.tensorinv(A))
        value, slopes = ew.trace(lambda A: np.sum(np.linalg.tensorsolve(A, b) ** 2), A=declared).gradient().compile()(A)
        x = np.linalg.tensorsolve(A, b)
        assert value == pytest.approx(np.sum(x**2))
        back = np.linalg.solve(A.reshape(6, 6).T, 2 * x)  # of b; of A it is minus that times x
        assert np.allclose(slopes, -np.outer(back, x).reshape(2, 3, 6))
    with pytest.raises(ShapeError, match=r"np\.linalg\.tensorinv with ind=2 of the shape \(4, 4\).*test_numpy_calls"):
        ew.trace(lambda S: np.linalg.tensorinv(S), S=ew.tensor(4, 4))


def test_an_array_of_numbers_times_a_tensor_by_its_own_method() -> None:
    C = KNOWN["C"]
    G = ew.trace(lambda x: np.sum(np.stack(list(C.T.dot(x))) ** 2), x=ew.tensor(4))
    assert G.evaluate(x=VALUES["x"]).result == pytest.approx(np.sum((C.T @ VALUES["x"]) ** 2))
    with pytest.raises(UnsupportedError, match="write A @ x"):
        ew.trace(lambda x: C.T.dot(x), x=ew.tensor("n"))


def test_half_a_dimension_is_emitted_stored_and_printed() -> None:
    G = ew.trace(lambda X: np.sum(X[: X.shape[0] // 2] ** 2) + np.sum(X[::2] ** 3), X=ew.tensor("n", "d"))
    X = np.arange(15.0).reshape(5, 3)
    wanted = np.zeros((5, 3))
    wanted[:2] += 2 * X[:2]
    wanted[::2] += 3 * X[::2] ** 2
    B = G.gradient().simplify()
    source = B.compile(backend="numpy").source
    assert "n//2" in source and "floor" not in source
    backends = ["numpy", *(name for name in ("jax", "torch") if pytest.importorskip(name, reason="an optional peer"))]
    for backend in backends:
        np.testing.assert_allclose(np.asarray(B.compile(backend=backend)(X)[1]), wanted)
    again = ew.Graph.from_json(G.to_json())
    np.testing.assert_allclose(again.gradient().evaluate(X=X).outputs[0], wanted)
    assert "lfloor" in B.to_latex()


@pytest.mark.parametrize("dimension", ["n", 0])
def test_no_rows_are_what_numpy_makes_of_them(dimension: Any) -> None:
    nothing = np.zeros(0)
    for function in (np.sum, np.mean, np.prod, np.var, np.cumsum, np.cumprod, np.sort, np.linalg.norm):
        G = ew.trace(lambda x, function=function: function(x), x=ew.tensor(dimension))
        with np.errstate(all="ignore"), pytest.warns(RuntimeWarning) if function in (np.mean, np.var) else _quiet():
            wanted = function(nothing)
        np.testing.assert_array_equal(G.compile(backend="numpy")(nothing), wanted)
        S = ew.trace(lambda x, function=function: np.sum(function(x)), x=ew.tensor(dimension))
        for graph in (S.gradient(), S.gradient().simplify()):
            assert graph.compile(backend="numpy")(nothing)[1].shape == (0,)


class _quiet:
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...
