"""What an emitted file runs to try itself: its function at reference points, in Python, C and JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.accuracy.references import Reference
from edgewise.errors import UnsupportedError
from edgewise.graph import Parameter, Returns

__all__ = ["LANGUAGES", "hexadecimal", "self_test"]

_PYTHON: Final = '''
# Points, the exact results there, and how many units of 2**-52 of them the computed ones may be off.
_EW_REFERENCES = [
{rows}
]


def _ew_numbers(result):
    """The numbers of nested results, in order."""
    if hasattr(result, "tolist"):
        result = result.tolist()
    if isinstance(result, dict):
        result = list(result.values())
    if isinstance(result, (list, tuple)):
        return [number for part in result for number in _ew_numbers(part)]
    return [float(result)]


def _ew_self_test():
    """Compare {name} with the exact results: prints what is further off than it may be, and how many agree."""
    checked = wrong = 0
    for given, exact, units in _EW_REFERENCES:
        x = [float.fromhex(number) for number in given]
        try:
            found = _ew_numbers({name}({call}))
        except (ArithmeticError, ValueError):
            found = [float("nan")]*len(exact)
        for k, (number, text, most) in enumerate(zip(found, exact, units)):
            expected = float.fromhex(text)
            checked += 1
            if not abs(number - expected) <= most*max(abs(expected), 2.0**-1022)*2.0**-52:
                wrong += 1
                print(f"{name} at {{x}}: number {{k}} is {{number!r}}, and exact is {{expected!r}}")
    print(f"{{checked - wrong}} of {{checked}} results agree")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(_ew_self_test())
'''

_C: Final = """
#ifdef EDGEWISE_SELF_TEST
#include <stdio.h>

/* Points, the exact results there, and how many units of 2**-52 of them the computed ones may be off. */
static const double ew_given[{count}][{inputs}] = {{
{given}
}};
static const double ew_exact[{count}][{results}] = {{
{exact}
}};
static const double ew_units[{count}][{results}] = {{
{units}
}};

int main(void) {{
    int k, j, wrong = 0;
    double found[{results}];{unread}
    for (k = 0; k < {count}; k++) {{
        {name}({call});
        for (j = 0; j < {results}; j++) {{
            const double exact = ew_exact[k][j];
            const double size = fabs(exact) > 0x1p-1022 ? fabs(exact) : 0x1p-1022;
            if (!(fabs(found[j] - exact) <= ew_units[k][j]*size*0x1p-52)) {{
                wrong++;
                printf("{name} at point %d: number %d is %.17g, and exact is %.17g\\n", k, j, found[j], exact);
            }}
        }}
    }}
    printf("%d of %d results agree\\n", {count}*{results} - wrong, {count}*{results});
    return wrong != 0;
}}
#endif
"""

_JAVASCRIPT: Final = """
/* Points, the exact results there, and how many units of 2**-52 of them the computed ones may be off. */
const ew_references = [
{rows}
];

function ew_numbers(result) {{
    return typeof result === "object" ? Object.values(result).flatMap(ew_numbers) : [result];
}}

function ew_self_test() {{
    let checked = 0, wrong = 0;
    for (const [x, exact, units] of ew_references) {{
        ew_numbers({name}({call})).forEach((number, k) => {{
            const size = Math.max(Math.abs(exact[k]), 2.2250738585072014e-308);
            checked++;
            if (!(Math.abs(number - exact[k]) <= units[k]*size*2.220446049250313e-16)) {{
                wrong++;
                console.log(`{name} at ${{x}}: number ${{k}} is ${{number}}, and exact is ${{exact[k]}}`);
            }}
        }});
    }}
    console.log(`${{checked - wrong}} of ${{checked}} results agree`);
    return wrong > 0 ? 1 : 0;
}}

