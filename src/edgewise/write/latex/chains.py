r"""Contractions in matrix notation: `X^\top \operatorname{diag}(p) X`, `u v^\top`, `\operatorname{tr}(A B)`.

Letters are points, matrices lines between them, vectors stand at points. What is a chain of lines is a product of
matrices, with its vectors as diagonal matrices inside it and as ends; what is a ring is a trace.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from edgewise.ops import Contraction, Dim
from edgewise.write.latex.forms import BIG, ONES, Form, call, diagonal, elementwise, product, scaled, transposed

__all__ = ["matrix_form"]

Line = tuple[str, str, Form]


def matrix_form(p: Contraction, forms: Sequence[Form], lengths: Mapping[str, Dim]) -> Form | None:
    """The contraction of the given forms in matrix notation, None where it has none.

    >>> matrix_form(Contraction(("ki", "k", "kj"), "ij"), [Form("X"), Form("p"), Form("Y")], {}).text
    'X^\\\\top \\\\operatorname{diag}(p) Y'
    """
    if len(p.output) > 2 or any(len(part) > 2 for part in p.inputs):
        return None
    inner = "".join(letter for letter in p.output if letter not in p.repeated)
    form = _inner(p.inputs, inner, forms, lengths)
    return None if form is None else _repeated(form, p, inner)


def _repeated(form: Form, p: Contraction, inner: str) -> Form:
    """The repetition along axes: a vector is a column, and so is a matrix of one column."""
    longer = [letter for letter, length in p.sizes if length != 1]
    if not inner:
        ones = {0: None, 1: ONES, 2: product([ONES, transposed(ONES)])}[len(longer)]
        if ones is not None and len(p.output) == 2 and len(longer) == 1 and longer[0] == p.output[1]:
            ones = transposed(ones)
        return form if ones is None else Form("\\mathbf{0}") if form.text == "0" else scaled(form, ones)
    if not p.sizes:
        return form
    if p.output[0] == inner:
        return product([form, transposed(ONES)]) if longer else form
    return product([ONES, transposed(form)]) if longer else transposed(form)


def _inner(inputs: Sequence[str], output: str, forms: Sequence[Form], lengths: Mapping[str, Dim]) -> Form | None:
    numbers: list[Form] = []
    at: dict[str, list[Form]] = {}
    lines: list[Line] = []
    letters = list(dict.fromkeys(letter for part in inputs for letter in part))
    for part, form in zip(inputs, forms, strict=True):
        if not part:
            numbers.append(form)
        elif len(set(part)) == 2:
            lines.append((part[0], part[1], form))
        elif len(part) == 2 and part[0] not in output and sum(part[0] in other for other in inputs) == 1:
            numbers.append(call("\\operatorname{tr}", form))
            letters.remove(part[0])
        else:
            at.setdefault(part[0], []).append(diagonal(form) if len(part) == 2 else form)
    numbers += _traces(lines, at, letters, output)
    lines = _together(lines)
    rest: list[tuple[str, Form]] = []
    while letters:
        found = _component(letters, lines, at, output, lengths)
        if found is None:
            return None
        outer, form = found
        if outer:
            rest.append((outer, form))
        else:
            numbers.append(form)
    numbers.sort(key=lambda form: (form.strength == BIG, not form.text[:1].isdigit()))
    if len(rest) == 2:
        rest.sort(key=lambda item: output.index(item[0]))
        rest = [(output, product([rest[0][1], transposed(rest[1][1])]))]
    made = [form for _, form in rest]
    whole = made[0] if made else numbers.pop() if numbers else Form("1")
    for number in reversed(numbers):
        whole = scaled(number, whole)
    return whole


def _traces(lines: list[Line], at: Mapping[str, list[Form]], letters: list[str], output: str) -> list[Form]:
    """Inner products of two matrices, taken out of the lines and letters."""
    made: list[Form] = []
    for a, b in {frozenset(line[:2]): line[:2] for line in lines}.values():
        near = [line for line in lines if {a, b} & {*line[:2]}]
        both = [line for line in near if {a, b} == {*line[:2]}]
        if len(near) == len(both) == 2 and not {a, b} & {*at, *output}:
            left, right = both[0][2], both[1][2] if both[0][:2] == both[1][:2] else transposed(both[1][2])
            made.append(call("\\operatorname{tr}", product([transposed(left), right])))
            for line in both:
                lines.remove(line)
            letters.remove(a)
            letters.remove(b)
    return made


def _together(lines: Sequence[Line]) -> list[Line]:
    """Matrices between the same two letters as one elementwise product."""
    groups: dict[frozenset[str], tuple[str, str, list[Form]]] = {}
    for a, b, form in lines:
        first, second, forms = groups.setdefault(frozenset((a, b)), (a, b, []))
        forms.append(form if (a, b) == (first, second) else transposed(form))
    return [(a, b, elementwise(forms)) for a, b, forms in groups.values()]


def _component(
    letters: list[str], lines: list[Line], at: Mapping[str, list[Form]], output: str, lengths: Mapping[str, Dim]
) -> tuple[str, Form] | None:
    """A chain or ring, taken out of `letters`, with its letters in the output; None for what branches."""
    near: dict[str, list[Line]] = {letter: [line for line in lines if letter in line[:2]] for letter in letters}
    if any(len(found) > 2 for found in near.values()):
        return None
    ends = [letter for letter in letters if len(near[letter]) < 2]
    # A chain is read from its first letter in the output.
    start = min(ends or letters, key=lambda k: output.index(k) if k in output else len(output) + letters.index(k))
    way, steps = [start], list[Form]()
    used: list[Line] = []
    while True:
        here = way[-1]
        line = next((line for line in near[here] if line not in used), None)
        if line is None:
            break
        used.append(line)
        forward = line[0] == here
        steps.append(line[2] if forward else transposed(line[2]))
        way.append(line[1] if forward else line[0])
    ring = len(way) > 1 and way[0] == way[-1]
    inside = way[1:-1]
    shown = "".join(letter for letter in dict.fromkeys(way) if letter in output)
    for letter in dict.fromkeys(way):
        letters.remove(letter)
    if any(letter in output for letter in inside):
        return None
    if len(steps) == 0:
        return shown, _vector(at.get(start, []), bool(shown))
    middle: list[Form] = []
    for letter, step in zip(way, steps, strict=False):
        if letter != start or letter in output or ring:
            middle += [diagonal(form) for form in at.get(letter, [])]
        middle.append(step)
    if not ring and way[-1] in output:
        middle += [diagonal(form) for form in at.get(way[-1], [])]
    if ring:
        return shown, call("\\operatorname{diag}" if shown else "\\operatorname{tr}", _chain(middle))
    if not shown:
        middle = [*_end(at.get(start, []), lengths.get(start), row=True), *middle]
    if way[-1] not in output:
        middle += _end(at.get(way[-1], []), lengths.get(way[-1]), row=False)
    made = _chain(middle)
    return shown, made if shown else Form(made.text, min(made.strength, BIG)) if len(middle) > 1 else made


def _chain(factors: Sequence[Form]) -> Form:
    """A product in which identities are left out."""
    return product([form for form in factors if not form.unit] or factors[:1])


def _end(weights: Sequence[Form], length: Dim, *, row: bool) -> list[Form]:
    if not weights and length == 1:
        return []
    vector = elementwise(weights) if weights else ONES
    return [transposed(vector) if row else vector]


def _vector(weights: Sequence[Form], kept: bool) -> Form:
    """Vectors at one letter: their elementwise product, or its sum."""
    if kept:
        return elementwise(weights)
    first, *rest = weights if len(weights) > 1 else [ONES, *weights]
    inner = [diagonal(form) for form in rest[:-1]]
    return Form(product([transposed(first), *inner, rest[-1]]).text, BIG)
