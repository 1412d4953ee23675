"""Rows of what stands for itself, and of operations that are linear: products, and entries that are moved or added."""

from __future__ import annotations

from typing import Final

import numpy as np

from edgewise.ops import differentials as rules
from edgewise.ops import result_shapes as shapes
from edgewise.ops import tensor_values as values
from edgewise.ops.contraction import Contraction
from edgewise.ops.tensors import arithmetic as work
from edgewise.ops.tensors import parameters as forms
from edgewise.ops.tensors import scalar_forms as scalar
from edgewise.ops.tensors import spelling, typesetting
from edgewise.ops.tensors.index_spelling import contraction
from edgewise.ops.tensors.row import TensorOp, row

__all__ = ["LEAVES", "LINEAR"]


def _only_order(p: Contraction) -> bool:
    """Whether a contraction of one tensor has its entries in another order, or repeated."""
    own = p.inputs[0] if len(p.inputs) == 1 else None
    return own is not None and len(set(own)) == len(own) and set(own) <= set(p.output)


LEAVES: Final[tuple[TensorOp, ...]] = (
    row("eye", "", lambda p: np.eye(p), lambda shapes, p: (p, p), doc="the identity matrix", form=forms.DIMENSION,
        spelled="np.eye({n})", typeset=typesetting.identity, scalar=scalar.constants),
    row("arange", "", lambda p: np.arange(float(p)), lambda shapes, p: (p,), doc="0, 1, …, n - 1",
        form=forms.DIMENSION, places=True, spelled="np.arange({n})", typeset=typesetting.counted,
        scalar=scalar.constants),
    row("size", "", lambda p: np.float64(p), lambda shapes, p: (), doc="a dimension as a number", form=forms.NUMBER,
        places=True, written=spelling.dimension, typeset=typesetting.number, scalar=scalar.constants),
    row("array", "", lambda p: p.values, lambda shapes, p: p.values.shape, doc="an array of numbers",
        form=forms.VALUES, written=spelling.array, typeset=typesetting.array, scalar=scalar.constants),
)  # fmt: skip

