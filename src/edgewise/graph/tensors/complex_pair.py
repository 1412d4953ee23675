"""Complex numbers of expressions: two real ones behind one handle, for Fourier transforms, impedances and waves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NoReturn

import numpy as np

from edgewise.errors import missing_attribute
from edgewise.graph.expr import Expr
from edgewise.graph.other_libraries import ComplexPair, is_complex
from edgewise.graph.refused import refused
from edgewise.graph.tensors import fourier
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.tensors.complex_functions import ELEMENTARY, OF_ARRAYS

__all__ = ["FOURIER", "Complex", "holds_pairs", "part", "ufunc_on_pairs"]


class Complex(ComplexPair):
    """A complex number, or an array of them, while a function is traced: `real` and `imag` are real expressions.

    Arithmetic, `abs`, `np.angle`, `exp`, `log`, roots, powers, sums, products and slices are as NumPy has them. What is
    differentiated is real in the end.

    >>> import edgewise as ew
    >>> ew.grad(lambda x: abs(np.exp(1j * x) + 1) ** 2)(0.5)  # -2 sin(x)
    -0.958851077208406
    """

    def __init__(self, real: Any, imag: Any) -> None:
        if _shape(real) != _shape(imag):
            real, imag = real + np.zeros_like(imag), imag + np.zeros_like(real)
        self.real, self.imag = real, imag

    dtype: Final = np.dtype(complex)
    shape = property(lambda self: _shape(self.real))
    ndim = property(lambda self: len(self.shape))
    size = property(lambda self: np.size(self.real))
    T = property(lambda self: np.transpose(self))

    def __len__(self) -> int:
        return len(self.real)

    def __iter__(self) -> Iterator[Complex]:
        return (self[k] for k in range(len(self)))

    def __getitem__(self, key: Any) -> Complex:
        return Complex(self.real[key], self.imag[key])

    def __setitem__(self, key: Any, value: Any) -> None:
        real, imag = _parts(value)
        self.real[key], self.imag[key] = real, 0.0 if imag is None else imag

    def __repr__(self) -> str:
        return f"({self.real!r}) + 1j*({self.imag!r})"

    def __getattr__(self, name: str) -> Any:
        function: Any = getattr(np, name, None)
        known = function in _EACH or function in _BILINEAR or name in _METHODS
        if not known:
            raise AttributeError(name) if name[0] == "_" else missing_attribute(self, name, {})
        if name in ("reshape", "transpose"):  # methods take lengths and axes one by one, too
            return lambda *args, **options: function(self, *([args] if len(args) > 1 else args), **options)
        return lambda *args, **options: function(self, *args, **options)

    def __complex__(self) -> NoReturn:
        raise refused(
            f"{self!r:.60} has no number yet",
            "write np.exp(z) for cmath.exp(z), and np.array([…]) or np.stack in place of assignments",
        )

    __float__ = __bool__ = __array__ = __complex__

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        return ufunc_on_pairs(ufunc, method, inputs, options)

    def __array_function__(self, func: Any, types: Any, args: Any, options: Any) -> Any:
        if func in _EACH:
            return Complex(*(func(*(part(one, k) for one in args), **options) for k in (False, True)))
        if func in _BILINEAR:
            first, second, *others = args
            return _product(lambda x, y: func(x, y, *others, **options), _parts(first), _parts(second))
        if func in _OWN:
            return _OWN[func](*args, **options)
        raise refused(
            f"np.{func.__name__} of complex numbers has no graph", "write it for the parts, z.real and z.imag"
        )


def _shape(value: Any) -> Any:
    return t.shape_of(value) if hasattr(value, "shape") else np.shape(value)


def _parts(value: Any) -> tuple[Any, Any]:
    """The real and the imaginary part, None of what is real."""
    return (value.real, value.imag) if is_complex(value) else (value, None)


def part(value: Any, imaginary: bool) -> Any:
    """One of the two parts of what is complex, and of what stands beside it in nested lists."""
    if not isinstance(value, (list, tuple)):
        return _one(value, imaginary) if is_complex(value) else value
    return _of_list(value, imaginary) if holds_pairs(value) else value


def _one(value: Any, imaginary: bool) -> Any:
    real, imag = _parts(value)
    return real if not imaginary else np.zeros(np.shape(real)) if imag is None else imag


def _of_list(value: Any, imaginary: bool) -> Any:
    if not isinstance(value, (list, tuple)):
        return _one(value, imaginary)
    return type(value)([_of_list(entry, imaginary) for entry in value])


def holds_pairs(value: Any) -> bool:
    """Whether there are complex numbers of expressions in nested lists, or some of numbers beside expressions."""
    todo, kinds = [value], set()
    while todo:
        item = todo.pop()
        if isinstance(item, (list, tuple)):
            todo.extend(item)
        else:
            kinds.add(Complex if type(item) is Complex else complex if is_complex(item) else isinstance(item, Expr))
    return Complex in kinds or {complex, True} <= kinds


# --- arithmetic ------------------------------------------------------------------------------------------------------


Pair = tuple[Any, Any]


def _product(times: Callable[[Any, Any], Any], a: Pair, b: Pair) -> Complex:
    """Any product that is linear in both; a part that is None is not there."""
    if a[1] is None:
        return Complex(times(a[0], b[0]), times(a[0], b[1]))
    if b[1] is None:
        return Complex(times(a[0], b[0]), times(a[1], b[0]))
    return Complex(times(a[0], b[0]) - times(a[1], b[1]), times(a[0], b[1]) + times(a[1], b[0]))


def _sum(a: Pair, b: Pair) -> Complex:
    imag = b[1] if a[1] is None else a[1] if b[1] is None else a[1] + b[1]
    return Complex(a[0] + b[0], imag)


def _negative(a: Pair) -> Pair:
    return -a[0], None if a[1] is None else -a[1]


def _quotient(a: Pair, b: Pair) -> Complex:
    if b[1] is None:
        return Complex(a[0] / b[0], a[1] / b[0])
    size = b[0] * b[0] + b[1] * b[1]
    over = b[0] / size, -b[1] / size
    return _product(np.multiply, a, over)


def _polar(size: Any, angle: Any) -> Complex:
    return Complex(size * np.cos(angle), size * np.sin(angle))


def _power(a: Pair, b: Pair) -> Any:
    if a[1] is None or b[1] is not None:
        return np.exp(Complex(*b) * np.log(Complex(*a) if a[1] is not None else a[0]))
    if isinstance(b[0], (int, np.integer)) and abs(n := int(b[0])) <= 64:
        found: Any = 1.0
        for bit in f"{abs(n):b}":
            found = found * found * (Complex(*a) if bit == "1" else 1.0)
        return 1 / found if n < 0 else found
    return _polar(np.hypot(*a) ** b[0], np.arctan2(a[1], a[0]) * b[0])


_UFUNCS: Final[Mapping[str, Callable[..., Any]]] = {
    "add": _sum, "subtract": lambda a, b: _sum(a, _negative(b)), "divide": _quotient, "power": _power,
    "multiply": lambda a, b: _product(np.multiply, a, b), "matmul": lambda a, b: _product(np.matmul, a, b),
    "negative": lambda a: Complex(*_negative(a)), "positive": lambda a: Complex(+a[0], +a[1]),
    "conjugate": lambda a: Complex(+a[0], -a[1]), "absolute": lambda a: np.hypot(*a),
    "square": lambda a: _product(np.multiply, a, a), "reciprocal": lambda a: _quotient((1.0, None), a),
    "exp": lambda a: _polar(np.exp(a[0]), a[1]), "log": lambda a: Complex(np.log(np.hypot(*a)), np.arctan2(a[1], a[0])),
    "sqrt": lambda a: _polar(np.sqrt(np.hypot(*a)), np.arctan2(a[1], a[0]) / 2),
    "cos": lambda a: Complex(np.cos(a[0]) * np.cosh(a[1]), -np.sin(a[0]) * np.sinh(a[1])),
    "sin": lambda a: Complex(np.sin(a[0]) * np.cosh(a[1]), np.cos(a[0]) * np.sinh(a[1])),
    "cosh": lambda a: Complex(np.cosh(a[0]) * np.cos(a[1]), np.sinh(a[0]) * np.sin(a[1])),
    "sinh": lambda a: Complex(np.sinh(a[0]) * np.cos(a[1]), np.cosh(a[0]) * np.sin(a[1])),
    "isfinite": lambda a: np.isfinite(a[0]) & np.isfinite(a[1]), "isnan": lambda a: np.isnan(a[0]) | np.isnan(a[1]),
    **{name: lambda a, function=function: Complex(*function(a)) for name, function in ELEMENTARY.items()},
}  # fmt: skip
"""A ufunc → what it makes of pairs."""


def ufunc_on_pairs(ufunc: np.ufunc, method: str, inputs: Sequence[Any], options: Mapping[str, Any]) -> Any:
    """A ufunc of NumPy of which some argument is complex, and some an expression."""
    if method == "reduce" and ufunc in (np.add, np.multiply):
        return (np.sum if ufunc is np.add else np.prod)(*inputs, **options)
    out = options.get("out")
    plain = method == "__call__" and not set(options) - {"out"} and (not out or inputs[0] is out[0])
    if ufunc.__name__ not in _UFUNCS or not plain:
        space = "np" if hasattr(np, ufunc.__name__) else "scipy.special"
        raise refused(
            f"{space}.{ufunc.__name__} of complex numbers has no graph",
            "write it by exp, log and products, or for the parts, z.real and z.imag",
        )
    found = _UFUNCS[ufunc.__name__](*map(_parts, inputs))
    if not out:
        return found
    out[0].real, out[0].imag = found.real, found.imag
    return out[0]


# --- NumPy's functions -----------------------------------------------------------------------------------------------


def _shifted(back: bool) -> Callable[..., Any]:
    def call(x: Any, axes: Any = None) -> Any:
        shape = _shape(x)
        each = range(len(shape)) if axes is None else (axes,) if isinstance(axes, int) else axes
        for axis in each:
            half = shape[axis] // 2
            x = np.roll(x, -half if back else half, axis)
        return x

    return call


def _along(name: str) -> Callable[..., Any]:
    """NumPy's transform of this name, along one axis."""
    transform, inverse = getattr(fourier, name), name.startswith("i")

    def call(a: Any, n: Any = None, axis: int = -1, norm: str | None = None) -> Any:
        real, imag = _parts(a)
        if n is not None:
            wanted = n // 2 + 1 if name == "irfft" else n
            real, imag = _resized(real, wanted, axis), imag if imag is None else _resized(imag, wanted, axis)
        given = real if imag is None else (real, imag)
        found = transform(given, n, axis) if name == "irfft" else transform(given, axis)
        length = _shape(found if name == "irfft" else a)[axis] if n is None else n
        if norm not in (None, "backward"):
            power = (0.5 if norm == "ortho" else 1.0) * (1 if inverse else -1)
            scale = fourier.number(real, length) ** power
            found = found * scale if name == "irfft" else tuple(x * scale for x in found)
        return found if name == "irfft" else Complex(*found)

    return call


