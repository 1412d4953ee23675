"""From 𝒢 to ℬ: forward accumulation, back-propagation and vertex elimination, written as graphs."""

from edgewise.differentiate.backward import reverse_jacobian
from edgewise.differentiate.derivative import Derivative, Elimination
from edgewise.differentiate.doors import (
    algorithm,
    from_gradient,
    gradient,
    hessian,
    hvp,
    jacobian,
    jvp,
    once_more,
    result_places,
    roles_of,
    smooth_gradient,
    tangent,
    title,
    vjp,
)
from edgewise.differentiate.elimination.edges import Step, count_steps, whole
from edgewise.differentiate.elimination.jacobians import ORDERS
from edgewise.differentiate.elimination.search import search_order, search_steps
from edgewise.differentiate.forward import forward_jacobian
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
from edgewise.differentiate.sparse.sparsity import hessian_sparsity, jacobian_sparsity, sparse_hessian, sparse_jacobian
from edgewise.differentiate.wrt import Wrt, resolve_wrt

__all__ = [
    "ORDERS", "Count", "Derivative", "Elimination", "Item", "Ledger", "PathGraph", "Seed", "Step", "Table", "Wrt",
    "algorithm", "count_forward", "count_order", "count_reverse", "count_steps", "forward_jacobian",
    "from_gradient", "gradient", "hessian", "hessian_sparsity", "hvp", "jacobian", "jacobian_sparsity", "jvp",
    "markowitz", "once_more", "path_graph", "resolve_wrt", "result_places", "reverse_jacobian", "roles_of",
    "search_order", "search_steps", "smooth_gradient", "sparse_hessian", "sparse_jacobian", "tangent", "title",
    "vjp", "whole",
]  # fmt: skip
