"""Tracing: a plain Python or NumPy function is called once on symbols, and what it computes is written down."""

from __future__ import annotations

import inspect
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import FunctionType
from typing import Any, Final

from edgewise.errors import InputError, UnsupportedError
from edgewise.frontends import (
    stand_ins,
    stand_ins_builtins,
    stand_ins_distances,
    stand_ins_draws,
    stand_ins_linear,
    stand_ins_splines,
    stand_ins_statistics,
)
from edgewise.frontends.captured_arrays import name_arrays
from edgewise.frontends.methods_on_arrays import methods_on_arrays
from edgewise.frontends.methods_on_sparse import methods_on_sparse
from edgewise.frontends.methods_that_draw import methods_that_draw
from edgewise.frontends.naming import name_of
from edgewise.frontends.stand_ins_splines import methods_of_splines
from edgewise.frontends.stand_ins_stats import methods_of_distributions
from edgewise.frontends.tracing_numpy import Rows, Tracing, callee, tracing
from edgewise.graph import Builder, Expr, Shape, Tape, Tensor, TensorInput, group, line_text, shape_of
from edgewise.graph.arrays.outputs import collect

__all__ = ["first_line", "signature_of", "trace", "tracing"]

_MENTIONED: Final = (stand_ins_draws, stand_ins_statistics, stand_ins_linear, stand_ins_distances, stand_ins_splines)
ROWS: Final = Rows(
    stand_ins_builtins.TABLE,
    stand_ins.TABLES,
    {name: words for rows in _MENTIONED for name, words in rows.MENTIONED.items()},
    stand_ins_draws.load,
    lambda names, named: [
        *methods_that_draw(),
        *methods_on_arrays(names, named),
        *methods_of_distributions(names),
        *methods_of_splines(names),
        *methods_on_sparse(),
    ],
    stand_ins.LENGTHS,
    stand_ins.USED,
)
"""What stands in for what while a function is traced."""


def trace(fn: Callable[..., Any], /, *names: str, share: bool = False, **groups: int | Shape | TensorInput) -> Tape:
    """The graph of `fn` of scalar inputs `names` and of arrays of scalar inputs `groups` (name=length or shape).

    With neither, the scalars are the function's own parameters that have no default. The names go in by position; a
    group goes in by keyword where the function has a parameter of that name, and otherwise by position, behind them.
    Every declared input is part of the graph, used or not. Each node remembers the user's line that wrote it. `share`
    merges identical operations.

    While it runs, NumPy's constructors give arrays that expressions may be written into, `math`'s functions take
    expressions, and a random draw is an error (see `tracing_numpy`).

    >>> trace(lambda x, y: x * y + x, "x", "y").input_names()
    ('x', 'y')
    >>> trace(lambda w, x: x * w.sum(), "x", w=(2, 2)).parameters
    (Parameter(name='x', shape=()), Parameter(name='w', shape=(2, 2)))
    """
    if not callable(fn):
        raise InputError(
            f"{fn!r:.60} of type {type(fn).__name__} cannot be traced", hint="give a function of real numbers"
        )
    if not names and not groups:
        names = _own_names(fn)
    builder = Builder(share=share, record=True)
    scalars: dict[str, Any] = {}
    names = tuple(map(name_of, names))
    for name in names:
        if not isinstance(name, str):
            hint = 'name them one by one, trace(fn, "x", "y")'
            raise InputError(f"{name!r:.60} of type {type(name).__name__} cannot name an input", hint=hint)
        if name in scalars:
            raise InputError(f"the input {name!r} is named twice", hint="give each input its own name")
        scalars[name] = Expr(builder, builder.input(name))
    for name, extent in groups.items():
        held = extent if isinstance(extent, (list, tuple)) else ()
        if isinstance(extent, Mapping) or any(isinstance(part, TensorInput) for part in held):
            raise InputError(
                f"the input {name!r} is declared as a {type(extent).__name__} of several",
                hint=f"edgewise.jit({_name(fn, 'fn')}).graph(…) takes containers of declarations, by position",
            )
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
    args, keywords = _bound(fn, scalars, arrays)
    started = Tracing(fn, builder, ROWS)
    try:
        started.install()
        _, nodes, layout = collect(callee(fn)(*args, **keywords), builder)
        if started.drew():
            raise UnsupportedError(
                f"{_name(fn)} draws random numbers while it is traced: the graph would keep those numbers",
                hint="draw outside, and pass the numbers in as an argument",
                line=first_line(fn),
            )
    except Exception as error:
        from edgewise.frontends.refusals import refusal

        refused = refusal(error, _name(fn))
        if refused is None:
            raise
        raise refused.with_traceback(error.__traceback__) from None
    finally:
        started.remove()
    if builder.tensors:
        name_arrays(fn, builder)
    tape, _ = builder.freeze(nodes, layout, [*names, *groups])
    return replace(tape, numbering=tape.numbering.of(_name(fn, "")))


