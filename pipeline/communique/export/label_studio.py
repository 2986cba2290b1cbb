"""Label Studio: each release a task, the facts of its record as predictions, which a person corrects there.

Offsets count Unicode code points of the release's own text, which stands in the task. `labels.xml`, which `labelling()` gives, is
the labelling configuration for these tasks; `label_studio_import` reads back what was annotated.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any
from xml.sax.saxutils import quoteattr

from communique.export.reporter import Reporter
from communique_models import (
    Action,
    Amount,
    Basis,
    Commitment,
    Comparator,
    Date,
    DateRole,
    Kind,
    Mention,
    Party,
    Per,
    Record,
    Status,
)

Region = dict[str, Any]


class Label(StrEnum):
    """What a marked stretch of text is."""

    PARTY = "Party"
    AMOUNT = "Amount"
    DATE = "Date"
    COMMITMENT = "Commitment"
    AGAIN = "Told again"
    CONDITION = "Condition"


class Arrow(StrEnum):
    """What a relation between two stretches says; a date's role is the name of its relation."""

    PROVIDER = "provider"
    RECEIVER = "receiver"
    SAID_BY = "said by"
    AMOUNT = "amount"
    AGAIN = "told again"
    CONDITION = "condition"
    PART_OF = "part of"
    EQUIVALENT_OF = "equivalent of"
    REPRESENTS = "represents"


CHOICES: dict[Label, dict[str, type[StrEnum]]] = {
    Label.PARTY: {"kind": Kind},
    Label.AMOUNT: {"comparator": Comparator, "per": Per, "basis": Basis},
    Label.COMMITMENT: {"action": Action, "status": Status},
}
"""What is chosen for a stretch of a label."""
FIELDS: dict[Label, tuple[str, ...]] = {
    Label.PARTY: ("name",),
    Label.AMOUNT: ("currency", "value", "low", "high"),
    Label.DATE: ("edtf", "begin", "end"),
}
"""What is typed for a stretch of a label."""
COLOURS = {
    Label.PARTY: "#1f77b4",
    Label.AMOUNT: "#2ca02c",
    Label.DATE: "#9467bd",
    Label.COMMITMENT: "#d62728",
    Label.AGAIN: "#ff9896",
    Label.CONDITION: "#8c564b",
}


def export(records: Iterable[Record], _: Reporter) -> Iterator[bytes]:
    """The file of tasks in pieces."""
    yield b"["
    for number, record in enumerate(records):
        yield (b",\n" if number else b"\n") + json.dumps(task(record), ensure_ascii=False).encode()
    yield b"\n]\n"


def task(record: Record) -> Region:
    """A record as a task with one prediction."""
    release = record.release
    data = {"text": record.text, "release_id": release.id, "source": release.source, "title": release.title}
    data["published_on"] = release.published_on.isoformat() if release.published_on else None
    version = f"{record.provenance.tool} {record.provenance.version}"
    return {"data": data, "predictions": [{"model_version": version, "result": _Marks(record).made}]}


def labelling() -> str:
    """The labelling configuration, XML."""
    lines = ["<View>", "  <Relations>"]
    lines += [f"    <Relation value={quoteattr(name)}/>" for name in (*map(str, Arrow), *map(str, DateRole))]
    lines += ["  </Relations>", '  <Labels name="label" toName="text">']
    lines += [f"    <Label value={quoteattr(label)} background={quoteattr(colour)}/>" for label, colour in COLOURS.items()]
    lines += ["  </Labels>", '  <Text name="text" value="$text" granularity="character"/>']
    for label in Label:
        for name, enum in CHOICES.get(label, {}).items():
            lines.append(
                f'  <Choices name="{name}" toName="text" perRegion="true" whenTagName="label" whenLabelValue={quoteattr(label)}>'
            )
            lines += [f"    <Choice value={quoteattr(one.value)}/>" for one in enum]
            lines.append("  </Choices>")
        for name in FIELDS.get(label, ()):
            told = (
                f'perRegion="true" whenTagName="label" whenLabelValue={quoteattr(label)} placeholder="{name}" maxSubmissions="1"'
            )
            lines.append(f'  <TextArea name="{name}" toName="text" {told} editable="true"/>')
    return "\n".join([*lines, "</View>", ""])


