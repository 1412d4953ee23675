"""One `Graph` for scalars and for tensors: every public method gives the right value on both, or refuses by name.

The values are those of NumPy's formulas, written out by hand below.
"""

from __future__ import annotations

import ast
import pickle
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from matplotlib.figure import Figure

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.errors import EdgewiseError, InputError, LoweringError, UnsupportedError

A = np.array([[0.3, -0.7], [0.2, 0.9], [1.1, 0.4]])
X = np.array([0.6, -0.2])


class Case(NamedTuple):
    """A graph, a point, the value there, and the derivatives in x; `slopes` are those in every input."""

    graph: Graph
    point: Mapping[str, Any]
    sizes: Mapping[str, int]
    value: float
    slopes: Mapping[str, Any]
    hessian: Any

    @property
    def slope(self) -> Any:
        return self.slopes["x"]

    @property
    def one(self) -> Any:
        """A direction in x."""
        return np.ones(np.shape(self.point["x"]))[()]

    @property
    def gradient(self) -> ew.DerivativeGraph:
        return self.graph.gradient("x")

    def given(self, graph: Graph, **more: Any) -> dict[str, Any]:
        return {**self.point, **more}


SCALARS = Case(
    ew.parse("x*y + sin(x)", inputs=["y", "x"]), {"y": 1.5, "x": 0.4}, {}, 0.6 + np.sin(0.4),
    {"y": 0.4, "x": 1.5 + np.cos(0.4)}, -np.sin(0.4),
)  # fmt: skip
TENSORS = Case(
    ew.parse("sum(sin(A @ x))", shapes="A: m,n; x: n"), {"A": A, "x": X}, {"m": 3, "n": 2}, np.sin(A @ X).sum(),
    {"A": np.outer(np.cos(A @ X), X), "x": A.T @ np.cos(A @ X)}, -A.T @ np.diag(np.sin(A @ X)) @ A,
)  # fmt: skip
BARE = Case(  # tensors of no axes, on which no node says that they are any
    ew.parse("x*y + sin(x)", shapes={"y": (), "x": ()}), SCALARS.point, {}, SCALARS.value,
    SCALARS.slopes, SCALARS.hessian,
)  # fmt: skip
CASES = {"scalars": SCALARS, "tensors": TENSORS, "tensors of no axes": BARE}
OF_TENSORS = ("tensors", "tensors of no axes")


def same(found: Any, wanted: Any) -> None:
    np.testing.assert_allclose(np.array(found, dtype=float), wanted, rtol=1e-12, atol=1e-14)


def run(source: str, name: str, case: Case) -> Any:
    space: dict[str, Any] = {}
    exec(source, space)
    return space[name](**case.point)


# --- what works -----------------------------------------------------------------------------------------------------


def structure(c: Case) -> None:
    graph, tape = c.graph, c.graph.tape
    assert graph.inputs == tuple(c.point) and [p.name for p in graph.parameters] == list(c.point)
    assert len(graph) == len(tape) and graph.number_of_edges() == sum(
        len(graph.arguments(i)) for i in range(len(graph))
    )
    assert [graph.names.find(graph.name(i)) for i in range(len(graph))] == list(range(len(graph)))
    assert (
        graph.op("x") == "input"
        and graph["x"] == graph.node("x") == graph[tape.inputs[1]]
        and graph.node("x") == tape.inputs[1]
    )
    assert len(graph.shape("x")) == np.ndim(c.point["x"]) and graph.shape(graph.outputs[0]) == ()
    assert "sin(" in graph.text(graph.outputs[0]) and (graph == graph) and graph != graph.gradient()
    assert [result.name for result in graph.returns()] == ["value"]
    assert [result.name for result in c.gradient.returns()] == ["value", "gradient"]
    assert graph.report is None and c.gradient.report is None


