"""The numbered list: an expression graph as columns (a Wengert list, or tape).

Node i's arguments are all smaller than i, so every pass is one loop up or down the numbers. Columns are compact
(about twenty bytes a node), picklable, and can be read whole by NumPy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from edgewise.built import held
from edgewise.errors import CycleError, GraphError
from edgewise.graph.columns import stable_argsort
from edgewise.graph.layout import Layout, Parameter, Shape
from edgewise.graph.lines import instruction_line, moved_lines
from edgewise.graph.names import Names
from edgewise.graph.numbering import AS_WRITTEN, Numbering
from edgewise.graph.reachable import mark_above, mark_below
from edgewise.graph.renumbered import moved_column, moved_nodes
from edgewise.graph.tensor_check import check_tensors
from edgewise.ops import CONST, FIRST_TENSOR, INPUT, N_BUILTIN, TENSORS, Op, TensorOp, is_view, op_of_code
from edgewise.shown import shown

__all__ = ["Edge", "IntArray", "Returns", "Tape", "computing", "count_operations"]

IntArray = npt.NDArray[np.int64]


class Edge(NamedTuple):
    """Edge (consumer i, position k, parent j): node i reads node j as its k-th argument."""

    consumer: int
    position: int
    parent: int


class Returns(NamedTuple):
    """One named result of the compiled function: "value", "gradient", … with its nodes and their nesting."""

    name: str
    nodes: tuple[int, ...]
    layout: Layout

    def moved(self, new: IntArray) -> Returns:
        """The result in a graph whose nodes have these new numbers."""
        return self._replace(nodes=tuple(new[np.array(self.nodes, dtype=np.int64)].tolist()))


def _frozen(values: Any, dtype: Any) -> Any:
    array = np.asarray(values, dtype=dtype)
    array.flags.writeable = False
    return array


_NONE = np.zeros(0, dtype=np.uint8)


def _flags(mask: npt.NDArray[np.bool_] | None) -> Any:
    """A mask as loops read it: compiled code knows bytes, not NumPy's truth values."""
    return held(_NONE if mask is None else mask.view(np.uint8))


