"""The rules as the plain rewriter reads them, and whether one fits a node that is about to be made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, NamedTuple

from edgewise.ops import CODE, CONST, Number, SymbolicConstant, number_key
from edgewise.simplify.pattern_trees import FAMILIES, OF_CONSTANTS, Family, Pattern, holder, is_pair, orders, pattern_of
from edgewise.simplify.patterns import GUARDS, LITERALS
from edgewise.simplify.rewrite_nodes import CONTRACT, PICKS, Shape
from edgewise.simplify.rewrite_views import Views
from edgewise.simplify.rules import LEVELS, RULES, TENSOR_RULES, Rule
from edgewise.simplify.scalars.constants import folded, rounds

__all__ = [
    "Form", "Found", "Pair", "RuleTable", "Spec", "fits", "guarded", "has_axes", "head", "heads", "known", "match",
    "pays", "rule_table", "value_of",
]  # fmt: skip

Heads = tuple[int, ...]
"""The head of a node and those of its arguments: its operation, and of a number that rules name which one it is."""
Spec = tuple[int, tuple[int, ...], Any]
"""A node about to be made: its operation, arguments and parameter."""
LENGTHS: Final = "lengths of a"
_NUMBERS: Final = {value: -1 - k for k, value in enumerate(LITERALS)}


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a rule: commutative arguments in one of their orders."""

    rule: Rule
    pattern: Pattern
    replacement: Pattern
    guard: tuple[str, int] | None


class Pair(NamedTuple):
    """A rule about two terms of a long sum: how the second is looked for when the first is found.

    `opposite` is the sign of the second to the first's, `place` which of them gives what they become its place.
    `second` numbers what the second may be, -1 where it is one certain node then.
    """

    form: Form
    opposite: int
    place: int
    second: int


@dataclass(slots=True)
class Found:
    """What the variables of a pattern stand for: nodes, values, axes; and the shapes of the operations that go."""

    bound: dict[str, Any] = field(default_factory=dict)
    gone: list[Shape] = field(default_factory=list)

    def copy(self) -> Found:
        """To try one of several ways."""
        return Found(dict(self.bound), list(self.gone))


class RuleTable:
    """The rules up to a level: those that may fit some heads are picked out once, in the order of the table."""

    def __init__(self, level: str, without: frozenset[str]) -> None:
        self._level = level
        self._rooted: dict[int, tuple[Form, ...]] = {}
        for rule in (*RULES, *TENSOR_RULES):
            if LEVELS.index(rule.tier) <= LEVELS.index(level) and rule.name not in without:
                self._enter(rule)
        self._fitting: dict[Heads, tuple[Form, ...]] = {}
        self._seconds: dict[int, list[Pattern]] = {family.plus: [] for family in FAMILIES.values()}
        self._pairs = {family.plus: self._paired(family) for family in FAMILIES.values()}
        self._may_be: dict[tuple[int, Heads], tuple[tuple[Pair, ...], tuple[int, ...]]] = {}

    def _enter(self, rule: Rule) -> None:
        variable, _, condition = rule.guard.partition(" ")
        guard = (variable, GUARDS[condition]) if rule.guard else None
        for pattern in orders(pattern_of(rule.pattern)):
            form = Form(rule, pattern, pattern_of(rule.replacement), guard)
            self._rooted[pattern.code] = (*self._rooted.get(pattern.code, ()), form)

    def __contains__(self, code: int) -> bool:
        return code in self._rooted

    def fitting(self, heads: Heads) -> tuple[Form, ...]:
        """The rules that may fit an operation of these heads."""
        found = self._fitting.get(heads)
        if found is None:
            rooted = self._rooted.get(heads[0], ())
            found = self._fitting[heads] = tuple(form for form in rooted if may_be(form.pattern, heads))
        return found

    def pairs(self, family: Family, heads: Heads) -> tuple[tuple[Pair, ...], tuple[int, ...]]:
        """The rules about two terms of a sum of which one of these heads may be the first; what second it may be."""
        found = self._may_be.get((family.plus, heads))
        if found is None:
            first = tuple(pair for pair in self._pairs[family.plus] if may_be(pair.form.pattern.args[0], heads))
            second = tuple(k for k, part in enumerate(self._seconds[family.plus]) if may_be(part, heads))
            found = self._may_be[family.plus, heads] = first, second
        return found

    def _paired(self, family: Family) -> list[Pair]:
        found, seconds = list[Pair](), self._seconds[family.plus]
        for code, opposite in ((family.plus, 1), (family.minus, -1)):
            for form in self._chained(code):
                one, two = form.pattern.args
                if two not in seconds:
                    seconds.append(two)
                second = -1 if is_ground(two, one) else seconds.index(two)
                found.append(Pair(form, opposite, holder(form.pattern, form.replacement), second))
        return found

    def _chained(self, code: int) -> list[Form]:
        """Those whose root is a sum or product of two parts that can stand anywhere in a longer one."""
        if self._level == LEVELS[0]:  # what is associated anew rounds anew
            return []
        found = [form for form in self._rooted.get(code, ()) if is_pair(form.pattern, form.replacement)]
        patterns = [(rule, pattern_of(rule.pattern)) for rule in OF_CONSTANTS]
        return found + [Form(rule, p, pattern_of(rule.replacement), None) for rule, p in patterns if p.code == code]


