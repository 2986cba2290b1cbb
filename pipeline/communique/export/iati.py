"""IATI activities (version 2.03): an activity a commitment, a transaction a sum that counts.

What a release does not tell and the standard demands is told as what it is: where no date is known but that of publication, it
stands as the planned start with a narrative that says so. A commitment without any date cannot be told in IATI and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from lxml import etree

from communique.export.reporter import Reporter, key
from communique_models import (
    ACTION_IATI_FINANCE,
    KIND_IATI,
    PURPOSE_DAC,
    SPENDING,
    STATUS_CROSSWALK,
    Amount,
    Commitment,
    DateRole,
    Kind,
    Party,
    Purpose,
    Record,
    Status,
)

VERSION = "2.03"
OTHER_ORGANISATION = "90"
FUNDING, IMPLEMENTING = "1", "4"  # IATI OrganisationRole
PLANNED_START, START, PLANNED_END, END = "1", "2", "3", "4"  # IATI ActivityDateType
ACTIVITY_STATUS = {
    Status.PROPOSED: "1",
    Status.PLANNED: "1",
    Status.PLEDGED: "2",
    Status.AGREED: "2",
    Status.ALLOCATED: "2",
    Status.DELIVERED: "4",
    Status.WITHDRAWN: "5",
}
"""IATI ActivityStatus: pipeline, implementation, closed, cancelled."""
PURPOSE_CODE_DIGITS = 5  # DAC purpose codes have five digits, categories three


def export(records: Iterable[Record], reporter: Reporter) -> Iterator[bytes]:
    """The file in pieces."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="{VERSION}">\n'.encode()
    for record in records:
        for commitment in record.commitments:
            activity = _Activity(record, commitment, reporter).made()
            if activity is not None:
                etree.indent(activity, level=1)
                yield b"  " + etree.tostring(activity, encoding="utf-8") + b"\n"
    yield b"</iati-activities>\n"


