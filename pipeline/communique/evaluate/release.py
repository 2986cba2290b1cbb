"""One release compared with its gold: counts for the scores, and each thing that is missed, invented or wrong, with its words.

A fact is found where its words overlap those of gold, and right where it also says the same. A commitment is found where its
trigger, or its evidence with the same sum or the same act of the same provider, meets gold; each is taken once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from communique.evaluate import agree
from communique.evaluate.agree import Span
from communique.evaluate.gold import Gold, GoldAmount, GoldCommitment, GoldDate, GoldParty, GoldQuote
from communique_models import FIRM, Amount, Basis, Commitment, Date, Kind, Mention, Party, Record

SLOTS = {"providers": 2, "receivers": 1, "amounts": 2, "action": 1, "status": 1, "dates": 1}
"""What a commitment says, by how much it weighs."""
Counts = defaultdict[str, float]
"""How often something is so, by what; of what is partly so, the shares add up."""
Spans = list[Span | None]
EXACT = ("providers", "amounts", "action", "status")  # what has to be right in a commitment for it to be right


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as gold has it: what (`missed`, `invented`, `wrong`), of which fact, where in the record's text."""

    what: str
    kind: str
    told: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A commitment that a record tells: how sure it is, whether gold has it, and whether it is right in all that counts."""

    confidence: float
    found: bool
    right: bool


@dataclass(slots=True)
class Evaluation:
    """What comparing one release gives."""

    counts: Counts = field(default_factory=lambda: Counts(float))
    findings: list[Finding] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    told: dict[str, Decimal] = field(default_factory=dict)  # new money by currency
    wanted: dict[str, Decimal] = field(default_factory=dict)


def evaluate_release(gold: Gold, record: Record | None) -> Evaluation:
    """Compare a record with gold; a release without a record has missed everything."""
    comparison = _Comparison(gold, record)
    comparison.money()
    comparison.parties()
    comparison.amounts()
    comparison.dates()
    comparison.commitments()
    return comparison.made


def gold_totals(gold: Gold) -> dict[str, Decimal]:
    """The new money that gold commits, by currency: firm, no rate, no part beside its whole, no sum twice in a commitment."""
    firm = [one for one in gold.commitments if one.status[0] in FIRM]
    new = {place for one in firm for place in one.amounts if _is_new(gold.amounts[place])}
    wholes = {agree.money(gold.amounts[place]) for place in new}
    counted = {place for place in new if _whole(gold, place) not in wholes}
    totals: dict[str, Decimal] = {}
    for one in firm:
        own = [gold.amounts[place] for place in one.amounts if place in counted]
        for amount in {agree.money(amount): amount for amount in own}.values():
            currency = amount.currency or "?"
            totals[currency] = totals.get(currency, Decimal(0)) + agree.worth(amount)
    return totals


def record_totals(record: Record) -> dict[str, Decimal]:
    """The new money that a record counts, by currency."""
    amounts = {amount.id: amount for amount in record.amounts}
    totals: dict[str, Decimal] = {}
    for counted in (amounts[one] for commitment in record.commitments for one in commitment.counted.amounts):
        currency = counted.currency or "?"
        totals[currency] = totals.get(currency, Decimal(0)) + agree.worth(counted)
    return totals


def _is_new(amount: GoldAmount) -> bool:
    return amount.basis is Basis.NEW and not amount.per and amount.equivalent_of is None


def _whole(gold: Gold, place: int) -> agree.Money | None:
    whole = gold.amounts[place].part_of
    return None if whole is None else agree.money(gold.amounts[whole])


class _Comparison:
    def __init__(self, gold: Gold, record: Record | None) -> None:
        self.made = Evaluation()
        self._gold = gold
        self._record = record
        self._text = record.text if record else ""
        self._parties: list[Party] = record.parties if record else []
        self._amounts: list[Amount] = record.amounts if record else []
        self._dates: list[Date] = record.dates if record else []
        self._commitments: list[Commitment] = record.commitments if record else []
        facts: tuple[Iterable[Party | Amount | Date], ...] = (self._parties, self._amounts, self._dates)
        self._places = {fact.id: place for kind in facts for place, fact in enumerate(kind)}
        self._amount_of: dict[int, int] = {}  # place in the record to place in gold
        self._date_of: dict[int, int] = {}

    # -- what is wrong

    def _note(self, what: str, kind: str, told: str, span: Span | None = None) -> None:
        self.made.findings.append(Finding(what, kind, told, span))

    def _at(self, quote: GoldQuote) -> Span | None:
        return quote.find(self._text)

    # -- totals in money

    def money(self) -> None:
        made = self.made
        made.wanted, made.told = gold_totals(self._gold), record_totals(self._record) if self._record else {}
        for currency in sorted(made.wanted.keys() | made.told.keys()):
            wanted, told = made.wanted.get(currency, Decimal(0)), made.told.get(currency, Decimal(0))
            larger = max(wanted, told)
            if not larger:
                continue
            made.counts["totals"] += 1
            made.counts["totals.near"] += 1 - float(abs(wanted - told) / larger)
            if wanted != told:
                self._note("wrong", "total", f"new money in {currency}: {told:,f}, not {wanted:,f}")

    # -- parties

    def parties(self) -> None:
        gold, counts = self._gold.parties, self.made.counts
        found = agree.paired(gold, self._parties, lambda one, party: _same(one, party) * (2 + one.core))
        known, told = {one for one, _ in found}, {party for _, party in found}
        invented = [party for place, party in enumerate(self._parties) if place not in told and party.kind is not Kind.GROUP]
        counts |= {"parties.found": len(found), "parties.told": len(found) + len(invented)}
        core = [place for place, one in enumerate(gold) if one.core]
        counts |= {"parties.core": len(core), "parties.core_found": len(known & set(core))}
        counts["party kind"] += sum(gold[one].kind == self._parties[party].kind for one, party in found)
        for place in core:
            if place not in known:
                self._note("missed", "party", gold[place].name, _first(gold[place], self._text))
        for party in invented:
            self._note("invented", "party", party.name, _span(party.mentions[0]))

    # -- sums and dates

    def amounts(self) -> None:
        gold, counts = self._gold.amounts, self.made.counts
        spans = [self._at(one) for one in gold]
        places = list(range(len(gold)))
        found = agree.paired(places, self._amounts, lambda one, it: agree.shared(self._text, spans[one], _span(it.mention)))
        self._amount_of = {it: one for one, it in found}
        counts |= {"amounts.told": len(self._amounts), "amounts.wanted": len(gold), "amounts.found": len(found)}
        for one, it in found:
            wanted, told = gold[one], self._amounts[it]
            if agree.money(wanted) == agree.money(told):
                counts["amounts.right"] += 1
            else:
                self._note("wrong", "amount", f"{_sum(told)}, not {_sum(wanted)}", spans[one])
            for key in ("comparator", "per", "basis"):
                counts[f"amount {key}"] += getattr(wanted, key) == getattr(told, key)
            for key in ("part_of", "equivalent_of"):
                counts[f"amount {key}"] += getattr(wanted, key) == self._amount_of.get(self._places.get(getattr(told, key), -1))
        self._unpaired("amount", gold, spans, [amount.mention for amount in self._amounts], found)

    def dates(self) -> None:
        gold, counts = self._gold.dates, self.made.counts
        spans = [self._at(one) for one in gold]
        places = list(range(len(gold)))
        found = agree.paired(places, self._dates, lambda one, it: agree.shared(self._text, spans[one], _span(it.mention)))
        self._date_of = {it: one for one, it in found}
        counts |= {"dates.told": len(self._dates), "dates.wanted": len(gold), "dates.found": len(found)}
        for one, it in found:
            wanted, told = _time(gold[one]), _time(self._dates[it])
            if wanted == told:
                counts["dates.right"] += 1
            else:
                self._note("wrong", "date", f"{_days(told)}, not {_days(wanted)}", spans[one])
        self._unpaired("date", gold, spans, [when.mention for when in self._dates], found)

    def _unpaired(
        self, kind: str, gold: Iterable[GoldQuote], spans: Spans, mentions: list[Mention], found: list[tuple[int, int]]
    ) -> None:
        known, told = {one for one, _ in found}, {it for _, it in found}
        for place, one in enumerate(gold):
            if place not in known:
                self._note("missed", kind, one.quote, spans[place])
        for place, mention in enumerate(mentions):
            if place not in told:
                self._note("invented", kind, mention.quote, _span(mention))

    # -- commitments

    def commitments(self) -> None:
        gold, counts = self._gold.commitments, self.made.counts
        equivalent = {it for it, one in self._amount_of.items() if self._gold.amounts[one].equivalent_of is not None}
        equivalent |= {place for place, amount in enumerate(self._amounts) if amount.equivalent_of}
        slots = [[self._slots(one, told, equivalent) for told in self._commitments] for one in gold]
        spans = [[self._at(quote) for quote in (one.trigger, *one.also)] for one in gold]
        numbers = list(range(len(self._commitments)))

        def weigh(one: int, it: int) -> float:
            return self._weight(gold[one], spans[one], self._commitments[it], slots[one][it])

        found = agree.paired(list(range(len(gold))), numbers, weigh)
        counts |= {"commitments.told": len(numbers), "commitments.wanted": len(gold), "commitments.found": len(found)}
        right = set[int]()
        for one, it in found:
            slot = slots[one][it]
            for key, value in slot.items():
                counts[f"slot {key}"] += value
            counts["commitments.soft"] += _soft(slot)
            if all(slot[key] == 1 for key in EXACT):
                right.add(it)
            else:
                off = ", ".join(key for key, value in slot.items() if value < 1)
                self._note("wrong", "commitment", f"{off}: {gold[one].told}", _span(self._commitments[it].trigger))
        counts["commitments.right"] += len(right)
        known, told = {one for one, _ in found}, {it for _, it in found}
        for place, wanted in enumerate(gold):
            if place not in known:
                self._note("missed", "commitment", wanted.told, next((span for span in spans[place] if span), None))
        for number, claim in enumerate(self._commitments):
            self.made.claims.append(Claim(claim.confidence, number in told, number in right))
            if number not in told:
                self._note("invented", "commitment", claim.trigger.quote, _span(claim.trigger))

    def _weight(self, gold: GoldCommitment, spans: Spans, told: Commitment, slot: dict[str, float]) -> float:
        """How well a commitment goes with one of gold; 0 where it does not."""
        if any(agree.shared(self._text, span, _span(told.trigger)) for span in spans):
            return 1 + _soft(slot)
        near = any(agree.shared(self._text, span, _span(one)) for span in spans for one in told.evidence)
        same_sum = bool(gold.amounts) and slot["amounts"] > 0
        return _soft(slot) if near and (same_sum or (slot["action"] and slot["providers"] > 0)) else 0.0

    def _slots(self, gold: GoldCommitment, told: Commitment, equivalent: set[int]) -> dict[str, float]:
        linked = [self._places[amount] for amount in told.amounts]
        sums = {agree.money(self._amounts[place]) for place in linked if place not in equivalent}
        amounts = [self._gold.amounts[place] for place in gold.amounts]
        times = {(self._key(self._places[use.date]), use.role) for use in told.dates}
        return {
            "providers": self._people(gold.providers, told.providers),
            "receivers": self._people(gold.receivers, told.receivers),
            "amounts": agree.overlap_of(sums, {agree.money(one) for one in amounts if one.equivalent_of is None}),
            "action": float(told.action in gold.action),
            "status": float(told.status in gold.status),
            "dates": agree.overlap_of(times, {(_time(self._gold.dates[use.date]) or use.date, use.role) for use in gold.dates}),
        }

    def _key(self, place: int) -> object:
        """What a date of the record stands for: its days, else the date of gold that its words meet."""
        return _time(self._dates[place]) or self._date_of.get(place)

    def _people(self, names: list[str], ids: list[str]) -> float:
        wanted = [next((party for party in self._gold.parties if party.name == name), GoldParty(name=name)) for name in names]
        found = [self._parties[self._places[one]] for one in ids]
        hits = agree.paired(wanted, found, self._stands_for)
        return agree.f1(len(hits), len(found), len(wanted))

    def _stands_for(self, gold: GoldParty, party: Party) -> bool:
        """Whether two parties are one, or act for one: a minister stands for the state."""
        if gold.kind is None and agree.alike(gold.name, party.name):
            return True
        mine = [gold, *(one for one in self._gold.parties if gold.represents and one.name == gold.represents)]
        theirs = [party, *(one for one in self._parties if one.id == party.represents)]
        return any(_same(one, other) for one in mine for other in theirs)


def _same(one: GoldParty, other: Party) -> bool:
    return agree.same_name(one.name, [other.name, *other.aliases]) or agree.same_name(other.name, [one.name, *one.aliases])


def _soft(slot: dict[str, float]) -> float:
    return sum(SLOTS[key] * value for key, value in slot.items()) / sum(SLOTS.values())


def _first(party: GoldParty, text: str) -> Span | None:
    """Where a party that is not found stands first."""
    spans = (GoldQuote(quote=form).find(text) for form in (party.name, *party.aliases) if form)
    return min((span for span in spans if span), default=None)


def _span(mention: Mention) -> Span:
    return mention.start, mention.end


def _time(when: GoldDate | Date) -> agree.Time | None:
    return agree.time(when.value, when.begin, when.end)


def _sum(amount: GoldAmount | Amount) -> str:
    numbers = [f"{Decimal(told):,f}" for told in (amount.value, amount.low, amount.high) if told is not None]
    return f"{amount.currency or '?'} {' to '.join(numbers)}"


def _days(told: agree.Time | None) -> str:
    return "unknown" if told is None else " to ".join(day or "…" for day in told)
