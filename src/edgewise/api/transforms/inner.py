"""A derivative that is asked for while another function is traced: written into the graph of that one.

The inner function is called on inputs of its own in the graph under construction. What it wrote, from there on, is a
graph by itself, whose further inputs are the older nodes that it read. That graph is differentiated, and its nodes are
written behind, with the arguments of the call in place of the inputs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from edgewise.api.derivative_graph import smooth
from edgewise.api.graph import Graph
from edgewise.api.transforms.arguments import Arguments, Function
from edgewise.api.transforms.compiling import rows_of, split_outputs
from edgewise.api.transforms.tracing import Outputs, called
from edgewise.api.transforms.trees import is_symbolic, shape_of
from edgewise.graph import Builder, Expr, ExprArray, Layout, Returns, Tape, as_expressions, handle, meet, resolve
from edgewise.graph.arrays.outputs import collect
from edgewise.graph.tensors.contractions import node_of
from edgewise.graph.written_anew import put_in
from edgewise.ops import CONST, INPUT

__all__ = ["differentiated_inside"]


def differentiated_inside(
    fn: Function, call: Arguments, kind: str, has_aux: bool, home: Builder | None = None
) -> tuple[Outputs, list[Any], dict[str, Any]]:
    """What the function returned, its outputs as expressions, and their derivatives in rows (see `compiling`)."""
    builder = meet(_expressions(call.leaves), home)
    assert builder is not None
    inner = _Inner(builder)
    leaves = list(call.leaves)
    for k in call.differentiated:
        leaves[k] = inner.argument(f"x{k}", leaves[k])
    outputs = called(fn, call, leaves, has_aux, True)
    return outputs, *inner.derivatives(kind, outputs)


def _expressions(leaves: Sequence[Any]) -> list[Expr]:
    found: list[Expr] = []
    for leaf in leaves:
        if isinstance(leaf, Expr):
            found.append(leaf)
        elif isinstance(leaf, np.ndarray) and leaf.dtype == object:
            found += [entry for entry in leaf.ravel().tolist() if isinstance(entry, Expr)]
    return found


class _Inner:
    """The part of a graph under construction that the inner function writes."""

    def __init__(self, builder: Builder) -> None:
        self.builder, self.mark = builder, len(builder.nodes)
        self.given: dict[int, int] = {}
        """Input of the inner function → the node that is its argument."""
        self.wanted: list[tuple[str, list[int], Any]] = []
        """The inputs that are differentiated in: a name, their nodes, and their shape."""

    def argument(self, name: str, leaf: Any) -> Any:
        """New inputs in the place of a differentiated argument."""
        builder = self.builder
        name = f"{name} of {self.mark}"
        if builder.tensors:
            whole = leaf if isinstance(leaf, Expr) else self._tensor(leaf)
            shape = shape_of(whole)
            nodes = [builder.tensor(name, shape)]
            self.given[nodes[0]] = resolve(whole)[1]
            made: Any = handle(builder, nodes[0])
        else:
            shape = tuple(np.shape(leaf))
            entries = as_expressions(leaf).ravel().tolist() if shape else [leaf]
            nodes = [builder.input(f"{name}, {k}") for k in range(len(entries))]
            self.given.update(zip(nodes, map(self._node, entries), strict=True))
            symbols = np.fromiter((Expr(builder, node) for node in nodes), dtype=object, count=len(nodes))
            made = symbols.reshape(shape).view(ExprArray) if shape else symbols[0]
        self.wanted.append((name, nodes, shape))
        return made

    def _tensor(self, leaf: Any) -> Expr:
        """An array of expressions as one tensor, numbers as a constant."""
        if not is_symbolic(leaf):
            leaf = np.asarray(leaf, dtype=float)[()]
        return handle(self.builder, node_of(self.builder, leaf))

    def _node(self, entry: Any) -> int:
        return resolve(entry)[1] if isinstance(entry, Expr) else self.builder.constant(entry)

    def derivatives(self, kind: str, outputs: Outputs) -> tuple[list[Any], dict[str, Any]]:
        """The outputs with the arguments put in, and the derivatives of the value."""
        _, nodes, layout = collect([outputs.leaves[k] for k in outputs.symbolic], self.builder)
        tape, feed = self._cut(nodes, layout)
        self._forget()
        own, rest = split_outputs(tape, outputs.values, single=kind != "jacobian")
        names = [name for name, _, _ in self.wanted]
        graph = smooth(getattr(Graph(own), kind)(names))  # what is asked for inside is differentiated again outside
        found = self._written(graph.tape, graph.returns(), feed)
        beside = [] if rest is None else self._written(rest, rest.returns(), feed)[0]
        values, blocks = rows_of(kind, found, len(names))
        return [*values, *beside], blocks

    def _forget(self) -> None:
        """The inputs of the inner function are none of the outer one."""
        inner = {node for _, nodes, _ in self.wanted for node in nodes}
        for name in [name for name, node in self.builder.inputs.items() if node in inner]:
            del self.builder.inputs[name]
            self.builder.parameters.pop(name, None)

    def _cut(self, outputs: Sequence[int], layout: Layout) -> tuple[Tape, list[int]]:
        """What the inner function wrote as a graph, and the older node that goes in at each of its inputs."""
        source, made = self.builder, Builder()
        made.tensors, made.fast = source.tensors, False
        for op in source.custom:
            made.code(op)
        new: dict[int, int] = {}
        feed: list[int] = []

        def entering(name: str, node: int) -> int:
            return made.tensor(name, source.shapes.get(node, ())) if source.tensors else made.input(name)

        for name, nodes, shape in self.wanted:
            grouped = shape and not source.tensors
            new.update(zip(nodes, made.group(name, shape) if grouped else [entering(name, nodes[0])], strict=True))
            feed += [self.given[node] for node in nodes]
        live, todo = set(new), [node for node in outputs if node not in new]
        while todo:
            node = todo.pop()
            if node not in live:
                live.add(node)
                if node >= self.mark:
                    todo += source.nodes[node][1:]
        for node in sorted(live - new.keys()):
            code, *args = source.nodes[node]
            if code == CONST:
                new[node] = made.constant(source.attrs[node])
            elif node < self.mark or code == INPUT:
                new[node] = entering(f"outer {node}", node)
                feed.append(node)
            else:
                new[node] = made.add(code, [new[j] for j in args], source.attrs.get(node))
        return made.freeze([new[node] for node in outputs], layout, list(made.parameters))[0], feed

    def _written(self, tape: Tape, results: Sequence[Returns], feed: Sequence[int]) -> list[Any]:
        """The results of a graph as expressions, its inputs replaced by the nodes that go in."""
        new = put_in(self.builder, tape, feed, [node for result in results for node in result.nodes])
        return [r.layout.pack([handle(self.builder, new[node]) for node in r.nodes], _array) for r in results]


def _array(entries: list[Any], shape: Any) -> Any:
    return np.fromiter(entries, dtype=object, count=len(entries)).reshape(shape).view(ExprArray)
