# cython: nonecheck=True
"""`Expr`: a handle (graph under construction, node number) with Python's operators and NumPy's protocols."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from fractions import Fraction
from math import isfinite
from types import BuiltinFunctionType, EllipsisType, FunctionType, MethodType, NoneType
from typing import Any, Final, NoReturn

import cython
import numpy as np

from edgewise.errors import OperationError, SymbolicBoolError, UnsupportedError, missing_attribute
from edgewise.graph.builder import MERGING, Builder, user_line
from edgewise.graph.callers import class_for_user
from edgewise.graph.suggestions import OF_EXPRESSIONS
from edgewise.graph.text_of_nodes import builder_text
from edgewise.ops import CODE, CONST, Op, fold_exact, op_named, op_of_code
from edgewise.shown import formula

__all__ = ["METHODS", "Expr", "add_op", "apply", "apply_op", "equality", "handle", "meet", "resolve"]

ADD = cython.declare(cython.longlong, CODE["add"])
SUB = cython.declare(cython.longlong, CODE["sub"])
MUL = cython.declare(cython.longlong, CODE["mul"])
DIV = cython.declare(cython.longlong, CODE["div"])
NEG = cython.declare(cython.longlong, CODE["neg"])
POWER = cython.declare(cython.longlong, CODE["power"])

METHODS: Final[dict[str, Any]] = {}
"""What NumPy's object loops call on each entry, by the name of the ufunc."""


