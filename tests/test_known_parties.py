"""The user's own list of parties: its forms, its errors, and that it wins over guesses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique import Pipeline, known_parties
from communique.analysis import Analysis, analysis_of
from communique.annotate.parties import PartyAnnotator
from communique.errors import SettingsError
from communique.source import Source
from communique_models import Kind

CSV = (
    "name,aliases,kind,lei,wikidata\nHolm Marine AS,Holm Marine|HM Boats,company,5299000HOLM,Q1\nThe North Fund,,nonprofit,,Q2\n"
)
JSON = json.dumps([{"name": "Holm Marine AS", "aliases": ["HM Boats"], "kind": "company", "identifiers": {"lei": "5299000HOLM"}}])


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read_with(pipeline: Pipeline, known: known_parties.KnownParties, text: str) -> Analysis:
    doc = pipeline.annotate(Source(text=text))
    analysis = analysis_of(doc)
    analysis.parties, analysis.party_at = [], {}
    PartyAnnotator(known)(doc)
    return analysis


def test_a_csv_file_is_read(tmp_path: Path) -> None:
    holm, fund = known_parties.read(write(tmp_path, "list.csv", CSV)).parties
    assert holm == known_parties.KnownParty(
        "Holm Marine AS", ("Holm Marine", "HM Boats"), Kind.COMPANY, {"lei": "5299000HOLM", "wikidata": "Q1"}
    )
    assert fund.identifiers == {"wikidata": "Q2"}


def test_a_json_file_is_read_whatever_its_name(tmp_path: Path) -> None:
    assert known_parties.read(write(tmp_path, "list.txt", JSON)).parties[0].identifiers == {"lei": "5299000HOLM"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title,kind\nHolm,company\n", "no column `name`"),
        ("name,kind\nHolm,firm\n", "kind 'firm' is none of"),
        ("name,kind\n,company\n", "line 2 has no name"),
        ("name\nHolm,AS,too,many\n", "more values than columns"),
        ("name\n", "no party in it"),
        ("", "no column `name`"),
        ("[1]", "entry 1 has to be an object"),
        ("{}", "has to be a JSON list"),
        ('[{"name": "Holm"', "is no JSON"),
        ('[{"name": "Holm", "aliases": "H"}]', "aliases have to be a list"),
        ('[{"name": "Holm", "identifiers": ["x"]}]', "identifiers have to be an object"),
    ],
)
def test_a_bad_file_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told.replace("(", r"\(").replace("[", r"\[")):
        known_parties.read(write(tmp_path, "list.csv", text))


def test_a_missing_file_and_a_wrong_encoding_are_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        known_parties.read(tmp_path / "none.csv")
    path = tmp_path / "latin.csv"
    path.write_bytes("name\nBjørn AS\n".encode("latin-1"))
    with pytest.raises(SettingsError, match="not in UTF-8"):
        known_parties.read(path)


def test_the_list_wins_over_guesses_and_gives_identifiers(pipeline: Pipeline, tmp_path: Path) -> None:
    known = known_parties.read(write(tmp_path, "list.csv", CSV))
    analysis = read_with(pipeline, known, "HM Boats will deliver six boats to the North Fund. Holm Marine was glad.")
    by_name = {party.name: party for party in analysis.parties}
    assert by_name["Holm Marine AS"].identifiers["lei"] == "5299000HOLM"
    assert by_name["Holm Marine AS"].aliases == ["HM Boats", "Holm Marine"]
    assert by_name["The North Fund"].kind is Kind.NONPROFIT


def test_two_entries_of_the_list_are_never_joined(pipeline: Pipeline) -> None:
    listed = [known_parties.KnownParty(name, kind=Kind.COMPANY) for name in ("Holm Marine", "Holm Marine Services")]
    known = known_parties.KnownParties(listed)
    analysis = read_with(pipeline, known, "Holm Marine Services (HMS) works for Norway. Holm Marine will sell it.")
    assert {"Holm Marine", "Holm Marine Services"} <= {party.name for party in analysis.parties}


def test_a_list_of_100_000_is_found_in_one_pass() -> None:
    listed = [known_parties.KnownParty(f"Holm Works {number} AS", (f"HW{number}",)) for number in range(100_000)]
    known = known_parties.KnownParties(listed)
    text = "In May Holm Works 99999 AS and HW7 signed, not hw8. " * 50
    found = list(known.index.find(text))
    assert len(found) == 100
    assert {number for _, _, number in found} == {99_999, 7}
