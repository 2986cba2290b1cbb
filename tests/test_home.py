import pytest

from communique.analysis import Context
from communique.home import home_country, likeliest, score
from communique.lexicons import lexicon
from communique.normalise.currencies import current

CUES = [
    (entry["country"], text, kind == "hits")
    for entry in lexicon("countries")["cue"]
    for kind in ("hits", "misses")
    for text in entry[kind]
]


@pytest.mark.parametrize(("country", "text", "hit"), CUES)
def test_cues(country: str, text: str, hit: bool) -> None:
    weight = score(text).get(country, 0)
    assert weight >= 4 if hit else weight < 4


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("MONTPELIER, Vt. – The senator announced grants for after-school care. Call (802) 555-0142.", "US"),
        ("The Prime Minister announced in Canberra that the Australian Government will fund ferries.", "AU"),
        ("Singapore, 4 May 2021 – Applications open today. Write to help@example.gov.sg or call +65 6123 4567.", "SG"),
        ("President’s Fund gives scholarships in Batticaloa and Jaffna, at LKR 5,000 each.", "LK"),
        ("HM Treasury sets out £3 million for towns in England.", "GB"),
        ("I am pleased to visit Canada next week. We go to Toronto and Calgary. The Australian Government will pay.", "AU"),
        ("The company makes tools.", None),
        ("", None),
    ],
)
def test_home(text: str, country: str | None) -> None:
    assert home_country(text) == country


def test_the_issuer_weighs_most() -> None:
    text = "The White House welcomed the visit. Congress and the U.S. Department of State joined."
    assert home_country(text) == "US"
    assert home_country(text, Context(issuer="Ministry for Foreign Affairs of Finland")) == "FI"
    assert home_country(text, Context(country="NO")) == "NO"


def test_likeliest_of_some() -> None:
    text = "Syria, Syria, Syria. Damascus. Australia will provide food."
    assert likeliest(text, {"AU", "US", "CA"}) == "AU"
    assert likeliest(text, {"US", "CA"}) is None


def test_countries_are_of_iso_3166() -> None:
    countries = lexicon("countries")
    told = {code for table in ("demonyms", "capitals", "names", "leaders") for code in countries[table]} | set(
        countries["domains"].values()
    )
    assert told <= set(current())


def test_long_texts() -> None:
    assert home_country("a." * 200_000) is None
    assert home_country("A" * 200_000) is None
