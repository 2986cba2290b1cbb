"""FollowTheMoney entities, one JSON object a line, as Aleph and its kin read them.

The schema knows no promise of money: a commitment is a `Project` with its sums and its `ProjectParticipant`s, and only what was
delivered is a `Payment` too. The release is an `Article`; where a party is named in it, a `Mention`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

import pycountry

from communique.export.reporter import Reporter, key
from communique_models import Commitment, DateRole, Kind, Party, Record, Status

Properties = dict[str, list[str]]
SCHEMATA = {
    Kind.COUNTRY: "PublicBody",
    Kind.PUBLIC_BODY: "PublicBody",
    Kind.INTERGOVERNMENTAL: "Organization",
    Kind.COMPANY: "Company",
    Kind.NONPROFIT: "Organization",
    Kind.PERSON: "Person",
    Kind.GROUP: "LegalEntity",
}
IDENTIFIERS = {"lei": "leiCode", "wikidata": "wikidataId", "opencorporates": "opencorporatesUrl", "permid": "permId"}
"""Schemes that the schema has a property for -> that property; others stand in `registrationNumber` of organisations."""
PERMIDS = frozenset({"PublicBody", "Organization", "Company"})


def export(records: Iterable[Record], reporter: Reporter) -> Iterator[bytes]:
    """The file in pieces."""
    for record in records:
        for entity in entities(record, reporter):
            yield json.dumps(entity, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def entities(record: Record, reporter: Reporter) -> Iterator[dict[str, Any]]:
    """The entities of a record, each behind those that it refers to."""
    release = record.release
    document = key(release.id, "release")
    name = release.source or release.title or document
    yield _entity(
        document,
        "Article",
        title=release.title,
        fileName=name,
        contentHash=_sha1(record.text),
        bodyText=record.text,
        mimeType=release.media_type,
        language=_language(release.language),
        publishedAt=release.published_on,
        sourceUrl=_url(release.source),
        publisher=reporter.name,
    )
    for party in record.parties:
        yield _party(record, party, document)
        yield from _mentions(record, party, document)
    for commitment in record.commitments:
        yield from _commitment(record, commitment, document)


def _party(record: Record, party: Party, document: str) -> dict[str, Any]:
    schema = SCHEMATA[party.kind]
    told: dict[str, Any] = {
        "name": party.name,
        "alias": party.aliases,
        "country": party.country and party.country.lower(),
        "proof": document,
    }
    if party.kind is Kind.PERSON:
        told |= {"position": party.title}
    for scheme, value in party.identifiers.items():
        name = IDENTIFIERS.get(scheme.lower(), "registrationNumber")
        if name == "permId" and schema not in PERMIDS:
            name = "registrationNumber"
        told.setdefault(name, []).append(value)
    return _entity(key(record.release.id, party.id), schema, **told)


def _mentions(record: Record, party: Party, document: str) -> Iterator[dict[str, Any]]:
    for name in dict.fromkeys(mention.quote for mention in party.mentions):
        id_ = key(record.release.id, f"{party.id}-{_sha1(name)[:8]}")
        resolved = key(record.release.id, party.id)
        yield _entity(id_, "Mention", document=document, resolved=resolved, name=name, detectedSchema=SCHEMATA[party.kind])


def _commitment(record: Record, commitment: Commitment, document: str) -> Iterator[dict[str, Any]]:
    id_ = key(record.release.id, commitment.id)
    parties = {party.id: party for party in record.parties}
    amounts = {amount.id: amount for amount in record.amounts}
    givers = ", ".join(parties[one].name for one in commitment.providers)
    takers = ", ".join(parties[one].name for one in commitment.receivers)
    evidence = [mention.quote for mention in commitment.evidence]
    counted = [amounts[one] for one in commitment.counted.amounts]
    currencies = {amount.currency for amount in counted if amount.currency}
    one_currency = [amount for amount in counted if amount.currency] if len(currencies) == 1 else []
    yield _entity(
        id_,
        "Project",
        name=f"{givers}: {commitment.action}{f' for {takers}' if takers else ''}",
        projectId=id_,
        status=commitment.status.value,
        goal=[purpose.value for purpose in commitment.purposes],
        summary=evidence,
        proof=document,
        sourceUrl=_url(record.release.source),
        amount=[amount.value or amount.high for amount in one_currency],
        currency=sorted(currencies) if one_currency else [],
        **_days(record, commitment),
    )
    for role, people in (("provider", commitment.providers), ("receiver", commitment.receivers)):
        for party in people:
            participant = key(record.release.id, party)
            yield _entity(
                f"{id_}-{role}-{party}", "ProjectParticipant", project=id_, participant=participant, role=role, proof=document
            )
    if commitment.status is Status.DELIVERED and commitment.receivers:
        for amount in counted:
            yield _entity(
                f"{id_}-{amount.id}",
                "Payment",
                payer=[key(record.release.id, one) for one in commitment.providers],
                beneficiary=[key(record.release.id, one) for one in commitment.receivers],
                amount=amount.value or amount.high,
                currency=amount.currency,
                purpose=evidence,
                programme=commitment.programme and commitment.programme.quote,
                project=id_,
                proof=document,
                date=_days(record, commitment).get("endDate") or record.release.published_on,
            )


def _days(record: Record, commitment: Commitment) -> dict[str, Any]:
    dates = {when.id: when for when in record.dates}
    told: dict[str, Any] = {}
    for use in commitment.dates:
        when = dates[use.date]
        if use.role in (DateRole.START, DateRole.PERIOD) and when.begin:
            told.setdefault("startDate", when.begin)
        if use.role in (DateRole.DUE, DateRole.DONE, DateRole.PERIOD) and when.end:
            told.setdefault("endDate", when.end)
    return told


def _entity(id_: str, schema: str, **properties: Any) -> dict[str, Any]:
    """An entity with those of its properties that have a value."""
    told: Properties = {}
    for name, value in properties.items():
        values = value if isinstance(value, list) else [value]
        strings = list(dict.fromkeys(str(one) for one in values if one not in (None, "")))
        if strings:
            told[name] = strings
    return {"id": id_, "schema": schema, "properties": told}


def _language(code: str | None) -> str | None:
    """A language of two letters by the three that the schema wants."""
    found = pycountry.languages.get(alpha_2=code) if code else None
    return str(found.alpha_3) if found else None


def _url(source: str | None) -> str | None:
    return source if source and source.startswith(("http://", "https://")) else None


def _sha1(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
