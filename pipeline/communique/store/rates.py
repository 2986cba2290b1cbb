"""Exchange rates: the reference rates of the European Central Bank, or those of a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from communique.errors import SettingsError
from communique.store.extras import needs

BASE = "EUR"
DAYS_BACK = 7  # over which the last rate before a day holds: weekends and holidays have none


class NoRateError(LookupError):
    """There is no rate of a currency for a day."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of a currency for one euro, and the day of that rate."""

    value: Decimal
    day: date


class Rates(Protocol):
    """Where rates come from."""

    @property
    def source(self) -> str:
        """What it is, as it is told beside each converted sum."""

    @property
    def currencies(self) -> frozenset[str]:
        """The currencies that it has a rate of, for some day."""

    def on(self, currency: str, day: date) -> Decimal | None:
        """Units of a currency for one euro on a day; None where it has no rate."""


def rate(rates: Rates, currency: str, day: date) -> Rate:
    """The rate of a day, or the last within a week before it; raises `NoRateError`."""
    if currency == BASE:
        return Rate(Decimal(1), day)
    for back in range(DAYS_BACK + 1):
        earlier = day - timedelta(days=back)
        if (found := rates.on(currency, earlier)) is not None:
            return Rate(found, earlier)
    raise NoRateError(f"there is no rate of {currency} for {day}")


class EcbRates:
    """The reference rates that the package CurrencyConverter brings along. Needs the extra `convert`."""

    def __init__(self) -> None:
        """Read them; raises `ExtraMissingError` if the package is not installed."""
        needs("currency_converter", "convert", "--convert without --rates FILE")
        from currency_converter import CurrencyConverter

        self._converter = CurrencyConverter(decimal=True)

    @property
    def source(self) -> str:
        """The package and its version, which say how far the rates go."""
        return f"ECB reference rates, CurrencyConverter {version('CurrencyConverter')}"

    @property
    def currencies(self) -> frozenset[str]:
        """All that the ECB has or had a rate of."""
        return frozenset(self._converter.currencies)

    def on(self, currency: str, day: date) -> Decimal | None:
        """Units of a currency for one euro on a day; None where there is no rate."""
        from currency_converter import RateNotFoundError

        if currency not in self.currencies:
            return None
        try:
            return Decimal(self._converter.convert(Decimal(1), BASE, currency, date=day))
        except RateNotFoundError:
            return None


class FileRates:
    """The rates of a CSV file: a line a day with a column a currency, as the ECB publishes them, or `date,currency,rate` a line.

    All are units of the currency for one euro.
    """

    def __init__(self, path: Path) -> None:
        """Read the file; raises `SettingsError` if that cannot be done, with the line that is wrong."""
        self._path = path
        self._rates: dict[tuple[str, date], Decimal] = {}
        try:
            with path.open(newline="", encoding="utf-8-sig") as file:
                for day, currency, told in _cells(csv.DictReader(file, skipinitialspace=True)):
                    self._rates[currency, day] = told
        except OSError as error:
            raise SettingsError(f"--rates: {path} cannot be read: {error.strerror or error}") from error
        except (ValueError, InvalidOperation, UnicodeDecodeError, csv.Error) as error:
            raise SettingsError(f"--rates: {path} is no file of rates: {error}") from error
        if not self._rates:
            raise SettingsError(f"--rates: there is no rate in {path}")

    @property
    def source(self) -> str:
        """The name of the file."""
        return self._path.name

    @property
    def currencies(self) -> frozenset[str]:
        """All in the file, and the euro."""
        return frozenset({BASE, *(currency for currency, _ in self._rates)})

    def on(self, currency: str, day: date) -> Decimal | None:
        """Units of a currency for one euro on a day; None where there is no rate."""
        return self._rates.get((currency, day))


def _cells(reader: csv.DictReader[str]) -> Iterator[tuple[date, str, Decimal]]:
    """The rates of a file with their days and currencies; raises `ValueError` that names the line."""
    names = {name.strip().lower(): name for name in reader.fieldnames or [] if name}
    if "date" not in names:
        raise ValueError("its first line names no column `date`")
    long = {"currency", "rate"} <= set(names)
    for row in reader:
        try:
            day = date.fromisoformat(row[names["date"]].strip())
            wide = ((name, row[name]) for name in names.values() if name != names["date"])
            for currency, told in [(row[names["currency"]], row[names["rate"]])] if long else wide:
                if long or (told and told.strip() not in ("", "N/A")):
                    value = Decimal(told.strip())
                    if not value.is_finite() or value <= 0:
                        raise ValueError(f"{told!r} is no rate")
                    yield day, currency.strip().upper(), value
        except (ValueError, InvalidOperation, AttributeError) as error:
            raise ValueError(f"line {reader.line_num}: {error}") from error
