"""Numbers one can trust: values to any number of digits, where digits are lost, and forms that keep them."""

from edgewise.accuracy.accurate import Options, Repaired, Repairing, with_seconds
from edgewise.accuracy.balls import Balls, decimal_of
from edgewise.accuracy.bounds import with_bounds
from edgewise.accuracy.certificates import Checked, certified, check
from edgewise.accuracy.doors import evaluated, exact_results, repairing
from edgewise.accuracy.report import AccuracyReport, Curve, Point
from edgewise.accuracy.samples import Sample, bits_of_error, sampled

__all__ = [
    "AccuracyReport", "Balls", "Checked", "Curve", "Options", "Point", "Repaired", "Repairing", "Sample",
    "bits_of_error", "certified", "check", "decimal_of", "evaluated", "exact_results", "repairing", "sampled",
    "with_bounds", "with_seconds",
]  # fmt: skip
