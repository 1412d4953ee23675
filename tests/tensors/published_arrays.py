"""Geometry, matrices, indexing and order statistics: derivatives as the literature prints them."""

from __future__ import annotations

from typing import Any, Final

from published_row import Published, again, published

__all__ = ["ARRAYS"]

# --- models ----------------------------------------------------------------------------------------------------------


def bundle_adjustment(np: Any, r: Any, t: Any, P: Any, uv: Any, f: Any) -> Any:
    th, o = np.sqrt(r @ r), 0 * r[0]
    K = np.stack([np.stack([o, -r[2], r[1]]), np.stack([r[2], o, -r[0]]), np.stack([-r[1], r[0], o])])
    R = np.eye(3) + np.sin(th) / th * K + (1 - np.cos(th)) / th**2 * (K @ K)
    X = P @ R.T + t
    return np.sum((f * X[:, :2] / (X[:, 2:] + 10.0) - uv) ** 2)


def pose_graph(np: Any, q1: Any, q2: Any, t1: Any, t2: Any, R12: Any, z: Any) -> Any:
    def rotation(q: Any) -> Any:
        q = q / np.linalg.norm(q)
        w, x, y, z = q[0], q[1], q[2], q[3]
        return np.stack([np.stack([1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)]),
                         np.stack([2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)]),
                         np.stack([2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)])])  # fmt: skip

    R1, R2 = rotation(q1), rotation(q2)
    e = R1.T @ (t2 - t1) - z
    return e @ e + np.sum((R1.T @ R2 - R12) ** 2)


def logdet_identity_plus_gram(np: Any, U: Any) -> Any:
    return np.linalg.slogdet(np.eye(U.shape[0]) + U @ U.T)[1]


def logdet_diagonal_plus_low_rank(np: Any, dd: Any, U: Any) -> Any:
    return np.log(np.linalg.det(np.diag(dd) + U @ U.T))


def exponential_by_taylor(np: Any, A: Any, b: Any) -> Any:
    E, P = np.eye(4), np.eye(4)
    for i in range(1, 7):
        P = P @ A / i
        E = E + P
    return b @ E @ b


def nuclear_norm(np: Any, A: Any) -> Any:
    return np.linalg.norm(A, "nuc")


def sum_over_singular_values(np: Any, A: Any) -> Any:
    return np.sum(np.log1p(np.linalg.svd(A, compute_uv=False)))


def several_norms(np: Any, A: Any) -> Any:
    columns = np.linalg.norm(A, 1, axis=0).max()
    return np.linalg.norm(A, axis=1).sum() + columns + np.linalg.norm(A) + np.linalg.norm(A[0], 3)


def norms_by_rows_and_columns(np: Any, A: Any) -> Any:
    return np.linalg.norm(A, np.inf) + np.linalg.norm(A, 1)


def quantile(np: Any, x: Any) -> Any:
    return np.quantile(x, 0.25) ** 2


def positive_part(np: Any, x: Any) -> Any:
    return np.sum(x[x > 0] ** 2)


def masked_mean(np: Any, x: Any, M: Any) -> Any:
    mask = M > 0
    return np.sum(np.where(mask, x, 0.0) ** 2) / np.sum(mask)


def laplacian_on_a_ring(np: Any, x: Any) -> Any:
    return np.sum((np.roll(x, 1, axis=0) + np.roll(x, -1, axis=0) - 2 * x) ** 2)


def outer_trace_inner(np: Any, x: Any, y: Any, A: Any) -> Any:
    return np.trace(np.outer(x, y) @ A) + np.inner(x, y) * np.vdot(x, x)


def cross_product(np: Any, x: Any, y: Any) -> Any:
    return np.sum(np.cross(x, y) ** 2)


def trapezoid(np: Any, x: Any, ts: Any) -> Any:
    return np.trapezoid(x**2, ts)


# --- written out -----------------------------------------------------------------------------------------------------


