"""Networks, embeddings and factorisations: derivatives as the literature prints them."""

from __future__ import annotations

from typing import Any, Final

from published_row import Published, again, published
from scipy import special

__all__ = ["LEARNING"]

# --- models ----------------------------------------------------------------------------------------------------------


def causal_attention(np: Any, X: Any, Wq: Any, Wk: Any, Wv: Any, Y: Any) -> Any:
    def split(a: Any) -> Any:
        return a.reshape(5, 2, 3).transpose(1, 0, 2)

    q, k, v = split(X @ Wq), split(X @ Wk), split(X @ Wv)
    s = np.where(np.tril(np.ones((5, 5))) > 0, q @ k.transpose(0, 2, 1) / np.sqrt(3), -1e30)
    e = np.exp(s - s.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    return np.mean(((p @ v).transpose(1, 0, 2).reshape(5, 6) - Y) ** 2)


def rms_norm(np: Any, X: Any, g: Any, Y: Any) -> Any:
    return np.sum((X / np.sqrt(np.mean(X**2, axis=-1, keepdims=True) + 1e-6) * g - Y) ** 2)


def swiglu(np: Any, X: Any, W: Any, V: Any, W2: Any, Y: Any) -> Any:
    a = X @ W
    return np.mean((a * special.expit(a) * (X @ V) @ W2 - Y) ** 2)


def lstm(np: Any, X: Any, Wx: Any, Wh: Any, b: Any, h0: Any, c0: Any) -> Any:
    h, c = h0, c0
    for t in range(5):
        i, f, o, g = np.split(X[t] @ Wx + h @ Wh + b, 4)
        c = special.expit(f) * c + special.expit(i) * np.tanh(g)
        h = special.expit(o) * np.tanh(c)
    return np.sum(h**2)


def graph_convolution(np: Any, A: Any, X: Any, W1: Any, W2: Any, Y: Any) -> Any:
    At = A + A.T + np.eye(A.shape[0])
    degree = np.sum(At, axis=1)
    Ah = At / np.sqrt(degree)[:, None] / np.sqrt(degree)[None, :]
    Z = Ah @ np.maximum(Ah @ X @ W1, 0) @ W2
    return -np.sum(Y * (Z - special.logsumexp(Z, axis=1, keepdims=True)))


def info_nce(np: Any, X: Any, A: Any, W: Any) -> Any:
    z, v = X @ W, A @ W
    z = z / np.linalg.norm(z, axis=1, keepdims=True)
    v = v / np.linalg.norm(v, axis=1, keepdims=True)
    S = z @ v.T / 0.5
    return np.mean(special.logsumexp(S, axis=1) - np.diag(S))


def embedded_cross_entropy(np: Any, E: Any, W: Any, tokens: Any, labels: Any) -> Any:
    logits = E[tokens] @ W
    return np.mean(special.logsumexp(logits, axis=1) - logits[np.arange(logits.shape[0]), labels])


def unrolled_equilibrium(np: Any, W: Any, U: Any, b: Any, x: Any) -> Any:
    z = np.zeros(4)
    for _ in range(4):
        z = np.tanh(0.1 * W @ z + U @ x + b)
    return z @ z


def masked_completion(np: Any, R: Any, M: Any, U: Any, V: Any) -> Any:
    penalty = np.linalg.norm(U) ** 2 + np.linalg.norm(V, "fro") ** 2
    return 0.5 * np.sum((M * (R - U @ V.T)) ** 2) + 0.1 * penalty


def learned_mahalanobis(np: Any, D: Any, y: Any, L: Any) -> Any:
    q = np.einsum("ni,ij,nj->n", D, L.T @ L, D)
    return np.sum(np.log1p(np.exp(y * (q - 1))))


def sinkhorn(np: Any, C: Any, a: Any, b: Any) -> Any:
    K = np.exp(-C)
    u = np.ones(C.shape[0])
    for _ in range(5):
        v = b / (K.T @ u)
        u = a / (K @ v)
    return np.sum(u[:, None] * K * v[None, :] * C)


def logistic_outputs(np: Any, X: Any, W: Any, b: Any, Y: Any) -> Any:
    z = X @ W + b
    return np.mean(np.maximum(z, 0) - z * Y + np.log1p(np.exp(-np.abs(z))))


# --- recursions, written out -----------------------------------------------------------------------------------------


def _through_time() -> str:
    """Back-propagation through the five steps of an LSTM, as Graves writes it; G is the derivative in z of a step."""
    steps = []
    for t in range(1, 6):
        h, c = f"h{t - 1}", f"c{t - 1}"
        steps += [f"x{t} = X[{t - 1}]", f"z{t} = x{t} @ Wx + {h} @ Wh + b"]
        steps += [f"{gate}{t} = sigmoid(z{t}[{5 * k}:{5 * k + 5}])" for k, gate in enumerate("ifo")]
        steps += [f"g{t} = tanh(z{t}[15:])", f"c{t} = f{t} * {c} + i{t} * g{t}"]
        steps += [f"s{t} = tanh(c{t})", f"h{t} = o{t} * s{t}"]
    for t in range(5, 0, -1):
        later = f" + C{t + 1} * f{t + 1}" if t < 5 else ""
        steps += [
            f"E{t} = Wh @ G{t + 1}" if t < 5 else "E5 = 2 * h5",
            f"C{t} = E{t} * o{t} * (1 - s{t}**2){later}",
            f"I{t} = C{t} * g{t} * i{t} * (1 - i{t})",
            f"F{t} = C{t} * c{t - 1} * f{t} * (1 - f{t})",
            f"O{t} = E{t} * s{t} * o{t} * (1 - o{t})",
            f"G{t} = concatenate([I{t}, F{t}, O{t}, C{t} * i{t} * (1 - g{t}**2)])",
        ]
    return "\n".join(steps)


def _sinkhorn_backwards() -> str:
    """The five iterations and their adjoints: -K * S is what they add to u v' K."""
    steps = ["K = exp(-C)", "u0 = ones(n)"]
    for t in range(1, 6):
        steps += [f"p{t} = K.T @ u{t - 1}", f"v{t} = b / p{t}", f"q{t} = K @ v{t}", f"u{t} = a / q{t}"]
    steps += ["P = u5[:, None] * K * v5", "M = K * C"]
    for t in range(5, 0, -1):
        bar = "M @ v5" if t == 5 else f"-K @ y{t + 1}"
        steps.append(f"x{t} = ({bar}) * u{t} / q{t}")
        bar = "M.T @ u5 - K.T @ x5" if t == 5 else f"-K.T @ x{t}"
        steps.append(f"y{t} = ({bar}) * v{t} / p{t}")
    return "\n".join(steps)


def _regulator_adjoints() -> str:
    """The states of four steps forwards and their adjoints l backwards; g is ∂/∂u of a step."""
    steps = ["Qs = Q + Q.T", "Rs = R + R.T"]
    for t in range(4):
        steps.append(f"u{t} = -K @ x{t}" if t else "u0 = -K @ x0")
        if t < 3:
            steps.append(f"x{t + 1} = A @ x{t} + B @ u{t}")
    for t in reversed(range(4)):
        steps.append(f"g{t} = Rs @ u{t}" + (f" + B.T @ l{t + 1}" if t < 3 else ""))
        if t:
            later = f" + A.T @ l{t + 1}" if t < 3 else ""
            steps.append(f"l{t} = Qs @ x{t}{later} - K.T @ g{t}")
    return "\n".join(steps)


def _regulator_sensitivities() -> str:
    """The states' derivatives X in K[i, j], and the inputs' U."""
    steps = ["I = eye(k)"]
    for t in range(4):
        own = f"einsum('ic,j->ijc', I, x{t})"
        steps.append(f"U{t} = -({own} + X{t} @ K.T)" if t else f"U0 = -{own}")
        if t < 3:
            steps.append(f"X{t + 1} = X{t} @ A.T + U{t} @ B.T" if t else "X1 = U0 @ B.T")
    terms = [f"einsum('ija,ab,klb->ijkl', U{t}, Rs, U{t})" for t in range(4)]
    terms += [f"einsum('ija,ab,klb->ijkl', X{t}, Qs, X{t})" for t in range(1, 4)]
    steps.append("T = " + " + ".join(f"einsum('k,ijl->ijkl', g{t}, X{t})" for t in range(1, 4)))
    steps.append("V = " + " + ".join(terms))
    return "\n".join(steps)


CLASSES: Final = "P[:, :, None] * eye(k) - P[:, :, None] * P[:, None, :]"

LEARNING: Final[tuple[Published, ...]] = (
    again(
        "coupling_flow", "Dinh, Sohl-Dickstein and Bengio 2017; derivative: textbook",
        """A = X[:, :3]
        B = X[:, 3:]
        s = tanh(A @ Ws)
        z = B * exp(s) + A @ Wt""",
        gradient={"Ws": "A.T @ ((z * B * exp(s) - 1) * (1 - s**2)) / n", "Wt": "A.T @ z / n"},
        hessian={"Wt": "einsum('ij,kl->ikjl', A.T @ A / n, eye(3))"},
    ),
    again(
        "attention_by_einsum", "Vaswani et al. 2017; the softmax's part as in Dao et al. 2022, appendix B",
        """Q = X @ Wq
        K = X @ Wk
        V = X @ Wv
        P = softmax(Q @ swapaxes(K, 1, 2) / sqrt(5), axis=2)
        O = P @ V
        E = 2 * (einsum('ath,ahd->td', O, Wo) - Y)
        dO = E @ swapaxes(Wo, 1, 2)
        dP = dO @ swapaxes(V, 1, 2)
        dS = P * (dP - sum(dP * P, axis=2, keepdims=True)) / sqrt(5)""",
        gradient={
            "Wq": "X.T @ (dS @ K)", "Wk": "X.T @ (swapaxes(dS, 1, 2) @ Q)",
            "Wv": "X.T @ (swapaxes(P, 1, 2) @ dO)", "Wo": "swapaxes(O, 1, 2) @ E",
        },
        hessian={"Wo": "2 * einsum('ath,btg,de->ahdbge', O, O, eye(d))"},
    ),
    published(
        causal_attention, "X: 5,6; Wq: 6,6; Wk: 6,6; Wv: 6,6; Y: 5,6", "Vaswani et al. 2017, section 3.2.3",
        """Q = swapaxes(reshape(X @ Wq, (5, 2, 3)), 0, 1)
        K = swapaxes(reshape(X @ Wk, (5, 2, 3)), 0, 1)
        V = swapaxes(reshape(X @ Wv, (5, 2, 3)), 0, 1)
        S = Q @ swapaxes(K, 1, 2) / sqrt(3)
        P = softmax(where(tril(ones((5, 5))) > 0, S, -1e30), axis=2)
        E = (reshape(swapaxes(P @ V, 0, 1), (5, 6)) - Y) / 15
        dO = swapaxes(reshape(E, (5, 2, 3)), 0, 1)
        dP = dO @ swapaxes(V, 1, 2)
        dS = P * (dP - sum(dP * P, axis=2, keepdims=True)) / sqrt(3)
        A = P @ X""",
        gradient={
            "Wq": "X.T @ reshape(swapaxes(dS @ K, 0, 1), (5, 6))",
            "Wk": "X.T @ reshape(swapaxes(swapaxes(dS, 1, 2) @ Q, 0, 1), (5, 6))",
            "Wv": "X.T @ reshape(swapaxes(swapaxes(P, 1, 2) @ dO, 0, 1), (5, 6))",
        },
        hessian={"Wv": "reshape(einsum('ati,atj,ab,gh->iagjbh', A, A, eye(2), eye(3)) / 15, (6, 6, 6, 6))"},
    ),
    published(
        rms_norm, "X: n,d; g: d; Y: n,d", "Zhang and Sennrich 2019",
        """r = sqrt(mean(X**2, axis=1) + 1e-6)[:, None]
        Z = X / r
        E = 2 * (g * Z - Y)
        D = g * E""",
        gradient={"X": "(D - Z * mean(D * Z, axis=1)[:, None]) / r", "g": "sum(E * Z, axis=0)"},
        hessian={"g": "2 * diag(sum(Z**2, axis=0))"},
    ),
    again(
        "batch_normalisation", "Ioffe and Szegedy 2015, section 3, in the closed form of its equations",
        """C = X - mean(X, axis=0)
        s = sqrt(mean(C**2, axis=0) + 1e-5)
        Z = C / s
        E = 2 * (g * Z + b - Y)""",
        gradient={
            "X": "g / s * (E - mean(E, axis=0) - Z * mean(E * Z, axis=0))",
            "g": "sum(E * Z, axis=0)", "b": "sum(E, axis=0)",
        },
        hessian={"g": "2 * diag(sum(Z**2, axis=0))"},
    ),
    published(
        swiglu, "X: n,d; W: d,h; V: d,h; W2: h,d; Y: n,d", "Shazeer 2020; swish: Ramachandran et al. 2017",
        """A = X @ W
        B = X @ V
        S = sigmoid(A)
        H = A * S * B
        E = 2 * (H @ W2 - Y) / (n * d)
        G = E @ W2.T""",
        gradient={
            "W": "X.T @ (G * B * S * (1 + A * (1 - S)))", "V": "X.T @ (G * A * S)", "W2": "H.T @ E",
        },
        hessian={"W2": "einsum('ij,kl->ikjl', 2 * H.T @ H / (n * d), eye(d))"},
    ),
    published(
        lstm, "X: 5,d; Wx: d,20; Wh: 5,20; b: 20; h0: 5; c0: 5",
        "Hochreiter and Schmidhuber 1997; Graves 2012, chapter 4", _through_time(),
        gradient={
            "Wx": " + ".join(f"outer(x{t}, G{t})" for t in range(1, 6)),
            "Wh": " + ".join(f"outer(h{t - 1}, G{t})" for t in range(1, 6)),
            "b": " + ".join(f"G{t}" for t in range(1, 6)),
        },
    ),
    published(
        graph_convolution, "A: n,n +; X: n,d; W1: d,h; W2: h,k; Y: n,k", "Kipf and Welling 2017, (9) and (10)",
        """At = A + A.T + eye(n)
        s = sqrt(sum(At, axis=1))
        Ah = At / s[:, None] / s
        B = Ah @ X
        T = B @ W1
        H = Ah @ maximum(T, 0)
        P = softmax(H @ W2, axis=1)
        y = sum(Y, axis=1)[:, None]
        E = y * P - Y""",
        gradient={"W1": "B.T @ (Ah @ E @ W2.T * (T > 0))", "W2": "H.T @ E"},
        hessian={"W2": f"einsum('na,nb,nkl->akbl', H, H, y[:, :, None] * ({CLASSES}))"},
    ),
    published(
        info_nce, "X: n,d; A: n,d; W: d,k",
        "van den Oord et al. 2018; Chen et al. 2020, appendix, with the norms of their z",
        """U = X @ W
        V = A @ W
        r = norm(U, axis=1)[:, None]
        s = norm(V, axis=1)[:, None]
        Z = U / r
        Y = V / s
        G = (softmax(Z @ Y.T / 0.5, axis=1) - eye(n)) / (0.5 * n)
        B = G @ Y
        C = G.T @ Z""",
        gradient={
            "W": "X.T @ ((B - Z * sum(B * Z, axis=1)[:, None]) / r)"
                 " + A.T @ ((C - Y * sum(C * Y, axis=1)[:, None]) / s)",
        },
    ),
    published(
        embedded_cross_entropy, "E: m,d; W: d,k; tokens: T @6; labels: T @3", "textbook; Hessian: Böhning 1992",
        """x = E[tokens]
        P = softmax(x @ W, axis=1)
        D = (P - eye(k)[labels]) / T""",
        gradient={"E": "eye(m)[tokens].T @ D @ W.T", "W": "x.T @ D"},
        hessian={"W": f"einsum('ta,tb,tkl->akbl', x, x, {CLASSES}) / T"},
    ),
    published(
        unrolled_equilibrium, "W: 4,4; U: 4,4; b: 4; x: 4", "textbook: back-propagation through the iterations",
        """c = U @ x + b
        z1 = tanh(c)
        z2 = tanh(0.1 * W @ z1 + c)
        z3 = tanh(0.1 * W @ z2 + c)
        z4 = tanh(0.1 * W @ z3 + c)
        s1 = 1 - z1**2
        s2 = 1 - z2**2
        s3 = 1 - z3**2
        s4 = 1 - z4**2
        d4 = 2 * z4 * s4
        d3 = s3 * (0.1 * W.T @ d4)
        d2 = s2 * (0.1 * W.T @ d3)
        d1 = s1 * (0.1 * W.T @ d2)
        A2 = 0.1 * W @ (s1[:, None] * U) + U
        A3 = 0.1 * W @ (s2[:, None] * A2) + U
        A4 = 0.1 * W @ (s3[:, None] * A3) + U
        Z4 = s4[:, None] * A4""",
        gradient={"x": "U.T @ (d1 + d2 + d3 + d4)"},
        hessian={
            "x": "2 * (Z4.T @ Z4 - U.T @ ((d1 * z1)[:, None] * U) - A2.T @ ((d2 * z2)[:, None] * A2)"
                 " - A3.T @ ((d3 * z3)[:, None] * A3) - A4.T @ ((d4 * z4)[:, None] * A4))",
        },
    ),
    again(
        "planar_flow", "Rezende and Mohamed 2015, for rows of a matrix; derivatives: textbook",
        """t = tanh(X @ W.T)
        s = 1 - t**2
        I = eye(4)
        B = inv(I + 0.1 * s[:, :, None] * W)
        w = einsum('jk,ikj->ij', W, B)
        u = -2 * t * s
        R = 0.1 * (einsum('ik,kb,il->ikbl', u, W, X) + einsum('ik,bl->ikbl', s, I))
        C = einsum('ikbl,ibm->imkl', R, B)
        V = einsum('ik,il,imk->klm', u, X, B)
        Q = einsum('ik,il,im->klm', (4 * t**2 * s - 2 * s**2) * w, X, X)""",
        gradient={"W": "0.1 / n * (einsum('ij,ikj->jk', s, B) + (u * w).T @ X)"},
        hessian={
            "W": "(0.1 * einsum('klm,kj->kljm', Q + V + swapaxes(V, 1, 2), I)"
                 " - einsum('ijkl,ikjm->kljm', C, C)) / n",
        },
    ),
    published(
        masked_completion, "R: n,m; M: n,m; U: n,k; V: m,k", "Koren, Bell and Volinsky 2009, with weights",
        "E = M * M * (R - U @ V.T)",
        gradient={"U": "0.2 * U - E @ V", "V": "0.2 * V - E.T @ U"},
        hessian={"U": "einsum('im,mk,ml,ij->ikjl', M * M, V, V, eye(n)) + 0.2 * einsum('ij,kl->ikjl', eye(n), eye(k))"},
    ),
    again(
        "canonical_polyadic", "Acar, Dunlavy and Kolda 2011; Kolda and Bader 2009, section 3.4",
        "E = T - einsum('ir,jr,kr->ijk', A, B, C)",
        gradient={
            "A": "-einsum('ijk,jr,kr->ir', E, B, C)", "B": "-einsum('ijk,ir,kr->jr', E, A, C)",
            "C": "-einsum('ijk,ir,jr->kr', E, A, B)",
        },
        hessian={"A": "einsum('rs,ij->irjs', (B.T @ B) * (C.T @ C), eye(n))"},
    ),
    again(
        "tucker", "Kolda and Bader 2009, section 4.2", "E = T - einsum('abc,ia,jb,kc->ijk', G, A, B, C)",
        gradient={
            "G": "-2 * einsum('ijk,ia,jb,kc->abc', E, A, B, C)", "A": "-2 * einsum('ijk,abc,jb,kc->ia', E, G, B, C)",
        },
        hessian={"G": "2 * einsum('ad,be,cf->abcdef', A.T @ A, B.T @ B, C.T @ C)"},
    ),
    published(
        learned_mahalanobis, "D: n,d; y: n; L: k,d", "Guillaumin, Verbeek and Schmid 2009, by the factor",
        """Z = D @ L.T
        p = sigmoid(y * (sum(Z**2, axis=1) - 1))
        S = D.T @ ((y * p)[:, None] * D)""",
        gradient={"L": "2 * L @ S"},
        hessian={
            "L": "2 * einsum('ab,ij->aibj', eye(k), S)"
                 " + 4 * einsum('n,na,ni,nb,nj->aibj', y**2 * p * (1 - p), Z, D, Z, D)",
        },
    ),
    published(
        sinkhorn, "C: n,m; a: n +; b: m +", "Adams and Zemel 2011; Genevay, Peyré and Cuturi 2018",
        _sinkhorn_backwards(),
        gradient={"C": "P - P * C + K * (" + " + ".join(
            f"x{t}[:, None] * v{t} + u{t - 1}[:, None] * y{t}" for t in range(1, 6)) + ")"},
    ),
    again(
        "regulator_rollout", "Bryson and Ho 1975, chapter 2; Hessian: Rautert and Sachs 1997",
        _regulator_adjoints() + "\n" + _regulator_sensitivities(),
        gradient={"K": "-(" + " + ".join(f"outer(g{t}, x{t})" for t in range(4)) + ")"},
        hessian={"K": "V - T - transpose(T, (2, 3, 0, 1))"},
    ),
    published(
        logistic_outputs, "X: n,d; W: d,k; b: k; Y: n,k", "Bishop 2006, (4.91) and (4.97)",
        "P = sigmoid(X @ W + b)",
        gradient={"W": "X.T @ (P - Y) / (n * k)", "b": "sum(P - Y, axis=0) / (n * k)"},
        hessian={"b": "diag(sum(P * (1 - P), axis=0)) / (n * k)"},
    ),
)  # fmt: skip
