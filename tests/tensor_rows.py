"""Every tensor operation as users write it: one row with a function, its inputs, and how to draw them.

The functions take a namespace `xp`, so that the same text runs on edgewise's tensors, on NumPy and on JAX.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

import edgewise as ew
from edgewise.frontends.text_tensors import parse_shapes
from edgewise.graph.tensors import tensor_writers
from edgewise.ops import decompositions, tensor_values

SIZES = {"n": 4, "m": 3, "d": 3, "k": 2}


class Row(NamedTuple):
    """An operation in use: `draw` says what its first input has to be."""

    name: str
    function: Callable[..., Any]
    shapes: str
    draw: str = "real"


def _either(on_tensors: Callable[..., Any], on_arrays: Callable[..., Any]) -> Callable[..., Any]:
    """An operation that only derivatives write, on tensors and on arrays."""
    return lambda x, *rest: (on_tensors if isinstance(x, ew.Expr) else on_arrays)(x, *rest)


OURS = SimpleNamespace(
    unit=_either(tensor_writers.unit, tensor_values.unit),
    adjugate=_either(tensor_writers.adjugate, decompositions.adjugate),
    np=np, softmax=ew.softmax, logsumexp=ew.logsumexp, logdet=ew.logdet, solve_triangular=ew.solve_triangular,
    one_hot=ew.one_hot, conv=ew.conv, sigmoid=ew.sigmoid, eigenvectors=ew.eigenvectors, expm=ew.expm, rfft=ew.rfft,
)  # fmt: skip


def jax_namespace() -> SimpleNamespace:
    """The same names in JAX, in double precision."""
    import jax
    import jax.numpy as jnp
    from jax.scipy.linalg import solve_triangular

    jax.config.update("jax_enable_x64", True)

    def conv(x: Any, kernel: Any, axes: int) -> Any:
        return jax.scipy.signal.convolve(x, kernel, mode="valid")

    return SimpleNamespace(
        np=jnp, softmax=jax.nn.softmax, logsumexp=lambda x, axis=None, keepdims=False: jax.nn.logsumexp(
            x, axis=axis, keepdims=keepdims), logdet=lambda a: jnp.linalg.slogdet(a)[1],
        solve_triangular=lambda a, b, lower=False: solve_triangular(a, b, lower=lower),
        unit=lambda x, axes: x / jnp.sqrt(jnp.sum(x**2, axis=axes, keepdims=True)),
        adjugate=lambda a: jnp.linalg.det(a) * jnp.linalg.inv(a),
        one_hot=jax.nn.one_hot, conv=conv, sigmoid=jax.nn.sigmoid, eigenvectors=lambda a: jnp.linalg.eigh(a)[1],
        expm=jax.scipy.linalg.expm, rfft=lambda a, axis=-1: (lambda z: (z.real, z.imag))(jnp.fft.rfft(a, axis=axis)),
    )  # fmt: skip


ROWS: tuple[Row, ...] = (
    # --- index notation -----------------------------------------------------------------------------------------
    Row("matmul", lambda xp, a, b: a @ b, "a: n,m; b: m,k"),
    Row("matmul vector", lambda xp, a, b: a @ b, "a: n,m; b: m"),
    Row("vector matmul", lambda xp, a, b: a @ b, "a: n; b: n,m"),
    Row("inner", lambda xp, a, b: a @ b, "a: n; b: n"),
    Row("matmul batched", lambda xp, a, b: a @ b, "a: k,n,m; b: k,m,d"),
    Row("matmul broadcast", lambda xp, a, b: a @ b, "a: k,n,m; b: m,d"),
    Row("einsum", lambda xp, a, b, c: xp.np.einsum("ij,jk,k->i", a, b, c), "a: n,m; b: m,k; c: k"),
    Row("einsum diagonal", lambda xp, a, b: xp.np.einsum("ii,i->i", a, b), "a: n,n; b: n"),
    Row("outer", lambda xp, a, b: xp.np.outer(a, b), "a: n; b: m"),
    Row("dot", lambda xp, a, b: xp.np.dot(a, b), "a: n,m; b: m,k"),
    Row("tensordot", lambda xp, a, b: xp.np.tensordot(a, b, axes=([0, 1], [1, 0])), "a: n,m; b: m,n"),
    Row("kron", lambda xp, a, b: xp.np.kron(a, b), "a: n,m; b: k,d"),
    Row("transpose", lambda xp, a: xp.np.transpose(a, (2, 0, 1)) * a.shape[0], "a: n,m,k"),
    Row("T", lambda xp, a: a.T * 2, "a: n,m"),
    Row("swapaxes", lambda xp, a: xp.np.swapaxes(a, 0, 1) ** 2, "a: n,m,k"),
    Row("moveaxis", lambda xp, a: xp.np.exp(xp.np.moveaxis(a, 0, -1)), "a: n,m,k"),
    Row("trace", lambda xp, a: xp.np.trace(a), "a: n,n"),
    Row("unit", lambda xp, a: xp.unit(a, (-1,)), "a: n,m"),
    Row("adjugate", lambda xp, a: xp.adjugate(a), "a: n,n"),
    Row("diag of a matrix", lambda xp, a: xp.np.diag(a) ** 2, "a: n,n"),
    Row("diag of a vector", lambda xp, a: xp.np.diag(a) @ xp.np.diag(a), "a: n"),
    Row("broadcast_to", lambda xp, a: xp.np.broadcast_to(a, (4, 3)) ** 2, "a: 3"),
    Row("expand and squeeze", lambda xp, a: xp.np.squeeze(a[:, None] * a[None, :, None], -1), "a: n"),
    # --- sums ---------------------------------------------------------------------------------------------------
    Row("sum", lambda xp, a: xp.np.sum(a, axis=0), "a: n,m"),
    Row("sum keepdims", lambda xp, a: a / xp.np.sum(a**2, axis=1, keepdims=True), "a: n,m"),
    Row("mean", lambda xp, a: xp.np.mean(a, axis=1) * xp.np.mean(a), "a: n,m"),
    Row("var", lambda xp, a: xp.np.var(a, axis=0), "a: n,m"),
    Row("std", lambda xp, a: xp.np.std(a, axis=0, ddof=1), "a: n,m"),
    Row("cumsum", lambda xp, a: xp.np.cumsum(a, axis=0) ** 2, "a: n,m"),
    Row("cumsum of all", lambda xp, a: xp.np.cumsum(a) ** 2, "a: n,m"),
    # --- shape --------------------------------------------------------------------------------------------------
    Row("reshape", lambda xp, a: xp.np.reshape(a, (2, 6)) @ xp.np.reshape(a, (6, 2)), "a: 4,3"),
    Row("ravel", lambda xp, a: a.ravel() ** 2, "a: n,m"),
    Row("index", lambda xp, a: a[1:, 0] * a[:-1, -1], "a: n,m"),
    Row("index ellipsis", lambda xp, a: a[..., 1] ** 2, "a: n,m,k"),
    Row("reverse", lambda xp, a: a[::-1] * a, "a: n,m"),
    Row("stride", lambda xp, a: a[::2] * a[1::2], "a: 4,m"),
    Row("flip", lambda xp, a: xp.np.flip(a) * a, "a: n,m"),
    Row("roll", lambda xp, a: xp.np.roll(a, 1, axis=0) * a, "a: n,m"),
    Row("diff", lambda xp, a: xp.np.diff(a, axis=0) ** 3, "a: n,m"),
    Row("take", lambda xp, a: xp.np.take(a, np.array([2, 0, 2]), axis=0) ** 2, "a: n,m"),
    Row("take by rows", lambda xp, a: a[np.array([[0, 1], [1, 2]])] ** 2, "a: n,m"),
    Row("concatenate", lambda xp, a, b: xp.np.concatenate([a, b, a]) ** 2, "a: n,m; b: k,m"),
    Row("stack", lambda xp, a, b: xp.np.stack([a, b, a * b], axis=1) ** 2, "a: n,m; b: n,m"),
    Row("block", lambda xp, a, b: xp.np.block([[a, b], [b, a]]) ** 2, "a: n,m; b: n,m"),
    Row("pad", lambda xp, a: xp.np.pad(a, ((1, 0), (2, 1))) ** 2 + 1, "a: n,m"),
    Row("pad by a constant", lambda xp, a: xp.np.pad(a, 1, constant_values=2.0) ** 2, "a: n,m"),
    Row("tril", lambda xp, a: xp.np.tril(a) @ xp.np.triu(a, 1), "a: n,n"),
    Row("pick by pairs", lambda xp, a: a[np.arange(4), np.array([2, 0, 1, 2])] ** 2, "a: 4,m"),
    Row("pick by a grid", lambda xp, a: a[:, np.ix_([0, 2], [1, 0])[0], np.ix_([0, 2], [1, 0])[1]] ** 2, "a: k,n,m"),
    Row("take along an axis", lambda xp, a: xp.np.take_along_axis(a, np.array([[0, 2], [1, 1], [2, 0], [0, 0]]),
        1) ** 3, "a: 4,m"),
    Row("sort", lambda xp, a: xp.np.sort(a)[-2:] ** 2, "a: n"),
    Row("sort of columns", lambda xp, a: xp.np.sort(a, axis=0) ** 2, "a: n,m"),
    Row("interp", lambda xp, a, b: xp.np.interp(a, np.linspace(-2.0, 2.0, 4), b) ** 2, "a: n; b: 4"),
    Row("running maximum", lambda xp, a: xp.np.maximum.accumulate(a, axis=1) ** 2, "a: n,m"),
    # --- matrices -----------------------------------------------------------------------------------------------
    Row("inv", lambda xp, a: xp.np.linalg.inv(a), "a: n,n", "invertible"),
    Row("inv batched", lambda xp, a: xp.np.linalg.inv(a), "a: k,n,n", "invertible"),
    Row("solve", lambda xp, a, b: xp.np.linalg.solve(a, b), "a: n,n; b: n,k", "invertible"),
    Row("solve vector", lambda xp, a, b: xp.np.linalg.solve(a, b), "a: n,n; b: n", "invertible"),
    Row("det", lambda xp, a: xp.np.linalg.det(a), "a: n,n", "invertible"),
    Row("det of a product", lambda xp, a, b: xp.np.linalg.det(a.T @ b), "a: n,k; b: n,k"),
    Row("singular values", lambda xp, a: xp.np.linalg.svd(a, compute_uv=False), "a: n,m"),
    Row("singular vectors", lambda xp, a: (lambda u, s, v: (u * s**2) @ v)(
        *xp.np.linalg.svd(a, full_matrices=False)), "a: n,m"),
    Row("nuclear norm", lambda xp, a: xp.np.linalg.norm(a, "nuc"), "a: n,m"),
    Row("logdet", lambda xp, a: xp.logdet(a), "a: n,n", "invertible"),
    Row("cholesky", lambda xp, a: xp.np.linalg.cholesky(a), "a: n,n", "definite"),
    Row("solve_triangular", lambda xp, a, b: xp.solve_triangular(a, b, lower=True), "a: n,n; b: n,k", "invertible"),
    Row("solve_triangular upper", lambda xp, a, b: xp.solve_triangular(a, b), "a: n,n; b: n", "invertible"),
    Row("pinv", lambda xp, a: xp.np.linalg.pinv(a), "a: n,m"),
    Row("eigvalsh", lambda xp, a: xp.np.linalg.eigvalsh(a), "a: n,n", "definite"),
    Row("projectors", lambda xp, a: xp.eigenvectors(a) ** 2, "a: d,d", "definite"),
    Row("expm", lambda xp, a: xp.expm(a / 2), "a: n,n"),
    Row("expm batched", lambda xp, a: xp.expm(a / 2) @ a, "a: k,d,d"),
    Row("power spectrum", lambda xp, a: xp.rfft(a)[0] ** 2 + xp.rfft(a)[1] ** 2, "a: n,m"),
    Row("phases", lambda xp, a: xp.np.arctan2(*xp.rfft(a, axis=0)), "a: n,3"),
    Row("matrix_power", lambda xp, a: xp.np.linalg.matrix_power(a, 3), "a: n,n"),
    # --- along axes ---------------------------------------------------------------------------------------------
    Row("softmax", lambda xp, a: xp.softmax(a, axis=-1), "a: n,m"),
    Row("softmax first", lambda xp, a: xp.softmax(a, axis=0), "a: n,m"),
    Row("logsumexp", lambda xp, a: xp.logsumexp(a, axis=1), "a: n,m"),
    Row("logsumexp of all", lambda xp, a: xp.logsumexp(a), "a: n,m"),
    Row("max", lambda xp, a: xp.np.max(a, axis=1), "a: n,m"),
    Row("min", lambda xp, a: xp.np.min(a), "a: n,m"),
    Row("prod", lambda xp, a: xp.np.prod(a, axis=1), "a: n,m"),
    Row("prod of all", lambda xp, a: xp.np.prod(a), "a: 2,m"),
    Row("cumprod", lambda xp, a: xp.np.cumprod(a, axis=0) ** 2, "a: n,m"),
    Row("norm", lambda xp, a: xp.np.linalg.norm(a), "a: n"),
    Row("norm Frobenius", lambda xp, a: xp.np.linalg.norm(a), "a: n,m"),
    Row("norm of rows", lambda xp, a: xp.np.linalg.norm(a, axis=1), "a: n,m"),
    Row("norm one", lambda xp, a: xp.np.linalg.norm(a, 1), "a: n"),
    Row("conv1d", lambda xp, a, b: xp.conv(a, b, 1), "a: 6; b: 3"),
    Row("conv2d", lambda xp, a, b: xp.conv(a, b, 2), "a: 4,5; b: 2,3"),
    # --- elementwise, broadcast ---------------------------------------------------------------------------------
    Row("broadcast", lambda xp, a, b, c: xp.np.exp(a * b) / (1 + c**2) - b, "a: n,m; b: m; c:"),
    Row("column and row", lambda xp, a, b: xp.np.sin(a[:, None] * b + a[:, None]), "a: n; b: m"),
    Row("where", lambda xp, a, b: xp.np.where(a > b, a * b, b**2), "a: n,m; b: m"),
    Row("maximum", lambda xp, a, b: xp.np.maximum(a, b) * a, "a: n,m; b: m"),
    Row("power", lambda xp, a, b: xp.np.abs(a) ** b, "a: n,m; b: m"),
    Row("sigmoid", lambda xp, a: xp.sigmoid(a) * xp.np.tanh(a), "a: n,m"),
    Row("numbers", lambda xp, a: a * np.arange(3.0) + np.ones((2, 1, 3)), "a: n,3"),
)  # fmt: skip


def declared(row: Row, *, numbers: bool = False) -> dict[str, Any]:
    """The row's inputs as declarations, with names for dimensions or with their numbers."""
    inputs = parse_shapes(row.shapes)
    if numbers:
        return {name: ew.tensor(*(SIZES.get(str(n), n) for n in given.shape)) for name, given in inputs.items()}
    return dict(inputs)


