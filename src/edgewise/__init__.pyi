# python docs/make_pages.py writes what stands in this file: the names in `__init__.py`, the rows of `ops`.

from typing import Any

from edgewise.api.check import GradientCheck as GradientCheck
from edgewise.api.check import check_gradient as check_gradient
from edgewise.api.compare import Comparison as Comparison
from edgewise.api.compare import compare as compare
from edgewise.api.derivative_graph import DerivativeGraph as DerivativeGraph
from edgewise.api.graph import Graph as Graph
from edgewise.api.ledger_view import LedgerEntry as LedgerEntry
from edgewise.api.transforms import grad as grad
from edgewise.api.transforms import hessian as hessian
from edgewise.api.transforms import jacobian as jacobian
from edgewise.api.transforms import jit as jit
from edgewise.api.transforms import value_and_grad as value_and_grad
from edgewise.api.transforms import vmap as vmap
from edgewise.api.ways_in import graph as graph
from edgewise.api.ways_in import op as op
from edgewise.api.ways_in import parse as parse
from edgewise.api.ways_in import parse_latex as parse_latex
from edgewise.api.ways_in import plot_sparsity as plot_sparsity
from edgewise.api.ways_in import trace as trace
from edgewise.errors import EdgewiseError as EdgewiseError
from edgewise.graph import Expr as Expr
from edgewise.graph import Tensor as Tensor
from edgewise.graph import symbols as symbols
from edgewise.graph import tensor as tensor
from edgewise.graph.arrays.same import same as same
from edgewise.graph.tensors.fourier import fft as fft
from edgewise.graph.tensors.fourier import ifft as ifft
from edgewise.graph.tensors.fourier import irfft as irfft
from edgewise.graph.tensors.fourier import rfft as rfft
from edgewise.graph.tensors.tensor_functions import conv as conv
from edgewise.graph.tensors.tensor_functions import eye as eye
from edgewise.graph.tensors.tensor_functions import log_softmax as log_softmax
from edgewise.graph.tensors.tensor_functions import logsumexp as logsumexp
from edgewise.graph.tensors.tensor_functions import one_hot as one_hot
from edgewise.graph.tensors.tensor_functions import ones as ones
from edgewise.graph.tensors.tensor_functions import softmax as softmax
from edgewise.graph.tensors.tensor_functions import solve_triangular as solve_triangular
from edgewise.graph.tensors.tensor_functions import zeros as zeros
from edgewise.ops import PI as pi
from edgewise.ops import E as e

__all__ = [
    "Comparison",
    "DerivativeGraph",
    "EdgewiseError",
    "Expr",
    "GradientCheck",
    "Graph",
    "LedgerEntry",
    "Tensor",
    "abs",
    "acos",
    "acosh",
    "acoth",
    "acsch",
    "add",
    "adjugate",
    "airyai",
    "airyaiprime",
    "airybi",
    "airybiprime",
    "amax",
    "amin",
    "argsort",
    "asech",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "besseli",
    "besselie",
    "besselj",
    "besselk",
    "besselke",
    "bessely",
    "betainc",
    "betapdf",
    "cbrt",
    "ceil",
    "check_gradient",
    "cholesky",
    "clip",
    "compare",
    "conv",
    "cos",
    "cosh",
    "coshint",
    "cosine_sums",
    "cosint",
    "coth",
    "csch",
    "cumprod",
    "cumsum",
    "dawsn",
    "det",
    "digamma",
    "div",
    "e",
    "eigenvectors",
    "eigvalsh",
    "ellipd",
    "ellipe",
    "ellipeinc",
    "ellipk",
    "ellipkinc",
    "eq",
    "erf",
    "erfc",
    "erfcx",
    "erfi",
    "erfinv",
    "exp",
    "exp2",
    "expi",
    "expint",
    "expm",
    "expm1",
    "expmoment",
    "exprel",
    "expsq",
    "eye",
    "fft",
    "floor",
    "fresnelc",
    "fresnels",
    "gamma",
    "gammainc",
    "gammaincc",
    "gammapdf",
    "ge",
    "grad",
    "graph",
    "gt",
    "heaviside",
    "hessian",
    "hurwitz_zeta",
    "hypot",
    "ifft",
    "inerfcx",
    "inv",
    "irfft",
    "jacobian",
    "jit",
    "lambertw",
    "lambertwm1",
    "le",
    "left_vectors",
    "lgamma",
    "log",
    "log10",
    "log1mexp",
    "log1p",
    "log2",
    "log_ndtr",
    "log_softmax",
    "logaddexp",
    "logcosh",
    "logdet",
    "logit",
    "logsumexp",
    "lt",
    "max",
    "min",
    "mod",
    "mul",
    "ne",
    "neg",
    "norm",
    "one_hot",
    "ones",
    "op",
    "parse",
    "parse_latex",
    "pi",
    "pinv",
    "plot_sparsity",
    "polygamma",
    "pow",
    "prod",
    "recurrence",
    "relu",
    "rfft",
    "right_vectors",
    "round",
    "running_argmax",
    "same",
    "searchsorted",
    "sech",
    "sigmoid",
    "sign",
    "sin",
    "sinc",
    "sine_sums",
    "singular_values",
    "sinh",
    "sinhint",
    "sinint",
    "softmax",
    "softplus",
    "solve_triangular",
    "sort",
    "spherical_jn",
    "sqrt",
    "sub",
    "symbols",
    "tan",
    "tanh",
    "tensor",
    "trace",
    "tril",
    "triu",
    "unit",
    "value_and_grad",
    "vmap",
    "where",
    "xlog1py",
    "xlogy",
    "zeros",
]

