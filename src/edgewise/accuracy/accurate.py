"""A program with its digits kept: which results lose digits, which forms keep them, and what that costs.

The sample is drawn twice: forms and thresholds are chosen by one, and whether they are better is said by the other.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

import numpy as np

from edgewise.accuracy.arena import Arena
from edgewise.accuracy.balls import Balls
from edgewise.accuracy.hyperbolic import APART, forms_of_exponentials
from edgewise.accuracy.parts import Parts
from edgewise.accuracy.rational import multiples_of
from edgewise.accuracy.regimes import split, tidy_threshold, written
from edgewise.accuracy.repaired import Options, Repaired, Repairs
from edgewise.accuracy.samples import Floats, Ranges, between, bits_of_error, bounds_of, computed, exact_values, sampled
from edgewise.accuracy.search import Found, Search, different, priced
from edgewise.accuracy.series import limit_at_zero
from edgewise.errors import InputError
from edgewise.evaluate import forward_propagation
from edgewise.graph import Layout, Tape, node_text
from edgewise.progress import Bar

__all__ = ["Like", "Repairing"]

LOST: Final = 2.0
"""Bits of error, on average, from which on a result is looked after."""
LITTLE: Final = 0.8
"""Bits of error from which on a form is taken that is better and hardly longer, if one is found in no time."""
LONGER: Final = 2
NO_TIME: Final = 0.5
TO_TELL: Final = 0.05
"""The share of its seconds in which a search writes down what it has found."""
TO_FIND: Final = 0.75
"""The share of a node's time in which forms are looked for, before they are put together."""
TO_DRAW: Final = 0.25
"""The share of all seconds in which a sample is drawn."""
ANYWHERE: Final = 12.0
"""Bits of error at some point from which on it is."""
GAIN: Final = 0.5
"""Bits that a repair must save on average."""
SOUND: Final = 4.0
WORSE: Final = 8.0
FEW: Final = 1.5e-3
"""At some points a form may lose many more bits than the one before, if it gains on average: at this share of them for
each bit."""
MOST_OFFERS: Final = 12
MOST_VALUES: Final = 4
"""So many results, the first, are looked at as what another one may be a multiple of."""
MULTIPLE: Final = "multiple of another result"
MOST_WHOLES: Final = 2
"""Of so many forms, the best, the parts are repaired by themselves."""
BISECTIONS: Final = 14
AROUND: Final = 10
MOST_CULPRITS: Final = 8
WIDE: Final = 40
"""Operations of a result from which on the nodes in it that lose digits are repaired on their own first."""


Like = tuple[Tape, Sequence[int]]
"""Another graph of the same inputs, and its nodes that are equal to the results."""


