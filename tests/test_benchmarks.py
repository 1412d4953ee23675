"""The benchmark command: what it measures, keeps, tabulates and draws."""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import accuracy
import groups
import measure
import report
import run
from models import MODELS
from question import Bound, Cells, Options, Question, Row, View, cells, row
from workloads import WORKLOADS, named

ROOT = Path(__file__).parent.parent
STORED = json.loads((ROOT / "benchmarks" / "results.json").read_text(encoding="utf-8"))
LIGHT = ["--quick", "--search", "0.05", "--without", "casadi", "jax", "heyoka", "symbolica"]
"""Tiny sizes without the peers that take long to start."""

TINY_WORK = {(work, who) for work in measure.TINY for who in ("edgewise", "SymPy")}
TASKS = {f"{name}{merged}" for name in ("Roe flux 1-D", "6-DOF arm") for merged in ("", ", merged")}


def command(*given: object, seed: str = "0") -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), *sys.path))}
    words = [sys.executable, str(ROOT / "benchmarks" / "run.py"), *map(str, given)]
    return subprocess.run(words, capture_output=True, text=True, env=env)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quick")
    done = command(*LIGHT, "--folder", folder)
    assert done.returncode == 0, done.stderr
    return folder


def rows_of(folder: Path, question: str) -> list[Row]:
    data = json.loads((folder / "benchmarks" / "results.json").read_text(encoding="utf-8"))
    found: list[Row] = data[question]["rows"]
    return found


