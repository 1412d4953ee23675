"""Dimensions: whole numbers, and names such as "n" with polynomials in them.

A half of a dimension rounded down, `n//2`, and the smaller of two are further names, so to speak.

A named dimension is a positive integer symbol of SymPy, so that `n*d + 1` is arithmetic a well-kept library does.
SymPy is only loaded when a name is first used.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping, Sequence
from itertools import product as product_of
from math import prod
from typing import Any, Final

from edgewise.errors import InputError, ShapeError

__all__ = [
    "Dim", "TensorShape", "bound", "broadcast", "dimension", "is_dimension", "named_dimensions", "product",
    "shape_text", "simplest", "smaller", "solve_dimensions", "whole",
]  # fmt: skip

MOST: Final = 1_000
"""At so many points a polynomial is looked at whether it is whole."""

Dim = Any
"""A number, or a polynomial of SymPy in named dimensions."""
TensorShape = tuple[Dim, ...]


def dimension(value: Any) -> Dim:
    """A dimension given as a number, a name, or a polynomial of SymPy.

    >>> dimension(3), dimension("n") + 1
    (3, n + 1)
    """
    if isinstance(value, str):
        if value.isdecimal():
            return int(value)
        if not value.isidentifier():
            raise InputError(f"{value!r} cannot name a dimension", hint='use a name such as "n", or a whole number')
        from edgewise.ops.dim_symbol import NamedDimension

        return NamedDimension(value)
    if hasattr(value, "free_symbols"):
        from edgewise.ops.dim_symbol import NamedDimension

        if type(value) is NamedDimension:
            return value
        names = {symbol: dimension(symbol.name) for symbol in value.free_symbols}
        return whole(value.subs(names)) if names else int(value)
    try:
        length = operator.index(value)
    except TypeError:
        length = -1
    if length < 0 or isinstance(value, bool):
        raise InputError(
            f"{value!r:.60} is not a dimension",
            hint="write dimensions one by one, as in tensor(2, 3)"
            if isinstance(value, (tuple, list))
            else 'give whole numbers that are not negative, or names such as "n"',
        )
    return length


def is_dimension(value: Any) -> bool:
    """Whether a value is the length of an axis as we write it: a number, or a polynomial multiplied out.

    >>> n = dimension("n")
    >>> is_dimension(3), is_dimension(n * n + 1), is_dimension(n * (n + 1)), is_dimension("n"), is_dimension(-1)
    (True, True, False, False, False)
    """
    if type(value) is int:
        return value >= 0
    if not getattr(value, "free_symbols", None):
        return False
    terms = value.args if value.is_Add else (value,)
    factors = [factor for term in terms for factor in (term.args if term.is_Mul else (term,))]
    return not any(
        factor.is_Add or (factor.is_Pow and factor.base.is_Add and factor.exp.is_Integer) for factor in factors
    )


def simplest(value: Dim) -> Dim:
    """The one form of a polynomial in dimensions; a number is a plain int.

    >>> n = dimension("n")
    >>> simplest((n + 1) * (n - 1)), simplest(n - n)
    (n**2 - 1, 0)
    """
    if type(value) is int:
        return value
    value = value.expand()
    if value.is_Integer:
        return int(value)
    return value if value.is_polynomial() else rounded(value)


def whole(value: Dim) -> Dim:
    """The one form of a polynomial in dimensions that is a whole number whatever they are; an InputError for n/2.

    >>> n = dimension("n")
    >>> whole(n * (n + 1) / 2)
    n**2/2 + n/2

    A polynomial of degree d that is whole at d + 1 numbers in a row is whole everywhere. (Pólya, 1915)
    """
    value = simplest(value)
    if type(value) is int or value.is_integer:
        return value
    found = value.as_poly()
    grid = [range(found.degree(g) + 1) for g in found.gens] if found is not None else []
    if not grid or prod(map(len, grid)) > MOST or not all(g.is_integer for g in found.gens):
        proven = False
    else:
        proven = all(found(*point).is_integer for point in product_of(*grid))
    if not proven:
        raise InputError(f"{value} is not a whole number for every length", hint="write //, which rounds down")
    return value


def rounded(value: Dim) -> Dim:
    """A length with its quotients that are rounded down in the one form that has a spelling in Python."""
    from edgewise.ops.dim_symbol import Quotient, sympy

    return value.replace(sympy.floor, Quotient).replace(sympy.ceiling, lambda part: -Quotient(-part))


def smaller(one: Dim, two: Dim) -> Dim:
    """The smaller of two dimensions.

    >>> smaller(3, 2), smaller(dimension("n"), dimension("n")), smaller(dimension("n"), 2)
    (2, n, min(2, n))
    """
    if one == two or (type(one) is int and type(two) is int):
        return min(one, two)
    from edgewise.ops.dim_symbol import Smaller

    return simplest(Smaller(one, two))


def product(lengths: Iterable[Dim]) -> Dim:
    """The number of entries of a shape."""
    total: Dim = 1
    for length in lengths:
        total = total * length
    return simplest(total)


def shape_text(shape: Sequence[Dim]) -> str:
    """A shape as people write it.

    >>> shape_text((dimension("n"), 3)), shape_text((4,)), shape_text(())
    ('(n, 3)', '(4,)', '()')
    """
    inner = ", ".join(str(length) for length in shape)
    return f"({inner},)" if len(shape) == 1 else f"({inner})"


def broadcast(shapes: Sequence[TensorShape], what: str) -> TensorShape:
    """The common shape, as NumPy broadcasts; a ShapeError that names the shapes of `what` where there is none.

    >>> broadcast([(3, 1), (4,)], "add")
    (3, 4)
    """
    rank = max(map(len, shapes), default=0)
    common: list[Dim] = [1] * rank
    for shape in shapes:
        for k, length in enumerate(shape, rank - len(shape)):
            if length == common[k] or length == 1:
                continue
            if common[k] != 1:
                listing = " and ".join(shape_text(s) for s in dict.fromkeys(shapes) if s)
                raise ShapeError(
                    f"{what} of the shapes {listing}: {common[k]} and {length} do not broadcast",
                    hint="equal dimensions, and 1, fit together; give equal dimensions the same name",
                )
            common[k] = length
    return tuple(common)


def named_dimensions(shape: Sequence[Dim]) -> set[str]:
    """The names in a shape."""
    return {symbol.name for length in shape if type(length) is not int for symbol in length.free_symbols}


def bound(value: Any, sizes: Mapping[str, int]) -> Any:
    """Any nesting of tuples with every dimension in it replaced by its number."""
    if type(value) is tuple:
        return tuple(bound(item, sizes) for item in value)
    if hasattr(value, "bound"):
        return value.bound(sizes)
    if not hasattr(value, "free_symbols"):
        return value
    unknown = named_dimensions((value,)) - sizes.keys()
    if unknown:
        raise ShapeError(
            f"the dimension {min(unknown)!r} is not the length of an axis of any input",
            hint="declare an input with an axis of that length",
        )
    number = value.subs({symbol: sizes[symbol.name] for symbol in value.free_symbols})
    return int(number) if number.is_Integer else number


def solve_dimensions(declared: Iterable[tuple[str, TensorShape, tuple[int, ...]]]) -> dict[str, int]:
    """The numbers of the named dimensions from (input, declared shape, shape of its value).

    Raises ShapeError where a value has another rank or two values disagree.

    >>> solve_dimensions([("X", (dimension("n"), 2), (5, 2))])
    {'n': 5}
    """
    sizes: dict[str, int] = {}
    source: dict[str, str] = {}
    listed = list(declared)
    for name, shape, actual in listed:
        if len(shape) != len(actual):
            raise ShapeError(
                f"the input {name!r} was given an array of shape {actual}", hint=f"its shape is {shape_text(shape)}"
            )
        for length, number in zip(shape, actual, strict=True):
            if type(length) is not int and length.is_Symbol:
                if sizes.setdefault(length.name, number) != number:
                    raise ShapeError(
                        f"the dimension {length.name!r} is {sizes[length.name]} in {source[length.name]!r} and "
                        f"{number} in {name!r}, which was given an array of shape {actual}",
                        hint=f"the shape of {name!r} is {shape_text(shape)}",
                    )
                source.setdefault(length.name, name)
    for name, shape, actual in listed:
        unknown = named_dimensions(shape) - sizes.keys()
        if unknown:
            raise ShapeError(
                f"the dimension {min(unknown)!r} of {name!r} is not the length of an axis of any input",
                hint="declare an input with an axis of that length alone",
            )
        if bound(shape, sizes) != actual:
            raise ShapeError(
                f"the input {name!r} was given an array of shape {actual}", hint=f"its shape is {shape_text(shape)}"
            )
    return sizes
