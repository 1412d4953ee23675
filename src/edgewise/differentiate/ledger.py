"""What a sweep leaves behind: where it started, which nodes belong to which edge, and grad_table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from edgewise.graph import IntArray

__all__ = ["Asked", "Ledger", "Seed", "Table", "Written", "sweep_key"]

Asked = tuple[IntArray, IntArray] | None
"""Columns (sweep, node), ascending in the sweep: what each sweep is asked for; None where each is for all."""


class Seed(NamedTuple):
    """The derivative that a sweep starts from: node `value`, a constant 1 of its own or whatever it is weighted by.

    None where nothing starts: before the sweep is written, where it reaches nothing, and where vertices are eliminated.
    """

    sweep: int
    node: int
    value: int | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Ledger:
    """Which nodes of ℬ belong to which edge of 𝒢: one row for each sweep and each edge it used, as columns.

    `product` is what the edge contributes: the product with its partial (masked where it lies in a branch of `where`).
    `total` is the sum of what had arrived at the edge's target when it did.
    """

    sweep: IntArray
    consumer: IntArray
    position: IntArray
    parent: IntArray
    partial: IntArray
    product: IntArray
    total: IntArray

    def __len__(self) -> int:
        return len(self.sweep)

    def rows(self, names: str, which: Any = slice(None)) -> Iterator[Any]:
        """The columns of these names, row by row; of `which` rows."""
        return zip(*(getattr(self, name)[which].tolist() for name in names.split()), strict=True)


class Table(NamedTuple):
    """grad_table: (sweep, node of 𝒢) → derivative node of ℬ, as sorted columns."""

    keys: IntArray
    nodes: IntArray
    n: int
    reverse: bool

    def lookup(self, sweep: Any, node: Any) -> Any:
        """The derivative nodes of an array of (sweep, node) pairs, -1 where no path arrives."""
        key = np.asarray(
            sweep_key(np.asarray(sweep, dtype=np.int64), np.asarray(node, dtype=np.int64), self.n, self.reverse)
        )
        if not len(self.keys):
            return np.full(key.shape, -1, dtype=np.int64)
        place = np.minimum(np.searchsorted(self.keys, key), len(self.keys) - 1)
        return np.where(self.keys[place] == key, self.nodes[place], -1)

    def entries(self) -> tuple[IntArray, IntArray, IntArray]:
        """Columns (sweep, node, derivative node), sweep by sweep in the direction of the sweep."""
        sweep, node = np.divmod(self.keys, self.n)
        return sweep, self.n - 1 - node if self.reverse else node, self.nodes


class Written(NamedTuple):
    """The columns of ℬ, its ledger, grad_table, the constant 0 where no path arrives, and the seeds."""

    columns: dict[str, Any]
    ledger: Ledger
    table: Table
    zero: int
    seeds: tuple[Seed, ...]

    def results(self, sweep: Any, node: Any) -> tuple[int, ...]:
        """The derivative nodes of an array of (sweep, node) pairs."""
        found = self.table.lookup(sweep, node)
        return tuple(np.where(found < 0, self.zero, found).tolist())


def sweep_key(sweep: IntArray, node: IntArray, n: int, reverse: bool) -> IntArray:
    """A number that sorts by sweep, then in the direction of the sweep."""
    return sweep * n + (n - 1 - node if reverse else node)
