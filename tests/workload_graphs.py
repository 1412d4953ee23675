"""The workloads of the benchmarks as graphs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import edgewise as ew

FUNCTIONS = SimpleNamespace(exp=ew.exp, log=ew.log, sin=ew.sin, tanh=ew.tanh)


def workload_graph(workload: Any) -> ew.Graph:
    """A workload as a graph of one group of inputs."""
    return ew.graph(workload.build(FUNCTIONS, list(ew.symbols("x", shape=workload.size))))
