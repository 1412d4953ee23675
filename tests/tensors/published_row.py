"""One model with its gradient and its Hessian as a paper or a textbook prints them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from written_models import MODELS, Model, declared_dimensions

import edgewise as ew

__all__ = ["Published", "again", "published", "traced"]

_WRITTEN = {row.name: row for row in MODELS}


class Published(NamedTuple):
    """The derivatives of `model`, as `source` prints them, in the text that `ew.parse` reads."""

    model: Model
    source: str
    """Author, year and place, or "textbook" where the result is common property."""
    where: str
    """What the literature defines first: "r = X @ w - y", one a line. Both derivatives may use it."""
    gradient: Mapping[str, str]
    """The formula by input. Signs and factors stand where the source has them."""
    hessian: Mapping[str, str]
    """The second derivative in one input, of shape s + s for an input of shape s; empty where nobody prints one."""

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def shapes(self) -> str:
        """The inputs as `ew.parse` is told of them."""
        words = {"!": " symmetric", "@": " integer"}
        parts = [(name, dims, words.get(kind[:1], "")) for name, dims, kind in declared_dimensions(self.model)]
        return "; ".join(f"{name}: {','.join(dims)}{word}" for name, dims, word in parts)

    def text(self, kind: str) -> str:
        """The published derivative: the definitions, then one formula, or a list of them for several inputs."""
        formulas = list(getattr(self, kind).values())
        steps = [step.strip() for step in self.where.splitlines() if step.strip()]
        return "\n".join([*steps, formulas[0] if len(formulas) == 1 else f"[{', '.join(formulas)}]"])


def traced(row: Published) -> ew.Graph:
    """The model's graph: named dimensions open, and what is positive definite declared symmetric."""
    declared = {
        name: ew.tensor(*dims, dtype=int if kind[:1] == "@" else float, symmetric=kind == "!")
        for name, dims, kind in declared_dimensions(row.model)
    }
    names = ", ".join(declared)
    return ew.trace(
        eval(f"lambda {names}: function(np, {names})", {"function": row.model.function, "np": np}), **declared
    )


def again(
    name: str, source: str, where: str = "", *, gradient: Mapping[str, str], hessian: Mapping[str, str] | None = None
) -> Published:
    """The derivatives of a row of `written_models`."""
    return Published(_WRITTEN[name], source, where, gradient, hessian or {})


def published(
    function: Callable[..., Any],
    shapes: str,
    source: str,
    where: str = "",
    *,
    gradient: Mapping[str, str],
    hessian: Mapping[str, str] | None = None,
) -> Published:
    """The derivatives of a model of its own, `function(np, …)` of the inputs in `shapes`."""
    model = Model(function.__name__, function, shapes, next(iter(gradient)))
    return Published(model, source, where, gradient, hessian or {})
