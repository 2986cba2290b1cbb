"""Words that a person marked, read as the steps read them: the sum, the time or the party that they tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeVar

from communique.analysis import AmountFact, Analysis, Context, DateFact, analysis_of
from communique.assemble import plain
from communique.normalise.kinds import kind_of
from communique.normalise.states import state_in, state_names
from communique_models import Kind, Record

WHOLE = 200_000  # characters of a text that is read as a whole, so that a currency and a day come out as they do in a run
POSSESSIVE = re.compile(r"['’]s?$")
ARTICLE = re.compile(r"^(?:the|a|an) ", re.IGNORECASE)

Fact = TypeVar("Fact", AmountFact, DateFact)


def read_words(record: Record, start: int, end: int) -> dict[str, Any]:
    """What the words at a place may be: `amount`, `date` (null where they are none) and `party`."""
    whole = _analysis(record) if len(record.text) <= WHOLE else None
    amount = whole and _best(whole.amounts, start, end)
    when = whole and _best(whole.dates, start, end)
    if not (amount and when):  # marked more narrowly than a run would, or in a part that runs skip
        alone = _read(record.text[start:end], _context(record))
        amount = amount or next(iter(alone.amounts), None)
        when = when or next(iter(alone.dates), None)
    return {"amount": _amount(amount), "date": _date(when), "party": _party(record.text[start:end])}


def _context(record: Record) -> Context:
    release = record.release
    issuer = next((one.name for one in record.parties if one.id == release.issuer), None)
    return Context(release.published_on, release.published_basis, release.title, issuer)


@lru_cache(maxsize=4)
def _remembered(text: str, context: tuple[Any, ...]) -> Analysis:
    return _read(text, Context(*context))


def _analysis(record: Record) -> Analysis:
    context = _context(record)
    return _remembered(record.text, (context.published_on, context.published_basis, context.title, context.issuer))


def _read(text: str, context: Context) -> Analysis:
    """The sums and times of a text, by the components that need no language model."""
    import spacy  # a second to import, for the first words that are marked

    from communique.annotate.dates import annotate_dates
    from communique.annotate.money import annotate_money

    doc = spacy.blank("en").make_doc(text)
    analysis_of(doc, context)
    return analysis_of(annotate_dates(annotate_money(doc)))


def _best(facts: Iterable[Fact], start: int, end: int) -> Fact | None:
    """The fact of which the words are the most."""
    over = [(min(end, one.end) - max(start, one.start), one) for one in facts if one.start < end and start < one.end]
    return max(over, key=lambda told: told[0])[1] if over else None


def _amount(fact: AmountFact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    numbers = {name: plain(getattr(fact, name)) for name in ("value", "low", "high")}
    return {"currency": fact.currency, "comparator": fact.comparator, "per": fact.per, "basis": fact.basis, **numbers}


def _date(fact: DateFact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    return {"value": fact.value, "begin": fact.begin, "end": fact.last, "precision": fact.precision}


def _party(words: str) -> dict[str, Any]:
    name = ARTICLE.sub("", POSSESSIVE.sub("", " ".join(words.split())))
    country = state_names().get(name)
    kind = Kind.COUNTRY if country else kind_of(name)
    told = kind if isinstance(kind, Kind) else Kind.GROUP if name[:1].islower() or name[:1].isdigit() else Kind.COMPANY
    return {"name": name or words, "kind": told, "country": country or (state_in(name) if told is Kind.PUBLIC_BODY else None)}
