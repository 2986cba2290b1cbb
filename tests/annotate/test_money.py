from decimal import Decimal

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

import communique.annotate.money
from communique.analysis import AmountFact, Analysis, Context, analysis_of
from communique.lexicons import lexicon
from communique_models import Basis, Comparator, CurrencyBasis, NoticeCode
from examples import parse_example

assert communique.annotate.money  # registers the component
NLP = spacy.blank("en")
NLP.add_pipe("communique_money")
MONEY = lexicon("money")


def analyse(text: str, country: str | None = None) -> Analysis:
    doc = NLP.make_doc(text)
    analysis_of(doc, Context(country=country))
    return analysis_of(NLP(doc))


def find(text: str, country: str | None = None) -> list[AmountFact]:
    return analyse(text, country).amounts


def plain(number: Decimal | None) -> str:
    return f"{number.normalize():f}" if number is not None else ""


def told(fact: AmountFact) -> str:
    number = plain(fact.value) if fact.value is not None else f"{plain(fact.low)}-{plain(fact.high)}"
    return f"{number} {fact.currency}"


def marked_facts(marked: str, country: str | None = None) -> list[tuple[AmountFact, str]]:
    """The facts of a marked example, which must stand exactly at its spans, and the values that it expects."""
    text, spans = parse_example(marked)
    facts = find(text, country)
    assert [(fact.start, fact.end) for fact in facts] == [(start, end) for start, end, _ in spans], text
    return [(fact, value) for fact, (_, _, value) in zip(facts, spans, strict=True)]


@pytest.mark.parametrize("marked", lexicon("sums")["hits"])
def test_sums(marked: str) -> None:
    for fact, value in marked_facts(marked):
        assert told(fact) == value


@pytest.mark.parametrize("text", lexicon("sums")["misses"])
def test_no_sums(text: str) -> None:
    assert [text[fact.start : fact.end] for fact in find(text)] == []


@pytest.mark.parametrize(
    ("country", "marked"), [(entry["country"], hit) for entry in lexicon("sums")["home"] for hit in entry["hits"]]
)
def test_at_home(country: str, marked: str) -> None:
    for fact, value in marked_facts(marked, country):
        assert told(fact) == value


def cases(table: str) -> list[str]:
    return [marked for entry in MONEY[table] for key in ("hits", "misses") for marked in entry[key]]


@pytest.mark.parametrize("marked", cases("comparator"))
def test_comparators(marked: str) -> None:
    for fact, value in marked_facts(marked):
        assert fact.comparator == value


@pytest.mark.parametrize("marked", cases("rate"))
def test_rates(marked: str) -> None:
    for fact, value in marked_facts(marked):
        assert (fact.per or "none") == value


@pytest.mark.parametrize(
    "marked",
    [*cases("basis"), *(marked for table in ("topic", "known") for key in ("hits", "misses") for marked in MONEY[table][key])],
)
def test_bases(marked: str) -> None:
    for fact, value in marked_facts(marked):
        assert fact.basis == value


def relation(index: int, fact: AmountFact) -> str:
    if fact.part_of is not None:
        return f"{index} part of {fact.part_of}"
    return f"{index} equal to {fact.equivalent_of}" if fact.equivalent_of is not None else str(index)


@pytest.mark.parametrize(
    "marked", [marked for table in ("parts", "equivalents") for key in ("hits", "misses") for marked in MONEY[table][key]]
)
def test_relations(marked: str) -> None:
    facts = marked_facts(marked)
    assert [relation(index, fact) for index, (fact, _) in enumerate(facts)] == [value for _, value in facts]


def test_bullets_are_parts_of_the_sum_of_their_lead() -> None:
    text = "The city spends €10 million on its harbour:\n\n- €6 million for quays\n- €3 million for cranes\n\nWork begins in May."
    assert [fact.part_of for fact in find(text)] == [None, 0, 0]


def test_sums_that_add_up_are_parts() -> None:
    text = "Denmark gives DKK 90 million.\n\nThe Red Cross receives DKK 50 million.\n\nUNICEF receives DKK 40 million."
    assert [fact.part_of for fact in find(text)] == [None, 0, 0]


def test_a_list_that_the_package_includes_belongs_to_it() -> None:
    text = (
        "Finland gives military aid worth €10 million.\n\nThe minister was in Kyiv.\n\nThe package includes:\n\n"
        "- ten lorries, at a cost of €2 million\n- €500,000 for spare parts\n\nThe lorries leave in May."
    )
    assert [fact.part_of for fact in find(text)] == [None, 0, 0]


def test_paragraphs_that_begin_with_sums_are_rows() -> None:
    text = (
        "The town builds on its €9 million plan of last May, comprising:\n\n€5 million for quays;\n\n€3 million for cranes.\n\n"
        "Work begins in May."
    )
    facts = find(text)
    assert [fact.part_of for fact in facts] == [None, 0, 0]
    assert {fact.basis for fact in facts} == {Basis.PREVIOUS}


def test_parts_belong_to_the_telling_that_leads_to_them() -> None:
    rows = "\n\n€6 million goes to Leeds.\n\n€4 million goes to York."
    near = f"Fund gives €10 million\n\nThe fund gives €10 million.\n\nIt is glad.\n\nThe €10 million will be shared.{rows}"
    assert [fact.part_of for fact in find(near)] == [None, None, None, 2, 2]
    far = f"Fund gives €10 million\n\nThe fund gives €10 million.\n\nThe €10 million is new.\n\nIt is glad.\n\nAll share.{rows}"
    assert [fact.part_of for fact in find(far)] == [None, None, None, 1, 1]


