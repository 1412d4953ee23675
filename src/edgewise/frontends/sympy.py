"""SymPy expressions into graphs: each shared subexpression once, without recursion."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import sympy as sp

from edgewise.errors import InputError, UnsupportedError
from edgewise.frontends.sympy_functions import UserFunctions
from edgewise.frontends.sympy_kinds import has_tensors
from edgewise.frontends.sympy_reader import Reader
from edgewise.frontends.sympy_tensors import TensorReader
from edgewise.graph import Layout, Tape
from edgewise.graph.outputs import collect
from edgewise.graph.tensors import shape_of
from edgewise.ops import Op, rows_of

__all__ = ["from_sympy"]


def from_sympy(value: Any, *, inputs: Sequence[str] | None = None, functions: Mapping[str, Op] | None = None) -> Tape:
    """The graph of a SymPy expression, matrix or array, or of a list, tuple or dict of them.

    Inputs are the free symbols in natural order of their names (x2 before x10), or `inputs`, which may list more.
    `functions` gives the operations that SymPy's undefined functions stand for. Raises UnsupportedError for what is
    not a real expression, such as an unevaluated Derivative.

    Matrix and array symbols are tensors, and the symbols in their shapes are named dimensions. Matrices are of real
    numbers, and a vector is a matrix of one column, as in SymPy.

    >>> x, y = sp.symbols("x y")
    >>> from_sympy(sp.exp(x * y) + sp.sin(x)).input_names()
    ('x', 'y')
    >>> n = sp.Symbol("n")
    >>> A, b = sp.MatrixSymbol("A", n, n), sp.MatrixSymbol("b", n, 1)
    >>> from_sympy(b.T * A.I * b).parameters
    (Parameter(name='A', shape=(n, n)), Parameter(name='b', shape=(n, 1)))
    """
    return read_with(value, inputs, UserFunctions(rows_of(functions), read_with))


def read_with(value: Any, inputs: Sequence[str] | None, functions: UserFunctions) -> Tape:
    """`from_sympy` with the user's functions met so far: equal functions are then equal operations."""
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
    names = sorted(reader.symbols, key=natural_key) if inputs is None else list(inputs)
    tape, _ = reader.builder.freeze(nodes, layout, names)
    return tape


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
    names = sorted(reader.symbols, key=natural_key) if inputs is None else list(inputs)
    _, nodes, nested = collect(layout.pack(tensors, _array), reader.builder)
    tape, _ = reader.builder.freeze(nodes, nested, names)
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
