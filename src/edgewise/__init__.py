"""edgewise: a symbolic graph-to-graph differentiator.

An expression graph 𝒢 becomes a derivative graph ℬ that adds one derivative node for each edge of 𝒢.

>>> import edgewise as ew
>>> x, y = ew.symbols("x y")
>>> G = ew.graph(ew.exp(x * y) + ew.sin(x))
>>> B = G.gradient()
>>> len(B.edges)
6
>>> B.simplify().compile(backend="python")(0.0, 2.0)
(1.0, (3.0, 0.0))
"""

from edgewise.api import (
    DerivativeGraph,
    GradientCheck,
    Graph,
    LedgerEntry,
    check_gradient,
    grad,
    graph,
    hessian,
    jacobian,
    jit,
    op,
    parse,
    plot_sparsity,
    trace,
    value_and_grad,
    vmap,
)
from edgewise.errors import EdgewiseError
from edgewise.graph import FUNCTIONS, Expr, Tensor, symbols, tensor
from edgewise.graph.row_functions import ROW_FUNCTIONS
from edgewise.graph.same import same
from edgewise.graph.tensor_functions import (
    conv,
    eye,
    log_softmax,
    logsumexp,
    one_hot,
    ones,
    softmax,
    solve_triangular,
    zeros,
)
from edgewise.ops import PI as pi
from edgewise.ops import E as e

__version__ = "0.1.0"

__all__ = [
    "DerivativeGraph",
    "EdgewiseError",
    "Expr",
    "Graph",
    "GradientCheck",
    "LedgerEntry",
    "Tensor",
    "check_gradient",
    "conv",
    "e",
    "eye",
    "grad",
    "graph",
    "hessian",
    "jacobian",
    "jit",
    "log_softmax",
    "logsumexp",
    "one_hot",
    "ones",
    "op",
    "parse",
    "pi",
    "plot_sparsity",
    "same",
    "softmax",
    "solve_triangular",
    "symbols",
    "tensor",
    "trace",
    "value_and_grad",
    "vmap",
    "zeros",
    *FUNCTIONS,
    *(name for name in ROW_FUNCTIONS if name not in globals()),
]

# One function for each row of the tables; `__init__.pyi` says so to type checkers and editors. Those written above
# know arrays of scalars too.
globals().update({name: function for name, function in (FUNCTIONS | ROW_FUNCTIONS).items() if name not in globals()})