def evaluated(c: Case) -> None:
    found = c.graph.evaluate(c.point)
    same(found.outputs[0], c.value)
    same(c.graph.evaluate(*c.point.values()).result, c.value)
    same(c.graph.evaluate(**c.point, check_nans=True).result, c.value)
    same(c.gradient.evaluate(c.point).outputs[0], c.slope)
    batch = {name: np.stack([value, value]) for name, value in c.point.items()}
    same(c.gradient.evaluate(batch).result, np.stack([c.slope, c.slope]))


def accumulated(c: Case) -> None:
    table = c.graph.forward_accumulate("x", c.point).table
    same(table[c.graph.outputs[0]], c.slope)
    table = c.graph.back_propagate(c.point).table
    for name, slope in c.slopes.items():
        same(table[c.graph.node(name)], slope)
    with pytest.raises(EdgewiseError, match="one output"):
        c.graph.gradient().back_propagate(c.point)


def gradients(c: Case) -> None:
    for name, slope in c.slopes.items():
        for graph in (c.graph.gradient(name), c.graph.jacobian(name), c.graph.tangent(name)):
            for each in (graph, graph.simplify(), graph.simplify("exact")):
                same(each.evaluate(c.point).outputs[0], slope)
    for found, slope in zip(c.graph.gradient().evaluate(c.point).outputs, c.slopes.values(), strict=True):
        same(found, slope)
    for order in ("forward", "reverse"):
        graph = c.graph.jacobian("x", order)
        assert graph.order == order
        same(graph.evaluate(c.point).outputs[0], c.slope)
    with pytest.raises(EdgewiseError, match="no Jacobian order 'sideways'"):
        c.graph.jacobian("x", "sideways")


def products(c: Case) -> None:
    same(c.graph.jvp("x").evaluate({**c.point, "x_dot": c.one}).outputs[0], np.sum(c.slope))
    graph = c.graph.vjp("x")
    bar = 2.0 if graph.shape("out_bar") == () and "out_bar" in graph.inputs else [2.0]
    same(np.squeeze(graph.evaluate({**c.point, "out_bar": bar}).outputs[0]), 2 * np.asarray(c.slope))
    same(
        c.graph.hvp("x").evaluate({**c.point, "x_dot": c.one}).outputs[0],
        c.hessian @ c.one if np.ndim(c.hessian) else c.hessian,
    )


def hessians(c: Case) -> None:
    for graph in (c.graph.hessian("x"), c.graph.hessian("x").simplify(), c.gradient.jacobian("x")):
        same(graph.evaluate(c.point).outputs[0], c.hessian)


def costs(c: Case) -> None:
    cost = c.gradient.cost()
    assert cost.operations == sum(cost.by_kind.values()) > c.graph.cost().operations > 0
    assert cost.products == len(c.gradient.edges) and cost.to_data()["operations"] == cost.operations
    # Three products and two sums a row, a sine, and the sum of all.
    work = c.graph.cost().work if isinstance(c.graph.cost().work, int) else c.graph.cost().at(**c.sizes)["work"]
    assert work == (3 if not c.sizes else 3 * 2 * 2 + 3 + 3)
    modes = c.graph.accumulation("x")
    assert modes.cheaper(**c.sizes) in ("forward", "reverse")
    wanted = [c.graph.jacobian("x", mode).cost().work for mode in ("forward", "reverse")]
    assert list(modes) == wanted


def simplified(c: Case) -> None:
    for graph in (c.graph, c.gradient):
        after = graph.simplify()
        assert after.report is not None and after.report.after == after.cost().operations <= graph.cost().operations
        same(after.evaluate(c.point).outputs[0], c.value if graph is c.graph else c.slope)
    with pytest.raises(InputError, match="no simplification level"):
        c.graph.simplify("deep")


def in_scalars(c: Case) -> None:
    for graph, wanted in ((c.graph, [c.value]), (c.gradient, np.ravel(c.slope))):
        scalars = graph.scalarize(**c.sizes)
        assert not scalars.tape.shapes and all(not scalars.shape(i) for i in range(len(scalars)))
        same(scalars.evaluate(c.point).outputs, wanted)
        assert scalars.sparsity("x").nnz == np.size(c.slope) * len(wanted)


