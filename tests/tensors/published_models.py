"""Sixty-three models of statistics, learning and geometry, with their derivatives as the literature prints them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from published_arrays import ARRAYS
from published_learning import LEARNING
from published_row import Published
from published_statistics import STATISTICS

__all__ = ["NOT_PRINTED", "NOT_YET", "ROWS"]

ROWS: Final[Mapping[str, Published]] = {row.name: row for row in (*STATISTICS, *LEARNING, *ARRAYS)}

NOT_PRINTED: Final[Mapping[str, str]] = {
    "kalman_filter": "the literature prints the expected information instead (Harvey 1989, section 3.4)",
    "hidden_markov_forward": "Lystig and Hughes 2002 print a recursion of pairs of parameters, not of arrays",
    "lstm": "nobody prints it; its products with vectors are computed",
    "info_nce": "nobody prints it",
    **dict.fromkeys(
        ("spectral_norm", "nuclear_norm", "sum_over_singular_values"),
        "by all pairs of singular values (Lewis and Sendov 2001), where they differ",
    ),
    **dict.fromkeys(("norms_by_rows_and_columns", "top_three", "quantile"), "0, or constant, by pieces"),
    "sinkhorn": "printed of the limit (Luise et al. 2018), by the implicit function theorem, not of five iterations",
}
"""Models of which no second derivative is in the literature, and what is."""

_ENTRIES: Final = "written entry by entry: that the entries are those of a rotation or of a cross product, nobody says"
_SHARED: Final = "built on what the value needs, which is not counted here: with the value it is no longer"
_SPLIT: Final = "diag(p) - p p' is multiplied out, and its two parts are contracted one by one"
_TIES: Final = "at 0, and where several are largest, the convention is written out"
_UNIT: Final = "products of quotients by one norm are not put together: f = X'u/|u| and f f'/|u|^2 are not seen"
_WORK: Final = "the published form is shorter, but more work"

LONGER: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    _ENTRIES: {
        "gradient": ("bundle_adjustment", "pose_graph", "cross_product"),
        "hessian": ("bundle_adjustment", "pose_graph", "cross_product", "cholesky_parameters"),
    },
    _SHARED: {"gradient": ("sharpe_ratio", "regulator_rollout")},
    _SPLIT: {"hessian": ("graph_convolution",)},
    _TIES: {
        "gradient": ("several_norms", "norms_by_rows_and_columns", "top_three"),
        "hessian": ("several_norms",),
    },
    _UNIT: {
        "gradient": ("batch_normalisation", "pearson_correlation"),
        "hessian": ("canonical_correlation", "pearson_correlation", "sharpe_ratio"),
    },
    _WORK: {
        "gradient": ("interpolated_values", "unrolled_equilibrium"),
        "hessian": ("interpolated_values", "unrolled_equilibrium", "proportional_hazards"),
    },
    "the smoother knows that half the second derivative in the mean is the one in its covariance": {
        "gradient": ("kalman_filter",),
    },
    "what a / sum(a) adds to its derivative is 0 here, as the probabilities of the states add up to 1": {
        "gradient": ("hidden_markov_forward",),
    },
    "nu + 4 over nu + q stands as nu/2 + 2 over nu and over q/nu + 1": {
        "gradient": ("multivariate_t",),
        "hessian": ("multivariate_t",),
    },
    "squares of distances are multiplied out before the second derivative, whose published form keeps the distances": {
        "hessian": ("gaussian_process",),
    },
    "r / (r / (r + mu)) stays, for nobody says that r is not 0, and y/v + r/v, for r is a number": {
        "gradient": ("negative_binomial",),
        "hessian": ("negative_binomial",),
    },
    "slices and pads of 0 around them, of the diagonal, instead of one diagonal": {
        "hessian": ("lkj_cholesky", "laplacian_on_a_ring"),
    },
    "the derivatives of the parts of J are put together for each input, and not row by row": {
        "hessian": ("planar_flow", "regulator_rollout"),
    },
    "powers of A times b b' are matrices, where powers times b are vectors": {
        "gradient": ("exponential_by_taylor",),
        "hessian": ("exponential_by_taylor",),
    },
    "x behind x stays whole in the divisor, and so the outer product is not seen to be symmetric": {
        "gradient": ("block_rayleigh_quotient",),
    },
    "a number stays before a selection of numbers: 2*where(x > 0, 1, 0)": {"hessian": ("positive_part",)},
    "1 - tanh(x)**2 has no digits far out: ours is sech(x)**2, an operation more": {"gradient": ("lstm",)},
    "stacks of matrices are not known to be symmetric": {"gradient": ("batched_systems",)},
    "the running product is differentiated so that factors may be 0; 1/(1 + x) is not, but nobody asks": {
        "gradient": ("survival_by_running_product",),
        "hessian": ("survival_by_running_product",),
    },
}

NOT_YET: Final[Mapping[str, Mapping[str, str]]] = {
    kind: {name: reason for reason, names in LONGER.items() for name in names.get(kind, ())}
    for kind in ("gradient", "hessian")
}
"""By derivative: the models of which ours is longer than the published form, and why."""
