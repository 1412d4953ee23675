"""The rules on a graph of any shape, as plain Python: the reference for the fast engine, and what tensor graphs use.

A pass goes up the numbers and writes each node anew. Before a node is written, the rules of its operation are tried on
it, and the replacement is tried again, until none fits; its arguments have been through that already. A rule fits an
operation on arrays as it fits one on numbers, because these operations work entry by entry: what has become smaller (a
constant in the place of an array) is repeated to the shape that it had.

A sum or product of many terms is taken apart at its root, once, and rules that are sums or products of two parts find
them wherever they stand among the terms. Passes follow one another as long as rules fire.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np

from edgewise.graph import IntArray, Tape, distinct
from edgewise.graph.written_anew import compacted
from edgewise.ops import CODE, CONST, FIRST_TENSOR, INPUT, TENSOR_CODE, SymbolicConstant, lettered
from edgewise.simplify.pattern_trees import FAMILIES, Family, Pattern
from edgewise.simplify.rewrite_nodes import CONTRACT, INDEX, MUL, UNINDEX
from edgewise.simplify.rewrite_placed import PlacedTerms
from edgewise.simplify.rewrite_places import Places
from edgewise.simplify.rewrite_reads import reads_of
from edgewise.simplify.rewrite_rules import Form, Spec, has_axes, head, match, pays, rule_table, value_of
from edgewise.simplify.rewrite_terms import Terms
from edgewise.simplify.rewrite_views import Views
from edgewise.simplify.rules import LEVELS
from edgewise.simplify.scalars.constants import RANGE, apart, exponent

__all__ = ["rewritten_by_rules"]

ADD, SUB = CODE["add"], CODE["sub"]
LIMIT: Final = 64
"""Rewrites of one node in a pass."""
PASSES: Final = 12
"""Passes over a graph: one settles nearly everything, the bound is for what moves one level at a time."""
NEG, UNIT, RADIAL = CODE["neg"], TENSOR_CODE["unit"], TENSOR_CODE["radial"]
FOLDING: Final = frozenset((CONST, CONTRACT, TENSOR_CODE["array"]))


def rewritten_by_rules(
    tape: Tape,
    roots: Sequence[int],
    keep: Sequence[int],
    level: str,
    on_progress: Callable[[int], None] = lambda _: None,
    without: frozenset[str] = frozenset(),
) -> tuple[Tape, IntArray, dict[str, int]]:
    """The graph with the rules applied, the map old → new (-1 where dropped), and how often each rule fired.

    `roots` are the nodes whose cost counts; `keep` are further ones that keep a node of their value. `on_progress` is
    told of every node. Rules whose names are in `without` do not fire. Where no rule fires it is the graph that was
    given.

    >>> import edgewise as ew
    >>> G = ew.parse("sum(y + log(1 + exp(X)) + sin(X)**2 + z + cos(X)**2)", shapes="X: n,d; y: d; z: ")
    >>> tape, _, fired = rewritten_by_rules(G.tape, G.tape.outputs, (), "real")
    >>> ew.Graph(tape), fired
    (<graph of sum(y + softplus(X) + 1 + z): 9 nodes, 8 edges>, {'Pythagoras': 1, 'softplus': 1})
    """
    way, total = np.arange(len(tape)), dict[str, int]()
    for _ in range(PASSES):
        work = _Pass(tape, way[list(roots)].tolist(), level, without)
        work.run(way[list(keep)].tolist(), on_progress)
        if not work.fired:
            break
        for rule, count in work.fired.items():
            total[rule] = total.get(rule, 0) + count
        tape, new = work.result(distinct(np.concatenate((way[list(roots)], way[list(keep)]))).astype(np.int64))
        way = np.where(way >= 0, new[way], -1)
    return tape, way, dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))


class _Pass:
    """One pass up the numbers."""

    def __init__(self, tape: Tape, roots: Sequence[int], level: str, without: frozenset[str]) -> None:
        self.tape, self.roots = tape, roots
        self.rules, self.exact = rule_table(level, without), level == LEVELS[0]
        self.nodes = Views(tape, self.exact)
        self.places = Places(self.nodes)
        self.fired: dict[str, int] = {}
        # Terms of sums and factors of products that may be looked at: each stands in one tree but for rare cases.
        self.budget = 4 * len(tape) + 64

    def run(self, keep: Sequence[int], on_progress: Callable[[int], None]) -> None:
        """Write every node that a root needs; then, as they stand, those that are only kept."""
        tape, nodes, image = self.tape, self.nodes, self.nodes.image
        uses, slices, tops, needed = reads_of(tape, self.roots)
        kept = tape.live(keep).tolist()
        for i in tape.inputs:
            nodes.acquire(image[i], uses[i])
        for i, code, args in tape.rows():
            if not needed[i] or code == INPUT:
                continue
            on_progress(i)
            new = image[i] = self.made(code, [image[j] for j in args], tape.attrs.get(i), tops[i])
            if slices[i]:
                self.places.sliced[new] = self.places.sliced.get(new, 0) + slices[i]
            nodes.acquire(image[i], uses[i])
            for j in args:
                nodes.release(image[j])
        for i, code, args in tape.rows():
            if kept[i] and image[i] < 0:
                given = [image[j] for j in args]
                attr = tape.attrs.get(i)
                image[i] = nodes.number(attr) if code == CONST else nodes.add(code, given, attr)

    def result(self, wanted: IntArray) -> tuple[Tape, IntArray]:
        """The graph of the wanted nodes, and the map."""
        nodes, tape, builder = self.nodes, self.tape, self.nodes.builder
        image = np.array(nodes.image, dtype=np.int64)
        for column, written in ((tape.labels, builder.labels), (tape.lines, builder.lines)):
            for old, said in column.items():
                new = nodes.image[old]
                if new >= 0 and nodes.nodes[new][0] not in (INPUT, CONST):
                    written.setdefault(new, said)
                elif new >= 0 and tape.ops[old] == INPUT:
                    written[new] = said
        whole = builder.whole(image[list(tape.outputs)].tolist(), tape.layout)
        result, moved = compacted(whole, distinct(image[[*wanted.tolist(), *tape.inputs]]).tolist())
        return result, np.where(image >= 0, moved[image], -1)

    def note(self, rule: str) -> None:
        """Count a rule that fired."""
        self.fired[rule] = self.fired.get(rule, 0) + 1

    # --- one node -----------------------------------------------------------------------------------------------

    def made(self, code: int, args: Sequence[int], attr: Any, top: bool) -> int:
        """The node of an operation, rewritten as long as a rule fits."""
        nodes = self.nodes
        if code == CONST:
            return nodes.number(attr)
        if code == INDEX:  # an entry of what repeats itself is an entry of that
            rank = len(attr)
            along = {k - rank for k, item in enumerate(attr) if len(item) == 1} & nodes.repeated_axes(args[0], rank)
            args = [nodes.without(args[0], along)] if along else args
            attr = tuple([item for k, item in enumerate(attr) if k - rank not in along])
        outer = nodes.view(code, args, attr)
        if outer is not None:
            if code == UNINDEX:
                self.note("placed with nothing beside it")
            view = nodes.composed(args[0], outer)
            if view is not None:
                self.note("view of a view")
                if isinstance(view, int):
                    return view
                args, outer = view
            summed = self.places.summed(args[0], outer)
            if summed is not None:
                self.note("sum of zeros around something")
                return self.made(CONTRACT, summed[:1], summed[1], False)
            entry = self.places.without_ones(args[0], outer)
            if entry is not None:
                self.note("entries of a part")
                return entry[0] if entry[1] is None else self.made(CONTRACT, entry[:1], entry[1], False)
            code, attr = CONTRACT, outer
            if outer.sizes and nodes.sums(args[0], outer):  # summed, then repeated
                kept = "".join(k for k in outer.output if k not in outer.repeated)
                inner = self.made(CONTRACT, args, lettered(outer.inputs, kept, {}), False)
                return self.made(CONTRACT, (inner,), lettered([kept], outer.output, dict(outer.sizes)), False)
        elif code == INDEX:
            before = len(nodes.nodes)
            node, _ = self.places.read(args[0], attr)
            if nodes.nodes[node] != (INDEX, args[0]):
                self.note("entries of a part")
            elif len(nodes.nodes) == before:
                self.note("common subexpression")
            return node
        elif code == CONTRACT and len(args) > 1:
            args, attr = nodes.turned(args, attr)
            product = nodes.entry_by_entry(args, attr)
            if product is not None:
                self.note("product entry by entry")
                return product
        elif code == RADIAL and nodes.constant(nodes.uniform(args[1])) is not None:
            self.note("multiple of a direction")
            return self.made(MUL, (nodes.uniform(args[1]), nodes.add(UNIT, args[:1], attr)), None, False)
        spec: Spec = code, tuple(args), attr
        if code >= FIRST_TENSOR and code not in self.rules:
            return nodes.add(*spec)
        if not top and self._stays(spec):
            return self._written(spec)
        whole = nodes.shape_of(*spec)
        if code < FIRST_TENSOR and len(args) > 1:
            spec = code, nodes.unrepeated(args, whole), attr
            if spec[1] != tuple(args):
                self.note("repeated by broadcasting")
        given = spec
        for _ in range(LIMIT):
            if spec[0] < FIRST_TENSOR and self._may_fold(spec):  # on a constant instead of an array of it
                spec = spec[0], tuple([nodes.uniform(j) for j in spec[1]]), spec[2]
                along = set.intersection(*[nodes.repeated_axes(j, len(whole)) for j in spec[1]])
                if along:
                    inner = self.made(spec[0], [nodes.without(j, along) for j in spec[1]], spec[2], False)
                    others = [k for k in range(len(whole)) if k - len(whole) not in along]
                    repeat = lettered([others], range(len(whole)), dict(enumerate(whole)))
                    return self.made(CONTRACT, (inner,), repeat, False)
                if nodes.folded(*spec) is not None:
                    self.note("constant folding")
                    return nodes.spread(nodes.add(*spec), whole)
            shape = whole if spec == given else nodes.shape_of(*spec)
            after = self._replaced(spec, shape)
            if after is None and top:
                after = self._gathered(spec, shape)
            if after is None:
                break
            if isinstance(after, int):
                return nodes.spread(after, whole)
            spec = after
        return nodes.spread(self._written(spec), whole)

    def _written(self, spec: Spec) -> int:
        """The node of an operation that no rule fits."""
        before = len(self.nodes.nodes)
        node = self.nodes.add(*spec)
        if len(self.nodes.nodes) == before:
            self.note("common subexpression")
        return node

    def _stays(self, spec: Spec) -> bool:
        """Whether no rule may fit an operation, and it is of no constants, repeated or not, and repeats nothing."""
        if self._fitting(spec):
            return False
        return spec[0] >= FIRST_TENSOR or not self._may_fold(spec)

    def _may_fold(self, spec: Spec) -> bool:
        """Whether an operation is of constants, repeated or not, or repeats something."""
        nodes = self.nodes.nodes
        return any(nodes[j][0] in FOLDING and len(nodes[j]) < 3 for j in spec[1])

    def _fitting(self, spec: Spec) -> tuple[Form, ...]:
        """The rules that may fit an operation."""
        return self.rules.fitting((spec[0], *[head(self.nodes, j) for j in spec[1]]))

    def _replaced(self, spec: Spec, shape: Any) -> int | Spec | None:
        """What the first rule that fits makes of a node."""
        for form in self._fitting(spec):
            found = match(self.nodes, form, spec, shape)
            if found is None or not pays(self.nodes, form, found, shape):
                continue
            after = self._built(form.replacement, found.bound, shape)
            if after is not None:
                self.note(form.rule.name)
                return after
        return None

    def _built(self, part: Pattern, bound: dict[str, Any], within: Any) -> int | Spec | None:
        """A replacement: a node, or the operation at its root with its arguments written; None where it cannot be."""
        nodes = self.nodes
        if part.kind == "any":
            return int(bound[part.name])
        if part.kind == "op" and part.code in (MUL, ADD, SUB):
            given: list[Any] = [bound[inner.name] if inner.kind in ("any", "number") else None for inner in part.args]
            given = [nodes.constant(c) if inner.kind == "any" else c for inner, c in zip(part.args, given, strict=True)]
            lost = all(isinstance(c, (int, float, Fraction)) for c in given)
            if lost and (sum(map(exponent, given)) > RANGE if part.code == MUL else apart(*given)):
                return None  # no double may hold their product, or the digits of both terms
        value = value_of(part, bound, self.exact)
        if value is not None:
            return nodes.number(value)
        if part.kind != "op":
            return None
        args: list[int] = []
        for inner in part.args:
            if inner.kind != "axes":
                made = self._built(inner, bound, within)
                if made is None:
                    return None
                args.append(made if isinstance(made, int) else nodes.add(*made))
        if part.name == "spread":
            return nodes.expanded(args[0], bound[part.args[1].name])
        if part.name == "entries":
            code, others, attr = bound[part.args[1].name]
            return code, (args[0], *others), attr
        attr = None
        if part.value is not None:
            attr = value_of(part.value, bound, self.exact)
            if attr is None or isinstance(attr, SymbolicConstant | bool):
                return None
        elif part.args[-1].kind == "axes":
            attr = bound[part.args[-1].name]
            if not has_axes(nodes, args[0], attr, bound):
                return None
            if part.name == "softmax":  # it has one axis
                if len(attr) != 1:
                    return None
                (attr,) = attr
        return part.code, tuple(args), attr

    # --- sums and products of many terms --------------------------------------------------------------------------

    def _gathered(self, spec: Spec, shape: Any) -> int | Spec | None:
        """A sum of more than two terms, or a product of so many factors, in which some rule found two."""
        family = FAMILIES.get(spec[0])
        if family is None or self.exact:  # what is associated anew rounds anew
            return None
        listed = self._opened(self._terms(spec, shape, family), family)
        if family.unit == 0 and shape:
            placed = PlacedTerms(self.nodes).joined(listed, shape)
            if placed is not None:
                self.note("placed side by side")
                return self._summed(placed, family)
        if len(listed) < 3 or self.budget < 0:
            return None
        terms, changed, at = Terms(self.nodes, self.rules, family, listed), False, 0
        while at < len(terms.listed):
            pair = self._pair(terms, at) if terms.listed[at] else None
            if pair is None:
                at += 1
                continue
            other, place, sign, node = pair
            terms.drop(other)
            terms.drop(at)
            terms.put(place, self._signed(sign, node, family))
            at, changed = min(at, other), True
        return self._summed([term for term in terms.listed if term], family) if changed else None

    def _terms(self, spec: Spec, shape: Any, family: Family) -> list[tuple[int, int]]:
        """The terms of a sum, each with its sign, or the factors of a product, -1 for divisors, from left to right."""
        nodes, terms = self.nodes, list[tuple[int, int]]()
        todo = [(1 if spec[0] == family.plus else -1, spec[1][1]), (1, spec[1][0])]
        while todo:
            sign, node = todo.pop()
            self.budget -= 1
            code, *args = nodes.nodes[node]
            inner = nodes.uses[node] <= 1 and nodes.shapes[node] == shape
            if inner and code in (family.plus, family.minus):
                todo += [(sign if code == family.plus else -sign, args[1]), (sign, args[0])]
            elif inner and code == NEG and family.unit == 0:
                todo.append((-sign, args[0]))
            else:
                terms.append(self._signed(sign, node, family))
        return terms

    def _opened(self, listed: list[tuple[int, int]], family: Family) -> list[tuple[int, int]]:
        """The terms, of sums that others read too those of which one cancels another: x + 1 - x is 1."""
        if family.unit:
            return listed
        there, opened = set(listed), list[tuple[int, int]]()
        for sign, node in listed:
            code, *args = self.nodes.nodes[node]
            parts = [(sign, node)]
            if code in (family.plus, family.minus):
                both = [(sign, args[0]), (sign if code == family.plus else -sign, args[1])]
                if any((-s, part) in there for s, part in both):
                    parts = both
            opened += parts
        return opened

    def _signed(self, sign: int, node: int, family: Family) -> tuple[int, int]:
        """A term without a sign of its own."""
        if family.unit == 0:
            code, *args = self.nodes.nodes[node]
            value = self.nodes.constant(node)
            if code == NEG:
                return -sign, args[0]
            if type(value) in (int, float) and value < 0:
                return -sign, self.nodes.number(-value)
        return sign, node

    def _pair(self, terms: Terms, at: int) -> tuple[int, int, int, int] | None:
        """A rule's two parts, the first being term `at`: where the second is, and what takes their place, and where."""
        for pair, k, whole, joined in terms.meeting(at):
            after = self._built(pair.form.replacement, whole.bound, joined)
            if after is not None and (isinstance(after, int) or pair.form.pattern.args[0].kind != "number"):
                self.note(pair.form.rule.name)
                place, (sign, _) = (at, k, min(at, k))[pair.place], terms.listed[at] or (0, 0)
                return k, place, sign, after if isinstance(after, int) else self.made(*after, False)
        return None

    def _summed(self, terms: list[tuple[int, int]], family: Family) -> int | Spec:
        """The sum of terms, from left to right; the last operation is not written yet."""
        nodes = self.nodes
        first = next((k for k, (sign, _) in enumerate(terms) if sign > 0), None)
        if first is None:
            total: int | Spec = nodes.number(family.unit)
        else:
            total = terms.pop(first)[1]
        for sign, node in terms:
            made = total if isinstance(total, int) else nodes.add(*total)
            total = (family.plus if sign > 0 else family.minus), (made, node), None
        return total
