"""Second partials as templates: how the local partial of an operation depends on its arguments and on its result."""

from __future__ import annotations

from edgewise.differentiate.accumulation import gradient
from edgewise.differentiate.wrt import Wrt
from edgewise.graph import Builder, Layout
from edgewise.graph.template import template_from
from edgewise.ops import Op, Template

__all__ = ["Slope", "slope_of"]

Slope = tuple[Template | None, Template | None]
"""The derivatives of a partial in one argument and in the result; None where they are zero."""


def slope_of(op: Op, template: Template, position: int) -> Slope:
    """The derivatives of a partial's template in one argument and in the result, as templates."""
    # By identity: templates with 2 and with 2.0 are equal, and not the same.
    known = _SLOPES.get((id(template), position))
    if known is None:
        if len(_SLOPES) > 1000:  # as of the templates themselves
            _SLOPES.clear()
        known = _SLOPES[id(template), position] = template, _derived(op, template, position)
    return known[1]


_SLOPES: dict[tuple[int, int], tuple[Template, Slope]] = {}


def _derived(op: Op, template: Template, position: int) -> Slope:
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
