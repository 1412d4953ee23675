"""The map of rounding: which node's rounding reaches which result, by how much it grows, and what repairs it.

Rounding node i by δ moves result r by ∂r/∂u(i)·δ to first order, and back-propagation from r gives these derivatives of
all nodes at once (Linnainmaa, *Taylor expansion of the accumulated rounding error*, BIT 16, 1976; Griewank and Walther,
*Evaluating Derivatives*, section 3.2 on adjoints and rounding). What is differentiated here is the program itself, ℬ's
own nodes too: so the map says of a derivative what error analysis says of a value. Adjoints are computed in ball
arithmetic, the rounding of each operation is measured on the very doubles that it was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.accuracy.arena import Arena
from edgewise.accuracy.balls import Balls
from edgewise.accuracy.rational import DIVIDED, rational_forms
from edgewise.accuracy.repairs import rewritten
from edgewise.accuracy.samples import Floats, Sample, bits_of_error, computed, rounded
from edgewise.differentiate import gradient, resolve_wrt
from edgewise.graph import Layout, Returns, Tape, readable_text
from edgewise.graph.names import Names
from edgewise.ops import CONST, INPUT

__all__ = ["EdgeRounding", "NodeRounding", "Rounding", "rounding"]

UNIT: Final = 2.0**-53
EXACT: Final = frozenset(("neg", "where", "min", "max", "abs", "sign", "floor", "ceil", "round", "clip", "relu"))
"""Operations that do not round; comparisons do not either."""
WEIGHTY: Final = 8
"""Of so many nodes, those of the largest shares, the repairs are looked for."""
BETTER: Final = 1.0
"""Bits by which a rewrite must be better to be named."""


class NodeRounding(NamedTuple):
    """What the rounding of one node does to one result.

    `condition` is |∂r/∂u·u/r|, by how much a relative error of the node grows on its way, the median over the points;
    `bits` are those of the result that its rounding costs, on average; `share` is its part of the rounding error of the
    result. `events` counts points at which an overflow, an underflow, a NaN or a cancellation begins here. `repairs`
    are rewrites of the node, or of what reads it, that lose fewer bits.
    """

    node: int
    result: int
    name: str
    text: str
    line: str
    condition: float
    bits: float
    share: float
    events: dict[str, int]
    repairs: tuple[str, ...]


class EdgeRounding(NamedTuple):
    """What passes through one edge: `condition` is |∂u(i)/∂u(j)·u(j)/u(i)|, `share` the part of the error of the result
    that its parent's rounding sends through it."""

    consumer: int
    position: int
    parent: int
    result: int
    condition: float
    share: float


@dataclass(frozen=True, eq=False, repr=False)
class Rounding:
    """The map: `nodes` and `edges` by share, largest first; `results` are rows (name, bits of error, condition)."""

    tape: Tape
    nodes: tuple[NodeRounding, ...]
    edges: tuple[EdgeRounding, ...]
    results: tuple[tuple[str, float, float], ...]
    points: int

    def of(self, node: int) -> tuple[NodeRounding, ...]:
        """The rows of one node, one for each result that its rounding reaches."""
        return tuple(row for row in self.nodes if row.node == node)

    def __iter__(self) -> Iterator[NodeRounding]:
        return iter(self.nodes)

    def __len__(self) -> int:
        return len(self.nodes)

    @property
    def shares(self) -> dict[int, float]:
        """The largest share of each node in the error of any result: what pictures are coloured by."""
        found: dict[int, float] = {}
        for row in self.nodes:
            found[row.node] = max(found.get(row.node, 0.0), row.share)
        return found

    def table(self, most: int = 12) -> list[tuple[str, ...]]:
        """The rows as text, those of the largest shares."""
        results = [name for name, _, _ in self.results]
        made: list[tuple[str, ...]] = []
        for row in self.nodes[:most]:
            events = ", ".join(f"{name} at {count}" for name, count in row.events.items())
            made.append(
                (
                    results[row.result], row.name, row.text, f"{100 * row.share:.0f} %", f"{row.bits:.1f}",
                    f"{row.condition:.3g}", events, ", ".join(row.repairs), row.line,
                )
            )  # fmt: skip
        return made

    def __repr__(self) -> str:
        many = f"at {self.points} points" if self.points > 1 else "at one point"
        lines = [
            f"{name}: {bits:.1f} bits of error, condition {condition:.3g} ({many})"
            for name, bits, condition in self.results
        ]
        rows = [HEADS, *self.table()]
        used = [k for k in range(len(HEADS)) if any(row[k] for row in rows[1:])]
        widths = {k: max(len(row[k]) for row in rows) for k in used}
        lines += ["  ".join(row[k].ljust(widths[k]) for k in used).rstrip() for row in rows if len(rows) > 1]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        from html import escape

        heads = "".join(f"<th>{head}</th>" for head in HEADS)
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in self.table(most=30)
        )
        said = "".join(
            f"<p>{escape(name)}: {bits:.1f} bits of error, condition {condition:.3g}</p>"
            for name, bits, condition in self.results
        )
        return f"{said}<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


