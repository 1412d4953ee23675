"""JSON: a versioned, checksummed form of a graph, exact to the last bit of its constants."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

import numpy as np

from edgewise.errors import EdgewiseError, FormatError, OperationError
from edgewise.graph import Layout, Parameter, Tape
from edgewise.ops import CODE, N_BUILTIN, PI, E, Op, SymbolicConstant

__all__ = ["VERSION", "from_json", "to_json"]

FORMAT: Final = "edgewise-graph"
VERSION: Final = 1


def to_json(tape: Tape, indent: int | None = None) -> str:
    """The graph as JSON text, the same bytes for the same graph.

    >>> from edgewise import parse
    >>> from_json(to_json(parse("x/3").tape)).attrs[1]
    3
    """
    names = sorted({tape.op_of_code(code).name for code in np.unique(tape.ops).tolist()})
    index = {name: k for k, name in enumerate(names)}
    graph = {
        "operations": names,
        "ops": [index[tape.op_of_code(code).name] for code in tape.ops.tolist()],
        "start": tape.start.tolist(),
        "args": tape.args.tolist(),
        "attrs": {str(i): _write(value) for i, value in sorted(tape.attrs.items())},
        "inputs": list(tape.inputs),
        "outputs": list(tape.outputs),
        "parameters": [[p.name, list(p.shape)] for p in tape.parameters],
        "layout": tape.layout.to_data(),
        "shapes": {str(i): list(shape) for i, shape in sorted(tape.shapes.items())},
        "labels": {str(i): label for i, label in sorted(tape.labels.items())},
        "lines": {str(i): line for i in sorted(tape.lines) if (line := tape.line(i))},
    }
    whole = {"format": FORMAT, "version": VERSION, "checksum": _checksum(graph), "graph": graph}
    return json.dumps(whole, indent=indent, ensure_ascii=True)


def from_json(text: str | bytes, *, operations: Mapping[str, Op] | None = None) -> Tape:
    """The graph of `to_json`. Raises FormatError for anything else, OperationError for a missing user operation."""
    try:
        data = json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise FormatError(f"this is not JSON: {error}", hint="read the text that to_json wrote") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise FormatError("this JSON is not a graph of edgewise", hint="read the text that to_json wrote")
    if data.get("version") != VERSION:
        raise FormatError(
            f"the graph has version {data.get('version')!r} and this edgewise reads version {VERSION}",
            hint="write it again with the edgewise that reads it",
        )
    graph = data.get("graph")
    if not isinstance(graph, dict) or data.get("checksum") != _checksum(graph):
        raise FormatError("the checksum does not fit the graph", hint="the file was changed; write it again")
    try:
        return _tape(graph, operations or {}).check()
    except EdgewiseError:
        raise
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError) as error:
        raise FormatError(f"the graph is damaged: {type(error).__name__} {error}", hint="write it again") from None


def _tape(graph: dict[str, Any], operations: Mapping[str, Op]) -> Tape:
    codes: list[int] = []
    custom: list[Op] = []
    for name in graph["operations"]:
        if name in CODE:
            codes.append(CODE[name])
        elif name in operations:
            codes.append(N_BUILTIN + len(custom))
            custom.append(operations[name])
        else:
            raise OperationError(
                f"the graph uses the operation {name!r}, which this edgewise does not have",
                hint=f"pass functions={{{name!r}: …}} with its definition",
            )
    return Tape(
        ops=[codes[k] for k in graph["ops"]],  # type: ignore[arg-type]
        start=graph["start"],
        args=graph["args"],
        attrs={int(i): _read(value) for i, value in graph["attrs"].items()},
        inputs=tuple(graph["inputs"]),
        outputs=tuple(graph["outputs"]),
        parameters=tuple(Parameter(name, tuple(shape)) for name, shape in graph["parameters"]),
        layout=Layout.from_data(graph["layout"]),
        shapes={int(i): tuple(shape) for i, shape in graph["shapes"].items()},
        labels={int(i): label for i, label in graph["labels"].items()},
        lines={int(i): line for i, line in graph["lines"].items()},
        custom=tuple(custom),
    )


def _checksum(graph: dict[str, Any]) -> str:
    canonical = json.dumps(graph, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _write(value: Any) -> Any:
    """A name as text, a number as a tagged text that keeps its type and every bit."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return ["bool", value]
    if isinstance(value, int):
        return ["int", hex(value)]
    if isinstance(value, Fraction):
        return ["fraction", hex(value.numerator), hex(value.denominator)]
    if isinstance(value, float):
        return ["float", value.hex()]
    return ["symbol", value.name]


def _read(value: Any) -> Any:
    if isinstance(value, str):
        return value
    kind, *rest = value
    symbols: dict[str, SymbolicConstant] = {"pi": PI, "e": E}
    if kind == "bool" and isinstance(rest[0], bool):
        return rest[0]
    if kind == "int":
        return int(rest[0], 16)
    if kind == "fraction":
        return Fraction(int(rest[0], 16), int(rest[1], 16))
    if kind == "float":
        return float.fromhex(rest[0])
    if kind == "symbol":
        return symbols[rest[0]]
    raise ValueError(f"a constant of the unknown kind {kind!r}")
