"""The rules as the plain rewriter reads them, and whether one fits a node that is about to be made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from edgewise.ops import CODE, CONST, TENSOR_CODE, Number, SymbolicConstant, number_key
from edgewise.simplify.pattern_trees import FAMILIES, OF_CONSTANTS, Pattern, is_pair, orders, pattern_of
from edgewise.simplify.patterns import GUARDS
from edgewise.simplify.rewrite_nodes import Nodes
from edgewise.simplify.rules import LEVELS, RULES, TENSOR_RULES, Rule
from edgewise.simplify.scalars.constants import folded, rounds

__all__ = [
    "Form",
    "Found",
    "Spec",
    "chained",
    "code_of",
    "forms",
    "fits",
    "guarded",
    "has_axes",
    "match",
    "pays",
    "value_of",
]

Spec = tuple[int, tuple[int, ...], Any]
"""A node about to be made: its operation, arguments and parameter."""
Shape = tuple[Any, ...]
LENGTHS: Final = "lengths of a"
NOTATION: Final = ("sum", "spread", "entries")
"""What rules call operations that the table of tensors has in several spellings, or under a wider name."""


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a rule: commutative arguments in one of their orders."""

    rule: Rule
    pattern: Pattern
    replacement: Pattern
    guard: tuple[str, int] | None


@dataclass(slots=True)
class Found:
    """What the variables of a pattern stand for: nodes, values, axes; and the shapes of the operations that go."""

    bound: dict[str, Any] = field(default_factory=dict)
    gone: list[Shape] = field(default_factory=list)

    def copy(self) -> Found:
        """To try one of several ways."""
        return Found(dict(self.bound), list(self.gone))


def code_of(name: str) -> int:
    """The code of an operation that a rule names."""
    if name == "sum":
        name = "contract"
    return CODE[name] if name in CODE else TENSOR_CODE[name]


@cache
def forms(level: str, without: frozenset[str] = frozenset()) -> dict[int, dict[int, tuple[Form, ...]]]:
    """The rules up to a level by the operation of their root and that of its first argument, in the order of the table.

    Under -1 stand those that may fit whatever the first argument is: they are among all the others.
    """
    found: dict[int, dict[int, tuple[Form, ...]]] = {}
    for code, group in _rooted(level, without).items():
        heads = [_head(form.pattern.args[0]) for form in group]
        found[code] = {
            head: tuple(form for form, own in zip(group, heads, strict=True) if own in (-1, head))
            for head in (-1, *heads)
        }
    return found


def _head(part: Pattern) -> int:
    """The operation that a part of a pattern must be, -1 where it may be several."""
    if part.kind == "op" and part.name not in NOTATION:
        return code_of(part.name)
    return CONST if part.constant else -1


@cache
def _rooted(level: str, without: frozenset[str]) -> dict[int, tuple[Form, ...]]:
    """The rules up to a level by the operation of their root."""
    found: dict[int, list[Form]] = {}
    for rule in (*RULES, *TENSOR_RULES):
        if LEVELS.index(rule.tier) > LEVELS.index(level) or rule.name in without:
            continue
        guard = None
        if rule.guard:
            variable, condition = rule.guard.split(" ", 1)
            guard = variable, GUARDS[condition]
        for pattern in orders(pattern_of(rule.pattern)):
            form = Form(rule, pattern, pattern_of(rule.replacement), guard)
            found.setdefault(code_of(pattern.name), []).append(form)
    return {code: tuple(group) for code, group in found.items()}


@cache
def chained(level: str, without: frozenset[str] = frozenset()) -> dict[int, tuple[Form, ...]]:
    """Those whose root is a sum or product of two parts that can stand anywhere in a longer one."""
    if level == LEVELS[0]:  # what is associated anew rounds anew
        return {}
    found = {
        code: [form for form in _rooted(level, without).get(code, ()) if is_pair(form.pattern, form.replacement)]
        for code in FAMILIES
    }
    for rule in OF_CONSTANTS:
        pattern = pattern_of(rule.pattern)
        found[code_of(pattern.name)].append(Form(rule, pattern, pattern_of(rule.replacement), None))
    return {code: tuple(group) for code, group in found.items()}


