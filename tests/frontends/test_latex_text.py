"""LaTeX in: what people write, by SymPy's parser, and what that would misread is refused."""

from __future__ import annotations

import pytest

import edgewise as ew
from edgewise.errors import EdgewiseError, InputError, ParseError, UnsupportedError
from peers import library

READ = [
    (r"\frac{1}{2} m v^2 - k \cos\theta", "m*v**2/2 - k*cos(theta)"), (r"\sqrt{x^2+1}", "sqrt(x**2 + 1)"),
    (r"e^{-x^2}", "exp(-x**2)"),
    (r"\frac{x_1}{x_{12}}+\ln x", "x_1/x_12 + log(x)"), (r"\left(a+b\right)^{2}\sin^2 x", "(a + b)**2*sin(x)**2"),
    (r"2\pi r", "2*pi*r"), (r"\frac{d}{dx} x^2", "2*x"), (r"\log_{2} x", "log(x)/log(2)"),
    (r"\lvert x \rvert + |y|", "abs(x) + abs(y)"),
    (r"m_{\text{e}} c^2", "m_e*c**2"), (r"\min(x, y)\,\Gamma(x)", "min(x, y)*gamma(x)"), (r"\sum_{i=1}^{3} i x", "6*x"),
    (r"$$\operatorname{erf}\left(x\right) - \mathrm{softplus}(y)$$", "erf(x) - softplus(y)"), (r"10^{-3} x", "x/1000"),
    (r"\sqrt[3]{x}", "x**(1/3)"), (r"\hbar \omega", "hbar*omega"), (r"x!", "gamma(x + 1)"), (r"x^{y^{z}}", "x**y**z"),
    (r"\dfrac{a}{b}\displaystyle", "a/b"), (r"\arctan\left(\frac{y}{x}\right)", "atan(y/x)"),
    (r"\lfloor x \rfloor", "floor(x)"),
]  # fmt: skip
REFUSED = [
    (r"\dot{q}^2", "q_t"), (r"\mathrm{d}x", "no operation"), ("x +", "no formula"), ("", "no formula"),
    (r"\frac{1", "no formula"),
    ("x = y", "equation"), ("f(x)", "called like a function"), (r"\foo x", "no command"),
    (r"\begin{pmatrix}x\end{pmatrix}", "no command"),
    ("x'", "no name"), (r"\int_0^1 x dx", "Integral"), (r"\overline{x}", "no command"), (r"\sigma(x)", "called like"),
    (r"x ) y", "no formula"), (r"\log_\frac{d}{dx}{2} x0", "an operator stands"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "formula"), READ)
def test_latex_is_read(latex: str, formula: str) -> None:
    library("antlr4")
    assert ew.parse_latex(latex).equals(ew.parse(formula))


@pytest.mark.parametrize(("latex", "said"), REFUSED)
def test_what_is_misread_is_refused(latex: str, said: str) -> None:
    library("antlr4")
    with pytest.raises(EdgewiseError, match=said) as caught:
        ew.parse_latex(latex)
    assert isinstance(caught.value, (ParseError, UnsupportedError)) and "\n" not in str(caught.value)


def test_inputs_and_functions() -> None:
    library("antlr4")
    assert ew.parse_latex("x e", inputs=["x", "e"]).inputs == ("x", "e") and ew.parse_latex(r"\pi e x").inputs == ("x",)
    soft = ew.op("soft_latex", value="x/(1 + abs(x))", partials="1/(1 + abs(x))**2")
    assert ew.parse_latex(r"\operatorname{soft}(x)", functions={"soft": soft.op})(1.0) == 0.5
    with pytest.raises(InputError):
        ew.parse_latex("x", inputs="x y")
    with pytest.raises(ParseError, match="text"):
        ew.parse_latex(3)  # type: ignore[arg-type]


def test_what_we_print_is_read_back() -> None:
    library("antlr4")
    for formula in ("m*v**2/2 - k*cos(theta)", "exp(-x**2)/sqrt(2*pi)", "log(1 + exp(x))*tanh(y)", "abs(x)/(x**2 + 1)"):
        G = ew.parse(formula)
        assert ew.parse_latex(G.to_latex()).equals(G)


def test_without_the_parser_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edgewise.frontends.latex_text.find_spec", lambda name: None)
    with pytest.raises(UnsupportedError, match=r"edgewise\[latex\]"):
        ew.parse_latex("x")
