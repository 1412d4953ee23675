"""Which parts of patterns may fit the nodes of a graph: a first look, by operations and what they are made of."""

from __future__ import annotations

from typing import TypeAlias

import cython

from edgewise.ops import CONST

__all__ = ["CONSTANT", "OF_A_PRODUCT", "OF_A_SUM", "SIGN", "possible_fits"]

Bits: TypeAlias = cython.typedef(cython.ulonglong)
Int: TypeAlias = cython.typedef(cython.longlong)

CONSTANT = 1
"""The bit of what no input is in."""
OF_A_SUM = 1
OF_A_PRODUCT = 2
SIGN = 3
"""What leads from a term to its sum, from a factor to its product, and from what is behind a sign."""


@cython.locals(node=Int, edge=Int, part=Int, code=Int, kind=Int)
def possible_fits(
    ops: cython.const[cython.ushort][::1],
    start: cython.const[Int][::1],
    args: cython.const[Int][::1],
    row: cython.const[cython.uchar][::1],
    first: cython.const[Int][::1],
    needs: cython.const[Bits][::1],
    alike: cython.const[cython.uchar][::1],
    family: cython.const[cython.uchar][::1],
    room: Bits[:, ::1],
) -> Bits:
    """The bits of all parts that may fit some node.

    Part p is bit p + 1. The parts of operation c are those from `first[row[c]]` to `first[row[c] + 1]`. A part needs
    some argument with each of the bits `needs[p]`, and where it is `alike` two of one operation. In a sum any term will
    do, however deep, in a product any factor (`family` says which operations these are), and signs are looked through:
    `room` has the bits of each node with those of its terms, of its factors, and of what is behind its sign.
    """
    of_a_sum: Int = OF_A_SUM
    of_a_product: Int = OF_A_PRODUCT
    sign: Int = SIGN
    const: Int = CONST
    constant: Bits = CONSTANT
    found: Bits = 0
    for node in range(len(ops)):
        code = ops[node]
        own: Bits = constant if code == const or start[node] < start[node + 1] else 0
        terms: Bits = 0
        factors: Bits = 0
        signed: Bits = 0
        for edge in range(start[node], start[node + 1]):
            terms |= room[0, args[edge]]
            factors |= room[1, args[edge]]
            signed |= room[2, args[edge]]
            own &= room[2, args[edge]]
        kind = family[code]
        below: Bits = terms if kind == of_a_sum else factors if kind == of_a_product else signed
        for part in range(first[row[code]], first[row[code] + 1]):
            if needs[part] & below == needs[part] and (
                not alike[part] or ops[args[start[node]]] == ops[args[start[node] + 1]]
            ):
                own |= cython.cast(Bits, 2) << part
        room[0, node] = own | (terms if kind in (of_a_sum, sign) else 0)
        room[1, node] = own | (factors if kind in (of_a_product, sign) else 0)
        room[2, node] = own | (signed if kind == sign else 0)
        found |= own
    return found