# --- rows -----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_question_is_answered(measured: Path) -> None:
    data = json.loads((measured / "benchmarks" / "results.json").read_text(encoding="utf-8"))
    assert list(data) == list(run.QUESTIONS)
    for name, question in run.QUESTIONS.items():
        context, rows = data[name]["measured"], data[name]["rows"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", context["date"])
        assert context["cores"] == os.cpu_count()
        assert {"edgewise", "numpy", "sympy"} <= set(context["versions"])
        assert context["options"]["quick"] is True
        assert {view.name for view in question.views} <= {entry["view"] for entry in rows}
        for entry in rows:
            assert set(entry) <= {"view", "work", "who", "at", "value", "least"}
            assert math.isfinite(entry["value"])
            none = entry["who"] in ("additions of the search", "parts in its order") or entry["view"] == "accuracy-lost"
            assert entry["value"] > 0 or none


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "view", "expected"),
    [
        (
            "small",
            "small",
            {
                (work, who)
                for work in ("two_terms, 11 nodes", "r3bp, 39 nodes")
                for who in ("edgewise", "edgewise, symbols", "trace", "gradient", "simplify")
            },
        ),
        (
            "small",
            "small-call",
            {
                (f"{work}: value{more}", who)
                for work in ("two_terms, 11 nodes", "r3bp, 39 nodes")
                for more in ("", " and gradient")
                for who in ("edgewise", "edgewise, bound", "SymPy")
            },
        ),
        ("door", "cold", {(work, "edgewise") for work in measure.TINY[:2]}),
        ("door", "warm", {(work, "edgewise") for work in measure.TINY}),
        ("door", "first-process", {("gmm(2,3,3)", who) for who in ("first", "later", "difference")}),
        ("groups", "points", {("r3bp: value", "edgewise"), ("r3bp: value and gradient", "edgewise")}),
        ("groups", "groups", {("lennard_jones(3): value and gradient", "edgewise")}),
        (
            "earlier",
            "tracing",
            {(work, who) for work in measure.TINY for who in ("edgewise", "edgewise, symbols")},
        ),
        (
            "earlier",
            "earlier",
            {
                (work, "edgewise")
                for work in (
                    "transformer, 2 layers",
                    "network, 4 steps",
                    *(f"chain of 300: {stage}" for stage in ("build", "gradient", "simplify", "print", "evaluate")),
                )
            },
        ),
        ("gradient", "operations", TINY_WORK),
        ("gradient", "gradient", TINY_WORK | {(w, p) for w in measure.TINY for p in ("build", "gradient", "simplify")}),
        (
            "elimination",
            "elimination",
            {
                (t, who)
                for t in TASKS
                for who in (
                    "search",
                    "forward",
                    "reverse",
                    "Markowitz",
                    "additions of the search",
                    "parts in its order",
                )
            }
            | {("Roe flux 1-D", "AlphaGrad"), ("6-DOF arm", "AlphaGrad")},
        ),
        (
            "elimination",
            "methods",
            {
                (t, who)
                for t in ("Roe flux 1-D", "6-DOF arm")
                for who in ("with parts", "whole vertices", "2,000 moves", "forward", "reverse", "Markowitz", "D*")
            },
        ),
        ("elimination", "search", {(task, "search") for task in TASKS}),
        (
            "batches",
            "batches",
            {
                ("Black–Scholes", who)
                for who in ("edgewise, all cores", "edgewise, 1 core", "edgewise, new arrays", "memory limit", "SymPy")
            },
        ),
        (
            "growth",
            "growth",
            {
                ("chain", stage)
                for stage in ("build", "gradient", "simplify", "compile", "call", "evaluate", "pickle", "print")
            },
        ),
        ("growth", "memory", {("gmm", "edgewise")}),
        ("growth", "hessian-operations", {("rosenbrock", "edgewise")}),
        (
            "published",
            "pendulum",
            {("pendulum", f"edgewise{how}") for how in ("", ", as Python source")} | {("pendulum", "SymPy")},
        ),
        (
            "recompute",
            "recompute",
            {(w, who) for w in ("chain(20)", "gmm(2,2,3)") for who in ("as it stands", "schedule")},
        ),
        *(
            (
                "accuracy",
                view,
                {
                    (kind, who)
                    for kind in (accuracy.VALUES, accuracy.FIRST, accuracy.SECOND)
                    for who in (accuracy.ACCURATE, accuracy.SIMPLIFIED, accuracy.WRITTEN, "SymPy")
                },
            )
            for view in ("accuracy", "accuracy-lost")
        ),
        ("accuracy", "accuracy-bound", {(kind, "edgewise") for kind in (accuracy.VALUES, accuracy.FIRST)}),
        (
            "accuracy",
            "accuracy-cost",
            {
                (what, who)
                for what in (accuracy.OPERATIONS, accuracy.CALL)
                for who in (accuracy.ACCURATE, "the most of a core")
            },
        ),
        (
            "accuracy",
            "accuracy-search",
            {
                (kind, who)
                for kind in (accuracy.VALUES, accuracy.FIRST, accuracy.SECOND)
                for who in ("mean of a core", "the longest")
            },
        ),
        ("tensors", "models", {(entry.name, "edgewise, NumPy") for entry in MODELS}),
        ("tensors", "models-all-cores", {(entry.name, "edgewise, NumPy") for entry in MODELS}),
        ("tensors", "model-hessians", {(entry.name, "edgewise, NumPy") for entry in MODELS if entry.hessian}),
        (
            "tensors",
            "model-flops",
            {(entry.name, who) for entry in MODELS for who in ("edgewise", "operation nodes")},
        ),
    ],
)
def test_rows(measured: Path, question: str, view: str, expected: set[tuple[str, str]]) -> None:
    found = {(entry["work"], entry["who"]) for entry in rows_of(measured, question) if entry["view"] == view}
    assert found == expected


@pytest.mark.slow
def test_counts_are_those_of_the_graphs(measured: Path) -> None:
    found = cells(rows_of(measured, "gradient"), "operations")
    for name in measure.TINY:
        count = measure.build(named(name)).gradient().simplify().cost().operations
        assert found[name, None]["edgewise"]["value"] == count
    curve = [entry for entry in rows_of(measured, "recompute") if entry["view"] == "recompute"]
    points = measure.build(named("chain(20)")).gradient().simplify().pareto()
    assert [(p.peak_live, p.operations) for p in points] == [
        (entry["at"], entry["value"]) for entry in curve if entry["work"] == "chain(20)" and entry["who"] == "schedule"
    ]


