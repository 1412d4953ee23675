"""Losses, likelihoods and designs of machine learning and statistics, by Laue et al. or of textbooks."""

from __future__ import annotations

from typing import Final

from identity import Identity, gradient, hessian, jacobian

__all__ = ["LIKELIHOODS", "NETWORKS", "REGRESSION"]

DATA: Final = "X: n,d; w: d; y: n"
FACTORS: Final = "Y: m,n; U: m,k; V: n,k"
CLASSES: Final = "X: n,d; W: d,k; Y: n,k"
LAYER: Final = "x: n; W: m,n; y: m"
LAYERS: Final = "X: n,d; W: d,h; V: h,k; Y: n,k"
LOGISTIC: Final = "Laue et al. 2018, logistic regression"
FACTORISATION: Final = "Laue et al. 2018, matrix factorisation"

REGRESSION: Final[tuple[Identity, ...]] = (
    gradient("textbook", "norm(X @ w - y)**2", DATA, "w", "2 * X.T @ (X @ w - y)"),
    gradient("textbook", "norm(X @ w - y)**2", DATA, "X", "2 * outer(X @ w - y, w)"),
    gradient("textbook", "norm(X @ w - y)**2", DATA, "y", "-2 * (X @ w - y)"),
    gradient("textbook", "norm(X @ w - y)**2 / 2", DATA, "w", "X.T @ (X @ w - y)"),
    hessian("textbook", "norm(X @ w - y)**2", DATA, "w", "2 * X.T @ X"),
    gradient("textbook", "norm(X @ w - y)**2 + c * norm(w)**2", DATA + "; c:", "w",
             "2 * X.T @ (X @ w - y) + 2 * c * w"),
    hessian("textbook", "norm(X @ w - y)**2 + c * norm(w)**2", DATA + "; c:", "w", "2 * X.T @ X + 2 * c * eye(d)"),
    gradient("textbook", "(X @ w - y) @ diag(s) @ (X @ w - y)", DATA + "; s: n", "w",
             "2 * X.T @ diag(s) @ (X @ w - y)"),
    hessian("textbook", "sum(s * (X @ w - y)**2)", DATA + "; s: n", "w", "2 * X.T @ diag(s) @ X"),
    gradient("textbook", "norm(K @ a - y)**2 + c * (a @ K @ a)", "K: n,n; a: n; y: n; c:", "a",
             "2 * K.T @ (K @ a - y) + c * ((K + K.T) @ a)"),
    gradient(LOGISTIC, "sum(log(exp(-y * (X @ w)) + 1))", DATA, "w",
             "-X.T @ (y * exp(-y * (X @ w)) / (exp(-y * (X @ w)) + 1))"),
    hessian(LOGISTIC, "sum(log(exp(-y * (X @ w)) + 1))", DATA, "w",
            "X.T @ diag(y**2 * exp(-y * (X @ w)) / (exp(-y * (X @ w)) + 1)**2) @ X"),
    jacobian("Laue et al. 2020, expression graph", "X.T @ (exp(X @ w) / (exp(X @ w) + 1))", DATA, "w",
             "X.T @ diag(exp(X @ w) / (exp(X @ w) + 1)**2) @ X"),
    gradient("textbook", "sum(softplus(-y * (X @ w)))", DATA, "w", "-X.T @ (y * sigmoid(-y * (X @ w)))"),
    gradient("textbook", "sum(softplus(X @ w)) - y @ (X @ w)", DATA, "w", "X.T @ (sigmoid(X @ w) - y)"),
    hessian("textbook", "sum(softplus(X @ w)) - y @ (X @ w)", DATA, "w",
            "X.T @ diag(sigmoid(X @ w) * (1 - sigmoid(X @ w))) @ X"),
    gradient("textbook", "sum(exp(X @ w)) - y @ (X @ w)", DATA, "w", "X.T @ (exp(X @ w) - y)"),
    hessian("textbook", "sum(exp(X @ w)) - y @ (X @ w)", DATA, "w", "X.T @ diag(exp(X @ w)) @ X"),
    gradient("textbook", "sum(exp(-y * (X @ w)))", DATA, "w", "-X.T @ (y * exp(-y * (X @ w)))"),
    gradient("textbook", "sum(logsumexp(X @ W, axis=1)) - sum(Y * (X @ W))", CLASSES, "W",
             "X.T @ (softmax(X @ W, axis=1) - Y)"),
    hessian("textbook", "sum(logsumexp(X @ W, axis=1)) - sum(Y * (X @ W))", CLASSES, "W", "",
            reference="einsum('na,nc,nb,bd->abcd', X, X, softmax(X @ W, axis=1), eye(k))"
                      " - einsum('na,nc,nb,nd->abcd', X, X, softmax(X @ W, axis=1), softmax(X @ W, axis=1))"),
    gradient("textbook", "-sum(log(b - A @ x))", "A: m,n; b: m; x: n", "x", "A.T @ (1 / (b - A @ x))",
             "positive b; small x"),
    hessian("textbook", "-sum(log(b - A @ x))", "A: m,n; b: m; x: n", "x", "A.T @ diag(1 / (b - A @ x)**2) @ A",
            "positive b; small x"),
    gradient(FACTORISATION, "norm(Y - U @ V.T)**2", FACTORS, "U", "-2 * (Y - U @ V.T) @ V"),
    gradient(FACTORISATION, "norm(Y - U @ V.T)**2", FACTORS, "V", "-2 * (Y - U @ V.T).T @ U"),
    hessian(FACTORISATION, "norm(Y - U @ V.T)**2", FACTORS, "U", "",
            reference="2 * einsum('ik,jl->ijkl', eye(m), V.T @ V)"),
    gradient("textbook", "norm(M * (Y - U @ V.T))**2", FACTORS + "; M: m,n", "U",
             "-2 * (M**2 * (Y - U @ V.T)) @ V"),
    gradient("textbook", "norm(Y - U @ V.T)**2 + c * norm(U)**2", FACTORS + "; c:", "U",
             "-2 * (Y - U @ V.T) @ V + 2 * c * U"),
)  # fmt: skip