def _turned(k: int) -> str:
    """Rotation k of a quaternion: I + 2 w [v] + 2 [v]^2, with [v] the matrix of v x."""
    return f"""s{k} = norm(q{k})
        p{k} = q{k} / s{k}
        w{k} = p{k}[0]
        v{k} = p{k}[1:]
        V{k} = array([[0, -v{k}[2], v{k}[1]], [v{k}[2], 0, -v{k}[0]], [-v{k}[1], v{k}[0], 0]])
        R{k} = eye(3) + 2 * w{k} * V{k} + 2 * V{k} @ V{k}"""


def _turned_back(k: int) -> str:
    """d{k}: the derivative in q{k}, of G{k}, the one in the rotation's matrix."""
    return f"""S{k} = G{k} - G{k}.T
        a{k} = array([S{k}[2, 1], S{k}[0, 2], S{k}[1, 0]])
        b{k} = w{k} * a{k} + (G{k} + G{k}.T) @ v{k} - 2 * trace(G{k}) * v{k}
        g{k} = 2 * concatenate([(v{k} @ a{k})[None], b{k}])
        d{k} = (g{k} - p{k} * (p{k} @ g{k})) / s{k}"""


FACTOR: Final = """L = array([[exp(th[0]), 0, 0], [th[1], exp(th[2]), 0], [th[3], th[4], exp(th[5])]])"""

