"""What users hold: graphs, derivative graphs, and the functions that make them."""

from edgewise.api import representations as representations
from edgewise.api.check import GradientCheck, check_gradient
from edgewise.api.derivative import DerivativeGraph
from edgewise.api.functions import grad, graph, hessian, jacobian, op, parse, plot_sparsity, trace, value_and_grad
from edgewise.api.graph import Graph
from edgewise.api.ledger_view import LedgerEntry
from edgewise.api.tensor import TensorDerivative, TensorGraph

__all__ = [
    "DerivativeGraph",
    "Graph",
    "GradientCheck",
    "LedgerEntry",
    "TensorDerivative",
    "TensorGraph",
    "check_gradient",
    "grad",
    "graph",
    "hessian",
    "jacobian",
    "op",
    "parse",
    "plot_sparsity",
    "trace",
    "value_and_grad",
]
