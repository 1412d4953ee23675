"""Elementwise formulas, written once with numbers and once with arrays: value and slopes simplify to the same form."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from edgewise.api.graph import Graph
from edgewise.graph import Tape
from edgewise.ops import Op
from edgewise.ops.dims import dimension
from edgewise.simplify import RULES, Rule
from edgewise.simplify.scalars.working_graph import WorkingGraph
from peers import where_loops_are_compiled
from rule_graphs import written

pytestmark = where_loops_are_compiled


@pytest.fixture(autouse=True)
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Products of scalars are planned anew as well, which is no rule."""
    monkeypatch.setattr(WorkingGraph, "plan_anew", lambda *_, **__: False)


ARRAYS = dict.fromkeys("vwxyz", (dimension("n"),))

Form = tuple[Any, tuple[tuple[Any, int], ...]]
"""A number, and factors with how often each stands there; a divisor is ("over", factor). Nothing is cancelled."""


def form(tape: Tape, root: int) -> Form:
    """What a node is, whichever way round it is written.

    Sums and products are taken apart, numbers and signs come to the front, also out of a selection whose other branch
    is 0, and exp(-x) is 1/exp(x).
    """

    @cache
    def of(i: int) -> Form:
        name, args, attr = tape.op(i).name, tape.arguments(i), tape.attrs.get(i)
        if name == "const" and type(attr) in (int, float, Fraction):
            return attr, ()
        if not args:
            return 1, ((f"{name} {attr}", 1),)
        first = of(args[0])
        if name == "contract" and len(args) == 1:  # repeated
            return first
        if name == "neg":
            return -first[0], first[1]
        if name in ("mul", "div"):
            return times([first, of(args[1]) if name == "mul" else over(of(args[1]))])
        if name == "power" and attr in range(-6, 7):
            return times([first if attr > 0 else over(first)] * abs(int(attr)))
        if name in ("add", "sub"):
            return added(i)
        if name == "where":
            return selected(*map(of, args))
        if name == "exp" and first[0] < 0:
            return 1, ((("over", ("exp", (-first[0], first[1]))), 1),)
        row = tape.op(i)
        given = [of(j) for j in args]
        ordered = sorted(given, key=repr) if isinstance(row, Op) and row.commutative else given
        return 1, (((name, *([] if attr is None else [str(attr)]), *ordered), 1),)

    def added(root: int) -> Form:
        terms: dict[Any, Any] = {}
        todo = [(1, root)]
        while todo:
            sign, i = todo.pop()
            name, args = tape.op(i).name, tape.arguments(i)
            if name in ("add", "sub"):
                todo += [(sign, args[0]), (sign if name == "add" else -sign, args[1])]
            else:
                number, factors = of(i)
                terms[factors] = terms.get(factors, 0) + sign * number
        listed = sorted(((factors, number) for factors, number in terms.items() if number), key=repr)
        if len(listed) == 1:
            return listed[0][::-1]
        sign = -1 if listed and listed[0][1] < 0 else 1
        return sign, ((("sum", *((factors, sign * number) for factors, number in listed)), 1),)

    def selected(condition: Form, one: Form, other: Form) -> Form:
        number = other[0] if one[0] == 0 else one[0] if other[0] == 0 else 1
        branches = [(value / number if type(value) is float else Fraction(value) / Fraction(number), factors)
                    for value, factors in (one, other)] if number else [one, other]  # fmt: skip
        return number, ((("where", condition, *branches), 1),)

    return of(root)


def over(one: Form) -> Form:
    number, factors = one
    turned = tuple((key[1] if key[0] == "over" else ("over", key), count) for key, count in factors)
    return (Fraction(1) / Fraction(number) if type(number) is not float else 1 / number) if number else "1/0", turned


def times(forms: Iterable[Form]) -> Form:
    number: Any = 1
    counts: dict[Any, int] = {}
    for one, factors in forms:
        number = number * one
        for key, count in factors:
            counts[key] = counts.get(key, 0) + count
    return number, tuple(sorted(counts.items(), key=repr))


