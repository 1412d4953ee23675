"""C99 source: it compiles without a warning, agrees with the reference interpreter, and reads well."""

from __future__ import annotations

import ctypes
import math
import pickle
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import mpmath as mp
import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import LoweringError, ShapeError
from edgewise.graph import Builder, Layout, Tape
from edgewise.lower.c import compiled_c
from edgewise.lower.c.c_rows import HELPERS, LIBM, RENAMED
from edgewise.lower.c.compiled_c import find_compiler
from edgewise.lower.c_family import PART
from rows import CASES, REFUSED, SCIPYS

try:
    COMPILER = find_compiler()
except LoweringError as missing:
    COMPILER = []
    REASON = str(missing)
else:
    REASON = ""

compiles = pytest.mark.skipif(not COMPILER, reason=REASON or "there is a compiler")
GOLDEN = Path(__file__).parent.parent / "golden"


@compiles
@pytest.mark.parametrize("x", [-3.7, -0.5, 1e-3, 0.3, 1.4616321449683623, 2.5, 30.0])
def test_digamma_and_polygamma_against_mpmath(x: float) -> None:
    f = ew.parse("digamma(x)").gradient().compile("c")
    value, slope = f(x)
    assert value == pytest.approx(float(mp.digamma(x)), rel=1e-13, abs=2e-15)
    assert slope == pytest.approx(float(mp.polygamma(1, x)), rel=1e-13)


@compiles
@pytest.mark.parametrize("x", [1e-300, 1e-5, 0.3, -0.7, 0.999, 1 - 1e-12])
def test_erfinv_against_mpmath(x: float) -> None:
    assert ew.parse("erfinv(x)").compile("c")(x) == pytest.approx(float(mp.erfinv(x)), rel=1e-13)


def flat(value: Any) -> list[float]:
    if isinstance(value, (tuple, list)):
        return [x for item in value for x in flat(item)]
    return [float(x) for x in np.ravel(value)]


@compiles
@pytest.mark.parametrize("formula", ["1/max(x, y)", "1/min(x, y)", "1/relu(x)"])
@pytest.mark.parametrize("point", [(0.0, -0.0), (-0.0, 0.0)])
def test_among_equal_zeros_the_second_argument_is_taken_as_in_numpy(formula: str, point: tuple[float, float]) -> None:
    G = ew.parse(formula, inputs=["x", "y"])
    assert G.compile("c")(*point) == G.evaluate(*point).outputs[0]


def test_a_sparse_matrix_says_where_its_entries_stand() -> None:
    """Source and header: the numbers come without their zeros."""
    x = ew.symbols(" ".join(f"x{k}" for k in range(30)))
    J = ew.graph([x[k] * x[k + 1] for k in range(29)]).jacobian(sparse="coo").simplify()
    rows, columns, values = J.compile("numpy")(*range(30))[1]
    for text in (J.to_c("f"), J.to_c("f", header=True)):
        comment = text[: text.index("*/")]
        assert (
            "jacobian: the entries of a sparse 29 by 30 matrix" in comment and "jacobian[0] to jacobian[57]" in comment
        )
        said = re.findall(r"\((\d+),(\d+)\)", comment)
        assert [(int(i), int(j)) for i, j in said] == list(zip(rows.tolist(), columns.tolist(), strict=True))
        assert max(map(len, text.splitlines())) < 1000
    for place, name in enumerate(re.findall(r"^    jacobian\[\d+\] = (\w+);", J.to_c("f"), re.M)):
        assert name == f"x{int(values[place])}"  # the derivative of x*y in x is y, and node k has the value k
    assert "sparse" not in ew.graph([x[0] * x[1]]).jacobian().to_c("f")


