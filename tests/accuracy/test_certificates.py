"""Files that prove themselves: what they say, that they run, and that no change of them goes unseen."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mpmath as mp
import pytest

import edgewise as ew
import peers
from edgewise.accuracy import check
from edgewise.accuracy.references import references
from edgewise.cli import main
from edgewise.errors import InputError, LoweringError, UnsupportedError
from edgewise.lower.c.compiled_c import find_compiler
from lower.node import needs_node

GRADIENT = ew.parse("log(1 + exp(x*y))/3 - y").gradient().simplify()
WRITERS: dict[str, Callable[[Any], str]] = {
    ".py": lambda graph: graph.to_python(certify=True),
    ".np.py": lambda graph: graph.to_python(target="numpy", certify=True),
    ".c": lambda graph: graph.to_c(certify=True),
    ".mjs": lambda graph: graph.to_js(certify=True),
    ".cjs": lambda graph: graph.to_js(module=False, certify=True),
}
ENDINGS = [pytest.param(ending, marks=[needs_node] if "js" in ending else []) for ending in WRITERS]


def written(tmp_path: Path, ending: str, graph: Any = GRADIENT) -> Path:
    if ending == ".c":
        peers.available("c")
    file = tmp_path / f"file{ending}"
    file.write_text(WRITERS[ending](graph), encoding="utf-8")
    return file


def sealed(text: str) -> str:
    """A text with the seal that fits it, as somebody would make it who changes both."""
    seal = hashlib.sha256(re.sub(r"(seal: sha256 )[0-9a-f]{64}", r"\1", text).encode()).hexdigest()
    return re.sub(r"(seal: sha256 )[0-9a-f]{64}", rf"\g<1>{seal}", text)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_proves_itself(ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, ending)
    with pytest.raises(SystemExit) as ended:
        main(["certify", str(file)])
    said = capsys.readouterr().out
    assert ended.value.code == 0, said
    assert re.fullmatch(r".*: value and gradient of x, y, \d+ operations, (\d+) of \1 results agree\n", said)


@pytest.mark.parametrize(
    "ending", [".py", pytest.param(".mjs", marks=needs_node), pytest.param(".cjs", marks=needs_node)]
)
def test_running_a_file_tests_it(ending: str, tmp_path: Path) -> None:
    file = written(tmp_path, ending)
    command = [sys.executable if ending == ".py" else "node", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0
    assert re.fullmatch(r"(\d+) of \1 results agree\n", done.stdout)


def test_a_changed_digit_anywhere_is_seen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, ".py")
    text = file.read_text(encoding="utf-8")
    code = text.index("edgewise certificate") + 30
    places = [*re.finditer(r"\d", text[:code]), *list(re.compile(r"\d").finditer(text, code))[::23]]
    for at in (place.start() for place in places):
        file.write_text(f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}", encoding="utf-8")
        assert not check(file).agrees, text[at - 20 : at + 20]
    with pytest.raises(SystemExit) as ended:
        main(["certify", str(file)])
    assert ended.value.code == 1
    assert capsys.readouterr().out.count("\n") == 1


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("pattern", "instead", "said"),
    [
        (r"\bv1 = x\*y", "v1 = x*y*1.0000001", "the test of itself fails: f at .*number 0 is .*, and exact is"),
        (r"operations: \d+", "operations: 3", "operations, and the certificate says 3"),
        (r"graph: sha256 \w", "graph: sha256 _", "the graph has another hash than the certificate says"),
        (r"seal: sha256 ", "seal: ", "the text is not the one that was sealed"),
        (r'"format"', '"forman"', "the certificate is damaged: "),
        (r"0x1p\+1|, 2,", ", 3,", "the reference points are not the exact results of the graph"),
    ],
)
def test_what_is_changed_and_sealed_anew_is_seen_too(
    pattern: str, instead: str, said: str, ending: str, tmp_path: Path
) -> None:
    file = written(tmp_path, ending)
    text = file.read_text(encoding="utf-8")
    if instead == ", 3,":  # a number of the table behind the certificate
        before, mark, table = text.partition("end of the certificate")
        number = re.search(r"\b[1-9]\d*(?=\])|0x1p\+5", table)
        assert number
        changed = before + mark + table[: number.start()] + "0x1p+9" * (number[0][:2] == "0x") + table[number.end() :]
    else:
        changed = re.sub(pattern, instead, text, count=1)
    assert changed != text
    file.write_text(sealed(changed), encoding="utf-8")
    found = check(file)
    assert not found.agrees
    assert re.search(said, found.message), found.message


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    "graph",
    [
        ew.graph(ew.symbols("a", shape=(2, 3))[1, 2] ** 2 / 7 + ew.symbols("x")).hessian(),
        ew.graph({"s": ew.sin(ew.symbols("x")), "t": [ew.symbols("x") / 3, 2]}),
        ew.parse("x**2*y + y**3").hessian(sparse="coo").simplify(),
        ew.parse("x**2*y + y**3").hessian(sparse="dense").simplify(),
        ew.parse("where(x > 1, sqrt(x - 1), erf(x))").gradient(),
    ],
    ids=["groups", "nested", "coo", "dense", "conditions"],
)
def test_results_of_every_form(graph: Any, ending: str, tmp_path: Path) -> None:
    found = check(written(tmp_path, ending, graph))
    assert found.agrees, found.message


def test_the_exact_results_are_those_of_mpmath() -> None:
    text = ew.parse("(1 - cos(x))/x**2").to_python(certify=True)
    table = re.findall(r'\(\["(\S+)"\], \["(\S+)"\], \[\d+\]\),', text)
    assert len(table) >= 12
    with mp.workdps(80):
        for x, exact in table:
            point = mp.mpf(float.fromhex(x))
            value = float((1 - mp.cos(point)) / point**2)
            assert value == float.fromhex(exact) or (value, float.fromhex(exact)) == (0, 0)


def test_the_ranges_of_a_search_are_in_the_file_and_its_points_within(tmp_path: Path) -> None:
    graph = ew.parse("(exp(x) - 1)/y").simplify("accurate", ranges={"x": (-1e-3, 1e-3), "y": (1, 2)}, where="x < y")
    file = written(tmp_path, ".py", graph)
    text = file.read_text(encoding="utf-8")
    assert "ranges: x from -0.001 to 0.001, y from 1.0 to 2.0, where x < y\n" in text
    assert re.search(r"accuracy: \d\d?\.\d\d bits of error on average before repairs, 0\.\d\d after\n", text)
    joined = re.search(r"# points: (.*)\n# json", text.replace("\n#   ", ""))
    assert joined
    points = [[float.fromhex(x) for x in point] for point in json.loads(joined[1])]
    assert len(points) > 8
    assert all(-1e-3 <= x <= 1e-3 and 1 <= y <= 2 for x, y in points)
    assert check(file).agrees


def test_a_point_without_a_digit_is_no_reference(tmp_path: Path) -> None:
    """The exact derivative in c is -4e-181 there, the computed one 1e123: so many units no double counts."""
    graph = ew.parse("(-b + sqrt(b*b - 4*(a*c)))/(2*a)", inputs=["a", "b", "c"]).gradient().simplify()
    point = (7.2265364468255335e-140, 4904391768.305215, -1.000720642021103e-161)
    assert not list(references(graph.tape, graph.returns(), [point]))
    assert list(references(graph.tape, graph.returns(), [(1.0, 3.0, 1.0)]))
    assert check(written(tmp_path, ".py", graph)).agrees


def test_bounds_are_certified_too(tmp_path: Path) -> None:
    file = tmp_path / "f.py"
    file.write_text(ew.parse("sqrt(x*x + y)").to_python(error_bound=True, certify=True), encoding="utf-8")
    found = check(file)
    assert found.agrees and "value and value_bound of x, y" in found.message


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    program = "import edgewise as ew; print(ew.parse('exp(x)*y + tan(z)').gradient().to_c(certify=True), end='')"
    env = {**os.environ, "PYTHONHASHSEED": "1"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=env)
    assert done.stdout == ew.parse("exp(x)*y + tan(z)").gradient().to_c(certify=True)


def test_names_cannot_end_the_comment(tmp_path: Path) -> None:
    graph = ew.graph(ew.symbols("*/ </script> \n é") * 2)
    for ending in (".py", ".c"):
        assert check(written(tmp_path, ending, graph)).agrees


def test_the_test_in_c_compiles_without_a_warning(tmp_path: Path) -> None:
    flags = ["-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror", "-DEDGEWISE_SELF_TEST", "-fsyntax-only"]
    for graph in (GRADIENT, ew.parse("1/3")):
        file = written(tmp_path, ".c", graph)
        done = subprocess.run([*find_compiler(), *flags, str(file)], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


# --- refusals -------------------------------------------------------------------------------------------------------


def test_what_cannot_be_certified() -> None:
    with pytest.raises(
        UnsupportedError, match=r"certify=True is for graphs of scalars.*write G.scalarize\(n=…\) first"
    ):
        ew.parse("sum(x)", shapes="x: n").to_python(certify=True)
    with pytest.raises(LoweringError, match="certify=True is for doubles"):
        GRADIENT.to_c(dtype="float", certify=True)
    with pytest.raises(LoweringError, match="certify=True is not for 'jax'; use the target"):
        GRADIENT.to_python(target="jax", certify=True)
    with pytest.raises(UnsupportedError, match=r'takes no matrices of SciPy.s; ask for sparse="coo"'):
        ew.parse("x*y").hessian(sparse="scipy").to_python(certify=True)
    odd = ew.op("odd", value=lambda x: x, partials="1")
    with pytest.raises(InputError, match="the operation 'odd' has no value of more digits"):
        ew.graph(odd(ew.symbols("x"))).to_python(certify=True)
    with pytest.raises(InputError, match="no result has a value"):
        ew.parse("log(-1 - x**2)").to_python(certify=True)


@pytest.mark.parametrize(("text", "said"), [(None, "cannot be read"), ("x = 1\n", "has no certificate; write it with")])
def test_what_cannot_be_checked(
    text: str | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "f.py"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["certify", str(file)])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_the_command_line_writes_what_it_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "g.py"
    for command in (
        ["grad", "exp(x)/(1 + exp(x))", "--certify", "--bound", "--out", str(file)],
        ["certify", str(file)],
    ):
        with pytest.raises(SystemExit) as ended:
            main(command)
        assert not ended.value.code
    assert "value, gradient, value_bound and gradient_bound of x" in capsys.readouterr().out
