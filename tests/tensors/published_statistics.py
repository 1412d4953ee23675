"""Likelihoods, regressions, filters and finance: derivatives as the literature prints them."""

from __future__ import annotations

from typing import Any, Final

from published_row import Published, again, published
from scipy import special

__all__ = ["STATISTICS"]

# --- models ----------------------------------------------------------------------------------------------------------


def kalman_filter(np: Any, F: Any, q: Any, H: Any, R: Any, Z: Any) -> Any:
    mu, P, total = np.zeros(4), np.eye(4), 0.0
    for t in range(5):
        mu, P = F @ mu, F @ P @ F.T + np.diag(q)
        v = Z[t] - H @ mu
        S = H @ P @ H.T + R
        K = np.linalg.solve(S, H @ P).T
        total = total - 0.5 * (v @ np.linalg.solve(S, v) + np.linalg.slogdet(S)[1])
        mu, P = mu + K @ v, P - K @ S @ K.T
    return total


def multivariate_t(np: Any, X: Any, mu: Any, S: Any, nu: Any) -> Any:
    d, R = 4, X - mu
    q = np.sum(R * np.linalg.solve(S, R.T).T, axis=1)
    constant = special.gammaln((nu + d) / 2) - special.gammaln(nu / 2) - d / 2 * np.log(nu * np.pi)
    return np.sum(constant - 0.5 * np.linalg.slogdet(S)[1] - (nu + d) / 2 * np.log1p(q / nu))


def lkj_cholesky(np: Any, L: Any, eta: Any) -> Any:
    powers = 4 - np.arange(4) - 1 + 2 * eta - 2
    return np.sum(powers[1:] * np.log(np.diag(L)[1:]))


def sparse_variational_bound(np: Any, X: Any, Z: Any, y: Any, mq: Any, Lq: Any, ls: Any, s2: Any) -> Any:
    def kernel(A: Any, B: Any) -> Any:
        return np.exp(-0.5 * np.sum((A[:, None, :] - B[None, :, :]) ** 2, axis=-1) / ls**2)

    Kzz, Kxz, S = kernel(Z, Z) + 1e-3 * np.eye(3), kernel(X, Z), Lq @ Lq.T
    A = np.linalg.solve(Kzz, Kxz.T).T
    variance = 1.0 - np.sum(A * Kxz, axis=1) + np.sum((A @ S) * A, axis=1)
    expected = -0.5 * np.sum(np.log(2 * np.pi * s2) + ((y - A @ mq) ** 2 + variance) / s2)
    divergence = np.trace(np.linalg.solve(Kzz, S)) + mq @ np.linalg.solve(Kzz, mq) - 3
    return expected - 0.5 * (divergence + np.linalg.slogdet(Kzz)[1] - np.linalg.slogdet(S)[1])


def negative_binomial(np: Any, X: Any, y: Any, w: Any, r: Any) -> Any:
    mu = np.exp(X @ w)
    counted = special.gammaln(y + r) - special.gammaln(r) - special.gammaln(y + 1)
    return -np.sum(counted + r * np.log(r / (r + mu)) + y * np.log(mu / (r + mu)))


def logcosh_regression(np: Any, X: Any, y: Any, w: Any) -> Any:
    return np.mean(np.log(np.cosh(y - X @ w)))


def gamma_regression(np: Any, X: Any, y: Any, w: Any) -> Any:
    eta = X @ w
    return np.sum(y * np.exp(-eta) + eta)


def mixed_model(np: Any, X: Any, Z: Any, y: Any, beta: Any, u: Any) -> Any:
    r = y - X @ beta - Z @ u
    return 0.5 * r @ r + 0.5 * u @ u


def canonical_correlation(np: Any, X: Any, Y: Any, a: Any, b: Any) -> Any:
    u, v = (X - X.mean(axis=0)) @ a, (Y - Y.mean(axis=0)) @ b
    return (u @ v) / (np.linalg.norm(u) * np.linalg.norm(v))


def sharpe_ratio(np: Any, S: Any, mu: Any, w: Any) -> Any:
    return mu @ w / np.sqrt(w @ S @ w)


def entropic_risk(np: Any, R: Any, w: Any) -> Any:
    return np.log(np.mean(np.exp(-2.0 * R @ w))) / 2.0


