"""The schedule of a program: order, live ranges, registers and parts, against the plainest possible counting."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.graph import Tape
from edgewise.lower import Program
from edgewise.lower.llvm.llvm_code import encode
from edgewise.lower.llvm.llvm_interpreter import OPCODES
from edgewise.lower.llvm.llvm_rows import Spelling
from edgewise.lower.schedule import Schedule
from strategies import EVERY, tapes
from workload_graphs import workload_graph
from workloads import gmm, lennard_jones, mlp, rosenbrock, speelpenning


def program_of(tape: Tape) -> Program:
    return Graph(tape).jacobian().simplify().program()


def held_at_once(program: Program, order: list[int], results_count: bool) -> int:
    """The most computed values held behind any operation, by looking at every later reader of every value."""
    tape, results = program.tape, set(program.result_nodes)
    last = {node: len(order) for node in results}
    for place, node in enumerate(order):
        for j in tape.arguments(node):
            last[j] = max(last.get(j, -1), place)
    most = 0
    for place in range(len(order)):
        held = [n for n in order[: place + 1] if last[n] > place and (results_count or n not in results)]
        most = max(most, len(held))
    return most


def check(program: Program, plan: Schedule) -> None:
    tape, order = program.tape, plan.order.tolist()
    computed = set(program.order)
    assert sorted(order) == sorted(computed)
    assert len(order) == len(computed)
    place = {node: k for k, node in enumerate(order)}
    for node in order:
        assert all(place[j] < place[node] for j in tape.arguments(node) if j in computed)
    assert plan.peak_live == held_at_once(program, order, True)
    assert plan.peak_live <= held_at_once(program, list(program.order), True)
    assert plan.slots == held_at_once(program, order, False)  # linear scan is exact without branches
    # A register is never written while its value is still to be read.
    results = set(program.result_nodes)
    owner: dict[int, int] = {}
    for node in order:
        for j in tape.arguments(node):
            if j in computed and j not in results:
                assert owner[int(plan.slot[j])] == j
        if node not in results:
            owner[int(plan.slot[node])] = node
        else:
            assert plan.slot[node] == -1


@given(tape=tapes(operations=EVERY, max_ops=25, max_outputs=3))
@settings(deadline=None, max_examples=100)
def test_schedules_of_random_graphs(tape: Tape) -> None:
    for graph in (Graph(tape), Graph(tape).jacobian()):
        program = graph.program()
        check(program, program.schedule)


@given(tape=tapes(max_ops=40, max_outputs=2), size=st.integers(1, 12))
@settings(deadline=None, max_examples=100)
def test_parts_are_of_about_the_wished_size(tape: Tape, size: int) -> None:
    plan = program_of(tape).schedule
    cuts = plan.cuts(size).tolist()
    assert cuts[0] == 0
    assert cuts[-1] == len(plan.order)
    assert all(0 <= b - a <= size + size // 2 for a, b in pairwise(cuts))


def test_cuts_are_where_few_values_are_held() -> None:
    # Blocks of ten operations, joined by one value each: cuts of about twenty fall on the joints.
    x = ew.symbols("x")
    e = x
    for _ in range(30):
        a = [ew.sin(e * k) for k in range(2, 6)]
        e = (a[0] + a[1]) * (a[2] + a[3])
    plan = ew.graph(e).program().schedule
    held = plan.alive[plan.cuts(20)[1:-1]]
    assert len(held) > 8
    assert held.max() == 1


@pytest.mark.parametrize(
    ("text", "peak"),
    [
        ("x + y", 1),
        ("sin(x)*y + cos(y)*x + exp(x)*exp(y)", 3),
        # Sethi and Ullman: a full binary tree of height h, whose leaves are inputs, needs h registers.
        ("((x+1)*(x+2))*((x+3)*(x+4))", 3),
        ("(((x+1)*(x+2))*((x+3)*(x+4)))*(((x+5)*(x+6))*((x+7)*(x+8)))", 4),
        # A chain on the right: the long side first, and two registers are enough.
        ("(x+1)*((x+2)*((x+3)*((x+4)*(x+5))))", 2),
        # The same on the left, though the short sides are written first.
        ("a = x+1; b = x+2; c = x+3; d = (x+4)*(x+5); ((d*c)*b)*a", 2),
    ],
)
def test_the_best_order_of_trees(text: str, peak: int) -> None:
    assert ew.parse(text).program().schedule.peak_live == peak


def test_the_two_sweeps_of_a_product_run_side_by_side() -> None:
    n = 400
    plan = workload_graph(speelpenning(n)).gradient().simplify().program().schedule
    assert plan.peak_live <= n + 2  # one behind the other, they hold nearly 2 n


@pytest.mark.parametrize(
    "workload", [rosenbrock(60), lennard_jones(6), mlp(4, 4, 4), gmm(2, 3, 8)], ids=lambda w: w.name
)
def test_schedules_of_the_workloads(workload: Any) -> None:
    program = workload_graph(workload).gradient().simplify().program()
    check(program, program.schedule)


def test_schedules_take_time_in_proportion() -> None:
    # Not seconds but sizes: what is kept is one number a node, and a deep graph is as good as a wide one.
    x = ew.symbols("x")
    e = x
    for _ in range(20_000):
        e = ew.sin(e)
    program = ew.graph(e).program()
    assert (program.schedule.slots, program.schedule.peak_live) == (1, 1)
    assert program.schedule.order.tolist() == list(program.order)


def test_nothing_to_compute() -> None:
    x, y = ew.symbols("x y")
    program = ew.graph([x, 3, y * 1]).program()
    assert (program.operations, program.schedule.slots, program.schedule.peak_live) == (1, 0, 1)
    program = ew.graph([x, 3]).program()
    assert (program.order, program.schedule.cuts().tolist(), program.schedule.peak_live) == ((), [0, 0], 0)


def test_rows_use_every_place_once_it_was_written() -> None:
    G = ew.parse("x*y + x**3/sin(y) + x**(-2) + polygamma(2, x)")
    rows = encode(G.gradient().simplify().program())
    names = {code: name for name, code in OPCODES.items()}
    arity = {"copy": 1, "powi": 1, "call": 2}
    written = set(range(rows.first_result))
    for op, to, *args in rows.code[:-1].tolist():
        count = arity.get(names[op]) or len(Spelling.arguments(names[op]))
        assert set(args[:count]) <= written, names[op]
        written.add(to)
    assert set(range(rows.size)) == written
    assert rows.code[-1, 0] == OPCODES["end"]
    assert np.unique(rows.constants.view(np.int64)).size == rows.constants.size
