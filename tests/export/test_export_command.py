from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from communique import cli, errors
from communique.cli.export import NAMES
from communique.export import FORMATS
from records import example_record


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "havna.txt.json").write_text(example_record().model_dump_json())
    return tmp_path


def test_the_formats_are_those_that_the_command_tells() -> None:
    assert tuple(FORMATS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_format_is_written(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "out"
    assert cli.call(["export", str(folder / "records"), "--format", name, "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"1 record with 1 commitments: {out}\n"
    assert b"Molde" in out.read_bytes()
    assert (folder / "out.labels.xml").exists() == (name == "label-studio")


def test_a_reporter_is_who_publishes(folder: Path) -> None:
    out = folder / "out.xml"
    told = ["export", str(folder / "records"), "--format", "iati", "--out", str(out), "--reporter", "GB-CHC-1 = Example Trust"]
    assert cli.call(told) == 0
    reporter = etree.parse(out).find("iati-activity/reporting-org")
    assert reporter is not None
    assert (reporter.get("ref"), reporter.findtext("narrative")) == ("GB-CHC-1", "Example Trust")


def test_what_is_no_record_is_told_and_the_rest_is_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "records" / "broken.json").write_text("{")
    (folder / "records" / "twice.json").write_text(example_record().model_dump_json())
    out = folder / "out"
    assert cli.call(["export", str(folder / "records"), "--format", "ftm", "--out", str(out)]) == errors.EXIT_SOME_FAILED
    told = capsys.readouterr().err
    assert "passed over broken" in told
    assert "passed over twice: its release is there already" in told
    assert out.exists()


@pytest.mark.parametrize(
    ("options", "code", "reason"),
    [
        (["--format", "rdf"], errors.SettingsError.exit_code, "--format: 'rdf' is none of iati, ftm, label-studio, jsonld"),
        (["--format", "iati", "--reporter", "me"], errors.SettingsError.exit_code, "--reporter: 'me' is no reporter"),
    ],
)
def test_what_makes_no_sense_is_told(
    options: list[str], code: int, reason: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.call(["export", str(folder / "records"), "--out", str(folder / "out"), *options]) == code
    assert reason in capsys.readouterr().err
    assert not (folder / "out").exists()


def test_an_export_of_nothing_leaves_the_old_file(folder: Path) -> None:
    (folder / "records" / "havna.txt.json").write_text("{")
    (folder / "out").write_text("old")
    code = cli.call(["export", str(folder / "records"), "--format", "ftm", "--out", str(folder / "out")])
    assert code == errors.InvalidRecordError.exit_code
    assert (folder / "out").read_text() == "old"
    assert cli.call(["export", str(folder / "records"), "--format", "ftm", "--out", str(folder / "no" / "out")]) == 4


def test_tasks_come_back_as_gold_beside_their_texts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tasks = folder / "tasks.json"
    assert cli.call(["export", str(folder / "records"), "--format", "label-studio", "--out", str(tasks)]) == 0
    made = json.loads(tasks.read_text())
    made[0]["annotations"] = [{"id": 1, "result": made[0]["predictions"][0]["result"]}]
    tasks.write_text(json.dumps([*made, {"data": {"text": "x"}}]))
    capsys.readouterr()
    assert cli.call(["import-gold", str(tasks), "--out", str(folder / "gold")]) == 0
    assert capsys.readouterr().out == f"1 of 2 tasks annotated: {folder / 'gold'}\n"
    gold = json.loads((folder / "gold" / "a-havna.gold.json").read_text())
    assert (folder / "gold" / "a-havna.txt").read_text() == example_record().text
    assert gold["id"] == "a-havna"
    assert gold["commitments"][0]["trigger"] == {"quote": "will provide", "nth": 1}
    tasks.write_text(json.dumps([made[0], made[0]]))
    assert cli.call(["import-gold", str(tasks), "--out", str(folder / "gold")]) == errors.InvalidRecordError.exit_code
    assert "several tasks are called 'a-havna'" in capsys.readouterr().err
