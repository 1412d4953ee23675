"""networkx: the exchange form of 𝒢 and ℬ. Edges run from argument to consumer, keyed by position."""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Mapping
from itertools import islice
from typing import Any, Final

from edgewise.errors import CycleError, FormatError, GraphError, OperationError
from edgewise.graph import Builder, Layout, Parameter, Tape, exact_number
from edgewise.ops import CONST, INPUT, OPS, PI, E, Op
from edgewise.ops.notation import number_text

__all__ = ["from_networkx", "to_networkx"]

_NAMES: Final = {
    "+": "add", "-": "sub", "*": "mul", "/": "div", "**": "pow", "%": "mod", "Add": "add", "Mul": "mul", "Pow": "pow",
    "constant": "const", "symbol": "input", "variable": "input",
}  # fmt: skip


def to_networkx(tape: Tape) -> Any:
    """The graph as a MultiDiGraph over the node numbers.

    Nodes carry `op`, `label`, `shape`, and `name` (inputs), `value` (constants) or `parameter`. The graph's own
    attributes are `outputs`, `parameters` and `layout`, so that `from_networkx` gives back exactly this graph.

    >>> from edgewise import parse
    >>> sorted(parse("x*x").to_networkx().edges(keys=True))
    [(0, 1, 0), (0, 1, 1)]
    """
    import networkx as nx

    graph = nx.MultiDiGraph(
        outputs=list(tape.outputs),
        parameters=[(p.name, p.shape) for p in tape.parameters],
        layout=tape.layout.to_data(),
    )
    for i, code, args in tape.rows():
        op = tape.op_of_code(code)
        data: dict[str, Any] = {"op": op.name, "shape": tape.shape(i)}
        if code == INPUT:
            data |= {"name": tape.attrs[i], "label": tape.attrs[i]}
        elif code == CONST:
            data |= {"value": tape.attrs[i], "label": number_text(tape.attrs[i])[0]}
        else:
            data["label"] = tape.labels.get(i) or op.symbol or op.name
            if op.parameter:
                data["parameter"] = tape.attrs[i]
        if i in tape.labels:
            data["named"] = tape.labels[i]
        graph.add_node(i, **data)
        for k, j in enumerate(args):
            graph.add_edge(j, i, key=k)
    return graph


def from_networkx(source: Any, *, operations: Mapping[str, Op] | None = None) -> Tape:
    """The graph of a MultiDiGraph, also of one written by hand.

    Nodes may be any hashable objects with an `op` attribute. An `op="input"` is called by its `name`, or by the node
    itself; an `op="const"` has a `value`. An edge's key (or its `position` attribute) is the argument's position; for
    operations of one argument, and for commutative ones, it may be left out. Without `outputs` the sinks are the
    outputs.
    """
    if not (hasattr(source, "is_directed") and source.is_directed()):
        raise FormatError("the graph is not a directed networkx graph", hint="use networkx.MultiDiGraph")
    rows = {node: _row(node, data, operations or {}) for node, data in source.nodes(data=True)}
    arguments = {node: _arguments(source, node, row) for node, row in rows.items()}
    builder = Builder()
    number: dict[Hashable, int] = {}
    for node in _order(source, rows, arguments):
        op, data = rows[node], source.nodes[node]
        try:
            if op.name == "input":
                name = str(data.get("name", node))
                if name in builder.inputs:
                    raise GraphError(f"two inputs are called {name!r}", hint="give each input its own name")
                number[node] = builder.input(name)
            elif op.name == "const":
                number[node] = _constant(builder, data)
            else:
                number[node] = builder.add(builder.code(op), [number[j] for j in arguments[node]], _parameter(op, data))
        except KeyError as error:
            raise GraphError(f"node {node!r} ({op.name}) has no attribute {error}", hint="give it") from None
        if data.get("named"):
            builder.labels[number[node]] = data["named"]
    outputs = source.graph.get("outputs")
    if outputs is None:
        outputs = [node for node in rows if source.out_degree(node) == 0]
    unknown = [node for node in outputs if node not in rows]
    if unknown:
        raise GraphError(f"the output {unknown[0]!r} is not a node of the graph")
    layout = source.graph.get("layout")
    nested = Layout.of_tuple([Layout()] * len(outputs)) if layout is None else Layout.from_data(layout)
    _group(builder, source.graph.get("parameters"))
    # Every node stays, also one that no output needs: the graph comes back as it went.
    whole = builder.whole([number[node] for node in outputs], nested)
    return whole.check()


