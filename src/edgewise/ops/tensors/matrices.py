"""Rows of operations on matrices: they work on the last two axes, and carry those in front along."""

from __future__ import annotations

from typing import Final

import numpy as np

from edgewise.ops import decompositions
from edgewise.ops import differentials as rules
from edgewise.ops import result_shapes as shapes
from edgewise.ops import tensor_values as values
from edgewise.ops.tensors import arithmetic as work
from edgewise.ops.tensors import parameters as forms
from edgewise.ops.tensors import scalar_forms as scalar
from edgewise.ops.tensors import typesetting
from edgewise.ops.tensors.row import TensorOp, row

__all__ = ["MATRICES"]

_INVERSE = "the matrix is invertible"
_EIGENVALUES: Final = "the matrix is symmetric, and its eigenvalues are distinct"
_SINGULAR = "the singular values are distinct and not zero"

MATRICES: Final[tuple[TensorOp, ...]] = (
    row("inv", "x", np.linalg.inv, shapes.square("inv"), lambda t, d, out, x, p: -(out @ d @ out),
        doc="the inverse matrix", assumes=_INVERSE, numpy="linalg.inv", typeset=typesetting.inverse,
        scalar=scalar.inverse, work=work.cubic(2), wholes=True),
    row("det", "x", np.linalg.det, shapes.squares_batch("det"),
        lambda t, d, out, x, p: t.sum(t.transposed(t.adjugate(x[0])) * d, (-2, -1)),
        doc="the determinant", numpy="linalg.det", latex="\\det", scalar=scalar.determinant, work=work.cubic(2, 3),
        wholes=True),
    row("adjugate", "x", decompositions.adjugate, shapes.square("adjugate"),
        lambda t, d, out, x, p: t.adjugate_change(x[0], d),
        doc="the adjugate: det(x)*inv(x), and its limit where x is singular", spelled="_adjugate({0})",
        latex="\\operatorname{adj}", scalar=scalar.adjugate, work=work.cubic(2), wholes=True),
    row("adjugate_change", "x d", decompositions.adjugate_change, shapes.adjugate_change, rules.adjugate_change,
        lambda t, d, out, x, p: t.transposed(t.adjugate_change(x[0], t.transposed(d))),
        doc="the change of the adjugate of x along d", linear=(1,), spelled="_adjugate_change({0}, {1})",
        latex="\\mathrm{D}\\operatorname{adj}", work=work.cubic(2), inner=True),
    row("logdet", "x", values.logdet, shapes.squares_batch("logdet"),
        lambda t, d, out, x, p: t.sum(t.transposed(t.inv(x[0])) * d, (-2, -1)),
        doc="log of abs(det(x))", assumes=_INVERSE, spelled="np.linalg.slogdet({0})[1]",
        typeset=typesetting.log_of_determinant, scalar=scalar.log_of_determinant, work=work.cubic(2, 3), wholes=True),
    row("solve", "a b", values.solve, shapes.solve("solve"),
        lambda t, d, out, x, p: -t.solve(x[0], t.applied(d, out, p), p),
        lambda t, d, out, x, p: t.solve(t.transposed(x[0]), d, p),
        doc="inv(a) @ b", form=forms.RANK, linear=(1,), assumes=_INVERSE, numpy="linalg.solve",
        variant=lambda p, shapes: "vectors" if p == 1 and len(shapes[1]) > 1 else "",
        spelled={"": "np.linalg.solve({0}, {1})", "vectors": "np.linalg.solve({0}, {atom1}[..., None])[..., 0]"},
        text={"": "solve({0}, {1})", "vectors": "solve({0}, {atom1}[..., None])[..., 0]"},
        typeset=typesetting.solution, scalar=scalar.solution, work=work.solution, wholes=True),
    row("solve_triangular", "a b", values.solve_triangular, shapes.solve("solve_triangular"),
        lambda t, d, out, x, p: -t.solve_triangular(
            x[0], t.applied(t.tril(d) if p[0] else t.triu(d), out, p[1]), *p),
        lambda t, d, out, x, p: t.solve_triangular(t.transposed(x[0]), d, not p[0], p[1]),
        doc="inv(a) @ b for a triangular matrix, of which only the triangle is read", form=forms.TRIANGLE,
        linear=(1,), assumes="no entry of the diagonal is zero",
        variant=lambda p, shapes: "" if len(shapes[0]) == 2 and len(shapes[1]) == p[1] else "many",
        spelled={"": "linalg.solve_triangular({0}, {1}, lower={lower})",
                 "many": "_solve_triangular({0}, {1}, {lower}, {rank})"},
        text=dict.fromkeys(("", "many"), "solve_triangular({0}, {1}, lower={lower})"),
        typeset=typesetting.solution, scalar=scalar.triangular, work=work.triangular),
    row("cholesky", "x", np.linalg.cholesky, shapes.square("cholesky"), rules.cholesky,
        doc="the lower triangular L with L @ L.T = x", assumes="the matrix is symmetric and positive definite",
        numpy="linalg.cholesky", latex="\\operatorname{chol}", scalar=scalar.cholesky, work=work.cubic(1, 3)),
    row("mirrored", "x", values.mirrored, shapes.square("mirrored"), lambda t, d, out, x, p: t.folded(d),
        doc="the lower triangle, and its mirror image above the diagonal", linear=(0,), scalar=scalar.moved,
        computed=lambda t, x, p: t.tril(x[0]) + t.transposed(t.tril(x[0], -1)), work=work.nothing, inner=True),
    row("folded", "x", values.folded, shapes.square("folded"), lambda t, d, out, x, p: t.mirrored(d),
        doc="the lower triangle, and added to it what is above the diagonal", linear=(0,), scalar=scalar.summed,
        computed=lambda t, x, p: t.tril(x[0] + t.transposed(x[0]), -1) + x[0] * t.eye(x[0].shape[-1], x[0]),
        work=work.on_entries(1), inner=True),
    row("pinv", "x", values.pinv, shapes.pinv, rules.pinv_rule,
        doc="the Moore–Penrose inverse", assumes="the rank does not change near the matrix", numpy="linalg.pinv",
        typeset=typesetting.pseudo_inverse, scalar=scalar.pseudo_inverse, work=work.cubic(2), wholes=True),
    row("eigvalsh", "x", np.linalg.eigvalsh, shapes.square_values,
        lambda t, d, out, x, p: t.diagonal(t.transposed(t.eigenvectors(x[0])) @ d @ t.eigenvectors(x[0])),
        doc="the eigenvalues of a symmetric matrix, ascending", assumes=_EIGENVALUES,
        numpy="linalg.eigvalsh", latex="\\lambda", work=work.cubic(4, 3)),
    row("eigenvectors", "x", lambda x: np.linalg.eigh(x)[1], shapes.square("eigenvectors"), rules.eigenvectors,
        doc="the eigenvectors of a symmetric matrix, as columns", assumes=_EIGENVALUES,
        spelled="np.linalg.eigh({0})[1]", latex="V", work=work.cubic(9), orthonormal=(-2, -1)),
    row("singular_values", "x", decompositions.singular_values, shapes.singular(""),
        lambda t, d, out, x, p: t.diagonal(t.transposed(t.left_vectors(x[0])) @ d @ t.right_vectors(x[0])),
        doc="the singular values, descending", assumes="the singular values are distinct", numpy="linalg.svdvals",
        spelled="np.linalg.svd({0}, compute_uv=False)", latex="\\operatorname{sv}", work=work.singular),
    row("left_vectors", "x", decompositions.left_vectors, shapes.singular("left"), rules.left_vectors,
        doc="the left singular vectors, as columns", assumes=_SINGULAR,
        spelled="np.linalg.svd({0}, full_matrices=False)[0]", latex="U_{\\mathrm{sv}}", work=work.singular,
        orthonormal=(-2,)),
    row("right_vectors", "x", decompositions.right_vectors, shapes.singular("right"), rules.right_vectors,
        doc="the right singular vectors, as columns", assumes=_SINGULAR,
        spelled="np.swapaxes(np.linalg.svd({0}, full_matrices=False)[2], -1, -2)", latex="V_{\\mathrm{sv}}",
        work=work.singular, orthonormal=(-2,)),
    row("expm", "x", decompositions.expm, shapes.square("expm"), lambda t, d, out, x, p: t.expm_change(x[0], d),
        doc="the exponential of a matrix", scipy="linalg.expm", spelled="linalg.expm({0})", latex="\\exp",
        work=work.cubic(44, 3)),
    row("expm_change", "x d", decompositions.expm_change, shapes.adjugate_change, rules.expm_change,
        lambda t, d, out, x, p: t.expm_change(t.transposed(x[0]), d),
        doc="the derivative of the exponential of the matrix x along d", linear=(1,),
        computed=rules.exponential_block, latex="\\mathrm{D}\\exp", inner=True),
)  # fmt: skip
