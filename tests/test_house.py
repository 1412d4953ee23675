"""The house itself: what starts when, how long a module is, and which way the arrows between modules point."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import edgewise as ew

SRC: Final = Path(ew.__file__).parent
MODULES: Final = {
    ".".join(("edgewise", *path.relative_to(SRC).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(SRC.rglob("*.py"))
}


# --- start-up ---------------------------------------------------------------------------------------------------------

STEPS: Final = {
    "import edgewise as ew": set[str](),
    "x, y = ew.symbols('x y'); z = ew.exp(x*y)": {"graph", "ops", "numpy"},
    "G = ew.graph(z)": {"api", "frontends"},
    "G = ew.parse('exp(x*y)'); G = ew.trace(lambda x, y: x*y, 'x', 'y')": set(),
    "B = G.gradient()": {"differentiate"},
    "B.evaluate(x=1.0, y=2.0)": {"evaluate"},
    "S = B.simplify()": {"simplify"},
    "B.to_python()": {"lower"},
}
"""What a program writes, step by step → the rooms and the libraries that this step enters."""

HEAVY: Final = (
    "numpy", "numpy.ma", "scipy", "sympy", "networkx", "llvmlite", "opt_einsum", "optree", "rich", "matplotlib",
    "pygraphviz", "jax", "torch", "dask",
)  # fmt: skip


def entered(steps: Iterable[str], first: str) -> list[set[str]]:
    """The rooms and the libraries that each step of a program enters, after a `first` line."""
    program = f"import sys\nseen = set()\n{first}\n" + "\n".join(
        f"{step}\nnow = {{name.split('.')[name.startswith('edgewise.')] for name in sys.modules}} | set(sys.modules)\n"
        "print(*sorted(now - seen)); seen = now"
        for step in steps
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ)
    rooms = {path.name for path in SRC.iterdir() if path.is_dir()}
    return [{name for name in line.split() if name in rooms or name in HEAVY} for line in done.stdout.splitlines()]


def test_a_room_loads_when_it_is_entered() -> None:
    assert dict(zip(STEPS, entered(STEPS, ""), strict=True)) == STEPS


COMMANDS: Final = {
    "--help": {"cli"},
    "eval x*y --at x=1,y=2": {"api", "evaluate", "differentiate", "frontends", "graph", "numpy", "ops"},
    "grad sin(x*y)/x --level=none": {"lower", "simplify"},
    "grad sin(x*y)/x": set[str](),
    "hessian sin(x*y)/x": set[str](),
    "jacobian [sin(x*y),x/y]": set(),
    "grad sin(x*y)/x --json": set(),
    "grad sin(x*y)/x --target=c": set(),
    "grad sin(x*y)/x --at x=1,y=2": set(),
    "steps x*y": {"view"},
    "explain x*y": {"write"},
    "draw x*y --out {folder}/p.mmd": {"numpy.ma"},
    "cost x*y": {"rich"},
    "grad sum(exp(X@w)) --shape X:3,2;w:2": {"opt_einsum"},
    "grad sum(exp(X@w)) --shape X:n,d;w:d": {"sympy"},
    "explain x*y --format latex": set(),
}
"""Commands, one after the other → the rooms and the libraries that each of them is the first to enter."""


def test_a_command_loads_what_it_needs(tmp_path: Path) -> None:
    run = (
        "import contextlib, io\nfrom edgewise.cli import main\n"
        "def run(line):\n"
        "    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "        main(line.split(maxsplit=3) if 'shape' in line else line.split())\n"
    )
    found = entered([f"run({line.format(folder=tmp_path)!r})" for line in COMMANDS], run)
    assert dict(zip(COMMANDS, found, strict=True)) == COMMANDS


def test_importing_the_library_loads_its_errors_and_nothing_else() -> None:
    program = "import sys; before = set(sys.modules); import edgewise; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ)
    loaded = [name for name in done.stdout.split() if name.partition(".")[0] not in sys.stdlib_module_names]
    assert sorted(loaded) == ["edgewise", "edgewise.errors", "edgewise.rooms"]


def test_the_names_of_the_library_are_there_however_they_are_asked_for() -> None:
    program = """