def black_litterman(np: Any, S: Any, P: Any, Om: Any, pi: Any, q: Any, tau: Any) -> Any:
    Si, Oi = np.linalg.inv(tau * S), np.linalg.inv(Om)
    m = np.linalg.inv(Si + P.T @ Oi @ P) @ (Si @ pi + P.T @ Oi @ q)
    return m @ m


# --- recursions, written out -----------------------------------------------------------------------------------------


def _filter_and_smoother() -> tuple[str, str, str]:
    """The steps of the filter and of the smoother, ∂/∂F and ∂/∂q, over five observations."""
    steps = ["Q = diag(q)", "C0 = eye(4)"]
    for t in range(5):
        steps += [
            f"m{t} = F @ a{t}" if t else "m0 = zeros(4)",
            f"P{t} = F @ C{t} @ F.T + Q",
            f"v{t} = Z[{t}] - H @ m{t}" if t else "v0 = Z[0]",
            f"B{t} = H.T @ inv(H @ P{t} @ H.T + R)",
            f"K{t} = P{t} @ B{t}",
            f"a{t + 1} = m{t} + K{t} @ v{t}",
            f"C{t + 1} = P{t} - K{t} @ H @ P{t}",
        ]
    for t in reversed(range(5)):
        if t == 4:
            steps += ["r4 = B4 @ v4", "N4 = B4 @ H"]
        else:
            steps += [
                f"L{t} = F - F @ K{t} @ H",
                f"r{t} = B{t} @ v{t} + L{t}.T @ r{t + 1}",
                f"N{t} = B{t} @ H + L{t}.T @ N{t + 1} @ L{t}",
            ]
        steps.append(f"M{t} = outer(r{t}, r{t}) - N{t}")
    by_F = " + ".join(f"M{t} @ F @ C{t}" + (f" + outer(r{t}, a{t})" if t else "") for t in range(5))
    return "\n".join(steps), by_F, f"diag({' + '.join(f'M{t}' for t in range(5))}) / 2"


def _forward_and_backward() -> tuple[str, str, str]:
    """The scaled recursions of Rabiner, ∂/∂A and ∂/∂B, over five observations."""
    steps = ["I = eye(m)"]
    for t in range(5):
        steps += [f"b{t} = B[:, seen[{t}]]", f"p{t} = A.T @ a{t - 1}" if t else "p0 = p"]
        steps += [f"f{t} = p{t} * b{t}", f"c{t} = sum(f{t})", f"a{t} = f{t} / c{t}"]
    steps.append("g4 = 1 / c4")
    for t in reversed(range(4)):
        steps.append(f"g{t} = A @ (b{t + 1} * g{t + 1}) / c{t}")
    by_A = " + ".join(f"outer(a{t - 1}, b{t} * g{t})" for t in range(1, 5))
    by_B = " + ".join(f"outer(p{t} * g{t}, I[seen[{t}]])" for t in range(5))
    return "\n".join(steps), by_A, by_B


FILTER, FILTER_F, FILTER_Q = _filter_and_smoother()
MARKOV, MARKOV_A, MARKOV_B = _forward_and_backward()
DATA: Final = "X: n,d; y: n; w: d"

