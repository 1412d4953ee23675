"""`vmap`: a function of one example as a function of many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from edgewise.api.transforms.arguments import Arguments, Function
from edgewise.api.transforms.compiling import compiled_values
from edgewise.api.transforms.derived import Transformed, checked
from edgewise.api.transforms.tracing import REFUSALS, WAYS, Tracer
from edgewise.api.transforms.trees import flatten, is_number, is_symbolic, unflatten
from edgewise.errors import InputError, ShapeError

__all__ = ["vmap"]

Axes = int | None | Sequence[Any]


def vmap(fn: Callable[..., Any], in_axes: Axes = 0, out_axes: int = 0) -> Any:
    """The function of one example as a function of a batch: the results are those of a loop, stacked along `out_axes`.

    `in_axes` says along which axis of each argument the examples lie: one number for all, or one for each argument by
    position, None where all examples share it; an argument that is a container may have a container of them. Arguments
    by keyword have their examples along the first axis. The function is traced for one example, anew at each call, and
    what is compiled runs over the whole batch; where it cannot be traced, or draws random numbers, which differ from
    example to example, it runs example by example.
    Raises ShapeError where the batches differ in length.

    >>> import edgewise as ew, numpy as np
    >>> ew.vmap(ew.grad(lambda w, x: np.sin(w @ x)), in_axes=(None, 0))(np.ones(2), np.zeros((3, 2)))
    array([[0., 0.],
           [0., 0.],
           [0., 0.]])
    """
    function = Function(checked(fn, "vmap"))
    tracer = Tracer(function, [way for way in WAYS if way.data], kept=True)

    def call(*args: Any, **keywords: Any) -> Any:
        given = Arguments(function, args, keywords)
        given.numbers_only()
        axes = _axes(function, in_axes, args, keywords)
        mapped = {k: axis for k, axis in enumerate(axes) if axis is not None and _has_axes(given.leaves[k])}
        count = _length(function, given.leaves, mapped)
        whole = list(given.leaves)
        if given.symbolic:
            return _looped(given, whole, mapped, count, out_axes)
        for k, axis in mapped.items():
            whole[k] = np.moveaxis(np.asarray(whole[k]), axis, 0)
            # Of a batch of no examples the shape alone is needed.
            given.leaves[k] = whole[k][0] if count else np.zeros(whole[k].shape[1:], whole[k].dtype)[()]
        given.choose((), ())
        given.data = sorted({*given.data, *mapped})
        try:
            found = tracer(given, whole=False)
        except REFUSALS:
            if (wrong := function.misfit((args, keywords))) is not None:
                raise wrong from None
            return _looped(given, whole, dict.fromkeys(mapped, 0), count, out_axes)
        outputs = found.outputs
        batch = compiled_values(found.tape)([whole[k] for k in found.inputs]) if outputs.symbolic else []
        leaves = outputs.filled(batch)
        _within(out_axes, [np.ndim(leaf) for leaf in outputs.leaves])
        for k, leaf in enumerate(leaves):
            # What no example enters is the same for all of them.
            each = np.broadcast_to(leaf, (count, *np.shape(outputs.leaves[k])))
            leaves[k] = np.moveaxis(each, 0, out_axes).copy()
        return outputs.value(leaves)

    return Transformed(function, call, "batched form", partial(vmap, fn, in_axes=in_axes, out_axes=out_axes))


def _has_axes(leaf: Any) -> bool:
    return bool(np.ndim(leaf)) and (is_number(leaf) or is_symbolic(leaf))


def _axes(fn: Function, in_axes: Axes, args: Sequence[Any], keywords: Any) -> list[int | None]:
    """The batch axis of each leaf."""
    if isinstance(in_axes, (int, type(None))):
        each: list[Any] = [in_axes] * len(args)
    else:
        each = list(in_axes) if isinstance(in_axes, (list, tuple)) else [in_axes]
        if len(each) != len(args):
            raise InputError(
                f"in_axes has {len(each)} entries and {fn.name} was called with {len(args)} arguments by position",
                hint="give one axis for each, None where all examples share it",
            )
    found: list[int | None] = []
    for arg, axes in [*zip(args, each, strict=True), *((value, 0) for value in keywords.values())]:
        leaves, _ = flatten(arg)
        # A leaf None says that all examples share it.
        own = [axes] * len(leaves) if isinstance(axes, (int, type(None))) else flatten(axes, none_is_leaf=True)[0]
        if len(own) != len(leaves):
            raise InputError(
                f"in_axes has {axes!r:.60} for an argument of {len(leaves)} leaves",
                hint="give one axis, or a container like the argument's",
            )
        found += own
    wrong = next((axis for axis in found if not isinstance(axis, (int, type(None)))), None)
    if wrong is not None:
        raise InputError(f"in_axes has {wrong!r:.40}, which is no axis", hint="give whole numbers, or None")
    return found


def _length(fn: Function, leaves: Sequence[Any], mapped: Mapping[int, int]) -> int:
    lengths: dict[int, Any] = {}
    for k, axis in mapped.items():
        shape = np.shape(leaves[k])
        if not -len(shape) <= axis < len(shape):
            raise ShapeError(f"in_axes has {axis} for an array of shape {shape}", hint="give one of its axes")
        lengths.setdefault(shape[axis], shape)
    if len(lengths) != 1:
        shapes = ", ".join(map(str, lengths.values()))
        raise ShapeError(
            f"the arguments of {fn.name} have " + (f"batches of different length: {shapes}" if shapes else "no batch"),
            hint="give arrays with as many examples each, and in_axes None for what they share",
        )
    return int(*lengths)


def _looped(call: Arguments, whole: Sequence[Any], mapped: Mapping[int, int], count: int, out_axis: int) -> Any:
    """One example after the other."""
    results, tree = [], None
    for n in range(count):
        leaves = list(whole)
        for k, axis in mapped.items():
            leaves[k] = whole[k][(slice(None),) * (axis % np.ndim(whole[k])) + (n,)]
        args, keywords = call.rebuilt(leaves)
        found, tree = flatten(call.function.call(*args, **keywords))
        results.append(found)
    if tree is None:
        raise ShapeError(
            "a batch of no examples has no result to take the shape of",
            hint="give one example at least, or write a function that can be traced",
        )
    _within(out_axis, [np.ndim(leaf) for leaf in results[0]])
    return unflatten(tree, [np.stack(parts, axis=out_axis) for parts in zip(*results, strict=True)])


def _within(axis: int, ranks: Sequence[int]) -> None:
    """Refuse an axis of the batch that results of these ranks cannot have."""
    least = min(ranks, default=0)
    if not isinstance(axis, int) or not -least - 1 <= axis <= least:
        raise ShapeError(
            f"out_axes is {axis!r:.40}, and a result of one example has {least} axes",
            hint=f"give one from {-least - 1} to {least}",
        )