def drawn(row: Row, seed: int = 0) -> list[np.ndarray]:
    """Values for the row's inputs."""
    rng = np.random.default_rng(seed)
    values = []
    for k, declaration in enumerate(declared(row).values()):
        shape = tuple(length if isinstance(length, int) else SIZES[length.name] for length in declaration.shape)
        value = rng.uniform(0.4, 1.6, shape) * rng.choice([-1.0, 1.0], shape)
        if k == 0 and row.draw == "invertible":
            value = value + 3 * np.eye(shape[-1])
        if k == 0 and row.draw == "definite":
            value = value @ value.T + np.diag(np.arange(1.0, shape[0] + 1))
        values.append(value)
    return values


def traced(row: Row, *, numbers: bool = False) -> Any:
    """The row's graph."""
    inputs = declared(row, numbers=numbers)
    names = ", ".join(inputs)
    scope = {"function": row.function, "xp": OURS}
    return ew.trace(eval(f"lambda {names}: function(xp, {names})", scope), **inputs)


def _direction(row: Row, values: Sequence[Any], rng: np.random.Generator) -> list[Any]:
    dots = [rng.normal(size=np.shape(value)) for value in values]
    if row.draw == "definite":  # NumPy reads one triangle: a change is one of symmetric matrices
        dots[0] = (dots[0] + dots[0].T) / 2
    return dots