def forms(rule: Rule, text: str, level: str) -> tuple[list[Form], list[Form]]:
    """Value and slopes of numbers, and of arrays, where the slopes are those of the sum."""
    found = []
    for tapes in ([written(rule, text, {})] * 2, [written(rule, text, ARRAYS, summed=k) for k in (False, True)]):
        simplified = Graph(tapes[0]).simplify(level).tape
        listed = [form(simplified, node) for node in simplified.outputs]
        if not simplified.op(simplified.outputs[0]).boolean:
            gradient = Graph(tapes[1]).gradient().simplify(level)
            slopes = [node for returned in gradient.returns()[1:] for node in returned.nodes]
            listed += [form(gradient.tape, node) for node in slopes]
        found.append(listed)
    return found[0], found[1]


FORMULAS = """
x*sigmoid(1.702*x); x*sigmoid(x); x*tanh(softplus(x)); 1/exp(x); exp(x)/exp(y); exp(2*x)/exp(x); exp(3*x)/exp(x)
log(exp(x)); log(exp(x) + exp(y)); log(exp(x) + exp(y))*z; 2**x; 3**x; 2**(x*y); x**y; x*exp(-x); exp(x)*exp(y)
exp(x)*exp(-x); log(1 + x*x); sqrt(1 + x*x); tanh(x)**2; log(cosh(x)); exp(-x*x/2); 1/(1 + x*x); x/(1 + abs(x))
log(x) - log(y); sqrt(x)*sqrt(y); x**2*x**3; 1/x**2; x**(1/2)*x; exp(x)**2; exp(x)**-1; log(x*y); log(x)*x; x*log(y)
0.5*x*(1 + erf(x/sqrt(2))); max(x, 0); where(x > 0, x, exp(x) - 1); max(0, 1 - x*y); abs(x - y); (x - y)**2
y*log(x) + (1 - y)*log(1 - x); softplus(x) - y*x; exp(x) - y*x; exp(2*x); exp(x)*x; exp(x - y); x/exp(x); tan(x)
1/cosh(x); atan(x); hypot(x, y); atan2(x, y); cbrt(x); erf(x); lgamma(x); log1p(x); expm1(x); sin(x*y); 1/sqrt(x)
cos(x)**2 - sin(x)**2; log(x + sqrt(x*x + 1)); exp(log(x)*y); x*x*x; (x + 1)*(x - 1); x*(y + z); (x + y)**3
sinh(x)/cosh(x); cosh(x)/cosh(y)*cosh(x); erfc(x)/erfc(x)*y; x*y/softplus(x)*softplus(x); log(sigmoid(x))
"""

# What differs, and why.
APART = {
    # A divisor of all terms is taken out of arrays, where that is half of the work; of numbers it might overflow.
    "x**c*x**d", "x**c/x",
    # Selections known two levels up: numbers are looked at as a whole, arrays by the rules.
    "where(x, where(x, y, z)/w, v)", "where(x, v, where(x, y, z)/w)",
    # Two quotients by what both read: neither alone is shorter as sigmoid(-x).
    "exp(x)/(1 + exp(x))", "1/(1 + exp(x))", "x/(1 + exp(y))", "(y/expm1(x))*exp(x)",
    # Slopes of what is no longer written so: x/x/x and sqrt(x)/sqrt(x) may be 0/0.
    "log(x) + x/x", "log(x/y) + (x/(x/y))/y", "x*(c/sqrt(x))", "softplus(-log(x)) - x/x",
    # A number or a divisor of all terms of a slope is taken out of arrays; of numbers it stays where it is read again.
    "(c/x)/x - (c/(1 + x))/(1 + x)", "(c/(1 + x))/(1 + x) - (c/x)/x", "1/(x + y) - ((x - y)/(x + y))/(x + y)",
    "(c/x + c/y)*((d/(x + y))/(x + y))", "1/sqrt(x) - 1/sqrt(x + c)", "1/sqrt(x + c) - 1/sqrt(x)",
}  # fmt: skip


@pytest.mark.parametrize("rule", [pytest.param(rule, id=f"{k}: {rule.pattern}") for k, rule in enumerate(RULES)])
def test_rules(rule: Rule) -> None:
    numbers, arrays = forms(rule, rule.pattern, max(rule.tier, "real", key=("exact", "real", "domain").index))
    assert (numbers == arrays) != (rule.pattern in APART), (numbers, arrays)


@pytest.mark.parametrize("text", [text.strip() for text in FORMULAS.replace("\n", ";").split(";") if text.strip()])
def test_formulas(text: str) -> None:
    numbers, arrays = forms(Rule(text, "real", text, text), text, "real")
    assert numbers == arrays
