"""Tensor graphs as LaTeX: matrix notation, index notation where that does not hold, and nothing that acts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
from edgewise.frontends.latex_indices import letters_beside
from tensor_rows import ROWS, Row
from tensor_rows import traced as traced_row
from tensor_strategies import NAMED, programs

SHAPES = "X: n,p; A: m,n; B: p,q; S: n,n; w: p; y: n; c:"


def latex(text: str, derive: str, wrt: str = "X") -> str:
    return str(getattr(ew.parse(text, shapes=SHAPES), derive)(wrt).simplify().to_latex())


@pytest.mark.parametrize(
    ("text", "derive", "wrt", "wanted"),
    [
        ("norm(X @ w - y)**2", "gradient", "w", r"2\,X^\top (X w - y)"),
        ("norm(X @ w - y)**2 + c*w@w", "gradient", "w", r"2\,(c\,w + X^\top (X w - y))"),
        ("sum((S @ X)**2)", "gradient", "X", r"2\,S^\top S X"),
        ("y @ inv(S) @ y", "gradient", "y", r"S^{-\top} y + S^{-1} y"),
        ("logdet(S)", "gradient", "S", r"S^{-\top}"),
        ("A @ X @ B", "jacobian", "X", r"\left[A_{ik} B_{lj}\right]_{ijkl}"),
        ("X", "jacobian", "X", r"\left[\delta_{ik} \delta_{jl}\right]_{ijkl}"),
        ("X.T", "jacobian", "X", r"\left[\delta_{il} \delta_{jk}\right]_{ijkl}"),
        ("inv(S)", "jacobian", "S", r"\left[-(S^{-1})_{ik} (S^{-1})_{lj}\right]_{ijkl}"),
        ("X.T @ X", "jacobian", "X", r"\left[X_{ki} \delta_{jl} + X_{kj} \delta_{il}\right]_{ijkl}"),
        ("exp(X)", "jacobian", "X", r"\left[\exp(X_{ij}) \delta_{ik} \delta_{jl}\right]_{ijkl}"),
        ("sum(X, axis=0)", "jacobian", "X", r"\left[\delta_{ik}\right]_{ijk}"),
        ("y @ X @ w", "gradient", "X", r"y w^\top"),
        ("sum(X, axis=1) @ y", "gradient", "X", r"y \mathbf{1}^\top"),
        ("sum(X, axis=0) @ w", "gradient", "X", r"\mathbf{1} w^\top"),
    ],
)  # fmt: skip
def test_results_are_written_as_in_papers(text: str, derive: str, wrt: str, wanted: str) -> None:
    assert latex(text, derive, wrt) == wanted


# --- read back -------------------------------------------------------------------------------------------------------

TOKENS = re.compile(r"\\left\[|\\right\]|\\[a-z]+|\d+|[A-Za-z]|[-+(){}^_]")


class Reader:
    """A reader of index notation that knows nothing of how it was written: numbers for every assignment of indices."""

    def __init__(self, text: str, arrays: dict[str, Any]) -> None:
        self.tokens = [token for token in TOKENS.findall(text) if token != "\\cdot"]
        self.at = 0
        self.arrays = arrays

    def next(self, wanted: str = "") -> str:
        token = self.tokens[self.at]
        assert not wanted or token == wanted, (wanted, self.tokens[self.at :])
        self.at += 1
        return token

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def group(self) -> list[str]:
        """What stands in braces."""
        self.next("{")
        found = []
        while self.peek() != "}":
            found.append(self.next())
        self.next("}")
        return found

    def array(self) -> Any:
        r"""\left[…\right]_{ijk}: the index of every axis runs from 0 to 2."""
        self.next("\\left[")
        value = self.sum()
        self.next("\\right]")
        self.next("_")
        free = self.group()
        made = np.zeros((3,) * len(free))
        for place in np.ndindex(made.shape):
            made[place] = value(dict(zip(free, place, strict=True)))
        return made

    def sum(self) -> Any:
        terms = [self.term()]
        while self.peek() in ("+", "-"):
            sign = -1 if self.next() == "-" else 1
            terms.append((lambda t, s: lambda at: s * t(at))(self.term(), sign))
        return lambda at: sum(term(at) for term in terms)

    def term(self) -> Any:
        sign = 1
        if self.peek() == "-":
            self.next()
            sign = -1
        bound: list[str] = []
        while self.peek() == "\\sum":
            self.next()
            self.next("_")
            bound += self.group()
        factors = []
        while self.peek() not in ("", "+", "-", ")", "\\right]"):
            factors.append(self.factor())

        def value(at: dict[str, int]) -> float:
            total = 0.0
            for place in np.ndindex((3,) * len(bound)):
                inner = {**at, **dict(zip(bound, place, strict=True))}
                total += float(np.prod([factor(inner) for factor in factors]))
            return sign * total

        return value

    def factor(self) -> Any:
        token = self.next()
        if token.isdigit():
            return lambda at: float(token)
        if token in ("\\exp", "\\tanh"):
            self.next("(")
            inner = self.sum()
            self.next(")")
            return self.power(lambda at: getattr(np, token[1:])(inner(at)))
        if token == "(":
            depth, end = 1, self.at
            while depth:
                depth += {"(": 1, ")": -1}.get(self.tokens[end], 0)
                end += 1
            if self.tokens[end : end + 1] == ["_"]:
                whole = self.matrices(end - 1)
                self.next(")")
                return self.subscripted(whole)
            inner = self.sum()
            self.next(")")
            return self.power(inner)
        return self.subscripted(np.eye(3) if token == "\\delta" else self.arrays[token])

    def power(self, value: Any) -> Any:
        if self.peek() != "^":
            return value
        self.next()
        exponent = float(self.group()[0])
        return lambda at: value(at) ** exponent

    def subscripted(self, array: Any) -> Any:
        self.next("_")
        letters = self.group()
        assert len(letters) == array.ndim
        return self.power(lambda at: array[tuple(at[letter] for letter in letters)])

    def matrices(self, end: int) -> Any:
        """A product of matrices, up to a token."""
        product: Any = None
        while self.at < end:
            name = self.next()
            if self.peek() == "_":
                self.next()
                name += "".join(self.group())
            own = np.eye(3) if name[0] == "I" else self.arrays[name]
            if self.peek() == "^":
                self.next()
                over = "".join([self.next()] if self.peek() == "\\top" else self.group())
                own = np.linalg.inv(own) if "1" in over or "-" in over else own
                own = own.T if "\\top" in over else own
            product = own if product is None else product @ own
        return product


@pytest.mark.parametrize("simplified", [True, False])
@pytest.mark.parametrize(
    ("text", "wrt", "derive"),
    [
        ("A @ X @ B", "X", "jacobian"), ("A @ X @ B", "A", "jacobian"), ("inv(S)", "S", "jacobian"),
        ("X.T @ S @ X", "X", "jacobian"), ("X.T @ S @ X", "S", "jacobian"), ("exp(X)", "X", "jacobian"),
        ("exp(X @ w)", "X", "jacobian"), ("sum(X, axis=0)", "X", "jacobian"), ("trace(X.T @ S @ X)", "X", "hessian"),
        ("sum((A @ X @ B)**2)", "X", "hessian"), ("sum(w**4)", "w", "third"), ("S - 2*S.T", "S", "jacobian"),
        ("einsum('ij,jk,kl->l', A, X, B)", "X", "jacobian"), ("X * w", "w", "jacobian"),
        ("tanh(X)**3", "X", "jacobian"), ("einsum('ij,kl->ijkl', X, A)", "", ""),
        ("einsum('ij,ik->ijk', X, S)**2 + X.T", "", ""),
    ],
)  # fmt: skip
def test_index_notation_read_back_is_the_value(text: str, wrt: str, derive: str, simplified: bool) -> None:
    G = ew.parse(text, shapes=SHAPES)
    D: Any = G
    if derive:
        D = G.hessian(wrt).simplify().jacobian(wrt) if derive == "third" else getattr(G, derive)(wrt)
    D = D.simplify() if simplified else D
    *lines, last = D.to_latex().removeprefix("\\begin{aligned}\n").removesuffix("\n\\end{aligned}").split(" \\\\\n")
    rng = np.random.default_rng(3)
    values = {p.name: rng.normal(size=(3,) * len(p.shape)) for p in G.parameters}
    arrays: dict[str, Any] = dict(values)
    for line in lines:
        name, _, right = line.partition(" &= ")
        reader = Reader(right, arrays)
        arrays[re.sub("[{}_]", "", name)] = (
            reader.array() if right.startswith("\\left[") else reader.matrices(len(reader.tokens))
        )
    np.testing.assert_allclose(
        Reader(last.removeprefix("& "), arrays).array(), D.evaluate(values).outputs[-1], rtol=1e-9, atol=1e-12
    )


# --- any graph -------------------------------------------------------------------------------------------------------


def well_formed(text: str) -> None:
    """Braces, brackets and nesting are balanced, and no symbol has two superscripts or subscripts."""
    depth = 0
    for token in re.findall(r"\\.|[{}]", text):
        depth += {"{": 1, "}": -1}.get(token, 0)
        assert depth >= 0
    assert depth == 0
    assert text.count("\\left[") == text.count("\\right]")
    assert len(re.findall(r"(?<!\\left)(?<!\\)\(", text)) == len(re.findall(r"(?<!\\right)\)", text))
    assert "\0" not in text and "None" not in text and "einsum" not in text


def parsed(text: str) -> None:
    """Each line by matplotlib's parser of a part of LaTeX; what it does not know is replaced by what it does."""
    mathtext = pytest.importorskip("matplotlib.mathtext", reason="matplotlib is an optional peer")
    known = {"\\lVert": "\\|", "\\rVert": "\\|", "\\lvert": "|", "\\rvert": "|", "\\textstyle": "", "\\top": "T",
             "\\tfrac": "\\frac", "\\dots": "\\ldots", "\\quad": " ", "\\oslash": "\\div", "&": ""}  # fmt: skip
    for old, new in known.items():
        text = text.replace(old, new)
    text = re.sub(r"\\(le|ge|ne) ", r"\\\1q ", text.replace("\\begin{aligned}", "").replace("\\end{aligned}", ""))
    while "bmatrix" in text:
        text = re.sub(r"\\begin\{bmatrix\}((?:(?!bmatrix).)*?)\\end\{bmatrix\}", r"[\1]", text)
    for line in text.split("\\\\\n"):
        mathtext.MathTextParser("agg").parse(f"${line.strip()}$")


