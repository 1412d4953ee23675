"""A newcomer's target in one file of under a hundred lines: AWK, run by awk."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.errors import LoweringError
from edgewise.ops import Op
from lower import awk_target
from lower.awk_target import awk_source
from rows import CASES, SCIPYS, row_tape, sample

AWK = shutil.which("awk")
needs_awk = pytest.mark.skipif(AWK is None, reason="awk is not installed")


def run(path: Path, source: str, rows: Sequence[Sequence[float]], count: int, call: str = "") -> np.ndarray:
    """The results of the source's last function for every line of numbers."""
    name = re.findall(r"^function (\w+)", source, re.MULTILINE)[-1]
    call = call or ", ".join(f"${k + 1}" for k in range(len(rows[0])))
    form = " ".join(["%.17g"] * count)
    main = f'{{ {name}({call}, out); printf "{form}\\n", {", ".join(f"out[{k}]" for k in range(count))} }}'
    lines = "".join(" ".join(map(repr, map(float, row))) + "\n" for row in rows)
    program = path / "program.awk"
    program.write_text(source + main, encoding="utf-8")
    done = subprocess.run([str(AWK), "-f", str(program)], input=lines, capture_output=True, text=True)
    assert done.returncode == 0 and not done.stderr, done.stderr
    return np.array([[float(word) for word in line.split()] for line in done.stdout.splitlines()])


def flat(results: Any) -> np.ndarray:
    return np.concatenate([flat(result) for result in results]) if isinstance(results, tuple) else np.ravel(results)


def test_it_is_one_short_file() -> None:
    assert len(Path(awk_target.__file__).read_text(encoding="utf-8").splitlines()) < 100


@needs_awk
def test_value_gradient_and_hessian(tmp_path: Path) -> None:
    S = ew.parse("log(1 + exp(x*y)) + sin(x)*x**3 + where(x > y, abs(x)**-1.5, max(x, y))").hessian().simplify()
    points = [(0.5, 2.0), (3.0, -4.0), (1.0, 700.0), (-2.5, 0.25)]
    f = S.compile("python")
    np.testing.assert_allclose(
        run(tmp_path, awk_source(S.program()), points, 7), [flat(f(*point)) for point in points], rtol=1e-13
    )


@needs_awk
def test_groups_long_programs_and_words_of_the_language(tmp_path: Path) -> None:
    def f(getline: Any, log: Any) -> Any:
        for _ in range(400):
            getline = np.sin(getline[::-1]) + log * getline
        return getline @ getline

    S = ew.trace(f, getline=2, log=()).gradient()
    source = awk_source(S.program(), "exit")
    assert "ew_part_2" in source
    found = run(tmp_path, "BEGIN { g[0] = 0.3; g[1] = -0.4 }\n" + source, [(0.1,)], 4, "g, $1")
    np.testing.assert_allclose(found[0], flat(S.compile("python")([0.3, -0.4], 0.1)), rtol=1e-11)


@needs_awk
@pytest.mark.parametrize(("op", "parameter"), [case for case in CASES if case[0].name not in SCIPYS], ids=str)
def test_every_row_is_right_or_refused_by_name(op: Op, parameter: Any, tmp_path: Path) -> None:
    program = Graph(row_tape(op, parameter)).program()
    try:
        source = awk_source(program)
    except LoweringError:
        with pytest.raises(LoweringError, match=rf"'{op.name}'.*; use another target"):
            awk_source(program)
        return
    points = sample(op, parameter, 12)
    facts = [] if parameter is None else [parameter]
    exact = [float(op.value(*map(np.float64, point), *facts)) for point in points]
    np.testing.assert_allclose(run(tmp_path, source, points, 1)[:, 0], exact, rtol=1e-12, atol=1e-14)
