r"""LaTeX of tensor graphs: read back as numbers, set by matplotlib, and inert whatever the inputs are called."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.frontends.text_tensors import parse_shapes
from edgewise.graph import Builder, Layout, Tensor
from edgewise.ops import Contraction
from edgewise.write.latex.chains import matrix_form
from edgewise.write.latex.forms import Form
from edgewise.write.latex.tensor_formulas import tensors_to_latex
from latex_reader import Unknown, read
from quickly import one_in
from tensor_rows import OURS, ROWS
from tensor_strategies import NAMED, inputs, programs

N = 3


class Matrix:
    """Numbers with LaTeX's operations: vectors are columns, one number alone scales."""

    def __init__(self, values: Any) -> None:
        array = np.asarray(values, dtype=float)
        self.values = array.reshape(-1, 1) if array.ndim < 2 else array

    def __mul__(self, other: Matrix) -> Matrix:
        a, b = self.values, other.values
        return Matrix(a * b if 1 in (a.size, b.size) else a @ b)

    def __and__(self, other: Matrix) -> Matrix:
        return Matrix(self.values * other.values)

    @property
    def top(self) -> Matrix:
        return Matrix(self.values.T)

    def diag(self) -> Matrix:
        return Matrix(np.diag(self.values[:, 0] if self.values.shape[1] == 1 else self.values))

    def tr(self) -> Matrix:
        return Matrix(np.trace(self.values))


def matrix_value(text: str, values: dict[str, Matrix]) -> Matrix:
    """The value of matrix notation, by Python's own grammar."""
    text = re.sub(r"\\operatorname\{(\w+)\}", r"\1", text.replace("\\,", " ")).replace("\\mathbf{1}", "ones")
    tokens = re.findall(r"\^\\top|\\odot|[A-Za-z]+|[()]", text)
    written: list[str] = []
    for token in tokens:
        starts = token == "(" or token.isalpha()
        if starts and written and (written[-1][-1] in ")p" or written[-1] in values):
            written.append("*")
        written.append({"^\\top": ".top", "\\odot": "&", "diag": "Matrix.diag", "tr": "Matrix.tr"}.get(token, token))
    found: Matrix = eval("".join(written), {"Matrix": Matrix, **values})
    return found


@st.composite
def contractions(draw: st.DrawFn, most_out: int) -> Contraction:
    """A contraction of vectors, matrices and numbers, perhaps with diagonals and repetition."""
    letters = "ijkl"
    parts = draw(st.lists(st.text(letters, min_size=0, max_size=2), min_size=1, max_size=4))
    present = sorted(set("".join(parts)))
    out = draw(st.permutations(present))[: draw(st.integers(0, most_out))]
    sizes = [(letter, N) for letter in "xy"[: draw(st.integers(0, 1))] if len(out) < most_out]
    output = draw(st.permutations([*out, *(letter for letter, _ in sizes)]))
    return Contraction(tuple(parts), "".join(output), tuple(sizes))