@pytest.mark.slow
@pytest.mark.skipif(not (Options().has("casadi") and Options().has("jax")), reason="CasADi or JAX is not installed")
def test_a_call_agrees_with_every_peer(tmp_path: Path) -> None:
    """The question itself compares the results of all peers, and fails where they differ."""
    done = command("gradient", "calls", "--quick", "--patience", 60, "--folder", tmp_path)
    assert done.returncode == 0, done.stderr
    for line in cells(rows_of(tmp_path, "calls"), "call").values():
        assert {"CasADi", "JAX"} <= set(line)
    for line in cells(rows_of(tmp_path, "gradient"), "operations").values():
        assert line["edgewise"]["value"] <= line["CasADi"]["value"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("peer", "question", "shown"),
    [
        ("casadi", "small", {"small"}),
        ("casadi", "door", {"traced", "gradient-alone", "warm", "cold"}),
        ("heyoka", "groups", {"points", "groups"}),
        ("symbolica", "groups", {"points"}),
    ],
)
def test_a_question_compares_itself_with_a_peer(peer: str, question: str, shown: set[str], tmp_path: Path) -> None:
    """It fails where the results differ."""
    pytest.importorskip(peer, reason=f"{peer} is a peer, not a test dependency: pip install {peer}")
    others = {"casadi", "heyoka", "symbolica"} - {peer}
    done = command(question, "--quick", "--without", *others, "--folder", tmp_path)
    assert done.returncode == 0, done.stderr
    rows = rows_of(tmp_path, question)
    assert {entry["view"] for entry in rows if entry["who"].lower() == peer} == shown
    assert not [entry for entry in rows if entry.get("least")]


@pytest.mark.slow
def test_an_earlier_state_is_measured_beside_this_one(tmp_path: Path) -> None:
    done = command("earlier", *LIGHT, "--before", ROOT / "src", "--folder", tmp_path)
    assert done.returncode == 0, done.stderr
    for view, ways in (("earlier", {"edgewise", "before"}), ("tracing", {"edgewise", "before, symbols"})):
        assert all(ways <= set(line) for line in cells(rows_of(tmp_path, "earlier"), view).values())


def test_the_formulas_of_fpbench_and_their_points() -> None:
    """114 of different names; what peers compute is what the graph says, at points that meet the condition."""
    cores = list(accuracy.cores(Options()))
    assert len({core.name for core in cores}) == len(cores) == 114
    for core in cores:
        assert len(core.points[0]) == 64, core.name
        if core.condition:
            parts = [f"({part})" for part in core.condition.split(" and ")]
            with np.errstate(all="ignore"):
                met = eval(" & ".join(parts), dict(zip(core.inputs, core.points, strict=True)))
            assert np.all(met), core.name
        with np.errstate(all="ignore"):
            theirs = core.function(np, np.where)(*core.points)
        found = core.graph.evaluate(*core.points).outputs[0]
        both = np.isfinite(theirs) & np.isfinite(found)
        np.testing.assert_allclose(np.where(both, found, 0), np.where(both, theirs, 0), rtol=1e-6, err_msg=core.name)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("", {}),
        ("1 <= x and x <= 100", {"x": (1.0, 100.0)}),
        ("-8 < x and 0 != y and x < 1 / 4", {"x": (np.nextafter(-8, 0), np.nextafter(0.25, 0))}),
        ("0 < x and x + y > 1", {"x": (5e-324, accuracy.LARGEST)}),
        ("y >= 0 and x <= y", {"y": (0.0, accuracy.LARGEST)}),
    ],
)
def test_the_bounds_in_a_condition(condition: str, expected: dict[str, tuple[float, float]]) -> None:
    assert accuracy.ranges(condition, ["x", "y"]) == expected


def test_a_peer_that_is_wrong_is_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = {"value": 1.0, "results": [[1.0, 2.0], [3.0, 4.0]]}
    wrong = {**sent, "results": [[1.0, 2.0], [3.0, 4.1]]}
    monkeypatch.setattr(groups, "apart", lambda work, *_, **__: wrong if work == "theirs" else sent)
    run_beside = lambda peer: list(groups.beside("points", "ours", "r3bp()", 9, Options(), (("us", "numpy", peer),)))
    assert [entry["who"] for entry in run_beside("ours")] == ["edgewise", "us"]
    with pytest.raises(AssertionError, match=r"us: r3bp\(\)"):
        run_beside("theirs")


@pytest.mark.slow
@pytest.mark.skipif(not Options().has("jax"), reason="JAX is not installed")
def test_the_models_agree_with_jax(tmp_path: Path) -> None:
    """The question itself compares the results, and fails where they differ."""
    done = command("tensors", "--quick", "--folder", tmp_path)
    assert done.returncode == 0, done.stderr
    rows = rows_of(tmp_path, "tensors")
    for view in ("models", "models-all-cores", "model-hessians"):
        for line in cells(rows, view).values():
            assert set(line) == {"edgewise, NumPy", "edgewise, JAX", "JAX"}
    for line in cells(rows, "model-flops").values():
        assert set(line) == {"edgewise", "operation nodes", "edgewise, by XLA", "JAX, by XLA"}


