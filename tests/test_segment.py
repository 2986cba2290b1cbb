"""The shape of a release: which of its blocks facts are taken from."""

from __future__ import annotations

import re

import pytest

from communique.lexicons import lexicon
from communique.segment import Role, segment

BODY = "Nordlys AS will build a plant in Narvik.\n\nThe plant will make turbines.\n\nIt opens in 2027.\n\nThe town is glad.\n\n"


def roles(text: str) -> list[Role]:
    return [block.role for block in segment(text).blocks]


@pytest.mark.parametrize("table", ["opening", "closing"])
def test_the_patterns_hit_and_miss_what_they_say(table: str) -> None:
    for entry in lexicon("layout")[table]:
        pattern = re.compile(entry["pattern"], re.IGNORECASE)
        assert [hit for hit in entry["hits"] if not pattern.match(hit)] == []
        assert [miss for miss in entry["misses"] if pattern.match(miss)] == []


def test_a_portrait_is_told_by_its_verb() -> None:
    entry = lexicon("layout")["closing_words"]
    pattern = re.compile(entry["pattern"])
    assert [hit for hit in entry["hits"] if not pattern.match(hit)] == []
    assert [miss for miss in entry["misses"] if pattern.match(miss)] == []


def test_headline_body_and_bullets() -> None:
    body = "Nordlys will build two plants:\n\n- one in Narvik;\n\n- one in Oslo."
    text = f"Nordlys to build in Narvik\n\n{body}\n\nBackground\n\nIt is old."
    assert roles(text) == [Role.HEADLINE, Role.BODY, Role.BULLET, Role.BULLET, Role.SUBHEAD, Role.BODY]


def test_a_heading_among_numbered_paragraphs_opens_no_portrait() -> None:
    text = "Nordlys to build\n\n1. Nordlys builds.\n\nAbout the Plant\n\n2. The plant makes turbines.\n\n3. It opens in May."
    assert roles(text) == [Role.HEADLINE, Role.BULLET, Role.BOILERPLATE, Role.BULLET, Role.BULLET]


def test_where_to_read_on_ends_no_text() -> None:
    text = f"{BODY}For more information, visit nordlys.example.\n\nThe second plant opens in May.\n\nThe third opens in June."
    assert roles(text)[-3:] == [Role.CONTACT, Role.BODY, Role.BODY]


def test_lines_that_an_editor_broke_are_one_paragraph() -> None:
    line = "Nordlys AS said on Monday that it will build a plant for small turbines"
    text = f"{line}\nin Narvik, which opens in 2027 and will employ some three hundred people from\nthe town."
    assert len(segment(text).blocks) == 1


def test_a_part_that_is_skipped_lasts_until_a_heading_ends_it() -> None:
    about = "About Nordlys\n\nNordlys makes turbines.\n\nIt was founded in 1990."
    text = f"{BODY}{about}\n\nNotes to editors\n\nThe plant costs NOK 2 billion."
    layout = segment(text)
    told = [text[block.start : block.end] for block in layout.blocks if not block.admitted]
    assert told == ["About Nordlys", "Nordlys makes turbines.", "It was founded in 1990."]


def test_contacts_before_a_release_end_where_it_begins() -> None:
    told = [
        "PRESS RELEASE",
        "Media contact: Kari Holm",
        "Press officer",
        "Tel. +47 22 00 00 00, kari@havna.example",
        "Norway helps Malawi",
        "OSLO, 5 March 2024 – Norway will give NOK 30 million to Malawi for schools, the Ministry of Finance said.",
        "Press enquiries: +47 22 00 00 00",
    ]
    text = "\n\n".join(told)
    assert [text[block.start : block.end] for block in segment(text).blocks if block.admitted] == [told[0], *told[4:6]]
    assert not any(block.admitted for block in segment("Contact:\n\nKari Holm\n\nkari@havna.example").blocks[:1])


def test_a_portrait_before_the_contacts_is_boilerplate() -> None:
    portrait = "Nordlys AS (OSE: NORD) is a maker of small turbines with sales of NOK 3 billion."
    text = BODY + portrait + "\n\nMedia contact:\n\nKari Holm"
    layout = segment(text)
    block = layout.block_at(text.index(portrait))
    assert block is not None
    assert block.role is Role.BOILERPLATE
    assert segment(BODY + portrait).blocks[-1].role is Role.BODY  # without contacts after it, it may be news


def test_every_word_is_in_a_block() -> None:
    text = BODY + "About Nordlys\n\nx\n\n- y\r\n\r\nz\u2028end"
    covered = "".join(text[block.start : block.end] for block in segment(text).blocks)
    assert "".join(covered.split()) == "".join(text.split())