@settings(max_examples=300, deadline=None)
@given(contractions(2), st.integers(0, 9))
def test_matrix_notation_says_the_contraction(p: Contraction, seed: int) -> None:
    rng = np.random.default_rng(seed)
    names = "ABCD"[: len(p.inputs)]
    arrays = [rng.normal(size=(N,) * len(part)) for part in p.inputs]
    form = matrix_form(p, [Form(name) for name in names], p.lengths([a.shape for a in arrays]))
    if form is None:
        edges = [part for part in p.inputs if len(set(part)) == 2]
        assert len(edges) > 1, "one matrix and vectors always have matrix notation"
        return
    values = {name: Matrix(array) for name, array in zip(names, arrays, strict=True)} | {"ones": Matrix(np.ones(N))}
    found = matrix_value(form.text, values).values
    np.testing.assert_allclose(found, Matrix(p.value(*arrays)).values, rtol=1e-12, atol=1e-12)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_index_notation_says_the_contraction(data: st.DataObject) -> None:
    parts = data.draw(st.lists(st.text("ijkl", min_size=1, max_size=3), min_size=1, max_size=3))
    if all(len(part) < 3 for part in parts):
        parts.append("ijk")
    present = sorted(set("".join(parts)))
    out = data.draw(st.permutations(present))[: data.draw(st.integers(0, len(present)))]
    spec, names = f"{','.join(parts)}->{''.join(out)}", "ABCD"[: len(parts)]
    text = ew.parse(
        f"einsum('{spec}', {', '.join(names)})", shapes={name: (N,) * len(part) for name, part in zip(names, parts)}
    ).to_latex()
    arrays = {name: np.random.default_rng(k).normal(size=(N,) * len(part)) for k, (name, part) in
              enumerate(zip(names, parts))}  # fmt: skip
    read = re.fullmatch(r"(?:\\left\[)?(?:\\sum_\{([a-z ]+)\} )?((?:[A-D]_\{\w+\} ?)+)(?:\\right\]_\{(\w+)\})?", text)
    if text in names:
        found = arrays[text]
    else:
        assert read is not None, text
        factors = re.findall(r"([A-D])_\{(\w+)\}", read[2])
        found = np.einsum(f"{','.join(f[1] for f in factors)}->{read[3] or ''}", *(arrays[f[0]] for f in factors))
        summed = set("".join(f[1] for f in factors)) - set(read[3] or "")
        assert set((read[1] or "").split()) == summed
    np.testing.assert_allclose(found, np.einsum(spec, *arrays.values()), rtol=1e-12, atol=1e-12)


def well_formed(text: str) -> None:
    """Balanced, and read by matplotlib's TeX, which refuses two scripts of one kind on a symbol."""
    assert "\0" not in text
    bare = re.sub(r"\\[{}]", "", text)
    for opening, closing in ("{}", "()", ("\\begin", "\\end"), ("\\left\\", "\\right\\"), ("\\left[", "\\right]")):
        assert bare.count(opening) == bare.count(closing), text
    mathtext = pytest.importorskip("matplotlib.mathtext", reason="matplotlib is an optional peer")
    # What it does not know: lines, matrices, a few symbols.
    while "\\begin{bmatrix}" in text:
        inner = re.compile(r"\\begin\{bmatrix\}((?:(?!\\begin).)*?)\\end\{bmatrix\}", re.S)
        text = inner.sub(lambda found: "[" + found[1].replace("\\\\", ",") + "]", text)
    text = re.sub(r"\\(?:begin|end)\{aligned\}", "", text)
    for line in re.split(r"\\\\", text):
        line = re.sub(
            r"\\[lr](?:Vert|vert)", "|", line.replace("\\&", "+").replace("&", " ").replace("\\tfrac", "\\frac")
        )
        line = line.replace("\\ge ", "> ").replace("\\le ", "< ").replace("\n", " ")
        line = re.sub(r"\\left([(\[])|\\right([)\]])", lambda found: found[1] or found[2], line)
        mathtext.MathTextParser("path").parse(f"${line.strip()}$")


def graphs_of(program: Callable[..., Any]) -> list[Any]:
    shapes = {name: ew.tensor(*shape) for name, shape in NAMED.items()}
    G = ew.trace(lambda X, A, w, y, c: program(np, X, A, w, y, c), **shapes)
    B = G.gradient()
    return [G, B, B.simplify(), B.simplify().jacobian("w"), B.simplify().jacobian("X").simplify()]


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(programs(most=6))
def test_latex_of_any_graph_is_well_formed(program: Callable[..., Any]) -> None:
    for graph in graphs_of(program):
        well_formed(graph.to_latex())


@pytest.mark.parametrize("row", one_in(3, ROWS), ids=lambda row: row.name)
def test_latex_of_every_operation_is_well_formed(row: Any) -> None:
    G = ew.trace(lambda **given: row.function(OURS, *given.values()), **parse_shapes(row.shapes))
    well_formed(G.to_latex())
    real = [p.name for p in G.tape.parameters if p.kind != "integer"]
    J = G.jacobian(real)
    for graph in (J, J.simplify()):
        well_formed(graph.to_latex())


