"""SymPy expressions into graphs: each shared subexpression once, without recursion."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import sympy as sp

from edgewise.errors import InputError, UnsupportedError
from edgewise.frontends.naming import listed
from edgewise.frontends.sympy.kinds import has_tensors
from edgewise.frontends.sympy.reader import Reader
from edgewise.frontends.sympy.symbols import is_function_of_symbols
from edgewise.frontends.sympy.tensor_reader import TensorReader
from edgewise.frontends.sympy.user_functions import UserFunctions
from edgewise.graph import Layout, Tape
from edgewise.graph.arrays.outputs import collect
from edgewise.graph.tensors.tensor_writers import shape_of
from edgewise.ops import Op, rows_of

__all__ = ["from_sympy"]


def from_sympy(value: Any, *, inputs: Sequence[Any] | None = None, functions: Mapping[str, Op] | None = None) -> Tape:
    """The graph of a SymPy expression, matrix or array, of a list, tuple or dict of them, or of a Lambda.

    Inputs are the free symbols in natural order of their names (x2 before x10), the arguments of the Lambda, or
    `inputs`, names or symbols, which may list more. `functions` gives the operations that SymPy's undefined functions
    stand for. Raises UnsupportedError for what is not a real expression, such as an unevaluated Integral.

    Other undefined functions, q(t), and their derivatives are inputs too, as in mechanics: q, q_t, q_tt. The
    derivatives in t are then partial ones, and where t is an input as well `inputs` says that this is meant.

    Matrix and array symbols are tensors, and the symbols in their shapes are named dimensions. Matrices are of real
    numbers, and a vector is a matrix of one column, as in SymPy.

    >>> x, y = sp.symbols("x y")
    >>> from_sympy(sp.exp(x * y) + sp.sin(x)).input_names()
    ('x', 'y')
    >>> t = sp.Symbol("t")
    >>> q = sp.Function("q")(t)
    >>> from_sympy(q.diff(t) ** 2 / 2 - sp.cos(q)).input_names()
    ('q', 'q_t')
    >>> n = sp.Symbol("n")
    >>> A, b = sp.MatrixSymbol("A", n, n), sp.MatrixSymbol("b", n, 1)
    >>> from_sympy(b.T * A.I * b).parameters
    (Parameter(name='A', shape=(n, n)), Parameter(name='b', shape=(n, 1)))
    """
    return read_with(value, inputs, UserFunctions(rows_of(functions), read_with))


def read_with(value: Any, inputs: Sequence[Any] | None, functions: UserFunctions) -> Tape:
    """`from_sympy` with the user's functions met so far: equal functions are then equal operations."""
    if isinstance(value, sp.Lambda):
        value, inputs = value.expr, sp.flatten(value.signature) if inputs is None else inputs
    inputs = listed(inputs)
    if isinstance(inputs, str) or len(set(inputs or ())) != len(inputs or ()):
        raise InputError(f"inputs={inputs!r:.80} is not a list of different names", hint='write inputs=["x", "y"]')
    leaves: list[Any] = []
    try:
        layout = _layout(value, leaves)
        if has_tensors(leaves):
            return _read_tensors(value, inputs, functions)
        reader = Reader(functions)
        for name in inputs or ():
            reader.builder.input(name)
        nodes = reader.read(leaves)
    except RecursionError:
        raise UnsupportedError(
            "the expression is nested too deeply for SymPy itself",
            hint="build it with edgewise.symbols, or trace a Python function that computes it",
        ) from None
    tape, _ = reader.builder.freeze(nodes, layout, _names(reader, inputs))
    return tape


def _names(reader: Reader, inputs: Sequence[str] | None) -> list[str]:
    """The inputs in the order of the graph: as listed, or in the natural order of their names."""
    if inputs is not None:
        return list(inputs)
    symbols = reader.symbols
    for name, item in symbols.items():
        if is_function_of_symbols(item):
            also = next((arg for arg in item.args if symbols.get(str(arg.name)) == arg and arg.name != "t"), None)
            if also is not None and not any(isinstance(other, sp.Derivative) for other in symbols.values()):
                every = ", ".join(map(str, symbols.values()))
                raise UnsupportedError(
                    f"{item} depends on {also}, which is an input too, and edgewise knows no function {name}",
                    hint=f"define it with edgewise.op and pass functions={{{name!r}: …}}, or say that {item} is an "
                    f"input of its own: inputs=[{every}]",
                )
    return sorted(symbols, key=natural_key)


def _read_tensors(value: Any, inputs: Sequence[str] | None, functions: UserFunctions) -> Tape:
    """The graph of expressions in which matrices or arrays occur: an explicit matrix is then one output."""
    leaves: list[Any] = []
    layout = _layout(value, leaves, whole=True)
    reader = TensorReader(functions)
    reader.declare(leaves)
    for name in inputs or ():
        if name in reader.builder.dimensions:
            raise InputError(f"{name!r} is a dimension of the matrices", hint="leave it out of inputs=")
        reader.builder.input(name)
    tensors = [value.tensor for value in reader.read(leaves)]
    _, nodes, nested = collect(layout.pack(tensors, _array), reader.builder)
    tape, _ = reader.builder.freeze(nodes, nested, _names(reader, inputs))
    return tape


def _array(values: list[Any], shape: tuple[int, ...]) -> Any:
    if any(shape_of(value) for value in values):
        raise UnsupportedError("an array of matrices is no array of numbers", hint="give a list of them")
    return np.fromiter(values, dtype=object, count=len(values)).reshape(shape)


def _layout(value: Any, leaves: list[Any], whole: bool = False) -> Layout:
    # The depth here is the nesting the user wrote around the expressions, not that of an expression.
    if whole and isinstance(value, (sp.MatrixBase, sp.NDimArray)):
        leaves.append(value)
        return Layout()
    if isinstance(value, sp.MatrixBase):
        leaves.extend(value.flat())
        return Layout(shape=tuple(int(n) for n in value.shape))
    if isinstance(value, sp.NDimArray):
        shape = tuple(int(n) for n in value.shape)
        leaves.extend(value[index] for index in np.ndindex(*shape))
        return Layout(shape=shape)
    if isinstance(value, np.ndarray):
        leaves.extend(value.ravel().tolist())
        return Layout(shape=value.shape)
    if isinstance(value, (Mapping, sp.Dict)):
        keys = tuple(str(key) for key in value)
        if len(set(keys)) != len(keys):
            raise InputError("two keys of the dictionary are the same text", hint="use distinct strings as keys")
        return Layout("dict", (), tuple(_layout(item, leaves, whole) for item in value.values()), keys)
    if isinstance(value, (list, tuple, sp.Tuple)):
        parts = tuple(_layout(item, leaves, whole) for item in value)
        return Layout("list" if isinstance(value, list) else "tuple", (), parts)
    leaves.append(value)
    return Layout()


def natural_key(name: str) -> tuple[Any, ...]:
    """x2 before x10; names that count alike, such as x1 and x01, by their text."""
    parts = (part for part in re.split(r"([0-9]+)", name) if part)
    # Digits compare by how many there are, then by themselves: no number is made of text of any length.
    return (*((0, len(n := p.lstrip("0")), n) if p[0] in "0123456789" else (1, 0, p) for p in parts), (2, 0, name))
