"""What operations on tensors cost: (shapes of the arguments, shape of the result, parameter) → arithmetic operations.

Numbers, or polynomials in the named dimensions. Factorisations count their leading term (Golub and Van Loan, *Matrix
Computations*): 2n³/3 for solving, 2n³ for inverting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from edgewise.ops.contraction import Contraction
from edgewise.ops.dims import TensorShape, product, simplest, smaller

__all__ = ["contraction", "cubic", "folded", "nothing", "on_entries", "singular", "solution", "transform", "triangular"]

Shapes = Sequence[TensorShape]


def nothing(shapes: Shapes, shape: TensorShape, p: Any) -> Any:
    """Entries are moved."""
    return 0


def on_entries(times: int) -> Callable[..., Any]:
    """Some operations for each entry of the first argument."""
    return lambda shapes, shape, p: simplest(times * product(shapes[0]))


def folded(shapes: Shapes, shape: TensorShape, p: Any) -> Any:
    """A function of each entry, their sum, and a function of the sum."""
    return simplest(2 * product(shapes[0]) + product(shape))


def cubic(top: int, bottom: int = 1) -> Callable[..., Any]:
    """A fraction of n³ for matrices of n rows."""
    return lambda shapes, shape, p: _fraction(top, bottom, product(shapes[0]) * shapes[0][-1])


def solution(shapes: Shapes, shape: TensorShape, p: Any) -> Any:
    """Elimination, and 2n² for each right-hand side."""
    n = shapes[0][-1]
    return _fraction(2, 3, product(shapes[0]) * n) + 2 * product(shapes[1]) * n


def triangular(shapes: Shapes, shape: TensorShape, p: Any) -> Any:
    """n² for each right-hand side."""
    return simplest(product(shapes[1]) * shapes[0][-1])


def singular(shapes: Shapes, shape: TensorShape, p: Any) -> Any:
    """The singular value decomposition."""
    return simplest(4 * product(shapes[0]) * smaller(shapes[0][-1], shapes[0][-2]))


def transform(shapes: Shapes, shape: TensorShape, p: int) -> Any:
    """A Fourier transform by its sums; a fast one takes less, which is no polynomial."""
    return simplest(2 * product(shape) * shape[p])


def contraction(shapes: Shapes, shape: TensorShape, p: Contraction) -> Any:
    """Of k tensors k - 1 products, and one sum, for each combination of the indices."""
    lengths = p.lengths(list(shapes))
    inner = product(length for letter, length in lengths.items() if letter not in p.repeated)
    return simplest(inner * (len(p.inputs) - 1 + bool(p.summed)))


def _fraction(top: int, bottom: int, value: Any) -> Any:
    if type(value) is int:
        return top * value // bottom
    if bottom == 1:
        return simplest(top * value)
    import sympy as sp

    return sp.Rational(top, bottom) * value.expand()
