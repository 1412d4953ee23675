"""Elementwise functions, reductions and Jacobians of vector functions, mostly of textbooks.

Laue, Mitterreiter & Giesen (2018) translate the expressions of matrix notation into index notation one by one: each
is differentiated here.
"""

from __future__ import annotations

from typing import Final

from identity import Identity, gradient, hessian, jacobian

__all__ = ["ELEMENTWISE", "REDUCTIONS", "VECTORS"]

LAUE: Final = "Laue et al. 2018, expressions"

VECTORS: Final[tuple[Identity, ...]] = (
    gradient(LAUE, "dot(x, y)", "x: n; y: n", "y", "x"),
    jacobian(LAUE, "A @ x", "x: n; A: m,n", "x", "A"),
    jacobian(LAUE, "y @ A", "y: m; A: m,n", "y", "A.T"),
    jacobian(LAUE, "A @ B", "A: m,n; B: n,p", "B", "", reference="einsum('ik,jl->ijkl', A, eye(p))"),
    jacobian(LAUE, "outer(x, y)", "x: m; y: n", "x", "", reference="einsum('ik,j->ijk', eye(m), y)"),
    jacobian(LAUE, "x * y", "x: n; y: n", "x", "diag(y)"),
    jacobian(LAUE, "A @ diag(x)", "x: n; A: m,n", "x", "", reference="einsum('ij,jk->ijk', A, eye(n))"),
    jacobian(LAUE, "diag(x) @ A", "x: m; A: m,n", "x", "", reference="einsum('ij,ik->ijk', A, eye(m))"),
    jacobian(LAUE, "A @ x", "x: n; A: m,n", "A", "", reference="einsum('ik,l->ikl', eye(m), x)"),
    jacobian("textbook", "A @ X @ B", "X: m,n; A: p,m; B: n,q", "X", "", reference="einsum('ik,lj->ijkl', A, B)"),
    jacobian("textbook", "diag(x)", "x: n", "x", "", reference="einsum('ij,ik->ijk', eye(n), eye(n))"),
    jacobian("textbook", "X.T", "X: m,n", "X", "", reference="einsum('il,jk->ijkl', eye(n), eye(m))"),
    jacobian("textbook", "A * X", "X: m,n; A: m,n", "X", "",
             reference="einsum('ij,ik,jl->ijkl', A, eye(m), eye(n))"),
    jacobian("textbook", "(a @ x) * x", "x: n; a: n", "x", "outer(x, a) + (a @ x) * eye(n)"),
    jacobian("textbook", "x * (A @ x)", "x: n; A: n,n", "x", "diag(A @ x) + diag(x) @ A"),
    jacobian("textbook", "(A @ x) * (B @ x)", "x: n; A: m,n; B: m,n", "x", "diag(B @ x) @ A + diag(A @ x) @ B"),
    jacobian("textbook", "A @ (x * x)", "x: n; A: m,n", "x", "2 * A @ diag(x)"),
    jacobian("textbook", "(x @ x) * x", "x: n", "x", "(x @ x) * eye(n) + 2 * outer(x, x)"),
    jacobian("textbook", "x / norm(x)", "x: n", "x", "(eye(n) - outer(x, x) / norm(x)**2) / norm(x)"),
    jacobian("textbook", "x / sum(x)", "x: n", "x", "(eye(n) - outer(x, ones(n)) / sum(x)) / sum(x)", "positive x"),
)  # fmt: skip