@settings(max_examples=15, deadline=None)
@given(programs(most=7))
def test_any_graph_is_written_well_formed(program: Callable[..., Any]) -> None:
    G = ew.trace(
        lambda X, A, w, y, c: program(np, X, A, w, y, c), **{name: ew.tensor(*shape) for name, shape in NAMED.items()}
    )
    B = G.gradient()
    for graph in (G, B, B.simplify(), B.jacobian("w"), G.hessian(["X", "c"])):
        text = graph.to_latex()
        well_formed(text)
        assert text == graph.to_latex()
    parsed(B.simplify().to_latex())


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_every_operation_and_its_jacobian_are_written(row: Row) -> None:
    G = traced_row(row)
    for graph in (G, G.jacobian(), G.jacobian().simplify()):
        well_formed(graph.to_latex())
        parsed(graph.to_latex())


def test_hostile_names_are_inert() -> None:
    names = (r"\input{/etc/passwd}", "a[0]", "{", "$x$", "x^y_z", "%", "<b>", "\0", "[:, None]")
    for name in names:
        X, w = ew.tensor("n", "d", name=name), ew.tensor("d", name="w" + name)
        for G in (ew.graph(X @ w), ew.graph(np.sum(np.exp(X @ w) ** 2))):
            text = G.jacobian().to_latex()
            assert "\\input" not in text and "\0" not in text and "<" not in text.replace("{<}", "")
            depth = 0
            for token in re.findall(r"\\.|[{}]", text):
                depth += {"{": 1, "}": -1}.get(token, 0)
                assert depth >= 0
            assert depth == 0
            assert not re.search(r"(?<!\\)[$%#]", text)


def test_letters_of_indices_are_not_those_of_inputs_or_dimensions() -> None:
    assert letters_beside(["i", "k", r"\theta"])[:3] == ["j", "l", "p"]
    G = ew.trace(lambda i, j: np.einsum("ab,c->abc", i, j), i=ew.tensor("k", "l"), j=ew.tensor("p"))
    assert G.to_latex() == r"\left[i_{qr} j_{s}\right]_{qrs}"


def test_long_chains_are_written_in_lines_without_recursion() -> None:
    def chain(X: Any, A: Any) -> Any:
        for _ in range(2000):
            X = np.einsum("ijk,kl->ijl", X, A) + 1
        return X

    text = ew.trace(chain, X=ew.tensor("n", "m", "d"), A=ew.tensor("d", "d")).to_latex()
    assert len(text) < 2000 * 200
    assert max(map(len, text.splitlines())) < 700
