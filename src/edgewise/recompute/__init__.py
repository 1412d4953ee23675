"""Store or recompute: the choices along the curve of operations against values held."""

from edgewise.recompute.runs import Run, Task, measure, written
from edgewise.recompute.search import fitting, search

__all__ = ["Run", "Task", "fitting", "measure", "search", "written"]
