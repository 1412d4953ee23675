"""One command: every question beside its peers, one data file, one page of tables, one drawing for each view.

    pip install -e ".[bench]"
    python benchmarks/run.py                        # every question: forty minutes, most of it searches and patience
    python benchmarks/run.py gradient calls         # these questions; the others stay as they were measured
    python benchmarks/run.py --plots                # tables and drawings of what was measured last
    python benchmarks/run.py gradient --plots       # both
    python benchmarks/run.py earlier --before ../earlier/src        # an earlier state beside this one
    python benchmarks/run.py --quick --folder /tmp/quick --plots     # tiny sizes, in a folder of its own

What is measured goes to benchmarks/results.json as soon as its question is answered, then to benchmarks/README.md
between its marks: an interrupted run loses one question. Drawings go to docs/figures. Peers that are not installed are
left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import accuracy
import black_scholes
import calls
import door
import earlier
import elimination
import explorer
import functions
import gradient
import groups
import growth
import orders
import published
import recompute
import report
import representations
import small
import source_build
import start
import tensors
from question import Options, Question

MODULES = (
    start, small, door, gradient, calls, groups, black_scholes, elimination, growth, orders, published, recompute,
    tensors, representations, explorer, functions, accuracy, earlier, source_build,
)  # fmt: skip
QUESTIONS: dict[str, Question] = {module.QUESTION.name: module.QUESTION for module in MODULES}
PEERS = ("casadi", "sympy", "jax", "gcc", "heyoka", "symbolica")
ROOT = Path(__file__).resolve().parent.parent


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", nargs="*", metavar="question", help=", ".join(QUESTIONS))
    parser.add_argument("--plots", action="store_true", help="draw; without a question or --quick nothing is measured")
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to see that all works; needs --folder")
    parser.add_argument("--folder", type=Path, default=ROOT, help="where benchmarks/ and docs/figures/ are written")
    parser.add_argument("--patience", type=float, default=Options.patience, help="seconds for a peer that may not end")
    parser.add_argument("--search", type=float, default=Options.search, help="seconds of each search for an order")
    parser.add_argument("--without", nargs="+", default=[], metavar="peer", help=f"leave out: {', '.join(PEERS)}")
    parser.add_argument(
        "--before", metavar="SRC", help="folder src of an earlier state, to be measured beside this one"
    )
    parser.add_argument("--seed", type=int, default=Options.seed, help="of the searches")
    options = parser.parse_args(given)
    strange = [peer for peer in options.without if peer not in PEERS]
    if strange:
        parser.error(f"no peer is called {', '.join(strange)}: there are {', '.join(PEERS)}")
    unknown = [name for name in options.questions if name not in QUESTIONS]
    if unknown:
        parser.error(f"no question is called {', '.join(unknown)}: there are {', '.join(QUESTIONS)}")
    if options.quick and options.folder.resolve() == ROOT:
        parser.error("figures of tiny sizes must not take the place of measured ones: give --folder")
    if options.before and not (Path(options.before) / "edgewise").is_dir():
        parser.error(f"--before {options.before} has no edgewise in it: give the folder src of a checkout")
    if options.plots and importlib.util.find_spec("matplotlib") is None:
        parser.error('drawing needs matplotlib: pip install -e ".[bench]"')
    if not options.questions and (options.quick or not options.plots):
        options.questions = list(QUESTIONS)
    return options


def write_tables(results: Path, data: Mapping[str, Any]) -> None:
    report.write_page(results.with_name("README.md"), report.page(QUESTIONS.values(), data, "../docs/figures"))


def main(given: Sequence[str] | None = None) -> None:
    asked = arguments(given)
    options = Options(asked.quick, asked.patience, asked.search, asked.seed, tuple(asked.without), asked.before)
    results = asked.folder / "benchmarks" / "results.json"
    data = report.load(results)
    for peer in PEERS:
        if asked.questions and peer not in options.without and not options.has(peer):
            how = "" if peer == "gcc" else ' (pip install -e ".[bench]")'
            print(f"left out: {peer}, which is not installed{how}", flush=True)
    for name in asked.questions:
        question = QUESTIONS[name]
        print(f"{name}: {question.title}", flush=True)
        measured, rows, start = report.circumstances(asdict(options)), [], time.perf_counter()
        tabled = {view.name for view in question.views if view.table is None}
        for entry in question.measure(options):
            rows.append(entry)
            if "at" in entry and entry["view"] not in tabled:
                continue  # a point of a curve
            size = f" at {entry['at']:,}" if "at" in entry else ""
            least = "> " if entry.get("least") else ""
            print(f"  {entry['view']}: {entry['work']}{size}: {entry['who']}: {least}{entry['value']:,}", flush=True)
        measured["seconds"] = round(time.perf_counter() - start)
        data[name] = {"measured": measured, "rows": rows}
        data = {name: data[name] for name in QUESTIONS if name in data}
        report.save(results, data)
        write_tables(results, data)
    if asked.plots:
        import figures

        if not data:
            sys.exit(f"{results} is not there: there is nothing to draw before something is measured")
        write_tables(results, data)
        for name in data:
            for view in QUESTIONS[name].views:
                figures.save_svg(view, data[name]["rows"], asked.folder / "docs" / "figures" / f"{view.name}.svg")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("interrupted: the questions answered before are kept")
