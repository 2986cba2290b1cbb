"""What the pages of docs/ show, done: their commands, snippets and queries, in a folder with the samples and their records."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import typer
from pydantic import ValidationError

import communique
import pages
from communique import Pipeline, Settings, Source
from communique.analysis import analysis_of
from communique.cli import app, call
from communique.lexicons import names
from communique.link.commitments.learned import model
from communique.read.sidecar import Sidecar
from communique_models import Action, Status, Uncounted

PAGES = sorted(pages.DOCS.glob("*.md"))
BLOCK = re.compile(r"^```(?P<kind>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<body>.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?P<page>[\w./-]+)(?:#[\w-]+)?\)")


def blocks(page: Path, *kinds: str) -> list[tuple[str, str, str]]:
    """Kind, title and body of the fenced blocks of a page."""
    found = ((one["kind"], one["title"] or "", one["body"]) for one in BLOCK.finditer(page.read_text(encoding="utf-8")))
    return [one for one in found if not kinds or one[0] in kinds]


def having(*kinds: str) -> Any:
    return pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, *kinds)], ids=lambda page: str(page.stem))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the samples, their records and their database."""
    folder = tmp_path_factory.mktemp("told")
    shutil.copytree(pages.ROOT / "samples", folder / "samples")
    assert call(["run", f"{folder}/samples", "--out", f"{folder}/records", "--db", f"sqlite:///{folder}/records.db"]) == 0
    assert call(["reconcile", "--db", f"sqlite:///{folder}/records.db"]) == 0
    return folder


@pytest.fixture
def at(told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "at"
    shutil.copytree(told, folder)
    monkeypatch.chdir(folder)
    return folder


@having("bash")
def test_commands_do_what_they_are_shown_to_do(page: Path, at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for kind, title, body in blocks(page):
        if title:
            (at / title).write_text(body, encoding="utf-8")
        for words in pages.calls(body) if kind == "bash" else ():
            assert call(words) == 0, (words, capsys.readouterr().err)


@having("bash")
def test_blocks_that_run_hold_calls_alone(page: Path) -> None:
    for _, _, body in blocks(page, "bash"):
        assert len(list(pages.calls(body))) == len([line for line in body.replace("\\\n", " ").splitlines() if line.strip()])


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "sh")], ids=lambda page: str(page.stem))
def test_commands_that_are_not_run_are_ones(page: Path) -> None:
    group = typer.main.get_command(app)
    for _, _, body in blocks(page, "sh"):
        for words in pages.calls(body):
            command: Any = group
            while hasattr(command, "commands"):
                command = command.commands[words.pop(0)]
            command.make_context("communique", words)


@having("sh")
def test_extras_and_files_that_are_named_are_there(page: Path) -> None:
    extras = tomllib.loads((pages.ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    for _, _, body in blocks(page, "sh"):
        assert set(re.findall(r"\.\[(\w+)\]", body)) <= set(extras)
        for name in re.findall(r"(?:tests|benchmarks|samples)(?:/[\w.]+)*", body):
            assert (pages.ROOT / name).exists(), name


@having("python")
@pytest.mark.usefixtures("at")
def test_snippets_of_python_run(page: Path, pipeline: Pipeline) -> None:
    def shared(settings: Settings | None = None, **told: Any) -> Pipeline:
        return Pipeline(settings, **told) if settings or told else pipeline

    for _, _, body in blocks(page, "python"):
        with patch.object(communique, "Pipeline", shared):
            exec(compile(body, page.name, "exec"), {})


@having("sql")
def test_queries_have_an_answer(page: Path, told: Path) -> None:
    with closing(sqlite3.connect(told / "records.db")) as connection:
        for _, _, body in blocks(page, "sql"):
            assert connection.execute(body).fetchall(), body


@having("toml")
def test_toml_is_such(page: Path) -> None:
    for _, _, body in blocks(page, "toml"):
        assert tomllib.loads(body)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.stem))
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.finditer(page.read_text(encoding="utf-8")):
        assert (page.parent / link["page"]).exists(), link["page"]


def test_every_page_is_in_the_menu() -> None:
    menu = (pages.ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert [page.name for page in PAGES if f": {page.name}\n" not in menu] == []


@pytest.mark.parametrize(("name", "command"), pages.commands(), ids=dict(pages.commands()))
def test_every_command_is_told_with_its_options(name: str, command: Any) -> None:
    """In the reference all of it; how it is used, on a page that somebody wrote."""
    reference = (pages.DOCS / "commands.md").read_text(encoding="utf-8")
    section = reference.partition(f"## communique {name}\n")[2].partition("\n## ")[0]
    for parameter in command.params:
        word = parameter.opts[0] if parameter.param_type_name == "option" else parameter.metavar
        assert parameter.name == "help" or re.search(rf"^\| `{re.escape(word)}\b", section, re.MULTILINE), word
    by_hand = [page.read_text(encoding="utf-8") for page in PAGES if page.name not in pages.PAGES]
    assert any(re.search(rf"communique {name}\b(?!-)", text) for text in by_hand)


def test_the_sidecar_shown_is_one() -> None:
    shown = next(body for _, _, body in blocks(pages.DOCS / "reading.md", "json"))
    assert Sidecar.model_validate(json.loads(shown)).issuer
    with pytest.raises(ValidationError):
        Sidecar.model_validate({"publisher": "nobody"})


def test_every_word_of_a_commitment_is_explained() -> None:
    text = (pages.DOCS / "concepts.md").read_text(encoding="utf-8")
    assert [word for words in (Action, Status, Uncounted) for word in words if f"\n| `{word}` |" not in text] == []


def test_the_models_know_no_names(pipeline: Pipeline) -> None:
    """As the model card says: with other parties of the same kinds, all that is weighed is the same."""
    told = "{0} will provide NOK 5 million to {1} for new hospitals. {0} gave {1} 20 ambulances in 2019."
    sure, receives = model("confidence").weights, model("recipients").weights
    one, other = (
        [
            (fact.features & sure.keys(), [candidate.features & receives.keys() for candidate in fact.candidates])
            for fact in analysis_of(pipeline.annotate(Source(told.format(*names)))).commitments
        ]
        for names in (("Norway", "Moldova"), ("Sweden", "Albania"))
    )
    assert len(one) == 2
    assert one == other


def test_every_lexicon_is_described() -> None:
    text = (pages.DOCS / "lexicons.md").read_text(encoding="utf-8")
    assert [name for name in names() if f"| `{name}.toml` |" not in text] == []


def test_the_site_asks_nothing_of_others() -> None:
    menu = (pages.ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert "font: false" in menu
    assert "http" not in menu
    assert "http" not in (pages.DOCS / "style.css").read_text(encoding="utf-8")
    assert "polyfills: [offline/iframe-worker.js]" in menu  # else the plugin `offline` fetches it
    assert (pages.DOCS / "offline" / "iframe-worker.js").exists()
    drawn = [page.name for page in PAGES if "```mermaid" in page.read_text(encoding="utf-8")]  # by a script from elsewhere
    assert drawn == []


def test_the_citation_is_of_this_version() -> None:
    lines = (pages.ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert {f"version: {communique.__version__}", "license: MIT", "cff-version: 1.2.0"} <= set(lines)