@pytest.mark.slow
def test_one_question_replaces_its_own_rows_alone(measured: Path, tmp_path: Path) -> None:
    before = (measured / "benchmarks" / "results.json").read_text(encoding="utf-8")
    (tmp_path / "benchmarks").mkdir()
    altered = json.loads(before)
    altered["start"]["rows"] = [row("start", "import", "edgewise", 12345.0)]
    report.save(tmp_path / "benchmarks" / "results.json", altered)
    done = command("start", *LIGHT, "--folder", tmp_path)
    assert done.returncode == 0, done.stderr
    after = json.loads((tmp_path / "benchmarks" / "results.json").read_text(encoding="utf-8"))
    assert list(after) == list(altered)
    assert {entry["who"] for entry in after["start"]["rows"]} == {"edgewise", "NumPy", "SymPy"}
    assert all(entry["value"] < 1000 for entry in after["start"]["rows"])
    assert all(after[name] == altered[name] for name in after if name != "start")


def test_an_interrupt_keeps_what_was_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def one(options: Options) -> Iterator[Row]:
        yield row("one", "work", "edgewise", 7)

    def interrupted(options: Options) -> Iterator[Row]:
        yield row("two", "work", "edgewise", 8)
        raise KeyboardInterrupt

    view = View("one", "One", "operations", "edgewise")
    questions = {"one": Question("one", "One?", "", one, (view,)), "two": Question("two", "Two?", "", interrupted, ())}
    monkeypatch.setattr(run, "QUESTIONS", questions)
    with pytest.raises(KeyboardInterrupt):
        run.main(["--folder", str(tmp_path)])
    assert [entry["value"] for entry in rows_of(tmp_path, "one")] == [7]
    assert list(report.load(tmp_path / "benchmarks" / "results.json")) == ["one"]
    assert "| work | 7 |" in (tmp_path / "benchmarks" / "README.md").read_text(encoding="utf-8")


