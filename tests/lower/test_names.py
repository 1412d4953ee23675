"""Names of functions and of users' operations, and the arguments of what is compiled."""

from __future__ import annotations

import gc
import linecache
import math
import unicodedata
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.lower.names import Namer, identifier


def called(source: str, **given: Any) -> Any:
    """The one function of a module that stands in a namespace of its own."""
    space: dict[str, Any] = dict(given)
    exec(source, space)
    names = [line[4:].split("(")[0] for line in source.splitlines() if line.startswith("def ") and line[4] != "_"]
    assert len(names) == 1
    return space[names[0]]


@pytest.mark.parametrize("target", ["math", "numpy"])
@pytest.mark.parametrize(
    "name", ["class", "None", "math", "np", "special", "float", "x", "a b", "'; import os", "", "λ"]
)
def test_any_name_of_the_function_is_survived(name: str, target: str) -> None:
    G = ew.parse("sin(x[0])*erf(y)", groups={"x": 1})
    f = called(G.to_python(name, target))
    assert float(f([1.0], 2.0)) == pytest.approx(math.sin(1.0) * math.erf(2.0))
    assert float(G.compile("python", name)([1.0], 2.0)) == pytest.approx(math.sin(1.0) * math.erf(2.0))


@pytest.mark.parametrize("backend", ["python", "numpy"])
@pytest.mark.parametrize("name", ["f", "x", "v", "v1", "np", "math", "class", "float", "len", "_sign", "_or_nan"])
def test_any_name_of_a_users_operation_is_survived(name: str, backend: str) -> None:
    mine = ew.op(name, "a", value=lambda a: a * a + 1, partials="2*a")
    x = ew.symbols("x")
    G = ew.graph(ew.sin(mine(x)) * ew.sign(x) + x * mine(x)).gradient()
    assert G.compile(backend)(2.0)[1] == pytest.approx(G.evaluate(2.0).outputs[0])


def test_operations_of_the_same_name_are_kept_apart() -> None:
    x = ew.symbols("x")
    one, two = (ew.op("mine", "a", value=lambda a, k=k: k * a, partials=str(k)) for k in (2, 3))
    G = ew.graph(one(x) + 10 * two(x))
    assert G.compile("python")(1.0) == G.evaluate(1.0).outputs[0] == 32.0


def test_nothing_of_a_definition_s_text_is_in_the_source() -> None:
    mine = ew.op("mine", "a", value="(a # \u202e import os\n + 1)", partials="1")
    source = ew.graph(mine(ew.symbols("x"))).to_python()
    assert called(source)(2.0) == 3.0
    assert "\u202e" not in source
    assert "os" not in source


def test_only_what_can_be_imported_is_imported() -> None:
    x = ew.symbols("x")
    source = ew.graph(ew.op("mine", "a", value=np.cosh, partials="sinh(a)")(x)).to_python(target="numpy")
    assert "from numpy import cosh as mine" in source
    assert float(called(source)(0.0)) == 1.0

    def fake(a: float) -> float:
        return a

    fake.__module__, fake.__qualname__ = "numpy", "sin"  # it says so, and is not
    assert "import sin" not in ew.graph(ew.op("mine", "a", value=fake, partials="1")(x)).to_python()


def test_a_users_operation_does_not_raise_in_a_branch_that_is_not_selected() -> None:
    x = ew.symbols("x")
    root = ew.op("root", "a", value=math.sqrt, partials="1/(2*out)")
    f = ew.graph(ew.where(x > 0, root(x) + root(x), 0)).compile("python")
    assert (f(-1.0), f(4.0)) == (0.0, 4.0)


def test_names_are_different_after_normalisation() -> None:
    namer = Namer(["math"])
    names = [
        namer.name(wish) for wish in ("ﬁ", "fi", "math", "class", "", "\u202e", "x\n", "x", "x_2", "x" * 99, "x" * 98)
    ]
    assert names[:4] == ["fi", "fi_2", "math_2", "class_"]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and unicodedata.normalize("NFKC", name) == name for name in names)
    assert identifier("\ud800;\n'\"\\") == "x"


@pytest.mark.parametrize("backend", ["python", "numpy"])
@pytest.mark.parametrize(
    ("w", "b", "message"),
    [
        (["a", "b"], 1.0, "'w' was given"),
        ([1, [2, 3]], 1.0, "'w' was given"),
        ([1, 2j], 1.0, "'w' was given"),
        ([1, None], 1.0, "'w' was given"),
        ([1, 10**400], 1.0, "'w' was given"),
        ([1, 2, 3], 1.0, r"shape \(3,\)"),
        (1.0, 1.0, r"shape \(\)"),
        ([1, 2], "ab", "'b' was given 'ab' of type str"),
        ([1, 2], None, "'b' was given None"),
        ([1, 2], 1j, "'b' was given 1j"),
    ],
)
def test_what_is_not_a_number_is_refused(w: Any, b: Any, message: str, backend: str) -> None:
    f = ew.trace(lambda w, b: (w * b).sum(), w=2, b=()).compile(backend)
    with pytest.raises(ew.EdgewiseError, match=message):
        f(w, b)


def test_shapes_that_do_not_fit_are_refused() -> None:
    G = ew.parse("x*y")
    for backend in ("python", "numpy"):
        with pytest.raises(ew.EdgewiseError, match=r"shapes \(2,\), \(3,\)"):
            G.compile(backend)(np.zeros(2), np.zeros(3))


@pytest.mark.parametrize("backend", ["python", "numpy"])
@pytest.mark.parametrize("ten", [10, np.int64(10), np.int8(10), Fraction(10), np.array(10)])
def test_every_kind_of_number_is_computed_with_as_a_double(ten: Any, backend: str) -> None:
    assert float(ew.parse("x**20").compile(backend)(ten)) == 1e20
    assert float(ew.parse("x**(-1)").compile(backend)(ten)) == 0.1
    assert float(ew.parse("x[0]**20", groups={"x": 1}).compile(backend)([ten])) == 1e20


def test_lines_for_tracebacks_come_and_go_with_the_function() -> None:
    table = ew.op("table", "a", value={1.0: 2.0}.__getitem__, partials="0")
    f = ew.graph(table(ew.symbols("x"))).compile("python", "mine")
    ours = {name for name in linecache.cache if name.startswith("<edgewise mine ")}
    with pytest.raises(KeyError) as caught:
        f(0.0)
    assert "table(x)" in str(caught.traceback[-1].statement)
    del caught
    del f
    gc.collect()
    assert ours
    assert not ours & set(linecache.cache)
