"""Which handles of tensors are views of the same entries in NumPy, so that a change in place would reach them all.

Nodes do not change. `y += 1` moves the handle y on to a new node, and whoever else holds that handle sees it, as NumPy
has it. A view (`y.T`, `y[1:]`) is a handle of its own, which would not follow. So a view and what it is a view of are
one family, and a handle moves on only where no other member of its family is alive.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from typing import Any, Protocol

from edgewise.errors import UnsupportedError
from edgewise.graph.builder import Builder, user_line
from edgewise.ops import TENSOR_CODE

__all__ = ["Family", "alone", "is_view", "join"]

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


def alone(member: _Member) -> None:
    """Refuse where another handle of the same entries is alive."""
    family = member._family
    if family is None:
        return
    family[:] = [other for other in family if other() is not None]
    if len(family) > 1:
        raise UnsupportedError(
            "an array is changed in place while a view of the same entries is held, and the view would not follow",
            hint="write y = y + 1 for y += 1, or take the view as a copy, z = y[1:].copy()",
            line=user_line(),
        )


def is_view(builder: Builder, node: int, of: Iterable[int]) -> bool:
    """Whether a node is one of these nodes with its entries in another order, or some of them."""
    sources = set(of)
    while node not in sources:
        code, *args = builder.nodes[node]
        turned = code == _CONTRACT and len(args) == 1 and not builder.attrs[node].summed
        if not (turned or code in (_INDEX, _RESHAPE)) or node < min(sources):
            return False
        node = args[0]
    return True
