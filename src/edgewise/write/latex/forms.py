r"""Pieces of LaTeX: a text with how strongly its outermost operator binds, so that no needless parenthesis is written.

A product of matrices is associative for a reader, a sum of what an index runs over reaches to the end of its product,
and a symbol has one subscript and one superscript.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

__all__ = [
    "ATOM", "BIG", "ODOT", "ONES", "POWER", "PRODUCT", "SUBBED", "SUM", "Form", "at_least", "call", "diagonal",
    "elementwise", "inverse", "length", "negative", "product", "quotient", "raised", "scaled", "subscripted",
    "transposed", "word",
]  # fmt: skip

SUM, ODOT, BIG, PRODUCT, POWER, SUBBED, ATOM = range(7)
"""Sums; elementwise products; what may only be the last factor of a product, as a sum over an index or an inner
product; products; what has a superscript; what has a subscript; what may take both."""


class Form(NamedTuple):
    """A text and its binding strength; where there is one, its transpose as it is better written; whether it is an
    identity; the top and the bottom of a fraction.
    """

    text: str
    strength: int = ATOM
    flipped: Form | None = None
    unit: bool = False
    parts: tuple[Form, Form] | None = None


ONES: Final = Form("\\mathbf{1}")


_ONLY_ONES: Final = ("\\mathbf{1}", "\\mathbf{1} \\mathbf{1}^\\top", "\\mathbf{1}^\\top")


def at_least(form: Form, strength: int) -> str:
    """The text, in parentheses where it binds less than `strength`."""
    return form.text if form.strength >= strength else f"({form.text})"


def call(name: str, *args: Form) -> Form:
    """A function of its arguments."""
    return Form(f"{name}({', '.join(arg.text for arg in args)})")


def word(name: str, under: str = "") -> str:
    """An upright name, perhaps with a subscript."""
    shown = name.replace("_", "\\_")
    return f"\\operatorname{{{shown}}}" + (f"_{{{under}}}" if under else "")


def length(value: Any) -> Form:
    """A dimension, or a number made of dimensions."""
    if isinstance(value, int):
        return Form(str(value))
    import sympy as sp

    simple = value.is_Symbol or (value.is_Function and not value.is_Pow)
    return Form(sp.latex(value), ATOM if simple else PRODUCT if value.is_Mul else POWER if value.is_Pow else SUM)


def raised(form: Form, exponent: str) -> Form:
    r"""A superscript.

    >>> raised(Form("A B", PRODUCT), "2").text, raised(Form("x_{1}", SUBBED), "2").text
    ('(A B)^{2}', 'x_{1}^{2}')
    """
    return Form(f"{at_least(form, SUBBED)}^{{{exponent}}}", POWER)


def subscripted(form: Form, indices: str) -> Form:
    """A subscript."""
    return Form(f"{at_least(form, ATOM)}_{{{indices}}}", SUBBED)


def transposed(form: Form) -> Form:
    r"""The transpose.

    >>> transposed(transposed(Form("A"))).text, transposed(inverse(Form("A"))).text
    ('A', 'A^{-\\top}')
    """
    if form.unit:
        return form
    flipped = form.flipped or Form(f"{at_least(form, SUBBED)}^\\top", POWER)
    return Form(flipped.text, flipped.strength, form._replace(flipped=None))


def inverse(form: Form) -> Form:
    """The inverse matrix."""
    base = form if form.flipped is None or not form.text.endswith("^\\top") else form.flipped
    plain, flipped = raised(base, "-1"), raised(base, "-\\top")
    if base is not form:
        plain, flipped = flipped, plain
    return Form(plain.text, POWER, flipped)


def diagonal(form: Form) -> Form:
    """The diagonal matrix of a vector, or the diagonal of a matrix."""
    return call("\\operatorname{diag}", form)


def negative(form: Form) -> Form:
    """Minus a form."""
    return Form(f"-{at_least(form, ODOT)}", SUM)


def product(factors: Sequence[Form]) -> Form:
    r"""A product of matrices.

    >>> product([Form("A"), Form("B C", PRODUCT), Form("x + y", SUM)]).text
    'A B C (x + y)'
    >>> transposed(product([Form("A"), transposed(Form("B"))])).text
    'B A^\\top'
    """
    if len(factors) == 1:
        return factors[0]
    flipped = _beside([transposed(factor) for factor in reversed(factors)])
    return _beside(factors)._replace(flipped=flipped)


def _beside(factors: Sequence[Form]) -> Form:
    texts = []
    for k, factor in enumerate(factors):
        inside = k and factor.text[:1].isdigit()
        texts.append(at_least(factor, SUBBED if inside else PRODUCT if k < len(factors) - 1 else BIG))
    return Form(" ".join(texts), BIG if factors[-1].strength == BIG else PRODUCT)


def scaled(number: Form, form: Form) -> Form:
    r"""A number times something; literal numbers stand in front.

    >>> scaled(Form("x^\\top y", BIG), Form("A")).text, scaled(Form("2"), Form("A B", PRODUCT)).text
    ('(x^\\top y)\\,A', '2\\,A B')
    >>> scaled(Form("-2", SUM), Form("A")).text
    '-2\\,A'
    """
    if number.text == "1":
        return form
    if number.text == form.text and not number.text[0].isdigit():
        return raised(form, "2")
    if number.text.startswith("-") and number.text[1:2].isdigit():
        return negative(scaled(Form(number.text[1:]), form))
    digits = number.text[-1:].isdigit() and form.text[:1].isdigit()
    between = "\\cdot " if digits else " " if form.text.startswith("\\sum") else "\\,"

    def written(rest: Form) -> Form:
        text = f"{at_least(number, PRODUCT)}{between}{at_least(rest, BIG)}"
        return Form(text, BIG if rest.strength == BIG else PRODUCT)

    return written(form)._replace(flipped=form.flipped and written(form.flipped))


def quotient(top: Form, bottom: Form) -> Form:
    r"""A fraction whose bottom is a number; one over another is one.

    >>> quotient(quotient(Form("x"), Form("a")), Form("2")).text
    '\\frac{x}{2\\,a}'
    """
    if top.parts is not None:
        first, second = top.parts[1], bottom
        top, bottom = top.parts[0], scaled(second, first) if second.text[0].isdigit() else scaled(first, second)
    text = f"\\frac{{{top.text}}}{{{bottom.text}}}"
    flipped = top.flipped and Form(f"\\frac{{{top.flipped.text}}}{{{bottom.text}}}", POWER)
    return Form(text, POWER, flipped, False, (top, bottom))


def elementwise(factors: Sequence[Form], operator: str = "\\odot") -> Form:
    r"""An elementwise product, whose factors are not products of matrices.

    >>> elementwise([Form("A B", PRODUCT), Form("C")]).text
    '(A B) \\odot C'
    >>> elementwise([Form("x"), Form("y"), Form("x")]).text
    'x^{\\circ 2} \\odot y'
    """
    if operator == "\\odot":
        powers: dict[str, list[Form]] = {}
        for factor in [factor for factor in factors if factor.text not in _ONLY_ONES] or factors[:1]:
            powers.setdefault(factor.text, []).append(factor)
        factors = [same[0] if len(same) == 1 else raised(same[0], f"\\circ {len(same)}") for same in powers.values()]
    if len(factors) == 1:
        return factors[0]
    return Form(f" {operator} ".join(_apart(k, factor, operator) for k, factor in enumerate(factors)), ODOT)


def _apart(place: int, factor: Form, operator: str) -> str:
    loose = factor.strength == ODOT and operator == "\\odot" and "\\oslash" not in factor.text
    return factor.text if loose or (place == 0 and factor.strength == ODOT) else at_least(factor, POWER)
