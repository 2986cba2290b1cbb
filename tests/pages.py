"""The pages of docs/ that are made from the code: records from the models, commands from the command line.

    python tests/pages.py

writes them; a test fails where they differ from what they should be. `python tests/readme.py` does it too.
"""

from __future__ import annotations

import inspect
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

import communique_models
import tables_figure
import tables_page
from communique.cli import app
from communique.errors import EXIT_CODES
from communique_models import json_schema

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
# In the order in which a reader meets them.
MODELS = (
    *("Record", "Release", "Mention", "Place", "Party", "Amount", "Date"),
    *("Commitment", "Counted", "DateUse", "Item", "Notice", "Provenance"),
)
PATTERNS = {
    r"^p\d+$": "id of a party",
    r"^a\d+$": "id of an amount",
    r"^d\d+$": "id of a date",
    r"^c\d+$": "id of a commitment",
    r"^-?\d+(\.\d+)?$": "decimal, as a string",
    r"^[0-9a-f]{64}$": "sha256",
    r"^[A-Z]{2}$": "two letters",
    r"^[A-Z]{3}$": "three letters",
    r"^(absolute|release|d\d+)$": "`absolute`, `release` or id of a date",
}
FORMATS = {"date": "date", "date-time": "time"}


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def calls(body: str) -> Iterator[list[str]]:
    """The arguments of each call of communique in a block of shell."""
    for line in body.replace("\\\n", " ").splitlines():
        words = shlex.split(line, comments=True)
        while words and "=" in words[0]:  # variables of the call
            del words[0]
        if words and words[0] == "communique":
            yield words[1:]


def record_page() -> str:
    """Every model with its fields, every vocabulary with its words."""
    schema = json_schema()
    told = {"Record": schema, **schema["$defs"]}
    parts = [
        "# The record\n\nMade from the models by `python tests/readme.py`. `communique schema` prints the same as JSON Schema.\n"
        "What the words mean is told under [Concepts](concepts.md). Ids count up in reading order: `p1`, `a1`, `d1`, `c1`."
    ]
    parts += [_model(name, told[name]) for name in MODELS]
    vocabularies = sorted(set(told) - set(MODELS))
    parts.append("## Vocabularies")
    parts += [_vocabulary(name) for name in vocabularies]
    return "\n\n".join(parts) + "\n"


def _model(name: str, schema: dict[str, Any]) -> str:
    rows = [(f"`{field}`", _kind(one), one.get("description", "")) for field, one in schema["properties"].items()]
    return f"## {name}\n\n{_prose(getattr(communique_models, name))}\n\n{table(('field', 'holds', 'meaning'), rows)}"


def _vocabulary(name: str) -> str:
    words: type[StrEnum] = getattr(communique_models, name)
    return f"### {name}\n\n{_prose(words)}\n\n{', '.join(f'`{word}`' for word in words)}"


def _prose(model: type) -> str:
    """A docstring as Markdown."""
    return (inspect.getdoc(model) or "").replace("``", "`")


def _kind(schema: dict[str, Any]) -> str:
    """What a field holds, in a few words, with a link to its model."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return ", or ".join(_kind(one) for one in schema["anyOf"])
    if "const" in schema:
        return f'`"{schema["const"]}"`'
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    if schema.get("type") == "object":
        return f"object of {_kind(schema['additionalProperties'])}"
    if "pattern" in schema:
        return PATTERNS[schema["pattern"]]
    return FORMATS.get(schema.get("format", ""), str(schema.get("type", "anything")))


def commands_page() -> str:
    """Every command with its arguments and options, and the exit codes."""
    parts = [
        "# Commands\n\nMade from the command line by `python tests/readme.py`; `communique COMMAND --help` tells the same.",
        table(("command", "what it does"), (_line(name, command) for name, command in commands())),
    ]
    parts += [_command(name, command) for name, command in commands()]
    parts.append(f"## Exit codes\n\n{table(('code', 'meaning'), EXIT_CODES.items())}")
    return "\n\n".join(parts) + "\n"


def commands() -> list[tuple[str, Any]]:
    """All commands, those of groups included, with their names."""
    return list(_within(typer.main.get_command(app)))


def _within(group: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from _within(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


def _line(name: str, command: Any) -> tuple[str, str]:
    """A command with the first sentence of what it does."""
    anchor = f"communique-{name}".replace(" ", "-")
    told = " ".join(inspect.cleandoc(command.help).partition("\n\n")[0].split())
    return f"[`{name}`](#{anchor})", told


def _command(name: str, command: Any) -> str:
    parameters = [one for one in command.params if one.name != "help"]
    needed = " ".join(_words(one) for one in parameters if one.required)
    rows = [(f"`{_words(one)}`", one.help, _default(one)) for one in parameters]
    shown = f"\n\n{table(('argument or option', 'meaning', 'if not given'), rows)}" if rows else ""
    call = f"communique {name} {needed}".rstrip()
    return f"## communique {name}\n\n{inspect.cleandoc(command.help)}\n\n```text\n{call}\n```{shown}"


def _words(parameter: Any) -> str:
    words = [parameter.opts[0] if parameter.param_type_name == "option" else "", parameter.metavar or ""]
    return " ".join(word for word in words if word) + ("..." if parameter.nargs == -1 else "")


def _default(parameter: Any) -> str:
    if parameter.required:
        return "required"
    return "" if parameter.default in (None, [], False, ()) or callable(parameter.default) else f"`{parameter.default}`"


PAGES: dict[str, Callable[[], str]] = {
    "record.md": record_page,
    "commands.md": commands_page,
    "tables.md": tables_page.page,
    "tables.svg": tables_figure.figure,
}


def write() -> None:
    """Write all pages that are made."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
