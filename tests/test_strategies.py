"""The random graphs are worth testing on: large, shared, different from each other, with derivatives of some size."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

import oracles
from edgewise.graph import Tape
from edgewise.ops import CONST, INPUT
from strategies import EVERY, KINKED, SMOOTH, tapes_with_points


def drawn(count: int, **options: Any) -> list[tuple[Tape, list[float]]]:
    """The same graphs on every run."""
    found: list[tuple[Tape, list[float]]] = []

    @settings(
        max_examples=count, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(tapes_with_points(**options))
    def collect(case: tuple[Tape, list[float]]) -> None:
        found.append(case)

    collect()
    return found


def operations(tape: Tape) -> int:
    return int(((tape.ops != CONST) & (tape.ops != INPUT)).sum())


@pytest.mark.slow
@pytest.mark.parametrize("ops", [SMOOTH, SMOOTH + KINKED, EVERY], ids=["smooth", "kinked", "every"])
def test_graphs_are_large_and_shared(ops: tuple[str, ...]) -> None:
    cases = [tape for tape, _ in drawn(500, operations=ops, max_ops=25)]
    sizes = sorted(map(operations, cases))
    assert sizes[len(sizes) // 2] >= 12
    assert sizes[-1] >= 25
    assert len({(tape.ops.tobytes(), tape.args.tobytes()) for tape in cases}) > 0.6 * len(cases)
    shared = [sum(times > 1 for times in Counter(tape.args.tolist()).values()) for tape in cases]
    assert sum(count >= 3 for count in shared) > 0.4 * len(cases)
    multi = [any(len(set(args)) < len(args) for _, _, args in tape.rows()) for tape in cases]
    assert sum(multi) > 0.4 * len(cases)
    assert {len(tape.inputs) for tape in cases} == {1, 2, 3, 4}
    met = {tape.op(i).name for tape in cases for i in range(len(tape))}
    assert set(ops) - met == set()


def test_derivatives_are_of_some_size() -> None:
    cases = drawn(100, max_ops=25)
    largest = [max(abs(float(v)) for v in oracles.mp_gradient(tape, point, tape.outputs[0])) for tape, point in cases]
    assert all(np.isfinite(largest))
    # Some graphs read no input at all: their derivative is zero, and is to be found so.
    assert sum(size > 1e-3 for size in largest) > 0.6 * len(largest)
