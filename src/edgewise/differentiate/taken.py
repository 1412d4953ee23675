"""Edges that are taken under a condition: the zero of an edge not taken is selected, never multiplied.

`max`, `relu`, `clip`, `abs` and `where` have edges of slope 0 on a whole side. What flows along such an edge may be
infinite or NaN (the slope of sqrt in sqrt(max(x, 0)) at -1), and 0 · ∞ is no zero: the product is written as
where(taken, product, 0). So is every product further on whose partial may leave the doubles, as 1/x does in
max(log(x), 0) at 0. The partial itself says when its edge is taken: it is a selection with 0 in one branch, or a step.

Where all that meets the zero is surely finite, products stay products: a rectified network or a hinge loss is written
without a selection. Finite here means: made of finite inputs by operations that are `finite`, sums and products that
overflow aside. What `where` does not select is masked in any case, since its condition may be there to keep out NaN.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from math import isinf
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from edgewise.built import held
from edgewise.differentiate.edge_templates import mark_wild
from edgewise.graph import IntArray, Tape, code_table
from edgewise.ops import CODE, CONST, FIRST_TENSOR, N_BUILTIN, OPS, TABLE, TENSORS, Op, Ref, Template, number_key
from edgewise.ops.formula import pruned

__all__ = [
    "SIDED", "Selection", "beside_tie", "factor_selection", "otherwise", "selection_of", "wild_edges", "wild_nodes",
]  # fmt: skip

Bools = npt.NDArray[np.bool_]

DIV, POWER = CODE["div"], CODE["power"]
LAST_TENSOR = FIRST_TENSOR + len(TENSORS)
_READS: dict[int, tuple[Template, int]] = {}
_KEPT = 4096
NEG, LOG1P, *_EXPONENTIALS = (CODE[name] for name in ("neg", "log1p", "exp", "exp2", "expm1"))
DECAYING = (LOG1P, *_EXPONENTIALS)
ZERO = Ref("const", 0)
HALVED = ("sign", "heaviside", "relu")
"""Operations that are 0 at a point or on a whole side."""
HALVED_BY_ZERO = ("where", "max", "min", "clip")
"""The same, if one of their arguments is the constant 0, or a step."""
COMPARISONS = [CODE[name] for name in ("lt", "le", "gt", "ge", "eq", "ne")]
STEP_NAMES = ("sign", "heaviside")
STEPS = tuple(CODE[name] for name in STEP_NAMES)
SIDED = code_table([CODE[op.name] for op in TABLE if op.boolean or op.name in HALVED + HALVED_BY_ZERO])


class Selection(NamedTuple):
    """When an edge is taken: where `condition` is true (`branch` 1) or false (`branch` 2), as in `where`.

    With `unit` the slope is 1 there, so that nothing needs to be multiplied. An edge that is not taken at a `point`
    alone, as that of abs at 0, selects against what comes after it in 𝒢 and hides nothing of what comes before.
    """

    condition: Template
    branch: int
    unit: bool
    point: bool


def _is_zero(ref: Ref) -> bool:
    return ref.kind == "const" and number_key(ref.value) == number_key(0)


def selection_of(template: Template) -> Selection | None:
    """What the template of a partial says of its edge; None where the edge is always taken.

    >>> from edgewise.ops import OPS, template_of
    >>> [selection_of(template_of(OPS[name], 0)).branch for name in ("relu", "abs", "max")]
    [1, 2, 2]
    >>> selection_of(template_of(OPS["sin"], 0)) is None
    True
    """
    if template.result.kind != "node":
        return None
    op = template.nodes[template.result.value][0]
    return _selection(template) if op.selects or op.name in STEP_NAMES else None


@cache
def _selection(template: Template) -> Selection | None:
    """The same where the template is a selection or a step."""
    op, refs, _ = template.nodes[template.result.value]
    if op.selects and (_is_zero(refs[1]) or _is_zero(refs[2])):
        branch = 2 if _is_zero(refs[1]) else 1
        slope, condition = refs[branch], pruned(template.nodes, refs[0])
        unit = slope.kind == "const" and slope.value == 1
        return Selection(
            condition, branch, unit, branch == 2 and any(row.name == "eq" for row, _, _ in condition.nodes)
        )
    if op.selects:
        step = beside_tie(template)
        return None if step is None else _selection(step)
    if op.name in STEP_NAMES:  # 0 at 0, 0 below 0; NaN is on no side
        below = op.name == "heaviside"
        (argument,) = refs
        sides = (argument, ZERO)
        if argument.kind == "node" and template.nodes[argument.value][0].name == "sub":
            sides = template.nodes[argument.value][1]
        test = (OPS["lt" if below else "eq"], sides, None)
        condition = pruned((*template.nodes, test), Ref("node", len(template.nodes)))
        return Selection(condition, 2, False, not below)
    return None


def beside_tie(template: Template) -> Template | None:
    """The step that a partial is but for a tie, heaviside(x - y) in where(x == y, 1/2, heaviside(x - y)); else None.

    The tie is told apart because there is no difference of infinities.
    """
    op, refs, _ = template.nodes[template.result.value]
    step = refs[-1]
    if not op.selects or step.kind != "node" or template.nodes[step.value][0].name not in STEP_NAMES:
        return None
    return otherwise(template)


def otherwise(template: Template) -> Template:
    """What a template that selects is where its condition does not hold."""
    return pruned(template.nodes, template.nodes[template.result.value][1][-1])


def factor_selection(tape: Tape, factor: int, position: int) -> Selection | None:
    """The edges of a product whose partial, the other factor, is a step or a selection: x in x*heaviside(x)."""
    op, args = tape.op(factor), tape.arguments(factor)
    zero = any((tape.ops[j] == CONST and tape.attrs[j] == 0) or tape.ops[j] in STEPS for j in args)
    if not (op.boolean or op.name in HALVED or (zero and op.name in HALVED_BY_ZERO)):
        return None
    other = Ref("arg", position)
    if op.boolean:
        return Selection(Template((), other), 1, True, False)
    return Selection(Template(((OPS["eq"], (other, ZERO), None),), Ref("node", 0)), 2, False, op.name == "sign")


# --- what may be infinite or NaN ----------------------------------------------------------------------------------


@lru_cache(maxsize=64)  # the users' own operations are few
def _steep_codes(custom: tuple[Op, ...]) -> Bools:
    """Which operations are steep, whatever their parameter and arguments."""
    rows = [*TABLE, *custom, *TENSORS]
    codes = [*range(len(TABLE)), *range(N_BUILTIN, N_BUILTIN + len(custom)), *range(FIRST_TENSOR, LAST_TENSOR)]
    return code_table([code for code, op in zip(codes, rows, strict=True) if not op.finite])


def _steep(tape: Tape) -> Bools:
    """Nodes whose value or derivatives may leave the doubles though their arguments are finite."""
    found: Bools = _steep_codes(tape.custom)[tape.ops]
    steep = np.flatnonzero(found)
    for i, code in zip(steep.tolist(), tape.ops[steep].tolist(), strict=True):
        if code == POWER:
            exponent = tape.attrs[i]
            found[i] = not (type(exponent) is int and exponent >= 0)
        elif code == DIV:
            below = int(tape.args[tape.start[i] + 1])
            found[i] = tape.ops[below] != CONST or tape.attrs[below] == 0
        elif code in DECAYING:
            # exp(-|x|) and log(1 + exp(-|x|)) stay in the middle of the doubles, as losses need them.
            (inner,) = tape.arguments(i)
            if tape.ops[inner] == NEG and code != LOG1P:
                found[i] = not tape.op(tape.arguments(inner)[0]).range
            elif code == LOG1P:
                found[i] = not tape.op(inner).range
    infinite = [i for i, v in tape.attrs.items() if type(v) is float and isinf(v) and tape.ops[i] == CONST]
    if infinite:
        found[infinite] = True
        # A comparison with infinity, as x == -inf, says that the inputs may be infinite.
        compared = np.isin(tape.ops[tape.edge_consumers()], COMPARISONS)
        if (tape.depends_on(infinite)[tape.args] & compared).any():
            found[list(tape.inputs)] = True
    return found


def wild_nodes(tape: Tape) -> Bools:
    """Which nodes may be infinite or NaN though the inputs are finite, overflow of sums and products aside."""
    return tape.depends_on(np.flatnonzero(_steep(tape)).tolist())


def wild_edges(tape: Tape, template: IntArray, templates: Sequence[Template]) -> Bools:
    """Which edges have a partial that may be infinite or NaN; their consumer is steep, or they read a wild node."""
    steep, found = _steep(tape), np.zeros(tape.n_edges, dtype=bool)
    nodes = tape.depends_on(np.flatnonzero(steep).tolist())
    reads = np.array([*map(_reads, templates), 0], dtype=np.int64)  # the last is that of -1
    graph = held(tape.ops), held(tape.start), held(tape.args)
    flags = [held(mask.view(np.uint8)) for mask in (steep, nodes, found)]
    mark_wild(*graph, held(template), held(reads), FIRST_TENSOR, *flags)
    return found


def _reads(partial: Template) -> int:
    """What a partial reads, as bits: whether it is no constant, the operation's value, its k-th argument."""
    known = _READS.get(id(partial))  # which is held, so that no other takes its address
    if known is None:
        if len(_READS) >= _KEPT:
            _READS.clear()
        refs = [partial.result, *[ref for _, refs, _ in partial.nodes for ref in refs]]
        bits = {1 << (1 if ref.kind == "out" else 2 + ref.value) for ref in refs if ref.kind in ("out", "arg")}
        known = _READS[id(partial)] = partial, sum(bits) + (partial.result.kind != "const")
    return known[1]
