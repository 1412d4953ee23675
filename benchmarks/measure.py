"""How things are measured: the best of several runs, a call many times over, a peer in a process of its own."""

from __future__ import annotations

import contextlib
import json
import multiprocessing as mp
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

import edgewise as ew
from workloads import WORKLOADS, Workload

__all__ = ["FUNCTIONS", "TINY", "apart", "best", "build", "elsewhere", "flat", "per_call", "traced", "warm"]

TINY = ("speelpenning(5)", "rosenbrock(5)", "lennard_jones(3)", "mlp(2,2,2)", "gmm(2,3,3)")
"""The five workloads at the sizes of a quick run."""


def build(workload: Workload) -> ew.Graph:
    """A workload as a graph of one group of inputs, one node for each operation that its definition writes."""
    return ew.graph(workload.build(ew, list(ew.symbols("x", shape=workload.size))))


FUNCTIONS = SimpleNamespace(exp=np.exp, log=np.log, sin=np.sin, tanh=np.tanh, sqrt=np.sqrt, erf=lambda x: ew.erf(x))
"""What a user's function calls: NumPy, and edgewise for what NumPy has not."""


def traced(workload: Workload) -> ew.Graph:
    """A workload as users have it: a Python function over NumPy, each operation with the line that it stands in."""
    return ew.trace(lambda x: workload.build(FUNCTIONS, x), x=workload.size)


def flat(results: Any) -> np.ndarray:
    """The numbers of nested results, in order, whoever made them."""
    if isinstance(results, (tuple, list)):
        return np.concatenate([flat(part) for part in results])
    return np.ravel(results.full() if hasattr(results, "full") else results)  # CasADi's matrices


def warm(workloads: tuple[Workload, ...] = WORKLOADS) -> None:
    """Every workload twice: what is loaded or compiled once in a process or an installation is in no figure."""
    for workload in workloads:
        for _ in range(2):
            build(workload).gradient().simplify()


def best(run: Callable[[], Any], times: int = 5) -> tuple[float, Any]:
    """The shortest of several runs in seconds, and the last result."""
    shortest, result = float("inf"), None
    for _ in range(times):
        start = time.perf_counter()
        result = run()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest, result


def per_call(run: Callable[[], Any], seconds: float = 0.5, series: float = 0.02) -> float:
    """Seconds a call, the best of many series of calls of so many seconds each, or of single calls where they last."""
    shortest, _ = best(run, 2)
    calls = max(1, min(100, int(series / max(shortest, 1e-9))))
    shortest, end = float("inf"), time.perf_counter() + seconds
    while shortest == float("inf") or time.perf_counter() < end:
        start = time.perf_counter()
        for _ in range(calls):
            run()
        shortest = min(shortest, (time.perf_counter() - start) / calls)
    return shortest


def _child(pipe: Any, work: Callable[..., None], args: tuple[Any, ...]) -> None:
    pipe.send(None)
    work(lambda name, value: pipe.send((name, value)), *args)
    pipe.send(None)


@contextlib.contextmanager
def held_to(cores: int | None) -> Iterator[None]:
    """Processes that are started meanwhile run on so many cores; as they like for None, or where that cannot be set."""
    if cores is None or not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(allowed)[-cores:])
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def apart(
    work: Callable[..., None],
    *args: Any,
    patience: float = float("inf"),
    cores: int | None = None,
) -> Mapping[Any, Any]:
    """What `work(send, *args)` sent, as `send(name, value)`, in a new process that is stopped when patience is over.

    For peers that may not end, that bring threads of their own, or whose memory is measured. Patience counts from the
    moment the process is up. A name that is missing from the result was not reached; a failure raises RuntimeError.
    Libraries that count the cores when they are loaded have as many threads as `cores`.
    """
    context = mp.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(there, work, args), daemon=True)
    with held_to(cores):
        process.start()
    there.close()
    sent: dict[Any, Any] = {}
    try:
        here.recv()
        end = time.perf_counter() + patience
        while patience == float("inf") or here.poll(max(0.0, end - time.perf_counter())):
            if (message := here.recv()) is None:
                break
            sent[message[0]] = message[1]
    except EOFError:
        process.join()
        raise RuntimeError(f"{work.__module__}.{work.__name__} failed (exit {process.exitcode})") from None
    finally:
        process.terminate()
        process.join()
        here.close()
    return sent


def elsewhere(folder: str, work: Callable[..., None], *args: Any) -> dict[str, Any]:
    """What `work(send, *args)` sent in a new process whose edgewise is that of the folder: another state of it, say.

    Names and values go through JSON. A failure raises RuntimeError.
    """
    here = str(Path(__file__).parent)
    program = (
        f"import json, sys\nsys.path[:0] = [{folder!r}, {here!r}]\n"
        f"from {work.__module__} import {work.__name__} as work\n"
        f"work(lambda name, value: print(json.dumps([name, value])), *json.loads(sys.argv[1]))"
    )
    done = subprocess.run([sys.executable, "-c", program, json.dumps(args)], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{work.__name__} failed with {folder}: {done.stderr.strip().splitlines()[-1]}")
    return dict(map(json.loads, done.stdout.splitlines()))
