"""The rows of the special functions, of which the operation table has the others."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from edgewise.errors import OperationError
from edgewise.ops import (
    airy_formulas,
    density_formulas,
    elliptic_formulas,
    integral_formulas,
    moment_formulas,
    numeric,
    scaled_bessel,
    special_formulas,
    zeta_formulas,
)
from edgewise.ops.op import BEYOND_LOG as _BEYOND_LOG
from edgewise.ops.op import Op, Refusal
from edgewise.ops.op import row as _row

__all__ = ["SPECIAL_ROWS"]


def _written(name: str, args: str, *partials: Any, computed: Any, doc: str, **facts: Any) -> Op:
    """An operation whose value is its formula."""

    def value(*given: Any) -> Any:
        from edgewise.ops.formula import computed_template  # the language of formulas reads this table

        given, c = (given[:-1], given[-1]) if op.parameter else (given, None)
        formula = computed_template(op, c)
        if formula is None:
            raise OperationError(f"{name} of the order {c} has no formula", hint="give it a smaller order")
        with np.errstate(all="ignore"):  # of branches that are not selected
            return formula.write(given, float, lambda op, values, c: op.value(*values, *([c] if op.parameter else [])))

    value.__name__ = name
    op = _row(name, args, value, *partials, doc=doc, computed=computed, **facts)
    return op


_NO_FORMULA: Final = Refusal("no closed form in the operations of the table")

SPECIAL_ROWS: Final[tuple[Op, ...]] = (
    # --- error function, gamma function -------------------------------------------------------------------------
    _row("erf", "x", numeric.special("erf"), "2/sqrt(pi)*expsq(-1, x)", doc="error function", scipy="erf",
         computed=special_formulas.ERF, parity="odd", bounded=True),
    _row("erfc", "x", numeric.special("erfc"), "-2/sqrt(pi)*expsq(-1, x)", doc="1 - erf(x) without cancellation",
         range="positive", scipy="erfc",
         computed=special_formulas.ERFC, bounded=True),
    _row("erfinv", "x", numeric.special("erfinv"), "sqrt(pi)/2*expsq(1, out)", doc="inverse error function",
         domain="x > -1 and x < 1", scipy="erfinv",
         computed=special_formulas.ERFINV, parity="odd"),
    _row("gamma", "x", numeric.special("gamma"), "out*digamma(x)", doc="gamma function",
         domain="x > 0 or x != floor(x)", scipy="gamma",
         computed=special_formulas.GAMMA),
    _row("lgamma", "x", numeric.by_source("lgamma"), "digamma(x)", doc="log of abs(gamma(x))",
         domain="x > 0 or x != floor(x)", scipy="gammaln loggamma", sympy="loggamma",
         computed=special_formulas.LGAMMA),
    _row("digamma", "x", numeric.by_source("digamma"), "polygamma(1, x)", doc="logarithmic derivative of gamma",
         domain="x > 0 or x != floor(x)", scipy="digamma psi",
         computed=special_formulas.DIGAMMA),
    _row("polygamma", "x", numeric.by_source("polygamma"), "polygamma(n + 1, x)", parameter="n", domain="x > 0",
         doc="n-th derivative of digamma, n a constant", scipy="polygamma",
         computed=special_formulas.polygamma),
    # --- smooth steps and maxima --------------------------------------------------------------------------------
    _row("sigmoid", "x", numeric.by_source("sigmoid"), "out*sigmoid(-x)", doc="1/(1 + exp(-x)) without overflow",
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
    _written("coth", "x", "-(csch(x)*csch(x))", doc="hyperbolic cotangent", domain="x != 0",
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
    # --- quotients that are 0/0 at 0 ----------------------------------------------------------------------------------
    _written("exprel", "x", "expmoment(1, x)", steep=True, doc="(exp(x) - 1)/x, 1 at 0", range="positive",
             computed=moment_formulas.EXPREL),
    _written("expmoment", "x", "expmoment(k + 1, x)", parameter="k", steep=True, range="positive",
             doc="k-th derivative of exprel, the integral of t**k*exp(x*t) over t from 0 to 1, k a constant",
             computed=moment_formulas.expmoment),
    # --- the inverse of x*exp(x) ------------------------------------------------------------------------------------
    _written("lambertw", "x", special_formulas.SLOPE_OF_LAMBERTW,
             doc="Lambert's W, the solution w >= -1 of w*exp(w) = x", domain="x > -exp(-1)", sympy="LambertW",
             computed=special_formulas.LAMBERTW),
    _written("lambertwm1", "x", special_formulas.SLOPE_OF_LAMBERTWM1, steep=True,
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
    # --- incomplete elliptic integrals -----------------------------------------------------------------------------
    _written("ellipkinc", "phi m", f"where(abs(out) < inf, 1/sqrt({elliptic_formulas.DELTA}), out)",
             elliptic_formulas.SLOPE_OF_KINC, sympy="elliptic_f",
             doc="incomplete elliptic integral of the first kind, of the angle phi and the parameter m",
             domain="m*sin(phi)**2 < 1 and (m < 1 or abs(phi) < pi/2)", computed=elliptic_formulas.ELLIPKINC),
    _written("ellipeinc", "phi m", f"where(abs(out) < inf, sqrt({elliptic_formulas.DELTA}), out)",
             elliptic_formulas.SLOPE_OF_EINC,
             doc="incomplete elliptic integral of the second kind, of the angle phi and the parameter m",
             domain="m*sin(phi)**2 < 1 and (m <= 1 or abs(phi) < pi/2)", computed=elliptic_formulas.ELLIPEINC),
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
    _row("besselie", "x", numeric.by_source("besselie"), scaled_bessel.slope_of_besselie, parameter="n", scipy="ive",
         doc="besseli(n, x)*exp(-abs(x)) without overflow", real_parameter=True, domain="x > 0 or n == floor(n)",
         kinks="x == 0", convention="at 0 the middle of the slopes from both sides"),
    _row("besselke", "x", numeric.by_source("besselke"), scaled_bessel.slope_of_besselke, parameter="n", scipy="kve",
         doc="besselk(n, x)*exp(x) without underflow", real_parameter=True, domain="x > 0", range="positive"),
    # --- exponential integrals ----------------------------------------------------------------------------------------
    _row("expint", "x", numeric.by_source("expint"), "where(n == 0, -out*(1 + 1/x), -expint(n - 1, x))",
         parameter="n", scipy="expn", domain="x > 0", range="positive",
         doc="exponential integral E_n, the integral of exp(-x*t)/t**n over t >= 1"),
    _row("expi", "x", numeric.by_source("expi"), "exp(x)/x", scipy="expi", sympy="Ei", domain="x != 0",
         doc="exponential integral Ei, the principal value"),
    _written("sinint", "x", "sinc(x)", sympy="Si", doc="sine integral Si, the integral of sin(t)/t from 0",
             computed=integral_formulas.SININT, parity="odd", bounded=True),
    _written("cosint", "x", "where(x >= 0, cos(x)/x, out)", sympy="Ci", domain="x > 0",
             doc="cosine integral Ci, the integral of cos(t)/t from infinity", computed=integral_formulas.COSINT),
    _written("sinhint", "x", integral_formulas.SLOPE_OF_SINHINT, steep=True, sympy="Shi",
             doc="hyperbolic sine integral Shi, the integral of sinh(t)/t from 0",
             computed=integral_formulas.SINHINT, parity="odd"),
    _written("coshint", "x", "where(x >= 0, cosh(x)/x, out)", sympy="Chi", domain="x > 0",
             doc="hyperbolic cosine integral Chi", computed=integral_formulas.COSHINT),
    _written("fresnels", "x", "sin(pi*x**2/2)", doc="Fresnel integral S, the integral of sin(pi*t**2/2) from 0",
             computed=integral_formulas.FRESNELS, parity="odd", bounded=True),
    _written("fresnelc", "x", "cos(pi*x**2/2)", doc="Fresnel integral C, the integral of cos(pi*t**2/2) from 0",
             computed=integral_formulas.FRESNELC, parity="odd", bounded=True),
    _written("dawsn", "x", integral_formulas.SLOPE_OF_DAWSN, also="dawson",
             doc="Dawson's function, exp(-x**2) times the integral of exp(t**2) from 0",
             computed=integral_formulas.DAWSN, parity="odd", bounded=True),
    _written("erfi", "x", "2/sqrt(pi)*expsq(1, x)", steep=True, doc="imaginary error function, -i*erf(i*x)",
             computed=integral_formulas.ERFI, parity="odd"),
    # --- scaled error functions ---------------------------------------------------------------------------------------
    _written("expsq", "c x", "x**2*out", "2*c*x*out", steep=True, definition="exp(c*x**2)",
             doc="exp(c*x**2) with the digits of x where the exponent is large", computed=special_formulas.EXPSQ),
    _written("erfcx", "x", "-2*inerfcx(1, x)", doc="exp(x**2)*erfc(x) without overflow", range="positive", steep=True,
             scipy="erfcx", computed=special_formulas.ERFCX),
    _written("inerfcx", "x", "-2*(n + 1)*inerfcx(n + 1, x)", parameter="n", range="positive", steep=True,
             doc="exp(x**2) times the n-th repeated integral of erfc, n a constant; erfcx is the one of order 0",
             computed=special_formulas.inerfcx),
    # Of 1/erfcx the derivative is 0/0 far right, where erfcx has left the range.
    _written("log_ndtr", "x",
             "where(x < 1, sqrt(2/pi)/erfcx(-x/sqrt(2)), sqrt(2/pi)*expsq(-1/2, x)/erfc(-x/sqrt(2)))", steep=True,
             doc="logarithm of the standard normal distribution function", computed=special_formulas.LOG_NDTR),
)  # fmt: skip
