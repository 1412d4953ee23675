"""The models that tensor nodes are measured on: plain NumPy functions, with the shapes and the inputs each one takes.

Each function is NumPy as a person writes it, and runs on arrays of numbers as it stands; what NumPy lacks (softmax,
logsumexp, logdet, …) comes from edgewise. `models_jax.py` has the same models in jax.numpy, under the same names.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import edgewise as ew

__all__ = ["MODELS", "Model", "model"]

Array = Any
Sizes = Mapping[str, int]
Draw = Callable[[np.random.Generator, tuple[int, ...], Sizes], np.ndarray]
"""An input from a random generator, its shape, and the sizes of all dimensions."""


# --- how inputs are drawn -------------------------------------------------------------------------------------------


def normal(rng: np.random.Generator, shape: tuple[int, ...], sizes: Sizes) -> np.ndarray:
    return rng.normal(size=shape)


def small(rng: np.random.Generator, shape: tuple[int, ...], sizes: Sizes) -> np.ndarray:
    """Weights whose sums over the last but one dimension are of the order of one."""
    return rng.normal(size=shape) / np.sqrt(shape[0])


def positive(rng: np.random.Generator, shape: tuple[int, ...], sizes: Sizes) -> np.ndarray:
    return np.asarray(rng.uniform(0.5, 1.5, size=shape))


def definite(rng: np.random.Generator, shape: tuple[int, ...], sizes: Sizes) -> np.ndarray:
    """A symmetric positive definite matrix with eigenvalues between one and about five."""
    factor = rng.normal(size=shape)
    return np.eye(shape[0]) + factor @ factor.T / shape[0]


def zero_or_one(rng: np.random.Generator, shape: tuple[int, ...], sizes: Sizes) -> np.ndarray:
    return rng.integers(2, size=shape).astype(float)


def labels_below_k(rng: np.random.Generator, shape: tuple[int, ...], sizes: Sizes) -> np.ndarray:
    return rng.integers(sizes["k"], size=shape)


def one_hot_rows(rng: np.random.Generator, shape: tuple[int, ...], sizes: Sizes) -> np.ndarray:
    return np.eye(shape[1])[rng.integers(shape[1], size=shape[0])]


# --- the functions --------------------------------------------------------------------------------------------------


def least_squares(X: Array, w: Array, y: Array) -> Array:
    """½ ‖Xw − y‖²."""
    return np.sum((X @ w - y) ** 2) / 2


def ridge(X: Array, w: Array, y: Array, penalty: Array) -> Array:
    """½ ‖Xw − y‖² + ½ λ ‖w‖²."""
    return np.sum((X @ w - y) ** 2) / 2 + penalty * (w @ w) / 2


def logistic_regression(X: Array, w: Array, y: Array) -> Array:
    """The mean of −log p(yᵢ | xᵢ) with p(1 | x) = sigmoid(xᵀw), for labels 0 and 1."""
    scores = X @ w
    return np.mean(ew.softplus(scores) - y * scores)


def softmax_regression(X: Array, W: Array, Y: Array) -> Array:
    """The mean of −log p(yᵢ | xᵢ) with p(· | x) = softmax(Wᵀx); the labels are the one-hot rows of Y."""
    scores = X @ W
    return np.mean(ew.logsumexp(scores, axis=1) - np.sum(Y * scores, axis=1))


def gaussian_mixture(X: Array, means: Array, logits: Array) -> Array:
    """Σᵢ log Σⱼ πⱼ N(xᵢ; μⱼ, I) without its constant, the weights π = softmax(logits)."""
    squares = np.sum((X[:, None, :] - means[None, :, :]) ** 2, axis=2)
    weights = logits - ew.logsumexp(logits, axis=0)
    return np.sum(ew.logsumexp(weights - squares / 2, axis=1))


def matrix_factorisation(R: Array, U: Array, V: Array) -> Array:
    """½ ‖R − U Vᵀ‖² in the norm of Frobenius."""
    return np.sum((R - U @ V.T) ** 2) / 2


def gaussian_log_likelihood(X: Array, mean: Array, S: Array) -> Array:
    """Σᵢ log N(xᵢ; μ, S) without its constant: the log determinant of a covariance and the squares it weighs."""
    centred = X - mean
    _, logdet = np.linalg.slogdet(S)
    return -(X.shape[0] * logdet + np.sum(centred.T * np.linalg.solve(S, centred.T))) / 2


def gaussian_process(X: Array, y: Array, noise: Array, scale: Array) -> Array:
    """log N(y; 0, K + σ² I) without its constant, K the squared exponential kernel of the length scale."""
    squares = np.sum((X[:, None, :] - X[None, :, :]) ** 2, axis=2)
    K = np.exp(-squares / (2 * scale**2)) + noise**2 * np.diag(np.ones_like(y))
    return -(y @ np.linalg.solve(K, y) + ew.logdet(K)) / 2


def two_layer_network(X: Array, labels: Array, W1: Array, W2: Array, penalty: Array) -> Array:
    """Section 6.5.7 of *Deep Learning*: rectified units, cross-entropy, weight decay; no biases, as there."""
    hidden = np.maximum(X @ W1, 0)
    scores = hidden @ W2
    chosen = np.sum(ew.one_hot(labels, W2.shape[1]) * scores, axis=1)
    cross_entropy = np.mean(ew.logsumexp(scores, axis=1) - chosen)
    return cross_entropy + penalty * (np.sum(W1**2) + np.sum(W2**2))


def attention(Q: Array, K: Array, V: Array, Y: Array) -> Array:
    """½ ‖softmax(Q Kᵀ / √d) V − Y‖²: scaled dot-product attention and a squared loss."""
    weights = ew.softmax(Q @ K.T / np.sqrt(Q.shape[1]), axis=-1)
    return np.sum((weights @ V - Y) ** 2) / 2


def layer_norm(X: Array, gain: Array, bias: Array, Y: Array) -> Array:
    """½ ‖gain · (X − mean) / deviation + bias − Y‖², mean and deviation those of each row."""
    centred = X - np.mean(X, axis=-1, keepdims=True)
    deviation = np.sqrt(np.var(X, axis=-1, keepdims=True) + 1e-5)
    return np.sum((gain * centred / deviation + bias - Y) ** 2) / 2


def quadratic_form(A: Array, x: Array) -> Array:
    """xᵀ A x, A any square matrix."""
    return x @ A @ x


def ratio_of_quadratic_forms(A: Array, B: Array, x: Array) -> Array:
    """xᵀ A x / xᵀ B x, the generalised Rayleigh quotient."""
    return (x @ A @ x) / (x @ B @ x)


# --- the table ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Model:
    """A scalar function of arrays.

    `shapes` gives the dimensions of each argument, named, in the order of the arguments; `wrt` are the arguments to
    differentiate by. `test` and `timing` are the sizes of the dimensions. `draws` tells how an argument is drawn where
    it is not normal. `integers` are arguments of whole numbers. `hessian`: whether second derivatives are looked at.
    `text` is the same function for `ew.parse`.
    """

    name: str
    function: Callable[..., Any]
    shapes: Mapping[str, tuple[str, ...]]
    wrt: tuple[str, ...]
    test: Sizes
    timing: Sizes
    draws: Mapping[str, Draw] = field(default_factory=dict)
    integers: tuple[str, ...] = ()
    hessian: bool = False
    text: str = ""

    @property
    def declared(self) -> str:
        """The shapes for `ew.parse`."""
        return "; ".join(f"{name}: {', '.join(shape)}" for name, shape in self.shapes.items())

    @property
    def reference(self) -> Callable[..., Any]:
        """The same model in jax.numpy; importing it needs JAX."""
        found: Callable[..., Any] = getattr(importlib.import_module("models_jax"), self.function.__name__)
        return found

    @property
    def argnums(self) -> tuple[int, ...]:
        """The places of the arguments to differentiate by."""
        order = list(self.shapes)
        return tuple(order.index(name) for name in self.wrt)

    def tensors(self, sizes: Sizes | None = None) -> dict[str, Any]:
        """The inputs for `ew.trace`: dimensions by name, or numbers where sizes are given."""
        number: Sizes = sizes or {}
        return {
            name: ew.tensor(
                *(number.get(dimension, dimension) for dimension in shape),
                dtype=int if name in self.integers else float,
            )
            for name, shape in self.shapes.items()
        }

    def inputs(self, sizes: Sizes, seed: int = 0) -> dict[str, np.ndarray]:
        """Arrays of numbers for every argument."""
        rng = np.random.default_rng(seed)
        return {
            name: self.draws.get(name, normal)(rng, tuple(sizes[dimension] for dimension in shape), sizes)
            for name, shape in self.shapes.items()
        }


DATA = {"X": ("n", "d"), "w": ("d",), "y": ("n",)}
REGRESSION = {"n": 7, "d": 4}

MODELS = (
    Model(
        "least squares",
        least_squares,
        DATA,
        ("w",),
        REGRESSION,
        {"n": 2000, "d": 200},
        hessian=True,
        text="sum((X @ w - y)**2)/2",
    ),
    Model(
        "ridge regression",
        ridge,
        {**DATA, "penalty": ()},
        ("w",),
        REGRESSION,
        {"n": 2000, "d": 200},
        {"penalty": positive},
        hessian=True,
        text="norm(X @ w - y)**2/2 + penalty*(w @ w)/2",
    ),
    Model(
        "logistic regression",
        logistic_regression,
        DATA,
        ("w",),
        REGRESSION,
        {"n": 2000, "d": 200},
        {"w": small, "y": zero_or_one},
        hessian=True,
        text="mean(softplus(X @ w) - y*(X @ w))",
    ),
    Model(
        "softmax regression",
        softmax_regression,
        {"X": ("n", "d"), "W": ("d", "k"), "Y": ("n", "k")},
        ("W",),
        {"n": 6, "d": 4, "k": 3},
        {"n": 2000, "d": 100, "k": 10},
        {"W": small, "Y": one_hot_rows},
        hessian=True,
        text="mean(logsumexp(X @ W, axis=1) - sum(Y*(X @ W), axis=1))",
    ),
    Model(
        "Gaussian mixture",
        gaussian_mixture,
        {"X": ("n", "d"), "means": ("k", "d"), "logits": ("k",)},
        ("means",),
        {"n": 6, "d": 2, "k": 3},
        {"n": 2000, "d": 10, "k": 10},
    ),
    Model(
        "matrix factorisation",
        matrix_factorisation,
        {"R": ("n", "m"), "U": ("n", "k"), "V": ("m", "k")},
        ("U", "V"),
        {"n": 5, "m": 4, "k": 2},
        {"n": 600, "m": 500, "k": 20},
        text="sum((R - U @ V.T)**2)/2",
    ),
    Model(
        "Gaussian log-likelihood",
        gaussian_log_likelihood,
        {"X": ("n", "d"), "mean": ("d",), "S": ("d", "d")},
        ("mean", "S"),
        {"n": 6, "d": 3},
        {"n": 1000, "d": 100},
        {"S": definite},
        text="-(n*logdet(S) + sum((X - mean).T*solve(S, (X - mean).T)))/2",
    ),
    Model(
        "Gaussian process",
        gaussian_process,
        {"X": ("n", "d"), "y": ("n",), "noise": (), "scale": ()},
        ("noise", "scale"),
        {"n": 5, "d": 2},
        {"n": 300, "d": 4},
        {"noise": positive, "scale": positive},
    ),
    Model(
        "two-layer network",
        two_layer_network,
        {"X": ("n", "d"), "labels": ("n",), "W1": ("d", "h"), "W2": ("h", "k"), "penalty": ()},
        ("W1", "W2"),
        {"n": 5, "d": 3, "h": 4, "k": 3},
        {"n": 500, "d": 100, "h": 100, "k": 10},
        {"labels": labels_below_k, "W1": small, "W2": small, "penalty": positive},
        integers=("labels",),
    ),
    Model(
        "attention",
        attention,
        {"Q": ("n", "d"), "K": ("m", "d"), "V": ("m", "v"), "Y": ("n", "v")},
        ("Q", "K", "V"),
        {"n": 4, "m": 5, "d": 3, "v": 2},
        {"n": 256, "m": 256, "d": 64, "v": 64},
        text="sum((softmax(Q @ K.T/sqrt(d), axis=-1) @ V - Y)**2)/2",
    ),
    Model(
        "layer norm",
        layer_norm,
        {"X": ("n", "d"), "gain": ("d",), "bias": ("d",), "Y": ("n", "d")},
        ("X", "gain", "bias"),
        {"n": 4, "d": 5},
        {"n": 1000, "d": 256},
        text="sum((gain*(X - mean(X, axis=-1, keepdims=True))/sqrt(var(X, axis=-1, keepdims=True) + 1e-5)"
        " + bias - Y)**2)/2",
    ),
    Model(
        "quadratic form",
        quadratic_form,
        {"A": ("n", "n"), "x": ("n",)},
        ("x",),
        {"n": 5},
        {"n": 500},
        hessian=True,
        text="x @ A @ x",
    ),
    Model(
        "ratio of quadratic forms",
        ratio_of_quadratic_forms,
        {"A": ("n", "n"), "B": ("n", "n"), "x": ("n",)},
        ("x",),
        {"n": 5},
        {"n": 500},
        {"B": definite},
        hessian=True,
        text="(x @ A @ x)/(x @ B @ x)",
    ),
)


def model(name: str) -> Model:
    """The model of a name: how one is sent to another process."""
    return next(entry for entry in MODELS if entry.name == name)
