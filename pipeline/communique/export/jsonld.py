"""JSON-LD: the facts in the words of schema.org, each mention a W3C Web Annotation of the release's text.

The context stands in the file, so that nothing is fetched to read it. What schema.org has no word for is told in communique's
own vocabulary, under `urn:communique:`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from communique.export.reporter import KEY_DIGITS, Reporter
from communique_models import Action, Amount, Commitment, Date, Kind, Mention, Party, Record

Node = dict[str, Any]
AROUND = 32  # characters before and after a quote, by which it is found in a text that has moved

WORDS = (
    "name", "alternateName", "headline", "text", "inLanguage", "identifier", "propertyID", "value", "minValue", "maxValue",
    "currency",
    "jobTitle", "sha256", "encodingFormat", "description",
)  # fmt: skip
DAYS = ("datePublished", "startDate", "endDate")
NODES = ("publisher", "funder", "recipient", "agent", "amount", "worksFor", "parentOrganization", "isBasedOn", "url")
OWN_WORDS = ("action", "status", "kind", "country", "comparator", "per", "basis", "edtf", "role", "purpose", "confidence")
OWN_NODES = ("partOf", "equivalentOf", "saidBy", "counted", "date", "dateUse")
CONTEXT: Node = {
    "@version": 1.1,
    "id": "@id",
    "type": "@type",
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "own": "urn:communique:",
    **{name: f"schema:{name}" for name in WORDS},
    **{name: {"@id": f"schema:{name}", "@type": "xsd:date"} for name in DAYS},
    **{name: {"@id": f"schema:{name}", "@type": "@id"} for name in NODES},
    **{name: f"own:{name}" for name in OWN_WORDS},
    **{name: {"@id": f"own:{name}", "@type": "@id"} for name in OWN_NODES},
    "Annotation": "oa:Annotation",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "identifying": "oa:identifying",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
}
TYPES = {
    Kind.COUNTRY: "schema:Country",
    Kind.PUBLIC_BODY: "schema:GovernmentOrganization",
    Kind.INTERGOVERNMENTAL: "schema:Organization",
    Kind.COMPANY: "schema:Corporation",
    Kind.NONPROFIT: "schema:NGO",
    Kind.PERSON: "schema:Person",
    Kind.GROUP: "schema:Organization",
}


def export(records: Iterable[Record], _: Reporter) -> Iterator[bytes]:
    """The file in pieces: one document, its graph written as it comes."""
    yield b'{"@context": ' + json.dumps(CONTEXT, ensure_ascii=False).encode() + b',\n"@graph": [\n'
    first = True
    for record in records:
        for node in nodes(record):
            yield (b"" if first else b",\n") + json.dumps(_filled(node), ensure_ascii=False).encode()
            first = False
    yield b"\n]}\n"


def nodes(record: Record) -> Iterator[Node]:
    """The release, its facts, and an annotation for each mention of one."""
    yield _release(record)
    for party in record.parties:
        yield _party(record, party)
        yield from _annotations(record, party.id, party.mentions)
    for amount in record.amounts:
        yield _amount(record, amount)
        yield from _annotations(record, amount.id, [amount.mention])
    for when in record.dates:
        yield _date(record, when)
        yield from _annotations(record, when.id, [when.mention])
    for commitment in record.commitments:
        yield _commitment(record, commitment)
        yield from _annotations(record, commitment.id, [commitment.trigger, *commitment.restated, *commitment.evidence])


def _iri(record: Record, fact: str = "") -> str:
    return f"urn:communique:{record.release.id[:KEY_DIGITS]}{f':{fact}' if fact else ''}"


def _iris(record: Record, facts: Iterable[str]) -> list[str]:
    return [_iri(record, fact) for fact in facts]


def _release(record: Record) -> Node:
    release = record.release
    url = release.source if release.source and release.source.startswith(("http://", "https://")) else None
    return {
        "id": _iri(record),
        "type": "schema:NewsArticle",
        "headline": release.title,
        "datePublished": release.published_on and release.published_on.isoformat(),
        "publisher": _iri(record, release.issuer) if release.issuer else None,
        "inLanguage": release.language,
        "encodingFormat": release.media_type,
        "url": url,
        "sha256": release.id,
        "text": record.text,
    }


def _party(record: Record, party: Party) -> Node:
    whole = _iri(record, party.represents) if party.represents else None
    return {
        "id": _iri(record, party.id),
        "type": TYPES[party.kind],
        "name": party.name,
        "alternateName": party.aliases,
        "kind": party.kind.value,
        "country": party.country,
        "jobTitle": party.title,
        "worksFor" if party.kind is Kind.PERSON else "parentOrganization": whole,
        "identifier": [
            {"type": "schema:PropertyValue", "propertyID": scheme, "value": value} for scheme, value in party.identifiers.items()
        ],
    }


def _amount(record: Record, amount: Amount) -> Node:
    return {
        "id": _iri(record, amount.id),
        "type": "schema:MonetaryAmount",
        "currency": amount.currency,
        "value": amount.value,
        "minValue": amount.low,
        "maxValue": amount.high,
        "comparator": amount.comparator.value,
        "per": amount.per and amount.per.value,
        "basis": amount.basis.value,
        "partOf": _iri(record, amount.part_of) if amount.part_of else None,
        "equivalentOf": _iri(record, amount.equivalent_of) if amount.equivalent_of else None,
    }


def _date(record: Record, when: Date) -> Node:
    return {
        "id": _iri(record, when.id),
        "type": "own:Date",
        "edtf": when.value,
        "startDate": when.begin and when.begin.isoformat(),
        "endDate": when.end and when.end.isoformat(),
    }


def _commitment(record: Record, commitment: Commitment) -> Node:
    funds = commitment.action is Action.FUND
    return {
        "id": _iri(record, commitment.id),
        "type": ["own:Commitment", "schema:MonetaryGrant" if funds else "schema:Action"],
        "funder" if funds else "agent": _iris(record, commitment.providers),
        "recipient": _iris(record, commitment.receivers),
        "saidBy": _iri(record, commitment.said_by) if commitment.said_by else None,
        "action": commitment.action.value,
        "status": commitment.status.value,
        "amount": _iris(record, commitment.amounts),
        "counted": _iris(record, commitment.counted.amounts),
        "dateUse": [{"date": _iri(record, use.date), "role": use.role.value} for use in commitment.dates],
        "purpose": [purpose.value for purpose in commitment.purposes],
        "description": [mention.quote for mention in commitment.evidence],
        "confidence": str(commitment.confidence),
        "isBasedOn": _iri(record),
    }


def _annotations(record: Record, fact: str, mentions: Iterable[Mention]) -> Iterator[Node]:
    for number, mention in enumerate(mentions, 1):
        yield {
            "id": _iri(record, f"{fact}:m{number}"),
            "type": "Annotation",
            "motivation": "identifying",
            "body": _iri(record, fact),
            "target": {
                "source": _iri(record),
                "selector": [
                    {"type": "TextPositionSelector", "start": mention.start, "end": mention.end},
                    {
                        "type": "TextQuoteSelector",
                        "exact": mention.quote,
                        "prefix": record.text[max(0, mention.start - AROUND) : mention.start],
                        "suffix": record.text[mention.end : mention.end + AROUND],
                    },
                ],
            },
        }


def _filled(node: Node) -> Node:
    """A node without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, [], "")}
