"""Rows of operations along axes: order, and sums, products, extremes and lengths of what stands along them."""

from __future__ import annotations

from typing import Final

import numpy as np

from edgewise.ops import differentials as rules
from edgewise.ops import result_shapes as shapes
from edgewise.ops import tensor_values as values
from edgewise.ops.tensors import arithmetic as work
from edgewise.ops.tensors import parameters as forms
from edgewise.ops.tensors import scalar_forms as scalar
from edgewise.ops.tensors import spelling, typesetting
from edgewise.ops.tensors.row import TensorOp, row

__all__ = ["ALONG_AXES", "ORDER"]

ORDER: Final[tuple[TensorOp, ...]] = (
    row("sort", "x", lambda x, axis: np.sort(x, axis=axis), shapes.same, rules.sorted_along,
        doc="the entries of an axis, ascending", form=forms.AXIS, kinks="two entries are equal",
        convention="equal entries keep their order", numpy="sort", spelled="np.sort({0}{unless_last})",
        text="sort({0}{unless_last})", scalar=scalar.sorted_along, work=work.on_entries(2), whole=True, wholes=True),
    row("argsort", "x", lambda x, axis: np.argsort(x, axis=axis, kind="stable"), shapes.same, None,
        doc="the places of the entries of an axis, ascending", form=forms.AXIS, places=True, numpy="argsort",
        spelled="np.argsort({0}{unless_last}, kind='stable')", text="argsort({0}{unless_last})",
        wholes=True, scalar=scalar.order, work=work.on_entries(2)),
    row("running_argmax", "x", values.running_argmax, shapes.same, None,
        doc="along an axis, the place of the largest entry so far", form=forms.AXIS, places=True,
        spelled="_running_argmax({0}, {axis})", latex="\\operatorname{running\\,argmax}",
        wholes=True, scalar=scalar.largest_so_far, work=work.on_entries(2)),
    row("searchsorted", "a v", lambda a, v, side: np.searchsorted(a, v, side), shapes.places_in, None, None,
        doc="the places in an ascending array before which values stand", form=forms.SIDE, places=True,
        numpy="searchsorted", spelled="np.searchsorted({0}, {1}{side})", text="searchsorted({0}, {1}{side})",
        wholes=True, scalar=scalar.search, work=work.on_entries(2)),
)  # fmt: skip

ALONG_AXES: Final[tuple[TensorOp, ...]] = (
    row("softmax", "x", values.softmax, shapes.same,
        lambda t, d, out, x, p: out * (d - t.expanded(t.sum(out * d, (p,)), (p,))),
        doc="exp(x) over its sum along an axis", form=forms.AXIS, range="positive", spelled="_softmax({0}, {axis})",
        scalar=scalar.softmax, work=work.on_entries(3)),
    row("logsumexp", "x", values.logsumexp, shapes.reduce, rules.logsumexp, doc="log of the sum of exp(x) over axes",
        form=forms.AXES, spelled="_logsumexp({0}, {axis})", text="logsumexp({0}, axis={axis})",
        scalar=scalar.folded("logaddexp"), work=work.folded),
    row("amax", "x", values.reduced("max"), shapes.extreme, rules.extreme, doc="the largest entry over axes",
        form=forms.AXES, kinks="the largest entry is there twice",
        convention="entries that tie share the derivative equally", numpy="max", spelled="np.max({0}{axes})",
        text="max({0}{axes})", latex="\\max", scalar=scalar.folded("max"), work=work.on_entries(1), whole=True),
    row("amin", "x", values.reduced("min"), shapes.extreme, rules.extreme, doc="the smallest entry over axes",
        form=forms.AXES, kinks="the smallest entry is there twice",
        convention="entries that tie share the derivative equally", numpy="min", spelled="np.min({0}{axes})",
        text="min({0}{axes})", latex="\\min", scalar=scalar.folded("min"), work=work.on_entries(1), whole=True),
    row("prod", "x", lambda x, axis: np.prod(x, axis=axis), shapes.reduce_one,
        lambda t, d, out, x, p: t.sum(t.others(x[0], p) * d, (p,)),
        doc="the product of the entries of an axis", form=forms.AXIS, numpy="prod", latex="\\prod",
        scalar=scalar.folded("mul", 1), work=work.on_entries(1), whole=True),
    row("cumprod", "x", lambda x, axis: np.cumprod(x, axis=axis), shapes.same, rules.cumprod,
        doc="running products along an axis", form=forms.AXIS, numpy="cumprod", scalar=scalar.running_product,
        work=work.on_entries(1), whole=True),
    row("others", "x", values.others, shapes.same, rules.others,
        doc="along an axis, the product of all entries but one's own", form=forms.AXIS,
        spelled="_others({0}, {axis})", scalar=scalar.others, work=work.on_entries(3), inner=True),
    row("norm", "x", values.norm, shapes.reduce,
        lambda t, d, out, x, p: t.sum(t.unit(x[0], p) * d, p),
        doc="the Euclidean (Frobenius) norm over axes", form=forms.AXES, kinks="x == 0",
        convention="the derivative at 0 is 0, the least subgradient",
        transposes={0: lambda t, d, out, x, p: t.radial(x[0], d, p)}, numpy="linalg.norm",
        variant=lambda p, shapes: (
            "all" if len(p) == len(shapes[0]) <= 2 else "" if len(p) == 1 else "several"),
        spelled={"": "np.linalg.norm({0}{these})", "all": "np.linalg.norm({0})",
                 "several": "np.sqrt(np.sum({atom0}**2{these}))"},
        text={"": "norm({0}{these})", "all": "norm({0})", "several": "norm({atom0}{these})"},
        typeset=typesetting.norm, scalar=scalar.norm, work=work.on_entries(2)),
    row("unit", "x", values.unit, shapes.same, rules.unit,
        doc="x over its norm along axes", form=forms.AXES, kinks="x == 0",
        convention="value and derivative are 0 where x is 0", spelled="_unit({0}, {tuple})", text="unit({0}{axes})",
        scalar=scalar.unit, work=work.on_entries(3)),
    row("radial", "x y", values.radial, shapes.radial, rules.radial,
        lambda t, d, out, x, p: t.sum(t.unit(x[0], p) * d, p),
        doc="y times x over its norm along axes", form=forms.AXES, linear=(1,), kinks="x == 0",
        convention="0 where x is 0; the derivative is that of y in the norm, 0 where y is not made of it",
        spelled="{1}*_unit({0}, {tuple})", text="{1}*unit({0}{axes})", written=spelling.radial,
        typeset=typesetting.radial, scalar=scalar.radial, work=work.on_entries(3), wholes=True, inner=True),
)  # fmt: skip
