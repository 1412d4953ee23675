"""NumPy's functions that have no graph on arrays of scalar expressions: the reason, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from edgewise.graph.refused import refused
from edgewise.graph.suggestions import KEEPS_SHAPE

__all__ = ["REFUSED", "refusal_of"]

_ORDER: Final = "the order of the entries depends on the data"
_COUNT: Final = "how many entries there are depends on the data"
_TRUTH: Final = "its truth is not known while the graph is written"
_TENSOR: Final = "declare the matrix as edgewise.tensor(n, n), which has it as an operation"
_PLACES: Final = "find the places outside, and take the entries there: x[places]"
REFUSED: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(("sort", "argsort", "median", "percentile", "quantile", "partition", "argpartition", "lexsort",
                     "nanmedian", "nanpercentile", "nanquantile", "sort_complex"), (_ORDER, _PLACES)),
    "argmax": ("which entry is largest depends on the data", "use np.max: its derivative is the largest entry's"),
    "argmin": ("which entry is smallest depends on the data", "use np.min"),
    "nanargmax": ("which entry is largest depends on the data", "use np.max"),
    "nanargmin": ("which entry is smallest depends on the data", "use np.min"),
    **dict.fromkeys(("nonzero", "flatnonzero", "argwhere", "extract"), (_COUNT, KEEPS_SHAPE)),
    "trim_zeros": (_COUNT, "write np.polyval(p, x) instead of np.poly1d(p)(x); " + KEEPS_SHAPE),
    **dict.fromkeys(("unique", "unique_all", "unique_counts", "unique_inverse", "unique_values", "intersect1d",
                     "union1d", "setdiff1d", "setxor1d", "in1d", "isin"), (_COUNT, "find them outside")),
    **dict.fromkeys(("histogram", "histogram2d", "histogramdd", "histogram_bin_edges", "digitize",
                     "searchsorted"),
                    ("which bin an entry falls into depends on the data, and has no derivative",
                     "find the bins outside, or sum np.where((x >= low) & (x < high), 1, 0)")),
    **dict.fromkeys(("array_equal", "array_equiv"), (_TRUTH, "write np.all(a == b), a node")),
    "allclose": (_TRUTH, "write np.all(np.isclose(a, b)), a node"),
    "svd": ("singular vectors have no unique derivative", "use pinv, norm or eigvalsh of a tensor"),
    **dict.fromkeys(("lstsq", "pinv"),
                    ("its rank depends on the data", "write np.linalg.solve(A.T @ A, A.T @ b)")),
    "eigh": ("it is written out for no array of scalar nodes", _TENSOR),
    "qr": ("it has no operation", "use np.linalg.cholesky(A.T @ A), whose factor is R.T up to signs"),
    **dict.fromkeys(("eig", "eigvals", "roots", "poly"), ("its values may be complex", "use eigvalsh")),
    **dict.fromkeys(("cond", "matrix_rank", "svdvals"), ("singular values have no graph of scalar nodes", _TENSOR)),
    **dict.fromkeys(("packbits", "unpackbits", "bitwise_count"), ("it is for whole numbers", "compute it outside")),
    **dict.fromkeys(("save", "savez", "savez_compressed", "savetxt"), ("it has no numbers yet", "evaluate first")),
}  # fmt: skip
"""Name of a function → why it has no graph, and what to write instead."""


def refusal_of(name: str, what: str, reason: str, hint: str) -> Callable[..., Any]:
    """What stands for a function of NumPy that has no graph of `what`: a call of it is refused."""

    def call(*args: Any, **kwargs: Any) -> Any:
        raise refused(f"np.{name} of {what} has no graph: {reason}", hint)

    return call