ARRAYS: Final[tuple[Published, ...]] = (
    published(
        bundle_adjustment, "r: 3; t: 3; P: n,3; uv: n,2; f:",
        "Gallego and Yezzi 2015 for the rotation; Hartley and Zisserman 2004 for the projection",
        """c = r @ r
        h = sqrt(c)
        K = array([[0, -r[2], r[1]], [r[2], 0, -r[0]], [-r[1], r[0], 0]])
        R = eye(3) + sin(h) / h * K + (1 - cos(h)) / c * K @ K
        X = P @ R.T + t
        z = X[:, 2:] + 10
        p = f * X[:, :2] / z
        e = p - uv
        D = concatenate([2 * f * e / z, -2 * sum(e * p, axis=1)[:, None] / z], axis=1)
        B = R.T @ D.T @ P
        S = B - B.T
        m = array([S[2, 1], S[0, 2], S[1, 0]])
        u = 1 / z**2
        v = -2 * f * sum(u * (p + e), axis=0)
        w = 2 * sum(u * p * (p + 2 * e))""",
        gradient={"r": "(r * (r @ m) + K.T @ (R - eye(3)) @ m) / c", "t": "sum(D, axis=0)", "P": "D @ R"},
        hessian={"t": "block([[2 * f**2 * sum(u) * eye(2), v[:, None]], [v[None], w]])"},
    ),
    published(
        pose_graph, "q1: 4; q2: 4; t1: 3; t2: 3; R12: 3,3; z: 3",
        "Solà 2017, the derivative by the quaternion, for a matrix of weights",
        f"""{_turned(1)}
        {_turned(2)}
        t = t2 - t1
        e = R1.T @ t - z
        E = R1.T @ R2 - R12
        G1 = 2 * (outer(t, e) + R2 @ E.T)
        G2 = 2 * R1 @ E
        {_turned_back(1)}
        {_turned_back(2)}
        g = 2 * R1 @ e""",
        gradient={"q1": "d1", "q2": "d2", "t1": "-g", "t2": "g"},
        hessian={"t1": "2 * eye(3)"},
    ),
    again(
        "kronecker_form", "Van Loan 2000", "X = reshape(x, (3, 2))",
        gradient={"A": "X @ B @ X.T"},
        hessian={"A": "zeros((3, 3, 3, 3))"},
    ),
    published(
        logdet_identity_plus_gram, "U: d,k", "textbook",
        """M = inv(eye(d) + U @ U.T)
        V = M @ U""",
        gradient={"U": "2 * M @ U"},
        hessian={"U": "2 * (einsum('ij,ab->iajb', M, eye(k) - U.T @ V) - einsum('ib,ja->iajb', V, V))"},
    ),
    published(
        logdet_diagonal_plus_low_rank, "dd: d +; U: d,k", "textbook", "M = inv(diag(dd) + U @ U.T)",
        gradient={"dd": "diag(M)", "U": "2 * M @ U"},
        hessian={"dd": "-M * M"},
    ),
    published(
        exponential_by_taylor, "A: 4,4; b: 4",
        "Al-Mohy and Higham 2009, section 3; Hessian: Higham 2008, chapter 3, by terms",
        """M1 = outer(b, b)
        P1 = A.T
        P2 = P1 @ A.T
        P3 = P2 @ A.T
        P4 = P3 @ A.T
        P5 = P4 @ A.T
        M2 = M1 @ A.T + P1 @ M1
        M3 = M2 @ A.T + P2 @ M1
        M4 = M3 @ A.T + P3 @ M1
        M5 = M4 @ A.T + P4 @ M1
        M6 = M5 @ A.T + P5 @ M1
        I = eye(4)
        P = stack([I, P1, P2, P3, P4])
        X = P @ b
        Y = stack([I, A, A @ A, A @ A @ A, A @ A @ A @ A]) @ b
        i = arange(5)
        w = concatenate([1 / array([2, 6, 24, 120, 720]), zeros(8)])
        C = w[i[:, None, None] + i[:, None] + i]
        T = einsum('pqr,pi,qkj,rl->ijkl', C, X, P, Y)""",
        gradient={"A": "M1 + M2 / 2 + M3 / 6 + M4 / 24 + M5 / 120 + M6 / 720"},
        hessian={"A": "T + transpose(T, (2, 3, 0, 1))"},
    ),
    again(
        "spectral_norm", "textbook; Watson 1992",
        gradient={"A": "outer(left_vectors(A)[:, 0], right_vectors(A)[:, 0])"},
    ),
    published(
        nuclear_norm, "A: n,d", "Watson 1992",
        gradient={"A": "left_vectors(A) @ right_vectors(A).T"},
    ),
    published(
        sum_over_singular_values, "A: n,d", "Lewis 1995",
        gradient={"A": "left_vectors(A) @ diag(1 / (1 + singular_values(A))) @ right_vectors(A).T"},
    ),
    again(
        "block_rayleigh_quotient", "textbook",
        gradient={"A": "outer(x, x) / (x @ x)"},
        hessian={"A": "zeros((d, d, d, d))"},
    ),
    again(
        "cholesky_parameters", "Pinheiro and Bates 1996, log-Cholesky; the derivative of the factor: textbook",
        f"""{FACTOR}
        V = inv(L)
        Z = V @ X.T
        S = Z @ Z.T
        F = V.T @ S
        W = V.T @ V
        l = diag(L)
        i = array([0, 1, 1, 2, 2, 2])
        j = array([0, 0, 1, 0, 1, 2])
        T = F[i][:, j] * V[j][:, i]
        s = array([l[0], 1, l[1], 1, 1, l[2]])
        f = -diag(F) * l""",
        gradient={"th": "array([n + f[0], -F[1, 0], n + f[1], -F[2, 0], -F[2, 1], n + f[2]])"},
        hessian={
            "th": "outer(s, s) * (W[i][:, i] * S[j][:, j] + T + T.T) + diag(array([f[0], 0, f[1], 0, 0, f[2]]))",
        },
    ),
    again(
        "batched_systems", "textbook",
        """M = inv(A @ swapaxes(A, 1, 2) + eye(d))
        x = einsum('nij,nj->ni', M, b)""",
        gradient={"A": "2 * (M - x[:, :, None] * x[:, None, :]) @ A"},
        hessian={"b": "2 * einsum('nij,nm->nimj', M, eye(n))"},
    ),
    published(
        several_norms, "A: n,d", "textbook, where they are differentiable",
        """s = norm(A, axis=1)
        t = norm(A)
        c = sum(abs(A), axis=0)
        a = A[0]
        p = sum(abs(a)**3)
        I = eye(n)
        J = eye(d)
        u = A / s[:, None]
        g = a * abs(a)""",
        gradient={"A": "u + (c == max(c)) * sign(A) + A / t + outer(I[0], p**(-2/3) * g)"},
        hessian={
            "A": "einsum('ik,ijl->ijkl', I, (J - u[:, :, None] * u[:, None, :]) / s[:, None, None])"
                 " + (einsum('ik,jl->ijkl', I, J) - einsum('ij,kl->ijkl', A, A) / t**2) / t"
                 " + 2 * einsum('i,k,jl->ijkl', I[0], I[0], p**(-2/3) * diag(abs(a)) - p**(-5/3) * outer(g, g))",
        },
    ),
    published(
        norms_by_rows_and_columns, "A: n,d", "textbook, where they are differentiable",
        """B = abs(A)
        r = sum(B, axis=1)
        c = sum(B, axis=0)""",
        gradient={"A": "sign(A) * ((r == max(r))[:, None] + (c == max(c)))"},
    ),
    again(
        "top_three", "textbook", "",
        gradient={"x": "2 * where(x >= sort(x)[n - 3], x, 0)"},
    ),
    published(
        quantile, "x: n", "Hyndman and Fan 1996, definition 7",
        """p = argsort(x)
        j = (n - 1)//4
        g = (n - 1)/4 - j
        q = (1 - g) * x[p[j]] + g * x[p[j + 1]]""",
        gradient={"x": "2 * q * ((1 - g) * eye(n)[p[j]] + g * eye(n)[p[j + 1]])"},
    ),
    again(
        "survival_by_running_product", "textbook",
        """y = 1 + x
        c = cumsum((w * cumprod(1 / y))[::-1])[::-1]
        i = arange(n)""",
        gradient={"x": "-c / y"},
        hessian={"x": "c[maximum(i[:, None], i)] * (1 + eye(n)) / outer(y, y)"},
    ),
    again(
        "interpolated_values", "de Boor 1978, chapter 3: linear splines by hat functions",
        "B = maximum(1 - abs(clip(q, -3, 3)[:, None] - array([-3, -1.5, 0, 1.5, 3])) / 1.5, 0)",
        gradient={"f": "2 * B.T @ (B @ f - y)"},
        hessian={"f": "2 * B.T @ B"},
    ),
    published(
        positive_part, "x: n", "textbook",
        gradient={"x": "2 * where(x > 0, x, 0)"},
        hessian={"x": "diag(where(x > 0, 2, 0))"},
    ),
    published(
        masked_mean, "x: n,d; M: n,d", "textbook", "B = M > 0",
        gradient={"x": "2 / sum(B) * where(B, x, 0)"},
        hessian={"x": "2 / sum(B) * einsum('ij,ik,jl->ijkl', where(B, 1, 0), eye(n), eye(d))"},
    ),
    again(
        "sums_by_segment", "textbook", "O = seg[:, None] == arange(3)",
        gradient={"x": "2 * O @ (O.T @ x)"},
        hessian={"x": "2 * O @ O.T"},
    ),
    published(
        laplacian_on_a_ring, "x: n,d", "textbook: twice the Laplacian of the Laplacian",
        """D = roll(x, 1, axis=0) + roll(x, -1, axis=0) - 2 * x
        L = roll(eye(n), 1, axis=0) + roll(eye(n), -1, axis=0) - 2 * eye(n)""",
        gradient={"x": "2 * (roll(D, 1, axis=0) + roll(D, -1, axis=0) - 2 * D)"},
        hessian={"x": "einsum('ik,jl->ijkl', 2 * L @ L, eye(d))"},
    ),
    published(
        outer_trace_inner, "x: d; y: d; A: d,d", "textbook",
        gradient={"x": "A.T @ y + 2 * (x @ y) * x + (x @ x) * y"},
        hessian={"x": "2 * (outer(x, y) + outer(y, x) + (x @ y) * eye(d))"},
    ),
    published(
        cross_product, "x: 3; y: 3", "textbook, by the identity of Lagrange",
        gradient={"x": "2 * ((y @ y) * x - (x @ y) * y)"},
        hessian={"x": "2 * ((y @ y) * eye(3) - outer(y, y))"},
    ),
    published(
        trapezoid, "x: n; ts: n", "textbook",
        """h = ts[1:] - ts[:n - 1]
        o = zeros(1)
        w = concatenate([h, o]) + concatenate([o, h])""",
        gradient={"x": "w * x"},
        hessian={"x": "diag(w)"},
    ),
)  # fmt: skip
