"""Labels are formulas in every form, and a name is only ever shown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.view.pictures.label_formulas import Formula, clipped, named, plain

x, y, u3 = named("x"), named("y"), named("u⁽³⁾")


@pytest.mark.parametrize(
    ("marked", "html", "unicode", "latex"),
    [
        (f"{x}**3", "<i>x</i><sup>3</sup>", "x³", "x^{3}"),
        (f"{x}**(-1)", "<i>x</i><sup>−1</sup>", "x⁻¹", "x^{-1}"),
        (f"{x}**(1/2)", "<i>x</i><sup>1/2</sup>", "x^(1/2)", r"x^{\frac{1}{2}}"),
        (f"{u3}**2", "(<i>u</i><sup>(3)</sup>)<sup>2</sup>", "(u⁽³⁾)²", r"\left(u^{(3)}\right)^{2}"),
        (f"{x}**{u3}", "<i>x</i>^<i>u</i><sup>(3)</sup>", "x^u⁽³⁾", "x^{u^{(3)}}"),
        (f"sqrt({x})", "√<i>x</i>", "√x", r"\sqrt{x}"),
        (f"∂{u3}/∂{x}", "∂<i>u</i><sup>(3)</sup>/∂<i>x</i>", "∂u⁽³⁾/∂x", r"\frac{\partial u^{(3)}}{\partial x}"),
        (f"{x}/{y}", "<i>x</i>/<i>y</i>", "x/y", r"\frac{x}{y}"),
        (f"{x} - {y}*2", "<i>x</i> − <i>y</i>·2", "x − y·2", r"x - y \cdot 2"),
        (f"{x} <= 1e-05", "<i>x</i> ≤ 1e-05", "x ≤ 1e-05", r"x \le  1 \cdot 10^{-5}"),
        (f"sin({named('alpha')})", "sin(<i>α</i>)", "sin(α)", r"\sin(\alpha)"),
        (f"log1p({named('x_12')})", "log1p(<i>x</i><sub>12</sub>)", "log1p(x₁₂)", r"\mathrm{log1p}(x_12)"),
        (f"{named('X')}.T @ {named('w')}", "<i>X</i><sup>⊤</sup>\u2009<i>w</i>", "X^⊤\u2009w", r"X^{\top}\,w"),
        (f"not {x}", "not <i>x</i>", "not x", r"\mathrm{not}\ x"),
    ],
)
def test_forms(marked: str, html: str, unicode: str, latex: str) -> None:
    formula = Formula(marked)
    assert (formula.html, formula.unicode) == (html, unicode)
    # One digit needs no braces; both forms set the same.
    assert formula.latex().replace("{12}", "12") == latex


class Characters(HTMLParser):
    """The characters and the tags of a page, by the standard library."""

    def __init__(self) -> None:
        super().__init__()
        self.shown, self.tags = "", set[str]()

    def handle_data(self, data: str) -> None:
        self.shown += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not attrs


@given(st.text(max_size=30))
def test_a_name_of_any_characters_is_only_shown(name: str) -> None:
    printable = "".join(c if c.isprintable() else "�" for c in name)
    formula = Formula(f"{named(name)}**2*exp({named(name)})")
    assert formula.text == f"{printable}**2*exp({printable})"
    page = Characters()
    page.feed(formula.html)
    page.close()
    assert page.tags <= {"i", "sup", "sub"}
    if not re.fullmatch(r"[\w⁽⁾]*", printable):  # names may be set as symbols, other texts stand as they are
        assert printable in page.shown
    latex = formula.latex()
    for command in re.findall(r"\\([A-Za-z]+)", latex):
        assert command not in ("input", "write", "def", "catcode", "csname", "openout", "immediate")
    assert formula.spans == Formula(formula.marked).spans


def test_two_names_that_differ_look_different() -> None:
    names = ["x1", "x_1", "x[1]", "x_[1]", "x", "alpha", "Alpha", "u⁽³⁾", "x**2", "x_1_1"]
    assert len({Formula(named(name)).html for name in names}) == len(names)


def test_clipping_keeps_the_marks_in_pairs() -> None:
    for length in range(1, 30):
        cut = clipped(f"{named('long name')} = {named('another')}*2", length)
        assert len(plain(cut)) <= length
        assert cut.count("\ue000") == cut.count("\ue001")
        Formula(cut).latex()