# --- matching --------------------------------------------------------------------------------------------------------


def match(nodes: Nodes, form: Form, spec: Spec, shape: Shape) -> Found | None:
    """Whether a rule fits a node that is about to be made, its guard proved."""
    found = Found()
    _, args, attr = spec
    if form.pattern.name == "sum":
        summed = nodes.reduction_of(spec)
        if summed is None or not _axes(form.pattern.args[1], summed[1], found):
            return None
    elif not _parameter(form.pattern, attr, found):
        return None
    last = form.pattern.args[-1]
    if last.kind == "axes":
        _measure(nodes, args[0], found.bound[last.name], found)
    for part, node in zip(form.pattern.args, args, strict=False):
        if part.kind != "axes" and not fits(nodes, part, node, shape, True, found):
            return None
    return found if guarded(nodes, form, found) else None


def guarded(nodes: Nodes, form: Form, found: Found) -> bool:
    """Whether the guard of a rule is proved."""
    return form.guard is None or not nodes.signs[found.bound[form.guard[0]]] & ~form.guard[1]


def fits(nodes: Nodes, part: Pattern, node: int, within: Shape, alone: bool, found: Found) -> bool:
    """Whether a part of a pattern fits a node that an operation of shape `within` reads.

    The node goes with the root if nobody else reads it, and what reads it goes too (`alone`).
    """
    if part.kind == "any":
        return bool(found.bound.setdefault(part.name, node) == node)
    if part.kind in ("number", "literal"):
        return nodes.nodes[node][0] == CONST and _number(part, nodes.attrs[node], found)
    if part.name == "spread":
        return _fits_spread(nodes, part, node, within, alone, found)
    alone = alone and nodes.uses[node] <= 1
    if part.name in ("sum", "entries"):
        read = nodes.reduction(node) if part.name == "sum" else nodes.selection(node)
        if read is None or not _axes(part.args[1], read[1], found):
            return False
        if part.name == "sum":
            _measure(nodes, read[0], read[1], found)
            found.gone += [nodes.shape(read[0])] * alone
        return fits(nodes, part.args[0], read[0], nodes.shape(read[0]), alone, found)
    code, *args = nodes.nodes[node]
    if code != code_of(part.name) or not _parameter(part, nodes.attrs.get(node), found):
        return False
    found.gone += [nodes.shape(node)] * alone
    inner = nodes.shape(node)
    if part.args[-1].kind == "axes":
        _measure(nodes, args[0], found.bound[part.args[-1].name], found)
    return all(fits(nodes, p, j, inner, alone, found) for p, j in zip(part.args, args, strict=False))


def _measure(nodes: Nodes, node: int, axes: tuple[int, ...], found: Found) -> None:
    """Remember how long the axes are along which something is reduced: what takes its place must have them."""
    found.bound.setdefault(LENGTHS, tuple(nodes.shape(node)[k] for k in axes))


def has_axes(nodes: Nodes, node: int, axes: tuple[int, ...], bound: dict[str, Any]) -> bool:
    """Whether a node has the axes along which the pattern reduced, and is not repeated along them."""
    shape = nodes.shape(node)
    return len(shape) >= -min(axes) and tuple(shape[k] for k in axes) == bound[LENGTHS]


def _fits_spread(nodes: Nodes, part: Pattern, node: int, within: Shape, alone: bool, found: Found) -> bool:
    """A node repeated along axes, by a view of it or by broadcasting."""
    inner, axes = part.args
    missing = len(within) - len(nodes.shape(node))
    ways = [(node, tuple(range(-len(within), -len(within) + missing)))] if missing else []
    view = nodes.expansion(node)
    if view is not None and not missing:
        ways.append(view)
    for base, along in ways:
        tried = found.copy()
        if _axes(axes, along, tried) and fits(
            nodes, inner, base, nodes.shape(base), alone and nodes.uses[node] <= 1, tried
        ):
            found.bound, found.gone = tried.bound, tried.gone
            return True
    return False


