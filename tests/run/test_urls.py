"""Inputs and records at URLs, by fsspec's file system for local files: the same code reaches S3 and Google's storage."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

import fakes
from communique import Pipeline
from communique.cli.options import out_of, paths_of
from communique.errors import InputMissingError, SettingsError
from communique.run import Here, Order, Pool, Summary, Way, carry_out, execute
from communique.run.engine import Engine
from communique.run.progress import LineProgress
from communique.run.step import Step
from communique.run.urls import opened_url
from communique.settings import Limits
from communique_models import Record


@pytest.fixture(autouse=True)
def _unhashed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execute, "made_by", lambda *_, **__: "the same")  # not the hash of the model's files, time and again


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    (made / "sub").mkdir(parents=True)
    (made / "a.txt").write_text("Norway will provide €5 million to Kenya.\n")
    (made / "a.meta.json").write_text('{"published_on": "2024-04-15"}')
    (made / "sub" / "b.txt").write_text("Sweden will provide €6 million to Kenya.\n")
    (made / "README.md").touch()
    (made / ".hidden.txt").touch()
    return made


def through(order: Order, engine: Engine) -> Summary:
    return carry_out(order, Way(Limits(workers=2)), LineProgress(Console(file=io.StringIO())), engine)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*.json")
        if ".communique" not in path.parts
    }


def test_urls_give_the_same_bytes_as_paths(pipeline: Pipeline, folder: Path, tmp_path: Path) -> None:
    step = Here(lambda: Step(pipeline))
    through(Order((folder,), tmp_path / "local"), step)
    order = Order((f"file://{folder}",), tmp_path / "ledger", out_url=f"file://{tmp_path}/there/records")
    summary = through(order, step)
    assert (summary.read, summary.failed, dict(summary.skipped)) == (2, [], {".md": 1})
    assert files(tmp_path / "there" / "records") == files(tmp_path / "local")
    release = Record.model_validate_json((tmp_path / "there" / "records" / "a.txt.json").read_bytes()).release
    assert str(release.published_on) == "2024-04-15"


def test_a_run_over_urls_goes_on_where_it_stopped(folder: Path, tmp_path: Path) -> None:
    order = Order((f"file://{folder}",), tmp_path / "ledger", out_url=f"file://{tmp_path}/records")
    assert through(order, Pool(fakes.fake, Limits(workers=2))).read == 2
    again = through(order, Here(fakes.fake))
    assert (again.read, again.unchanged) == (0, 2)
    (folder / "sub" / "b.txt").write_text("something else\nand more\n")
    assert through(order, Here(fakes.fake)).read == 2
    (tmp_path / "records" / "a.txt.json").unlink()
    assert through(order, Here(fakes.fake)).read == 1
    (folder / "a.txt").unlink()
    gone = through(Order(order.inputs, order.out, prune=True, out_url=order.out_url), Here(fakes.fake))
    assert gone.vanished == [f"file://{folder}/a.txt"]
    assert set(files(tmp_path / "records")) == {"sub/b.txt#1.json", "sub/b.txt#2.json"}


def test_records_at_urls_are_loaded_into_databases(folder: Path, tmp_path: Path) -> None:
    order = Order((f"file://{folder}",), tmp_path / "ledger", out_url=f"file://{tmp_path}/records")
    through(order, Here(fakes.fake))
    url = f"sqlite:///{tmp_path}/r.db"
    assert through(Order(order.inputs, order.out, (url,), out_url=order.out_url), Here(fakes.fake)).loaded == 2


def test_two_inputs_never_overwrite_each_other(folder: Path, tmp_path: Path) -> None:
    summary = through(Order((f"file://{folder}", folder / "a.txt", folder / "sub"), tmp_path / "out"), Here(fakes.fake))
    [(path, reason)] = summary.failed
    assert path == str(folder / "a.txt")
    assert f"its record would overwrite that of file://{folder}/a.txt" in reason
    assert set(files(tmp_path / "out")) == {"a.txt.json", "sub/b.txt.json", "b.txt.json"}


def test_urls_that_lead_nowhere_are_told(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(InputMissingError, match="there is no release in file://"):
        through(Order((f"file://{tmp_path}/in",), tmp_path / "ledger"), Here(fakes.fake))
    with pytest.raises(SettingsError, match="nowhere:// cannot be reached"):
        opened_url("nowhere://bucket/folder")


def test_a_url_for_records_needs_a_ledger_on_this_machine(tmp_path: Path) -> None:
    assert out_of("records", None) == (Path("records"), "")
    assert out_of("s3://bucket/records", tmp_path) == (tmp_path, "s3://bucket/records")
    with pytest.raises(SettingsError, match="--ledger: say in which folder"):
        out_of("s3://bucket/records", None)
    with pytest.raises(SettingsError, match="--ledger is for"):
        out_of("records", tmp_path)
    assert paths_of(["a.txt", "s3://bucket/releases"]) == (Path("a.txt"), "s3://bucket/releases")