__version__: str

def abs(x: Any, /) -> Any:
    """absolute value; slope 0 at 0, the middle of [-1, 1]."""

def acos(x: Any, /) -> Any:
    """inverse cosine; the slope at -1 and 1 is -inf, the one-sided limit."""

def acosh(x: Any, /) -> Any:
    """inverse hyperbolic cosine; the slope at 1 is +inf, the one-sided limit."""

def acoth(x: Any, /) -> Any:
    """inverse hyperbolic cotangent."""

def acsch(x: Any, /) -> Any:
    """inverse hyperbolic cosecant."""

def add(x: Any, y: Any, /) -> Any:
    """x + y."""

def adjugate(x: Any) -> Any:
    """the adjugate: det(x)*inv(x), and its limit where x is singular."""

def airyai(x: Any, /) -> Any:
    """Airy function Ai, the solution of y'' = x*y that decays."""

def airyaiprime(x: Any, /) -> Any:
    """derivative of the Airy function Ai."""

def airybi(x: Any, /) -> Any:
    """Airy function Bi, the solution of y'' = x*y that grows."""

def airybiprime(x: Any, /) -> Any:
    """derivative of the Airy function Bi."""

def amax(*args: Any, **options: Any) -> Any:
    """the largest entry over axes; entries that tie share the derivative equally: `numpy.max`, with its arguments."""

def amin(*args: Any, **options: Any) -> Any:
    """the smallest entry over axes; entries that tie share the derivative equally: `numpy.min`, with its arguments."""

def argsort(*args: Any, **options: Any) -> Any:
    """the places of the entries of an axis, ascending: `numpy.argsort`, with its arguments."""

def asech(x: Any, /) -> Any:
    """inverse hyperbolic secant; the slope at 1 is -inf, the one-sided limit."""

def asin(x: Any, /) -> Any:
    """inverse sine; the slope at -1 and 1 is +inf, the one-sided limit."""

def asinh(x: Any, /) -> Any:
    """inverse hyperbolic sine."""

def atan(x: Any, /) -> Any:
    """inverse tangent."""

def atan2(y: Any, x: Any, /) -> Any:
    """angle of the point (x, y); no derivative exists at (0, 0): it is NaN there."""

def atanh(x: Any, /) -> Any:
    """inverse hyperbolic tangent."""

def besseli(n: Any, x: Any, /) -> Any:
    """modified Bessel function of the first kind, of real order n."""

def besselie(n: Any, x: Any, /) -> Any:
    """besseli(n, x)*exp(-abs(x)) without overflow; at 0 the middle of the slopes from both sides."""

def besselj(n: Any, x: Any, /) -> Any:
    """Bessel function of the first kind, of real order n."""

def besselk(n: Any, x: Any, /) -> Any:
    """modified Bessel function of the second kind, of real order n."""

def besselke(n: Any, x: Any, /) -> Any:
    """besselk(n, x)*exp(x) without underflow."""

def bessely(n: Any, x: Any, /) -> Any:
    """Bessel function of the second kind, of real order n."""

