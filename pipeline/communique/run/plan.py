"""What a run has to do: which files are releases, and where the record of each goes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from communique.errors import ClashError, InputMissingError, ReleaseError, UnreadableError

CLASH = "its record would overwrite that of {}; give a folder above both, or use two --out"


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read; the path of its record is its name with ``.json`` behind it."""

    path: Path
    name: str  # the path below the input folder, parts joined by /
    top: str = ""  # the file or folder that the user gave, as an absolute path or a URL
    done: frozenset[int] = frozenset()  # places of the releases in it that are not to be extracted again
    url: str = ""  # where the file is, if that is no path

    def __str__(self) -> str:
        return self.url or str(self.path)

    @property
    def sidecar(self) -> Path:
        """Where its sidecar lies, if it has one."""
        from communique.read import SIDECAR_SUFFIX  # the readers take a while to import, in which workers start already

        return self.path.with_suffix(SIDECAR_SUFFIX)

    def record_name(self, mark: str = "") -> str:
        """Where a record goes, below the output folder: `x.txt.json`, so that x.txt and x.md do not meet; `x.mbox#2.json`."""
        return f"{self.name}{mark}.json"


@dataclass(slots=True)
class Plan:
    """The jobs in order, the inputs that cannot become jobs, and what was passed over."""

    jobs: list[Job] = field(default_factory=list)
    failed: list[tuple[str, ReleaseError]] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)  # by extension, or name


def plan(inputs: Iterable[Path], out: Path | None = None) -> Plan:
    """The releases in files and, searched deeply, folders; `out` is not searched.

    In a folder, hidden files, symbolic links, sidecars, a README and files of formats that are not read are passed over; the
    last two are counted. A file given twice is read once. Raises `InputMissingError` if there is nothing to read.
    """
    made = Plan()
    owners: dict[str, Path] = {}  # of each record's name
    seen: set[Path] = set()
    given = list(inputs)
    kept_out = out.resolve() if out else None
    for top in given:
        if not top.exists():
            made.failed.append((str(top), UnreadableError("it is not there; check the path")))
            continue
        for job in _jobs(top, kept_out, made):
            real = job.path.resolve()
            if real in seen:
                continue
            seen.add(real)
            key = job.record_name().casefold()  # some file systems do not tell cases apart
            if key in owners:
                made.failed.append((str(job.path), ClashError(CLASH.format(owners[key]))))
                continue
            owners[key] = job.path
            made.jobs.append(job)
    if not made.jobs and all(isinstance(error, UnreadableError) for _, error in made.failed):
        raise InputMissingError(_nothing(given, made))
    return made


def merged(plans: Iterable[Plan]) -> Plan:
    """Several plans as one; of two jobs whose records would meet, the second fails."""
    made = Plan()
    owners: dict[str, Job] = {}
    for one in plans:
        made.failed += one.failed
        made.skipped += one.skipped
        for job in one.jobs:
            owner = owners.setdefault(job.record_name().casefold(), job)
            if owner is job:
                made.jobs.append(job)
            else:
                made.failed.append((str(job), ClashError(CLASH.format(owner))))
    return made


def _jobs(top: Path, out: Path | None, made: Plan) -> Iterator[Job]:
    from communique.read import SIDECAR_SUFFIX, searched

    if not top.is_dir():
        yield Job(top, _readable(top.name), str(top.absolute()))
        return
    given = str(top.absolute())
    for path in _files(top, out, made):
        if path.name.endswith(SIDECAR_SUFFIX):
            continue
        if path.stem.casefold() == "readme":  # it tells of the folder
            made.skipped[path.name] += 1
            continue
        if path.suffix.lower() not in searched():
            made.skipped[path.suffix.lower() or "no extension"] += 1
            continue
        yield Job(path, _readable(path.relative_to(top).as_posix()), given)


def _readable(name: str) -> str:
    """A name whose bytes may be no UTF-8, as text that can be written everywhere."""
    return os.fsencode(name).decode("utf-8", "replace")


def _files(top: Path, out: Path | None, made: Plan) -> Iterator[Path]:
    """The files below a folder, sorted by their path's parts."""

    def unreadable(error: OSError) -> None:
        made.failed.append((str(error.filename), UnreadableError(f"the folder cannot be read: {error.strerror or error}")))

    for folder, folders, files in os.walk(top, onerror=unreadable):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and (here / name).resolve() != out)
        for name in sorted(files):
            path = here / name
            if not name.startswith(".") and not path.is_symlink() and path.is_file():
                yield path


def _nothing(given: list[Path], made: Plan) -> str:
    from communique.read import READERS

    if made.failed:
        return "; ".join(f"{path}: {error}" for path, error in made.failed)
    told = ", ".join(str(path) for path in given)
    passed = ", ".join(f"{count} of {suffix}" for suffix, count in sorted(made.skipped.items()))
    others = f" (files of other formats: {passed})" if passed else ""
    return f"there is no release in {told}{others}; give files ending in {', '.join(READERS)}"
