"""Rules are picked out by the heads of a node: no rule is left out that fits, and few are tried that do not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
from edgewise.graph.tensors import tensor
from edgewise.graph.uncollected import uncollected
from edgewise.simplify import rewrite_rules
from edgewise.simplify.rewrite import rewritten_by_rules
from tensor_strategies import NAMED, SHAPES, programs


def graphs() -> Iterator[ew.Graph]:
    for text in (
        "log(1 + exp(X)) + sin(X)**2 + cos(X)**2 + 0*X",
        "exp(X)/sum(exp(X), axis=1)[:, None] - X*1 + (-X)/(-Y)",
        "where(X > 0, X, 0) + where(X > 0, 0, Y) + X - X",
        "log(sum(exp(X), axis=0)) + 2*y + 3*y - y",
    ):
        yield ew.parse(text, shapes="X: n,d; Y: n,d; y: d")


def outcome(graph: ew.Graph, level: str) -> tuple[str, dict[str, int]]:
    tape, _, fired = rewritten_by_rules(graph.tape, graph.tape.outputs, (), level)
    return ew.Graph(tape).to_json(), fired


def everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every rule is tried on every node of its operation."""
    monkeypatch.setattr(rewrite_rules, "may_be", lambda part, heads: True)
    monkeypatch.setattr("edgewise.simplify.rewrite.rule_table", rewrite_rules.RuleTable)


@pytest.mark.parametrize("level", ["exact", "real", "domain"])
def test_no_rule_that_fits_is_left_out(level: str) -> None:
    for graph in graphs():
        quick = outcome(graph, level)
        with pytest.MonkeyPatch.context() as patch:
            everywhere(patch)
            assert outcome(graph, level) == quick
        assert level == "exact" or quick[1]


@settings(max_examples=15, deadline=None)
@given(programs())
def test_nor_in_gradients(program: object) -> None:
    call = eval("lambda X, A, w, y, c: program(np, X, A, w, y, c)", {"program": program, "np": np})
    inputs = dict(zip("XAwyc", (ew.tensor(*NAMED[name]) for name in SHAPES), strict=True))
    gradient = ew.trace(call, **inputs).gradient()
    quick = outcome(gradient, "real")
    with pytest.MonkeyPatch.context() as patch:
        everywhere(patch)
        assert outcome(gradient, "real") == quick


def test_deriving_looks_for_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a tensor has some attribute is not asked: the answer comes with the nearest names."""

    def refused(owner: object, name: str, *_: object) -> str:
        raise AssertionError(name)

    monkeypatch.setattr(tensor, "missing_attribute", refused)
    function = lambda W, x: np.sum(np.tanh(W @ x)[1:] ** 2)
    ew.trace(function, W=ew.tensor("n", "n"), x=ew.tensor("n")).gradient().simplify()


def test_a_named_dimension_is_one_object() -> None:
    one, two = (ew.tensor("n", "m").shape for _ in range(2))
    assert one[0] is two[0] and one[0] != one[1] and hash(one) == hash(two)


def test_collection_comes_back_after_an_error() -> None:
    import gc

    assert gc.isenabled()
    with pytest.raises(KeyError), uncollected():
        raise KeyError(gc.isenabled())
    assert gc.isenabled()
