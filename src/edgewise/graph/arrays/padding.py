"""`np.pad` in other functions of NumPy's: what stands on each side of an axis, one axis after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from edgewise.errors import ShapeError
from edgewise.graph.refused import refused

__all__ = ["padded"]

_STATISTICS: Final[Mapping[str, Callable[..., Any]]] = {
    "mean": np.mean, "maximum": np.max, "minimum": np.min, "median": np.median,
}  # fmt: skip
_OPTION: Final[Mapping[str, tuple[str, Any]]] = {
    "constant": ("constant_values", 0), "linear_ramp": ("end_values", 0), "edge": ("", None), "wrap": ("", None),
    "reflect": ("reflect_type", "even"), "symmetric": ("reflect_type", "even"),
    **dict.fromkeys(_STATISTICS, ("stat_length", None)),
}  # fmt: skip
"""Mode → its one option, and what that is where it is not given."""


def padded(array: Any, pad_width: Any, mode: Any = "constant", **options: Any) -> Any:
    """NumPy's pad of an array that holds expressions, or of a tensor."""
    if mode not in _OPTION:
        raise refused(f"np.pad with mode={mode!r:.60}", f"use one of {', '.join(map(repr, _OPTION))}")
    name, usual = _OPTION[mode]
    if unknown := options.keys() - {name}:
        raise refused(f"np.pad with mode={mode!r} and {min(unknown)}=", "leave that argument away")
    rank, widths = np.ndim(array), np.asarray(pad_width)
    if widths.dtype.kind not in "iu" or (widths.size and widths.min() < 0):
        raise refused(f"np.pad by {pad_width!r:.60}", "give whole numbers, none negative", ShapeError)
    pairs = np.broadcast_to(widths, (rank, 2)).tolist()
    given = options.get(name, usual)
    own = np.broadcast_to(np.asarray(given, dtype=object if given is None else None), (rank, 2)).tolist()
    for axis, (widths_of_axis, given_of_axis) in enumerate(zip(pairs, own, strict=True)):
        length = array.shape[axis]
        sides = [
            _side(array, length, axis, count, mode, option, front) if count else None
            for count, option, front in zip(widths_of_axis, given_of_axis, (True, False), strict=True)
        ]
        pieces = [piece for piece in (sides[0], array, sides[1]) if piece is not None]
        array = np.concatenate(pieces, axis=axis) if len(pieces) > 1 else array
    return array


def _side(x: Any, length: Any, axis: int, count: int, mode: str, option: Any, front: bool) -> Any:
    """What padding puts on one side of an axis."""

    def cut(*limits: Any) -> Any:
        return x[(*(slice(None),) * axis, slice(*limits))]

    edge = cut(0, 1) if front else cut(-1, None)
    needed = {"wrap": count, "symmetric": count, "reflect": count + 1}.get(mode, 1)
    if type(length) is int and length < needed:
        if option == "odd" or length == 0:
            raise refused(f"np.pad of an axis of length {length} by {count}", "pad in several steps")
        places = np.pad(np.arange(length), (count, 0) if front else (0, count), mode)  # type: ignore[call-overload]
        return np.take(x, places[:count] if front else places[length:], axis=axis)
    if mode in ("edge", "constant"):
        return np.repeat(edge if mode == "edge" else np.zeros_like(edge) + option, count, axis=axis)
    if mode == "wrap":
        return cut(-count, None) if front else cut(0, count)
    if mode == "linear_ramp":
        far = np.arange(count, 0, -1) if front else np.arange(1, count + 1)
        share = np.reshape(far / count, [-1 if k == axis else 1 for k in range(np.ndim(x))])
        return edge + (option - edge) * share
    if mode in _STATISTICS:
        counted = x if option is None else cut(0, option) if front else cut(-option, None)
        return np.repeat(_STATISTICS[mode](counted, axis=axis, keepdims=True), count, axis=axis)
    skipped = int(mode == "reflect")
    mirrored = cut(skipped, skipped + count) if front else cut(-skipped - count, -skipped or None)
    mirrored = np.flip(mirrored, axis)
    return 2 * edge - mirrored if option == "odd" else mirrored
