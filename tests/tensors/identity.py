"""One published derivative: the function, the input, the formula, and how its inputs are drawn."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Identity", "gradient", "hessian", "jacobian"]


class Identity(NamedTuple):
    """A row of the table: the derivative of `text` in the input `wrt`, as its source publishes it."""

    source: str
    """The equation of a collection, or "textbook" where the result is common property."""
    text: str
    """The function, in the text that `ew.parse` reads."""
    shapes: str
    """"X: n,d; w: d; c:", the last a number."""
    wrt: str
    kind: str
    """"gradient", "jacobian" or "hessian": of shape s + t for an output of shape s in an input of shape t."""
    published: str
    """The derivative in matrix notation; empty where matrix notation cannot hold it."""
    assume: str = ""
    """What is true of the inputs, such as "symmetric A; tall X": see `reading.draw`."""
    reference: str = ""
    """The derivative as an einsum, where `published` is empty."""

    @property
    def name(self) -> str:
        """What the row is called in a report of the tests."""
        return f"{self.source}: {self.kind} of {self.text} by {self.wrt}"

    @property
    def declared(self) -> str:
        """The shapes as edgewise is told them: with which matrices are symmetric."""
        parts = []
        for part in self.shapes.split(";"):
            name = part.split(":")[0].strip()
            known = (f"symmetric {name}", f"positive definite {name}")
            symmetric = any(item.strip() in known for item in self.assume.split(";"))
            parts.append(f"{part} symmetric" if symmetric else part)
        return ";".join(parts)

    @property
    def formula(self) -> str:
        return self.published or self.reference


def gradient(source: str, text: str, shapes: str, wrt: str, published: str, assume: str = "") -> Identity:
    """The derivative of a scalar, of the input's own shape."""
    return Identity(source, text, shapes, wrt, "gradient", published, assume)


def jacobian(
    source: str, text: str, shapes: str, wrt: str, published: str, assume: str = "", *, reference: str = ""
) -> Identity:
    """The derivative of an array."""
    return Identity(source, text, shapes, wrt, "jacobian", published, assume, reference)


def hessian(
    source: str, text: str, shapes: str, wrt: str, published: str, assume: str = "", *, reference: str = ""
) -> Identity:
    """The second derivative of a scalar."""
    return Identity(source, text, shapes, wrt, "hessian", published, assume, reference)
