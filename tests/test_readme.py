from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

import pages
import readme
from communique import Pipeline
from communique.read.sidecar import Sidecar

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
    assert sorted(names) == ["answer", "codes", "options", "python", "record", "statuses"]


def test_the_two_commands_stand_behind_their_marks() -> None:
    commands = re.findall(r"<!-- (main job|tests) -->\n```bash\n(.*?)\n```", TEXT, re.DOTALL)
    assert [name for name, _ in commands] == ["main job", "tests"]
    assert all(command.startswith("python3 -m venv .venv && .venv/bin/pip install ") for _, command in commands)
    assert "communique run samples --out records --db sqlite:///records.db" in commands[0][1]
    assert commands[1][1].endswith(".venv/bin/pytest")


def test_the_sidecar_shown_is_one() -> None:
    shown = next(line for line in TEXT.splitlines() if line.startswith('{"published_on"'))
    assert Sidecar.model_validate(json.loads(shown)).issuer
    with pytest.raises(ValidationError):
        Sidecar.model_validate({"publisher": "nobody"})


def test_files_and_folders_named_are_there() -> None:
    root = Path(readme.ROOT)
    for name in ("constraints.txt", "samples", "tests/gold/scoring.py", "tests/readme.py", "benchmarks/throughput.py", "LICENSE"):
        assert (root / name).exists(), name
