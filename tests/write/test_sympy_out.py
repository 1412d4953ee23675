"""Graphs as SymPy expressions and as LaTeX."""

from __future__ import annotations

import re
from typing import Any

import mpmath as mp
import pytest
import sympy as sp
from hypothesis import given, settings

import edgewise as ew
from edgewise.errors import UnsupportedError
from edgewise.frontends.sympy import from_sympy
from edgewise.graph import Builder, Expr, Layout, Tape, add_op
from edgewise.ops import CONST, INPUT, OPS
from edgewise.write.latex.latex_names import latex_name, latex_names
from edgewise.write.sympy import nodes_to_sympy, to_latex, to_sympy
from oracles import close, mp_evaluate
from strategies import KINKED, SMOOTH, tapes_with_points

POINT = {
    "acosh": [1.7], "acoth": [1.7], "log1mexp": [-0.4], "clip": [0.3, -0.5, 0.9], "mod": [3.7, 1.3],
    "lambertwm1": [-0.3], "polygamma": [1.4], "spherical_jn": [1.4],
}  # fmt: skip
ROWS = [op for op in OPS.values() if op.name not in ("const", "input")]


def row_tape(name: str) -> Tape:
    op = OPS[name]
    builder = Builder()
    nodes = [builder.input(arg) for arg in op.args]
    parameter = {"power": 3, "polygamma": 2}.get(name, 1 if op.parameter else None)
    node = add_op(builder, op, nodes, parameter)
    if op.boolean:  # as a number
        node = add_op(builder, OPS["add"], [node, builder.constant(1)])
    return builder.freeze([node], Layout(), list(op.args))[0]


@pytest.mark.parametrize("op", ROWS, ids=lambda op: op.name)
def test_every_row_has_its_value_in_sympy_and_comes_back(op: Any) -> None:
    tape = row_tape(op.name)
    made = to_sympy(tape)
    for scale in (1.0, 0.8) if op.name == "acosh" else (1.0, -0.7) if op.name in ("cbrt", "abs", "sinc") else (1.0,):
        point = [scale * v for v in POINT.get(op.name, [0.4, 0.9, 0.7][: op.arity])]
        with mp.workdps(30):
            want = mp_evaluate(tape, point)[tape.outputs[0]]
            at = dict(zip((sp.Symbol(name) for name in op.args), (sp.Float(v, 30) for v in point), strict=True))
            shown = made.subs(at).rewrite(sp.besselj) if made.has(sp.jn) else made.subs(at)
            assert close(sp.re(shown.evalf(20)), want, 1e-12)
            back = from_sympy(made, inputs=op.args)
            assert close(mp_evaluate(back, point)[back.outputs[0]], want, 1e-12)


def test_halves_round_to_even_and_truths_count_as_numbers() -> None:
    x, y = ew.symbols("x y")
    rounded = to_sympy(ew.graph(ew.round(x)).tape)
    halves = [sp.Rational(n, 2) for n in range(-7, 8)]
    assert [rounded.subs(sp.Symbol("x"), v) for v in halves] == [round(float(v)) for v in halves]
    counted = to_sympy(ew.graph((x < y) * x + ew.where(x, 1, y) + ew.sin(x < y)).tape)
    assert counted.subs({"x": 2, "y": 3}).equals(3 + sp.sin(1)) and counted.subs({"x": 0, "y": -3}) == -3
    either = to_sympy(ew.graph(ew.where(x < 1, y < 1, y > 1)).tape)
    assert either.subs({"x": 0, "y": 0}) == sp.true and either.subs({"x": 2, "y": 0}) == sp.false


@settings(max_examples=60, deadline=None)
@given(tapes_with_points(operations=SMOOTH + KINKED, max_ops=12))
def test_random_graphs_keep_their_value_there_and_back(drawn: tuple[Tape, list[float]]) -> None:
    tape, point = drawn
    back = from_sympy(to_sympy(tape), inputs=tape.input_names())
    with mp.workdps(30):
        want = mp_evaluate(tape, point)[tape.outputs[0]]
        assert close(mp_evaluate(back, point)[back.outputs[0]], want, 1e-9)


def test_layouts_and_single_nodes() -> None:
    x, y = ew.symbols("x y")
    tape = ew.graph({"v": [x, (y, x * y)]}).tape
    X, Y = sp.symbols("x y")
    assert to_sympy(tape) == {"v": [X, (Y, X * Y)]}
    assert to_sympy(tape, [tape.outputs[2], 0]) == nodes_to_sympy(tape, [tape.outputs[2], 0]) == [X * Y, X]
    assert to_sympy(from_sympy(sp.Matrix([[X, Y], [1, 2]]))) == sp.Matrix([[X, Y], [1, 2]])
    assert to_sympy(from_sympy(sp.Array([[[X], [Y]]]))) == sp.Array([[[X], [Y]]])
    assert to_sympy(ew.trace(lambda w: w * 2, w=2).tape) == 2 * sp.Matrix([sp.Symbol("w[0]"), sp.Symbol("w[1]")])
    assert to_sympy(ew.parse("2/3*pi + 0.1*e", inputs=["x"]).tape) == 2 * sp.pi / 3 + 0.1 * sp.E


def test_users_operations_are_functions_by_name() -> None:
    op = ew.op("softsign", "x", value="x/(1 + abs(x))", partials="1/(1 + abs(x))**2")
    made = to_sympy(ew.graph(op(_symbol("x"))).tape)
    assert made == sp.Function("softsign")(sp.Symbol("x"))
    assert from_sympy(made, functions={"softsign": op.op}).custom == (op.op,)


