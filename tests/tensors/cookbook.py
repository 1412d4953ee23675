"""Published identities of matrix calculus, in one table.

Most are of K. B. Petersen and M. S. Pedersen, *The Matrix Cookbook* (version of 2012, cited by equation), and of
S. Laue, M. Mitterreiter and J. Giesen, *Computing Higher Order Derivatives of Matrix and Tensor Expressions* (NeurIPS
2018) and *A Simple and Efficient Tensor Calculus* (AAAI 2020); the others are in any textbook. The formulas are in our
layout: the gradient of a scalar has the input's shape, and a Jacobian has the output's shape followed by the input's.
A derivative in a symmetric matrix is here the one in a matrix without structure, evaluated at a symmetric one.

Three equations of the Cookbook are given as they hold: the first sum of (92) is transposed, (95) has BᵀB in both
denominators, and (127) needs a symmetric A. Left out of its second chapter: what needs complex numbers (45, 89), the
functions of matrices (128), single eigenvalues and eigenvectors (67, 68), derivatives in structured matrices (133 to
141, 143), and what defines or restates another equation.
"""

from __future__ import annotations

from typing import Final

from cookbook_forms import FORMS, HIGHER, NORMS
from cookbook_inverses import DETERMINANTS, DIFFERENTIALS, INVERSES
from cookbook_learning import LIKELIHOODS, NETWORKS, REGRESSION
from cookbook_traces import TRACES
from cookbook_vectors import ELEMENTWISE, REDUCTIONS, VECTORS
from identity import Identity

__all__ = ["IDENTITIES"]

IDENTITIES: Final[tuple[Identity, ...]] = (
    *DIFFERENTIALS, *DETERMINANTS, *INVERSES, *FORMS, *HIGHER, *NORMS, *TRACES,
    *VECTORS, *ELEMENTWISE, *REDUCTIONS, *REGRESSION, *LIKELIHOODS, *NETWORKS,
)  # fmt: skip
