"""What a tensor graph costs: polynomials in the named dimensions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from edgewise.differentiate import Derivative
from edgewise.errors import InputError
from edgewise.evaluate.attributed import by_edge, by_line
from edgewise.evaluate.path_counts import count_paths, short_count
from edgewise.graph import Tape, count_operations
from edgewise.graph.tensors.work import work_of
from edgewise.ops import CONST, FIRST_TENSOR, bound, is_view, product, simplest
from edgewise.ops import dimension as dimension_symbol
from edgewise.shown import shown

__all__ = ["Accumulation", "TensorCost"]


@shown
class TensorCost:
    """Exact counts for a tensor graph.

    `operations` are nodes that compute (views aside), `work` their arithmetic and `memory` the entries of all values,
    as polynomials in the named dimensions; `at(n=…, d=…)` puts numbers in.
    """

    def __init__(self, tape: Tape, roots: Iterable[int], derivative: Derivative | None = None) -> None:
        self._tape, self._roots, self._derivative = tape, list(roots), derivative
        self._alive = tape.live(self._roots)

    @cached_property
    def operations(self) -> int:
        """Nodes that compute something."""
        return count_operations(self._tape, self._roots)

    @cached_property
    def by_kind(self) -> Mapping[str, int]:
        """Operations by name, the most frequent first."""
        tape = self._tape
        counts: dict[str, int] = {}
        for i in np.flatnonzero(self._alive).tolist():
            op = tape.op(i)
            view = tape.ops[i] >= FIRST_TENSOR and is_view(op, tape.attrs.get(i))
            if tape.arguments(i) and not view:
                counts[op.name] = counts.get(op.name, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @cached_property
    def work(self) -> Any:
        """Arithmetic operations."""
        return _total(self._work.values())

    @cached_property
    def _work(self) -> dict[int, Any]:
        found = ((node, work_of(self._tape, node)) for node in np.flatnonzero(self._alive).tolist())
        return {node: work for node, work in found if work != 0}

    @cached_property
    def by_edge(self) -> Mapping[str, Any]:
        """The arithmetic of ℬ by the edge of 𝒢 that it serves, the most (at lengths of 100) first: see `Cost`."""
        return by_edge(self._derivative, self._work)

    @cached_property
    def by_line(self) -> Mapping[str, Any]:
        """The arithmetic by the line of traced code that it computes or differentiates, the most first."""
        return by_line(self._tape, self._derivative, self._work)

    @cached_property
    def memory(self) -> Any:
        """The entries of all values, inputs included, views not."""
        tape = self._tape
        nodes = np.flatnonzero(self._alive).tolist()
        return _total(
            product(tape.shape(i))
            for i in nodes
            if tape.ops[i] != CONST and not (tape.ops[i] >= FIRST_TENSOR and is_view(tape.op(i), tape.attrs.get(i)))
        )

    def at(self, **sizes: int) -> dict[str, int]:
        """Work and memory for numbers of the named dimensions.

        >>> import edgewise as ew
        >>> ew.parse("X @ w", shapes="X: n,d; w: d").cost().at(n=10, d=2)
        {'work': 40, 'memory': 32}
        """
        return {"work": int(bound(self.work, sizes)), "memory": int(bound(self.memory, sizes))}

    @cached_property
    def edges(self) -> int:
        """Edges among the nodes that are needed."""
        return int(self._alive[self._tape.edge_consumers()].sum())

    @property
    def products(self) -> int:
        """Vector-Jacobian products (or tangents) in the ledger: one for each edge and sweep."""
        return len(self._derivative.ledger) if self._derivative is not None else 0

    @cached_property
    def paths(self) -> int:
        """Paths from a wanted input to an output."""
        tape, derivative = self._tape, self._derivative
        if derivative is None:
            return count_paths(tape.args, tape.edge_consumers(), tape.inputs, tape.outputs)
        base = derivative.base
        return count_paths(base.args, base.edge_consumers(), derivative.wrt.nodes, base.outputs)

    def __repr__(self) -> str:
        kinds = ", ".join(f"{count} {name}" for name, count in list(self.by_kind.items())[:6])
        return (
            f"{self.operations} operations ({kinds}); {self.work} arithmetic, {self.memory} entries; {self.edges} edges"
        )

    def to_data(self) -> dict[str, Any]:
        """The counts as plain data, polynomials as text."""
        return {
            "operations": self.operations, "by_kind": dict(self.by_kind), "work": str(self.work),
            "memory": str(self.memory), "edges": self.edges, "products": self.products,
            "paths": short_count(self.paths),
        }  # fmt: skip


class Accumulation(NamedTuple):
    """The arithmetic of a Jacobian as written in forward and in reverse mode, polynomials in the named dimensions."""

    forward: Any
    reverse: Any

    def cheaper(self, **sizes: int) -> str:
        """The mode with less arithmetic for numbers of all dimensions; reverse where they are equal."""
        forward, reverse = (bound(work, sizes) for work in self)
        return "forward" if forward < reverse else "reverse"

    def from_size(self, dimension: str, **sizes: int) -> list[tuple[int, str]]:
        """From which length of a dimension on which mode is cheaper, the others having numbers.

        >>> import edgewise as ew
        >>> G = ew.parse("tanh(A @ x)", shapes="A: m,n; x: n")
        >>> G.accumulation("x").from_size("m", n=10)
        [(1, 'reverse'), (10, 'forward')]
        """
        import sympy as sp

        own = dimension_symbol(dimension)
        others = {symbol: sizes[symbol.name] for work in self for symbol in _symbols(work) if symbol.name in sizes}
        missing = {symbol.name for work in self for symbol in _symbols(work)} - {dimension} - sizes.keys()
        if missing:
            raise InputError(f"the dimension {min(missing)!r} has no number", hint=f"give it: {min(missing)}=…")
        difference = sp.expand(sp.sympify(self.forward).subs(others) - sp.sympify(self.reverse).subs(others))
        roots = sp.Poly(difference, own).real_roots() if difference.has(own) else []
        starts = sorted({1, *(int(sp.floor(root)) + step for root in roots for step in (0, 1) if root > 0)})
        found: list[tuple[int, str]] = []
        for start in (start for start in starts if start > 0):
            mode = self.cheaper(**sizes, **{dimension: start})
            if not found or found[-1][1] != mode:
                found.append((start, mode))
        return found


def _symbols(value: Any) -> set[Any]:
    return getattr(value, "free_symbols", set())


def _total(parts: Iterable[Any]) -> Any:
    """A sum of many polynomials, equal ones counted first."""
    counts: dict[Any, int] = {}
    number = 0
    for part in parts:
        if type(part) is int:
            number += part
        else:
            counts[part] = counts.get(part, 0) + 1
    if not counts:
        return number
    import sympy as sp

    return simplest(sp.Add(number, *(count * part for part, count in counts.items())))
