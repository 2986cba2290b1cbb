"""Names as they are compared, shortened and found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.normalise.kinds import LABEL, kind_of
from communique.normalise.names import NameIndex, fold, initials, is_acronym, is_legal_form, without_legal_form
from communique.normalise.states import display_name, state_in
from communique_models import Kind


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The Støre Fund", "støre fund"),
        ("Holm’s", "holm"),
        ("Nestlé S.A.", "nestle s a"),
        ("Holm & Co", "holm and co"),
        ("the", "the"),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_legal_forms() -> None:
    assert is_legal_form("S.p.A.")
    assert is_legal_form("Inc.")
    assert not is_legal_form("as")
    assert without_legal_form("Holm Sol Co., Ltd.") == "Holm Sol"
    assert without_legal_form("AS") == "AS"


def test_initials_and_acronyms() -> None:
    assert "WFP" in initials("World Food Programme")
    assert "NBE" in initials("National Bank of Egypt")
    assert is_acronym("U.N.")
    assert not is_acronym("Un")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ministry of Finance", Kind.PUBLIC_BODY),
        ("Bank of Holm", Kind.COMPANY),
        ("Holm Society for Birds", Kind.NONPROFIT),
        ("Clean Fjords Act", LABEL),
        ("Holm AS", Kind.COMPANY),
        ("Holm", None),
        ("", None),
    ],
)
def test_kinds_of_names(name: str, kind: Kind | str | None) -> None:
    assert kind_of(name) == kind


def test_states_in_names() -> None:
    assert state_in("U.S. Department of State") == "US"
    assert state_in("Norwegian Refugee Council") == "NO"
    assert state_in("Trust us Bank") is None
    assert display_name("NO") == "Norway"


def test_an_acronym_is_found_in_capitals_only_and_the_longest_name_wins() -> None:
    index: NameIndex[str] = NameIndex()
    index.add("WHO", "who")
    index.add("Bank of Holm", "bank")
    index.add("Holm", "holm")
    text = "The WHO and who else? The Bank of Holm, not Holm or holm."
    found = [(text[a:b], value) for a, b, value in index.find(text)]
    assert found == [("WHO", "who"), ("Bank of Holm", "bank"), ("Holm", "holm")]


@given(st.text(max_size=80), st.text(min_size=1, max_size=20))
def test_what_is_found_stands_there(text: str, form: str) -> None:
    index: NameIndex[int] = NameIndex()
    index.add(form, 1)
    last = 0
    for start, end, _ in index.find(text):
        assert last <= start < end <= len(text)
        last = end
