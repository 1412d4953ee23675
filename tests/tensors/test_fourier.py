"""Fourier transforms as pairs of real arrays, judged by NumPy's complex ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import ShapeError, UnsupportedError

RNG = np.random.default_rng(6)


def joined(pair: Any) -> Any:
    return np.asarray(pair[0], dtype=float) + 1j * np.asarray(pair[1], dtype=float)


@pytest.mark.parametrize("length", range(1, 7))
@pytest.mark.parametrize("axis", [0, 1, -1])
def test_pairs_are_numpys_complex_numbers(length: int, axis: int) -> None:
    x, y = RNG.normal(size=(2, length, length))
    z = x + 1j * y
    for name, given, plain in (
        ("fft", x, x), ("fft", (x, y), z), ("ifft", x, x), ("ifft", (x, y), z), ("rfft", x, x),
    ):  # fmt: skip
        wanted = getattr(np.fft, name)(plain, axis=axis)
        np.testing.assert_allclose(joined(getattr(ew, name)(given, axis=axis)), wanted, rtol=1e-12, atol=1e-12)
    half = ew.rfft(x, axis)
    np.testing.assert_allclose(ew.irfft(half, length, axis=axis), x, rtol=1e-12, atol=1e-12)
    if length > 1:
        np.testing.assert_allclose(ew.irfft((x, y), axis=axis), np.fft.irfft(z, axis=axis), rtol=1e-12, atol=1e-12)


def smoothed(x: Any, weights: Any) -> Any:
    """A filter: the spectrum times weights, and back."""
    real, imaginary = ew.rfft(x)
    return ew.irfft((real * weights, imaginary * weights), 5)


@pytest.mark.parametrize("backend", ["numpy", "llvm", "torch", pytest.param("jax", marks=pytest.mark.slow)])
def test_gradients_of_a_filter(backend: str) -> None:
    if backend in ("jax", "torch"):
        pytest.importorskip(backend)
    G = ew.trace(lambda x, w: np.sum(smoothed(x, w) ** 3), x=ew.tensor(2, 5), w=ew.tensor(3))
    x, w = RNG.normal(size=(2, 5)), RNG.normal(size=3)
    value, (dx, dw) = G.gradient().simplify().compile(backend)(x, w)
    y = np.fft.irfft(np.fft.rfft(x) * w, 5)
    np.testing.assert_allclose(np.asarray(value), np.sum(y**3), rtol=1e-12)
    # The filter is symmetric: its transpose is itself.
    np.testing.assert_allclose(np.asarray(dx), np.fft.irfft(np.fft.rfft(3 * y**2) * w, 5), rtol=1e-11, atol=1e-12)
    moved = [np.sum(3 * y**2 * np.fft.irfft(np.fft.rfft(x) * unit, 5)) for unit in np.eye(3)]
    np.testing.assert_allclose(np.asarray(dw), moved, rtol=1e-11, atol=1e-12)


def test_named_lengths_and_arrays_of_scalars() -> None:
    G = ew.trace(lambda x: ew.irfft(ew.rfft(x)), x=ew.tensor("n"))
    x = RNG.normal(size=8)
    np.testing.assert_allclose(G.evaluate(x).result, x, rtol=1e-12)
    w = ew.symbols("w", shape=4)
    spectrum = ew.graph(list(ew.rfft(w)[0]) + list(ew.rfft(w)[1]))
    found = np.reshape(spectrum.evaluate(x[:4]).outputs, (2, 3))
    np.testing.assert_allclose(joined(found), np.fft.rfft(x[:4]), rtol=1e-12, atol=1e-12)


def test_what_has_no_form_is_told() -> None:
    with pytest.raises(UnsupportedError, match=r"is complex.*abs\(z\)\*\*2"):
        ew.trace(lambda x: np.fft.rfft(x), x=ew.tensor(4))
    with pytest.raises(UnsupportedError, match=r"np\.hfft"):
        ew.trace(lambda x: np.fft.hfft(x), x=ew.tensor(4, 4))
    with pytest.raises(ShapeError, match="4 or 5"):
        ew.irfft((np.ones(3), np.ones(3)), 7)
    with pytest.raises(ShapeError, match="real numbers"):
        ew.rfft((np.ones(3), np.ones(3)))