import pickle, sys
import edgewise.graph.tape, edgewise.lower.c.c_printer
import edgewise as ew
from edgewise import *
from edgewise import errors, lower, simplify as room
assert callable(ew.graph) and ew.graph is graph and ew.errors is errors is sys.modules["edgewise.errors"]
assert ew.simplify.LEVELS == room.LEVELS and sorted(ew.lower.BACKENDS) == sorted(lower.BACKENDS)
assert all(getattr(ew, name) is not None and name in dir(ew) for name in ew.__all__)
assert not hasattr(ew, "no_such_name") and not hasattr(ew, "__wrapped__")
assert len(pickle.loads(pickle.dumps(ew.graph(sin(symbols("x")))))) == 2
"""
    subprocess.run([sys.executable, "-c", program], check=True, env=os.environ)


# --- modules ----------------------------------------------------------------------------------------------------------


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


# --- arrows -----------------------------------------------------------------------------------------------------------

LATER: Final[dict[tuple[str, str], str]] = {
    ("edgewise.cli.*", "*"): "a command loads what it needs, and --help nothing",
    ("edgewise.api.*", "edgewise.*"): "a room is entered when it is asked for something",
    ("edgewise.graph.*", "edgewise.graph.*"): "Python and NumPy call a handle's methods; what answers is written with"
    " handles",
    (
        "edgewise.ops.special_table",
        "edgewise.ops.formula",
    ): "the value of a row that is a formula; formulas are read by the table",
    ("edgewise.ops.dims", "edgewise.ops.dim_symbol"): "named dimensions are SymPy's symbols",
    ("edgewise.exchange.codec", "edgewise.ops.dim_symbol"): "named dimensions are SymPy's symbols",
    ("edgewise.frontends.naming", "edgewise.frontends.sympy.symbols"): "SymPy",
    ("edgewise.write.latex", "edgewise.write.sympy"): "SymPy",
    ("edgewise.frontends.trace", "edgewise.frontends.refusals"): "what went wrong is told when something does",
    ("edgewise.lower.doors", "edgewise.lower.*"): "a language is loaded when something is written in it",
    ("edgewise.simplify.doors", "edgewise.simplify.tensor_pipeline"): "tensors",
    ("edgewise.simplify.doors", "edgewise.simplify.arrays.magnitudes"): "tensors",
    ("edgewise.simplify.rulebook", "edgewise.simplify.patterns"): "the tables are kept; they are made for other rules",
    ("edgewise.view.explanations.explanation", "edgewise.view.explanations.marked_mathml"): "SymPy",
    ("edgewise.view.explanations.algorithm_steps", "edgewise.view.pictures.frames"): "lines of text need no pictures",
    ("edgewise.lower.backends", "edgewise.lower.*"): "a back end is loaded when a graph is compiled for it",
    ("edgewise.lower.llvm.*", "edgewise.lower.llvm.*"): "LLVM is loaded when a batch or optimised code needs it",
    **{
        ("edgewise.*", f"{library}*"): "it takes longer to load than the library itself, or may be missing"
        for library in ("sympy", "scipy", "networkx", "optree", "rich", "matplotlib", "pygraphviz")
    },
    **{
        ("edgewise.*", library): "every process would pay for what few of them need"
        for library in ("concurrent.futures", "difflib", "hashlib", "html", "logging", "sysconfig")
    },
}
"""Who imports what inside a function, and why: start-up must not pay for it. Everything else is imported on top."""

KNOTS: Final = {("edgewise.graph.*", "edgewise.graph.*"), ("edgewise.ops.special_table", "edgewise.ops.formula")}
"""Of these the arrows that close a circle: the two sides are one thing in two files, and start with the lower one."""


HANDLES: Final = {"alike", "array", "callers", "expr", "filled", "selected", "tensor", "tensor_indices"}
"""The modules of handles, and of what stands for handles: those in `graph` that may import upwards when called."""


class Arrow(NamedTuple):
    """Module `source` imports `target`, inside a function or on top."""

    source: str
    target: str
    inside: bool


def imports(node: ast.AST, inside: bool = False) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    """The import statements below a node, and whether they stand in a function; those for type checkers aside."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        if isinstance(child, (ast.Import, ast.ImportFrom)):
            yield child, inside
        yield from imports(child, inside or isinstance(child, (ast.FunctionDef, ast.Lambda)))


@cache
def arrows() -> list[Arrow]:
    found = []
    for source, path in MODULES.items():
        for statement, inside in imports(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(statement, ast.Import):
                targets = [alias.name for alias in statement.names]
            else:
                assert statement.module and not statement.level, f"{source} imports relatively"
                whole = [f"{statement.module}.{alias.name}" for alias in statement.names]
                targets = [name if name in MODULES else statement.module for name in whole]
            found += [Arrow(source, target, inside) for target in targets]
    return found


def said(arrow: Arrow) -> tuple[str, str] | None:
    """The row of `LATER` that an arrow falls under."""
    return next((row for row in LATER if fnmatch(arrow.source, row[0]) and fnmatch(arrow.target, row[1])), None)


def test_an_import_inside_a_function_has_a_reason() -> None:
    inside = [arrow for arrow in arrows() if arrow.inside]
    assert [arrow for arrow in inside if said(arrow) is None] == []
    assert set(LATER) == {said(arrow) for arrow in inside}, "reasons that nothing needs any more"
    ours = {arrow.source.rpartition(".")[2] for arrow in inside if fnmatch(arrow.target, "edgewise.graph.*")}
    assert ours <= HANDLES


def test_no_circle_of_imports() -> None:
    """Inside functions or on top: nothing is left where what imports nothing, or is not imported, is taken away."""
    below: dict[str, set[str]] = {name: set() for name in MODULES}
    for arrow in arrows():
        if arrow.target in MODULES and not (arrow.inside and said(arrow) in KNOTS):
            below[arrow.source].add(arrow.target)
    size = -1
    while len(below) != size:
        size, read = len(below), set().union(*below.values())
        below = {name: targets & below.keys() for name, targets in below.items() if name in read}
        below = {name: targets for name, targets in below.items() if targets}
    assert below == {}


DOORS: Final = ("__init__", "__main__", "doors")
"""A room's outer face: what it offers, and which engine serves. It knows all folders within, and none knows it."""


def test_arrows_between_a_folder_and_those_within_go_one_way() -> None:
    """What stands in a folder builds on the folders within, or they on it: not both. Doors lead to everything."""
    found = [arrow for arrow in arrows() if arrow.target in MODULES and not arrow.inside]
    inner = [arrow for arrow in found if MODULES[arrow.source].stem not in DOORS]
    pairs = {tuple(MODULES[name].parent for name in arrow[:2]) for arrow in inner}
    assert [(one, two) for one, two in pairs if one in two.parents and (two, one) in pairs] == []
    behind = [arrow for arrow in inner if MODULES[arrow.target].stem == "doors"]
    assert [arrow for arrow in behind if MODULES[arrow.source].is_relative_to(MODULES[arrow.target].parent)] == []
