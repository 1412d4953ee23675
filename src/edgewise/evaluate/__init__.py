"""Numbers, step by step: the book's algorithms as they stand."""

from edgewise.evaluate.algorithms import (
    Evaluation,
    Step,
    back_propagation,
    forward_accumulation,
    forward_propagation,
    local_partial,
)
from edgewise.evaluate.cost import Cost
from edgewise.evaluate.doors import (
    back_propagate,
    bind,
    cost_of,
    forward_accumulate,
    ledger_steps,
    propagate,
    usual_inputs,
)
from edgewise.evaluate.nans import raise_for_nan
from edgewise.evaluate.path_counts import count_paths, short_count
from edgewise.evaluate.special import SpecialPoint, SpecialPoints, special_points
from edgewise.evaluate.tensor_cost import Accumulation, TensorCost

__all__ = [
    "Accumulation", "Cost", "Evaluation", "SpecialPoint", "SpecialPoints", "Step", "TensorCost", "back_propagate",
    "back_propagation", "bind", "cost_of", "count_paths", "forward_accumulate", "forward_accumulation",
    "forward_propagation", "ledger_steps", "local_partial", "propagate", "raise_for_nan", "short_count",
    "special_points", "usual_inputs",
]  # fmt: skip
