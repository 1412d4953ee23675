"""The rows that we do not manage yet, and why: each is expected to fail its test, and has to leave when it passes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["NOT_YET"]

SINGULAR: Final = "where a factor has no full rank there is no inverse as written, and the closed form would have one"
WORK: Final = "the published form is shorter, but more work: one outer product less, one matrix product more"

LENGTH: Final[Mapping[str, tuple[str, ...]]] = {
    SINGULAR: (
        "textbook: gradient of logdet(A @ X @ B) by X",
        "Cookbook (55): gradient of logdet(X.T @ X) by X",
        "Cookbook (56): gradient of logdet(pinv(Y).T @ pinv(Y)) by Y",
    ),
    "eigvalsh reads one triangle: its eigenvalues multiply to det(X) only where X is symmetric, which nothing says": (
        "Cookbook (66): gradient of prod(eigvalsh(X)) by X",
    ),
    "where det(X) is 0 the derivative of abs is 0 by convention, and inv(X) is an error": (
        "Cookbook (57): gradient of log(abs(det(X))) by X",
    ),
    WORK: ("Cookbook (77): gradient of b @ X.T @ X @ c by X",),
    "what is selected is 0 where x is, whatever it is multiplied with: without the selection NaN would come through": (
        "textbook: gradient of sum(abs(x)**3)**(1/3) by x",
    ),
}

NOT_YET: Final[Mapping[str, Mapping[str, str]]] = {
    "value": {},
    "source": {},
    "products": {},
    "length": {name: reason for reason, names in LENGTH.items() for name in names},
}
"""By test: the rows and the reason. "length" are closed forms that have more operations than the published ones."""