# --- bad input ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["gradients"], "no question is called gradients: there are start, small"),
        (["--quick"], "give --folder"),
        (["earlier", "--before", "nowhere"], "--before nowhere has no edgewise in it: give the folder src"),
        (["start", "--without", "maple"], "no peer is called maple: there are casadi"),
    ],
)
def test_what_cannot_be_asked(given: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run.arguments(given)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err.replace("\n", " ")


def test_drawing_without_matplotlib(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit):
        run.arguments(["--plots"])
    assert 'drawing needs matplotlib: pip install -e ".[bench]"' in capsys.readouterr().err


@pytest.mark.parametrize("text", ["{", "[]", '{"start": {"rows": []}}', '{"start": 3}'])
def test_a_damaged_data_file_is_named(text: str, tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit, match=r"results\.json is not what this command has written"):
        report.load(file)
    assert file.read_text(encoding="utf-8") == text


def test_drawing_before_measuring(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    with pytest.raises(SystemExit, match="nothing to draw before something is measured"):
        run.main(["--plots", "--folder", str(tmp_path)])


# --- processes of their own -----------------------------------------------------------------------------------------


def _endless(send: Callable[[str, Any], None], value: int) -> None:
    send("ready", value)
    time.sleep(600)


def _failing(send: Callable[[str, Any], None]) -> None:
    raise ValueError("no")


def _cores(send: Callable[[str, Any], None]) -> None:
    send("cores", len(os.sched_getaffinity(0)))


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system does not hold processes to cores")
def test_a_process_is_held_to_one_core() -> None:
    before = os.sched_getaffinity(0)
    assert measure.apart(_cores, cores=1) == {"cores": 1}
    assert measure.apart(_cores) == {"cores": len(before)}
    assert os.sched_getaffinity(0) == before


def test_a_peer_is_stopped_when_patience_is_over() -> None:
    assert measure.apart(_endless, 3, patience=0.3) == {"ready": 3}


def test_a_peer_that_fails_is_an_error_and_not_a_slow_peer() -> None:
    with pytest.raises(RuntimeError, match="_failing failed"):
        measure.apart(_failing, patience=60.0)


def test_a_workload_is_found_by_its_name() -> None:
    for workload in WORKLOADS:
        again = named(workload.name)
        assert (again.name, again.size, again.point()) == (workload.name, workload.size, workload.point())


# --- tables ---------------------------------------------------------------------------------------------------------

UNITS = {"s": 1.0, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9, "GB": 1e9, "MB": 1e6, "kB": 1e3, "B": 1.0, "": 1.0}
CELL = re.compile(r"(> )?(?P<value>[\d,.]+) ?(?P<unit>[a-zµBGM]*)( \((> )?(?P<ratio>[\d,.]+)\))?")


def read(text: str) -> tuple[float, float | None]:
    """The figure of a cell, and its ratio where it has one."""
    found = CELL.fullmatch(text)
    assert found, text
    value = float(found["value"].replace(",", "")) * UNITS[found["unit"]]
    return value, float(found["ratio"].replace(",", "")) if found["ratio"] else None


def views(data: dict[str, Any]) -> Iterator[tuple[View, list[Row]]]:
    for name, question in run.QUESTIONS.items():
        for view in question.views if name in data else ():  # a new one may not have been measured yet
            yield view, data[name]["rows"]


def test_a_ratio_is_the_quotient_of_its_two_figures() -> None:
    ratios = 0
    for view, rows in views(STORED):
        if view.table is not None:
            continue
        found = list(cells(rows, view.name).values())
        heads, *lines = report.table(view, rows)
        assert len(lines) == len(found)
        for line, exact in zip(lines, found, strict=True):
            own = exact[view.ours]["value"]
            for who, cell in zip(heads[1:], line[1:], strict=True):
                if cell == "–":
                    assert who not in exact
                    continue
                value, ratio = read(cell)
                assert value == pytest.approx(exact[who]["value"], rel=5.1e-3)
                assert (ratio is not None) == (view.compare and who != view.ours and who not in view.aside)
                if ratio is not None:
                    quotient = exact[who]["value"] / own
                    digit = 0.005 if quotient < 9.99 else 0.05 if quotient < 99.9 else 0.5
                    assert ratio == pytest.approx(quotient, abs=digit * 1.001)
                    ratios += 1
    assert ratios > 50


def test_the_page_is_that_of_the_data() -> None:
    text = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    block = text.split(report.BEGIN)[1].split(report.END)[0].strip()
    assert block == report.page(run.QUESTIONS.values(), STORED, "../docs/figures")
    assert set(STORED) <= set(run.QUESTIONS)


def test_the_page_keeps_what_stands_around_the_marks(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n", encoding="utf-8")
    report.write_page(file, "new")
    report.write_page(file, "newer")
    assert file.read_text(encoding="utf-8") == f"before\n{report.BEGIN}\n\nnewer\n\n{report.END}\nafter\n"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.0123456, "s", "12.3 ms"),
        (0.9999, "s", "1.00 s"),
        (123.4, "s", "123 s"),
        (4.2e-8, "s", "42.0 ns"),
        (1_900_000_000, "B", "1.90 GB"),
        (12986, "operations", "12,986"),
        (1.12512, "operations", "1.125"),
    ],
)
def test_figures_as_text(value: float, unit: str, text: str) -> None:
    assert report.shown(value, unit) == text


PEER = View("v", "V", "s", "ours", bounds=(Bound("CasADi", 5),))


@pytest.mark.parametrize(
    ("bound", "said"),
    [
        (Bound("CasADi", 5), "CasADi at least 5 times ours: **met on 1 of 2 only**, the least is 4.00 (b)"),
        (Bound("CasADi", 4), "CasADi at least 4 times ours: met on 2 of 2, the least is 4.00 (b)"),
        (Bound("CasADi"), "CasADi no less than ours: met on 2 of 2, the least is 4.00 (b)"),
        (Bound("CasADi", 1 / 5), "ours at most 5 times CasADi: met on 2 of 2, the most is 0.25 (b)"),
        (
            Bound("ours", 1 / 5, who="CasADi"),
            "CasADi at most 5 times ours: **met on 1 of 2 only**, the most is 6.00 (a)",
        ),
        (Bound(limit=2.0, works=("a",)), "ours at most 2.00 s (a): met, 1.00 s"),
        (Bound(limit=1.5), "ours at most 1.50 s (b): **not met**, 2.00 s"),
        (Bound(limit=1.5, who="CasADi", works=("b",)), "CasADi at most 1.50 s (b): **not met**, 8.00 s"),
        (Bound("JAX"), None),
    ],
)
def test_what_is_required_is_judged(bound: Bound, said: str | None) -> None:
    rows = [
        row("v", "a", "ours", 1.0),
        row("v", "a", "CasADi", 6.0),
        row("v", "b", "ours", 2.0),
        row("v", "b", "CasADi", 8.0),
    ]
    assert report.verdict(PEER, bound, rows) == said


