"""Text: what parses, what it means, and that nothing else does."""

from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.errors import OperationError, ParseError
from edgewise.ops import ALIASES, OPS, PI


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2**3**0.5", 2**3**0.5),
        ("-x**2", -4.0),
        ("x % 3 + 7/2", 5.5),
        ("1 < x <= 2 and not x > 5", 1.0),
        ("x if x > 3 else -x", -2.0),
        ("max(x, 1, 5) + min(x, 1)", 6.0),
        ("log(8, 2)*ln(e)", 3.0),
        ("polygamma(1, x)", math.pi**2 / 6 - 1),
        ("hypot(3, 4, x - 2)", 5.0),
        ("s = x*x; t = s + 1; s*t", 20.0),
        ("s = x\ns*2", 4.0),
        ("arctan2(x, x)*4/pi", 1.0),
        ("+x", 2.0),
        ("(x > 1) + (x > 5)", 1.0),
        ("~(x > 1) | (x > 0) & (x < 9)", 1.0),
    ],
)
def test_values(text: str, value: float) -> None:
    assert ew.parse(text, inputs=["x"]).evaluate(x=2.0).outputs[0] == pytest.approx(value, rel=1e-12)


def test_names_become_inputs_in_order() -> None:
    assert ew.parse("b*a + c").inputs == ("b", "a", "c")
    assert ew.parse("b*a", inputs=["a", "b", "c"]).inputs == ("a", "b", "c")
    assert ew.parse("e*x", inputs=["e", "x"]).inputs == ("e", "x")


def test_groups() -> None:
    G = ew.parse("w[0]*w[-1] + v[1, 0]", groups={"w": 3, "v": (2, 2)})
    assert G.evaluate(w=[2, 3, 5], v=[[1, 2], [7, 4]]).outputs == (17.0,)


def test_constants_are_exact() -> None:
    tape = ew.parse("x/3 + pi + 0.5 + 10**30").tape
    assert {3, PI, 0.5, 10, 30} >= set(tape.constants().values()) - {10**30}


def test_aliases_name_operations() -> None:
    assert set(ALIASES.values()) <= set(OPS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sni(x)", "did you mean sin"),
        ("x^2", r"powers as \*\*"),
        ("sin(x", "character 4"),
        ("sin(x, y)", r"sin\(x\)"),
        ("sin", "without arguments"),
        ("polygamma(x, 2)", "constant"),
        ("x.real", "no attribute real"),
        ("__import__('os')", "not a real number"),
        ("[x for x in y]", "write the terms out"),
        ("lambda: 0", "call the quantity lam"),
        ("w[0]", "not declared as a group"),
        ("f'{x}'", "a text, which has no place"),
        ("x := 3", "name = expression on a line of its own"),
        ("import os", "need no import"),
        ("x = 1", "has no result"),
        ("x.y = 1; x", "assignment"),
        ("1j*x", "real number"),
        ("x\0", r"U\+0000"),
        ("", "no result"),
        ("sin(*x)", "starred"),
        ("1e999*x", "beyond the largest double"),
    ],
)
def test_errors_say_what_to_do(text: str, message: str) -> None:
    with pytest.raises(ew.EdgewiseError, match=message):
        ew.parse(text)


def test_undeclared_inputs_are_refused() -> None:
    with pytest.raises(
        ew.EdgewiseError, match=r"'z' is not an input \(character 3 of 'x\*z'\); the declared inputs are x, y"
    ):
        ew.parse("x*z", inputs=["x", "y"])


@given(st.text(alphabet="xy01.+-*/%<>=!&|~^()[],;: \nsincoexp'\"\\_#@{}", max_size=40))
@settings(deadline=None, max_examples=300)
def test_only_our_errors_escape(text: str) -> None:
    with contextlib.suppress(ew.EdgewiseError):
        ew.parse(text)


# --- the language in full ---------------------------------------------------------------------------------------


def operations(text: str, **options: object) -> list[str]:
    tape = ew.parse(text, **options).tape
    return [tape.op(node).name for node in range(len(tape)) if node not in tape.inputs]


def test_every_operation_of_the_table_can_be_called_by_name() -> None:
    for name, row in OPS.items():
        if not row.arity or name in ("and", "or", "not", "power"):
            continue
        order = ["2"] if row.parameter else []
        tape = ew.parse(f"{name}({', '.join([*order, *row.args])})", inputs=row.args).tape
        assert tape.op(len(tape) - 1) is row


def test_every_alias_is_the_operation_it_names() -> None:
    for alias, name in ALIASES.items():
        row = OPS[name]
        arguments = ", ".join([*(["2"] if row.parameter else []), *row.args])
        tape = ew.parse(f"{alias}({arguments})", inputs=row.args).tape
        assert tape.op(len(tape) - 1) is row, alias


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        ("b if a else c", ("b", "a", "c")),
        ("s = q*p; r + s", ("q", "p", "r")),
        ("s = q*p; r", ("q", "p", "r")),
        ("c < b < a", ("c", "b", "a")),
        ("f*pi + e", ("f",)),
        ("ﬁ + θ", ("fi", "θ")),
        ("x = x + 1; x", ("x",)),
    ],
)
def test_inputs_stand_in_the_order_of_the_text(text: str, inputs: tuple[str, ...]) -> None:
    assert ew.parse(text).inputs == inputs


