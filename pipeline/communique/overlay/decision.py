"""What a person decided, and what became of it in the record as it is now."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from communique.overlay.told import Told


class Verdict(StrEnum):
    """What a person decided about a commitment; the last is about a release: nothing in it is missing."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    ADDED = "added"
    COMPLETE = "complete"


class Flag(StrEnum):
    """Why a decision wants another look."""

    CHANGED = "changed"  # the same words are read otherwise now
    MOVED = "moved"  # the commitment is told by other words now
    GONE = "gone"  # it is no longer found, except by the person
    TEXT = "text"  # the release's text changed, and the words of the decision stand in it still
    LOST = "lost"  # the release's text changed, and the words of the decision are not in it


WHY = {
    Flag.CHANGED: "Since this was decided, communique reads the same words otherwise.",
    Flag.MOVED: "Since this was decided, communique finds it by other words.",
    Flag.GONE: "Since this was decided, communique no longer finds it.",
    Flag.TEXT: "This was decided for an earlier text of the release; its words stand here still.",
    Flag.LOST: "This was decided for an earlier text of the release; its words are not in this one.",
}
"""Each flag in a sentence, as pages tell it."""


class Decision(BaseModel):
    """One decision about one commitment, or about a release as a whole.

    `subject` names what is decided about within its release; a later decision about the same subject takes its place. `told` is
    the commitment as the person left it, `seen` what communique said then (null where the person added it).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: int = 0
    release_id: str
    name: str
    subject: str
    verdict: Verdict
    told: Told | None = None
    seen: Told | None = None
    decided_by: str
    decided_at: str

    @property
    def anchor(self) -> Told | None:
        """By what its commitment is found again: what communique said, else what the person did."""
        return self.seen or self.told
