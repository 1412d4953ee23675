"""Numbers, step by step: the book's algorithms as they stand."""

from edgewise.evaluate import doors
from edgewise.evaluate.algorithms import (
    Evaluation,
    Step,
    applied,
    back_propagation,
    by_input,
    forward_accumulation,
    forward_propagation,
    local_partial,
)
from edgewise.evaluate.cost import Cost
from edgewise.evaluate.doors import *  # noqa: F403
from edgewise.evaluate.holomorphic import holomorphic, propagate_complex
from edgewise.evaluate.nans import raise_for_nan
from edgewise.evaluate.path_counts import count_paths, short_count
from edgewise.evaluate.special import SpecialPoint, SpecialPoints, special_points
from edgewise.evaluate.tensor_cost import Accumulation, TensorCost

__all__ = [
    "Accumulation", "Cost", "Evaluation", "SpecialPoint", "SpecialPoints", "Step", "TensorCost", "applied",
    "back_propagation", "by_input", "count_paths", "forward_accumulation", "forward_propagation", "holomorphic",
    "local_partial", "propagate_complex", "raise_for_nan", "short_count", "special_points",
]  # fmt: skip
__all__ += doors.__all__
