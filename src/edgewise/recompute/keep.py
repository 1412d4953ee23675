"""Which values of 𝒢 to keep until the way back, by a minimum cut; the others are computed again where they are read.

Each value that is read on the way back is either kept, which takes room for as long as it waits, or computed again from
values that are kept or computed again in their turn. The cheapest choice under a price of one operation is a minimum
cut (a closure problem: Picard, Maximal closure of a graph, Management Science 22, 1976). Cuts between the two sides are
how compilers of tensor programs choose what to save (He and Yu, Transcending runtime-memory tradeoffs in checkpointing,
MLSys 2023); the choice for all values and times at once, as an integer program, is Checkmate (Jain et al., MLSys 2020).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from edgewise.graph import IntArray
from edgewise.recompute.blocks import Sides

__all__ = ["course_keeping", "kept_values"]


def kept_values(sides: Sides, price: int) -> npt.NDArray[np.bool_]:
    """The nodes of 𝒢 to keep where an operation costs as much as holding a value for `price` thousandths of the run."""
    import networkx as nx

    task, tape = sides.task, sides.task.tape
    n = len(tape)
    ahead = np.zeros(n, dtype=bool)
    ahead[sides.forward] = True
    place = np.full(n, -1)
    place[sides.forward] = np.arange(len(sides.forward))
    place[sides.backward] = len(sides.forward) + np.arange(len(sides.backward))
    consumer = tape.edge_consumers()
    reads = ahead[tape.args] & (place[consumer] >= 0)
    leaves, returns = place.copy(), np.full(n, len(task.order))
    up, down = reads & ahead[consumer], reads & ~ahead[consumer]
    np.maximum.at(leaves, tape.args[up], place[consumer[up]])
    np.minimum.at(returns, tape.args[down], place[consumer[down]])
    needed = np.zeros(n, dtype=bool)
    needed[tape.args[down]] = True
    waits = 1 + 1000 * (returns - leaves) // max(1, len(task.order))
    # Node i: it is at hand on the way back. Node n + i: it is computed again there, so its arguments must be at hand.
    flow = nx.DiGraph()
    flow.add_nodes_from(("s", "t"))
    todo = np.flatnonzero(needed & ~task.is_root).tolist()
    flow.add_edges_from(("s", i) for i in todo)
    seen = set(todo)
    while todo:
        i = todo.pop()
        flow.add_edge(i, "t", capacity=int(waits[i]))
        if waits[i] <= price:
            continue
        flow.add_edge("s", n + i, capacity=int(waits[i]) - price)
        flow.add_edge(n + i, i)
        for j in tape.arguments(i):
            if ahead[j] and not task.is_root[j]:
                flow.add_edge(n + i, j)
                if j not in seen:
                    seen.add(j)
                    todo.append(j)
    _, (chosen, _) = nx.minimum_cut(flow, "s", "t", flow_func=nx.algorithms.flow.boykov_kolmogorov)
    keep = task.is_root & ahead
    for i in chosen:
        if i != "s" and i < n and n + i not in chosen:
            keep[i] = True
    return keep


def course_keeping(sides: Sides, keep: npt.NDArray[np.bool_]) -> IntArray:
    """Forwards, then backwards, each value that is not kept being computed again just before it is first read there."""
    tape = sides.task.tape
    n = len(tape)
    missing = np.zeros(n, dtype=bool)
    missing[sides.forward] = ~keep[sides.forward]
    away, starts, args = missing.tolist(), tape.start.tolist(), tape.args.tolist()
    course = sides.forward.tolist()
    for q in sides.backward.tolist():
        todo, again = [q], []
        while todo:
            i = todo.pop()
            for j in args[starts[i] : starts[i + 1]]:
                if away[j]:
                    away[j] = False
                    again.append(j)
                    todo.append(j)
        course += sorted(again)
        course.append(q)
    return np.array(course, dtype=np.int64)
