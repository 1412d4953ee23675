"""From 𝒢 to ℬ: forward accumulation and back-propagation, written as graphs."""

from edgewise.differentiate.derivative import Derivative
from edgewise.differentiate.forward import forward_jacobian, tangent
from edgewise.differentiate.ledger import Ledger, Seed, Table
from edgewise.differentiate.reverse import gradient, reverse_jacobian
from edgewise.differentiate.second import hessian, hvp, jacobian, jvp, vjp
from edgewise.differentiate.sparsity import hessian_sparsity, jacobian_sparsity, sparse_hessian, sparse_jacobian
from edgewise.differentiate.wrt import Wrt, resolve_wrt

__all__ = [
    "Derivative",
    "Ledger",
    "Seed",
    "Table",
    "Wrt",
    "forward_jacobian",
    "gradient",
    "hessian",
    "hessian_sparsity",
    "hvp",
    "jacobian",
    "jacobian_sparsity",
    "jvp",
    "resolve_wrt",
    "reverse_jacobian",
    "sparse_hessian",
    "sparse_jacobian",
    "tangent",
    "vjp",
]
