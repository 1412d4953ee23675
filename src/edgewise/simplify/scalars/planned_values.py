"""Values of a plan at the probes, as doubles and without an end of their range: which of them are spoilt."""

from __future__ import annotations

import cython

if not cython.compiled:
    from math import isfinite, ldexp

    from edgewise.simplify.scalars.probed_products import exponent_of, scaled
    from edgewise.simplify.scalars.probing import close, ratio, value_of
    from edgewise.simplify.scalars.state import Plan, State
    from edgewise.simplify.scalars.work_columns import ADD, CONST, DIV, MUL, NEG, SUB

FAR = 1200
"""Of two numbers whose exponents differ by more, the smaller one is nothing to the other."""


class PlannedValues:
    """The nodes of a graph and, behind them, of its plan at the probes, as `values`.

    Of planned node i `mantissas` and `exponents` at `i * points` and behind are the same without an end of their range,
    at those probes where `split` says so: most are never asked for.
    """

    def __init__(self, s: State, values: cython.const[cython.double][:, ::1], near: cython.longlong) -> None:
        size: cython.longlong = s.plan.count * values.shape[1]
        self.s, self.values, self.points, self.near = s, values, values.shape[1], near
        self.mantissas, self.exponents = s.memory.doubles(size), s.memory.longs(size, 0)
        self.split = s.memory.ints(self.points, 0)
        self.mantissa, self.exponent = 0.0, 0


# --- without an end of the range --------------------------------------------------------------------------------------


def hold(p: PlannedValues, mantissa: cython.double, exponent: cython.longlong) -> None:
    """Let this be the number in hand."""
    shift: cython.longlong = exponent_of(mantissa)
    p.mantissa, p.exponent = ldexp(mantissa, -shift), exponent + shift


def mantissa_of(p: PlannedValues, node: cython.longlong, k: cython.longlong) -> cython.double:
    """The mantissa of a node at a probe."""
    if node >= p.s.count:
        return p.mantissas[(node - p.s.count) * p.points + k]
    return ldexp(p.values[node, k], -exponent_of(p.values[node, k]))


def scale_of(p: PlannedValues, node: cython.longlong, k: cython.longlong) -> cython.longlong:
    """The exponent of a node at a probe."""
    return p.exponents[(node - p.s.count) * p.points + k] if node >= p.s.count else exponent_of(p.values[node, k])


def add_scaled(
    p: PlannedValues, a: cython.longlong, b: cython.longlong, sign: cython.double, k: cython.longlong
) -> None:
    """Let a + b, or a - b, be the number in hand."""
    x: cython.double = mantissa_of(p, a, k)
    y: cython.double = sign * mantissa_of(p, b, k)
    apart: cython.longlong = scale_of(p, a, k) - scale_of(p, b, k)
    if x == 0.0 or (apart < -FAR and y != 0.0):
        hold(p, x * 0.0 + y, scale_of(p, b, k))
    elif y == 0.0 or apart > FAR:
        hold(p, x + y * 0.0, scale_of(p, a, k))
    elif apart > 0:
        hold(p, x + ldexp(y, -apart), scale_of(p, a, k))
    else:
        hold(p, ldexp(x, apart) + y, scale_of(p, b, k))


def compute_scaled(p: PlannedValues, i: cython.longlong, k: cython.longlong) -> None:
    """Let a planned node be the number in hand."""
    op: cython.longlong = p.s.plan.op[i]
    a: cython.longlong = p.s.plan.first[i]
    b: cython.longlong = p.s.plan.second[i]
    left: cython.longlong = 0
    if op == CONST:
        hold(p, value_of(p.s.values, a), 0)
    elif op == NEG:
        hold(p, -mantissa_of(p, a, k), scale_of(p, a, k))
    elif op == ADD or op == SUB:
        add_scaled(p, a, b, 1.0 if op == ADD else -1.0, k)
    elif op == MUL:
        hold(p, mantissa_of(p, a, k) * mantissa_of(p, b, k), scale_of(p, a, k) + scale_of(p, b, k))
    elif op == DIV:
        hold(p, ratio(mantissa_of(p, a, k), mantissa_of(p, b, k)), scale_of(p, a, k) - scale_of(p, b, k))
    else:
        hold(p, mantissa_of(p, a, k), scale_of(p, a, k))
        left = p.s.values.num[-2 - p.s.plan.third[i]] - 1
    while left > 0:
        hold(p, p.mantissa * mantissa_of(p, a, k), p.exponent + scale_of(p, a, k))
        left -= 1


