"""The parts of the README and of docs/ that are made from the project itself.

    python tests/readme.py

rewrites them in place, and the pages of `pages.py`; a test fails where one differs from what it should show.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import typer

import communique
import pages
from communique import Pipeline, Record
from communique.cli import app
from communique.errors import EXIT_CODES
from communique.read import read_all
from communique.run import plan
from communique.run.plan import Job
from communique.settings import Settings
from communique.store import open_sink
from communique_models import FIRM, STATUS_CROSSWALK
from pages import table

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"(?P<begin><!-- made: (?P<name>\w+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL)
FENCED = re.compile(r"```(?P<kind>\w+)\n(?P<body>.*?)```", re.DOTALL)
WIDTH = 120
QUOTE = 60
SHOWN = "norway-moldova.txt"  # the sample whose record the README shows


def made(readme: str, pipeline: Pipeline) -> str:
    """The README, or a page of docs/, with all its made parts as they should be."""

    @cache
    def records() -> dict[str, Record]:
        sources = _sources(plan([ROOT / "samples"]).jobs)
        return dict(zip(sources, pipeline.extract_many(sources.values()), strict=True))

    makers: dict[str, Callable[[], str]] = {
        "record": lambda: fenced("json", excerpt(records()[SHOWN])),
        "answer": lambda: fenced("text", answer(query(readme), records())),
        "python": lambda: fenced("text", output(snippet(readme, "python"), pipeline)),
        "options": options,
        "codes": lambda: table(("code", "meaning"), EXIT_CODES.items()),
        "statuses": statuses,
    }
    return BLOCK.sub(lambda match: f"{match['begin']}{makers[match['name']]()}\n{match['end']}", readme)


def _sources(jobs: Iterable[Job]) -> dict[str, communique.Source]:
    """The releases in the files by the names of their records, without `.json`."""
    told = {f"{job.name}{one.mark}": one.source for job in jobs for one in read_all(job.path, job.name, Settings())}
    return {name: source for name, source in told.items() if isinstance(source, communique.Source)}


def fenced(kind: str, body: str) -> str:
    return f"```{kind}\n{body.rstrip()}\n```"


def snippet(readme: str, kind: str) -> str:
    """The first fenced block of a kind."""
    return next(match["body"] for match in FENCED.finditer(readme) if match["kind"] == kind)


def query(readme: str) -> str:
    return snippet(readme, "sql")


def excerpt(record: Record) -> str:
    """One commitment of a record with what it refers to."""
    told = record.model_dump(mode="json", exclude_none=True)
    one = max(told["commitments"], key=lambda one: (len(one["counted"]["amounts"]) > 0, len(one["amounts"])))
    ids = {*one["providers"], *one["receivers"], *one["amounts"], *(use["date"] for use in one["dates"])}
    shown = {
        "release": {key: told["release"][key] for key in ("source", "title", "published_on", "published_basis")},
        **{kind: [fact for fact in told[kind] if fact["id"] in ids] for kind in ("parties", "amounts", "dates")},
        "commitments": [{key: value for key, value in one.items() if value != []}],
    }
    for party in shown["parties"]:
        del party["mentions"][1:]
    return compact(shown)


def compact(told: Any, indent: str = "") -> str:
    """JSON with what fits into a line on a line; a mention's quote is cut."""
    if isinstance(told, dict) and set(told) == {"start", "end", "quote"} and len(told["quote"]) > QUOTE:
        told = {**told, "quote": f"{told['quote'][: QUOTE - 1]}…"}
    line = json.dumps(told, ensure_ascii=False)
    if len(indent) + len(line) <= WIDTH or not isinstance(told, dict | list):
        return line
    inner = f"{indent} "
    if isinstance(told, dict):
        parts = [f"{inner}{json.dumps(key)}: {compact(value, inner)}" for key, value in told.items()]
        return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    return "[\n" + ",\n".join(f"{inner}{compact(one, inner)}" for one in told) + f"\n{indent}]"


def answer(sql: str, records: dict[str, Record]) -> str:
    """What the database of the samples answers to a query, as a table in plain text."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "records.db"
        with open_sink(f"sqlite:///{file}") as sink:
            for name, record in records.items():
                sink.write(record, f"{name}.json")
        with contextlib.closing(sqlite3.connect(file)) as connection:
            cursor = connection.execute(sql)
            lines = [[column[0] for column in cursor.description], *([str(cell) for cell in row] for row in cursor)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)


def output(code: str, pipeline: Pipeline) -> str:
    """What a snippet of Python prints."""
    with contextlib.redirect_stdout(io.StringIO()) as told, patch.object(communique, "Pipeline", lambda: pipeline):
        exec(compile(code, "README.md", "exec"), {})
    return told.getvalue()


def options() -> str:
    """The arguments and options of every command."""
    commands: dict[tuple[str, str], list[str]] = {}
    for name, command in _commands(typer.main.get_command(app)):
        for parameter in command.params:
            if parameter.name == "help":
                continue
            words = [parameter.opts[0] if parameter.param_type_name == "option" else "", parameter.metavar or ""]
            told = " ".join(word for word in words if word)
            default = "" if parameter.required or parameter.default in (None, [], False) else f" (default {parameter.default})"
            commands.setdefault((f"`{told}`", f"{parameter.help}{default}"), []).append(f"`{name}`")
    rows = [(", ".join(names), shown, meaning) for (shown, meaning), names in commands.items()]
    return table(("command", "argument or option", "meaning"), rows)


def _commands(group: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """All commands, those of groups included, with their names."""
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from _commands(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


def statuses() -> str:
    def shown(cells: Iterable[Any]) -> str:
        return ", ".join(str(cell) for cell in cells) or "none"

    return table(
        ("status", "its new money counts", "IATI transaction type", "OCHA FTS", "Kiel trackers"),
        (
            (f"`{status.value}`", "yes" if status in FIRM else "no", shown(words.iati), words.fts or "none", words.kiel or "none")
            for status, words in STATUS_CROSSWALK.items()
        ),
    )


def written() -> list[Path]:
    """The README and the pages that have made parts."""
    return [README, *(page for page in sorted(pages.DOCS.glob("*.md")) if BLOCK.search(page.read_text(encoding="utf-8")))]


if __name__ == "__main__":
    for page in written():
        page.write_text(made(page.read_text(encoding="utf-8"), Pipeline()), encoding="utf-8")
    pages.write()
