"""Views in the graph that the plain rewriter writes: axes put in, dropped, permuted, repeated, and products of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from edgewise.ops import CONST, TENSOR_CODE, Contraction, lettered
from edgewise.simplify.rewrite_nodes import ARRAY, CONTRACT, INDEX, MUL, PICKS, RESHAPE, UNINDEX, Nodes, Shape

__all__ = ["Views"]

EYE = TENSOR_CODE["eye"]


class Views(Nodes):
    """The graph under construction, in which a rule can ask what a node is a view of."""

    def uniform(self, node: int) -> int:
        """The scalar constant that a node repeats, as `np.full` does, or the node itself."""
        code, *args = self.nodes[node]
        if code == CONTRACT and len(args) == 1 and self.nodes[args[0]][0] == CONST:
            return args[0]
        if code == ARRAY:
            values = self.attrs[node].values
            if values.size and (values == values.flat[0]).all() and np.isfinite(values.flat[0]):
                return self.number(values.flat[0].item())
        return node

    def spread(self, node: int, shape: Shape) -> int:
        """A node repeated to a shape: no work."""
        have = self.shapes[node]
        if have == shape:
            return node
        first = len(shape) - len(have)
        own = [k if length == shape[k] else ("one", k) for k, length in enumerate(have, first)]
        return self.add(CONTRACT, (node,), lettered([own], range(len(shape)), dict(enumerate(shape))))

    def expanded(self, node: int, axes: tuple[int, ...]) -> int:
        """A node with axes of length 1 put in, so that it broadcasts along them."""
        have = self.shapes[node]
        rank = len(self.with_ones(have, axes))
        if rank == len(have):
            return node
        new = {rank + axis for axis in axes if axis >= -rank}
        letters = [k for k in range(rank) if k not in new]
        return self.add(CONTRACT, (node,), lettered([letters], range(rank), dict.fromkeys(new, 1)))

    def reduction(self, node: int) -> tuple[int, tuple[int, ...]] | None:
        """What a node is the sum of, and over which axes, counted from the end."""
        code, *args = self.nodes[node]
        return self.reduction_of((code, args, self.attrs.get(node)))

    def reduction_of(self, spec: tuple[int, Sequence[int], Any]) -> tuple[int, tuple[int, ...]] | None:
        """The same of a node that is about to be made."""
        p: Contraction = spec[2]
        if spec[0] != CONTRACT or len(spec[1]) != 1 or p.sizes or not _plain(p):
            return None
        own, kept = p.inputs[0], p.output
        axes = tuple(k - len(own) for k, letter in enumerate(own) if letter not in kept)
        ordered = "".join(letter for letter in own if letter in kept) == kept
        return (spec[1][0], axes) if axes and ordered else None

    def expansion(self, node: int) -> tuple[int, tuple[int, ...]] | None:
        """What a node repeats, and along which axes, counted from the end."""
        p = self._single(node)
        if p is None or not p.sizes or "".join(k for k in p.output if k not in p.repeated) != p.inputs[0]:
            return None
        axes = tuple(k - len(p.output) for k, letter in enumerate(p.output) if letter in p.repeated)
        return self.nodes[node][1], axes

    def view(self, code: int, args: Sequence[int], attr: Any) -> Contraction | None:
        """The view that an operation is which only drops, puts in and permutes axes, by index, place, shape or sum."""
        if code == CONTRACT:
            return attr if len(args) == 1 else None
        if code not in (INDEX, RESHAPE, UNINDEX):
            return None
        have = self.shapes[args[0]]
        if code == UNINDEX:  # placed along axes of length 1, there is nothing beside it
            spec, lengths = attr
            if any(item != (0, n, 1) and (n, item) != (1, (0,)) for item, n in zip(spec, lengths, strict=True)):
                return None
            ones = [("one", k) for k, item in enumerate(spec) if len(item) == 1]
            own = iter(range(len(have)))
            batch = [next(own) for _ in range(len(have) - len(spec) + len(ones))]
            out = [*batch, *(("one", k) if len(item) == 1 else next(own) for k, item in enumerate(spec))]
            return lettered([range(len(have))], out, dict.fromkeys(ones, 1))
        if code == INDEX:  # of the last axes, as shapes are
            spec = [*((0, n, 1) for n in have[: len(have) - len(attr)]), *attr]
            if any(item != (0, n, 1) and (n, len(item)) != (1, 1) for item, n in zip(spec, have, strict=True)):
                return None
            return lettered([range(len(have))], [k for k, item in enumerate(spec) if len(item) > 1], {})
        shape = *have[: len(have) - attr[0]], *attr[1]
        if [n for n in have if n != 1] != [n for n in shape if n != 1]:
            return None
        own = iter([k for k, n in enumerate(have) if n != 1])
        out = [("one", k) if n == 1 else next(own) for k, n in enumerate(shape)]
        return lettered([range(len(have))], out, dict.fromkeys(out, 1))

    def composed(self, node: int, outer: Contraction) -> int | tuple[list[int], Contraction] | None:
        """What a contraction of a view of something is in terms of it, None where its argument is no view."""
        inner = self._single(node)
        if inner is None or not _plain(outer):
            return None
        (base,), lengths = self.nodes[node][1:], dict(inner.sizes)
        if self.sums(base, inner):
            return None
        names = dict.fromkeys(inner.summed, "") | dict(zip(inner.output, outer.inputs[0], strict=True))
        if any(names[letter] in outer.summed and lengths[letter] != 1 for letter in inner.repeated):
            return None  # what is repeated and summed is a multiple
        own = [names[letter] or (letter,) for letter in inner.inputs[0]]
        if own == list(outer.output):
            return base
        sizes = {names[letter]: length for letter, length in inner.sizes} | dict(outer.sizes)
        return [base], lettered([own], outer.output, sizes)

    def turned(self, args: Sequence[int], p: Contraction) -> tuple[Sequence[int], Contraction]:
        """A contraction of tensors as they are, not with their axes in another order."""
        views = [self._single(j) for j in args]
        if not any(view and not view.sizes and not view.summed for view in views):
            return args, p
        made, parts = list(args), list[Sequence[str]](p.inputs)
        for k, view in enumerate(views):
            if view and not view.sizes and not view.summed:
                names = dict(zip(view.output, p.inputs[k], strict=True))
                made[k], parts[k] = self.nodes[args[k]][1], [names[letter] for letter in view.inputs[0]]
        return made, lettered(parts, p.output, dict(p.sizes))

    def sums(self, node: int, p: Contraction) -> bool:
        """Whether a contraction of a node adds: what it sums over is longer than 1."""
        return any(n != 1 for k, n in zip(p.inputs[0], self.shapes[node], strict=True) if k in p.summed)

    def repeated_axes(self, node: int, rank: int) -> set[int]:
        """The axes of a result, counted from the end, along which an operand repeats itself or broadcasts."""
        own, p = len(self.shapes[node]), self._single(node)
        axes = {k - own for k, letter in enumerate(p.output) if letter in p.repeated} if p else set[int]()
        return axes | set(range(-rank, -own))

    def without(self, node: int, axes: set[int]) -> int:
        """A node without some of the axes along which it repeats itself."""
        p = self._single(node)
        if p is None:
            return node
        (base,), out = self.nodes[node][1:], [k for n, k in enumerate(p.output) if n - len(p.output) not in axes]
        if out == list(p.inputs[0]):
            return base
        return self.add(CONTRACT, (base,), lettered([p.inputs[0]], out, dict(p.sizes)))

    def narrowed(self, node: int) -> int:
        """A node with length 1, or no axis in front, where it repeats itself."""
        p = self._single(node)
        if p is None or all(n == 1 for _, n in p.sizes):
            return node
        out = p.output.lstrip(p.repeated)
        (base,), sizes = self.nodes[node][1:], {k: 1 for k in p.repeated if k in out}
        return base if out == p.inputs[0] else self.add(CONTRACT, (base,), lettered([p.inputs[0]], out, sizes))

    def unrepeated(self, args: Sequence[int], whole: Shape) -> tuple[int, ...]:
        """What an operation reads, narrowed where it broadcasts to the same shape without being repeated."""
        made = list(args)
        for k, j in enumerate(made):
            narrow = self.narrowed(j)
            if narrow != j and self.joined([self.shapes[i] for i in (*made[:k], narrow, *made[k + 1 :])]) == whole:
                made[k] = narrow
        return tuple(made)

    def selection(self, node: int) -> tuple[int, Any] | None:
        """What a node has entries of, and which."""
        code, *args = self.nodes[node]
        return (args[0], (code, tuple(args[1:]), self.attrs[node])) if code in PICKS else None

    def _single(self, node: int) -> Contraction | None:
        """The indices of a contraction of one tensor that takes no diagonal."""
        if self.nodes[node][0] != CONTRACT or len(self.nodes[node]) != 2:
            return None
        p: Contraction = self.attrs[node]
        return p if _plain(p) else None

    def with_axes(self, node: int, axes: tuple[int, ...]) -> int:
        """A node with axes of length 1 put in, at places counted from the end of the result."""
        rank = len(self.shapes[node]) + len(axes)
        new = {rank + axis for axis in axes}
        inner = lettered([[k for k in range(rank) if k not in new]], range(rank), dict.fromkeys(new, 1))
        return self.add(CONTRACT, (node,), inner) if axes else node

    def entry_by_entry(self, args: Sequence[int], p: Contraction) -> int | None:
        """A product in index notation of which numbers are factors, or that adds nothing up, as products of entries."""
        numbers = [j for j in args if not self.shapes[j]]
        if p.summed and numbers:
            parts = [part for part in p.inputs if part]
            others = [j for j in args if self.shapes[j]]
            factors = [*numbers, self.add(CONTRACT, others, lettered(parts, p.output, dict(p.sizes)))]
        elif p.summed or p.sizes or any(list(part) != [k for k in p.output if k in part] for part in p.inputs):
            return None
        elif any(self.nodes[j][0] == EYE for j in args) or (len(args) == 2 and p.inputs == tuple(p.output)):
            return None  # it reads as a diagonal, or as an outer product
        else:
            factors = [self._aligned(j, part, p.output) for j, part in zip(args, p.inputs, strict=True)]
        node = factors[0]
        for factor in factors[1:]:
            node = self.add(MUL, (node, factor))
        return node

    def _aligned(self, node: int, part: str, out: str) -> int:
        """A tensor with axes of length 1 where a result has others behind the first."""
        if not part:
            return node
        axes = out[out.index(part[0]) :]
        inner = lettered([part], [k if k in part else ("one", k) for k in axes], {("one", k): 1 for k in axes})
        return node if part == axes else self.add(CONTRACT, (node,), inner)


def _plain(p: Contraction) -> bool:
    """Whether a contraction of one tensor takes no diagonal."""
    return len(set(p.inputs[0])) == len(p.inputs[0])
