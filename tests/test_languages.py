from __future__ import annotations

import pytest

from communique import Pipeline
from communique.languages import language_of, languages_in
from communique.segment import Role, segment
from communique.source import Source
from communique_models import NoticeCode

ENGLISH = (
    "Norway will give NOK 30 million to Malawi for schools in three of its districts, the Ministry of Finance said today.",
    "The money will be paid by the end of 2026, and it follows a grant of NOK 12 million that was made for the same schools.",
    "“This is an investment in the children of Malawi,” said Kari Holm, the head of the department that has them in its care.",
)
NORWEGIAN = (
    "Norge gir 30 millioner kroner til skoler i tre distrikter i Malawi, opplyser Utenriksdepartementet i en melding i dag.",
    "Pengene skal utbetales innen utgangen av 2026, og kommer i tillegg til de 12 millionene som ble gitt i fjor.",
)
FRENCH = (
    "La Norvège accordera 30 millions de couronnes aux écoles de trois districts du Malawi, a annoncé le ministère aujourd’hui.",
    "Cette somme sera versée avant la fin de 2026 et s’ajoute aux 12 millions accordés l’année dernière.",
)


def text(*blocks: str) -> str:
    return "\n\n".join(blocks)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Government of Norway will provide 75 billion kroner to Ukraine over five years.", "en"),
        ("STATEMENT BY THE PRIME MINISTER ON THE NEW FERRIES BETWEEN THE ISLANDS", "en"),
        ("Die Bundesregierung stellt 50 Millionen Euro für den Wiederaufbau der Ukraine bereit.", "de"),
        ("Le gouvernement accorde cinq millions d'euros aux écoles du Niger pour la rentrée.", "fr"),
        ("NOK 75 bn", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("other", [NORWEGIAN, FRENCH])
@pytest.mark.parametrize("first", [True, False])
def test_of_a_release_in_two_languages_the_english_part_is_read(other: tuple[str, ...], first: bool) -> None:
    mixed = text(*other, *ENGLISH) if first else text(*ENGLISH, *other)
    language, layout, others = languages_in(segment(mixed), mixed)
    assert language == "en"
    assert sum(others.values()) == sum(map(len, other))
    for block in layout.blocks:
        assert block.admitted == (mixed[block.start : block.end] in ENGLISH)


def test_short_lines_go_with_what_is_around_them() -> None:
    mixed = text("Nye skoler", *NORWEGIAN, "Om pengene", NORWEGIAN[0], "New schools", *ENGLISH, "Oslo", ENGLISH[0])
    layout = languages_in(segment(mixed), mixed)[1]
    told = [mixed[block.start : block.end] for block in layout.blocks if block.role is Role.FOREIGN]
    assert "Nye skoler" in told
    assert "Om pengene" in told
    assert "Oslo" not in told


def test_a_sentence_of_english_makes_no_release_of_a_text_in_another_language() -> None:
    mixed = text(*NORWEGIAN, *NORWEGIAN, "This text is only in Norwegian.", *NORWEGIAN)
    assert languages_in(segment(mixed), mixed)[0] in ("no", "nb", "da")


def test_lists_of_names_and_rows_of_sums_are_in_no_other_language() -> None:
    mixed = text(
        *ENGLISH,
        "- Oslo, Bergen, Trondheim, Stavanger, Kristiansand, Tromsø, Drammen, Fredrikstad, Sandnes, Bodø, Ålesund",
        "Malawi | NOK 30 million | 2024 | NOK 12 million | 2023 | NOK 11 million | 2022 | NOK 9 million | 2021",
        "Tadeo Mwale, Chikondi Phiri, Mphatso Nkhoma, Limbani Gondwe, Thokozani Kachale, Yamikani Zimba, Kondwani Tembo",
    )
    assert languages_in(segment(mixed), mixed)[2] == {}


def test_facts_title_and_day_are_those_of_the_english_part_and_the_rest_is_told(pipeline: Pipeline) -> None:
    mixed = text("Norge gir til skoler", "Oslo, 5. mai 2024", *NORWEGIAN, "Norway gives to schools", "Oslo, 6 May 2024", *ENGLISH)
    record = pipeline.extract_source(Source(mixed))
    begin = mixed.index("Norway gives")
    assert record.release.language == "en"
    assert record.release.title == "Norway gives to schools"
    assert str(record.release.published_on) == "2024-05-06"
    assert record.amounts
    assert all(mention.start >= begin for mention in record.mentions())
    [notice] = [notice for notice in record.notices if notice.code is NoticeCode.NOT_ENGLISH]
    assert notice.message.endswith("characters are not in English but in 'no'; no facts are taken from them")