STATISTICS: Final[tuple[Published, ...]] = (
    again(
        "kalman_step", "Harvey 1989, section 3.4; derivative: textbook",
        """S = H @ (F @ P @ F.T + Q) @ H.T + R
        v = z - H @ F @ mu
        u = inv(S) @ v""",
        gradient={"mu": "F.T @ H.T @ u", "P": "F.T @ H.T @ (outer(u, u) - inv(S)) @ H @ F / 2"},
        hessian={"mu": "-F.T @ H.T @ inv(S) @ H @ F"},
    ),
    published(
        kalman_filter, "F: 4,4; q: 4 +; H: k,4; R: k,k !; Z: 5,k",
        "Koopman and Shephard 1992: the score, by the smoother of de Jong 1989", FILTER,
        gradient={"F": FILTER_F, "q": FILTER_Q},
    ),
    again(
        "factor_analysis", "Jöreskog 1967; Bishop 2006, 12.2.4",
        """C = inv(W @ W.T + diag(psi))
        R = X - mu
        V = C @ R.T @ R @ C""",
        gradient={"W": "(V - n * C) @ W", "psi": "diag(V - n * C) / 2"},
        hessian={"psi": "n * C * C / 2 - C * V"},
    ),
    published(
        multivariate_t, "X: n,4; mu: 4; S: 4,4 !; nu: +", "Lange, Little and Taylor 1989",
        """R = X - mu
        D = R @ inv(S)
        q = sum(D * R, axis=1)
        w = (nu + 4) / (nu + q)""",
        gradient={
            "mu": "D.T @ w",
            "S": "(D.T @ (w[:, None] * D) - n * inv(S)) / 2",
            "nu": "(n * (digamma((nu + 4) / 2) - digamma(nu / 2) - 4 / nu) + sum(w * q) / nu"
                  " - sum(log1p(q / nu))) / 2",
        },
        hessian={"mu": "2 / (nu + 4) * D.T @ ((w**2)[:, None] * D) - sum(w) * inv(S)"},
    ),
    published(
        lkj_cholesky, "L: 4,4 ^; eta: +", "Lewandowski, Kurowicka and Joe 2009, by the factor",
        """l = diag(L)[1:]
        c = array([2, 1, 0]) + 2 * eta - 2
        I = eye(4)""",
        gradient={"L": "diag(concatenate([zeros(1), c / l]))", "eta": "2 * sum(log(l))"},
        hessian={"L": "einsum('i,ij,ik,il->ijkl', concatenate([zeros(1), -c / l**2]), I, I, I)"},
    ),
    again(
        "hidden_markov_forward", "Rabiner 1989, with scaling; Levinson, Rabiner and Sondhi 1983", MARKOV,
        gradient={"A": MARKOV_A, "B": MARKOV_B},
    ),
    published(
        sparse_variational_bound, "X: n,d; Z: 3,d; y: n; mq: 3; Lq: 3,3 ^; ls: +; s2: +",
        "Hensman, Fusi and Lawrence 2013; the kernel's part by the chain rule of matrices",
        """Dz = sum((Z[:, None] - Z)**2, axis=2)
        Dx = sum((X[:, None] - Z)**2, axis=2)
        E = exp(-Dz / (2 * ls**2))
        Kx = exp(-Dx / (2 * ls**2))
        Ki = inv(E + 0.001 * eye(3))
        A = Kx @ Ki
        S = Lq @ Lq.T
        a = Ki @ mq
        e = y - A @ mq
        T = outer(e, a) - A @ S @ Ki
        Mx = (T + A) / s2
        Mz = (Ki @ S @ Ki + outer(a, a) - Ki) / 2 - A.T @ (T + A / 2) / s2""",
        gradient={
            "mq": "A.T @ e / s2 - a",
            "Lq": "(inv(S) - Ki - A.T @ A / s2) @ Lq",
            "ls": "(sum(Mx * Kx * Dx) + sum(Mz * E * Dz)) / ls**3",
        },
        hessian={"mq": "-(Ki + A.T @ A / s2)"},
    ),
    again(
        "gaussian_process", "Rasmussen and Williams 2006, (5.9); Hessian: the same, differentiated",
        """D = (X.T[:, :, None] - X.T[:, None, :])**2
        E = exp(-einsum('kij,k->ij', D, 1 / scale**2) / 2)
        Ki = inv(a**2 * E + 0.1 * eye(n))
        b = Ki @ y
        M = (outer(b, b) - Ki) / 2
        B = D / (scale**3)[:, None, None]
        K1 = a**2 * E * B
        u = K1 @ b
        T = Ki @ K1""",
        gradient={"scale": "einsum('ij,kij->k', M, K1)", "a": "2 * a * sum(M * E)"},
        hessian={
            "scale": "einsum('ij,kij,lij->kl', M, K1, B) - 3 * diag(einsum('ij,kij->k', M, K1) / scale)"
                     " - u @ Ki @ u.T + einsum('kij,lji->kl', T, T) / 2",
        },
    ),
    again(
        "proportional_hazards", "Cox 1972, score and information of the partial likelihood",
        """e = exp(X @ w)
        p = cumsum(e)
        m = cumsum(e[:, None] * X, axis=0) / p[:, None]
        M = cumsum(e[:, None, None] * X[:, :, None] * X[:, None, :], axis=0) / p[:, None, None]""",
        gradient={"w": "-(X - m).T @ ev"},
        hessian={"w": "einsum('i,ijk->jk', ev, M - m[:, :, None] * m[:, None, :])"},
    ),
    published(
        negative_binomial, "X: n,d; y: n +; w: d; r: +", "Hilbe 2011, in r, not in 1/r",
        "mu = exp(X @ w)",
        gradient={
            "w": "X.T @ (r * (mu - y) / (r + mu))",
            "r": "sum(digamma(r) - digamma(y + r) - log(r / (r + mu)) - (mu - y) / (r + mu))",
        },
        hessian={"w": "X.T @ ((r * mu * (r + y) / (r + mu)**2)[:, None] * X)"},
    ),
    again(
        "huber_loss", "Huber 1964; Hessian: Huber 1981, chapter 7", "r = y - X @ w",
        gradient={"w": "-X.T @ where(abs(r) <= 1, r, sign(r))"},
        hessian={"w": "X.T @ ((abs(r) <= 1)[:, None] * X)"},
    ),
    published(
        logcosh_regression, DATA, "textbook", "t = tanh(y - X @ w)",
        gradient={"w": "-X.T @ t / n"},
        hessian={"w": "X.T @ ((1 - t**2)[:, None] * X) / n"},
    ),
    published(
        gamma_regression, "X: n,d; y: n +; w: d", "McCullagh and Nelder 1989, chapter 8, with the logarithm as link",
        "m = y * exp(-X @ w)",
        gradient={"w": "X.T @ (1 - m)"},
        hessian={"w": "X.T @ (m[:, None] * X)"},
    ),
    published(
        mixed_model, "X: n,d; Z: n,k; y: n; beta: d; u: k", "Henderson et al. 1959, the mixed model equations",
        "r = y - X @ beta - Z @ u",
        gradient={"beta": "-X.T @ r", "u": "u - Z.T @ r"},
        hessian={"u": "Z.T @ Z + eye(k)"},
    ),
    published(
        canonical_correlation, "X: n,d; Y: n,k; a: d; b: k", "Hotelling 1936; Hessian: of the cosine, textbook",
        """Xc = X - mean(X, axis=0)
        Yc = Y - mean(Y, axis=0)
        u = Xc @ a
        v = Yc @ b
        s = norm(u)
        t = norm(v)
        rho = u @ v / (s * t)
        f = Xc.T @ u / s
        g = Xc.T @ v / t""",
        gradient={
            "a": "Xc.T @ (v / (s * t) - rho * u / s**2)",
            "b": "Yc.T @ (u / (s * t) - rho * v / t**2)",
        },
        hessian={"a": "(3 * rho * outer(f, f) - rho * Xc.T @ Xc - outer(f, g) - outer(g, f)) / s**2"},
    ),
    again(
        "pearson_correlation", "textbook",
        """x0 = x - mean(x)
        y0 = y - mean(y)
        s = norm(x0)
        u = x0 / s
        v = y0 / norm(y0)
        r = u @ v""",
        gradient={"x": "(v - r * u) / s"},
        hessian={"x": "(3 * r * outer(u, u) - r * (eye(n) - 1 / n) - outer(u, v) - outer(v, u)) / s**2"},
    ),
    published(
        sharpe_ratio, "S: d,d !; mu: d; w: d", "Sharpe 1966; Maillard, Roncalli and Teïletche 2010 for the volatility",
        """g = S @ w
        s = sqrt(w @ g)
        m = mu @ w""",
        gradient={"w": "mu / s - m * g / s**3"},
        hessian={"w": "3 * m * outer(g, g) / s**5 - (outer(mu, g) + outer(g, mu) + m * S) / s**3"},
    ),
    published(
        entropic_risk, "R: n,d; w: d", "Föllmer and Schied 2016, section 4.3",
        """e = exp(-2 * R @ w)
        p = e / sum(e)
        r = R.T @ p""",
        gradient={"w": "-r"},
        hessian={"w": "2 * (R.T @ (p[:, None] * R) - outer(r, r))"},
    ),
    published(
        black_litterman, "S: d,d !; P: k,d; Om: k,k !; pi: d; q: k; tau: +",
        "Black and Litterman 1992; derivative: textbook",
        """Si = inv(tau * S)
        B = P.T @ inv(Om)
        M = inv(Si + B @ P)
        m = M @ (Si @ pi + B @ q)
        h = M @ m""",
        gradient={"tau": "2 * h @ Si @ (m - pi) / tau", "q": "2 * B.T @ h"},
        hessian={"q": "2 * B.T @ M @ M @ B"},
    ),
)  # fmt: skip
