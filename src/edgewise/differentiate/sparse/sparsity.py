"""Structural sparsity: which derivatives can differ from zero at all, and derivatives of those entries alone.

A Jacobian entry is a structural nonzero where a path of edges that carry a derivative leads from the input to the
output. The Hessian's are those of the Jacobian of the gradient graph: an entry stands where a local partial depends on
an input, that is where two inputs interact nonlinearly (x*y has one such pair, x + y none). It is the pattern that
Walther, *Computing sparse Hessians with automatic differentiation*, ACM TOMS 34 (2008), propagates, and that Gower and
Mello, *A new framework for the computation of Hessians*, Optim. Methods Softw. 27 (2012), push along edges. A second
derivative is symmetric, so an entry whose mirror image is a structural zero is one too.

Patterns are never too small. They are exact where nothing cancels: (x + y) - x is taken to depend on x.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from edgewise.differentiate.accumulation import gradient
from edgewise.differentiate.derivative import Derivative, finished
from edgewise.differentiate.elimination.jacobians import jacobian, with_at_most
from edgewise.differentiate.ledger import Ledger, Seed, Table, Written
from edgewise.differentiate.linearize import linearize
from edgewise.differentiate.root_powers import without_root_powers
from edgewise.differentiate.smooth import has_limits
from edgewise.differentiate.sparse.pushing import can_push, needs_selections, push
from edgewise.differentiate.sweep import flow_to
from edgewise.differentiate.triangle import Way, cheapest, grid_of, is_symmetric, operations_left, symmetric_jacobian
from edgewise.differentiate.wrt import Wrt
from edgewise.errors import DifferentiationError
from edgewise.graph import (
    SPARSE,
    IntArray,
    Layout,
    Pattern,
    Returns,
    Tape,
    for_scalars,
    stable_argsort,
)

__all__ = ["hessian_sparsity", "jacobian_sparsity", "sparse_hessian", "sparse_jacobian"]

FEW: Final = 64
"""Inputs up to which a sparse Hessian is compared with the dense one."""

SHORT: Final = 5_000
"""Nodes of a gradient graph up to which it is."""

DENSE: Final = 1.2
"""Entries of the dense Hessian are taken up to so many times the operations of pushing: more of theirs become equal."""


def jacobian_sparsity(tape: Tape, wrt: Wrt) -> Pattern:
    """Which entries [output, wrt entry] of the Jacobian can differ from zero.

    Sweeps start on the side that has fewer nodes; see `cones` for what they cost.

    >>> from edgewise import parse
    >>> from edgewise.differentiate import resolve_wrt
    >>> tape = parse("[x*y, y + z, floor(z)]").tape
    >>> jacobian_sparsity(tape, resolve_wrt(tape, None)).to_dense().astype(int).tolist()
    [[1, 1, 0], [0, 1, 1], [0, 0, 0]]
    """
    lin = linearize(for_scalars(tape, "sparsity()"))
    down = len(tape.outputs) <= len(wrt.nodes)
    starts, ends = (tape.outputs, wrt.nodes) if down else (wrt.nodes, tape.outputs)
    seeds = [Seed(k, node) for k, node in enumerate(starts)]
    sweep, node = flow_to(lin, ends, down).arrivals(seeds, ends)
    sweep, place = _places(sweep, node, np.array(ends, dtype=np.int64))
    rows, columns = (sweep, place) if down else (place, sweep)
    return Pattern.of(rows, columns, (len(tape.outputs), len(wrt.nodes)))


def _places(sweep: IntArray, node: IntArray, ends: IntArray) -> tuple[IntArray, IntArray]:
    """(sweep, node) pairs as (sweep, place in `ends`) pairs: a node may stand there several times."""
    order = stable_argsort(ends)
    first, last = (np.searchsorted(ends[order], node, side=side) for side in ("left", "right"))
    count = last - first
    within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(sweep, count), order[np.repeat(first, count) + within]


def hessian_sparsity(tape: Tape, wrt: Wrt) -> Pattern:
    """Which entries of the Hessian of the one scalar output can differ from zero: a symmetric pattern.

    >>> from edgewise import parse
    >>> from edgewise.differentiate import resolve_wrt
    >>> tape = parse("x*y + z + exp(z)").tape
    >>> hessian_sparsity(tape, resolve_wrt(tape, None)).to_dense().astype(int).tolist()
    [[0, 1, 0], [1, 0, 0], [0, 0, 1]]
    """
    return _symmetric(gradient(for_scalars(tape, "hessian_sparsity()"), wrt, ()))


def _symmetric(first: Derivative) -> Pattern:
    """The entries of a gradient's Jacobian that are structural nonzeros together with their mirror images."""
    pattern = jacobian_sparsity(first.tape, first.wrt)
    if not is_symmetric(first):
        return pattern
    both = pattern.places(pattern.columns, pattern.rows) >= 0
    return Pattern(pattern.rows[both], pattern.columns[both], pattern.shape)


