"""The Hessian by edge pushing: second derivatives are pushed down the graph as arcs between pairs of nodes.

Gower and Mello, *A new framework for the computation of Hessians*, Optim. Methods Softw. 27 (2012), algorithm 4.1. On
the way down the numbers, node i hands the arcs that end at it on to its arguments: an arc {i, p} of weight w becomes an
arc {j, p} of weight w ∂(i,k) for each argument j, and w ∂(i,k) ∂(i,l) for each pair of them where p is i itself; and
where the operation is not linear, grad_table[i] times its second partial is a new arc between its arguments. What is
left lies between inputs: the Hessian. An arc has no direction, so symmetry is used at every node and not only at the
end, and no arc is ever made for a structural zero.
"""

from __future__ import annotations

from typing import Any

import cython
import numpy as np

from edgewise.built import held
from edgewise.differentiate.derivative import Derivative
from edgewise.differentiate.linearize import linearize
from edgewise.differentiate.smooth import has_limits
from edgewise.differentiate.sparse.second_partials import Slope, slope_of
from edgewise.differentiate.squares import roots_of_squares
from edgewise.differentiate.taken import wild_edges
from edgewise.differentiate.working_graph import WorkingGraph
from edgewise.differentiate.wrt import Wrt
from edgewise.graph import Tape, distinct
from edgewise.ops import CODE, Template, number_key

__all__ = ["Arcs", "can_push", "needs_selections", "push"]

MUL = cython.declare(cython.longlong, CODE["mul"])
ADD = cython.declare(cython.longlong, CODE["add"])
ONE = number_key(1)


def can_push(tape: Tape, wrt: Wrt) -> bool:
    """Whether the Hessian of a graph can be pushed: in inputs, and through no `where`."""
    selects = any(tape.op_of_code(code).selects for code in distinct(tape.ops).tolist())
    return not selects and set(wrt.nodes) <= set(tape.inputs)


def needs_selections(first: Derivative) -> bool:
    """Whether arcs may run into 0 · ∞, which is NaN for them: along edges not taken, or where a length is 0."""
    tape, lin = first.base, linearize(first.base)
    selects = any(s is not None and not s.point for s in lin.selections)
    if selects and wild_edges(tape, lin.template, lin.templates).any():
        return True
    return len(roots_of_squares(tape, below=2)) > len(roots_of_squares(tape)) or has_limits(first)


@cython.cclass
class Arcs:
    """The arcs while they are pushed, and the nodes that this adds to a gradient graph.

    `between[j]` has the arcs that end at node j of 𝒢, by their smaller ends. `partial[e]` is the node of the partial of
    an edge, `adjoint[i]` that of grad_table, `ones` are the nodes that hold a 1.
    """

    working: WorkingGraph
    between: list[Any]
    ones: set[int]
    partial: cython.const[cython.longlong][::1]
    adjoint: cython.const[cython.longlong][::1]
    start: cython.const[cython.longlong][::1]
    args: cython.const[cython.longlong][::1]
    ops: cython.const[cython.ushort][::1]
    template: cython.const[cython.longlong][::1]
    use: cython.const[cython.uchar][::1]
    templates: list[Template]
    slopes: dict[tuple[int, int], Slope]
    tape: Any

    def __init__(self, first: Derivative) -> None:
        base, ledger, lin = first.base, first.ledger, linearize(first.base)
        near = base.depends_on(first.wrt.nodes, lin.present)
        partial = np.full(base.n_edges, -1, dtype=np.int64)
        partial[base.start[ledger.consumer] + ledger.position] = ledger.partial
        self.partial = held(partial)
        self.adjoint = held(first.table.lookup(0, np.arange(len(base))))
        self.use = held((lin.present & near[lin.parent]).view(np.uint8))
        self.tape, self.ops, self.start, self.args = base, held(base.ops), held(base.start), held(base.args)
        self.template, self.templates, self.slopes = held(lin.template), list(lin.templates), {}
        self.working, self.between = WorkingGraph(first.tape), [None] * len(base)
        self.working.constant(1)
        constants = {**first.tape.constants(), **self.working.attrs}
        self.ones = {i for i, value in constants.items() if number_key(value) == ONE}

    def left(self) -> list[tuple[int, int, int]]:
        """The arcs that are left, as both ends and the node of their weight."""
        return [(i, j, node) for i, found in enumerate(self.between) if found for j, node in found.items()]

    def columns(self) -> dict[str, Any]:
        """The columns of the gradient graph with what has been written."""
        return self.working.columns()


