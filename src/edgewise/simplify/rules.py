"""The rewrite rules: named rows, each with a tier.

`exact` rules keep the IEEE result (signs of zero aside where a zero is exact), `real` rules are equal for finite reals
but may round differently, `domain` rules hold under a guard and fire only where the guard is *proved*. In patterns
v to z stand for any node and c, d for constants. A rule fires only where it does not add operations, counting the
nodes that it makes superfluous; so a rule may move a sign outwards, and only if nobody else reads the inner node.

No rule loses accuracy: `log1p`, `expm1`, `softplus`, `sigmoid`, … are put in where they are stable, never expanded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from edgewise.ops import TABLE

__all__ = ["LEVELS", "RULES", "TENSOR_RULES", "Rule", "added"]

LEVELS: Final = ("exact", "real", "domain")


class Rule(NamedTuple):
    """`pattern` → `replacement`, as formulas; `guard` says what must be proved ("x != 0", "x > 0", "x >= 0").

    With `saves` the rule fires only where it makes the graph smaller, or the arrays in it; otherwise it may leave the
    size as it is. A stable form may take a few operations more (`adds`): a sign. What is differentiated is brought into
    a form that is to be there `first`: its derivative as it was written divides by what has become 0. What is
    differentiated `twice` is so where the first derivative alone is brought into a stable form behind.
    """

    name: str
    tier: str
    pattern: str
    replacement: str
    guard: str = ""
    saves: bool = False
    adds: int = 0
    first: bool = False
    twice: bool = False


_TRUTHS: Final = (
    "(x < y)", "(x <= y)", "(x > y)", "(x >= y)", "(x == y)", "(x != y)", "(x and y)", "(x or y)", "(not x)"
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (
    # --- units ----------------------------------------------------------------------------------------------------
    Rule("multiply by one", "exact", "x*1", "x"),
    Rule("divide by one", "exact", "x/1", "x"),
    Rule("subtract zero", "exact", "x - 0", "x"),
    Rule("add zero", "exact", "x + 0", "x"),
    Rule("multiply by minus one", "exact", "x*-1", "-x"),
    Rule("divide by minus one", "exact", "x/-1", "-x"),
    Rule("multiply by zero", "real", "x*0", "0"),
    Rule("subtract from zero", "real", "0 - x", "-x", "x != 0"),
    Rule("subtract itself", "real", "x - x", "0"),
    Rule("zero divided", "domain", "0/x", "0", "x != 0"),
    Rule("divide by itself", "domain", "x/x", "1", "x != 0"),
    *(Rule("what is positive over itself", "real", f"{op.name}(x)/{op.name}(x)", "1")
      for op in TABLE if op.range == "positive" and op.arity == 1 and not (op.parameter or op.domain)),
    Rule("what is positive over itself", "real", "(1 - sigmoid(x))/(1 - sigmoid(x))", "1"),
    Rule("what has a logarithm over itself", "real", "log(x) + x/x", "log(x) + 1"),
    Rule("what has a logarithm over itself", "real", "log(x/y) + (x/(x/y))/y", "log(x/y) + 1"),
    Rule("what has a logarithm over itself", "real", "log1p(x) + (1 + x)/(1 + x)", "log1p(x) + 1"),
    Rule("what has a logarithm over itself", "real", "softplus(-log(x)) + (1 + x)/(1 + x)", "softplus(-log(x)) + 1"),
    Rule("what has a logarithm over itself", "real", "softplus(-log(x)) - x/x", "softplus(-log(x)) - 1"),
    # --- signs ----------------------------------------------------------------------------------------------------
    Rule("double negation", "exact", "-(-x)", "x"),
    Rule("add a negative", "exact", "x + (-y)", "x - y"),
    Rule("subtract a negative", "exact", "x - (-y)", "x + y"),
    Rule("negate a difference", "exact", "-(x - y)", "y - x", saves=True),
    Rule("product of negatives", "exact", "(-x)*(-y)", "x*y"),
    Rule("square of a negative", "exact", "(-x)*(-x)", "x*x"),
    Rule("quotient of negatives", "exact", "(-x)/(-y)", "x/y"),
    Rule("sign out of a product", "exact", "(-x)*y", "-(x*y)"),
    Rule("sign out of a numerator", "exact", "(-x)/y", "-(x/y)"),
    Rule("sign out of a denominator", "exact", "x/(-y)", "-(x/y)"),
    Rule("sign into a constant factor", "exact", "-(c*x)", "(-c)*x"),
    Rule("sign into a constant numerator", "exact", "-(c/x)", "(-c)/x"),
    Rule("sign into a constant numerator", "exact", "-((c/x)/y)", "((-c)/x)/y", saves=True),
    # --- constants ------------------------------------------------------------------------------------------------
    Rule("gather constant factors", "real", "c*(d*x)", "(c*d)*x"),
    # These take a number away whoever else reads what it meets: twice half a mass is the mass.
    Rule("twice a half", "real", "2*(1/2*x)", "x"),
    Rule("twice a half", "real", "1/2*(2*x)", "x"),
    Rule("twice a half", "real", "(2*x)/2", "x"),
    Rule("gather a constant numerator", "real", "c*(d/x)", "(c*d)/x"),
    Rule("gather constant factors", "real", "(c*x)*(d*y)", "(c*d)*(x*y)"),
    Rule("gather a constant denominator", "real", "c/(d*x)", "(c/d)/x"),
    Rule("gather constant factors", "real", "(c*x)/(d*y)", "(c/d)*(x/y)"),
    Rule("gather constant factors", "real", "(c*x)/d", "(c/d)*x"),
    Rule("gather constant terms", "real", "c + (d + x)", "(c + d) + x"),
    Rule("gather constant terms", "real", "c + (x - d)", "(c - d) + x"),
    Rule("gather constant terms", "real", "c + (d - x)", "(c + d) - x"),
    Rule("gather constant terms", "real", "c - (d + x)", "(c - d) - x"),
    Rule("gather constant terms", "real", "c - (d - x)", "(c - d) + x"),
    Rule("gather constant terms", "real", "(d - x) - c", "(d - c) - x"),
    Rule("gather constant terms", "real", "(c - x) - (c + x)", "-2*x"),
    Rule("gather constant terms", "real", "(c + x) - (c - x)", "2*x"),
    Rule("gather constant terms", "real", "(d + x) - c", "(d - c) + x"),
    # --- like terms -----------------------------------------------------------------------------------------------
    Rule("twice", "exact", "x + x", "2*x"),
    Rule("like terms", "real", "c*x + d*x", "(c + d)*x"),
    Rule("like terms", "real", "c*x - d*x", "(c - d)*x"),
    Rule("like terms", "real", "c*x + x", "(c + 1)*x"),
    Rule("like terms", "real", "c*x - x", "(c - 1)*x"),
    Rule("like terms", "real", "x - c*x", "(1 - c)*x"),
    # --- quotients and powers ---------------------------------------------------------------------------------------
    Rule("multiply by a reciprocal", "real", "x*(1/y)", "x/y", saves=True),
    Rule("divide by a reciprocal", "domain", "x/(1/y)", "x*y", "y != 0"),
    Rule("multiply a constant quotient", "real", "c*(x/d)", "(c/d)*x"),
    Rule("cancel a factor", "domain", "(x*y)/y", "x", "y != 0"),
    Rule("difference of squares over a difference", "real", "(x*x - y*y)/(x - y)", "x + y", saves=True, first=True),
    Rule("difference of squares over a difference", "real", "(x*x - 1)/(x - 1)", "x + 1", saves=True, first=True),
    Rule("difference of squares over a difference", "real", "(x - 1)/(x*x - 1)", "1/(x + 1)", saves=True, first=True),
    *(Rule("difference of neighbouring reciprocals", "real", pattern, replacement)
      for pattern, replacement in (
          ("c/(1 + x) - c/x", "((-c)/x)/(1 + x)"), ("c/x - c/(1 + x)", "(c/x)/(1 + x)"),
          ("c/(x - 1) - c/x", "(c/x)/(x - 1)"), ("c/x - c/(x - 1)", "((-c)/x)/(x - 1)"),
          ("1/(1 + x) + (-1)/x", "((-1)/x)/(1 + x)"), ("1/x + (-1)/(1 + x)", "(1/x)/(1 + x)"),
          ("1/(x - 1) + (-1)/x", "(1/x)/(x - 1)"), ("1/x + (-1)/(x - 1)", "((-1)/x)/(x - 1)"))),
    *(Rule("difference of neighbouring squared reciprocals", "real", pattern, replacement, adds=4)
      for pattern, replacement in (
          ("(1/x)/x + ((-1)/(1 + x))/(1 + x)", "(1/x + 1/(1 + x))*((1/x)/(1 + x))"),
          ("((-1)/x)/x + (1/(1 + x))/(1 + x)", "(1/x + 1/(1 + x))*(((-1)/x)/(1 + x))"),
          ("(c/x)/x - (c/(1 + x))/(1 + x)", "(1/x + 1/(1 + x))*((c/x)/(1 + x))"),
          ("(c/(1 + x))/(1 + x) - (c/x)/x", "(1/x + 1/(1 + x))*(((-c)/x)/(1 + x))"))),
    *(Rule("slope of a contrast", "real", pattern, replacement, adds=4)
      for pattern, replacement in (
          ("((x + y)/(x - y))/(x - y) + 1/(x - y)", "(2/(x - y))*(x/(x - y))"),
          ("1/(x - y) - ((x + y)/(x - y))/(x - y)", "((-2)/(x - y))*(y/(x - y))"),
          ("((x - y)/(x + y))/(x + y) + 1/(x + y)", "(2/(x + y))*(x/(x + y))"),
          ("1/(x + y) - ((x - y)/(x + y))/(x + y)", "(2/(x + y))*(y/(x + y))"))),
    *(Rule("difference of roots", "real", pattern, replacement, adds=1, first=True)
      for pattern, replacement in (
          ("sqrt(x + c) - sqrt(x)", "c/(sqrt(x + c) + sqrt(x))"),
          ("sqrt(x) - sqrt(x + c)", "(-c)/(sqrt(x + c) + sqrt(x))"),
          ("sqrt(x - c) - sqrt(x)", "(-c)/(sqrt(x - c) + sqrt(x))"),
          ("sqrt(x) - sqrt(x - c)", "c/(sqrt(x - c) + sqrt(x))"),
          ("sqrt(x + c) - sqrt(x - d)", "(c + d)/(sqrt(x + c) + sqrt(x - d))"))),
    Rule("reciprocals of two by their sum", "real", "(c/x + c/y)*((d/(x + y))/(x + y))", "(((c*d)/(x + y))/x)/y",
         saves=True),
    *(Rule("difference of reciprocal roots", "real", pattern, replacement, adds=4, first=True)
      for pattern, replacement in (
          ("1/sqrt(x) - 1/sqrt(x + c)", "((c/(sqrt(x + c) + sqrt(x)))/sqrt(x + c))/sqrt(x)"),
          ("1/sqrt(x + c) - 1/sqrt(x)", "(((-c)/(sqrt(x + c) + sqrt(x)))/sqrt(x + c))/sqrt(x)"))),
    Rule("reciprocal power", "exact", "x**-1", "1/x"),
    Rule("half power", "exact", "x**(1/2)", "sqrt(x)"),
    Rule("reciprocal of a power", "real", "1/x**c", "x**(-c)", saves=True),
    Rule("power of one", "exact", "1**x", "1"),
    Rule("power of e", "real", "e**x", "exp(x)"),
    Rule("power of two", "real", "2**x", "exp2(x)"),
    Rule("product of powers", "domain", "x**c*x**d", "x**(c + d)", "x > 0"),
    Rule("power times base", "domain", "x**c*x", "x**(c + 1)", "x > 0"),
    Rule("power over base", "domain", "x**c/x", "x**(c - 1)", "x != 0"),
    Rule("power of a power", "domain", "(x**c)**d", "x**(c*d)", "x > 0"),
    Rule("square of a root", "domain", "sqrt(x)*sqrt(x)", "x", "x >= 0"),
    Rule("root of a square", "real", "sqrt(x*x)", "abs(x)"),
    Rule("root over the same root", "real", "sqrt(c)*(x/sqrt(c))", "x", "c > 0"),
    Rule("quotient by the root", "real", "x/sqrt(x)", "sqrt(x)"),
    Rule("quotient by the root", "real", "x*(c/sqrt(x))", "c*sqrt(x)"),
    Rule("cube of a cube root", "real", "cbrt(x)**3", "x"),
    # --- absolute values, selections ----------------------------------------------------------------------------------
    Rule("absolute value of a negative", "exact", "abs(-x)", "abs(x)"),
    Rule("absolute value twice", "exact", "abs(abs(x))", "abs(x)"),
    Rule("square of an absolute value", "exact", "abs(x)*abs(x)", "x*x"),
    Rule("absolute value of a square", "exact", "abs(x*x)", "x*x"),
    Rule("sign times absolute value", "exact", "sign(x)*abs(x)", "x"),
    Rule("sign times itself", "exact", "sign(x)*x", "abs(x)"),
    Rule("maximum of itself", "exact", "max(x, x)", "x"),
    Rule("minimum of itself", "exact", "min(x, x)", "x"),
    Rule("same branches", "exact", "where(x, y, y)", "y"),
    Rule("selection of a length that is never zero", "exact", "where(hypot(1, x) == 0, y, z)", "z"),
    Rule("nested selection", "exact", "where(x, where(x, y, z), w)", "where(x, y, w)"),
    Rule("nested selection", "exact", "where(x, y, where(x, z, w))", "where(x, y, w)"),
    Rule("selection in its own branch", "exact", "where(x, where(x, y, z)*w, v)", "where(x, y*w, v)"),
    Rule("selection in its own branch", "exact", "where(x, v, where(x, y, z)*w)", "where(x, v, z*w)"),
    Rule("selection in its own branch", "exact", "where(x, where(x, y, z)/w, v)", "where(x, y/w, v)"),
    Rule("selection in its own branch", "exact", "where(x, v, where(x, y, z)/w)", "where(x, v, z/w)"),
    Rule("selection in its own branch", "exact", "where(x, -where(x, y, z), v)", "where(x, -y, v)"),
    Rule("selection in its own branch", "exact", "where(x, v, -where(x, y, z))", "where(x, v, -z)"),
    Rule("selection in its own branch", "exact", "where(x, -where(x, c, z), v)", "where(x, -c, v)"),
    Rule("selection in its own branch", "exact", "where(x, v, -where(x, y, c))", "where(x, v, -c)"),
    Rule("complementary selections", "exact", "where(x, y, 0) + where(x, 0, z)", "where(x, y, z)"),
    Rule("complementary selections", "exact", "where(x, y, 0) - where(x, 0, z)", "where(x, y, -z)"),
    Rule("complementary selections", "exact", "where(x, 0, y) - where(x, z, 0)", "where(x, -z, y)"),
    Rule("selections by one condition", "exact", "where(x, y, 0) + where(x, z, 0)", "where(x, y + z, 0)"),
    Rule("selections by one condition", "exact", "where(x, y, 0) - where(x, z, 0)", "where(x, y - z, 0)"),
    Rule("selections by one condition", "exact", "where(x, 0, y) + where(x, 0, z)", "where(x, 0, y + z)"),
    Rule("selections by one condition", "exact", "where(x, 0, y) - where(x, 0, z)", "where(x, 0, y - z)"),
    Rule("selections by one condition", "exact", "-where(x, y, 0) - where(x, z, 0)", "-where(x, y + z, 0)"),
    Rule("selections by one condition", "exact", "-where(x, 0, y) - where(x, 0, z)", "-where(x, 0, y + z)"),
    Rule("selections by one condition", "exact", "where(x, y, 0)*where(x, z, 0)", "where(x, y*z, 0)"),
    Rule("selections by one condition", "exact", "where(x, 0, y)*where(x, 0, z)", "where(x, 0, y*z)"),
    Rule("sign out of a selection", "exact", "where(x, 0, -y)", "-where(x, 0, y)"),
    Rule("sign out of a selection", "exact", "where(x, -y, 0)", "-where(x, y, 0)"),
    Rule("common factor of branches", "exact", "where(x, y*z, w*z)", "where(x, y, w)*z", saves=True),
    Rule("twice half of a selection", "real", "2*where(x, 0, (1/2)/y)", "where(x, 0, 1/y)"),
    Rule("twice half of a selection", "real", "2*(where(x, 0, (1/2)/y)*z)", "where(x, 0, 1/y)*z"),
    Rule("select by a negation", "exact", "where(not x, y, z)", "where(x, z, y)"),
    Rule("absolute value of what is positive", "domain", "abs(x)", "x", "x >= 0"),
    Rule("sign of what is positive", "domain", "sign(x)", "1", "x > 0"),
    # --- truth ----------------------------------------------------------------------------------------------------
    # Of numbers these are no identities: not (not 2.5) is true. So they are said of what is true or false.
    *(Rule("double not", "exact", f"not (not {truth})", truth) for truth in _TRUTHS),
    *(Rule("and itself", "exact", f"{truth} and {truth}", truth) for truth in _TRUTHS),
    *(Rule("or itself", "exact", f"{truth} or {truth}", truth) for truth in _TRUTHS),
    # --- even and odd functions -------------------------------------------------------------------------------------
    *(Rule(f"{op.name} is even", "exact", f"{op.name}(-x)", f"{op.name}(x)")
      for op in TABLE if op.parity == "even" and op.name != "abs" and not op.parameter),
    *(Rule(f"{op.name} is odd", "exact", f"{op.name}(-x)", f"-{op.name}(x)") for op in TABLE if op.parity == "odd"),
    # --- exponentials and logarithms, stable forms ------------------------------------------------------------------
    Rule("logarithm of an exponential", "real", "log(exp(x))", "x"),
    Rule("exponential of a logarithm", "domain", "exp(log(x))", "x", "x > 0"),
    Rule("exponential of a logarithm", "domain", "exp(logcosh(x))", "cosh(x)"),
    Rule("reciprocal of an exponential", "real", "1/exp(x)", "exp(-x)"),
    Rule("quotient of exponentials", "real", "exp(c*x)/exp(x)", "exp((c - 1)*x)", saves=True),
    Rule("quotient of exponentials", "real", "exp(x)/exp(c*x)", "exp((1 - c)*x)", saves=True),
    Rule("quotient of exponentials", "real", "exp(c*x)/exp(d*x)", "exp((c - d)*x)", saves=True),
    Rule("softplus", "real", "log(1 + exp(x))", "softplus(x)", twice=True),
    Rule("softplus", "real", "log1p(exp(x))", "softplus(x)", twice=True),
    Rule("softplus", "real", "log(1 + 1/exp(x))", "softplus(-x)", twice=True),
    Rule("softplus by its larger part", "real", "max(x, 0) + softplus(-abs(x))", "softplus(x)", first=True),
    Rule("softplus by its larger part", "real", "softplus(-abs(x)) - min(x, 0)", "softplus(-x)", first=True),
    Rule("softplus by its larger part", "real", "max(-x, 0) + softplus(-abs(x))", "softplus(-x)", first=True),
    Rule("softplus less its mirror", "real", "softplus(x) - softplus(-x)", "x"),
    Rule("softplus less its mirror", "real", "softplus(-x) - softplus(x)", "-x"),
    Rule("log-sum-exp by its larger part", "real", "max(x, y) + softplus(-abs(x - y))", "logaddexp(x, y)", first=True),
    Rule("log-sum-exp by its larger part", "real", "z + logaddexp(x - z, y - z)", "logaddexp(x, y)", first=True),
    Rule("log-sum-exp", "real", "log(exp(x) + exp(y))", "logaddexp(x, y)", twice=True),
    Rule("log-sum-exp less a part", "real", "logaddexp(x, y) - x", "softplus(y - x)", first=True),
    Rule("log-sum-exp less a part", "real", "x - logaddexp(x, y)", "-softplus(y - x)", adds=1, first=True),
    Rule("log-sum-exp less a part", "real", "logaddexp(z, logaddexp(x, y)) - x", "softplus(logaddexp(z, y) - x)",
         first=True),
    Rule("log-sum-exp less a part", "real", "x - logaddexp(z, logaddexp(x, y))", "-softplus(logaddexp(z, y) - x)",
         adds=1, first=True),
    Rule("log-sum-exp with a number", "real", "log(exp(x) + c)", "logaddexp(x, log(c))", "c > 0", first=True),
    Rule("log-sum-exp", "real", "log(exp(x) + y)", "logaddexp(x, log(y))", "y > 0"),
    Rule("log-sum-exp", "real", "log1p(exp(x) + y)", "logaddexp(x, log1p(y))", "y > 0"),
    *(Rule("log-mean-exp", "real", pattern.format(total), f"log({total}) {sign} log(c)", "c > 0", adds=adds,
           first=True)
      for total, adds in (("exp(x) + exp(y)", 3), ("exp(x) + (exp(y) + z)", 4))
      for pattern, sign in (("log(c*({}))", "+"), ("log(({})/c)", "-"))),
    Rule("logarithm of a share", "real", "log(exp(x)/y)", "x - log(y)", "y > 0", first=True),
    Rule("logarithm of a multiple", "real", "log(c*exp(x))", "log(c) + x", "c > 0"),
    Rule("logarithm of a multiple", "real", "log(c/exp(x))", "log(c) - x", "c > 0"),
    Rule("softplus", "real", "log1p(c*exp(x))", "softplus(log(c) + x)", "c > 0"),
    Rule("softplus", "real", "log1p(exp(x)/c)", "softplus(x - log(c))", "c > 0"),
    Rule("softplus", "real", "log1p(c/exp(x))", "softplus(log(c) - x)", "c > 0"),
    Rule("log1p", "real", "log(1 + x)", "log1p(x)"),
    Rule("logit", "real", "log(x/(1 - x))", "logit(x)", first=True),
    Rule("expm1", "real", "exp(x) - 1", "expm1(x)"),
    Rule("expm1", "real", "1 - exp(x)", "-expm1(x)"),
    Rule("undo expm1", "real", "expm1(x) + 1", "exp(x)"),
    Rule("quotient of expm1", "real", "expm1(2*x)/expm1(x)", "exp(x) + 1", saves=True, first=True),
    Rule("quotient of expm1", "real", "expm1(x)/expm1(2*x)", "sigmoid(-x)", saves=True, first=True),
    Rule("difference of logarithms", "real", "log1p(x) - log(x)", "softplus(-log(x))", adds=1),
    Rule("difference of logarithms", "real", "log(x) - log1p(x)", "-softplus(-log(x))", adds=2),
    Rule("sigmoid", "real", "1/(1 + exp(-x))", "sigmoid(x)", twice=True),
    Rule("sigmoid", "real", "1/(1 + 1/exp(x))", "sigmoid(x)", twice=True),
    Rule("sigmoid", "real", "exp(x)/(1 + exp(x))", "sigmoid(x)", twice=True),
    Rule("sigmoid", "real", "1/(1 + exp(x))", "sigmoid(-x)", twice=True),
    Rule("sigmoid", "real", "exp(-softplus(x))", "sigmoid(-x)"),
    Rule("sigmoid", "real", "exp(x)*sigmoid(-x)", "sigmoid(x)"),
    Rule("sigmoid", "real", "exp(-x)*sigmoid(x)", "sigmoid(-x)"),
    Rule("sigmoid", "real", "x/(1 + exp(-y))", "x*sigmoid(y)"),
    Rule("sigmoid", "real", "x/(1 + exp(y))", "x*sigmoid(-y)"),
    Rule("sigmoid", "real", "(z*sigmoid(x))*exp(-x)", "z*sigmoid(-x)"),
    Rule("sigmoid", "real", "(sigmoid(x)*sigmoid(x))*exp(-x)", "sigmoid(x)*sigmoid(-x)"),
    Rule("logarithm of a multiple", "real", "log(exp(x)*y)", "x + log(y)", "y > 0", first=True),
    Rule("logarithm of a power", "real", "log(exp(x)**c)", "c*x", first=True),
    Rule("logarithm of a power", "real", "log(exp2(x))", "log(2)*x", first=True),
    Rule("logarithm of a power", "real", "log(c**x)", "log(c)*x", "c > 0", first=True),
    Rule("logarithm of a power", "real", "log2(exp2(x))", "x", first=True),
    Rule("logarithm of a power", "real", "log2(exp(x))", "x/log(2)", first=True),
    Rule("logarithm of a power", "real", "log10(10**x)", "x", first=True),
    Rule("logarithm of a power", "real", "log10(exp(x))", "x/log(10)", first=True),
    Rule("logarithm of a power", "real", "log(x**c)", "c*log(x)", "x > 0"),
    *(Rule("logarithm of an odd power", "real", f"log(x**{n})", f"{n}*log(x)") for n in (3, 5, 7)),
    Rule("logarithm of a reciprocal", "real", "log(1/x)", "-log(x)", first=True),
    Rule("logarithm of gamma", "real", "log(abs(gamma(x)))", "lgamma(x)", first=True),
    Rule("logarithm of a positive gamma", "real", "log(gamma(x))", "lgamma(x)", "x > 0", first=True),
    Rule("logarithm of gamma", "real", "log(gamma(x))", "lgamma(x) + log(sign(gamma(x)))", adds=3, first=True),
    Rule("logarithm of cosh", "real", "log(cosh(x))", "logcosh(x)", first=True),
    Rule("logarithm of expm1", "real", "log(-expm1(x))", "log1mexp(x)", first=True),
    Rule("logarithm of expm1", "real", "log(1 - exp(x))", "log1mexp(x)", first=True),
    Rule("logarithm of expm1", "real", "log(expm1(x))", "x + log1mexp(-x)", "x > 0", adds=2, first=True),
    Rule("logarithm of erfc", "real", "log(erfc(x)/2)", "log_ndtr(-sqrt(2)*x)", adds=3, first=True),
    Rule("logarithm of erfc", "real", "log(erfc(x))", "log_ndtr(-sqrt(2)*x) + log(2)", adds=4, first=True),
    Rule("hyperbolic tangent", "real", "sinh(x)/cosh(x)", "tanh(x)", saves=True, first=True),
    Rule("hyperbolic cotangent", "real", "cosh(x)/sinh(x)", "coth(x)", saves=True, first=True),
    Rule("hyperbolic sine", "real", "exp(x) - exp(-x)", "2*sinh(x)", adds=1, first=True),
    Rule("hyperbolic sine", "real", "exp(-x) - exp(x)", "-2*sinh(x)", adds=1, first=True),
    Rule("hyperbolic cosine", "real", "exp(x) + exp(-x)", "2*cosh(x)", adds=1, first=True),
    Rule("tangent of half an angle", "real", "(1 - cos(x))/sin(x)", "tan(x/2)", saves=True, first=True),
    Rule("tangent of half an angle", "real", "sin(x)/(1 + cos(x))", "tan(x/2)", saves=True, first=True),
    Rule("tangent", "real", "sin(x)/cos(x)", "tan(x)", saves=True),
    Rule("hyperbolic secant", "real", "1 - tanh(x)*tanh(x)", "sech(x)**2"),
    Rule("hypotenuse", "real", "sqrt(x*x + y*y)", "hypot(x, y)"),
    Rule("Pythagoras", "real", "sin(x)*sin(x) + cos(x)*cos(x)", "1"),
    Rule("complement of erf", "real", "1 - erf(x)", "erfc(x)"),
    Rule("complement of erf", "real", "1 + erf(x)", "erfc(-x)", adds=1),
    Rule("cardinal sine", "real", "sin(x)/x", "sinc(x)", first=True),
    Rule("cardinal sine", "real", "(1 - cos(x))/(x*x)", "1/2*sinc(1/2*x)**2", first=True),
    Rule("expm1 over its argument", "real", "expm1(x)/x", "exprel(x)", first=True),
    Rule("expm1 over its argument", "real", "(exp(x) - 1)/x", "exprel(x)", first=True),
    Rule("exponential over expm1", "real", "(y/expm1(x))*exp(x)", "-(y/expm1(-x))", adds=2),
    Rule("share of two exponentials", "real", "exp(x)/(exp(x) + exp(y))", "sigmoid(x - y)", adds=1, first=True),
    Rule("share of two exponentials", "real", "exp(x)*(1/(exp(x) + exp(y)))", "sigmoid(x - y)", adds=1),
    Rule("share of an exponential", "real", "exp(x)/(exp(x) + c)", "sigmoid(x - log(c))", "c > 0", adds=1, first=True),
    Rule("share of three exponentials", "real", "exp(x)/(exp(x) + (exp(y) + z))", "sigmoid(x - logaddexp(y, log(z)))",
         "z > 0", first=True),
    Rule("share of two exponentials", "real", "(v*exp(x))/(exp(x) + exp(y))", "v*sigmoid(x - y)", adds=2, first=True),
    Rule("share of two exponentials", "real", "(v/(exp(x) + exp(y)))*exp(x)", "v*sigmoid(x - y)", adds=2),
    *(Rule("share of exponentials", "real", pattern.format(total), replacement.format(logarithm), guard, first=first,
           adds=adds + ("v" in replacement))
      for total, logarithm, guard, adds in (
          ("exp(y) + exp(z)", "logaddexp(y, z)", "", 2),
          ("exp(y) + (exp(z) + w)", "logaddexp(y, logaddexp(z, log(w)))", "w > 0", 4),
          ("1 + (exp(y) + w)", "logaddexp(y, log1p(w))", "w > 0", 3))
      for pattern, replacement, first in (
          ("exp(x)/({})", "exp(x - {})", True), ("exp(x)*(1/({}))", "exp(x - {})", True),
          ("(v*exp(x))/({})", "v*exp(x - {})", True), ("(v/({}))*exp(x)", "v*exp(x - {})", False))),
    Rule("share of an exponential", "real", "1/(1 + c*exp(x))", "sigmoid(-x - log(c))", "c > 0", first=True),
    Rule("share of an exponential", "real", "y/(1 + c*exp(x))", "y*sigmoid(-x - log(c))", "c > 0", adds=1, first=True),
    Rule("complement of sigmoid", "real", "1 - sigmoid(x)", "sigmoid(-x)", adds=1),
    Rule("sigmoid less its complement", "real", "sigmoid(x) - sigmoid(-x)", "tanh(1/2*x)", adds=1),
    Rule("sigmoid less its complement", "real", "sigmoid(-x) - sigmoid(x)", "-tanh(1/2*x)", adds=2),
    Rule("sigmoid less its complement", "real", "2*sigmoid(x) - 1", "tanh(1/2*x)"),
    Rule("sigmoid less its complement", "real", "1 - 2*sigmoid(x)", "-tanh(1/2*x)", adds=1),
    Rule("rest of a share", "real", "x - sigmoid(y)*x", "x*sigmoid(-y)", adds=1),
    Rule("logarithm of sigmoid", "real", "log(1 - sigmoid(x))", "-softplus(x)", adds=1, first=True),
    Rule("logarithm of sigmoid", "real", "log(sigmoid(x)/sigmoid(y))", "softplus(-y) - softplus(-x)", adds=3,
         first=True),
    Rule("logarithm of sigmoid", "real", "log((1 - sigmoid(x))/(1 - sigmoid(y)))", "softplus(y) - softplus(x)", adds=1,
         first=True),
    Rule("logarithm of sigmoid", "real", "log(sigmoid(-x))", "-softplus(x)", first=True),
    Rule("logarithm of sigmoid", "real", "log(sigmoid(x))", "-softplus(-x)", adds=2, first=True),
)  # fmt: skip

TENSOR_RULES: Final[tuple[Rule, ...]] = (
    # `sum(x, a)` is over the axes a, `spread(x, a)` is x repeated along them, by broadcasting or by a view, and
    # `entries(x, p)` is some entries of x, as indices and reshapes read them.
    # --- numbers and signs where the smaller array is -----------------------------------------------------------------
    Rule("number times the smaller part", "real", "c*(x*y)", "(c*x)*y", saves=True),
    Rule("number times the smaller part", "real", "c*(x/y)", "(c*x)/y", saves=True),
    Rule("number times the smaller part", "real", "(x*y)/c", "(x/c)*y", saves=True),
    Rule("number times the smaller part", "real", "(x/y)/c", "(x/c)/y", saves=True),
    Rule("number times the smaller part", "real", "(x/y)/c", "x/(c*y)", saves=True),
    Rule("sign of the smaller part", "exact", "-(x*y)", "(-x)*y", saves=True),
    Rule("sign of the smaller part", "exact", "-(x/y)", "(-x)/y", saves=True),
    Rule("sign of the smaller part", "exact", "-(x/y)", "x/(-y)", saves=True),
    # --- sums of exponentials, stable forms ---------------------------------------------------------------------------
    Rule("log-sum-exp", "real", "log(sum(exp(x), a))", "logsumexp(x, a)"),
    Rule("log-sum-exp with a number", "real", "log1p(sum(exp(x), a))", "softplus(logsumexp(x, a))", first=True),
    Rule("log-sum-exp with a number", "real", "log(sum(exp(x), a) + y)", "logaddexp(logsumexp(x, a), log(y))", "y > 0",
         first=True),
    Rule("log-mean-exp", "real", "log(sum(exp(x), a)/y)", "logsumexp(x, a) - log(y)", "y > 0", adds=1),
    Rule("softmax", "real", "exp(x)/spread(sum(exp(x), a), a)", "softmax(x, a)", first=True),
    Rule("share of exponentials", "real", "exp(y)/sum(exp(x), a)", "exp(y - logsumexp(x, a))", adds=1, first=True),
    Rule("share of exponentials", "real", "(z*exp(y))/sum(exp(x), a)", "z*exp(y - logsumexp(x, a))", adds=1,
         first=True),
    Rule("softmax", "real", "exp(x)*spread(1/sum(exp(x), a), a)", "softmax(x, a)"),
    Rule("softmax", "real", "exp(x)*spread(y/sum(exp(x), a), a)", "softmax(x, a)*spread(y, a)", adds=2),
    Rule("softmax", "real", "exp(x - spread(logsumexp(x, a), a))", "softmax(x, a)"),
    Rule("softmax of what is shifted", "real", "softmax(x - spread(y, a), a)", "softmax(x, a)",
         first=True),
    Rule("softmax of what is shifted", "real", "softmax(x + spread(y, a), a)", "softmax(x, a)",
         first=True),
    Rule("softmax of what is shifted", "real", "softmax(spread(y, a) - x, a)", "softmax(-x, a)", adds=1,
         first=True),
    Rule("log-sum-exp of what is shifted", "real", "logsumexp(spread(y, a) - x, a) - y", "logsumexp(-x, a)",
         adds=1, first=True),
    Rule("log-sum-exp of what is shifted", "real", "y - logsumexp(spread(y, a) - x, a)", "-logsumexp(-x, a)",
         adds=1, first=True),
    Rule("log-sum-exp of what is shifted", "real", "y + logsumexp(x - spread(y, a), a)", "logsumexp(x, a)",
         first=True),
    Rule("log-sum-exp of what is shifted", "real",
         "spread(y, a) + spread(logsumexp(x - spread(y, a), a), a)", "spread(logsumexp(x, a), a)", first=True),
    Rule("logarithm of softmax", "real", "log(softmax(x, a))", "x - spread(logsumexp(x, a), a)", adds=1, first=True),
    Rule("logarithm of a probability", "real",
         "log(entries(softmax(x, a), p))", "entries(x - spread(logsumexp(x, a), a), p)", adds=1, first=True),
    Rule("softmax adds up to one", "real", "sum(softmax(x, a), a)", "1"),
)  # fmt: skip
"""Rules about operations of the tensor table, for the rewriter that works on any shape."""

_ADDS: Final = {rule.name: rule.adds for rule in (*RULES, *TENSOR_RULES) if rule.adds}


def added(fired: Mapping[str, int]) -> int:
    """How many operations the stable forms among the rules that fired may have added at most."""
    return sum(count * _ADDS.get(name, 0) for name, count in fired.items())
