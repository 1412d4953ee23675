"""Derivatives of traces: The Matrix Cookbook, section 2.5, equations (99) to (127), and some of textbooks."""

from __future__ import annotations

from typing import Final

from identity import Identity, gradient, hessian

__all__ = ["TRACES"]

SQUARE: Final = "X: n,n; A: n,n; B: n,n"
FORM: Final = "X: m,n; B: m,m"
GRAM: Final = "X: m,n; B: n,n"
RATIO: Final = "X: m,n; A: n,n; B: m,m; C: m,m"

TRACES: Final[tuple[Identity, ...]] = (
    gradient("Cookbook (99)", "trace(X)", "X: n,n", "X", "eye(n)"),
    gradient("Cookbook (100)", "trace(X @ A)", "X: m,n; A: n,m", "X", "A.T"),
    gradient("Cookbook (101)", "trace(A @ X @ B)", "X: m,n; A: p,m; B: n,p", "X", "A.T @ B.T"),
    gradient("Cookbook (102)", "trace(A @ X.T @ B)", "X: m,n; A: p,n; B: m,p", "X", "B @ A"),
    gradient("Cookbook (103)", "trace(X.T @ A)", "X: m,n; A: m,n", "X", "A"),
    gradient("Cookbook (104)", "trace(A @ X.T)", "X: m,n; A: m,n", "X", "A"),
    gradient("Cookbook (105)", "trace(kron(A, X))", "X: n,n; A: m,m", "X", "trace(A) * eye(n)"),
    gradient("Cookbook (106)", "trace(X @ X)", "X: n,n", "X", "2 * X.T"),
    gradient("Cookbook (107)", "trace(X @ X @ B)", SQUARE, "X", "(X @ B + B @ X).T"),
    gradient("Cookbook (108)", "trace(X.T @ B @ X)", FORM, "X", "B @ X + B.T @ X"),
    gradient("Cookbook (109)", "trace(B @ X @ X.T)", FORM, "X", "B @ X + B.T @ X"),
    gradient("Cookbook (110)", "trace(X @ X.T @ B)", FORM, "X", "B @ X + B.T @ X"),
    gradient("Cookbook (111)", "trace(X @ B @ X.T)", GRAM, "X", "X @ B.T + X @ B"),
    gradient("Cookbook (112)", "trace(B @ X.T @ X)", GRAM, "X", "X @ B.T + X @ B"),
    gradient("Cookbook (113)", "trace(X.T @ X @ B)", GRAM, "X", "X @ B.T + X @ B"),
    gradient("Cookbook (114)", "trace(A @ X @ B @ X)", "X: m,n; A: n,m; B: n,m", "X",
             "A.T @ X.T @ B.T + B.T @ X.T @ A.T"),
    gradient("Cookbook (115)", "trace(X.T @ X)", "X: m,n", "X", "2 * X"),
    gradient("Cookbook (115)", "trace(X @ X.T)", "X: m,n", "X", "2 * X"),
    gradient("Cookbook (116)", "trace(B.T @ X.T @ C @ X @ B)", "X: m,n; B: n,p; C: m,m", "X",
             "C.T @ X @ B @ B.T + C @ X @ B @ B.T"),
    gradient("Cookbook (117)", "trace(X.T @ B @ X @ C)", "X: m,n; B: m,m; C: n,n", "X",
             "B @ X @ C + B.T @ X @ C.T"),
    gradient("Cookbook (118)", "trace(A @ X @ B @ X.T @ C)", "X: m,n; A: p,m; B: n,n; C: m,p", "X",
             "A.T @ C.T @ X @ B.T + C @ A @ X @ B"),
    gradient("Cookbook (119)", "trace((A @ X @ B + C) @ (A @ X @ B + C).T)", "X: m,n; A: p,m; B: n,q; C: p,q", "X",
             "2 * A.T @ (A @ X @ B + C) @ B.T"),
    gradient("Cookbook (120)", "trace(kron(X, X))", "X: n,n", "X", "2 * trace(X) * eye(n)"),
    gradient("Cookbook (120)", "trace(X) * trace(X)", "X: n,n", "X", "2 * trace(X) * eye(n)"),
    gradient("Cookbook (121), k = 3", "trace(X @ X @ X)", "X: n,n", "X", "3 * (X @ X).T"),
    gradient("Cookbook (121), k = 4", "trace(X @ X @ X @ X)", "X: n,n", "X", "4 * (X @ X @ X).T"),
    gradient("Cookbook (122), k = 2", "trace(A @ X @ X)", SQUARE, "X", "(A @ X + X @ A).T"),
    gradient("Cookbook (122), k = 3", "trace(A @ X @ X @ X)", SQUARE, "X",
             "(A @ X @ X + X @ A @ X + X @ X @ A).T"),
    gradient("Cookbook (123)", "trace(B.T @ X.T @ C @ X @ X.T @ C @ X @ B)", "X: m,n; B: n,p; C: m,m", "X",
             "C @ X @ X.T @ C @ X @ B @ B.T + C.T @ X @ B @ B.T @ X.T @ C.T @ X"
             " + C @ X @ B @ B.T @ X.T @ C @ X + C.T @ X @ X.T @ C.T @ X @ B @ B.T"),
    gradient("Cookbook (63)", "trace(A @ inv(X) @ B)", "X: n,n; A: p,n; B: n,p", "X",
             "-(inv(X) @ B @ A @ inv(X)).T", "regular X"),
    gradient("Cookbook (124)", "trace(B @ inv(X) @ A)", "X: n,n; A: n,p; B: p,n", "X",
             "-inv(X).T @ B.T @ A.T @ inv(X).T", "regular X"),
    gradient("Cookbook (64)", "trace(inv(X + A))", SQUARE, "X", "-(inv(X + A) @ inv(X + A)).T", "regular X, A"),
    gradient("Cookbook (125)", "trace(inv(X.T @ C @ X) @ A)", RATIO, "X",
             "-C @ X @ inv(X.T @ C @ X) @ (A + A.T) @ inv(X.T @ C @ X)", "positive definite C; tall X"),
    gradient("Cookbook (126)", "trace(inv(X.T @ C @ X) @ (X.T @ B @ X))", RATIO, "X",
             "-2 * C @ X @ inv(X.T @ C @ X) @ X.T @ B @ X @ inv(X.T @ C @ X) + 2 * B @ X @ inv(X.T @ C @ X)",
             "positive definite C; symmetric B; tall X"),
    gradient("Cookbook (127)", "trace(inv(A + X.T @ C @ X) @ (X.T @ B @ X))", RATIO, "X",
             "-2 * C @ X @ inv(A + X.T @ C @ X) @ X.T @ B @ X @ inv(A + X.T @ C @ X)"
             " + 2 * B @ X @ inv(A + X.T @ C @ X)",
             "positive definite A, C; symmetric B"),
    gradient("Cookbook (142)", "trace(A @ diag(x))", "A: n,n; x: n", "x", "diag(A)"),
    gradient("textbook", "trace(diag(a) @ X)", "X: n,n; a: n", "X", "diag(a)"),
    gradient("textbook", "trace(inv(X))", "X: n,n", "X", "-(inv(X) @ inv(X)).T", "regular X"),
    gradient("textbook", "trace(X.T @ X @ X.T @ X)", "X: m,n", "X", "4 * X @ X.T @ X"),
    gradient("textbook", "trace(X.T @ (A * X))", "X: m,n; A: m,n", "X", "2 * A * X"),
    gradient("textbook", "trace(A @ exp(X))", "X: m,n; A: n,m", "X", "A.T * exp(X)"),
    gradient("textbook", "trace(A @ X @ B @ X @ C)", "X: m,n; A: p,m; B: n,m; C: n,p", "X",
             "A.T @ C.T @ X.T @ B.T + B.T @ X.T @ A.T @ C.T"),
    gradient("textbook", "trace(A @ X) ** 2", "X: m,n; A: n,m", "X", "2 * trace(A @ X) * A.T"),
    hessian("textbook", "trace(X @ X)", "X: n,n", "X", "", reference="2 * einsum('il,jk->ijkl', eye(n), eye(n))"),
    hessian("textbook", "trace(X.T @ B @ X)", FORM, "X", "",
            reference="einsum('ik,jl->ijkl', B + B.T, eye(n))"),
    hessian("textbook", "trace(X.T @ B @ X @ C)", "X: m,n; B: m,m; C: n,n", "X", "",
            reference="einsum('ik,lj->ijkl', B, C) + einsum('ki,jl->ijkl', B, C)"),
)  # fmt: skip