def test_a_limit_is_judged_at_the_largest_size() -> None:
    rows = [row("v", "a", "ours", 3.0, at=20.0), row("v", "a", "ours", 9.0, at=1.0)]
    assert report.verdict(PEER, Bound(limit=3.0), rows) == "ours at most 3.00 s (a at 20.0): met, 3.00 s"


# --- drawings -------------------------------------------------------------------------------------------------------


def names(view: View, found: Cells) -> set[str]:
    """What a drawing has to name: every way, every work that has a line of its own."""
    ways = {who for line in found.values() for who in line if who not in view.aside}
    works = {work for work, _ in found}
    if view.kind == "stairs":
        return works
    if view.kind == "quotients":
        return works | {f"edgewise over {who}" for who in ways - {view.ours}}
    if view.kind == "lines":
        return ways if len(ways) > 1 else works
    return works | ways


def check_drawing(file: Path, view: View, rows: list[Row]) -> None:
    root = ET.parse(file).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    texts = {"".join(node.itertext()).strip() for node in root.iter("{http://www.w3.org/2000/svg}text")}
    assert names(view, cells(rows, view.name)) <= texts
    assert view.title in texts
    required = any(
        bound.level(key, line) is not None and (bound.who or view.ours) == view.ours
        for bound in view.bounds
        for key, line in cells(rows, view.name).items()
    )
    assert any(text.startswith("required") for text in texts) == required
    assert "Matplotlib" not in file.read_text(encoding="utf-8")


@pytest.mark.slow
def test_drawings_are_valid_name_everybody_and_come_again_to_the_byte(measured: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    drawn = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        (folder / "benchmarks").mkdir(parents=True)
        data = (measured / "benchmarks" / "results.json").read_bytes()
        (folder / "benchmarks" / "results.json").write_bytes(data)
        done = command("--plots", "--folder", folder, seed=seed)
        assert done.returncode == 0, done.stderr
        assert (folder / "benchmarks" / "results.json").read_bytes() == data
        drawn.append({file.name: file.read_bytes() for file in (folder / "docs" / "figures").iterdir()})
    assert drawn[0] == drawn[1]
    quick = json.loads(data)
    for view, rows in views(quick):
        check_drawing(tmp_path / "1" / "docs" / "figures" / f"{view.name}.svg", view, rows)
    assert len(drawn[0]) == sum(len(question.views) for question in run.QUESTIONS.values())


def test_the_drawings_that_are_shown_are_those_of_the_data() -> None:
    for view, rows in views(STORED):
        check_drawing(ROOT / "docs" / "figures" / f"{view.name}.svg", view, rows)


def test_a_drawing_puts_marks_where_the_figures_are() -> None:
    """Positions read back from the axes: ours, the peer, the bound, and the arrow of a peer that did not end."""
    pytest.importorskip("matplotlib")
    import figures

    rows = [
        row("v", "a", "ours", 1.0),
        row("v", "a", "CasADi", 6.0),
        row("v", "b", "ours", 2.0),
        row("v", "b", "CasADi", 20.0, least=True),
    ]
    (axes,) = figures.draw(PEER, rows).axes
    assert axes.get_xscale() == "log"
    lines = {line.get_label(): list(line.get_xdata()) for line in axes.get_lines()}
    assert (lines["ours"], lines["CasADi"], lines["required (at most)"]) == ([1.0, 2.0], [6.0], [1.2, 1.2])
    assert [(text.get_position()[0], text.xy[0]) for text in axes.texts] == [(20.0, 40.0)]

    along = View("v", "V", "s", "ours", kind="lines", along="n", each="n", bounds=(Bound("CasADi", 5),))
    sized = [row("v", "a", who, value * n, at=n) for n in (10, 100) for who, value in (("ours", 2.0), ("CasADi", 20.0))]
    (axes,) = figures.draw(along, sized).axes
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    drawn = {line.get_label(): list(line.get_ydata()) for line in axes.get_lines()}
    assert drawn == {"ours": [2.0, 2.0], "CasADi": [20.0, 20.0], "required: CasADi over 5": [4.0, 4.0]}
    assert axes.get_ylabel() == "time for each n"