def test_declared_names_are_found_in_any_of_their_unicode_forms() -> None:
    assert ew.parse("ﬁ*𝐱", inputs=["𝐱", "ﬁ"]).inputs == ("𝐱", "ﬁ")
    assert ew.parse("ﬁ[0]", groups={"ﬁ": 1}).inputs == ("ﬁ[0]",)
    with pytest.raises(ew.EdgewiseError, match="declared twice"):
        ew.parse("x", inputs=["𝐱", "x"])


def test_declared_groups_stay_and_take_their_place() -> None:
    assert ew.parse("x", groups={"w": 2}).inputs == ("w[0]", "w[1]", "x")
    assert ew.parse("x*w[0]", inputs=["x", "w"], groups={"w": 2}).inputs == ("x", "w[0]", "w[1]")
    assert ew.parse("x*w[0]", inputs=["x"], groups={"w": 2}).inputs == ("x", "w[0]", "w[1]")


def test_several_outputs() -> None:
    assert ew.parse("x*y, x + y").evaluate(x=2, y=3).result == (6.0, 5.0)
    assert ew.parse("[x, x*y]").evaluate(x=2, y=3).result == [2.0, 6.0]
    assert ew.parse("(x,)").evaluate(x=2).result == (2.0,)


def test_assigned_names_label_their_nodes() -> None:
    assert ew.parse("a = x*y; b = a + 1\nb*a").tape.labels == {2: "a", 4: "b"}
    assert ew.parse("a = x; b = 3; a*b").tape.labels == {}
    assert ew.parse("a = x*2; a = a*3; a + 1").tape.labels == {4: "a"}
    assert ew.parse("x = x + 1; x*2").tape.labels == {}


def test_text_may_be_indented_as_it_stands_in_a_function() -> None:
    plain = ew.parse("s = x*y\ns + sin(s)")
    indented = ew.parse("""
        s = x*y
        s + sin(s)
    """)
    assert indented.to_json() == plain.to_json() == ew.parse("  s = x*y\n  s + sin(s)").to_json()


def test_each_side_of_a_chain_of_comparisons_is_written_once() -> None:
    assert operations("0 < exp(x) <= 2") == ["const", "exp", "const", "lt", "le", "and"]
    deep = "x"
    for _ in range(40):
        deep = f"0 < ({deep}) < 1"
    assert len(ew.parse(deep)) == 3 + 3 * 40
    assert ew.parse("1 < x < 3 < y != 5").evaluate(x=2, y=4).outputs == (1.0,)
    assert ew.parse("1 < x < 3 < y != 5").evaluate(x=2, y=5).outputs == (0.0,)


def test_floor_division_is_rounded_down() -> None:
    assert ew.parse("x // 2").evaluate(x=-3.0).outputs == (-2.0,)


