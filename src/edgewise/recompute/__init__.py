"""Store or recompute: the choices along the curve of operations against values held."""

from edgewise.recompute.pareto import fitting, search
from edgewise.recompute.runs import Run, Task, measure, written

__all__ = ["Run", "Task", "fitting", "measure", "search", "written"]
