"""The figures of a run: what each plot shows, and the table that says the same in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from communique.report import charts, words
from communique.report.sums import UNDATED, Money, Totals
from communique_models import Status

CURRENCIES = 6  # that have plots; the others are told in a line
PROVIDERS, PARTIES, LINES, MONTHS = 8, 14, 16, 36  # what a plot has room for
MOST = 200  # rows of the table beside a plot
BEFORE, AFTER = timedelta(days=3 * 366), timedelta(days=12 * 366)  # of a timeline, around the days of publication
KINDS = ("made or done", "start, due or period")


@dataclass(frozen=True, slots=True)
class Figure:
    """A plot with its table."""

    title: str
    svg: Markup
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    links: Sequence[str]  # where each row leads
    note: str = ""

    @property
    def table(self) -> list[tuple[str, tuple[str, ...]]]:
        """The rows that the page shows, each with where it leads."""
        return list(zip(self.links, self.rows, strict=True))[:MOST]

    @property
    def more(self) -> int:
        """How many rows it does not show."""
        return max(0, len(self.rows) - MOST)


@dataclass(frozen=True, slots=True)
class Panel:
    """The new money of one currency: its total and its plots."""

    currency: str
    total: Decimal
    sums: int
    figures: list[Figure] = field(default_factory=list)


def panels(totals: Totals) -> list[Panel]:
    """A panel a currency, those with the most sums first; those without room for plots have none."""
    return [
        Panel(currency, money.total, money.sums, _figures(currency, money) if place < CURRENCIES else [])
        for place, (currency, money) in enumerate(totals.currencies())
    ]


def _figures(currency: str, money: Money) -> list[Figure]:
    made = [_by_provider(currency, money), _by_status(currency, money)]
    return [*made, *([_by_month(currency, money)] if money.by_month else [])]


def _by_provider(currency: str, money: Money) -> Figure:
    ranked = _ranked(money.by_provider)
    shown = [(name, total, query(who=name, currency=currency)) for name, total in ranked[:PROVIDERS]]
    if rest := ranked[PROVIDERS:]:
        total = sum((total for _, total in rest), Decimal(0))
        shown.append((words.plural(len(rest), "other"), total, query(currency=currency)))
    title = "by provider"
    svg = charts.bars([_bar(*one) for one in shown], f"{currency}-provider".lower())
    links = [query(who=name, currency=currency) for name, _ in ranked]
    return Figure(title, svg, ("provider", currency), [(name, words.digits(total)) for name, total in ranked], links)


def _by_status(currency: str, money: Money) -> Figure:
    found = [(status.value, money.by_status[status.value]) for status in Status if status.value in money.by_status]
    title = "by status"
    shown = [_bar(name, total, query(status=name, currency=currency), f"var(--s-{name})") for name, total in found]
    svg = charts.bars(shown, f"{currency}-status".lower())
    links = [query(status=name, currency=currency) for name, _ in found]
    return Figure(title, svg, ("status", currency), [(name, words.digits(total)) for name, total in found], links)


def _by_month(currency: str, money: Money) -> Figure:
    dated = sorted({month for month, _ in money.by_month} - {UNDATED})
    every = _months(dated[0], dated[-1]) if dated else []
    undated = [UNDATED] if any(month == UNDATED for month, _ in money.by_month) else []
    shown = [*every[-MONTHS:], *undated]
    rows = [
        {"month": month, "status": status.value, "rank": rank, "total": float(money.by_month[month, status.value])}
        for month in shown for rank, status in enumerate(Status) if (month, status.value) in money.by_month
    ]  # fmt: skip
    title = "by month of publication"
    svg = charts.columns(rows, shown, f"{currency}-month".lower())
    links = [_month_query(month, status, currency) for month, status in sorted(money.by_month)]
    table = [(month, status, words.digits(total)) for (month, status), total in sorted(money.by_month.items())]
    note = f"the last {MONTHS} months" if len(every) > MONTHS else ""
    return Figure(title, svg, ("month", "status", currency), table, links, note)


def parties(totals: Totals) -> Figure | None:
    """Who gives to whom, in numbers of commitments, whatever their currency."""
    if not totals.pairs:
        return None
    givers, takers = Counter[str](), Counter[str]()
    for (giver, _), count in totals.pairs.items():
        givers[giver] += count
    left = _first(givers, PARTIES)
    for (giver, taker), count in totals.pairs.items():
        if giver in left:
            takers[taker] += count
    top = _first(takers, PARTIES)
    rows = [
        {"giver": giver, "taker": taker, "count": totals.pairs[giver, taker], "link": query(who=giver, whom=taker)}
        for giver in left for taker in top if totals.pairs[giver, taker]
    ]  # fmt: skip
    svg = charts.matrix(rows, left, top, "parties")
    table = [(*pair, f"{count:,}") for pair, count in _ranked(totals.pairs)]
    links = [query(who=giver, whom=taker) for (giver, taker), _ in _ranked(totals.pairs)]
    cut = len(givers) > PARTIES or len(takers) > PARTIES
    note = f"the {PARTIES} providers with most, and those to whom they give most" if cut else ""
    return Figure("Who gives to whom", svg, ("provider", "receiver", "commitments"), table, links, note)


def timeline(totals: Totals) -> Figure | None:
    """The dates of commitments, by provider."""
    first, last = (totals.first - BEFORE, totals.last + AFTER) if totals.first and totals.last else (None, None)
    spans = [one for one in sorted(totals.spans) if first is None or last is None or (first <= one[1] and one[2] <= last)]
    dates = Counter[str]()
    for one in spans:
        dates[one[0]] += totals.spans[one]
    shown = _first(dates, LINES)
    rows = [
        {"who": who, "from": str(begin), "to": str(end), "kind": KINDS[ahead], "link": query(who=who)}
        for who, begin, end, ahead in spans if who in shown
    ]  # fmt: skip
    if not rows:
        return None
    svg = charts.timeline(rows, shown, KINDS, "timeline")
    every = sorted(totals.spans.items())
    table = [(who, str(begin), str(end), KINDS[ahead], f"{count:,}") for (who, begin, end, ahead), count in every]
    links = [query(who=who) for (who, *_), _ in every]
    told = [f"the {LINES} providers with most dates"] if len(dates) > LINES else []
    if far := len(totals.spans) - len(spans):
        told.append(f"{words.plural(far, 'date')} far from the days of publication left out")
    note = "; ".join(told)
    return Figure("When", svg, ("provider", "first day", "last day", "what", "commitments"), table, links, note)


def query(**told: str) -> str:
    """The address of the page's table with a filter set, as the table itself writes it."""
    return f"#{urlencode(told)}"


def _month_query(month: str, status: str, currency: str) -> str:
    """The rows of a month; those without a day of publication have no filter of their own."""
    if month == UNDATED:
        return query(status=status, currency=currency, counted="1")
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return query(status=status, currency=currency, **{"from": str(first), "to": str(last)}, counted="1")


def _bar(name: str, total: Decimal, link: str, color: str = "var(--accent)") -> dict[str, object]:
    return {"name": words.visible(name), "total": float(total), "told": words.short(total), "link": link, "color": color}


def _months(first: str, last: str) -> list[str]:
    """The months from one to another, both like `2024-05`."""
    begin, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{month // 12}-{month % 12 + 1:02}" for month in range(begin, end + 1)]


def _ranked(counts: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    """The largest first, equal ones in the order of their names."""
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _first(counts: Counter[str], number: int) -> list[str]:
    return [name for name, _ in _ranked(counts)[:number]]