def sparse_jacobian(
    tape: Tape, wrt: Wrt, results: tuple[Returns, ...], order: str = "auto", form: str | bool = "scipy"
) -> Derivative:
    """The structural nonzeros of the Jacobian, and nothing else, as one matrix [output, wrt entry].

    Rows are the outputs, columns the entries of `wrt`, both flat. `form` is "dense" (zeros filled in), "coo" (rows,
    columns, values) or "scipy"; `order` is "reverse", "forward" or "auto", whichever writes fewer products, or
    "markowitz", the entries of an elimination.
    """
    if order not in ("auto", "reverse", "forward", "markowitz"):
        raise DifferentiationError(
            f"there is no sparse Jacobian in the order {order!r}",
            hint='use "auto", "forward", "reverse" or "markowitz"',
        )
    tape, wrt, results = without_root_powers(for_scalars(tape, "sparse="), wrt, results)
    pattern = jacobian_sparsity(tape, wrt)
    if order == "markowitz":
        return _of_dense(jacobian(tape, wrt, results, order), pattern, _form(form))
    ways = [Way(tape, wrt, pattern, np.ones(pattern.nnz, dtype=bool), down) for down in (True, False)]
    way = cheapest(ways) if order == "auto" else ways[order == "forward"]
    return _of_pattern(way, results, form)


def sparse_hessian(first: Derivative, form: str | bool = "scipy", order: str = "auto") -> Derivative:
    """The structural nonzeros of the Hessian from the gradient graph: one triangle computed, the other mirrored.

    `order` is "push" (edge pushing, which uses symmetry at every node and has an empty ledger, for arcs between pairs
    of nodes belong to no edge), "sweeps" (rows or columns of the gradient's Jacobian, with their ledger), "dense" (the
    entries of the dense Hessian, of a gradient in inputs), or "auto":
    pushing, but for a graph with branches or with edges that are not taken at a point of infinite slopes, and for a
    Hessian in inner nodes; of few inputs the dense Hessian's entries, where these take fewer operations.
    """
    for_scalars(first.tape, "sparse=")
    form, pushes = _form(form), can_push(first.base, first.wrt)
    if order not in ("auto", "push", "sweeps", "dense"):
        raise DifferentiationError(
            f"there is no sparse Hessian in the order {order!r}", hint='use "auto", "push", "sweeps" or "dense"'
        )
    if order == "push" and not (pushes and not has_limits(first)):
        raise DifferentiationError(
            "arcs are pushed between inputs, through no branches (where) and through no function of a length that is"
            " smooth where the length is 0, and this Hessian needs another order",
            hint='use "auto" or "sweeps"',
        )
    if order == "dense" and is_symmetric(first):
        return _as_hessian(first, _dense_entries(first, form))
    swept = order in ("sweeps", "dense") or not pushes or (order == "auto" and needs_selections(first))
    made = _swept(first, form) if swept else _pushed(first, form)
    if order == "auto" and len(first.wrt.nodes) <= FEW and len(first.tape) <= SHORT and is_symmetric(first):
        dense = _dense_entries(first, form)
        # Where a length may be 0 most of what sweeps write becomes equal, too.
        made = (
            dense
            if operations_left(dense) <= DENSE * operations_left(made) or linearize(first.tape).selecting.any()
            else made
        )
    return _as_hessian(first, made)


