"""Derivatives along a direction, of determinants and of inverses: The Matrix Cookbook, (34) to (66).

A rule for differentials, such as ∂(X⁻¹) = −X⁻¹ ∂X X⁻¹, is stated as a derivative in the number t of a matrix that
moves: X + t·V for V = ∂X.
"""

from __future__ import annotations

from typing import Final

from identity import Identity, gradient, hessian, jacobian

__all__ = ["DETERMINANTS", "DIFFERENTIALS", "INVERSES"]

MOVING: Final = "X: n,n; V: n,n; t:"
PAIR: Final = "X: m,n; V: m,n; Y: m,n; W: m,n; t:"
SQUARE: Final = "X: n,n; A: n,n; B: n,n"
FORM: Final = "X: m,n; A: m,m"

DIFFERENTIALS: Final[tuple[Identity, ...]] = (
    jacobian("Cookbook (34)", "a * (X + t*V)", "X: m,n; V: m,n; a:; t:", "t", "a * V"),
    jacobian("Cookbook (35)", "(X + t*V) + (Y + t*W)", PAIR, "t", "V + W"),
    gradient("Cookbook (36)", "trace(X + t*V)", MOVING, "t", "trace(V)"),
    jacobian("Cookbook (37)", "(X + t*V) @ (Y + t*W)", "X: m,n; V: m,n; Y: n,p; W: n,p; t:", "t",
             "V @ (Y + t*W) + (X + t*V) @ W"),
    jacobian("Cookbook (38)", "(X + t*V) * (Y + t*W)", PAIR, "t", "V * (Y + t*W) + (X + t*V) * W"),
    jacobian("Cookbook (39)", "kron(X + t*V, Y + t*W)", "X: m,n; V: m,n; Y: p,q; W: p,q; t:", "t",
             "kron(V, Y + t*W) + kron(X + t*V, W)"),
    jacobian("Cookbook (40)", "inv(X + t*V)", MOVING, "t", "-inv(X + t*V) @ V @ inv(X + t*V)", "regular X; small t"),
    gradient("Cookbook (42)", "det(X + t*V)", MOVING, "t", "det(X + t*V) * trace(inv(X + t*V) @ V)",
             "regular X; small t"),
    gradient("Cookbook (43)", "log(det(X + t*V))", MOVING, "t", "trace(inv(X + t*V) @ V)", "regular X; small t"),
    gradient("Cookbook (43)", "logdet(X + t*V)", MOVING, "t", "trace(inv(X + t*V) @ V)", "regular X; small t"),
    jacobian("Cookbook (44)", "(X + t*V).T", "X: m,n; V: m,n; t:", "t", "V.T"),
    gradient("Cookbook (46)", "det(t * X)", "X: n,n; t:", "t", "det(t * X) * trace(inv(t * X) @ X)",
             "regular X; positive t"),
    jacobian("Cookbook (59)", "inv(A + t * B)", "A: n,n; B: n,n; t:", "t", "-inv(A + t * B) @ B @ inv(A + t * B)",
             "regular A; small t"),
    gradient("textbook", "trace(A @ inv(X + t*V))", "X: n,n; V: n,n; A: n,n; t:", "t",
             "-trace(A @ inv(X + t*V) @ V @ inv(X + t*V))", "regular X; small t"),
    gradient("textbook", "norm(x + t*v)**2", "x: n; v: n; t:", "t", "2 * v @ (x + t*v)"),
    hessian("textbook", "logdet(X + t*V)", MOVING, "t", "-trace(inv(X + t*V) @ V @ inv(X + t*V) @ V)",
            "regular X; small t"),
    hessian("textbook", "(x + t*v) @ A @ (x + t*v)", "A: n,n; x: n; v: n; t:", "t", "2 * v @ A @ v"),
)  # fmt: skip

