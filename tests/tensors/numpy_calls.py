"""Calls of NumPy's functions and of an ndarray's methods, as text: one a line.

The arrays are x, y (y positive) of four entries, A, B of 4×3, T of 2×4×3, a positive definite S of 4×4, a number s,
places i; c4, C, m4, MA are numbers and masks that are no inputs.
"""

from __future__ import annotations

from typing import Final

__all__ = ["CALLS"]

CALLS: Final = tuple(
    line.strip()
    for line in """
    x[i]
    A[i]
    A[np.arange(4), [0,1,2,0]]
    A[[0,1],[1,2]]
    A[np.ix_([0,2],[1,2])]
    A[m4]
    x[m4]
    A[MA]
    A[m4, 1]
    A[:, [2,0]]
    A[1]
    A[-1, ::2]
    A[..., None]
    A[None, :, 1]
    T[0, :, [0,1]]
    T[:, [0,1], [1,2]]
    T[:, 1, [1,2]]
    T[[0,1], :, [1,2]]
    T[None, [0,1], None, [1,2]]
    T[[0,1], None, :, [1,2]]
    x[::-1][1:]
    x[-2:]
    x[::2]
    x[1::2]
    x[[1,-1]]
    np.take(A, [0,2], axis=1)
    np.take(A, 5)
    A.take([0,1], axis=0)
    np.take_along_axis(A, np.argsort(A, axis=0), axis=0)
    np.take_along_axis(A, np.argsort(C, axis=1), axis=1)
    np.sort(x)[-3:]
    np.sort(A)
    np.sort(A, axis=0)
    np.sort(A, axis=None)
    np.sort(T, axis=1)
    np.argsort(x)*1.0
    x[np.argsort(y)]
    x[np.argmax(y)]
    x[np.argmin(y)]
    np.argmax(A, axis=1)*1.0
    np.median(x)
    np.median(A, axis=0)
    np.median(A)
    np.median(A, axis=1, keepdims=True)
    np.quantile(x, 0.3)
    np.quantile(A, [0.1, 0.5], axis=0)
    np.percentile(x, 90)
    np.quantile(x, 0.3, method='lower')
    np.partition(x, 2)[2]
    np.searchsorted(np.sort(c4), x)*1.0
    np.interp(x, [-1., 0., 1.], [2., 1., 3.])
    np.interp([0.1, 0.2], [-1., 0., 1.], x[:3])
    np.interp(x, np.sort(c4), y)
    np.interp(x, np.sort(c4), y, left=-1, right=2)
    np.digitize(x, [0., 1.])*1.0
    np.cumsum(A, axis=1)
    np.cumprod(x)
    np.cumprod(A, axis=0)
    A.cumprod(axis=1)
    np.cumprod(A)
    np.multiply.accumulate(x)
    np.add.accumulate(A, axis=1)
    np.add.reduce(A, axis=0)
    np.logical_and.reduce(A > -0.5, axis=1, keepdims=True) * A
    np.logaddexp.reduce(x)
    np.add.outer(x, y)
    np.split(x, 2)
    np.split(A, [1,3])
    np.array_split(x, 3)
    np.hsplit(A, 3)
    np.vsplit(A, 2)
    np.dsplit(T, 3)
    np.roll(A, 1)
    np.roll(A, -1, axis=0)
    np.roll(A, (1,2), axis=(0,1))
    np.roll(x, 5)
    np.flip(A, 0)
    np.flipud(A)
    np.fliplr(A)
    np.rot90(A)
    np.rot90(A, 2)
    np.rot90(A, -1)
    np.moveaxis(T, [0,1], [2,0])
    np.moveaxis(T, 0, -1)
    np.rollaxis(T, 2)
    np.rollaxis(T, 0, 3)
    np.swapaxes(T, 0, 2)
    np.transpose(T, (1,0,2))
    T.transpose(2,0,1)
    np.expand_dims(A, (0,2))
    np.squeeze(A[:, None])
    np.broadcast_to(x, (2,4))
    np.repeat(x, 2)
    np.repeat(A, 3, axis=1)
    np.repeat(x, [1,2,0,1])
    np.tile(x, 2)
    np.tile(A, (2,1))
    np.kron(A, B)
    np.kron(x, A)
    np.kron(x, y)
    np.outer(x, y)
    np.outer(A, x)
    np.inner(A, B)
    np.vdot(A, B)
    np.dot(A.T, x)
    np.dot(x, y)
    np.dot(T, A.T)
    A.T.dot(x)
    x.dot(A)
    x.dot(y)
    np.tensordot(A, B, axes=([0],[0]))
    np.tensordot(T, A, axes=([1,2],[0,1]))
    np.einsum('ij,ij->i', A, B)
    np.einsum('ij,kj', A, B)
    np.einsum('ii', S)
    np.einsum('ii->i', S)
    np.einsum('...ij,...jk->...ik', T, A.T)
    np.einsum('ij->ji', A)
    np.einsum('ij', A)
    np.einsum('ij,jk,kl->il', A, A.T, B)
    np.einsum('i,j,k->ijk', x, y, x)
    np.einsum(A, [0,1], B, [0,1], [0])
    np.einsum('ij,j', A, A[0])
    np.einsum('b...,b->...', A, x)
    np.einsum('i,i', x, y)
    np.einsum('ij,ij->', A, C)
    np.trace(S)
    np.trace(A, offset=1)
    np.trace(T)
    np.diagonal(A, 1)
    np.diagonal(T, axis1=1, axis2=2)
    np.diag(x, 1)
    np.diag(A, -1)
    np.diagflat(A)
    np.tril(S, -1)
    np.triu(A)
    np.block([[A, B],[B, A]])
    np.block([x, y])
    np.block([[A],[B]])
    np.concatenate([x, y, [1., 2.]])
    np.concatenate((A, B), axis=1)
    np.concatenate([A, B], axis=None)
    np.stack([x, y], axis=1)
    np.stack([x, c4])
    np.vstack([x, y])
    np.vstack([A, x[:3]])
    np.hstack([x, y])
    np.hstack([A, B])
    np.dstack([A, B])
    np.column_stack([x, A])
    np.append(x, [1.,2.])
    np.append(A, B, axis=0)
    np.append(x, s)
    np.insert(x, 1, s)
    np.delete(x, 1)
    np.delete(A, [0,1], axis=0)
    np.pad(x, 1)
    np.pad(A, ((1,0),(0,2)), constant_values=3.)
    np.pad(x, 2, mode='edge')
    np.pad(x, 2, mode='wrap')
    np.pad(x, 2, mode='reflect')
    np.atleast_2d(x)
    np.meshgrid(x, y)
    np.meshgrid(x, y, indexing='ij')
    np.broadcast_arrays(x, A.T)
    np.sum(A, where=MA)
    np.sum(A, axis=0, where=A>0)
    np.sum(A, axis=(0,1))
    np.sum(x, initial=2.)
    A.sum(axis=1, keepdims=True)
    A.sum(1)
    A.mean(0)
    A.std(axis=0, ddof=1)
    A.var(ddof=1)
    A.prod(axis=1)
    A.max(axis=0)
    A.min()
    np.ptp(A)
    np.mean(A, axis=0, keepdims=True)
    np.mean(A, where=MA)
    np.var(A, axis=1, keepdims=True)
    np.nansum(A)
    np.nanmean(A, axis=0)
    np.average(A, axis=0, weights=y)
    np.cov(A)
    np.cov(A, rowvar=False, ddof=0)
    np.corrcoef(x, y)
    np.cov(x, y)
    np.ptp(A, axis=0)
    np.cross(A, B)
    np.cross(A, [1.,2.,3.])
    np.cross(A.T, B.T, axis=0)
    np.cross(x[:3], y[:3])
    np.trapezoid(x)
    np.trapezoid(x**2, y)
    np.trapezoid(A, dx=0.5, axis=0)
    np.diff(x)
    np.diff(A, axis=0, n=2)
    np.diff(x, prepend=0.)
    np.ediff1d(x)
    np.gradient(x)
    np.gradient(A, 2., axis=0)
    np.gradient(x**2, np.cumsum(y**2) + np.arange(1., len(y) + 1), edge_order=2)
    np.gradient(A, edge_order=2)[1]
    np.apply_along_axis(np.sum, 0, A)
    np.apply_along_axis(lambda row: np.outer(row, row), 1, A)
    np.lib.stride_tricks.sliding_window_view(A, 2, axis=0)
    np.lib.stride_tricks.sliding_window_view(A, (2, 2), axis=(1, 0))
    np.nanvar(A, axis=0, ddof=1)
    np.nanstd(A)
    np.i0(x)
    np.logaddexp.accumulate(A, axis=1)
    np.hypot.reduce(A, axis=0)
    np.tile(x, (A.shape[0], 1))
    np.repeat(A, A.shape[1], axis=0)
    np.vectorize(abs)(x)
    np.frompyfunc(lambda a, b: a*b + 1, 2, 1)(x, y)
    np.convolve(x, [1,2,1])
    np.convolve(x, y[:2], mode='valid')
    np.convolve(x, [1,2,1], mode='same')
    np.convolve([1.,2.], x)
    np.correlate(x, [1.,2.])
    np.correlate(x, y, mode='full')
    np.polyval(x, s)
    np.polyval([1.,2.,3.], x)
    np.vander(x, 3)
    np.select([x>0, x<-1], [x, x**2], 0.)
    np.piecewise(x, [x<0, x>=0], [lambda v: -v, lambda v: v**2])
    np.where(x>0, x, 0)
    np.where(MA, A, B)
    np.clip(x, -1, 1)
    x.clip(-1, 1)
    x.clip(min=0.)
    np.nan_to_num(x)
    np.round(x, 1)
    x.round()
    np.floor(x)
    np.fix(x)
    np.trunc(x)
    np.rint(x)
    np.sign(x)
    np.abs(x)
    np.fabs(x)
    np.square(x)
    np.cbrt(x)
    np.sqrt(y)
    np.reciprocal(y)
    np.hypot(x, y)
    np.arctan2(x, y)
    np.exp2(x)
    np.expm1(x)
    np.log1p(y)
    np.log2(y)
    np.log10(y)
    np.sinc(x)
    np.deg2rad(x)
    np.logaddexp(x, y)
    np.logaddexp2(x, y)
    np.fmod(x, 0.7)
    np.mod(x, 0.7)
    x % 0.7
    x // 0.7
    np.floor_divide(x, 0.7)
    np.divmod(x, 0.7)
    np.modf(x)
    np.copysign(x, y)
    np.heaviside(x, 0.5)
    np.fmax(x, y)
    np.power(y, x)
    np.float_power(y, 2)
    np.isfinite(x)*1.0
    np.isnan(x)*1.0
    np.signbit(x)*1.0
    np.logical_xor(x>0, y>1)*1.0
    (x>0) & (y>1)
    np.logical_and(x>0, y>1)
    (x>0).sum()
    (x>0).mean()
    np.any(x>0)*1.0
    np.all(x>0)*1.0
    (x>0).any()*1.0
    np.count_nonzero(x>0)
    (x>0).astype(float)
    (x>0).astype(int)
    x.astype(float)
    x.astype(np.float64)
    np.linalg.norm(x)
    np.linalg.norm(x, 1)
    np.linalg.norm(x, 3)
    np.linalg.norm(x, np.inf)
    np.linalg.norm(x, -np.inf)
    np.linalg.norm(x, 0)
    np.linalg.norm(A)
    np.linalg.norm(A, 'fro')
    np.linalg.norm(A, 'nuc')
    np.linalg.norm(A, 2)
    np.linalg.norm(A, -2)
    np.linalg.norm(A, 1)
    np.linalg.norm(A, -1)
    np.linalg.norm(A, np.inf)
    np.linalg.norm(A, -np.inf)
    np.linalg.norm(A, axis=1)
    np.linalg.norm(A, axis=0, keepdims=True)
    np.linalg.norm(A, ord=1, axis=1)
    np.linalg.norm(A, ord=np.inf, axis=0)
    np.linalg.norm(T, axis=(1,2))
    np.linalg.norm(T, 1, axis=(0,2))
    np.linalg.norm(T, 2, axis=(1,2))
    np.linalg.norm(T, 'nuc', axis=(0,1), keepdims=True)
    np.linalg.vector_norm(A)
    np.linalg.matrix_norm(T)
    np.linalg.svd(A, compute_uv=False)
    np.linalg.svd(A, full_matrices=False)[1]
    (lambda r: (r[0]*r[1])@r[2])(np.linalg.svd(A, full_matrices=False))
    np.linalg.svdvals(A)
    np.linalg.cond(A)
    np.linalg.det(S)
    np.linalg.det(S+T[:, :, :1])
    np.linalg.inv(S)
    np.linalg.inv(S + T[:, :, :1])
    np.linalg.solve(S, x)
    np.linalg.solve(S, A)
    np.linalg.solve(S + 0*T[:, :, :1], A)
    np.linalg.slogdet(S)
    np.linalg.slogdet(S + 0*T[:, :, :1])[1]
    np.linalg.cholesky(S)
    np.linalg.eigvalsh(S)
    np.linalg.eigh(S)[0]
    np.linalg.pinv(A)
    np.linalg.lstsq(A, x, rcond=None)[0]
    np.linalg.lstsq(A, B, rcond=None)[1]
    np.linalg.matrix_power(S, 3)
    np.linalg.matrix_power(S, -1)
    np.linalg.multi_dot([A.T, S, B])
    x.reshape(2,2)
    x.reshape((2,-1))
    A.ravel()
    A.flatten()
    np.ravel(A)
    np.ravel(A, order='F')
    A.reshape(3,4, order='F')
    A.T
    A.size*1.0
    x.shape[0]*x
    A.ndim*x
    x + [1.,2.,3.,4.]
    [1.,2.,3.,4.]*x
    x - (1,2,3,4)
    A @ [1.,2.,3.]
    [1.,2.,3.,4.] @ A
    C.T @ x
    x.dot(C)
    np.dot(C.T, x)
    c4 * x
    np.sum(x[x>0]**2)
    x[x>0].sum()
    np.mean(x[x>0])
    x[x>0].max()
    A[A>0].sum()
    A[x>0].sum(axis=0)
    np.sum(np.log(x[x>0]))
    np.ones_like(x) * x
    np.zeros_like(A) + A
    np.full_like(x, 2.) * x
    np.copy(x)
    x.copy()
    x.T
    np.real(x)
    np.conj(x)
    np.angle(x)
    np.isclose(x, y)
    np.choose(i, [x, y, x*y])
    np.compress([True, False, True, False], x)
    np.extract(c4>0, x)
    np.nanmax(x)
    np.linalg.outer(x, y)
    np.linalg.cross(A, B)
    np.linalg.vecdot(A, B)
    np.linalg.trace(S)
    np.linalg.diagonal(S)
    np.linalg.matrix_transpose(A)
    np.minimum.accumulate(A, axis=0)
    x.searchsorted(0.3)*1.0
    x.argsort()*1.0
    x.argmax()*1.0
    x.item(0)
    x.tolist()
    sum(x)
    [v**2 for v in x]
    np.ldexp(x, 2)
    A[np.tril_indices(3, -1)]
    S[np.diag_indices(4)]
    A.mT
    A.swapaxes(0,1)
    A.diagonal()
    A.repeat(2, axis=0)
    A.squeeze()
    np.linalg.eigh(S)[1]**2
""".strip().splitlines()
)