@compiles
def test_no_compiler_has_a_complaint(tmp_path: Path) -> None:
    text = "log(1 + exp(x*y)) + where(x > y and not x < 1/3 or y, digamma(x), erfinv(y)) - -x**3/mod(y, 7)**2"
    text += " + sinc(x)**2.5"
    for dtype in ("double", "float"):
        S = ew.parse(text).hessian().simplify()
        (tmp_path / "h.c").write_text(S.to_c("h", dtype))
        (tmp_path / "h.h").write_text(S.to_c("h", dtype, header=True))
        (tmp_path / "main.c").write_text('#include "h.h"\n#include "h.h"\nint main(void) { return 0; }\n')
        command = [*COMPILER, "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-c"]
        for file in ("h.c", "main.c"):
            done = subprocess.run([*command, file], cwd=tmp_path, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr


@compiles
@pytest.mark.parametrize(
    "text", ["(x < y)/(y < x + 2)", "(x < y)/(1 + (y < x)) + (x < y)/((y < x) + (x < y) + (x > 0))", "1/(2*(x < y))",
             "where(x < y, x < y, y < x)/(1 + (y > 0))", "-(x < y)/((y > 0) + (x > 0))", "(x < y)**-1/((x > 0) + 1)"],
)  # fmt: skip
def test_truth_is_a_number_in_arithmetic(text: str) -> None:
    f, g = (ew.parse(text).compile(backend) for backend in ("c", "numpy"))
    assert f(1.0, 2.0) == float(g(1.0, 2.0))


@compiles
def test_floats(tmp_path: Path) -> None:
    S = ew.parse("sin(x)*exp(y) + sigmoid(x*y)").gradient().simplify()
    (tmp_path / "f.c").write_text(S.to_c("f", "float"))
    command = [*COMPILER, "-shared", "-fPIC", "-o", "f.so", "f.c", "-lm"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    f = ctypes.CDLL(str(tmp_path / "f.so")).f
    value, gradient = (ctypes.c_float * 1)(), (ctypes.c_float * 2)()
    f(ctypes.c_float(0.3), ctypes.c_float(0.7), value, gradient)
    expected = S.evaluate(x=0.3, y=0.7)
    assert list(gradient) == pytest.approx([float(v) for v in expected.outputs], rel=1e-6)
    with pytest.raises(LoweringError, match="double, float"):
        S.to_c("f", "half")
    with pytest.raises(LoweringError, match="largest float"):
        ew.parse("x*1e300").to_c(dtype="float")


@pytest.mark.slow
@compiles
def test_large_graphs_are_cut_into_functions() -> None:
    x = ew.symbols("x", shape=PART)
    S = ew.graph(sum(ew.sin(x[k] * x[k + 1]) * ew.exp(x[k]) for k in range(PART - 1))).gradient().simplify()
    source = S.to_c()
    assert source.count("static void ew_part_") > 2
    assert max(map(len, source.splitlines())) < 200
    point = np.linspace(-1, 1, PART)
    got, expected = S.compile("c")(point), S.compile("numpy")(point)
    np.testing.assert_allclose(got[1], expected[1], rtol=1e-12)


@compiles
def test_any_symbol_name_is_survived() -> None:
    names = [
        "y0",
        "gamma",
        "double",
        "\\theta_{1}",
        "θ",
        "main",
        "v",
        "in",
        "ew_max",
        "_x",
        "a b",
        '*/ "',
        "1st",
        "sin",
    ]
    symbols = [
        ew.symbols(name) if " " not in name else ew.symbols(name, shape=None) for name in names if " " not in name
    ]
    G = ew.graph(sum((k + 1) * ew.sin(s) for k, s in enumerate(symbols)))
    f = G.gradient().compile("c")
    values = [0.1 * k for k in range(len(symbols))]
    assert flat(f(*values)[1]) == pytest.approx([(k + 1) * math.cos(v) for k, v in enumerate(values)])


@compiles
def test_groups_and_batches() -> None:
    w, b = ew.symbols("w", shape=3), ew.symbols("b")
    B = ew.graph(ew.tanh(w[0] * b + w[1]) * w[2]).gradient().simplify()
    f, g = B.compile("c"), B.compile("numpy")
    point, many = np.array([0.1, 0.2, 0.3]), np.linspace(0, 1, 7)
    np.testing.assert_allclose(f(point, 0.5)[1][0], g(point, 0.5)[1][0])
    value, (dw, db) = f(point, many)
    assert value.shape == db.shape == (7,)
    assert dw.shape == (7, 3)
    with pytest.raises(ShapeError):
        f(np.zeros(4), 0.5)


@compiles
def test_it_pickles_and_shows_its_source() -> None:
    f = ew.parse("x*y").gradient().compile("c", name="area")
    again = pickle.loads(pickle.dumps(f))
    assert again(2.0, 3.0) == (6.0, (3.0, 2.0))
    assert "void area(double x, double y, double value[1], double gradient[2])" in again.source


def test_a_missing_compiler_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CC", raising=False)
    with pytest.raises(LoweringError, match=r"no C compiler.*install gcc"):
        ew.parse("x").compile("c")


@compiles
def test_a_failed_compile_leaves_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(compiled_c.tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("CC", f"{COMPILER[0]} --no-such-option")
    with pytest.raises(LoweringError, match="did not compile the graph"):
        ew.parse("x").compile("c")
    assert list(tmp_path.iterdir()) == []


def test_a_users_operation_is_refused_with_its_name() -> None:
    twice = ew.op("twice", "x", value=lambda x: 2 * x, partials="2")
    with pytest.raises(LoweringError, match=r"'twice'.*'llvm' or 'numpy'"):
        ew.graph(twice(ew.symbols("x"))).to_c()


def test_every_row_is_used_once() -> None:
    assert set(LIBM) <= {op.name for op, _ in CASES}
    assert set(RENAMED) <= set(LIBM)
    assert set(HELPERS) == {"ew_square", "ew_cube", "ew_mod"}


def test_golden_file(request: pytest.FixtureRequest) -> None:
    S = ew.parse("log(1 + exp(x*y)) + sin(x)*x**3").gradient().simplify()
    for suffix, text in (("c", S.to_c("f_and_grad")), ("h", S.to_c("f_and_grad", header=True))):
        path = GOLDEN / f"readme.{suffix}.txt"
        if request.config.getoption("--update"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")


KINDS_OF_GRAPHS = {
    "gradient of each operation": lambda: ew.Graph(_table(1)).jacobian(),
    "of two arguments": lambda: ew.Graph(_table(2)).jacobian().simplify(),
    "of three": lambda: ew.Graph(_table(3)).jacobian(),
    "parameters that are not read": lambda: ew.parse("x + 1", inputs=["a", "x"], groups={"w": 3}).hessian(),
    "constants": lambda: ew.parse("[1, 2]", inputs=["x"]).jacobian(),
    "no inputs": lambda: ew.parse("[1, pi]"),
    "numbers as conditions": lambda: ew.parse(
        "where(3*x, y, 1) + where(x, 1, 2) + (x and 2*y) + (not x*y) + where(not x, y, x) + (x or (x < y))"
    ).gradient(),
    "several parts": lambda: ew.graph(_long(60)).gradient(),
    "a sparse matrix": lambda: ew.parse("[x*y, sin(x), z]").jacobian(sparse="coo"),
}


def _table(arity: int) -> Tape:
    builder = Builder()
    inputs = [builder.input(name) for name in "xyz"[:arity]]
    rows = [(op, parameter) for op, parameter in CASES if op.arity == arity and op.name not in SCIPYS | REFUSED]
    nodes = [builder.add(builder.code(op), inputs, parameter) for op, parameter in rows]
    return builder.freeze(nodes, Layout("list", (), (Layout(),) * len(nodes)))[0]


def _long(count: int) -> Any:
    x, y, unread = ew.symbols("x y z")
    e = x
    for k in range(count):
        e = ew.sin(e * y) + k
    return e + unread


@compiles
@pytest.mark.parametrize("name", KINDS_OF_GRAPHS)
def test_no_kind_of_graph_makes_a_warning(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if name == "several parts":
        monkeypatch.setattr("edgewise.lower.c_family.PART", 20)
    graph = KINDS_OF_GRAPHS[name]()
    assert (name == "several parts") == ("ew_part_2" in graph.to_c())
    for dtype in ("double", "float"):
        (tmp_path / f"{dtype}.c").write_text('#include "h.h"\n' * (dtype == "double") + graph.to_c("h", dtype))
        if dtype == "double":
            (tmp_path / "h.h").write_text(graph.to_c("h", header=True))
        command = [*COMPILER, "-std=c99", "-O1", "-Wall", "-Wextra", "-Werror", "-pedantic", "-Wmissing-prototypes"]
        command = command if dtype == "double" else command[:-1]
        done = subprocess.run(
            [*command, "-c", f"{dtype}.c", "-o", "out.o"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    cpp = shutil.which("g++")
    if cpp:
        (tmp_path / "main.cpp").write_text('#include "h.h"\n#include "h.h"\nint main() { return 0; }\n')
        command = [cpp, "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-pedantic", "main.cpp"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
