"""Products at the probes, without an end of their range, and the products that a plan would spoil."""

from __future__ import annotations

import cython

if not cython.compiled:
    from math import copysign, frexp, isfinite, ldexp

    from edgewise.simplify.scalars.probing import INFINITY, NAN, close, ratio
    from edgewise.simplify.scalars.state import Memory, Plan
    from edgewise.simplify.scalars.term_lists import Listing
    from edgewise.simplify.scalars.work_columns import DIV, MUL


def exponent_of(value: cython.double) -> cython.longlong:
    """The exponent of a number, 0 of what is not finite."""
    exponent: cython.int = 0
    if not isfinite(value):
        return 0
    if cython.compiled:
        frexp(value, cython.address(exponent))  # type: ignore[call-arg]
    else:
        exponent = frexp(value)[1]
    return exponent


def scaled(mantissa: cython.double, exponent: cython.longlong) -> cython.double:
    """A mantissa below 1 with its exponent as a number, infinite beyond the range."""
    if mantissa == 0.0 or not isfinite(mantissa):
        return mantissa
    if exponent > 1024:
        return copysign(INFINITY, mantissa)
    return ldexp(mantissa, exponent if exponent > -2000 else -2000)


class Products:
    """Products of nodes and of the pairs that a plan makes, at the first `points` of the probes.

    `values` are those of the nodes. `found` has the values of the pairs, `mantissas` and `exponents` what they are
    without an end of their range, at those probes where `split` says so: most are never asked for. Of pair i these are
    at `i * points` and behind. `rows` are the factors of products as (root, factor, side, place), and `order` is theirs
    by places.
    """

    def __init__(
        self, memory: Memory, values: cython.const[cython.double][:, ::1], points: cython.longlong, plan: Plan,
        listing: Listing, rewritten: cython.bint,
    ) -> None:  # fmt: skip
        size: cython.longlong = plan.count * points
        self.plan, self.n, self.points, self.rewritten = plan, values.shape[0], points, rewritten
        self.rows, self.count, self.values = listing.rows, listing.count, values
        self.found, self.mantissas = memory.doubles(size), memory.doubles(size)
        self.exponents = memory.longs(size, 0)
        self.split, self.order = memory.ints(points, 0), memory.longs(listing.count, 0)
        self.mantissa, self.exponent = 0.5, 1


def begin(p: Products) -> None:
    """Begin a product."""
    p.mantissa, p.exponent = 0.5, 1


def take(p: Products, factor: cython.longlong, side: cython.longlong, k: cython.longlong) -> None:
    """Multiply the product in hand by a factor at a probe, or divide it; it stays split in mantissa and exponent."""
    exponent: cython.longlong
    mantissa: cython.double
    if factor < p.n:
        exponent = exponent_of(p.values[factor, k])
        mantissa = ldexp(p.values[factor, k], -exponent)
    else:
        exponent = p.exponents[(factor - p.n) * p.points + k]
        mantissa = p.mantissas[(factor - p.n) * p.points + k]
    if side > 0:
        p.mantissa *= mantissa
        p.exponent += exponent
    else:
        p.mantissa = ratio(p.mantissa, mantissa)
        p.exponent -= exponent
    exponent = exponent_of(p.mantissa)
    p.mantissa = ldexp(p.mantissa, -exponent)
    p.exponent += exponent


def split(p: Products, k: cython.longlong) -> None:
    """Let the pairs be known at a probe without an end of their range; a sum is no factor of a product."""
    i: cython.longlong
    if not p.split[k]:
        p.split[k] = 1
        for i in range(p.plan.count):
            if p.plan.op[i] == MUL or p.plan.op[i] == DIV:
                begin(p)
                take(p, p.plan.first[i], 1, k)
                take(p, p.plan.second[i], 1 if p.plan.op[i] == MUL else -1, k)
                p.mantissas[i * p.points + k], p.exponents[i * p.points + k] = p.mantissa, p.exponent


def value(p: Products, factor: cython.longlong, k: cython.longlong) -> cython.double:
    """The value of a factor at a probe."""
    return p.values[factor, k] if factor < p.n else p.found[(factor - p.n) * p.points + k]


