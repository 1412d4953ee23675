"""Counts of a graph against counts that nobody here wrote."""

from __future__ import annotations

import networkx as nx

import edgewise as ew
from edgewise.evaluate import short_count
from workload_graphs import workload_graph
from workloads import esin


def test_paths_in_short_are_those_counted_to_the_last_digit() -> None:
    for depth in (3, 40, 200, 1500):
        cost = workload_graph(esin(depth)).gradient().cost()
        assert f"{short_count(cost.paths)} paths" in repr(cost)
        assert cost.summary()["paths"] == short_count(cost.paths) == short_count(2**depth)


def test_depth_is_the_longest_way() -> None:
    for text in ("exp(x*y)/z + sqrt(x)*x**3", "[sin(sin(sin(x))), x*y]", "x"):
        G = ew.parse(text)
        N = G.to_networkx()
        assert G.cost().depth == nx.dag_longest_path_length(nx.DiGraph(N))


def test_live_values_are_those_of_a_set_that_is_kept_by_hand() -> None:
    for text in ("exp(x*y)/z + sqrt(x)*x**3", "[sin(x), x*y, y]", "2*x"):
        B = ew.parse(text).jacobian() if text[0] == "[" else ew.parse(text).gradient()
        tape, roots = B.tape, {node for result in B.returns() for node in result.nodes}
        alive = tape.live(roots)
        constant = tape.is_constant()
        held = {i for i in tape.inputs if alive[i]}
        most = len(held)
        for i in range(len(tape)):
            if alive[i] and not constant[i] and i not in tape.inputs:
                later = {j for k in range(i + 1, len(tape)) if alive[k] for j in tape.arguments(k)}
                held = {j for j in held if j in later or j in roots} | {i}
            most = max(most, len(held))
            if i in held and (i + 1 == len(tape) or alive[i + 1]):
                assert B.cost().live[i] == len(held)
        assert B.cost().peak_live == most