def push(first: Derivative) -> Arcs:
    """Push all arcs of a gradient's 𝒢; those that are left are the Hessian's lower triangle, by node numbers.

    Time and memory are in proportion to the arcs that are pushed.
    """
    arcs = Arcs(first)
    _push_all(arcs)
    return arcs


@cython.cfunc
def _times(arcs: Arcs, a: cython.longlong, b: cython.longlong) -> cython.longlong:
    """The product of two nodes; a factor 1 is not multiplied along."""
    if a in arcs.ones:
        return b
    return a if b in arcs.ones else arcs.working.add(MUL, (a, b))


@cython.cfunc
def _join(
    arcs: Arcs, j: cython.longlong, p: cython.longlong, weight: cython.longlong, crosses: cython.bint
) -> cython.longlong:
    """Add to the arc {j, p}, kept at the end with the larger number, which comes first on the way down.

    An arc that `crosses` stands for both directions: where its ends fall together, it counts twice.
    """
    if crosses and j == p:
        weight = _times(arcs, arcs.working.constant(2), weight)
    if j < p:
        j, p = p, j
    ends = arcs.between[j]
    if ends is None:
        ends = arcs.between[j] = {}
    before = ends.get(p)
    ends[p] = weight if before is None else arcs.working.add(ADD, (before, weight))
    return 0


@cython.locals(i=cython.longlong, e=cython.longlong)
def _push_all(arcs: Arcs) -> None:
    """Down the numbers: hand on the arcs at each node that something arrives at, and make those of its own."""
    for i in range(len(arcs.adjoint) - 1, -1, -1):
        edges: list[int] = []
        if arcs.adjoint[i] >= 0:
            for e in range(arcs.start[i], arcs.start[i + 1]):
                if arcs.use[e]:
                    edges.append(e)
        if edges:
            _push_on(arcs, i, edges)


@cython.cfunc
@cython.locals(e=cython.longlong, f=cython.longlong, p=cython.longlong, weight=cython.longlong)
def _push_on(arcs: Arcs, i: cython.longlong, edges: list[int]) -> cython.longlong:
    """Push the arcs at node i along its edges, and make new ones where the operation is not linear."""
    pushed: dict[int, int] = arcs.between[i] or {}
    arcs.between[i] = None
    own: cython.longlong = pushed.pop(i, -1)
    args: list[int] = [arcs.args[e] for e in range(arcs.start[i], arcs.start[i + 1])]
    for p, weight in pushed.items():
        for e in edges:
            _join(arcs, arcs.args[e], p, _times(arcs, weight, arcs.partial[e]), True)
    for e in edges:
        half: cython.longlong = _times(arcs, own, arcs.partial[e]) if own >= 0 else -1
        for f in edges:
            if f < e:
                continue
            if half >= 0:
                _join(arcs, arcs.args[e], arcs.args[f], _times(arcs, half, arcs.partial[f]), e != f)
            second: cython.longlong = _second(arcs, i, e, f, args)
            if second >= 0:
                _join(arcs, arcs.args[e], arcs.args[f], _times(arcs, arcs.adjoint[i], second), e != f)
    return 0


@cython.cfunc
def _second(arcs: Arcs, i: cython.longlong, e: cython.longlong, f: cython.longlong, args: list[int]) -> cython.longlong:
    """The derivative of the partial of edge e along edge f, -1 for none: itself, and through the result of node i."""
    found: cython.longlong = -1
    key = arcs.template[e], f - arcs.start[i]
    slope = arcs.slopes.get(key)
    if slope is None:
        slope = arcs.slopes[key] = slope_of(arcs.tape.op(i), arcs.templates[arcs.template[e]], f - arcs.start[i])
    direct, through = slope
    if direct is not None:
        found = arcs.working.written(direct, args, i)
    if through is not None:
        term: cython.longlong = _times(arcs, arcs.working.written(through, args, i), arcs.partial[f])
        found = term if found < 0 else arcs.working.add(ADD, (found, term))
    return found
