"""Linear and quadratic forms, powers, norms and quotients: The Matrix Cookbook, (69) to (98) and (129) to (132)."""

from __future__ import annotations

from typing import Final

from identity import Identity, gradient, hessian, jacobian

__all__ = ["FORMS", "HIGHER", "NORMS"]

AFFINE: Final = "x: n; B: p,n; b: p; C: p,q; D: q,n; d: q"
RESIDUAL: Final = "x: m; s: n; A: m,n; W: m,m"
QUOTIENT: Final = "x: n; A: m,n; B: m,n"

FORMS: Final[tuple[Identity, ...]] = (
    gradient("Cookbook (69)", "x @ a", "x: n; a: n", "x", "a"),
    gradient("Cookbook (69)", "a @ x", "x: n; a: n", "x", "a"),
    gradient("Cookbook (70)", "a @ X @ b", "X: m,n; a: m; b: n", "X", "outer(a, b)"),
    gradient("Cookbook (71)", "a @ X.T @ b", "X: m,n; a: n; b: m", "X", "outer(b, a)"),
    gradient("Cookbook (72)", "a @ X @ a", "X: n,n; a: n", "X", "outer(a, a)"),
    gradient("Cookbook (72)", "a @ X.T @ a", "X: n,n; a: n", "X", "outer(a, a)"),
    jacobian("Cookbook (73)", "X", "X: m,n", "X", "", reference="einsum('ik,jl->ijkl', eye(m), eye(n))"),
    jacobian("Cookbook (74)", "X @ A", "X: m,n; A: n,p", "X", "", reference="einsum('ik,lj->ijkl', eye(m), A)"),
    jacobian("Cookbook (75)", "X.T @ A", "X: m,n; A: m,p", "X", "", reference="einsum('il,kj->ijkl', eye(n), A)"),
    gradient("Cookbook (76)", "sum(X)**2", "X: m,n", "X", "2 * sum(X) * ones(m, n)"),
    gradient("Cookbook (77)", "b @ X.T @ X @ c", "X: m,n; b: n; c: n", "X", "X @ (outer(b, c) + outer(c, b))"),
    gradient("Cookbook (78)", "(B @ x + b) @ C @ (D @ x + d)", AFFINE, "x",
             "B.T @ C @ (D @ x + d) + D.T @ C.T @ (B @ x + b)"),
    jacobian("Cookbook (79)", "X.T @ B @ X", "X: m,n; B: m,m", "X", "",
             reference="einsum('jl,ik->ijkl', eye(n), X.T @ B) + einsum('il,kj->ijkl', eye(n), B @ X)"),
    gradient("Cookbook (81)", "x @ B @ x", "x: n; B: n,n", "x", "(B + B.T) @ x"),
    gradient("Cookbook (82)", "b @ X.T @ D @ X @ c", "X: m,n; b: n; c: n; D: m,m", "X",
             "D.T @ X @ outer(b, c) + D @ X @ outer(c, b)"),
    gradient("Cookbook (83)", "(X @ b + c) @ D @ (X @ b + c)", "X: m,n; b: n; c: m; D: m,m", "X",
             "outer((D + D.T) @ (X @ b + c), b)"),
    gradient("Cookbook (84)", "(x - A @ s) @ W @ (x - A @ s)", RESIDUAL, "s",
             "-2 * A.T @ W @ (x - A @ s)", "symmetric W"),
    gradient("Cookbook (85)", "(x - s) @ W @ (x - s)", "x: n; s: n; W: n,n", "x", "2 * W @ (x - s)", "symmetric W"),
    gradient("Cookbook (86)", "(x - s) @ W @ (x - s)", "x: n; s: n; W: n,n", "s", "-2 * W @ (x - s)", "symmetric W"),
    gradient("Cookbook (87)", "(x - A @ s) @ W @ (x - A @ s)", RESIDUAL, "x", "2 * W @ (x - A @ s)", "symmetric W"),
    gradient("Cookbook (88)", "(x - A @ s) @ W @ (x - A @ s)", RESIDUAL, "A",
             "-2 * outer(W @ (x - A @ s), s)", "symmetric W"),
    gradient("Cookbook (97)", "x @ A @ x + b @ x", "x: n; A: n,n; b: n", "x", "(A + A.T) @ x + b"),
    hessian("Cookbook (98)", "x @ A @ x + b @ x", "x: n; A: n,n; b: n", "x", "A + A.T"),
    hessian("Laue et al. 2018, introduction", "x @ A @ x", "x: n; A: n,n", "x", "A + A.T"),
    hessian("textbook", "(B @ x + b) @ C @ (D @ x + d)", AFFINE, "x", "B.T @ C @ D + D.T @ C.T @ B"),
    hessian("textbook", "norm(A @ s - x)**2", "x: m; s: n; A: m,n", "s", "2 * A.T @ A"),
    gradient("textbook", "x @ A @ y", "x: m; y: n; A: m,n", "x", "A @ y"),
    gradient("textbook", "x @ A @ y", "x: m; y: n; A: m,n", "y", "A.T @ x"),
    gradient("textbook", "x @ x", "x: n", "x", "2 * x"),
    hessian("textbook", "x @ x", "x: n", "x", "2 * eye(n)"),
    gradient("textbook", "(a @ x) * (b @ x)", "x: n; a: n; b: n", "x", "(a @ x) * b + (b @ x) * a"),
    hessian("textbook", "(a @ x) * (b @ x)", "x: n; a: n; b: n", "x", "outer(a, b) + outer(b, a)"),
)  # fmt: skip

