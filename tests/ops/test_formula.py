"""The formula language of the rows: what it reads, what it refuses, what it folds, and the templates it makes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.errors import EdgewiseError, OperationError, ParseError
from edgewise.ops import CODE, OPS, PI, TABLE, E, Op, Ref, fold_exact, number_key, template_of, tidy_number
from edgewise.ops.formula import parse_expression, parse_statements, shorten, walk
from written_formulas import Written

READ = [
    ("a + b*c", "add(a, mul(b, c))"),
    ("a - b - c", "sub(sub(a, b), c)"),
    ("a/b/c", "div(div(a, b), c)"),
    ("a**b**c", "pow(a, pow(b, c))"),
    ("-a**2", "neg(pow(a, 2))"),
    ("(-a)**2", "pow(neg(a), 2)"),
    ("2**-a", "pow(2, neg(a))"),
    ("+a", "a"),
    ("-a*b", "mul(neg(a), b)"),
    ("a // b", "round(div(sub(a, mod(a, b)), b))"),
    ("a // 2", "floor(div(a, 2))"),
    ("a % b", "mod(a, b)"),
    ("a < b", "lt(a, b)"),
    ("a < b <= c", "and(lt(a, b), le(b, c))"),
    ("a < b <= c != d", "and(and(lt(a, b), le(b, c)), ne(c, d))"),
    ("a and b or not c", "or(and(a, b), not(c))"),
    ("a and b and c", "and(and(a, b), c)"),
    ("a & b | ~c", "or(and(a, b), not(c))"),
    ("a if c else b", "where(c, a, b)"),
    ("a if c else b if d else e", "where(c, a, where(d, b, e))"),
    ("f(a, g(b), 2)", "f(a, g(b), 2)"),
    ("f()", "f()"),
    ("w[3] + X[1, -2]", "add(w[3], X[1, -2])"),
    ("1.5e3 + 0x10", "add(1500.0, 16)"),
    ("  a\n", "a"),
]


@pytest.mark.parametrize(("text", "understood"), READ)
def test_what_is_read(text: str, understood: str) -> None:
    assert walk(parse_expression(text), Written()) == understood


REFUSED = [
    ("", "is not one expression"),
    ("x +", "missing before the end"),
    ("x y", r"write x\*y"),
    ("x = 1", "is not one expression"),
    ("x ^ 2", r"write powers as \*\*"),
    ("x; y", "is not one expression"),
    ("lambda: x", "call the quantity lam"),
    ("[x, y]", "listed once, at the end"),
    ("{x}", "round brackets"),
    ("x.real", "no attribute real"),
    ("x.__class__()", "no method '__class__'"),
    ("(lambda: x)()", "call the quantity lam"),
    ("f(x)(y)", "called like a function"),
    ("f(*x)", "starred"),
    ("f(x=1)", "no named arguments"),
    ("w[i]", "no entry of a declared group"),
    ("w[1.5]", "no entry of a declared group"),
    ("w[1:2]", "range of entries"),
    ("w[True]", "no entry of a declared group"),
    ("f(x)[0]", "no entry of a declared group"),
    ("'text'", "not a real number"),
    ("1j", "not a real number"),
    ("None", "not a real number"),
    ("...", "not a real number"),
    ("x is y", "write =="),
    ("x in y", "write comparisons with =="),
    ("x @ y", "matrix product @ of numbers"),
    ("x << 2", "multiply by a power of 2"),
    ("(y := x)", "name = expression"),
    ("[x for x in y]", "write the terms out"),
    ("f'{x}'", "text, which has no place"),
    ("await x", "a word of Python"),
    ("\0", r"U\+0000"),
    ("0x" + "f" * 300, "beyond the largest double"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=lambda t: repr(t)[:20])
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(ParseError, match=message):
        walk(parse_expression(text), Written())


def test_errors_name_the_place() -> None:
    with pytest.raises(ParseError, match=r"before '\*' \(character 4 of partial 0 of f '1 \+\* x'\)"):
        parse_expression("1 +* x", "partial 0 of f")


def test_depth_costs_no_recursion_of_ours() -> None:
    wide = walk(parse_expression(" + ".join(["x"] * 900)), Written())
    assert wide.count("add(") == 899
    assert walk(parse_expression("(" * 50_000 + "x" + ")" * 50_000), Written()) == "x"


def test_statements() -> None:
    steps, last = parse_statements("s = x*y\nt = s + 1; s*t")
    assert [name for name, _ in steps] == ["s", "t"]
    assert walk(last, Written()) == "mul(s, t)"
    for text in ("a, b = x; a", "a.b = x; x", "a = b = x; a", "import os; x", "a += 1; a", "for i in x: pass"):
        with pytest.raises(ParseError):
            parse_statements(text)
    for text in ("", "a = x"):
        with pytest.raises(ParseError, match="no result"):
            parse_statements(text)


def test_shortened_texts_keep_to_the_limit() -> None:
    assert shorten("abc", 3) == "abc"
    assert shorten("abcd", 3) == "ab…"


# --- exact folding --------------------------------------------------------------------------------------------------

exact_numbers = st.one_of(
    st.integers(-20, 20),
    st.fractions(min_value=-5, max_value=5, max_denominator=12).filter(lambda q: q.denominator > 1),
)


@given(st.sampled_from(["add", "sub", "mul", "div"]), exact_numbers, exact_numbers)
@settings(deadline=None, max_examples=200)
def test_folding_is_the_arithmetic_of_fractions(op: str, a: Any, b: Any) -> None:
    folded = fold_exact(op, [a, b])
    if op == "div" and b == 0:
        assert folded is None
        return
    p, q = Fraction(a), Fraction(b)
    assert folded == {"add": p + q, "sub": p - q, "mul": p * q, "div": p / q if q else None}[op]
    assert type(folded) is (int if Fraction(folded).denominator == 1 else Fraction)


@pytest.mark.parametrize(
    ("op", "values", "result"),
    [
        ("neg", [Fraction(1, 2)], Fraction(-1, 2)),
        ("pow", [2, 10], 1024),
        ("pow", [Fraction(2, 3), -2], Fraction(9, 4)),
        ("pow", [-1, 63], -1),
        ("pow", [2, 65], None),  # left to floating point
        ("pow", [10, 10**10], None),
        ("pow", [0, 0], None),
        ("pow", [0, -1], None),
        ("pow", [2, Fraction(1, 2)], None),
        ("add", [1, 0.5], None),
        ("add", [True, 1], None),
        ("add", [1, PI], None),
        ("mul", [0, 0.5], None),
        ("sin", [0], None),
    ],
)
def test_folding_at_its_limits(op: str, values: list[Any], result: Any) -> None:
    folded = fold_exact(op, values)
    assert folded == result
    assert type(folded) is type(result)


def test_identity_of_numbers() -> None:
    values = [1, 1.0, True, 0.0, -0.0, 0, False, Fraction(1, 2), 0.5, PI, E, 3.141592653589793]
    assert len({number_key(value) for value in values}) == len(values)
    assert tidy_number(Fraction(4, 2)) == 2
    assert type(tidy_number(Fraction(4, 2))) is int
    assert tidy_number(0.5) == 0.5


# --- templates ------------------------------------------------------------------------------------------------------


def row(partial: str, **facts: Any) -> Op:
    return Op("probe", ("x", "y"), np.add, (partial, None), "a probe", custom=True, **facts)


FOLDS = [
    ("1", ()),
    ("y", ()),
    ("1*y", ()),
    ("y*1", ()),
    ("y/1", ()),
    ("y**1", ()),
    ("y**0", ()),
    ("1 + 2*3", ()),
    ("pi", ()),
    ("0 - y", ("neg",)),
    ("-1*y", ("neg",)),
    ("y*-1", ("neg",)),
    ("out*out", ("mul",)),
    ("y**2", ("power",)),
    ("y**x", ("pow",)),
    ("sin(x)*sin(x)", ("sin", "mul")),  # written twice, computed once
    ("0*sin(x) + y", ("add",)),  # the sine is not left behind
    ("x < y < out", ("lt", "lt", "and")),
    ("y if x > 0 else out", ("gt", "where")),
    ("polygamma(2, x)", ("polygamma",)),
]


@pytest.mark.parametrize(("partial", "names"), FOLDS)
def test_templates_fold_units_and_share(partial: str, names: tuple[str, ...]) -> None:
    template = template_of(row(partial), 0)
    assert template is not None
    assert tuple(node[0].name for node in template.nodes) == names


@pytest.mark.parametrize("partial", ["0", "0*y", "y*0", "1 - 1", "0*sin(x)", "2*0"])
def test_a_partial_that_folds_to_zero_is_no_edge(partial: str) -> None:
    assert template_of(row(partial), 0) is None


def test_zero_and_one_in_floating_point_are_not_folded_away() -> None:
    # 0.0*y is NaN where y is: only the exact 0 is structural.
    for partial in ("0.0*y", "1.0*y"):
        assert [node[0].name for node in template_of(row(partial), 0).nodes] == ["mul"]


def test_references() -> None:
    template = template_of(row("out/y"), 0)
    assert template.nodes[0][1] == (Ref("out"), Ref("arg", 1))
    assert template.result == Ref("node", 0)
    assert template_of(row("y"), 0).result == Ref("arg", 1)
    assert template_of(row("pi"), 0).result == Ref("const", PI)
    assert template_of(row("x"), 1) is None


@pytest.mark.parametrize(
    ("partial", "message"),
    [
        ("z", "unknown name 'z'"),
        ("sinn(x)", "unknown operation 'sinn'"),
        ("sin(x, y)", "with 2 arguments; it takes 1"),
        ("atan2(x)", "with 1 arguments; it takes 2"),
        ("polygamma(x, y)", "must be a constant"),
        ("x[0]", "entry of 'x'"),
        ("x +", "missing before the end"),
    ],
)
def test_wrong_partials_are_refused(partial: str, message: str) -> None:
    with pytest.raises(EdgewiseError, match=message):
        template_of(row(partial), 0)


def test_a_row_may_name_itself_in_its_partial() -> None:
    assert [n[0].name for n in template_of(row("probe(x, y)"), 0).nodes] == ["probe"]


def test_a_partial_may_be_a_template_or_be_made_when_needed() -> None:
    made = template_of(OPS["tanh"], 0)
    calls = []

    def later() -> Any:
        calls.append(1)
        return made

    op = Op("late", ("x",), np.tanh, (later,), "a probe", custom=True)
    assert calls == []
    assert template_of(op, 0) is template_of(op, 0) is made
    assert calls == [1]


def test_parameters_are_told_apart_by_type() -> None:
    power = OPS["power"]
    whole, real = template_of(power, 0, 2), template_of(power, 0, 2.0)
    assert whole.nodes[0][0].name == "mul"
    assert [number_key(ref.value) for node in real.nodes for ref in node[1] if ref.kind == "const"] != [
        number_key(ref.value) for node in whole.nodes for ref in node[1] if ref.kind == "const"
    ]
    assert template_of(power, 0, 0) is None
    assert template_of(power, 0, 1).result == Ref("const", 1)
    assert template_of(power, 0, Fraction(1, 3)).nodes[0][2] == Fraction(-2, 3)


def test_parameters_without_end_do_not_fill_the_cache() -> None:
    import dataclasses

    power = dataclasses.replace(OPS["power"], cache={})
    for exponent in range(2, 2500):
        template_of(power, 0, exponent)
    assert len(power.cache) <= 1001


def test_every_row_of_the_table_has_its_templates() -> None:
    for op in TABLE:
        for k, partial in enumerate(op.partials):
            template = template_of(op, k, 2 if op.parameter else None)
            assert (template is None) == (partial is None), op.name
            for t, (inner, refs, parameter) in enumerate(template.nodes if template else ()):
                assert len(refs) == inner.arity
                assert (parameter is not None) == bool(inner.parameter)
                assert all(ref.value < t for ref in refs if ref.kind == "node")
                assert all(ref.value < op.arity for ref in refs if ref.kind == "arg")
                assert inner.name in CODE


def test_a_row_with_a_missing_partial_is_refused() -> None:
    with pytest.raises(OperationError, match="2 arguments and 1 partials"):
        Op("two", ("x", "y"), np.add, ("1",), "a probe")
