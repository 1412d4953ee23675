"""The drawings of views: SVG on logarithmic axes, the same to the byte for the same rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from question import Cells, Row, View, cells
from report import shown

__all__ = ["draw", "save_svg", "series"]

OURS = ("#0072B2", "#56B4E9", "#1b3a6b", "#8ab6d6")
PEERS = {
    "CasADi": ("#D55E00", "s"),
    "SymPy": ("#009E73", "D"),
    "JAX": ("#CC79A7", "P"),
    "heyoka": ("#E69F00", "^"),
    "Symbolica": ("#000000", "p"),
    "gcc -O2": ("#6b6b6b", "v"),
    "published": ("#D55E00", "s"),
}
OTHERS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8c6d31", "#7a5195", "#6b6b6b")
MARKERS = "osD^vPX<*h"
REQUIRED = {"color": "#000000", "linestyle": (0, (4, 2)), "linewidth": 1.1}
STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "edgewise",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.grid": True,
    "grid.color": "#dddddd",
    "grid.linewidth": 0.7,
    "legend.frameon": False,
}
"""Okabe and Ito's colours, which everybody can tell apart, and a marker of its own for each way."""

QUANTITIES = {"s": "time", "B": "memory"}


def save_svg(view: View, rows: Sequence[Row], file: Path) -> None:
    """Draw the view into a file, with neither date nor version in it."""
    import matplotlib

    with matplotlib.rc_context(STYLE):
        figure = draw(view, rows)
        file.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(file, format="svg", facecolor="white", metadata={"Date": None, "Creator": None})


def draw(view: View, rows: Sequence[Row]) -> Any:
    """The view as a matplotlib figure."""
    from matplotlib.figure import Figure

    found = cells(rows, view.name)
    over = view.kind in ("lines", "stairs")
    lines = len({work for work, _ in found})
    figure = Figure(figsize=(7.2, 4.6 if over else 1.7 + 0.42 * lines), layout="constrained")
    figure.get_layout_engine().set(w_pad=0.14, h_pad=0.06)  # room for a viewer's wider letters
    axes = figure.subplots()
    (_lines if over else _dots)(axes, view, found)
    figure.suptitle(view.title, x=0.02, ha="left", fontsize=12, fontweight="bold")
    _, labels = axes.get_legend_handles_labels()
    longest = max(map(len, labels))
    figure.legend(loc="outside lower left", ncols=max(1, min(len(labels), int(96 / (longest + 6)))))
    return figure


def series(view: View, found: Cells) -> list[str]:
    """The ways that are drawn, ours first."""
    ways = dict.fromkeys([view.ours, *(who for line in found.values() for who in line)])
    return [who for who in ways if who not in view.aside and (who != view.ours or view.kind != "quotients")]


def _marks(view: View, names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Colour and marker of each name: a peer has the same everywhere, and where there are peers, ours are blue."""
    if not any(name in PEERS for name in names):
        return {name: (OTHERS[k % len(OTHERS)], MARKERS[k % len(MARKERS)]) for k, name in enumerate(names)}
    others = [name for name in names if name not in PEERS]
    blue = {name: (OURS[k % len(OURS)], "o^X*"[k % 4]) for k, name in enumerate(others)}
    return {name: PEERS.get(name) or blue[name] for name in names}


def _label(view: View, quantity: str) -> str:
    return f"{quantity} for each {view.each}" if view.each else quantity


def _logarithmic(axis: Any, set_scale: Callable[[str], None], values: Sequence[float], unit: str) -> None:
    """A logarithmic axis whose ticks are labelled with figures and their units, at any range."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullFormatter, NullLocator

    set_scale("log")
    low, high = min(values), max(values)
    decades = math.log10(high / low)
    if decades < 1:
        axis.set_major_locator(FixedLocator(_ticks(low, high)))
        axis.set_minor_locator(NullLocator())
    else:
        axis.set_major_locator(LogLocator(subs=(1, 2, 5) if decades < 2 else (1,), numticks=12))
    axis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value, unit)))
    axis.set_minor_formatter(NullFormatter())


def _ticks(low: float, high: float) -> list[float]:
    """Round figures within less than a decade, far enough from each other for their labels."""
    unit, chosen = 10.0 ** math.floor(math.log10(low)), [low]
    for figures in ((10, 12, 15, 20, 25, 30, 40, 50, 60, 80), range(10, 100), [k / 10 for k in range(100, 1000)]):
        chosen = []
        for tick in (unit * scale * figure for scale in (0.1, 1) for figure in figures):
            apart = math.log(tick / chosen[-1]) if chosen else math.inf
            if low * 0.95 <= tick <= high * 1.05 and apart >= math.log(high / low) / 7:
                chosen.append(tick)
        if len(chosen) >= 3:
            break
    return chosen or [low]


def _tick(value: float, unit: str) -> str:
    number, _, name = shown(value, unit).partition(" ")
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return f"{number} {name}".strip() if unit in QUANTITIES else f"{value:,.10g}"


