"""From 𝒢 to ℬ: forward accumulation and back-propagation, written as graphs."""

from edgewise.differentiate.derivative import Derivative
from edgewise.differentiate.forward import forward_jacobian, jvp, tangent
from edgewise.differentiate.reverse import gradient, reverse_jacobian, vjp
from edgewise.differentiate.sweep import Ledger, Table
from edgewise.differentiate.wrt import Wrt, resolve_wrt

__all__ = [
    "Derivative",
    "Ledger",
    "Table",
    "Wrt",
    "forward_jacobian",
    "gradient",
    "jvp",
    "resolve_wrt",
    "reverse_jacobian",
    "tangent",
    "vjp",
]
