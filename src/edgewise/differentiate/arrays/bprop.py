"""One edge of a tensor graph: its vector-Jacobian product and its tangent, as nodes.

Algorithm 6.5 of Goodfellow, Bengio and Courville, *Deep Learning*, asks of every operation a method `bprop(inputs, X,
G)` that returns Σ_m (∇_X op_m) G_m. It is written here once for each form of row: an elementwise operation multiplies
with its local partial and sums over what was broadcast, a linear one applies its transpose, and of any other the row's
differential is written and transposed, which is back-propagation over the few linear nodes it consists of.

What is propagated may have further axes in front ("lead"), one for each component that is differentiated at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from edgewise.differentiate.linearize import linearize, refused_partial
from edgewise.differentiate.smooth import FREE, WORK
from edgewise.differentiate.taken import Selection, selection_of
from edgewise.graph import Builder, Tape, apply_op, handle, reached
from edgewise.graph.tensors import tensor_writers as t
from edgewise.ops import CODE, CONST, FIRST_TENSOR, INPUT, TENSOR_CODE, TENSORS, Template, op_of_code, template_of

__all__ = ["Writer"]

ADD, SUB, MUL, DIV, NEG, WHERE = (CODE[name] for name in ("add", "sub", "mul", "div", "neg", "where"))
CONTRACT, RESHAPE, NORM, RADIAL = (TENSOR_CODE[name] for name in ("contract", "reshape", "norm", "radial"))
ARRAY, TAKING = TENSOR_CODE["array"], frozenset(TENSOR_CODE[name] for name in ("take", "untake"))
MOVING = frozenset(TENSOR_CODE[name] for name in ("reshape", "index", "unindex", "concatenate"))


class Writer:
    """Writes derivative nodes behind the nodes of a graph."""

    def __init__(self, builder: Builder, tape: Tape) -> None:
        self.builder, self.lin, self.starts = builder, linearize(tape), tape.start.tolist()
        self._eyes: dict[Any, Any] = {}
        self._same: list[int] = []
        self._seen: dict[Any, int] = {}
        self._norms: dict[Any, list[int]] = {}
        self._left = FREE + WORK * len(self.builder.nodes)
        self.unsought: list[int] = []
        """Functions of a norm that much lies between: no slope of theirs is written, where it is 0."""

    def expr(self, node: int) -> Any:
        """The handle of a node."""
        return handle(self.builder, node)

    def _parts(self, node: int) -> tuple[int, list[Any], Any]:
        code, *args = self.builder.nodes[node]
        return code, [self.expr(j) for j in args], self.builder.attrs.get(node)

    # --- reverse ------------------------------------------------------------------------------------------------

    def bprop(self, node: int, k: int, g: Any, condition: Any = None, *, wild: bool = False) -> Any:
        """What edge (node, k, its k-th argument) contributes to that argument, g having arrived at the node.

        None where no derivative flows along the edge. Where the node matters under a condition only, g is zero
        elsewhere, but the partial may be NaN or infinite there: the product is masked. Of an operation that mixes
        entries it is masked where the condition is one number: an entry of any other says nothing of the argument's.
        Where g may be infinite or NaN (`wild`), an edge that is not always taken is selected (see `taken`).
        """
        code, x, p = self._parts(node)
        out = self.expr(node)
        lead = len(t.shape_of(g)) - len(t.shape_of(out))
        if code < FIRST_TENSOR:
            product = self._elementwise(node, k, g, wild=wild)
            if product is None:
                return None
            if condition is not None and not self._constant_partial(code, x, k):
                product = t.apply("where", condition, product, 0)
            return t.sum_to(product, t.shape_of(x[k]), lead)
        product = self._of_row(code, x, p, k, g, out, lead)
        if product is None or condition is None or t.shape_of(condition) or (len(x) == 1 and code == CONTRACT):
            return product
        return t.apply("where", condition, product, 0)

    def activity(self, node: int, k: int, condition: Any) -> Any:
        """The condition under which the k-th argument of a node matters to the result, None where it may always.

        The node itself matters under `condition`. An entry of a condition speaks for the same entry of the argument:
        it gets lost where an operation mixes entries, but for a condition that is one number. Where an operation only
        puts the entries in another order, so is the condition.
        """
        code, x, p = self._parts(node)
        same = code < FIRST_TENSOR and t.shape_of(x[k]) == t.shape_of(self.expr(node))
        chosen = self.taken(node, k)
        if chosen is not None and (same or t.shape_of(chosen) in ((), t.shape_of(x[k]))):
            if condition is None or not (same or not t.shape_of(condition)):
                return chosen
            return t.apply("and", condition, chosen)
        if same or condition is None or not t.shape_of(condition):
            return condition
        return self._in_order(code, x, p, t.broadcast_to(condition, t.shape_of(self.expr(node))))

    def taken(self, node: int, k: int, *, points: bool = False) -> Any:
        """The condition under which an edge of an elementwise operation is taken, None for always.

        With `points` edges count too whose slope is 0 at a point alone.
        """
        code, x, _ = self._parts(node)
        selection = self._form(node, k)[1] if code < FIRST_TENSOR else None
        if selection is None or (selection.point and not points):
            return None
        test = self._written(selection.condition, x, self.expr(node))
        return test if selection.branch == 1 else t.apply("not", test)

    def _form(self, node: int, k: int) -> tuple[Template | None, Selection | None]:
        """The partial of an edge of an elementwise operation, and when it is taken."""
        if node < len(self.starts) - 1:
            kind = int(self.lin.template[self.starts[node] + k])
            self.lin.demand([self.starts[node] + k])
            return (None, None) if kind < 0 else (self.lin.templates[kind], self.lin.selections[kind])
        code, *_ = self.builder.nodes[node]
        op = op_of_code(code, tuple(self.builder.custom))
        template = template_of(op, k, self.builder.attrs.get(node))
        if template is not None and template.refusal:
            raise refused_partial(op, k, template, self.lin.tape.names.numbered(node), "")
        return template, None if template is None else selection_of(template)

    def _in_order(self, code: int, x: Sequence[Any], p: Any, condition: Any) -> Any:
        """A condition on the result of a reshaping or transposition, on the argument; None for any other operation."""
        shape = t.shape_of(x[0])
        if code == RESHAPE:
            return t.reshape(condition, len(p[1]), shape[len(shape) - p[0] :])
        if not self._reorders(code, x, p):
            return None
        (own,) = p.inputs
        kept = [letter for letter in own if letter in p.output]
        lengths = dict(zip(own, shape, strict=True))
        # Axes of length 1 come and go without a change of the order.
        order = [letter for letter in p.output if letter in kept]
        plain = t.reshape(condition, len(p.output), tuple(lengths[letter] for letter in order))
        turned = t.permuted(plain, [order.index(letter) for letter in kept])
        return t.reshape(turned, len(kept), shape)

    def _reorders(self, code: int, x: Sequence[Any], p: Any) -> bool:
        """Whether it is a contraction that only puts axes in another order, or such of length 1 in and out."""
        if code != CONTRACT or len(x) > 1 or any(length != 1 for _, length in p.sizes):
            return False
        (own,) = p.inputs
        lengths = dict(zip(own, t.shape_of(x[0]), strict=True))
        return len(set(own)) == len(own) and all(lengths[letter] == 1 for letter in p.summed)

    def moves(self, node: int) -> bool:
        """Whether an operation on tensors moves entries, each to one place, and makes others 0."""
        code, x, p = self._parts(node)
        if code in TAKING:
            array = self.builder.nodes[x[1]._node][0] == ARRAY
            places = self.builder.attrs[x[1]._node].values.ravel().tolist() if array else [-1]
            return min(places, default=0) >= 0 and len(set(places)) == len(places)
        return code in MOVING or self._reorders(code, x, p)

    def kept_axes(self, node: int, k: int, axes: Sequence[int]) -> tuple[int, ...] | None:
        """Where axes of the k-th argument are in the result of a contraction; None where one is summed over, and for
        any other operation.
        """
        code, _, p = self._parts(node)
        own = p.inputs[k] if code == CONTRACT else ()
        if code != CONTRACT or len(set(own)) < len(own) or not all(own[axis] in p.output for axis in axes):
            return None
        return tuple(p.output.index(own[axis]) for axis in axes)

    def same(self, one: Any, other: Any) -> bool:
        """Whether two nodes are the same operation on the same arguments."""
        nodes, attrs = self.builder.nodes, self.builder.attrs
        return nodes[one._node] == nodes[other._node] and attrs.get(one._node) == attrs.get(other._node)

    def _constant_partial(self, code: int, x: Sequence[Any], k: int) -> bool:
        """Whether the partial is a number, or selects: then a zero stays zero."""
        if code in (ADD, SUB, NEG, WHERE):
            return True
        other = x[1 - k]._node if code in (MUL, DIV) else -1
        return other >= 0 and (code == MUL or k == 0) and self.builder.nodes[other][0] == CONST

    def _of_row(self, code: int, x: Sequence[Any], p: Any, k: int, g: Any, out: Any, lead: int) -> Any:
        """The product of an edge of an operation on tensors, by its row."""
        row = TENSORS[code - FIRST_TENSOR]
        rule = row.rules[0] if row.variadic else row.rules[k]
        if rule is None:
            return None
        if row.variadic:
            return rule(t, k, g, out, x, p)
        if k in row.linear or k in row.transposes:
            product = row.transposes.get(k, rule)(t, g, out, x, p)
            return t.sum_to(product, t.shape_of(x[k]), lead)
        if code == RADIAL:
            x = [*x, self._slope_at(out)]
        return self._transposed(rule, x, p, k, g, out)

    def _transposed(self, rule: Any, x: Sequence[Any], p: Any, k: int, g: Any, out: Any) -> Any:
        """The transpose of a differential, applied to g: back-propagation from its result to `d`.

        The nodes of the differential that depend on d serve only as a pattern; nothing reads them in the end.
        """
        builder, shape = self.builder, t.shape_of(x[k])
        d = builder.nodes.leaf(INPUT)
        builder.attrs[d] = "d"
        if shape:
            builder.shapes[d] = shape
        result = rule(t, self.expr(d), out, x, p)
        last = result._node
        depends = {d}
        for i in range(d + 1, last + 1):
            if not depends.isdisjoint(builder.nodes[i][1:]):
                depends.add(i)
        table: dict[int, Any] = {last: g}
        for i in range(last, d, -1):
            if i not in table or i not in depends:
                continue
            arrived = table.pop(i)
            for position, j in enumerate(builder.nodes[i][1:]):
                if j in depends:
                    product = self.bprop(i, position, arrived)
                    table[j] = table[j] + product if j in table else product
        return table[d]

    def _elementwise(self, node: int, k: int, g: Any, *, wild: bool = False, points: bool = True) -> Any:
        """g times the local partial, before the sum over what was broadcast."""
        code, x, _ = self._parts(node)
        if code in (ADD, SUB):
            return -g if code == SUB and k == 1 else g
        if code == NEG:
            return -g
        template, selection = self._form(node, k)
        if template is None:
            return None
        selected = selection is not None and (code == WHERE or (wild and (points or not selection.point)))
        if selection is None or not (selected and selection.unit):
            g = self._multiplied(code, x, k, g, template, self.expr(node))
        if selection is None or not selected:
            return g
        # An edge that is not taken contributes zero, whatever flows along it.
        test = self._written(selection.condition, x, self.expr(node))
        return t.apply("where", test, *((g, 0) if selection.branch == 1 else (0, g)))

    def entry_by_entry(
        self, node: int, k: int, g: Any, condition: Any = None, *, wild: bool = False, points: bool = True
    ) -> Any:
        """g, of the shape of both ends of an edge, times the local partial; masked as in `bprop` and `tangent`."""
        product = self._elementwise(node, k, g, wild=wild, points=points)
        code, x, _ = self._parts(node)
        if product is None or condition is None or (points and self._constant_partial(code, x, k)):
            return product
        return t.apply("where", condition, product, 0)

    def _multiplied(self, code: int, x: Sequence[Any], k: int, g: Any, template: Template, out: Any) -> Any:
        if code == MUL:
            return g * x[1 - k]
        return g / x[1] if code == DIV and k == 0 else g * self._written(template, x, out)

    def _written(self, template: Template, x: Sequence[Any], out: Any) -> Any:
        """A template for an operation of these arguments and this result."""
        return template.write(x, lambda value: t.constant(out, value), apply_op, out)

    # --- forward ------------------------------------------------------------------------------------------------

    def tangent(self, node: int, k: int, d: Any, condition: Any = None, *, wild: bool = False) -> Any:
        """What edge (node, k, its k-th argument) contributes to the node's tangent; None for nothing.

        Where d is zero but under a condition, the product of an elementwise operation is masked.
        """
        code, x, p = self._parts(node)
        out = self.expr(node)
        shape = t.shape_of(out)
        if code < FIRST_TENSOR:
            own = len(t.shape_of(x[k]))
            lead = len(t.shape_of(d)) - own
            # Axes that broadcasting puts before the argument's stand behind those in front of its tangent.
            spread = t.expanded(d, range(-len(shape), -own)) if lead and own < len(shape) else d
            product = self._elementwise(node, k, spread, wild=wild, points=False)
            if product is not None and condition is not None:
                product = t.apply("where", condition, product, 0)
            return None if product is None else t.broadcast_to(product, (*t.shape_of(d)[:lead], *shape))
        row = TENSORS[code - FIRST_TENSOR]
        rule = row.rules[1] if row.variadic else row.rules[k]
        if rule is None:
            return None
        if row.variadic:
            return rule(t, k, d, out, x, p)
        if k in row.linear:
            args = [d if j == k else arg for j, arg in enumerate(x)]
            return t.write(row.name, args, p)
        if code == RADIAL:
            x = [*x, self._slope_at(out)]
        return rule(t, d, out, x, p)

    def reached(self, node: int, k: int, condition: Any) -> Any:
        """The condition under which a node depends on its k-th argument, that being varied under `condition`."""
        code, x, p = self._parts(node)
        if code == CONTRACT and len(x) == 1 and condition is not None:  # a sum depends on what one of its terms does
            counted = t.apply("where", t.broadcast_to(condition, t.shape_of(x[0])), 1, 0)
            return t.apply("gt", t.write("contract", [counted], p), 0)
        if code >= FIRST_TENSOR or t.shape_of(x[k]) != t.shape_of(self.expr(node)):
            return None
        chosen = self.taken(node, k, points=True)
        if chosen is None or condition is None:
            return condition if chosen is None else chosen
        return t.apply("and", condition, chosen)

    # --- functions of a norm ------------------------------------------------------------------------------------

    def _slope_at(self, radial: Any) -> Any:
        """The slope that the differential of a radial node reads."""
        _, (x, y), axes = self._parts(radial._node)
        slope = self.slope(x, y, axes)
        if slope is None:
            self.unsought.append(radial._node)
            return t.constant(y, 0)
        return slope

    def slope(self, x: Any, y: Any, axes: Any) -> Any:
        """The derivative of y in the norm of x, entry by entry; None where too much lies between them.

        A function of the norm that is smooth where x is 0 is even in it, so that y, its derivative in one norm, does
        not depend there on any other: a sweep from all norms at once finds the derivative of each in its own.
        """
        norms = self._norms_of(x._node, axes, y._node)
        if y._node in norms:
            return t.constant(y, 1)
        between = self._between(norms, y._node) if self._left >= 0 else []
        self._left -= len(between)
        if self._left < 0:
            return None
        one = t.constant(y, 1)
        arrived: dict[int, Any] = {node: t.broadcast_to(one, t.shape_of(self.expr(node))) for node in norms}
        for i in between:
            code, *args = self.builder.nodes[i]
            if i in arrived or (code == RADIAL and args[0] in arrived):
                continue
            for k, j in enumerate(args):
                product = self.tangent(i, k, arrived[j]) if j in arrived else None
                if product is not None:
                    arrived[i] = arrived[i] + product if i in arrived else product
        return arrived.get(y._node, t.constant(y, 0))

    def _norms_of(self, x: int, axes: Any, last: int) -> set[int]:
        """The norms, among the nodes up to `last`, of an argument that is written as x is."""
        builder, same = self.builder, self._same
        for i in range(len(same), last + 1):
            code, *args = builder.nodes[i]
            attr = builder.attrs.get(i)
            key: Any = (code, *(same[j] for j in args), attr) if args else i
            same.append(self._seen.setdefault(key, i))
            if code == NORM:
                self._norms.setdefault((same[args[0]], attr), []).append(i)
        return {i for i in self._norms.get((same[x], axes), ()) if i <= last}

    def _between(self, first: set[int], last: int) -> list[int]:
        """The nodes that `last` is made of and that are made of `first`, in order."""
        nodes, start = self.builder.nodes, min(first, default=last)
        needed = reached([last], lambda i: [j for j in nodes[i][1:] if j >= start])
        made = set(first)
        for i in sorted(needed):
            if not made.isdisjoint(nodes[i][1:]):
                made.add(i)
        return sorted((made & needed) - first) if last in made else []

    # --- identities ---------------------------------------------------------------------------------------------

    def identity(self, shape: Sequence[Any]) -> Any:
        """The derivative of a tensor, of one axis or more, in itself: δ over the shape twice."""
        rank = len(shape)
        pairs = [[k, rank + k] for k in range(rank)]
        eyes = [self._eye(length) for length in shape]
        return eyes[0] if rank == 1 else t.contract(pairs, range(2 * rank), eyes)

    def on_diagonal(self, x: Any, axes: Sequence[int]) -> Any:
        """A tensor laid where an entry of axes in front is that of its own `axes`; elsewhere there are zeros."""
        shape = t.shape_of(x)
        first, rank = len(axes), len(axes) + len(shape)
        pairs = [[k, first + axis] for k, axis in enumerate(axes)]
        eyes = [self._eye(shape[axis]) for axis in axes]
        return t.contract([range(first, rank), *pairs], range(rank), [x, *eyes])

    def is_one(self, x: Any) -> bool:
        """Whether it is the number 1."""
        return bool(self.builder.nodes[x._node][0] == CONST and self.builder.attrs[x._node] == 1)

    def _eye(self, length: Any) -> Any:
        if length not in self._eyes:
            self._eyes[length] = t.eye(length, self.builder)
        return self._eyes[length]

    def zeros(self, shape: Sequence[Any]) -> Any:
        """The derivative where no path arrives."""
        return t.broadcast_to(self.expr(self.builder.constant(0)), shape)
