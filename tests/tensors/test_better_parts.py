"""A tensor graph keeps what is better part by part: what one part costs more takes nothing from the others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from written_models import MODELS, Model, drawn, traced

import edgewise as ew
from edgewise.graph import node_text
from edgewise.simplify.arrays.parts import by_parts

ROWS = {row.name: row for row in MODELS}
LENGTHS = (3, 10, 100)


def works(graph: Any) -> list[int]:
    """The work at several sizes; no two dimensions are equal."""
    names = sorted({str(k) for p in graph.tape.parameters for k in p.shape if not str(k).isdigit()})
    sizes = [{name: length + k for k, name in enumerate(names)} for length in LENGTHS]
    return [int(graph.cost().at(**each)["work"]) for each in sizes]


def leaves(value: Any) -> list[Any]:
    return [leaf for part in value for leaf in leaves(part)] if isinstance(value, tuple | list) else [value]


def same_values(written: Any, simplified: Any, *args: Any) -> None:
    pairs = [leaves(graph.compile(backend="numpy")(*args)) for graph in (written, simplified)]
    for wanted, found in zip(*pairs, strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-12)


# Each has some part that index notation makes longer, or more work, and others that it makes better. The lengths are
# at most those of the graph taken whole, or the work is less by the part in the last column.
PARTLY = [
    ("periodic_laplacian", "hessian", 48, 0.8),
    ("least_squares_by_lstsq", "hessian", 73, 0.75),
    ("integrals", "gradient", 36, 0.95),
    ("order_statistics", "hessian", 79, 1.0),
    ("lstm", "gradient", 233, 0.99),
    ("sums_by_segment", "gradient", 5, 0.85),
]


@pytest.mark.parametrize(("name", "kind", "operations", "part"), PARTLY, ids=[row[0] for row in PARTLY])
def test_the_better_parts_of_models(name: str, kind: str, operations: int, part: float) -> None:
    row = ROWS[name]
    written = getattr(traced(row), kind)([row.wrt])
    simplified = written.simplify()
    assert simplified.cost().operations <= operations
    assert all(after <= part * before for before, after in zip(works(written), works(simplified), strict=True))
    same_values(written, simplified, *drawn(row).values())


def together(one: Model, two: Model) -> tuple[ew.Graph, dict[str, Any]]:
    """The sum of two models of different inputs."""
    inputs: dict[str, Any] = {}
    values: dict[str, Any] = {}
    calls = []
    for prefix, row in (("f", one), ("g", two)):
        G, drawn_values = traced(row), drawn(row)
        for p in G.tape.parameters:
            inputs[f"{prefix}_{p.name}"] = ew.tensor(*p.shape) if p.shape else ew.tensor()
            values[f"{prefix}_{p.name}"] = drawn_values[p.name]
        calls.append(f"{prefix}(np, {', '.join(f'{prefix}_{name}' for name in drawn_values)})")
    function = eval(
        f"lambda {', '.join(values)}: {' + '.join(calls)}", {"f": one.function, "g": two.function, "np": np}
    )
    return ew.trace(function, **inputs), values


PAIRS = [
    ("block_rayleigh_quotient", "least_squares_by_lstsq"),
    ("periodic_laplacian", "attention_by_einsum"),
    ("integrals", "factor_analysis"),
]


@pytest.mark.parametrize(("one", "two"), PAIRS)
def test_one_part_takes_nothing_from_another(one: str, two: str) -> None:
    """Two models in one graph take no more than each by itself, and their sum."""
    rows = ROWS[one], ROWS[two]
    G, values = together(*rows)
    both = G.gradient([f"f_{rows[0].wrt}", f"g_{rows[1].wrt}"])
    simplified = both.simplify()
    alone = [traced(row).gradient([row.wrt]).simplify() for row in rows]
    assert simplified.cost().operations <= sum(graph.cost().operations for graph in alone) + 1
    same_values(both, simplified, *values.values())


def test_a_chain_that_is_worse_does_not_spoil_one_that_is_better() -> None:
    """By hand: the first graph has the better product, the second the better function."""
    texts = ("[B @ (B @ x), log(1 + exp(x)) + 0*x]", "[B @ B @ x, softplus(x)]")
    one, two = (ew.parse(text, shapes="B: n,n; x: n").tape for text in texts)
    way = np.full(len(one), -1)
    way[list(one.inputs)], way[list(one.outputs)] = two.inputs, two.outputs
    for first, second, there in ((one, two, way), (two, one, None)):
        if there is None:
            there = np.full(len(two), -1)
            there[list(two.inputs)], there[list(two.outputs)] = one.inputs, one.outputs
        made = by_parts(first, second, there, first.outputs, (), {})
        assert (made.first, made.second) == (True, True)
        texts_made = [node_text(made.tape, int(made.new[node])) for node in first.outputs]
        assert texts_made == ["B @ (B @ x)", "softplus(x)"]
    nothing = by_parts(one, one, np.arange(len(one)), one.outputs, (), {})
    assert nothing.tape is one


def test_a_part_may_be_an_input_or_another_result_of_the_other_graph() -> None:
    one = ew.parse("[x + 0*x, exp(x)*exp(x), exp(2*x) + 0*x, B @ B @ x]", shapes="B: n,n; x: n").tape
    two = ew.parse("[x, exp(2*x), exp(2*x), B @ B @ x]", shapes="B: n,n; x: n").tape
    way = np.full(len(one), -1)
    way[list(one.inputs)], way[list(one.outputs)] = two.inputs, two.outputs
    made = by_parts(one, two, way, one.outputs, (), {})
    texts = [node_text(made.tape, int(made.new[node])) for node in one.outputs]
    assert texts == ["x", "exp(2*x)", "exp(2*x)", "B @ B @ x"]


def test_a_common_factor_is_no_reason_for_a_larger_product() -> None:
    """C is a factor of B'CD and of D'C'B, but what is left has four indices."""
    G = ew.parse("(B @ x + b) @ C @ (D @ x + d)", shapes="x: n; B: p,n; b: p; C: p,q; D: q,n; d: q")
    H = G.hessian(["x"])
    before, after = works(H), works(H.simplify())
    assert all(new <= old for old, new in zip(before, after, strict=True))


@pytest.mark.parametrize("level", ["exact", "real", "domain"])
def test_the_ledger_and_the_levels(level: str) -> None:
    row = ROWS["periodic_laplacian"]
    B = traced(row).gradient([row.wrt])
    S = B.simplify(level)
    values = list(drawn(row).values())
    assert S.report.level == level
    assert S.report.after == S.cost().operations <= S.report.before
    before, after = B.evaluate(*values).values, S.evaluate(*values).values
    for old, new in zip(B.edges, S.edges, strict=True):
        np.testing.assert_allclose(after[new.product], before[old.product], rtol=1e-12, atol=1e-15)
