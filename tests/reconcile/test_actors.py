from __future__ import annotations

from typing import Any

import pytest

from communique.reconcile import Actor, PartyRow, join
from communique_models import Kind


def row(key: str, name: str, kind: str = "company", country: str | None = None, *aliases: str, **identifiers: str) -> PartyRow:
    return PartyRow(key, name, aliases, Kind(kind), country, identifiers)


def joined(*rows: PartyRow, **decisions: Any) -> list[list[str]]:
    return sorted(sorted(actor.members) for actor in join(rows, **decisions))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (row("1", "Kestrel Semiconductor, Inc."), row("2", "Kestrel Semiconductor Inc")),
        (row("1", "World Food Programme", "intergovernmental"), row("2", "World Food Program", "intergovernmental")),
        (row("1", "Médecins du Fleuve", "nonprofit"), row("2", "Medecins du Fleuve", "nonprofit")),
        (row("1", "UK", "country", "GB"), row("2", "United Kingdom", "country", "GB")),
        (row("1", "Norwegian Ministry of Finance", "public_body", "NO"), row("2", "Ministry of Finance", "public_body", "NO")),
        (row("1", "World Health Organisation", "intergovernmental"), row("2", "World Health Organization", "intergovernmental")),
        (row("1", "Global Seed Alliance", "nonprofit", None, "GSA"), row("2", "GSA", "nonprofit")),
        (row("1", "Ann Marie Holt", "person"), row("2", "Ann Holt", "person")),
        (row("1", "Halden Rail", lei="X1"), row("2", "Haldenbahn", lei="X1")),
        (row("1", "Marlow & Reyes Foundation", "nonprofit"), row("2", "The Marlow and Reyes Foundation", "nonprofit")),
        (row("1", "Halden Rail", country="SE"), row("2", "Halden Rail")),
    ],
)
def test_one_actor_under_two_names(one: PartyRow, other: PartyRow) -> None:
    assert joined(one, other) == joined(other, one) == [["1", "2"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (row("1", "University of Leemouth", "nonprofit"), row("2", "University of Leeford", "nonprofit")),
        (row("1", "Ministry of Finance", "public_body", "NO"), row("2", "Ministry of Finance", "public_body", "SE")),
        (row("1", "Ministry of Finance", "public_body"), row("2", "Ministry of Finance", "public_body")),
        (row("1", "Georgia", "country", "GE"), row("2", "Georgia", "public_body", "US")),
        (row("1", "Halden Rail", lei="X1"), row("2", "Halden Rail", lei="X2")),
        (row("1", "Fund 2 Limited"), row("2", "Fund 3 Limited")),
        (row("1", "Anna Berg", "person"), row("2", "Anna Berger", "person")),
        (row("1", "Northern Ports"), row("2", "Southern Ports")),
        (row("1", "African Fund", "nonprofit", None, "the Fund"), row("2", "Arctic Fund", "nonprofit", None, "the Fund")),
        (row("1", "National Bank", "public_body", "KE"), row("2", "National Bank", "public_body", "TZ")),
    ],
)
def test_two_actors_with_names_alike(one: PartyRow, other: PartyRow) -> None:
    assert joined(one, other) == joined(other, one) == [["1"], ["2"]]


def test_an_acronym_of_two_actors_joins_nobody() -> None:
    rows = [
        row("1", "Arctic Data Board", "nonprofit", None, "ADB"),
        row("2", "Andean Design Bureau", "nonprofit", None, "ADB"),
        row("3", "ADB", "nonprofit"),
    ]
    assert joined(*rows) == [["1"], ["2"], ["3"]]


def test_of_which_country_a_namesake_is_stays_open() -> None:
    rows = [
        row("1", "Coastal Agency", "public_body", "KE"),
        row("2", "Coastal Agency", "public_body", "TZ"),
        row("3", "Coastal Agency"),
    ]
    assert joined(*rows) == [["1"], ["2"], ["3"]]


def test_a_person_decides_against_all_rules() -> None:
    one, other = row("1", "Halden Rail", lei="X1"), row("2", "Something Else", "nonprofit", lei="X2")
    assert joined(one, other, same=[("2", "1")]) == [["1", "2"]]
    twins = row("1", "Halden Rail"), row("2", "Halden Rail")
    assert joined(*twins, apart=[("2", "1")]) == [["1"], ["2"]]
    (actor,) = join([one, other], same=[("1", "2")])
    assert actor.members["2"][1:] == ("joined by a person", "person")


def test_an_actor_has_its_commonest_name_and_says_why() -> None:
    rows = [row("1", "Halden Rail"), row("2", "Halden Rail AB", country="SE"), row("3", "Halden Rail AB")]
    (actor,) = join(rows)
    assert (actor.name, actor.kind, actor.country) == ("Halden Rail AB", Kind.COMPANY, "SE")
    assert actor.members["3"][1].startswith("the name")
    assert isinstance(actor, Actor)
