"""The graph while it is simplified: each pass writes it anew, and every node of the first graph keeps a place to go.

Only what the roots need takes part in the passes. Nodes that the ledger alone still names are given a node of their
value at the end, from their definition in the first graph: that is how the ledger survives.
"""

from __future__ import annotations  # noqa: I001

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from edgewise.built import held
from edgewise.graph import Tape, code_table
from edgewise.ops import CODE
from edgewise.simplify.scalars.arithmetic import attribute_numbers
from edgewise.simplify.scalars.constants import Constants
from edgewise.simplify.scalars.equal_values import look_for_equals, plan_merges, want_targets
from edgewise.simplify.scalars.finishing import adopt, flatten, number_nodes, unplaced, widen
from edgewise.simplify.scalars.known_conditions import plan_factors, plan_selections
from edgewise.simplify.scalars.matching import fits_somewhere
from edgewise.simplify.scalars.normal_form import plan_anew
from edgewise.simplify.scalars.observer import Observer
from edgewise.simplify.scalars.passes import begin, compose, load, operations, rebuild, widest
from edgewise.simplify.scalars.planned_values import give_back, spoilt_targets
from edgewise.simplify.scalars.probing import drop_spoilt
from edgewise.simplify.scalars.ranges import MOST, POSITIVE, probed_at_ends, probed_in_parts
from edgewise.simplify.scalars.state import NO_PLAN, Plan, Rules, Sheet, State
from edgewise.simplify.scalars.sums import plan_sums
from edgewise.simplify.scalars.term_lists import Trees, gather
from edgewise.simplify.scalars.work_columns import (
    ADD, ASK, ATTR, DONE, GROW, HEADROOM, MEMO, MORE_VALUES, NOTHING, OP, SIGN_SETS, SUB, UNKNOWN, Ints,
)  # fmt: skip

__all__ = ["PLANNED", "SHARED_PRODUCT", "SHARED_SUM", "WorkingGraph"]

PLANNED: Final = (
    "signs gathered or like terms in a sum",
    "common factor of a sum",
    "sum shared between sums",
    "product shared between products",
    "equal values",
    "selection by a known condition",
    "factor out of a mask",
    "products planned anew",
)
"""What a stage plans before a pass."""

TIDIED, FACTORED, SHARED_SUM, SHARED_PRODUCT, EQUAL, KNOWN, UNMASKED, ANEW = range(8)

MOST_PLANNED: Final = 2_000
"""The most nodes of a graph whose products are planned anew."""

ELEMENTARY: Final = code_table([CODE[name] for name in (
    "const input add sub mul div neg power pow sqrt cbrt exp expm1 log log1p sin cos tan asin acos atan sinh cosh tanh"
    " sech erf erfc expsq sigmoid").split()])  # fmt: skip
"""Operations of the graphs whose products are planned anew: of others the probes do not see where they leave the range,
and selections have slopes on either side."""

TRIES: Final = 10
"""How often they are planned, with more and more that stays as it is written."""