@cython.no_gc  # a builder holds no expressions
@cython.freelist(256)
@cython.cclass
class Expr:
    """A symbolic real number: one node of a graph under construction.

    All six comparisons are symbolic: `x == y` is a node too. An Expr has no truth value, so it cannot decide a Python
    `if`: write `edgewise.where(condition, a, b)`. As a key of a dictionary it is itself; `edgewise.same(a, b)` compares
    two formulas. With what is certainly no number, such as None or a string, `==` is False.

    >>> import edgewise as ew
    >>> x, y = ew.symbols("x y")
    >>> ew.exp(x * y) + 1
    exp(x*y) + 1
    >>> np.where(x == 1, 2 * y, y)
    where(x == 1, 2*y, y)
    >>> x == None, x != "x"
    (False, True)
    """

    __slots__ = ("_builder", "_node")

    _repr_latex_ = formula

    def __init__(self, builder: Builder, node: cython.longlong) -> None:
        self._builder = builder
        self._node = node

    def _renew(self) -> None:
        """For handles that follow others: find the node that they stand for now."""

    def __hash__(self) -> int:
        # Handles are told apart in dictionaries by what they are, not by a comparison that writes a node.
        return object.__hash__(self)

    def __reduce__(self) -> Any:
        return type(self), resolve(self)

    def __deepcopy__(self, memo: Any) -> Any:
        return type(self)(*resolve(self))  # of the same graph, which it can meet others in

    # `isinstance(x, float)`, `case float():` and `singledispatch` in a traced function ask for this.
    __class__ = property(class_for_user)

    # --- arithmetic ---------------------------------------------------------------------------------------------

    def __add__(self, other: Any) -> Any:
        return _binary(ADD, self, other)

    def __radd__(self, other: Any) -> Any:
        return _reflected(ADD, self, other)

    def __sub__(self, other: Any) -> Any:
        return _binary(SUB, self, other)

    def __rsub__(self, other: Any) -> Any:
        return _reflected(SUB, self, other)

    def __mul__(self, other: Any) -> Any:
        return _binary(MUL, self, other)

    def __rmul__(self, other: Any) -> Any:
        return _reflected(MUL, self, other)

    def __truediv__(self, other: Any) -> Any:
        return _binary(DIV, self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return _reflected(DIV, self, other)

    def __neg__(self) -> Expr:
        return unary(NEG, self)

    def __pow__(self, other: Any) -> Any:
        builder: Builder = self._builder
        if builder.fast and type(other) is int:
            node: cython.longlong = builder.nodes.unary(POWER, self._node)
            builder.attrs[node] = other
            return new_expr(builder, node)
        return _operator("pow", self, other)

    def __rpow__(self, other: Any) -> Any:
        return _operator("pow", other, self)

    def __mod__(self, other: Any) -> Any:
        return _operator("mod", self, other)

    def __rmod__(self, other: Any) -> Any:
        return _operator("mod", other, self)

    def __floordiv__(self, other: Any) -> Any:
        return _numpy("floor_divide", self, other)

    def __rfloordiv__(self, other: Any) -> Any:
        return _numpy("floor_divide", other, self)

    def __divmod__(self, other: Any) -> Any:
        return self // other, self % other

    def __rdivmod__(self, other: Any) -> Any:
        return other // self, other % self

    def __abs__(self) -> Expr:
        return apply("abs", self)

    def __round__(self, digits: int | None = None) -> Expr:
        scale = 10.0 ** (digits or 0)
        return apply("round", self * scale) / scale if digits else apply("round", self)

    def conjugate(self) -> Expr:
        """The same real number (NumPy asks entries of object arrays for it, in `np.var` and `np.vdot`)."""
        return self

    def __pos__(self) -> Expr:
        return self

    @property
    def real(self) -> Expr:
        """The same real number: SciPy's lambertw, for one, has complex numbers."""
        return self

    def __floor__(self) -> Expr:
        return apply("floor", self)

    def __ceil__(self) -> Expr:
        return apply("ceil", self)

    def __trunc__(self) -> Any:
        return _numpy("trunc", self)

    def astype(self, dtype: Any, *_: Any, **__: Any) -> Any:
        """Itself as a real number; cut to a whole number, or as truth, where the type says so."""
        from edgewise.graph.composed import as_type

        return as_type(self, dtype)

    # --- comparisons --------------------------------------------------------------------------------------------

    def __eq__(self, other: object) -> Any:
        return equality("eq", self, other)

    def __ne__(self, other: object) -> Any:
        return equality("ne", self, other)

    def __lt__(self, other: Any) -> Any:
        return _operator("lt", self, other)

    def __le__(self, other: Any) -> Any:
        return _operator("le", self, other)

    def __gt__(self, other: Any) -> Any:
        return _operator("gt", self, other)

    def __ge__(self, other: Any) -> Any:
        return _operator("ge", self, other)

    def __and__(self, other: Any) -> Any:
        return _operator("and", self, other)

    def __rand__(self, other: Any) -> Any:
        return _operator("and", other, self)

    def __or__(self, other: Any) -> Any:
        return _operator("or", self, other)

    def __ror__(self, other: Any) -> Any:
        return _operator("or", other, self)

    def __xor__(self, other: Any) -> Any:
        return _numpy("logical_xor", self, other)

    def __rxor__(self, other: Any) -> Any:
        return _numpy("logical_xor", other, self)

    def __invert__(self) -> Expr:
        return apply("not", self)

    def __bool__(self) -> NoReturn:
        raise SymbolicBoolError(
            f"the truth of {self!r} is not known while the graph is written",
            hint="instead of `if`, `and`, `or`, `in`, `min`, `max` write edgewise.where(condition, a, b), "
            "condition & other, condition | other, edgewise.min(a, b), edgewise.max(a, b)",
            line=user_line(),
        )

    def __float__(self) -> NoReturn:
        raise UnsupportedError(
            f"{self!r} is symbolic and has no number yet",
            hint=_truth_hint(self, "float")
            or "use np.exp or edgewise.exp for math.exp, and leave float() away; write into an array of floats that "
            "the traced function makes, np.zeros(n) or np.array(C) of one from outside",
            line=user_line(),
        )

    def __complex__(self) -> NoReturn:
        self.__float__()

    def __int__(self) -> NoReturn:
        raise UnsupportedError(
            f"{self!r} is symbolic and has no whole number yet",
            hint=_truth_hint(self, "int")
            or "write np.trunc(x), edgewise.floor(x) or edgewise.round(x) instead of int(x)",
            line=user_line(),
        )

    def __index__(self) -> NoReturn:
        raise UnsupportedError(
            f"{self!r} is symbolic, and an index, a length or a range needs a whole number that is known",
            hint="take numbers for places and loops from outside, or select with np.where(k == i, a, b)",
            line=user_line(),
        )

    # --- names and display --------------------------------------------------------------------------------------

    def named(self, name: str) -> Expr:
        """This expression with a name that generated code and pictures use; returns self."""
        builder, node = resolve(self)
        builder.labels[node] = str(name)
        return self

    def __getattr__(self, name: str) -> Any:
        if name in METHODS:
            return MethodType(METHODS[name], self)
        if name[0] == "_":  # NumPy asks every entry of an array for its protocols
            raise AttributeError(name)
        raise missing_attribute(self, name, OF_EXPRESSIONS)

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *METHODS})

    def __repr__(self) -> str:
        return builder_text(*resolve(self))

    # --- NumPy --------------------------------------------------------------------------------------------------

    __array_priority__ = 1000.0

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        from edgewise.graph.arrays.array import ufunc_on_objects

        return ufunc_on_objects(ufunc, method, inputs, kwargs)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        from edgewise.graph.arrays.array import function_on_objects

        return function_on_objects(func, args, kwargs)


