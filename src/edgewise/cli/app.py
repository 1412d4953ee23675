"""What a command is, the options that several commands have, and how they are read: argparse is there before NumPy."""

from __future__ import annotations

from argparse import SUPPRESS, Action, ArgumentParser, HelpFormatter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn

from edgewise.errors import InputError, did_you_mean

__all__ = [
    "AT", "BOUND", "CERTIFY", "COMMANDS", "EXPAND", "EXPRESSION", "JSON", "LEVEL", "OUT", "RANGE", "SHAPE", "SPARSE",
    "TARGET", "WHERE", "WRT", "Command", "Option", "command", "overview", "path_of", "read",
]  # fmt: skip

ABOUT: Final = "Differentiate a formula, or a Python function given as file.py:function, and print readable code."


def path_of(text: str) -> Path:
    """A file that is named on the command line."""
    return Path(text.strip())


class Option(NamedTuple):
    """An option, or an argument where its name does not begin with --; a default of False makes it a switch.

    The command gets it as `called`, by default its own name. A text that only `--help` shows can be a function, so that
    nothing is loaded for it otherwise.
    """

    name: str
    help: str | Callable[[], str]
    default: Any = None
    kind: Callable[[str], Any] = str.strip
    called: str = ""
    required: bool = False

    @property
    def key(self) -> str:
        """The name of the command's parameter."""
        return self.called or self.name.removeprefix("--").lower()

    @property
    def positional(self) -> bool:
        """Whether it stands by its place, without its name."""
        return not self.name.startswith("--")

    @property
    def meaning(self) -> str:
        """What it is for."""
        return self.help if isinstance(self.help, str) else self.help()


class Command(NamedTuple):
    """A command: what it does is the docstring of `run`, which is called with the values of its options."""

    name: str
    options: tuple[Option, ...]
    run: Callable[..., int | None]

    @property
    def about(self) -> str:
        """What it does, in a sentence."""
        return " ".join((self.run.__doc__ or "").split())

    @property
    def usage(self) -> str:
        """How it is called."""
        needed = [option.name + ("" if option.positional else " …") for option in self.options if option.required]
        needed += [f"[{option.name}]" for option in self.options if option.positional and not option.required]
        return " ".join(["edgewise", self.name, *needed, "[options]"])


COMMANDS: Final[dict[str, Command]] = {}
"""Every command by its name, in the order of `edgewise --help`."""

EXPRESSION: Final = Option(
    "EXPRESSION", 'a formula such as "exp(x*y) + sin(x)", file.py:function, or - for a formula on standard input',
    required=True,
)  # fmt: skip
WRT: Final = Option("--wrt", "inputs to differentiate in, x,y; all by default")
AT: Final = Option("--at", "values of the inputs, x=1,y=2; of tensors '{\"x\": [1, 2]}': print numbers")
TARGET: Final = Option("--target", "language of the source: math (of scalars), numpy (of tensors), jax, torch, c or js")
OUT: Final = Option("--out", "write to this file instead of the terminal", kind=path_of)
JSON: Final = Option("--json", "print machine-readable JSON", default=False)
LEVEL: Final = Option(
    "--level", "simplification: exact, real, domain or accurate; none to see ℬ as written", default="real"
)
RANGE: Final = Option(
    "--range", "where the inputs lie, for --level accurate: x=-1:1,y=0:1e9; all doubles by default", called="ranges"
)
WHERE: Final = Option("--where", 'a condition that holds, for --level accurate: "x < y"')
SHAPE: Final = Option("--shape", 'shapes of tensors, "X: n,d; w: d": the formula is in NumPy\'s notation')
EXPAND: Final = Option("--expand", "also multiply out and plan products anew, and keep what is shortest", default=False)
ONLY: Final = Option("--only", "which results, value,gradient; all by default")
BOUND: Final = Option(
    "--bound", "also return a bound of the rounding error of each result", default=False, called="error_bound"
)
CERTIFY: Final = Option("--certify", "let the source carry a certificate, and test itself when run", default=False)
SPARSE: Final = Option("--sparse", "only what can differ from zero: coo (rows, columns, values), scipy or dense")


def command(name: str, *options: Option) -> Callable[[Callable[..., int | None]], Callable[..., int | None]]:
    """Make a function a command: it is called with the value of each option by its key, and may return an exit code."""

    def enter(run: Callable[..., int | None]) -> Callable[..., int | None]:
        COMMANDS[name] = Command(name, options, run)
        return run

    return enter


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise InputError(message, hint=f"see {self.prog} --help")


class _Once(Action):
    """An option that is given once: of two values one would be passed over."""

    given = False

    def __call__(self, parser: Any, namespace: Any, values: Any, option_string: str | None = None) -> None:
        if self.given:
            raise InputError(f"{option_string} is given twice", hint="give all of it in one, as in --wrt x,y")
        self.given = True
        setattr(namespace, self.dest, values)


def read(name: str, given: Sequence[str]) -> tuple[Command, dict[str, Any]]:
    """A command and the values of its options; `--help` is printed, and ends the program.

    Raises InputError for what the command line does not have. A formula may begin with a minus.
    """
    if name not in COMMANDS:
        raise InputError(
            f"there is no command {name!r}", hint=did_you_mean(name, COMMANDS).strip() or "see edgewise --help"
        )
    wanted = COMMANDS[name]
    helping = not {"-h", "--help"}.isdisjoint(given)
    width = None if helping else 80  # the terminal's width is known to a module that takes a while to load
    parser = _Parser(
        prog=f"edgewise {name}", usage=wanted.usage, description=wanted.about, allow_abbrev=False,
        formatter_class=partial(HelpFormatter, width=width),
    )  # fmt: skip
    for option in wanted.options:
        shown = _shown(option) if helping else SUPPRESS
        if option.positional:
            least = None if option.required else "?"
            parser.add_argument(option.key, metavar=option.name, help=shown, type=option.kind, nargs=least)
        elif option.default is False:
            parser.add_argument(option.name, dest=option.key, help=shown, action="store_true")
        else:
            parser.add_argument(
                option.name, dest=option.key, metavar="VALUE", help=shown, type=option.kind, default=option.default,
                required=option.required, action=_Once,
            )  # fmt: skip
    # What begins with one minus is a formula: argparse takes for an option only what holds no space.
    values, left = parser.parse_known_args(
        [f" {text}" if text[:1] == "-" and text[1:2] not in ("", "-") and text != "-h" else text for text in given]
    )
    if left:
        unknown = left[0].strip().partition("=")[0]
        if not unknown.startswith("--"):
            raise InputError(f"{name} has no place for {unknown!r}", hint=f"see edgewise {name} --help")
        near = did_you_mean(unknown, [option.name for option in wanted.options if not option.positional]).strip()
        raise InputError(f"{name} has no option {unknown}", hint=near or f"see edgewise {name} --help")
    return wanted, vars(values)


def _shown(option: Option) -> str:
    text = option.meaning.replace("%", "%%")
    return text if option.default in (None, False) else f"{text} (default: {option.default})"


def overview() -> str:
    """What `edgewise --help` prints."""
    parser = ArgumentParser(prog="edgewise", usage="edgewise COMMAND [options]", description=ABOUT)
    commands = parser.add_argument_group("commands (edgewise COMMAND --help tells more)")
    for each in COMMANDS.values():
        commands.add_argument(each.name, help=each.about.replace("%", "%%"))
    return parser.format_help()
