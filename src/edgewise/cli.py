"""The command line: thin over the API. Errors are one clear line and exit code 2."""

from __future__ import annotations

import importlib.util
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, cast

import numpy as np
import typer
from rich.console import Console
from rich.syntax import Syntax
from rich.table import Table

from edgewise.api import DerivativeGraph, Graph, TensorDerivative, TensorGraph, check_gradient, parse, trace
from edgewise.differentiate import ORDERS
from edgewise.errors import EdgewiseError, InputError
from edgewise.frontends.text_tensors import parse_shapes

__all__ = ["main"]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Differentiate a formula, or a Python function given as file.py:function, and print readable code.",
)

Expression = Annotated[str, typer.Argument(help='a formula such as "exp(x*y) + sin(x)", or file.py:function')]
WrtOption = Annotated[str | None, typer.Option("--wrt", help="inputs to differentiate in, x,y; all by default")]
AtOption = Annotated[str | None, typer.Option("--at", help="values of the inputs, x=1,y=2: print numbers")]
TargetOption = Annotated[str, typer.Option("--target", help="language of the source: math, numpy, jax, torch or c")]
OutOption = Annotated[Path | None, typer.Option("--out", help="write to this file instead of the terminal")]
JsonOption = Annotated[bool, typer.Option("--json", help="print machine-readable JSON")]
LevelOption = Annotated[
    str, typer.Option("--level", help="simplification: exact, real or domain; none to see ℬ as written")
]
ShapeOption = Annotated[
    str | None, typer.Option("--shape", help='shapes of tensors, "X: n,d; w: d": the formula is in NumPy\'s notation')
]
ExpandOption = Annotated[bool, typer.Option("--expand", help="also multiply out, and keep what is shorter")]


def _load(expression: str, shape: str | None = None) -> Graph:
    """The graph of a formula, or of a function in a file of the user's; of tensors where shapes are given."""
    path, colon, _ = expression.rpartition(":")
    if not (colon and path.endswith(".py")):
        return parse(expression, shapes=shape)
    declared: dict[str, Any] = {} if shape is None else dict(parse_shapes(shape))
    return trace(_function(expression), **declared)


