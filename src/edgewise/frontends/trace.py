"""Tracing: a plain Python or NumPy function is called once on symbols, and what it computes is written down."""

from __future__ import annotations

import inspect
import re
from collections import deque
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from types import TracebackType
from typing import Any

from edgewise.errors import EdgewiseError, InputError, UnsupportedError
from edgewise.graph import Builder, Expr, Shape, Tape, Tensor, TensorInput, group, shape_of
from edgewise.graph.lines import line_text
from edgewise.graph.outputs import collect

__all__ = ["trace", "tracing"]

_active: ContextVar[Builder | None] = ContextVar("active", default=None)


def tracing() -> Builder | None:
    """The graph under construction while a function is traced in this thread; else None."""
    return _active.get()


def trace(fn: Callable[..., Any], /, *names: str, share: bool = False, **groups: int | Shape | TensorInput) -> Tape:
    """The graph of `fn` of scalar inputs `names` and of arrays of scalar inputs `groups` (name=length or shape).

    With neither, the scalars are the function's own parameters that have no default. The names go in by position; a
    group goes in by keyword where the function has a parameter of that name, and otherwise by position, behind them.
    Every declared input is part of the graph, used or not. Each node remembers the user's line that wrote it. `share`
    merges identical operations.

    >>> trace(lambda x, y: x * y + x, "x", "y").input_names()
    ('x', 'y')
    >>> trace(lambda w, x: x * w.sum(), "x", w=(2, 2)).parameters
    (Parameter(name='x', shape=()), Parameter(name='w', shape=(2, 2)))
    """
    if not callable(fn):
        raise InputError(
            f"{fn!r:.60} of type {type(fn).__name__} cannot be traced", hint="give a function of real numbers"
        )
    signature = _signature(fn)
    if not names and not groups:
        names = _own_names(fn, signature)
    builder = Builder(share=share, record=True)
    scalars: dict[str, Any] = {}
    for name in names:
        if name in scalars:
            raise InputError(f"the input {name!r} is named twice", hint="give each input its own name")
        scalars[name] = Expr(builder, builder.input(name))
    if any(isinstance(e, TensorInput) for e in groups.values()) and not all(
        isinstance(e, TensorInput) for e in groups.values()
    ):
        raise InputError("tensors and groups of scalars are declared together", hint="declare all of them as tensors")
    arrays: dict[str, Any] = {}
    for name, extent in groups.items():
        if isinstance(extent, TensorInput):
            arrays[name] = Tensor(builder, builder.tensor(name, extent.shape, extent.kind))
            continue
        shape = shape_of(name, extent)
        # A copy: what the function does to its argument in place does not touch the inputs.
        arrays[name] = group(builder, name, shape).copy() if shape else Expr(builder, builder.input(name))
    args, keywords = _bound(fn, signature, scalars, arrays)
    outer = _active.set(builder)
    try:
        _, nodes, layout = collect(fn(*args, **keywords), builder)
    except EdgewiseError as error:
        if error.line:
            raise
        located = type(error)(error.what, hint=error.hint, line=_user_line(error.__traceback__))
        raise located.with_traceback(error.__traceback__) from None
    except RecursionError as error:
        raise UnsupportedError(
            f"{_name(fn)} recursed too deeply while it was traced",
            hint="write the recursion as a loop",
            line=_user_line(error.__traceback__),
        ) from None
    except (TypeError, AttributeError) as error:
        # A function that wants a number was given a dimension that has a name.
        if not re.search(r"NamedDimension|argument 0 of type (Mul|Add|Pow)\b|expression to float", str(error)):
            raise
        raise UnsupportedError(
            f"a function was given a named dimension where it needs a number: {error}",
            hint="write edgewise.eye(n), ones(n, d), zeros(n), n**0.5 for its root, or declare the length as a number",
            line=_user_line(error.__traceback__),
        ) from error
    except IndexError as error:
        # NumPy found an array of comparisons where it needs whole numbers: `w[w > 0]`.
        if "used as indices" not in str(error):
            raise
        raise UnsupportedError(
            "an array is indexed by expressions, such as w[w > 0]: which entries those are depends on the data",
            hint="write np.where(condition, a, b), which keeps the shape",
            line=_user_line(error.__traceback__),
        ) from None
    finally:
        _active.reset(outer)
    tape, _ = builder.freeze(nodes, layout, [*names, *groups])
    return tape


def _name(fn: Callable[..., Any]) -> str:
    return str(getattr(fn, "__name__", "the function"))


def _signature(fn: Callable[..., Any]) -> inspect.Signature | None:
    try:
        return inspect.signature(fn)
    except (TypeError, ValueError):  # a built-in without a signature
        return None


def _own_names(fn: Callable[..., Any], signature: inspect.Signature | None) -> tuple[str, ...]:
    parameters = list(signature.parameters.values()) if signature else []
    if signature is None or any(p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in parameters):
        raise InputError(
            f"the inputs of {_name(fn)} cannot be read off its signature",
            hint='name them: trace(fn, "x", "y") or trace(fn, w=10)',
        )
    return tuple(p.name for p in parameters if p.default is p.empty)


def _bound(
    fn: Callable[..., Any], signature: inspect.Signature | None, scalars: dict[str, Any], arrays: dict[str, Any]
) -> tuple[Sequence[Any], dict[str, Any]]:
    """The positional and keyword arguments of the call."""
    if signature is None:
        return [*scalars.values(), *arrays.values()], {}
    parameters = signature.parameters.values()
    takes_any = any(p.kind is p.VAR_KEYWORD for p in parameters)
    named = {p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)}
    keywords = {name: value for name, value in arrays.items() if takes_any or name in named}
    keywords |= {p.name: scalars[p.name] for p in parameters if p.kind is p.KEYWORD_ONLY and p.name in scalars}
    waiting = deque(value for name, value in (scalars | arrays).items() if name not in keywords)
    args: list[Any] = []
    for p in parameters:
        if p.kind not in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) or not (waiting or p.name in keywords):
            break
        # A group stands at its own parameter, so that the scalars around it fill the others.
        args.append(keywords.pop(p.name) if p.name in keywords else waiting.popleft())
    args += waiting
    try:
        signature.bind(*args, **keywords)
    except TypeError as error:
        raise InputError(
            f"{_name(fn)}{signature} cannot be called with the inputs {', '.join([*scalars, *arrays])}: {error}",
            hint="name one input for each of its parameters, scalars in quotes and groups as name=length",
        ) from None
    return args, keywords


def _user_line(traceback: TracebackType | None) -> str:
    """`file:line` of the innermost frame of a traceback that is neither ours nor NumPy's."""
    place = ""
    while traceback is not None:
        module = traceback.tb_frame.f_globals.get("__name__", "")
        if module.split(".")[0] not in (__name__.split(".")[0], "numpy"):
            place = line_text(traceback.tb_frame.f_code.co_filename, traceback.tb_lineno)
        traceback = traceback.tb_next
    return place
