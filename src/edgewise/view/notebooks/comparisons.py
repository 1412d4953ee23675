"""What is shown of two graphs that are compared: a text, a table and the picture of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

from edgewise.graph import node_text
from edgewise.view.notebooks.rich import table_html
from edgewise.view.pictures.svg import MISSING, has_graphviz

__all__ = ["comparison", "comparison_text", "equality"]

LISTED: Final = 12
"""Operations that only one graph has, of which a text lists so many."""

WIDTH: Final = 72
"""Characters of a formula."""


def equality(found: Any) -> Mapping[str, str]:
    """Whether two values are the same, and how that is known."""
    return {"text/plain": repr(found), "text/html": f"<p>{escape(str(found))}</p>"}


def _counts(found: Any) -> Iterator[tuple[str, str, str]]:
    """The table of counts: operations in all and by kind, and what else has a number."""
    costs = [graph.cost() for graph in found.graphs]
    for name in ("operations", "work", "depth", "peak_live", "memory"):
        values = [getattr(cost, name, None) for cost in costs]
        same = name == "work" and values == [cost.operations for cost in costs]
        if None not in values and not same:
            yield (name.replace("peak_live", "values held at once"), *(f"{value}" for value in values))  # type: ignore[misc]
    kinds = dict.fromkeys(kind for cost in costs for kind in cost.by_kind)
    for kind in kinds:
        yield (f"  {kind}", *(f"{cost.by_kind.get(kind, 0)}" for cost in costs))  # type: ignore[misc]


def _common(found: Any) -> str:
    """What both have, in words."""
    share = " and ".join(
        f"{total - len(only):,} of {total:,} in {name}"
        for total, only, name in zip(found.operations, found.only, found.names, strict=True)
    )
    order = "" if not found.common else "computed in the same order" if found.in_order else "computed in another order"
    return f"operations with a value that the other has too: {share}{', ' if order else ''}{order}"


def _only(found: Any) -> Iterator[tuple[str, list[tuple[str, str]], int]]:
    """What only one of them has: its name, the first nodes with their formulas, and how many there are."""
    for graph, only, name in zip(found.graphs, found.only, found.names, strict=True):
        rows = [(graph.name(node), node_text(graph.tape, node, WIDTH)) for node in only[:LISTED]]
        yield name, rows, len(only)


def comparison_text(found: Any) -> str:
    """The comparison as lines."""
    rows = [("", *found.names), *_counts(found)]
    wide = [max(len(row[k]) for row in rows) for k in range(3)]
    lines = [f"value: {found.equality}"]
    lines += [f"{row[0]:<{wide[0]}}  {row[1]:>{wide[1]}}  {row[2]:>{wide[2]}}".rstrip() for row in rows]
    lines.append(_common(found))
    for name, nodes, total in _only(found):
        if total:
            more = f" (the first {LISTED} of {total:,})" if total > len(nodes) else ""
            lines += [f"only {name} has{more}", *(f"  {node} = {formula}" for node, formula in nodes)]
    return "\n".join(lines)


def comparison(found: Any) -> Mapping[str, str]:
    """The comparison as HTML, with both graphs drawn side by side."""
    rows = list(_counts(found))
    parts = [f"<p><b>{escape(str(found.equality))}</b></p>", table_html(("", *found.names), rows, len(rows), "")]
    parts.append(f"<p>{escape(_common(found))}</p>")
    for name, nodes, total in _only(found):
        if total:
            more = "" if total == len(nodes) else f", the first {LISTED} of {total:,}"
            parts.append(table_html((f"only {name} has{more}", "formula"), nodes, len(nodes), ""))
    if has_graphviz():
        picture = found.show()
        parts.append(picture.figure(picture.to_svg()) + "<p><small>heavy lines: only one has it</small></p>")
    else:
        parts.append(f"<p>The picture needs pygraphviz: <code>{escape(MISSING)}</code></p>")
    return {"text/plain": comparison_text(found), "text/html": "".join(parts)}
