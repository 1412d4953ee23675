"""networkx: the exchange form of 𝒢 and ℬ. Edges run from argument to consumer, keyed by position."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from edgewise import ops
from edgewise.errors import CycleError, EdgewiseError, FormatError, GraphError, OperationError, ShapeError
from edgewise.graph import KINDS, SIGNS, Builder, Dependent, Layout, Parameter, Tape, exact_number, shape_made, shape_of
from edgewise.ops.notation import number_text
from edgewise.ops.tensors.parameters import SIDE

__all__ = ["FORMAT", "VERSION", "from_networkx", "to_networkx"]

FORMAT: Final = "edgewise"
VERSION: Final = 1

_NAMES: Final = {
    "+": "add", "-": "sub", "*": "mul", "/": "div", "**": "pow", "%": "mod", "Add": "add", "Mul": "mul", "Pow": "pow",
    "constant": "const", "symbol": "input", "variable": "input",
}  # fmt: skip


def to_networkx(tape: Tape) -> Any:
    """The graph as a MultiDiGraph over the node numbers.

    Nodes carry `op`, `label` and `shape`; inputs also `name` and `input` (their place among the inputs), those that are
    one tensor `kind`, constants `value`, parametric operations `parameter`, traced nodes `line`, outputs `output`
    (their places in the result). The graph's own attributes hold the grouping of inputs and outputs: `from_networkx`
    gives back exactly this graph. OperationError where a user's operation has the name of one on tensors beside it.

    >>> from edgewise import parse
    >>> sorted(parse("x*x").to_networkx().edges(keys=True))
    [(0, 1, 0), (0, 1, 1)]
    """
    import networkx as nx

    own = {op.name for op in tape.custom}
    kinds = {parameter.name: parameter.kind for parameter in tape.parameters if parameter.is_tensor}
    graph = nx.MultiDiGraph(
        format=FORMAT,
        version=VERSION,
        parameters=[
            (p.name, p.shape, p.sign, p.dependent) if p.dependent else (p.name, p.shape, *([p.sign] if p.sign else []))
            for p in tape.parameters
        ],
        layout=tape.layout.to_data(),
        operations=[op.name for op in tape.custom],
    )
    for i, code, args in tape.rows():
        op = tape.op_of_code(code)
        if isinstance(op, ops.TensorOp) and op.name in own:
            raise OperationError(f"the graph has two operations called {op.name!r}", hint="rename the user's own")
        data: dict[str, Any] = {"op": op.name, "shape": tape.shape(i)}
        if code == ops.INPUT:
            data |= {"name": tape.attrs[i], "label": tape.attrs[i]}
            if tape.attrs[i] in kinds:
                data["kind"] = kinds[tape.attrs[i]]
        elif code == ops.CONST:
            data |= {"value": tape.attrs[i], "label": number_text(tape.attrs[i])[0]}
        else:
            data["label"] = tape.labels.get(i) or op.symbol or op.name
            if op.parameter:
                data["parameter"] = tape.attrs[i]
        if i in tape.labels:
            data["named"] = tape.labels[i]
        if line := tape.line(i):
            data["line"] = line
        graph.add_node(i, **data)
        for k, j in enumerate(args):
            graph.add_edge(j, i, key=k)
    for place, i in enumerate(tape.inputs):
        graph.nodes[i]["input"] = place
    for place, i in enumerate(tape.outputs):
        graph.nodes[i].setdefault("output", []).append(place)
    return graph


def from_networkx(source: Any, *, operations: Mapping[str, ops.Op] | None = None) -> Tape:
    """The graph of a MultiDiGraph, also of one written by hand.

    Nodes may be any hashable objects with an `op` attribute. An `op="input"` is called by its `name`, or by the node
    itself; an `op="const"` has a `value`. An edge's key (or its `position` attribute) is the argument's position; it
    may be left out for operations of one argument and for commutative ones. The outputs are the nodes listed in the
    graph's attribute `outputs`, or those with an `output` place, or the sinks.

    An input with a `shape` of numbers and names such as "n" is one tensor, of the `kind` "real" unless it says
    "symmetric" or "integer". Shapes of other nodes follow, and are checked where they are given. The `parameter` of an
    operation on tensors is that of its row in `edgewise.ops.TENSORS`; lists stand for tuples, texts for dimensions, and
    a contraction may be written "ij,jk->ik".

    >>> import networkx as nx
    >>> N = nx.DiGraph([("x", "y")])
    >>> N.add_node("x", op="input")
    >>> N.add_node("y", op="exp")
    >>> from_networkx(N).input_names()
    ('x',)
    >>> N = nx.MultiDiGraph([("A", "y", 0), ("x", "y", 1)])
    >>> N.add_node("A", op="input", shape=("m", "n"))
    >>> N.add_node("x", op="input", shape=("n",))
    >>> N.add_node("y", op="contract", parameter="ij,j->i")
    >>> from_networkx(N).shapes[2]
    (m,)
    """
    if not (hasattr(source, "is_directed") and source.is_directed()):
        raise FormatError("the graph is not a directed networkx graph", hint="use networkx.MultiDiGraph")
    try:
        return _tape(source, ops.rows_of(operations))
    except EdgewiseError:
        raise
    except (TypeError, ValueError, AttributeError, RecursionError) as error:
        raise FormatError(
            f"an attribute of the graph is not of its form: {error}",
            hint="compare it with what to_networkx writes, or leave out what is not needed",
        ) from None


def _tape(source: Any, operations: Mapping[str, ops.Op]) -> Tape:
    if source.graph.get("format", FORMAT) == FORMAT and source.graph.get("version", VERSION) != VERSION:
        raise FormatError(
            f"the graph has version {source.graph['version']!r:.60} and this edgewise reads version {VERSION}",
            hint="write it again with this edgewise",
        )
    rows = {node: _row(source, node, data, operations) for node, data in source.nodes(data=True)}
    arguments = {node: _arguments(source, node, row) for node, row in rows.items()}
    builder = Builder()
    for name in source.graph.get("operations", ()):
        if name not in operations:
            raise _unknown(f"the graph uses the operation {name!r}", name)
        builder.code(operations[name])
    # Shapes are found as the nodes are written, as soon as there are any.
    builder.tensors = any(isinstance(row, ops.TensorOp) for row in rows.values()) or any(
        data.get("shape") or data.get("kind") for _, data in source.nodes(data=True)
    )
    number: dict[Hashable, int] = {}
    for node in _order(source, rows, arguments):
        data = source.nodes[node]
        try:
            number[node] = _write(builder, node, rows[node], [number[j] for j in arguments[node]], data)
        except KeyError as error:
            raise GraphError(f"node {node!r} ({rows[node].name}) has no attribute {error}", hint="give it") from None
        if data.get("named"):
            builder.labels[number[node]] = str(data["named"])
        if data.get("line"):
            builder.lines[number[node]] = str(data["line"])
        if "shape" in data:
            _check_shape(node, rows[node], data["shape"], builder.shapes.get(number[node], ()))
    inputs = [node for node, row in rows.items() if row.name == "input"]
    inputs.sort(key=lambda node: (source.nodes[node].get("input", len(rows)), number[node]))
    _group(builder, [number[node] for node in inputs], source.graph.get("parameters"))
    layout = source.graph.get("layout")
    nested = None if layout is None else Layout.from_data(layout)
    outputs = _outputs(source, rows, nested)
    # Every node stays, also one that no output needs: the graph comes back as it went.
    places = [number[node] for node in outputs]
    shapes = [builder.shapes.get(place, ()) for place in places]
    plain = Layout.of_tuple(Layout("tensor" if shape else "array", shape) for shape in shapes)
    return builder.whole(places, nested or plain).check()


def _write(builder: Builder, node: Hashable, op: ops.Op, args: Sequence[int], data: Mapping[str, Any]) -> int:
    if op.name == "input":
        name = str(data.get("name", node))
        if name in builder.inputs:
            raise GraphError(f"two inputs are called {name!r}", hint="give each input its own name")
        shape, kind = _shape(node, data.get("shape", ())), data.get("kind", "")
        if not shape and not kind:
            return builder.input(name)
        if kind not in ("", *KINDS):
            raise GraphError(f"the input {node!r} is of the kind {kind!r:.60}", hint=f"kinds are {', '.join(KINDS)}")
        return builder.tensor(name, shape, kind or "real")
    if op.name == "const":
        value = data["value"]
        if isinstance(value, str):
            if value not in ops.CONSTANTS:
                raise GraphError(f"the constant {value!r} is not a number", hint='use a number, "pi", "e" or "inf"')
            value = ops.CONSTANTS[value]
        # Each constant node stays a node of its own.
        return builder.add(ops.CONST, [], exact_number(value))
    if not builder.tensors:
        return builder.add(builder.code(op), args, exact_number(data["parameter"]) if op.parameter else None)
    parameter = None
    if op.parameter:
        given = data["parameter"]
        parameter = _parameter(op, given) if isinstance(op, ops.TensorOp) else exact_number(given)
    try:
        shape_made(op, parameter, [builder.shapes.get(arg, ()) for arg in args])
    except ShapeError as error:
        raise ShapeError(f"node {node!r} ({op.name}): {error.what}", hint=error.hint) from None
    return builder.add(builder.code(op), args, parameter)


def _parameter(op: ops.TensorOp, given: Any) -> Any:
    """The parameter of an operation on tensors as its row takes it, from what a person may have written for it."""
    if op.name == "contract" and isinstance(given, str):
        inputs, _, output = given.replace(" ", "").partition("->")
        return ops.Contraction(tuple(inputs.split(",")), output)
    if op.name == "array" and not isinstance(given, ops.ArrayValue):
        return ops.ArrayValue(given)
    return given if op.form is SIDE else _plain(given)  # a side is no dimension


def _plain(value: Any) -> Any:
    """Lists as tuples and texts as dimensions, however they are nested."""
    if isinstance(value, (list, tuple)):
        return tuple(map(_plain, value))
    return ops.dimension(value) if isinstance(value, str) else value


def _shape(node: Hashable, given: Any) -> ops.TensorShape:
    try:
        return tuple(map(ops.dimension, given))
    except (EdgewiseError, TypeError):
        raise GraphError(
            f"node {node!r} has the shape {given!r:.60}", hint='give whole numbers and names, such as (3, "n")'
        ) from None


def _check_shape(node: Hashable, op: ops.Op, given: Any, made: ops.TensorShape) -> None:
    shape = _shape(node, given)
    if shape != made:
        raise GraphError(
            f"node {node!r} ({op.name}) has the shape {ops.shape_text(shape)}, and its arguments make it "
            f"{ops.shape_text(made)}",
            hint="correct the shape, or leave it out",
        )


def _row(source: Any, node: Hashable, data: Mapping[str, Any], operations: Mapping[str, ops.Op]) -> ops.Op:
    name = data.get("op")
    if name is None:
        raise GraphError(f"node {node!r} has no attribute 'op'", hint='set it, for instance op="mul" or op="input"')
    if name == "-" and source.in_degree(node) == 1:
        return ops.OPS["neg"]
    known = _NAMES.get(name, name) if isinstance(name, str) else ""
    row = operations.get(known) or ops.OPS.get(known) or (ops.tensor_op(known) if known in ops.TENSOR_CODE else None)
    if row is None:
        raise _unknown(f"node {node!r} has the unknown operation {name!r}", name)
    return row


def _unknown(what: str, name: Any) -> OperationError:
    return OperationError(what, hint=f"see edgewise.ops.TABLE, or pass functions={{{name!r}: …}} with its definition")


def _arguments(source: Any, node: Hashable, op: ops.Op) -> list[Hashable]:
    """The arguments of a node in position order."""
    edges = [
        (parent, data.get("position", rest[0] if rest else None))
        for parent, _, *rest, data in (
            source.in_edges(node, keys=True, data=True) if source.is_multigraph() else source.in_edges(node, data=True)
        )
    ]
    given = [position for _, position in edges]
    arity = len(edges) if isinstance(op, ops.TensorOp) and op.variadic else op.arity
    if len(edges) == arity and (arity == 1 or op.commutative) and all(k is None or k == 0 for k in given):
        # Plain edges: networkx numbers edges between two nodes, not those into one.
        return [parent for parent, _ in edges]
    if len(edges) != arity:
        at = f" at positions {sorted(given)}" if all(isinstance(k, int) for k in given) else ""
        plain = "" if source.is_multigraph() else "; x*x has two edges between the same nodes: use a MultiDiGraph"
        raise GraphError(
            f"node {node!r} ({op.name}) has {len(edges)} arguments{at}",
            hint=f"it takes {op.arity}: {', '.join(op.args) or 'none'}{plain}",
        )
    placed: dict[int, Hashable] = {}
    for parent, position in edges:
        if not isinstance(position, int) or isinstance(position, bool):
            raise GraphError(
                f"the edge {parent!r} → {node!r} ({op.name}) has no position",
                hint="use the edge key, or position=0, 1, …",
            )
        if position in placed:
            raise GraphError(
                f"node {node!r} ({op.name}) has two arguments at position {position}",
                hint="number the edges into it by key=0, 1, …, or by position=0, 1, …",
            )
        placed[position] = parent
    if sorted(placed) != list(range(arity)):
        names = f": {', '.join(op.args)}" if op.args else ""
        raise GraphError(
            f"node {node!r} ({op.name}) has arguments at positions {sorted(placed)}",
            hint=f"its positions are 0 to {arity - 1}{names}",
        )
    return [placed[k] for k in range(arity)]


def _order(
    source: Any, rows: Mapping[Hashable, ops.Op], arguments: Mapping[Hashable, list[Hashable]]
) -> list[Hashable]:
    """The nodes so that arguments come first: our own numbers as they are, otherwise inputs in front.

    Always the earliest node whose arguments are there : by number where the nodes are
    numbers, by the order in which they were added otherwise.
    """
    nodes: list[Any] = list(rows)
    if all(isinstance(node, int) for node in nodes):
        nodes.sort()
        if "parameters" in source.graph and all(arg < node for node, args in arguments.items() for arg in args):  # type: ignore[operator]
            return nodes
    # A stable sort: inputs first, in their order.
    nodes.sort(key=lambda node: rows[node].name != "input")
    rank = {node: k for k, node in enumerate(nodes)}
    import networkx as nx

    try:
        return list(nx.lexicographical_topological_sort(source, rank.__getitem__))
    except nx.NetworkXUnfeasible:
        cycle = [edge[0] for edge in nx.find_cycle(source)]
        shown = " → ".join(repr(node) for node in [*cycle[:10], *(["…"] if len(cycle) > 10 else []), cycle[0]])
        raise CycleError(f"the graph has a cycle: {shown}", hint="an expression graph has none") from None


def _outputs(source: Any, rows: Iterable[Hashable], layout: Layout | None) -> list[Hashable]:
    """The output nodes in order: as listed, as marked on the nodes, or the sinks."""
    listed = source.graph.get("outputs")
    if listed is not None:
        for node in listed:
            if node not in source:
                raise GraphError(f"the output {node!r} is not a node of the graph", hint="correct or drop `outputs`")
        return list(listed)
    marked: dict[int, Hashable] = {}
    for node in rows:
        marks = source.nodes[node].get("output", ())
        for place in [marks] if isinstance(marks, int) else marks:
            if place in marked:
                raise GraphError(f"two nodes are marked as output {place}", hint="give each output its own place")
            marked[place] = node
    if sorted(marked) != list(range(len(marked))):
        raise GraphError(f"the outputs are marked {sorted(marked)}", hint="number them 0, 1, … without a gap")
    if marked or (layout is not None and layout.size == 0):
        return [marked[place] for place in range(len(marked))]
    return [node for node in rows if source.out_degree(node) == 0]


def _group(builder: Builder, inputs: Sequence[int], parameters: Any) -> None:
    """The grouping of the inputs, in the order of the parameters; without any, each is a parameter of its own."""
    tensors = {name: own for name, (own, _) in builder.parameters.items() if own.is_tensor}
    builder.parameters.clear()
    nodes = iter(inputs)
    for name, shape, *more in [(builder.attrs[node], ()) for node in inputs] if parameters is None else parameters:
        parameter = tensors.get(str(name)) or Parameter(str(name), shape_of(str(name), shape))
        if more:
            if not isinstance(more[0], str) or more[0] not in SIGNS:
                raise GraphError(
                    f"{more[0]!r:.60} is no promise about the input {name!r}",
                    hint=f"give one of {', '.join(filter(None, SIGNS))}",
                )
            parameter = replace(parameter, sign=more[0])
        if len(more) > 1:
            parameter = replace(parameter, dependent=Dependent.read(parameter, more[1]))
        taken = tuple(islice(nodes, parameter.size))
        if len(taken) < parameter.size:
            raise GraphError("the graph has fewer inputs than its parameters need", hint="fix or drop `parameters`")
        if (parameter.is_tensor or not parameter.shape) and builder.attrs[taken[0]] != parameter.name:
            raise GraphError(
                f"the parameter {parameter.name!r} stands where the input {builder.attrs[taken[0]]!r} is",
                hint="list the parameters in the order of the inputs, or drop `parameters`",
            )
        builder.parameters[parameter.name] = (parameter, taken)
    rest = next(nodes, None)
    if rest is not None:
        raise GraphError(
            f"the input {builder.attrs[rest]!r} belongs to none of the parameters", hint="fix or drop `parameters`"
        )
