"""What another call would give anew, draws and clocks: refused where the graph is kept, taken where it is not."""

from __future__ import annotations

import datetime
import logging
import os
import random
import secrets
import subprocess
import sys
import time
import uuid
from datetime import date
from datetime import datetime as stamp
from os import urandom
from random import random as uniform
from time import perf_counter
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from numpy.random import RandomState, default_rng

import edgewise as ew
from edgewise.errors import EdgewiseError, UnsupportedError

SYSTEM = random.SystemRandom()


def helper() -> float:
    return perf_counter()


def imports_inside(x: Any) -> Any:
    import uuid as names

    return x * (names.uuid4().int % 7)


class Model:
    def __init__(self) -> None:
        self.made = np.random.default_rng(0)

    def noise(self) -> Any:
        return RandomState().normal()

    def __call__(self, x: Any) -> Any:
        return x * self.noise()


DRAWS: dict[str, Any] = {
    "np.random.RandomState() without a seed": lambda x: x * np.random.RandomState().normal(),
    "np.random.RandomState() without a seed, None": lambda x: x * np.random.RandomState(seed=None).normal(),
    "np.random.RandomState() without a seed, imported": lambda x: x * RandomState().uniform(),
    "np.random.RandomState() without a seed, method": Model(),
    "np.random.default_rng() without a seed": lambda x: x * default_rng().normal(),
    "np.random.SeedSequence() without a seed": lambda x: x * np.random.default_rng(np.random.SeedSequence()).normal(),
    "np.random.PCG64() without a seed": lambda x: x * np.random.Generator(np.random.PCG64()).normal(),
    "np.random.MT19937() without a seed": lambda x: x * np.random.Generator(np.random.MT19937(None)).normal(),
    "np.random.uniform": lambda x: x * np.random.uniform(),
    "random.random": lambda x: x * uniform(),
    "random.gauss": lambda x: x * random.gauss(0, 1),
    "random.SystemRandom": lambda x: x * random.SystemRandom().random(),
    "random.SystemRandom, global": lambda x: x * SYSTEM.uniform(0, 1),
    "random.SystemRandom, choice": lambda x: x * SYSTEM.choice([1, 2]),
    "secrets.randbelow": lambda x: x * secrets.randbelow(10),
    "secrets.randbits": lambda x: x * secrets.randbits(8),
    "secrets.token_bytes": lambda x: x * secrets.token_bytes(1)[0],
    "secrets.choice": lambda x: x * secrets.choice([1, 2]),
    "os.urandom": lambda x: x * os.urandom(1)[0],
    "os.urandom, imported": lambda x: x * urandom(1)[0],
    "uuid.uuid4": lambda x: x * (uuid4().int % 7),
    "uuid.uuid1": lambda x: x * (uuid.uuid1().int % 7),
    "uuid.uuid4, imported inside": imports_inside,
}

CLOCKS: dict[str, Any] = {
    **{
        f"time.{name}": lambda x, name=name: x * getattr(time, name)()
        for name in ("time", "time_ns", "perf_counter", "monotonic", "monotonic_ns", "process_time", "thread_time")
    },
    "time.localtime": lambda x: x * time.localtime().tm_hour,
    "time.strftime": lambda x: x * int(time.strftime("%H")),
    "time.perf_counter, helper": lambda x: x * helper(),
    "datetime.datetime.now": lambda x: x * datetime.datetime.now().timestamp(),
    "datetime.datetime.now, imported": lambda x: x * stamp.now(datetime.UTC).hour,
    "datetime.date.today": lambda x: x * date.today().toordinal(),
}


def _refused(make: Any, what: str) -> None:
    with pytest.raises(UnsupportedError) as caught:
        make()
    text = str(caught.value)
    assert text.startswith(what.partition(",")[0] + " "), text
    assert "test_fresh_each_call.py:" in text
    assert "as an argument" in text
    assert "\n" not in text


@pytest.mark.parametrize("what", DRAWS)
def test_draws_are_refused(what: str) -> None:
    _refused(lambda: ew.trace(DRAWS[what], "x"), what)
    _refused(lambda: ew.jit(DRAWS[what])(1.0), what)
    assert np.isfinite(ew.grad(DRAWS[what])(1.0))


