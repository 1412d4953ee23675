"""From 𝒢 to ℬ: forward accumulation, back-propagation and vertex elimination, written as graphs."""

from edgewise.differentiate.backward import gradient, reverse_jacobian
from edgewise.differentiate.derivative import Derivative, Elimination
from edgewise.differentiate.edges import Step, count_steps, whole
from edgewise.differentiate.forward import forward_jacobian, tangent
from edgewise.differentiate.ledger import Ledger, Seed, Table
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
from edgewise.differentiate.removable import without_removable
from edgewise.differentiate.search import search_order, search_steps
from edgewise.differentiate.second import ORDERS, hessian, hvp, jacobian, jvp, vjp
from edgewise.differentiate.smooth import smooth_at_zero
from edgewise.differentiate.sparsity import hessian_sparsity, jacobian_sparsity, sparse_hessian, sparse_jacobian
from edgewise.differentiate.wrt import Wrt, resolve_wrt

__all__ = [
    "ORDERS",
    "Count",
    "Derivative",
    "Elimination",
    "Item",
    "Ledger",
    "PathGraph",
    "Seed",
    "Step",
    "Table",
    "Wrt",
    "count_forward",
    "count_order",
    "count_reverse",
    "count_steps",
    "forward_jacobian",
    "gradient",
    "hessian",
    "hessian_sparsity",
    "hvp",
    "jacobian",
    "jacobian_sparsity",
    "jvp",
    "markowitz",
    "path_graph",
    "resolve_wrt",
    "reverse_jacobian",
    "search_order",
    "search_steps",
    "smooth_at_zero",
    "sparse_hessian",
    "sparse_jacobian",
    "tangent",
    "vjp",
    "whole",
    "without_removable",
]
