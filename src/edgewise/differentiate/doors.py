"""The door of the room: which engine differentiates a graph, that of scalars or that of tensors.

Whoever comes in asks for a derivative; that there are two engines is known here and nowhere above.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from edgewise.differentiate import accumulation, roles
from edgewise.differentiate.derivative import Derivative, nest_rows
from edgewise.differentiate.squares import roots
from edgewise.differentiate.wrt import Wrt
from edgewise.errors import DifferentiationError
from edgewise.graph import IntArray, Returns, Tape, for_scalars
from edgewise.ops import Number
from edgewise.rooms import Room

if TYPE_CHECKING:
    from edgewise.differentiate import (
        multi_index,
        removable,
        root_powers,
        smooth,
        taylor_arithmetic,
        taylor_lengths,
        triangle,
    )
    from edgewise.differentiate.arrays import entry_lengths, tensor_derivatives
    from edgewise.differentiate.elimination import jacobians
    from edgewise.differentiate.orders import Item
    from edgewise.differentiate.sparse import sparsity
else:  # the gradient of a graph of numbers needs none of these: they load when they are entered
    (
        jacobians, multi_index, removable, root_powers, smooth, sparsity, taylor_arithmetic, taylor_lengths, triangle,
        entry_lengths, tensor_derivatives,
    ) = (
        Room(f"edgewise.differentiate.{name}")
        for name in (
            "elimination.jacobians", "multi_index", "removable", "root_powers", "smooth", "sparse.sparsity",
            "taylor_arithmetic", "taylor_lengths", "triangle", "arrays.entry_lengths", "arrays.tensor_derivatives",
        )
    )  # fmt: skip

__all__ = [
    "algorithm", "anew", "first_order", "from_gradient", "gradient", "hessian", "hvp", "jacobian", "jvp",
    "may_be_dense", "next_order", "once_more", "orders_beside", "result_places", "roles_of", "smooth_gradient",
    "tangent", "taylor", "title", "vjp",
]  # fmt: skip

Results = tuple[Returns, ...]

SMALL: Final = 1_000
"""Nodes of a Jacobian up to which its orders are compared by what is left of them."""


def _asked(tape: Tape, wrt: Wrt, results: Results) -> tuple[Tape, Wrt, Results]:
    """What is differentiated instead of a graph with products of roots and powers, see `root_powers.py`."""
    return root_powers.without_root_powers(tape, wrt, results) if roots(tape) else (tape, wrt, results)


def gradient(tape: Tape, wrt: Wrt, results: Results) -> Derivative:
    """The derivative of the one scalar output: algorithm 6.2, of tensors 6.5."""
    asked = _asked(tape, wrt, results)
    return (tensor_derivatives.gradient if tape.has_tensors else accumulation.gradient)(*asked)


def tangent(tape: Tape, wrt: Wrt, results: Results) -> Derivative:
    """Forward accumulation: the derivative of every output in one input."""
    if len(wrt.nodes) != 1:
        raise DifferentiationError(
            f"a tangent is taken in one input and {len(wrt.nodes)} were given",
            hint="use jacobian() for all of them, or jvp() for a direction",
        )
    asked = _asked(tape, wrt, results)
    return (tensor_derivatives.tangent if tape.has_tensors else accumulation.tangent)(*asked)


def jvp(tape: Tape, wrt: Wrt, results: Results) -> Derivative:
    """Jacobian times vector."""
    return _along(*_asked(tape, wrt, results))


def _along(tape: Tape, wrt: Wrt, results: Results) -> Derivative:
    return (tensor_derivatives.jvp if tape.has_tensors else jacobians.jvp)(tape, wrt, results)


def taylor(tape: Tape, wrt: Wrt, results: Results, order: int, direction: Sequence[Number] | None = None) -> Derivative:
    """Coefficients along a curve, of scalars; without the singularities that a form shows to be removable."""
    for_scalars(tape, "taylor()")
    if order > 1:
        tape, wrt, results = taylor_lengths.with_hypots(*removable.without_removable(tape, wrt, results))
    return taylor_arithmetic.taylor(*_asked(tape, wrt, results), order, direction)


def vjp(tape: Tape, wrt: Wrt, results: Results) -> Derivative:
    """Vector times Jacobian."""
    return (tensor_derivatives.vjp if tape.has_tensors else jacobians.vjp)(*_asked(tape, wrt, results))


def jacobian(
    tape: Tape,
    wrt: Wrt,
    results: Results,
    order: str | Sequence[Item] = "auto",
    search: Mapping[str, Any] | None = None,
) -> Derivative:
    """The derivative of every output in every wanted node; on tensors by sweeps alone.

    An elimination is of the nodes as they are written, with roots and their powers.
    """
    asked = _asked(tape, wrt, results)
    if not tape.has_tensors:
        made = jacobians.jacobian(tape, wrt, results, order, search)
        as_written = made.elimination is not None or asked[0] is tape
        return made if as_written else jacobians.jacobian(*asked, made.order)
    if search:
        for_scalars(tape, f"{next(iter(search))}=")
    if not isinstance(order, str) or order in jacobians.ORDERS[len(tensor_derivatives.ORDERS) :]:
        for_scalars(tape, f"order={order!r:.60}")
    return tensor_derivatives.jacobian(*asked, order)


def hessian(gradient: Derivative, order: str = "auto") -> Derivative:
    """The Jacobian of a gradient graph, of tensors forward over reverse: value, gradient and Hessian together.

    `order` is "sweeps", or "auto": an elimination where that takes fewer operations.
    """
    tape, wrt, results = gradient.tape, gradient.wrt, gradient.results
    if tape.has_tensors:
        return _behind(gradient, tensor_derivatives.jacobian(tape, wrt, results, "forward"), "hessian")
    if triangle.is_symmetric(gradient):
        made = triangle.symmetric_jacobian(tape, wrt, results, _eliminating(order))
    else:
        made = jacobians.cheaper_sweeps(tape, wrt, results)
    return _behind(gradient, made, "hessian")


def _eliminating(order: str) -> triangle.Eliminate | None:
    return None if order == "sweeps" else jacobians.with_at_most


def hvp(gradient: Derivative) -> Derivative:
    """Forward accumulation over a gradient graph: the Hessian times a vector of new inputs."""
    return _behind(gradient, _along(gradient.tape, gradient.wrt, gradient.results), "hvp")


def _behind(gradient: Derivative, made: Derivative, kind: str) -> Derivative:
    """A derivative of a gradient under its own name, its result behind those of the gradient."""
    return replace(made, kind=kind, results=(*gradient.results, made.results[-1]._replace(name=kind)))


# --- again ----------------------------------------------------------------------------------------------------------


def smooth_gradient(tape: Tape, wrt: Wrt, results: Results) -> Derivative:
    """The gradient as it is differentiated again, in which a second derivative finds its limits.

    See `removable.py`, and for lengths that may be 0 `smooth.py`, of tensors `entry_lengths.py`.
    """
    tape, wrt, results = removable.without_removable(tape, wrt, results)
    first = gradient(tape, wrt, results)
    return _at_zero(first, results, gradient)


def first_order(tape: Tape, wrt: Wrt, results: Results, plan: multi_index.Plan) -> Derivative:
    """The first of the derivatives of any order, as they are differentiated again; see `multi_index.py`."""
    tape = for_scalars(tape, "derivatives()")
    if not set(wrt.nodes) <= set(tape.inputs):
        raise DifferentiationError(
            "derivatives of any order are taken in inputs, and an inner node was given",
            hint="name inputs, or make the node an input of a graph of its own",
        )
    asked = _asked(*removable.without_removable(tape, wrt, results))
    make = gradient if len(tape.outputs) == 1 else accumulation.jacobian_by_sweeps
    first = make(*asked)
    smoothed = _at_zero(first, asked[2], make)
    if smoothed is first and first.kind == "jacobian":
        forward = accumulation.jacobian_by_sweeps(*asked, reverse=False)
        smoothed = forward if len(forward.ledger) < len(first.ledger) else first
    return multi_index.as_first(smoothed, result_places(smoothed), plan)


def next_order(lower: Derivative, order: str = "auto") -> Derivative:
    """The next of the derivatives of any order, each once; the last second ones by elimination unless by "sweeps"."""
    return multi_index.next_order(lower, _eliminating(order))


def once_more(derivative: Derivative, results: Results, simplified: bool) -> Derivative:
    """A gradient or Jacobian as it is differentiated again; `results` are those of its 𝒢.

    What is removable and functions of a length are known in a derivative as it was written in reverse: if need be it is
    written again.
    """
    if derivative.kind not in ("gradient", "jacobian"):
        return derivative
    tape, wrt, results = removable.without_removable(derivative.base, derivative.wrt, results)
    first, removed = derivative, tape is not derivative.base
    make = _again(first)
    if removed or simplified or not first.reverse or first.elimination is not None:
        first = make(tape, wrt, results)
    made = _at_zero(first, results, make)
    return derivative if made is first and not removed else made


def _again(derivative: Derivative) -> Callable[..., Derivative]:
    """What writes such a derivative in reverse."""
    if derivative.base.has_tensors:
        whole = derivative.kind == "gradient"
        return tensor_derivatives.gradient if whole else partial(tensor_derivatives.jacobian, order="reverse")
    return accumulation.gradient if derivative.kind == "gradient" else accumulation.jacobian_by_sweeps


def _at_zero(first: Derivative, results: Results, make: Callable[..., Derivative]) -> Derivative:
    """A derivative in reverse whose own slopes are the limits where lengths are 0."""
    if not first.tape.has_tensors:
        return smooth.smooth_at_zero(first)
    tape, *asked = entry_lengths.with_norms(first, results)
    return first if tape is first.base else make(tape, *asked)


def anew(derivative: Derivative, tape: Tape, results: Results, first: Derivative | None = None) -> Derivative | None:
    """The same derivative of another graph with the same inputs and outputs; None of one in inner nodes.

    Where that graph is a derivative itself, it is `first`. What was eliminated in an order of its own nodes is so in
    Markowitz's order.
    """
    kind, layout = derivative.kind, derivative.results[-1].layout
    places = dict(zip(derivative.base.inputs, tape.inputs, strict=True))
    if not places.keys() >= set(derivative.wrt.nodes):
        return None
    if first is not None and kind in ("hessian", "hvp"):
        if layout.pattern is not None:
            return sparsity.sparse_hessian(first, layout.kind, "sweeps" if len(derivative.ledger) else "auto")
        return (hessian if kind == "hessian" else hvp)(first)
    nodes = tuple(places[node] for node in derivative.wrt.nodes)
    asked = tape, Wrt(nodes, derivative.wrt.parameters), results
    if derivative.indices is not None:
        plan = derivative.indices.plan
        if first is None or derivative.indices.order == 1:
            return first_order(*asked, plan)
        return next_order(first)
    if derivative.degrees:
        return taylor(*asked, *taylor_arithmetic.direction_of(derivative))
    if kind != "jacobian":
        return {"gradient": gradient, "tangent": tangent, "jvp": jvp, "vjp": vjp}[kind](*asked)
    order = derivative.order if isinstance(derivative.order, str) else "markowitz"
    if layout.pattern is not None:
        order = order if derivative.elimination is None else "markowitz"
        return sparsity.sparse_jacobian(*asked, order, layout.kind)
    return jacobian(*asked, order)


def from_gradient(derivative: Derivative) -> Callable[[Derivative], Derivative] | None:
    """How a second derivative of tensors is written from its gradient in closed form; None for any other."""
    if not derivative.base.has_tensors:
        return None
    return {"hessian": hessian, "hvp": hvp}.get(derivative.kind)


# --- as it is told --------------------------------------------------------------------------------------------------


def algorithm(derivative: Derivative) -> str:
    """What wrote it: "6.2", of tensors "6.5", "forward", "taylor" or "elimination"."""
    if derivative.elimination is not None:
        return "elimination"
    if derivative.degrees:
        return "taylor"
    if not derivative.reverse:
        return "forward"
    return "6.5" if derivative.base.has_tensors else "6.2"


def title(derivative: Derivative) -> str:
    """What is differentiated, in a few words."""
    return (roles.tensors_title if derivative.base.has_tensors else roles.inputs_title)(derivative)


def roles_of(derivative: Derivative) -> dict[int, str]:
    """The names that generated code should give to nodes."""
    if derivative.base.has_tensors:
        return roles.roles_of_tensors(derivative)
    return roles.roles_of_scalars(derivative, result_places(derivative))


def orders_beside(jacobian: Derivative) -> list[str]:
    """The orders in which a small Jacobian of numbers, in several inputs, of several outputs, may be written but for
    its own."""
    several = len(jacobian.base.outputs) > 1 and len(jacobian.wrt.nodes) > 1
    if not several or jacobian.base.has_tensors or len(jacobian.tape) > SMALL:
        return []
    own = jacobian.order if jacobian.elimination is None else "markowitz"
    return [order for order in ("reverse", "forward", "markowitz") if order != own]


def may_be_dense(hessian: Derivative) -> bool:
    """Whether a sparse Hessian is so small that it is compared with the entries of the dense one."""
    return len(hessian.tape) <= SMALL and len(hessian.wrt.nodes) > 1


def result_places(derivative: Derivative) -> tuple[IntArray, IntArray]:
    """The output and the wanted node of each derivative, by their places; Taylor coefficients have only the first."""
    m, n, kind = len(derivative.base.outputs), len(derivative.wrt.nodes), derivative.kind
    layout = derivative.results[-1].layout
    if derivative.indices is not None:
        return derivative.indices.rows, derivative.indices.columns
    if layout.pattern is not None:
        return layout.pattern.rows, layout.pattern.columns
    if kind in ("gradient", "vjp"):
        m = 1
    elif derivative.degrees:
        places = np.repeat(np.arange(m), derivative.degrees)
        return places, np.zeros_like(places)
    elif kind in ("tangent", "jvp", "hvp"):
        n = 1
    order = tuple(range(m * n))
    if kind in ("jacobian", "hessian") and not derivative.base.has_tensors:
        order, _ = nest_rows(derivative.base.layout, derivative.wrt, order)
    rows, columns = np.divmod(np.array(order, dtype=np.int64), n)
    return rows, columns