@pytest.mark.parametrize("what", CLOCKS)
def test_clocks_are_refused(what: str) -> None:
    _refused(lambda: ew.trace(CLOCKS[what], "x"), what)
    _refused(lambda: ew.trace(ew.grad(CLOCKS[what]), "x"), what)
    assert np.isfinite(ew.grad(CLOCKS[what])(1.0))


def test_grad_reads_the_clock_at_each_call() -> None:
    slope = ew.grad(lambda x: x * time.perf_counter_ns())
    assert slope(1.0) < slope(1.0)
    assert time.perf_counter_ns is not None
    assert isinstance(stamp.now(), datetime.datetime)


def logs(x: Any) -> Any:
    logging.getLogger("quiet").warning("at %s", x)
    assert isinstance(stamp(2020, 1, 2), datetime.datetime)
    assert isinstance(np.random.RandomState(3), np.random.RandomState)
    assert issubclass(datetime.datetime, datetime.date)

    class Own(stamp):
        pass

    return x * (Own(2020, 1, 2).day + time.gmtime(0).tm_year + stamp.fromtimestamp(0, datetime.UTC).year)


def restored(x: Any) -> Any:
    random.setstate(random.Random(3).getstate())
    np.random.set_state(RandomState(3).get_state())
    return x * random.random() * np.random.rand()


@pytest.mark.parametrize(
    "f", [logs, restored, lambda x: x * RandomState(3).normal(), lambda x, rng: x * rng.permutation(4)[0]]
)
def test_what_is_the_same_at_every_call_is_taken(f: Any, caplog: pytest.LogCaptureFixture) -> None:
    more = (default_rng(1),) if f.__code__.co_argcount == 2 else ()
    traced = ew.grad(lambda x: f(x, *(default_rng(1) for _ in more)))
    right = f(1.0, *more)
    assert traced(1.0) == pytest.approx(float(right))
    if not more:
        assert ew.trace(f, "x").evaluate(x=1.0).outputs == (pytest.approx(float(right)),)


def test_objects_given_to_jit_are_looked_through() -> None:
    def f(x: Any, model: Any) -> Any:
        return x * model.made.normal()

    with pytest.raises(UnsupportedError, match=r"^f draws random numbers .*test_fresh_each_call\.py"):
        ew.jit(f)(1.0, Model())


def test_classes_that_name_no_module_are_looked_through() -> None:
    made = type("Made", (), {"__module__": property(lambda self: "mine")})()
    made.factor = 3.0
    assert ew.trace(lambda x: made.factor * x, "x").evaluate(x=2.0).outputs == (6.0,)


def test_vmap_draws_for_each_example() -> None:
    drawn = ew.vmap(lambda x: x * np.random.rand())(np.ones(3))
    assert len(set(drawn.tolist())) == 3


@pytest.mark.parametrize(
    "bodies",
    [
        ("return x*np.random.rand()", "import uuid, secrets; return x*secrets.randbelow(8)"),
        ("from numpy import random; return x*random.rand()",),
    ],
)
def test_a_module_that_is_loaded_while_tracing(bodies: tuple[str, ...]) -> None:
    code = "import edgewise as ew, numpy as np\n" + "".join(
        f"def f(x): {body}\ntry: ew.trace(f, 'x')\nexcept ew.EdgewiseError as error: print(str(error).split()[0])\n"
        for body in bodies
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert found.split() == ["np.random.rand", "secrets.randbelow"][: len(bodies)]


def test_what_was_kept_from_an_earlier_call_is_no_number() -> None:
    """A list, an attribute or a cache that holds an argument of the call before holds a symbol of another graph."""
    kept: list[Any] = []
    g = ew.grad(lambda x: (kept.append(x), x * kept[0])[1])
    assert g(2.0) == 4.0
    with pytest.raises(EdgewiseError, match=r"another graph.*test_fresh_each_call\.py.*kept it from an earlier call"):
        g(3.0)
