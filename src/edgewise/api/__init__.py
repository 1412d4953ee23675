"""What users hold: graphs, derivative graphs, and the functions that make them."""

from edgewise.api.check import GradientCheck, check_gradient
from edgewise.api.derivative import DerivativeGraph, LedgerEntry
from edgewise.api.functions import grad, graph, hessian, jacobian, op, parse, plot_sparsity, trace, value_and_grad
from edgewise.api.graph import Graph
from edgewise.api.tensor import TensorDerivative, TensorGraph
from edgewise.graph import Expr

# A notebook shows an expression as its graph's formula; the room of expressions knows nothing of LaTeX.
setattr(Expr, "_repr_latex_", lambda self: graph(self)._repr_latex_())  # noqa: B010

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
