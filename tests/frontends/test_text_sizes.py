"""Texts of 10⁵ terms and what comes after them: each step is linear and iterative. No clocks: it simply works."""

from __future__ import annotations

import pytest

import edgewise as ew
from edgewise.ops import CODE, CONST

N = 100_000


@pytest.mark.slow
def test_a_sum_of_many_names() -> None:
    G = ew.parse(" + ".join(f"x{k}" for k in range(N)))
    assert len(G) == 2 * N - 1
    assert len(G.gradient().simplify().outputs) == N
    assert ew.parse(G.text()).tape.ops.tolist() == G.tape.ops.tolist()


@pytest.mark.slow
def test_a_product_its_value_and_its_json() -> None:
    G = ew.parse("*".join(["x"] * N))
    assert G.evaluate(x=1.0).outputs == (1.0,)
    assert G.simplify().cost().operations < N
    assert len(ew.Graph.from_json(G.to_json())) == N


@pytest.mark.slow
def test_assignments_name_their_nodes() -> None:
    G = ew.parse("\n".join(f"a{k + 1} = a{k}*x" for k in range(N)) + f"\na{N}", inputs=["a0", "x"])
    assert len(G) == N + 2
    assert G.node(f"a{N}") == G.outputs[0]


@pytest.mark.slow
def test_many_consumers_of_one_node_and_many_constants() -> None:
    # Whole numbers are their own residues: they once filled one stretch of the table of values.
    G = ew.parse("+".join(f"sin(x*{k})" for k in range(2, 60_000)))
    S = G.simplify()
    assert S.cost().operations <= G.cost().operations


@pytest.mark.slow
@pytest.mark.parametrize("part", [" + x", "*x", " - sin(x)"])
def test_source_of_long_chains_compiles(part: str) -> None:
    f = ew.parse("x" + part * 20_000).compile(backend="python")
    assert f(0.0) == 0.0


@pytest.mark.slow
def test_a_deep_nest_of_calls() -> None:
    G = ew.parse("sin(" * 20_000 + "x" + ")" * 20_000)
    assert len(G.text()) < 40 * 20_000
    assert G.compile(backend="python")(0.5) == G.evaluate(x=0.5).outputs[0]
    assert G.gradient().compile(backend="python")(0.0) == (0.0, 1.0)


@pytest.mark.slow
def test_texts_of_tensors() -> None:
    G = ew.parse(" + ".join(["x*y"] * 10_000), shapes="x: n; y: n")
    assert len(G) == 2 + 19_999
    assert G.evaluate(x=[1.0, 2.0], y=[1.0, 1.0]).outputs[0].tolist() == [10_000.0, 20_000.0]
    deep = ew.parse("sin(" * 10_000 + "x" + ")" * 10_000, shapes="x: n")
    assert ew.parse(deep.text(), shapes="x: n").to_json() != "" and len(deep) == 10_001


@pytest.mark.parametrize(
    "form", ["{}", "sum({})", "dot({}, x)", "block({})", "zeros({})", "x*{}", "x[{}]", "a = {}; x"]
)
@pytest.mark.parametrize("inner", ["x", "1", ""])
def test_lists_without_end_are_refused(form: str, inner: str) -> None:
    text = form.format("[" * 3000 + inner + "]" * 3000)
    with pytest.raises(ew.EdgewiseError, match="lists nested more than 64 deep"):
        ew.parse(text, shapes="x: 2")
    by_name = form.format("a")
    with pytest.raises(ew.EdgewiseError, match="lists nested more than 64 deep"):
        ew.parse(f"a = [{inner}]; " + "a = [a]; " * 100 + by_name.replace("a = a; ", ""), shapes="x: 2")


def test_arguments_nested_without_end_are_refused() -> None:
    deep: object = 1.0
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(ew.EdgewiseError, match="far too many levels"):
        ew.grad(lambda x: x)(deep)


# --- towers of whole numbers ------------------------------------------------------------------------------------------

TOWERS = [
    "a=3;" + "a=a*a;" * 60 + "a*x",
    "(2**64)**64*x",
    "((((3**64)**64)**64)**64)**64*x",
    "9**9**9*x",
    "x*9**9**9**9",
    "2**1023*x",
    "2**1024*x",
    "x/10**400",
    "(10**300*10**300)*x",
    "x/(10**300*10**300)",
    "1/3**700*x",
    "x**(9**9**9)",
    "(1/2)**64**64 + x",
]


@pytest.mark.parametrize("text", TOWERS, ids=[text[-24:] for text in TOWERS])
def test_towers_are_kept_and_have_one_answer(text: str) -> None:
    G = ew.parse(text)
    wanted = repr(float(G.evaluate(x=0.75).outputs[0]))
    for graph in (G, *(G.simplify(level=level) for level in ("exact", "real", "domain"))):
        assert max(abs(v) for v in graph.tape.constants().values()) < 2**1024
        assert repr(float(graph.evaluate(x=0.75).outputs[0])) == wanted
        for backend in ("python", "numpy"):
            assert repr(float(graph.compile(backend=backend)(0.75))) == wanted
    assert len(repr(G)) < 500


def test_towers_of_dimensions() -> None:
    G = ew.parse("a = 3*n;" + "a = a*a;" * 40 + "a*x", shapes="x: n")
    assert len(G) < 100
    G = ew.parse("(2*n)**(10**9)*x + 9**9**9*x", shapes="x: n")
    assert CODE["power"] in G.tape.ops and CONST in G.tape.ops


def test_long_integers_are_constants_and_longer_ones_refused() -> None:
    x = ew.symbols("x")
    with pytest.raises(ew.EdgewiseError, match="bits is far beyond the largest double"):
        ew.graph(x * 10**5000)
    G = ew.graph(x * 10**4000)
    assert ew.Graph.from_json(G.to_json()).tape.attrs == G.tape.attrs
    for use in (lambda: G.evaluate(x=1.0), lambda: G.compile(backend="python")(1.0), lambda: G.to_c()):
        with pytest.raises(ew.EdgewiseError, match="beyond the largest double"):
            use()
    assert len(repr(G)) < 200
    assert len(G.text()) < 20_000