def betainc(a: Any, b: Any, x: Any, /) -> Any:
    """regularised incomplete beta function I_x(a, b); the slope in x at 0 and 1 is the one-sided limit."""

def betapdf(a: Any, b: Any, x: Any, /) -> Any:
    """density of the beta distribution, x**(a - 1)*(1 - x)**(b - 1)/B(a, b), without overflow."""

def cbrt(x: Any, /) -> Any:
    """real cube root; the slope at 0 is +inf, the limit from both sides; at the zero of a sum of squares it is taken as
    0."""

def ceil(x: Any, /) -> Any:
    """smallest integer not below x; derivative 0 everywhere, at the jumps too."""

def cholesky(*args: Any, **options: Any) -> Any:
    """the lower triangular L with L @ L.T = x: `numpy.linalg.cholesky`, with its arguments."""

def clip(x: Any, low: Any, high: Any, /) -> Any:
    """min(max(x, low), high); on the boundary the derivative belongs to x."""

def cos(x: Any, /) -> Any:
    """cosine, x in radians."""

def cosh(x: Any, /) -> Any:
    """hyperbolic cosine."""

def coshint(x: Any, /) -> Any:
    """hyperbolic cosine integral Chi."""

def cosine_sums(x: Any, axis: Any = -1) -> Any:
    """the sums of x[j]*cos(2*pi*j*k/n) along an axis: the real part of its Fourier transform."""

def cosint(x: Any, /) -> Any:
    """cosine integral Ci, the integral of cos(t)/t from infinity."""

def coth(x: Any, /) -> Any:
    """hyperbolic cotangent."""

def csch(x: Any, /) -> Any:
    """hyperbolic cosecant."""

def cumprod(*args: Any, **options: Any) -> Any:
    """running products along an axis: `numpy.cumprod`, with its arguments."""

def cumsum(*args: Any, **options: Any) -> Any:
    """running sums along an axis: `numpy.cumsum`, with its arguments."""

def dawsn(x: Any, /) -> Any:
    """Dawson's function, exp(-x**2) times the integral of exp(t**2) from 0."""

def det(*args: Any, **options: Any) -> Any:
    """the determinant: `numpy.linalg.det`, with its arguments."""

def digamma(x: Any, /) -> Any:
    """logarithmic derivative of gamma."""

def div(x: Any, y: Any, /) -> Any:
    """x / y."""

def eigenvectors(x: Any) -> Any:
    """the eigenvectors of a symmetric matrix, as columns."""

def eigvalsh(*args: Any, **options: Any) -> Any:
    """the eigenvalues of a symmetric matrix, ascending: `numpy.linalg.eigvalsh`, with its arguments."""

def ellipd(m: Any, /) -> Any:
    """(ellipk(m) - ellipe(m))/m without cancellation."""

def ellipe(m: Any, /) -> Any:
    """complete elliptic integral of the second kind, of the parameter m; the slope at 1 is -inf, the one-sided
    limit."""

def ellipeinc(phi: Any, m: Any, /) -> Any:
    """incomplete elliptic integral of the second kind, of the angle phi and the parameter m."""

def ellipk(m: Any, /) -> Any:
    """complete elliptic integral of the first kind, of the parameter m."""

def ellipkinc(phi: Any, m: Any, /) -> Any:
    """incomplete elliptic integral of the first kind, of the angle phi and the parameter m."""

def eq(x: Any, y: Any, /) -> Any:
    """x == y."""

def erf(x: Any, /) -> Any:
    """error function."""

def erfc(x: Any, /) -> Any:
    """1 - erf(x) without cancellation."""

def erfcx(x: Any, /) -> Any:
    """exp(x**2)*erfc(x) without overflow."""

def erfi(x: Any, /) -> Any:
    """imaginary error function, -i*erf(i*x)."""

def erfinv(x: Any, /) -> Any:
    """inverse error function."""

def exp(x: Any, /) -> Any:
    """exponential."""

def exp2(x: Any, /) -> Any:
    """2 to the power x."""

def expi(x: Any, /) -> Any:
    """exponential integral Ei, the principal value."""

def expint(n: Any, x: Any, /) -> Any:
    """exponential integral E_n, the integral of exp(-x*t)/t**n over t >= 1."""

def expm(x: Any) -> Any:
    """the exponential of a matrix."""

def expm1(x: Any, /) -> Any:
    """exp(x) - 1 without cancellation."""