def compute_pairs(p: Products) -> None:
    """The values of the pairs: as they are multiplied, or as rules compute them."""
    i: cython.longlong
    k: cython.longlong
    for k in range(p.points):
        if p.rewritten:
            split(p, k)
        for i in range(p.plan.count):
            at: cython.longlong = i * p.points + k
            if p.plan.op[i] != MUL and p.plan.op[i] != DIV:
                p.found[at] = NAN
            elif p.rewritten:
                p.found[at] = scaled(p.mantissas[at], p.exponents[at])
            else:
                p.found[at] = value(p, p.plan.first[i], k) * value(p, p.plan.second[i], k)


def sort_places(p: Products, first: cython.longlong, last: cython.longlong) -> cython.longlong:
    """Sort the rows of a product by their places, of which there are few; the first factor that is no divisor."""
    i: cython.longlong
    for i in range(first, last):
        j: cython.longlong = i
        while j > first and p.rows[p.order[j - 1], 3] > p.rows[i, 3]:
            p.order[j] = p.order[j - 1]
            j -= 1
        p.order[j] = i
    lead: cython.longlong = first
    while lead < last - 1 and p.rows[p.order[lead], 2] < 0:
        lead += 1
    return lead


def multiplied(
    p: Products, first: cython.longlong, last: cython.longlong, lead: cython.longlong, k: cython.longlong
) -> cython.double:
    """The product at a probe, multiplied and divided in the order of places, the one that leads first."""
    i: cython.longlong
    total: cython.double = value(p, p.rows[p.order[lead], 1], k)
    for i in range(first, last):
        if i != lead:
            factor: cython.double = value(p, p.rows[p.order[i], 1], k)
            total = total * factor if p.rows[p.order[i], 2] > 0 else ratio(total, factor)
    return total


def exact(p: Products, first: cython.longlong, last: cython.longlong, k: cython.longlong) -> cython.double:
    """The product at a probe as it is without an end of the range on the way."""
    i: cython.longlong
    split(p, k)
    begin(p)
    for i in range(first, last):
        take(p, p.rows[i, 1], p.rows[i, 2], k)
    return scaled(p.mantissa, p.exponent)


def leaves_range(p: Products, first: cython.longlong, last: cython.longlong) -> cython.bint:
    """Whether a product in the order of places is wrong where the root is right, not finite where that is, or NaN where
    that is an infinity.
    """
    k: cython.longlong
    lead: cython.longlong = sort_places(p, first, last)
    root: cython.longlong = p.rows[first, 0]
    for k in range(p.points):
        own: cython.double = p.values[root, k]
        if own != own:
            continue
        total: cython.double = multiplied(p, first, last, lead, k)
        if total == own:
            continue
        if not isfinite(own):
            if total != total:
                return True
            continue
        if not isfinite(total):
            return True
        wanted: cython.double = exact(p, first, last, k)
        if close(own, wanted) and not close(total, wanted):
            return True
    return False


def is_spoilt(p: Products, first: cython.longlong, last: cython.longlong) -> cython.bint:
    """Whether a product leaves the range in the order of its places and in the opposite one, which is then taken."""
    i: cython.longlong
    for _ in range(2):
        if not leaves_range(p, first, last):
            return False
        for i in range(first, last):
            p.rows[i, 3] = -p.rows[i, 3]
    return True


def spoilt_roots(
    memory: Memory, values: cython.const[cython.double][:, ::1], points: cython.longlong, plan: Plan, listing: Listing,
    rewritten: cython.bint,
) -> list[int]:  # fmt: skip
    """The roots among the touched whose product is spoilt: see `out_of_range`."""
    first: cython.longlong = 0
    found: list[int] = []
    p: Products = Products(memory, values, points, plan, listing, rewritten)
    compute_pairs(p)
    while first < p.count:
        root: cython.longlong = p.rows[first, 0]
        last: cython.longlong = first + 1
        while last < p.count and p.rows[last, 0] == root:
            last += 1
        if listing.touched[root] and is_spoilt(p, first, last):
            found.append(root)
        first = last
    return found
