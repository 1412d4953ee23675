"""Algorithm 6.1 on tensors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from edgewise.errors import InputError
from edgewise.evaluate.algorithms import Evaluation, Step
from edgewise.graph import Tape
from edgewise.ops import CONST, FIRST_TENSOR, INPUT, bound, solve_dimensions

__all__ = ["bind_tensors", "propagate_tensors"]


def bind_tensors(tape: Tape, args: Sequence[Any], named: Mapping[str, Any]) -> tuple[list[Any], dict[str, int]]:
    """The value of each input, given by position or by name, and the numbers of the named dimensions.

    Raises InputError for a wrong count or name, ShapeError for shapes that do not fit the declared ones.
    """
    names = [parameter.name for parameter in tape.parameters]
    listing = ", ".join(names[:20]) or "none"
    if len(args) > len(names):
        raise InputError(f"{len(args)} values were given for {len(names)} inputs", hint=f"the inputs are {listing}")
    given = dict(zip(names, args, strict=False))
    for name, value in named.items():
        if name not in names:
            raise InputError(f"{name!r} is not an input of the graph", hint=f"the inputs are {listing}")
        if name in given:
            raise InputError(f"the input {name!r} was given twice", hint="give it by position or by name")
        given[name] = value
    values: list[Any] = []
    for parameter in tape.parameters:
        if parameter.name not in given:
            raise InputError(f"no value was given for the input {parameter.name!r}", hint=f"give {parameter.name}=…")
        values.append(_numbers(parameter.name, parameter.kind, given[parameter.name]))
    sizes = solve_dimensions(
        (parameter.name, parameter.shape, np.shape(value))
        for parameter, value in zip(tape.parameters, values, strict=True)
    )
    flat = [
        entry
        for parameter, value in zip(tape.parameters, values, strict=True)
        for entry in ([value] if parameter.is_tensor or not parameter.shape else np.ravel(value).tolist())
    ]
    return flat, sizes


def _numbers(name: str, kind: str, value: Any) -> Any:
    array = np.asarray(value)
    if kind == "integer":
        if array.dtype.kind not in "iu":
            raise InputError(
                f"the input {name!r} of whole numbers was given values of type {array.dtype}", hint="give integers"
            )
        return array
    if array.dtype.kind not in "fiub":
        raise InputError(f"the value of {name!r} is not real numbers: {value!r:.60}", hint="give a float or an array")
    return np.asarray(array, dtype=np.float64)[()]


def propagate_tensors(tape: Tape, inputs: Sequence[Any], sizes: Mapping[str, int]) -> Evaluation:
    """Copy the inputs; for i = n_i + 1 … n compute u(i) from its parents, which NumPy does on whole arrays."""
    values: list[Any] = [None] * len(tape)
    steps: list[Step] = []
    for i, value in zip(tape.inputs, inputs, strict=True):
        values[i] = value
        steps.append(Step("6.1", "input", i, value))
    with np.errstate(all="ignore"):
        for i, code, args in tape.rows():
            if code == INPUT:
                continue
            if code == CONST:
                values[i] = float(tape.attrs[i])
                steps.append(Step("6.1", "constant", i, values[i]))
                continue
            op = tape.op_of_code(code)
            parameter = tape.attrs.get(i)
            if code >= FIRST_TENSOR:
                parameter = bound(parameter, sizes)
            given = [values[j] for j in args]
            value = op.value(*given, parameter) if op.parameter else op.value(*given)
            # Truth is 0.0 or 1.0 on every node, so that it may be counted and multiplied with.
            values[i] = np.multiply(value, 1.0) if op.boolean else value
            steps.append(Step("6.1", "operation", i, values[i]))
    return Evaluation(tape, tuple(values), {}, tuple(steps))
