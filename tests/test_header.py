from __future__ import annotations

import re
from datetime import date

import pytest

from communique.analysis import Analysis, Context, DateFact
from communique.header import day_in_name, read_date, read_header, tell_undated
from communique.lexicons import lexicon
from communique.segment import segment
from communique_models import NoticeCode, PublishedBasis
from examples import parse_example

BODY = "\n\nThe fund will pay for two new ferries between the islands, the minister said in a speech to the council."


def header(text: str, context: Context | None = None) -> Context:
    analysis = Analysis(text, segment(text), context=context or Context())
    read_header(analysis, text)
    return analysis.context


@pytest.mark.parametrize(
    ("line", "day", "place"),
    [
        ("OSLO, Norway, March 5, 2024 /Nordwire/ -- The fund will pay.", date(2024, 3, 5), "OSLO, Norway"),
        ("Singapore, 10 December 2024 – The fund will pay.", date(2024, 12, 10), "Singapore"),
        ("PORT LOUIS, MAURITIUS - Island Newswire - 13 July 2026 - The fund pays.", date(2026, 7, 13), "PORT LOUIS, MAURITIUS"),
        ("Bath, ME (Harbour.example) Monday Sep 15, 2025 @ 7:00 AM Pacific — The fund pays.", date(2025, 9, 15), "Bath, ME"),
        ("ST. JOHN’S — April 18, 2024 — The fund will pay.", date(2024, 4, 18), "ST. JOHN’S"),
        ("DAKAR, Republic of Senegal, 2 May 2024 – The fund will pay.", date(2024, 5, 2), "DAKAR, Republic of Senegal"),
        ("BOUAKÉ, Côte d’Ivoire, 2 May 2024 – The fund will pay.", date(2024, 5, 2), "BOUAKÉ, Côte d’Ivoire"),
        ("April 18, 2024 — The fund will pay.", date(2024, 4, 18), None),
        ("BERGEN, 2nd May, 2024 (NORDWIRE) - The fund will pay.", date(2024, 5, 2), "BERGEN"),
    ],
)
def test_a_dateline_tells_day_and_place(line: str, day: date, place: str | None) -> None:
    context = header(f"Two new ferries\n\n{line}")
    assert (context.published_on, context.published_basis, context.dateline_place) == (day, PublishedBasis.DATELINE, place)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("5 April 2024", date(2024, 4, 5)),
        ("Friday, 5 April 2024", date(2024, 4, 5)),
        ("Minister for Islands Aid for the ferries 31 January 2013", date(2013, 1, 31)),
        ("THU 28 JUNE 2012", date(2012, 6, 28)),
        ("2016 – 09 - 06", date(2016, 9, 6)),
        ("2018.10.02", date(2018, 10, 2)),
        ("30 .06.2017", date(2017, 6, 30)),
    ],
)
def test_a_line_with_a_date_tells_the_day(line: str, day: date) -> None:
    context = header(f"Two new ferries\n\n{line}{BODY}")
    assert (context.published_on, context.published_basis) == (day, PublishedBasis.DATELINE)


@pytest.mark.parametrize(
    "line",
    [
        "New rules for ferries from 1 January 2025",
        "Ferries run again by 5 May 2024",
        "The visit of 3 - 5 May 2024",
        "20th AUGUST – 12th SEPTEMBER 2008",
        "Meeting on Monday 5 May 2024",
        "Date: 5 May 2024 Time: 10:00",
        "05/04/2024",
        "30 February 2024",
        "WASHINGTON, May 30 – The fund will pay.",
        "The fund was founded on 5 April 2004 - it pays for ferries.",
        "Between 1 April 2024 and 5 April 2024 - a week at sea",
    ],
)
def test_a_date_that_is_something_else_is_not_taken(line: str) -> None:
    context = header(f"Two new ferries\n\n{line}{BODY}")
    assert (context.published_on, context.published_basis) == (None, PublishedBasis.NONE)


@pytest.mark.parametrize("entry", lexicon("header")["label"], ids=lambda entry: entry["hits"][0])
def test_labels_keep_their_examples(entry: dict[str, list[str]]) -> None:
    for marked in entry["hits"]:
        line, [(start, end, day)] = parse_example(marked)
        text = f"Two new ferries\n\n{line}{BODY}"
        analysis = Analysis(text, segment(text))
        read_header(analysis, text)
        assert analysis.context.published_on == date.fromisoformat(day), line
        assert analysis.context.published_basis is PublishedBasis.METADATA, line
        assert text[analysis.traces[0].start : analysis.traces[0].end] == line[start:end]
    for line in entry["misses"]:
        assert header(f"Two new ferries\n\n{line}{BODY}").published_basis is not PublishedBasis.METADATA, line


@pytest.mark.parametrize("entry", lexicon("header")["kicker"])
def test_kickers_keep_their_examples(entry: dict[str, list[str]]) -> None:
    for line in entry["hits"]:
        assert header(f"{line}\n\nTwo new ferries{BODY}").title == "Two new ferries", line
    for line in entry["misses"]:
        assert header(f"{line}\n\nTwo new ferries{BODY}").title == line


