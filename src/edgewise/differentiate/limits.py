"""Even functions of a length: smooth at 0, where the length itself has a kink.

f(|x|) with f'(0) = 0 has the slope f'(|x|)·sign(x), which is f''(0)·x to first order at 0. As written its own
derivative there would be 0, for sign(x) is 0 at 0, and that of cos(sqrt(x² + y²)) likewise. So at 0 the product of such
an edge is its limit, Σ g·f''(0)·x over the functions f that read the length, g having arrived at each: it is 0 too, but
has the right derivative. The row of an even function says what f''(0) is (`curvature`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from edgewise.differentiate.sheet import Sheet
from edgewise.graph import Tape
from edgewise.ops import CODE, tidy_number

__all__ = ["Limit", "limit_at_zero"]

ADD, MUL, POWER, SQRT, ABS, HYPOT = (CODE[name] for name in ("add", "mul", "power", "sqrt", "abs", "hypot"))


Step = tuple[int, tuple[str, int], tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Limit:
    """What stands in place of a product where a length is 0.

    `sources` are the functions that read the length. `steps` are the nodes of the sum: operations on a "node" of the
    graph, on what has "arrived" at a source, or on a step "made" before; where there are none it is what arrived first.
    """

    sources: tuple[int, ...]
    steps: tuple[Step, ...]

    def pairs(self, arrived: Sequence[int], first: int) -> list[tuple[int, int]]:
        """The arguments of the steps, of which the first is the node `first`."""

        def node(ref: tuple[str, int]) -> int:
            kind, k = ref
            return k if kind == "node" else arrived[k] if kind == "arrived" else first + k

        return [(node(a), node(b)) for _, a, b in self.steps]


def limit_at_zero(sheet: Sheet, edge: int, length: int, arrived: Sequence[int]) -> Limit | None:
    """The limit of the product of an edge into a length, of which `arrived` are the edges out, -1 for a seed.

    None where some function of the length is not even, or where all of them are too flat for a limit other than 0.
    """
    tape = sheet.tape
    code, args = tape.ops[length], tape.arguments(length)
    root = code == SQRT or (code == POWER and tape.attrs[length] in (0.5, Fraction(1, 2)))
    if -1 in arrived or not (root or code in (ABS, HYPOT)):
        return None
    consumers = tape.edge_consumers()[list(arrived)].tolist()
    found = [_curvature(tape, consumer) for consumer in consumers]
    if None in found or not any(found):
        return None
    steps: list[Step] = []
    total: tuple[str, int] | None = None
    sources = tuple(consumer for consumer, factor in zip(consumers, found, strict=True) if factor)
    for k, factor in enumerate(factor for factor in found if factor):
        term = ("arrived", k)
        scale = tidy_number(Fraction(factor) / 2 if root else Fraction(factor))
        if scale != 1:
            steps.append((MUL, ("node", sheet.constant(scale)), term))
            term = ("made", len(steps) - 1)
        if total is not None:
            steps.append((ADD, total, term))
            term = ("made", len(steps) - 1)
        total = term
    if not root:
        assert total is not None
        steps.append((MUL, total, ("node", args[edge - int(tape.start[length])])))
    return Limit(sources, tuple(steps))


def _curvature(tape: Tape, node: int) -> int | Fraction | None:
    """f''(0) of an even function, for each edge from its argument; None of any other."""
    code, args = tape.ops[node], tape.arguments(node)
    if code == MUL and args[0] == args[1]:
        return 1
    if code == POWER:
        exponent = tape.attrs[node]
        return 2 if exponent == 2 else 0 if exponent > 2 else None
    curvature = tape.op(node).curvature
    return Fraction(curvature) if curvature else None
