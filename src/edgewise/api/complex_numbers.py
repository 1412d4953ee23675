"""Complex numbers given to a graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise import evaluate
from edgewise.graph import for_scalars

if TYPE_CHECKING:
    from edgewise.api.graph import Graph
    from edgewise.evaluate import Evaluation

__all__ = ["any_complex", "complex_evaluation"]


def any_complex(values: Any, args: tuple[Any, ...], named: Mapping[str, Any]) -> bool:
    """Whether some value is a complex number, or an array of them."""
    first = values.values() if isinstance(values, Mapping) else (values,)
    return any(type(value) is not float and _is_complex(value) for value in (*first, *args, *named.values()))


def complex_evaluation(graph: Graph, values: Any, args: tuple[Any, ...], named: Mapping[str, Any]) -> Evaluation:
    """Algorithm 6.1 on complex numbers: bound as real ones are, the two parts apart.

    Raises UnsupportedError for tensors, and where the graph is not holomorphic in what is complex.
    """
    tape = for_scalars(graph.tape, "evaluate() at complex numbers")

    def bound(part: Callable[[Any], Any]) -> list[Any]:
        given = {name: part(value) for name, value in values.items()} if isinstance(values, Mapping) else part(values)
        more = {name: part(value) for name, value in named.items()}
        return graph._bound(None if values is None else given, tuple(map(part, args)), more)[0]

    flags = bound(lambda value: np.full(np.shape(value), float(_is_complex(value))))
    parts = zip(flags, bound(np.real), bound(np.imag), strict=True)
    given = [real + 1j * imag if np.any(flag) else real for flag, real, imag in parts]
    return evaluate.propagate_complex(tape, [node for result in graph.returns() for node in result.nodes], given)


def _is_complex(value: Any) -> bool:
    entries = value if isinstance(value, (list, tuple)) else ()
    return bool(np.iscomplexobj(value)) or any(map(_is_complex, entries))
