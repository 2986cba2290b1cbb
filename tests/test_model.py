from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import spacy

from communique import Pipeline, model
from communique.errors import ModelError
from communique.settings import DEFAULT_MODEL


def test_the_model_is_the_pinned_one(pipeline: Pipeline) -> None:
    record = pipeline.extract("Norway pays.")
    assert record.provenance.model == DEFAULT_MODEL
    assert record.provenance.model_sha256 == model.MODEL_SHA256


def test_files_that_differ_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "MODEL_SHA256", "0" * 64)
    with pytest.raises(ModelError, match=r"not those of version 3\.7\.1 .*force-reinstall"):
        model.load()


def test_one_changed_byte_changes_the_fingerprint(tmp_path: Path) -> None:
    package = find_spec(DEFAULT_MODEL)  # importing it would warn
    assert package is not None
    assert package.origin is not None
    data = next(path for path in Path(package.origin).parent.iterdir() if (path / "config.cfg").exists())
    folder = tmp_path / "model"
    shutil.copytree(data, folder, ignore=shutil.ignore_patterns("vectors", "strings.json"))
    before = model.fingerprint(folder)
    assert before == model.fingerprint(folder)
    meta = folder / "meta.json"
    meta.write_bytes(meta.read_bytes().replace(b"md", b"mb", 1))
    assert model.fingerprint(folder) != before


@pytest.mark.parametrize("name", ["no_such_model", "/no/such/folder", "re", ""])
def test_a_model_that_cannot_be_loaded_is_told(name: str) -> None:
    with pytest.raises(ModelError, match=r"cannot be loaded.*give an installed package"):
        model.load(name)


def test_a_model_without_a_parser_is_told(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="has no lemmatizer, ner, parser, tagger"):
        model.load(str(tmp_path / "blank"))


def test_its_own_known_warning_is_silent_and_no_other(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import warnings\n"
        "from communique import model\n"
        "model.load()\n"
        "model.load()\n"
        "warnings.warn('[W095] another model')\n"
    )
    done = subprocess.run([sys.executable, "-W", "always", str(script)], capture_output=True, text=True, check=True)
    assert "[W095] Model" not in done.stderr
    assert "[W095] another model" in done.stderr
