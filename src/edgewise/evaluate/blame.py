"""Which edge of 𝒢, or all between two nodes, explains that a gradient written by hand is another one than ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np

from edgewise.differentiate import Derivative
from edgewise.graph import Tape
from edgewise.ops import FIRST_TENSOR, bound

__all__ = ["Blame", "blamed", "recomputed"]

Numbers = Sequence[Any]


class Blame(NamedTuple):
    """Ledger rows, and the factor that their products have in the other gradient; None where one is transposed there.

    There are several rows where an operation reads the same node several times, as x*x does.
    """

    rows: tuple[int, ...]
    factor: float | None

    @property
    def fault(self) -> str:
        """What is wrong with the contribution."""
        if self.factor is None:
            return "transposed"
        known = {0.0: "missing", 2.0: "doubled", -1.0: "of the wrong sign"}
        return known.get(self.factor, f"multiplied by {self.factor:.6g}")


def recomputed(tape: Tape, values: Numbers, node: int, value: Any, sizes: Mapping[str, int]) -> list[Any]:
    """The values of all nodes when one of them has another value."""
    found = list(values)
    found[node] = value
    changed = {node}
    args, start = tape.args.tolist(), tape.start.tolist()
    with np.errstate(all="ignore"):
        for i in range(node + 1, len(tape)):
            own = args[start[i] : start[i + 1]]
            if changed.isdisjoint(own):
                continue
            op, parameter = tape.op(i), tape.attrs.get(i)
            if int(tape.ops[i]) >= FIRST_TENSOR:
                parameter = bound(parameter, sizes)
            given = [found[j] for j in own]
            found[i] = op.value(*given, parameter) if op.parameter else op.value(*given)
            changed.add(i)
    return found


def blamed(
    derivative: Derivative, runs: Sequence[Numbers], wanted: Sequence[Any], sizes: Mapping[str, int], rtol: float
) -> Blame | None:
    """The edge whose contribution, times another number or transposed, turns our gradient into the `wanted` one.

    `runs` are the values of ℬ's nodes, as it was written, at some points, `wanted` the other gradient at each, flat.
    The gradient is linear in every edge's product: what doubling it adds is what the edge contributes. All edges from
    one node to one operation are judged together before each alone: -1 for both edges of x*x is a turned sign, and -3
    for one of them would explain it too. Edges near the inputs come first, and a factor 0 or 2 before -1, and that
    before any other. None where no single edge, and no such bundle of edges, explains the difference.
    """
    tape, ledger = derivative.tape, derivative.ledger
    ours, theirs = _flat(run[i] for run in runs for i in tape.outputs), np.concatenate(list(wanted))
    gap, size = theirs - ours, np.abs(theirs) + np.abs(ours)
    scale = rtol * max(1e-300, float(size.max(initial=0.0)))
    order = np.lexsort((ledger.consumer, ledger.parent)).tolist()

    def changed(row: int, change: Callable[[Any], Any]) -> Any:
        """Our gradient where the product of an edge is another one."""
        node = int(ledger.product[row])
        found = (recomputed(tape, run, node, change(np.asarray(run[node])), sizes) for run in runs)
        return _flat(run[i] for run in found for i in tape.outputs)

    found: list[Blame] = []
    for _, bundle in groupby(order, key=lambda row: (int(ledger.parent[row]), int(ledger.consumer[row]))):
        rows = tuple(bundle)
        effects = {
            int(ledger.product[row]): changed(row, lambda x: 2.0 * x) - ours for row in rows
        }  # rows may share a product
        candidates = [((row,), effects[int(ledger.product[row])]) for row in rows]
        if len(rows) > 1:
            candidates.insert(0, (rows, sum(effects.values())))
        for blamed_rows, effect in candidates:
            factor = _factor(effect, gap, scale)
            if factor in (0.0, 2.0):
                return Blame(blamed_rows, factor)
            if factor is not None:
                found.append(Blame(blamed_rows, factor))
        for row in rows:
            shape = np.shape(runs[0][int(ledger.product[row])])
            square = len(shape) == 2 and shape[0] == shape[1]
            if square and np.abs(changed(row, np.transpose) - theirs).max() <= scale:
                return Blame((row,), None)
    return next((blame for blame in found if blame.factor == -1.0), found[0] if found else None)


def _factor(effect: Any, gap: Any, scale: float) -> float | None:
    """By which number a contribution must be multiplied to close the gap; None where none does."""
    weight = float(effect @ effect)
    if not weight or not np.isfinite(weight):
        return None
    factor = 1.0 + float(effect @ gap) / weight
    if np.abs(gap - (factor - 1.0) * effect).max() > scale:
        return None
    near = round(factor)
    return float(near) if near in (-1, 0, 2) and abs(factor - near) <= 1e-6 else factor


def _flat(arrays: Iterator[Any]) -> Any:
    return np.concatenate([np.ravel(np.asarray(a, dtype=float)) for a in arrays])
