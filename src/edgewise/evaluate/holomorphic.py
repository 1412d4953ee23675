"""Complex numbers in a graph of real functions: which operations have them, and the graph written so that all do.

A row is holomorphic where NumPy or SciPy compute it of complex numbers, unless it is a step or has a kink within its
domain: its function of complex numbers is then another one. A row with a definition, such as 1/(1 + exp(-x)), is that.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from edgewise.errors import UnsupportedError
from edgewise.evaluate.algorithms import Evaluation, applied
from edgewise.graph import Builder, IntArray, Tape, add_op, node_text
from edgewise.graph.written_anew import rewritten
from edgewise.ops import CONST, INPUT, OPS, Op
from edgewise.ops.formula import written
from edgewise.ops.numeric import special

__all__ = ["holomorphic", "propagate_complex"]

_SCIPYS: Final = special("erf").__qualname__
"""What functions are called that are SciPy's own."""


def holomorphic(tape: Tape, roots: Sequence[int], inputs: Sequence[int]) -> tuple[Tape, IntArray]:
    """The graph of scalars for complex numbers in some inputs, with definitions written out, and the map of its nodes.

    Raises UnsupportedError where complex numbers reach an operation that is not holomorphic, and a root needs it.
    """
    live, touched = tape.live(roots), tape.depends_on(inputs)
    instead: dict[int, Callable[[Builder, Sequence[int]], int]] = {}
    for i, code, args in tape.rows():
        if not (live[i] and touched[i]) or code in (INPUT, CONST):
            continue
        op = tape.op(i)
        if op.selects and not touched[args[0]]:
            continue
        reason = _reason(op)
        if reason:
            raise UnsupportedError(
                f"{node_text(tape, i, 60)}, {tape.describe(i)}, is not holomorphic: {op.name} {reason}",
                hint="give real numbers, or leave the operation out",
                line=tape.line(i),
            )
        if not _native(op):
            instead[i] = _writer(op, args)
    return rewritten(tape, instead)


def propagate_complex(tape: Tape, roots: Sequence[int], values: Sequence[Any]) -> Evaluation:
    """Algorithm 6.1 on complex numbers. What no root needs is NaN."""
    complex_inputs = [node for node, value in zip(tape.inputs, values, strict=True) if np.iscomplexobj(value)]
    made, new = holomorphic(tape, roots, complex_inputs)
    found: list[Any] = [np.nan] * len(made)
    for node, value in zip(made.inputs, values, strict=True):
        found[node] = value
    live = made.live(new[list(roots)].tolist())
    with np.errstate(all="ignore"):
        for i, code, args in made.rows():
            if code == CONST:
                found[i] = float(made.attrs[i])
            elif code != INPUT and live[i]:
                given = [found[j] for j in args]
                found[i] = _value(made.op(i), given, made.attrs.get(i))
    return Evaluation(tape, tuple(found[node] for node in new.tolist()))


def _value(op: Op, args: Sequence[Any], parameter: Any) -> Any:
    if not any(map(np.iscomplexobj, args)):
        return applied(op, args, parameter)
    value = op.value(*args, parameter) if op.parameter else op.value(*args)
    return complex(value) if np.ndim(value) == 0 else value


def _reason(op: Op) -> str:
    """Why complex numbers cannot be handed to an operation; "" where they can."""
    if op.boolean or op.selects:
        return "is for real numbers, which have an order" if op.boolean else "selects by its condition"
    if all(partial is None for partial in op.partials):
        return "is constant between jumps"
    if _native(op):
        return ""
    parts = _parts(op)
    reason = next((f"{part.name}, which {reason}" for part in parts if (reason := _reason(part))), "")
    if parts and not reason:
        return ""
    if op.kinks and not op.domain:
        return f"has a kink where {op.kinks}"
    return f"is written with {reason}" if op.custom and reason else "has no function of complex numbers here"


def _native(op: Op) -> bool:
    """Whether NumPy or SciPy have the holomorphic function."""
    if op.custom or (op.kinks and not op.domain):
        return False
    if isinstance(op.value, np.ufunc):
        return _takes_complex(op.value)
    if op.real_parameter and not op.scipy:
        return True  # a power
    if getattr(op.value, "__qualname__", "") == _SCIPYS:  # and not a formula of real numbers
        return _takes_complex(getattr(importlib.import_module("scipy.special"), op.scipy.split()[0]))
    return False


def _takes_complex(function: Any) -> bool:
    return isinstance(function, np.ufunc) and any("D" in kind.partition("->")[0] for kind in function.types)


def _parts(op: Op) -> list[Op]:
    """The operations of a definition, or of a user's formula."""
    if op.formula is not None:
        return [part for part, _, _ in op.formula.nodes]
    found: list[Op] = []
    if not op.definition:
        return found

    def call(name: str, args: Sequence[None]) -> None:
        found.append(OPS[name])

    written(op.definition, dict.fromkeys(op.args), lambda value: None, call)
    return found


def _writer(op: Op, args: Sequence[int]) -> Callable[[Builder, Sequence[int]], int]:
    """How an operation is written by its definition, or a user's by its formula."""

    def write(builder: Builder, new: Sequence[int]) -> int:
        def called(row: Op, nodes: Sequence[int], parameter: Any = None) -> int:
            if _native(row):
                return add_op(builder, row, nodes, parameter)
            if row.formula is not None:
                return row.formula.write(nodes, builder.constant, called)  # type: ignore[no-any-return]
            names = dict(zip(row.args, nodes, strict=True))
            return written(row.definition, names, builder.constant, lambda name, more: called(OPS[name], more))

        return called(op, [new[j] for j in args])

    return write
