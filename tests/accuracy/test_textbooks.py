"""Formulas of textbooks that lose their digits: made accurate, value and first derivatives lose two bits at most.

Hamming, *Numerical Methods for Scientists and Engineers*, chapter 3; Higham, *Accuracy and Stability of Numerical
Algorithms*, chapter 1; Kahan, *Miscalculating Area and Angles of a Needle-like Triangle*; and those of Herbie's suite
that these have not. They are judged at other points than they were chosen by, beside ball arithmetic.
"""

from __future__ import annotations

import numpy as np
import pytest

import edgewise as ew
from edgewise.accuracy.samples import computed, sampled

MOST = 2.0
FORMULAS = (
    pytest.param(
        "(-h - sqrt(h*h - a*c))/a",
        {"a": (0.001, 1000.0), "h": (-1000000.0, 1000000.0), "c": (0.001, 1000.0)},
        "h*h >= a*c",
        id="quadratic, half of b",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        "(x + 1)**(1/3) - x**(1/3)",
        {"x": (1.0, 1000000000000.0)},
        None,
        id="cubic root difference",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        "(x + 1)**(1/4) - x**(1/4)",
        {"x": (1.0, 1000000000000.0)},
        None,
        id="fourth root difference",
        marks=pytest.mark.slow,
    ),
    pytest.param("sqrt(1 + x) - 1", {"x": (1e-15, 1000.0)}, None, id="root of one plus less one"),
    pytest.param(
        "sqrt(x*x + y*y) - x",
        {"x": (1.0, 1000000.0), "y": (1e-06, 1.0)},
        None,
        id="hypotenuse less a leg",
        marks=pytest.mark.slow,
    ),
    pytest.param("log(1 + x)/x", {"x": (1e-15, 1.0)}, None, id="log1p over x", marks=pytest.mark.slow),
    pytest.param("(exp(x) - 1)/x", {"x": (-1.0, 1.0)}, None, id="expm1 over x"),
    pytest.param("(exp(x) - exp(-x))/2", {"x": (-1.0, 1.0)}, None, id="hyperbolic sine"),
    pytest.param(
        "(exp(x) - exp(-x))/(exp(x) + exp(-x))",
        {"x": (-1000.0, 1000.0)},
        None,
        id="hyperbolic tangent",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        "log(x + sqrt(x*x + 1))",
        {"x": (1e-12, 1000000000000.0)},
        None,
        id="inverse hyperbolic sine",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        "log(x + sqrt(x*x - 1))",
        {"x": (1.0, 1000000000000.0)},
        None,
        id="inverse hyperbolic cosine",
        marks=pytest.mark.slow,
    ),
    pytest.param("log((1 + x)/(1 - x))/2", {"x": (-0.9, 0.9)}, None, id="inverse hyperbolic tangent"),
    pytest.param(
        "sqrt((sqrt(x*x + y*y) + x)/2)",
        {"x": (-1000000.0, 1000000.0), "y": (1e-06, 1.0)},
        None,
        id="complex square root, real",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        "sqrt((sqrt(x*x + y*y) - x)/2)",
        {"x": (-1000000.0, 1000000.0), "y": (1e-06, 1.0)},
        None,
        id="complex square root, imaginary",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        "(a*c + b*d)/(c*c + d*d)",
        {"a": (1.0, 1e200), "b": (1.0, 1e200), "c": (1.0, 1e200), "d": (1.0, 1e200)},
        None,
        id="complex division, real",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        "(b*c - a*d)/(c*c + d*d)",
        {"a": (1.0, 2.0), "b": (1.0, 2.0), "c": (1e150, 1e160), "d": (1e150, 1e160)},
        None,
        id="complex division, imaginary",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        "log(x*x + y*y)/2", {"x": (0.5, 2.0), "y": (1e-12, 0.001)}, None, id="complex logarithm", marks=pytest.mark.slow
    ),
    pytest.param(
        "cos(x)*(exp(y) + exp(-y))/2",
        {"x": (-3.0, 3.0), "y": (-700.0, 700.0)},
        None,
        id="complex cosine",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        "sin(x)*cos(y) - cos(x)*sin(y)",
        {"x": (0.5, 1.0), "y": (0.5, 1.0)},
        None,
        id="sine near pi",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        "(1 - cos(x))/(x*x)", {"x": (-1.0, 1.0)}, None, id="one minus cosine over square", marks=pytest.mark.slow
    ),
    pytest.param("tan(x) - sin(x)", {"x": (-1.0, 1.0)}, None, id="tangent less sine", marks=pytest.mark.slow),
    pytest.param(
        "(x*x + y*y)/2 - ((x + y)/2)**2",
        {"x": (1000000.0, 1000001.0), "y": (1000000.0, 1000001.0)},
        None,
        id="variance of two, one pass",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        "sqrt((a + b + c)/2*((a + b + c)/2 - a)*((a + b + c)/2 - b)*((a + b + c)/2 - c))",
        {"a": (1.0, 2.0), "b": (1.0, 2.0), "c": (1e-06, 0.001)},
        "a + b > c and a + c > b and b + c > a",
        id="area of a triangle, Heron",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        "sqrt(a*a + b*b - 2*a*b*cos(g))",
        {"a": (1.0, 2.0), "b": (1.0, 2.0), "g": (1e-09, 0.001)},
        None,
        id="law of cosines",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        "2*atan(sqrt(((a - b) + c)/((a + (b + c))*((c + (a - b)))))*sqrt(abs(b)))",
        {"a": (2.0, 3.0), "b": (1.0, 2.0), "c": (1.2, 3.0)},
        None,
        id="Kahan's angle",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        "2*asin(sqrt((1 - cos(p))/2 + cos(q)*(1 - cos(l))/2))",
        {"p": (1e-09, 0.001), "q": (0.0, 1.0), "l": (1e-09, 0.001)},
        None,
        id="haversine",
        marks=pytest.mark.slow,
    ),
    pytest.param("log(p/(1 - p))", {"p": (1e-12, 0.999999)}, None, id="logit"),
    pytest.param("1/(1 + exp(-x))", {"x": (-700.0, 700.0)}, None, id="logistic"),
    pytest.param(
        "log(exp(x) + exp(y))", {"x": (-1000.0, 1000.0), "y": (-1000.0, 1000.0)}, None, id="log sum of two exponentials"
    ),
    pytest.param("log(x) - log(x - 1)", {"x": (2.0, 1000000000000000.0)}, None, id="logarithms of neighbours"),
    pytest.param("acos(1 - x)", {"x": (1e-15, 0.5)}, None, id="arc cosine near one"),
    pytest.param("r - sqrt(r*r - a*a)", {"r": (1.0, 2.0), "a": (1e-09, 0.01)}, "r > a", id="sphere cap"),
    pytest.param(
        "m*(1/sqrt(1 - v*v) - 1)",
        {"m": (1.0, 2.0), "v": (1e-09, 0.5)},
        None,
        id="relativistic kinetic energy",
        marks=pytest.mark.slow,
    ),
    pytest.param(
        "1/f - 1/g", {"f": (1.0, 2.0), "g": (1.0, 2.0)}, None, id="lens: reciprocal difference", marks=pytest.mark.slow
    ),
    pytest.param(
        "1/(1/x + 1/y)", {"x": (1e-200, 1e200), "y": (1e-200, 1e200)}, None, id="parallel plates: two reciprocals"
    ),
    pytest.param(
        "(x + 1)**(1/n) - x**(1/n)",
        {"x": (1.0, 1000000.0), "n": (2.0, 100.0)},
        None,
        id="2nthrt",
        marks=pytest.mark.slow,
    ),
    pytest.param("exp(x)/(exp(x) - 1)", {"x": (1e-09, 700.0)}, None, id="expq2", marks=pytest.mark.slow),
    pytest.param(
        "(-h - sqrt(h*h - c))",
        {"h": (-1000000.0, 1000000.0), "c": (0.001, 1.0)},
        "h*h >= c",
        id="quad2m",
        marks=pytest.mark.slow,
    ),
)


@pytest.mark.parametrize(("text", "ranges", "condition"), FORMULAS)
def test_formulas_of_textbooks(text: str, ranges: dict[str, tuple[float, float]], condition: str | None) -> None:
    written = ew.parse(text).gradient()
    made = written.simplify("accurate", ranges=ranges, where=condition, points=128, seed=3, seconds=40)
    nodes, found = ([node for result in graph.returns() for node in result.nodes] for graph in (written, made))
    sample = sampled(written.tape, nodes, ranges, 64, 99, ew.parse(condition).tape if condition else None)
    for node, values in zip(nodes, computed(made.tape, found, sample.inputs, sample.points), strict=True):
        error = sample.error(node, values)
        assert np.isfinite(error).sum() > 8 and np.nanmean(error) <= MOST, node
