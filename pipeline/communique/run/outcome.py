"""What became of one release, as plain data that goes from process to process."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from communique.errors import ReleaseError, bug
from communique_models import Record

FACTS = ("parties", "amounts", "dates", "commitments")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The bytes of a release's record, or the reason why there is none: it failed, or is left out for its language."""

    mark: str  # which one of those in its file: `#2`; nothing if it is the file itself
    record: bytes | None = None
    release_id: str = ""
    words: int = 0
    facts: Counter[str] = field(default_factory=Counter)  # how many parties, amounts, dates, commitments
    notices: Counter[str] = field(default_factory=Counter)  # by code
    cause: str = ""  # of a failure: the name of its class
    reason: str = ""
    seconds: float = 0.0  # of work; in a batch, its share by length
    language: str = ""  # for which it is left out

    @property
    def failed(self) -> bool:
        """Whether there is no record, and should be one."""
        return self.record is None and not self.language


def made(mark: str, record: Record, seconds: float = 0.0) -> Outcome:
    """The outcome of a release that became a record."""
    from communique.store.json_folder import to_json  # with it come databases, which whoever only passes outcomes on needs not

    return Outcome(
        mark=mark,
        record=to_json(record),
        release_id=record.release.id,
        words=len(record.text.split()),
        facts=Counter({kind: len(getattr(record, kind)) for kind in FACTS}),
        notices=Counter(notice.code.value for notice in record.notices),
        seconds=seconds,
    )


def left_out(mark: str, language: str, seconds: float = 0.0) -> Outcome:
    """The outcome of a release that is left out, as it is not in English."""
    return Outcome(mark=mark, language=language, seconds=seconds)


def failed(mark: str, error: Exception, seconds: float = 0.0) -> Outcome:
    """The outcome of a release that failed; of an error that is a bug, in words that say so."""
    told = str(error) if isinstance(error, ReleaseError) else bug(error)
    return Outcome(mark=mark, cause=type(error).__name__, reason=told, seconds=seconds)
