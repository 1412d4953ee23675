"""The operation table: ONE ROW per operation, with all that mathematics knows of it.

Forward accumulation, back-propagation, evaluation, every target and every explanation read these rows. A row's
number in the table is the code stored in a graph's `ops` column.

Conventions at points where no derivative exists are stated in the row (`kinks`, `convention`) and tested:
the maximum shares a tie in halves, as JAX, PyTorch and SymPy do, `abs` and `relu` have slope 0 at 0, and steps
(`sign`, `floor`, comparisons) have no derivative anywhere, so they carry no edge.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from edgewise.errors import OperationError
from edgewise.ops import airy_formulas, density_formulas, elliptic_formulas, numeric, special_formulas, zeta_formulas
from edgewise.ops.op import Op, Refusal

__all__ = ["ALIASES", "CODE", "CONST", "INPUT", "N_BUILTIN", "OPS", "TABLE", "op_named", "rows_of"]


def _no_value(*_: Any) -> Any:
    raise OperationError("inputs and constants carry their value; they are not computed")


def _row(name: str, args: str, value: Callable[..., Any], *partials: str | None, doc: str, **facts: Any) -> Op:
    return Op(name, tuple(args.split()), value, partials, doc, **facts)


def _step(name: str, args: str, value: Callable[..., Any], doc: str, **facts: Any) -> Op:
    """An operation that is constant between jumps: its derivative is zero wherever it exists."""
    return _row(name, args, value, *([None] * len(args.split())), doc=doc, **facts)


def _written(name: str, args: str, *partials: str, computed: Any, doc: str, **facts: Any) -> Op:
    """An operation whose value is its formula."""

    def value(*given: Any) -> Any:
        from edgewise.ops.formula import computed_template  # the language of formulas reads this table

        given, c = (given[:-1], given[-1]) if OPS[name].parameter else (given, None)
        formula = computed_template(OPS[name], c)
        if formula is None:
            raise OperationError(f"{name} of the order {c} has no formula", hint="give it a smaller order")
        with np.errstate(all="ignore"):  # of branches that are not selected
            return formula.write(given, float, lambda op, values, c: op.value(*values, *([c] if op.parameter else [])))

    value.__name__ = name
    return _row(name, args, value, *partials, doc=doc, computed=computed, **facts)


_BEYOND_LOG: Final = "value NaN or infinite, the slope the quotient as written"

_NO_FORMULA: Final = Refusal("no closed form in the operations of the table")

TABLE: Final[tuple[Op, ...]] = (
    # --- leaves -------------------------------------------------------------------------------------------------
    _row("const", "", _no_value, doc="an exact or floating constant"),
    _row("input", "", _no_value, doc="an input u(1) … u(n_i)"),
    # --- arithmetic ---------------------------------------------------------------------------------------------
    _row("add", "x y", np.add, "1", "1", doc="x + y", symbol="+", commutative=True, rule=("sum rule",)),
    _row("sub", "x y", np.subtract, "1", "-1", doc="x - y", symbol="-", rule=("difference rule",), numpy="subtract"),
    _row("mul", "x y", np.multiply, "y", "x", doc="x · y", symbol="*", commutative=True, rule=("product rule",),
         numpy="multiply"),
    _row("div", "x y", np.divide, "1/y", "-out/y", doc="x / y", symbol="/", domain="y != 0", rule=("quotient rule",),
         numpy="divide true_divide"),
    _row("neg", "x", np.negative, "-1", doc="-x", symbol="-", rule=("constant factor rule",), numpy="negative"),
    _row("power", "x", numeric.power, "where(c == 1/2, 1/(2*out), c*x**(c - 1))", parameter="c",
         real_parameter=True, domain="power", rule=("power rule",),
         doc="x to a constant power c, exact where c is an integer or a fraction",
         of_squares="where(x == 0, 0, c*x**(c - 1))",
         convention="x**0 is 1 with derivative 0 everywhere, at 0 too; the slope of a root at 0 is +inf, but taken as 0"
         " at the zero of a sum of squares"),
    _row("pow", "x y", np.float_power,
         "where(x == 0 and y == 0, 0, y*x**(y - 1))", "where(x == 0 and y >= 0, 0, out*log(x))",
         doc="x to a variable power y", symbol="**", domain="x > 0 or (x == 0 and y > 0)", kinks="x == 0",
         rule=("power rule", "exponential rule"),
         convention="0**y has derivative 0 in y for y >= 0; x**0 has derivative 0 in x", numpy="power float_power"),
    # --- roots, exponentials, logarithms ------------------------------------------------------------------------
    _row("sqrt", "x", np.sqrt, "1/(2*out)", doc="square root", domain="x >= 0", range="nonnegative", kinks="x == 0",
         of_squares="where(out == 0, 0, 1/(2*out))",
         convention="the slope at 0 is +inf, the one-sided limit; at the zero of a sum of squares it is taken as 0",
         sympy="Sqrt"),
    _row("cbrt", "x", np.cbrt, "1/(3*out**2)", steep=True, doc="real cube root", kinks="x == 0",
         of_squares="where(out == 0, 0, 1/(3*out**2))",
         convention="the slope at 0 is +inf, the limit from both sides; at the zero of a sum of squares it is taken"
         " as 0", sympy="Cbrt", parity="odd"),
    _row("exp", "x", np.exp, "out", steep=True, doc="exponential", range="positive", latex="\\exp"),
    _row("expm1", "x", np.expm1, "exp(x)", steep=True, doc="exp(x) - 1 without cancellation", definition="exp(x) - 1"),
    _row("exp2", "x", np.exp2, "out*log(2)", steep=True, doc="2 to the power x", range="positive", definition="2**x"),
    _row("log", "x", np.log, "1/x", doc="natural logarithm", domain="x > 0", beyond=_BEYOND_LOG, also="ln",
         latex="\\log"),
    _row("log1p", "x", np.log1p, "1/(1 + x)", doc="log(1 + x) without cancellation", domain="x > -1",
         beyond=_BEYOND_LOG, definition="log(1 + x)"),
    _row("log2", "x", np.log2, "1/(x*log(2))", doc="logarithm to base 2", domain="x > 0",
         beyond=_BEYOND_LOG, definition="log(x)/log(2)"),
    _row("log10", "x", np.log10, "1/(x*log(10))", doc="logarithm to base 10", domain="x > 0",
         beyond=_BEYOND_LOG, definition="log(x)/log(10)"),
    # --- trigonometric ------------------------------------------------------------------------------------------
    _row("sin", "x", np.sin, "cos(x)", doc="sine, x in radians", latex="\\sin", parity="odd", bounded=True),
    _row("cos", "x", np.cos, "-sin(x)", doc="cosine, x in radians", latex="\\cos", parity="even", bounded=True),
    _row("tan", "x", np.tan, "1 + out*out", doc="tangent, x in radians", domain="cos(x) != 0", also="tg",
         latex="\\tan", parity="odd"),
    _row("asin", "x", np.arcsin, "1/sqrt((1 - x)*(1 + x))", doc="inverse sine", domain="x >= -1 and x <= 1",
         kinks="x == -1 or x == 1", convention="the slope at -1 and 1 is +inf, the one-sided limit", numpy="arcsin",
         parity="odd", bounded=True),
    _row("acos", "x", np.arccos, "-1/sqrt((1 - x)*(1 + x))", doc="inverse cosine", domain="x >= -1 and x <= 1",
         range="nonnegative", kinks="x == -1 or x == 1",
         convention="the slope at -1 and 1 is -inf, the one-sided limit", numpy="arccos", bounded=True),
    _row("atan", "x", np.arctan, "1/(1 + x**2)", doc="inverse tangent", numpy="arctan", also="arctg",
         parity="odd", bounded=True),
    _row("atan2", "y x", np.arctan2, "x/(x**2 + y**2)", "-y/(x**2 + y**2)", doc="angle of the point (x, y)",
         domain="x != 0 or y != 0", kinks="x == 0 and y == 0",
         convention="no derivative exists at (0, 0): it is NaN there", numpy="arctan2", bounded=True),
    _row("hypot", "x y", np.hypot, "where(out == 0, 0, x/out)", "where(out == 0, 0, y/out)",
         doc="sqrt(x² + y²) without overflow", commutative=True,
         steep=True, range="nonnegative", kinks="x == 0 and y == 0", definition="sqrt(x**2 + y**2)",
         convention="slope 0 at (0, 0), the middle of all directions"),
    _row("sinc", "x", numeric.by_source("sinc"), "-spherical_jn(1, x)", doc="sin(x)/x, 1 at 0 (unnormalised)",
         computed="where(x == 0, 1, sin(x)/x)", parity="even", bounded=True),
    _row("spherical_jn", "x", numeric.by_source("spherical_jn"),
         "(n*spherical_jn(n - 1, x) - (n + 1)*spherical_jn(n + 1, x))/(2*n + 1)",
         parameter="n", doc="spherical Bessel function of integer order n; sinc is the one of order 0", sympy="jn",
         computed=special_formulas.spherical_jn),
    # --- hyperbolic ---------------------------------------------------------------------------------------------
    _row("sinh", "x", np.sinh, "cosh(x)", steep=True, doc="hyperbolic sine", latex="\\sinh", parity="odd"),
    _row("cosh", "x", np.cosh, "sinh(x)", steep=True, doc="hyperbolic cosine", range="positive", latex="\\cosh",
         parity="even"),
    _row("tanh", "x", np.tanh, "1 - out*out", doc="hyperbolic tangent", latex="\\tanh", parity="odd", bounded=True),
    _row("asinh", "x", np.arcsinh, "1/sqrt(x**2 + 1)", doc="inverse hyperbolic sine", numpy="arcsinh", also="arsinh",
         parity="odd"),
    _row("acosh", "x", np.arccosh, "(x - 1)**(-1/2)/sqrt(x + 1)", doc="inverse hyperbolic cosine", domain="x >= 1",
         range="nonnegative", kinks="x == 1", convention="the slope at 1 is +inf, the one-sided limit",
         numpy="arccosh", also="arcosh"),
    _row("atanh", "x", np.arctanh, "1/sqrt((1 - x)*(1 + x))**2", doc="inverse hyperbolic tangent",
         domain="x > -1 and x < 1", numpy="arctanh", also="artanh", parity="odd"),
    # --- kinks and steps ----------------------------------------------------------------------------------------
    _row("abs", "x", np.abs, "sign(x)", doc="absolute value", range="nonnegative", kinks="x == 0",
         convention="slope 0 at 0, the middle of [-1, 1]", numpy="absolute fabs", sympy="Abs", parity="even"),
    _step("sign", "x", np.sign, "-1, 0 or 1", kinks="x == 0", convention="derivative 0 everywhere, at the jump too",
         also="sgn signum", computed="where(x > 0, 1, where(x < 0, -1, where(x == 0, 0, x)))",
         parity="odd", bounded=True),
    _row("min", "x y", np.minimum, "where(x == y, 1/2, heaviside(y - x))", "where(x == y, 1/2, heaviside(x - y))",
         doc="the smaller of two",
         commutative=True, kinks="x == y", convention="a tie gives each argument half the derivative",
         numpy="minimum", sympy="Min", computed="where(x < y or x != x, x, y)", latex="\\min"),
    _row("max", "x y", np.maximum, "where(x == y, 1/2, heaviside(x - y))", "where(x == y, 1/2, heaviside(y - x))",
         doc="the larger of two",
         commutative=True, kinks="x == y", convention="a tie gives each argument half the derivative",
         numpy="maximum", sympy="Max", computed="where(x > y or x != x, x, y)", latex="\\max"),
    _row("clip", "x low high", numeric.clip, "where(x >= low and x <= high, 1, 0)",
         "where(x < low and low <= high, 1, 0)", "where(x > high or low > high, 1, 0)",
         doc="min(max(x, low), high)", definition="min(max(x, low), high)",
         kinks="x == low or x == high or low == high", convention="on the boundary the derivative belongs to x",
         numpy="clip", computed="min(max(x, low), high)"),
    _row("relu", "x", numeric.relu, "where(x > 0, 1, 0)", doc="max(x, 0)", definition="max(x, 0)", range="nonnegative",
         kinks="x == 0", convention="slope 0 at 0", computed="max(x, 0)"),
    _step("heaviside", "x", numeric.heaviside, "0, 1/2 or 1: the unit step", range="nonnegative", kinks="x == 0",
          convention="value 1/2 at 0; derivative 0 everywhere, at the jump too", sympy="Heaviside",
         computed="where(x > 0, 1, where(x < 0, 0, where(x == 0, 1/2, x)))", bounded=True),
    _step("floor", "x", np.floor, "largest integer not above x", kinks="x == floor(x)",
          convention="derivative 0 everywhere, at the jumps too"),
    _step("ceil", "x", np.ceil, "smallest integer not below x", kinks="x == floor(x)",
          convention="derivative 0 everywhere, at the jumps too", sympy="ceiling"),
    _step("round", "x", np.rint, "nearest integer, halves to even", kinks="x - floor(x) == 1/2",
          convention="derivative 0 everywhere, at the jumps too", numpy="rint", scipy="round"),
    _row("mod", "x y", np.mod, "1", "-floor(x/y)", doc="x - y·floor(x/y), with the sign of y", symbol="%",
         domain="y != 0", beyond="the value is NaN, the slope in x stays 1", kinks="x/y == floor(x/y)",
         convention="at a jump the derivative of the piece on its right",
         numpy="remainder", sympy="Mod"),
    # --- truth --------------------------------------------------------------------------------------------------
    _step("lt", "x y", np.less, "x < y", symbol="<", boolean=True, numpy="less", sympy="StrictLessThan"),
    _step("le", "x y", np.less_equal, "x <= y", symbol="<=", boolean=True, numpy="less_equal", sympy="LessThan"),
    _step("gt", "x y", np.greater, "x > y", symbol=">", boolean=True, numpy="greater", sympy="StrictGreaterThan"),
    _step("ge", "x y", np.greater_equal, "x >= y", symbol=">=", boolean=True, numpy="greater_equal",
         sympy="GreaterThan"),
    _step("eq", "x y", np.equal, "x == y", symbol="==", boolean=True, commutative=True, numpy="equal",
         sympy="Equality"),
    _step("ne", "x y", np.not_equal, "x != y", symbol="!=", boolean=True, commutative=True, numpy="not_equal",
         sympy="Unequality"),
    _step("and", "x y", np.logical_and, "both", symbol="and", boolean=True, commutative=True,
         numpy="logical_and bitwise_and", sympy="And"),
    _step("or", "x y", np.logical_or, "at least one", symbol="or", boolean=True, commutative=True,
         numpy="logical_or bitwise_or", sympy="Or"),
    _step("not", "x", np.logical_not, "negation", symbol="not", boolean=True, numpy="logical_not invert", sympy="Not"),
    _row("where", "c x y", np.where, None, "where(c, 1, 0)", "where(c, 0, 1)", doc="x where c holds, else y",
         selects=True, kinks="boundary of c", rule=("selection",),
         convention="the derivative of the branch that c selects; the other branch contributes nothing, NaN included",
         sympy="ITE"),
    # --- error function, gamma function -------------------------------------------------------------------------
    _row("erf", "x", numeric.special("erf"), "2/sqrt(pi)*exp(-x**2)", doc="error function", scipy="erf",
         computed=special_formulas.ERF, parity="odd", bounded=True),
    _row("erfc", "x", numeric.special("erfc"), "-2/sqrt(pi)*exp(-x**2)", doc="1 - erf(x) without cancellation",
         range="positive", scipy="erfc",
         computed=special_formulas.ERFC, bounded=True),
    _row("erfinv", "x", numeric.special("erfinv"), "sqrt(pi)/2*exp(out**2)", doc="inverse error function",
         domain="x > -1 and x < 1", scipy="erfinv",
         computed=special_formulas.ERFINV, parity="odd"),
    _row("gamma", "x", numeric.special("gamma"), "out*digamma(x)", doc="gamma function",
         domain="x > 0 or x != floor(x)", scipy="gamma",
         computed=special_formulas.GAMMA),
    _row("lgamma", "x", numeric.by_source("lgamma"), "digamma(x)", doc="log of abs(gamma(x))",
         domain="x > 0 or x != floor(x)", scipy="gammaln loggamma", sympy="loggamma",
         computed=special_formulas.LGAMMA),
    _row("digamma", "x", numeric.special("digamma"), "polygamma(1, x)", doc="logarithmic derivative of gamma",
         domain="x > 0 or x != floor(x)", scipy="digamma psi",
         computed=special_formulas.DIGAMMA),
    _row("polygamma", "x", numeric.by_source("polygamma"), "polygamma(n + 1, x)", parameter="n", domain="x > 0",
         doc="n-th derivative of digamma, n a constant", scipy="polygamma",
         computed=special_formulas.polygamma),
    # --- smooth steps and maxima --------------------------------------------------------------------------------
    _row("sigmoid", "x", numeric.by_source("sigmoid"), "out*(1 - out)", doc="1/(1 + exp(-x)) without overflow",
         range="positive", definition="1/(1 + exp(-x))", scipy="expit", also="logistic", latex="\\sigma",
         computed="e = exp(-abs(x)); where(x >= 0, 1, e)/(1 + e)", bounded=True),
    _row("softplus", "x", numeric.softplus, "sigmoid(x)", doc="log(1 + exp(x)) without overflow", range="positive",
         definition="log(1 + exp(x))", computed="max(x, 0) + log1p(exp(-abs(x)))"),
    _row("logaddexp", "x y", np.logaddexp, "sigmoid(x - y)", "sigmoid(y - x)", commutative=True,
         doc="log(exp(x) + exp(y)) without overflow", definition="log(exp(x) + exp(y))",
         computed="where(x == y, x + log(2), max(x, y) + log1p(exp(-abs(x - y))))"),
    # --- reciprocals and inverses of hyperbolic functions, without overflow -----------------------------------------
    _written("sech", "x", "-out*tanh(x)", doc="hyperbolic secant", range="positive",
             computed="e = exp(-abs(x)); 2*e/(1 + e*e)", parity="even", bounded=True),
    _written("csch", "x", "-out*coth(x)", doc="hyperbolic cosecant", domain="x != 0",
             computed="e = exp(-abs(x)); where(abs(x) < 1, 1/sinh(x), 2*sign(x)*e/(1 - e*e))", parity="odd"),
    _written("coth", "x", "-csch(x)**2", doc="hyperbolic cotangent", domain="x != 0",
             computed="e = exp(-2*abs(x)); where(abs(x) < 1, 1/tanh(x), sign(x)*(1 + 2*e/(1 - e)))", parity="odd"),
    _written("asech", "x", "-1/sqrt(x)**2/sqrt((1 - x)*(1 + x))", doc="inverse hyperbolic secant", range="nonnegative",
             domain="x > 0 and x <= 1", kinks="x == 1", convention="the slope at 1 is -inf, the one-sided limit",
             computed="where(x < 1/2, log(1 + sqrt((1 - x)*(1 + x))) - log(x), 2*atanh(sqrt((1 - x)/(1 + x))))"),
    _written("acsch", "x", "-1/abs(x)/hypot(1, x)", doc="inverse hyperbolic cosecant", domain="x != 0",
             computed="where(abs(x) < 1/2, sign(x)*(log(1 + sqrt(1 + x*x)) - log(abs(x))), asinh(1/x))", parity="odd"),
    _written("acoth", "x", "-1/sqrt(abs(x) - 1)**2/(abs(x) + 1)", doc="inverse hyperbolic cotangent",
             domain="x < -1 or x > 1", computed="sign(x)*log1p(2/(abs(x) - 1))/2", parity="odd"),
    # --- logarithms without cancellation ------------------------------------------------------------------------------
    _written("log1mexp", "x", "-exp(x)/sqrt(-expm1(x))**2", doc="log(1 - exp(x)) without cancellation", domain="x < 0",
             computed="where(x > -log(2), log(-expm1(x)), log1p(-exp(x)))"),
    _written("logcosh", "x", "tanh(x)", doc="log(cosh(x)) without overflow", range="nonnegative",
             computed="where(abs(x) < 1, log1p(2*sinh(x/2)**2), abs(x) + log1p(exp(-2*abs(x))) - log(2))",
         parity="even"),
    _written("logit", "x", "1/sqrt(x)**2/sqrt(1 - x)**2",
             doc="log(x/(1 - x)), the inverse of sigmoid, without cancellation", domain="x > 0 and x < 1",
             definition="log(x/(1 - x))", computed="where(abs(x - 1/2) < 1/4, 2*atanh(2*x - 1), log(x/(1 - x)))"),
    _written("xlogy", "x y", "log(y)", "where(x == 0 and y == 0, 0, x/y)", doc="x·log(y), 0 where x is 0",
             domain="y > 0 or (x == 0 and y == 0)", beyond=_BEYOND_LOG, kinks="y == 0", definition="x*log(y)",
             convention="at (0, 0) the slope in x is -inf, the one-sided limit, and that in y is 0",
             computed="where(x == 0 and y == y, 0, x*log(y))"),
    _written("xlog1py", "x y", "log1p(y)", "where(x == 0 and y == -1, 0, x/(1 + y))",
             doc="x·log(1 + y), 0 where x is 0", domain="y > -1 or (x == 0 and y == -1)", beyond=_BEYOND_LOG,
             kinks="y == -1", definition="x*log1p(y)",
             convention="at (0, -1) the slope in x is -inf, the one-sided limit, and that in y is 0",
             computed="where(x == 0 and y == y, 0, x*log1p(y))"),
    # --- the inverse of x*exp(x) --------------------------------------------------------------------------------------
    _written("lambertw", "x", "1/(x + exp(out))", doc="Lambert's W, the solution w >= -1 of w*exp(w) = x",
             domain="x > -exp(-1)", sympy="LambertW", computed=special_formulas.LAMBERTW),
    _written("lambertwm1", "x", "1/(x + exp(out))", steep=True,
             doc="Lambert's W on the branch -1, the solution w <= -1 of w*exp(w) = x", domain="x > -exp(-1) and x < 0",
             computed=special_formulas.LAMBERTWM1),
    # --- complete elliptic integrals of the parameter m, the square of the modulus -----------------------------------
    _written("ellipk", "m", "(out - ellipd(m))/(2*(1 - m))", scipy="ellipk", sympy="elliptic_k", range="positive",
             doc="complete elliptic integral of the first kind, of the parameter m", domain="m < 1",
             computed=elliptic_formulas.ELLIPK),
    _written("ellipe", "m", "-ellipd(m)/2", scipy="ellipe", sympy="elliptic_e", range="positive",
             doc="complete elliptic integral of the second kind, of the parameter m", domain="m <= 1", kinks="m == 1",
             convention="the slope at 1 is -inf, the one-sided limit",
             computed=elliptic_formulas.ELLIPE),
    _written("ellipd", "m", elliptic_formulas.SLOPE_OF_D, range="positive", domain="m < 1",
             doc="(ellipk(m) - ellipe(m))/m without cancellation", computed=elliptic_formulas.ELLIPD),
    # --- incomplete gamma and beta functions ------------------------------------------------------------------------
    _row("gammainc", "a x", numeric.special("gammainc"), _NO_FORMULA, "where(a >= 0, gammapdf(a, x), out)",
         scipy="gammainc", doc="regularised lower incomplete gamma function P(a, x)", domain="a > 0 and x >= 0",
         range="nonnegative", kinks="x == 0", convention="the slope in x at 0 is the one-sided limit"),
    _row("gammaincc", "a x", numeric.special("gammaincc"), _NO_FORMULA, "where(a >= 0, -gammapdf(a, x), out)",
         scipy="gammaincc", doc="regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x)",
         domain="a > 0 and x >= 0",
         range="nonnegative", kinks="x == 0", convention="the slope in x at 0 is the one-sided limit"),
    _written("gammapdf", "a x", "out*(log(x) - digamma(a))",
             "where(x == 0, gammapdf(a - 1, x) - out, out*((a - 1)/where(x == 0, 1, x) - 1))",
             doc="density of the gamma distribution, x**(a - 1)*exp(-x)/gamma(a), without overflow",
             domain="a > 0 and x > 0", definition="x**(a - 1)*exp(-x)/gamma(a)",
             computed=density_formulas.GAMMAPDF),
    _row("betainc", "a b x", numeric.special("betainc"), _NO_FORMULA, _NO_FORMULA,
         "where(a > 0 and b > 0, betapdf(a, b, x), out)", scipy="betainc",
         doc="regularised incomplete beta function I_x(a, b)", domain="a > 0 and b > 0 and x >= 0 and x <= 1",
         range="nonnegative", kinks="x == 0 or x == 1", convention="the slope in x at 0 and 1 is the one-sided limit"),
    _written("betapdf", "a b x", "out*(log(x) + digamma(a + b) - digamma(a))",
             "out*(log1p(-x) + digamma(a + b) - digamma(b))", "out*((a - 1)/x - (b - 1)/(1 - x))",
             doc="density of the beta distribution, x**(a - 1)*(1 - x)**(b - 1)/B(a, b), without overflow",
             domain="a > 0 and b > 0 and x > 0 and x < 1", computed=density_formulas.BETAPDF),
    # --- Airy functions ----------------------------------------------------------------------------------------------
    _written("airyai", "x", "airyaiprime(x)", computed=airy_formulas.AIRYAI,
             doc="Airy function Ai, the solution of y'' = x*y that decays"),
    _written("airyaiprime", "x", "x*airyai(x)", steep=True, computed=airy_formulas.AIRYAIPRIME,
             doc="derivative of the Airy function Ai"),
    _written("airybi", "x", "airybiprime(x)", steep=True, computed=airy_formulas.AIRYBI,
             doc="Airy function Bi, the solution of y'' = x*y that grows"),
    _written("airybiprime", "x", "x*airybi(x)", steep=True, computed=airy_formulas.AIRYBIPRIME,
             doc="derivative of the Airy function Bi"),
    # --- Hurwitz's zeta function --------------------------------------------------------------------------------------
    _written("hurwitz_zeta", "s q", _NO_FORMULA, "where(s >= 1, -s*hurwitz_zeta(s + 1, q), out)", range="positive",
             doc="Hurwitz's zeta function, the sum of (q + k)**(-s) over k >= 0", domain="s > 1 and q > 0",
             computed=zeta_formulas.HURWITZ_ZETA),
    # --- Bessel functions of constant real order ----------------------------------------------------------------------
    _row("besselj", "x", numeric.by_source("besselj"),
         "where(n == 0, -besselj(1, x), (besselj(n - 1, x) - besselj(n + 1, x))/2)", parameter="n", scipy="jv",
         doc="Bessel function of the first kind, of real order n", real_parameter=True,
         domain="x > 0 or n == floor(n)"),
    _row("bessely", "x", numeric.by_source("bessely"),
         "where(n == 0, -bessely(1, x), (bessely(n - 1, x) - bessely(n + 1, x))/2)", parameter="n", scipy="yv yn",
         doc="Bessel function of the second kind, of real order n", real_parameter=True, domain="x > 0"),
    _row("besseli", "x", numeric.by_source("besseli"),
         "where(n == 0, besseli(1, x), (besseli(n - 1, x) + besseli(n + 1, x))/2)", parameter="n", scipy="iv",
         doc="modified Bessel function of the first kind, of real order n", real_parameter=True, steep=True,
         domain="x > 0 or n == floor(n)"),
    _row("besselk", "x", numeric.by_source("besselk"),
         "where(n == 0, -besselk(1, x), -(besselk(n - 1, x) + besselk(n + 1, x))/2)", parameter="n", scipy="kv kn",
         doc="modified Bessel function of the second kind, of real order n", real_parameter=True, domain="x > 0",
         range="positive"),
    # --- exponential integrals ----------------------------------------------------------------------------------------
    _row("expint", "x", numeric.by_source("expint"), "where(n == 0, -out*(1 + 1/x), -expint(n - 1, x))",
         parameter="n", scipy="expn", domain="x > 0", range="positive",
         doc="exponential integral E_n, the integral of exp(-x*t)/t**n over t >= 1"),
    _row("expi", "x", numeric.by_source("expi"), "exp(x)/x", scipy="expi", sympy="Ei", domain="x != 0",
         doc="exponential integral Ei, the principal value"),
    # --- scaled error functions ---------------------------------------------------------------------------------------
    _written("erfcx", "x", "-2*inerfcx(1, x)", doc="exp(x**2)*erfc(x) without overflow", range="positive", steep=True,
             scipy="erfcx", computed=special_formulas.ERFCX),
    _written("inerfcx", "x", "-2*(n + 1)*inerfcx(n + 1, x)", parameter="n", range="positive", steep=True,
             doc="exp(x**2) times the n-th repeated integral of erfc, n a constant; erfcx is the one of order 0",
             computed=special_formulas.inerfcx),
    _written("log_ndtr", "x", "sqrt(2/pi)/erfcx(-x/sqrt(2))", steep=True,
             doc="logarithm of the standard normal distribution function", computed=special_formulas.LOG_NDTR),
)  # fmt: skip

OPS: Final = MappingProxyType({op.name: op for op in TABLE})
CODE: Final = MappingProxyType({op.name: code for code, op in enumerate(TABLE)})
N_BUILTIN: Final = len(TABLE)
ALIASES: Final = MappingProxyType(
    {name: op.name for op in TABLE for name in op.names if name not in OPS or name == "power"}
)
"""Other names of the operations; `power` is a function of two arguments wherever it is called."""
CONST: Final = CODE["const"]
INPUT: Final = CODE["input"]


def op_named(name: str) -> Op:
    """The table's row of this name.

    >>> op_named("tanh").partials
    ('1 - out*out',)
    """
    try:
        return OPS[name]
    except KeyError:
        raise OperationError(
            f"there is no operation named {name!r}", hint="see edgewise.ops.TABLE, or define it with edgewise.op"
        ) from None


def _reduced(op: Op) -> Any:
    """A row of the table is that row wherever it is read again; only a user's operation carries its definition."""
    return op.__reduce__() if op.custom else (op_named, (op.name,))


copyreg.pickle(Op, _reduced)


def rows_of(functions: Mapping[str, Any] | None) -> dict[str, Op]:
    """The rows of a user's operations by name: rows themselves, or what `edgewise.op` returned."""
    rows = {}
    for name, function in (functions or {}).items():
        row = getattr(function, "op", function)
        if not isinstance(row, Op):
            raise OperationError(
                f"functions[{name!r}] is a {type(function).__name__}, not an operation",
                hint="define its value and partials with edgewise.op",
            )
        if name in OPS and row is not OPS[name]:
            raise OperationError(f"{name!r} is already an operation of the table", hint="choose another name")
        rows[name] = row
    return rows
