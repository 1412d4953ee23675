"""JSON: a versioned, checksummed form of a graph, exact to the last bit of its constants."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

from edgewise import ops
from edgewise.errors import EdgewiseError, FormatError, OperationError
from edgewise.exchange.codec import read, read_length, write, write_length
from edgewise.graph import SIGNS, Dependent, Layout, Parameter, Tape, distinct, shape_of

__all__ = ["FORMAT", "VERSION", "from_json", "to_json"]

FORMAT: Final = "edgewise"
VERSION: Final = 1

_OF_SCALARS: Final = (str, int, Fraction, float, ops.SymbolicConstant)


def to_json(tape: Tape, indent: int | None = None) -> str:
    """The graph as JSON text, the same bytes for the same graph.

    >>> from edgewise import parse
    >>> from_json(to_json(parse("x/3").tape)).attrs[1]
    3
    """
    own = [op.name for op in tape.custom]
    twice = [name for k, name in enumerate(own) if name in own[:k]]
    if twice:
        raise OperationError(
            f"the graph has two operations of the user's called {twice[0]!r}", hint="give each its own name"
        )
    used = distinct(tape.ops).tolist()
    codes = [code for code in used if code < ops.N_BUILTIN]
    # The user's operations are listed in the graph's order, so that their codes come back as they were.
    codes += [ops.N_BUILTIN + k for k in range(len(own))]
    names: list[Any] = [tape.op_of_code(code).name for code in codes]
    tensors = [code for code in used if code >= ops.FIRST_TENSOR]
    names += [["tensor", tape.op_of_code(code).name] for code in tensors]
    index = {code: k for k, code in enumerate(codes + tensors)}
    graph = {
        "operations": names,
        "ops": [index[code] for code in tape.ops.tolist()],
        "start": tape.start.tolist(),
        "args": tape.args.tolist(),
        "attrs": {str(i): write(value) for i, value in sorted(tape.attrs.items())},
        "inputs": list(tape.inputs),
        "outputs": list(tape.outputs),
        "parameters": [_written(p) for p in tape.parameters],
        "layout": tape.layout.to_data(write_length),
        "shapes": {str(i): _lengths(shape) for i, shape in sorted(tape.shapes.items())},
        "labels": {str(i): label for i, label in sorted(tape.labels.items())},
        "lines": {str(i): line for i in sorted(tape.lines) if (line := tape.line(i))},
    }
    whole = {"format": FORMAT, "version": VERSION, "checksum": _checksum(graph), "graph": graph}
    return json.dumps(whole, indent=indent, ensure_ascii=True)


def from_json(text: str | bytes, *, operations: Mapping[str, ops.Op] | None = None) -> Tape:
    """The graph of `to_json`. Raises FormatError for anything else, OperationError for a missing user operation.

    >>> from edgewise import parse
    >>> from_json(to_json(parse("x/3").tape).replace("div", "mul"))
    Traceback (most recent call last):
    ...
    edgewise.errors.FormatError: the checksum does not fit the graph; the file was changed; write it again
    """
    try:
        data = json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise FormatError(f"this is not JSON: {error}", hint="read the text that to_json wrote") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise FormatError("this JSON is not a graph of edgewise", hint="read the text that to_json wrote")
    if data.get("version") != VERSION:
        raise FormatError(
            f"the graph has version {data.get('version')!r:.60} and this edgewise reads version {VERSION}",
            hint="write it again with the edgewise that reads it",
        )
    graph, rows = data.get("graph"), ops.rows_of(operations)
    try:
        if not isinstance(graph, dict) or data.get("checksum") != _checksum(graph):
            raise FormatError("the checksum does not fit the graph", hint="the file was changed; write it again")
        return _tape(graph, rows).check()
    except EdgewiseError:
        raise
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise FormatError(f"the graph is damaged: {type(error).__name__} {error}", hint="write it again") from None


def _tape(graph: dict[str, Any], rows: Mapping[str, ops.Op]) -> Tape:
    codes: list[int] = []
    custom: list[ops.Op] = []
    for name in graph["operations"]:
        # What has a tensor's row says so: a user's operation may have its name.
        if isinstance(name, list) and name[0] == "tensor":
            codes.append(ops.TENSOR_CODE[name[1]])
        elif name in ops.CODE:
            codes.append(ops.CODE[name])
        elif name in rows:
            codes.append(ops.N_BUILTIN + len(custom))
            custom.append(rows[name])
        else:
            raise OperationError(
                f"the graph uses the operation {name!r}, which this edgewise does not have",
                hint=f"pass functions={{{name!r}: …}} with its definition",
            )
    n = len(graph["ops"])
    kinds = [codes[k] for k in _whole(graph["ops"], len(codes))]
    attrs = {i: read(value) for i, value in _column(graph["attrs"], n)}
    inputs = tuple(_whole(graph["inputs"], n))
    # The checksum says that nothing was changed, not that a sensible program wrote it.
    if sorted(inputs) != [i for i, code in enumerate(kinds) if code == ops.INPUT]:
        raise ValueError("the list of inputs is not that of the input nodes")
    if any(
        (kinds[i] == ops.INPUT) != isinstance(value, str) for i, value in attrs.items() if kinds[i] < ops.FIRST_TENSOR
    ):
        raise ValueError("an input without a name, or a name where a number belongs")
    if any(kinds[i] < ops.FIRST_TENSOR and not isinstance(value, _OF_SCALARS) for i, value in attrs.items()):
        raise ValueError("a tensor's parameter where a number belongs")
    return Tape(
        ops=kinds,  # type: ignore[arg-type]
        start=_whole(graph["start"], len(graph["args"]) + 1),  # type: ignore[arg-type]
        args=_whole(graph["args"], n),  # type: ignore[arg-type]
        attrs=attrs,
        inputs=inputs,
        outputs=tuple(_whole(graph["outputs"], n)),
        parameters=tuple(_parameter(*entry) for entry in graph["parameters"]),
        layout=Layout.from_data(graph["layout"], read_length),
        shapes={i: _shape(shape) for i, shape in _column(graph["shapes"], n)},
        labels={i: _text(label) for i, label in _column(graph["labels"], n)},
        lines={i: _text(line) for i, line in _column(graph["lines"], n)},
        custom=tuple(custom),
    )


def _whole(values: list[Any], limit: int) -> list[int]:
    """A list of whole numbers from 0 to below `limit`."""
    for value in values:
        if type(value) is not int or not 0 <= value < limit:
            raise ValueError(f"{value!r:.60} is not a whole number from 0 to {limit - 1}")
    return values


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r:.60} is not a text")
    return value


def _column(entries: dict[str, Any], n: int) -> list[tuple[int, Any]]:
    """A sparse column, whose keys JSON holds as text."""
    return list(zip(_whole([int(i) for i in entries], n), entries.values(), strict=True))


def _checksum(graph: dict[str, Any]) -> str:
    canonical = json.dumps(graph, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _lengths(shape: ops.TensorShape) -> list[Any]:
    return [write_length(length) for length in shape]


def _shape(lengths: Any) -> ops.TensorShape:
    shape = tuple(map(read_length, lengths))
    if not all(map(ops.is_dimension, shape)):
        raise ValueError(f"{lengths!r:.60} is not a shape")
    return shape


def _written(parameter: Parameter) -> list[Any]:
    """A parameter as a list, without what it does not have at its end."""
    more: list[Any] = [parameter.kind, parameter.sign, parameter.dependent]
    while more and not more[-1]:
        more.pop()
    return [parameter.name, _lengths(parameter.shape), *more]


def _parameter(name: Any, shape: Any, kind: Any = "", sign: Any = "", dependent: Any = None) -> Parameter:
    if _text(sign) not in SIGNS:
        raise ValueError(f"{sign!r:.60} is no promise about an input")
    made = Parameter(_text(name), _shape(shape) if kind else shape_of(name, shape), _text(kind), sign)
    return made if dependent is None else replace(made, dependent=Dependent.read(made, dependent))
