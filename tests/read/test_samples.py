"""Samples in formats that are no plain text give the same facts as their words do."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from communique import Pipeline, Record
from communique.errors import ReleaseError
from communique.read import read_all
from communique.read.formats import READERS
from communique.settings import Settings
from communique.source import Source
from documents import SAMPLES, danish_seed_fund, latvian_bridge

HOLMEGAARD = """Denmark and the Holmegaard Foundation back seed banks in Malawi and Zambia

COPENHAGEN, 4 June 2025 – The Holmegaard Foundation will give DKK 60 million to seed banks in Malawi and Zambia.

Denmark pledged another DKK 25 million today. The money will pay for:

- cold stores in Lilongwe and Lusaka

- the training of 300 farmers

The grants by year:

Year | Holmegaard Foundation | Denmark

2025 | DKK 20 million | DKK 10 million

2026 | DKK 40 million | DKK 15 million

“Seeds are the oldest insurance there is,” said Mette Krogh, director of the foundation.
"""
ESTONIA = """Estonia gives €3.2 million to Kenya’s health registry

Estonia will give €3.2 million to Kenya for a national health registry, Foreign Minister Liis Tamm announced in Nairobi
today.

The money will be paid to Kenya’s Ministry of Health over three years. In 2024, Estonia gave €1.1 million for a pilot in
Kisumu, which closed in December.

What the money is for

- €2 million for the registry itself

- €1.2 million for the training of nurses

“A registry is worth as much as the people who keep it,” Tamm said.
"""
LATVIA = """Ministry of Transport of Latvia

Latvia sets aside EUR 42 million for a new bridge

RIGA, 12 March 2025 – The Government of Latvia has allocated EUR 42 million to the city of Jelgava for a bridge over the
Lielupe. Half of the money will be paid in 2025, the Ministry of Transport said on Wednesday.

The bridge will carry two lanes, a cycle path and a tram track. The European Investment Bank has agreed to lend Jelgava
a further EUR 18.5 million for the approach roads, which are to be finished by 2028.

The loan runs for 20 years. It was signed in Luxembourg last week, after a year and a half of negotiations between the
city, the bank and the ministry. The city council is to vote on the first tender in April.

“This is the largest sum that the state has ever given to a bridge outside Riga,” Minister of Transport Ilze Kalna said.
"""
NEPAL = """Himalaya Development Bank lends Nepal €75 million for grid

The Himalaya Development Bank will lend Nepal €75 million for 140 kilometres of power lines between Kathmandu and
Pokhara. The loan was signed in Kathmandu today.

The Government of Nepal will add NPR 2.1 billion from its own budget by the end of 2027.

“Light is where every other plan begins,” the bank’s president, Anil Thapa, said.
"""
VAGUR = """Iceland gives ISK 450 million to Faroese harbour

Iceland will give ISK 450 million to the Faroe Islands for the harbour of Vágur, Prime Minister Sigrún Ólafsdóttir
announced today.

The money will be paid in 2026.
"""
TARAWA = """Facility grants AUD 6.4 million to Kiribati

The Pacific Water Facility has granted AUD 6.4 million to Kiribati for wells on South Tarawa.

- AUD 4 million for wells

- AUD 2.4 million for pipes

Work begins next month.
"""
TORSHAVN = """Faroe Islands set aside DKK 84 million for new research ship

The Faroese Ministry of Fisheries has allocated DKK 84 million to the Marine Institute in Tórshavn for a research ship.

Denmark will add DKK 20 million by the end of 2026. The money will pay for:

- the hull and the engines

- two laboratories

“We cannot protect what we do not know,” Minister Jógvan Dam said on Thursday.
"""
SAMPLE_TEXTS = {
    "estonia-kenya-registry.html": ESTONIA,
    "faroe-research-ship.xml": TORSHAVN,
    "harbour-grants.csv": VAGUR,
    "himalaya-bank-grid.eml": NEPAL,
    "holmegaard-seed-banks.docx": HOLMEGAARD,
    "kiribati-feed.xml": TARAWA,
    "latvia-jelgava-bridge.pdf": LATVIA,
}


def first(name: str) -> Source:
    source = read_all(SAMPLES / name, name, Settings())[0].source
    assert not isinstance(source, ReleaseError)
    return source


def facts(record: Record) -> tuple[object, ...]:
    return (
        [(party.name, party.kind) for party in record.parties],
        [(amount.currency, amount.value, amount.basis) for amount in record.amounts],
        [(when.mention.quote, when.value) for when in record.dates],
        [
            (one.trigger.quote, one.status, one.providers, one.receivers, one.amounts, one.counted.amounts)
            for one in record.commitments
        ],
    )


@pytest.mark.parametrize(("name", "words"), SAMPLE_TEXTS.items())
def test_a_sample_has_the_words_of_its_release_and_no_others(name: str, words: str) -> None:
    assert first(name).text.split() == words.split()


@pytest.mark.parametrize(("name", "words"), SAMPLE_TEXTS.items())
def test_a_sample_gives_the_facts_of_its_text(pipeline: Pipeline, name: str, words: str) -> None:
    source = first(name)
    known = Source(
        re.sub(r"(?<!\n)\n(?!\n)", " ", words), source.published_on, source.published_basis, source.title, source.issuer
    )
    record = pipeline.extract_source(source)
    assert record.amounts
    assert facts(record) == facts(pipeline.extract_source(known))


def test_every_kind_of_reader_has_a_sample() -> None:
    kinds = {READERS[path.suffix] for path in SAMPLES.iterdir() if path.suffix in READERS}
    packed = {READERS[suffix] for suffix in (".gz", ".zip", ".mbox", ".json", ".jsonl")}  # they hold what the others are
    assert set(READERS.values()) - packed <= kinds


def test_the_samples_that_are_made_are_those_that_are_there() -> None:
    assert (SAMPLES / "latvia-jelgava-bridge.pdf").read_bytes() == latvian_bridge()
    assert first("holmegaard-seed-banks.docx").text == _read_again(danish_seed_fund())


def _read_again(raw: bytes) -> str:
    return READERS[".docx"].reader(raw, 10_000).text  # type: ignore[union-attr]


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader asked for a network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    page = "<html><head><link rel='canonical' href='http://x.example/'><base href='http://x.example/'></head><body>"
    page += f"<iframe src='http://x.example/'></iframe><img src='http://x.example/a.png'><p>{VAGUR}</p></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert "ISK 450 million" in getattr(read_all(tmp_path / "a.html", "a.html", Settings())[0].source, "text", "")
    for name in SAMPLE_TEXTS:
        assert first(name).text
