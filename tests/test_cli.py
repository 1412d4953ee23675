"""The command line as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from edgewise.cli import COMMANDS, main


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main(list(argv))
    out = capsys.readouterr()
    return int(stop.value.code or 0), out.out, out.err


def test_grad_prints_source_that_runs(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "grad", "x*y + sin(x)", "--wrt", "x")
    assert (code, err) == (0, "")
    space: dict[str, object] = {}
    exec(out, space)
    assert space["f_and_grad"](0.0, 2.0) == (0.0, 3.0)


@pytest.mark.parametrize("body", ["np.sum(x[0]*x)", "np.linalg.norm(x @ x)", "x.sum()"])
def test_a_function_of_an_array_asks_for_its_shape(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, body: str
) -> None:
    file = tmp_path / "model.py"
    file.write_text(f"import numpy as np\n\n\ndef f(x):\n    return {body}\n")
    code, _, err = run(capsys, "grad", f"{file}:f")
    assert code == 2 and err.count("\n") == 1
    assert "model.py:5" in err and "--shape" in err
    for shape in ("x=3", "x: 3"):
        assert run(capsys, "grad", f"{file}:f", "--shape", shape)[0] == 0 or "@" in body


def test_a_closed_output_is_one_line_or_silence() -> None:
    command = f"{sys.executable} -m edgewise explain 'sin(x*y)*exp(x)'"
    closed = subprocess.run(f"{command} >&-", shell=True, capture_output=True, text=True)
    assert closed.returncode == 2 and closed.stderr.count("\n") == 1 and "closed" in closed.stderr
    piped = subprocess.run(f"{command} | head -1", shell=True, capture_output=True, text=True)
    assert piped.stderr == "" and piped.stdout.count("\n") == 1


def test_numbers_at_a_point(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "grad", "x*y", "--at", "x=2,y=3")[1] == "value = 6.0\ngradient = [3.0, 2.0]\n"
    _, out, _ = run(capsys, "hessian", "x*x*y", "--at", "x=2,y=3", "--json")
    assert json.loads(out) == {"value": 12.0, "gradient": [12.0, 4.0], "hessian": [[6.0, 4.0], [4.0, 0]]}
    assert run(capsys, "eval", "x**2", "--at", "x=3")[1] == "9.0\n"
    assert json.loads(run(capsys, "jacobian", "[x*y, x]", "--at", "x=2,y=3", "--json")[1])["jacobian"] == [
        [3, 2],
        [1, 0],
    ]


def test_orders_of_a_jacobian(capsys: pytest.CaptureFixture[str]) -> None:
    expression = "[sin(x*y)*x, cos(sin(x*y))]"
    first = json.loads(run(capsys, "jacobian", expression, "--order", "search", "--seconds", "1", "--json")[1])
    order = first["order"]
    assert first["cost"]["elimination"]["multiplications"] <= first["cost"]["elimination markowitz"]["multiplications"]
    for text in (json.dumps(order), ",".join(map(str, order))):
        assert json.loads(run(capsys, "jacobian", expression, "--order", text, "--json")[1]) == first
    values = [run(capsys, "jacobian", "x*y", "--order", order, "--at", "x=2,y=3") for order in ("forward", "[]")]
    assert values == [(0, "value = 6.0\njacobian = [3.0, 2.0]\n", "")] * 2
    for bad in ("sideways", "2,x", "2"):
        code, out, err = run(capsys, "jacobian", expression, "--order", bad)
        assert (code, out) == (2, "")
        assert "order" in err
    assert "belong to a search" in run(capsys, "jacobian", "x*y", "--seed", "1")[2]


def test_json_of_the_source(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(run(capsys, "grad", "log(1 + exp(x))", "--json", "--target", "numpy")[1])
    assert data["rules"]["softplus"] == 1
    assert data["cost"]["operations"] == 2
    assert "import numpy" in data["source"]


def test_steps_use_the_nodes_names(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "steps", "x*x", "--at", "x=3")
    assert "Algorithm 6.2" in out
    assert "grad_table[x] ← grad_table[out] · ∂out/∂x at 0 = 3" in out
    assert out.rstrip().endswith("so far 6")
    assert json.loads(run(capsys, "steps", "x*x", "--json")[1])[-1]["value"] == 2.0


def test_steps_take_arrays(capsys: pytest.CaptureFixture[str]) -> None:
    command = ("steps", "sum(exp(A @ x))", "--shape", "A: m,n; x: n", "--wrt", "x", "--at")
    _, out, _ = run(capsys, *command, '{"A": [[1, 0], [0, 2]], "x": [0, 0]}')
    assert "Algorithm 6.5" in out
    assert out.rstrip().endswith("= A.T @ grad_table[u2] = [1., 2.]")
    rows = json.loads(run(capsys, *command, '{"A": [[1, 0], [0, 2]], "x": [0, 0]}', "--json")[1])
    assert rows[-1]["value"] == [1.0, 2.0]
    assert rows[-1]["edge"] == [2, 1, 1]
    for values in ("x=1", "[1]", "{"):
        code, out, err = run(capsys, *command, values)
        assert (code, out) == (2, "")
        assert "give a JSON object of arrays" in err
    assert "have no values yet" in run(capsys, *command[:-1])[2]
    assert "the dimension 'n' is 2" in run(capsys, *command, '{"A": [[1, 0]], "x": [0]}')[2]


def test_explain_is_the_derivation_in_three_formats(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, out, _ = run(capsys, "explain", "x*sin(x)")
    assert "product rule        ∂out/∂u1 = ∂(x*u1)/∂u1 = x\n" in out
    assert out.endswith("∂out/∂x = grad_table[x] = sin(x) + x*cos(x)\n")
    assert run(capsys, "explain", "x*sin(x)", "--at", "x=0")[1].endswith("sin(x) + x*cos(x) = 0\n")
    assert "\\begin{align*}" in run(capsys, "explain", "x*y", "--format", "latex")[1]
    page = tmp_path / "page.html"
    assert run(capsys, "explain", "[x*y, x + y]", "--format", "html", "--out", str(page))[0] == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "… 4 more steps" in run(capsys, "explain", "x*y + sin(x)", "--limit", "1", "--wrt", "x,y")[1]
    assert "more steps" not in run(capsys, "explain", "x*y + sin(x)", "--limit", "0")[1]
    assert "added up       grad_table[x] = 3*u1" in run(capsys, "explain", "x*x*x", "--level", "real")[1]
    tensors = ("explain", "sum(A @ x)", "--shape", "A: m,n; x: n", "--wrt", "x")
    assert "bprop(u2, x, grad_table[u2]) = A.T @ grad_table[u2]" in run(capsys, *tensors)[1]
    assert "[4., 6.]" in run(capsys, *tensors, "--at", '{"A": [[1, 2], [3, 4]], "x": [1, 1]}')[1]
    code, out, err = run(capsys, "explain", "x", "--format", "docx")
    assert (code, out) == (2, "")
    assert "use text, latex or html" in err


def test_cost_counts_all_three_graphs(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(run(capsys, "cost", "x*y + sin(x)", "--json")[1])
    assert data["B"]["products"] == data["B"]["edges"] == 5
    assert data["B simplified"]["operations"] < data["B"]["operations"]
    assert "paths" in run(capsys, "cost", "x*y")[1]


def test_cost_shows_the_curve(capsys: pytest.CaptureFixture[str]) -> None:
    formula = "sin(sin(sin(sin(sin(sin(x))))))"
    points = json.loads(run(capsys, "cost", formula, "--pareto", "--json")[1])
    assert points[0] == {"operations": 17, "peak_live": 7}
    assert points[-1]["operations"] > 17
    assert points[-1]["peak_live"] < 7
    lines = run(capsys, "cost", formula, "--pareto")[1].splitlines()
    assert lines[1].split() == ["7", "17"]
    assert len(lines) == len(points) + 1


def test_a_function_in_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "model.py"
    path.write_text("import numpy as np\ndef f(a, b):\n    return np.exp(a)*b\n", encoding="utf-8")
    assert run(capsys, "grad", f"{path}:f", "--at", "a=0,b=2")[1] == "value = 2.0\ngradient = [2.0, 1.0]\n"
    target = tmp_path / "out.py"
    assert run(capsys, "grad", f"{path}:f", "--out", str(target))[:2] == (0, "")
    assert "def f_and_grad(a, b):" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["grad", "foo(x)"], "there is no function 'foo'"),
        (["grad", "x +"], "a value is missing before the end"),
        (["grad", "[x, y]"], "jacobian"),
        (["grad", "x", "--wrt", "z"], "'z' is not an input"),
        (["grad", "x*y", "--at", "x=1"], "no value for 'y'"),
        (["grad", "x", "--at", "x=one"], "name=number"),
        (["grad", "x", "--at", "x=1,z=2"], "'z' is not an input"),
        (["grad", "x", "--target", "cobol"], "there is no target"),
        (["grad", "x", "--level", "wild"], "exact, real, domain"),
        (["grad", "nofile.py:f"], "no file nofile.py"),
        (["grad", "x", "--out", "/nonexistent/dir/f.py"], "cannot be written"),
        (["grad"], "required: EXPRESSION; see edgewise grad --help"),
        (["grd", "x"], "there is no command 'grd'; did you mean 'grad'?"),
        (["grad", "x", "--wr", "x"], "grad has no option --wr; did you mean '--wrt'?"),
        (["grad", "x", "--colour=red"], "grad has no option --colour; see edgewise grad --help"),
        (["grad", "x", "y"], "grad has no place for 'y'"),
        (["grad", "x", "--at"], "--at: expected one argument"),
        (["jacobian", "x", "--seconds", "soon"], "--seconds: invalid float value: 'soon'"),
        (["draw", "x"], "required: --out"),
        (["fly", "x"], "there is no command 'fly'; see edgewise --help"),
    ],
)
def test_errors_are_one_line_and_code_2(argv: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *argv)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert message in err


def test_the_installed_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "edgewise", "eval", "x*2", "--at", "x=4"], capture_output=True, text=True, env=os.environ
    )
    assert (done.returncode, done.stdout) == (0, "8.0\n")


def test_source_in_c(capsys: pytest.CaptureFixture[str]) -> None:
    assert "export function f_and_grad(x, y) {" in run(capsys, "grad", "x*y", "--target", "js")[1]
    out = run(capsys, "grad", "x*y", "--target", "c")[1]
    assert "void f_and_grad(double x, double y, double value[1], double gradient[2]) {" in out


REGRESSION = ("norm(X @ w - y)**2", "--shape", "X: n,d; w: d; y: n", "--wrt", "w")


def test_tensors_print_formula_code_and_cost(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "grad", *REGRESSION)
    assert (code, err) == (0, "")
    assert out.startswith(
        "# gradient in w:\n#   2*(X.T @ (X @ w - y))\n"
        "# 5 operations: 4*d*n + d + 3*n arithmetic, d*n + 3*d + 3*n + 1 entries\n"
    )
    space: dict[str, Any] = {}
    exec(out, space)
    X, w, y = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]]), np.array([1.0, -1.0]), np.ones(3)
    value, gradient = space["f_and_grad"](X, w, y)
    assert value == pytest.approx(np.sum((X @ w - y) ** 2))
    np.testing.assert_allclose(gradient, 2 * X.T @ (X @ w - y))
    data = json.loads(run(capsys, "hessian", *REGRESSION, "--json")[1])
    assert (data["formulas"], data["latex"], data["wrt"]) == (["2*(X.T @ X)"], "2\\,X^\\top X", ["w"])
    assert "jnp.asarray" in run(capsys, "jacobian", "X @ w", *REGRESSION[1:3], "--target", "jax")[1]
    table = run(capsys, "cost", *REGRESSION)[1]
    assert "2*d*n + 3*n + 1" in table


def test_tensor_functions_in_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "model.py"
    file.write_text("import numpy as np\n\n\ndef loss(X, w):\n    return np.sum((X @ w)**2)\n")
    code, out, _ = run(capsys, "grad", f"{file}:loss", "--shape", "X: n,d; w: d", "--wrt", "w")
    assert code == 0
    assert "#   2*(X.T @ (X @ w))" in out


def test_errors_about_tensors_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    for argv in (
        ("grad", "X @ y", "--shape", "X: n,d; y: n"), ("grad", "X", "--shape", "X n"),
        ("grad", "X @ w", "--shape", "X: n,d; w: d"), ("grad", *REGRESSION, "--at", "w=1"),
        ("jacobian", "X @ w", "--shape", "X: n,d; w: d", "--order", "search"),
    ):  # fmt: skip
        code, out, err = run(capsys, *argv)
        assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_gradient_written_by_hand_is_checked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(
        "import numpy as np\n"
        "def f(x, y):\n    return np.sin(x)*y + x*x\n"
        "def right(x, y):\n    return np.cos(x)*y + 2*x, np.sin(x)\n"
        "def wrong(x, y):\n    return np.cos(x)*y + x, np.sin(x)\n"
    )
    assert run(capsys, "check", f"{file}:f", f"{file}:right") == (0, "the gradients agree at 3 points\n", "")
    code, out, _ = run(capsys, "check", f"{file}:f", f"{file}:wrong", "--at", "x=2,y=1")
    assert code == 1
    assert out.startswith("the derivative in x is 1.5838532, and ours is 3.5838532: the contribution of the edge from")
    assert out.rstrip().endswith(f"x*x ({file}:3) is missing")
    assert "is no function in a file" in run(capsys, "check", "x*y", f"{file}:wrong")[2]


def test_pictures_are_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for ending, start in ((".svg", "<svg"), (".dot", "digraph"), (".mmd", "flowchart")):
        out = tmp_path / f"p{ending}"
        assert run(capsys, "draw", "exp(x*y) + sin(x)", "--out", str(out))[0] == 0
        assert out.read_text().startswith(start) and "∂out/∂x" in out.read_text()
    assert run(capsys, "draw", "norm(X @ w)", "--shape", "X: n,d; w: d", "--out", str(out), "--level", "real")[0] == 0
    assert run(capsys, "draw", "x*y", "--out", str(out), "--focus", "x", "--depth", "1")[0] == 0
    assert "more nodes" in out.read_text()
    code, _, err = run(capsys, "draw", "x*y", "--out", str(tmp_path / "nowhere" / "p.svg"))
    assert code == 2 and err.count("\n") == 1


def test_sparse_matrices(capsys: pytest.CaptureFixture[str]) -> None:
    chain = "[x*y, z**2]"
    for kind, want in (("coo", [[0, 0, 1], [0, 1, 2], [2.0, 1.0, 6.0]]), ("dense", [[2.0, 1.0, 0.0], [0.0, 0.0, 6.0]])):
        _, out, _ = run(capsys, "jacobian", chain, "--sparse", kind, "--at", "x=1,y=2,z=3", "--json")
        assert json.loads(out)["jacobian"] == want
    _, out, _ = run(capsys, "jacobian", chain, "--sparse", "scipy", "--at", "x=1,y=2,z=3", "--json")
    assert json.loads(out)["jacobian"] == [[0, 0, 1], [0, 1, 2], [2.0, 1.0, 6.0]]
    _, out, _ = run(capsys, "hessian", "x*y + z**2", "--sparse", "coo", "--at", "x=1,y=2,z=3", "--json")
    assert json.loads(out)["hessian"] == [[0, 1, 2], [1, 0, 2], [1.0, 1.0, 2.0]]
    assert "(0,0) (0,1) (1,2)" in run(capsys, "jacobian", chain, "--sparse", "coo", "--target", "c")[1]
    for wrong, said in ((["thin"], "no sparse result of the form"), (["coo", "--seconds", "1"], "belongs to a search")):
        code, out, err = run(capsys, "jacobian", chain, "--sparse", *wrong)
        assert (code, out, err.count("\n")) == (2, "", 1) and said in err


def test_arrays_as_values(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert (
        run(capsys, "eval", "sum(X @ w)", "--shape", "X: n,d; w: d", "--at", '{"X": [[1, 2]], "w": [3, 4]}')[1]
        == "11.0\n"
    )
    file = tmp_path / "mine.py"
    file.write_text("def f(w):\n    return (w*w).sum()\ndef g(w):\n    return 2*w\ndef h(w):\n    return -2*w\n")
    at = ("--at", '{"w": [1, 2]}')
    assert run(capsys, "check", f"{file}:f", f"{file}:g", *at)[0] == 0
    code, out, _ = run(capsys, "check", f"{file}:f", f"{file}:h", *at)
    assert code == 1 and "both edges from w to w*w" in out and "of the wrong sign" in out


BROKEN = """
import sys
def f(x, y):
    return x*y
