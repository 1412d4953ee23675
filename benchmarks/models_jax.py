"""The models of `models.py` in jax.numpy, as a user of JAX writes them: what ours are compared with."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
from jax.scipy.special import logsumexp

Array = Any


def least_squares(X: Array, w: Array, y: Array) -> Array:
    return jnp.sum((X @ w - y) ** 2) / 2


def ridge(X: Array, w: Array, y: Array, penalty: Array) -> Array:
    return jnp.sum((X @ w - y) ** 2) / 2 + penalty * (w @ w) / 2


def logistic_regression(X: Array, w: Array, y: Array) -> Array:
    scores = X @ w
    return jnp.mean(jax.nn.softplus(scores) - y * scores)


def softmax_regression(X: Array, W: Array, Y: Array) -> Array:
    return -jnp.mean(jnp.sum(Y * jax.nn.log_softmax(X @ W, axis=1), axis=1))


def gaussian_mixture(X: Array, means: Array, logits: Array) -> Array:
    squares = jnp.sum((X[:, None, :] - means[None, :, :]) ** 2, axis=2)
    return jnp.sum(logsumexp(jax.nn.log_softmax(logits) - squares / 2, axis=1))


def matrix_factorisation(R: Array, U: Array, V: Array) -> Array:
    return jnp.sum((R - U @ V.T) ** 2) / 2


def gaussian_log_likelihood(X: Array, mean: Array, S: Array) -> Array:
    centred = X - mean
    _, logdet = jnp.linalg.slogdet(S)
    return -(X.shape[0] * logdet + jnp.sum(centred.T * jnp.linalg.solve(S, centred.T))) / 2


def gaussian_process(X: Array, y: Array, noise: Array, scale: Array) -> Array:
    squares = jnp.sum((X[:, None, :] - X[None, :, :]) ** 2, axis=2)
    K = jnp.exp(-squares / (2 * scale**2)) + noise**2 * jnp.eye(len(y))
    return -(y @ jnp.linalg.solve(K, y) + jnp.linalg.slogdet(K)[1]) / 2


def two_layer_network(X: Array, labels: Array, W1: Array, W2: Array, penalty: Array) -> Array:
    log_probabilities = jax.nn.log_softmax(jax.nn.relu(X @ W1) @ W2, axis=1)
    chosen = jnp.take_along_axis(log_probabilities, labels[:, None], axis=1)
    return -jnp.mean(chosen) + penalty * (jnp.sum(W1**2) + jnp.sum(W2**2))


def attention(Q: Array, K: Array, V: Array, Y: Array) -> Array:
    weights = jax.nn.softmax(Q @ K.T / jnp.sqrt(Q.shape[1]), axis=-1)
    return jnp.sum((weights @ V - Y) ** 2) / 2


def layer_norm(X: Array, gain: Array, bias: Array, Y: Array) -> Array:
    centred = X - jnp.mean(X, axis=-1, keepdims=True)
    deviation = jnp.sqrt(jnp.var(X, axis=-1, keepdims=True) + 1e-5)
    return jnp.sum((gain * centred / deviation + bias - Y) ** 2) / 2


def quadratic_form(A: Array, x: Array) -> Array:
    return x @ A @ x


def ratio_of_quadratic_forms(A: Array, B: Array, x: Array) -> Array:
    return (x @ A @ x) / (x @ B @ x)
