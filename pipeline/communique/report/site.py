"""The site: a page for the run, a page a release, and the records beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique.errors import OutputError
from communique.loading import Loaded, Unread
from communique.report import figures, words
from communique.report.pages import page
from communique.report.release import KINDS, cards_of, page_name, text_of
from communique.report.rows import Page, page_of, rows_of
from communique.report.sums import Totals
from communique_models import Purpose, Record, Status

FOLDER = "releases"


@dataclass(slots=True)
class Site:
    """What a site shows."""

    pages: list[Page] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)
    unread: list[Unread] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)  # names of records whose release is on the site already


def write_site(records: Iterable[Loaded | Unread], out: Path, title: str = "Commitments in press releases") -> Site:
    """Write the pages of records below a folder; raises `OutputError` if that is not possible.

    Pages of an earlier report there are replaced. A release that comes twice is shown and counted once.
    """
    site = Site()
    known: set[str] = set()
    try:
        folder = _emptied(out)
        for one in records:
            if isinstance(one, Unread):
                site.unread.append(one)
            elif one.record.release.id in known:
                site.twice.append(one.name)
            else:
                known.add(one.record.release.id)
                _add(site, one, folder)
        _write(out / "index.html", run_page(site, title))
    except OSError as error:
        raise OutputError(f"the report {out} cannot be written: {error.strerror or error}; give another folder") from error
    return site


def _add(site: Site, one: Loaded, folder: Path) -> None:
    name = page_name(one.record, one.name)
    _write(folder / f"{name}.html", release_page(one.record, f"{name}.json", "../index.html"))
    _write(folder / f"{name}.json", f"{one.record.model_dump_json(indent=2)}\n")
    site.rows += rows_of(one.record, len(site.pages))
    site.pages.append(page_of(one.record, one.name, name))
    site.totals.add(one.record)


def run_page(site: Site, title: str) -> str:
    """The page of a run."""
    newest = sorted(site.rows, key=lambda row: site.pages[row["r"]].published, reverse=True)
    releases = [[one.file, words.visible(one.title), one.published] for one in site.pages]
    return page(
        "run.html",
        ("table.js",),
        title=title,
        site=site,
        panels=figures.panels(site.totals),
        figures=[one for one in (figures.parties(site.totals), figures.timeline(site.totals)) if one],
        statuses=[status.value for status in Status],
        purposes=[purpose.value for purpose in Purpose],
        data={"folder": FOLDER, "releases": releases, "rows": newest},
    )


def release_page(record: Record, json_file: str | None = None, run: str | None = None) -> str:
    """The page of a release; `json_file` and `run` are where its record and the page of its run lie, seen from it."""
    names = {party.id: party.name for party in record.parties}
    release = record.release
    return page(
        "release.html",
        ("release.js",),
        record=record,
        title=release.title or release.source or "A press release",
        issuer=names[release.issuer] if release.issuer else None,
        address=words.web_address(release.source),
        paragraphs=text_of(record),
        cards=cards_of(record),
        kinds=KINDS,
        json=record.model_dump_json(exclude={"text"}, indent=1),
        json_file=json_file,
        run=run,
    )


def _emptied(out: Path) -> Path:
    """The folder of the release pages, without those of an earlier report."""
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*-[0-9a-f]*.html"):
        old.unlink()
        old.with_suffix(".json").unlink(missing_ok=True)
    return folder


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
