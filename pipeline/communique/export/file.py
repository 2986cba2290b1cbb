"""A file that is written as it comes and takes its place at the end."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write pieces to a file; if anything breaks until the last, the old file stays as it was. Raises `OSError`."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".tmp", delete=False) as file:
        temporary = Path(file.name)
        try:
            for piece in pieces:
                file.write(piece)
            file.close()
            temporary.chmod(0o644)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
