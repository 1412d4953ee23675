# cython: auto_pickle=True
"""How a graph is grown: append nodes, then freeze what the outputs need into a Tape."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, Final

import cython
import numpy as np

from edgewise.built import held
from edgewise.errors import GraphError, InputError, ShapeError
from edgewise.graph.exact_numbers import exact_number
from edgewise.graph.known_arrays import named_array
from edgewise.graph.layout import Layout, Parameter, Shape
from edgewise.graph.lines import Lines, moved_lines
from edgewise.graph.nodes import Nodes, Places
from edgewise.graph.numbering import AS_WRITTEN
from edgewise.graph.reachable import mark_below
from edgewise.graph.renumbered import moved_column, renumbered
from edgewise.graph.tape import IntArray, Tape
from edgewise.graph.variables import Variables
from edgewise.ops import (
    CODE,
    CONST,
    FIRST_TENSOR,
    INPUT,
    N_BUILTIN,
    TENSOR_CODE,
    TENSORS,
    ArrayValue,
    Op,
    TensorOp,
    TensorShape,
    broadcast,
    named_dimensions,
    number_key,
    op_of_code,
    shape_text,
)

__all__ = ["MERGING", "Builder", "user_line"]

MERGING: Final = threading.RLock()
"""Held while expressions meet and a node is written the long way, so that no thread writes into a graph that moves."""


class Builder:
    """A graph under construction.

    `nodes[i]` is a tuple (operation code, argument, argument, …); with `share` (hash-consing) an identical node is
    returned instead of a second one. Constants and inputs are always unique. `record` keeps the user's line of
    each node, for tracing.
    """

    __slots__ = (
        "__weakref__", "attrs", "constants", "custom", "dimensions", "doubles", "fast", "inputs", "integers", "labels",
        "lines", "moved", "nodes", "numbering", "parameters", "record", "seen", "shapes", "single", "tensors",
    )  # fmt: skip

    def __init__(self, *, share: bool = False, record: bool = False) -> None:
        self.nodes = Nodes(Places() if record else None)
        self.attrs: dict[int, Any] = {}
        self.shapes: dict[int, Shape] = {}
        self.lines: Any = {}  # a dictionary, or the lines of another graph
        self.labels: dict[int, str] = {}
        self.numbering = AS_WRITTEN
        self.inputs: dict[str, int] = {}
        self.parameters: dict[str, tuple[Parameter, tuple[int, ...]]] = {}
        self.constants: dict[tuple[str, str], int] = {}
        self.integers: dict[float, int] = {}
        self.doubles: dict[float, int] = {}
        self.custom: dict[Op, int] = {}
        self.seen: dict[Any, int] | None = {} if share else None
        self.record = record
        # After a merge: the builder that holds our nodes now, and where each of them went.
        self.moved: tuple[Builder, list[int]] | None = None
        # Whether nodes may hold tensors: then every node's shape is found when it is written.
        self.tensors = False
        # Whether the numbers that go in are all float32, so that float32 is what arrays are made of.
        self.single = False
        self.dimensions: set[str] = set()
        # Whether a node may simply be appended: nothing to look up, forward or check.
        self.fast = not share

    # --- growing ------------------------------------------------------------------------------------------------

    def add(self, code: cython.longlong, args: Sequence[int], attr: Any = None) -> int:
        """Append an operation on existing nodes and return its number."""
        key: Any = None
        if self.seen is not None:
            node = (code, *args)
            key = node if attr is None else (node, attr if code >= FIRST_TENSOR else number_key(attr))
            found = self.seen.get(key)
            if found is not None:
                return found
        shape = self._shape_of(code, args, attr) if self.tensors else ()
        number: cython.longlong = self.nodes.add(code, args)
        if self.seen is not None:
            self.seen[key] = number
        if shape:
            self.shapes[number] = shape
        if attr is not None:
            self.attrs[number] = attr
        return number

    def _shape_of(self, code: int, args: Sequence[int], attr: Any) -> TensorShape:
        """The shape of a new node; a ShapeError with the user's line where its arguments' shapes do not fit."""
        shapes = self.shapes
        given = [shapes.get(node, ()) for node in args]
        try:
            if code >= FIRST_TENSOR:
                return TENSORS[code - FIRST_TENSOR].shape(given, attr)
            first = given[0] if given else ()
            if all(shape is first or not shape for shape in given):
                return first
            return broadcast(given, op_of_code(code, tuple(self.custom)).name)
        except ShapeError as error:
            raise ShapeError(error.what, hint=error.hint, line=user_line()) from None

    def code(self, op: Op) -> int:
        """The code of an operation in this graph; a user's operation gets one at first use."""
        if not op.custom:
            return TENSOR_CODE[op.name] if isinstance(op, TensorOp) else CODE[op.name]
        return self.custom.setdefault(op, N_BUILTIN + len(self.custom))

    def constant(self, value: Any) -> int:
        """The node of a constant: one for each type and value."""
        if type(value) is int or (type(value) is float and value and value == value):
            table = self.integers if type(value) is int else self.doubles
            found = table.get(value)
            return found if found is not None else self._new_constant(value)
        return self._new_constant(value)

    def _new_constant(self, value: Any) -> int:
        if self.tensors and isinstance(value, np.ndarray) and value.shape:
            if value.dtype == object and any(hasattr(entry, "free_symbols") for entry in value.flat):
                return self._assembled(value)
            array = ArrayValue(value)
            node = named_array(self, array.values)
            return node if node is not None else self.add(TENSOR_CODE["array"], (), array)
        if self.tensors and hasattr(value, "free_symbols"):
            return self.size(value)
        exact = exact_number(value)
        table, key = self._place(exact)
        node = table.get(key)
        if node is None:
            node = table[key] = self.nodes.leaf(CONST)
            self.attrs[node] = exact
        return node

    def _assembled(self, value: Any) -> int:
        """The node of an array of numbers and named lengths: `np.arange(3)/n`."""
        code: cython.longlong = TENSOR_CODE["reshape"]
        pieces = [self.add(code, (self.constant(entry),), (0, (1,))) for entry in value.flat]
        return self.add(code, (self.add(TENSOR_CODE["concatenate"], pieces, -1),), (1, value.shape))

    def _place(self, exact: Any) -> tuple[dict[Any, int], Any]:
        """Where the node of a constant is looked up. Equal integers are one, and so are equal doubles but for zeros."""
        if type(exact) is int:
            return self.integers, exact
        return (self.doubles, exact) if type(exact) is float and exact else (self.constants, number_key(exact))

    def size(self, length: Any) -> int:
        """The node of a dimension as a number: a constant, or an expression of named dimensions."""
        if not hasattr(length, "free_symbols") or not length.free_symbols:
            return self.constant(int(length) if length == int(length) else float(length))
        key = ("size", str(length))
        node = self.constants.get(key)
        if node is None:
            node = self.constants[key] = self.add(TENSOR_CODE["size"], (), length)
        return node

    def input(self, name: Any, parameter: Parameter | None = None) -> int:
        """The node of an input: one for each name."""
        if not isinstance(name, str) or not name:
            raise InputError(f"{name!r} cannot name an input", hint="use a non-empty string")
        node = self.inputs.get(name)
        if node is None:
            # Half of a character: no file can hold it.
            if not name.isascii() and any("\ud800" <= ch <= "\udfff" for ch in name):
                raise InputError(f"{name!r} cannot name an input", hint="use a string that UTF-8 can write")
            node = self.nodes.leaf(INPUT)
            self.attrs[node] = name
            self.inputs[name] = node
            if parameter is None:
                self.parameters[name] = (Parameter(name), (node,))
        return node

    def promise(self, name: Any, told: Parameter) -> None:
        """Note what the user says of an input or group: the sign of its values, and of what it is a function."""
        if told.sign or told.dependent:
            parameter, nodes = self.parameters[name]
            self.parameters[name] = (parameter.told(told), nodes)

    def tensor(self, name: Any, shape: TensorShape, kind: Any = "real") -> int:
        """The node of an input that is one tensor of a shape of numbers and named dimensions."""
        parameter = Parameter(name, shape, kind=kind)
        known = self.parameters.get(name)
        if known is not None and known[0] != parameter:
            raise GraphError(
                f"the input {name!r} is declared with shape {shape_text(shape)} and with {shape_text(known[0].shape)}",
                hint="rename one of them",
            )
        self.tensors, self.fast = True, False
        self.dimensions |= named_dimensions(shape)
        clash = self.dimensions & (self.parameters.keys() | {name})
        if clash:
            raise InputError(
                f"{min(clash)!r} names both an input and a dimension", hint="give one of them another name"
            )
        node = self.input(name, parameter)
        self.parameters[name] = (parameter, (node,))
        if shape:
            self.shapes[node] = shape
        return node

    def group(self, name: Any, shape: Shape) -> tuple[int, ...]:
        """The inputs name[0], name[1], … of a group that is handed over as one array of `shape`."""
        if name in self.parameters:
            parameter, nodes = self.parameters[name]
            if parameter.shape != shape:
                raise GraphError(
                    f"the group {name!r} has shape {parameter.shape} and is declared again with {shape}",
                    hint="rename one of them",
                )
            return nodes
        parameter = Parameter(name, shape)
        if len(shape) == 1:
            names = [f"{name}[{k}]" for k in range(shape[0])]
        else:
            names = [f"{name}[{','.join(map(str, index))}]" for index in np.ndindex(*shape)]
        if self.inputs.keys().isdisjoint(names):
            first = self.nodes.leaves(INPUT, len(names))
            nodes = tuple(range(first, first + len(names)))
            self.inputs.update(zip(names, nodes, strict=True))
            self.attrs.update(zip(nodes, names, strict=True))
        else:
            nodes = tuple(self.input(item, parameter) for item in names)
        self.parameters[name] = (parameter, nodes)
        return nodes

    # --- merging ------------------------------------------------------------------------------------------------

    def absorb(self, other: Builder) -> None:
        """Take over all nodes of another builder: two expressions have met. Inputs of the same name are one."""
        if (self.record or other.record) and other.inputs:
            raise GraphError(
                "an expression from outside the traced function, or from another graph, is used inside it",
                hint="make it a parameter of the traced function; a list, an attribute or a cache may have kept it "
                "from an earlier call",
            )
        other.fast = False  # from here on its expressions wait for the end of the merge
        codes = {N_BUILTIN + k: self.code(op) for k, op in enumerate(other.custom)}
        if other.tensors:
            self.tensors, self.fast = True, False
        new: list[int] = []
        for number in range(len(other.nodes)):
            code, *args = other.nodes[number]
            code = codes.get(code, code)
            if code == CONST:
                new.append(self.constant(other.attrs[number]))
            elif code == INPUT:
                name = other.attrs[number]
                parameter = other.parameters[name][0] if name in other.parameters else _NO_PARAMETER
                if parameter.is_tensor:
                    new.append(self.tensor(name, parameter.shape, parameter.kind))
                else:
                    new.append(self.input(name, _NO_PARAMETER))
            else:
                new.append(self.add(code, [new[j] for j in args], other.attrs.get(number)))
        for name, (parameter, nodes) in other.parameters.items():
            self.parameters.setdefault(name, (parameter, tuple(new[j] for j in nodes)))
            self.promise(name, parameter)
        self.labels.update((new[j], label) for j, label in other.labels.items())
        other.moved = (self, new)
        # The nodes live here now; the handles of the other builder find them through `moved`.
        other.nodes, other.attrs, other.seen = Nodes(), {}, None

    # --- freezing -----------------------------------------------------------------------------------------------

    def whole(self, outputs: Sequence[int], layout: Layout) -> Tape:
        """All nodes as they stand, with the inputs in the order of the parameters."""
        attrs = self.attrs.copy()  # as they are now: other threads may go on writing
        ops, start, args = self.nodes.columns()
        return Tape(
            ops=ops,
            start=start,
            args=args,
            attrs=attrs,
            inputs=tuple(node for _, nodes in self.parameters.values() for node in nodes),
            outputs=tuple(outputs),
            parameters=tuple(parameter for parameter, _ in self.parameters.values()),
            layout=layout,
            shapes=self.shapes,
            custom=tuple(self.custom),
            lines=self.lines or self.nodes.lines(),
            labels=self.labels,
            numbering=self.numbering,
        )

    def freeze(
        self,
        outputs: Sequence[int],
        layout: Layout,
        parameters: Sequence[str] | None = None,
    ) -> tuple[Tape, IntArray]:
        """The graph of what `outputs` need, inputs first, and the map from our numbers to its.

        `parameters` fixes which inputs and groups the graph has, and their order; otherwise it has those used, in
        the order of their declaration.
        """
        ops, start, args = map(held, self.nodes.columns())
        keep = bytearray(len(ops))
        for node in outputs:
            keep[node] = True
        mark_below(start, args, b"", keep)
        chosen = self._chosen(parameters, keep)
        inputs = [node for _, nodes in chosen for node in nodes]
        new, codes, starts, arguments = renumbered(ops, start, args, keep, inputs, INPUT)
        places = held(new)
        lines = moved_lines(self.lines or self.nodes.lines(), new)
        columns, arrays = (codes, starts, arguments), any(parameter.shape for parameter, _ in chosen)
        named = Variables(columns, lines.column, lines.codes, arrays) if isinstance(lines, Lines) else None
        return Tape(
            ops=codes,
            start=starts,
            args=arguments,
            attrs=moved_column(self.attrs, places),
            inputs=tuple(range(len(inputs))),
            outputs=tuple([int(places[node]) for node in outputs]),
            parameters=tuple([parameter for parameter, _ in chosen]),
            layout=layout,
            shapes=moved_column(self.shapes, places),
            custom=tuple(self.custom),
            lines=lines,
            labels=moved_column(self.labels, places),
            numbering=AS_WRITTEN.named(named),
        ), new

    def _chosen(self, names: Sequence[str] | None, keep: Any) -> list[tuple[Parameter, tuple[int, ...]]]:
        if names is None:
            return [entry for entry in self.parameters.values() if any(keep[node] for node in entry[1])]
        if len(set(names)) < len(names):
            twice = next(name for k, name in enumerate(names) if name in names[:k])
            raise InputError(f"the input {twice!r} is listed twice", hint="list each input once")
        unknown = [name for name in names if name not in self.parameters]
        if unknown:
            raise InputError(
                f"{unknown[0]!r} is not an input of the expression",
                hint=f"its inputs are {', '.join(self.parameters) or 'none'}",
            )
        chosen = [self.parameters[name] for name in names]
        covered = {node for _, nodes in chosen for node in nodes}
        missing = [name for name, node in self.inputs.items() if keep[node] and node not in covered]
        if missing:
            raise InputError(f"the expression uses the input {missing[0]!r}, which is not listed", hint="list it too")
        return chosen

    @classmethod
    def like(cls, tape: Tape) -> Builder:
        """An empty builder for nodes like those of a graph: of tensors as it is, with the user's operations."""
        builder = cls()
        builder.hold(tape)
        for op in tape.custom:
            builder.code(op)
        return builder

    def hold(self, tape: Tape) -> None:
        """Be ready for nodes of a graph that may be one of tensors, and are looked at when they are written."""
        self.tensors, self.fast = self.tensors or tape.has_tensors, False

    @classmethod
    def of(cls, tape: Tape) -> Builder:
        """A builder that holds the nodes of a graph under their own numbers, to write more behind them."""
        builder = cls.like(tape)
        for _, code, args in tape.rows():
            builder.nodes.add(code, args)
        builder.attrs, builder.shapes = dict(tape.attrs), dict(tape.shapes)
        builder.lines, builder.labels = dict(tape.lines), dict(tape.labels)
        builder.numbering = tape.numbering
        builder.inputs = dict(zip(tape.input_names(), tape.inputs, strict=True))
        builder.parameters = {parameter.name: (parameter, nodes) for parameter, nodes in tape.by_parameter()}
        for node, value in tape.constants().items():
            table, key = builder._place(value)
            table[key] = node
        return builder


_NO_PARAMETER = Parameter("")


def user_line() -> str:
    """`file:line` of the user's code that is running, empty where there is none."""
    places = Places()
    return places.line(places.here())