def _name(fn: Callable[..., Any], nameless: str = "the function") -> str:
    """What a function is called; a lambda has no name of its own."""
    name = str(getattr(_unwrapped(fn), "__name__", "<lambda>"))
    return nameless if name == "<lambda>" else name


def _unwrapped(fn: Any) -> Any:
    """The user's function under what has been wrapped around it."""
    inner = fn
    while inner is not None:
        fn, inner = inner, getattr(inner, "__wrapped__", getattr(inner, "func", None))
    return fn


def first_line(fn: Callable[..., Any]) -> str:
    """Where the user's function begins, under what has been wrapped around it."""
    code = getattr(_unwrapped(fn), "__code__", None)
    return line_text(code.co_filename, code.co_firstlineno) if code else ""


def signature_of(fn: Callable[..., Any]) -> inspect.Signature | None:
    """The signature of a function, None of a built-in without one."""
    try:
        return inspect.signature(fn)
    except (TypeError, ValueError):
        return None


def _plain_parameters(fn: Callable[..., Any]) -> tuple[str, ...] | None:
    """The parameters of a function where each may be given by position or by name; None where there are others, or
    where a wrapper may say something else. `inspect.signature` takes longer than tracing a small function.
    """
    if type(fn) is not FunctionType or fn.__dict__:
        return None
    code = fn.__code__
    if code.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS) or code.co_kwonlyargcount:
        return None
    return None if code.co_posonlyargcount else code.co_varnames[: code.co_argcount]


def _own_names(fn: Callable[..., Any]) -> tuple[str, ...]:
    signature = signature_of(fn)
    parameters = list(signature.parameters.values()) if signature else []
    if signature is None or any(p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in parameters):
        raise InputError(
            f"the inputs of {_name(fn)} cannot be read off its signature",
            hint='name them: trace(fn, "x", "y") or trace(fn, w=10)',
        )
    return tuple(p.name for p in parameters if p.default is p.empty)


def _bound(
    fn: Callable[..., Any], scalars: dict[str, Any], arrays: dict[str, Any]
) -> tuple[Sequence[Any], dict[str, Any]]:
    """The positional and keyword arguments of the call."""
    plain = _plain_parameters(fn)
    if plain is not None and len(plain) == len(scalars) + len(arrays):
        others = iter([value for name, value in (scalars | arrays).items() if name in scalars or name not in plain])
        return [arrays[name] if name in arrays else next(others) for name in plain], {}
    signature = signature_of(fn)
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
    if not keywords and len(args) == len(parameters) and all(p.kind is p.POSITIONAL_OR_KEYWORD for p in parameters):
        return args, keywords
    try:
        signature.bind(*args, **keywords)
    except TypeError as error:
        raise InputError(
            f"{_name(fn)}{signature} cannot be called with the inputs {', '.join([*scalars, *arrays])}: {error}",
            hint="name one input for each of its parameters, scalars in quotes and groups as name=length",
        ) from None
    return args, keywords
