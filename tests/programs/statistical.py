"""Statistics: likelihoods, state space, survival, processes."""

from __future__ import annotations

import functools
import itertools
import math
from typing import Any

import numpy as np
import scipy.linalg as sl
import scipy.special as sp

from programs import program

Array = Any


@program("beta phi", "y: pos; phi: pos", X="n,d", y="n", beta="d", phi="")
def inverse_gaussian_glm(X: Array, y: Array, beta: Array, phi: Array) -> Array:
    mu = np.exp(X.dot(beta))
    dev = (y - mu) ** 2 / (mu**2 * y)
    return (0.5 * (dev / phi + np.log(2 * np.pi * phi * y**3))).sum()


@program("beta", "y: count", X="n,d", y="n", beta="d", offset="n")
def poisson_with_offset(X: Array, y: Array, beta: Array, offset: Array) -> Array:
    eta = np.matmul(X, beta) + offset
    return -np.mean(y * eta - np.exp(eta) - sp.gammaln(y + 1.0))


@program("beta", "y: 01", X="n,d", y="n", beta="d")
def probit(X: Array, y: Array, beta: Array) -> Array:
    q = 2 * y - 1
    return -np.sum(sp.log_ndtr(q * (X @ beta)))


@program("beta", "y: 01", X="n,d", y="n", beta="d")
def complementary_log_log(X: Array, y: Array, beta: Array) -> Array:
    eta = X @ beta / 4
    p = -np.expm1(-np.exp(eta))
    return -np.sum(np.where(y == 1, np.log(p), np.log1p(-p)))


@program("cuts beta", "cuts: sorted; y: labels:4", X="n,d", beta="d", cuts="3", y="n")
def ordinal_logit(X: Array, beta: Array, cuts: Array, y: Array) -> Array:
    eta = X @ beta
    upper = sp.expit(cuts[None, :] - eta[:, None])
    cdf = np.concatenate([np.zeros((X.shape[0], 1)), upper, np.ones((X.shape[0], 1))], axis=1)
    p = np.diff(cdf, axis=1)
    picked = np.take_along_axis(p, y[:, None], axis=1)[:, 0]
    return -np.log(picked).sum()


@program("beta gamma", "y: count", X="n,d", Z="n,k", y="n", beta="d", gamma="k")
def zero_inflated_poisson(X: Array, Z: Array, y: Array, beta: Array, gamma: Array) -> Array:
    lam = np.exp(0.3 * X @ beta)
    z = Z @ gamma
    log_pi, log_1mpi = -np.logaddexp(0, -z), -np.logaddexp(0, z)
    at_zero = np.logaddexp(log_pi, log_1mpi - lam)
    positive = log_1mpi + y * np.log(lam) - lam - sp.gammaln(y + 1)
    return np.sum(np.where(y > 0, positive, at_zero))


@program("mu a", "y: count; mu: pos; a: pos", y="n", mu="n", a="")
def negative_binomial_nb2(y: Array, mu: Array, a: Array) -> Array:
    inv = 1 / a
    coeff = sp.gammaln(y + inv) - sp.gammaln(inv) - sp.gammaln(y + 1)
    return np.sum(coeff + sp.xlogy(y, a * mu / (1 + a * mu)) - inv * np.log1p(a * mu))


@program("a b", "a: pos; b: pos; k: count", k="n", a="", b="")
def beta_binomial(k: Array, a: Array, b: Array) -> Array:
    n = 8
    return np.sum(sp.betaln(k + a, n - k + b) - sp.betaln(a, b))


@program("alpha", "alpha: pos; p: rows", p="n,d", alpha="d")
def dirichlet_log_likelihood(p: Array, alpha: Array) -> Array:
    n = p.shape[0]
    return n * (sp.gammaln(np.sum(alpha)) - sp.gammaln(alpha).sum()) + np.sum((alpha - 1) * np.log(p).sum(0))


@program("theta", "theta: pos; counts: count", counts="n,d", theta="d")
def dirichlet_multinomial(counts: Array, theta: Array) -> Array:
    total = counts.sum(axis=1)
    A = theta.sum()
    out = sp.gammaln(A) - sp.gammaln(total + A)
    out += np.sum(sp.gammaln(counts + theta) - sp.gammaln(theta), axis=1)
    return out.sum()


