"""How a notebook shows each thing that users hold: the one table of it. `view` is imported when something is shown."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final

from edgewise.api.ways_in import graph
from edgewise.graph import Expr, resolve

__all__ = ["bundle", "formula"]

_SHOWN: Final[Mapping[str, str]] = {
    "Comparison": "comparisons.comparison",
    "Compiled": "bundles.compiled",
    "Cost": "bundles.cost",
    "Derivative": "rich.derivative",
    "Equality": "comparisons.equality",
    "Evaluation": "bundles.evaluation",
    "Graph": "rich.graph",
    "GradTable": "bundles.grad_table",
    "GradientCheck": "bundles.check",
    "LedgerEntry": "bundles.ledger_entry",
    "LedgerView": "rich.ledger",
    "Pareto": "bundles.pareto",
    "Pattern": "bundles.pattern",
    "Program": "bundles.program",
    "Report": "bundles.report",
    "Schedule": "bundles.schedule",
    "SpecialPoints": "bundles.special_points",
    "Tape": "bundles.tape",
    "TensorCost": "bundles.tensor_cost",
}
"""A class that is marked `shown` → the function of `view.notebooks` that makes its bundle."""

LARGE: Final = 10_000
"""The number of an expression from which on its formula is not looked for unasked."""


def bundle(thing: object) -> Mapping[str, str]:
    """What a notebook shows of a thing, by MIME type."""
    place = next(_SHOWN[kind.__name__] for kind in type(thing).__mro__ if kind.__name__ in _SHOWN)
    module, name = place.split(".")
    made: Mapping[str, str] = getattr(import_module(f"edgewise.view.notebooks.{module}"), name)(thing)
    return made


def formula(expression: Expr) -> str | None:
    """An expression as its graph's formula."""
    return graph(expression)._repr_latex_() if resolve(expression)[1] < LARGE else None
