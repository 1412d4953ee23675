"""A Sphinx extension: how the sources of the site are shown.

LaTeX becomes MathML, which browsers draw without script, font or network.

A formula that math-core cannot read is a warning with its place. Rich outputs of notebooks carry LaTeX between dollars
in their HTML, for the notebook's own MathJax; here it becomes MathML too.
"""

from __future__ import annotations

import html
import re
from typing import Any

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.application import Sphinx
from sphinx.util import logging

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


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx."""
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    app.connect("doctree-read", outputs)
    app.connect("doctree-read", examples)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
