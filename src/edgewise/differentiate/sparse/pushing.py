"""The Hessian by edge pushing: second derivatives are pushed down the graph as arcs between pairs of nodes.

Gower and Mello, *A new framework for the computation of Hessians*, Optim. Methods Softw. 27 (2012), algorithm 4.1. On
the way down the numbers, node i hands the arcs that end at it on to its arguments: an arc {i, p} of weight w becomes an
arc {j, p} of weight w ∂(i,k) for each argument j, and w ∂(i,k) ∂(i,l) for each pair of them where p is i itself; and
where the operation is not linear, grad_table[i] times its second partial is a new arc between its arguments. What is
left lies between inputs: the Hessian. An arc has no direction, so symmetry is used at every node and not only at the
end, and no arc is ever made for a structural zero.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from edgewise.differentiate.backward import gradient
from edgewise.differentiate.derivative import Derivative
from edgewise.differentiate.linearize import linearize
from edgewise.differentiate.smooth import has_limits
from edgewise.differentiate.squares import roots_of_squares
from edgewise.differentiate.taken import wild_edges
from edgewise.differentiate.working_graph import WorkingGraph
from edgewise.differentiate.wrt import Wrt
from edgewise.graph import Builder, Layout, Tape
from edgewise.graph.template import template_from
from edgewise.ops import CODE, Op, Template, number_key

__all__ = ["Arcs", "can_push", "needs_selections", "push"]

MUL, ADD = CODE["mul"], CODE["add"]
ONE = number_key(1)

Slope = tuple[Template | None, Template | None]


def can_push(tape: Tape, wrt: Wrt) -> bool:
    """Whether the Hessian of a graph can be pushed: in inputs, and through no `where`."""
    selects = any(tape.op_of_code(code).selects for code in np.unique(tape.ops).tolist())
    return not selects and set(wrt.nodes) <= set(tape.inputs)


def needs_selections(first: Derivative) -> bool:
    """Whether arcs may run into 0 · ∞, which is NaN for them: along edges not taken, or where a length is 0."""
    tape, lin = first.base, linearize(first.base)
    if any(s is not None and not s.point for s in lin.selections):
        return bool(wild_edges(tape, lin.template, lin.templates).any())
    return len(roots_of_squares(tape, below=2)) > len(roots_of_squares(tape)) or has_limits(first)


class Arcs(WorkingGraph):
    """The nodes that pushing adds to a gradient graph, and the arcs that are left between inputs."""

    def __init__(self, tape: Tape) -> None:
        super().__init__(tape)
        self.between: dict[int, dict[int, int]] = {}
        self.constant(1)
        self.ones = {i for i, value in {**tape.constants(), **self.attrs}.items() if number_key(value) == ONE}

    def times(self, a: int, b: int) -> int:
        """The product of two nodes; a factor 1 is not multiplied along."""
        return b if a in self.ones else a if b in self.ones else self.add(MUL, (a, b))

    def join(self, j: int, p: int, weight: int, *, crosses: bool) -> None:
        """Add to the arc {j, p}, kept at the end with the larger number, which comes first on the way down.

        An arc that `crosses` stands for both directions: where its ends fall together, it counts twice.
        """
        if crosses and j == p:
            weight = self.times(self.constant(2), weight)
        ends = self.between.setdefault(max(j, p), {})
        before = ends.get(min(j, p))
        ends[min(j, p)] = weight if before is None else self.add(ADD, (before, weight))


def push(first: Derivative) -> Arcs:
    """Push all arcs of a gradient's 𝒢; those that are left are the Hessian's lower triangle, by node numbers.

    Time and memory are in proportion to the arcs that are pushed.
    """
    base = first.base
    lin = linearize(base)
    near = base.depends_on(first.wrt.nodes, lin.present)
    partial = np.full(base.n_edges, -1, dtype=np.int64)
    ledger = first.ledger
    partial[base.start[ledger.consumer] + ledger.position] = ledger.partial
    adjoint = first.table.lookup(0, np.arange(len(base))).tolist()
    use = (lin.present & near[lin.parent]).tolist()
    partials, template, starts = partial.tolist(), lin.template.tolist(), base.start.tolist()
    arcs = Arcs(first.tape)
    slopes: dict[tuple[int, int, int], Slope] = {}
    codes = base.ops.tolist()
    for i in range(len(base) - 1, -1, -1):
        edges = [e for e in range(starts[i], starts[i + 1]) if use[e]] if adjoint[i] >= 0 else ()
        if not edges:
            continue
        args = base.arguments(i)
        pushed = arcs.between.pop(i, {})
        own = pushed.pop(i, None)
        for p, weight in pushed.items():
            for e in edges:
                arcs.join(args[e - starts[i]], p, arcs.times(weight, partials[e]), crosses=True)
        for a, e in enumerate(edges):
            k = e - starts[i]
            half = None if own is None else arcs.times(own, partials[e])
            for f in edges[a:]:
                m = f - starts[i]
                if half is not None:
                    arcs.join(args[k], args[m], arcs.times(half, partials[f]), crosses=k != m)
                key = codes[i], template[e], m
                if key not in slopes:
                    slopes[key] = _slope(base.op(i), lin.templates[template[e]], m)
                second = _second(arcs, slopes[key], args, i, partials[f])
                if second is not None:
                    arcs.join(args[k], args[m], arcs.times(adjoint[i], second), crosses=k != m)
    return arcs


def _second(arcs: Arcs, slope: Slope, args: Sequence[int], out: int, partial: int) -> int | None:
    """A second partial: how the first depends on the argument itself, and on it through the result."""
    direct, through = slope
    found = None if direct is None else arcs.written(direct, args, out)
    if through is not None:
        term = arcs.times(arcs.written(through, args, out), partial)
        found = term if found is None else arcs.add(ADD, (found, term))
    return found


def _slope(op: Op, template: Template, position: int) -> Slope:
    """The derivatives of a partial's template in one argument and in the result, as templates."""
    builder = Builder(share=True)
    names = [f"a{k}" for k in range(op.arity)] + ["out"]
    inputs = [builder.input(name) for name in names]
    written = template.write(
        inputs, builder.constant, lambda row, nodes, c: builder.add(builder.code(row), nodes, c), inputs[-1]
    )
    tape, _ = builder.freeze([written], Layout(), names)
    found = []
    for k in (position, op.arity):
        wrt = Wrt((tape.inputs[k],), tape.parameters[k : k + 1])
        found.append(template_from(gradient(tape, wrt, ()).tape, op.arity))
    return found[0], found[1]