def _function(place: str) -> Callable[..., Any]:
    """The function at file.py:name; running the file is what the user asks for."""
    path, _, name = place.rpartition(":")
    if not path.endswith(".py"):
        raise InputError(f"{place!r} is no function in a file", hint="give file.py:function")
    if not Path(path).is_file():
        raise InputError(f"there is no file {path}", hint="give file.py:function, or a formula")
    spec = importlib.util.spec_from_file_location("edgewise_user_module", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise InputError(f"{path} cannot be run: {type(error).__name__}: {error}", hint="fix the file") from None
    function = getattr(module, name, None)
    if not callable(function):
        raise InputError(f"{path} has no function {name!r}", hint="give file.py:function")
    return cast("Callable[..., Any]", function)


def _names(wrt: str | None) -> list[str] | None:
    return None if wrt is None else [name.strip() for name in wrt.split(",") if name.strip()]


def _values(at: str, graph: Graph) -> dict[str, float]:
    values: dict[str, float] = {}
    for item in filter(None, (part.strip() for part in at.split(","))):
        name, equals, text = item.partition("=")
        try:
            values[name.strip()] = float(text)
        except ValueError:
            equals = ""
        if not equals:
            raise InputError(f"--at has {item!r}", hint="write name=number, separated by commas: --at x=1,y=2")
    missing = [name for name in graph.inputs if name not in values]
    if missing:
        raise InputError(f"--at gives no value for {missing[0]!r}", hint=f"the inputs are {', '.join(graph.inputs)}")
    return values


def _arrays(at: str | None) -> dict[str, Any]:
    """The values of tensors, as a JSON object of arrays."""
    try:
        values = json.loads(at or "")
        return {name: np.array(value) for name, value in values.items()}
    except (ValueError, AttributeError, RecursionError):
        raise InputError(
            "the inputs are tensors and have no values yet" if at is None else f"--at has {at!r:.60}",
            hint='give a JSON object of arrays: --at \'{"X": [[1, 2], [3, 4]], "w": [1, 2]}\'',
        ) from None


def _emit(text: str, out: Path | None, language: str | None = None) -> None:
    if out is not None:
        try:
            out.write_text(text if text.endswith("\n") else text + "\n", encoding="utf-8")
        except OSError as error:
            raise InputError(f"{out} cannot be written: {error.strerror}", hint="choose another --out") from None
        return
    console = Console(soft_wrap=True)
    if language and console.is_terminal:
        console.print(Syntax(text, language, background_color="default"))
    else:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")


def _simplified(graph: DerivativeGraph, level: str, expand: bool = False) -> DerivativeGraph:
    return graph if level == "none" else graph.simplify(level, expand=expand)


def _flat(value: Any) -> Any:
    """Results as plain JSON data."""
    if isinstance(value, (list, tuple)):
        return [_flat(item) for item in value]
    return value.tolist() if hasattr(value, "tolist") else value


def _differentiate(
    kind: str,
    expression: str,
    wrt: str | None,
    at: str | None,
    target: str,
    out: Path | None,
    as_json: bool,
    level: str,
    expand: bool,
    shape: str | None = None,
    **options: Any,
) -> None:
    graph = _load(expression, shape)
    written: DerivativeGraph = getattr(graph, kind)(_names(wrt), **options)
    derivative = _simplified(written, level, expand)
    name = {"gradient": "f_and_grad", "jacobian": "f_and_jacobian", "hessian": "f_grad_and_hessian"}[kind]
    if isinstance(derivative, TensorDerivative):
        _tensors(derivative, name, at, "numpy" if target == "math" else target, out, as_json)
        return
    if at is not None:
        values = derivative.compile("numpy")(**_values(at, graph))
        results = dict(zip((r.name for r in derivative.returns()), values, strict=True))
        if as_json:
            _emit(json.dumps({key: _flat(value) for key, value in results.items()}), out)
        else:
            _emit("\n".join(f"{key} = {_flat(value)}" for key, value in results.items()), out)
        return
    source = derivative.to_c(name) if target == "c" else derivative.to_python(name, target)
    if as_json:
        data: dict[str, Any] = {
            "source": source,
            "inputs": list(graph.inputs),
            "wrt": [p.name for p in derivative.derivative.wrt.parameters],
            "cost": derivative.cost().to_data(),
            "rules": dict(derivative.report.rules) if derivative.report else {},
        }
        if kind == "jacobian":
            data["order"] = derivative.order
        _emit(json.dumps(data, ensure_ascii=False), out)
    else:
        _emit(source, out, "python")


def _tensors(
    derivative: TensorDerivative, name: str, at: str | None, target: str, out: Path | None, as_json: bool
) -> None:
    """Formula, code and cost of a derivative on tensors."""
    if at is not None:
        raise InputError(
            "--at gives numbers and the inputs are tensors", hint="write the source with --out and call it"
        )
    source, costs = derivative.to_python(name, target), derivative.cost()
    formulas = [derivative.text(node, 2000) for node in derivative.outputs]
    wanted = [p.name for p in derivative.derivative.wrt.parameters]
    if as_json:
        data = {
            "source": source, "inputs": list(derivative.base.inputs), "formulas": formulas,
            "latex": derivative.to_latex(), "wrt": wanted, "cost": costs.to_data(),
            "rules": dict(derivative.report.rules) if derivative.report else {},
        }  # fmt: skip
        _emit(json.dumps(data, ensure_ascii=False), out)
        return
    head = [f"# {derivative.derivative.kind} in {', '.join(wanted)}:", *(f"#   {text}" for text in formulas)]
    head.append(f"# {costs.operations} operations: {costs.work} arithmetic, {costs.memory} entries")
    _emit("\n".join([*head, "", source]), out, "python")


def _command(name: str, kind: str, meaning: str) -> None:
    """Register one of the commands that differentiate: they differ in nothing else."""

    def command(
        expression: Expression,
        wrt: WrtOption = None,
        at: AtOption = None,
        target: TargetOption = "math",
        out: OutOption = None,
        as_json: JsonOption = False,
        level: LevelOption = "real",
        expand: ExpandOption = False,
        shape: ShapeOption = None,
    ) -> None:
        _differentiate(kind, expression, wrt, at, target, out, as_json, level, expand, shape)

    app.command(name, help=meaning)(command)


_command("grad", "gradient", "Value and gradient of a scalar, as Python source or (with --at) as numbers.")
_command("hessian", "hessian", "Value, gradient and Hessian of a scalar.")


@app.command()
def jacobian(
    expression: Expression,
    wrt: WrtOption = None,
    order: Annotated[
        str,
        typer.Option("--order", help=f"{', '.join(ORDERS)}, or the numbers of the nodes to eliminate in order, 4,2,3"),
    ] = "auto",
    seconds: Annotated[float | None, typer.Option("--seconds", help="time of a search; 20 by default")] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="seed of a search")] = None,
    at: AtOption = None,
    target: TargetOption = "math",
    out: OutOption = None,
    as_json: JsonOption = False,
    level: LevelOption = "real",
    expand: ExpandOption = False,
    shape: ShapeOption = None,
) -> None:
    """Values and Jacobian of several outputs, "[x*y, x + y]", or of tensors."""
    options = {"order": _order(order), "seconds": seconds, "seed": seed}
    if shape is not None:
        options = {key: value for key, value in options.items() if value is not None}
    _differentiate("jacobian", expression, wrt, at, target, out, as_json, level, expand, shape, **options)


