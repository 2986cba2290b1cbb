from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.lexicons import lexicon
from communique.normalise.numbers import number, read_digits, read_magnitude, read_words
from examples import parse_example


@pytest.mark.parametrize("marked", lexicon("magnitudes")["hits"])
def test_words(marked: str) -> None:
    text, [(start, end, value)] = parse_example(marked)
    assert read_words(text, start) == (Decimal(value), end)
    told = number(text[start:end])
    assert told == Decimal(value) or text[start:end].endswith("of")


@pytest.mark.parametrize("text", lexicon("magnitudes")["misses"])
def test_no_words(text: str) -> None:
    assert all(read_words(text, place) is None for place in range(len(text)) if place == 0 or text[place - 1] == " ")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234,567.89", "1234567.89"),
        ("12,34,567", "1234567"),
        ("1.500.000", "1500000"),
        ("1.234,50", "1234.5"),
        ("1 500 000", "1500000"),
        ("1\u00a0500\u00a0000", "1500000"),
        ("1'250'000", "1250000"),
        ("2,5", "2.5"),
        ("2,50", "2.5"),
        ("1.5", "1.5"),
        (".5", "0.5"),
        ("2½", "2.5"),
        ("½", "0.5"),
        ("2 1/2", "2.5"),
        ("75 billion", "75000000000"),
        ("3.5bn", "3500000000"),
        ("5 lakh crore", "5000000000000"),
        ("10k", "10000"),
        ("12 thousand", "12000"),
        ("2024", "2024"),
        ("100-million", "100000000"),
        ("7 million", "7000000"),
    ],
)
def test_digits(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "12,3456", "5 k", "twelve o'clock", "half", "one and", "abc", "1,2,3"])
def test_no_number(text: str) -> None:
    assert number(text) in (None, Decimal("0.5"))


def test_spaces_that_group_nothing() -> None:
    assert read_digits("250 000", 0) == (Decimal(250000), 7)
    assert read_digits("250 000", 0, spaced=False) == (Decimal(250), 3)


def test_abbreviations_follow_digits_only() -> None:
    assert read_magnitude("5bn", 1) == (Decimal(10) ** 9, 3)
    assert read_magnitude("5 bn", 1) == (Decimal(10) ** 9, 4)
    assert read_magnitude("five bn", 4, after_digits=False) is None


@given(st.integers(0, 10**15 - 1))
def test_grouped_round_trip(value: int) -> None:
    assert number(f"{value:,}") == value
    assert number(str(value)) == value


WORDS = list(lexicon("magnitudes")["words"])
ONES, TENS = WORDS[:20], ["", "ten", *(word for word in WORDS[20:] if word != "fourty")]


def in_words(value: int, joined: str) -> str:
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if value >= size:
            rest = value % size
            tail = f"{joined if rest < 100 else ' '}{in_words(rest, joined)}" if rest else ""
            return f"{in_words(value // size, joined)} {name}{tail}"
    if value < 20:
        return ONES[value]
    return TENS[value // 10] + (f"-{ONES[value % 10]}" if value % 10 else "")


@given(st.integers(0, 10**12 - 1), st.sampled_from([" ", " and "]))
def test_words_round_trip(value: int, joined: str) -> None:
    told = in_words(value, joined)
    assert number(told) == value, told


@given(st.text())
def test_any_text(text: str) -> None:
    number(text)
