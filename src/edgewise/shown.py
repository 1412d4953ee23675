"""What a notebook shows of the things that users hold; how, the room above all others knows (`api/representations`).

JupyterLab, Notebook, VS Code and Colab ask for `_repr_mimebundle_`, marimo and others for `_repr_html_`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NoReturn, TypeVar

from edgewise.errors import missing_attribute

__all__ = ["formula", "shown"]

T = TypeVar("T")


def _above() -> Any:
    """The room that knows, imported by name when something is first shown: this module is below it."""
    return import_module("edgewise.api.representations")


def shown(kind: type[T]) -> type[T]:
    """A class whose things a notebook shows; where one is asked for what it has not, the error says what it has."""

    def bundle(self: T, include: Any = None, exclude: Any = None) -> Mapping[str, str]:
        made: Mapping[str, str] = _above().bundle(self)
        return made

    def html(self: T) -> str:
        return bundle(self)["text/html"]

    def missing(self: T, name: str) -> NoReturn:
        raise missing_attribute(self, name, {})

    if not hasattr(kind, "__getattr__"):
        missing.__name__ = "__getattr__"
        setattr(kind, missing.__name__, missing)
    bundle.__name__, html.__name__ = "_repr_mimebundle_", "_repr_html_"
    for method in (bundle, html):
        setattr(kind, method.__name__, method)
    return kind


def formula(self: Any) -> str | None:
    """The method `_repr_latex_` of an expression: the formula of its graph."""
    made: str | None = _above().formula(self)
    return made
