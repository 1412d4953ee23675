"""Operations are told apart by name in their rows and in native spellings; elsewhere only where that is said."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

import pytest

import edgewise
from edgewise.ops import TABLE
from edgewise.ops.tensors.tensor_table import TENSORS

SOURCE = Path(edgewise.__file__).parent

INDEX_NOTATION = frozenset(
    "array arange concatenate contract eye index pick reshape size take unindex unpick untake windows overlap".split()
)
"""Rows that are the graph's own structure: they are written by handles and passes, and people do not call them."""

TENSOR_PLACES = {
    "ops/tensors/": "the table",
    "ops/result_shapes.py": "what an error calls the operation",
    "lower/python/tensor_styles.py": "what is native to JAX and torch",
    "simplify/": "rules of rewriting, by what they rewrite",
    "graph/tensors/numpy_": "NumPy's names",
    "graph/tensors/fourier.py": "complex numbers as pairs",
    "graph/tensors/complex_pair.py": "NumPy's names",
    "graph/arrays/alike.py": "NumPy's names",
    "graph/arrays/array_functions.py": "NumPy's names",
    "graph/arrays/array.py": "NumPy's names",
    "graph/arrays/refused_functions.py": "NumPy's names",
    "graph/known_arrays.py": "what NumPy's functions make",
    "graph/tensors/selected.py": "NumPy's names",
    "graph/tensors/tensor_numpy.py": "NumPy's names",
    "graph/tensors/tensor.py": "NumPy's names of methods",
    "graph/tensors/tensor_writers.py": "functions with arguments of their own",
    "frontends/stand_ins": "NumPy's and SciPy's names",
    "frontends/text_functions.py": "functions with arguments of their own",
    "differentiate/": "the slope of a norm where it is 0, and roots of sums of squares",
}

ARITHMETIC = frozenset(
    "const input add sub mul div neg pow power mod min max where lt le gt ge eq ne and or not".split()
)
"""Rows that every grammar has signs for, and that passes over a graph gather, sort and share."""

SCALAR_PLACES = {
    "ops/": "the table, and what rows are made of",
    "lower/python/python_targets.py": "what is native to flavours of Python",
    "lower/c/c_rows.py": "what is native to C",
    "lower/javascript.py": "what is native to JavaScript",
    "lower/llvm/llvm_rows.py": "what is native to LLVM",
    "lower/c_family.py": "the power 1/2 is a root",
    "lower/llvm/llvm_code.py": "the power 1/2 is a root",
    "lower/python/python_printer.py": "clip as max and min, and the power 1/2",
    "lower/python/tensor_source.py": "absolute values as Python's function",
    "frontends/": "names of Python's, NumPy's, SciPy's and SymPy's functions",
    "graph/": "names of NumPy's functions, and of the methods of a handle",
    "write/": "names of SymPy's functions, and signs for roots and absolute values",
    "evaluate/holomorphic.py": "functions of which NumPy or SciPy take no complex numbers",
    "exchange/codec.py": "functions of named dimensions",
    "simplify/": "rules of rewriting, by what they rewrite",
    "accuracy/ball_values.py": "what is native to python-flint",
    "accuracy/repairs.py": "rules of rewriting, by what they rewrite",
    "accuracy/hyperbolic.py": "exponentials, and the hyperbolic tangents that they are made of",
    "accuracy/parts.py": "what overflows is kept in range",
    "accuracy/quotients.py": "exponentials whose powers are known, and what they are less one",
    "accuracy/rational.py": "roots and exponentials whose powers are known",
    "accuracy/series.py": "functions that have power series",
    "accuracy/bounds.py": "operations that do not round, and what absolute terms are made of",
    "accuracy/rounding.py": "operations that do not round",
    "accuracy/arena.py": "the power 1/2 is a root",
    "differentiate/": "edges not taken, and limits where a length is 0",
    "view/plots/curve.py": "the scale of an axis",
}


def literals(path: Path) -> Iterator[str]:
    """The texts of a module, what it is said to export aside."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    exports = [
        node for node in module.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    aside = {id(part) for node in exports for part in ast.walk(node)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            yield node.value


@pytest.mark.parametrize(
    ("names", "places"),
    [
        ({row.name for row in TABLE} - ARITHMETIC, SCALAR_PLACES),
        ({row.name for row in TENSORS} - INDEX_NOTATION, TENSOR_PLACES),
    ],
    ids=["scalars", "tensors"],
)
def test_operations_are_told_apart_by_name_only_where_that_is_said(names: Set[str], places: Mapping[str, str]) -> None:
    found = set()
    for path in sorted(SOURCE.rglob("*.py")):
        own = path.relative_to(SOURCE).as_posix()
        said = names & set(literals(path))
        place = next((place for place in places if own.startswith(place)), None)
        assert not said or place is not None, f"{own} knows {', '.join(sorted(said))}: that belongs into the rows"
        if said:
            found.add(place)
    assert found == places.keys(), f"nothing is said in {places.keys() - found}"
