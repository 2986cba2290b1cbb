"""Archives: the releases in a .zip, and what a .gz holds, unpacked within limits."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from communique.errors import NotTextError, ReleaseError
from communique.read.content import Budget, Member, Part
from communique.read.package import open_zip, unpacked
from communique.read.sidecar import SUFFIX as SIDECAR_SUFFIX

GZIP_SUFFIX = ".gz"
README = "readme"
SYSTEM = "__MACOSX"


def open_gzip(raw: bytes, budget: Budget, name: str = "") -> Iterator[Part]:
    """What a .gz holds; its name is that of the .gz without the ending."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
            held = file.read(budget.left + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise NotTextError(f"the file is broken or cut short, and cannot be unpacked ({error}); fetch it again") from error
    budget.take(len(held))
    yield Part("", Member(name.removesuffix(GZIP_SUFFIX), held))


def open_archive(raw: bytes, budget: Budget, suffixes: frozenset[str]) -> Iterator[Part]:
    """The files in a .zip whose names end in one of some suffixes, marked `#1`, `#2` … in their order by name.

    As in a folder, hidden files, sidecars and a README are passed over. Nothing is written to disk.
    """
    with open_zip(raw) as archive:
        i = 0
        for name in sorted(archive.namelist()):
            path = PurePosixPath(name)
            if name.endswith(("/", SIDECAR_SUFFIX)) or path.suffix.lower() not in suffixes or path.stem.casefold() == README:
                continue
            if any(part.startswith(".") or part == SYSTEM for part in path.parts):
                continue
            i += 1
            try:
                held = unpacked(archive, name, budget.left)
                budget.take(len(held))
            except ReleaseError as error:
                yield Part(f"#{i}", error)
                continue
            yield Part(f"#{i}", Member(name, held))
