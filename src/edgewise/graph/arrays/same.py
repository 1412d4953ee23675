"""When two formulas are the same: equal operation trees, however much of them is shared and however it is numbered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from edgewise.graph.arrays.outputs import flatten
from edgewise.graph.builder import Builder
from edgewise.graph.columns import reached
from edgewise.graph.exact_numbers import exact_number
from edgewise.graph.expr import Expr, resolve
from edgewise.graph.layout import Layout
from edgewise.graph.tape import IntArray, Returns, Tape
from edgewise.ops import CONST, FIRST_TENSOR, INPUT, N_BUILTIN, Op, number_key, op_of_code

__all__ = ["first_alike", "same", "same_graphs"]


def same(a: Any, b: Any) -> bool:
    """Whether two expressions, or nested containers of them, are the same formula.

    Operations and the order of their arguments are compared, inputs by name and constants by type and value (1, 1.0
    and True differ); whether a part is written once or twice makes no difference. Nothing is simplified: `x + y` is
    not `y + x`. The time is proportional to the number of nodes.

    >>> from edgewise import symbols
    >>> x, y = symbols("x y")
    >>> a = x * y
    >>> same(a + a, x * y + x * y), same(x + y, y + x), same([x, 1], [x, 1.0])
    (True, False, False)
    """
    (left, nesting), (right, other) = flatten(a), flatten(b)
    if nesting != other:
        return False
    known: dict[Any, int] = {}
    return _leaves(left, known) == _leaves(right, known)


def same_graphs(a: tuple[Tape, Sequence[Returns]], b: tuple[Tape, Sequence[Returns]]) -> bool:
    """Whether two graphs with their results have the same inputs in order, and the same formulas nested alike."""
    if a[0].parameters != b[0].parameters or _nesting(a[1]) != _nesting(b[1]):
        return False
    known: dict[Any, int] = {}
    formulas = []
    for tape, results in (a, b):
        nodes = [node for result in results for node in result.nodes]
        classes = _classes(_tape_nodes(tape, nodes), known)
        formulas.append([classes[node] for node in nodes])
    return formulas[0] == formulas[1]


def first_alike(tape: Tape, wanted: Sequence[int] | None = None) -> IntArray:
    """For each node, or each that some are made of, the first one that is the same formula; itself for the others.

    >>> from edgewise import graph, symbols
    >>> x, y = symbols("x y")
    >>> first_alike(graph([x * y, x * y]).tape).tolist()
    [0, 1, 2, 2]
    """
    classes = _classes(_tape_nodes(tape, range(len(tape)) if wanted is None else wanted), {})
    first: dict[int, int] = {}
    found = np.arange(len(tape))
    found[list(classes)] = [first.setdefault(number, node) for node, number in classes.items()]
    return found


def _nesting(results: Sequence[Returns]) -> list[tuple[str, Layout]]:
    return [(result.name, result.layout) for result in results]


def _leaves(leaves: Sequence[Any], known: dict[Any, int]) -> list[int]:
    """The class of each leaf: equal numbers for equal formulas."""
    places = [resolve(leaf) if isinstance(leaf, Expr) else None for leaf in leaves]
    found: dict[Builder, dict[int, int]] = {}
    for place in places:
        if place is not None and place[0] not in found:
            builder = place[0]
            roots = [other[1] for other in places if other is not None and other[0] is builder]
            found[builder] = _classes(_builder_nodes(builder, roots), known)
    return [
        known.setdefault(("const", number_key(exact_number(leaf))), len(known))
        if place is None
        else found[place[0]][place[1]]
        for leaf, place in zip(leaves, places, strict=True)
    ]


_Node = tuple[int, int, Sequence[int], Any, tuple[Op, ...]]
"""A node, its operation code, its arguments, what it carries, and the user's operations of its graph."""


def _classes(nodes: Iterable[_Node], known: dict[Any, int]) -> dict[int, int]:
    """The class of each node, arguments before their consumers: one number for each formula in `known`."""
    classes: dict[int, int] = {}
    for node, code, args, attr, custom in nodes:
        if code == CONST:
            key: Any = ("const", number_key(attr))
        elif code < FIRST_TENSOR:
            op = code if code < N_BUILTIN else _definition(op_of_code(code, custom))
            carried = attr if attr is None or code == INPUT else number_key(attr)
            key = (op, carried, *(classes[j] for j in args))
        else:
            key = (code, type(attr), attr, *(classes[j] for j in args))
        classes[node] = known.setdefault(key, len(known))
    return classes


def _definition(op: Op) -> tuple[Any, ...]:
    """A user's operation by what defines it: read from a file it is another object."""
    return op.name, op.args, getattr(op.value, "formula", op.value), op.partials


def _tape_nodes(tape: Tape, roots: Sequence[int]) -> Iterator[_Node]:
    needed = tape.live(roots).tolist()
    for node, code, args in tape.rows():
        if needed[node]:
            # An input that is a tensor is told by its shape too: that is a parameter, compared before.
            yield node, code, args, tape.attrs.get(node), tape.custom


def _builder_nodes(builder: Builder, roots: Iterable[int]) -> Iterator[_Node]:
    """What the roots need, arguments first."""
    needed = reached(roots, lambda node: builder.nodes[node][1:])
    custom = tuple(builder.custom)
    for node in sorted(needed):
        code, *args = builder.nodes[node]
        attr: Any = builder.attrs.get(node)
        if code == INPUT and attr in builder.parameters:
            attr = builder.parameters[attr][0]
        yield node, code, args, attr, custom
