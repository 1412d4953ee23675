"""What users hold: graphs, derivative graphs, and the functions that make them."""

from edgewise.api import representations as representations
from edgewise.api.check import GradientCheck, check_gradient
from edgewise.api.derivative_graph import DerivativeGraph
from edgewise.api.graph import Graph
from edgewise.api.ledger_view import LedgerEntry
from edgewise.api.transforms import grad, hessian, jacobian, jit, value_and_grad, vmap
from edgewise.api.ways_in import graph, op, parse, plot_sparsity, trace

__all__ = [
    "DerivativeGraph",
    "Graph",
    "GradientCheck",
    "LedgerEntry",
    "check_gradient",
    "grad",
    "graph",
    "hessian",
    "jacobian",
    "jit",
    "op",
    "parse",
    "plot_sparsity",
    "trace",
    "value_and_grad",
    "vmap",
]
