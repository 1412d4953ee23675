"""What a derivative graph and its nodes are called: in its title, and in generated code (d_loss_d_w, …)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from edgewise.differentiate.derivative import Derivative
from edgewise.differentiate.wrt import names_of
from edgewise.graph import IntArray, Returns, node_text
from edgewise.graph.names import Spelled
from edgewise.ops import CONST, INPUT

if TYPE_CHECKING:
    from edgewise.differentiate.multi_index import Index

__all__ = ["inputs_title", "roles_of_scalars", "roles_of_tensors", "tensors_title"]

TITLE: Final = 40
"""The most characters of a formula in a title."""

OF_DERIVATIVES: Final = ("hessian", "hvp", "derivatives")
"""Kinds whose base is a derivative of the function that they are called after."""

ENDS: Final = 100
"""The most sweeps whose ends are named."""

NAMED: Final = 10_000
"""The most derivatives of an order that are named."""


def inputs_title(derivative: Derivative) -> str:
    """Which function is differentiated, where it has a name, and in what."""
    first = derivative
    while first.below is not None and first.kind in OF_DERIVATIVES:
        first = first.below
    function = first.base.numbering.function
    wrt = [p.name for p in derivative.wrt.parameters]
    return f"{f'of {function} ' if function else ''}in {', '.join(wrt[:6])}{', …' if len(wrt) > 6 else ''}"


def tensors_title(derivative: Derivative) -> str:
    """The derivatives themselves, where they are short: a tensor has one formula for all its entries."""
    tape = derivative.tape
    shown = ", ".join(node_text(tape, node, 60) for node in tape.outputs[:3])
    return inputs_title(derivative) if len(shown) > TITLE or len(tape.outputs) > 3 else shown


def _coefficients(derivative: Derivative) -> dict[int, tuple[int, int]]:
    """The operations of ℬ that are Taylor coefficients: each with its node of 𝒢 and its degree."""
    found: dict[int, tuple[int, int]] = {}
    if derivative.kind == "taylor":
        ops = derivative.tape.ops
        for sweep, j, node in zip(*(column.tolist() for column in derivative.table.entries()), strict=True):
            if ops[node] not in (CONST, INPUT):
                found.setdefault(node, (j, sweep + 1))
    return found


def roles_of_tensors(derivative: Derivative) -> dict[int, str]:
    """A result that is one tensor is named after itself, one of several after the input it belongs to."""
    roles: dict[int, str] = {}
    names = [p.name for p in derivative.wrt.parameters]
    for result in derivative.results:
        if len(result.nodes) == 1:
            roles.setdefault(result.nodes[0], result.name)
        elif result.name == "gradient":
            roles.update(zip(result.nodes, (f"d_{name}" for name in names), strict=True))
    return roles


def roles_of_scalars(derivative: Derivative, places: tuple[IntArray, IntArray]) -> dict[int, str]:
    """The derivatives of 𝒢's named nodes, by both ends; `places` are the output and the input of each result."""
    if derivative.indices is not None:
        return _roles_of_orders(derivative, derivative.results, derivative.indices.of_results)
    if derivative.kind == "hessian" and len(derivative.results) >= 3:
        n, pairs = len(derivative.wrt.nodes), zip(*(column.tolist() for column in places), strict=True)
        indices = [(k,) for k in range(n)], [tuple(sorted(pair)) for pair in pairs]
        return _roles_of_orders(derivative, derivative.results[-3:], indices)
    base, names = derivative.base, derivative.names.base
    named = dict(zip(base.inputs, base.input_names(), strict=True)) | dict(base.labels)
    results = derivative.results[-1].nodes
    outputs = {node: _word(names.symbol(node), len(base.outputs), k) for k, node in enumerate(base.outputs)}
    roles: dict[int, str] = {}
    if derivative.kind == "hvp":
        roles.update(
            (node, f"hvp_{base.attrs.get(j, j)}") for node, j in zip(results, derivative.wrt.nodes, strict=True)
        )
    elif derivative.kind == "taylor":
        for made, (node, degree) in _coefficients(derivative).items():
            if node in outputs or node in base.labels:
                roles[made] = f"c{degree}_{outputs.get(node) or named[node]}"
    elif derivative.kind == "jvp":
        roles.update((node, f"{outputs[j]}_dot") for node, j in zip(results, base.outputs, strict=True))
    else:
        pattern = "{1}_bar" if derivative.kind == "vjp" else "d_{0}_d_{1}"
        # A sweep up starts at an input and is named where it ends, a sweep down the other way round.
        ends = named if derivative.reverse else outputs
        for seed in derivative.seeds[:ENDS]:
            begin = outputs.get(seed.node) if derivative.reverse else named.get(seed.node, f"u{seed.node}")
            found = derivative.table.lookup(seed.sweep, np.array(list(ends), dtype=np.int64))
            for (node, name), made in zip(ends.items(), found.tolist(), strict=True):
                top, bottom = (begin, name) if derivative.reverse else (name, begin)
                if made >= 0 and node != seed.node:
                    roles.setdefault(made, pattern.format(top, bottom))
    return roles


def _word(name: Spelled, outputs: int, k: int) -> str:
    """The name of an output; of a number, and of what is a derivative itself, that of its place."""
    plain = isinstance(name, str) and not re.fullmatch(r"u+\d+", name)
    return str(name) if plain else "out" if outputs == 1 else f"out{k}"


def _roles_of_orders(
    derivative: Derivative, results: Sequence[Returns], indices: Sequence[Sequence[Index]]
) -> dict[int, str]:
    """Derivatives by what they are taken in, as d2_f_dx_dy; `indices` are those of each result behind the value."""
    value, *others = results
    names = names_of(derivative.base, derivative.wrt)
    outputs = [_word(derivative.names.symbol(node), len(value.nodes), k) for k, node in enumerate(value.nodes)]
    roles: dict[int, str] = {}
    for result, held in zip(others, indices, strict=True):
        for k, node in enumerate(result.nodes[:NAMED]):
            output, index = outputs[k // len(held)], held[k % len(held)]
            order, below = len(index), "_".join(f"d{names[place]}" for place in index)
            roles.setdefault(node, f"d_{output}_d_{names[index[0]]}" if order == 1 else f"d{order}_{output}_{below}")
    return roles
