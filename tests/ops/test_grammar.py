"""The grammar against Python's own parser, the messages of what it refuses, and lengths and depths without end."""

from __future__ import annotations

import ast
import contextlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.errors import ParseError
from edgewise.ops import grammar
from edgewise.ops.formula import parse_expression, walk
from edgewise.ops.grammar import read_statements
from written_formulas import Written

BINARY = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.Pow: "pow", ast.Mod: "mod", ast.BitAnd: "and",
    ast.BitOr: "or", ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge", ast.Eq: "eq", ast.NotEq: "ne",
    ast.And: "and", ast.Or: "or", ast.USub: "neg", ast.Not: "not", ast.Invert: "not",
}  # fmt: skip


def pythons(node: ast.expr) -> str:
    """The same from Python's syntax tree."""
    match node:
        case ast.Constant(value=value):
            return repr(value)
        case ast.Name(id=name):
            return name
        case ast.UnaryOp(op=ast.UAdd(), operand=x):
            return pythons(x)
        case ast.UnaryOp(op=ast.USub(), operand=x) if (inner := pythons(x)).lstrip("-")[0].isdigit():
            return repr(-ast.literal_eval(inner))
        case ast.UnaryOp(op=op, operand=x):
            return f"{BINARY[type(op)]}({pythons(x)})"
        case ast.BinOp(left=x, op=ast.FloorDiv(), right=y):
            a, b = pythons(x), pythons(y)
            if isinstance(y, ast.UnaryOp | ast.Constant) and b in ("2", "-2", "0.5"):  # division by these is exact
                return f"floor(div({a}, {b}))"
            return f"round(div(sub({a}, mod({a}, {b})), {b}))"
        case ast.BinOp(left=x, op=op, right=y):
            return f"{BINARY[type(op)]}({pythons(x)}, {pythons(y)})"
        case ast.BoolOp(op=op, values=[first, *rest]):
            text = pythons(first)
            for value in rest:
                text = f"{BINARY[type(op)]}({text}, {pythons(value)})"
            return text
        case ast.Compare(left=left, ops=ops, comparators=others):
            sides = [pythons(side) for side in (left, *others)]
            text = f"{BINARY[type(ops[0])]}({sides[0]}, {sides[1]})"
            for k, op in enumerate(ops[1:], start=1):
                text = f"and({text}, {BINARY[type(op)]}({sides[k]}, {sides[k + 1]}))"
            return text
        case ast.IfExp(test=c, body=x, orelse=y):
            return f"where({pythons(c)}, {pythons(x)}, {pythons(y)})"
        case ast.Call(func=ast.Name(id=name), args=args):
            return f"{name}({', '.join(map(pythons, args))})"
    raise ValueError(ast.dump(node))


SIGNS = ["+", "-", "*", "/", "//", "%", "**", " and ", " or ", "<", "<=", ">", ">=", "==", "!="]


@st.composite
def expressions(draw: st.DrawFn) -> str:
    """Texts of operators and operands in any order of strength, with and without brackets."""
    text = draw(st.sampled_from(["x", "y", "2", "0.5"]))
    for _ in range(draw(st.integers(1, 8))):
        kind = draw(st.integers(0, 9))
        other = draw(st.sampled_from(["x", "y", "3", "1e3", "-x", "+y", "(x + y)", "f(x, y)", "-2", "(-x)", "-x**2"]))
        if kind < 6:
            text = f"{text}{draw(st.sampled_from(SIGNS))}{other}"
        elif kind == 6:
            text = f"({text})"
        elif kind == 7:
            text = f"{other} if {text} else y"
        elif kind == 8:
            text = f"not {text}"
        else:
            text = f"-{text}"
    return text


@given(expressions())
@settings(deadline=None, max_examples=400)
def test_operators_bind_as_in_python(text: str) -> None:
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError:
        return
    # A sign before a bracketed number is an operation here, and Python does not keep the brackets.
    ours = walk(parse_expression(text), Written())
    folded = re.compile(r"neg\((-?)(\d[\d.]*)\)")
    while folded.search(ours):
        ours = folded.sub(lambda match: ("" if match[1] else "-") + match[2], ours)
    assert ours == pythons(tree)


