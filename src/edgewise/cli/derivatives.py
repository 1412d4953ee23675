"""The commands that differentiate: grad, hessian, jacobian, derivatives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from edgewise import differentiate, lower
from edgewise.cli.app import (
    AT,
    BOUND,
    CERTIFY,
    EXPAND,
    EXPRESSION,
    JSON,
    LEVEL,
    ONLY,
    OUT,
    RANGE,
    SHAPE,
    SPARSE,
    TARGET,
    WHERE,
    WRT,
    Option,
    command,
)
from edgewise.cli.reading import load, names, order, ranges, simplified, values
from edgewise.cli.writing import as_json, emit, flat, note_nan
from edgewise.errors import InputError

__all__ = ["derivatives", "grad", "hessian", "jacobian"]


def _differentiate(
    kind: str,
    expression: str,
    wrt: str | None,
    at: str | None,
    target: str | None,
    error_bound: bool,
    certify: bool,
    only: str | None,
    out: Path | None,
    json: bool,
    level: str,
    expand: bool,
    shape: str | None,
    where: str | None,
    **options: Any,
) -> None:
    """What the commands have in common; the options that were given go to the graph's own method."""
    if target not in (None, *lower.TARGETS, "c", "js"):
        raise InputError(f"there is no target {target!r}", hint=f"use one of {', '.join(lower.TARGETS)}, c, js")
    graph = load(expression, shape)
    lying = ranges(options.pop("ranges"))
    given = {name: value for name, value in options.items() if value is not None}
    made = getattr(graph, kind)(wrt=names(wrt), **given)
    derivative = simplified(made, level, expand, ranges=lying, where=where)
    chosen = names(only)
    if at is not None:
        given = values(at, graph, shape)
        found = derivative.compile("numpy", only=chosen)(**given)
        named = [r.name for r in derivative.returns()] if chosen is None else [*dict.fromkeys(chosen)]
        results = {name: flat(value) for name, value in zip(named, found if len(named) > 1 else [found], strict=True)}
        lines = (f"{key} = {value}" for key, value in results.items())
        emit(as_json(results) if json else "\n".join(lines), out)
        note_nan(derivative, given)
        return
    name = {"gradient": "f_and_grad", "hessian": "f_grad_and_hessian"}.get(kind, f"f_and_{kind}")
    try:
        if target in ("c", "js"):
            write = derivative.to_c if target == "c" else derivative.to_js
            source = write(name, only=chosen, error_bound=error_bound, certify=certify)
        else:
            source = derivative.to_python(name, target, only=chosen, error_bound=error_bound, certify=certify)
    except InputError as error:
        if shape is None or "has no number" not in error.what:
            raise
        hint = f"--target {target} takes numbers alone: write them in --shape, or use numpy, jax or torch"
        raise InputError(error.what, hint=hint) from None
    wanted = [p.name for p in derivative.derivative.wrt.parameters]
    cost = derivative.cost().to_data() if json or shape is not None else {}
    # A tensor has one formula for all its entries.
    formulas = [] if shape is None else [derivative.text(node, 2000) for node in derivative.outputs]
    if json:
        data: dict[str, Any] = {"source": source, "inputs": list(graph.inputs), "wrt": wanted, "cost": cost}
        data["rules"] = dict(derivative.report.rules) if derivative.report else {}
        if kind == "jacobian":
            data["order"] = derivative.order
        if shape is not None:
            data |= {"formulas": formulas, "latex": derivative.to_latex()}
        emit(as_json(data, ensure_ascii=False), out)
        return
    if shape is not None and not certify:  # what is certified is sealed as a whole
        counts = f"{cost['operations']} operations: {cost['work']} arithmetic, {cost['memory']} entries"
        head = [f"{derivative.derivative.kind} in {', '.join(wanted)}:", *(f"  {text}" for text in formulas), counts]
        source = "\n".join([*(f"{'//' if target in ('c', 'js') else '#'} {line}" for line in head), "", source])
    emit(source, out, {"c": "c", "js": "javascript"}.get(target or "", "python"))


@command("grad", EXPRESSION, WRT, AT, TARGET, BOUND, CERTIFY, ONLY, OUT, JSON, LEVEL, RANGE, WHERE, EXPAND, SHAPE)
def grad(**given: Any) -> None:
    """Value and gradient of a scalar, as Python source or (with --at) as numbers."""
    _differentiate("gradient", **given)


@command(
    "hessian", EXPRESSION, WRT, SPARSE, AT, TARGET, BOUND, CERTIFY, ONLY, OUT, JSON, LEVEL, RANGE, WHERE, EXPAND, SHAPE
)
def hessian(**given: Any) -> None:
    """Value, gradient and Hessian of a scalar."""
    _differentiate("hessian", **given)


def _orders() -> str:
    return f"{', '.join(differentiate.ORDERS)}, or the numbers of the nodes to eliminate in order, 4,2,3"


@command(
    "jacobian", EXPRESSION, WRT, Option("--order", _orders, default="auto"),
    Option("--seconds", "time of a search; 20 by default", kind=float), Option("--seed", "seed of a search", kind=int),
    SPARSE, AT, TARGET, BOUND, CERTIFY, ONLY, OUT, JSON, LEVEL, RANGE, WHERE, EXPAND, SHAPE,
)  # fmt: skip
def jacobian(**given: Any) -> None:
    """Values and Jacobian of several outputs, "[x*y, x + y]", or of tensors."""
    _differentiate("jacobian", **given | {"order": order(given["order"])})


@command(
    "derivatives", EXPRESSION, WRT, Option("--order", "up to which order; 2 by default", kind=int, default=2),
    AT, TARGET, BOUND, CERTIFY, ONLY, OUT, JSON, LEVEL, RANGE, WHERE, EXPAND,
)  # fmt: skip
def derivatives(**given: Any) -> None:
    """Value and all derivatives up to an order, each once, in packed arrays d1, d2, …"""
    _differentiate("derivatives", **given, shape=None)
