"""The rows that we do not manage yet, and why: each is expected to fail its test, and has to leave when it passes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["NOT_YET"]

SPLIT: Final = "the inverse of a product of square matrices is not the product of their inverses yet"
PSEUDOINVERSE: Final = "inv(X.T @ X) @ X.T is not seen to be pinv(X)"
EIGENVALUES: Final = "V @ V.T of eigenvectors is not seen to be the identity, nor the product of eigenvalues det(X)"
KRONECKER: Final = "a Kronecker product is a reshaped einsum, and its derivative is not written as one again"
LIKE_TERMS: Final = "equal terms that are transposes of one another, or associated otherwise, are not added up"
QUOTIENT: Final = "x/x is kept where x may be zero"

LENGTH: Final[Mapping[str, tuple[str, ...]]] = {
    SPLIT: (
        "Cookbook (58), k = 3: gradient of det(X @ X @ X) by X",
        "textbook: gradient of logdet(A @ X @ B) by X",
    ),
    PSEUDOINVERSE: (
        "Cookbook (55): gradient of logdet(X.T @ X) by X",
        "Cookbook (56): gradient of logdet(pinv(Y).T @ pinv(Y)) by Y",
    ),
    EIGENVALUES: (
        "Cookbook (65): gradient of sum(eigvalsh(X)) by X",
        "Cookbook (66): gradient of prod(eigvalsh(X)) by X",
    ),
    KRONECKER: (
        "Cookbook (39): jacobian of kron(X + t*V, Y + t*W) by t",
        "Cookbook (120): gradient of trace(kron(X, X)) by X",
    ),
    LIKE_TERMS: ("textbook: hessian of (x + t*v) @ A @ (x + t*v) by t",),
    "the derivative of abs is selected where det(X) is 0, and the selection is not seen to be 1/det(X)": (
        "Cookbook (57): gradient of log(abs(det(X))) by X",
    ),
    QUOTIENT: ("textbook: gradient of sum(x * log(x / y)) by x",),
    "one outer product less would be one matrix product more": ("Cookbook (77): gradient of b @ X.T @ X @ c by X",),
    "the derivative of abs(x)**3 is not 3*x*abs(x)": ("textbook: gradient of sum(abs(x)**3)**(1/3) by x",),
}

NOT_YET: Final[Mapping[str, Mapping[str, str]]] = {
    "value": {},
    "source": {},
    "products": {},
    "length": {name: reason for reason, names in LENGTH.items() for name in names},
}
"""By test: the rows and the reason. "length" are closed forms that have more operations than the published ones."""
