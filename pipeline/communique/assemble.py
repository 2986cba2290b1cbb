"""All that was found in a text -> its record, checked by the models."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import Decimal

from communique import lexicons, version
from communique.analysis import Analysis, CommitmentFact, Span
from communique.model import ModelInfo
from communique.settings import Settings
from communique.source import Source
from communique_models import (
    Amount,
    Commitment,
    Counted,
    Date,
    DateUse,
    Item,
    Mention,
    Notice,
    Party,
    Provenance,
    PublishedBasis,
    Record,
    Release,
)


def provenance(model: ModelInfo, settings: Settings) -> Provenance:
    """What makes the records of one pipeline."""
    return Provenance(
        version=version.__version__,
        model=model.name,
        model_version=model.version,
        model_sha256=model.sha256,
        lexicons_sha256=lexicons.fingerprint(),
        settings_sha256=settings.fingerprint(),
    )


def assemble(analysis: Analysis, source: Source, told: Provenance) -> Record:
    """The record of a release; raises pydantic's `ValidationError` if a step broke the contract, which is a bug."""
    text = source.text
    context = analysis.context

    order = sorted(range(len(analysis.parties)), key=lambda i: (analysis.parties[i].mentions[0], i))
    rank = {index: place for place, index in enumerate(order)}  # the parties' ids count in reading order

    def party_id(index: int | None) -> str | None:
        return None if index is None else f"p{rank[index] + 1}"

    def party_ids(indexes: Iterable[int]) -> list[str]:
        return [f"p{rank[index] + 1}" for index in indexes]

    def mention(span: Span) -> Mention:
        return Mention(start=span[0], end=span[1], quote=text[span[0] : span[1]])

    def mentions(spans: Iterable[Span]) -> list[Mention]:
        return [mention(span) for span in spans]

    def commitment(number: int, fact: CommitmentFact) -> Commitment:
        return Commitment(
            id=f"c{number}",
            trigger=mention(fact.trigger),
            evidence=mentions(fact.evidence),
            restated=mentions(fact.restated),
            providers=party_ids(fact.providers),
            receivers=party_ids(fact.receivers),
            said_by=party_id(fact.said_by),
            action=fact.action,
            status=fact.status,
            amounts=_ids("a", fact.amounts),
            items=[
                Item(
                    quantity=plain(item.quantity),
                    unit=item.unit,
                    description=item.description,
                    mention=mention((item.start, item.end)),
                )
                for item in fact.items
            ],
            dates=[DateUse(date=f"d{when + 1}", role=role) for when, role in fact.dates],
            purposes=fact.purposes,
            programme=mention(fact.programme) if fact.programme else None,
            condition=mention(fact.condition) if fact.condition else None,
            counted=Counted(amounts=_ids("a", fact.counted), reason=fact.uncounted),
            confidence=fact.confidence,
            rules=fact.rules,
        )

    return Record(
        release=Release(
            id=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            source=source.uri,
            raw_sha256=source.raw_sha256,
            media_type=source.media_type,
            title=context.title,
            issuer=party_id(analysis.issuer),
            publisher=source.issuer,
            published_on=context.published_on,
            published_basis=context.published_basis if context.published_on else PublishedBasis.NONE,
            dateline_place=context.dateline_place,
            language=context.language,
            characters=len(text),
        ),
        text=text,
        places=list(source.places),
        parties=[
            Party(
                id=f"p{number}",
                name=fact.name,
                aliases=fact.aliases,
                kind=fact.kind,
                country=fact.country,
                title=fact.title,
                represents=party_id(fact.represents),
                identifiers=fact.identifiers,
                mentions=mentions(fact.mentions),
            )
            for number, fact in enumerate((analysis.parties[index] for index in order), 1)
        ],
        amounts=[
            Amount(
                id=f"a{number}",
                mention=mention((fact.start, fact.end)),
                currency=fact.currency,
                currency_basis=fact.currency_basis,
                value=plain(fact.value),
                low=plain(fact.low),
                high=plain(fact.high),
                comparator=fact.comparator,
                per=fact.per,
                part_of=_id("a", fact.part_of),
                equivalent_of=_id("a", fact.equivalent_of),
                basis=fact.basis,
            )
            for number, fact in enumerate(analysis.amounts, 1)
        ],
        dates=[
            Date(
                id=f"d{number}",
                mention=mention((fact.start, fact.end)),
                value=fact.value,
                begin=fact.begin,
                end=fact.last,
                precision=fact.precision,
                anchor=f"d{fact.anchor + 1}" if isinstance(fact.anchor, int) else fact.anchor,
                rule=fact.rule,
            )
            for number, fact in enumerate(analysis.dates, 1)
        ],
        commitments=[commitment(number, fact) for number, fact in enumerate(analysis.commitments, 1)],
        notices=[
            Notice(code=doubt.code, message=doubt.message, mention=mention(doubt.span) if doubt.span else None)
            for doubt in analysis.doubts
        ],
        provenance=told,
    )


def _id(prefix: str, index: int | None) -> str | None:
    return None if index is None else f"{prefix}{index + 1}"


def _ids(prefix: str, indexes: Iterable[int]) -> list[str]:
    return [f"{prefix}{index + 1}" for index in indexes]


def plain(number: Decimal | None) -> str | None:
    """A decimal in plain digits, without an exponent or trailing zeros after the point."""
    if number is None:
        return None
    told = f"{number:f}"
    return told.rstrip("0").rstrip(".") if "." in told else told