def _differ(found: Any, wanted: Any, rtol: float, atol: float) -> bool:
    return not np.allclose(found, wanted, rtol=rtol, atol=atol)


def first_errors(row: Row) -> list[str]:
    """What is wrong with the first derivatives of a row, nothing where all is well.

    ȳ·(J ẋ) = (ȳ J)·ẋ for random directions: what forward and reverse mode say of one edge is one linear map; and the
    direction is the one that values change in.
    """
    values, rng = drawn(row, seed=7), np.random.default_rng(11)
    G = traced(row)
    dots = _direction(row, values, rng)
    forward = G.jvp().evaluate({}, *values, *dots).outputs[0]
    bar = rng.normal(size=np.shape(forward))
    backward = G.vjp().evaluate({}, *values, bar).outputs
    errors = []
    if _differ(np.sum(bar * forward), sum(np.sum(b * d) for b, d in zip(backward, dots, strict=True)), 1e-9, 1e-12):
        errors.append("forward and reverse mode are not adjoint")
    step = 1e-6
    ahead = G.evaluate({}, *(v + step * d for v, d in zip(values, dots, strict=True))).outputs[0]
    behind = G.evaluate({}, *(v - step * d for v, d in zip(values, dots, strict=True))).outputs[0]
    if _differ((ahead - behind) / (2 * step), forward, 2e-5, 2e-6):
        errors.append("the tangent is not the change of the value")
    return errors


