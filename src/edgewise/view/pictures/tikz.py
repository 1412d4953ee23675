r"""TikZ: a diagram as a picture of LaTeX, laid out by Graphviz, its labels set by TeX as mathematics."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from edgewise.view.palette import LIGHT, dash, ink, tint
from edgewise.view.pictures.diagram import Arrow, Box, Diagram
from edgewise.view.pictures.svg import drawn
from edgewise.write.latex.latex_names import escaped, latex_names

__all__ = ["to_tikz"]

_NEEDS: Final = r"""% The preamble needs \usepackage{tikz} and
% \usetikzlibrary{arrows.meta,shapes.geometric,shapes.misc,shapes.symbols}"""
_BEGIN: Final = r"""\begin{tikzpicture}[
  x=1bp, y=1bp, font=\footnotesize, >={Stealth[length=4pt]},
  ew/.style={draw=ewline, inner sep=2pt, align=center, outer sep=0pt},
  ew input/.style={ew, ellipse, fill=ewvalue}, ew value/.style={ew, rounded corners=3pt, fill=ewvalue},
  ew partial/.style={ew, signal, signal to=east and west, signal pointer angle=120, thick},
  ew product/.style={ew, thick},
  ew sum/.style={ew, chamfered rectangle, thick}, ew helper/.style={ew}, ew seed/.style={ew, ellipse, double},
  ew copy/.style={ew, ellipse, dashed, fill=ewvalue},
  ew group/.style={ew, double, rounded corners=1pt}, ew cut/.style={align=center},
]"""


def to_tikz(diagram: Diagram) -> str:
    r"""The diagram as a `tikzpicture` to be read by `\input`; every box is a node that can be referred to by its key.

    Names are shown by `latex_name`: none of them is a command. Names beyond ASCII need LuaLaTeX or XeLaTeX.
    LoweringError where pygraphviz, which lays it out, is missing.
    """
    laid = json.loads(drawn(diagram, "json"))
    places = {item["name"]: item for item in laid.get("objects", ()) if "pos" in item}
    ways = {item["id"]: item for item in laid.get("edges", ()) if "id" in item}
    # What looks alike gets a number: over the names of all labels together.
    names = [name for box in diagram.boxes for part in (box.title, box.step) for name in part.names]
    shown = latex_names(dict.fromkeys(names))
    lines = [_NEEDS, *_colours(diagram), _BEGIN]
    for key, text in (("title_G", r"$\mathcal{G}$"), ("title_B", r"$\mathcal{B}$")):
        if key in places:
            lines.append(rf"  \node[font=\large] at ({places[key]['pos']}) {{{text}}};")
    lines += [_node(box, places[box.key], shown) for box in diagram.boxes]
    for number, arrow in enumerate(diagram.arrows):
        lines += _draw(arrow, ways[f"a{number}"])
    text = "\n".join([*lines, r"\end{tikzpicture}"]) + "\n"
    return text.replace("�", "?").replace("…", r"\ldots ")  # in names: pdfTeX knows neither


def _colours(diagram: Diagram) -> Iterator[str]:
    """The palette under names of its own."""
    named = {"ewline": LIGHT.line, "ewvalue": LIGHT.value}
    used = {c % len(LIGHT.inks) for box in diagram.boxes for c in box.colours}
    used |= {arrow.colour % len(LIGHT.inks) for arrow in diagram.arrows if arrow.colour >= 0}
    named |= {f"ewink{k}": ink(k) for k in sorted(used)} | {f"ewtint{k}": tint(k) for k in sorted(used)}
    for name, colour in named.items():
        yield rf"\definecolor{{{name}}}{{HTML}}{{{colour[1:].upper()}}}"


def _ink(colour: int) -> str:
    return f"ewink{colour % len(LIGHT.inks)}" if colour >= 0 else "ewline"


def _node(box: Box, place: Mapping[str, Any], shown: Mapping[str, str]) -> str:
    facts = [f"ew {box.role}"]
    if len(box.colours) == 1:
        facts.append(f"draw={_ink(box.colours[0])}")
        if box.role == "partial":
            facts.append(f"fill=ewtint{box.colours[0] % len(LIGHT.inks)}")
    width, height = (72 * float(place[side]) for side in ("width", "height"))
    facts.append(f"minimum width={width:.4g}bp, minimum height={height:.4g}bp")
    rows = [row for part in (box.title, box.step) for row in part.rows() if row.marked]
    label = r" \\ ".join(
        [*(f"${row.latex(shown)}$" for row in rows), *([f"${escaped(box.note)}$"] if box.note else [])]
    )
    return rf"  \node[{', '.join(facts)}] ({box.key}) at ({place['pos']}) {{{label}}};"


def _draw(arrow: Arrow, way: Mapping[str, Any]) -> Iterator[str]:
    """An arrow along the curve that Graphviz found."""
    # "s,x,y" is where an arrow head begins the curve, "e,x,y" where one ends it, the others are its control points.
    points = [item for item in way["pos"].split() if item[0] not in "se"]
    begin, end = (next((i[2:] for i in way["pos"].split() if i[0] == mark), None) for mark in "se")
    curve = [points[0]] + [
        f".. controls ({points[k]}) and ({points[k + 1]}) .. ({points[k + 2]})" for k in range(1, len(points), 3)
    ]
    style = [_ink(arrow.colour), dash(arrow.colour), *(["thick"] if arrow.colour >= 0 else [])]
    if begin is not None:  # told the other way round: see the DOT
        style.append("<-")
        curve[0] = f"({begin}) -- ({curve[0]})"
    else:
        style.append("->")
        curve[0] = f"({curve[0]})"
    if end is not None:
        curve.append(f"-- ({end})")
    yield rf"  \draw[{', '.join(style)}] {' '.join(curve)};"
    if "lp" in way:
        yield rf"  \node[font=\scriptsize] at ({way['lp']}) {{${arrow.position}$}};"
