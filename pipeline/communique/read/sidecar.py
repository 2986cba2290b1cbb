"""What stands beside a release in ``x.meta.json``: published_on, title, issuer, source, each optional."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from communique.errors import SidecarError

SUFFIX = ".meta.json"


class Sidecar(BaseModel):
    """What a user knows of a release beside its text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    published_on: date | None = None
    title: str | None = None
    issuer: str | None = None
    source: str | None = None


def read_sidecar(release: Path) -> Sidecar:
    """The sidecar of a release, an empty one if it has none; raises `SidecarError` if it says what no sidecar says."""
    path = release.with_suffix(SUFFIX)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Sidecar()
    except OSError as error:
        raise SidecarError(f"its sidecar {path.name} cannot be read: {error.strerror or error}") from error
    try:
        return Sidecar.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = "".join(f" at {part}" for part in first["loc"])
        known = ", ".join(Sidecar.model_fields)
        raise SidecarError(f"its sidecar {path.name} is wrong{where}: {first['msg']} (known are: {known})") from error
