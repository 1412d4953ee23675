"""Numbers one can trust: values to any number of digits, where digits are lost, and forms that keep them."""

from edgewise.accuracy.accurate import Options, Repaired, Repairing, with_seconds
from edgewise.accuracy.balls import Balls, decimal_of
from edgewise.accuracy.doors import evaluated, repairing, rounding_of
from edgewise.accuracy.report import AccuracyReport, Curve, Point
from edgewise.accuracy.rounding import EdgeRounding, NodeRounding, Rounding
from edgewise.accuracy.samples import Sample, bits_of_error, sampled

__all__ = [
    "AccuracyReport", "Balls", "Curve", "EdgeRounding", "NodeRounding", "Options", "Point", "Repaired", "Repairing",
    "Rounding", "Sample", "bits_of_error", "decimal_of", "evaluated", "repairing", "rounding_of", "sampled",
    "with_seconds",
]  # fmt: skip
