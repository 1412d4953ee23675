"""What users hold: graphs, derivative graphs, and the functions that make them."""

from edgewise.api.derivative import DerivativeGraph, LedgerEntry
from edgewise.api.functions import grad, graph, hessian, jacobian, op, parse, trace, value_and_grad
from edgewise.api.graph import Graph

__all__ = [
    "DerivativeGraph",
    "Graph",
    "LedgerEntry",
    "grad",
    "graph",
    "hessian",
    "jacobian",
    "op",
    "parse",
    "trace",
    "value_and_grad",
]
