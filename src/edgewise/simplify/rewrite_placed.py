"""Sums of terms that are zero but for a range: at the same places they are added, side by side they are pieces."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any, Final, NamedTuple

from edgewise.ops import CODE, TENSOR_CODE, Contraction, lettered
from edgewise.ops.dims import simplest
from edgewise.simplify.rewrite_nodes import CONTRACT, MUL, UNINDEX
from edgewise.simplify.rewrite_places import Item, on_all_axes
from edgewise.simplify.rewrite_views import Views

__all__ = ["PlacedTerms"]

NEG, ADD, SUB, DIV, CONCATENATE = (*(CODE[name] for name in ("neg", "add", "sub", "div")), TENSOR_CODE["concatenate"])

WINDOW: Final = 256
"""Placed terms of one sum that are put together."""


class Placed(NamedTuple):
    """A term that is zero but for a range on every axis: what stands there, and the ranges."""

    node: int
    spec: tuple[Item, ...]


class PlacedTerms:
    """Of a sum the terms that place something."""

    def __init__(self, nodes: Views) -> None:
        self.nodes = nodes

    def joined(self, listed: list[tuple[int, int]], shape: tuple[Any, ...]) -> list[tuple[int, int]] | None:
        """The terms of a sum, each a sign and a node, with placed ones put together; None where there are no two."""
        placed = {k: found for k, (_, node) in enumerate(listed) if (found := self._placed(node, shape)) is not None}
        if not 1 < len(placed) <= WINDOW:
            return None
        terms = dict(enumerate(listed))
        changed = self._added(terms, placed)
        for axis in range(len(shape)):
            changed |= self._chained(terms, placed, axis, shape)
        return list(terms.values()) if changed else None

    def _placed(self, node: int, shape: tuple[Any, ...], multiple: bool = True) -> Placed | None:
        """A term that places something, its axes permuted or not, a number times it or not."""
        nodes = self.nodes
        code, *args = nodes.nodes[node]
        if nodes.uses[node] > 1 or nodes.shapes[node] != shape:
            return None
        if code in (MUL, DIV) and multiple:
            k = next((k for k, j in enumerate(args) if nodes.shapes[j] == shape), 0)
            value = nodes.constant(args[1 - k])
            found = self._placed(args[k], shape, False) if _is_number(value) and (code == MUL or k == 0) else None
            scaled = [found.node if j == args[k] else j for j in args] if found else []
            return found and found._replace(node=nodes.add(code, scaled))
        order = None
        if code == CONTRACT:
            p: Contraction = nodes.attrs[node]
            if len(args) > 1 or sorted(p.inputs[0]) != sorted(p.output) or nodes.uses[args[0]] > 1:
                return None
            order, node = [p.inputs[0].index(k) for k in p.output], args[0]
            code, *args = nodes.nodes[node]
        if code != UNINDEX:
            return None
        own, _ = nodes.attrs[node]
        single = [k for k, item in enumerate(own) if len(item) == 1]
        inner = nodes.with_axes(args[0], tuple(k - len(own) for k in single))
        ranges = [(*item, 1, 1) if len(item) == 1 else item for item in own]
        spec: Sequence[Item] = on_all_axes(ranges, nodes.shapes[node])
        if order:
            inner = nodes.add(CONTRACT, (inner,), lettered([range(len(spec))], order, {}))
            spec = [spec[k] for k in order]
        return Placed(inner, tuple(spec))

    def _added(self, terms: dict[int, tuple[int, int]], placed: dict[int, Placed]) -> bool:
        """Terms at the same places are added there."""
        nodes, first, changed = self.nodes, dict[Any, int](), False
        for k in list(placed):
            at = first.setdefault(placed[k].spec, k)
            if at == k:
                continue
            one, two = placed[at].node, placed.pop(k).node
            (sign, _), (other, _) = terms[at], terms.pop(k)
            total = nodes.add(ADD, (one, two)) if sign == other else nodes.add(SUB, (one, two))
            placed[at] = Placed(total, placed[at].spec)
            terms[at] = sign, self._written(placed[at], nodes.shapes[terms[at][1]])
            changed = True
        return changed

    def _chained(
        self, terms: dict[int, tuple[int, int]], placed: dict[int, Placed], axis: int, shape: tuple[Any, ...]
    ) -> bool:
        """Terms that lie side by side along an axis become one."""
        beside: dict[Any, int] = {}
        for k, term in placed.items():
            if term.spec[axis][2] == 1:
                beside.setdefault((term.spec[:axis], term.spec[axis][0], term.spec[axis + 1 :]), k)

        def after(k: int) -> int | None:
            spec = placed[k].spec
            found = beside.get((spec[:axis], simplest(spec[axis][0] + spec[axis][1]), spec[axis + 1 :]))
            return found if found != k else None

        following, taken = dict[int, int](), set[int]()
        for k in beside.values():
            other = after(k)
            if other is not None and other not in taken:  # it has one neighbour
                following[k] = other
                taken.add(other)
        inner, changed = set(following.values()), False
        for head in [k for k in following if k not in inner]:
            chain = [head]
            while chain[-1] in following:
                chain.append(following[chain[-1]])
            self._join(terms, placed, chain, axis, shape)
            changed = True
        return changed

    def _join(
        self,
        terms: dict[int, tuple[int, int]],
        placed: dict[int, Placed],
        chain: list[int],
        axis: int,
        shape: tuple[Any, ...],
    ) -> None:
        nodes, at = self.nodes, min(chain)
        signs = {terms[k][0] for k in chain}
        sign = signs.pop() if len(signs) == 1 else 1
        pieces = list[int]()
        for k in chain:
            node = placed[k].node if terms[k][0] == sign else nodes.add(NEG, (placed[k].node,))
            code, *args = nodes.nodes[node]
            flat = code == CONCATENATE and nodes.attrs[node] == axis - len(shape)
            pieces += args if flat else [node]
        spec = placed[chain[0]].spec
        count = simplest(sum(placed[k].spec[axis][1] for k in chain))
        whole = Placed(
            nodes.add(CONCATENATE, pieces, axis - len(shape)),
            (*spec[:axis], (spec[axis][0], count, 1), *spec[axis + 1 :]),
        )
        for k in chain:
            del placed[k]
            if k != at:
                del terms[k]
        placed[at] = whole
        terms[at] = sign, self._written(whole, shape)

    def _written(self, term: Placed, shape: tuple[Any, ...]) -> int:
        """The node of a placed term."""
        spec = _trimmed(term.spec, shape)
        if not spec:
            return term.node
        return self.nodes.add(UNINDEX, (term.node,), (spec, shape[len(shape) - len(spec) :]))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)


def _trimmed(spec: Sequence[Item], shape: Sequence[Any]) -> tuple[Item, ...]:
    """Without the axes in front that are read as they are."""
    k = next((k for k, (item, n) in enumerate(zip(spec, shape, strict=True)) if item != (0, n, 1)), len(spec))
    return tuple(spec[k:])
