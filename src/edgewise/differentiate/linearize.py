"""The linearised graph: 𝒢's edges with the template of each one's local partial."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from math import inf, isinf
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from edgewise.built import held
from edgewise.differentiate.edge_templates import look_up, look_up_parameters
from edgewise.differentiate.squares import roots_of_squares
from edgewise.differentiate.taken import (
    SIDED,
    Selection,
    beside_tie,
    factor_selection,
    otherwise,
    selection_of,
    wild_nodes,
)  # fmt: skip
from edgewise.errors import DifferentiationError
from edgewise.graph import IntArray, Tape
from edgewise.ops import CODE, CONST, OPS, Op, SymbolicConstant, Template, number_key, op_of_code, template_of

__all__ = ["Linearized", "linearize", "refused_partial"]

MUL, DIV, NEG, MIN, MAX, POW = (CODE[name] for name in ("mul", "div", "neg", "min", "max", "pow"))
SIDED_CODES = frozenset(np.flatnonzero(SIDED).tolist())
ROOTS = {CODE[name] for name in ("sqrt", "cbrt", "power")}
LARGEST_CODE = 1 << 16
KEPT = 10_000
"""Edges below which the last few graphs are kept as they are linearised."""


@dataclass(frozen=True, eq=False, repr=False)
class Linearized:
    """Columns over the edges of 𝒢, in edge order (consumers ascending, positions in order).

    `template[e]` is an index into `templates`, or -1 where the partial is identically zero: no edge. So a constant 0
    of a matrix is a structural zero of the Jacobians that it goes into. `selections` say of each template under which
    condition its edges are taken, None where always.
    """

    tape: Tape
    template: IntArray
    templates: Sequence[Template]
    selections: Sequence[Selection | None]

    @cached_property
    def consumer(self) -> IntArray:
        return self.tape.edge_consumers()

    @cached_property
    def position(self) -> IntArray:
        return np.arange(self.tape.n_edges) - self.tape.start[self.consumer]

    @property
    def parent(self) -> IntArray:
        return self.tape.args

    @cached_property
    def selecting(self) -> npt.NDArray[np.bool_]:
        """Which edges are taken under a condition only."""
        return np.isin(self.template, [t for t, selection in enumerate(self.selections) if selection is not None])

    @cached_property
    def refused(self) -> frozenset[int]:
        """The templates that rows refuse."""
        return frozenset(t for t, template in enumerate(self.templates) if template.refusal)

    def demand(self, edges: Iterable[int]) -> None:
        """Raise a DifferentiationError where a derivative needs an edge whose partial is refused by its row."""
        tape = self.tape
        for e in edges if self.refused else ():
            if e >= 0 and self.template[e] in self.refused:
                i, k = int(self.consumer[e]), int(self.position[e])
                raise refused_partial(tape.op(i), k, self.templates[self.template[e]], tape.names.text(i), tape.line(i))

    @property
    def present(self) -> npt.NDArray[np.bool_]:
        """Which edges carry a derivative."""
        return self.template >= 0


def refused_partial(op: Op, position: int, template: Template, node: str, line: str) -> DifferentiationError:
    """The error for a derivative that needs a partial that a row refuses."""
    return DifferentiationError(
        f"the derivative of {op.name} in its argument {op.args[position]} at {node}: {template.refusal}",
        hint=f"let {op.args[position]} be a number, or ask for other derivatives, as in gradient(wrt=[…])",
        line=line,
    )


def linearize(tape: Tape) -> Linearized:
    """Look up the partial of every edge. Time: one look at each edge, and a few steps more for powers and roots."""
    return _kept(tape) if tape.n_edges < KEPT else _linearized(tape)


@lru_cache(maxsize=8)  # a Hessian of a small graph asks for the same again and again
def _kept(tape: Tape) -> Linearized:
    return _linearized(tape)


def _linearized(tape: Tape) -> Linearized:
    codes = np.flatnonzero(np.bincount(tape.ops)).tolist()
    plain = [code for code in codes if not tape.op_of_code(code).parameter]
    known = _by_operations(tuple(plain), tape.custom)
    template, templates, selections = np.empty(tape.n_edges, dtype=np.int64), [*known.templates], [*known.selections]
    start, column = held(tape.start), held(template)
    look_up(held(tape.ops), start, held(known.row), held(known.of_position), column)

    def new(made: Template) -> int:
        templates.append(made)
        selections.append(selection_of(made))
        return len(templates) - 1

    index: dict[Any, int] = {}

    def number(op: Op, k: int, parameter: Any) -> int:
        key = op.name, k, None if parameter is None else number_key(parameter)
        if key not in index:
            made = template_of(op, max(k, 0), parameter, of_squares=k < 0)
            index[key] = -1 if made is None else new(made)
        return index[key]

    def numbers(op: Op, parameter: Any) -> list[int]:
        return [number(op, k, parameter) for k in range(op.arity)]

    for code in codes if len(plain) < len(codes) else ():
        op = tape.op_of_code(code)
        if op.parameter:
            nodes = np.flatnonzero(tape.ops == code).tolist()
            look_up_parameters(nodes, start, tape.attrs, partial(numbers, op), column)
    for i in roots_of_squares(tape).tolist() if not ROOTS.isdisjoint(codes) else ():
        template[tape.start[i]] = number(tape.op(i), -1, tape.attrs.get(i))
    if CONST in codes:
        _leave_out_zeros(tape, template)
    if MIN in codes or MAX in codes:
        _plainer_ties(tape, template, templates, new, number(OPS["add"], 0, None))
    if POW in codes and CONST in codes:
        _plainer_bases(tape, template, templates, new)
    if MUL in codes and not SIDED_CODES.isdisjoint(codes):
        _select_by_factors(tape, template, templates, selections)
    return Linearized(tape, template, templates, selections)


class _Known(NamedTuple):
    """The templates of operations without a parameter: that of position k of code c is `of_position[row[c], k]`.

    A code that is not among them has the row -1, a partial that is zero the template -1.
    """

    templates: tuple[Template, ...]
    selections: tuple[Selection | None, ...]
    row: IntArray
    of_position: IntArray


@lru_cache(maxsize=256)  # graphs of the same operations are many
def _by_operations(codes: tuple[int, ...], custom: tuple[Op, ...]) -> _Known:
    """The templates of these operations, numbered in their order."""
    ops = [op_of_code(code, custom) for code in codes]
    row = np.full(LARGEST_CODE, -1, dtype=np.int64)
    of_position = np.full((len(ops), max([op.arity for op in ops], default=0)), -1, dtype=np.int64)
    found: list[Template] = []
    for i, (code, op) in enumerate(zip(codes, ops, strict=True)):
        row[code] = i
        for k in range(op.arity):
            template = template_of(op, k)
            if template is not None:
                of_position[i, k] = len(found)
                found.append(template)
    return _Known(tuple(found), tuple(map(selection_of, found)), row, of_position)


def _select_by_factors(
    tape: Tape, template: IntArray, templates: list[Template], selections: list[Selection | None]
) -> None:
    """Give the edges of products with a step or a selection as the other factor templates that select."""
    variants: dict[tuple[int, Selection], int] = {}
    for e, other, position in _stepped(tape):
        selection = factor_selection(tape, other, position) if template[e] >= 0 else None
        if selection is not None:
            variant = int(template[e]), selection
            if variant not in variants:
                variants[variant] = len(templates)
                templates.append(templates[template[e]])
                selections.append(selection)
            template[e] = variants[variant]


def _stepped(tape: Tape) -> list[tuple[int, int, int]]:
    """The edges of products whose other factor may be 0 on a whole side, with that factor and its position."""
    first = tape.start[np.flatnonzero(tape.ops == MUL)]
    found = []
    for k in range(2):
        factor = tape.args[first + k]
        there = SIDED[tape.ops[factor]]
        found += [(e + 1 - k, other, k) for e, other in zip(first[there].tolist(), factor[there].tolist(), strict=True)]
    return sorted(found)


def _plainer_ties(
    tape: Tape, template: IntArray, templates: Sequence[Template], new: Callable[[Template], int], one: int
) -> None:
    """Give min and max plainer templates where they do not meet a tie of two infinities.

    And max(x, -inf) and min(x, inf) are x everywhere, at that tie too.
    """
    infinite = {i: value for i, value in tape.constants().items() if type(value) is float and isinf(value)}
    negated = np.flatnonzero(tape.ops == NEG).tolist() if infinite else []
    infinite |= {i: -infinite[j] for i in negated for j in tape.arguments(i) if j in infinite}  # a text writes -inf so
    wild, steps = wild_nodes(tape), dict[int, int]()
    chosen = np.flatnonzero((tape.ops == MIN) | (tape.ops == MAX))
    for i, code, e in zip(chosen.tolist(), tape.ops[chosen].tolist(), tape.start[chosen].tolist(), strict=True):
        args = tape.arguments(i)
        for k, other in enumerate(args[::-1]):
            t = int(template[e + k])
            if infinite.get(other) == (inf if code == MIN else -inf):
                template[e + k] = one
            elif not (wild[args[0]] and wild[args[1]]):
                if t not in steps:
                    step = beside_tie(templates[t])
                    steps[t] = t if step is None else new(step)
                template[e + k] = steps[t]


def _plainer_bases(
    tape: Tape, template: IntArray, templates: Sequence[Template], new: Callable[[Template], int]
) -> None:
    """Give powers of a number other than 0 the slope that they have there, without a choice: a**x * log(a)."""
    numbers = {i for i, value in tape.constants().items() if isinstance(value, SymbolicConstant) or value}
    slopes = [e + 1 for e in tape.start[np.flatnonzero(tape.ops == POW)].tolist() if tape.args[e] in numbers]
    if slopes:
        template[slopes] = new(otherwise(templates[template[slopes[0]]]))


def _leave_out_zeros(tape: Tape, template: IntArray) -> None:
    """Without the edges whose partial is a factor 0: of 0*x, 0/x and (0*x)*y. The value may be NaN, the slope is 0."""
    constants = [(i, tape.attrs[i]) for i in np.flatnonzero(tape.ops == CONST).tolist()]
    zeros = [i for i, value in constants if not isinstance(value, SymbolicConstant) and value == 0]
    if not zeros:
        return
    zero = np.zeros(len(tape), dtype=bool)
    zero[zeros] = True
    products = np.flatnonzero((tape.ops == MUL) | (tape.ops == DIV))
    first, second = tape.start[products], tape.start[products] + 1
    followed = np.flatnonzero((tape.ops == MUL) | (tape.ops == DIV) | (tape.ops == NEG)).tolist()
    for i in followed:  # what is a multiple of 0 is 0 itself
        args = tape.arguments(i)
        zero[i] = zero[args[0]] or (tape.ops[i] == MUL and zero[args[1]])
    template[second[zero[tape.args[first]]]] = -1
    template[first[zero[tape.args[second]] & (tape.ops[products] == MUL)]] = -1
