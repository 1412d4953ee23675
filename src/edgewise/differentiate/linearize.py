"""The linearised graph: 𝒢's edges with the template of each one's local partial."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from edgewise.differentiate.squares import roots_of_squares
from edgewise.differentiate.taken import SIDED, Selection, factor_selection, selection_of
from edgewise.errors import DifferentiationError
from edgewise.graph import IntArray, Tape
from edgewise.ops import CODE, Op, SymbolicConstant, Template, number_key, template_of

__all__ = ["Linearized", "linearize", "refused_partial"]

MUL = CODE["mul"]


@dataclass(frozen=True, eq=False)
class Linearized:
    """Columns over the edges of 𝒢, in edge order (consumers ascending, positions in order).

    `template[e]` is an index into `templates`, or -1 where the partial is identically zero: no edge. So a constant 0
    of a matrix is a structural zero of the Jacobians that it goes into. `selections` say of each template under which
    condition its edges are taken, None where always.
    """

    consumer: IntArray
    position: IntArray
    parent: IntArray
    template: IntArray
    templates: Sequence[Template]
    selections: Sequence[Selection | None]

    @cached_property
    def selecting(self) -> npt.NDArray[np.bool_]:
        """Which edges are taken under a condition only."""
        return np.isin(self.template, [t for t, selection in enumerate(self.selections) if selection is not None])

    @cached_property
    def refused(self) -> frozenset[int]:
        """The templates that rows refuse."""
        return frozenset(t for t, template in enumerate(self.templates) if template.refusal)

    def demand(self, tape: Tape, edges: Iterable[int]) -> None:
        """Raise a DifferentiationError where a derivative needs an edge whose partial is refused by its row."""
        for e in edges if self.refused else ():
            if e >= 0 and self.template[e] in self.refused:
                i, k = int(self.consumer[e]), int(self.position[e])
                raise refused_partial(tape.op(i), k, self.templates[self.template[e]], i, tape.line(i))

    @property
    def present(self) -> npt.NDArray[np.bool_]:
        """Which edges carry a derivative."""
        return self.template >= 0


def refused_partial(op: Op, position: int, template: Template, node: int, line: str) -> DifferentiationError:
    """The error for a derivative that needs a partial that a row refuses."""
    return DifferentiationError(
        f"the derivative of {op.name} in its argument {op.args[position]} at node {node}: {template.refusal}",
        hint=f"let {op.args[position]} be a number, or ask for other derivatives, as in gradient(wrt=[…])",
        line=line,
    )


def linearize(tape: Tape) -> Linearized:
    """Look up the partial of every edge. Time: a few array operations, plus a loop over nodes with a parameter."""
    consumer = tape.edge_consumers()
    position = np.arange(tape.n_edges) - tape.start[consumer]
    codes = np.flatnonzero(np.bincount(tape.ops))
    width = int(position.max()) + 1 if len(position) else 1
    template_id = np.full((int(codes.max(initial=0)) + 1, width), -1, dtype=np.int64)
    templates: list[Template] = []
    index: dict[Any, int] = {}

    def number(code: int, k: int, parameter: Any) -> int:
        key = (code, k, None if parameter is None else number_key(parameter))
        if key not in index:
            template = template_of(tape.op_of_code(code), k, parameter)
            if template is not None:
                templates.append(template)
            index[key] = -1 if template is None else len(templates) - 1
        return index[key]

    parametric = []
    for code in codes.tolist():
        op = tape.op_of_code(code)
        if op.parameter:
            parametric.append(code)
            continue
        for k in range(op.arity):
            template_id[code, k] = number(code, k, None)
    template = template_id[tape.ops[consumer], position] if len(position) else np.zeros(0, dtype=np.int64)
    for code in parametric:
        for i in np.flatnonzero(tape.ops == code).tolist():
            for k in range(tape.op_of_code(code).arity):
                template[tape.start[i] + k] = number(code, k, tape.attrs[i])
    for i in roots_of_squares(tape).tolist():
        key = int(tape.ops[i]), -1, None if i not in tape.attrs else number_key(tape.attrs[i])
        if key not in index:
            of_squares = template_of(tape.op(i), 0, tape.attrs.get(i), of_squares=True)
            assert of_squares is not None
            templates.append(of_squares)
            index[key] = len(templates) - 1
        template[tape.start[i]] = index[key]
    template[_times_zero(tape)] = -1
    selections = [selection_of(t) for t in templates]
    _select_by_factors(tape, template, templates, selections)
    return Linearized(consumer, position, tape.args, template, templates, selections)


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


def _times_zero(tape: Tape) -> npt.NDArray[np.bool_]:
    """The edges whose partial is a factor 0: of 0*x and 0/x in x. The value may be NaN, the slope is 0: no edge."""
    zero = np.zeros(len(tape), dtype=bool)
    zero[[i for i, value in tape.constants().items() if not isinstance(value, SymbolicConstant) and value == 0]] = True
    found = np.zeros(tape.n_edges, dtype=bool)
    if zero.any():
        products = np.flatnonzero((tape.ops == MUL) | (tape.ops == CODE["div"]))
        first, second = tape.start[products], tape.start[products] + 1
        found[second] = zero[tape.args[first]]
        found[first] = zero[tape.args[second]] & (tape.ops[products] == MUL)
    return found