def written(c: Case) -> None:
    for target in (None, "numpy"):
        value, slope = run(c.gradient.to_python("fg", target), "fg", c)
        same(value, c.value)
        same(slope, c.slope)
    made = run(c.gradient.to_python("fg", "math", **c.sizes), "fg", c)
    same(np.ravel(made[1]), np.ravel(c.slope))
    for target in ("jax", "torch"):
        compile(c.gradient.to_python(target=target), "<source>", "exec")
    assert "void f(" in c.gradient.to_c(header=True, **c.sizes) and "sin(" in c.gradient.to_c(**c.sizes)
    assert "export function f(" in c.gradient.to_js(**c.sizes) and "Math.cos(" in c.gradient.to_js(**c.sizes)
    assert c.gradient.program().operations > 0
    with pytest.raises(LoweringError, match="'cobol'"):
        c.gradient.to_python(target="cobol")
    with pytest.raises(InputError, match="leave it out"):
        c.gradient.to_python(target="numpy", k=2)


def compiled(c: Case) -> None:
    backends = [None, "numpy", "python", "llvm"] + ["c"] * (shutil.which("cc") is not None)
    for backend in backends:
        sizes = c.sizes if backend in ("python", "llvm", "c") else {}
        value, slope = c.gradient.compile(backend, **sizes)(**c.point)
        same(value, c.value)
        same(slope, c.slope)
    with pytest.raises(LoweringError, match="'fortran'"):
        c.gradient.compile("fortran")


def exchanged(c: Case) -> None:
    for graph in (c.graph, c.gradient):
        for back in (
            Graph.from_json(graph.to_json()), Graph.from_networkx(graph.to_networkx()),
            pickle.loads(pickle.dumps(graph)),
        ):  # fmt: skip
            assert back.to_json() == graph.to_json()
            assert back.tape.has_tensors == graph.tape.has_tensors
    for graph in (c.graph.simplify(), c.gradient.simplify()):
        again = pickle.loads(pickle.dumps(graph))
        assert type(again) is type(graph) and str(again.report) == str(graph.report) and repr(again) == repr(graph)


def latex(c: Case) -> None:
    text = c.graph.to_latex()
    assert r"\sin" in text and text.count("{") == text.count("}")


def pictures(c: Case) -> None:
    for graph in (c.graph, c.gradient):
        assert graph.to_svg().startswith("<svg") and graph.to_dot().startswith("digraph")
        assert graph.to_mermaid().startswith("flowchart") and "tikzpicture" in graph.to_tikz()
        picture = graph.show()
        assert "sin(" in picture.to_svg() and "sin(" in graph.focus(graph.node("x"), 9).to_svg()
        assert "2 nodes" in graph.collapse(graph.tape.inputs).to_svg()
        bundle = graph._repr_mimebundle_()
        assert bundle["text/plain"] == repr(graph) and "<svg" in bundle["image/svg+xml"]
    bars = [bar.get_width() for bar in c.gradient.plot_cost(Figure().subplots()).patches]
    counted = (c.graph, c.gradient, c.gradient.simplify())
    assert sum(bars) == sum(graph.cost().operations for graph in counted)


def pages(c: Case) -> None:
    html = c.gradient.explore(c.point).html
    assert html.startswith("<!DOCTYPE html>") and "gradient of" in html
    assert "sin" in c.graph.explore().html
    batch = {name: np.stack([value, value]) for name, value in c.point.items()}
    with pytest.raises(InputError, match="one point at a time"):
        c.gradient.explore(batch)


