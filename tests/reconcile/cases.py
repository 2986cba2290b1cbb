"""The groups of releases in `groups/*.toml` as records, with what reconcile should make of them.

A group holds releases of one undertaking, or of several that are easily taken for one. Each telling is a release of its own:
`on` its day, `says` its text, `from` and `to` its parties (kind, country and aliases stand under `[parties]`), `does` action
and status, `sums` its amounts as quotes, with a comparator or basis behind them (`€5 million previous`, `£3 million <=`,
`US$13.6 million equivalent 1`: of the first), `dates` as `quote|role|begin|end`, `for` purposes, `items` things. `is` says how it
stands to which telling of its group (`same_as 1`); without it, it is an undertaking of its own. `new` is the new money in all
the group, a sum an undertaking that has any.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from communique_models import (
    FIRM,
    Amount,
    Commitment,
    Counted,
    Date,
    DateUse,
    Item,
    Mention,
    Party,
    Provenance,
    Record,
    Release,
    Status,
)

GROUPS = Path(__file__).parent / "groups"
SHA = "0" * 64
CURRENCIES = {"£": "GBP", "€": "EUR", "$": "USD", "US$": "USD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD", "Rs": "INR"}
MAGNITUDES = {"": 1, "million": 10**6, "billion": 10**9}
SUM = re.compile(r"(?P<currency>[A-Z]{3}|[A-Z]{0,2}[$£€]|Rs)\s?(?P<number>[\d,.]*\d)(?: (?P<magnitude>million|billion))?")
BASES = ("previous", "cumulative", "other")
COUNTS = {"eight": "8", "an": "1", "the": None}


@dataclass(frozen=True)
class Case:
    """A telling: its record, and the place in its group of what it tells again, with the relation; None of a new undertaking."""

    group: str
    number: int
    record: Record
    relation: str | None
    target: int | None


@dataclass(frozen=True)
class Group:
    """A group with the new money that it comes to, by currency."""

    name: str
    cases: list[Case]
    new: dict[str, Decimal]


def groups(name: str) -> list[Group]:
    """The groups of a file, `tuned` or `held`."""
    told = tomllib.loads((GROUPS / f"{name}.toml").read_text(encoding="utf-8"))
    made = []
    for group in told["group"]:
        new: dict[str, Decimal] = defaultdict(Decimal)
        for one in group["new"]:
            currency, value = one.split()
            new[currency] += Decimal(value)
        cases = [_case(group["name"], number, one, told["parties"]) for number, one in enumerate(group["tellings"], 1)]
        made.append(Group(group["name"], cases, {currency: value for currency, value in new.items() if value}))
    return made


def _case(group: str, number: int, told: dict[str, Any], known: dict[str, str]) -> Case:
    relation, _, target = told.get("is", "").partition(" ")
    return Case(group, number, _record(told, known), relation or None, int(target) if target else None)


def _record(told: dict[str, Any], known: dict[str, str]) -> Record:
    text = told["says"]
    names = dict.fromkeys([*told["from"], *told.get("to", [])])
    ids = {name: f"p{number}" for number, name in enumerate(names, 1)}
    action, status = told["does"].split()
    amounts = [_amount(number, one, text) for number, one in enumerate(told.get("sums", []), 1)]
    dates = [_date(number, *one.split("|"), text) for number, one in enumerate(told.get("dates", []), 1)]
    counts = [a.id for a in amounts if a.basis.value == "new" and not a.equivalent_of] if Status(status) in FIRM else []
    whole = Mention(start=0, end=len(text), quote=text)
    return Record(
        release=Release(
            id=hashlib.sha256(f"{told['on']} {text}".encode()).hexdigest(),
            characters=len(text),
            published_on=date.fromisoformat(told["on"]),
        ),
        text=text,
        parties=[_party(id_, name, known[name], text) for name, id_ in ids.items()],
        amounts=amounts,
        dates=[when for when, _ in dates],
        commitments=[
            Commitment(
                id="c1",
                trigger=whole,
                evidence=[whole],
                providers=[ids[name] for name in told["from"]],
                receivers=[ids[name] for name in told.get("to", [])],
                action=action,
                status=status,
                amounts=[one.id for one in amounts if not one.equivalent_of],
                items=[_item(one, text) for one in told.get("items", [])],
                dates=[DateUse(date=when.id, role=role) for when, role in dates],
                purposes=told.get("for", []),
                programme=_mention(told["programme"], text) if "programme" in told else None,
                counted=Counted(amounts=counts),
                confidence=0.9,
            )
        ],
        provenance=Provenance(
            version="0", model="none", model_version="0", model_sha256=SHA, lexicons_sha256=SHA, settings_sha256=SHA
        ),
    )


def _mention(quote: str, text: str) -> Mention:
    start = text.index(quote)
    return Mention(start=start, end=start + len(quote), quote=quote)


def _party(id_: str, name: str, known: str, text: str) -> Party:
    kind_country, *aliases = (part.strip() for part in re.split(r"[;|]", known))
    kind, _, country = kind_country.partition(" ")
    seen = next((form for form in (name, *aliases) if form in text), text)
    return Party(id=id_, name=name, aliases=aliases, kind=kind, country=country or None, mentions=[_mention(seen, text)])


def _amount(number: int, told: str, text: str) -> Amount:
    match = SUM.match(told)
    assert match, told
    value = Decimal(match["number"].replace(",", "")) * MAGNITUDES[match["magnitude"] or ""]
    mark, *which = told[match.end() :].split() or [""]
    return Amount(
        id=f"a{number}",
        mention=_mention(match.group(), text),
        currency=CURRENCIES.get(match["currency"], match["currency"]),
        currency_basis="code",
        value=f"{value.normalize():f}",
        comparator=mark if mark in ("~", "<=", ">=", ">", "<") else "=",
        basis=mark if mark in BASES else "new",
        equivalent_of=f"a{which[0]}" if which else None,
    )


def _date(number: int, quote: str, role: str, begin: str, end: str, text: str) -> tuple[Date, str]:
    days = {"begin": date.fromisoformat(begin), "end": date.fromisoformat(end)}
    return Date(id=f"d{number}", mention=_mention(quote, text), value=f"{begin}/{end}", rule="test", **days), role


def _item(told: str, text: str) -> Item:
    first, _, rest = told.partition(" ")
    if first in COUNTS or first.replace(",", "").isdigit():
        return Item(quantity=COUNTS.get(first, first.replace(",", "")), description=rest, mention=_mention(told, text))
    return Item(description=told, mention=_mention(told, text))
