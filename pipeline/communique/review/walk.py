"""The way through a database: which commitments are meant, in which order, and how much is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from communique.store.reviews import Entry, Line
from communique_models import Status


class State(StrEnum):
    """Which commitments are walked through."""

    ALL = "all"
    LEFT = "left"
    FLAGGED = "flagged"
    DECIDED = "decided"


class Filter(BaseModel):
    """What a person wants to see; `below` is a confidence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: State = State.ALL
    party: str = Field(default="", max_length=200)
    status: Status | None = None
    below: float = Field(default=1.0, ge=0, le=1)

    def admits(self, entry: Entry) -> bool:
        """Whether a commitment is meant."""
        match self.state:
            case State.LEFT if entry.verdict is not None:
                return False
            case State.FLAGGED if entry.flag is None:
                return False
            case State.DECIDED if entry.verdict is None:
                return False
        if self.status and entry.status != self.status:
            return False
        if self.below < 1 and entry.confidence >= self.below:
            return False
        wanted = self.party.strip().casefold()
        return not wanted or any(wanted in name.casefold() for name in entry.parties)

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves anything out."""
        return self != Filter()


def way(lines: Sequence[Line], entries: Mapping[str, Iterable[Entry]], wanted: Filter) -> dict[str, Any]:
    """The releases with their commitments that are meant, in order, and how much is done of all.

    A release without commitments is on the way too, since something may have been missed in it; not when a filter asks for
    commitments of some kind.
    """
    releases = []
    done = total = complete = 0
    for line in lines:
        told = list(entries.get(line.release_id, ()))
        total += len(told)
        done += sum(one.verdict is not None for one in told)
        complete += line.complete
        meant = [{"subject": one.subject, "verdict": one.verdict, "flag": one.flag} for one in told if wanted.admits(one)]
        waits = wanted.state is State.LEFT and not line.complete and not (wanted.party or wanted.status or wanted.below < 1)
        if meant or waits or not wanted.is_narrow:
            left = sum(one.verdict is None for one in told)
            releases.append(
                {
                    "id": line.release_id,
                    "title": line.title or line.name,
                    "published_on": line.published_on,
                    "complete": line.complete,
                    "left": left,
                    "commitments": meant,
                }
            )
    progress = {"done": done, "total": total, "complete": complete, "releases": len(lines)}
    return {"releases": releases, "progress": progress}