STEPS = {
    "esin": lambda e, y: e * ew.sin(e),
    "where": lambda e, y: ew.where((e < 1) & (y < e), e * y, e + 2),
    "max": lambda e, y: ew.max(e, ew.min(ew.sin(e), y)),
    "round": lambda e, y: ew.round(e) + ew.cbrt(e) * y,
    "softplus": lambda e, y: ew.softplus(e) / ew.hypot(e, y),
}


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_an_exponential_tree_stays_a_linear_number_of_objects(step: Any) -> None:
    e, y = ew.symbols("x y")
    for _ in range(800):
        e = step(e, y)
    tape = ew.graph(e).tape
    objects: dict[int, Any] = {}
    todo = [to_sympy(tape)]
    while todo:
        item = todo.pop()
        if id(item) not in objects:
            objects[id(item)] = item
            todo.extend(item.args)
    assert len(objects) < 15 * len(tape)
    assert len(to_latex(tape)) < 200 * len(tape)


def test_what_sympy_finds_unreal_is_a_typed_error() -> None:
    builder = Builder()
    bad = add_op(builder, OPS["lt"], [add_op(builder, OPS["sqrt"], [builder.constant(-1)]), builder.constant(0)])
    with pytest.raises(UnsupportedError, match="lt at "):
        to_sympy(builder.freeze([bad], Layout())[0])


# --- LaTeX --------------------------------------------------------------------------------------------------------

HOSTILE = [
    r"\input{/etc/passwd}", r"\write18{rm}", "}{", "$$", "a%b", "x^^2", "x__", r"\def\x{1}", "<script>",
    r"\theta_{1}\input{a}",
    "^^5cinput", "a&b", "#1", "~", "\u202eevil", "\n\n", r"\hat", r"\bar_{", "x_{1}_{2}", r"\catcode", "a\\\\b",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_do_nothing(name: str) -> None:
    for text in (latex_name(name), to_latex(ew.graph(_symbol(name)).tape)):
        assert text.startswith(r"\mathrm{") and text.endswith("}") and text.isprintable() and "<s" not in text
        inside = text[len(r"\mathrm{") : -1]
        commands = set(re.findall(r"\\([A-Za-z]+|.)", inside))
        assert commands <= {"backslash", "wedge", "sim", "{", "}", "_", "$", "%", "&", "#", " "}
        bare = re.sub(r"\\([A-Za-z]+|.)|\{[<>]\}", "", inside)
        assert not set(bare) & set("{}$%&#^_~\\<>")


def _symbol(name: str) -> Any:
    builder = Builder()
    return Expr(builder, builder.input(name))


def test_proper_names_are_shown_as_meant() -> None:
    shown = {
        r"\theta_{1}": r"\theta_{1}",
        "alpha": r"\alpha",
        "x12": "x_{12}",
        "w[0,1]": "w_{0,1}",
        r"\hat{x}_i": r"\hat{x}_i",
    }
    shown |= {
        "beta_2": r"\beta_{2}",
        "speed": r"\mathrm{speed}",
        "x^{2}": "x^{2}",
        r"x_{\mu,1}": r"x_{\mu,1}",
        "dot": r"\mathrm{dot}",
    }
    assert {name: latex_name(name) for name in shown} == shown


def test_names_that_look_alike_stay_apart() -> None:
    names = ["x1", "x_1", "x_{1}", "alpha", r"\alpha", "a\u200bb", "ab"]
    assert len(set(latex_names(names).values())) == len(names)
    builder = Builder()
    minus = add_op(builder, OPS["sub"], [builder.input("x1"), builder.input("x_1")])
    assert to_latex(builder.freeze([minus], Layout())[0]) == r"x_{1} - \mathrm{x\_1}"


@pytest.mark.slow
def test_a_large_graph_is_a_list_of_assignments() -> None:
    e, u = ew.symbols("x u_7")
    for _ in range(3000):
        e = e * ew.sin(e) + u
    text = to_latex(ew.graph(e).tape)
    lines = text.splitlines()
    assert lines[0] == r"\begin{aligned}" and lines[-1] == r"\end{aligned}"
    defined = [re.match(r"v_\{(\d+)\} &= ", line) for line in lines[1:-1]]
    assert all(defined) and max(map(len, lines)) < 200
    # Each line reads only lines above it.
    seen: set[str] = set()
    for match, line in zip(defined, lines[1:-1], strict=True):
        assert match is not None
        assert set(re.findall(r"v_\{(\d+)\}", line[match.end() :])) <= seen
        seen.add(match[1])


def test_operations_of_users_are_shown_upright() -> None:
    op = ew.op("my_op", "x", value="x", partials="1")
    assert to_latex(ew.graph(op(_symbol("x"))).tape) == r"\operatorname{my\_op}{\left(x \right)}"


def test_codes_of_leaves_are_not_operations() -> None:
    tape = ew.parse("x + 2").tape
    assert {int(code) for code in tape.ops} >= {CONST, INPUT} and to_latex(tape, [0]) == r"\left[ x\right]"


def test_functions_of_functions_are_not_asked_for_their_signs() -> None:
    """Of which SymPy, which asks part by part, took seconds, and of some minutes."""
    G = ew.parse(
        "asinh(sin(a) + logaddexp(0, y)**2 + exp(tanh(tanh(a))) + sqrt(1 + erf(z)**2))", inputs=["a", "y", "z"]
    )
    text = G.jacobian(order="reverse").to_latex()
    assert r"\tanh{\left(\tanh{\left(a \right)} \right)}" in text
    assert G.to_sympy().has(sp.tanh)