def told(c: Case) -> None:
    steps = c.gradient.steps(c.point)
    same(steps[-1].value if steps[-1].node == c.graph.node("x") else steps[-2].value, c.slope)
    algorithm = "6.2" if c is SCALARS else "6.5"
    assert {step.algorithm for step in steps} == {"6.1", algorithm} and f"Algorithm {algorithm}" in str(steps)
    derivation = c.gradient.explain(c.point)
    assert (
        f"(algorithm {algorithm})" in derivation.text
        and r"\sin" in derivation.latex
        and "</details>" in derivation.html
    )


def ledger(c: Case) -> None:
    graph = c.gradient
    assert graph.base is c.graph and graph.derivative.base is c.graph.tape
    run = graph.evaluate(c.point)
    last = graph.edges[-1]
    assert list(graph.ledger(1)) == list(graph.edges)
    assert graph.of(last.consumer, last.parent, last.position).product == last.product
    assert last in graph.why(last.product)
    same(run.values[graph.grad_table["x"]], c.slope)
    for edge in graph.edges:
        if edge.partial < 0:
            assert c is not SCALARS
    assert graph.special_points(c.point) == []


def algebra(c: Case) -> None:
    assert c.graph.free_symbols == frozenset(c.point)
    assert type(c.graph.diff("x")) is ew.Graph
    same(c.graph.diff("x").evaluate(c.point).result, c.slope)
    same(c.graph.diff("x", 2).evaluate(c.point).result, c.hessian)
    same(c.graph(**c.point), c.value)
    same((2 * c.graph - c.graph / 2)(**c.point), 1.5 * c.value)
    same(ew.sin(np.exp(c.graph))(*c.point.values()), np.sin(np.exp(c.value)))
    half = c.graph.subs(x=np.asarray(c.point["x"])) if c is TENSORS else c.graph.subs(x=c.point["x"])
    assert "x" not in half.inputs
    same(half(*[value for name, value in c.point.items() if name != "x"]), c.value)
    assert c.graph.equals(c.graph + 1 - 1) and not c.graph.equals(c.graph + 1e-3) and not c.graph.equals(0)
    assert (c.graph == c.graph + 0) is False and c.graph == ew.Graph(c.graph.tape)


WORKS: Mapping[str, Callable[[Case], None]] = {
    **dict.fromkeys(
        ("inputs", "outputs", "parameters", "number_of_edges", "op", "arguments", "shape", "text", "node", "name",
         "names", "returns", "report", "tape"), structure,
    ),
    "evaluate": evaluated,
    **dict.fromkeys(("forward_accumulate", "back_propagate"), accumulated),
    **dict.fromkeys(("gradient", "jacobian", "tangent", "order"), gradients),
    **dict.fromkeys(("jvp", "vjp", "hvp"), products),
    "hessian": hessians,
    **dict.fromkeys(("cost", "accumulation"), costs),
    "simplify": simplified,
    "scalarize": in_scalars,
    **dict.fromkeys(("to_python", "to_c", "to_js", "program"), written),
    "compile": compiled,
    **dict.fromkeys(("to_json", "from_json", "to_networkx", "from_networkx"), exchanged),
    "to_latex": latex,
    **dict.fromkeys(("subs", "free_symbols", "diff", "equals"), algebra),
    **dict.fromkeys(
        ("show", "focus", "collapse", "to_svg", "to_dot", "to_mermaid", "to_tikz", "plot_cost"), pictures
    ),
    "explore": pages,
    **dict.fromkeys(("steps", "explain"), told),
    **dict.fromkeys(("base", "derivative", "edges", "grad_table", "ledger", "of", "why", "special_points"), ledger),
}  # fmt: skip

# --- what is for scalars --------------------------------------------------------------------------------------------

