"""A record with a fact of every kind, for tests of what is done with records."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from communique_models import (
    Amount,
    Commitment,
    Counted,
    Date,
    DateUse,
    Item,
    Mention,
    Notice,
    NoticeCode,
    Party,
    Provenance,
    Record,
    Release,
)

TEXT = """Havna Fund gives two ambulances and €1.5 million to Molde

Molde, 5 April 2024 – The Havna Fund will provide €1.5 million to the town of Molde, of which €0.5 million is for two ambulances.
Director Ane Vik signed the deed on Friday, subject to the approval of the board.
"""
SHA = "0" * 64
DAY = date(2024, 4, 5)


def mention(quote: str, nth: int = 1, text: str = TEXT) -> Mention:
    start = -1
    for _ in range(nth):
        start = text.index(quote, start + 1)
    return Mention(start=start, end=start + len(quote), quote=quote)


def example_record(text: str = TEXT, **release: Any) -> Record:
    return Record(
        release=Release(
            id=hashlib.sha256(text.encode()).hexdigest(),
            characters=len(text),
            **{"title": "Havna Fund gives", "issuer": "p1", "published_on": DAY, "source": "a/havna.txt", **release},
        ),
        text=text,
        parties=[
            Party(
                id="p1",
                name="Havna Fund",
                aliases=["the Havna Fund"],
                kind="nonprofit",
                identifiers={"lei": "5493"},
                mentions=[mention("Havna Fund"), mention("Havna Fund", 2)],
            ),
            Party(id="p2", name="Molde", kind="public_body", country="NO", mentions=[mention("Molde")]),
            Party(id="p3", name="Ane Vik", kind="person", title="Director", represents="p1", mentions=[mention("Ane Vik")]),
        ],
        amounts=[
            Amount(id="a1", mention=mention("€1.5 million", 2), currency="EUR", currency_basis="symbol", value="1500000"),
            Amount(
                id="a2", mention=mention("€0.5 million"), currency="EUR", currency_basis="symbol", value="500000.25", part_of="a1"
            ),
        ],
        dates=[
            Date(id="d1", mention=mention("5 April 2024"), value="2024-04-05", begin=DAY, end=DAY, rule="day"),
            Date(id="d2", mention=mention("Friday"), anchor="release", rule="weekday"),
        ],
        commitments=[
            Commitment(
                id="c1",
                trigger=mention("will provide"),
                evidence=[mention(TEXT.splitlines()[2])],
                restated=[mention("gives")],
                providers=["p1"],
                receivers=["p2"],
                said_by="p3",
                action="fund",
                status="pledged",
                amounts=["a1", "a2"],
                items=[Item(quantity="2", unit=None, description="ambulances", mention=mention("two ambulances"))],
                dates=[DateUse(date="d2", role="made")],
                purposes=["health", "other"],
                condition=mention("subject to the approval of the board"),
                counted=Counted(amounts=["a1"], reason="part_of_total"),
                confidence=0.75,
                rules=["provide", "future"],
            ),
        ],
        notices=[Notice(code=NoticeCode.UNRESOLVED_DATE, message="not resolved", mention=mention("Friday"))],
        provenance=Provenance(
            version="0", model="none", model_version="0", model_sha256=SHA, lexicons_sha256=SHA, settings_sha256=SHA
        ),
    )
