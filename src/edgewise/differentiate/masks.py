"""How the product of an edge that is not always taken is written; see `taken`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cython
import numpy as np

from edgewise.built import held
from edgewise.differentiate.conditions import Conditions, Masks
from edgewise.differentiate.ledger import Seed
from edgewise.differentiate.linearize import Linearized
from edgewise.differentiate.taken import wild_edges
from edgewise.differentiate.working_graph import WorkingGraph
from edgewise.graph import IntArray, distinct

__all__ = ["write_masks"]

ALWAYS = cython.declare(cython.longlong, -1)


def write_masks(
    working: WorkingGraph, lin: Linearized, seeds: Sequence[Seed], items: tuple[IntArray, IntArray], reverse: bool
) -> Masks:
    """Write the conditions that the products of these items need, which are ordinary nodes.

    Items are columns (sweep, edge), in the order of writing; -1 - k for seed k.

    The product of a `where` is a selection. That of any other edge that is not always taken is one where what
    arrives may be infinite or NaN. Behind an edge that is not taken an exact zero arrives, and products with
    partials that may be infinite or NaN are masked. What a `where` does not select has been computed all the same:
    on the way down every product behind it is masked.
    """
    s = _Selecting(working, lin, seeds, reverse)
    _find(s, held(items[0]), held(items[1]))
    # A condition is ALWAYS only where nothing needs to be tested; tests are written before masks.
    write = s.conditions.write
    return Masks(
        {row: write(condition) for row, condition in s.tests.items()},
        {row: write(condition) for row, condition in s.masks.items()},
    )


@cython.cclass
class _Selecting:
    """What is selected, by row, and where sweeps have come.

    `active[j]` is the condition under which node j may have a derivative, `strict[j]` which part of it is due to a
    `where`. At an edge that leaves a node that `arrives` marks, infinity or NaN may have come along.
    """

    tape: Any
    lin: Any
    conditions = cython.declare(object, visibility="readonly")
    tests = cython.declare(dict, visibility="readonly")
    masks = cython.declare(dict, visibility="readonly")
    reverse: cython.bint
    consumer: cython.const[cython.longlong][::1]
    parent: cython.const[cython.longlong][::1]
    template: cython.const[cython.longlong][::1]
    seed_node: cython.const[cython.longlong][::1]
    wild: cython.const[cython.uchar][::1]
    arrives: cython.const[cython.uchar][::1]
    constant: cython.const[cython.uchar][::1]
    selects: cython.const[cython.uchar][::1]
    active: cython.longlong[::1]
    strict: cython.longlong[::1]

    def __init__(self, working: WorkingGraph, lin: Linearized, seeds: Sequence[Seed], reverse: bool) -> None:
        tape = working.tape
        wild = wild_edges(tape, lin.template, lin.templates)
        behind = distinct((lin.parent if reverse else lin.consumer)[wild]).tolist()
        arrives = (tape.live if reverse else tape.depends_on)(behind, lin.present)
        self.wild, self.arrives = held(wild.view(np.uint8)), held(arrives.view(np.uint8))
        self.tape, self.lin, self.reverse, self.conditions = tape, lin, reverse, Conditions(working, lin)
        self.consumer, self.parent, self.template = held(lin.consumer), held(lin.parent), held(lin.template)
        self.seed_node = held(np.array([seed.node for seed in seeds], dtype=np.int64))
        self.constant = held(np.array([t.result.kind == "const" for t in lin.templates], dtype=np.uint8))
        self.selects = held(np.array([s is not None for s in lin.selections], dtype=np.uint8))
        self.active, self.strict = (held(np.full(len(tape), ALWAYS, dtype=np.int64)) for _ in range(2))
        self.tests, self.masks = {}, {}


# --- the loop -------------------------------------------------------------------------------------------------------


@cython.cfunc
def _both(s: _Selecting, a: cython.longlong, b: cython.longlong) -> cython.longlong:
    """That two conditions hold."""
    return a if b in (ALWAYS, a) else b if a == ALWAYS else s.conditions.both(a, b)


@cython.cfunc
def _either(s: _Selecting, a: cython.longlong, b: cython.longlong) -> cython.longlong:
    """That one of two conditions holds."""
    return a if a == b else ALWAYS if a == ALWAYS or b == ALWAYS else s.conditions.either(a, b)


@cython.locals(row=cython.longlong, condition=cython.longlong, strict=cython.longlong)
def _find(s: _Selecting, sweep: cython.const[cython.longlong][::1], edges: cython.const[cython.longlong][::1]) -> None:
    """Carry the conditions along with what arrives, and note by row what is selected by which."""
    last_sweep: cython.longlong = -1
    last_target: cython.longlong = -1
    for row in range(len(edges)):
        edge: cython.longlong = edges[row]
        if edge < 0:
            target: cython.longlong = s.seed_node[-1 - edge]
            condition = strict = ALWAYS
        else:
            source: cython.longlong = s.consumer[edge] if s.reverse else s.parent[edge]
            target = s.parent[edge] if s.reverse else s.consumer[edge]
            condition = s.active[source]
            strict = s.strict[source]
            mask: cython.longlong = condition if s.wild[edge] else strict
            if s.constant[s.template[edge]]:
                mask = ALWAYS
            if s.selects[s.template[edge]]:
                condition, strict, mask = _selected(s, row, edge, mask)
            if mask != ALWAYS:
                s.masks[row] = mask
        if edge >= 0 and sweep[row] == last_sweep and target == last_target:
            condition = _either(s, s.active[target], condition)
            strict = _either(s, s.strict[target], strict)
        s.active[target] = condition
        s.strict[target] = strict
        last_sweep = sweep[row]
        last_target = target


@cython.cfunc
def _selected(s: _Selecting, row: cython.longlong, edge: cython.longlong, mask: cython.longlong) -> Any:
    """The conditions behind an edge that selects, and that of its product."""
    consumer: cython.longlong = s.consumer[edge]
    source: cython.longlong = consumer if s.reverse else s.parent[edge]
    condition: cython.longlong = s.active[source]
    strict: cython.longlong = s.strict[source]
    t: cython.longlong = s.template[edge]
    selection = s.lin.selections[t]
    own: cython.longlong = s.conditions.taken(t, consumer)
    arrival: cython.bint = s.arrives[source] and (s.reverse or not selection.point)
    if selection.unit and (mask != ALWAYS or arrival or s.tape.op(consumer).selects):
        s.tests[row] = own
        mask = ALWAYS
    elif arrival:
        mask = _both(s, mask, own)
    if not selection.point or not s.reverse:  # what happens at a point hides nothing of what stands before
        condition = _both(s, condition, own)
        if s.reverse and s.conditions.strict_at(consumer):
            strict = _both(s, strict, own)
    return condition, strict, mask
