"""Write the tables of the pages from the code itself, and draw their diagrams: python docs/make_pages.py.

A table stands between `<!-- table: name … -->` and `<!-- end of table -->`; what is around it is written by hand. A
test fails where a page does not hold what this script writes.
"""

from __future__ import annotations

import inspect
import re
import textwrap
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import edgewise as ew
from edgewise.cli import COMMANDS
from edgewise.cli.app import Option
from edgewise.errors import LoweringError
from edgewise.graph import FUNCTIONS
from edgewise.graph.tensors.row_functions import ROW_FUNCTIONS
from edgewise.lower import TARGETS
from edgewise.lower.llvm import interpreter
from edgewise.lower.llvm.interpreter_source import interpreter_source
from edgewise.ops import TABLE, TENSORS, Op, Refusal, TensorOp
from edgewise.simplify import LEVELS
from edgewise.simplify.patterns import LITERALS, compiled
from edgewise.simplify.rulebook import FILE, as_file

DOCS: Final = Path(__file__).parent
WHOLE: Final = {name: function for name, function in ROW_FUNCTIONS.items() if getattr(ew, name) is function}
"""The functions on tensors that are made of the table."""
NOTE: Final = "python docs/make_pages.py writes what stands here"
MARKED: Final = re.compile(r"<!-- table: (\w+)[^>]*-->\n.*?<!-- end of table -->", re.S)


