from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from communique.validate import problems
from records import example_record


def told(tmp_path: Path, change: Callable[[dict[str, Any]], Any] | None = None) -> list[str]:
    record = json.loads(example_record().model_dump_json())
    if change:
        change(record)
    path = tmp_path / "r.json"
    path.write_text(json.dumps(record))
    lines = [str(problem) for problem in problems(path)]
    assert all(line.startswith(f"{path}: ") and "\n" not in line for line in lines)
    return [line.removeprefix(f"{path}: ") for line in lines]


def test_a_good_record_has_no_problem(tmp_path: Path) -> None:
    assert told(tmp_path) == []


def test_every_wrong_quote_is_told(tmp_path: Path) -> None:
    def change(record: dict[str, Any]) -> None:
        record["amounts"][0]["mention"]["quote"] = "€9.9 million"
        record["parties"][1]["mentions"][0] |= {"start": 3, "end": 8}

    lines = told(tmp_path, change)
    assert len(lines) == 2
    assert lines[0].startswith("parties.1.mentions.0: the text at 3:8 does not read 'Molde'")
    assert lines[1].startswith("amounts.0.mention: the text at ")


def test_every_wrong_field_is_told(tmp_path: Path) -> None:
    def change(record: dict[str, Any]) -> None:
        record["commitments"][0]["status"] = "promised"
        record["commitments"][0]["providers"] = []
        record["amounts"][1]["value"] = "1e6"
        record["mood"] = "good"

    where = [line.split(":")[0] for line in told(tmp_path, change)]
    assert where == ["amounts.1.value", "commitments.0.providers", "commitments.0.status", "mood"]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda r: r["commitments"][0].update(receivers=["p9"]), "c1 names p9, which is not there"),
        (lambda r: r["parties"][2].update(id="p7"), "do not count up from p1"),
        (lambda r: r["release"].update(id="f" * 64), "release.id: is not the sha256 of the text"),
        (lambda r: r["release"].update(characters=1), "release.characters: is not the length of the text"),
        (lambda r: r.pop("provenance"), "provenance: Field required"),
        (lambda r: r["commitments"][0]["counted"].update(amounts=["a9"]), "a9"),
    ],
)
def test_what_else_may_be_wrong(tmp_path: Path, change: Callable[[dict[str, Any]], Any], line: str) -> None:
    [found] = told(tmp_path, change)
    assert line in found


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"{", "is no JSON"),
        (b"\xff", "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        (b"[]", "a record is a JSON object"),
        (b'{"text": 5, "parties": [{"start": "x"}]}', "text: Input should be a valid string"),
    ],
)
def test_what_is_no_record_is_told(tmp_path: Path, content: bytes, line: str) -> None:
    path = tmp_path / "r.json"
    path.write_bytes(content)
    assert any(line in str(problem) for problem in problems(path))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert "cannot be read" in str(problems(tmp_path)[0])