HIGHER: Final[tuple[Identity, ...]] = (
    jacobian("Cookbook (90), n = 2", "X @ X", "X: n,n", "X", "",
             reference="einsum('ik,lj->ijkl', eye(n), X) + einsum('ik,lj->ijkl', X, eye(n))"),
    jacobian("Cookbook (90), n = 3", "X @ X @ X", "X: n,n", "X", "",
             reference="einsum('ik,lj->ijkl', eye(n), X @ X) + einsum('ik,lj->ijkl', X, X)"
                       " + einsum('ik,lj->ijkl', X @ X, eye(n))"),
    gradient("Cookbook (91), n = 2", "a @ X @ X @ b", "X: n,n; a: n; b: n", "X",
             "outer(a, b) @ X.T + X.T @ outer(a, b)"),
    gradient("Cookbook (91), n = 3", "a @ X @ X @ X @ b", "X: n,n; a: n; b: n", "X",
             "outer(a, b) @ (X @ X).T + X.T @ outer(a, b) @ X.T + (X @ X).T @ outer(a, b)"),
    gradient("Cookbook (92), n = 2, its first sum transposed", "a @ (X @ X).T @ X @ X @ b", "X: n,n; a: n; b: n", "X",
             "X @ X @ outer(b, a) @ X.T + X.T @ X @ X @ outer(b, a)"
             " + X @ X @ outer(a, b) @ X.T + X.T @ X @ X @ outer(a, b)"),
    gradient("Cookbook (93)", "sin(x) @ A @ exp(x)", "x: n; A: n,n", "x",
             "cos(x) * (A @ exp(x)) + exp(x) * (A.T @ sin(x))"),
    gradient("Cookbook (95)", "(A @ x) @ (A @ x) / ((B @ x) @ (B @ x))", QUOTIENT, "x",
             "2 * A.T @ A @ x / (x @ B.T @ B @ x) - 2 * (x @ A.T @ A @ x) * (B.T @ B @ x) / (x @ B.T @ B @ x)**2"),
    gradient("textbook", "x @ A @ x / (x @ x)", "x: n; A: n,n", "x",
             "((A + A.T) @ x - 2 * (x @ A @ x / (x @ x)) * x) / (x @ x)"),
    gradient("textbook", "x @ y / (norm(x) * norm(y))", "x: n; y: n", "x",
             "y / (norm(x) * norm(y)) - (x @ y) * x / (norm(x)**3 * norm(y))"),
    jacobian("textbook", "A @ x / (b @ x)", "x: n; A: m,n; b: n", "x",
             "A / (b @ x) - outer(A @ x, b) / (b @ x)**2", "positive b, x"),
    gradient("textbook", "norm(X.T @ X - A)**2", "X: m,n; A: n,n", "X",
             "2 * X @ ((X.T @ X - A) + (X.T @ X - A).T)"),
    gradient("textbook", "norm(X.T @ X - eye(n))**2", "X: m,n", "X", "4 * X @ (X.T @ X - eye(n))"),
    gradient("textbook", "(x @ x)**2", "x: n", "x", "4 * (x @ x) * x"),
    hessian("textbook", "(x @ x)**2", "x: n", "x", "4 * (x @ x) * eye(n) + 8 * outer(x, x)"),
    gradient("textbook", "sum((A @ x)**3)", "x: n; A: m,n", "x", "3 * A.T @ (A @ x)**2"),
    hessian("textbook", "sum((A @ x)**3)", "x: n; A: m,n", "x", "6 * A.T @ diag(A @ x) @ A"),
    gradient("textbook", "exp(a @ x)", "x: n; a: n", "x", "exp(a @ x) * a", "small x"),
    hessian("textbook", "exp(a @ x)", "x: n; a: n", "x", "exp(a @ x) * outer(a, a)", "small x"),
    hessian("textbook", "log(a @ x)", "x: n; a: n", "x", "-outer(a, a) / (a @ x)**2", "positive a, x"),
    gradient("textbook", "exp(-(x @ A @ x) / 2)", "x: n; A: n,n", "x",
             "-exp(-(x @ A @ x) / 2) * ((A + A.T) @ x) / 2", "small x"),
    gradient("textbook", "sqrt(1 + x @ x)", "x: n", "x", "x / sqrt(1 + x @ x)"),
    hessian("textbook", "sqrt(1 + x @ x)", "x: n", "x",
            "eye(n) / sqrt(1 + x @ x) - outer(x, x) / sqrt(1 + x @ x)**3"),
    gradient("textbook", "log(1 + x @ x)", "x: n", "x", "2 * x / (1 + x @ x)"),
)  # fmt: skip

