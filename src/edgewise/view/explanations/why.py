"""Why a node of ℬ is there: a sentence or two, the edges of 𝒢 that it serves, and a small picture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from html import escape
from typing import Any, Final

import numpy as np

from edgewise.differentiate import Derivative
from edgewise.ops import CONST, INPUT
from edgewise.simplify import Report
from edgewise.view.pictures.picture import Picture
from edgewise.view.pictures.scene import Scene
from edgewise.view.pictures.svg import has_graphviz

__all__ = ["Why"]

SAID: Final = 6
"""The most things of one kind that a sentence lists."""

STEPS: Final = 200
"""The most rewrites that are looked through for those that made a node."""

_NUMBERED: Final = re.compile(r"\b(u+)(\d+)\b")
_POWER: Final = re.compile(r"\^(\d+)")


class Why(list[Any]):
    """The ledger entries of a node, which print as sentences; a notebook shows a picture with the node in it too.

    >>> import edgewise as ew
    >>> B = ew.parse("c = x*y; c + exp(c)").gradient()
    >>> print(B.why("∂out/∂c"))
    ∂out/∂c = u7 + u8 is node 9.
    It adds up what 2 edges bring to c: c → out, c → u3.
    It is read by ∂out/∂y, ∂out/∂x.
    >>> print(B.simplify().why("∂out/∂x"))
    ∂out/∂x = ∂out/∂c*y is node 8.
    It is the product of the edge x → c: ∂out/∂c · ∂c/∂x.
    It is a result: the gradient.
    """

    def __init__(self, entries: Iterable[Any], scene: Scene, node: int, report: Report | None) -> None:
        super().__init__(entries)
        self._scene, self._node, self._report = scene, node, report

    @cached_property
    def text(self) -> str:
        """The sentences."""
        scene, node = self._scene, self._node
        name, step = scene.symbol(node), scene.name(node) if self._is_leaf else scene.step(node)
        what = name if name == step else f"{name} = {step}"
        lines = [f"{what} is node {node}.", *self._roles(), *self._readers(), *self._simplified()]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text

    @property
    def picture(self) -> Picture:
        """The node, in heavy lines, with what it reads and what reads it."""
        return Picture(self._scene, self._scene.near([self._node], 1, SAID * 4), (), frozenset([self._node]))

    def _repr_html_(self) -> str:
        words = "".join(f"<p>{escape(line)}</p>" for line in self.text.splitlines())
        words = _NUMBERED.sub(r"<i>\1</i><sub>\2</sub>", _POWER.sub(r"<sup>\1</sup>", words))
        return words + (self.picture._repr_html_() if has_graphviz() else "")

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Mapping[str, str]:
        return {"text/plain": self.text, "text/html": self._repr_html_()}

    # --- sentences ----------------------------------------------------------------------------------------------

    @property
    def _derivative(self) -> Derivative:
        return self._scene.known

    @property
    def _is_leaf(self) -> bool:
        return bool(self._scene.tape.ops[self._node] in (INPUT, CONST))

    def _roles(self) -> Iterator[str]:
        """What it is there for: of several things simplification has made one."""
        derivative, scene, node = self._derivative, self._scene, self._node
        names, ledger = derivative.names, derivative.ledger
        held = int(scene.holds[node])
        if held >= 0 and derivative.base.ops[held] != CONST:
            line = derivative.base.line(held)
            yield f"It is {'an input' if self._is_leaf else 'a value'} of 𝒢{f', written in {line}' if line else ''}."
        for seed in derivative.seeds:
            if seed.value == node:
                yield f"A sweep starts from it: {names.total(seed.sweep, seed.node)}."
        rows = list(ledger.rows("sweep consumer position parent partial product total"))
        partials = [names.partial(i, k, j) for _, i, k, j, partial, *_ in rows if partial == node]
        if partials:
            rules = dict.fromkeys(self._rule(i, k) for _, i, k, _, partial, _, _ in rows if partial == node)
            yield f"It is the local partial {_listed(dict.fromkeys(map(str, partials)))}, by {_listed(rules)}."
        if derivative.elimination is None:
            for sweep, i, k, j, *_ in _few([row for row in rows if row[5] == node]):
                far, edge = (i, names.partial(i, k, j)) if derivative.reverse else (j, names.partial(i, k, j))
                yield f"It is the product of the edge {self._edge(i, j)}: {names.total(sweep, far)} · {edge}."
            ends = [(row[3] if derivative.reverse else row[1]) for row in rows if row[6] == node]
            for end in _few(list(dict.fromkeys(ends))):
                into = [row for row in rows if (row[3] if derivative.reverse else row[1]) == end and row[6] >= 0]
                if len(into) > 1:
                    edges = _listed(dict.fromkeys(self._edge(row[1], row[3]) for row in into))
                    yield f"It adds up what {len(into)} edges bring to {names.base.text(end)}: {edges}."
        else:
            steps = derivative.elimination
            for v, j, i in _few([r[:3] for r in steps.joins("vertex tail head product") if r[3] == node]):
                yield f"It joins two edges at {names.base.text(v)}: {names.ratio(i, v)} · {names.ratio(v, j)}."
        if self and not partials and node not in (*ledger.product.tolist(), *ledger.total.tolist()) and held < 0:
            edges = _listed(dict.fromkeys(self._edge(entry.consumer, entry.parent) for entry in self))
            yield f"It is part of what belongs to the edge{'s' if ',' in edges else ''} {edges}."

    def _rule(self, consumer: int, position: int) -> str:
        base = self._derivative.base
        return f"the {base.op(consumer).rule_in(position, len(base.arguments(consumer)))}".replace("the the", "the")

    def _edge(self, consumer: int, parent: int) -> str:
        base = self._derivative.names.base
        return f"{base.text(parent)} → {base.text(consumer)}"

    def _readers(self) -> Iterator[str]:
        tape, node = self._scene.tape, self._node
        args, consumers = tape.readers
        first, last = np.searchsorted(args, [node, node + 1])
        readers = dict.fromkeys(self._scene.symbol(i) for i in consumers[first:last].tolist())
        if readers:
            yield f"It is read by {_listed(readers)}."
        results = [result.name for result in self._derivative.results if node in result.nodes]
        if results:
            yield f"It is a result: {_listed(dict.fromkeys(f'the {name}' for name in results))}."

    def _simplified(self) -> Iterator[str]:
        """What simplification did, where that is known rewrite by rewrite."""
        report, node, tape = self._report, self._node, self._scene.tape
        if report is None or self._scene.tape.ops[node] in (INPUT, CONST):
            return
        number = tape.numbering.number(node)
        before = report.source[0]
        rules: dict[str, None] = {}
        for rewrite in report.rewrites[:STEPS] if report.stepwise else ():
            frame = rewrite.after
            stood = np.flatnonzero(frame.new == frame.node) if frame.node >= 0 else ()
            if any(before.numbering.number(int(i)) == number for i in stood):
                rules.update(dict.fromkeys(rewrite.rules))
        if rules:
            yield f"Simplification rewrote it: {_listed(rules)}."
        elif before.numbering.place(number, len(before)) < 0:
            yield "Simplification made it."


def _few(things: Sequence[Any]) -> Sequence[Any]:
    return things[:SAID]


def _listed(things: Iterable[str]) -> str:
    """Some things, one behind the other; the rest is counted."""
    every = list(things)
    more = f" and {len(every) - SAID:,} more" if len(every) > SAID else ""
    return ", ".join(every[:SAID]) + more
