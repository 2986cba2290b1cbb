"""What makes the records of a run, as one hash: where it differs, releases are extracted again.

It is computed without loading the language model.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from communique.settings import Settings
from communique.version import __version__

PACKAGE = Path(__file__).parents[1]
# Parts of the package that no record depends on.
APART = {"changes", "cli", "evaluate", "export", "overlay", "reconcile", "report", "review", "run", "store"}
PASSED = {".pyc", ".pyo"}


def made_by(settings: Settings, published_on: date | None, *, skip_languages: bool = False) -> str:
    """The sha256 over version, settings, the options, our code and lexicons, the model and the user's list of parties."""
    digest = hashlib.sha256()
    for told in (__version__, settings.model_dump_json(), str(published_on), *(["skip languages"] if skip_languages else [])):
        digest.update(told.encode() + b"\0")
    for folder, files in ((PACKAGE, _code()), *_model(settings.model)):
        for path in files:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(_sha256(path))
    if settings.parties:
        digest.update(_sha256(settings.parties))
    return digest.hexdigest()


def _code() -> Iterator[Path]:
    return (path for path in _files(PACKAGE) if path.relative_to(PACKAGE).parts[0] not in APART)


def _model(name: str) -> Iterator[tuple[Path, Iterable[Path]]]:
    """The folder and files of a model, by its package's name or its path; nothing, if it is not there, which loading tells."""
    if Path(name).is_dir():
        yield Path(name), _files(Path(name))
        return
    try:
        found = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return
    for folder in map(Path, found.submodule_search_locations or () if found else ()):
        yield folder, _files(folder)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in PASSED)


def _sha256(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:  # whoever needs the file says that it is not there
        return b""
