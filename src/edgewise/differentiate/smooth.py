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
from typing import Any

import numpy as np

from edgewise.differentiate.derivative import Derivative
from edgewise.differentiate.ledger import Seed
from edgewise.differentiate.linearize import linearize
from edgewise.differentiate.sheet import Sheet
from edgewise.differentiate.sweep import write_sweeps
from edgewise.graph import IntArray, Tape
from edgewise.ops import CODE, CONST, INPUT, number_key

__all__ = ["has_limits", "smooth_at_zero"]

MUL, DIV, WHERE, POWER = (CODE[name] for name in ("mul", "div", "where", "power"))
SQRT, ABS, HYPOT = (CODE[name] for name in ("sqrt", "abs", "hypot"))


KINDS = ("gradient", "jacobian", "vjp")


def smooth_at_zero(first: Derivative) -> Derivative:
    """The same gradient, with the limits of its products where lengths are 0. Linear in the nodes of the limits.

    So is a Jacobian that was written by sweeps in reverse. Any other derivative is left as it is.
    """
    swept_back = first.reverse and first.elimination is None and first.kind in KINDS
    rows = _rows(first) if swept_back else []
    if not rows:
        return first
    base, ledger, lin = first.base, first.ledger, linearize(first.base)
    lengths = ledger.consumer.tolist()
    same = _same(base)
    groups: dict[int, list[int]] = {}
    for i in np.flatnonzero(np.isin(same, same[ledger.consumer[rows]])).tolist():
        groups.setdefault(int(same[i]), []).append(int(first.base_nodes[i]))
    number = dict(zip(groups, range(len(groups)), strict=True))
    # The derivative, in each length and those that are written alike, of what has arrived at it in a sweep.
    arrived = dict(zip(rows, first.table.lookup(ledger.sweep[rows], ledger.consumer[rows]).tolist(), strict=True))
    pairs = {row: (number[int(same[lengths[row]])], node) for row, node in arrived.items()}
    asked = np.array(sorted(set(pairs.values())), dtype=np.int64)
    seeds = [Seed(k, node) for k, nodes in enumerate(groups.values()) for node in nodes]
    wanted = np.unique(asked[:, 1]).tolist()
    written = write_sweeps(first.tape, seeds, wanted, reverse=False, asked=(asked[:, 0], asked[:, 1]))
    swept = replace(first.tape, **written.columns)
    cones: list[set[int]] = [set() for _ in groups]
    for k, node in zip(written.ledger.sweep.tolist(), written.ledger.consumer.tolist(), strict=True):
        cones[k].add(node)
    alike = list(groups.values())
    second: dict[tuple[int, int], int] = {}
    slopes = written.table.lookup(asked[:, 0], asked[:, 1]).tolist()
    for (k, node), slope in zip(asked.tolist(), slopes, strict=True):
        if slope >= 0 and not _singular(swept, alike[k], cones[k], len(first.tape), slope):
            second[k, node] = slope
    sheet = Sheet(swept)
    instead: dict[int, int] = {}
    for row in rows:
        i, product, found = lengths[row], int(ledger.product[row]), second.get(pairs[row], -1)
        if found < 0:
            continue
        scale = int(ledger.parent[row]) if base.ops[i] in (ABS, HYPOT) else sheet.constant(Fraction(1, 2))
        limit = sheet.add(MUL, (found, scale))
        args = swept.arguments(product)
        if swept.ops[product] == WHERE and _is_zero(swept, args[1]) and _at_zero(swept, args[0], i):
            instead[product] = sheet.add(WHERE, (args[0], limit, args[2]))
        else:
            selection = lin.selections[int(lin.template[base.start[i] + ledger.position[row]])]
            assert selection is not None
            test = sheet.written(selection.condition, base.arguments(i), i)
            instead[product] = sheet.add(WHERE, (test, limit, product))
    return _put(first, replace(swept, **sheet.columns()), instead) if instead else first