def test_bits_bind_more_strongly_than_comparisons_and_that_is_said() -> None:
    assert walk(parse_expression("(x > 0) & (y > 0) | ~z"), Written()) == "or(and(gt(x, 0), gt(y, 0)), not(z))"
    for text in ("x > 0 & y > 0", "x & y > 0", "0 < x | y", "x | 1 == y"):
        with pytest.raises(ParseError, match=r"write \(a < b\) & \(c < d\)"):
            parse_expression(text)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("x² + 2·y − z÷3", "sub(add(pow(x, 2), mul(2, y)), div(z, 3))"),
        ("a×b", "mul(a, b)"),
        ("x⁻¹²", "pow(x, -12)"),
        ("-x²", "neg(pow(x, 2))"),
        ("a**x²", "pow(a, pow(x, 2))"),
        ("x ≤ 1", "le(x, 1)"),
        ("1 ≠ x ≥ 0", "and(ne(1, x), ge(x, 0))"),
        ("-1", "-1"),
        ("-(1)", "neg(1)"),
        ("--1", "1"),
        ("2**-1", "pow(2, -1)"),
        ("-2**2", "neg(pow(2, 2))"),
        ("1_000 + 0x10 + 0b11 + 0o7", "add(add(add(1000, 16), 3), 7)"),
        (".5 + 1. + 1e-3", "add(add(0.5, 1.0), 0.001)"),
        ("(x +\n y)*\\\n2 # all of it", "mul(add(x, y), 2)"),
    ],
)
def test_what_is_read_beside_pythons(text: str, means: str) -> None:
    assert walk(parse_expression(text), Written()) == means


MESSAGES = [
    ("x^2", "character 2 of 'x^2'", r"write powers as \*\*"),
    ("2x", "character 2", r"write 2\*x"),
    ("2(x + 1)", "character 2", r"write products with \*: 2\*"),
    ("(x)(y)", "character 4", r"write products with \*: \(x\)\*"),
    ("x y", "character 3", r"write x\*y, or x\(y\) for a function"),
    ("sin x", "character 5", r"or sin\(x\) for a function"),
    ("|x|", "character 1", r"write abs\(x\)"),
    ("x!", "character 2", r"gamma\(x \+ 1\)"),
    ("√x", "character 1", r"write sqrt\(x\)"),
    ("x && y", "character 3", "write and"),
    ("x || y", "character 3", "write or"),
    ("x <> y", "character 3", "write !="),
    ("x =< y", "character 3", "write <="),
    ("x => y", "character 3", "write >="),
    ("x ? 1 : 2", "character 3", "write a if condition else b"),
    ("{x}", "character 1", "round brackets"),
    ("[x, y", "character 1", r"close it with \]"),
    ("f(x", "character 2", r"close it with \)"),
    ("x)", "character 2", "closes nothing"),
    ("(x]", "character 3", r"'\(' is open"),
    ("x +", "character 4", "missing before the end"),
    ("* x", "character 1", "missing before '\\*'"),
    ("x + / y", "character 5", "missing before '/'"),
    ("x,, y", "character 3", "missing before ','"),
    ("x if y", "character 7", "write a if condition else b"),
    ("x else y", "character 3", "'else' without if"),
    ("x == not y", "character 6", r"write \(not x\)"),
    ("1e400", "character 1", "beyond the largest double"),
    ("9" * 400, "character 1", "beyond the largest double"),
    ("007", "character 1", "write 7"),
    ("1__0", "character 1", "is not a number"),
    ("1j*x", "character 1", "not a real number"),
    ("x.5", "character 2", "no operator stands between"),
    ("lambda*2", "character 1", "call the quantity lam"),
    ("x for y", "character 3", "write the terms out"),
    ("x\0", "character 2", r"U\+0000"),
    ("x\u200f", "character 2", "RIGHT-TO-LEFT MARK"),
    ("x\u200by", "character 2", "ZERO WIDTH SPACE"),
    ("x\ud800", "character 2", r"U\+D800"),
    ("x＋y", "character 2", r"write \+"),
    ("½*x", "character 1", "is not a name"),
    ("'a", "character 1", "close the quotation"),
    ("f'{x}'", "character 2", "no place here"),
    ("x[1:2:3:4]", "character 8", "three parts"),
    ("f(a=1, x)", "character 9", "write name=value last"),
    ("f(*x)", "character 3", "starred argument"),
    ("x:y", "character 2", r"x\[1:3\]"),
    ("a = 1\nb = = 2\nb", r"line 2, character 5", "."),
    ("a = 1 +\n2\na", "line 1, character 8", "several lines in parentheses"),
    ("a = x\n  + y", "line 2, character 3", "several lines in parentheses"),
    ("a = x\n + y\na", "line 2", "several lines in parentheses"),
    ("a = x\n   b = y\nc", "line 3|line 2", "several lines in parentheses"),
    ("x + 1 = 2", "character 7", "comparisons with =="),
    ("f(x + 1 = 2)", "character 9", "write == to compare"),
    ("a += 1; a", "character 3", r"name = name \+ expression"),
]