REGRESSION = "X: n,d; w: d; y: n"
PAPER = [
    ("norm(X @ w - y)**2", REGRESSION, "gradient", "w", r"2\,X^\top (X w - y)"),
    ("norm(X @ w - y)**2", REGRESSION, "hessian", "w", r"2\,X^\top X"),
    ("A @ X @ B", "A: m,n; X: n,k; B: k,d", "jacobian", "X", r"\left[A_{il} B_{pj}\right]_{ijlp}"),
    ("A @ x", "A: p,q; x: q", "jacobian", "A", r"\left[x_{k} \delta_{ij}\right]_{ijk}"),
    ("inv(A)", "A: n,n", "jacobian", "A", r"\left[-(A^{-1})_{ik} (A^{-1})_{lj}\right]_{ijkl}"),
    ("logdet(A)", "A: n,n", "gradient", "A", r"A^{-\top}"),
    ("logdet(A)", "A: n,n", "hessian", "A", r"\left[-(A^{-1})_{jk} (A^{-1})_{li}\right]_{ijkl}"),
    ("solve(A.T, X) + B", "A: n,n; X: n,m; B: n,m", "simplify", None, r"B + A^{-\top} X"),
    ("einsum('bij,bjk->bik', A, B)", "A: b,n,m; B: b,m,k", "simplify", None,
     r"\left[\sum_{p} A_{ijp} B_{ipl}\right]_{ijl}"),
    ("X - X.mean(0)", "X: n,d", "simplify", None, r"X - \mathbf{1} \frac{\mathbf{1}^\top X}{n}"),
    ("sum(exp(A @ x))", "A: n,m; x: m", "hessian", "x", r"A^\top \operatorname{diag}(\exp(A x)) A"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shapes", "what", "wrt", "latex"), PAPER)
def test_results_read_as_in_a_paper(text: str, shapes: str, what: str, wrt: str | None, latex: str) -> None:
    G = ew.parse(text, shapes=shapes)
    made = G.simplify() if wrt is None else getattr(G, what)(wrt).simplify()
    assert made.to_latex() == latex


HOSTILE = (r"\input{/etc/passwd}", "}{", "x^2", "x_1", "I_1", "$", "%", "&", "\\\\", "a^b_c", "i", "<script>", "\0a0;")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_only_show(name: str) -> None:
    builder = Builder()
    X = Tensor(builder, builder.tensor(name, (N, N, N)))
    A = Tensor(builder, builder.tensor("A", (N, N)))
    parts = [np.einsum("ijk,kl->ijl", X, A), np.sum(X, axis=0).T ** 2 @ A, np.linalg.inv(X)]
    tape = builder.whole([part._node for part in parts], Layout("dict", (), (Layout("tensor"),) * 3, (name, "b", "c")))
    text = tensors_to_latex(tape)
    well_formed(text)
    assert "\\input" not in text and "<script" not in text


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(programs(most=6), st.integers(0, 5))
def test_latex_of_random_graphs_has_the_value_of_the_graph(program: Callable[..., Any], seed: int) -> None:
    values = inputs(seed)
    given_values = dict(zip(NAMED, values, strict=True)) | {"n": 3.0, "d": 2.0}
    shapes = {name: ew.tensor(*shape) for name, shape in NAMED.items()}
    G = ew.trace(lambda X, A, w, y, c: program(np, X, A, w, y, c), **shapes)
    B = G.gradient("X") if "X" in G.inputs else G.gradient()
    for graph in (G, B, B.simplify(), B.simplify().jacobian("w").simplify() if "w" in B.inputs else G):
        text = graph.to_latex()
        note(text)
        wanted = graph.evaluate({name: v for name, v in given_values.items() if name in graph.inputs}).outputs[0]
        try:
            found = read(text, given_values, np.shape(wanted))
        except Unknown:
            continue
        axes = found.axes if np.ndim(wanted) > 2 else ("row", "column")[: np.ndim(wanted)]
        np.testing.assert_allclose(np.broadcast_to(found.like(axes), np.shape(wanted)), wanted, rtol=1e-7, atol=1e-7)
