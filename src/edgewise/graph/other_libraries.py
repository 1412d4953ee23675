"""Arrays of other libraries (pandas, xarray, torch, JAX) beside expressions: they are NumPy's from there on."""

from __future__ import annotations

from typing import Any

import numpy as np

from edgewise.errors import UnsupportedError

__all__ = ["other_array"]


def other_array(value: Any) -> np.ndarray[Any, Any] | None:
    """An array of another library as one of NumPy's; None of anything else.

    Raises UnsupportedError where it has no numbers to give: where that library traces or differentiates it.
    """
    kind = type(value)
    if not hasattr(kind, "__array__") or isinstance(value, (np.ndarray, np.generic)):
        return None
    library = kind.__module__.partition(".")[0]
    if library == __name__.partition(".")[0]:
        return None
    try:
        return np.asarray(value)
    except (TypeError, ValueError, RuntimeError):
        raise UnsupportedError(
            f"a {kind.__name__} that {library} differentiates or traces has no numbers for a graph",
            hint="give its numbers, as x.detach() of torch, or pass it in as an argument of the compiled graph",
        ) from None