def _truth_hint(expr: Expr, function: str) -> str:
    """What to write for `float` or `int` of a comparison; empty for any other expression."""
    from edgewise.graph.composed import is_truth

    hint = f"a condition is 0 or 1 where it is calculated with, (x >= 0)*y: leave {function}() away, or write "
    return hint + "np.where(x >= 0, 1.0, 0.0)" if is_truth(expr) else ""


def resolve(expr: Expr) -> tuple[Builder, int]:
    """Where the expression lives now: its builder may have been absorbed by another."""
    if type(expr) is not Expr:
        expr._renew()
    builder: Builder = expr._builder
    node: cython.longlong = expr._node
    while builder.moved is not None:
        builder, new = builder.moved
        node = new[node]
    expr._builder, expr._node = builder, node
    return builder, node


def new_expr(builder: Builder, node: cython.longlong) -> Any:
    """`Expr(builder, node)` without the call."""
    made: Expr = Expr.__new__(Expr)
    made._builder = builder
    made._node = node
    return made


def unary(code: cython.longlong, x: Expr) -> Any:
    """The expression of a table operation of one argument, which is an `Expr` and no tensor, by its code."""
    builder: Builder = x._builder
    if builder.fast:
        return new_expr(builder, builder.nodes.unary(code, x._node))
    return apply_op(op_of_code(code, ()), (x,))


def _binary(code: cython.longlong, left: Expr, right: Any) -> Any:
    builder: Builder = left._builder
    if builder.fast:
        if type(right) is Expr:
            other: Expr = right
            if other._builder is builder:
                return new_expr(builder, builder.nodes.binary(code, left._node, other._node))
        elif type(right) is int or type(right) is float:
            constant: cython.longlong = builder.constant(right)
            if builder.fast:  # still: another thread may have run meanwhile
                return new_expr(builder, builder.nodes.binary(code, left._node, constant))
    return _operator(_NAMES[code], left, right)


def _reflected(code: cython.longlong, right: Expr, left: Any) -> Any:
    builder: Builder = right._builder
    if builder.fast and (type(left) is int or type(left) is float):
        constant: cython.longlong = builder.constant(left)
        if builder.fast:
            return new_expr(builder, builder.nodes.binary(code, constant, right._node))
    return _operator(_NAMES[code], left, right)


_NAMES: Final = {ADD: "add", SUB: "sub", MUL: "mul", DIV: "div"}


def _operator(name: str, left: Any, right: Any) -> Any:
    """A binary operator; hands over to arrays, which apply it to each entry."""
    # Of an expression nothing else is asked: compiled code has no frame, and `__class__` answers whose code it is in.
    for side in [side for side in (left, right) if not isinstance(side, Expr)]:
        if isinstance(side, np.ndarray) and side.shape != ():
            return NotImplemented
        if isinstance(side, (list, tuple)):
            return _numpy(_ON_ARRAYS[name], left, right)
    return apply(name, left, right)


