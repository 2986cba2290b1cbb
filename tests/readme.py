"""The parts of the README and of docs/ that show what comes out, or are made from the code.

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
import textwrap
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import communique
import pages
from communique import Pipeline, Record
from communique.cli import call
from communique.explain import explanation
from communique.read import read, read_all
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
WIDE = 132
QUOTE = 60
SHOWN = "norway-moldova.txt"  # the sample whose record is shown
FIELDS = {  # of each fact in the short form of a record
    "parties": ("id", "name", "kind", "country"),
    "amounts": ("id", "mention", "currency", "value"),
    "dates": ("id", "mention", "begin", "end"),
    "commitments": ("id", "evidence", "providers", "receivers", "action", "status", "amounts", "dates", "counted", "confidence"),
}
EXPLAINED = "The text will be published"  # how the sentence begins of which is shown why
ANNOTATED = "uk-vanuatu-cyclone.gold.json"
HANGING = " " * 13
WEIGHTS = ROOT / "pipeline" / "communique" / "link" / "commitments" / "weights"
MODELS = {
    "retellings": "whether two tellings are of one undertaking",
    "confidence": "whether an undertaking is real: a commitment's `confidence`",
    "actions": "what is done, where it depends on the object: one for each action",
    "statuses": "how firmly it stands, where the tense alone tells: one for each status",
    "recipients": "whether a party that stands near receives",
}


def made(readme: str, pipeline: Pipeline) -> str:
    """The README, or a page of docs/, with all its made parts as they should be."""

    @cache
    def records() -> dict[str, Record]:
        sources = _sources(plan([ROOT / "samples"]).jobs)
        return dict(zip(sources, pipeline.extract_many(sources.values()), strict=True))

    makers: dict[str, Callable[[], str]] = {
        "brief": lambda: fenced("json", compact(brief(excerpt(records()[SHOWN])), width=WIDE)),
        "record": lambda: fenced("json", compact(excerpt(records()[SHOWN]))),
        "explained": lambda: fenced("text", explained(pipeline)),
        "gold": lambda: fenced("json", compact(gold())),
        "links": lambda: fenced("text", first_row(query(readme), records())),
        "models": models,
        "answer": lambda: fenced("text", answer(query(readme), records())),
        "python": lambda: fenced("text", output(snippet(readme, "python"), pipeline)),
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


def excerpt(record: Record) -> dict[str, Any]:
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
    return shown


def brief(shown: dict[str, Any]) -> dict[str, Any]:
    """The same without the fields that need telling."""
    return {
        kind: [{key: fact[key] for key in fields if key in fact} for fact in shown[kind]] for kind, fields in FIELDS.items()
    }


def compact(told: Any, indent: str = "", width: int = WIDTH) -> str:
    """JSON with what fits into a line on a line; a mention's quote is cut."""
    if isinstance(told, dict) and set(told) == {"start", "end", "quote"} and len(told["quote"]) > QUOTE:
        told = {**told, "quote": f"{told['quote'][: QUOTE - 1]}…"}
    line = json.dumps(told, ensure_ascii=False)
    if len(indent) + len(line) <= width or not isinstance(told, dict | list):
        return line
    inner = f"{indent} "
    if isinstance(told, dict):
        parts = [f"{inner}{json.dumps(key)}: {compact(value, inner, width)}" for key, value in told.items()]
        return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    return "[\n" + ",\n".join(f"{inner}{compact(one, inner, width)}" for one in told) + f"\n{indent}]"


def answer(sql: str, records: dict[str, Record]) -> str:
    """What the database of the samples answers to a query, as a table in plain text."""
    lines = asked(sql, records)
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)


def first_row(sql: str, records: dict[str, Record]) -> str:
    """The first row of an answer, a line a column."""
    names, row, *_ = asked(sql, records)
    width = max(map(len, names)) + 2
    hanging = "\n" + " " * width
    return "\n".join(f"{name:<{width}}{cell}".replace("\n", hanging) for name, cell in zip(names, row, strict=True))


def asked(sql: str, records: dict[str, Record]) -> list[list[str]]:
    """The columns and rows of what the database of the samples, reconciled, answers."""
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        file = Path(folder) / "records.db"
        with open_sink(f"sqlite:///{file}") as sink:
            for name, record in records.items():
                sink.write(record, f"{name}.json")
        assert call(["reconcile", "--db", f"sqlite:///{file}"]) == 0
        with contextlib.closing(sqlite3.connect(file)) as connection:
            cursor = connection.execute(sql)
            return [[column[0] for column in cursor.description], *([str(cell) for cell in row] for row in cursor)]


def output(code: str, pipeline: Pipeline) -> str:
    """What a snippet of Python prints."""
    with contextlib.redirect_stdout(io.StringIO()) as told, patch.object(communique, "Pipeline", lambda: pipeline):
        exec(compile(code, "README.md", "exec"), {})
    return told.getvalue()


def explained(pipeline: Pipeline) -> str:
    """Why one sentence is understood as it is, as `communique explain` prints it, with long lines broken."""
    doc = pipeline.annotate(read(ROOT / "samples" / SHOWN, SHOWN, Settings()))
    sentence = next(one for one in explanation(doc) if one.words.startswith(EXPLAINED))
    lines = [textwrap.fill(f"  {line}", WIDTH, subsequent_indent=HANGING, break_on_hyphens=False) for line in sentence.lines]
    return "\n".join([sentence.words, *lines])


def gold() -> Any:
    """A commitment as it is annotated."""
    told = json.loads((ROOT / "samples" / ANNOTATED).read_text(encoding="utf-8"))
    return told["commitments"][0]


def models() -> str:
    """The trained models with the number of their weights."""
    rows = []
    for name, decides in MODELS.items():
        file = WEIGHTS / f"{name}.json"
        told = json.loads(file.read_text(encoding="utf-8"))
        rows.append((f"`{name}.json`", decides, _weights(told), f"{file.stat().st_size / 1000:.0f} kB"))
    return table(("model", "estimates", "weights", "size"), rows)


def _weights(told: dict[str, Any]) -> int:
    return len(told["weights"]) if "weights" in told else sum(len(one["weights"]) for one in told.values())


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
