from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import pages
import readme
from communique import Pipeline

TEXT = readme.README.read_text(encoding="utf-8")


def test_what_is_shown_is_what_comes_out(pipeline: Pipeline) -> None:
    """Where this fails, `python tests/readme.py` mends the README."""
    assert readme.made(TEXT, pipeline) == TEXT


@pytest.mark.parametrize("page", readme.written()[1:], ids=lambda page: str(page.name))
def test_what_docs_show_is_what_comes_out(page: Path, pipeline: Pipeline) -> None:
    text = page.read_text(encoding="utf-8")
    assert readme.made(text, pipeline) == text


@pytest.mark.parametrize("name", pages.PAGES)
def test_pages_made_from_the_code_are_as_the_code_is(name: str) -> None:
    """Where this fails, `python tests/readme.py` mends the page."""
    assert (pages.DOCS / name).read_text(encoding="utf-8") == pages.PAGES[name]()


def test_every_made_part_is_there() -> None:
    names = [match["name"] for match in readme.BLOCK.finditer(TEXT)]
    assert names == ["brief", "answer", "explained", "python"]
    everywhere = [match["name"] for page in readme.written() for match in readme.BLOCK.finditer(page.read_text(encoding="utf-8"))]
    assert set(everywhere) == {*names, "gold", "links", "models", "record", "statuses"}


def test_it_is_short() -> None:
    """What is told at length stands in docs/."""
    assert len(TEXT.splitlines()) <= 200


def test_the_two_commands_stand_behind_their_marks() -> None:
    commands = re.findall(r"<!-- (main job|tests) -->\n```bash\n(.*?)\n```", TEXT, re.DOTALL)
    assert [name for name, _ in commands] == ["main job", "tests"]
    assert all(command.startswith("python3 -m venv .venv && .venv/bin/pip install ") for _, command in commands)
    assert "communique run samples --out records --db sqlite:///records.db" in commands[0][1]
    assert commands[1][1].endswith(".venv/bin/pytest")


def test_what_it_shows_to_do_can_be_done() -> None:
    """Its commands beside the two; those of docs/ are done in `test_docs.py`."""
    shown = [words for body in blocks("bash") for words in pages.calls(body)]
    assert [words[0] for words in shown] == ["report", "explain", "evaluate"]
    for words in shown:
        command = dict(pages.commands())[words[0]]
        context = command.make_context("communique", words[1:])
        assert all(Path(one).parts[0] in ("samples", "records") for one in map(str, context.args))
    extras = tomllib.loads((pages.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(re.findall(r"\.\[(\w+)\]", TEXT)) <= set(extras)


def test_what_it_names_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", TEXT)
    assert {f"docs/{page.name}" for page in pages.DOCS.glob("*.md")} - {"docs/index.md", "docs/python.md"} <= set(links)
    assert [link for link in links if not (pages.ROOT / link).exists()] == []


def blocks(kind: str) -> list[str]:
    return [match["body"] for match in readme.FENCED.finditer(TEXT) if match["kind"] == kind]
