"""How many paths there are: exactly, or their leading digits quickly."""

from __future__ import annotations

from collections.abc import Sequence

import cython
import numpy as np
from cython.cimports.libc.math import ldexp

__all__ = ["count_paths", "rough_paths", "short_count"]


def count_paths(parents: np.ndarray, consumers: np.ndarray, sources: Sequence[int], sinks: Sequence[int]) -> int:
    """The number of edge paths from any source to any sink; edges sorted by consumer.

    >>> count_paths(np.array([0, 0, 1, 1]), np.array([1, 1, 2, 2]), [0], [2])
    4
    """
    count: dict[int, int] = dict.fromkeys(sources, 1)
    for j, i in zip(parents.tolist(), consumers.tolist(), strict=True):
        if j in count:
            count[i] = count.get(i, 0) + count[j]
    return sum(count.get(i, 0) for i in sinks)


@cython.locals(edge=cython.longlong, parent=cython.longlong, node=cython.longlong)
def rough_paths(
    parents: cython.const[cython.longlong][::1],
    consumers: cython.const[cython.longlong][::1],
    count: cython.double[::1],
    power: cython.longlong[::1],
) -> None:
    """The number of paths to each node as count · 2^power, exact below 2^53; `count` comes as 1 for the sources."""
    for edge in range(len(parents)):
        parent, node = parents[edge], consumers[edge]
        if count[parent] == 0.0:
            continue
        if count[node] == 0.0:
            count[node], power[node] = count[parent], power[parent]
            continue
        top: cython.longlong = max(power[node], power[parent])
        count[node] = ldexp(count[node], power[node] - top) + ldexp(count[parent], power[parent] - top)
        power[node] = top
        while count[node] >= 1e300:
            count[node] = ldexp(count[node], -900)
            power[node] += 900


def short_count(count: int) -> str:
    """A count in full where that is short, else its leading digits and order of magnitude."""
    if count < 10**12:
        return f"{count:,}"
    # A power of two near the number: its decimal form may have too many digits to print.
    shift = max(0, count.bit_length() - 64)
    mantissa = np.log10(float(count >> shift)) + shift * np.log10(2.0)
    exponent = int(mantissa)
    return f"{10 ** (mantissa - exponent):.3f}e+{exponent}"