NORMS: Final[tuple[Identity, ...]] = (
    gradient("Cookbook (129)", "norm(x - a)", "x: n; a: n", "x", "(x - a) / norm(x - a)"),
    jacobian("Cookbook (130)", "(x - a) / norm(x - a)", "x: n; a: n", "x",
             "eye(n) / norm(x - a) - outer(x - a, x - a) / norm(x - a)**3"),
    hessian("Cookbook (130)", "norm(x - a)", "x: n; a: n", "x",
            "eye(n) / norm(x - a) - outer(x - a, x - a) / norm(x - a)**3"),
    gradient("Cookbook (131)", "norm(x)**2", "x: n", "x", "2 * x"),
    gradient("Cookbook (132)", "norm(X)**2", "X: m,n", "X", "2 * X"),
    gradient("textbook", "norm(X)", "X: m,n", "X", "X / norm(X)"),
    gradient("textbook", "norm(x)**4", "x: n", "x", "4 * norm(x)**2 * x"),
    gradient("textbook", "norm(A @ x - b)", "x: n; A: m,n; b: m", "x", "A.T @ (A @ x - b) / norm(A @ x - b)"),
    hessian("textbook", "norm(A @ x - b)", "x: n; A: m,n; b: m", "x",
            "A.T @ (eye(m) / norm(A @ x - b) - outer(A @ x - b, A @ x - b) / norm(A @ x - b)**3) @ A"),
    gradient("textbook", "norm(A @ X @ B - C)**2", "X: m,n; A: p,m; B: n,q; C: p,q", "X",
             "2 * A.T @ (A @ X @ B - C) @ B.T"),
    gradient("textbook", "norm(A @ X + X @ B - C)**2", "X: m,n; A: m,m; B: n,n; C: m,n", "X",
             "2 * (A.T @ (A @ X + X @ B - C) + (A @ X + X @ B - C) @ B.T)"),
    gradient("textbook", "norm(A * X)**2", "X: m,n; A: m,n", "X", "2 * A**2 * X"),
    gradient("textbook", "norm(X @ a)**2", "X: m,n; a: n", "X", "2 * outer(X @ a, a)"),
    gradient("textbook", "norm(X @ X.T)**2", "X: m,n", "X", "4 * X @ X.T @ X"),
    gradient("textbook", "sum(abs(x)**3)**(1/3)", "x: n", "x", "x * abs(x) / sum(abs(x)**3)**(2/3)"),
    gradient("textbook", "exp(-norm(x - y)**2 / (2 * s**2))", "x: n; y: n; s:", "x",
             "-exp(-norm(x - y)**2 / (2 * s**2)) * (x - y) / s**2", "positive s"),
    gradient("textbook", "norm(x - mean(x))**2", "x: n", "x", "2 * (x - mean(x))"),
)  # fmt: skip