REFUSED: Mapping[str, tuple[Callable[[Case], Any], Callable[[Case, Any], bool]]] = {
    "to_sympy": (lambda c: c.graph.to_sympy(), lambda c, found: abs(float(found.subs(c.point)) - c.value) < 1e-12),
    "derivatives": (
        lambda c: c.graph.derivatives(2).compile("python")(**c.point),
        lambda c, found: np.allclose(found[0], c.value) and [part.shape for part in found[1:]] == [(2,), (3,)],
    ),
    "sparsity": (lambda c: c.graph.sparsity(), lambda c, found: found.to_dense().tolist() == [[True, True]]),
    "hessian_sparsity": (
        lambda c: c.graph.hessian_sparsity(),
        lambda c, found: found.to_dense().tolist() == [[False, True], [True, True]],
    ),
    "taylor": (
        lambda c: c.graph.taylor(2),
        lambda c, B: B.evaluate({**c.point, "y_dot": 0.0, "x_dot": 1.0}).outputs
        == pytest.approx((c.slopes["x"], c.hessian / 2)),
    ),
    "rounding": (
        lambda c: c.graph.rounding(c.point), lambda c, made: abs(sum(row.share for row in made.nodes) - 1) < 1e-9,
    ),
    "plot_error": (
        lambda c: c.graph.plot_error(ranges=dict.fromkeys(c.graph.tape.input_names(), (0.5, 2.0)),
                                     axes=Figure().subplots()),
        lambda c, axes: axes.get_ylabel() == "bits of error",
    ),
    "plot_live": (
        lambda c: c.graph.plot_live(Figure().subplots()), lambda c, axes: axes.get_xlabel() == "nodes computed",
    ),
    "plot": (
        lambda c: c.graph.plot((c.graph.inputs[0], 0, 1), axes=Figure().subplots(), points=2, **c.point),
        lambda c, axes: np.allclose(axes.lines[0].get_ydata(), [c.value - 0.6, c.value - 0.6 + 0.4]),
    ),
    "evalf": (lambda c: c.graph.evalf(20, **c.point), lambda c, found: abs(float(found) - c.value) < 1e-15),
    "expand": (lambda c: (c.graph * c.graph).expand(), lambda c, found: found.equals(c.graph**2)),
    "factor": (lambda c: c.graph.factor(), lambda c, found: found.equals(c.graph)),
    "collect": (lambda c: c.graph.collect(c.graph.inputs[0]), lambda c, found: found.equals(c.graph)),
    "series": (
        lambda c: c.graph.series(c.graph.inputs[-1], 0, 2), lambda c, found: found.equals(ew.parse("x + x*y")),
    ),
    "solve": (
        lambda c: c.graph.solve(c.graph.inputs[0]), lambda c, found: found[0].equals(ew.parse("-sin(x)/x")),
    ),
    "integrate": (
        lambda c: c.graph.integrate(c.graph.inputs[0]), lambda c, found: found.diff("y").equals(c.graph),
    ),
    "limit": (lambda c: c.graph.limit(c.graph.inputs[0], 1), lambda c, found: found.equals(c.graph.subs(y=1))),
    "pareto": (lambda c: c.gradient.pareto(), lambda c, curve: curve[0].operations == c.gradient.cost().operations),
    "schedule": (lambda c: c.gradient.schedule(99), lambda c, one: one.operations == c.gradient.cost().operations),
}  # fmt: skip
OPTIONS: Mapping[str, Callable[[Case], Any]] = {
    "jacobian sparse": lambda c: c.graph.jacobian(sparse="coo"),
    "jacobian order": lambda c: c.graph.jacobian(order="markowitz"),
    "jacobian explicit order": lambda c: c.graph.jacobian(
        order=[i for i in range(len(c.graph)) if c.graph.arguments(i) and i not in c.graph.outputs]
    ),
    "jacobian search": lambda c: c.graph.jacobian(order="search", evaluations=10),
    "hessian sparse": lambda c: c.graph.hessian(sparse="coo"),
    "evaluate digits": lambda c: c.graph.evaluate(c.point, digits=20),
    "simplify accurate": lambda c: c.graph.simplify("accurate"),
    "simplify expand": lambda c: c.graph.simplify(expand=True),
    "to_python free": lambda c: c.gradient.to_python(free=True),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("check", dict.fromkeys(WORKS.values()), ids=lambda check: check.__name__)
def test_it_works_on_both(check: Callable[[Case], None], case: str) -> None:
    check(CASES[case])


def test_the_table_has_every_public_name() -> None:
    for kind, own in ((ew.Graph, c := CASES["scalars"].graph), (ew.DerivativeGraph, c.gradient())):
        assert type(own) is kind
        assert {name for name in dir(kind) if not name.startswith("_")} - {*WORKS, *REFUSED} == set()
    assert all(hasattr(ew.DerivativeGraph, name) for name in (*WORKS, *REFUSED))
    assert not WORKS.keys() & REFUSED.keys()


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_for_scalars_works_on_scalars(name: str) -> None:
    call, right = REFUSED[name]
    assert right(SCALARS, call(SCALARS))


@pytest.mark.parametrize("name", OPTIONS)
def test_options_for_scalars_work_on_scalars(name: str) -> None:
    assert OPTIONS[name](SCALARS) is not None


@pytest.mark.parametrize("case", OF_TENSORS)
@pytest.mark.parametrize("name", [*REFUSED, *OPTIONS])
def test_what_is_for_scalars_is_refused_on_tensors(name: str, case: str) -> None:
    call = REFUSED[name][0] if name in REFUSED else OPTIONS[name]
    with pytest.raises(UnsupportedError, match=r"is for graphs of scalars, and the input \w+ is a tensor") as caught:
        call(CASES[case])
    sizes = ", ".join(f"{name}=…" for name in CASES[case].sizes)
    assert caught.value.hint == f"write G.scalarize({sizes}) first" and "\n" not in str(caught.value)
    # And that is what helps.
    scalars = CASES[case].graph.scalarize(**CASES[case].sizes)
    call(CASES[case]._replace(graph=scalars))


def test_only_tensor_graphs_take_sizes() -> None:
    with pytest.raises(InputError, match="a graph of scalars has none"):
        SCALARS.graph.simplify(sizes={"n": 2})
    with pytest.raises(InputError, match="a graph of scalars has none"):
        SCALARS.graph.compile(n=2)
    with pytest.raises(InputError, match="dimension 'm' has no number"):
        TENSORS.graph.compile("llvm")
    assert TENSORS.graph.simplify(sizes={"m": 1000, "n": 2}).report is not None
    assert SCALARS.graph.scalarize().tape is SCALARS.graph.tape


def test_a_derivative_in_which_no_tensor_is_left() -> None:
    """Inputs may be plain scalars and inner nodes tensors: 𝒢 is of tensors then, and ℬ simplified may be of scalars."""
    source = ew.parse("x*sum(ones(2))*y", shapes={"x": (), "y": ()}).to_networkx()
    for _, data in source.nodes(data=True):
        data.pop("kind", None)
    graph, at = Graph.from_networkx(source), {"x": 2.0, "y": 3.0}
    assert graph.tape.has_tensors and not any(parameter.is_tensor for parameter in graph.parameters)
    small = graph.gradient().simplify()
    assert not small.tape.has_tensors
    for found in (small.evaluate(at).outputs, small.compile()(**at)[1], small.compile("numpy")(**at)[1]):
        same(found, [6.0, 4.0])
    assert "Algorithm 6.5" in str(small.steps(at)) and small.explain(at).text.endswith("2*x = 4")
    assert small.explore(at).html.startswith("<!DOCTYPE html>") and "nodes" in small._repr_html_()
    assert "def f(" in small.to_python() and small.scalarize().tape is small.tape
    at["y_dot"] = 1.0
    for second in (small.jacobian("y"), graph.hessian("y"), graph.hvp("y"), small.vjp("y"), graph.gradient().jvp("y")):
        for each in (second, second.simplify()):
            given = {name: at.get(name, [1.0, 1.0]) for name in [p.name for p in each.parameters]}
            found = each.evaluate(given).outputs
            assert np.sum(found) == pytest.approx(0.0 if second.derivative.kind in ("hessian", "hvp") else 2.0)
            assert len(each.steps(given)) >= len(graph)


# --- who knows ------------------------------------------------------------------------------------------------------

SOURCE = Path(ew.__file__).parent
DOORS = {
    "accuracy/doors.py", "differentiate/doors.py", "simplify/doors.py", "evaluate/doors.py", "lower/doors.py",
    "write/latex/__init__.py", "graph/tape.py", "graph/builder.py", "graph/for_scalars.py",
    "graph/tensors/scalarize.py",
    "view/pictures/scene.py", "view/explanations/marked_mathml.py",
}  # fmt: skip


class _Asks(ast.NodeVisitor):
    """Who asks a graph whether it holds tensors, and who looks at the class of a graph."""

    def __init__(self) -> None:
        self.tensors, self.classes = 0, list[str]()

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.tensors += node.attr == "has_tensors"
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id in ("isinstance", "type") and len(node.args) > 1:
            self.classes += [name.id for name in ast.walk(node.args[1]) if isinstance(name, ast.Name)]
        self.generic_visit(node)


def asks() -> dict[str, _Asks]:
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        found[path.relative_to(SOURCE).as_posix()] = visitor = _Asks()
        visitor.visit(ast.parse(path.read_text(encoding="utf-8")))
    return found


def test_only_doors_ask_for_tensors() -> None:
    assert {name for name, visitor in asks().items() if visitor.tensors} == DOORS


def test_the_command_line_does_not_look_at_classes_of_graphs() -> None:
    for name, visitor in asks().items():
        assert not [each for each in visitor.classes if name.startswith("cli/") and each.endswith("Graph")], name


def test_there_is_one_graph() -> None:
    def below(kind: type) -> list[type]:
        return [each for child in kind.__subclasses__() for each in (child, *below(child))]

    assert below(ew.Graph) == [ew.DerivativeGraph]
    assert not [name for name in ew.__all__ if name.startswith("Tensor") and name != "Tensor"]


VERSION_1 = {
    "x*y + sin(x)": """{"format": "edgewise", "version": 1, "checksum":
        "3285745e06cea6a67410be8bf8295647fcc3489d3e272f4e9b6d719be86425d1", "graph": {"operations": ["input", "add",
        "mul", "sin"], "ops": [0, 0, 2, 3, 1], "start": [0, 0, 0, 2, 3, 5], "args": [0, 1, 0, 2, 3], "attrs": {"0":
        "x", "1": "y"}, "inputs": [0, 1], "outputs": [4], "parameters": [["x", []], ["y", []]], "layout": {"kind":
        "array"}, "shapes": {}, "labels": {}, "lines": {}}}""",
    "sum(A @ x)": """{"format": "edgewise", "version": 1, "checksum":
        "00a204e71b3be4aa892fa9077eff50d4ee1ab35e6002bf54666caf6ff8d1740b", "graph": {"operations": ["input",
        ["tensor", "contract"]], "ops": [0, 0, 1, 1], "start": [0, 0, 0, 2, 3], "args": [0, 1, 2], "attrs": {"0":
        "A", "1": "x", "2": ["contraction", ["ij", "j"], "i"], "3": ["contraction", ["i"], ""]}, "inputs": [0, 1],
        "outputs": [3], "parameters": [["A", [["dimension", "m"], ["dimension", "n"]], "real"], ["x", [["dimension",
        "n"]], "real"]], "layout": {"kind": "array"}, "shapes": {"0": [["dimension", "m"], ["dimension", "n"]], "1":
        [["dimension", "n"]], "2": [["dimension", "m"]]}, "labels": {}, "lines": {}}}""",
}


@pytest.mark.parametrize("text", VERSION_1)
def test_json_of_version_1_still_reads(text: str) -> None:
    graph = Graph.from_json(VERSION_1[text])
    assert type(graph) is Graph and graph.text() == text
    assert graph.to_json() == " ".join(VERSION_1[text].split())
