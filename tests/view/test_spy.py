"""Spy plots."""

from __future__ import annotations

import sys

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import InputError, UnsupportedError
from edgewise.graph import Pattern
from workload_graphs import workload_graph
from workloads import rosenbrock


def test_spy_plots() -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    G = ew.parse("[x*y, z]")
    for matrix in (G, G.sparsity(), ew.parse("x*y*z").hessian(sparse=True)):
        axes = ew.plot_sparsity(matrix)
        pattern = matrix if isinstance(matrix, Pattern) else matrix.tape.layout.pattern or matrix.sparsity()
        (image,) = axes.get_images()
        assert (np.asarray(image.get_array()) > 0).tolist() == pattern.to_dense().tolist()
        assert f"{pattern.nnz} nonzeros" in axes.get_title()
        assert ew.plot_sparsity(matrix, axes) is axes
        plt.close("all")
    big = workload_graph(rosenbrock(1000))
    (image,) = ew.plot_sparsity(big.hessian_sparsity()).get_images()
    cells = np.asarray(image.get_array())
    assert cells.shape == (400, 400)
    assert (np.diag(cells) > 0).all()
    assert np.count_nonzero(cells) <= 3 * 400
    lone = Pattern.of([0] * 999 + [500], [*range(999), 0], (1000, 999))
    (image,) = ew.plot_sparsity(lone).get_images()
    assert image.get_array()[200, 0] >= 0.1, "a nonzero alone in its cell is seen beside a full row"
    ew.plot_sparsity(ew.parse("[1]", inputs=[]))
    plt.close("all")


def test_spy_plots_of_other_things_and_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="a list has no sparsity pattern"):
        ew.plot_sparsity([1])  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(UnsupportedError, match=r"edgewise\[plot\]"):
        ew.plot_sparsity(ew.parse("x*y"))