class _Activity:
    """One commitment as an activity; its elements are made in the order that the schema wants."""

    def __init__(self, record: Record, commitment: Commitment, reporter: Reporter) -> None:
        self._record = record
        self._commitment = commitment
        self._reporter = reporter
        self._parties = {party.id: party for party in record.parties}
        self._amounts = {amount.id: amount for amount in record.amounts}
        self._dates = {when.id: when for when in record.dates}
        self._givers = [self._parties[one] for one in commitment.providers]
        self._takers = [self._parties[one] for one in commitment.receivers]

    def made(self) -> etree._Element | None:
        """The activity; None where no date is known, which the schema demands."""
        days = list(self._days())
        if not days:
            return None
        commitment = self._commitment
        made = etree.Element("iati-activity")
        if Purpose.HUMANITARIAN in commitment.purposes:
            made.set("humanitarian", "1")
        _add(made, "iati-identifier").text = f"{self._reporter.ref}-{key(self._record.release.id, commitment.id)}"
        reporting = _add(made, "reporting-org", ref=self._reporter.ref, type=OTHER_ORGANISATION)
        reporting.set("secondary-reporter", "1")
        _tell(reporting, self._reporter.name)
        _tell(_add(made, "title"), self._title())
        _tell(_add(made, "description", type="1"), " ".join(_clean(mention.quote) for mention in commitment.evidence))
        if commitment.condition:
            _tell(_add(made, "description", type="4"), f"Condition: {commitment.condition.quote}")
        for party in self._givers:
            _organisation(made, "participating-org", party, role=FUNDING)
        for party in self._takers:
            if party.kind is not Kind.COUNTRY:
                _organisation(made, "participating-org", party, role=IMPLEMENTING)
        _add(made, "activity-status", code=ACTIVITY_STATUS[commitment.status])
        for kind, day, why in days:
            element = _add(made, "activity-date", type=kind)
            element.set("iso-date", day.isoformat())
            if why:
                _tell(element, why)
        for country in dict.fromkeys(party.country for party in self._takers if party.country):
            _add(made, "recipient-country", code=country)
        for purpose in commitment.purposes:
            if purpose in PURPOSE_DAC:
                code = str(PURPOSE_DAC[purpose])
                _add(made, "sector", vocabulary="1" if len(code) == PURPOSE_CODE_DIGITS else "2", code=code)
        if commitment.action in ACTION_IATI_FINANCE:
            _add(made, "default-finance-type", code=str(ACTION_IATI_FINANCE[commitment.action]))
        self._transactions(made)
        return made

    def _title(self) -> str:
        givers = ", ".join(party.name for party in self._givers)
        takers = ", ".join(party.name for party in self._takers)
        return f"{givers}: {self._commitment.action} {f'for {takers}' if takers else ''} ({self._commitment.status})".replace(
            "  ", " "
        )

    def _days(self) -> Iterator[tuple[str, date, str | None]]:
        """The dates of the activity: kind, day, and a word where it is not what it stands for."""
        done = self._commitment.status is Status.DELIVERED
        kinds = {DateRole.START: (START if done else PLANNED_START, None), DateRole.DUE: (None, PLANNED_END)}
        kinds |= {DateRole.DONE: (None, END), DateRole.PERIOD: (START if done else PLANNED_START, PLANNED_END)}
        told: dict[str, date] = {}
        for use in self._commitment.dates:
            begins, ends = kinds.get(use.role, (None, None))
            when = self._dates[use.date]
            if begins and when.begin:
                told.setdefault(begins, when.begin)
            if ends and when.end:
                told.setdefault(ends, when.end)
        yield from ((kind, day, None) for kind, day in sorted(told.items()))
        published = self._record.release.published_on
        if published and not {PLANNED_START, START} & set(told):
            yield PLANNED_START, published, "The day of the press release; when it starts is not told."

    def _transactions(self, made: etree._Element) -> None:
        """One for each sum that counts; of a range, its upper end, as in the database."""
        commitment = self._commitment
        types = STATUS_CROSSWALK[commitment.status].iati
        day = self._day_made()
        if not types or day is None:
            return
        code = types[-1] if len(types) > 1 and commitment.action in SPENDING else types[0]
        for amount in (self._amounts[one] for one in commitment.counted.amounts):
            if amount.currency:
                self._transaction(made, amount, str(code), day)

    def _transaction(self, made: etree._Element, amount: Amount, code: str, day: date) -> None:
        element = _add(made, "transaction")
        _add(element, "transaction-type", code=code)
        _add(element, "transaction-date").set("iso-date", day.isoformat())
        value = _add(element, "value", currency=amount.currency or "")
        value.set("value-date", day.isoformat())
        value.text = amount.value or amount.high or "0"
        _tell(_add(element, "description"), amount.mention.quote)
        if len(self._givers) == 1:
            _organisation(element, "provider-org", self._givers[0])
        if len(self._takers) == 1:
            _organisation(element, "receiver-org", self._takers[0])

    def _day_made(self) -> date | None:
        """When it was undertaken or done: the last day told of that, else the day of publication."""
        told = [self._dates[use.date].end for use in self._commitment.dates if use.role in (DateRole.MADE, DateRole.DONE)]
        published = self._record.release.published_on
        known = [day for day in told if day is not None and (published is None or day <= published)]
        return max(known, default=published)


def _add(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, name, attributes)


def _tell(parent: etree._Element, words: str) -> None:
    _add(parent, "narrative").text = _clean(words)


def _organisation(parent: etree._Element, name: str, party: Party, **attributes: str) -> None:
    element = _add(parent, name, **attributes)
    if party.kind in KIND_IATI:
        element.set("type", str(KIND_IATI[party.kind]))
    reference = {scheme.lower(): value for scheme, value in party.identifiers.items()}.get("iati")
    if reference:
        element.set("ref", _clean(reference))
    _tell(element, party.name)


def _clean(words: str) -> str:
    """Words on one line without the characters that XML cannot hold."""
    return " ".join(
        "".join(c if c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff" else " " for c in words).split()
    )
