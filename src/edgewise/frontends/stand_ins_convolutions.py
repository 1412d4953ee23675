"""SciPy's convolutions and its rules of quadrature on expressions, as formulas in NumPy's functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from edgewise.frontends.given import as_array, on_expressions
from edgewise.graph import Tensor, refused
from edgewise.graph.tensors import tensor_writers as t

__all__ = ["CONVOLUTIONS", "RULES"]


# --- scipy.signal ----------------------------------------------------------------------------------------------------

_BOUNDARIES: Final[Mapping[str, str]] = {"fill": "constant", "wrap": "wrap", "symm": "symmetric"}


def _sizes(x: Any, what: str) -> list[int]:
    return [t.number(length, what) for length in t.shape_of(x)]


def _inside(x: Any, kernel: Any, what: str) -> Any:
    """The sums over all places where the kernel, turned round, lies inside of x."""
    sizes, own = _sizes(x, what), _sizes(kernel, what)
    if isinstance(x, Tensor) or isinstance(kernel, Tensor):
        return t.conv(x, kernel, len(own)) if isinstance(x, Tensor) else t.conv(t.beside(x, kernel), kernel, len(own))
    lengths = [n - k + 1 for n, k in zip(sizes, own, strict=True)]
    total: Any = 0
    for place in np.ndindex(*own):
        begins = [k - 1 - at for k, at in zip(own, place, strict=True)]
        total = total + x[tuple(slice(b, b + n) for b, n in zip(begins, lengths, strict=True))] * kernel[place]
    return total


def _convolved(
    in1: Any, in2: Any, mode: str = "full", boundary: str = "fill", fillvalue: Any = 0, what: str = "convolve"
) -> Any:
    one, two = (value if isinstance(value, (Tensor, np.ndarray)) else np.asarray(value) for value in (in1, in2))
    sizes, own = _sizes(one, what), _sizes(two, what)
    if len(sizes) != len(own) or mode not in ("full", "same", "valid") or boundary not in _BOUNDARIES:
        raise refused(
            f"scipy.signal.{what} of arrays of {len(sizes)} and {len(own)} axes, mode={mode!r:.20}",
            "give two arrays of one number of axes, and mode 'full', 'same' or 'valid'",
        )
    if isinstance(two, Tensor) or isinstance(one, Tensor):
        one, two = (value if isinstance(value, Tensor) else t.beside(value, one, two) for value in (one, two))
    if mode == "valid":
        larger, smaller = (one, two) if all(n >= k for n, k in zip(sizes, own, strict=True)) else (two, one)
        return _inside(larger, smaller, what)
    sides = [(k - 1, k - 1) for k in own]
    fill = {"constant_values": fillvalue} if boundary == "fill" else {}
    found = _inside(np.pad(one, sides, mode=_BOUNDARIES[boundary], **fill), two, what)  # type: ignore[call-overload]
    if mode == "full":
        return found
    middles = [k // 2 if what == "correlate2d" else (k - 1) // 2 for k in own]
    return found[tuple(slice(middle, middle + n) for n, middle in zip(sizes, middles, strict=True))]


def _convolution(what: str, turned: bool, *names: str) -> Callable[..., Any]:
    """A function of two arrays and a mode, and of options of which those that say how are let be."""

    def call(in1: Any, in2: Any, mode: str = "full", *args: Any, **options: Any) -> Any:
        given = dict(zip(names, args, strict=False)) | options
        if unknown := given.keys() - {"boundary", "fillvalue", "method"}:
            raise refused(f"scipy.signal.{what} with {min(unknown)}=", "leave that argument away")
        kernel = in2 if not turned else np.flip(in2)
        return _convolved(in1, kernel, mode, given.get("boundary", "fill"), given.get("fillvalue", 0), what)

    return on_expressions(call, as_array)


CONVOLUTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "convolve": _convolution("convolve", False, "method"), "fftconvolve": _convolution("fftconvolve", False, "axes"),
    "oaconvolve": _convolution("oaconvolve", False, "axes"), "correlate": _convolution("correlate", True, "method"),
    "convolve2d": _convolution("convolve2d", False, "boundary", "fillvalue"),
    "correlate2d": _convolution("correlate2d", True, "boundary", "fillvalue"),
}  # fmt: skip

# --- scipy.integrate -------------------------------------------------------------------------------------------------


def _panels(y: Any, x: Any, dx: Any, axis: int) -> tuple[Any, Any]:
    """The values with their axis in front, and the widths between them, which broadcast against what is between."""
    y = np.moveaxis(y, axis, 0)
    if x is None:
        return y, dx
    x = x if np.ndim(x) == 1 else np.moveaxis(x, axis, 0)
    widths = x[1:] - x[:-1]
    return y, np.reshape(widths, (-1, *[1] * (np.ndim(y) - 1))) if np.ndim(x) == 1 else widths


def _trapezoid(y: Any, x: Any = None, dx: Any = 1.0, axis: int = -1) -> Any:
    y, widths = _panels(y, x, dx, axis)
    return np.sum(widths * (y[1:] + y[:-1]) / 2, axis=0)


def _cumulative_trapezoid(y: Any, x: Any = None, dx: Any = 1.0, axis: int = -1, initial: Any = None) -> Any:
    y, widths = _panels(y, x, dx, axis)
    sums = np.cumsum(widths * (y[1:] + y[:-1]) / 2, axis=0)
    if initial is not None:
        sums = np.concatenate([np.zeros_like(sums[:1]) + initial, sums], axis=0)
    return np.moveaxis(sums, 0, axis)


def _simpson(y: Any, x: Any = None, *, dx: Any = 1.0, axis: int = -1) -> Any:
    """Parabolas over pairs of panels; of an even number of values Cartwright's correction of the last panel.

    Source: SciPy's reference, simpson.
    """
    y, widths = _panels(y, x, dx, axis)
    count = t.number(t.shape_of(y)[0], "scipy.integrate.simpson")
    if x is None:
        widths = np.full((count - 1, *[1] * (np.ndim(y) - 1)), 1.0) * dx
    if count < 3:
        return np.sum(widths * (y[1:] + y[:-1]) / 2, axis=0)
    odd = count - (count + 1) % 2  # so many values have pairs of panels
    first, second = widths[0 : odd - 1 : 2], widths[1:odd:2]
    left, middle, right = y[0 : odd - 2 : 2], y[1 : odd - 1 : 2], y[2:odd:2]
    both = first + second
    total = np.sum(
        both
        / 6
        * (left * (2 - second / first) + middle * (both * both / (first * second)) + right * (2 - first / second)),
        axis=0,
    )
    if odd == count:
        return total
    before, last = widths[-2], widths[-1]
    square = last * last
    return (
        total
        + y[-1] * (2 * square + 3 * before * last) / (6 * (before + last))
        + y[-2] * (square + 3 * before * last) / (6 * before)
        - y[-3] * last * square / (6 * before * (before + last))
    )


RULES: Final[Mapping[str, Callable[..., Any]]] = {
    "trapezoid": on_expressions(_trapezoid, as_array), "simpson": on_expressions(_simpson, as_array),
    "cumulative_trapezoid": on_expressions(_cumulative_trapezoid, as_array),
}  # fmt: skip
