"""The ledger and grad_table of a derivative graph as users read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import numpy as np

from edgewise.errors import InputError
from edgewise.shown import shown

if TYPE_CHECKING:
    from edgewise.api.derivative_graph import DerivativeGraph
    from edgewise.differentiate import Derivative

__all__ = ["GradTable", "LedgerEntry", "LedgerView"]


@shown
class LedgerEntry(NamedTuple):
    """One row of the ledger: an edge of 𝒢 and its nodes of ℬ.

    Edge (consumer, position, parent) are nodes of `B.base`; `partial` is the node of ℬ that holds the local partial,
    `product` the one that holds the edge's contribution, `sweep` the number of the sweep that used the edge (0 for a
    gradient; the output's number in a Jacobian by rows, the input's in one by columns; m - 1 for the
    Taylor coefficients of degree m).
    """

    consumer: int
    position: int
    parent: int
    partial: int
    product: int
    sweep: int = 0


@shown
class LedgerView(Sequence[LedgerEntry]):
    """The ledger as a sequence of entries, made when they are asked for."""

    def __init__(self, derivative: Derivative) -> None:
        self.derivative = derivative
        self._columns = [getattr(derivative.ledger, name) for name in LedgerEntry._fields]

    def __len__(self) -> int:
        return len(self._columns[0])

    @overload
    def __getitem__(self, index: int) -> LedgerEntry: ...
    @overload
    def __getitem__(self, index: slice) -> list[LedgerEntry]: ...
    def __getitem__(self, index: int | slice) -> LedgerEntry | list[LedgerEntry]:
        if isinstance(index, slice):
            return [self[k] for k in range(*index.indices(len(self)))]
        if not isinstance(index, (int, np.integer)):
            raise InputError(
                f"the ledger has no entry {index!r:.60}",
                hint="entries are numbered from 0; B.of(consumer, parent) finds that of an edge",
            )
        return LedgerEntry(*(int(column[index]) for column in self._columns))

    def __iter__(self) -> Iterator[LedgerEntry]:
        return (LedgerEntry(*row) for row in self.derivative.ledger.rows(" ".join(LedgerEntry._fields)))

    def __repr__(self) -> str:
        return f"<ledger of {len(self)} edges>"

    def __str__(self) -> str:
        """A table: each edge with its derivative, its local partial and its product as formulas."""
        from edgewise.view.notebooks.rich import edges_text

        return edges_text(self.derivative)


@shown
class GradTable(Mapping[Any, int]):
    """grad_table: node of 𝒢, by number or input name → node of ℬ that holds its derivative.

    For a Jacobian the keys are pairs (sweep, node), for Taylor coefficients of degree m pairs (m - 1, node).
    """

    def __init__(self, graph: DerivativeGraph) -> None:
        self.base, self.derivative = graph.base, graph.derivative
        sweep, node, derivative = graph.derivative.table.entries()
        keys: Any = node.tolist()
        if graph.derivative.kind in ("jacobian", "hessian", "derivatives", "taylor"):
            keys = zip(sweep.tolist(), keys, strict=True)
        self._nodes: dict[Any, int] = dict(zip(keys, derivative.tolist(), strict=True))

    def __getitem__(self, key: Any) -> int:
        if isinstance(key, tuple):
            return self._nodes[key[0], self.base.node(key[1])]
        return self._nodes[self.base.node(key)]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)

    def __repr__(self) -> str:
        return f"grad_table({self._nodes})" if len(self) < 20 else f"<grad_table of {len(self)} nodes>"
