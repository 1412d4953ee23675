"""From 𝒢 to ℬ: forward accumulation, back-propagation and vertex elimination, written as graphs."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from edgewise.differentiate import doors
from edgewise.differentiate.derivative import Derivative, Elimination
from edgewise.differentiate.doors import *  # noqa: F403
from edgewise.differentiate.ledger import Ledger, Seed, Table
from edgewise.differentiate.roles import inputs_title
from edgewise.differentiate.wrt import Wrt, names_of, resolve_wrt

if TYPE_CHECKING:
    from edgewise.differentiate.elimination.edges import Step, count_steps, whole
    from edgewise.differentiate.elimination.jacobians import ORDERS
    from edgewise.differentiate.elimination.search import search_order, search_steps
    from edgewise.differentiate.multi_index import Index, chosen, every, index_of, plan
    from edgewise.differentiate.orders import (
        Count,
        Item,
        PathGraph,
        count_forward,
        count_order,
        count_reverse,
        markowitz,
        path_graph,
    )
    from edgewise.differentiate.served import Served, lines_served, rows_served
    from edgewise.differentiate.sparse.sparsity import (
        hessian_sparsity,
        jacobian_sparsity,
        sparse_hessian,
        sparse_jacobian,
    )

__all__ = [
    "ORDERS", "Count", "Derivative", "Elimination", "Index", "Item", "Ledger", "PathGraph", "Seed", "Served", "Step",
    "Table",
    "Wrt", "chosen", "count_forward", "count_order", "count_reverse", "count_steps", "every", "hessian_sparsity",
    "index_of", "inputs_title", "jacobian_sparsity", "lines_served", "markowitz", "names_of", "path_graph", "plan",
    "resolve_wrt", "rows_served", "search_order", "search_steps", "sparse_hessian", "sparse_jacobian", "whole",
]  # fmt: skip
__all__ += doors.__all__

_LATER: Final = {
    "elimination.edges": "Step count_steps whole",
    "multi_index": "Index chosen every index_of plan",
    "orders": "Count Item PathGraph count_forward count_order count_reverse markowitz path_graph",
    "elimination.search": "search_order search_steps",
    "elimination.jacobians": "ORDERS",
    "served": "Served lines_served rows_served",
    "sparse.sparsity": "hessian_sparsity jacobian_sparsity sparse_hessian sparse_jacobian",
}
"""What is loaded when it is first asked for: a gradient needs none of it."""


def __getattr__(name: str) -> Any:
    for home, names in _LATER.items():
        if name in names.split():
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
