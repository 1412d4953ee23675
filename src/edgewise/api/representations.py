"""What a notebook shows of each thing that users hold: the one table of it.

The lower rooms know nothing of notebooks, and `view` is imported when something is first shown. JupyterLab, Notebook,
VS Code and Colab ask for `_repr_mimebundle_`, marimo and others for `_repr_html_`.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any, Final

from edgewise.api.check import GradientCheck
from edgewise.api.ledger_view import GradTable, LedgerEntry, LedgerView
from edgewise.api.recompute import Pareto, Schedule
from edgewise.api.ways_in import graph
from edgewise.differentiate import Derivative
from edgewise.evaluate import Cost, Evaluation, SpecialPoints, TensorCost
from edgewise.graph import Expr, Pattern, Tape, resolve
from edgewise.lower import Compiled, Program
from edgewise.simplify import Report

__all__: list[str] = []

_SHOWN: Final[Mapping[type, str]] = {
    Compiled: "bundles.compiled",
    Cost: "bundles.cost",
    Derivative: "rich.derivative",
    Evaluation: "bundles.evaluation",
    GradTable: "bundles.grad_table",
    GradientCheck: "bundles.check",
    LedgerEntry: "bundles.ledger_entry",
    LedgerView: "rich.ledger",
    Pareto: "bundles.pareto",
    Pattern: "bundles.pattern",
    Program: "bundles.program",
    Report: "bundles.report",
    Schedule: "bundles.schedule",
    SpecialPoints: "bundles.special_points",
    Tape: "bundles.tape",
    TensorCost: "bundles.tensor_cost",
}
"""A class → the function of `view` that makes its bundle."""

LARGE: Final = 10_000
"""The number of an expression from which on its formula is not looked for unasked."""


def _attach(kind: type, place: str) -> None:
    module, name = place.split(".")

    def bundle(self: Any, include: Any = None, exclude: Any = None) -> Mapping[str, str]:
        made: Mapping[str, str] = getattr(importlib.import_module(f"edgewise.view.notebooks.{module}"), name)(self)
        return made

    def html(self: Any) -> str:
        return bundle(self)["text/html"]

    bundle.__name__, html.__name__ = "_repr_mimebundle_", "_repr_html_"
    for method in (bundle, html):
        setattr(kind, method.__name__, method)


def _expression(self: Expr) -> str | None:
    """An expression as its graph's formula."""
    return graph(self)._repr_latex_() if resolve(self)[1] < LARGE else None


for _kind, _place in _SHOWN.items():
    _attach(_kind, _place)
setattr(Expr, "_repr_latex_", _expression)  # noqa: B010
