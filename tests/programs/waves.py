"""Complex numbers as they are met in signals, circuits, optics and quantum mechanics: real in the end."""

from __future__ import annotations

import math

import numpy as np

from programs import program


@program("x", x="n")
def power_spectrum(x):
    return np.sum(np.log1p(np.abs(np.fft.rfft(x)) ** 2))


@program("x", x="n,d")
def amplitude_spectrum_axis(x):
    return np.abs(np.fft.fft(x, axis=0)).sum() + np.angle(np.fft.rfft(x, axis=1) + 2).sum()


@program("x h", x="8", h="3")
def fft_convolution(x, h):
    n = 8 + 3 - 1
    return (np.fft.irfft(np.fft.rfft(x, n) * np.fft.rfft(h, n), n) ** 2).sum()


@program("x", x="8", judge="differences")
def low_pass(x):
    F = np.fft.rfft(x)
    F[3:] = 0
    F[1] *= 2j
    y = np.fft.irfft(F, n=len(x))
    G = np.fft.fft(x)
    G[np.abs(np.fft.fftfreq(8)) > 0.3] = 0
    z = np.fft.ifft(G)
    return (y**2).sum() + (z.real**3).sum()


@program("u", u="8")
def spectral_derivative(u):
    k = np.fft.fftfreq(8, 1 / 8)
    ux = np.real(np.fft.ifft(1j * k * np.fft.fft(u)))
    uxx = np.fft.ifft(-(k**2) * np.fft.fft(u)).real
    return np.sum(u * ux**2) + np.sum(uxx * u)


@program("psi V", psi="8", V="8")
def split_step_schroedinger(psi, V):
    k = 2 * np.pi * np.fft.fftfreq(8)
    p = psi + 0j
    for _ in range(2):
        p = np.exp(-0.5j * 0.1 * V) * p
        p = np.fft.ifft(np.exp(-0.5j * 0.1 * k**2) * np.fft.fft(p))
        p = p * np.exp(-0.05j * V)
    return np.sum(np.arange(8) * np.abs(p) ** 2) + (np.conj(p) * p).real[2] + np.vdot(p, p).real


@program("x", x="4,6")
def image_fft2(x):
    F = np.fft.fftshift(np.fft.fft2(x))
    y = np.fft.ifft2(np.fft.ifftshift(F * np.hanning(6)))
    return (
        np.sum(np.abs(F)[1:3] ** 1.5)
        + np.sum(y.real**2)
        + (np.fft.irfft2(np.fft.rfft2(x), s=x.shape) * x).sum()
        + np.abs(np.fft.fftn(x)).max()
    )


@program("x", x="8")
def norms_of_transforms(x):
    return (
        np.abs(np.fft.fft(x, norm="ortho")).sum()
        + np.abs(np.fft.ifft(x, 5, norm="forward")).sum()
        + np.fft.irfft(np.fft.rfft(x, norm="ortho"), norm="ortho")[3] ** 2
        + np.abs(np.fft.fft(x, 12, norm="forward") ** 2).sum()
    )


@program("p", p="3", how="p: pos")
def ac_circuit(p):
    R, L, C = p
    w = np.logspace(-1, 1, 5)
    Z = R + 1j * w * L + 1 / (1j * w * C)
    H = R / Z
    return np.sum(20 * np.log10(np.abs(H))) + np.angle(H).sum() + np.sum(Z.imag**2)


@program("w", w="", how="w: pos")
def ac_circuit_scalar(w):
    s = 1j * w
    H = (1 + 0.1 * s) / (1 + s * 0.3 + 0.5 * s**2)
    return abs(H) + 20 * math.log10(abs(H)) + (H * H.conjugate()).real + np.angle(H)


@program("n d", n="3", d="3", how="n: pos; d: pos")
def thin_film_complex(n, d):
    M = np.eye(2, dtype=complex)
    for nj, dj in zip(n, d):
        ph = 2 * np.pi * nj * dj / 0.6
        M = M @ np.array([[np.cos(ph), 1j * np.sin(ph) / nj], [1j * nj * np.sin(ph), np.cos(ph)]])
    B, C = M @ np.array([1, 1.5])
    r = (B - C) / (B + C)
    return np.abs(r) ** 2


@program("x y", x="", y="")
def mandelbrot_steps(x, y):
    c = x + 1j * y
    z = 0
    for _ in range(3):
        z = z * z + c
    return (
        abs(z)
        + np.exp(z / 3).real
        + np.sqrt(z).imag
        + np.log(z).real
        + (z**0.3).real
        + (z**-2).imag
        + np.sinh(z).real
        + np.cos(z).imag
    )


@program("t", t="n")
def complex_exponential_named(t):
    return np.sum(np.abs(1 + np.exp(1j * t) * 0.5) ** 2) + np.abs(np.mean(np.exp(1j * t)))


@program("x", x="8", judge="differences")
def spectral_flatness_hilbert(x):
    F = np.fft.fft(x)
    h = np.zeros(8)
    h[0] = h[4] = 1
    h[1:4] = 2
    a = np.fft.ifft(F * h)
    env = np.abs(a)
    P = np.abs(F[1:4]) ** 2
    return (
        np.exp(np.mean(np.log(P))) / np.mean(P)
        + env.sum()
        + np.real(F @ np.conj(F))
        + np.concatenate([F, F[:2]]).imag[9]
    )


@program("k", k="3", x="5")
def structure_factor(k, x):
    rho = np.exp(1j * np.outer(k, x)).sum(axis=1)
    return np.sum(np.abs(rho) ** 2) / 5 + np.real(rho.mean()) + np.abs(np.sum(np.exp(1j * k[0] * x)))


@program("x", x="8")
def autocorrelation_wiener(x):
    F = np.fft.rfft(x, 16)
    ac = np.fft.irfft(F * np.conj(F))[:8]
    return np.sum((ac / ac[0])[1:] ** 2) + (np.fft.irfft(np.abs(F) ** 2)[2])