def expmoment(k: Any, x: Any, /) -> Any:
    """k-th derivative of exprel, the integral of t**k*exp(x*t) over t from 0 to 1, k a constant."""

def exprel(x: Any, /) -> Any:
    """(exp(x) - 1)/x, 1 at 0."""

def expsq(c: Any, x: Any, /) -> Any:
    """exp(c*x**2) with the digits of x where the exponent is large."""

def floor(x: Any, /) -> Any:
    """largest integer not above x; derivative 0 everywhere, at the jumps too."""

def fresnelc(x: Any, /) -> Any:
    """Fresnel integral C, the integral of cos(pi*t**2/2) from 0."""

def fresnels(x: Any, /) -> Any:
    """Fresnel integral S, the integral of sin(pi*t**2/2) from 0."""

def gamma(x: Any, /) -> Any:
    """gamma function."""

def gammainc(a: Any, x: Any, /) -> Any:
    """regularised lower incomplete gamma function P(a, x); the slope in x at 0 is the one-sided limit."""

def gammaincc(a: Any, x: Any, /) -> Any:
    """regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x); the slope in x at 0 is the one-sided limit."""

def gammapdf(a: Any, x: Any, /) -> Any:
    """density of the gamma distribution, x**(a - 1)*exp(-x)/gamma(a), without overflow."""

def ge(x: Any, y: Any, /) -> Any:
    """x >= y."""

def gt(x: Any, y: Any, /) -> Any:
    """x > y."""

def heaviside(x: Any, /) -> Any:
    """0, 1/2 or 1: the unit step; value 1/2 at 0; derivative 0 everywhere, at the jump too."""

def hurwitz_zeta(s: Any, q: Any, /) -> Any:
    """Hurwitz's zeta function, the sum of (q + k)**(-s) over k >= 0."""

def hypot(x: Any, y: Any, /) -> Any:
    """sqrt(x² + y²) without overflow; slope 0 at (0, 0), the middle of all directions."""

def inerfcx(n: Any, x: Any, /) -> Any:
    """exp(x**2) times the n-th repeated integral of erfc, n a constant; erfcx is the one of order 0."""

def inv(*args: Any, **options: Any) -> Any:
    """the inverse matrix: `numpy.linalg.inv`, with its arguments."""

def lambertw(x: Any, /) -> Any:
    """Lambert's W, the solution w >= -1 of w*exp(w) = x."""

def lambertwm1(x: Any, /) -> Any:
    """Lambert's W on the branch -1, the solution w <= -1 of w*exp(w) = x."""

def le(x: Any, y: Any, /) -> Any:
    """x <= y."""

def left_vectors(x: Any) -> Any:
    """the left singular vectors, as columns."""

def lgamma(x: Any, /) -> Any:
    """log of abs(gamma(x))."""

def log(x: Any, /) -> Any:
    """natural logarithm."""

def log10(x: Any, /) -> Any:
    """logarithm to base 10."""

def log1mexp(x: Any, /) -> Any:
    """log(1 - exp(x)) without cancellation."""

def log1p(x: Any, /) -> Any:
    """log(1 + x) without cancellation."""

def log2(x: Any, /) -> Any:
    """logarithm to base 2."""

def log_ndtr(x: Any, /) -> Any:
    """logarithm of the standard normal distribution function."""

def logaddexp(x: Any, y: Any, /) -> Any:
    """log(exp(x) + exp(y)) without overflow."""

def logcosh(x: Any, /) -> Any:
    """log(cosh(x)) without overflow."""

def logdet(x: Any) -> Any:
    """log of abs(det(x))."""

def logit(x: Any, /) -> Any:
    """log(x/(1 - x)), the inverse of sigmoid, without cancellation."""

def lt(x: Any, y: Any, /) -> Any:
    """x < y."""

def max(x: Any, y: Any, /) -> Any:
    """the larger of two; a tie gives each argument half the derivative."""

def min(x: Any, y: Any, /) -> Any:
    """the smaller of two; a tie gives each argument half the derivative."""

def mod(x: Any, y: Any, /) -> Any:
    """x - y·floor(x/y), with the sign of y; at a jump the derivative of the piece on its right."""

def mul(x: Any, y: Any, /) -> Any:
    """x · y."""

def ne(x: Any, y: Any, /) -> Any:
    """x != y."""

def neg(x: Any, /) -> Any:
    """-x."""