def split_at(p: PlannedValues, k: cython.longlong) -> None:
    """Let the plan be known at a probe without an end of its range."""
    i: cython.longlong
    if not p.split[k]:
        p.split[k] = 1
        for i in range(p.s.plan.count):
            compute_scaled(p, i, k)
            p.mantissas[i * p.points + k], p.exponents[i * p.points + k] = p.mantissa, p.exponent


# --- what is spoilt ---------------------------------------------------------------------------------------------------


def leaves_range(p: PlannedValues, node: cython.longlong) -> cython.bint:
    """Whether what is planned for a node is wrong where the node is right, or NaN where that is an infinity.

    At the probes behind those that are `near` it may be another number, and NaN for an infinity; nothing is known of
    what is finite nowhere.
    """
    k: cython.longlong
    target: cython.longlong = p.s.plan.target[node]
    seen: cython.bint = False
    for k in range(p.points):
        own: cython.double = p.values[node, k]
        total: cython.double = p.values[target, k]
        seen = seen or isfinite(own)
        if own != own or total == own or (k >= p.near and isfinite(total)):
            continue
        if not isfinite(own):
            if total != total and k < p.near:
                return True
            continue
        if close(total, own):
            continue
        split_at(p, k)
        exact: cython.double = scaled(mantissa_of(p, target, k), scale_of(p, target, k))
        if isfinite(exact) and close(own, exact) and not close(total, exact):
            return True
    return not seen


def spoilt_targets(
    s: State, values: cython.const[cython.double][:, ::1], near: cython.longlong, opaque: cython.int[::1]
) -> int:
    """Mark the first nodes whose planned value is spoilt as such that stay as they are written; how many.

    What is spoilt above them may not be so any more. Of nodes that nobody wants a planned one takes the place only
    where it is not spoilt.
    """
    node: cython.longlong
    k: cython.longlong
    total: cython.longlong = 0
    above: cython.int[::1] = s.memory.ints(s.count, 0)
    p: PlannedValues = PlannedValues(s, values, near)
    for node in range(s.count):
        for k in range(s.width):
            if s.args[node, k] >= 0 and above[s.args[node, k]]:
                above[node] = 1
        if s.plan.target[node] < 0 or above[node]:
            continue
        spoilt: cython.bint = leaves_range(p, node)
        if s.plan.skip[node] and spoilt:
            s.plan.reads[s.plan.target[node] - s.count] -= 1
            s.plan.target[node] = -1
        elif s.plan.skip[node]:
            s.plan.skip[node] = 0
        elif spoilt:
            opaque[node] = above[node] = 1
            total += 1
    return total


@cython.locals(i=cython.longlong, k=cython.longlong)
def give_back(s: State) -> None:
    """What new nodes read is read from now on, and what old ones read is until the last of the plan is written: a rule
    must not take it for dead."""
    plan: Plan = s.plan
    last: cython.longlong = -1
    end: cython.longlong = 0
    for i in range(s.count):
        if plan.target[i] >= 0:
            last = i
        for k in range(s.width if plan.skip[i] or plan.target[i] >= 0 else 0):
            if s.args[i, k] >= 0 and not plan.skip[s.args[i, k]]:
                plan.leaves[end] = s.args[i, k]
                end += 1
    for i in range(plan.count if last >= 0 else 0):
        for k in range(2 if plan.op[i] != CONST else 0):
            node: cython.longlong = plan.second[i] if k else plan.first[i]
            if 0 <= node < s.count:
                plan.leaves[end] = node
                s.uses[node] += 1
                end += 1
    if last >= 0:
        plan.leaf_start[last], plan.leaf_count[last] = 0, end
