"""SciPy's convolutions, filters, transforms, quadratures and distances on what is traced: values and slopes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import fft, integrate, ndimage, signal, spatial
from scipy.spatial import distance

import edgewise as ew

RNG = np.random.default_rng(7)
X6, X7, K3, K4 = (RNG.normal(size=n) for n in (6, 7, 3, 4))
M, K = RNG.normal(size=(4, 5)), RNG.normal(size=(3, 2))
A, B, W = RNG.normal(size=(3, 3)), RNG.normal(size=(4, 3)), np.array([0.3, 0.9, 0.5])
P = np.abs(A) + 0.1
KNOTS = np.array([0, 0.5, 2, 2.5, 3.5, 4.0])
VI = np.array([[2, 0.3, 0], [0.3, 1.0, 0.1], [0, 0.1, 3]])

SPACE = {
    "np": np, "fft": fft, "integrate": integrate, "ndimage": ndimage, "signal": signal, "spatial": spatial,
    "distance": distance, "KNOTS": KNOTS, "M": M, "P": P, "W": W, "VI": VI,
}  # fmt: skip
Row = tuple[str, tuple[np.ndarray[Any, Any], ...]]
ROWS: list[Row] = [
    *((f"signal.{name}(a, b, '{mode}')", pair)
      for name in ("convolve", "fftconvolve", "correlate") for mode in ("full", "same", "valid")
      for pair in ((X6, K3), (K4, X6), (M, K))),
    *((f"signal.{name}(a, b, '{mode}', '{edge}')", (M, K)) for name in ("convolve2d", "correlate2d")
      for mode in ("full", "same", "valid") for edge in ("fill", "wrap", "symm")),
    ("signal.convolve2d(a, b, 'same', 'fill', 2.5)", (M, K)),
    *((f"integrate.{name}(a, {options})", (y,)) for name in ("trapezoid", "simpson", "cumulative_trapezoid")
      for y, options in ((X6, "x=KNOTS"), (X7, "dx=0.3"), (M, "axis=0"), (M, "x=np.sort(M), axis=1"))),
    ("integrate.simpson(a, x=b)", (X6, KNOTS)), ("integrate.cumulative_trapezoid(a, initial=0)", (X6,)),
    ("integrate.romb(a, dx=0.5)", (X6[:5],)), ("integrate.cumulative_simpson(a, x=KNOTS[:4], axis=0)", (M,)),
    ("signal.lfilter([1, 0.2], [1, -0.5, 0.1], a, axis=0)", (M,)),
    ("signal.filtfilt(*signal.butter(2, 0.3), a)", (RNG.normal(size=20),)),
    ("signal.savgol_filter(a, 5, 2, mode='constant', cval=3.0)", (X7,)), ("signal.detrend(a)", (M,)),
    ("signal.resample(a, 5)", (X7,)), ("ndimage.gaussian_filter(a, 1.0, mode='constant', cval=2.0)", (M,)),
    ("ndimage.map_coordinates(a, [[0.5, 1.5], [1, 2.0]], order=1)", (M,)),
    ("fft.dct(a, 2, norm='ortho', axis=0)", (M,)), ("fft.idst(a)", (X6,)), ("fft.dctn(a)", (M,)),
    ("np.abs(fft.rfft(a, n=8, workers=1))", (X6,)), ("fft.ifft(fft.fft(a) * fft.fft(a)).real", (X6,)),
    *((f"distance.cdist(a, b, '{name}')", (A, B)) for name in (
        "euclidean", "sqeuclidean", "cityblock", "chebyshev", "cosine", "correlation", "canberra", "braycurtis",
        "seuclidean", "mahalanobis")),
    *((f"distance.pdist(a, '{name}')", (B,)) for name in ("euclidean", "cosine")),
    *((f"distance.{name}(a, b, w=W)", (A[0], B[0])) for name in (
        "euclidean", "sqeuclidean", "cityblock", "cosine", "correlation", "canberra", "braycurtis", "minkowski")),
    ("distance.cdist(a, b, 'minkowski', p=3)", (A, B)), ("distance.mahalanobis(a, b, VI)", (A[0], B[0])),
    ("distance.cdist(a, b, lambda u, v: np.sum(np.cos(u - v)))", (A, B)),
    ("distance.squareform(distance.pdist(a))", (B,)), ("distance.squareform(a + a.T - 2*np.diag(np.diag(a)))", (A,)),
    ("distance.jensenshannon(a, np.roll(P, 1, axis=0), 2.0, axis=1)", (P,)), ("spatial.distance_matrix(a, b)", (A, B)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "given"), ROWS, ids=[row[0] for row in ROWS])
def test_values_are_scipys_and_slopes_are_those_of_differences(text: str, given: Any) -> None:
    names = ("a", "b")[: len(given)]
    function = eval(f"lambda {', '.join(names)}: {text}", SPACE)
    weights = np.cos(np.arange(np.size(function(*given)))).reshape(np.shape(function(*given)))
    loss = eval(f"lambda {', '.join(names)}: np.sum(weights*({text}))", SPACE | {"weights": weights})
    value = loss(*given)
    for declared in (lambda shape: ew.tensor(*shape), lambda shape: shape):
        graph = ew.trace(loss, **{key: declared(array.shape) for key, array in zip(names, given, strict=True)})
        found, slopes = graph.gradient().simplify().compile()(*given)
        assert found == pytest.approx(value, rel=1e-12, abs=1e-12)
        for k, slope in enumerate([slopes] if len(given) == 1 else slopes):
            change = RNG.normal(size=given[k].shape)
            ends = [loss(*given[:k], given[k] + h * change, *given[k + 1 :]) for h in (-2e-4, -1e-4, 1e-4, 2e-4)]
            along = (ends[0] - 8 * ends[1] + 8 * ends[2] - ends[3]) / 1.2e-3
            assert np.sum(slope * change) == pytest.approx(along, rel=1e-7, abs=1e-9)


def test_pairs_of_points_at_one_place_have_the_slope_of_a_length() -> None:
    def energy(x: Any) -> Any:
        return np.sum(distance.cdist(x, x))

    points = np.array([[0.0, 0.0], [3.0, 4.0]])
    assert ew.grad(energy)(points).tolist() == [[-1.2, -1.6], [1.2, 1.6]]
    G = ew.trace(energy, x=ew.tensor("n", "d"))
    assert G.gradient().compile()(points)[1].tolist() == [[-1.2, -1.6], [1.2, 1.6]]


REFUSED = [
    (lambda x: signal.lfilter([1.0, x[0]], [1.0], x), "all but x be numbers"),
    (lambda x: signal.convolve(x, K), "one number of axes"),
    (lambda x: distance.pdist(x[:, None], "hamming"), "use one of euclidean"),
    (lambda x: np.sum(signal.detrend(np.tile(x, 500))), "up to 2048"),
    (lambda x: integrate.quad(lambda t: x[0] * t, 0, 1)[0], "Runge-Kutta"),
]


@pytest.mark.parametrize(("function", "said"), REFUSED)
def test_what_is_refused_says_what_to_write(function: Any, said: str) -> None:
    with pytest.raises(ew.EdgewiseError, match=said) as caught:
        ew.grad(lambda x: np.sum(function(x)))(X6)
    assert "test_scipys_algorithms.py:" in str(caught.value)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: sum(map(math.sin, x)), lambda x: max(map(math.exp, x)), lambda x: math.fsum(map(math.sin, x)),
        lambda x: np.sum(np.vectorize(math.exp)(x)), lambda x: np.sum(np.frompyfunc(math.exp, 1, 1)(x)),
        lambda x: np.sum(np.fromiter(map(math.tanh, x), float)),
        lambda x: np.sum(np.piecewise(x, [x < 0, x >= 0], [np.vectorize(math.sin), np.exp])),
    ],
)  # fmt: skip
def test_functions_of_math_are_called_by_others(function: Any) -> None:
    slopes = ew.grad(function)(X6)
    for k in range(6):
        step = 1e-4 * (np.arange(6) == k)
        ends = [function(X6 + h * step) for h in (-2, -1, 1, 2)]
        assert slopes[k] == pytest.approx((ends[0] - 8 * ends[1] + 8 * ends[2] - ends[3]) / 1.2e-3, rel=1e-8, abs=1e-9)
