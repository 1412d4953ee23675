"""A gradient graph as it is differentiated again: functions of a length that are smooth where it is 0.

The slope of f(r) in x, f'(r)·x/r, is written as 0 where the length r is 0. Its own slope there would be 0, and that of
a smooth f is f''(0). So before a gradient is differentiated again the product is f''(r)·x at r = 0, which is 0 as well.
f'' comes from a forward sweep from the length to what has arrived at it: nothing needs to be known of f. Where f has a
kink at 0 no second derivative exists, and f''(0) is the convention. Where f'' is infinite at 0, the zero stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

import numpy as np

from edgewise.differentiate.derivative import Derivative
from edgewise.differentiate.ledger import Seed
from edgewise.differentiate.linearize import linearize
from edgewise.differentiate.sweep import write_sweeps
from edgewise.differentiate.working_graph import WorkingGraph
from edgewise.graph import IntArray, Tape, arguments_first, code_table, distinct, reached
from edgewise.graph.arrays.same import first_alike
from edgewise.ops import CODE, CONST, number_key

__all__ = ["has_limits", "smooth_at_zero", "without_limits"]

ADD, MUL, DIV, WHERE, POWER = (CODE[name] for name in ("add", "mul", "div", "where", "power"))
SQRT, ABS, HYPOT = (CODE[name] for name in ("sqrt", "abs", "hypot"))

LENGTHS = code_table([SQRT, ABS, HYPOT])
HALVES = (0.5, Fraction(1, 2))
KINDS = ("gradient", "jacobian", "vjp")
WORK: Final = 8
"""Nodes that may be looked at for each node of a graph."""
FREE: Final = 200_000
"""Nodes that may be looked at besides, however small a graph is. What is beyond has its zero and is `unsought`."""


def smooth_at_zero(first: Derivative) -> Derivative:
    """The same gradient, with the limits of its products where lengths are 0. Linear in the nodes of the limits.

    So is a Jacobian that was written by sweeps in reverse. Any other derivative is left as it is.
    """
    swept_back = first.reverse and first.elimination is None and first.kind in KINDS
    rows = _rows(first) if swept_back else []
    if not rows:
        return first
    # What arrives at a length is made of the products at those that are made of it: these are first.
    depth = _depth(first.base, set(first.ledger.consumer[rows].tolist()))[first.ledger.consumer[rows]]
    left = FREE + WORK * len(first.tape)
    for level in distinct(depth).tolist():
        own = np.array(rows)[depth == level].tolist()
        left -= len(first.tape)
        if left >= 0:
            first, left = _with_limits(first, own, left)
        else:
            first = _unsought(first, first.ledger.consumer[own].tolist())
    return first


def without_limits(first: Derivative) -> Derivative:
    """The derivative that says of all lengths which it goes through that nobody looked for limits."""
    rows = _rows(first)
    return _unsought(first, first.ledger.consumer[rows].tolist()) if rows else first


def _unsought(first: Derivative, lengths: Sequence[int]) -> Derivative:
    """The derivative that says of these lengths that nobody looked for limits."""
    return replace(first, unsought=tuple(sorted({*first.unsought, *lengths})))


def _depth(tape: Tape, lengths: set[int]) -> IntArray:
    """How many of the lengths stand one behind the other, from a node on."""
    depth = [0] * len(tape)
    for i in range(len(tape) - 1, -1, -1):
        for j in tape.arguments(i):
            depth[j] = max(depth[j], depth[i] + (i in lengths))
    return np.array(depth, dtype=np.int64)


def _near(tape: Tape, groups: Sequence[Sequence[int]], wanted: Sequence[int], left: int) -> tuple[list[bool], int]:
    """Which groups are done before no more nodes may be looked at: all that are made of them and that something wanted
    reads; and how many may still be. The groups of which least is made come first."""
    near = tape.live(wanted)
    consumers = tape.edge_consumers()
    kept = np.flatnonzero(near[consumers])
    by_parent = kept[np.argsort(tape.args[kept], kind="stable")]
    begin = np.searchsorted(tape.args[by_parent], np.arange(len(tape) + 1)).tolist()
    readers = consumers[by_parent].tolist()
    sizes = []
    # No more is looked at than a fair share of what is left would take, twice over.
    share = 2 * left // max(len(groups), 1) + 1
    for nodes in groups:
        reached, todo, looked = set(nodes), list(nodes), 0
        while todo and looked <= share:
            i = todo.pop()
            looked += 1 + begin[i + 1] - begin[i]
            more = {j for j in readers[begin[i] : begin[i + 1]] if j not in reached}
            reached |= more
            todo += more
        sizes.append(looked if not todo else left + 1)
    found = [False] * len(groups)
    for k in sorted(range(len(groups)), key=sizes.__getitem__):
        if sizes[k] <= left:
            found[k] = True
            left -= sizes[k]
    return found, left


def _with_limits(first: Derivative, rows: Sequence[int], left: int) -> tuple[Derivative, int]:
    """The derivative with the limits of the products of some rows of its ledger, and how many nodes may still be
    looked at, `left` before."""
    base, ledger, lin = first.base, first.ledger, linearize(first.base)
    lengths = ledger.consumer.tolist()
    same = first_alike(base)
    groups: dict[int, list[int]] = {}
    for i in np.flatnonzero(np.isin(same, same[ledger.consumer[rows]])).tolist():
        groups.setdefault(int(same[i]), []).append(int(first.base_nodes[i]))
    wanted = first.table.lookup(ledger.sweep[rows], ledger.consumer[rows])
    done, left = _near(first.tape, list(groups.values()), wanted.tolist(), left)
    groups = {group: nodes for (group, nodes), kept in zip(groups.items(), done, strict=True) if kept}
    first = _unsought(first, [lengths[row] for row in rows if int(same[lengths[row]]) not in groups])
    rows = [row for row in rows if int(same[lengths[row]]) in groups]
    if not rows:
        return first, left
    number = dict(zip(groups, range(len(groups)), strict=True))
    # The derivative, in each length and those that are written alike, of what has arrived at it in a sweep.
    arrived = dict(zip(rows, first.table.lookup(ledger.sweep[rows], ledger.consumer[rows]).tolist(), strict=True))
    pairs = {row: (number[int(same[lengths[row]])], node) for row, node in arrived.items()}
    asked = np.array(sorted(set(pairs.values())), dtype=np.int64)
    seeds = [Seed(k, node) for k, nodes in enumerate(groups.values()) for node in nodes]
    wanted = distinct(asked[:, 1]).tolist()
    written = write_sweeps(first.tape, seeds, wanted, reverse=False, asked=(asked[:, 0], asked[:, 1]))
    swept = replace(first.tape, **written.columns)
    cones: list[set[int]] = [set() for _ in groups]
    for k, node in zip(written.ledger.sweep.tolist(), written.ledger.consumer.tolist(), strict=True):
        cones[k].add(node)
    alike = list(groups.values())
    working = WorkingGraph(swept)
    second: dict[tuple[int, int], int] = {}
    slopes = written.table.lookup(asked[:, 0], asked[:, 1]).tolist()
    for (k, node), slope in zip(asked.tolist(), slopes, strict=True):
        if slope >= 0:
            second[k, node] = _where_zero(working, alike[k], cones[k], len(first.tape), slope)
    instead: dict[int, int] = {}
    for row in rows:
        i, product, found = lengths[row], int(ledger.product[row]), second.get(pairs[row], -1)
        if found in (-1, working.find(0)):
            continue
        scale = int(ledger.parent[row]) if base.ops[i] in (ABS, HYPOT) else working.constant(HALVES[1])
        limit = working.add(MUL, (found, scale))
        args = swept.arguments(product)
        if swept.ops[product] == WHERE and _is_zero(swept, args[1]) and _at_zero(swept, args[0], i):
            instead[product] = working.add(WHERE, (args[0], limit, args[2]))
        else:
            selection = lin.selections[int(lin.template[base.start[i] + ledger.position[row]])]
            assert selection is not None
            test = working.written(selection.condition, base.arguments(i), i)
            instead[product] = working.add(WHERE, (test, limit, product))
    return (_put(first, replace(swept, **working.columns()), instead) if instead else first), left


def has_limits(first: Derivative) -> bool:
    """Whether some product is a limit other than 0 where a length is 0."""
    return len(_rows(first, limits=True)) > 0


def _rows(first: Derivative, *, limits: bool = False) -> list[int]:
    """The rows of the ledger of edges into lengths whose products are 0 where the length is, or are `limits` there."""
    lin, base, ledger = linearize(first.base), first.base, first.ledger
    lengths = LENGTHS[base.ops]
    for i in np.flatnonzero(base.ops == POWER).tolist():
        lengths[i] = type(base.attrs[i]) is not int and base.attrs[i] in HALVES
    pointed = np.array([s is not None and s.point for s in lin.selections] + [False], dtype=bool)
    if not lengths.any():
        return []
    edges = base.start[ledger.consumer] + ledger.position
    rows = np.flatnonzero(lengths[ledger.consumer] & pointed[lin.template[edges]]).tolist()
    columns = ledger.product.tolist(), ledger.consumer.tolist()
    return [row for row in rows if _is_limit(first.tape, columns[0][row], columns[1][row]) == limits]


def _is_limit(tape: Tape, product: int, length: int) -> bool:
    """Whether a product is another one where the length is 0."""
    args = tape.arguments(product)
    return bool(tape.ops[product] == WHERE and _at_zero(tape, args[0], length) and not _is_zero(tape, args[1]))


def _at_zero(tape: Tape, test: int, length: int) -> bool:
    """Whether a condition is that a length is 0."""
    sides = (length, *tape.arguments(length)) if tape.ops[length] != HYPOT else (length,)
    args = tape.arguments(test)
    return bool(tape.op(test).name == "eq" and args[0] in sides and _is_zero(tape, args[1]))


def _is_zero(tape: Tape, node: int) -> bool:
    return bool(tape.ops[node] == CONST) and number_key(tape.attrs[node]) == number_key(0)


def _where_zero(working: WorkingGraph, lengths: Sequence[int], cone: set[int], first_new: int, node: int) -> int:
    """A node as it is where a length is 0, written anew; -1 where it is infinite or NaN whatever the inputs are.

    Only nodes of the `cone` and new ones depend on the length.
    """
    tape = working.tape
    found = _folded(tape, lengths, cone, first_new, node)
    if found is None:
        return -1
    known, reads = found
    made: dict[int, int] = {}
    for i in sorted(reached([node], lambda i: reads.get(i, ()))):
        if i in known:
            made[i] = working.constant(int(known[i]) if known[i].is_integer() else known[i])
        elif i not in reads:
            made[i] = i
        elif len(reads[i]) < tape.op(i).arity:
            made[i] = made[reads[i][0]]
        else:
            made[i] = working.add(int(tape.ops[i]), [made[j] for j in reads[i]], tape.attrs.get(i))
    return made[node]


def _folded(
    tape: Tape, lengths: Sequence[int], cone: set[int], first_new: int, node: int
) -> tuple[dict[int, float], dict[int, tuple[int, ...]]] | None:
    """What is known where a length is 0, and of the other new nodes what they read there: one alone stands for them.

    None where the node is infinite or NaN: a quotient by what is known to be 0 is infinite.
    """

    def varied(i: int) -> bool:
        return i >= first_new or i in cone

    known = dict.fromkeys(lengths, 0.0)
    bad: set[int] = set()
    reads: dict[int, tuple[int, ...]] = {}
    for i in sorted(reached([node], lambda i: tape.arguments(i) if varied(i) else ())):
        code, args = tape.ops[i], tape.arguments(i)
        if code == CONST:
            known[i] = float(tape.attrs[i])
        if i in known or not varied(i):
            continue
        if code == WHERE and args[0] in known:
            args = args[1:2] if known[args[0]] else args[2:]
        values: list[Any] = [known.get(j) for j in args]
        if (code == DIV and values[1] == 0) or (bad.issuperset(args[1:]) if len(args) == 3 else bad.intersection(args)):
            bad.add(i)
        elif code == MUL and 0 in values:
            known[i] = 0.0
        elif None not in values:
            value = _value(tape, i, values)
            if np.isfinite(value):
                known[i] = float(value)
            else:
                bad.add(i)
        elif i < first_new:
            continue  # it has the right value there as it is
        elif (code == MUL and 1 in values) or (code == ADD and 0 in values):
            reads[i] = args[1:] if values[1] is None else args[:1]
        else:
            reads[i] = args
    return None if node in bad else (known, reads)


def _value(tape: Tape, node: int, values: Sequence[Any]) -> Any:
    """The value of an operation; of a selection that is decided, that of its branch."""
    op = tape.op(node)
    if len(values) < op.arity:
        return values[0]
    with np.errstate(all="ignore"):
        return op.value(*values, *((tape.attrs[node],) if op.parameter else ()))


def _put(first: Derivative, tape: Tape, instead: Mapping[int, int]) -> Derivative:
    """The derivative over a tape with nodes at its end that stand for others, all of them put in order."""
    n = len(tape)
    image = np.arange(n)
    image[list(instead)] = list(instead.values())
    made = set(instead.values())
    args = [
        [j if i in made else int(image[j]) for j in row] for i, _, row in tape.rows()
    ]  # the node that stands for a product still reads it
    order = arguments_first([*range(len(first.tape)), *instead.values()], lambda i: args[i][::-1])
    new = np.full(n, -1, dtype=np.int64)
    new[order] = np.arange(len(order))
    rows = [args[i] for i in order]
    columns = {
        **tape.moved(new),
        "ops": tape.ops[order],
        "start": np.cumsum([0, *map(len, rows)]),
        "args": new[np.array([j for row in rows for j in row], dtype=np.int64)],
    }
    moved = new[image]
    columns["outputs"] = tuple(moved[list(first.tape.outputs)].tolist())
    return first.renumbered(replace(tape, **columns), moved)