def _as_hessian(first: Derivative, made: Derivative) -> Derivative:
    return replace(made, kind="hessian", results=(*first.results, made.results[-1]._replace(name="hessian")))


def _dense_entries(first: Derivative, form: str) -> Derivative:
    """The structural nonzeros of the dense Hessian."""
    dense = symmetric_jacobian(first.tape, first.wrt, first.results, with_at_most)
    return _of_dense(dense, _symmetric(first), form)


def _of_dense(dense: Derivative, pattern: Pattern, form: str) -> Derivative:
    """The entries of a pattern of a derivative that was written whole."""
    nodes = tuple(grid_of(dense)[pattern.rows, pattern.columns].tolist())
    layout = Layout.of_pattern(form, pattern)
    tape = replace(dense.tape, outputs=nodes, layout=layout)
    return replace(dense, tape=tape, results=(*dense.results[:-1], Returns(dense.results[-1].name, nodes, layout)))


def _pushed(first: Derivative, form: str) -> Derivative:
    """The Hessian by edge pushing."""
    arcs, ends = push(first), np.array(first.wrt.nodes, dtype=np.int64)
    i, j, node = np.array(arcs.left(), dtype=np.int64).reshape(-1, 3).T
    # Each arc is two entries, its image too; an input may stand in several rows and columns.
    i, j, node = np.concatenate((i, j)), np.concatenate((j, i)), np.concatenate((node, node))
    arc, rows = _places(np.arange(len(i)), i, ends)
    again, columns = _places(np.arange(len(arc)), j[arc], ends)
    rows, node = rows[again], node[arc][again]
    pattern = Pattern.of(rows, columns, (len(ends), len(ends)))
    nodes = np.zeros(pattern.nnz, dtype=np.int64)
    nodes[pattern.places(rows, columns)] = node
    none = np.zeros(0, dtype=np.int64)
    empty = Table(none, none, len(first.tape), True)
    written = Written(arcs.columns(), Ledger(none, none, none, none, none, none, none), empty, -1, ())
    layout = Layout.of_pattern(form, pattern)
    return finished(first.tape, first.wrt, written, "hessian", tuple(nodes.tolist()), layout, first.results)


def _swept(first: Derivative, form: str) -> Derivative:
    """The Hessian by sweeps: of either triangle by rows or by columns, the way that writes the fewest products."""
    tape, wrt, pattern = first.tape, first.wrt, _symmetric(first)
    halves = [pattern.columns <= pattern.rows, pattern.columns >= pattern.rows]
    if not is_symmetric(first):
        halves = [np.ones(pattern.nnz, dtype=bool)]
    ways = [Way(tape, wrt, pattern, half, down) for half in halves for down in (True, False)]
    return _of_pattern(cheapest(ways), first.results, form)


def _of_pattern(way: Way, results: tuple[Returns, ...], form: str | bool) -> Derivative:
    return way.derivative(lambda nodes: (nodes, Layout.of_pattern(_form(form), way.pattern)), results)


def _form(form: str | bool) -> str:
    """How a matrix of nonzeros is handed over; True is scipy's."""
    form = "scipy" if form is True else form
    if form not in SPARSE:
        raise DifferentiationError(
            f"there is no sparse result of the form {form!r}", hint=f"use one of {', '.join(map(repr, SPARSE))}"
        )
    return str(form)
