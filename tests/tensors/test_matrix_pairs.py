"""Matrices that vanish beside one another: orthonormal vectors, adjugates, identities split into identities."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import edgewise as ew

SHAPES = "A: n,n; B: n,n; X: m,n; x: n; y: n; t: ; E: 6,6; F: 4,2"

# What is written, what it becomes. Each is tried on regular and on singular matrices.
FORMS = [
    ("eigenvectors(A) @ (eigenvectors(A).T @ x)", "x"),
    ("eigenvectors(A).T @ (eigenvectors(A) @ x)", "x"),
    ("left_vectors(F).T @ left_vectors(F) @ x[:2]", None),
    ("trace(right_vectors(X).T @ B @ right_vectors(X))", None),
    ("trace(eigenvectors(A) @ eigenvectors(A).T)", "n"),
    ("adjugate(A) @ (A @ x)", "det(A)*x"),
    ("A.T @ (adjugate(A).T @ x)", "det(A)*x"),
    ("trace(adjugate(A) @ A)", "det(A)*n"),
    ("A @ adjugate(A @ A) @ x", "det(A)*(adjugate(A) @ x)"),
    ("adjugate(A @ B) @ (A @ x)", "det(A)*(adjugate(B) @ x)"),
    ("adjugate(A.T) @ (A.T @ x)", "det(A)*x"),
    ("adjugate(A @ B) @ (B @ x)", None),
    ("adjugate(A) @ (A.T @ x)", None),
    ("left_vectors(X) @ (left_vectors(X).T @ (X @ x))", None),
    ("sum(reshape(eye(6), (2, 3, 2, 3))*reshape(E, (2, 3, 2, 3)))", None),
    ("x @ (A + A.T) @ x", None),
]


def matrices(seed: int, singular: bool) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    A, B = rng.normal(size=(2, 3, 3))
    if singular:
        A[2] = A[0] + A[1]
    values = {"A": A, "B": B, "X": rng.normal(size=(4, 3)), "x": rng.normal(size=3), "y": rng.normal(size=3)}
    return {**values, "t": 0.7, "E": rng.normal(size=(6, 6)), "F": rng.normal(size=(4, 2))}


@pytest.mark.parametrize(("text", "form"), FORMS, ids=[text for text, _ in FORMS])
@pytest.mark.parametrize("singular", [False, True])
def test_values_are_the_same(text: str, form: str | None, singular: bool) -> None:
    G = ew.parse(text, shapes=SHAPES)
    S = G.simplify()
    if form is not None:
        assert S.text(S.outputs[0]) == form
    values = matrices(1, singular)
    given = {parameter.name: values[parameter.name] for parameter in G.tape.parameters}
    np.testing.assert_allclose(S.evaluate(given).outputs[0], G.evaluate(given).outputs[0], rtol=1e-9, atol=1e-12)
    wrt = [name for name in ("A", "E") if name in given and "vectors" not in text]
    if wrt:
        B = G.gradient(wrt) if not G.tape.shape(G.tape.outputs[0]) else G.jacobian(wrt)
        pairs = zip(B.evaluate(given).outputs, B.simplify().evaluate(given).outputs, strict=True)
        for wanted, found in pairs:
            np.testing.assert_allclose(found, wanted, rtol=1e-8, atol=1e-10)


def test_the_sum_of_eigenvalues_is_the_trace() -> None:
    S = ew.parse("sum(eigvalsh(X))", shapes="X: n,n").gradient().simplify()
    assert S.text(S.outputs[0]) == "eye(n)"


def test_a_jacobian_of_a_scalar_goes_forward() -> None:
    G = ew.parse("kron(X + t*V, Y + t*W)", shapes="X: m,n; V: m,n; Y: p,q; W: p,q; t: ")
    assert G.jacobian(["t"]).cost().at(m=2, n=3, p=4, q=5) == G.jacobian(["t"], order="forward").cost().at(
        m=2, n=3, p=4, q=5
    )


@pytest.mark.parametrize("layout", ["ij,kl->ikjl", "ij,kl->ijkl", "ij,kl->ilkj", "ij,kl->kijl", "ij,kl->klij"])
def test_axes_are_split_of_one_identity_alone(layout: str) -> None:
    """Of a product of two identities the last axes may belong to both: split, they are no identities."""
    G = ew.trace(
        lambda A: np.reshape(np.einsum(layout, np.eye(4), np.eye(4)), (4, 4, 2, 2, 2, 2)) * np.sum(A), A=ew.tensor(2, 2)
    )
    made = G.simplify()
    A = np.array([[1.0, 2.0], [3.0, 5.0]])
    np.testing.assert_array_equal(made.evaluate(A=A).outputs[0], G.evaluate(A=A).outputs[0])
    kron = ew.trace(lambda A, X: np.kron(A, X), A=ew.tensor("k", "k"), X=ew.tensor("k", "k")).jacobian("X", "reverse")
    values = {"A": A, "X": A.T}
    np.testing.assert_array_equal(kron.simplify().evaluate(values).outputs[0], kron.evaluate(values).outputs[0])