@shown
@dataclass(frozen=True, eq=False, repr=False)
class Tape:
    """An immutable expression graph.

    `ops[i]` is node i's operation code: a row of the table, or N_BUILTIN + k for the k-th of `custom`.
    `args[start[i]:start[i+1]]` are its arguments. `attrs` holds what only some nodes have: an input's name, a
    constant's value, the parameter of a parametric operation (x**c). `shapes` holds shapes other than ().
    `lines` maps traced nodes to the user's line. `labels` maps nodes to names the user gave them, and `numbering` has
    the numbers that nodes keep in their names (see `names.py`).
    """

    ops: npt.NDArray[np.uint16]
    start: IntArray
    args: IntArray
    attrs: Mapping[int, Any]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    parameters: tuple[Parameter, ...]
    layout: Layout
    shapes: Mapping[int, Shape] = field(default_factory=dict)
    custom: tuple[Op, ...] = ()
    lines: Mapping[int, Any] = field(default_factory=dict, repr=False)
    labels: Mapping[int, str] = field(default_factory=dict)
    numbering: Numbering = field(default=AS_WRITTEN, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ops", _frozen(self.ops, np.uint16))
        object.__setattr__(self, "start", _frozen(self.start, np.int64))
        object.__setattr__(self, "args", _frozen(self.args, np.int64))

    # --- reading ------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self.ops)

    @property
    def n_edges(self) -> int:
        return len(self.args)

    def op(self, node: int) -> Op:
        """The table row of a node."""
        return self.op_of_code(int(self.ops[node]))

    def op_of_code(self, code: int) -> Op:
        return op_of_code(code, self.custom)

    def arguments(self, node: int) -> tuple[int, ...]:
        """The parents Pa(i), in position order."""
        return tuple(self.args[self.start[node] : self.start[node + 1]].tolist())

    def shape(self, node: int) -> Shape:
        return self.shapes.get(node, ())

    @cached_property
    def has_tensors(self) -> bool:
        """Whether it is a graph of tensors: of inputs that are declared so, of nodes that hold one or are made of one.

        Only the doors of the rooms ask: they choose the engine, and nobody else knows.
        """
        return bool(self.shapes) or bool((self.ops >= FIRST_TENSOR).any()) or any(p.kind for p in self.parameters)

    def as_input(self, node: int, name: str) -> Parameter:
        """What stands for a node where it is an input: of the same shape, and a tensor in a graph of tensors."""
        return Parameter(name, self.shape(node), "real" if self.has_tensors else "")

    def edges(self) -> Iterator[Edge]:
        """Every edge, consumers in ascending order, positions in order."""
        starts, args = self.start.tolist(), self.args.tolist()
        for i in range(len(self)):
            for k, e in enumerate(range(starts[i], starts[i + 1])):
                yield Edge(i, k, args[e])

    def rows(self) -> Iterator[tuple[int, int, list[int]]]:
        """(node, code, arguments) up the numbers, from plain lists: the form for a loop over every node."""
        codes, starts, args = self.ops.tolist(), self.start.tolist(), self.args.tolist()
        for i, code in enumerate(codes):
            yield i, code, args[starts[i] : starts[i + 1]]

    def input_names(self) -> tuple[str, ...]:
        return tuple(self.attrs[i] for i in self.inputs)

    @cached_property
    def readers(self) -> tuple[IntArray, IntArray]:
        """Edges sorted by what they read: (argument, consumer)."""
        order = stable_argsort(self.args)
        return self.args[order], self.edge_consumers()[order]

    def by_parameter(self) -> Iterator[tuple[Parameter, tuple[int, ...]]]:
        """Each parameter with its nodes."""
        nodes = iter(self.inputs)
        for parameter in self.parameters:
            yield parameter, tuple(islice(nodes, parameter.size))

    def returns(self) -> tuple[Returns, ...]:
        """What the compiled function returns."""
        return (Returns("value", self.outputs, self.layout),)

    def line(self, node: int) -> str:
        """`file:line` of the user's code that wrote the node (see `lines`), where it was traced; else empty."""
        where = self.lines.get(node)
        if where is None:
            return ""
        return where if isinstance(where, str) else instruction_line(*where)

    @cached_property
    def names(self) -> Names:
        """What the nodes are called."""
        return Names(self)

    def describe(self, node: int) -> str:
        """A node for an error message: its operation, name and line."""
        return self.names.describe(node)

    def __getstate__(self) -> dict[str, Any]:
        # Code objects do not pickle: the lines they stand for do.
        state = {name: value for name, value in self.__dict__.items() if name != "names"}
        return {**state, "lines": {node: self.line(node) for node in self.lines}, "attrs": dict(self.attrs)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)
        self.__post_init__()

    # --- structure ----------------------------------------------------------------------------------------------

    def edge_consumers(self) -> IntArray:
        """The consumer of each edge, in edge order."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    def live(self, roots: Iterable[int], edges: npt.NDArray[np.bool_] | None = None) -> npt.NDArray[np.bool_]:
        """Which nodes some root depends on, along all edges or along `edges` (a mask over `args`)."""
        alive = np.zeros(len(self), dtype=bool)
        alive[list(roots)] = True
        mark_below(held(self.start), held(self.args), _flags(edges), _flags(alive))
        return alive

    def moved(self, new: IntArray, attrs: Mapping[int, Any] | None = None) -> dict[str, Any]:
        """The sparse columns and node lists under a renumbering; attributes may be others than these."""

        places = held(new)
        return {
            "attrs": moved_column(self.attrs, places) if attrs is None else attrs,
            "shapes": moved_column(self.shapes, places),
            "lines": moved_lines(self.lines, new),
            "labels": moved_column(self.labels, places),
            "numbering": self.numbering.moved(new, len(self)),
            "inputs": moved_nodes(self.inputs, places),
            "outputs": moved_nodes(self.outputs, places),
        }

    def extended(
        self,
        ops: Sequence[int] | npt.NDArray[Any],
        sizes: Sequence[int] | npt.NDArray[Any],
        args: Sequence[int] | npt.NDArray[Any],
        attrs: Mapping[int, Any],
    ) -> dict[str, Any]:
        """The columns of this graph with nodes added at its end."""
        start = np.concatenate((self.start, self.start[-1] + np.cumsum(np.asarray(sizes, dtype=np.int64))))
        return {
            "ops": np.concatenate((self.ops, np.asarray(ops, dtype=np.uint16))),
            "start": start,
            "args": np.concatenate((self.args, np.asarray(args, dtype=np.int64))),
            "attrs": {**self.attrs, **attrs},
        }

    def constants(self) -> Mapping[int, Any]:
        """Constant nodes and their values."""
        nodes = np.flatnonzero(self.ops == CONST).tolist()
        return MappingProxyType({i: self.attrs[i] for i in nodes})

    def is_constant(self) -> npt.NDArray[np.bool_]:
        """Which nodes depend on no input: constants, and operations on nothing but them."""
        return ~self.depends_on(self.inputs)

    def depends_on(
        self, nodes: Iterable[int] | npt.NDArray[Any], edges: npt.NDArray[np.bool_] | None = None
    ) -> npt.NDArray[np.bool_]:
        """Which nodes depend on some of `nodes`, numbers or a mask (themselves included), along all edges or along
        `edges`."""
        depends = np.zeros(len(self), dtype=bool)
        depends[nodes if isinstance(nodes, np.ndarray) else list(nodes)] = True
        mark_above(held(self.start), held(self.args), _flags(edges), _flags(depends))
        return depends

    def check(self) -> Tape:
        """Verify the rules of a numbered list; returns self. For graphs that come from outside."""
        n = len(self)
        if len(self.start) != n + 1 or int(self.start[-1]) != len(self.args) or (np.diff(self.start) < 0).any():
            raise GraphError("the argument offsets do not fit the arguments", hint="rebuild the graph")
        consumer = self.edge_consumers()
        if len(self.args) and ((self.args >= consumer) | (self.args < 0)).any():
            e = int(np.flatnonzero((self.args >= consumer) | (self.args < 0))[0])
            raise CycleError(
                f"{self._unchecked(int(consumer[e]))} reads node {self.args[e]}, which does not come before it",
                hint="number the nodes so that every argument is smaller than its consumer",
            )
        for i, code, args in self.rows():
            if N_BUILTIN + len(self.custom) <= code < FIRST_TENSOR or code >= FIRST_TENSOR + len(TENSORS):
                raise GraphError(f"node {i} has the unknown operation code {code}", hint="pass the operation's row")
            op = self.op_of_code(code)
            if len(args) != op.arity and not (isinstance(op, TensorOp) and op.variadic):
                raise GraphError(
                    f"{self._unchecked(i)} has {len(args)} arguments; it takes {op.arity}", hint="give every argument"
                )
            if (code in (CONST, INPUT) or op.parameter) and i not in self.attrs:
                raise GraphError(f"{self._unchecked(i)} carries no value", hint="give its attribute")
        for node in (*self.inputs, *self.outputs):
            if not 0 <= node < n:
                raise GraphError(f"node {node} is named as an input or output but the graph has {n} nodes")
        names = self.input_names()
        if len(set(names)) != len(names):
            raise GraphError("two inputs have the same name", hint="rename one of them")
        if sum(p.size for p in self.parameters) != len(self.inputs) or self.layout.size != len(self.outputs):
            raise GraphError("the grouping of inputs or outputs does not fit their number", hint="rebuild the graph")
        if self.has_tensors:
            check_tensors(self)
        return self

    def _unchecked(self, node: int) -> str:
        """A node of a graph that may have no names yet."""
        line = self.line(node)
        return f"{self.op(node).name} at node {node}" + (f" ({line})" if line else "")


def count_operations(tape: Tape, roots: Iterable[int]) -> int:
    """How many operations the roots need: nodes that are neither inputs nor constants, nor views of a tensor."""
    work = tape.live(roots) & (tape.ops != INPUT) & (tape.ops != CONST)
    tensors = np.flatnonzero(work & (tape.ops >= FIRST_TENSOR)).tolist()
    idle = sum(not tape.arguments(i) or is_view(tape.op(i), tape.attrs.get(i)) for i in tensors)
    return int(work.sum()) - idle


def computing(tape: Tape, roots: Iterable[int]) -> npt.NDArray[np.bool_]:
    """Which nodes the roots need and are operations: inputs, constants and operations on constants alone aside."""
    found: npt.NDArray[np.bool_] = tape.live(roots) & ~tape.is_constant() & (tape.ops != INPUT) & (tape.ops != CONST)
    return found