@program(
    "omega alpha beta",
    "omega: pos; alpha: unit; beta: unit",
    judge="differences",
    r="T",
    omega="",
    alpha="",
    beta="",
    named=False,
)
def garch_1_1(r: Array, omega: Array, alpha: Array, beta: Array) -> Array:
    sigma2 = np.zeros(len(r))
    sigma2[0] = np.var(r)
    for t in range(1, len(r)):
        sigma2[t] = omega + alpha * r[t - 1] ** 2 + beta * sigma2[t - 1]
    return 0.5 * np.sum(np.log(2 * np.pi * sigma2) + r**2 / sigma2)


@program("theta", r="T", theta="4", named=False)
def egarch(r: Array, theta: Array) -> Array:
    omega, alpha, gamma, beta = theta
    log_s, total = 0.0, 0.0
    for x in r:
        z = x / np.exp(log_s / 2)
        total += log_s + z * z
        log_s = omega + 0.3 * beta * log_s + alpha * (np.abs(z) - math.sqrt(2 / math.pi)) + gamma * z
    return total / 2


@program("ar ma s", "s: pos", y="T", ar="2", ma="1", s="", named=False)
def arma_conditional(y: Array, ar: Array, ma: Array, s: Array) -> Array:
    e = []
    for t in range(len(y)):
        pred = sum((ar[j] * y[t - 1 - j] for j in range(len(ar)) if t - 1 - j >= 0), 0.0)
        pred += sum(ma[j] * e[t - 1 - j] for j in range(len(ma)) if t - 1 - j >= 0)
        e.append(y[t] - pred)
    e = np.array(e)
    return 0.5 * len(y) * np.log(s**2) + 0.5 * e @ e / s**2


@program("q r", "q: pos; r: pos", y="T", q="", r="", named=False)
def local_level_kalman(y: Array, q: Array, r: Array) -> Array:
    a, P, loglik = 0.0, 10.0, 0.0
    for obs in y:
        P = P + q
        F = P + r
        v = obs - a
        loglik += -0.5 * (np.log(2 * np.pi * F) + v**2 / F)
        K = P / F
        a, P = a + K * v, P * (1 - K)
    return loglik


@program("A q", "R: psd; q: pos", Y="5,k", A="d,d", C="k,d", q="d", R="k,k")
def joseph_form_kalman(Y: Array, A: Array, C: Array, q: Array, R: Array) -> Array:
    d = A.shape[0]
    m, P, I = np.zeros(d), np.eye(d), np.eye(d)  # noqa: E741
    nll = 0.0
    for t in range(Y.shape[0]):
        m, P = A @ m, A @ P @ A.T + np.diag(q)
        S = C @ P @ C.T + R
        K = P @ C.T @ np.linalg.inv(S)
        v = Y[t] - C @ m
        nll += 0.5 * (np.log(np.linalg.det(S)) + v.T @ np.linalg.solve(S, v))
        m = m + K @ v
        P = (I - K @ C) @ P @ (I - K @ C).T + K @ R @ K.T
    return nll


@program("logA logB", obs="T", logA="k,k", logB="k,m", how="obs: labels:m", named=False)
def hmm_forward_in_logs(obs: Array, logA: Array, logB: Array) -> Array:
    A = logA - sp.logsumexp(logA, axis=1, keepdims=True)
    B = logB - sp.logsumexp(logB, axis=1, keepdims=True)
    alpha = B[:, obs[0]] - np.log(A.shape[0])
    for o in obs[1:]:
        alpha = np.logaddexp.reduce(alpha[:, None] + A, axis=0) + B[:, o]
    return np.logaddexp.reduce(alpha)


@program("theta", "A: rows; y: pos", y="T", A="2,2", theta="4", named=False)
def markov_switching_regression(y: Array, A: Array, theta: Array) -> Array:
    mu, sigma = theta[:2], np.exp(theta[2:])
    filt, ll = np.array([0.5, 0.5]), 0.0
    for t in range(y.shape[0]):
        joint = (filt @ A) * np.exp(-0.5 * ((y[t] - mu) / sigma) ** 2) / (sigma * np.sqrt(2 * np.pi))
        lik = np.sum(joint)
        ll, filt = ll + np.log(lik), joint / lik
    return ll


@program("beta", "time: pos; event: 01", X="n,d", time="n", event="n", beta="d")
def cox_breslow_risk_matrix(X: Array, time: Array, event: Array, beta: Array) -> Array:
    eta = X @ beta
    at_risk = (time[None, :] >= time[:, None]).astype(float)
    return -np.sum(event * (eta - np.log(at_risk @ np.exp(eta))))