def _order(text: str) -> str | list[int]:
    """An order by name, or node numbers as they stand in JSON or between commas."""
    items = [item.strip() for item in text.strip().removeprefix("[").removesuffix("]").split(",") if item.strip()]
    try:
        return [int(item) for item in items] if text.strip() != "" else text
    except ValueError:
        return text


@app.command("eval")
def evaluate(
    expression: Expression,
    at: Annotated[str, typer.Option("--at", help="values of the inputs, x=1,y=2")] = "",
    out: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """The value of an expression, by the reference interpreter."""
    graph = _load(expression)
    result = graph.evaluate(_values(at, graph)).result
    _emit(json.dumps({"value": _flat(result)}) if as_json else str(_flat(result)), out)


def _point(graph: Graph, at: str | None) -> dict[str, Any]:
    """The values of the inputs; of scalars all 1 where none are given."""
    if isinstance(graph, TensorGraph):
        return _arrays(at)
    return _values(at, graph) if at is not None else dict.fromkeys(graph.inputs, 1.0)


def _written(graph: Graph, wrt: str | None) -> DerivativeGraph:
    """ℬ as the algorithms write it: the gradient of one output, the Jacobian of several."""
    return graph.gradient(_names(wrt)) if len(graph.outputs) == 1 else graph.jacobian(_names(wrt))


@app.command()
def explain(
    expression: Expression,
    wrt: WrtOption = None,
    at: Annotated[
        str | None, typer.Option("--at", help="values of the inputs, x=1,y=2: every equation ends in its number")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text, latex or html")] = "text",
    limit: Annotated[int, typer.Option("--limit", help="the most steps of each part; 0 for all")] = 60,
    level: LevelOption = "none",
    out: OutOption = None,
    shape: ShapeOption = None,
) -> None:
    """The derivation step by step, as a teacher writes it: rule, formula before and after, edge, sums."""
    if form not in ("text", "latex", "html"):
        raise InputError(f"there is no format {form!r}", hint="use text, latex or html")
    graph = _load(expression, shape)
    derivative = _simplified(_written(graph, wrt), level)
    values = None if at is None else _point(graph, at)
    _emit(getattr(derivative.explain(values, limit=limit or None), form), out)


@app.command()
def steps(
    expression: Expression,
    wrt: WrtOption = None,
    at: Annotated[
        str | None, typer.Option("--at", help="values of the inputs; all 1 by default; of tensors '{\"x\": [1, 2]}'")
    ] = None,
    out: OutOption = None,
    as_json: JsonOption = False,
    shape: ShapeOption = None,
) -> None:
    """The steps of algorithms 6.1 and 6.2 (of tensors 6.5) on numbers, with the book's names."""
    graph = _load(expression, shape)
    made = _written(graph, wrt).steps(_point(graph, at))
    if as_json:
        rows = [
            {name: list(item) if name == "edge" and item else _flat(item) for name, item in step._asdict().items()}
            for step in made
        ]
        _emit(json.dumps(rows), out)
    else:
        _emit(str(made), out)


@app.command()
def check(
    function: Annotated[str, typer.Argument(help="file.py:function")],
    gradient: Annotated[str, typer.Argument(help="file.py:its_gradient, written by hand")],
    at: Annotated[str | None, typer.Option("--at", help="values of the inputs, x=1,y=2; drawn by default")] = None,
    wrt: WrtOption = None,
) -> None:
    """Check a gradient written by hand: it agrees (exit code 0), or the edge at fault is named (exit code 1)."""
    fn = _function(function)
    values: dict[str, Any] = {} if at is None else dict(_values(at, trace(fn)))
    report = check_gradient(fn, _function(gradient), wrt=_names(wrt), **values)
    print(report)
    raise typer.Exit(0 if report else 1)


@app.command()
def draw(
    expression: Expression,
    out: Annotated[Path, typer.Option("--out", help="picture.svg, .png, .pdf, .tex (TikZ), .dot or .mmd")],
    wrt: WrtOption = None,
    level: LevelOption = "none",
    focus: Annotated[str | None, typer.Option("--focus", help="draw only what is near this node")] = None,
    depth: Annotated[int, typer.Option("--depth", help="how near: edges away")] = 2,
    shape: ShapeOption = None,
) -> None:
    """A picture of 𝒢 and ℬ, as written or simplified, each edge and its derivative in one colour."""
    graph = _load(expression, shape)
    written = graph.gradient(_names(wrt)) if len(graph.outputs) == 1 else graph.jacobian(_names(wrt))
    derivative = _simplified(written, level)
    node = int(focus) if focus is not None and focus.isdigit() else focus
    picture = derivative.show() if node is None else derivative.focus(node, depth)
    picture.save(out)


@app.command()
def view(
    expression: Expression,
    out: Annotated[Path, typer.Option("--out", help="page.html")],
    wrt: WrtOption = None,
    at: Annotated[
        str | None, typer.Option("--at", help="values the sliders start at, x=1,y=2; of tensors '{\"x\": [1, 2]}'")
    ] = None,
    level: LevelOption = "none",
    shape: ShapeOption = None,
) -> None:
    """The explorer: one HTML file with 𝒢, ℬ and the source linked, live values, and the algorithm step by step."""
    graph = _load(expression, shape)
    written = graph.gradient(_names(wrt)) if len(graph.outputs) == 1 else graph.jacobian(_names(wrt))
    values: dict[str, Any] | None = None
    if at is not None:
        values = _arrays(at) if isinstance(graph, TensorGraph) else dict(_values(at, graph))
    _simplified(written, level).explore(values).save(out)


@app.command()
def cost(
    expression: Expression,
    wrt: WrtOption = None,
    out: OutOption = None,
    as_json: JsonOption = False,
    pareto: Annotated[
        bool, typer.Option("--pareto", help="operations against values held at once, of B simplified")
    ] = False,
    shape: ShapeOption = None,
) -> None:
    """Exact counts: 𝒢, ℬ as the algorithm writes it, and ℬ simplified; of tensors, polynomials in the dimensions."""
    graph = _load(expression, shape)
    written = graph.gradient(_names(wrt)) if len(graph.outputs) == 1 else graph.jacobian(_names(wrt))
    simplified = written.simplify()
    if pareto:
        curve = simplified.pareto()
        points = [{"operations": point.operations, "peak_live": point.peak_live} for point in curve]
        _emit(json.dumps(points) if as_json else repr(curve), out)
        return
    costs = {"G": graph.cost(), "B": written.cost(), "B simplified": simplified.cost()}
    if as_json:
        _emit(json.dumps({name: item.to_data() for name, item in costs.items()}), out)
        return
    table = Table()
    for heading in ("", "G", "B as written", "B simplified"):
        table.add_column(heading, justify="left" if not heading else "right")
    rows = [item.to_data() for item in costs.values()]
    for key in (key for key in rows[0] if key != "by_kind" and not key.startswith("elimination")):
        table.add_row(
            key.replace("_", " "), *(f"{row[key]:,}" if isinstance(row[key], int) else row[key] for row in rows)
        )
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(table)
    _emit(console.export_text(), out)


def main(argv: list[str] | None = None) -> None:
    """Run the command line; edgewise's errors become one line and exit code 2."""
    sys.exit(_guarded(lambda: app(args=argv, standalone_mode=False)))


# Typer carries its own copy of click in some releases: this is the base of its usage errors in all of them.
_UsageError: Any = typer.BadParameter.__mro__[2]


def _guarded(run: Callable[[], Any]) -> int:
    try:
        code = run()
    except EdgewiseError as error:
        print(f"edgewise: {error}", file=sys.stderr)
        return 2
    except _UsageError as error:
        print(f"edgewise: {error.format_message()}", file=sys.stderr)
        return 2
    except (typer.Abort, KeyboardInterrupt):
        return 130
    return code if isinstance(code, int) else 0