class WorkingGraph:
    """`first` is the graph as given, `sheet` as the last pass wrote it, `image` the way from the one to the other.

    Between two passes `state` has `sheet` in hand.
    """

    def __init__(self, tape: Tape, roots: Ints, rules: Rules, observer: Observer | None = None) -> None:
        self.tape = tape
        self._observer = observer or Observer()
        self.constants = Constants(rules, len(tape.attrs))
        width = widest(held(tape.start))
        s = self.state = State(rules, self.constants.columns, width)
        s.two, self._zero, self._one = map(self.constants.number, (2, 0, 1))
        self.first = self.sheet = s.memory.sheet(len(tape), width)
        s.take(self.first)
        load(s, held(tape.ops), held(tape.start), held(tape.args), held(roots))
        self.first.count = len(tape)
        for node in attribute_numbers(self.constants.columns, rules, self.first, tape.attrs):
            self.first.rows[node, ATTR] = self.constants.number(tape.attrs[node])
        self.image = np.arange(len(tape))
        s.inputs = held(np.array(tape.inputs, dtype=np.int64))
        s.signs = held(np.array([SIGN_SETS[p.sign] for p in tape.parameters for _ in range(p.size)], dtype=np.int64))
        self._trees: Trees | None = None
        self._asked, self._extra = 0, [0] * len(PLANNED)

    @property
    def nodes(self) -> Ints:
        """The rows of the graph."""
        return self.sheet.rows[: self.sheet.count]

    # --- passes -------------------------------------------------------------------------------------------------------

    @property
    def operations(self) -> int:
        """How many operations the roots need."""
        return int(operations(self.sheet))

    def begin(self) -> None:
        """The first pass: units, constants, duplicates, and the rules as far as they go upwards."""
        self._pass(NO_PLAN)

    def rewrite(self) -> bool:
        """A pass of the rules over the whole graph, if any of them fits; whether one did."""
        fits = fits_somewhere(self.state)
        if fits:
            self._pass(NO_PLAN)
        return bool(fits)

    def _pass(self, plan: Plan) -> None:
        """Write the graph anew, with twice the room as long as there is too little.

        Where this is interrupted, the graph stays as the last pass wrote it.
        """
        s, room = self.state, self.sheet.count + plan.room + 2 * HEADROOM
        fired = s.counts.copy()
        s.plan = plan
        try:
            while not self._written(plan, room):
                room *= 2
                plan.begin_again()
                s.counts[:] = fired
                s.take(self.sheet)
        except KeyboardInterrupt:
            s.counts[:] = fired
            s.take(self.sheet)
            s.set_table(1)  # it, and where constants are, are of the graph that is not to be: `finish` begins anew
            raise
        finally:
            s.plan = NO_PLAN
        s.memory.free()

    def _written(self, plan: Plan, room: int) -> bool:
        """Write the graph anew if the room is enough."""
        s, old, observer = self.state, self.sheet, self._observer
        sheet = self._fresh(room)
        observer.on_pass_start(self, plan)
        for first in range(0, old.count, observer.step):
            last = min(first + observer.step, old.count)
            if not self._run(lambda at, last=last: rebuild(s, old, at, last), first):  # type: ignore[misc]
                return False
            observer.on_progress(self, last)
        way = self.image.copy()
        compose(s, held(way))
        sheet.count = s.count
        # In one breath: an interrupt comes before or after.
        self._trees, self.sheet, self.image = None, sheet, way
        if old is not self.first:
            s.memory.keep(old)
        observer.on_pass_end(self)
        return True

    def _fresh(self, room: int) -> Sheet:
        """A sheet with the inputs alone in hand."""
        s, old = self.state, self.sheet
        sheet = s.memory.sheet(room + len(self.tape.inputs), old.width)
        # A table that stays near the processor: at most three quarters are taken, see `cramped`.
        slots = 1 << (3 * room // 2).bit_length()
        if s.slots != slots:
            s.set_table(slots)
        begin(s, old, sheet, old is self.first)
        return sheet

    def _run(self, compiled_pass: Callable[[int], int], at: int = 0) -> bool:
        """Run a pass from `at` to its end, answering what it asks; False where it needs more room for nodes."""
        s = self.state
        while True:
            s.stopped = DONE
            at = compiled_pass(at)
            if s.stopped == GROW:
                return False
            if s.stopped == MORE_VALUES:
                self.constants.reserve(2 * HEADROOM)
            elif s.stopped == ASK:
                self._answer(s.asked_op, s.asked_first, s.asked_second, s.asked_slot)
            else:
                return True

    def _answer(self, op: int, first: int, second: int, slot: int) -> None:
        """Do arithmetic for a pass. The answers are forgotten when their table is half full: some are asked again."""
        s = self.state
        self._asked += 1
        if 2 * self._asked > MEMO:
            s.answers[:] = UNKNOWN
            self._asked = 1
        s.answers[slot] = op, first, second, self.constants.answer(op, first, second)

    # --- sums and products --------------------------------------------------------------------------------------------

    def _sums(self) -> Trees:
        """The sums of the graph as it is."""
        if self._trees is None:
            self._trees = gather(self.state, ADD, SUB)
        return self._trees

    def tidy_sums(self) -> bool:
        """Collect like terms, gather signs and take out common factors in every sum that gets shorter; whether any."""
        tidied, factored = plan_sums(self.state, self._sums(), self._one)
        if not tidied + factored:
            return False
        self._pass(self.state.plan)
        self._extra[TIDIED] += tidied
        self._extra[FACTORED] += factored
        return True

    def merge(self) -> bool:
        """Compute once what is equal in value, however it is written; whether there was any."""
        s, left = self.state, look_for_equals(self.state)
        if left and self.sheet.count <= MOST:
            want_targets(s)
            for values in probed_in_parts(s, self.constants.__getitem__):
                left = drop_spoilt(self.sheet, held(values), s.targets, NOTHING)
        if not left:
            return False
        plan_merges(s, self._zero, EQUAL)
        self._pass(s.plan)
        self._extra[EQUAL] += left
        return True

    def select(self) -> bool:
        """Take the branch of selections whose condition is known where they are read; whether there were any."""
        decided = plan_selections(self.state, held(self.image), KNOWN)
        if not decided:
            return False
        self._pass(self.state.plan)
        self._extra[KNOWN] += decided
        return True

    def unmask(self) -> bool:
        """Take factors that are surely finite out of masks; whether there were any."""
        done = plan_factors(self.state, UNMASKED)
        if not done:
            return False
        self._pass(self.state.plan)
        self._extra[UNMASKED] += done
        return True

    def plan_anew(self, proving: bool, *, near: bool) -> bool:
        """Plan all products and sums anew, if that takes fewer operations; whether it does.

        What would leave the range stays as it is written; where that is to be seen `near`, numbers whose products
        leave it anyway are not tried. What is not 0 as far as its sign is known may cancel where that is `proving`.
        """
        s = self.state
        if self.sheet.count > MOST_PLANNED or not ELEMENTARY[self.nodes[:, OP]].all():
            return False
        opaque, kept = (held(np.zeros(s.count, dtype=np.int32)) for _ in range(2))
        for _ in range(TRIES):
            self.constants.reserve(2 * s.count)
            saved = plan_anew(s, opaque, kept, held(POSITIVE), proving, ANEW)
            if saved == 0:
                return False
            if saved < 0:
                continue
            values, count = probed_at_ends(s, self.constants.__getitem__, near=near)
            if not spoilt_targets(s, held(values), count, opaque):
                give_back(s)
                self._pass(s.plan)
                self._extra[ANEW] += 1
                return True
        return False

    # --- the end ------------------------------------------------------------------------------------------------------

    def finish(self, kept: npt.NDArray[np.bool_]) -> tuple[Tape, Ints]:
        """The graph with a node for every kept one, numbered in order of place, and the map from the first graph."""
        s, wanted, image = self.state, kept.astype(np.uint8), self.image.copy()
        missing = unplaced(self.first, held(image), held(wanted))
        if missing:
            room = s.count + missing + 2 * HEADROOM
            if s.room < room or 3 * s.slots < 4 * room:
                self._fresh(room)
                s.image = held(np.arange(self.sheet.count))
                widen(s, self.sheet)
            s.image = held(image)
            self._run(lambda at: adopt(s, self.first, held(wanted), at))
        order, number = number_nodes(s, held(kept.view(np.uint8)), held(image), len(self.tape.inputs))
        made = self.tape_of(s.sheet.rows[: s.count], order, number, image)
        s.memory.keep(self.first)
        if s.sheet is not self.first:  # it is where an interrupt came before the first pass
            s.memory.keep(s.sheet)
        s.hand_back()
        return made, image

    def tape_of(self, nodes: Ints, order: Ints, number: Ints, new: Ints) -> Tape:
        """The numbered nodes of `order` as a tape; `new` leads to their numbers from the first graph."""
        tape, constants = self.tape, self.constants
        attrs: dict[int, Any] = dict(enumerate(map(tape.attrs.__getitem__, tape.inputs)))
        columns = flatten(constants.columns, constants.others, held(nodes), held(order), held(number), attrs)
        ops, start, args = columns
        return Tape(
            ops, start, args, parameters=tape.parameters, layout=tape.layout, custom=tape.custom,
            **tape.moved(new, attrs),
        )  # fmt: skip

    def report(self) -> dict[str, int]:
        """How often each rule fired, the most frequent first."""
        counts = {PLANNED[k]: count for k, count in enumerate(self._extra) if count}
        fired = self.state.counts.nonzero()[0]
        for k, count in zip(fired.tolist(), self.state.counts[fired].tolist(), strict=True):
            name = self.state.rules.names[k]
            counts[name] = counts.get(name, 0) + count
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
