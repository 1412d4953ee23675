"""The site: sphinx-build -W -c docs . docs/_build/html

Its sources lie where they belong (pages in docs/, lessons in notebooks/, figures and method in benchmarks/), so that
every relative link holds on a code-hosting site and here. Notebooks show their stored outputs; the pictures of a
page, which `{shown}` names, are made of its examples.
Formulas become MathML, which browsers draw themselves: a page needs no network and, but for the search, no script.
"""

from __future__ import annotations

import sys
from pathlib import Path

import edgewise

sys.path.insert(0, str(Path(__file__).parent))

project, author, release = "edgewise", "the authors of edgewise", edgewise.__version__
copyright = author
html_title = f"{project} {release}"

root_doc = "docs/index"
include_patterns = ["docs/*.md", "docs/walks/*.md", "notebooks/*.ipynb", "benchmarks/README.md", "CHANGELOG.md"]
exclude_patterns = ["docs/_build", "**/.*", ".*"]
extensions = ["myst_nb", "sphinx.ext.autodoc", "rendering"]
html_math_renderer = "mathml"

# --- pages and notebooks ----------------------------------------------------------------------------------------------

nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["dollarmath", "attrs_inline", "colon_fence"]
myst_heading_anchors = 4
smartquotes = False  # --at is an option

# --- reference --------------------------------------------------------------------------------------------------------

# Docstrings write code in single backticks, as the rest of the project does.
default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
python_maximum_signature_line_length = 170
add_module_names = False
toc_object_entries_show_parents = "hide"

# --- html -------------------------------------------------------------------------------------------------------------

html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_search_summary = False  # it is fetched, which a browser refuses to pages that are files
html_show_sphinx = False
html_additional_pages = {"index": "start.html"}
templates_path = ["templates"]
html_theme_options = {"navigation_with_keys": True}