@program("k lam", "t: pos; d: 01; k: pos; lam: pos", t="n", d="n", k="", lam="")
def weibull_censored(t: Array, d: Array, k: Array, lam: Array) -> Array:
    z = np.power(t / lam, k)
    return np.sum(d * (np.log(k) - k * np.log(lam) + (k - 1) * np.log(t)) - z)


@program("mu s", "t: pos; d: 01; s: pos", t="n", d="n", mu="", s="")
def lognormal_survival(t: Array, d: Array, mu: Array, s: Array) -> Array:
    z = (np.log(t) - mu) / s
    logpdf = -0.5 * z**2 - np.log(s * t * math.sqrt(2 * math.pi))
    return np.sum(np.where(d.astype(bool), logpdf, sp.log_ndtr(-z)))


@program("rates", "rates: pos; t: sorted", t="n", rates="4")
def piecewise_exponential_hazard(t: Array, rates: Array) -> Array:
    breaks = np.array([0.0, 0.7, 1.5, 2.5])
    widths = np.append(np.diff(breaks), np.inf)
    exposure = np.clip(t[:, None] - breaks, 0.0, widths)
    hazard = np.select([t < 0.7, t < 1.5, t < 2.5], [rates[0], rates[1], rates[2]], rates[3])
    return np.sum(np.log(hazard)) - np.sum(exposure @ rates)


@program("gamma phi", "gamma: pos; phi: pos; lam: pos; docs: count", docs="n,m", gamma="n,k", phi="k,m", lam="k")
def lda_elbo(docs: Array, gamma: Array, phi: Array, lam: Array) -> Array:
    e_theta = sp.digamma(gamma) - sp.digamma(gamma.sum(axis=1))[:, np.newaxis]
    e_beta = sp.psi(phi) - sp.psi(np.sum(phi, 1, keepdims=True))
    bound = np.sum(docs * sp.logsumexp(e_theta[:, :, None] + e_beta[None], axis=1))
    bound += np.sum((lam - gamma) * e_theta) + np.sum(sp.gammaln(gamma)) - np.sum(sp.gammaln(gamma.sum(1)))
    return bound + np.sum((0.1 - phi) * e_beta + sp.gammaln(phi)) - sp.gammaln(phi.sum(1)).sum()


@program("mu logs pi", X="n,d", mu="k,d", logs="k,d", pi="k")
def gmm_diagonal_loop(X: Array, mu: Array, logs: Array, pi: Array) -> Array:
    comps = []
    logw = pi - np.log(np.sum(np.exp(pi)))
    for j in range(3):
        z = (X - mu[j]) * np.exp(-logs[j])
        comps.append(logw[j] - 0.5 * np.sum(z**2, axis=-1) - np.sum(logs[j]))
    L = np.stack(comps, axis=1)
    m = np.max(L, axis=1, keepdims=True)
    return np.sum(m[:, 0] + np.log(np.sum(np.exp(L - m), axis=1)))


@program("beta tau", "group: labels:k; tau: pos; s: pos", X="n,d", y="n", group="n", beta="d", u="k", tau="", s="")
def random_intercepts(X: Array, y: Array, group: Array, beta: Array, u: Array, tau: Array, s: Array) -> Array:
    resid = y - X @ beta - u[group]
    lp = -0.5 * np.sum(resid**2) / s**2 - y.size * np.log(s)
    return lp - 0.5 * u @ u / tau**2 - u.size * np.log(tau)


@program("theta", "Z: 01", X="n,d", y="n", Z="n,k", theta="2")
def reml_mixed_model(X: Array, y: Array, Z: Array, theta: Array) -> Array:
    V = np.exp(theta[0]) * Z @ Z.T + np.exp(theta[1]) * np.eye(len(y))
    Vi_X = np.linalg.solve(V, X)
    XtViX = X.T @ Vi_X
    b = np.linalg.solve(XtViX, Vi_X.T @ y)
    r = y - X @ b
    return 0.5 * (np.linalg.slogdet(V)[1] + np.linalg.slogdet(XtViX)[1] + r @ np.linalg.solve(V, r))


