"""The user's line, in files and in notebooks."""

from __future__ import annotations

import nbformat
from nbclient import NotebookClient

import edgewise as ew
from edgewise.graph.lines import line_text

REFUSED = "try:\n    {}\nexcept ew.EdgewiseError as error:\n    print(error.line or error)"
CELLS = [
    "import numpy as np\nimport edgewise as ew",
    "def f(x):\n    y = x - 2\n    return np.sqrt(y)",
    "G = ew.trace(f)\n[G.tape.line(node) for node in range(len(G))]",
    REFUSED.format("G.evaluate(x=1.0, check_nans=True)"),
    REFUSED.format("ew.trace(lambda x: 1 if x > 0 else 0)"),
    REFUSED.format("ew.trace(lambda x: x @ np.ones(2), x=ew.tensor(3))"),
    "import pickle\npickle.loads(pickle.dumps(G)).tape.line(2), ew.Graph.from_json(G.to_json()).tape.line(2)",
]


def test_a_file_and_its_line() -> None:
    G = ew.trace(lambda x: ew.sin(x), "x")
    first = test_a_file_and_its_line.__code__.co_firstlineno
    assert G.tape.line(1) == f"{__file__}:{first + 1}" == line_text(__file__, first + 1)


def test_a_notebooks_cell_and_its_line() -> None:
    """The number is the one that stands beside the cell; there is no file name of one run."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = ["".join(o.get("text", "") or o["data"]["text/plain"] for o in cell.outputs) for cell in notebook.cells]
    assert shown[2] == "['', '', 'cell In[2], line 2', 'cell In[2], line 3']"
    assert "sqrt at out (cell In[2], line 3), sqrt(x - 2), is NaN" in shown[3]
    assert shown[4] == "cell In[5], line 2\n"
    assert shown[5] == "cell In[6], line 2\n"
    assert shown[6] == "('cell In[2], line 2', 'cell In[2], line 2')"
    assert not any("ipykernel" in text for text in shown)
