from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from communique.cli import call
from communique.overlay import Decision, Verdict
from communique.overlay.apply import COMPLETE
from communique.store.reviews import Reviews
from gold.scoring import gold_releases
from records import TEXT, example_record
from review.served import load

RECORD = example_record()


def finish(url: str, name: str) -> None:
    reviews = Reviews(url)
    facts = {"release_id": RECORD.release.id, "name": name, "decided_by": "Ada", "decided_at": "then"}
    reviews.decide(Decision(**facts, subject=COMPLETE, verdict=Verdict.COMPLETE), None)
    reviews.close()


def test_finished_releases_are_written_as_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = load(tmp_path / "r.db", **{"a/havna": RECORD, "b": example_record(f"{TEXT}More.\n")})
    finish(url, "a/havna.txt.json")
    assert call(["export-gold", "--db", url, str(tmp_path / "gold")]) == 0
    assert "1 release written" in capsys.readouterr().out
    written = sorted(path.name for path in (tmp_path / "gold").iterdir())
    assert written == ["a-havna.gold.json", "a-havna.meta.json", "a-havna.txt"]
    assert (tmp_path / "gold/a-havna.txt").read_bytes() == TEXT.encode()
    [(release, gold)] = gold_releases(tmp_path / "gold")
    assert (release.name, len(gold.commitments)) == ("a-havna.txt", 1)
    meta = json.loads((tmp_path / "gold/a-havna.meta.json").read_text(encoding="utf-8"))
    assert meta == {"published_on": "2024-04-05", "title": "Havna Fund gives", "issuer": "Havna Fund"}


def test_without_a_finished_release_it_says_how_to_get_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = load(tmp_path / "r.db", havna=RECORD)
    assert call(["export-gold", "--db", url, str(tmp_path / "gold")]) == 0
    assert "f finishes one" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["review", "--db", "sqlite:///{}/none.db"], 5, "there is no database"),
        (["review", "--db", "sqlite:///{}/r.db", "--name", " "], 7, "--name"),
        (["export-gold", "--db", "sqlite:///{}/none.db", "{}/gold"], 5, "there is no database"),
        (["export-gold", "--db", "sqlite:///{}/r.db", "{}/r.db/gold"], 4, "cannot be written"),
    ],
)
def test_what_goes_wrong_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, words: str
) -> None:
    load(tmp_path / "r.db", havna=RECORD)
    assert call([one.format(tmp_path) for one in arguments]) == code
    assert words in capsys.readouterr().err


def test_the_command_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    url = load(tmp_path / "r.db", havna=RECORD)
    command = [sys.executable, "-c", "from communique.cli import main; main()"]
    command += ["review", "--db", url, "--no-browse", "--name", "Ada"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", process.stdout.readline())
        assert found is not None
        with httpx.Client(trust_env=False, follow_redirects=True) as client:
            assert "Deciding as Ada" in client.get(found[0]).text
        port = int(re.findall(r":(\d+)/", found[0])[0])
        taken = subprocess.run([*command, "--port", str(port)], capture_output=True, text=True, check=False)
        assert (taken.returncode, "cannot be used" in taken.stderr) == (7, True)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
