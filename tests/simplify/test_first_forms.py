"""The look for what is rewritten before it is differentiated misses no graph of which rules do."""

from __future__ import annotations

import random
import re

import pytest

import edgewise as ew
from edgewise.simplify import doors, pipeline
from edgewise.simplify.rules import RULES

OPERATIONS = (
    "log", "exp", "expm1", "sqrt", "sigmoid", "tanh", "sin", "cos", "abs", "gamma", "add", "sub", "mul", "div", "neg",
    "square", "number",
)  # fmt: skip


def drawn(draw: random.Random, depth: int) -> str:
    """A formula of a few operations, many of them among those of the rules."""
    if depth == 0:
        return draw.choice(("x", "y", "x", "2", "1", "1/2"))
    op, one, other = draw.choice(OPERATIONS), drawn(draw, depth - 1), drawn(draw, draw.randrange(depth))
    if op in ("add", "sub", "mul", "div"):
        sign = {"add": "+", "sub": "-", "mul": "*", "div": "/"}[op]
        return draw.choice((f"({one}) {sign} ({other})", f"({other}) {sign} ({one})"))
    return {"neg": f"-({one})", "square": f"({one})**2", "number": f"({one}) + 1"}.get(op, f"{op}({one})")


def is_looked_at(text: str) -> bool:
    """Whether the graph is, after it is checked that it had to be where a rule fires."""
    graph = ew.parse(text)
    fired = pipeline.simplify(graph.tape, graph.outputs, doors.NOTHING, "real")[2].rules
    found = doors.comes_first(graph.tape, "real") is not None
    assert found or doors.FIRST.isdisjoint(fired), f"{text}: {fired}"
    return found


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.first], ids=lambda rule: rule.pattern)
@pytest.mark.parametrize("form", ["{}", "2 + ({})", "sin(y + 3*({}))", "({})*y"])
def test_what_every_rule_names_is_found(rule: object, form: str) -> None:
    pattern = re.sub(r"\b[cp]\b", "3", rule.pattern)  # type: ignore[attr-defined]
    if "entries" not in pattern:
        is_looked_at(form.format(re.sub(r"\b[v-z]\b", lambda name: f"({name[0]}**2 + 1/3)", pattern)))


def test_random_formulas() -> None:
    draw = random.Random(1)
    assert sum([is_looked_at(drawn(draw, 5)) for _ in range(1500)]) > 20


@pytest.mark.parametrize("text", ["n/(exp(m*B/T) + exp(-m*B/T))", "log(1 - exp(-2*x)) + y", "exp(y*x) - exp(-y*x)"])
def test_signs_may_be_hidden(text: str) -> None:
    assert is_looked_at(text)


@pytest.mark.parametrize("text", ["log(S/K)/(v*sqrt(T))", "1/sqrt(x**2 + y**2) - m/sqrt(x + y)", "x/(y - sqrt(x)*z)"])
def test_others_are_not_simplified_for_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = ew.parse(text)
    monkeypatch.setattr(pipeline, "simplify", lambda *_: pytest.fail("simplified"))
    assert doors.comes_first(graph.tape, "real") is None