HEADS: Final = ("result", "node", "formula", "share", "bits", "condition", "where it begins", "repair", "line")


def rounding(tape: Tape, results: Sequence[int], sample: Sample, names: Names) -> Rounding:
    """The map of some results over the points of a sample; `names` are those of the nodes."""
    values = computed(tape, range(len(tape)), sample.inputs, sample.points)
    own = _own_rounding(tape, values)
    events = _events(tape, values, sample)
    nodes: list[NodeRounding] = []
    edges: list[EdgeRounding] = []
    told: list[tuple[str, float, float]] = []
    for k, root in enumerate(results):
        adjoints, products = _adjoints(tape, root, sample)
        with np.errstate(all="ignore"):
            error = sample.error(root, values[root])
            size = np.abs(sample.exact[root])
            reached = {i: np.abs(adjoint) * own[i] for i, adjoint in adjoints.items() if own[i] is not None}
            total = sum(_finite(part) for part in reached.values()) if reached else np.zeros(sample.points)
            inputs = [np.abs(adjoints[i] * values[i]) for i in tape.inputs if i in adjoints]
            whole = np.sum(inputs, axis=0) / size if inputs else np.zeros(sample.points)
            told.append((str(names.symbol(root)), _mean(error), _median(whole)))
            for i, part in reached.items():
                condition = np.abs(adjoints[i] * values[i]) / size
                nodes.append(
                    NodeRounding(
                        i, k, str(names.symbol(i)), readable_text(tape, i, 60), tape.line(i), _median(condition),
                        _mean(np.log2(1 + np.minimum(part / (size * UNIT), 2.0**64))), _mean(_finite(part) / total),
                        events.get(i, {}), (),
                    )
                )  # fmt: skip
            for (consumer, position, parent), product in products.items():
                given = own[parent]
                local = np.abs(product / adjoints[consumer] * values[parent] / values[consumer])
                sent = np.zeros(sample.points) if given is None else np.abs(product) * given
                edges.append(EdgeRounding(consumer, position, parent, k, _median(local), _mean(_finite(sent) / total)))
    nodes.sort(key=lambda row: (-round(row.share, 6), row.result, row.node))
    edges.sort(key=lambda row: (-round(row.share, 6), row.result, row.consumer, row.position))
    weighty = dict.fromkeys(row.node for row in nodes[:WEIGHTY] if row.share > 0)
    readers = {j: i for i, _, args in tape.rows() for j in args}
    repairs = {node: _repairs(tape, node, readers.get(node), sample) for node in weighty}
    nodes = [row._replace(repairs=repairs.get(row.node, ())) for row in nodes]
    return Rounding(tape, tuple(nodes), tuple(edges), tuple(told), sample.points)


def _finite(values: Any) -> Floats:
    found: Floats = np.where(np.isfinite(values), values, 0.0)
    return found


def _mean(values: Any) -> float:
    kept = np.asarray(values)[np.isfinite(values)]
    return float(kept.mean()) if len(kept) else 0.0


def _median(values: Any) -> float:
    kept = np.asarray(values)[~np.isnan(values)]
    return float(np.median(kept)) if len(kept) else 0.0


def _own_rounding(tape: Tape, values: Sequence[Floats]) -> list[Floats | None]:
    """By how much each node may be off by its own rounding, |u|·2**-53; None of one that does not round."""
    found: list[Floats | None] = []
    for i, code, _ in tape.rows():
        if code in (INPUT, CONST):
            exact = code == INPUT or float(tape.attrs[i]) == tape.attrs[i]
        else:
            op = tape.op_of_code(code)
            exact = op.boolean or op.name in EXACT
        found.append(None if exact else np.abs(values[i]) * UNIT)
    return found


