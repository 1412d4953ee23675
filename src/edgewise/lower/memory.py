"""Where arrays stand in memory. NumPy's own `ctypes.data` takes as long as a short batch."""

from __future__ import annotations

from typing import Any

import cython

if cython.compiled:
    from cython.cimports.cpython.buffer import Py_buffer, PyBUF_STRIDES, PyBuffer_Release, PyObject_GetBuffer

__all__ = ["address"]


def address(array: Any) -> int:
    """The address of an array's first entry.

    >>> import numpy as np
    >>> a = np.zeros(3)
    >>> address(a[1:]) - address(a)
    8
    """
    if not cython.compiled:
        return int(array.ctypes.data)
    view = cython.declare(Py_buffer)
    PyObject_GetBuffer(array, cython.address(view), PyBUF_STRIDES)
    found: int = cython.cast(cython.size_t, view.buf)
    PyBuffer_Release(cython.address(view))
    return found
