"""Labels are formulas in every form, and a name is only ever shown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.graph.names import Quotient
from edgewise.view.pictures.label_formulas import Formula, clipped, named, plain

x, y, u3 = named("x"), named("y"), named("u3")


@pytest.mark.parametrize(
    ("marked", "html", "unicode", "latex"),
    [
        (f"{x}**3", "<i>x</i><sup>3</sup>", "x^3", "x^{3}"),
        (f"{x}**(-1)", "<i>x</i><sup>−1</sup>", "x^−1", "x^{-1}"),
        (f"{x}**(1/2)", "<i>x</i><sup>1/2</sup>", "x^(1/2)", r"x^{\frac{1}{2}}"),
        (f"{u3}**2", "<i>u</i><sub>3</sub><sup>2</sup>", "u3^2", r"u_{3}^{2}"),
        (f"{x}**{u3}", "<i>x</i>^<i>u</i><sub>3</sub>", "x^u3", "x^{u_{3}}"),
        (f"sqrt({x})", "√<i>x</i>", "√x", r"\sqrt{x}"),
        (
            named(Quotient("u3", ("x",))),
            "∂<i>u</i><sub>3</sub>/∂<i>x</i>",
            "∂u3/∂x",
            r"\frac{\partial u_{3}}{\partial x}",
        ),
        (f"{x}/{y}", "<i>x</i>/<i>y</i>", "x/y", r"\frac{x}{y}"),
        (f"{x} - {y}*2", "<i>x</i> − <i>y</i>·2", "x − y·2", r"x - y \cdot 2"),
        (f"{x} <= 1e-05", "<i>x</i> ≤ 1e-05", "x ≤ 1e-05", r"x \le  1 \cdot 10^{-5}"),
        (f"sin({named('alpha')})", "sin(<i>α</i>)", "sin(α)", r"\sin(\alpha)"),
        (f"log1p({named('x_12')})", "log1p(<i>x</i><sub>12</sub>)", "log1p(x_12)", r"\mathrm{log1p}(x_12)"),
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
    if not re.fullmatch(r"\w*", printable):  # names may be set as symbols, other texts stand as they are
        assert printable in page.shown
    latex = formula.latex()
    for command in re.findall(r"\\([A-Za-z]+)", latex):
        assert command not in ("input", "write", "def", "catcode", "csname", "openout", "immediate")
    assert formula.spans == Formula(formula.marked).spans


def test_two_names_that_differ_look_different() -> None:
    names = ["x1", "x_1", "x[1]", "x_[1]", "x", "alpha", "Alpha", "u3", "u_3", "x**2", "x_1_1"]
    assert len({Formula(named(name)).html for name in names}) == len(names)


def test_clipping_keeps_the_marks_in_pairs() -> None:
    for length in range(1, 30):
        cut = clipped(f"{named('long name')} = {named('another')}*2", length)
        assert len(plain(cut)) <= length
        assert cut.count("\ue000") == cut.count("\ue001")
        Formula(cut).latex()
