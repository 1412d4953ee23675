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
from edgewise.graph.same import same
from edgewise.graph.tensor_functions import (
    conv,
    eigenvectors,
    eye,
    log_softmax,
    logdet,
    logsumexp,
    one_hot,
    ones,
    softmax,
    solve_triangular,
    zeros,
)
from edgewise.ops import PI as pi
from edgewise.ops import E as e

abs = FUNCTIONS["abs"]
acos = FUNCTIONS["acos"]
acosh = FUNCTIONS["acosh"]
asin = FUNCTIONS["asin"]
asinh = FUNCTIONS["asinh"]
atan = FUNCTIONS["atan"]
atan2 = FUNCTIONS["atan2"]
atanh = FUNCTIONS["atanh"]
cbrt = FUNCTIONS["cbrt"]
ceil = FUNCTIONS["ceil"]
clip = FUNCTIONS["clip"]
cos = FUNCTIONS["cos"]
cosh = FUNCTIONS["cosh"]
digamma = FUNCTIONS["digamma"]
eq = FUNCTIONS["eq"]
erf = FUNCTIONS["erf"]
erfc = FUNCTIONS["erfc"]
erfinv = FUNCTIONS["erfinv"]
exp = FUNCTIONS["exp"]
exp2 = FUNCTIONS["exp2"]
expm1 = FUNCTIONS["expm1"]
floor = FUNCTIONS["floor"]
gamma = FUNCTIONS["gamma"]
heaviside = FUNCTIONS["heaviside"]
hypot = FUNCTIONS["hypot"]
lgamma = FUNCTIONS["lgamma"]
log = FUNCTIONS["log"]
log10 = FUNCTIONS["log10"]
log1p = FUNCTIONS["log1p"]
log2 = FUNCTIONS["log2"]
logaddexp = FUNCTIONS["logaddexp"]
max = FUNCTIONS["max"]
min = FUNCTIONS["min"]
mod = FUNCTIONS["mod"]
ne = FUNCTIONS["ne"]
polygamma = FUNCTIONS["polygamma"]
relu = FUNCTIONS["relu"]
round = FUNCTIONS["round"]
sigmoid = FUNCTIONS["sigmoid"]
sign = FUNCTIONS["sign"]
sin = FUNCTIONS["sin"]
sinc = FUNCTIONS["sinc"]
sinh = FUNCTIONS["sinh"]
softplus = FUNCTIONS["softplus"]
spherical_jn = FUNCTIONS["spherical_jn"]
sqrt = FUNCTIONS["sqrt"]
tan = FUNCTIONS["tan"]
tanh = FUNCTIONS["tanh"]
where = FUNCTIONS["where"]

__version__ = "0.1.0"

__all__ = [
    "DerivativeGraph",
    "EdgewiseError",
    "Expr",
    "Graph",
    "GradientCheck",
    "LedgerEntry",
    "Tensor",
    "abs",
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "cbrt",
    "ceil",
    "check_gradient",
    "clip",
    "conv",
    "cos",
    "cosh",
    "digamma",
    "e",
    "eigenvectors",
    "eq",
    "erf",
    "erfc",
    "erfinv",
    "exp",
    "exp2",
    "expm1",
    "eye",
    "floor",
    "gamma",
    "grad",
    "graph",
    "heaviside",
    "hessian",
    "hypot",
    "jacobian",
    "jit",
    "lgamma",
    "log",
    "log10",
    "log1p",
    "log2",
    "log_softmax",
    "logaddexp",
    "logdet",
    "logsumexp",
    "max",
    "min",
    "mod",
    "ne",
    "one_hot",
    "ones",
    "op",
    "parse",
    "pi",
    "plot_sparsity",
    "polygamma",
    "relu",
    "round",
    "same",
    "sigmoid",
    "sign",
    "sin",
    "sinc",
    "sinh",
    "softmax",
    "softplus",
    "solve_triangular",
    "spherical_jn",
    "sqrt",
    "symbols",
    "tan",
    "tanh",
    "tensor",
    "trace",
    "value_and_grad",
    "vmap",
    "where",
    "zeros",
]
