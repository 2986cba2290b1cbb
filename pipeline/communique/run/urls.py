"""Inputs and records at URLs that fsspec reaches, such as ``s3://bucket/releases`` and ``gs://bucket/records``."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from communique.errors import InputMissingError, OutputError, SettingsError
from communique.run.engine import Closing
from communique.run.plan import Job, Plan

NEEDED = "URLs need fsspec, and its package for the place (s3fs, gcsfs): pip install fsspec s3fs"
TOGETHER = 64  # records that are sent at a time


def is_url(told: str) -> bool:
    """Whether a path is a URL; `file://` too, which names a local path as a URL does."""
    return "://" in told


def opened_url(url: str) -> tuple[Any, str]:
    """The file system of a URL and the path in it; raises `SettingsError` if what it needs is not installed."""
    try:
        import fsspec.core
    except ImportError as error:
        raise SettingsError(NEEDED) from error
    try:
        system, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise SettingsError(f"{url.partition('://')[0]}:// cannot be reached: {error}") from error
    return system, path


def plan_urls(urls: Sequence[str]) -> Plan:
    """The releases at URLs and, searched deeply, below them, by the same rules as in folders; raises `InputMissingError`."""
    from communique.read import SIDECAR_SUFFIX, searched

    made = Plan()
    for url in urls:
        system, top = opened_url(url)
        try:
            files = sorted(system.find(top))
        except OSError as error:
            raise InputMissingError(f"{url} cannot be listed: {error}") from error
        for file in files:
            name = PurePosixPath(file).name if file == top else file.removeprefix(top.rstrip("/")).lstrip("/")
            path = PurePosixPath(name)
            if any(part.startswith(".") for part in path.parts) or name.endswith(SIDECAR_SUFFIX):
                continue
            if file != top and (path.stem.casefold() == "readme" or path.suffix.lower() not in searched()):
                made.skipped[path.suffix.lower() or "no extension"] += 1
                continue
            made.jobs.append(Job(Path(name), name, url, url=str(system.unstrip_protocol(file))))
    if not made.jobs:
        raise InputMissingError(f"there is no release in {', '.join(urls)}")
    return made


def mark_of(job: Job) -> str:
    """By what its place knows whether a file and its sidecar are the same as before; raises `OSError` if it is not there."""
    system, path = opened_url(job.url)
    told = [str(system.ukey(path))]
    beside = str(PurePosixPath(path).with_name(job.sidecar.name))
    if system.exists(beside):
        told.append(str(system.ukey(beside)))
    return "|".join(told)


@contextmanager
def fetched(job: Job) -> Iterator[Job]:
    """A job at a URL as one on disk, with its sidecar, for as long as it is read; a file that is not there is not there then."""
    system, path = opened_url(job.url)
    with tempfile.TemporaryDirectory() as folder:
        local = replace(job, path=Path(folder) / job.path.name, url="")
        beside = str(PurePosixPath(path).with_name(job.sidecar.name))
        for there, here in ((path, local.path), (beside, local.sidecar)):
            if system.exists(there):
                system.get_file(there, str(here))
        yield local


class UrlFolder(Closing):
    """A folder of records at a URL. Records are sent some at a time, and lie there once `sync` has come back."""

    def __init__(self, url: str) -> None:
        """See what is there; raises `OutputError` if it cannot be reached."""
        self._url = url.rstrip("/")
        self._system, self._top = opened_url(self._url)
        self._waiting: dict[str, bytes] = {}
        try:
            found = self._system.find(self._top, detail=True) if self._system.exists(self._top) else {}
        except OSError as error:
            raise OutputError(f"{url} cannot be reached: {error}") from error
        self._sizes = {path.removeprefix(f"{self._top}/"): int(told["size"]) for path, told in found.items()}

    @property
    def place(self) -> str:
        """The URL, with a slash."""
        return f"{self._url}/"

    def put(self, content: bytes, name: str) -> None:
        """Take a record; raises `OutputError` if those that wait cannot be sent."""
        self._waiting[name] = content
        if len(self._waiting) >= TOGETHER:
            self.sync()

    def sync(self) -> None:
        """Send what waits; raises `OutputError`."""
        if not self._waiting:
            return
        try:
            for folder in {str(PurePosixPath(f"{self._top}/{name}").parent) for name in self._waiting}:
                self._system.makedirs(folder, exist_ok=True)
            self._system.pipe({f"{self._top}/{name}": content for name, content in self._waiting.items()})
        except OSError as error:
            raise OutputError(f"records cannot be written to {self._url}: {error}; run again when that is mended") from error
        self._sizes.update({name: len(content) for name, content in self._waiting.items()})
        self._waiting = {}

    def has(self, name: str, size: int) -> bool:
        """Whether there is a file of so many bytes."""
        return self._sizes.get(name) == size

    def read(self, name: str) -> bytes:
        """The bytes of a record; raises `OutputError` if it cannot be read."""
        if name in self._waiting:
            return self._waiting[name]
        try:
            content: bytes = self._system.cat_file(f"{self._top}/{name}")
        except OSError as error:
            raise OutputError(f"the record {self._url}/{name} cannot be read: {error}", final=False) from error
        return content

    def remove(self, name: str) -> None:
        """Remove a record."""
        self._waiting.pop(name, None)
        if self._sizes.pop(name, None) is not None:
            self._system.rm_file(f"{self._top}/{name}")

    def sweep(self) -> None:
        """Nothing is left half written: what is sent is there whole, or not at all."""