def raises(x, y):
    raise KeyError("boom")
def exits(x, y):
    sys.exit(3)
def text(x, y):
    return "a", "b"
def nothing():
    return None
"""


@pytest.mark.parametrize(("argv", "said"), [
    (("grad", "{}:raises"), "raises raised KeyError: 'boom' ("), (("draw", "{}:exits", "--out", "p.svg"), "Exit: 3 ("),
    (("check", "{}:raises", "{}:f"), "KeyError"), (("check", "{}:f", "{}:raises"), ":6); fix the function"),
    (("check", "{}:f", "{}:exits"), "SystemExit: 3 ("), (("check", "{}:f", "{}:text"), "gradient returned ('a', 'b')"),
    (("check", "{}:f", "{}:nothing"), "the gradient cannot be called with x, y"),
    (("grad", "x", "--target", "cobol"), "use one of math, numpy, jax, torch, c, js"),
    (("grad", "x", "--level", "silly"), "use one of exact, real, domain, accurate, none"),
    (("grad", "x", "--wrt", ""), "--wrt '' names no input"),
])  # fmt: skip
def test_a_users_file_fails_in_one_line(
    argv: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "broken.py"
    file.write_text(BROKEN)
    code, out, err = run(capsys, *(part.format(file) for part in argv))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err


def test_a_file_that_ends_python(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "ends.py"
    file.write_text("raise SystemExit(7)\n")
    code, _, err = run(capsys, "grad", f"{file}:f")
    assert (code, err.count("\n")) == (2, 1) and "cannot be run: SystemExit: 7" in err


def test_a_formula_begins_with_a_minus(capsys: pytest.CaptureFixture[str]) -> None:
    for given in (("-x*y",), ("--", "-x*y"), ("-x * y",)):
        assert run(capsys, "grad", "--at", "x=2,y=-3", *given) == (0, "value = 6.0\ngradient = [3.0, -2.0]\n", "")


def test_help_tells_every_command_and_option(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "--help")
    assert (code, err) == (0, "")
    assert all(f"  {name} " in out and command.about[:30] in out for name, command in COMMANDS.items())
    for name, command in COMMANDS.items():
        code, out, err = run(capsys, name, "--help")
        said = " ".join(out.split())
        assert (code, err) == (0, "") and said.startswith(f"usage: {command.usage} {command.about} ")
        assert all(f"{option.name} " in said and option.meaning in said for option in command.options)
    assert "auto, forward, reverse" in said or "(default: none)" in said


def test_without_a_command_there_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys)
    assert (code, err) == (0, "") and out.startswith("usage: edgewise ")


def shell(*argv: str, **options: Any) -> Any:
    return subprocess.run([sys.executable, "-m", "edgewise", *argv], check=False, text=True, **options)


def test_a_terminal_without_our_letters_shows_their_numbers() -> None:
    done = shell("explain", "x*y", capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.startswith("\\U0001d4a2, the function")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_one_line() -> None:
    with open("/dev/full", "w") as full:
        done = shell("grad", "x*y", stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1) and "No space left" in done.stderr


def test_where_digits_go_and_forms_that_keep_them(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "rounding", "(1 - cos(x))/x**2", "--at", "x=1e-5")
    assert (code, err) == (0, "") and "one minus a cosine" in out.splitlines()[2]
    rows = json.loads(
        run(capsys, "rounding", "sqrt(x + 1) - sqrt(x)", "--of", "gradient", "--range", "x=1:1e9", "--json")[1]
    )
    assert {row["result"] for row in rows} == {"out", "∂out/∂x"} and rows[0]["share"] > 0.2
    out = run(capsys, "grad", "sqrt(x + 1) - sqrt(x)", "--level", "accurate", "--range", "x=0:1e12")[1]
    space: dict[str, Any] = {}
    exec(out, space)
    assert space["f_and_grad"](1e12)[0] == pytest.approx(4.99999999999875e-07, rel=1e-15)
    for argv, message in (
        (("rounding", "x", "--range", "x"), "--range has 'x'"),
        (("rounding", "x", "--of", "soul"), "use one of value"),
        (("grad", "x", "--range", "x=0:1"), 'belongs to the level "accurate"'),
    ):
        code, _, err = run(capsys, *argv)
        assert code == 2 and message in err and err.count("\n") == 1