def _resized(x: Any, length: Any, axis: int) -> Any:
    """Cut, or filled up with zeros, to a length."""
    own = t.number(_shape(x)[axis], "n= of np.fft")
    if own >= length:
        return np.moveaxis(np.moveaxis(x, axis, 0)[:length], 0, axis)
    widths = [(0, 0)] * len(_shape(x))
    widths[axis] = (0, length - own)
    return np.pad(x, widths)


def _over(name: str, usual: Any) -> Callable[..., Any]:
    """NumPy's transform along several axes, of which the real one is the last, and first."""
    last = FOURIER[getattr(np.fft, name)]
    others = FOURIER[np.fft.ifft if name.startswith("i") else np.fft.fft]

    def call(a: Any, s: Any = None, axes: Any = usual, norm: str | None = None) -> Any:
        *rest, end = range(-len(_shape(a)), 0) if axes is None else axes
        *lengths, length = (None,) * (len(rest) + 1) if s is None else s
        if name != "irfft":
            a = last(a, length, end, norm)
        for axis, n in zip(rest, lengths, strict=True):
            a = others(a, n, axis, norm)
        return last(a, length, end, norm) if name == "irfft" else a

    return call


FOURIER: Final[dict[Any, Callable[..., Any]]] = {
    **{getattr(np.fft, name): _along(name) for name in ("fft", "ifft", "rfft", "irfft")},
    np.fft.fftshift: _shifted(False), np.fft.ifftshift: _shifted(True),
}  # fmt: skip
"""NumPy's Fourier transforms → what they write."""
FOURIER.update(
    {
        getattr(np.fft, name + suffix): _over(name, usual)
        for name in ("fft", "ifft", "rfft", "irfft")
        for suffix, usual in (("2", (-2, -1)), ("n", None))
    }
)