def _numpy(name: str, *args: Any) -> Any:
    """A ufunc of NumPy, which comes back to what an expression or an array of them makes of it."""
    return getattr(np, name)(*args)


_ON_ARRAYS: Final = {
    "add": "add", "sub": "subtract", "mul": "multiply", "div": "divide", "pow": "power", "mod": "remainder",
    "lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal", "eq": "equal", "ne": "not_equal",
    "and": "logical_and", "or": "logical_or",
}  # fmt: skip

_NO_NUMBERS: Final = (NoneType, str, bytes, EllipsisType, type, FunctionType, BuiltinFunctionType, Mapping, Set)


def equality(name: str, left: Any, right: Any) -> Any:
    """`==` or `!=` of an expression: a node, but False or True where the other side is certainly no number."""
    for side in (left, right):
        if not isinstance(side, Expr) and isinstance(side, _NO_NUMBERS):
            return name == "ne"
    return _operator(name, left, right)


def apply(name: str, *args: Any, parameter: Any = None) -> Expr:
    """The expression of a table operation on expressions and numbers, at least one an expression.

    A power whose exponent is a constant becomes the one-argument `power`, which has its own exact derivative.
    """
    return apply_op(op_named(name), args, parameter)


def apply_op(op: Op, args: Sequence[Any], parameter: Any = None) -> Expr:
    """The expression of an operation given by its row."""
    if len(args) != op.arity:
        raise OperationError(
            f"{op.name} takes {op.arity} arguments ({', '.join(op.args)}) and got {len(args)}", hint="give each of them"
        )
    with MERGING:
        builder = meet(args)
        if builder is None:
            raise OperationError(
                f"{op.name} got no expression", hint="pass an edgewise expression, or call it on numbers"
            )
        nodes = [resolve(arg)[1] if isinstance(arg, Expr) else builder.constant(arg) for arg in args]
        return handle(builder, add_op(builder, op, nodes, parameter))


def handle(builder: Builder, node: int) -> Expr:
    """The handle of a node: one with a shape where the graph may hold tensors."""
    if builder.tensors:
        from edgewise.graph.tensors.tensor import Tensor

        return Tensor(builder, node)
    return Expr(builder, node)


def meet(values: Iterable[Any], builder: Builder | None = None) -> Builder | None:
    """The one builder of all expressions among `values`, merged into it if need be; `builder` if there is none."""
    for value in values:
        if isinstance(value, Expr):
            home, _ = resolve(value)
            if builder is None:
                builder = home
            elif home is not builder:
                # What is made of constants alone goes to where the inputs are.
                if not builder.inputs and home.inputs and not builder.record:
                    home, builder = builder, home
                builder.absorb(home)
    return builder


def _known_exponent(builder: Builder, node: int) -> Any:
    """The number that an exponent is: a constant, or a fraction as it is written, 3/2; None for any other."""
    code, *args = builder.nodes[node]
    if code == CONST:
        return builder.attrs[node]
    if code not in (CODE["div"], CODE["neg"]) or any(builder.nodes[j][0] != CONST for j in args):
        return None
    return fold_exact("neg" if len(args) == 1 else "div", [builder.attrs[j] for j in args])


def add_op(builder: Builder, op: Op, nodes: Sequence[int], parameter: Any = None) -> int:
    """Append an operation; a constant exponent makes a `power`."""
    if op.name == "pow" and (exponent := _known_exponent(builder, nodes[1])) is not None:
        if (type(exponent) is float and exponent.is_integer() and abs(exponent) < 2**53) or type(exponent) is bool:
            exponent = int(exponent)
        if isinstance(exponent, (int, Fraction)) or (type(exponent) is float and isfinite(exponent)):
            return builder.add(CODE["power"], nodes[:1], exponent)
    return builder.add(builder.code(op), nodes, parameter)
