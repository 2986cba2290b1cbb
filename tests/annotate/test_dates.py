"""Every example of the lexicons of time, and what the component does with a whole text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import spacy
from spacy.language import Language

from communique.analysis import Analysis, Context, DateFact, analysis_of
from communique.lexicons import lexicon
from communique_models import NoticeCode, Precision
from examples import parse_example

PUBLISHED = date(2024, 5, 15)  # a Wednesday


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("communique_dates")
    return nlp


def analyse(nlp: Language, text: str, published: date | None = PUBLISHED, country: str | None = None) -> Analysis:
    doc = nlp.make_doc(text)
    analysis_of(doc, Context(published_on=published, country=country))
    return analysis_of(nlp(doc))


def told(fact: DateFact) -> str:
    if fact.value is None and fact.begin is None and fact.last is None:
        return "null"
    days = f" {fact.begin or ''}..{fact.last or ''}" if fact.begin or fact.last else ""
    return f"{fact.value}{days}"


def entries() -> list[dict[str, Any]]:
    calendars = lexicon("calendars")
    return [*lexicon("dates")["rule"], *calendars["fiscal"], *calendars["holiday"]]


HITS = [(entry.get("country"), marked) for entry in entries() for marked in entry["hits"]]
MISSES = [(entry.get("country"), text) for entry in entries() for text in entry["misses"]]


@pytest.mark.parametrize(("country", "marked"), HITS)
def test_reads_what_the_lexicon_marks(nlp: Language, country: str | None, marked: str) -> None:
    text, spans = parse_example(marked)
    found = [(fact.start, fact.end, told(fact)) for fact in analyse(nlp, text, country=country).dates]
    assert found == spans


@pytest.mark.parametrize(("country", "text"), MISSES)
def test_leaves_alone_what_only_looks_like_a_time(nlp: Language, country: str | None, text: str) -> None:
    assert [text[fact.start : fact.end] for fact in analyse(nlp, text, country=country).dates] == []


def test_every_entry_has_hits_and_misses() -> None:
    assert all(entry["hits"] and entry["misses"] for entry in entries())


def test_resolves_the_absolute_without_a_publication_date(nlp: Language) -> None:
    analysis = analyse(nlp, "Signed on 3 May 2021, paid last month, due by the end of 2023, over five years.", published=None)
    assert [told(fact) for fact in analysis.dates] == [
        "2021-05-03 2021-05-03..2021-05-03", "null", "2023-09/2023-12 2023-09-01..2023-12-31", "P5Y",
    ]  # fmt: skip
    waiting = analysis.dates[1]
    assert (waiting.anchor, waiting.rule, waiting.precision) == ("release", "relative", Precision.MONTH)
    assert [(doubt.code, doubt.span) for doubt in analysis.doubts] == [(NoticeCode.UNRESOLVED_DATE, (waiting.start, waiting.end))]


def test_anchors_are_the_dates_they_count_from(nlp: Language) -> None:
    text = "It began on 4 March 2019. In the following year it grew. Today it ends."
    dates = analyse(nlp, text).dates
    assert [fact.anchor for fact in dates] == ["absolute", 0, "release"]


def test_the_tense_of_the_clause_places_a_month(nlp: Language) -> None:
    past, future = (analyse(nlp, text).dates[0] for text in ("It was opened in September.", "It will be opened in September."))
    assert (past.value, future.value) == ("2023-09", "2024-09")


def test_the_parse_tells_the_tense_where_there_is_one(pipeline: Any) -> None:
    doc = pipeline.nlp.make_doc("The minister travelled to Galle in December. She will return in December.")
    analysis_of(doc, Context(published_on=PUBLISHED))
    assert [fact.value for fact in analysis_of(pipeline.nlp(doc)).dates] == ["2023-12", "2024-12"]


def test_a_fiscal_year_that_the_text_tells_wins_over_the_country(nlp: Language) -> None:
    text = "Orion Boats Inc. reports. Sales in fiscal 2023 grew; its fiscal year ended September 30."
    assert told(analyse(nlp, text, country="US").dates[0]) == "2022/2023 2022-10-01..2023-09-30"


def test_a_company_counts_by_the_calendar_year(nlp: Language) -> None:
    text = "RENO, Nev. (Nasdaq: ORBT) Orion Boats expects growth in FY2025."
    assert told(analyse(nlp, text, country="US").dates[0]) == "2025 2025-01-01..2025-12-31"


def test_a_department_counts_by_its_own_fiscal_year_whatever_company_it_speaks_of(nlp: Language) -> None:
    text = (
        "Tallis Freight Inc. will pay $3 million, the Justice Department announced. "
        "The U.S. Attorney said that in fiscal year 2022 such cases had doubled."
    )
    assert told(analyse(nlp, text, country="US").dates[-1]) == "2021/2022 2021-10-01..2022-09-30"


def test_a_weekday_tells_the_order_of_day_and_month(nlp: Language) -> None:
    assert told(analyse(nlp, "We meet on Friday 7/6.").dates[0]) == "2024-06-07 2024-06-07..2024-06-07"
    assert told(analyse(nlp, "We meet on Saturday 7/6.").dates[0]) == "2024-07-06 2024-07-06..2024-07-06"


def test_the_rate_of_a_sum_is_no_time_of_its_own() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("communique_money")
    nlp.add_pipe("communique_dates")
    text = "It pays $4.5 million a year and trains 30 nurses a year."
    assert [fact.start for fact in analyse(nlp, text).dates] == [text.rindex("a year")]


def test_an_order_of_day_and_month_that_nobody_tells_stays_open(nlp: Language) -> None:
    first, second = analyse(nlp, "Paid on 05/06/2023 and on 25/06/2023.").dates
    assert (told(first), told(second)) == ("null", "2023-06-25 2023-06-25..2023-06-25")


def test_takes_nothing_from_boilerplate(nlp: Language) -> None:
    text = "Orion opens a plant on 3 May 2024.\n\nAbout Orion\n\nOrion was founded in 1998 and has grown for 20 years.\n"
    assert [text[fact.start : fact.end] for fact in analyse(nlp, text).dates] == ["3 May 2024"]


def test_keeps_off_sums_of_money() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("communique_money")
    nlp.add_pipe("communique_dates")
    text = "A grant of $2024 and €100,000 per year over five years."
    assert [text[fact.start : fact.end] for fact in analyse(nlp, text).dates] == ["five years"]


def test_traces_tell_what_was_refused_and_why(nlp: Language) -> None:
    analysis = analyse(nlp, "The Data Act 2018 took effect on 25 May 2018.")
    refused = [(trace.start, trace.reason) for trace in analysis.traces if not trace.kept]
    assert refused == [(13, "in the name of a law or plan")]
    assert [trace.rule for trace in analysis.traces if trace.kept] == ["calendar"]


@pytest.mark.parametrize(
    "text",
    [
        "\x00" * 2000, "1 " * 20_000, "9" * 50_000, "the end of " * 5_000, "may 1-" * 5_000, "2020-" * 5_000, "a" * 100_000,
        "two hundred and " * 3_000, "last next this " * 4_000, "１９９９年 and ٢٠٢٠", "in 2020" + "\n" * 3_000 + "2021",
        "1/2/3/4/5" * 3_000, "first second third " * 4_000,
        "3, 4 and " * 4_000, "Monday to Friday" + " ," * 20_000, "5/1-5/" * 4_000, "annual " * 9_000, "40 men a year " * 4_000,
    ],
)  # fmt: skip
def test_reads_any_text(nlp: Language, text: str) -> None:
    nlp.max_length = 10**7
    for fact in analyse(nlp, text).dates:
        assert 0 <= fact.start < fact.end <= len(text)
