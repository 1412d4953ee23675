"""Tracing: a plain Python or NumPy function is called once on symbols, and what it computes is written down."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from edgewise.errors import EdgewiseError, InputError, UnsupportedError
from edgewise.graph import Builder, Expr, Shape, Tape, group
from edgewise.graph.outputs import collect

__all__ = ["trace"]


def trace(fn: Callable[..., Any], *names: str, share: bool = False, **groups: int | Shape) -> Tape:
    """The graph of `fn` of scalar inputs `names` and of arrays of scalar inputs `groups` (name=length or shape).

    With neither, the scalars are the function's own parameters that have no default. Every declared input is part of
    the graph, used or not. Each node remembers the user's line that wrote it. `share` merges identical operations.

    >>> trace(lambda x, y: x * y + x, "x", "y").input_names()
    ('x', 'y')
    """
    names = names or (() if groups else _own_names(fn))
    builder = Builder(share=share, record=True)
    args: list[Any] = [Expr(builder, builder.input(name)) for name in names]
    keywords: dict[str, Any] = {}
    for name, extent in groups.items():
        shape = (extent,) if isinstance(extent, int) else tuple(extent)
        if shape == ():
            keywords[name] = Expr(builder, builder.input(name))
        else:
            # A copy: what the function does to its argument in place does not touch the inputs.
            keywords[name] = group(builder, name, shape).copy()
    try:
        result = fn(*args, **keywords) if _accepts(fn, list(keywords)) else fn(*args, *keywords.values())
    except EdgewiseError:
        raise
    except RecursionError:
        raise UnsupportedError(
            f"{_name(fn)} recursed too deeply while it was traced", hint="write the recursion as a loop"
        ) from None
    _, nodes, layout = collect(result, builder)
    tape, _ = builder.freeze(nodes, layout, [*names, *groups])
    return tape


def _name(fn: Callable[..., Any]) -> str:
    return str(getattr(fn, "__name__", "the function"))


def _parameters(fn: Callable[..., Any]) -> list[inspect.Parameter] | None:
    try:
        return list(inspect.signature(fn).parameters.values())
    except (TypeError, ValueError):  # a built-in without a signature
        return None


def _own_names(fn: Callable[..., Any]) -> tuple[str, ...]:
    parameters = _parameters(fn)
    if parameters is None or any(p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in parameters):
        raise InputError(
            f"the inputs of {_name(fn)} cannot be read off its signature",
            hint='name them: trace(fn, "x", "y") or trace(fn, w=10)',
        )
    return tuple(p.name for p in parameters if p.default is p.empty)


def _accepts(fn: Callable[..., Any], keywords: list[str]) -> bool:
    """Whether the function takes the groups by name; otherwise they are handed over in order."""
    parameters = _parameters(fn)
    if parameters is None:
        return False
    named = {p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)}
    return all(name in named for name in keywords) or any(p.kind is p.VAR_KEYWORD for p in parameters)
