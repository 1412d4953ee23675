"""The graph while it is simplified: each pass writes it anew, and every node of the first graph keeps a place to go.

Only what the roots need takes part in the passes. Nodes that the ledger alone still names are given a node of their
value at the end, from their definition in the first graph: that is how the ledger survives.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from edgewise.graph import Tape
from edgewise.ops import INPUT
from edgewise.simplify.rules import RULES
from edgewise.simplify.scalars.constants import Constants
from edgewise.simplify.scalars.equal_values import (
    NOTHING,
    SAMPLES,
    SEEDS,
    confirm,
    equal_values,
    plan_merges,
    running_errors,
    trust,
)
from edgewise.simplify.scalars.known_conditions import (
    LENGTHS,
    PARTS,
    TRUTH,
    known_selections,
    plan_factors,
    plan_selections,
)
from edgewise.simplify.scalars.matching import fits_somewhere
from edgewise.simplify.scalars.modular_values import residues
from edgewise.simplify.scalars.observer import Observer
from edgewise.simplify.scalars.passes import (
    adopt,
    compose,
    flatten,
    load,
    number_nodes,
    rebuild,
    unplaced,
    use_counts,
    widen,
)
from edgewise.simplify.scalars.ranges import MOST, keep_in_range, probed
from edgewise.simplify.scalars.sums import plan_sums, promising_sums
from edgewise.simplify.scalars.term_lists import Trees, gather
from edgewise.simplify.scalars.work_columns import (
    ARGS,
    ASK,
    ASKED,
    ATTR,
    CLS,
    CODES,
    COUNT,
    FIRED,
    FLAG,
    GROW,
    HEADROOM,
    IMAGE,
    LOOK,
    MEMO,
    MEMO_SIZE,
    MORE_VALUES,
    NO_PLAN,
    NODE,
    OP,
    PENDING_COUNT,
    PLACE,
    SIGN,
    SIGN_SETS,
    SPEC,
    TWO,
    UNKNOWN,
    USES,
    VALUES,
    Ints,
    Plan,
    empty_plan,
    zeros,
)

__all__ = ["NAMES", "PLANNED", "SHARED_PRODUCT", "SHARED_SUM", "WorkingGraph"]

NAMES: Final = ("constant folding", "common subexpression", *(rule.name for rule in RULES))
"""What each of the counters in `work` counts, from FIRED on."""

PLANNED: Final = (
    "signs gathered or like terms in a sum",
    "common factor of a sum",
    "sum shared between sums",
    "product shared between products",
    "equal values",
    "selection by a known condition",
    "factor out of a mask",
)
"""What a stage plans before a pass."""

TIDIED, FACTORED, SHARED_SUM, SHARED_PRODUCT, EQUAL, KNOWN, UNMASKED = range(7)


class WorkingGraph:
    """`first` is the graph as given, `nodes` as the last pass wrote it, `image` the way from the one to the other."""

    def __init__(self, tape: Tape, roots: Ints, look: Ints, rules: Ints, observer: Observer | None = None) -> None:
        self.tape, self.look, self.rules = tape, look, rules
        self._observer = observer or Observer()
        n, width = len(tape), max(3, int(np.diff(tape.start).max(initial=0)))
        self.work = zeros(SPEC + 2 * (2 + width))
        self.work[MEMO : MEMO + 4 * MEMO_SIZE] = UNKNOWN
        self.constants = Constants(rules, self.work, 2 * HEADROOM + len(tape.attrs))
        self.work[TWO] = self.constants.number(2)
        first = np.empty((n, ARGS + width), dtype=np.int32)
        load(tape.ops, tape.start, tape.args, CODES, first)
        first[:, ATTR] = self._attributes()
        use_counts(first, roots)
        self.first = self.nodes = first
        self.image = np.arange(n)
        self._inputs = np.array(tape.inputs, dtype=np.int64)
        promised = [SIGN_SETS[p.sign] for p in tape.parameters for _ in range(p.size)]
        self._signs = np.array(promised, dtype=np.int32)
        self._stack = zeros(0)
        self._spare = (first[:0], first[:0])
        self._table: npt.NDArray[np.int32] = np.empty(0, dtype=np.int32)
        self._trees: Trees | None = None
        self._numbers: npt.NDArray[np.float64] | None = None
        self._asked, self._extra = 0, zeros(len(PLANNED))

    def _attributes(self) -> Ints:
        """Each node's attribute as the number of its value. Names of inputs are never compared."""
        attr = zeros(len(self.tape))
        valued = {node: value for node, value in self.tape.attrs.items() if type(value) is not str}
        attr[list(valued)] = self.constants.numbers(list(valued.values()))
        return attr

    # --- passes -------------------------------------------------------------------------------------------------------

    @property
    def operations(self) -> int:
        """How many operations the roots need."""
        return int(np.count_nonzero((self.nodes[:, USES] > 0) & (self.nodes[:, ARGS] >= 0)))

    def begin(self) -> None:
        """The first pass: units, constants, duplicates, and the rules as far as they go upwards."""
        self._pass(NO_PLAN)

    def rewrite(self) -> bool:
        """A pass of the rules over the whole graph, if any of them fits; whether one did."""
        fits = fits_somewhere(self.nodes, self.constants.columns, self.look, self.rules, CODES, self.work)
        if fits:
            self._pass(NO_PLAN)
        return bool(fits)

    def _pass(self, plan: Plan, kinds: Ints | None = None) -> None:
        """Write the graph anew, with twice the room as long as there is too little; see `Observer` for `kinds`.

        Where this is interrupted, the graph stays as the last pass wrote it.
        """
        room = len(self.nodes) + len(plan.made) + 2 * HEADROOM
        fired = self.work[FIRED:MEMO].copy()
        try:
            while not self._written(plan, kinds, room):
                room *= 2
                plan.made[:, IMAGE] = -1
                self.work[FIRED:MEMO] = fired
        except KeyboardInterrupt:
            self.work[FIRED:MEMO], self.work[COUNT] = fired, len(self.nodes)
            self._table = self._table[:0]  # it finds what was about to be written
            raise

    def _written(self, plan: Plan, kinds: Ints | None, room: int) -> bool:
        """Write the graph anew if the room is enough."""
        old, work, observer = self.nodes, self.work, self._observer
        nodes, table, image = self._fresh(room)
        observer.on_pass_start(self, plan, kinds)
        for first in range(0, len(old), observer.step):
            last = min(first + observer.step, len(old))

            def write(at: int, last: int = last) -> int:
                values = self.constants.columns
                return rebuild(
                    old, plan, nodes, table, values, self.look, self.rules, CODES, work, self._stack, image, at, last
                )

            if not self._run(write, first):
                return False
            observer.on_progress(self, last)
        way = self.image.copy()
        compose(way, image)
        # In one breath: an interrupt comes before or after.
        self._spare, self._table, self._trees, self._numbers, self.nodes, self.image = (
            (self._spare[1], nodes), table, None, None, nodes[: work[COUNT]], way
        )  # fmt: skip
        observer.on_pass_end(self, image)
        return True

    def _fresh(self, room: int) -> tuple[Ints, Any, Ints]:
        """An empty graph with the inputs alone, its table, and where they are, in the room of the graph before last."""
        old, k = self.nodes, len(self._inputs)
        room += k
        nodes, table = self._spare[0], self._table
        if len(nodes) < room:
            nodes = np.empty((room, old.shape[1]), dtype=np.int32)
        # A table that stays near the processor: at most three quarters are taken, see `_cramped`.
        slots = 1 << (3 * (room - k) // 2).bit_length()
        if len(table) != slots:
            table = np.empty(slots, dtype=np.int32)
        table[:] = -1
        nodes[:k, ATTR], nodes[:k, OP], nodes[:k, CLS] = 0, INPUT, INPUT
        nodes[:k, SIGN], nodes[:k, PLACE], nodes[:k, ARGS:] = self._signs, 0, -1
        inputs = self._inputs if old is self.first else np.arange(k)
        nodes[:k, USES] = old[inputs, USES]
        image = np.full(len(old), -1, dtype=np.int64)
        image[inputs] = np.arange(k)
        self.work[COUNT] = k
        self.constants.columns[: self.work[VALUES], NODE] = -1
        if len(self._stack) < 2 * room:
            self._stack = np.empty(2 * room, dtype=np.int64)
        return nodes, table, image

    def _run(self, native_pass: Callable[[int], int], at: int = 0) -> bool:
        """Run a pass from `at` to its end, answering what it asks; False where it needs more room for nodes."""
        work = self.work
        while True:
            work[FLAG] = work[PENDING_COUNT] = work[LOOK] = 0
            with np.errstate(all="ignore"):  # constants that overflow stay as they stand
                at = native_pass(at)
            if work[FLAG] == GROW:
                return False
            if work[FLAG] == MORE_VALUES:
                self.constants.reserve(2 * HEADROOM)
            elif work[FLAG] == ASK:
                self._answer(*work[ASKED : ASKED + 4].tolist())
            else:
                return True

    def _answer(self, op: int, first: int, second: int, slot: int) -> None:
        """Do arithmetic for a pass. The answers are forgotten when their table is half full: some are asked again."""
        self._asked += 1
        if 2 * self._asked > MEMO_SIZE:
            self.work[MEMO : MEMO + 4 * MEMO_SIZE] = UNKNOWN
            self._asked = 1
        value = self.constants.answer(op, first, second)
        self.work[MEMO + 4 * slot : MEMO + 4 * slot + 4] = op, first, second, value

    # --- sums and products --------------------------------------------------------------------------------------------

    def _gathered(self, plus: int, minus: int, negative: int, offset: int = 0) -> Trees:
        """The trees of a kind; `offset` is where a plan has their terms."""
        n = len(self.nodes)
        rows, leaves, sides = (np.empty(shape, dtype=np.int32) for shape in ((n, 5), 2 * n, 2 * n))
        trees = Trees(rows, leaves, sides, offset)
        gather(self.nodes, trees, plus, minus, negative)
        return trees

    def _sums(self) -> Trees:
        """The sums of the graph as it is."""
        if self._trees is None:
            self._trees = self._gathered(CODES.add, CODES.sub, CODES.neg)
        return self._trees

    def tidy_sums(self) -> bool:
        """Collect like terms, gather signs and take out common factors in every sum that gets shorter; whether any."""
        trees = self._sums()
        what = zeros(len(self.nodes))
        total = promising_sums(self.nodes, CODES, trees, what)
        if not total:
            return False
        plan = empty_plan(len(what), 6 * total + 8, trees.leaves)
        done = zeros(3)
        plan_sums(self.nodes, CODES, trees, what, plan, self.constants.number(1), done)
        self._pass(plan, what - 1)
        self._extra[TIDIED] += done[1]
        self._extra[FACTORED] += done[2]
        return True

    def _probed(self) -> npt.NDArray[np.float64]:
        """The values of the graph as it is at numbers of all sizes."""
        self._numbers = probed(self.nodes, self.constants.__getitem__) if self._numbers is None else self._numbers
        return self._numbers

    def merge(self) -> bool:
        """Compute once what is equal in value, however it is written; whether there was any."""
        nodes, values, rules = self.nodes, self.constants.columns, self.rules
        n = len(nodes)
        found, target = zeros(n), zeros(n)
        residues(nodes, values, rules, CODES, SEEDS[0], found)
        if not equal_values(nodes, CODES, found, target):
            return False
        errors, numbers = np.zeros(n), np.zeros(n)
        with np.errstate(all="ignore"):
            for style in SAMPLES:
                running_errors(nodes, values, CODES, found, style, errors, numbers)
                trust(errors, numbers, style, target)
        for seed in SEEDS[1:]:
            residues(nodes, values, rules, CODES, seed, found)
            left = confirm(found, target)
        if left and n <= MOST:
            left = keep_in_range(nodes, self._probed(), target, NOTHING)
        if not left:
            return False
        plan = empty_plan(n, 2 * n, np.empty((nodes.shape[1] - ARGS + 2) * n, dtype=np.int64))
        plan_merges(nodes, CODES, target, plan, self.constants.number(0))
        self._pass(plan, np.full(n, EQUAL))
        self._extra[EQUAL] += left
        return True

    def _conditions(self) -> Ints:
        """The conditions of the selections that the roots need."""
        return self.nodes[(self.nodes[:, OP] == CODES.where) & (self.nodes[:, USES] > 0), ARGS]

    def select(self) -> bool:
        """Take the branch of selections whose condition is known where they are read; whether there were any."""
        n, conditions = len(self.nodes), self._conditions()
        joined = np.isin(self.nodes[conditions, OP], TRUTH)
        if len(np.unique(conditions)) == len(conditions) and not joined.any():
            return False
        branch, lost = zeros(n), zeros(n)
        decided = known_selections(self.nodes, CODES, TRUTH, branch, lost)
        if not decided:
            return False
        plan = empty_plan(n, 0, zeros(3 * decided))
        plan_selections(self.nodes, branch, plan)
        # Where the value elsewhere is another one, the ledger gets a node of its own in the end.
        self.image[(self.image >= 0) & (lost[self.image] > 0)] = -1
        self._pass(plan, np.full(n, KNOWN))
        self._extra[KNOWN] += decided
        return True

    def unmask(self) -> bool:
        """Take factors that are surely finite out of masks; whether there were any."""
        n, total = len(self.nodes), len(self._conditions())
        if not total:
            return False
        plan = empty_plan(n, 2 * total, zeros(4 * total))
        done = plan_factors(self.nodes, CODES, LENGTHS, int(self.work[TWO]), plan, zeros(PARTS, 2))
        if not done:
            return False
        self._pass(plan, np.full(n, UNMASKED))
        self._extra[UNMASKED] += done
        return True

    # --- the end ------------------------------------------------------------------------------------------------------

    def finish(self, kept: npt.NDArray[np.bool_]) -> tuple[Tape, Ints]:
        """The graph with a node for every kept one, numbered in order of place, and the map from the first graph."""
        wanted, image, nodes = kept.astype(np.int64), self.image.copy(), self.nodes
        missing = unplaced(self.first, image, wanted)
        if missing:
            nodes, table = self._spare[1], self._table
            room = int(self.work[COUNT]) + missing + 2 * HEADROOM
            if len(nodes) < room or 3 * len(table) < 4 * room:
                nodes, table, _ = self._fresh(room)
                values, own = self.constants.columns, np.arange(len(self.nodes))
                widen(self.nodes, nodes, table, values, self.rules, CODES, self.work, own)
            self._adopt(wanted, nodes, table, image)
            nodes = nodes[: self.work[COUNT]]
        needed, number, order = zeros(len(nodes)), zeros(len(nodes)), zeros(len(nodes))
        needed[: len(self._inputs)] = 1
        needed[image[kept]] = 1
        begin = zeros(int(nodes[:, PLACE].max(initial=0)) + 2)
        order = order[: number_nodes(nodes, needed, number, order, begin)]
        compose(image, number)
        return self.tape_of(nodes, order, number, image), image

    def _adopt(self, wanted: Ints, nodes: Ints, table: Any, image: Ints) -> None:
        def write(at: int) -> int:
            values = self.constants.columns
            return adopt(self.first, wanted, nodes, table, values, self.look, self.rules, CODES, self.work, image, at)

        self._run(write)

    def tape_of(self, nodes: Ints, order: Ints, number: Ints, new: Ints) -> Tape:
        """The numbered nodes of `order` as a tape; `new` leads to their numbers from the first graph."""
        ops, start = np.empty(len(order), dtype=np.uint16), zeros(len(order) + 1)
        args = np.empty(len(order) * (nodes.shape[1] - ARGS), dtype=np.int64)
        total = flatten(nodes, order, number, ops, start, args)
        attrs: dict[int, Any] = dict(enumerate(map(self.tape.attrs.__getitem__, self.tape.inputs)))
        attr = nodes[order, ATTR]
        holders = np.flatnonzero(attr)
        values = self.constants.values(int(attr.max(initial=0)) + 1)
        attrs.update(zip(holders.tolist(), map(values.__getitem__, attr[holders].tolist()), strict=True))
        columns = replace(self.tape, attrs={}).moved(new)
        return replace(self.tape, ops=ops, start=start, args=args[:total].copy(), **{**columns, "attrs": attrs})

    def report(self) -> dict[str, int]:
        """How often each rule fired, the most frequent first."""
        fired = self.work[FIRED : FIRED + len(NAMES)].tolist()
        counts: dict[str, int] = {}
        for name, times in zip((*NAMES, *PLANNED), [*fired, *self._extra.tolist()], strict=True):
            if times:
                counts[name] = counts.get(name, 0) + times
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