if ({guard}) process.exitCode = ew_self_test();
"""

_GUARDS: Final = {
    "JavaScript": 'typeof process !== "undefined" && process.argv && process.argv[1]\n'
    "    && import.meta.url === new URL(`file://${process.argv[1]}`).href",
    "JavaScript script": 'typeof require !== "undefined" && require.main === module',
}


class _Subject(NamedTuple):
    """A program that is to try itself, and what it is tried with."""

    language: str
    name: str
    parameters: Sequence[Parameter]
    results: Sequence[Returns]
    points: Sequence[Reference]


def self_test(
    language: str,
    name: str,
    parameters: Sequence[Parameter],
    results: Sequence[Returns],
    points: Sequence[Reference],
) -> str:
    """The text that stands behind a program, the same bytes for the same references.

    Raises UnsupportedError for matrices of SciPy's.
    """
    return LANGUAGES[language](_Subject(language, name, parameters, results, points))


def _of_python(of: _Subject) -> str:
    rows = []
    for point in of.points:
        exact, units = _as_returned(of.results, point)
        parts = [_hexes(point.inputs, quoted=True), _hexes(exact, quoted=True), _plain(units)]
        rows.append(f"    ({', '.join(f'[{part}]' for part in parts)}),")
    call = ", ".join(_nested(of.parameters, lambda first, size: f"x[{first}:{first + size}]"))
    return _PYTHON.format(rows="\n".join(rows), name=of.name, call=call)


def _of_javascript(of: _Subject) -> str:
    rows = []
    for point in of.points:
        lists = (point.inputs, *_as_returned(of.results, point))
        rows.append(f"    [{', '.join(f'[{_plain(part)}]' for part in lists)}],")
    call = ", ".join(_nested(of.parameters, lambda first, size: f"x.slice({first}, {first + size})"))
    return _JAVASCRIPT.format(rows="\n".join(rows), name=of.name, call=call, guard=_GUARDS[of.language])


def _of_c(of: _Subject) -> str:
    call, first = [], 0
    for parameter in of.parameters:
        call.append(f"ew_given[k] + {first}" if parameter.shape else f"ew_given[k][{first}]")
        first += parameter.size
    count = 0
    for result in of.results:
        call.append(f"found + {count}")
        count += len(result.nodes)

    def table(rows: Sequence[Sequence[float]]) -> str:
        return ",\n".join(f"    {{{_hexes(row or [0.0])}}}" for row in rows)

    return _C.format(
        count=len(of.points), inputs=max(first, 1), results=count, name=of.name, call=", ".join(call),
        given=table([point.inputs for point in of.points]), exact=table([point.exact for point in of.points]),
        units=table([point.units for point in of.points]), unread="" if first else "\n    (void)ew_given;",
    )  # fmt: skip


LANGUAGES: Final[Mapping[str, Callable[[_Subject], str]]] = {
    "Python": _of_python, "C": _of_c, "JavaScript": _of_javascript, "JavaScript script": _of_javascript,
}  # fmt: skip
"""The languages of files that can try themselves."""


def _hexes(numbers: Sequence[float], *, quoted: bool = False) -> str:
    """Doubles with every bit, as Python's float.fromhex and C99 read them."""
    texts = [hexadecimal(number) for number in numbers]
    return ", ".join(f'"{text}"' for text in texts) if quoted else ", ".join(texts)


def hexadecimal(number: float) -> str:
    """Without the zeros that say nothing.

    >>> hexadecimal(0.75), hexadecimal(-0.1)
    ('0x1.8p-1', '-0x1.999999999999ap-4')
    """
    digits, _, exponent = number.hex().partition("p")
    return f"{digits.rstrip('0').rstrip('.') if '.' in digits else digits}p{exponent}"


def _plain(numbers: Sequence[float]) -> str:
    """Decimals that are read as the same doubles."""
    return ", ".join(repr(float(number)).removesuffix(".0") for number in numbers)


def _nested(parameters: Sequence[Parameter], cut: Callable[[int, int], str]) -> Iterator[str]:
    """The arguments of a call as parts of the list x: numbers, and groups nested by their shape."""
    first = 0
    for parameter in parameters:
        if not parameter.shape:
            yield f"x[{first}]"
        else:
            *outer, last = map(int, parameter.shape)
            rows = [cut(first + k * last, last) for k in range(int(np.prod(outer, dtype=int)))]
            for length in reversed(outer):
                rows = [f"[{', '.join(rows[k : k + length])}]" for k in range(0, len(rows), length)]
            yield rows[0]
        first += parameter.size


def _as_returned(results: Sequence[Returns], point: Reference) -> tuple[list[float], list[float]]:
    """The exact results and the units in the order in which a call returns them, zeros and places of matrices too."""
    exact: list[float] = []
    units: list[float] = []
    first = 0
    for result in results:
        if any(part.kind == "scipy" for part in result.layout.parts()):
            raise UnsupportedError(
                "certify=True takes no matrices of SciPy's", hint='ask for sparse="coo" or sparse="dense"'
            )
        size = len(result.nodes)
        for numbers, found in ((point.exact, exact), (point.units, units)):
            found += _flat(result.layout.pack([float(number) for number in numbers[first : first + size]]))
        first += size
    return exact, units


def _flat(nested: Any) -> list[float]:
    todo, found = [nested], list[float]()
    while todo:
        part = todo.pop()
        if isinstance(part, dict):
            part = list(part.values())
        if isinstance(part, np.ndarray):
            part = part.tolist()
        if isinstance(part, (list, tuple)):
            todo += reversed(part)
        else:
            found.append(float(part))
    return found
