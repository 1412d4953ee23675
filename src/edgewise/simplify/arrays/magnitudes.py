"""Lengths of one entry as magnitudes: a graph that is to be differentiated again has norms in the place of abs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from edgewise.graph import Builder, Tape
from edgewise.graph.written_anew import rewritten
from edgewise.ops import CODE, TENSOR_CODE, lettered

__all__ = ["with_magnitudes"]

ABS, SIGN = CODE["abs"], CODE["sign"]
NORM, UNIT, CONTRACT = TENSOR_CODE["norm"], TENSOR_CODE["unit"], TENSOR_CODE["contract"]


def with_magnitudes(tape: Tape) -> Tape:
    """The graph with abs(x) for norms, and sign(x) for directions, over axes of length 1.

    >>> import edgewise as ew
    >>> ew.Graph(with_magnitudes(ew.parse("norm(x[:, None], axis=1)", shapes="x: n").tape)).simplify().text()
    'abs(x)'
    """
    instead: dict[int, Callable[[Builder, Sequence[int]], int]] = {}
    for i, code, args in tape.rows():
        if code in (NORM, UNIT) and all(tape.shape(args[0])[k] == 1 for k in tape.attrs[i]):
            instead[i] = _written(args[0], code, tape.attrs[i], tape.shape(args[0]))
    return rewritten(tape, instead)[0] if instead else tape


def _written(x: int, code: int, axes: Sequence[int], shape: Sequence[Any]) -> Callable[[Builder, Sequence[int]], int]:
    letters: Final = range(len(shape))
    kept = [k for k in letters if k - len(letters) not in axes]

    def write(builder: Builder, new: Sequence[int]) -> int:
        if code == UNIT:
            return builder.add(SIGN, (new[x],))
        return builder.add(CONTRACT, (builder.add(ABS, (new[x],)),), lettered([letters], kept, {}))

    return write
