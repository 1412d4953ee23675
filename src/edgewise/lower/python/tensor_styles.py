"""What libraries call operations on tensors: NumPy's names are in the rows, here is what is native to the others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from edgewise.lower.python.tensor_helpers import HELPERS
from edgewise.ops.tensors.spelling import Style
from edgewise.ops.tensors.tensor_notation import NUMPY_STYLE

__all__ = ["STYLES"]

_NUMPY: Final = {what: text for what, text in NUMPY_STYLE.templates.items() if what != "vdot"}


def _carried(target: str, text: str) -> bool:
    """Whether a target has all helpers that a spelling calls."""
    return all(name in HELPERS[target] for name in re.findall(r"(?<![\w.])_\w+(?=\()", text))


JAX_STYLE: Final = Style(
    "jax",
    # JAX has NumPy's names.
    {what: text.replace("np.", "jnp.") for what, text in _NUMPY.items() if _carried("jax", text)}
    | {
        "softmax": "nn.softmax({0}, axis={axis})",
        "logsumexp": "nn.logsumexp({0}, axis={axis})",
        "argsort": "jnp.argsort({0}{unless_last}, stable=True)",
    },
    vector_first=True,
)

_TORCH: Final = {
    "permute": "torch.permute({0}, {axes})", "sum_axis": "torch.sum({0}, dim={axis})",
    "diagonal": "torch.diagonal({0}, dim1={a}, dim2={b})", "full": "torch.full({shape}, {0}, dtype=torch.float64)",
    "zeros": "torch.zeros({shape}, dtype=torch.float64)", "ones": "torch.ones({shape}, dtype=torch.float64)",
    "eye": "torch.eye({n}, dtype=torch.float64)",
    "array": "torch.tensor({values}, dtype=torch.float64)", "arange": "torch.arange({n}, dtype=torch.float64)",
    "pad": "_pad({0}, {widths})",
    "concatenate": "torch.concatenate([{args}], dim={axis})", "take": "_take({0}, {1}, {axis})",
    "unindex": "_placed({0}, {shape}, _KEYS[{key}])", "cumsum": "torch.cumsum({0}, dim={axis})",
    "cumsum reverse": "torch.flip(torch.cumsum(torch.flip({0}, [{axis}]), {axis}), [{axis}])",
    "cumprod": "torch.cumprod({0}, dim={axis})", "sort": "_sort({0}, {axis})",
    "argsort": "torch.argsort({0}, dim={axis}, stable=True)",
    "searchsorted": "_searchsorted({0}, {1}, {right})", "pick": "_pick({0}, ({places}))",
    "singular_values": "torch.linalg.svdvals({0})",
    "left_vectors": "torch.linalg.svd({0}, full_matrices=False)[0]",
    "right_vectors": "torch.linalg.svd({0}, full_matrices=False)[2].mT",
    "expm": "torch.linalg.matrix_exp({0})", "cosine_sums": "torch.real(torch.fft.fft({0}, dim={axis}))",
    "sine_sums": "-torch.imag(torch.fft.fft({0}, dim={axis}))",
    "amax": "torch.amax({0}{axes})", "amin": "torch.amin({0}{axes})", "prod": "torch.prod({0}, dim={axis})",
    "swap": "torch.swapaxes({0}, {a}, {b})",
    "logsumexp": "torch.logsumexp({0}, {axis})", "softmax": "torch.softmax({0}, {axis})",
    "solve_triangular": "_solve_triangular({0}, {1}, {lower}, {rank})",
    "norm": "torch.linalg.vector_norm({0}{these})", "norm all": "torch.linalg.vector_norm({0})",
    "norm several": "torch.linalg.vector_norm({atom0}{these})", "outer": "torch.outer({0}, {1})",
}  # fmt: skip

_SHARED: Final = frozenset(
    """T sum einsum diag where trace broadcast inf index reshape inv det logdet solve cholesky pinv eigvalsh
    eigenvectors tril triu untake recurrence running_argmax unpick adjugate adjugate_change radial windows overlap
    solve_triangular others unit""".split()
)
"""What torch calls as NumPy does, or by a helper of the same name."""

TORCH_STYLE: Final = Style(
    "torch",
    {what: text.replace("np.", "torch.") for what, text in _NUMPY.items() if what.split()[0] in _SHARED} | _TORCH,
    axis="dim",
)

STYLES: Final[Mapping[str, Style]] = {"numpy": NUMPY_STYLE, "jax": JAX_STYLE, "torch": TORCH_STYLE}
"""By the name of the target."""