def _parameter(part: Pattern, attr: Any, found: Found) -> bool:
    """Whether the parameter of an operation is what the pattern says: the exponent of a power, the axes of a tensor."""
    if part.value is not None:
        return attr is not None and _number(part.value, attr, found)
    last = part.args[-1] if part.args else None
    if last is None or last.kind != "axes":
        return True
    return _axes(last, attr if isinstance(attr, tuple) else (attr,), found)


def _axes(part: Pattern, axes: tuple[Any, ...], found: Found) -> bool:
    return bool(found.bound.setdefault(part.name, axes) == axes)


def _number(part: Pattern, value: Any, found: Found) -> bool:
    if part.kind == "literal":
        return not isinstance(value, bool) and bool(value == part.value)
    if not isinstance(value, Number | SymbolicConstant):
        return False
    return number_key(found.bound.setdefault(part.name, value)) == number_key(value)


def is_ground(part: Pattern, bound: dict[str, Any]) -> bool:
    """Whether it is decided which node a part of a pattern is: it has no free variables and is no notation."""
    if part.kind != "op":
        return part.kind == "any" and part.name in bound
    fixed = part.value is None or part.value.kind == "literal"
    return part.name in CODE and fixed and all(is_ground(arg, bound) for arg in part.args)


def known(nodes: Nodes, part: Pattern, bound: dict[str, Any]) -> int | None:
    """The node that a ground part of a pattern is, if there is one."""
    if part.kind == "any":
        return int(bound[part.name])
    args = [known(nodes, arg, bound) for arg in part.args]
    given = [arg for arg in args if arg is not None]
    return nodes.find(CODE[part.name], given, part.value and part.value.value) if given == args else None


# --- what a replacement takes ----------------------------------------------------------------------------------------


def value_of(part: Pattern, bound: dict[str, Any], exact: bool) -> Any:
    """The number that a replacement's part without nodes is, or None."""
    if part.kind == "literal":
        return part.value
    if part.kind == "number":
        return bound[part.name]
    if part.kind != "op":
        return None
    parts = [*part.args, part.value] if part.value is not None else part.args
    values = [value_of(arg, bound, exact) for arg in parts]
    if any(value is None for value in values) or part.name not in CODE:
        return None
    value = folded(CODE[part.name], values)
    return None if value is None or (exact and rounds(value, values)) else value


def planned(nodes: Nodes, part: Pattern, bound: dict[str, Any], within: Shape, made: list[Shape]) -> Shape:
    """The shape of a replacement, and in `made` those of its operations. `within` is that of the node replaced."""
    if part.kind == "any":
        return nodes.shape(bound[part.name])
    if part.kind != "op" or value_of(part, bound, nodes.exact) is not None:
        return ()
    shapes = [planned(nodes, arg, bound, within, made) for arg in part.args if arg.kind != "axes"]
    if part.name == "spread":
        return nodes.with_ones(shapes[0], bound[part.args[1].name])
    if part.name == "entries":
        return within
    shape = nodes.joined(shapes)
    if part.name == "logsumexp":
        made.append(shape)
        return nodes.reduced(shape, bound["a"])
    made.append(shape)
    return shape


def pays(nodes: Nodes, form: Form, found: Found, shape: Shape) -> bool:
    """Whether a replacement takes no more operations than it makes superfluous, nor larger ones."""
    made: list[Shape] = []
    planned(nodes, form.replacement, found.bound, shape, made)
    gone = [shape, *found.gone]
    if len(made) > len(gone) + form.rule.adds - form.rule.saves:
        return False
    if all(not part or part == shape for part in (*made, *gone)) and sum(map(bool, made)) <= sum(map(bool, gone)):
        return True
    return _covered(made, gone, form.rule.adds)


def _covered(made: Sequence[Shape], gone: Sequence[Shape], adds: int) -> bool:
    """Whether each new operation has one of the old that is at least as large."""
    left = sorted(gone, key=len)
    missing = 0
    for shape in sorted(made, key=len, reverse=True):
        place = next((k for k, old in enumerate(left) if _holds(old, shape)), None)
        if place is None:
            missing += 1
        else:
            del left[place]
    return missing <= adds


def _holds(large: Shape, small: Shape) -> bool:
    extra = len(large) - len(small)
    return extra >= 0 and all(a in (b, 1) for a, b in zip(small, large[extra:], strict=True))