@pytest.mark.parametrize(("text", "place", "hint"), MESSAGES, ids=[repr(row[0])[:30] for row in MESSAGES])
def test_messages_have_a_place_and_a_remedy_in_one_line(text: str, place: str, hint: str) -> None:
    with pytest.raises(ParseError, match=hint) as caught:
        read_statements(text)
    message = str(caught.value)
    assert any(part in caught.value.line for part in place.split("|")), caught.value.line
    assert "\n" not in message and len(message) < 500
    assert not any(word in message for word in ("BinOp", "ast.", "Expr", "SyntaxError"))


@pytest.mark.parametrize("length", [20_000])
@pytest.mark.parametrize(
    ("head", "part", "tail", "instructions"),
    [
        ("x", " + x", "", 2), ("x", "*x", "", 2), ("x", "**x", "", 2), ("", "(", "x", 0), ("", "sin(", "x", 1),
        ("", "-", "x", 1), ("x", " if x else x", "", 3), ("x", " < x", "", 1), ("x", " and x", "", 2),
        ("[x", ", x", "]", 1), ("f(x", ", x", ")", 1), ("x", "[0]", "", 2), ("x", ".y", "", 1), ("x", "²*x", "", 4),
        ("", "a = a*x\n", "a", 3), ("", "a = a*x;", "a", 3), ("", "(x, ", "x", 2), ("", "not ", "x", 1),
    ],
)  # fmt: skip
def test_length_and_depth_are_free(length: int, head: str, part: str, tail: str, instructions: int) -> None:
    closing = ")" * (part.count("(") * length)
    statements = read_statements(head + part * length + tail + closing)
    written = len(statements[0].expression.code.kinds)
    assert abs(written - instructions * length) <= max(length * 0.01, 3)


def test_a_text_of_too_many_symbols_is_refused_when_so_many_were_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grammar, "SYMBOLS", 1000)
    assert len(read_statements("+".join(["x"] * 500))) == 1
    with pytest.raises(ParseError, match=r"more than 1000 symbols .*; hand over long data as arrays"):
        read_statements("x+" * 1_000_000)


def test_nothing_of_a_text_of_too_many_symbols_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    monkeypatch.setattr(grammar, "SYMBOLS", 1000)
    monkeypatch.setattr(grammar._Reader, "take", lambda self, *given: read.append(given))
    with pytest.raises(ParseError, match=r"more than 1000 symbols \(character 1001 "):
        read_statements("(" * 5000)
    assert read == []


@pytest.mark.parametrize(
    "text", [" " * 10**7, "a" * 10**7, "1" * 10**7, "'" + "a" * 10**7, "\\\n" * 10**6, "x y" * 10**6]
)
def test_long_symbols_cost_no_more_than_their_length(text: str) -> None:
    with contextlib.suppress(ParseError):
        assert len(read_statements(text)) <= 1
