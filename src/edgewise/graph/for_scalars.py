"""The refusal of what exists for graphs of scalars only."""

from __future__ import annotations

import numpy as np

from edgewise.errors import UnsupportedError
from edgewise.graph.tape import Tape
from edgewise.graph.text_of_nodes import node_text
from edgewise.ops import FIRST_TENSOR, INPUT, named_dimensions, shape_text

__all__ = ["for_scalars"]


def for_scalars(tape: Tape, what: str) -> Tape:
    """The graph, if it is one of scalars; else an UnsupportedError that names a tensor of it.

    >>> from edgewise import parse
    >>> for_scalars(parse("sum(x)", shapes="x: n").tape, "sparsity()")
    Traceback (most recent call last):
    ...
    edgewise.errors.UnsupportedError: sparsity() is for graphs of scalars, and the input x is a tensor of shape (n,);
    write G.scalarize(n=…) first
    """
    if not tape.has_tensors:
        return tape
    made = np.flatnonzero(tape.ops >= FIRST_TENSOR).tolist()
    node = min([*tape.shapes, *made] or tape.inputs)
    lengths = (length for parameter in tape.parameters for length in parameter.shape)
    sizes = dict.fromkeys(name for length in lengths for name in sorted(named_dimensions((length,))))
    said = tape.describe(node) if tape.ops[node] == INPUT else f"{node_text(tape, node, 60)}, {tape.describe(node)},"
    found = f"{said} is a tensor of shape {shape_text(tape.shape(node))}"
    raise UnsupportedError(
        f"{what} is for graphs of scalars, and {found}",
        hint=f"write G.scalarize({', '.join(f'{name}=…' for name in sizes)}) first",
    )