ELEMENTWISE: Final[tuple[Identity, ...]] = (
    jacobian("textbook", "exp(x)", "x: n", "x", "diag(exp(x))"),
    jacobian("textbook", "sin(x)", "x: n", "x", "diag(cos(x))"),
    jacobian("textbook", "log(x)", "x: n", "x", "diag(1 / x)", "positive x"),
    jacobian("textbook", "x**3", "x: n", "x", "diag(3 * x**2)"),
    jacobian("textbook", "tanh(x)", "x: n", "x", "diag(1 - tanh(x)**2)"),
    jacobian("textbook", "sigmoid(x)", "x: n", "x", "diag(sigmoid(x) * (1 - sigmoid(x)))"),
    jacobian("textbook", "x / y", "x: n; y: n", "y", "diag(-x / y**2)", "positive y"),
    jacobian("textbook", "softmax(x)", "x: n", "x", "diag(softmax(x)) - outer(softmax(x), softmax(x))"),
    jacobian("textbook", "exp(A @ x)", "x: n; A: m,n", "x", "diag(exp(A @ x)) @ A"),
    jacobian("textbook", "A @ exp(x)", "x: n; A: m,n", "x", "A @ diag(exp(x))"),
    jacobian("textbook", "sigmoid(W @ x)", "x: n; W: m,n", "x", "diag(sigmoid(W @ x) * (1 - sigmoid(W @ x))) @ W"),
    jacobian("textbook", "tanh(W @ x + b)", "x: n; W: m,n; b: m", "x", "diag(1 - tanh(W @ x + b)**2) @ W"),
    jacobian("textbook", "tanh(W @ x + b)", "x: n; W: m,n; b: m", "b", "diag(1 - tanh(W @ x + b)**2)"),
    jacobian("textbook", "V @ tanh(W @ x)", "x: n; W: m,n; V: p,m", "x", "V @ diag(1 - tanh(W @ x)**2) @ W"),
    jacobian("textbook", "softmax(A @ x)", "x: n; A: m,n", "x",
             "(diag(softmax(A @ x)) - outer(softmax(A @ x), softmax(A @ x))) @ A"),
    jacobian("textbook", "cumsum(x)", "x: n", "x", "tril(ones(n, n))"),
    gradient("textbook", "sum(exp(X))", "X: m,n", "X", "exp(X)"),
    gradient("textbook", "sum(log(X))", "X: m,n", "X", "1 / X", "positive X"),
    gradient("textbook", "sum(A * X)", "X: m,n; A: m,n", "X", "A"),
    gradient("textbook", "sum((X - A)**2)", "X: m,n; A: m,n", "X", "2 * (X - A)"),
    gradient("textbook", "a @ exp(X) @ b", "X: m,n; a: m; b: n", "X", "outer(a, b) * exp(X)"),
    gradient("textbook", "sum(exp(X @ a))", "X: m,n; a: n", "X", "outer(exp(X @ a), a)"),
    gradient("textbook", "sum(tanh(A @ X @ B))", "X: m,n; A: p,m; B: n,q", "X",
             "A.T @ (1 - tanh(A @ X @ B)**2) @ B.T"),
)  # fmt: skip

REDUCTIONS: Final[tuple[Identity, ...]] = (
    gradient("textbook", "sum(x)", "x: n", "x", "ones(n)"),
    gradient("textbook", "sum(X @ a)", "X: m,n; a: n", "X", "outer(ones(m), a)"),
    gradient("textbook", "mean(x)", "x: n", "x", "ones(n) / n"),
    gradient("textbook", "prod(x)", "x: n", "x", "prod(x) / x", "positive x"),
    hessian("textbook", "sum(x)**2", "x: n", "x", "2 * ones(n, n)"),
    gradient("textbook", "sum(x**3)", "x: n", "x", "3 * x**2"),
    hessian("textbook", "sum(x**3)", "x: n", "x", "6 * diag(x)"),
    gradient("textbook", "sum(x * log(x))", "x: n", "x", "log(x) + 1", "positive x"),
    hessian("textbook", "sum(x * log(x))", "x: n", "x", "diag(1 / x)", "positive x"),
    gradient("textbook", "sum(x * log(x / y))", "x: n; y: n", "x", "log(x / y) + 1", "positive x, y"),
    gradient("textbook", "sum(x * log(x / y))", "x: n; y: n", "y", "-x / y", "positive x, y"),
    hessian("textbook", "sum(log(x))", "x: n", "x", "-diag(1 / x**2)", "positive x"),
    gradient("textbook", "sum(abs(x))", "x: n", "x", "sign(x)"),
    gradient("textbook", "sum(sqrt(x))", "x: n", "x", "1 / (2 * sqrt(x))", "positive x"),
    gradient("textbook", "logsumexp(x)", "x: n", "x", "softmax(x)"),
    hessian("textbook", "logsumexp(x)", "x: n", "x", "diag(softmax(x)) - outer(softmax(x), softmax(x))"),
    gradient("textbook", "log(sum(exp(x)))", "x: n", "x", "exp(x) / sum(exp(x))"),
    gradient("textbook", "logsumexp(A @ x)", "x: n; A: m,n", "x", "A.T @ softmax(A @ x)"),
    hessian("textbook", "logsumexp(A @ x)", "x: n; A: m,n", "x",
            "A.T @ (diag(softmax(A @ x)) - outer(softmax(A @ x), softmax(A @ x))) @ A"),
    gradient("textbook", "prod(x)**2", "x: n", "x", "2 * prod(x)**2 / x", "positive x"),
    gradient("textbook", "sum(X**2 @ a)", "X: m,n; a: n", "X", "2 * X * a"),
    gradient("textbook", "sum(sum(X, axis=0)**2)", "X: m,n", "X", "2 * outer(ones(m), sum(X, axis=0))"),
    jacobian("textbook", "sum(X, axis=1)", "X: m,n", "X", "", reference="einsum('ik,l->ikl', eye(m), ones(n))"),
)  # fmt: skip
