"""Which handles of tensors are views of the same entries in NumPy, so that a change in place would reach them all.

Nodes do not change. `y += 1` moves the handle y on to a new node, and whoever else holds that handle sees it, as NumPy
has it. A view (`y.T`, `y[1:]`) is a handle of its own, which would not follow. So a view and what it is a view of are
one family, and a handle moves on only where no other member of its family is alive; but slices of a tensor know what
they are slices of, take it along, and follow it.
"""

from __future__ import annotations

import weakref
from typing import Any, Protocol

from edgewise.graph.builder import Builder
from edgewise.graph.refused import refused
from edgewise.ops import TENSOR_CODE, Contraction, TensorShape

__all__ = ["Family", "alone", "base", "join", "others"]

Family = list["weakref.ref[Any]"]
_INDEX, _RESHAPE, _CONTRACT = (TENSOR_CODE[name] for name in ("index", "reshape", "contract"))


class _Member(Protocol):
    _family: Family | None


def join(view: Any, of: _Member) -> Any:
    """The view, now of the family of what it is a view of."""
    if of._family is None:
        of._family = [weakref.ref(of)]
    of._family.append(weakref.ref(view))
    view._family = of._family
    return view


def others(*members: _Member) -> list[Any]:
    """The other handles of the family of these that are alive."""
    family = members[0]._family
    if family is None:
        return []
    family[:] = [other for other in family if other() is not None]
    known = set(map(id, members))
    return [handle for other in family if id(handle := other()) not in known and handle is not None]


def alone(*members: _Member) -> None:
    """Refuse where another handle of the same entries is alive than these, which are of one family."""
    if others(*members):
        raise refused(
            "an array is changed in place while a view of the same entries is held, and the view would not follow",
            "write y = y + 1 for y += 1, or take the view as a copy, z = y[1:].copy()",
        )


def base(builder: Builder, node: int) -> int:
    """The node whose entries a node has, in another order or only some of them: itself where it is no view."""
    while True:
        code, *args = builder.nodes[node]
        turned = (
            code == _CONTRACT and len(args) == 1 and _is_turned(builder.attrs[node], builder.shapes.get(args[0], ()))
        )
        if not turned and code not in (_INDEX, _RESHAPE):
            return node
        node = args[0]


def _is_turned(spec: Contraction, shape: TensorShape) -> bool:
    """Whether nothing is added up: a sum over an axis of one entry leaves it out."""
    lengths = dict(zip(spec.inputs[0], shape, strict=True))
    return all(lengths[letter] == 1 for letter in spec.summed)
