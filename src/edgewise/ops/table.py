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
from edgewise.ops import numeric, special_formulas
from edgewise.ops.op import BEYOND_LOG as _BEYOND_LOG
from edgewise.ops.op import Op
from edgewise.ops.op import row as _row
from edgewise.ops.special_table import SPECIAL_ROWS

__all__ = ["ALIASES", "CODE", "CONST", "INPUT", "N_BUILTIN", "OPS", "TABLE", "op_named", "rows_of"]


def _no_value(*_: Any) -> Any:
    raise OperationError("inputs and constants carry their value; they are not computed")


def _step(name: str, args: str, value: Callable[..., Any], doc: str, **facts: Any) -> Op:
    """An operation that is constant between jumps: its derivative is zero wherever it exists."""
    return _row(name, args, value, *([None] * len(args.split())), doc=doc, **facts)


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
    _row("tanh", "x", np.tanh, "sech(x)*sech(x)", doc="hyperbolic tangent", latex="\\tanh", parity="odd", bounded=True),
    _row("asinh", "x", np.arcsinh, "1/hypot(1, x)", doc="inverse hyperbolic sine", numpy="arcsinh", also="arsinh",
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
    *SPECIAL_ROWS,
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
    ('sech(x)*sech(x)',)
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
