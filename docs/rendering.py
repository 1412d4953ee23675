"""A Sphinx extension: how the sources of the site are shown.

LaTeX becomes MathML, which browsers draw without script, font or network.

A formula that math-core cannot read is a warning with its place. Rich outputs of notebooks carry LaTeX between dollars
in their HTML, for the notebook's own MathJax; here it becomes MathML too.

    ```{shown}
    B.explore(a=2, b=1)
    ```

stands for what a notebook shows of this expression behind the page's examples up to there: pictures, films of an
algorithm's steps, plots, the explorer. They are made when the site is built, so they are of today.
"""

from __future__ import annotations

import doctest
import html
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from typing import Any

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

CONVERTER = LatexToMathML(fancy_error=False)
IN_HTML = re.compile(r"(?<=<p>)\$([^$<]+)\$(?=</p>)")


def mathml(latex: str, display: bool, place: Any) -> str:
    """A formula as a `<math>` element."""
    try:
        return CONVERTER.convert_with_local_state(latex, displaystyle=display)
    except LatexError as error:
        logging.getLogger(__name__).warning("no MathML for %s: %s", latex, error, location=place)
        return html.escape(latex)


def inline(self: Any, node: nodes.math) -> None:
    """A formula in a line."""
    self.body.append(mathml(node.astext(), False, node))
    raise nodes.SkipNode


def block(self: Any, node: nodes.math_block) -> None:
    """A formula on a line of its own."""
    self.body.append(f'<div class="math">{mathml(node.astext(), True, node)}</div>')
    raise nodes.SkipNode


def outputs(app: Sphinx, document: nodes.document) -> None:
    """Formulas in the HTML of notebooks' outputs; a page in a frame is left alone."""
    for node in document.findall(nodes.raw):
        if node.get("format") == "html" and "srcdoc" not in node.astext():
            *parts, last = IN_HTML.split(node.astext())  # HTML and formulas in turn
            pairs = zip(parts[::2], parts[1::2], strict=True)
            made = "".join(f"{before}{mathml(html.unescape(latex), True, node)}" for before, latex in pairs) + last
            node.children = [nodes.Text(made)]
            node.rawsource = made


def examples(app: Sphinx, document: nodes.document) -> None:
    """An example ends in an empty line, for doctest; nobody needs to see it."""
    for node in document.findall(nodes.literal_block):
        node.children = [nodes.Text(node.astext().rstrip())]
        node.rawsource = node.astext()


@contextmanager
def beside(page: Path) -> Iterator[None]:
    """Python as one who has the files beside a page runs it, with what it prints put away."""
    sys.path.insert(0, str(page.parent))
    shows, sys.displayhook = sys.displayhook, lambda value: None
    try:
        with redirect_stdout(StringIO()):
            yield
    finally:
        sys.displayhook = shows
        sys.path.remove(str(page.parent))


def shown_html(value: Any) -> str:
    """What a notebook shows of a value as HTML: of steps a film, of matplotlib's axes their figure."""
    if hasattr(value, "frames"):
        with tempfile.TemporaryDirectory() as folder:
            value.frames(Path(folder, "film.svg"))
            return f'<div class="ew-film">{Path(folder, "film.svg").read_text(encoding="utf-8")}</div>'
    if hasattr(value, "figure") and hasattr(value.figure, "savefig"):
        text = StringIO()
        value.figure.savefig(text, format="svg", bbox_inches="tight", metadata={"Date": None})
        return f'<div class="ew-plot">{text.getvalue()[text.getvalue().index("<svg") :]}</div>'
    made = value._repr_mimebundle_() if hasattr(value, "_repr_mimebundle_") else {"text/html": value._repr_html_()}
    return str(made["text/html"])


class Shown(SphinxDirective):
    """What an expression shows behind the examples above it."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        page = Path(self.env.doc2path(self.env.docname))
        names, done = self.env.temp_data.setdefault("shown", ({}, [0]))
        above = "\n".join(page.read_text(encoding="utf-8").split("\n")[: self.lineno])
        examples = doctest.DocTestParser().get_examples(above)
        with beside(page):
            for example in examples[done[0] :]:
                with suppress(Exception):  # an example may be of an error
                    exec(compile(example.source, str(page), "single"), names)
            value = eval("\n".join(self.content), names)
            made = shown_html(value)
        done[0] = len(examples)
        return [nodes.raw("", f'<div class="ew-shown">{made}</div>', format="html")]


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx."""
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    app.add_directive("shown", Shown)
    app.connect("doctree-read", outputs)
    app.connect("doctree-read", examples)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
