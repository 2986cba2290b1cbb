"""Files inside a ZIP file, unpacked within limits."""

from __future__ import annotations

import io
import zipfile
import zlib

from communique.errors import NotTextError, TooLongError

MOST_MEMBERS = 10_000


def open_zip(raw: bytes) -> zipfile.ZipFile:
    """The archive that some bytes are; raises `NotTextError` if they are none."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise NotTextError(f"the file is broken or cut short, and cannot be opened ({error}); fetch it again") from error
    if len(archive.infolist()) > MOST_MEMBERS:
        raise TooLongError(f"the file holds more than {MOST_MEMBERS:,} files; unpack it and give the folder")
    return archive


def unpacked(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The bytes of a file in an archive; raises `TooLongError` if there are more than `most`, whatever its entry says."""
    try:
        with archive.open(name) as member:
            raw = member.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise NotTextError(f"{name!r} in the file cannot be unpacked: {error}") from error
    except RuntimeError as error:  # as zipfile tells of passwords
        raise NotTextError("the file is locked with a password; save it without one") from error
    if len(raw) > most:
        raise TooLongError(f"{name!r} in the file has more than {most:,} bytes unpacked")
    return raw
