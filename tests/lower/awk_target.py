"""AWK, whose programs compute a value and its gradient for every line of a file: a target in one file."""

from __future__ import annotations

import math
from collections.abc import Sequence

from edgewise.lower import Program
from edgewise.lower.c_family import CFamily, indented
from edgewise.ops import SymbolicConstant
from edgewise.ops.notation import Piece

HELPERS = {
    "ew_abs": "function ew_abs(x) { return x < 0 ? -x : x + 0; }",
    "ew_square": "function ew_square(x) { return x*x; }",
    "ew_cube": "function ew_cube(x) { return x*x*x; }",
    "ew_tan": "function ew_tan(x) { return sin(x)/cos(x); }",
    "ew_tanh": "function ew_tanh(x) { return x > 20 ? 1 : x < -20 ? -1 : (exp(x) - exp(-x))/(exp(x) + exp(-x)); }",
    "ew_floor": "function ew_floor(x) { return int(x) - (int(x) > x); }",
    "ew_log1p": """function ew_log1p(x,    u) {
    u = 1 + x; # the rounding of 1 + x is the same in both factors
    return u == 1 ? x : log(u)*x/(u - 1);
}""",
    "ew_expm1": """function ew_expm1(x,    u) {
    u = exp(x);
    return u == 1 ? x : x > 1 || x < -1 ? u - 1 : (u - 1)*x/log(u);
}""",
}


class Awk(CFamily):
    language = "AWK"
    reserved = frozenset(
        """BEGIN END NF NR FS OFS ORS RS FILENAME atan2 close cos delete do else exit exp for function getline gsub if
        in index int length log match next out print printf rand return sin split sprintf sqrt srand sub substr system
        tolower toupper v while""".split()
    )
    native = {
        **{name: name for name in ("exp", "log", "sin", "cos", "sqrt", "atan2")},
        **{name: f"ew_{name}" for name in ("abs", "tan", "tanh", "floor", "log1p", "expm1")},
    }
    instead = "use another target, or write it as a formula of others"
    truths = ("0", "1")

    def __init__(self, program: Program, name: str) -> None:
        super().__init__(program, name)
        self.local: list[str] = []

    def constant(self, value: SymbolicConstant) -> str:
        return repr(value.value)

    def number(self, value: float) -> str:
        if not math.isfinite(value):
            return "log(-1)" if value != value else "-log(0)" if value > 0 else "log(0)"
        return repr(value)

    def counted(self, truth: Piece) -> Piece:
        return truth  # a comparison is 0 or 1

    def raised(self, base: str, exponent: str) -> str:
        return f"exp({exponent}*log({base}))" if exponent.lstrip("-") == "0.5" else f"(({base})^({exponent}))"

    def declared(self, name: str, text: str) -> str:
        self.local += [name]
        return f"{name} = {text};"

    def parameters(self) -> list[str]:
        return list(self.naming.parameters)

    def places(self, name: str, shape: Sequence[int]) -> list[str]:
        return [f"{name}[{k}]" for k in range(math.prod(shape))]

    def remark(self, text: str) -> str:
        return f"# {text}"

    def head(self, name: str, parameters: Sequence[str], value: bool) -> str:
        # A name is global unless it is a parameter, and calls may leave out the last: so helpers keep theirs apart.
        return f"function {name}({', '.join([*parameters, *(self.local if value else [])])}) {{"

    def slots(self, count: int) -> tuple[str, str]:
        return 'split("", v);', "v"

    def fresh(self, program: Program, name: str) -> CFamily:
        return Awk(program, name)


def awk_source(program: Program, name: str = "f") -> str:
    """A function that puts the results, one behind the other, into the array `out`; groups are arrays from 0."""
    printer = Awk(program, name)
    parts, body, texts = printer.body()
    nodes = [node for result in program.results for node in result.nodes]
    body += [f"out[{k}] = {texts[node]};" for k, node in enumerate(nodes)]
    function = "\n".join([printer.head(printer.name, [*printer.parameters(), "out"], False), *indented(body), "}"])
    helpers = [text for name, text in HELPERS.items() if name in printer.helpers]
    return "\n\n".join([*helpers, *printer.made.values(), *parts, function]) + "\n"
