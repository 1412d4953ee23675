"""The sides of a rule as graphs: of scalars or tensors, alone or inside a longer sum or product."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from edgewise.graph import Builder, Layout, Tape, add_op
from edgewise.ops import CODE, CONST, OPS, TENSOR_CODE, Contraction
from edgewise.ops.formula import parse_expression, walk
from edgewise.ops.op import E
from edgewise.simplify import Rule

NUMBERS = {"c": 3, "d": Fraction(7, 2)}


class _Written:
    """A rule's formula as a graph: v to z are inputs, c and d numbers. What is guarded is proved by `proof`."""

    def __init__(self, shapes: dict[str, tuple[int, ...]], proof: dict[str, str], truth: bool) -> None:
        self.builder, self.shapes, self.proof, self.truth = Builder(share=True), shapes, proof, truth

    def name(self, name: str) -> int:
        if name in NUMBERS or name == "e":
            return self.builder.constant(E if name == "e" else NUMBERS[name])
        shape = self.shapes.get(name, ())
        node = self.builder.tensor(name, shape) if any(self.shapes.values()) else self.builder.input(name)
        if self.truth and name in "xy":
            return self.builder.add(CODE["gt"], [node, self.builder.constant(0)])
        return self.builder.add(CODE[self.proof[name]], [node]) if name in self.proof else node

    def number(self, value: Any) -> int:
        return self.builder.constant(value)

    def entry(self, name: str, index: tuple[int, ...]) -> int:
        raise AssertionError(name)

    def call(self, op: str, args: Sequence[int]) -> int:
        constants = [self.builder.attrs.get(j) if self.builder.nodes[j][0] == CONST else None for j in args]
        if op == "neg" and constants[0] is not None:
            return self.builder.constant(-constants[0])
        if op == "div" and None not in constants:
            return self.builder.constant(Fraction(constants[0]) / constants[1])
        if op == "pow" and constants[1] is not None:
            return self.builder.add(CODE["power"], args[:1], constants[1])
        return add_op(self.builder, OPS[op], args)


def written(rule: Rule, text: str, shapes: dict[str, tuple[int, ...]], *, summed: bool = False) -> Tape:
    """One side of a rule, or a formula that it stands in, as a graph of its variables; `summed` over all entries."""
    proof = {rule.guard.split()[0]: "abs" if ">=" in rule.guard else "softplus"} if rule.guard else {}
    truth = rule.name in ("double not", "and itself", "or itself")
    writer = _Written(shapes, proof, truth)
    builder = writer.builder
    root = walk(parse_expression(text), writer)
    if summed and root in builder.shapes:
        root = builder.add(TENSOR_CODE["contract"], [root], Contraction(("i",), ""))
    shape = builder.shapes.get(root, ())
    layout = Layout("tensor", shape) if shape else Layout()
    return builder.freeze([root], layout)[0]


def places(text: str) -> dict[str, str]:
    """Where one side of a rule may stand: alone, in a longer sum or product, and with its parts apart in one."""
    found = {"alone": text, "in a sum": f"p + ({text}) + q", "in a product": f"p*({text})*q"}
    root = ast.parse(text, mode="eval").body
    if isinstance(root, ast.BinOp) and type(root.op) in _SYMBOLS:
        one, two, symbol = ast.unparse(root.left), ast.unparse(root.right), _SYMBOLS[type(root.op)]
        found["apart"] = f"p {symbol[0]} ({one}) {symbol[0]} q {symbol[1]} ({two})"
    return found


_SYMBOLS: Final = {ast.Add: "++", ast.Sub: "+-", ast.Mult: "**", ast.Div: "*/"}