LINEAR: Final[tuple[TensorOp, ...]] = (
    row("contract", "", lambda *a: a[-1].value(*a[:-1]), lambda shapes, p: p.shape(shapes),
        lambda t, k, d, out, x, p: t.contract_transposed(p, k, d, x),
        lambda t, k, d, out, x, p: t.contract_differential(p, k, d, x),
        doc="a sum of products in index notation (einsum)", form=forms.INDICES, variadic=True,
        rule=("product rule",), written=contraction, view=_only_order, scalar=scalar.contraction,
        work=work.contraction, whole=True, inner=True),
    row("reshape", "x", values.reshape, shapes.reshape,
        lambda t, d, out, x, p: t.reshape(d, len(p[1]), x[0].shape[len(x[0].shape) - p[0]:]),
        doc="the same entries, row by row, in another shape", form=forms.RESHAPE, linear=(0,),
        spelled="np.reshape({0}, {shape})", view=lambda p: True, typeset=typesetting.reshaped, scalar=scalar.moved,
        whole=True, inner=True),
    row("index", "x", values.index, shapes.index,
        lambda t, d, out, x, p: t.unindex(d, p, x[0].shape[len(x[0].shape) - len(p):]),
        doc="ranges and single places of the axes", form=forms.PLACES, linear=(0,), written=spelling.ranges,
        view=lambda p: True, typeset=typesetting.ranges, scalar=scalar.moved, whole=True, inner=True),
    row("unindex", "x", values.unindex, shapes.unindex, lambda t, d, out, x, p: t.index(d, p[0]),
        doc="zeros with x at ranges and single places: padding", form=forms.PLACES_OF, linear=(0,),
        written=spelling.placed, typeset=typesetting.placed, scalar=scalar.moved, work=work.nothing, whole=True,
        inner=True),
    row("concatenate", "", values.concatenate, shapes.concatenate,
        lambda t, k, d, out, x, p: rules.concatenated(True, t, k, d, out, x, p),
        lambda t, k, d, out, x, p: rules.concatenated(False, t, k, d, out, x, p),
        doc="arrays behind each other along an axis", form=forms.PIECES_ALONG, variadic=True,
        written=spelling.behind_each_other, typeset=typesetting.pieces, scalar=scalar.moved, work=work.nothing,
        whole=True, inner=True),
    row("take", "x where", values.take, shapes.take,
        lambda t, d, out, x, p: t.untake(d, x[1], p, x[0].shape[p]), None,
        doc="the entries of an axis at given places", form=forms.PLACES_ALONG, linear=(0,),
        spelled="np.take({0}, {1}, axis={axis})", typeset=typesetting.taken, scalar=scalar.taken, work=work.nothing,
        whole=True, placing=True, inner=True),
    row("untake", "x where", values.untake, shapes.untake, lambda t, d, out, x, p: t.take(d, x[1], p[0]), None,
        doc="zeros with entries added at given places of an axis", form=forms.AXIS_LENGTH, linear=(0,),
        spelled="_scattered_add({0}, {1}, {axis}, {n})", text="scattered_add({0}, {1}, {n}, axis={axis})",
        typeset=typesetting.scattered, scalar=scalar.scattered, work=work.on_entries(1), placing=True, inner=True),
    row("pick", "", values.pick, shapes.picked,
        lambda t, k, d, out, x, p: None if k else t.unpick(d, x[1:], x[0].shape[len(x[0].shape) - p:]),
        lambda t, k, d, out, x, p: None if k else t.pick(d, x[1:]),
        doc="the entries of the last axes at given places, one array of places for each", form=forms.COUNT,
        variadic=True, written=spelling.picked, typeset=typesetting.picked, scalar=scalar.taken, work=work.nothing,
        whole=True, placing=True, inner=True),
    row("unpick", "", values.unpick, shapes.unpicked,
        lambda t, k, d, out, x, p: None if k else t.pick(d, x[1:]),
        lambda t, k, d, out, x, p: None if k else t.unpick(d, x[1:], p),
        doc="zeros with entries added at given places of the last axes", form=forms.SHAPE, variadic=True,
        spelled="_added_at({0}, ({places}), {shape})", text="added_at({0}, ({places}), {shape})",
        written=spelling.added_at, typeset=typesetting.scattered, scalar=scalar.scattered, work=work.on_entries(1),
        placing=True, inner=True),
    row("cumsum", "x", values.cumsum, shapes.same, lambda t, d, out, x, p: t.cumsum(d, p[0], not p[1]),
        doc="running sums along an axis", form=forms.AXIS_REVERSE, linear=(0,), numpy="cumsum",
        variant=lambda p, shapes: "reverse" if p[1] else "",
        spelled={"": "np.cumsum({0}, axis={axis})",
                 "reverse": "np.flip(np.cumsum(np.flip({0}, {axis}), {axis}), {axis})"},
        text={"": "cumsum({0}, axis={axis})", "reverse": "cumsum({0}, axis={axis}, reverse=True)"},
        scalar=scalar.summed, work=work.on_entries(1), whole=True),
    row("cosine_sums", "x", lambda x, axis: np.fft.fft(x, axis=axis).real, shapes.same,
        lambda t, d, out, x, p: t.cosine_sums(d, p), linear=(0,), form=forms.AXIS,
        doc="the sums of x[j]*cos(2*pi*j*k/n) along an axis: the real part of its Fourier transform",
        spelled="np.real(np.fft.fft({0}, axis={axis}))", work=work.transform),
    row("sine_sums", "x", lambda x, axis: -np.fft.fft(x, axis=axis).imag, shapes.same,
        lambda t, d, out, x, p: t.sine_sums(d, p), linear=(0,), form=forms.AXIS,
        doc="the sums of x[j]*sin(2*pi*j*k/n) along an axis: minus the imaginary part of its Fourier transform",
        spelled="-np.imag(np.fft.fft({0}, axis={axis}))", work=work.transform),
    row("tril", "x", np.tril, shapes.matrices("tril"), lambda t, d, out, x, p: t.tril(d, p),
        doc="the lower triangle", form=forms.DIAGONAL, linear=(0,), numpy="tril", spelled="np.tril({0}{k})",
        text="tril({0}{k})", scalar=scalar.moved, work=work.nothing, whole=True),
    row("triu", "x", np.triu, shapes.matrices("triu"), lambda t, d, out, x, p: t.triu(d, p),
        doc="the upper triangle", form=forms.DIAGONAL, linear=(0,), numpy="triu", spelled="np.triu({0}{k})",
        text="triu({0}{k})", scalar=scalar.moved, work=work.nothing, whole=True),
    row("windows", "x", values.windows, shapes.windows, lambda t, d, out, x, p: t.overlap(d, p),
        doc="all windows of the last axes", form=forms.SIZES, linear=(0,), spelled="_windows({0}, {sizes})",
        scalar=scalar.moved, work=work.nothing, inner=True),
    row("overlap", "x", values.overlap, shapes.overlap, lambda t, d, out, x, p: t.windows(d, p),
        doc="windows added up where they overlap", form=forms.SIZES_OVER, linear=(0,),
        spelled="_overlap({0}, {sizes})", scalar=scalar.summed, work=work.on_entries(1), inner=True),
    row("recurrence", "a b", values.recurrence, shapes.recurrence, rules.recurrence, rules.reversed_recurrence,
        doc="y[i] = a[i]*y[i-1] + b[i] along an axis", form=forms.AXIS_REVERSE, linear=(1,),
        spelled="_recurrence({0}, {1}, {axis}, {reverse})", scalar=scalar.recurrence, work=work.on_entries(2)),
)  # fmt: skip