def norm(*args: Any, **options: Any) -> Any:
    """the Euclidean (Frobenius) norm over axes; the derivative at 0 is 0, the least subgradient: `numpy.linalg.norm`,
    with its arguments."""

def pinv(*args: Any, **options: Any) -> Any:
    """the Moore–Penrose inverse: `numpy.linalg.pinv`, with its arguments."""

def polygamma(n: Any, x: Any, /) -> Any:
    """n-th derivative of digamma, n a constant."""

def pow(x: Any, y: Any, /) -> Any:
    """x to a variable power y; 0**y has derivative 0 in y for y >= 0; x**0 has derivative 0 in x."""

def prod(*args: Any, **options: Any) -> Any:
    """the product of the entries of an axis: `numpy.prod`, with its arguments."""

def recurrence(a: Any, b: Any, axis: Any = -1, reverse: Any = False) -> Any:
    """y[i] = a[i]*y[i-1] + b[i] along an axis."""

def relu(x: Any, /) -> Any:
    """max(x, 0); slope 0 at 0."""

def right_vectors(x: Any) -> Any:
    """the right singular vectors, as columns."""

def round(x: Any, /) -> Any:
    """nearest integer, halves to even; derivative 0 everywhere, at the jumps too."""

def running_argmax(x: Any, axis: Any = -1) -> Any:
    """along an axis, the place of the largest entry so far."""

def searchsorted(*args: Any, **options: Any) -> Any:
    """the places in an ascending array before which values stand: `numpy.searchsorted`, with its arguments."""

def sech(x: Any, /) -> Any:
    """hyperbolic secant."""

def sigmoid(x: Any, /) -> Any:
    """1/(1 + exp(-x)) without overflow."""

def sign(x: Any, /) -> Any:
    """-1, 0 or 1; derivative 0 everywhere, at the jump too."""

def sin(x: Any, /) -> Any:
    """sine, x in radians."""

def sinc(x: Any, /) -> Any:
    """sin(x)/x, 1 at 0 (unnormalised)."""

def sine_sums(x: Any, axis: Any = -1) -> Any:
    """the sums of x[j]*sin(2*pi*j*k/n) along an axis: minus the imaginary part of its Fourier transform."""

def singular_values(*args: Any, **options: Any) -> Any:
    """the singular values, descending: `numpy.linalg.svdvals`, with its arguments."""

def sinh(x: Any, /) -> Any:
    """hyperbolic sine."""

def sinhint(x: Any, /) -> Any:
    """hyperbolic sine integral Shi, the integral of sinh(t)/t from 0."""

def sinint(x: Any, /) -> Any:
    """sine integral Si, the integral of sin(t)/t from 0."""

def softplus(x: Any, /) -> Any:
    """log(1 + exp(x)) without overflow."""

def sort(*args: Any, **options: Any) -> Any:
    """the entries of an axis, ascending; equal entries keep their order: `numpy.sort`, with its arguments."""

def spherical_jn(n: Any, x: Any, /) -> Any:
    """spherical Bessel function of integer order n; sinc is the one of order 0."""

def sqrt(x: Any, /) -> Any:
    """square root; the slope at 0 is +inf, the one-sided limit; at the zero of a sum of squares it is taken as 0."""

def sub(x: Any, y: Any, /) -> Any:
    """x - y."""

def tan(x: Any, /) -> Any:
    """tangent, x in radians."""

def tanh(x: Any, /) -> Any:
    """hyperbolic tangent."""

def tril(*args: Any, **options: Any) -> Any:
    """the lower triangle: `numpy.tril`, with its arguments."""

def triu(*args: Any, **options: Any) -> Any:
    """the upper triangle: `numpy.triu`, with its arguments."""

def unit(x: Any, axis: Any = None) -> Any:
    """x over its norm along axes; value and derivative are 0 where x is 0."""

def where(c: Any, x: Any, y: Any, /) -> Any:
    """x where c holds, else y; the derivative of the branch that c selects; the other branch contributes nothing, NaN
    included."""

def xlog1py(x: Any, y: Any, /) -> Any:
    """x·log(1 + y), 0 where x is 0; at (0, -1) the slope in x is -inf, the one-sided limit, and that in y is 0."""

def xlogy(x: Any, y: Any, /) -> Any:
    """x·log(y), 0 where x is 0; at (0, 0) the slope in x is -inf, the one-sided limit, and that in y is 0."""