DETERMINANTS: Final[tuple[Identity, ...]] = (
    hessian("Cookbook (48)", "det(X)", "X: n,n", "X", "", "regular X",
            reference="det(X) * (einsum('ji,lk->ijkl', inv(X), inv(X)) - einsum('jk,li->ijkl', inv(X), inv(X)))"),
    gradient("Cookbook (49)", "det(X)", "X: n,n", "X", "det(X) * inv(X).T", "regular X"),
    gradient("Cookbook (51)", "det(A @ X @ B)", SQUARE, "X", "det(A @ X @ B) * inv(X).T", "regular A, B, X"),
    gradient("Cookbook (52)", "det(X.T @ A @ X)", "X: n,n; A: n,n", "X", "2 * det(X.T @ A @ X) * inv(X).T",
             "regular A, X"),
    gradient("Cookbook (53)", "det(X.T @ (A + A.T) @ X)", FORM, "X",
             "2 * det(X.T @ (A + A.T) @ X) * (A + A.T) @ X @ inv(X.T @ (A + A.T) @ X)", "positive definite A; tall X"),
    gradient("Cookbook (54)", "det(X.T @ A @ X)", FORM, "X",
             "det(X.T @ A @ X) * (A @ X @ inv(X.T @ A @ X) + A.T @ X @ inv(X.T @ A.T @ X))", "regular A; tall X"),
    gradient("Cookbook (55)", "logdet(X.T @ X)", "X: m,n", "X", "2 * pinv(X).T", "tall X"),
    gradient("Cookbook (56)", "logdet(pinv(Y).T @ pinv(Y))", "Y: n,m", "Y", "-2 * pinv(Y).T", "wide Y"),
    gradient("Cookbook (57)", "logdet(X)", "X: n,n", "X", "inv(X).T", "regular X"),
    gradient("Cookbook (57)", "log(abs(det(X)))", "X: n,n", "X", "inv(X).T", "regular X"),
    gradient("Cookbook (58), k = 2", "det(X @ X)", "X: n,n", "X", "2 * det(X @ X) * inv(X).T", "regular X"),
    gradient("Cookbook (58), k = 3", "det(X @ X @ X)", "X: n,n", "X", "3 * det(X @ X @ X) * inv(X).T", "regular X"),
    gradient("Cookbook (62)", "det(inv(X))", "X: n,n", "X", "-det(inv(X)) * inv(X).T", "regular X"),
    gradient("Cookbook (65)", "sum(eigvalsh(X))", "X: n,n", "X", "eye(n)", "symmetric X"),
    gradient("Cookbook (66)", "prod(eigvalsh(X))", "X: n,n", "X", "det(X) * inv(X)", "positive definite X"),
    gradient("textbook", "log(det(X))", "X: n,n", "X", "inv(X).T", "regular X"),
    gradient("textbook", "sqrt(det(X))", "X: n,n", "X", "sqrt(det(X)) * inv(X).T / 2", "regular X"),
    gradient("textbook", "1 / det(X)", "X: n,n", "X", "-inv(X).T / det(X)", "regular X"),
    gradient("textbook", "det(X)**2", "X: n,n", "X", "2 * det(X)**2 * inv(X).T", "regular X"),
    gradient("textbook", "logdet(A @ X @ B)", SQUARE, "X", "inv(X).T", "regular A, B, X"),
    gradient("textbook", "logdet(X.T @ A @ X)", FORM, "X",
             "A @ X @ inv(X.T @ A @ X) + A.T @ X @ inv(X.T @ A.T @ X)", "regular A; tall X"),
    gradient("textbook", "logdet(eye(m) + X @ X.T)", "X: m,n", "X", "2 * inv(eye(m) + X @ X.T) @ X"),
    gradient("textbook", "logdet(A + B @ diag(x) @ B.T)", "A: m,m; B: m,n; x: n", "x",
             "diag(B.T @ inv(A + B @ diag(x) @ B.T) @ B)", "positive definite A; positive x"),
    hessian("textbook", "logdet(X)", "X: n,n", "X", "", "regular X",
            reference="-einsum('jk,li->ijkl', inv(X), inv(X))"),
)  # fmt: skip

INVERSES: Final[tuple[Identity, ...]] = (
    jacobian("Cookbook (60)", "inv(X)", "X: n,n", "X", "", "regular X",
             reference="-einsum('ik,lj->ijkl', inv(X), inv(X))"),
    gradient("Cookbook (61)", "a @ inv(X) @ b", "X: n,n; a: n; b: n", "X",
             "-inv(X).T @ outer(a, b) @ inv(X).T", "regular X"),
    gradient("textbook", "sum(inv(X))", "X: n,n", "X", "-inv(X).T @ ones(n, n) @ inv(X).T", "regular X"),
    gradient("textbook", "sum(A * inv(X))", "X: n,n; A: n,n", "X", "-inv(X).T @ A @ inv(X).T", "regular X"),
    gradient("textbook", "norm(inv(A) @ b)**2", "A: n,n; b: n", "A", "-2 * inv(A).T @ outer(inv(A) @ b, inv(A) @ b)",
             "regular A"),
    gradient("textbook", "c @ solve(A, b)", "A: n,n; b: n; c: n", "b", "inv(A).T @ c", "regular A"),
    gradient("textbook", "c @ solve(A, b)", "A: n,n; b: n; c: n", "A", "-outer(inv(A).T @ c, inv(A) @ b)",
             "regular A"),
    jacobian("textbook", "inv(A) @ x", "A: n,n; x: n", "x", "inv(A)", "regular A"),
    jacobian("textbook", "solve(A, x)", "A: n,n; x: n", "x", "inv(A)", "regular A"),
    jacobian("textbook", "inv(A) @ b", "A: n,n; b: n", "A", "", "regular A",
             reference="-einsum('ij,k->ijk', inv(A), inv(A) @ b)"),
    gradient("textbook", "x @ inv(A) @ x", "A: n,n; x: n", "x", "(inv(A) + inv(A).T) @ x", "regular A"),
    hessian("textbook", "x @ inv(A) @ x", "A: n,n; x: n", "x", "inv(A) + inv(A).T", "regular A"),
)  # fmt: skip
