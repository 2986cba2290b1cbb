"""Sums in one currency beside those that were told: at the rate of the day of publication, with rate, day and source."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from pathlib import Path

from communique.errors import SettingsError
from communique.store.rates import EcbRates, FileRates, NoRateError, Rates, rate
from communique.store.tables import Row
from communique_models import Amount, Record

CENT = Decimal("0.01")
DIGITS = 12  # of a cross rate that are told


class Converter:
    """Converts the amounts of records into one currency; what it cannot convert it counts, by the reason."""

    def __init__(self, currency: str, rates: Path | None = None) -> None:
        """Read the rates of a file, or else the ECB's; raises `SettingsError` if there is none, or none of the currency."""
        self._rates: Rates = FileRates(rates) if rates else EcbRates()
        self._currency = currency.upper()
        if self._currency not in self._rates.currencies:
            known = ", ".join(sorted(self._rates.currencies))
            raise SettingsError(f"--convert: there is no rate of {currency!r}; known are {known}")
        self.converted = 0
        self.gaps: Counter[str] = Counter()
        self._seen: set[str] = set()  # the releases that are counted

    def rows(self, record: Record, keys: dict[str, str]) -> list[Row]:
        """A row of the table `conversions` for each amount of a record, whose keys are given by their ids."""
        made = [self._row(amount, record, keys[amount.id]) for amount in record.amounts]
        if record.release.id not in self._seen:  # a record may go to several places
            self._seen.add(record.release.id)
            self.converted += sum(row["gap"] is None for row in made)
            self.gaps.update(row["gap"] for row in made if row["gap"])
        return made

    def _row(self, amount: Amount, record: Record, key: str) -> Row:
        row: Row = {"amount_id": key, "currency": self._currency, "source": self._rates.source}
        day = record.release.published_on
        try:
            if amount.currency is None:
                raise NoRateError("its currency is not known")
            if day is None:
                raise NoRateError("the day of publication is not known")
            target, told = rate(self._rates, self._currency, day), rate(self._rates, amount.currency, day)
        except NoRateError as gap:
            return row | dict.fromkeys(("value", "low", "high", "rate", "rate_date")) | {"gap": str(gap)}
        with localcontext() as context:
            context.prec = 50
            cross = target.value / told.value
            sums = {name: _times(getattr(amount, name), cross) for name in ("value", "low", "high")}
        with localcontext() as context:
            context.prec = DIGITS
            shown = format((+cross).normalize(), "f")
        return row | sums | {"rate": shown, "rate_date": min(target.day, told.day), "gap": None}

    def told(self) -> str:
        """What was converted, and what was not and why, for the end of a run."""
        sums = f"{self.converted:,} sums converted into {self._currency} ({self._rates.source})"
        if not self.gaps:
            return sums
        reasons = "; ".join(f"{count:,} {reason}" for reason, count in sorted(self.gaps.items()))
        return f"{sums}, {self.gaps.total():,} not: {reasons}"


def _times(told: str | None, cross: Decimal) -> str | None:
    """A sum in the other currency, to the cent."""
    return None if told is None else str((Decimal(told) * cross).quantize(CENT, ROUND_HALF_EVEN))


class Destination(str):
    """A URL, with what is added to the records that go there."""

    __slots__ = ("converter",)

    def __new__(cls, url: str, converter: Converter | None = None) -> Destination:
        """The URL as it is, and a converter of the amounts, if there is one."""
        made = super().__new__(cls, url)
        made.converter = converter
        return made

    converter: Converter | None
