"""What users substitute: which nodes a key stands for, and what comes in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise import algebra
from edgewise.errors import EdgewiseError, InputError, ShapeError, did_you_mean
from edgewise.frontends.naming import is_sympy, name_of
from edgewise.graph import Expr, Tape, exact_number, resolve
from edgewise.graph.arrays.outputs import collect
from edgewise.graph.arrays.same import first_alike
from edgewise.ops import CONST, INPUT

if TYPE_CHECKING:
    from edgewise.api.graph import Graph

__all__ = [
    "Solution",
    "bound_of",
    "input_name",
    "is_numeric",
    "numbers_or_tape",
    "pairs",
    "real_number",
    "replaced",
    "tape_of",
]


def tape_of(value: Any) -> Tape | None:
    """The graph of a graph, an expression, a formula as text or something of SymPy's; None of anything else."""
    if isinstance(getattr(value, "tape", None), Tape):
        return value.tape  # type: ignore[no-any-return]
    if isinstance(value, Expr):
        builder, nodes, layout = collect(value)
        return builder.freeze(nodes, layout)[0]
    if isinstance(value, str):
        from edgewise.frontends.text import parse

        return parse(value)
    if is_sympy(value):
        from edgewise.frontends.sympy import from_sympy

        return from_sympy(value)
    return None


def numbers_or_tape(value: Any) -> Any:
    """What comes in a node's place: a number, an array, or a graph of one output."""
    tape = tape_of(value)
    if tape is None:
        return value if isinstance(value, np.ndarray) and value.shape else exact_number(value)
    if len(tape.outputs) != 1:
        raise InputError(
            f"{len(tape.outputs)} outputs come in the place of one value", hint="give a graph of one output"
        )
    if not tape.inputs:
        known = algebra.with_known_values(tape)
        if known.ops[known.outputs[0]] == CONST:
            return known.attrs[known.outputs[0]]
    return tape


def is_numeric(value: Any) -> bool:
    """Whether a value is made of numbers alone, those of SymPy's among them."""
    if isinstance(value, (str, Expr)) or isinstance(getattr(value, "tape", None), Tape):
        return False
    if is_sympy(value):
        return not getattr(value, "free_symbols", True)
    if isinstance(value, np.ndarray):
        return value.dtype != object or all(map(is_numeric, value.ravel().tolist()))
    return all(map(is_numeric, value)) if isinstance(value, (list, tuple)) else True


def replaced(graph: Graph, given: Iterable[tuple[Any, Any]]) -> dict[int, Any]:
    """The nodes of a graph that keys stand for, each with what comes in its place.

    A symbol or formula that does not occur is passed over, as in SymPy; a name that is no input's is an InputError.
    """
    groups = {parameter.name: (parameter, nodes) for parameter, nodes in graph.tape.by_parameter()}
    instead: dict[int, Any] = {}

    def put(node: int, value: Any, key: Any) -> None:
        if node in instead:
            raise InputError(f"two values are given for {key!r:.60}", hint="give one")
        instead[node] = numbers_or_tape(value)

    for key, value in given:
        name = input_name(key)
        if name in groups and not groups[name][0].is_tensor and groups[name][0].shape:
            parameter, nodes = groups[name]
            entries = np.empty(parameter.shape, dtype=object)
            try:
                entries[...] = value
            except ValueError:
                raise ShapeError(
                    f"{name!r} has the shape {parameter.shape} and its value has {np.shape(value)}",
                    hint="give a value for each entry",
                ) from None
            for node, entry in zip(nodes, entries.ravel().tolist(), strict=True):
                put(node, entry, key)
            continue
        for node in _places(graph, key, name):
            put(node, value if not isinstance(value, (list, tuple)) else np.array(value), key)
    return instead


def input_name(key: Any) -> Any:
    """The name of the input that a key stands for; None of a formula."""
    if isinstance(key, Expr):
        builder, node = resolve(key)
        return builder.attrs[node] if builder.nodes[node][0] == INPUT else None
    if is_sympy(key):
        try:
            return name_of(key)
        except EdgewiseError:
            return None
    return key


def _places(graph: Graph, key: Any, name: Any) -> Sequence[int]:
    """The nodes that a key stands for."""
    tape = graph.tape
    if isinstance(name, str) and name in graph.inputs:
        return [tape.inputs[graph.inputs.index(name)]]
    if isinstance(name, (int, np.integer)) and not isinstance(name, bool):
        return [graph.node(name)]
    labelled = [node for node, label in tape.labels.items() if label == name]
    if labelled:
        return labelled
    if isinstance(key, str) and key.isidentifier():
        raise InputError(
            f"{key!r} is no input of the graph",
            hint=f"{did_you_mean(key, graph.inputs)}its inputs are {', '.join(graph.inputs[:20]) or 'none'}",
        )
    formula = tape_of(key)
    if formula is None or len(formula.outputs) != 1:
        raise InputError(
            f"nothing can be put in the place of {key!r:.60} of type {type(key).__name__}",
            hint='give names, symbols or formulas, as in G.subs({"x": 2, "x*y": "z"})',
        )
    if len(formula.inputs) == 1 and formula.outputs == formula.inputs:
        return []
    joint, (ours, theirs) = algebra.side_by_side(tape, formula)
    classes = first_alike(joint)
    wanted = classes[theirs[formula.outputs[0]]]
    return [node for node, place in ours.items() if classes[place] == wanted]


class Solution(dict[str, Any]):
    """What the unknowns are, by their names; found by symbols too."""

    def __missing__(self, key: Any) -> Any:
        name = name_of(key)
        if name not in self.keys() or name is key:
            raise InputError(f"{name!r:.60} is none of the unknowns", hint=f"they are {', '.join(self)}")
        return self[name]


def pairs(args: Sequence[Any], named: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """The keys and values of a call: subs({x: 1}), subs([(x, 1)]), subs(x, 1) or subs(x=1)."""
    given: list[tuple[Any, Any]] = []
    if len(args) == 2:
        given = [(args[0], args[1])]
    elif len(args) == 1 and isinstance(args[0], Mapping):
        given = list(args[0].items())
    elif len(args) == 1 and isinstance(args[0], Iterable) and not isinstance(args[0], str):
        given = [tuple(pair) if isinstance(pair, (tuple, list)) else (pair,) for pair in args[0]]
    elif args:
        raise InputError(
            "subs() takes a mapping, pairs, or one key and its value", hint='write G.subs({"x": 2}) or G.subs("x", 2)'
        )
    if any(len(pair) != 2 for pair in given):
        raise InputError("subs() was given something else than pairs", hint='write G.subs([("x", 2), ("y", "z + 1")])')
    return [*given, *named.items()]


def real_number(value: Any) -> Any:
    """A number of SymPy's as a double, or nested ones."""
    if isinstance(value, (list, tuple)):
        return [real_number(part) for part in value]
    return float(value) if is_sympy(value) else value


def bound_of(value: Any) -> Any:
    """A bound or a point for SymPy: a number, infinity as text, or a formula."""
    if isinstance(value, str) and value.strip("+-") == "oo":
        value = value.replace("oo", "inf")
    if isinstance(value, (Expr, str)) or hasattr(value, "tape"):
        return tape_of(value)
    return value
