"""JSON and networkx graphs that no sensible program wrote: typed errors, whatever stands where."""

import contextlib
import json
import random
from typing import Any

import networkx as nx
import numpy as np
import pytest

import edgewise as ew
from edgewise.exchange.json import _checksum

GRAPHS = [
    lambda: ew.parse("x*y + sin(x)/3 + 2.5*x**(1/3)"),
    lambda: ew.parse("[polygamma(2, x), where(x > 0, y, pi)]"),
    lambda: ew.parse("norm(X @ w)**2 + sum(A[0:n:2, 1]) + sum(exp(X), axis=0)[1]", shapes="X: n,d; w: d; A: n,n"),
    lambda: ew.parse("sum(array([1., 2., 3.])*v)", shapes="v: 3"),
    lambda: ew.parse("x*y*z").jacobian(sparse="coo"),
    lambda: ew.graph({"a": ew.symbols("x") ** 2, "b": [ew.symbols("y")]}),
]
JUNK: list[Any] = [
    None, True, -1, 2, 10**30, 1e308, float("nan"), "", "x", "int", {}, [], [[]], ["int", "0x1"], ["float", "inf"],
    ["int", "0x" + "f" * 5000], ["fraction", "0x1", "0x0"], ["symbol", "tau"], ["dimension", "x"], ["add"], ["tuple"],
    ["pow", ["int", "0x9"], ["int", "0x9999999"]], ["array", "O", [1], "AAAAAAAA"], ["array", "<f8", [2], "AAAA"],
    ["contraction", ["ij"], "kk"], ["min", ["dimension", "n"], ["int", "0x3"]], ["tensor", "sum"], "\0", "a" * 1000,
]  # fmt: skip


def places(data: Any) -> list[tuple[Any, Any]]:
    """Every container of some data with each of its keys."""
    found, todo = [], [data]
    while todo:
        item = todo.pop()
        keys = list(item) if isinstance(item, dict) else range(len(item)) if isinstance(item, list) else ()
        found += [(item, key) for key in keys]
        todo += [item[key] for key in keys]
    return found


@pytest.mark.parametrize("seed", range(6))
def test_damaged_json_is_read_or_refused(seed: int) -> None:
    draw = random.Random(seed)
    text = GRAPHS[seed]().to_json()
    for _ in range(60):
        data = json.loads(text)
        for _ in range(draw.choice([1, 1, 2])):
            holder, key = draw.choice(places(data["graph"]))
            holder[key] = json.loads(json.dumps(draw.choice(JUNK)))
        data["checksum"] = _checksum(data["graph"])
        with contextlib.suppress(ew.EdgewiseError):
            graph = ew.Graph.from_json(json.dumps(data))
            graph.to_latex()
            ew.Graph.from_json(graph.to_json())


@pytest.mark.parametrize("keys", [["a", ["add"]], ["a", 1], ["a", "a"], ["a"], "ab"])
def test_keys_of_outputs_are_different_texts(keys: Any) -> None:
    data = json.loads(GRAPHS[5]().to_json())
    data["graph"]["layout"]["keys"] = keys
    data["checksum"] = _checksum(data["graph"])
    if keys == "ab":  # a text is a sequence of letters
        assert ew.Graph.from_json(json.dumps(data)).evaluate(x=2.0, y=1.0).result == {"a": 4.0, "b": [1.0]}
        return
    with pytest.raises(ew.EdgewiseError, match="is not a nesting of outputs"):
        ew.Graph.from_json(json.dumps(data))


ATTRIBUTES: list[Any] = [
    None, True, -1, 10**30, float("nan"), "", "x", [], {}, (), object(), len, np.float64(1), np.int64(1), np.zeros(2),
    "add", "input", "sum", complex(1, 1), b"x",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_damaged_networkx_graphs_are_read_or_refused(seed: int) -> None:
    draw = random.Random(seed)
    whole = GRAPHS[seed]().to_networkx()
    for _ in range(60):
        found = whole.copy()
        for _ in range(draw.choice([1, 1, 2])):
            node = draw.choice(list(found.nodes))
            holder = draw.choice([found.nodes[node], found.nodes[node], found.graph])
            change = draw.randrange(4)
            if change == 0:
                found.add_edge(draw.choice(list(found.nodes)), node, key=draw.choice([0, 1, 2, -1, "a", None, 1.5]))
            elif change == 1 and len(found) > 1:
                found.remove_node(node)
            else:
                holder[draw.choice(["op", "shape", "kind", "output", "value", *holder])] = draw.choice(ATTRIBUTES)
        with contextlib.suppress(ew.EdgewiseError):
            ew.Graph.from_networkx(found)


@pytest.mark.parametrize("version", [np.zeros(2), "1", 2, None])
@pytest.mark.parametrize("form", ["edgewise", np.zeros(2)])
def test_the_version_may_be_anything(version: Any, form: Any) -> None:
    found = nx.MultiDiGraph(ew.parse("x*y").to_networkx())
    found.graph |= {"version": version, "format": form}
    with pytest.raises(ew.EdgewiseError):
        ew.Graph.from_networkx(found)