def _events(tape: Tape, values: Sequence[Floats], sample: Sample) -> dict[int, dict[str, int]]:
    """Where overflows, underflows, NaN and cancellations begin, and at how many points."""
    found: dict[int, dict[str, int]] = {}
    for i, code, args in tape.rows():
        if not args:
            continue
        given = [values[j] for j in args]
        sound = np.logical_and.reduce([np.isfinite(value) for value in given])
        counts = {
            "overflow": int((np.isinf(values[i]) & sound).sum()),
            "NaN": int((np.isnan(values[i]) & ~np.logical_or.reduce([np.isnan(value) for value in given])).sum()),
            "underflow": int(((np.abs(values[i]) < np.finfo(float).tiny) & (np.abs(sample.exact[i]) > 0)).sum()),
        }
        if tape.op_of_code(code).name in ("add", "sub"):
            largest = np.maximum(np.abs(given[0]), np.abs(given[1]))
            lost = sound & (np.abs(values[i]) < largest / 16) & (np.abs(sample.exact[i]) > 0)
            counts["cancellation"] = int(lost.sum())
        counts = {name: count for name, count in counts.items() if count}
        if counts:
            found[i] = counts
    return found


def _adjoints(tape: Tape, root: int, sample: Sample) -> tuple[dict[int, Floats], dict[tuple[int, int, int], Floats]]:
    """∂root/∂u(i) of each node that the root depends on, and the product on each edge, at all points."""
    alone = _with_output(tape, root)
    # What depends on no input is rounded too: 1/3 and sin(1) are differentiated in like inputs.
    constant = np.ones(len(tape), dtype=bool)
    constant[list(tape.inputs)] = False
    for i, _, args in tape.rows():
        constant[i] &= all(constant[j] for j in args)
    free = [i for i in np.flatnonzero(constant & tape.live([root])).tolist() if i != root]
    derivative = gradient(alone, resolve_wrt(alone, [*tape.inputs, *free]), (Returns("value", (root,), Layout()),))
    if derivative.base is not alone:  # what is removable has been removed: the nodes are others
        return {root: np.ones(sample.points)}, {}
    _, nodes, places = (column.tolist() for column in derivative.table.entries())
    ledger = list(derivative.ledger.rows("consumer position parent product"))
    wanted = sorted({place for place in places if place >= 0} | {row[3] for row in ledger if row[3] >= 0})
    balls = Balls(derivative.tape)
    made = np.full((len(wanted), sample.points), np.nan)
    at = {place: k for k, place in enumerate(wanted)}
    for p, point in enumerate(zip(*(column.tolist() for column in sample.inputs), strict=True)):
        values = balls.known(point, [root], 60, last=2048)
        made[:, p] = [_wide(values[place]) for place in wanted]
    adjoints = {node: made[at[place]] for node, place in zip(nodes, places, strict=True) if place >= 0}
    adjoints.setdefault(root, np.ones(sample.points))
    products = {row[:3]: made[at[row[3]]] for row in ledger if row[3] >= 0}
    return adjoints, products


def _wide(ball: Any) -> float:
    """A ball as a double; where few digits are known its midpoint, for a share needs no more."""
    value = rounded(ball)
    return value if value == value else float(ball.mid()) if ball.is_finite() else value


def _with_output(tape: Tape, root: int) -> Tape:
    return replace(tape, outputs=(root,), layout=Layout())


def _repairs(tape: Tape, node: int, reader: int | None, sample: Sample) -> tuple[str, ...]:
    """The rewrites of a node, or of what reads it last, at its top, that lose fewer bits."""
    arena = Arena(sample.inputs)
    place = arena.read(tape)
    found: dict[str, float] = {}
    for at in (node, reader):
        if at is None or not sample.normal(at).any():
            continue
        form, where = place[at], sample.normal(at)
        exact = sample.exact[at][where]
        before = bits_of_error(arena.values(form)[where], exact).mean()
        for name, other in [*rewritten(arena, form), *rational_forms(arena, form)]:
            after = float(bits_of_error(arena.values(other)[where], exact).mean())
            if name != DIVIDED and after < before - BETTER:
                found[name] = min(found.get(name, after), after)
    return tuple(sorted(found, key=lambda name: (found[name], name)))
