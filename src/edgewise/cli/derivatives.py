"""The commands that differentiate: grad, hessian, jacobian."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from edgewise import lower
from edgewise.api.derivative_graph import DerivativeGraph
from edgewise.cli.app import (
    AtOption,
    ExpandOption,
    Expression,
    JsonOption,
    LevelOption,
    OutOption,
    ShapeOption,
    SparseOption,
    TargetOption,
    WrtOption,
    app,
)
from edgewise.cli.reading import load, names, order, simplified, values
from edgewise.cli.writing import emit, flat
from edgewise.differentiate import ORDERS
from edgewise.errors import InputError

__all__ = ["grad", "hessian", "jacobian"]


def _differentiate(
    kind: str,
    expression: str,
    wrt: str | None,
    at: str | None,
    target: str | None,
    out: Path | None,
    as_json: bool,
    level: str,
    expand: bool,
    shape: str | None,
    **options: Any,
) -> None:
    """What the three commands have in common; the options that were given go to the graph's own method."""
    if target not in (None, *lower.TARGETS, "c", "js"):
        raise InputError(f"there is no target {target!r}", hint=f"use one of {', '.join(lower.TARGETS)}, c, js")
    graph = load(expression, shape)
    given = {name: value for name, value in options.items() if value is not None}
    derivative: DerivativeGraph = simplified(getattr(graph, kind)(names(wrt), **given), level, expand)
    if at is not None:
        found = derivative.compile("numpy")(**values(at, graph, shape))
        results = {r.name: flat(value) for r, value in zip(derivative.returns(), found, strict=True)}
        lines = (f"{key} = {value}" for key, value in results.items())
        emit(json.dumps(results) if as_json else "\n".join(lines), out)
        return
    name = {"gradient": "f_and_grad", "jacobian": "f_and_jacobian", "hessian": "f_grad_and_hessian"}[kind]
    if target in ("c", "js"):
        source = derivative.to_c(name) if target == "c" else derivative.to_js(name)
    else:
        source = derivative.to_python(name, target)
    wanted, cost = [p.name for p in derivative.derivative.wrt.parameters], derivative.cost().to_data()
    # A tensor has one formula for all its entries.
    formulas = [] if shape is None else [derivative.text(node, 2000) for node in derivative.outputs]
    if as_json:
        data: dict[str, Any] = {"source": source, "inputs": list(graph.inputs), "wrt": wanted, "cost": cost}
        data["rules"] = dict(derivative.report.rules) if derivative.report else {}
        if kind == "jacobian":
            data["order"] = derivative.order
        if shape is not None:
            data |= {"formulas": formulas, "latex": derivative.to_latex()}
        emit(json.dumps(data, ensure_ascii=False), out)
        return
    if shape is not None:
        counts = f"{cost['operations']} operations: {cost['work']} arithmetic, {cost['memory']} entries"
        head = [f"{derivative.derivative.kind} in {', '.join(wanted)}:", *(f"  {text}" for text in formulas), counts]
        source = "\n".join([*(f"{'//' if target in ('c', 'js') else '#'} {line}" for line in head), "", source])
    emit(source, out, {"c": "c", "js": "javascript"}.get(target or "", "python"))


@app.command()
def grad(
    expression: Expression,
    wrt: WrtOption = None,
    at: AtOption = None,
    target: TargetOption = None,
    out: OutOption = None,
    as_json: JsonOption = False,
    level: LevelOption = "real",
    expand: ExpandOption = False,
    shape: ShapeOption = None,
) -> None:
    """Value and gradient of a scalar, as Python source or (with --at) as numbers."""
    _differentiate("gradient", expression, wrt, at, target, out, as_json, level, expand, shape)


@app.command()
def hessian(
    expression: Expression,
    wrt: WrtOption = None,
    sparse: SparseOption = None,
    at: AtOption = None,
    target: TargetOption = None,
    out: OutOption = None,
    as_json: JsonOption = False,
    level: LevelOption = "real",
    expand: ExpandOption = False,
    shape: ShapeOption = None,
) -> None:
    """Value, gradient and Hessian of a scalar."""
    _differentiate("hessian", expression, wrt, at, target, out, as_json, level, expand, shape, sparse=sparse)


@app.command()
def jacobian(
    expression: Expression,
    wrt: WrtOption = None,
    by: Annotated[
        str,
        typer.Option("--order", help=f"{', '.join(ORDERS)}, or the numbers of the nodes to eliminate in order, 4,2,3"),
    ] = "auto",
    seconds: Annotated[float | None, typer.Option("--seconds", help="time of a search; 20 by default")] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="seed of a search")] = None,
    sparse: SparseOption = None,
    at: AtOption = None,
    target: TargetOption = None,
    out: OutOption = None,
    as_json: JsonOption = False,
    level: LevelOption = "real",
    expand: ExpandOption = False,
    shape: ShapeOption = None,
) -> None:
    """Values and Jacobian of several outputs, "[x*y, x + y]", or of tensors."""
    options = {"order": order(by), "seconds": seconds, "seed": seed, "sparse": sparse}
    _differentiate("jacobian", expression, wrt, at, target, out, as_json, level, expand, shape, **options)
