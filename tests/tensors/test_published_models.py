"""Derivatives of models against their published forms: equal in value, and ours no longer.

Both are counted by `closed_forms.operations`: a contraction of k arguments is the k - 1 products it stands for, a
transpose, a selected part and a power are one operation each, and a vector read as a column is none. Of the published
text what stands there twice counts once, as in ours, for a paper names what it repeats. The value is in neither: what
it needs too, and the derivative builds on, counts for the derivative.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import published_learning
import published_statistics
import pytest
from closed_forms import operations
from published_models import NOT_PRINTED, NOT_YET, ROWS
from published_row import Published, traced
from written_models import drawn

import edgewise as ew
from peers import library

KINDS = ("gradient", "hessian")
FORMS = [(name, kind) for name, row in ROWS.items() for kind in KINDS if getattr(row, kind)]
LEAST = 32
"""Of the models, those whose derivatives both are no longer than the published ones. The aim is 55 of the 63.

Published is 1 - tanh(x)**2, which has no digits far out: ours is sech(x)**2, an operation more.
"""

AGAINST_JAX = (
    "kalman_filter", "factor_analysis", "multivariate_t", "hidden_markov_forward", "sparse_variational_bound",
    "gaussian_process", "negative_binomial", "canonical_correlation", "sharpe_ratio", "black_litterman",
    "causal_attention", "batch_normalisation", "lstm", "graph_convolution", "info_nce", "embedded_cross_entropy",
    "planar_flow", "sinkhorn", "regulator_rollout", "bundle_adjustment", "pose_graph", "exponential_by_taylor",
    "cholesky_parameters", "batched_systems", "several_norms", "survival_by_running_product",
)  # fmt: skip


@cache
def ours(name: str, kind: str) -> Any:
    row = ROWS[name]
    return getattr(traced(row), kind)(list(getattr(row, kind))).simplify()


@cache
def printed(name: str, kind: str) -> ew.Graph:
    row: Published = ROWS[name]
    return ew.parse(row.text(kind), shapes=row.shapes, share=True)


def no_longer(name: str, kind: str) -> bool:
    return operations(ours(name, kind).tape) <= operations(printed(name, kind).tape)


def agree(got: Any, wanted: Any) -> None:
    for ours_, theirs in zip(got, wanted, strict=True):
        assert np.shape(ours_) == np.shape(theirs)
        assert np.max(np.abs(np.asarray(ours_) - np.asarray(theirs))) <= 1e-9 * np.max(np.abs(np.asarray(theirs)))


def forms(listed: bool) -> list[Any]:
    """The forms as parameters of a test; with `listed`, what `NOT_YET` has must fail it."""
    marks = {
        (name, kind): [pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason)]
        for kind, reasons in NOT_YET.items()
        for name, reason in reasons.items()
    }
    return [
        pytest.param(*form, marks=marks.get(form, []) if listed else [], id=" of ".join(form[::-1])) for form in FORMS
    ]


def test_there_are_sixty_three_models_each_with_its_source() -> None:
    assert len(ROWS) == 63
    assert all(row.source and row.gradient for row in ROWS.values())
    assert {name for name, row in ROWS.items() if not row.hessian} == NOT_PRINTED.keys()
    assert all((name, kind) in FORMS for kind, reasons in NOT_YET.items() for name in reasons)


@pytest.mark.parametrize(("name", "kind"), forms(listed=False))
def test_the_published_form_is_the_derivative(name: str, kind: str) -> None:
    values = drawn(ROWS[name].model)
    agree(ours(name, kind).evaluate(values).outputs, printed(name, kind).evaluate(values).outputs)


@pytest.mark.parametrize(("name", "kind"), forms(listed=True))
def test_ours_is_no_longer(name: str, kind: str) -> None:
    assert no_longer(name, kind)


def test_how_many_models_have_no_longer_derivatives() -> None:
    """Where nobody prints a second derivative the gradient decides."""
    assert sum(all(no_longer(*form) for form in FORMS if form[0] == name) for name in ROWS) >= LEAST


@pytest.mark.slow
@pytest.mark.parametrize("name", AGAINST_JAX)
def test_the_published_form_is_jaxs_derivative(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    jax = library("jax")
    jax.config.update("jax_enable_x64", True)
    for module in (published_learning, published_statistics):
        monkeypatch.setattr(module, "special", jax.scipy.special)
    row, values = ROWS[name], drawn(ROWS[name].model)

    def derivative(kind: str, wrt: list[str]) -> list[Any]:
        fixed = {key: value for key, value in values.items() if key not in wrt}

        def function(at: dict[str, Any]) -> Any:
            return row.model.function(jax.numpy, **at, **fixed)

        found = getattr(jax, "grad" if kind == "gradient" else kind)(function)(
            {key: jax.numpy.asarray(values[key]) for key in wrt}
        )
        return [found[key] if kind == "gradient" else found[key][key] for key in wrt]

    for kind in KINDS:
        if wrt := list(getattr(row, kind)):
            agree(printed(name, kind).evaluate(values).outputs, derivative(kind, wrt))