def _dots(axes: Any, view: View, found: Cells) -> None:
    """A line for each work, a mark for each way; ours over theirs where quotients are asked for."""
    drawn: list[float] = []
    ways = series(view, found)
    marks = _marks(view, ways)
    quotients = view.kind == "quotients"
    shift = 0.0 if quotients else 0.11

    def scaled(value: float, line: dict[str, Row]) -> float:
        own = line[view.ours]["value"]
        return own / value if quotients else value / own if view.kind == "relative" else value

    for k, who in enumerate(ways):
        points = []
        for y, line in enumerate(found.values()):
            if who in line and line[who]["value"]:  # 0 has no place on a logarithmic axis
                height = y + shift * (k - (len(ways) - 1) / 2)
                points.append((scaled(line[who]["value"], line), height, line[who].get("least")))
        drawn += [value for value, _, _ in points]
        colour, marker = marks[who]
        style = {"color": colour, "marker": marker, "linestyle": "none", "zorder": 4 if who == view.ours else 3}
        exact = [(x, y) for x, y, least in points if not least]
        label = f"edgewise over {who}" if quotients else who
        axes.plot(*_columns(exact), markersize=7, label=label, **style)
        for x, y in ((x, y) for x, y, least in points if least):
            axes.annotate("", (x * 2, y), (x, y), arrowprops={"arrowstyle": "->", "color": colour, "lw": 1.5})
            axes.plot([x], [y], markersize=7, markerfacecolor="white", **style)
            drawn.append(x * 2)
    if any(entry.get("least") for line in found.values() for entry in line.values()):
        axes.plot([], [], marker="o", markerfacecolor="white", color="#000000", linestyle="none", label="had not ended")
    label = "required (at most)"
    for y, (key, line) in enumerate(found.items()):
        levels = [
            level for b in view.bounds if (b.who or view.ours) == view.ours if (level := b.level(key, line)) is not None
        ]
        if levels and not quotients:
            level = scaled(min(levels), line)
            axes.plot([level] * 2, [y - 0.42, y + 0.42], label=label, **REQUIRED)
            label = "_"
            drawn.append(level)
    if quotients:
        axes.axvline(1.0, label=label, **REQUIRED)
    axes.set_yticks(range(len(found)), [work for work, _ in found])
    axes.set_ylim(len(found) - 0.45, -0.55)
    room = (max(drawn) / min(drawn)) ** 0.04 if max(drawn) > min(drawn) else 2.0
    axes.set_xlim(min(drawn) / room, max(drawn) * room)
    axes.tick_params(axis="y", length=0)
    measured = view.kind == "dots"
    _logarithmic(axes.xaxis, axes.set_xscale, drawn, view.unit if measured else "")
    quantity = QUANTITIES.get(view.unit, view.unit)
    axes.set_xlabel(
        "ours over theirs" if quotients else quantity if measured else f"{quantity} over those of {view.ours}"
    )


def _lines(axes: Any, view: View, found: Cells) -> None:
    """A line for each way over the size; for each work where only one way is there."""
    ways = series(view, found)
    works = list(dict.fromkeys(work for work, _ in found))
    by_work = len(ways) == 1 or view.kind == "stairs"
    xs: list[float] = []
    ys: list[float] = []
    names = works if by_work else ways
    marks = _marks(view, [name for name in names if name not in view.limits])
    for name in names:
        points = sorted(
            (at, line[who]["value"] / (at if view.each else 1))
            for (work, at), line in found.items()
            for who in (ways[:1] if by_work else [name])
            if who in line and (not by_work or work == name) and at is not None
        )
        x, y = _columns(points)
        xs, ys = xs + x, ys + y
        if name in view.limits:
            axes.plot(x, y, color="#6b6b6b", linestyle=":", linewidth=1.8, label=name)
            continue
        colour, marker = marks[name]
        if view.kind == "stairs":
            axes.step(x, y, where="post", marker="." if len(x) < 30 else None, color=colour, label=name)
        else:
            above = 4 if name == view.ours else 3
            axes.plot(x, y, color=colour, marker=marker, markersize=6, zorder=above, label=name)
    for k, bound in enumerate(view.bounds):
        levels = sorted(
            (at, level / (at if view.each else 1))
            for (work, at), line in found.items()
            if at is not None and (level := bound.level((work, at), line)) is not None
        )
        if not levels:
            continue
        x, y = _columns(levels)
        if len(x) == 1:
            x, y = [x[0] / 1.8, x[0] * 1.8], y * 2
        # In the colour of the peer, or of the work, that it is about.
        about = bound.works[0] if bound.works and by_work else bound.peer
        colour = marks[about][0] if about in marks else REQUIRED["color"]
        peer = f"{bound.peer} over {bound.factor:g}" if bound.factor != 1 else f"no more than {bound.peer}"
        text = f"required: {peer if bound.peer else f'at most {shown(bound.limit or 0, view.unit)}'}"
        axes.plot(x, y, **{**REQUIRED, "color": colour}, label="_" if bound.works else text)
        if bound.works and k == 0:
            axes.plot([], [], label="required", **REQUIRED)
        ys = ys + y
    along = "s" if view.along.startswith("seconds") else ""
    _logarithmic(axes.xaxis, axes.set_xscale, xs, along)
    if len(set(xs)) <= 8:
        axes.set_xticks(sorted(set(xs)), [_tick(x, along) for x in sorted(set(xs))])
    _logarithmic(axes.yaxis, axes.set_yscale, ys, view.unit)
    axes.set_xlabel(view.along)
    axes.set_ylabel(_label(view, QUANTITIES.get(view.unit, view.unit)))


def _columns(points: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [x for x, _ in points], [y for _, y in points]