def _row(node: Hashable, data: Mapping[str, Any], operations: Mapping[str, Op]) -> Op:
    name = data.get("op")
    if name is None:
        raise GraphError(f"node {node!r} has no attribute 'op'", hint='set it, for instance op="mul" or op="input"')
    name = _NAMES.get(name, name)
    row = operations.get(name) or OPS.get(name)
    if row is None:
        raise OperationError(
            f"node {node!r} has the unknown operation {name!r}", hint="see edgewise.ops.TABLE, or pass functions={…}"
        )
    return row


def _arguments(source: Any, node: Hashable, op: Op) -> list[Hashable]:
    """The arguments of a node in position order."""
    edges = list(source.in_edges(node, keys=True, data=True)) if source.is_multigraph() else [
        (u, v, None, data) for u, v, data in source.in_edges(node, data=True)
    ]  # fmt: skip
    placed: dict[int, Hashable] = {}
    for parent, _, key, data in edges:
        position = data.get("position", key)
        if not isinstance(position, int) or (op.arity == 1 and len(edges) == 1):
            position = len(placed) if op.commutative or op.arity == 1 else None
        if position is None:
            raise GraphError(
                f"the edge {parent!r} → {node!r} ({op.name}) has no position",
                hint="use the edge key, or position=0, 1, …",
            )
        if position in placed and op.commutative and key == 0:
            position = len(placed)  # two plain edges into a commutative operation
        if position in placed:
            raise GraphError(f"node {node!r} ({op.name}) has two arguments at position {position}", hint="number them")
        placed[position] = parent
    if sorted(placed) != list(range(op.arity)):
        raise GraphError(
            f"node {node!r} ({op.name}) has arguments at positions {sorted(placed)}",
            hint=f"it takes {op.arity}: {', '.join(op.args) or 'none'}",
        )
    return [placed[k] for k in range(op.arity)]


def _order(source: Any, rows: Mapping[Hashable, Op], arguments: Mapping[Hashable, list[Hashable]]) -> list[Hashable]:
    """Inputs first, then always the earliest node whose arguments are there (Kahn's algorithm with a heap)."""
    rank = {node: k for k, node in enumerate(rows)}
    if all(isinstance(node, int) for node in rows):
        rank = {node: node for node in rows}  # type: ignore[misc]
    nodes = {value: node for node, value in rank.items()}
    readers: dict[Hashable, list[Hashable]] = {node: [] for node in rows}
    left = {}
    for node, args in arguments.items():
        left[node] = len(args)
        for arg in args:
            readers[arg].append(node)
    ready = [rank[node] for node, count in left.items() if count == 0]
    heapq.heapify(ready)
    order: list[Hashable] = []
    while ready:
        node = nodes[heapq.heappop(ready)]
        order.append(node)
        for reader in readers[node]:
            left[reader] -= 1
            if left[reader] == 0:
                heapq.heappush(ready, rank[reader])
    if len(order) < len(rows):
        import networkx as nx

        cycle = [edge[0] for edge in nx.find_cycle(source)]
        raise CycleError(
            f"the graph has a cycle: {' → '.join(repr(node) for node in cycle[:10])}",
            hint="an expression graph has none",
        )
    inputs = [node for node in order if rows[node].name == "input"]
    return inputs + [node for node in order if rows[node].name != "input"]


def _constant(builder: Builder, data: Mapping[str, Any]) -> int:
    value = data["value"]
    if isinstance(value, str):
        if value not in ("pi", "e"):
            raise GraphError(f"the constant {value!r} is not a number", hint='use a number, "pi" or "e"')
        value = PI if value == "pi" else E
    # Each constant node stays a node of its own.
    return builder.add(CONST, [], exact_number(value))


def _parameter(op: Op, data: Mapping[str, Any]) -> Any:
    return exact_number(data["parameter"]) if op.parameter else None


def _group(builder: Builder, parameters: Any) -> None:
    """The grouping of the inputs, in the order of the parameters."""
    if parameters is None:
        return
    names = iter(list(builder.inputs.items()))
    builder.parameters.clear()
    for name, shape in parameters:
        parameter = Parameter(name, tuple(shape))
        nodes = tuple(node for _, node in islice(names, parameter.size))
        if len(nodes) < parameter.size:
            raise GraphError("the graph has fewer inputs than its parameters need", hint="fix or drop `parameters`")
        builder.parameters[name] = (parameter, nodes)