def _angle(z: Any, deg: bool = False) -> Any:
    angle = np.arctan2(z.imag, z.real)
    return angle * (180 / np.pi) if deg else angle


def _where(condition: Any, x: Any, y: Any) -> Complex:
    pairs = [(real, 0.0 if imag is None else imag) for real, imag in map(_parts, (x, y))]
    return Complex(*(np.where(condition, *both) for both in zip(*pairs, strict=True)))


_EACH: Final = frozenset(
    getattr(np, name)
    for name in ("sum", "mean", "cumsum", "diff", "roll", "flip", "reshape", "ravel", "transpose", "squeeze",
                 "expand_dims", "moveaxis", "swapaxes", "take", "tile", "repeat", "broadcast_to", "concatenate",
                 "stack", "hstack", "vstack", "pad", "zeros_like", "trace", "diagonal", "diag", "copy")
)  # fmt: skip
"""What is applied to the real and to the imaginary part."""
_BILINEAR: Final = frozenset(
    getattr(np, name) for name in ("dot", "inner", "outer", "tensordot", "convolve", "kron", "cross")
)
_METHODS: Final = ("conj", "conjugate", "prod", "cumprod", "var", "std")
_OWN: Final[Mapping[Any, Callable[..., Any]]] = {
    **FOURIER, **OF_ARRAYS,
    np.real: lambda val: val.real, np.imag: lambda val: val.imag, np.angle: _angle, np.where: _where,
    np.vdot: lambda a, b: np.sum(np.conj(a) * b), np.shape: lambda a: a.shape, np.size: lambda a, axis=None: a.size,
    np.ndim: lambda a: a.ndim, np.iscomplexobj: lambda x: True, np.isrealobj: lambda x: False,
    np.linalg.norm: lambda x, *args, **options: np.linalg.norm(np.abs(x), *args, **options),
}  # fmt: skip