def test_what_came_with_the_release_goes_before_the_text() -> None:
    known = Context(date(2020, 1, 1), PublishedBasis.SIDECAR, title="Ferries")
    context = header(f"Two new ferries\n\nPublished 5 April 2024{BODY}", known)
    assert (context.published_on, context.published_basis, context.title) == (date(2020, 1, 1), PublishedBasis.SIDECAR, "Ferries")


def test_a_label_at_the_end_of_the_page_is_read() -> None:
    paragraphs = "\n\n".join(f"The ferry to island {n} will be paid by the fund, and the next one too." for n in range(30))
    assert header(f"Ferries\n\n{paragraphs}\n\nPublished: 5 April 2024").published_on == date(2024, 4, 5)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Ministry of Fisheries | 13.08.2017", date(2017, 8, 13)),
        ("20.11.2016 (Sunday)", date(2016, 11, 20)),
        ("Oslo, Friday 5 April 2024", date(2024, 4, 5)),
        ("Ferries to be ready 5 April 2024", None),
        ("13.08.2017 | 125.00", None),
    ],
)
def test_a_day_behind_who_signs_at_the_end_is_that_of_the_release(line: str, day: date | None) -> None:
    paragraphs = "\n\n".join(f"The ferry to island {n} will be paid by the fund, and the next one too." for n in range(30))
    assert header(f"Ferries\n\n{paragraphs}\n\n{line}").published_on == day


@pytest.mark.parametrize(
    ("uri", "day", "basis"),
    [
        ("2024-04-05-ferries.pdf", date(2024, 4, 5), PublishedBasis.FILENAME),
        ("press/2024/04/05/ferries.txt", date(2024, 4, 5), PublishedBasis.FILENAME),
        ("ferries_20240405.html", date(2024, 4, 5), PublishedBasis.FILENAME),
        ("https://fund.example/news/2024/04/05/ferries", date(2024, 4, 5), PublishedBasis.URL),
        ("2023-01-01.zip#ferries-2024-04-05.txt", date(2024, 4, 5), PublishedBasis.FILENAME),
        ("2024-04-05.csv#3", None, PublishedBasis.NONE),
        ("2024-04-05-to-2024-04-09.txt", None, PublishedBasis.NONE),
        ("2024-04.txt", None, PublishedBasis.NONE),
        ("a20240405b.txt", None, PublishedBasis.NONE),
        ("2024-02-30.txt", None, PublishedBasis.NONE),
        ("120240405.txt", None, PublishedBasis.NONE),
    ],
)
def test_the_day_in_a_name_comes_last(uri: str, day: date | None, basis: PublishedBasis) -> None:
    text = f"Two new ferries{BODY}"
    assert day_in_name(uri) == day
    analysis = Analysis(text, segment(text))
    read_header(analysis, text, uri)
    assert (analysis.context.published_on, analysis.context.published_basis) == (day, basis)
    dated = f"Two new ferries\n\n1 April 2024{BODY}"
    analysis = Analysis(dated, segment(dated))
    read_header(analysis, dated, uri)
    assert analysis.context.published_on == date(2024, 4, 1)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("5th April 2024", date(2024, 4, 5)),
        ("1st of May, 2024", date(2024, 5, 1)),
        ("Sept. 3, 2024", date(2024, 9, 3)),
        ("13/04/2024", date(2024, 4, 13)),
        ("04/13/2024", date(2024, 4, 13)),
        ("05/05/2024", date(2024, 5, 5)),
        ("04/05/2024", None),
        ("31.12.2024", date(2024, 12, 31)),
        ("2024-02-30", None),
        ("April 2024", None),
    ],
)
def test_full_dates_are_read_where_day_and_month_are_plain(words: str, day: date | None) -> None:
    assert read_date(words) == day


def test_relative_dates_without_a_date_of_publication_are_told_once() -> None:
    analysis = Analysis("Last year we paid.", segment("Last year we paid."))
    tell_undated(analysis)
    assert analysis.doubts == []
    analysis.dates = [DateFact(0, 9, anchor="release"), DateFact(0, 4, anchor="release")]
    tell_undated(analysis)
    assert [doubt.code for doubt in analysis.doubts] == [NoticeCode.UNKNOWN_PUBLICATION_DATE]


@pytest.mark.parametrize("filler", ["1 ", "May ", "5 April 2024 ", "A, ", "- ", "(", "/x", "‐" * 7])
def test_the_cost_does_not_explode(filler: str) -> None:
    assert header(filler * (200_000 // len(filler))).published_on in (None, date(2024, 4, 5))


def test_no_pattern_of_the_lexicon_is_anchored_or_empty() -> None:
    for entry in (*lexicon("header")["label"], *lexicon("header")["kicker"]):
        assert not re.match(entry["pattern"], ""), entry["pattern"]
