"""What a graph costs: exact counts, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from edgewise.built import held
from edgewise.differentiate import Count, Derivative, count_forward, count_reverse, markowitz, path_graph
from edgewise.evaluate.attributed import by_edge, by_line
from edgewise.evaluate.path_counts import count_paths, rough_paths, short_count
from edgewise.graph import IntArray, Tape, depths, distinct
from edgewise.ops import CONST, INPUT
from edgewise.shown import shown

__all__ = ["Cost"]


@shown
class Cost:
    """Counts of a graph, or of a derivative graph together with the values that it returns.

    `operations`: nodes that are neither inputs nor constants.
    `by_kind`: the same by operation. `edges`, `products`, `additions`: of the ledger, where there is one; `edges` of
    a plain graph are its argument edges. `depth`: the longest chain of operations. `peak_live`: the most values
    that are held at once when the nodes are computed in order. `paths`: the number of paths from a wanted input to
    an output: what the chain rule pays when it is multiplied out path by path (an integer of any size).
    """

    def __init__(self, tape: Tape, roots: Sequence[int], derivative: Derivative | None = None) -> None:
        self._tape, self._roots, self._derivative = tape, tuple(roots), derivative
        self._alive = tape.live(self._roots)
        self._computes = self._alive & (tape.ops != INPUT) & (tape.ops != CONST)

    @property
    def operations(self) -> int:
        """Nodes that are neither inputs nor constants."""
        return int(self._computes.sum())

    @property
    def work(self) -> int:
        """Arithmetic: each operation on scalars is one."""
        return self.operations

    @cached_property
    def by_kind(self) -> Mapping[str, int]:
        """The operations by name, the most frequent first."""
        counts = np.bincount(self._tape.ops[self._computes])
        rows = [(self._tape.op_of_code(c).name, int(counts[c])) for c in np.flatnonzero(counts).tolist()]
        return dict(sorted(rows, key=lambda row: (-row[1], row[0])))

    @cached_property
    def by_edge(self) -> Mapping[str, int]:
        """The operations of ℬ by the edge of 𝒢 that they serve, the most first; empty for a plain graph.

        An operation that serves several edges counts for one of them, an edge of several sweeps is one, and the
        products of an elimination, which join edges, count for none.

        >>> import edgewise as ew
        >>> ew.parse("c = x*y; c/sqrt(c)").gradient().cost().by_edge["c → u3"]
        4
        """
        return by_edge(self._derivative, self._work)

    @cached_property
    def by_line(self) -> Mapping[str, int]:
        """The operations by the line of traced code, `file:line`, that they compute or differentiate; the most first.

        Empty for graphs that were not traced.
        """
        return by_line(self._tape, self._derivative, self._work)

    @cached_property
    def _work(self) -> dict[int, int]:
        return dict.fromkeys(np.flatnonzero(self._computes).tolist(), 1)

    @property
    def edges(self) -> int:
        """Edges of 𝒢 in the ledger, counted once for each sweep; argument edges of a plain graph."""
        return len(self._derivative.ledger) if self._derivative else self._tape.n_edges

    @cached_property
    def products(self) -> int:
        """Different nodes that are some edge's product and are computed; in an elimination, all that were joined."""
        if self._derivative is None:
            return 0
        steps = self._derivative.elimination
        return self._count(self._derivative.ledger.product if steps is None else steps.product)

    @cached_property
    def additions(self) -> int:
        """Different nodes that sum what arrives over several edges and are computed."""
        if self._derivative is None:
            return 0
        ledger, steps = self._derivative.ledger, self._derivative.elimination
        total, product = (ledger.total, ledger.product) if steps is None else (steps.total, steps.product)
        adds = np.zeros(len(self._tape), dtype=bool)
        adds[total[total >= 0]] = True
        adds[product[product >= 0]] = False
        names = [c for c in distinct(self._tape.ops).tolist() if self._tape.op_of_code(c).name in ("add", "sub")]
        return int((adds & self._computes & np.isin(self._tape.ops, names)).sum())

    def _count(self, nodes: IntArray) -> int:
        return int((_mask(nodes[nodes >= 0], len(self._tape)) & self._computes).sum())

    @cached_property
    def _eliminations(self) -> Mapping[str, Count]:
        """What vertex elimination costs on 𝒢, in the order of this Jacobian and in the simple ones."""
        derivative = self._derivative
        if derivative is None or derivative.kind != "jacobian":
            return {}
        graph = path_graph(derivative.base, derivative.wrt.nodes)
        order, found = derivative.order, markowitz(graph)
        assert found is not None
        counts = {"forward": count_forward(graph), "reverse": count_reverse(graph), "markowitz": found[1]}
        steps = derivative.elimination
        if steps is None:
            return {"own": counts[str(order)], **counts}
        return {"own": Count(steps.multiplications, steps.additions), **counts}

    @property
    def elimination_multiplications(self) -> int | None:
        """The products of elimination in the order of a Jacobian; None for anything else.

        Σ in-degree × out-degree, where no vertex is eliminated in parts.

        That of 𝒢 as it is: simplification does not change it. Sweeps count as elimination in their direction.
        """
        return self._eliminations["own"].multiplications if self._eliminations else None

    @property
    def elimination_additions(self) -> int | None:
        """The additions of vertex elimination in the order of a Jacobian; None for anything else."""
        return self._eliminations["own"].additions if self._eliminations else None

    @property
    def eliminations(self) -> Mapping[str, Count]:
        """(multiplications, additions) of elimination in "forward", "reverse" and "markowitz" order; empty if none.

        >>> import edgewise as ew
        >>> ew.parse("[x*y*z, sin(x*y*z)]").jacobian().cost().eliminations["reverse"]
        Count(multiplications=6, additions=0)
        """
        return {name: count for name, count in self._eliminations.items() if name != "own"}

    @cached_property
    def depth(self) -> int:
        """Operations on the longest way from an input to a result."""
        level = depths(held(self._tape.start), held(self._tape.args), held(self._computes.view(np.uint8)))
        return int(level[list(self._roots)].max(initial=0))

    @property
    def peak_live(self) -> int:
        """The most values held at once (inputs included, constants not), computing in the order of the numbers."""
        return int(self.live.max(initial=0))

    @cached_property
    def live(self) -> IntArray:
        """The values held when each node has been computed, in the order of the numbers; inputs are there at once."""
        tape, n = self._tape, len(self._tape)
        held = self._alive & ~tape.is_constant()
        last = np.arange(n)
        consumer = tape.edge_consumers()
        read = self._alive[consumer]
        np.maximum.at(last, tape.args[read], consumer[read])
        last[list(self._roots)] = n
        change = np.zeros(n + 2, dtype=np.int64)
        # Inputs are there from the start, also those that a derivative adds behind 𝒢's nodes.
        np.add.at(change, np.where(tape.ops == INPUT, 0, np.arange(n))[held], 1)
        # A value that is read for the last time by node i makes room for node i's own.
        np.add.at(change, np.minimum(last[held], n), -1)
        live: IntArray = np.cumsum(change)[: n + 1]
        return live

    @cached_property
    def paths(self) -> int:
        """Paths from a wanted input to an output, by dynamic programming over the edges."""
        return count_paths(*self._ways)

    @cached_property
    def _ways(self) -> tuple[IntArray, IntArray, Sequence[int], Sequence[int]]:
        """The edges that paths go along, sorted by consumer, and where they begin and end."""
        if self._derivative is None:
            tape = self._tape
            return tape.args, tape.edge_consumers(), tape.inputs, tape.outputs
        derivative = self._derivative
        ledger, base = derivative.ledger, derivative.base
        # Several sweeps use an edge: each counts once.
        edges = np.flatnonzero(_mask(base.start[ledger.consumer] + ledger.position, base.n_edges))
        return base.args[edges], base.edge_consumers()[edges], derivative.wrt.nodes, base.outputs

    @property
    def _paths_text(self) -> str:
        """`paths` in short, without counting to the last digit where there are many."""
        parents, consumers, sources, sinks = self._ways
        n = len(self._tape if self._derivative is None else self._derivative.base)
        count, power = np.zeros(n), np.zeros(n, dtype=np.int64)
        count[list(sources)] = 1.0
        rough_paths(held(parents), held(consumers), held(count), held(power))
        total = [(float(count[i]), int(power[i])) for i in sinks if count[i] > 0]
        top = max((exponent for _, exponent in total), default=0)
        # Whole numbers below 2**53 are exact; of others only the leading digits are shown.
        mantissa = sum(value * 2.0 ** max(exponent - top, -1100) for value, exponent in total)
        return short_count(int(mantissa) << top if top >= 0 else int(mantissa * 2.0**top))

    def __repr__(self) -> str:
        kinds = ", ".join(f"{count} {name}" for name, count in list(self.by_kind.items())[:6])
        parts = [f"{self.operations} operations ({kinds}{', …' if len(self.by_kind) > 6 else ''})"]
        parts.append(f"{self.edges} edges")
        if self._derivative is not None:
            parts += [f"{self.products} products", f"{self.additions} additions", f"{self._paths_text} paths"]
        parts += [f"depth {self.depth}", f"at most {self.peak_live} values at once"]
        return "; ".join(parts)

    def summary(self) -> dict[str, Any]:
        """The counts that are quick on any graph; `paths` as text, since it may be too long for a number of JSON."""
        names = ["operations", "edges", *(("products", "additions") if self._derivative else ()), "depth", "peak_live"]
        return {**{name: getattr(self, name) for name in names}, "paths": self._paths_text}

    def to_data(self) -> dict[str, Any]:
        """All counts as plain data."""
        data: dict[str, Any] = {"products": 0, "additions": 0, **self.summary()}
        for name, count in self._eliminations.items():
            data[f"elimination {name}" if name != "own" else "elimination"] = count._asdict()
        return {**data, "by_kind": dict(self.by_kind)}


def _mask(items: IntArray, length: int) -> Any:
    """Which of so many are among the items; on large arrays a tenth of the time of sorting them."""
    mask = np.zeros(length, dtype=bool)
    mask[items] = True
    return mask