def code(text: str) -> str:
    """Code in a cell of a table."""
    return f"`{text}`" if text else ""


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [headings, ["---"] * len(headings), *([cell.replace("|", r"\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


# --- the operation table ----------------------------------------------------------------------------------------------


def notation(op: Op) -> str:
    """How the operation is written in expressions and in text."""
    if op.name == "power":
        return "x**c"
    if op.symbol:
        sign = f"{op.symbol} " if op.symbol.isalpha() else op.symbol
        return f"{op.args[0]} {op.symbol} {op.args[1]}" if op.arity == 2 else f"{sign}{op.args[0]}"
    return f"{op.name}({', '.join((op.parameter, *op.args) if op.parameter else op.args)})"


def partial_text(partial: Any) -> str:
    """A local partial as a row says it."""
    if callable(partial) or len(partial or "") > 300 or "\n" in (partial or ""):
        return "a formula, in its row"
    return f"refused: {partial}" if isinstance(partial, Refusal) else code(partial or "0")


def operations() -> str:
    """Every operation on numbers: one row of `ops/table.py` each."""
    return table(
        ["operation", "written", "meaning", "local partials", "domain", "kinks"],
        [
            [
                code(op.name), code(notation(op)), op.doc, "<br>".join(map(partial_text, op.partials)),
                "see below" if op.domain == "power" else code(op.domain),
                code(op.kinks) if op.kinks != "boundary of c" else op.kinks,
            ]
            for op in TABLE
            if op.arity
        ],
    )  # fmt: skip


def functions() -> str:
    """The functions of `edgewise` that write one node, as Sphinx lists them."""
    return f"""```{{eval-rst}}
.. automodule:: edgewise
   :members: {", ".join(sorted(FUNCTIONS | WHOLE))}
   :imported-members:
   :member-order: alphabetical
.. autodata:: edgewise.e
   :annotation: = 2.718…, exact until source or a value is made
.. autodata:: edgewise.pi
   :annotation: = 3.141…, exact until source or a value is made
```"""


def rules(op: TensorOp) -> str:
    """By what rule each argument of a tensor operation is differentiated."""
    if op.variadic:
        return "its transpose, in each argument"
    names = {True: "its transpose", False: "the transpose of its differential"}
    found = {arg: names[k in op.linear] for k, (arg, rule) in enumerate(zip(op.args, op.rules, strict=True)) if rule}
    if len(found) < 2:
        return "".join(f"{rule}, in `{arg}`" if op.arity > 1 else rule for arg, rule in found.items())
    return "; ".join(f"{rule}, in `{arg}`" for arg, rule in found.items())


def tensors() -> str:
    """Every operation on tensors: one row of `ops/tensors/` each."""
    return table(
        ["operation", "arguments", "parameter", "meaning", "vector-Jacobian product"],
        [[code(op.name), code(", ".join(op.args)), op.parameter, op.doc, rules(op)] for op in TENSORS],
    )


def convention_rows(ops: Iterable[Op]) -> str:
    """Where an operation has no derivative, and what is returned there."""
    rows = [[code(op.name), op.kinks or "everywhere", op.convention] for op in ops if op.convention]
    return table(["operation", "where", "convention"], rows)


def assumptions() -> str:
    """What the rules of matrix operations take for granted."""
    return table(["operation", "assumption"], [[code(op.name), op.assumes] for op in TENSORS if op.assumes])


# --- targets ----------------------------------------------------------------------------------------------------------


def spelled(op: Op, target: str) -> str:
    """What a target writes for an operation: the one assignment in the source of a graph of this operation alone."""
    names = ew.symbols(list(op.args))
    arguments = names if isinstance(names, tuple) else (names,)
    graph = ew.graph(FUNCTIONS[op.name](*([2] if op.parameter else []), *arguments), inputs=list(op.args))
    try:
        other = {"c": graph.to_c, "js": graph.to_js}.get(target)
        source = other() if other else graph.to_python(target=target)
    except LoweringError:
        return "—"
    found = re.findall(r" v1 = (.*?);?$", source, re.M)
    return code(found[-1])  # behind the functions that it calls


def spellings() -> str:
    """What each target writes for each operation that has no sign of its own."""
    targets = [*TARGETS, "c", "js"]
    rows = [op for op in TABLE if op.name in FUNCTIONS and not op.symbol]
    return table(
        ["operation", *targets], [[code(op.name), *(spelled(op, target) for target in targets)] for op in rows]
    )


# --- the command line -------------------------------------------------------------------------------------------------


def default(option: Option) -> str:
    """An option's default as it is typed; nothing where there is none."""
    return "" if option.default in (None, False) else code(str(option.default))


def commands() -> str:
    """Every command with its arguments and options, as `--help` has them."""
    sections = []
    for command in COMMANDS.values():
        rows = [[code(option.name), default(option), option.meaning] for option in command.options]
        sections.append(
            f"## edgewise {command.name}\n\n{command.about}\n\n```console\n$ {command.usage}\n```\n\n"
            + table(["", "default", "meaning"], rows)
        )
    return "\n\n".join(sections)


TABLES: Final[Mapping[str, Callable[[], str]]] = {
    "operations": operations,
    "tensors": tensors,
    "conventions": lambda: convention_rows(TABLE),
    "tensor_conventions": lambda: convention_rows(TENSORS),
    "assumptions": assumptions,
    "spellings": spellings,
    "commands": commands,
    "functions": functions,
}


INTERPRETER: Final = Path(interpreter.__file__).with_name("interpreter.pxd")
"""The interpreter of numbers in C."""

# --- the stub ---------------------------------------------------------------------------------------------------------

STUB: Final = Path(ew.__file__).with_name("__init__.pyi")


def _rank(name: str) -> tuple[bool, bool, str]:
    """Where an imported name stands: constants, classes (E looks like one), functions, as ruff sorts them."""
    own = name.rpartition(":")[2]
    return not (own.isupper() and len(own) > 1), not own[0].isupper(), own


def taken(parameter: inspect.Parameter) -> str:
    """A parameter as a stub has it."""
    default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
    return f"{parameter.replace(default=parameter.empty, annotation=parameter.empty)!s}: Any{default}"


def stub() -> str:
    """What type checkers and editors read of `edgewise`: its names, and a function for each row of the table."""
    imports = [
        f"from edgewise.{home} import {name.rpartition(':')[2]} as {name.partition(':')[0]}"
        for home, names in ew.NAMES.items()
        for name in sorted(names.split(), key=_rank)
    ]
    functions = []
    for name, function in sorted((FUNCTIONS | WHOLE).items()):
        takes = ", ".join(map(taken, inspect.signature(function).parameters.values()))
        takes += ", /" if name in FUNCTIONS else ""
        said = textwrap.indent(textwrap.fill(f'"""{function.__doc__}"""', 116), "    ")
        functions.append(f"def {name}({takes}) -> Any:\n{said}\n")
    head = f"# {NOTE.replace('here', 'in this file')}: the names in `__init__.py`, the rows of `ops`."
    names = ["__all__ = [", *(f'    "{name}",' for name in sorted(ew.__all__)), "]"]
    return "\n".join(
        [head, "", "from typing import Any", "", *imports, "", *names, "", "__version__: str", "", *functions]
    )


def written(page: str) -> str:
    """A page with its tables made anew."""
    return MARKED.sub(lambda m: f"<!-- table: {m[1]} ({NOTE}) -->\n\n{TABLES[m[1]]()}\n\n<!-- end of table -->", page)


# --- diagrams ---------------------------------------------------------------------------------------------------------

INK: Final = (
    "<style>text{fill:#1a1a1a}path,polygon,ellipse{stroke:#1a1a1a;fill:none}.edge polygon{fill:#1a1a1a}"
    "@media (prefers-color-scheme:dark){text{fill:#e6e6e6}path,polygon,ellipse{stroke:#e6e6e6}"
    ".edge polygon{fill:#e6e6e6}}</style>"
)


def drawn(dot: str) -> str:
    """A diagram in DOT as SVG by Graphviz, in ink that follows light and dark mode."""
    import pygraphviz

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Graphviz warns of fonts
        svg = pygraphviz.AGraph(string=dot).draw(format="svg", prog="dot").decode()
    return re.sub(r' (?:fill|stroke)="[^"]*"', "", svg[svg.index("<svg") :]).replace(">", f">{INK}", 1)


if __name__ == "__main__":
    STUB.write_text(stub(), encoding="utf-8")
    INTERPRETER.write_text(interpreter_source(), encoding="utf-8")
    Path(FILE).write_bytes(as_file(LITERALS, {level: compiled(level) for level in LEVELS}))
    for path in sorted(DOCS.glob("figures/*.dot")):
        path.with_suffix(".svg").write_text(drawn(path.read_text(encoding="utf-8")), encoding="utf-8")
    for path in sorted(DOCS.glob("*.md")):
        path.write_text(written(path.read_text(encoding="utf-8")), encoding="utf-8")
