"""Numbers, step by step: the book's algorithms as they stand."""

from edgewise.evaluate.algorithms import (
    Evaluation,
    Step,
    back_propagation,
    bind,
    forward_accumulation,
    forward_propagation,
    local_partial,
)
from edgewise.evaluate.cost import Cost, cost_of, count_paths, short_count
from edgewise.evaluate.nans import raise_for_nan
from edgewise.evaluate.special import SpecialPoint, SpecialPoints, special_points
from edgewise.evaluate.steps import ledger_steps, swept

__all__ = [
    "Cost",
    "Evaluation",
    "SpecialPoint",
    "SpecialPoints",
    "Step",
    "back_propagation",
    "bind",
    "cost_of",
    "count_paths",
    "forward_accumulation",
    "forward_propagation",
    "ledger_steps",
    "local_partial",
    "raise_for_nan",
    "short_count",
    "special_points",
    "swept",
]