def test_user_functions() -> None:
    cube = ew.op("cube", value="x**3", partials="3*x**2")
    assert ew.parse("cube(x) + f(2)", functions={"cube": cube.op, "f": cube}).evaluate(x=3.0).outputs == (35.0,)
    assert operations("ln(x)", functions={"ln": cube}) == ["cube"]
    with pytest.raises(OperationError, match=r"functions\['f'\] is a builtin_function_or_method"):
        ew.parse("f(x)", functions={"f": math.sin})
    with pytest.raises(OperationError, match="'add' is already an operation"):
        ew.parse("x + y", functions={"add": cube})
    with pytest.raises(OperationError, match="did you mean cube"):
        ew.parse("cubes(x)", functions={"cube": cube})


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("log(a, b, c)", ParseError, r"3 arguments .*; write log\(x\) or log\(x, base\)"),
        ("min()", ParseError, r"0 arguments .*; write min\(x, y\)"),
        ("hypot(x)", ParseError, r"1 argument .*; write hypot\(x, y\)"),
        ("polygamma(2)", ParseError, r"0 arguments .*; write polygamma\(n, x\)"),
        ("polygamma()", ParseError, r"write polygamma\(n, x\)"),
        ("polygamma(1.5, x)", ParseError, "whole number"),
        ("polygamma(-1, x)", ParseError, "whole number"),
        ("polygamma(True, x)", ParseError, "whole number"),
        ("const(1)", OperationError, "did you mean cos"),
        ("input(x)", OperationError, "no function 'input'"),
        ("sin(x=1)", ParseError, "no named arguments"),
        ("f(x)(y)", ParseError, r"products with \*: f\(x\)\*"),
        ("(a ^ b) + c", ParseError, r"powers as \*\*"),
        ("[x, [y]]", ParseError, "listed once, at the end"),
        ("a = (x, y); a", ParseError, "listed once, at the end"),
        ("w[x]", ParseError, r"whole numbers: w\[0\]"),
        ("w[True]", ParseError, r"whole numbers: w\[0\]"),
        ("a = b = x; a", ParseError, "not an assignment to one name"),
        ("a += 1; a", ParseError, r"write name = name \+ expression"),
        ("a, b = x, y; a", ParseError, "not an assignment to one name"),
        ("def f(x): return x", ParseError, "trace a function"),
        ("x if y", ParseError, "'if' without else"),
        ("x is y", ParseError, "write =="),
        ("(yield x)", ParseError, "a word of Python"),
        ("await x", ParseError, "a word of Python"),
        ("(x := 3)", ParseError, "on a line of its own"),
        ("b'a'", ParseError, "has no place here"),
        ("...", ParseError, "not a real number"),
        ("None", ParseError, "not a real number"),
        ("9" * 5000, ParseError, "beyond the largest double"),
        ("0x" + "f" * 5000, ParseError, "a number of 5002 characters"),
        ("f'" + "{x}" * 3 + "'", ParseError, "has no place here"),
    ],
)
def test_more_errors_say_what_to_do(text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        ew.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "-" * 5000 + "x",
        "(" * 5000 + "x" + ")" * 5000,
        "sin(" * 190 + "x" + ")" * 190,
        "x" + "**x" * 5000,
        "x" + " if x else x" * 5000,
        "not " * 5000 + "x",
        "(" + "+".join("x" * 900) + ") ^ 2",
        "(" + "+".join("x" * 900) + ").y",
        "(" + "+".join("x" * 900) + ")[0]",
        "x" + "[0]" * 900,
        "x" + ".y" * 900,
        "lambda: " * 500 + "x",
        "\n".join(f"a{k + 1} = a{k}*a{k}" for k in range(3000)) + "\na3000",
        "x < " * 5000 + "x",
        "x and " * 5000 + "x",
    ],
    ids=range(15),
)
def test_long_texts_are_read_or_refused(text: str) -> None:
    message = ""
    try:
        assert len(ew.parse(text)) > 0
    except ew.EdgewiseError as error:
        message = str(error)
    assert len(message) < 500


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"inputs": "xy"}, "list the names"),
        ({"inputs": ["x", "x"]}, "declared twice"),
        ({"inputs": ["x", 3]}, "cannot name an input"),
        ({"inputs": []}, "declared inputs are none"),
        ({"groups": {"w": -1}}, "shape -1"),
        ({"groups": {"w": "a"}}, "shape 'a'"),
        ({"groups": {"x": 2}}, "'x' is a group"),
    ],
)
def test_declarations_that_do_not_fit_are_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(ew.EdgewiseError, match=message):
        ew.parse("x", **options)


@pytest.mark.parametrize("text", ["x = 2*y; x", "w = 2*y; w"])
def test_declared_inputs_are_not_assigned(text: str) -> None:
    with pytest.raises(ParseError, match="declared as an input and assigned"):
        ew.parse(text, inputs=["x", "y"], groups={"w": 2})


@pytest.mark.parametrize("index", ["[3]", "[-4]", "[0, 0]"])
def test_entries_outside_their_group_are_refused(index: str) -> None:
    with pytest.raises(ParseError, match=r"outside the group 'w' of shape \(3,\)"):
        ew.parse("w" + index, groups={"w": 3})


@pytest.mark.parametrize("text", [None, b"x", 3])
def test_only_text_is_parsed(text: object) -> None:
    with pytest.raises(ParseError, match="a formula is text"):
        ew.parse(text)


WORDS = [
    "x",
    "y",
    "w",
    "pi",
    "sin",
    "min",
    "log",
    "polygamma",
    "where",
    "lambda",
    "if",
    "else",
    "for",
    "in",
    "not",
    "and",
    "or",
    "1",
    "0",
    "2.5",
    "1e999",
    "1j",
    "0x_",
    "'",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ";",
    "=",
    "==",
    "<",
    "+",
    "-",
    "*",
    "**",
    "/",
    "//",
    "%",
    "^",
    "~",
    "@",
    ".",
    "...",
    "_",
    "ﬁ",
    "\\",
    "#",
] + ["\n", "\t"]


@given(st.lists(st.sampled_from(WORDS), max_size=15), st.sampled_from(["", " "]))
@settings(deadline=None, max_examples=300)
def test_only_our_errors_escape_from_words(words: list[str], between: str) -> None:
    with contextlib.suppress(ew.EdgewiseError):
        assert len(ew.parse(between.join(words), groups={"w": 2}).tape.check()) > 1


@given(st.text(max_size=30))
@settings(deadline=None, max_examples=200)
def test_only_our_errors_escape_from_any_text(text: str) -> None:
    with contextlib.suppress(ew.EdgewiseError):
        ew.parse(text).tape.check()


@pytest.mark.parametrize("text", ["sum(x)", "norm(x)**2", "x*det(y)"])
def test_a_function_of_tensors_asks_for_shapes(text: str) -> None:
    with pytest.raises(OperationError, match=r'is for tensors: declare their shapes, shapes="X: n,d; w: d"'):
        ew.parse(text)