@program("hyp", x="n", y="n", hyp="4")
def gp_periodic_times_rbf(x: Array, y: Array, hyp: Array) -> Array:
    ell, period, amp, noise = np.exp(0.3 * hyp)
    d = np.subtract.outer(x, x)
    K = amp**2 * np.exp(-2 * np.sin(np.pi * d / period) ** 2 / ell**2) * np.exp(-0.5 * d**2)
    K = K + (noise**2 + 0.1) * np.eye(len(x))
    L = np.linalg.cholesky(K)
    alpha = sl.cho_solve((L, True), y)
    return 0.5 * np.dot(y, alpha) + np.log(np.diag(L)).sum() + 0.5 * len(x) * np.log(2 * np.pi)


@program("ell sf", "ell: pos; sf: pos", X="n,d", y="n", ell="", sf="")
def gp_matern32(X: Array, y: Array, ell: Array, sf: Array) -> Array:
    diff = X[:, None] - X[None, :]
    r2 = np.einsum("ijk,ijk->ij", diff, diff)
    a = np.sqrt(3.0) * np.sqrt(r2 + 1e-12) / ell
    K = sf**2 * (1 + a) * np.exp(-a) + 0.2 * np.identity(X.shape[0])
    L = np.linalg.cholesky(K)
    z = sl.solve_triangular(L, y, lower=True)
    return np.sum(z**2) / 2 + np.trace(np.log(L * np.eye(X.shape[0]) + 1 - np.eye(X.shape[0])))


@program("a ell", "a: pos; ell: pos", X="n,d", y="n", a="", ell="")
def gp_rational_quadratic(X: Array, y: Array, a: Array, ell: Array) -> Array:
    sq = (X**2).sum(1).reshape(-1, 1) + (X**2).sum(1) - 2 * X.dot(X.T)
    K = np.power(1.0 + np.maximum(sq, 0) / (2 * a * ell**2), -a)
    K = K + 0.1 * np.eye(K.shape[0])
    _sign, logdet = np.linalg.slogdet(K)
    return 0.5 * (y.T @ np.linalg.inv(K) @ y + logdet)


@program("w b", "w: pos; b: pos", x="n", y="n", w="", b="")
def gp_neural_network_kernel(x: Array, y: Array, w: Array, b: Array) -> Array:
    k = lambda p, q: (
        2 / np.pi * np.arcsin(2 * (b + w * p * q) / np.sqrt((1 + 2 * (b + w * p * p)) * (1 + 2 * (b + w * q * q))))
    )
    K = k(x[:, None], x[None, :]) + 0.3 * np.eye(x.shape[0])
    return np.linalg.slogdet(K)[1] + y @ np.linalg.solve(K, y)


@program("mean logsd", X="n,d", y="n", mean="d", logsd="d", eps="m,d", how="y: 01")
def mean_field_elbo_reparameterised(X: Array, y: Array, mean: Array, logsd: Array, eps: Array) -> Array:
    W = mean + np.exp(logsd) * eps
    z = W @ X.T
    loglik = (y * z - np.log1p(np.exp(z))).sum(axis=1).mean()
    kl = 0.5 * np.sum(np.exp(2 * logsd) + mean**2 - 1 - 2 * logsd)
    return loglik - kl


@program("x", x="T", w="T", how="w: pos", named=True)
def weighted_moments(x: Array, w: Array) -> Array:
    mu = np.average(x, weights=w)
    var = np.average((x - mu) ** 2, weights=w)
    skew = np.average(((x - mu) / np.sqrt(var)) ** 3, weights=w)
    return var + skew


@program("X", X="n,d")
def shrunk_covariance_divergence(X: Array) -> Array:
    S = np.cov(X, rowvar=False, ddof=1)
    d = S.shape[0]
    S = 0.8 * S + 0.2 * np.trace(S) / d * np.eye(d)
    _sign, ld = np.linalg.slogdet(S)
    return np.trace(S) - ld - d


@program("x", x="n", y="n")
def distance_covariance(x: Array, y: Array) -> Array:
    a = np.abs(x[:, None] - x[None, :])
    b = np.abs(y[:, None] - y[None, :])
    A = a - a.mean(0)[None, :] - a.mean(1)[:, None] + a.mean()
    B = b - b.mean(0, keepdims=True) - b.mean(1, keepdims=True) + b.mean()
    return (A * B).sum() / x.shape[0] ** 2


@program("x bw", "bw: pos", x="n", grid="m", bw="")
def kde_entropy(x: Array, grid: Array, bw: Array) -> Array:
    z = (grid.reshape(-1, 1) - x.reshape(1, -1)) / bw
    dens = np.exp(-0.5 * z * z).sum(axis=1) / (len(x) * bw * np.sqrt(2 * np.pi))
    return -np.log(dens).mean()