def second_errors(row: Row) -> list[str]:
    """What is wrong with second derivatives.

    The Hessian times a direction is the change of the gradient, and reverse over reverse mode is forward over reverse.
    """
    values, rng = drawn(row, seed=13), np.random.default_rng(17)
    G = traced(row._replace(function=lambda space, *args: np.sum(np.sin(row.function(space, *args)))))
    dots = _direction(row, values, rng)
    found = G.hvp().simplify().evaluate({}, *values, *dots).outputs
    B, step = G.gradient(), 1e-6
    ahead = B.evaluate({}, *(v + step * d for v, d in zip(values, dots, strict=True))).outputs
    behind = B.evaluate({}, *(v - step * d for v, d in zip(values, dots, strict=True))).outputs
    twice = G.gradient(G.inputs[0]).vjp().simplify().evaluate({}, *values, dots[0]).outputs
    alone = [dots[0], *(np.zeros(np.shape(value)) for value in values[1:])]
    once = G.hvp().evaluate({}, *values, *alone).outputs
    if any(_differ(a, b, 1e-8, 1e-8) for a, b in zip(twice, once, strict=True)):
        return ["reverse over reverse mode is not forward over reverse"]
    return [
        f"the product in input {k} is not the change of the gradient"
        for k, (product, up, down) in enumerate(zip(found, ahead, behind, strict=True))
        if _differ((up - down) / (2 * step), product, 1e-4, 1e-4)
    ]
