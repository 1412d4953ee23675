"""Numbers one can trust: values to any number of digits, where digits are lost, and forms that keep them."""

from edgewise.accuracy.accurate import Repairing
from edgewise.accuracy.balls import Balls, decimal_of
from edgewise.accuracy.bounds import with_bounds
from edgewise.accuracy.certificates import Checked, certified, check
from edgewise.accuracy.doors import errors_at, evaluated, exact_results, repairing, rounding_of
from edgewise.accuracy.repaired import Options, Repaired, Repairs, with_seconds
from edgewise.accuracy.report import AccuracyReport, Curve, Point
from edgewise.accuracy.rounding import EdgeRounding, NodeRounding, Rounding
from edgewise.accuracy.samples import Floats, Sample, bits_of_error, doubles, ordinals, sampled

__all__ = [
    "AccuracyReport", "Balls", "Checked", "Curve", "EdgeRounding", "Floats", "NodeRounding", "Options", "Point",
    "Repaired", "Repairing", "Repairs", "Rounding", "Sample", "bits_of_error", "certified", "check", "decimal_of",
    "doubles", "errors_at", "evaluated", "exact_results", "ordinals", "repairing", "rounding_of", "sampled",
    "with_bounds", "with_seconds",
]  # fmt: skip
