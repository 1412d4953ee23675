"""What one build of the library makes of graphs: run as a program in a process of its own, see `test_builds`."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import edgewise as ew
from edgewise.built import COMPILED


def results(graph: ew.Graph) -> list[str]:
    """Everything that a compiled pass has a hand in, as text."""
    found = []
    gradient = graph.gradient() if len(graph.outputs) == 1 else graph.jacobian()
    for derivative in (gradient, graph.hessian() if len(graph.outputs) == 1 else graph.jacobian(order="auto")):
        for simplified in (derivative, *(derivative.simplify(level) for level in ("exact", "real", "domain"))):
            ledger = [(e.consumer, e.position, e.parent, e.partial, e.product) for e in simplified.edges]
            found += [simplified.to_json(), str(ledger), str(getattr(simplified, "report", ""))]
    found += [graph.simplify(expand=True).to_json(), graph.jacobian(sparse="coo").to_json(), gradient.to_python()]
    return found


def _failed(found: Any) -> None:
    """Loops that raise nothing, as the compiler was told, print what goes wrong in them: no build may do that."""
    print(f"ignored in {found.object}: {found.exc_type.__name__}: {found.exc_value}", file=sys.stderr)
    sys.stderr.flush()
    os._exit(1)


def main(folder: Path) -> None:
    """One line for each graph of a folder: a digest of its results, or the error."""
    sys.unraisablehook = _failed
    print(COMPILED)
    for file in sorted(folder.glob("*.json")):
        try:
            text = json.dumps(results(ew.Graph.from_json(file.read_text(encoding="utf-8"))))
        except ew.EdgewiseError as error:
            text = f"{type(error).__name__}: {error}"
        print(file.stem, len(text), hashlib.sha256(text.encode()).hexdigest())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
