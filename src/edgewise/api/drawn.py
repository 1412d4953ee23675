"""What a graph looks like: pictures, their text forms, and what a notebook shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise.api.written import Written
from edgewise.errors import InputError
from edgewise.frontends.naming import name_of
from edgewise.graph import Tape, for_scalars

if TYPE_CHECKING:
    from edgewise.accuracy import Rounding
    from edgewise.view.explorer.page import Explorer
    from edgewise.view.pictures.picture import Picture
    from edgewise.view.pictures.scene import Scene

__all__ = ["Drawn", "of_this_graph"]


def of_this_graph(rounding: Rounding, tape: Tape) -> None:
    """An InputError for a map of rounding whose nodes are those of another graph."""
    own = rounding.tape
    if own is not tape and not (np.array_equal(own.ops, tape.ops) and np.array_equal(own.args, tape.args)):
        raise InputError("the map of rounding is of another graph", hint="make it with .rounding() of this one")


class Drawn(Written):
    """The pictures of a graph. Everything in `view` is imported when it is first needed."""

    __slots__ = ()

    if TYPE_CHECKING:

        def __len__(self) -> int: ...

        def cost(self) -> Any: ...

    def _scene(self) -> Scene:
        from edgewise.view.pictures.scene import Scene

        return Scene(self.tape, None, repr(self))

    def show(self, limit: int | None = None, *, rounding: Rounding | None = None) -> Picture:
        """The whole graph as a picture: in a notebook it is drawn, `.save("graph.svg")` keeps it.

        Of a graph of more than `limit` nodes (300), those nearest to the outputs are drawn, and the rest is counted.
        With the map of `rounding()` boxes glow where errors begin, with their largest share of the error of a result;
        InputError for that of another graph.

        >>> import edgewise as ew
        >>> G = ew.parse("(1 - cos(x))/x**2")
        >>> "100 % of the error" in G.show(rounding=G.rounding(x=1e-5)).to_dot()
        True
        """
        from edgewise.view.pictures.picture import FULL, Picture

        scene = self._scene()
        if rounding is not None:
            of_this_graph(rounding, self.tape)
        shares = {} if rounding is None else rounding.shares
        return Picture(scene, scene.whole(FULL if limit is None else limit), shares=shares)

    def focus(self, node: Any, depth: int = 2) -> Picture:
        """A picture of what is at most `depth` edges away from a node, in either direction."""
        return self.show(0).focus(self.node(node), depth)

    def collapse(self, *groups: Sequence[Any], by: str | None = None) -> Picture:
        """A picture with each group of nodes as one box; with `by="line"` all that one line of traced code made."""
        return self.show().collapse(*([self.node(node) for node in group] for group in groups), by=by)

    def explore(self, values: Mapping[str, Any] | None = None, /, *args: Any, **named: Any) -> Explorer:
        """The explorer page of the graph's derivative: of the gradient of one scalar output, else of the Jacobian.

        See `DerivativeGraph.explore`, which shows any derivative graph, simplified too.

        >>> import edgewise as ew
        >>> "gradient of exp(x*y) + sin(x)" in ew.parse("exp(x*y) + sin(x)").explore(x=0.5, y=2.0).html
        True
        """
        alone = len(self.tape.outputs) == 1 and self.tape.shape(self.tape.outputs[0]) == ()
        page: Explorer = (self.gradient() if alone else self.jacobian()).explore(values, *args, **named)
        return page

    def to_dot(self) -> str:
        """The graph in DOT, Graphviz's language."""
        return self._everything().to_dot()

    def to_mermaid(self) -> str:
        """The graph as a Mermaid flowchart, which code-hosting sites draw."""
        return self._everything().to_mermaid()

    def to_tikz(self) -> str:
        r"""The picture of `show()` as a `tikzpicture` for LaTeX, its labels set as mathematics.

        Its first line says what the preamble needs.

        >>> import edgewise as ew
        >>> print(*(line for line in ew.parse("x/y").to_tikz().splitlines() if "frac" in line))  # doctest: +ELLIPSIS
          \node[ew value, minimum width=...] (n2) at (...) {$\mathrm{out} = \frac{x}{y}$};
        """
        return self.show().to_tikz()

    def to_svg(self) -> str:
        """The picture of `show()` as an SVG element that follows light and dark mode."""
        return self.show().to_svg()

    def _everything(self) -> Picture:
        return self.show(len(self))

    # --- plots --------------------------------------------------------------------------------------------------

    def _stages(self) -> list[tuple[str, Mapping[str, int]]]:
        """What `plot_cost` compares: labels, and operations by kind."""
        return [("operations", self.cost().by_kind)]

    def plot_cost(self, axes: Any = None) -> Any:
        r"""The operations by kind as bars on matplotlib axes (new ones where none are given), which are returned.

        Of a derivative graph: 𝒢 beside ℬ as the algorithm writes it and ℬ simplified. Needs matplotlib:
        `pip install "edgewise[plot]"`.

        >>> import edgewise as ew
        >>> from matplotlib.figure import Figure
        >>> axes = ew.parse("exp(x*y) + sin(x)").gradient().plot_cost(axes=Figure().subplots())
        >>> [text.get_text() for text in axes.get_legend().get_texts()]
        ['$\\mathcal{G}$: 4', '$\\mathcal{B}$ as written: 12', '$\\mathcal{B}$ simplified: 8']
        """
        from edgewise.view.plots.plots import plot_kinds

        return plot_kinds(self._stages(), axes)

    def plot_live(self, axes: Any = None, label: str | None = None) -> Any:
        """How many values are held while the nodes are computed in order, as a line on matplotlib axes.

        Values are counted as in `cost().peak_live`, which is marked. `schedule(memory).graph.plot_live()` shows what
        recomputing saves. For graphs of scalars.
        """
        from edgewise.view.plots.plots import plot_live

        for_scalars(self.tape, "plot_live()")
        return plot_live(self.cost(), self._split(), axes, label)

    def plot_error(self, input: Any = None, result: int = 0, axes: Any = None, **accurate: Any) -> Any:
        """The bits of error of a result against an input (the first), over `points` doubles within `ranges`.

        The points, the line of their means and the mean in the legend; of a graph that was simplified to the level
        "accurate" also as it was before, over the same ranges. `result` is the number of a derivative, `seed` and
        `where` as for that level. For graphs of scalars; needs matplotlib.

        >>> import edgewise as ew
        >>> from matplotlib.figure import Figure
        >>> axes = ew.parse("(1 - cos(x))/x**2").plot_error(ranges={"x": (1e-9, 1)}, axes=Figure().subplots())
        >>> axes.get_xlabel(), axes.get_ylabel()
        ('x', 'bits of error')
        """
        from edgewise.api.accurate import error_plot

        return error_plot(self, None if input is None else name_of(input), result, axes, accurate)  # type: ignore[arg-type]

    def _split(self) -> int | None:
        """The number of the first node that is only ℬ's."""
        return None

    # --- notebooks ----------------------------------------------------------------------------------------------

    def _repr_latex_(self) -> str | None:
        from edgewise.view.notebooks.rich import graph_latex

        return graph_latex(self.tape)