@cache
def rule_table(level: str, without: frozenset[str] = frozenset()) -> RuleTable:
    """The rules up to a level, but for those of some names."""
    return RuleTable(level, without)


def head(nodes: Views, node: int) -> int:
    """The operation of a node, and of a number that rules name which one it is."""
    code = nodes.nodes[node][0]
    return code if code != CONST else _NUMBERS.get(nodes.attrs[node], CONST)


def heads(nodes: Views, node: int) -> Heads:
    """The heads of a node and of its first arguments."""
    return head(nodes, node), *[head(nodes, j) for j in nodes.nodes[node][1:4]]


def may_be(part: Pattern, heads: Heads) -> bool:
    """Whether a part of a pattern may fit a node of these heads, as far as they tell."""
    own, *below = heads
    if part.kind == "literal":
        return own == _NUMBERS[part.value]
    if part.kind == "number":
        return own == CONST or own < 0
    if part.kind != "op":
        return True
    if part.name == "spread" and may_be(part.args[0], heads):
        return True
    named = own in PICKS if part.name == "entries" else own == (CONTRACT if part.name == "spread" else part.code)
    return named and all(may_be(arg, (under,)) for arg, under in zip(part.args, below, strict=False))


# --- matching --------------------------------------------------------------------------------------------------------


def match(nodes: Views, form: Form, spec: Spec, shape: Shape) -> Found | None:
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


def guarded(nodes: Views, form: Form, found: Found) -> bool:
    """Whether the guard of a rule is proved."""
    if form.guard is None:
        return True
    variable, allowed = form.guard
    node = found.bound[variable] if variable not in "cd" else nodes.number(found.bound[variable])
    return not nodes.sign(node) & ~allowed


def fits(nodes: Views, part: Pattern, node: int, within: Shape, alone: bool, found: Found) -> bool:
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
            found.gone += [nodes.shapes[read[0]]] * alone
        return fits(nodes, part.args[0], read[0], nodes.shapes[read[0]], alone, found)
    code, *args = nodes.nodes[node]
    if code != part.code or not _parameter(part, nodes.attrs.get(node), found):
        return False
    found.gone += [nodes.shapes[node]] * alone
    inner = nodes.shapes[node]
    if part.args[-1].kind == "axes":
        _measure(nodes, args[0], found.bound[part.args[-1].name], found)
    return all(fits(nodes, p, j, inner, alone, found) for p, j in zip(part.args, args, strict=False))


def _measure(nodes: Views, node: int, axes: tuple[int, ...], found: Found) -> None:
    """Remember how long the axes are along which something is reduced: what takes its place must have them."""
    found.bound.setdefault(LENGTHS, tuple(nodes.shapes[node][k] for k in axes))


def has_axes(nodes: Views, node: int, axes: tuple[int, ...], bound: dict[str, Any]) -> bool:
    """Whether a node has the axes along which the pattern reduced, and is not repeated along them."""
    shape = nodes.shapes[node]
    return len(shape) >= -min(axes) and tuple(shape[k] for k in axes) == bound[LENGTHS]


def _fits_spread(nodes: Views, part: Pattern, node: int, within: Shape, alone: bool, found: Found) -> bool:
    """A node repeated along axes, by a view of it or by broadcasting."""
    inner, axes = part.args
    missing = len(within) - len(nodes.shapes[node])
    ways = [(node, tuple(range(-len(within), -len(within) + missing)))] if missing else []
    view = nodes.expansion(node)
    if view is not None and not missing:
        ways.append(view)
    for base, along in ways:
        tried = found.copy()
        if _axes(axes, along, tried) and fits(
            nodes, inner, base, nodes.shapes[base], alone and nodes.uses[node] <= 1, tried
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


def is_ground(part: Pattern, given: Pattern) -> bool:
    """Whether a part is one certain node when another has been found: it has no variables of its own."""
    if part.kind != "op":
        return part.kind == "any" and part.name in variables(given)
    fixed = part.value is None or part.value.kind == "literal"
    return part.name in CODE and fixed and all(is_ground(arg, given) for arg in part.args)


def variables(part: Pattern) -> set[str]:
    """The variables of a part that stand for nodes."""
    return {part.name} if part.kind == "any" else set[str]().union(*map(variables, part.args))


def known(nodes: Views, part: Pattern, bound: dict[str, Any]) -> int | None:
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


def planned(nodes: Views, part: Pattern, bound: dict[str, Any], within: Shape, made: list[Shape]) -> Shape:
    """The shape of a replacement, and in `made` those of its operations. `within` is that of the node replaced."""
    if part.kind == "any":
        return nodes.shapes[bound[part.name]]
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


def pays(nodes: Views, form: Form, found: Found, shape: Shape) -> bool:
    """Whether a replacement takes no more operations than it makes superfluous, nor larger ones."""
    made: list[Shape] = []
    planned(nodes, form.replacement, found.bound, shape, made)
    gone = [shape, *found.gone]
    if len(made) > len(gone) + form.rule.adds:
        return False
    if form.rule.saves and len(made) >= len(gone) and Counter(made) == Counter(gone):
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
