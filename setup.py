"""Builds the modules that say `import cython` as C extensions; the rest of the project is in `pyproject.toml`.

Where that fails for want of a compiler, the installation succeeds and the same files run as plain Python.
`EDGEWISE_BUILD` chooses: `release` (the default), `checked` (bounds and overflow) or `plain` (compile nothing).
"""

import json
import os
import re
import sys
from hashlib import sha256
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

ROOT = Path(__file__).parent
SOURCES = ROOT / "src"
KIND = os.environ.get("EDGEWISE_BUILD", "release")
CHECKED = KIND == "checked"
SHARED = "edgewise._memoryviews"

# `/` keeps Python's meaning (no `cdivision`), and no compiler may fuse a product and a sum: results are the same bits
# as those of plain Python. Sizes: pip's own flags add debugging information of ten times the code.
UNIX_FLAGS = ["-O2", "-g0", "-ffp-contract=off", "-fno-strict-aliasing", "-fno-asynchronous-unwind-tables"]
# Half of all code is Python's own work around loops, and takes as long when it is small.
FEW_LOOPS = {
    "edgewise.built", "edgewise.differentiate.edge_templates", "edgewise.differentiate.masks",
    "edgewise.differentiate.sparse.pushing", "edgewise.differentiate.working_graph", "edgewise.evaluate.path_counts",
    "edgewise.graph.builder", "edgewise.graph.expr", "edgewise.lower.cutting", "edgewise.lower.registers",
    "edgewise.lower.statements", "edgewise.recompute.readings", "edgewise.simplify.scalars.known_conditions",
    "edgewise.simplify.scalars.possible_fits", "edgewise.simplify.scalars.state", "edgewise.differentiate.cones",
    "edgewise.differentiate.elimination.elimination_cost", "edgewise.differentiate.elimination.lehmer",
    "edgewise.differentiate.elimination.search_parts", "edgewise.frontends.reached",
    "edgewise.simplify.scalars.finishing", "edgewise.simplify.scalars.monomials",
    "edgewise.simplify.scalars.normal_form", "edgewise.simplify.scalars.planned_values",
    "edgewise.simplify.scalars.product_plans", SHARED,
}  # fmt: skip
ROWS_OF_NUMBERS = {"edgewise.simplify.scalars.probing"}
DIRECTIVES = {
    "language_level": 3,
    "auto_pickle": False,  # what is pickled says how
    "autotestdict": False,  # pytest finds the examples where they stand
    "boundscheck": CHECKED,
    "wraparound": False,
    "initializedcheck": CHECKED,
    "overflowcheck": CHECKED,
}


def compiled_sources() -> list[Path]:
    """The files that are written to be compiled: those that import cython."""
    files = sorted((SOURCES / "edgewise").rglob("*.py"))
    return [file for file in files if re.search(r"^import cython$", file.read_text(encoding="utf-8"), re.MULTILINE)]


def flags(name: str) -> list[str]:
    """The compiler's options for a module: the last one of several -O counts."""
    if sys.platform == "win32":
        return ["/O1" if name in FEW_LOOPS else "/O2"]
    return UNIX_FLAGS + (["-Os"] if name in FEW_LOOPS else ["-O3"] if name in ROWS_OF_NUMBERS else [])


def extensions() -> list[Extension]:
    """One extension for each compiled file, none where Cython is missing."""
    if KIND == "plain":
        return []
    from Cython.Build import cythonize
    from Cython.Compiler import Options

    Options.warning_errors = True  # as of a negative index, which compiled code does not know
    names = {
        path.relative_to(SOURCES).with_suffix("").as_posix().replace("/", "."): path for path in compiled_sources()
    }
    links = ["-Wl,-s", "-Wl,-z,noseparate-code"] if sys.platform == "linux" else []
    found = [
        Extension(
            name, [str(path.relative_to(ROOT))], extra_compile_args=flags(name), extra_link_args=links,
            depends=["setup.py"],
        )
        for name, path in names.items()
    ]  # fmt: skip
    # What each extension needs of memoryviews is in one of their own, or each would carry it: half their size.
    found.append(Extension(SHARED, [], extra_compile_args=flags(SHARED), extra_link_args=links))
    made = cythonize(
        found, compiler_directives=DIRECTIVES, build_dir=f"build/cython-{KIND}", quiet=True,
        shared_utility_qualified_name=SHARED,
    )  # fmt: skip
    for extension in made:
        extension.optional = True  # `cythonize` makes new objects, without it
    return made


class Build(build_ext):
    """Compiles what changed, and writes down what was compiled from which text, so that a stale build is noticed."""

    def run(self) -> None:
        self.parallel = self.parallel or os.cpu_count()
        if self.inplace:  # pip would begin anew in folders of its own at each installation
            self.build_lib, self.build_temp = f"build/lib-{KIND}", f"build/temp-{KIND}"
        super().run()
        made = {e.name: self.get_ext_fullpath(e.name) for e in self.extensions}
        built = {name: _digest(name) for name, path in made.items() if name != SHARED and Path(path).exists()}
        folder = SOURCES / "edgewise" if self.inplace else Path(self.build_lib) / "edgewise"
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"kind": KIND, "sources": built}, indent=1, sort_keys=True)
        (folder / "built.json").write_text(text + "\n", encoding="utf-8")
        if missing := len(made) - 1 - len(built):
            print(f"edgewise: {missing} modules are not compiled (is there a C compiler?) and run as plain Python")


def _digest(name: str) -> str:
    """Of a module's text and of what it declares to others; as in `edgewise.built`."""
    path = SOURCES.joinpath(*name.split(".")).with_suffix(".py")
    declared = path.with_suffix(".pxd")
    return sha256(path.read_bytes() + (declared.read_bytes() if declared.exists() else b"")).hexdigest()


setup(ext_modules=extensions(), cmdclass={"build_ext": Build})
