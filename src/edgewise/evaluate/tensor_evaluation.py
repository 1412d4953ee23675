"""Algorithm 6.1 on tensors."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from edgewise.errors import InputError
from edgewise.evaluate.algorithms import Evaluation, by_input, no_more
from edgewise.graph import Tape, common_shape, is_single, real_value, tensor_batch, too_short
from edgewise.ops import CONST, FIRST_TENSOR, INPUT, TENSOR_CODE, Contraction, bound

__all__ = ["bind_tensors", "propagate_tensors"]

EYE = TENSOR_CODE["eye"]


def bind_tensors(tape: Tape, args: Sequence[Any], named: Mapping[str, Any]) -> tuple[list[Any], dict[str, int]]:
    """The value of each input, given by position or by name, and the numbers of the named dimensions.

    Raises InputError for a wrong count or name, ShapeError for shapes that do not fit the declared ones.
    """
    parameters = tape.parameters
    given = by_input(parameters, args, named)
    values: list[Any] = []
    for parameter in parameters:
        if parameter.name not in given:
            raise InputError(f"no value was given for the input {parameter.name!r}", hint=f"give {parameter.name}=…")
        values.append(_numbers(parameter.name, parameter.kind, given.pop(parameter.name)))
    no_more(given, parameters)
    sizes = tensor_batch(parameters, values)[1]
    flat = [
        entry
        for parameter, value in zip(parameters, values, strict=True)
        for entry in ([value] if parameter.is_tensor or not parameter.shape else np.ravel(value))
    ]
    return flat, sizes


def _numbers(name: str, kind: str, value: Any) -> Any:
    number = real_value(name, value)
    if kind != "integer":
        return number
    array = np.asarray(value)
    if array.dtype.kind not in "iu":
        raise InputError(
            f"the input {name!r} of whole numbers was given values of type {array.dtype}", hint="give integers"
        )
    return array


def propagate_tensors(tape: Tape, inputs: Sequence[Any], sizes: Mapping[str, int]) -> Evaluation:
    """Copy the inputs; for i = n_i + 1 … n compute u(i) from its parents, which NumPy does on whole arrays.

    Further axes in front of the inputs' own are a batch: the algorithm runs for each of its points, and values have
    these axes in front.
    """
    whole = {node for parameter, node in zip(tape.parameters, tape.inputs) if parameter.kind == "integer"}
    single = is_single(value for node, value in zip(tape.inputs, inputs, strict=True) if node not in whole)
    inputs = [
        value if node in whole else np.asarray(value, dtype=np.float64)[()]
        for node, value in zip(tape.inputs, inputs, strict=True)
    ]
    own = [np.ndim(value) - len(tape.shape(node)) for node, value in zip(tape.inputs, inputs, strict=True)]
    shapes = [np.shape(value) for value in inputs]
    batch = common_shape(shape[:axes] for shape, axes in zip(shapes, own, strict=True))
    if not batch:
        return replace(_propagated(tape, inputs, sizes), single=single)
    columns = [
        np.broadcast_to(value, batch + shape[axes:]).reshape(math.prod(batch), *shape[axes:])
        for value, shape, axes in zip(inputs, shapes, own, strict=True)
    ]
    runs = [_propagated(tape, point, sizes) for point in zip(*columns, strict=True)]
    if not runs:
        values = tuple(np.zeros(batch + bound(tape.shape(i), sizes)) for i in range(len(tape)))
        return Evaluation(tape, values, single=single, whole=True)

    def joined(numbers: Sequence[Any]) -> Any:
        return np.stack(numbers).reshape(batch + np.shape(numbers[0]))

    values = tuple(joined([run.values[i] for run in runs]) for i in range(len(tape)))
    return Evaluation(tape, values, single=single, whole=True)


def _propagated(tape: Tape, inputs: Sequence[Any], sizes: Mapping[str, int]) -> Evaluation:
    if sizes and 0 not in sizes.values() and (error := too_short(tape, sizes)) is not None:
        raise error
    values: list[Any] = [None] * len(tape)
    for i, value in zip(tape.inputs, inputs, strict=True):
        values[i] = value
    with np.errstate(all="ignore"):
        for i, code, args in tape.rows():
            if code == INPUT:
                continue
            if code == CONST:
                values[i] = float(tape.attrs[i])
                continue
            op = tape.op_of_code(code)
            parameter = tape.attrs.get(i)
            if code >= FIRST_TENSOR:
                parameter = bound(parameter, sizes)
            given = [values[j] for j in args]
            try:
                if isinstance(parameter, Contraction):
                    value = parameter.value(*given, identities=[tape.ops[j] == EYE for j in args])
                else:
                    value = op.value(*given, parameter) if op.parameter else op.value(*given)
            except (ValueError, IndexError):
                if (error := too_short(tape, sizes)) is None:
                    raise
                raise error from None
            # Truth is 0.0 or 1.0 on every node, so that it may be counted and multiplied with.
            values[i] = np.multiply(value, 1.0) if op.boolean else value
    return Evaluation(tape, tuple(values), whole=True)