LIKELIHOODS: Final[tuple[Identity, ...]] = (
    gradient("textbook", "logdet(S) + (x - m) @ inv(S) @ (x - m)", "S: n,n; x: n; m: n", "m",
             "-2 * inv(S) @ (x - m)", "positive definite S"),
    gradient("textbook", "logdet(S) + (x - m) @ inv(S) @ (x - m)", "S: n,n; x: n; m: n", "S",
             "inv(S).T - inv(S).T @ outer(x - m, x - m) @ inv(S).T", "positive definite S"),
    gradient("textbook", "x @ P @ x - logdet(P)", "P: n,n; x: n", "P", "outer(x, x) - inv(P).T",
             "positive definite P"),
    gradient("textbook", "trace(S @ P) - logdet(P)", "P: n,n; S: n,n", "P", "S.T - inv(P).T",
             "positive definite P, S"),
    hessian("textbook", "trace(S @ P) - logdet(P)", "P: n,n; S: n,n", "P", "", "positive definite P, S",
            reference="einsum('jk,li->ijkl', inv(P), inv(P))"),
    gradient("textbook", "trace(S @ inv(C)) + logdet(C)", "C: n,n; S: n,n", "C",
             "inv(C).T - inv(C).T @ S.T @ inv(C).T", "positive definite C, S"),
    gradient("textbook", "y @ inv(K) @ y", "K: n,n; y: n", "K", "-outer(inv(K).T @ y, inv(K).T @ y)",
             "positive definite K"),
    gradient("textbook", "(y @ inv(s*K + N) @ y + logdet(s*K + N)) / 2", "K: n,n; N: n,n; y: n; s:", "s",
             "(trace(inv(s*K + N) @ K) - y @ inv(s*K + N) @ K @ inv(s*K + N) @ y) / 2",
             "positive definite K, N; positive s"),
    gradient("textbook", "logdet(X.T @ diag(w) @ X)", "X: n,d; w: n", "w", "diag(X @ inv(X.T @ diag(w) @ X) @ X.T)",
             "tall X; positive w"),
    gradient("textbook", "trace(inv(X.T @ diag(w) @ X))", "X: n,d; w: n", "w",
             "-diag(X @ inv(X.T @ diag(w) @ X) @ inv(X.T @ diag(w) @ X) @ X.T)", "tall X; positive w"),
    gradient("textbook", "norm(M @ (x - y))**2", "M: m,n; x: n; y: n", "M", "2 * M @ outer(x - y, x - y)"),
    gradient("textbook", "norm(M @ (x - y))**2", "M: m,n; x: n; y: n", "x", "2 * M.T @ M @ (x - y)"),
)  # fmt: skip

NETWORKS: Final[tuple[Identity, ...]] = (
    gradient("textbook", "c @ tanh(W @ x)", "c: m; W: m,n; x: n", "c", "tanh(W @ x)"),
    gradient("textbook", "c @ tanh(W @ x)", "c: m; W: m,n; x: n", "W", "outer(c * (1 - tanh(W @ x)**2), x)"),
    gradient("textbook", "c @ tanh(W @ x)", "c: m; W: m,n; x: n", "x", "W.T @ (c * (1 - tanh(W @ x)**2))"),
    hessian("textbook", "c @ tanh(W @ x)", "c: m; W: m,n; x: n", "x",
            "-2 * W.T @ diag(c * tanh(W @ x) * (1 - tanh(W @ x)**2)) @ W"),
    gradient("textbook", "norm(tanh(W @ x) - y)**2", LAYER, "W",
             "2 * outer((tanh(W @ x) - y) * (1 - tanh(W @ x)**2), x)"),
    gradient("textbook", "norm(sigmoid(W @ x) - y)**2", LAYER, "W",
             "2 * outer((sigmoid(W @ x) - y) * sigmoid(W @ x) * (1 - sigmoid(W @ x)), x)"),
    gradient("textbook", "norm(tanh(X @ W) @ V - Y)**2", LAYERS, "V",
             "2 * tanh(X @ W).T @ (tanh(X @ W) @ V - Y)"),
    gradient("textbook", "norm(tanh(X @ W) @ V - Y)**2", LAYERS, "W",
             "2 * X.T @ (((tanh(X @ W) @ V - Y) @ V.T) * (1 - tanh(X @ W)**2))"),
    gradient("textbook", "v @ softmax(K @ q)", "K: n,d; q: d; v: n", "q",
             "K.T @ (softmax(K @ q) * (v - v @ softmax(K @ q)))"),
    gradient("textbook", "v @ softmax(K @ q)", "K: n,d; q: d; v: n", "K",
             "outer(softmax(K @ q) * (v - v @ softmax(K @ q)), q)"),
    gradient("textbook", "logsumexp(W @ x) - y @ (W @ x)", LAYER, "W", "outer(softmax(W @ x) - y, x)"),
    gradient("textbook", "sigmoid(a @ x)", "x: n; a: n", "x", "sigmoid(a @ x) * (1 - sigmoid(a @ x)) * a"),
    hessian("textbook", "softplus(a @ x)", "x: n; a: n", "x",
            "sigmoid(a @ x) * (1 - sigmoid(a @ x)) * outer(a, a)"),
)  # fmt: skip