class Repairing(Repairs):
    """The search for the repairs of a graph of scalars."""

    def __init__(self, tape: Tape, roots: Sequence[int], options: Options, more: Sequence[Like] = ()) -> None:
        self.start, self.balls = time.monotonic(), Balls(tape)
        self.end = self.start + (1 - TO_TELL) * options.seconds
        asked, all_roots = (options.ranges, options.points), list(dict.fromkeys(roots))
        draw = partial(sampled, tape, all_roots, *asked, condition=options.condition)
        self.sample = draw(seed=options.seed, until=self.start + TO_DRAW * options.seconds)
        test = draw(seed=options.seed + 1, until=self.start + 2 * TO_DRAW * options.seconds)
        arena = Arena(self.sample.inputs)
        super().__init__(tape, all_roots, options, test, arena, arena.read(tape), tuple(self.balls.without))
        self.roots_given, self.bounds = list(roots), bounds_of(tape, options.ranges)
        self.search = Search(self.arena, self.end)
        self.chosen: dict[int, tuple[Found, ...]] = {}
        self.parts = Parts(self.arena, self.bounds, self._part)
        self.more = more
        self._repair()

    def forms_of(self, node: int) -> list[int]:
        """The expressions that a result may stand as: those of its segments, or the one that it has."""
        return [one.form for one in self.chosen.get(node, ())] or [self._form(node)]

    def tape_of(self, forms: Sequence[int], layout: Layout) -> Tape:
        """A graph of some expressions."""
        return replace(self.arena.tape(self.tape, forms, self.place)[0], layout=layout)

    # --- which --------------------------------------------------------------------------------------------------

    def _repair(self) -> None:
        try:
            with Bar("accuracy", self.options.progress) as bar:
                losing = []
                for root in self.roots:
                    if self._loses(root, LOST):
                        losing.append(root)
                    else:
                        self._only_limit(root)
                for k, root in enumerate(losing):
                    bar.update(k, f"result {k + 1} of {len(losing)}", len(losing))
                    if self.arena.operations([self.place[root]]) > WIDE:
                        for node in self._culprits(root):
                            self._try(node, 0.2 / (len(losing) - k))
                    self._try(root, min(1.5 / (len(losing) - k), 0.9))
                for root in self.roots:
                    if root not in self.repairs and self._loses(root, LITTLE):
                        self._try(root, 0.5, little=True)
        except KeyboardInterrupt:  # what has been found is kept
            self.interrupted = True

    def _loses(self, node: int, mean: float) -> bool:
        error = self.search.error(self._form(node), self.sample.exact[node], self.sample.normal(node))
        return len(error) > 0 and (error.mean() >= mean or error.max() >= ANYWHERE)

    def _form(self, node: int) -> int:
        """What a node has become so far."""
        return self.arena.replaced([self.place[node]], self.instead)[0]

    def _work(self, instead: Mapping[int, int]) -> int:
        """The operations of all results, with some expressions in the place of others."""
        forms = [self._form(root) for root in self.roots]
        return self.arena.operations(self.arena.replaced(forms, instead))

    def _culprits(self, root: int) -> list[int]:
        """The nodes below a result that lose digits of arguments that are exact, arguments first."""
        found: list[tuple[float, int]] = []
        live = self.tape.live([root])
        for i, _, args in self.tape.rows():
            if not live[i] or i == root or not args:
                continue
            value = self._locally(i, args)
            where = self.sample.normal(i)
            error = bits_of_error(value[where], self.sample.exact[i][where])
            if len(error) and error.mean() >= LOST:
                found.append((float(error.mean()), i))
        return sorted(node for _, node in sorted(found, reverse=True)[:MOST_CULPRITS])

    def _locally(self, node: int, args: Sequence[int]) -> Floats:
        arena = Arena([self.sample.exact[j] for j in args])
        form = arena.raw(self.tape.op(node), [arena.input(k) for k in range(len(args))], self.tape.attrs.get(node))
        return arena.values(form)

    # --- how ----------------------------------------------------------------------------------------------------

    def _try(self, node: int, share: float, *, little: bool = False) -> None:
        """Look for a better form of a node, and keep it where another sample says that it is one.

        Where it loses `little` the form may hardly be longer.
        """
        left = self.end - time.monotonic()
        if left <= 0:
            return
        sample, where = self.sample, self.sample.normal(node)
        if not where.any():
            return
        given = min(max(min(share * left, NO_TIME if little else left), 0.2), left)
        self._node_end = time.monotonic() + given
        self.search.deadline = self._node_end - (1 - TO_FIND) * given
        form = self._form(node)
        plain, condition = self._apart(form)
        others = self.arena.by(
            self._node_end,
            lambda: {self._apart(other)[0]: name for other, name in self._others(node)},
            dict[int, str](),
        )
        others.pop(plain, None)
        apart = [] if little else [(other, (name,)) for other, name in others.items() if name == APART]
        mended = self.arena.by(self._node_end, lambda: self._by_parts(apart, sample.exact[node], where), list[Found]())
        found = self.search.alternatives(plain, sample.exact[node], where, others)
        wholes = [] if little else sorted(different(found), key=priced)[:MOST_WHOLES]
        parts = [(one.form, one.names) for one in wholes]
        found += mended
        found += self.arena.by(self._node_end, lambda: self._by_parts(parts, sample.exact[node], where), list[Found]())
        best = min(found, key=priced)
        branches = self.arena.inputs_of(plain)
        self._node, known_at_zero = node, limit_at_zero(self.arena, plain) is not None
        meeting = lambda: split(self.arena, found, branches, where, self._meet)
        regimes = self.arena.by(self._node_end, meeting, None) if not little else None
        offers: list[tuple[tuple[Found, ...], tuple[float, ...]]] = [((best,), ())]
        if regimes is not None and regimes.mean < best.mean - GAIN / 2:
            offers.insert(0, (regimes.forms, regimes.thresholds))
        order = sorted(different(found), key=priced)
        offers += [((one,), ()) for one in order[1:MOST_OFFERS]]
        before = self._tested(form, node)
        for forms, thresholds in offers:
            made = written(self.arena, regimes) if thresholds and regimes is not None else forms[0].form
            if condition is not None and not (self._is_zero_alone(condition) and known_at_zero):
                made = self.arena.op("where", condition, form, made)
            made = self._with_limit(plain, made)
            if made == form or (little and self._work({form: made}) > self._work({}) + LONGER):
                continue
            after = self._tested(made, node)
            if self._is_better(before, after):
                break
        else:
            return
        self.chosen[node] = forms
        rules = [name for one in forms for name in one.names]
        self._keep(node, form, made, before, after, rules, thresholds)

    def _keep(
        self,
        node: int,
        form: int,
        made: int,
        before: Floats,
        after: Floats,
        rules: Sequence[str],
        thresholds: tuple[float, ...] = (),
    ) -> None:
        """Another form in the place of a node's, wherever it stands, and the row that says so."""
        self.steps[node] = {form: made, self.place[node]: made}
        self.instead.update(self.steps[node])
        self.repairs[node] = Repaired(
            node,
            tuple(dict.fromkeys(rules)),
            float(before.mean()) if len(before) else 0.0,
            float(after.mean()) if len(after) else 0.0,
            self.arena.operations([made]) - self.arena.operations([form]),
            self._text(made),
            thresholds,
            self.tape.line(node),
        )

    def _text(self, form: int) -> str:
        tape = self.arena.tape(self.tape, [form], self.place)[0]
        return node_text(tape, tape.outputs[0], 400)

    def _others(self, node: int) -> list[tuple[int, str]]:
        """Forms of a node to begin from besides: as it was written, as the derivative of a repaired value, and as a
        multiple of a result before it."""
        found = [(self.place[node], "")]
        plain = self._apart(self.place[node])[0]
        found += [(form, name) for name, form in forms_of_exponentials(self.arena, plain)]
        earlier = self.roots[: min(self.roots.index(node), MOST_VALUES)] if node in self.roots else ()
        multiples = [form for value in earlier for form in multiples_of(self.arena, plain, self.place[value])]
        found += [(form, MULTIPLE) for form in self.arena.replaced(multiples, self.instead)]
        for tape, nodes in self.more if not multiples else ():
            for result, other in zip(self.roots_given, nodes, strict=True):
                if result == node:
                    found.append((self.arena.read(tape)[other], "derivative of the repaired value"))
        return found

    def _by_parts(self, forms: Sequence[tuple[int, tuple[str, ...]]], exact: Floats, where: Any) -> list[Found]:
        """Forms of which each part that depends on the inputs through one number is repaired as a function of it."""
        made = []
        for form, names in forms:
            other, rules = self.parts.within(form, self._node_end)
            if rules:
                error = self.search.error(other, exact, where)
                names = tuple(dict.fromkeys([*names, *rules]))
                made.append(Found(other, names, error, self.arena.operations([other])))
        return made

    def _part(self, tape: Tape, ranges: Ranges, seconds: float) -> tuple[Tape, tuple[str, ...]]:
        """A graph of one input repaired, and the rewrites that it took; none where it has no value at any point."""
        asked = replace(self.options, ranges=ranges, condition=None, progress=False, seconds=seconds)
        try:
            repairing = Repairing(tape, tape.outputs, asked)
        except InputError:
            return tape, ()
        rules = tuple(name for one in repairing.repairs.values() for name in one.rules)
        return repairing.finished(np.zeros(0, dtype=np.int64))[0], rules

    def _apart(self, form: int) -> tuple[int, int | None]:
        """An expression without selections that are the same at all points, and the condition for the others.

        What a derivative selects is the exception at one point, such as the length 0. Away from it the expression is
        one without selections, and can be rewritten as a whole.
        """
        arena = self.arena
        instead: dict[int, int] = {}
        conditions: list[int] = []
        for at in arena.below([form]):
            if not arena.is_op(at, "where"):
                continue
            condition = arena.replaced([arena.forms[at][1][0]], instead)[0]
            values = arena.values(condition)
            if (values == 0).all():
                instead[at] = arena.replaced([arena.forms[at][1][2]], instead)[0]
                conditions.append(condition)
        if not conditions:
            return form, None
        made = conditions[0]
        for condition in dict.fromkeys(conditions[1:]):
            if condition != made:
                made = arena.op("or", made, condition)
        return arena.replaced([form], instead)[0], made

    def _with_limit(self, plain: int, made: int) -> int:
        """A form with the limit of the expression at 0, where it is not finite there and the limit is known."""
        arena = self.arena
        inputs = arena.inputs_of(plain)
        if len(inputs) != 1 or not self._may_be_zero(arena.forms[inputs[0]][2]):
            return made
        zeros = [np.zeros(1)] * len(self.tape.inputs)
        if np.isfinite(self._values(made, zeros)[0]):
            return made
        limit = limit_at_zero(arena, plain)
        if limit is None:
            return made
        return arena.op("where", arena.op("eq", inputs[0], arena.constant(0)), arena.constant(limit), made)

    def _may_be_zero(self, k: int) -> bool:
        """Whether 0 is among the points that were asked for; with a condition on several inputs that is not known."""
        low, high = self.bounds[k]
        condition = self.options.condition
        if condition is None or not low <= 0 <= high:
            return low <= 0 <= high
        found = forward_propagation(condition, [0.0] * len(condition.inputs)).values[condition.outputs[0]]
        return len(condition.inputs) == 1 and bool(found)

    def _is_zero_alone(self, condition: int) -> bool:
        """Whether a condition is that an input is 0."""
        return self.arena.is_op(condition, "eq") and self.arena.number(self.arena.forms[condition][1][1]) == 0

    def _only_limit(self, root: int) -> None:
        """The limit at 0 of a result that loses no digits elsewhere."""
        form = self._form(root)
        plain, _ = self._apart(form)
        made = self._with_limit(plain, form)
        if made != form:
            before, after = self._tested(form, root), self._tested(made, root)
            self._keep(root, form, made, before, after, ["limit at a removable singularity"])

    @staticmethod
    def _is_better(before: Floats, after: Floats) -> bool:
        """Whether a form loses fewer bits than the one before it at points that it was not chosen by."""
        gain = float(before.mean() - after.mean()) if len(before) else 0.0
        if gain < GAIN:
            return False
        worse = (after > np.maximum(before, SOUND) + WORSE).mean()
        return bool(worse <= gain * FEW)

    def _tested(self, form: int, node: int) -> Floats:
        where = self.test.normal(node)
        return bits_of_error(self._values(form, self.test.inputs)[where], self.test.exact[node][where])

    def _values(self, form: int, inputs: Sequence[Floats]) -> Floats:
        tape, _ = self.arena.tape(self.tape, [form], self.place)
        return computed(tape, tape.outputs, inputs, len(inputs[0]))[0]

    def _meet(self, branch: int, lower: Found, upper: Found, low: float, high: float) -> float:
        """Where between two values of an input the upper form becomes the better one: bisected with new points."""
        k = self.arena.forms[branch][2]
        order = np.argsort(np.abs(self.sample.inputs[k] - between(low, high)), kind="stable")[:AROUND]
        others = [values[order].copy() for values in self.sample.inputs]
        pair = self.arena.tape(self.tape, [lower.form, upper.form], self.place)[0]
        for _ in range(BISECTIONS):
            middle = between(low, high)
            if not low < middle < high or time.monotonic() > self._node_end:
                break
            others[k] = np.full(len(order), middle)
            exact = np.array(
                [exact_values(self.balls, point, [self._node])[self._node] for point in zip(*others, strict=True)]
            )
            errors: list[float] = []
            for value in computed(pair, pair.outputs, others, len(order)):
                error = bits_of_error(value, exact)
                errors.append(float(np.nanmean(error)) if not np.isnan(error).all() else np.nan)
            if np.isnan(errors).any():
                break
            low, high = (low, middle) if errors[1] < errors[0] else (middle, high)
        return tidy_threshold(low, high)
