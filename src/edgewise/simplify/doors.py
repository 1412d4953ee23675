"""The door of the room: which pipeline simplifies a graph, that of scalars or that of tensors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError
from edgewise.graph import IntArray, Returns, Tape, code_table, count_operations, distinct
from edgewise.graph.tensors.scalarize import scalarize
from edgewise.ops import CODE, CONST, INPUT, TENSOR_CODE
from edgewise.simplify import pipeline
from edgewise.simplify.first_forms import has_first_forms
from edgewise.simplify.pattern_trees import pattern_of
from edgewise.simplify.pipeline import Report
from edgewise.simplify.rules import LEVELS, RULES, TENSOR_RULES

__all__ = ["Interrupted", "comes_first", "in_scalars", "is_more_work", "simplify", "tidied"]

Measured = tuple[Tape, Sequence[int]]

FIRST: Final = frozenset(rule.name for rule in (*RULES, *TENSOR_RULES) if rule.first)
ADD: Final = CODE["add"]
TWICE: Final = frozenset(rule.name for rule in RULES if rule.twice)
_VIEWS: Final = ("softmax", "index", "pick", "reshape", "take", "contract")
EXPONENTIALS: Final = code_table([CODE[name] for name in ("exp", "softplus")])
BESIDE: Final = code_table(
    [CODE[k] for k in ("max", "min", "abs")] + [TENSOR_CODE[k] for k in ("amax", "amin", "contract")]
)
"""By what exponentials are kept from overflow, together with them, and how those in an array are added up."""
ARITHMETIC: Final = code_table([CODE[k] for k in ("add", "sub", "mul", "div", "neg", "power")] + [CONST, INPUT])
NOTHING: Final = np.zeros(0, dtype=np.int64)

LENGTHY: Final = 1000
"""Operations written again from which on a graph is simplified before it is differentiated."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C before anything was reached that can be kept."""


def simplify(
    tape: Tape,
    roots: Iterable[int],
    keep: IntArray = NOTHING,
    level: str = "real",
    *,
    expand: bool = False,
    sizes: Mapping[str, int] | None = None,
    progress: bool | None = None,
) -> tuple[Tape, IntArray, Report]:
    """A graph of the same values with fewer operations, the map old → new (-1 where dropped), and the report.

    `roots` are the nodes whose cost counts. `keep` are further nodes that must keep a node of their own value. `sizes`
    are typical numbers of the named dimensions. See `pipeline.simplify` and `tensor_pipeline.simplify_tensors`.
    """
    if tape.has_tensors:
        from edgewise.simplify.tensor_pipeline import simplify_tensors

        made, new, report = simplify_tensors(tape, roots, keep, level, expand=expand, sizes=sizes, progress=progress)
        return replace(made, numbering=tape.numbering.moved(new, len(tape))), new, report
    if sizes:
        raise InputError("sizes= are of named dimensions, and a graph of scalars has none", hint="leave it out")
    return pipeline.simplify(tape, roots, keep, level, expand=expand, progress=progress)


def comes_first(
    tape: Tape,
    level: str,
    sizes: Mapping[str, int] | None = None,
    *,
    expand: bool = False,
    again: bool = False,
    twice: bool = False,
) -> Tape | None:
    """What is differentiated instead of a graph with logarithms of shares, probabilities and of what overflows, one
    whose exponentials are kept small, or one that is written at great length; None for any other.

    log(exp(x)/sum(exp(x))) is x - logsumexp(x). Written out, its derivative divides by a share that may have become 0.
    That of exp(x - max(x))/sum(exp(x - max(x))) has terms with the derivative of the maximum, which cancel. And of a
    polynomial of thousands of terms the derivative has far more of them to find equal than the polynomial. What is
    differentiated `again` and again is short from the beginning; with `twice` it is the base of a second derivative.
    Raises Interrupted where the user ends it.
    """
    if level == LEVELS[0]:
        return None
    if tape.has_tensors:
        from edgewise.simplify.arrays.magnitudes import with_magnitudes

        tape = with_magnitudes(tape)
    bounded = EXPONENTIALS[tape.ops].any() and BESIDE[tape.ops].any()
    if bounded or _has_first_heads(tape) or has_first_forms(tape, twice):
        made, _, report = simplify(tape, tape.outputs, level=level, sizes=sizes if tape.has_tensors else None)
        if report.interrupted:
            raise Interrupted
        if not (FIRST | TWICE if twice else FIRST).isdisjoint(report.rules):
            return made
    if tape.has_tensors or not (again or _written_again(tape) >= max(LENGTHY, len(tape) // 4)):
        return None
    made, _, report = simplify(tape, tape.outputs, level=level, expand=expand)
    if report.interrupted:
        raise Interrupted
    times = 1 if again else 2
    return made if times * count_operations(made, made.outputs) < count_operations(tape, tape.outputs) else None


def _has_first_heads(tape: Tape) -> bool:
    """Whether there are logarithms and their kind of what may become a form that comes first, such as 1 - p for a
    share p. What is made of inputs by arithmetic alone does not."""
    outer, inner = _first_heads()
    under = tape.args[tape.start[np.flatnonzero(outer[tape.ops])]]
    under = under[inner[tape.ops[under]]]
    if tape.has_tensors or not len(under):
        return len(under) > 0
    return bool(tape.depends_on(~ARITHMETIC[tape.ops])[under].any())


@cache
def _first_heads() -> tuple[Any, Any]:
    """Of which operations on which others there are rules that come first; of tensors, on entries of those others."""
    patterns = [pattern for rule in RULES if rule.first and len((pattern := pattern_of(rule.pattern)).args) == 1]
    # Logarithms of sums are common: of these the whole form is looked for.
    patterns = [pattern for pattern in patterns if pattern.args[0].code != ADD]
    outer = [CODE[pattern.name] for pattern in patterns]
    inner = [CODE[pattern.args[0].name] for pattern in patterns] + [TENSOR_CODE[name] for name in _VIEWS]
    return code_table(outer), code_table(inner)


def _written_again(tape: Tape) -> int:
    """How many operations are written once more on the same two nodes, parameters aside."""
    nodes = np.flatnonzero(np.diff(tape.start))
    first = tape.start[nodes]
    last = tape.args[np.minimum(first + 1, tape.start[nodes + 1] - 1)]
    keys = (tape.ops[nodes].astype(np.int64) * len(tape) + tape.args[first]) * len(tape) + last
    return len(keys) - len(distinct(keys))


def is_more_work(made: Measured, before: Measured, sizes: Mapping[str, int] | None = None) -> bool:
    """Whether a graph of tensors, given with the nodes that count, is more work than another at some length."""
    if not made[0].has_tensors:
        return False
    from edgewise.simplify.tensor_pipeline import takes_more_work

    return takes_more_work(made, before, sizes or {})


def tidied(tape: Tape) -> Tape:
    """The same formula with fewer operations, by rules that keep every IEEE value (of tensors: the real one)."""
    made, new, _ = simplify(tape, tape.outputs, level=LEVELS[1] if tape.has_tensors else LEVELS[0])
    outputs = new[list(tape.outputs)].tolist()
    return tape if count_operations(made, outputs) >= count_operations(tape, tape.outputs) else made


def in_scalars(tape: Tape, results: Sequence[Returns], sizes: Mapping[str, int]) -> tuple[Tape, Sequence[Returns]]:
    """The results of a graph of tensors on scalars, simplified, for what prints scalars only."""
    tape, results = scalarize(tape, sizes, results)
    tape, new, _ = pipeline.simplify(tape, [node for result in results for node in result.nodes], NOTHING, "real")
    return tape, [result.moved(new) for result in results]