class _Marks:
    """The regions and relations of a record."""

    def __init__(self, record: Record) -> None:
        self.made: list[Region] = []
        self._first: dict[str, str] = {}
        for party in record.parties:
            self._party(party)
        for amount in record.amounts:
            self._amount(amount)
        for when in record.dates:
            self._date(when)
        for commitment in record.commitments:
            self._commitment(commitment)
        for party in record.parties:
            self._arrow(party.id, party.represents, Arrow.REPRESENTS)
        for amount in record.amounts:
            self._arrow(amount.id, amount.part_of, Arrow.PART_OF)
            self._arrow(amount.id, amount.equivalent_of, Arrow.EQUIVALENT_OF)

    def _region(self, id_: str, label: Label, mention: Mention, **told: str | None) -> None:
        place = {"start": mention.start, "end": mention.end, "text": mention.quote}
        base = {"id": id_, "to_name": "text", "origin": "prediction"}
        self.made.append({**base, "from_name": "label", "type": "labels", "value": {**place, "labels": [label.value]}})
        for name in CHOICES.get(label, {}):
            if told.get(name):
                self.made.append({**base, "from_name": name, "type": "choices", "value": {**place, "choices": [told[name]]}})
        for name in FIELDS.get(label, ()):
            if told.get(name):
                self.made.append({**base, "from_name": name, "type": "textarea", "value": {**place, "text": [told[name]]}})

    def _arrow(self, one: str, other: str | None, name: str) -> None:
        if other is not None:
            ends = {"from_id": self._first[one], "to_id": self._first[other], "direction": "right"}
            self.made.append({"type": "relation", **ends, "labels": [name]})

    def _party(self, party: Party) -> None:
        for number, mention in enumerate(party.mentions, 1):
            id_ = f"{party.id}.{number}"
            self._first.setdefault(party.id, id_)
            self._region(id_, Label.PARTY, mention, name=party.name, kind=party.kind.value)

    def _amount(self, amount: Amount) -> None:
        self._first[amount.id] = amount.id
        told = {name: getattr(amount, name) for name in FIELDS[Label.AMOUNT]}
        told |= {"comparator": amount.comparator.value, "per": amount.per and amount.per.value, "basis": amount.basis.value}
        self._region(amount.id, Label.AMOUNT, amount.mention, **told)

    def _date(self, when: Date) -> None:
        self._first[when.id] = when.id
        begin, end = (day.isoformat() if day else None for day in (when.begin, when.end))
        self._region(when.id, Label.DATE, when.mention, edtf=when.value, begin=begin, end=end)

    def _commitment(self, commitment: Commitment) -> None:
        id_ = commitment.id
        self._first[id_] = id_
        self._region(id_, Label.COMMITMENT, commitment.trigger, action=commitment.action.value, status=commitment.status.value)
        for number, mention in enumerate(commitment.restated, 1):
            self._first[f"{id_}.{number}"] = f"{id_}.{number}"
            self._region(f"{id_}.{number}", Label.AGAIN, mention)
            self._arrow(id_, f"{id_}.{number}", Arrow.AGAIN)
        if commitment.condition:
            self._first[f"{id_}.if"] = f"{id_}.if"
            self._region(f"{id_}.if", Label.CONDITION, commitment.condition)
            self._arrow(id_, f"{id_}.if", Arrow.CONDITION)
        for party in commitment.providers:
            self._arrow(id_, party, Arrow.PROVIDER)
        for party in commitment.receivers:
            self._arrow(id_, party, Arrow.RECEIVER)
        self._arrow(id_, commitment.said_by, Arrow.SAID_BY)
        for amount in commitment.amounts:
            self._arrow(id_, amount, Arrow.AMOUNT)
        for use in commitment.dates:
            self._arrow(id_, use.date, use.role.value)
