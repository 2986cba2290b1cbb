"""Who publishes an export, and what facts are called in it across releases."""

from __future__ import annotations

from dataclasses import dataclass

KEY_DIGITS = 16  # of a release's id in the keys of its facts, as in the database


@dataclass(frozen=True, slots=True)
class Reporter:
    """The organisation that publishes, by its identifier in IATI's scheme and its name."""

    ref: str = "XI-COMMUNIQUE"
    name: str = "communique"

    @classmethod
    def told(cls, told: str | None) -> Reporter:
        """Of `REF=NAME`; raises `ValueError` where that is not what is told."""
        if told is None:
            return cls()
        ref, equals, name = (part.strip() for part in told.partition("="))
        if not (ref and equals and name) or any(one.isspace() for one in ref):
            raise ValueError(f"{told!r} is no reporter; write its identifier and its name, like GB-CHC-202918=Example Trust")
        return cls(ref, name)


def key(release_id: str, fact: str) -> str:
    """The key of a fact across releases, fit for identifiers."""
    return f"{release_id[:KEY_DIGITS]}-{fact}"