def has_limits(first: Derivative) -> bool:
    """Whether some product is a limit other than 0 where a length is 0."""
    return len(_rows(first, limits=True)) > 0


def _rows(first: Derivative, *, limits: bool = False) -> list[int]:
    """The rows of the ledger of edges into lengths whose products are 0 where the length is, or are `limits` there."""
    lin, base, ledger = linearize(first.base), first.base, first.ledger
    lengths = np.isin(base.ops, (SQRT, ABS, HYPOT))
    for i in np.flatnonzero(base.ops == POWER).tolist():
        lengths[i] = base.attrs[i] in (0.5, Fraction(1, 2))
    pointed = np.array([s is not None and s.point for s in lin.selections] + [False], dtype=bool)
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


def _same(tape: Tape) -> IntArray:
    """For each node the first one that is written alike."""
    seen: dict[Any, int] = {}
    same: list[int] = []
    for i, code, args in tape.rows():
        if code == INPUT:
            same.append(i)
            continue
        attr = tape.attrs.get(i)
        key = (code, *(same[j] for j in args), None if attr is None else number_key(attr))
        same.append(seen.setdefault(key, i))
    return np.array(same, dtype=np.int64)


def _singular(tape: Tape, lengths: Sequence[int], cone: set[int], first_new: int, node: int) -> bool:
    """Whether a node is infinite or NaN where a length is 0, whatever the inputs are.

    It is made of the nodes of the `cone`, which depend on the length, and of new ones. What is known where the length
    is 0 is computed with; a quotient by what is known to be 0 is infinite.
    """
    needed, todo = {node}, [node]
    while todo:
        i = todo.pop()
        if i >= first_new or i in cone:
            more = set(tape.arguments(i)) - needed
            needed |= more
            todo += more
    known = dict.fromkeys(lengths, 0.0)
    bad: set[int] = set()
    for i in sorted(needed):
        code = tape.ops[i]
        if code == CONST:
            known[i] = float(tape.attrs[i])
        if i in known or code == INPUT or not (i >= first_new or i in cone):
            continue
        args: Sequence[int] = tape.arguments(i)
        if code == WHERE:
            test = known.get(args[0])
            args = args[1:] if test is None else args[1:2] if test else args[2:]
            if len(args) == 1 and args[0] in known:
                known[i] = known[args[0]]
            if all(j in bad for j in args):
                bad.add(i)
        elif not bad.isdisjoint(args) or (code == DIV and known.get(args[1]) == 0):
            bad.add(i)
        elif code == MUL and any(known.get(j) == 0 for j in args):
            known[i] = 0.0
        elif all(j in known for j in args):
            with np.errstate(all="ignore"):
                parameter = (tape.attrs[i],) if tape.op(i).parameter else ()
                value = float(tape.op(i).value(*(np.float64(known[j]) for j in args), *parameter))
            if np.isfinite(value):
                known[i] = value
            else:
                bad.add(i)
    return node in bad


def _put(first: Derivative, tape: Tape, instead: Mapping[int, int]) -> Derivative:
    """The derivative over a tape with nodes at its end that stand for others, all of them put in order."""
    n = len(tape)
    image = np.arange(n)
    image[list(instead)] = list(instead.values())
    made = set(instead.values())
    args = [
        [j if i in made else int(image[j]) for j in row] for i, _, row in tape.rows()
    ]  # the node that stands for a product still reads it
    order = _in_order(args)
    new = np.empty(n, dtype=np.int64)
    new[order] = np.arange(n)
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


def _in_order(args: Sequence[Sequence[int]]) -> list[int]:
    """The nodes in an order in which arguments come first, which keeps that of the numbers where it can."""
    order: list[int] = []
    done = [False] * len(args)
    for root in range(len(args)):
        todo = [root]
        while todo:
            i = todo[-1]
            missing = [] if done[i] else [j for j in args[i] if not done[j]]
            if missing:
                todo += missing
                continue
            todo.pop()
            if not done[i]:
                done[i] = True
                order.append(i)
    return order
