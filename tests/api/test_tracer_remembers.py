"""A tracer knows the way of the latest shapes only."""

from __future__ import annotations

import numpy as np

import edgewise as ew
from edgewise.api.transforms import tracing


def test_what_a_tracer_remembers_is_bounded(monkeypatch) -> None:
    made: list[tracing.Tracer] = []
    start = tracing.Tracer.__init__

    def seen(self, *args, **named) -> None:
        start(self, *args, **named)
        made.append(self)

    monkeypatch.setattr(tracing.Tracer, "__init__", seen)
    monkeypatch.setattr(tracing, "REMEMBERED", 3)
    gradient = ew.grad(lambda x: np.sum(x**2))
    for length in (1, 2, 3, 1, 4, 5):
        np.testing.assert_allclose(gradient(np.ones(length)), 2 * np.ones(length))
    (served,) = [tracer._served for tracer in made if tracer._served]
    assert list(served) == [((1,),), ((4,),), ((5,),)]