def test_sums_that_add_up_but_for_rounding_are_parts() -> None:
    text = "Bergen opens a €31 million centre\n\nThe state gives €14.6 million.\n\nPartners give €16.5 million."
    assert [fact.part_of for fact in find(text)] == [None, 0, 0]


def test_a_sum_told_again_is_what_it_was() -> None:
    text = "The region lost €7 million to floods in May.\n\nThis €7 million weighs on its budget."
    assert [fact.basis for fact in find(text)] == [Basis.OTHER, Basis.OTHER]
    text = "Bank raises its loan from €5 million to €8 million\n\nThe bank lends €8 million.\n\nThe mill had sought €5 million."
    assert [fact.basis for fact in find(text)] == [Basis.PREVIOUS, Basis.NEW, Basis.NEW, Basis.PREVIOUS]


def test_what_the_past_includes_is_past() -> None:
    text = "It builds on our €9 million for schools. This includes €5 million for roofs, €3 million for heating, and a hall."
    assert [fact.basis for fact in find(text)] == [Basis.PREVIOUS] * 3


def test_what_a_dollar_means_comes_from_the_release() -> None:
    [fact] = find("SYDNEY, 3 May – The Australian Government will provide $5 million for ferries in Queensland.")
    assert (fact.currency, fact.currency_basis) == ("AUD", CurrencyBasis.CONTEXT)


def test_a_bare_sum_that_is_told_elsewhere_with_its_currency_has_that() -> None:
    text = "The facility grew from $3M USD to $9M USD. It pays $9 million for the mill and $4 million to the town."
    assert [told(fact) for fact in find(text, "CA")] == ["3000000 USD", "9000000 USD", "9000000 USD", "4000000 CAD"]


@pytest.mark.parametrize(
    "text", ["It adds two dollars for every dollar from the town.", "Prices ranged widely in 2022 dollars.", "one-for-one"]
)
def test_ratios_and_the_money_of_a_year_are_no_sums(text: str) -> None:
    assert find(text) == []


def test_what_nothing_tells_stays_open() -> None:
    analysis = analyse("The grant is kr 5 million.")
    [fact] = analysis.amounts
    assert (fact.currency, fact.currency_basis) == (None, CurrencyBasis.AMBIGUOUS)
    assert {"NOK", "SEK", "DKK", "ISK"} == set(fact.candidates)
    assert [doubt.code for doubt in analysis.doubts] == [NoticeCode.AMBIGUOUS_CURRENCY]
    assert find("The grant is kr 5 million.", "SE")[0].currency == "SEK"


def test_traces_tell_what_was_dropped() -> None:
    analysis = analyse("They found a $50 note beside 30 pounds of rice.")
    assert analysis.amounts == []
    assert [trace.rule for trace in analysis.traces if not trace.kept] == ["no_sum", "no_sum"]


def test_boilerplate_has_no_sums() -> None:
    analysis = analyse("Acme opens a mill.\n\nThe mill cost €5 million.\n\nAbout Acme\n\nAcme has sales of €70 million.")
    assert [told(fact) for fact in analysis.amounts] == ["5000000 EUR"]
    assert any(trace.rule == "boilerplate" for trace in analysis.traces)


CODES = ["EUR", "NOK", "CHF", "USD", "JPY", "LKR", "KES", "PLN"]
SCALES = [("", 1), (" million", 10**6), (" billion", 10**9), ("bn", 10**9), (" thousand", 10**3), (" crore", 10**7), ("m", 10**6)]
LEADS = [
    ("", Comparator.EQUAL),
    ("more than ", Comparator.MORE),
    ("up to ", Comparator.AT_MOST),
    ("about ", Comparator.ABOUT),
    ("at least ", Comparator.AT_LEAST),
]


@settings(max_examples=150, deadline=None)
@given(
    st.decimals(min_value="0.01", max_value="999999", places=2),
    st.sampled_from(CODES),
    st.sampled_from(SCALES),
    st.sampled_from(LEADS),
    st.sampled_from(["{code} {number}{scale}", "{code}{number}{scale}", "{number}{scale} {code}", "{code}\u00a0{number}{scale}"]),
)
def test_round_trip(value: Decimal, code: str, scale: tuple[str, int], lead: tuple[str, Comparator], style: str) -> None:
    written = style.format(code=code, number=f"{value:,}", scale=scale[0])
    text = f"The ministry gives {lead[0]}{written} to the fund."
    [fact] = find(text)
    assert text[fact.start : fact.end] == written
    assert (fact.value, fact.currency, fact.comparator) == (value * scale[1], code, lead[1])


@settings(max_examples=100, deadline=None)
@given(
    st.integers(1, 499),
    st.integers(500, 999),
    st.sampled_from(["-", "–", " to "]),
    st.sampled_from(["€", "£", "US$"]),
    st.booleans(),
)
def test_range_round_trip(low: int, high: int, joint: str, sign: str, twice: bool) -> None:
    written = f"{sign}{low}{joint}{sign if twice else ''}{high} million"
    [fact] = find(f"Loans of {written} are open.")
    assert (fact.low, fact.high, fact.comparator) == (low * 10**6, high * 10**6, Comparator.RANGE)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789 $€£.,-–()kmbn\nRsUSDEURmillionofandto'\x00"), max_size=80))
def test_any_text(text: str) -> None:
    for fact in find(text):
        assert 0 <= fact.start < fact.end <= len(text)
        assert (fact.value is None) == (fact.low is not None) == (fact.comparator is Comparator.RANGE)


@pytest.mark.parametrize(
    "text",
    ["1" * 100_000, "1 " * 50_000, "1," * 50_000, "$" * 1_000, "a." * 50_000, " " * 100_000, "$1 " * 5_000, "million " * 20_000],
)
def test_long_runs_take_no_long_time(text: str) -> None:
    find(text)
