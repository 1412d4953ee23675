# cython: nonecheck=True
"""`Expr`: a handle (graph under construction, node number) with Python's operators and NumPy's protocols."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite
from types import MethodType
from typing import Any, NoReturn

import cython
import numpy as np

from edgewise.errors import OperationError, missing_attribute
from edgewise.graph.asked_for_numbers import integer_of, no_index, number_of, truth_of
from edgewise.graph.builder import MERGING, Builder
from edgewise.graph.callers import class_for_user
from edgewise.graph.exponents import add_op, exponent_of
from edgewise.graph.neighbours import METHODS, NO_NUMBERS, ON_ARRAYS, UFUNC_CODES
from edgewise.graph.other_libraries import has_answer, other_array
from edgewise.graph.suggestions import of_expressions
from edgewise.graph.text_of_nodes import builder_text
from edgewise.ops import CODE, Op, op_named, op_of_code
from edgewise.shown import formula

__all__ = ["Expr", "apply", "apply_op", "direct", "equality", "handle", "meet", "resolve"]

ADD, SUB, MUL, DIV, NEG, POWER = (CODE[name] for name in ("add", "sub", "mul", "div", "neg", "power"))
LT, LE, GT, GE, EQ, NE, AND, OR = (CODE[name] for name in ("lt", "le", "gt", "ge", "eq", "ne", "and", "or"))


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
        return _binary(ADD, other, self)

    def __sub__(self, other: Any) -> Any:
        return _binary(SUB, self, other)

    def __rsub__(self, other: Any) -> Any:
        return _binary(SUB, other, self)

    def __mul__(self, other: Any) -> Any:
        return _binary(MUL, self, other)

    def __rmul__(self, other: Any) -> Any:
        return _binary(MUL, other, self)

    def __truediv__(self, other: Any) -> Any:
        return _binary(DIV, self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return _binary(DIV, other, self)

    def __neg__(self) -> Expr:
        made = direct(NEG, (self,))
        return apply("neg", self) if made is None else made

    def __pow__(self, other: Any) -> Any:
        builder: Builder = self._builder
        if builder.fast and (type(other) is int or (type(other) is float and isfinite(other))):
            exponent = other if type(other) is int and -1024 < other < 1024 else exponent_of(other)
            if builder.record or type(other) is float:
                builder.constant(other)  # the graph does not keep it, but where it is used again it stands here
            node: cython.longlong = builder.nodes.unary(POWER, self._node)
            builder.attrs[node] = exponent
            if builder.fast:
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

    real = property(conjugate)  # SciPy's lambertw, for one, has complex numbers

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
        made = pair(EQ, self, other)
        return equality("eq", self, other) if made is None else made

    def __ne__(self, other: object) -> Any:
        made = pair(NE, self, other)
        return equality("ne", self, other) if made is None else made

    def __lt__(self, other: Any) -> Any:
        return _binary(LT, self, other)

    def __le__(self, other: Any) -> Any:
        return _binary(LE, self, other)

    def __gt__(self, other: Any) -> Any:
        return _binary(GT, self, other)

    def __ge__(self, other: Any) -> Any:
        return _binary(GE, self, other)

    def __and__(self, other: Any) -> Any:
        return _binary(AND, self, other)

    def __rand__(self, other: Any) -> Any:
        return _binary(AND, other, self)

    def __or__(self, other: Any) -> Any:
        return _binary(OR, self, other)

    def __ror__(self, other: Any) -> Any:
        return _binary(OR, other, self)

    def __xor__(self, other: Any) -> Any:
        return _numpy("logical_xor", self, other)

    def __rxor__(self, other: Any) -> Any:
        return _numpy("logical_xor", other, self)

    def __invert__(self) -> Expr:
        return apply("not", self)

    # What is made of constants alone has a number: bool(pi/2 > 1), float(pi/2).

    def __bool__(self) -> bool:
        return truth_of(self, *resolve(self))

    def __float__(self) -> float:
        return number_of(self, *resolve(self))

    def __int__(self) -> int:
        return integer_of(self, *resolve(self))

    def __index__(self) -> NoReturn:
        raise no_index(self)

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
        raise missing_attribute(self, name, of_expressions)

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *METHODS})

    def __repr__(self) -> str:
        return builder_text(*resolve(self))

    # --- NumPy --------------------------------------------------------------------------------------------------

    __array_priority__ = 1000.0

    def __array_ufunc__(self, ufunc: Any, method: Any, *inputs: Any, **kwargs: Any) -> Any:
        if ufunc in UFUNC_CODES and method == "__call__" and not kwargs:
            made = direct(UFUNC_CODES[ufunc], inputs)
            if made is not None:
                return made
        from edgewise.graph.arrays.array import ufunc_on_objects

        return ufunc_on_objects(ufunc, method, inputs, kwargs)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        from edgewise.graph.arrays.array import function_on_objects

        return function_on_objects(func, args, kwargs)


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


def direct(code: cython.longlong, args: tuple[Any, ...]) -> Any:
    """What an operation of one or two scalars of one graph, and plain numbers, writes; None in any other case."""
    if len(args) == 2:
        return pair(code, args[0], args[1])
    if len(args) == 1 and type(args[0]) is Expr:
        only: Expr = args[0]
        builder: Builder = only._builder
        if builder.fast:
            node: cython.longlong = builder.nodes.unary(code, only._node)
            return new_expr(builder, node) if builder.fast else None  # see `pair`
    return None


def pair(code: cython.longlong, left: Any, right: Any) -> Any:
    """`direct` of two arguments."""
    if type(left) is not Expr and type(right) is not Expr:
        return None
    one: Expr = left if type(left) is Expr else right
    builder: Builder = one._builder
    if not builder.fast:
        return None
    first: cython.longlong = _operand(builder, left)
    second: cython.longlong = _operand(builder, right)
    if first < 0 or second < 0:
        return None
    node: cython.longlong = builder.nodes.binary(code, first, second)
    # Where another thread has merged the graph into its own meanwhile, the node is written once more, there.
    return new_expr(builder, node) if builder.fast else None


def _operand(builder: Builder, value: Any) -> int:
    """The node of an expression of this graph, or of a plain number; -1 of anything else."""
    if type(value) is Expr:
        one: Expr = value
        return one._node if one._builder is builder else -1
    return builder.constant(value) if type(value) is float or type(value) is int else -1


def _binary(code: cython.longlong, left: Any, right: Any) -> Any:
    made = pair(code, left, right)
    return _operator(op_of_code(code, ()).name, left, right) if made is None else made


def _operator(name: str, left: Any, right: Any) -> Any:
    """A binary operator; hands over to arrays, which apply it to each entry."""
    # Of an expression nothing else is asked: compiled code has no frame, and `__class__` answers whose code it is in.
    for side in [side for side in (left, right) if not isinstance(side, Expr)]:
        if isinstance(side, np.ndarray) and side.shape != ():
            return NotImplemented
        if (other := side if isinstance(side, (list, tuple)) else other_array(side)) is not None:
            return _numpy(ON_ARRAYS[name], other if left is side else left, other if right is side else right)
        if side is right and has_answer(name, right):
            return NotImplemented  # a vector, a dual number or a unit of the user's own
    return apply(name, left, right)


def _numpy(name: str, *args: Any) -> Any:
    """A ufunc of NumPy, which comes back to what an expression or an array of them makes of it."""
    return getattr(np, name)(*args)


def equality(name: str, left: Any, right: Any) -> Any:
    """`==` or `!=` of an expression: a node, but False or True where the other side is certainly no number."""
    if any(isinstance(side, NO_NUMBERS) for side in (left, right) if not isinstance(side, Expr)):
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
            raise OperationError(f"{op.name} got no expression", hint="pass an expression, or call it on numbers")
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