@program("x", x="n", y="m")
def mmd_squared(x: Array, y: Array) -> Array:
    def k(a: Array, b: Array) -> Array:
        return np.exp(-np.square(a[:, None] - b[None, :]))

    return k(x, x).mean() + k(y, y).mean() - 2 * k(x, y).mean()


@program("theta", "y: 01", theta="n", a="m", b="m", y="n,m")
def item_response_2pl(theta: Array, a: Array, b: Array, y: Array) -> Array:
    logits = np.multiply.outer(theta, a) - a * b
    return np.sum(y * logits - np.logaddexp(0.0, logits)) - 0.5 * np.dot(theta, theta)


@program("skill", "win: labels:n; lose: labels:n", skill="n", win="m", lose="m")
def bradley_terry(skill: Array, win: Array, lose: Array) -> Array:
    return np.sum(np.log(sp.expit(skill[win] - skill[lose]))) - 0.01 * np.sum(skill**2)


@program("u", "u: unit", u="n", v="n", rho="")
def gaussian_copula(u: Array, v: Array, rho: Array) -> Array:
    r = np.tanh(rho)
    x, y = sp.ndtri(u), v
    return np.sum(-0.5 * np.log(1 - r**2) - (r**2 * (x**2 + y**2) - 2 * r * x * y) / (2 * (1 - r**2)))


@program("lam", "x: pos", x="n", lam="")
def box_cox_profile(x: Array, lam: Array) -> Array:
    z = (x**lam - 1) / lam
    return -0.5 * len(x) * np.log(z.var()) + (lam - 1) * np.log(x).sum()


@program("b", X="n,d", y="n", b="d")
def pinball(X: Array, y: Array, b: Array) -> Array:
    u = y - X @ b
    return np.mean(u * (0.3 - (u < 0)))


@program("b s", "s: pos", X="n,d", y="n", b="d", s="")
def tobit(X: Array, y: Array, b: Array, s: Array) -> Array:
    xb = X @ b
    z = (y - xb) / s
    ll = np.where(y > 0, -0.5 * z**2 - np.log(s), sp.log_ndtr(-xb / s))
    return ll.sum()


@program("p", "p: unit", p="")
def abo_blood_groups(p: Array) -> Array:
    q, counts = (1 - p) / 3, {"A": 186, "B": 38, "AB": 13, "O": 284}
    r = 1.0 - p - q
    probs = {"A": p**2 + 2 * p * r, "B": q**2 + 2 * q * r, "AB": 2 * p * q, "O": r**2}
    return sum(c * np.log(probs[g]) for g, c in counts.items())


@program("th", x="T", th="3", named=False)
def ornstein_uhlenbeck(x: Array, th: Array) -> Array:
    kappa, mu, sigma = np.exp(th[0]), th[1], np.exp(th[2])
    dt = 0.25
    e = math.exp(-dt) if False else np.exp(-kappa * dt)
    v = sigma**2 * (1 - e**2) / (2 * kappa)
    ll = lambda prev, now: -0.5 * np.log(2 * np.pi * v) - (now - mu - (prev - mu) * e) ** 2 / (2 * v)
    return functools.reduce(lambda total, pair: total + ll(*pair), itertools.pairwise(x), 0.0)


@program("mu alpha b", "t: sorted; mu: pos; alpha: pos; b: pos", t="n", mu="", alpha="", b="")
def hawkes_by_pairs(t: Array, mu: Array, alpha: Array, b: Array) -> Array:
    dt = t[:, None] - t[None, :]
    kern = np.tril(np.exp(-b * np.abs(dt)), k=-1)
    intensity = mu + alpha * b * kern.sum(axis=1)
    compensator = mu * t[-1] + alpha * np.sum(1 - np.exp(-b * (t[-1] - t)))
    return np.log(intensity).sum() - compensator


@program("x", x="m")
def stick_breaking(x: Array) -> Array:
    v = sp.expit(x)
    left = np.concatenate([np.ones(1), np.cumprod(1 - v)])
    w = np.append(v, 1.0) * left
    return -np.sum(w * np.log(w))


@program("c", x="n", c="5", y="n")
def natural_polynomial_regression(x: Array, c: Array, y: Array) -> Array:
    V = np.vander(x, 5, increasing=True)
    return np.sum((V @ c - y) ** 2) + np.sum(np.polyval(c[::-1], x) ** 2)
