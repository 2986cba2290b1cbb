from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import EmptyReleaseError, NotTextError, ReleaseError, TooLongError
from communique.read.lines import Line, headline, paragraphs
from communique.read.pdf import read_pdf
from communique_models import NoticeCode
from documents import Drawn, column, latvian_bridge, pdf

MOST = 1_000_000
WRAPPED = [
    "Norway will give NOK 30 million to Malawi for schools in three of",
    "its districts, and another NOK 5 million to Zambia in 2026.",
]


def blocks(*pages: list[Drawn]) -> list[str]:
    return read_pdf(pdf(pages), MOST).text.rstrip("\n").split("\n\n")


def test_wrapped_lines_are_joined_and_gaps_part_paragraphs() -> None:
    assert blocks(column([*WRAPPED, "", *WRAPPED])) == [" ".join(WRAPPED)] * 2


def test_a_line_that_had_room_for_the_next_word_ends_its_paragraph() -> None:
    assert blocks(column([*WRAPPED, "The end.", *WRAPPED])) == [" ".join(WRAPPED), "The end.", " ".join(WRAPPED)]


def test_items_begin_paragraphs_of_their_own() -> None:
    items = ["• NOK 20 million for the roofs of the schools in the north of the", "country", "(b) desks", "3. books"]
    assert blocks(column(items)) == [f"{items[0]} {items[1]}", "(b) desks", "3. books"]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("Norway will pay for the rebuilding of the schools that were dam-", "aged by the flood.", "damaged by the"),
        ("Norway will pay for the rebuilding of the schools under a long-", "term plan.", "long-term plan"),
        ("Norway will pay for the rebuilding of the schools from 2024-", "2026 on.", "2024-2026 on."),
        ("A co-ordinated plan for the rebuilding of the schools is to be co-", "ordinated by us.", "co-ordinated by"),
    ],
)
def test_words_broken_at_the_end_of_a_line_are_mended(first: str, second: str, told: str) -> None:
    [block] = blocks(column([first, second]))
    assert told in block


def test_running_heads_and_page_numbers_are_dropped() -> None:
    pages = [
        [
            (72, 800, 9, f"Press release {n} of 3 – Havna Fund"),
            *column([f"Part {word}.", "", f"Paragraph {word}."]),
            (290, 30, 9, f"- {n} -"),
        ]
        for n, word in ((1, "one"), (2, "two"), (3, "three"))
    ]
    told = blocks(*pages)
    assert told == [f"{kind} {word}." for word in ("one", "two", "three") for kind in ("Part", "Paragraph")]


def test_a_paragraph_goes_over_the_page_it_began_on() -> None:
    assert blocks(column([WRAPPED[0]]), column([WRAPPED[1]])) == [" ".join(WRAPPED)]


def test_rows_keep_their_cells_apart_and_to_themselves() -> None:
    page = [
        *column(["Fuel", "Octane 92 Petrol", "Super Diesel"]),
        *column(["Old price", "Rs 123", "Rs 118"], left=300),
        *column(["1.", "2."], top=700),
        *column(["The first of two items.", "The second."], top=700, left=120),
    ]
    rows = [one for pair in zip(page[:3], page[3:6], strict=True) for one in pair]
    items = [one for pair in zip(page[6:8], page[8:], strict=True) for one in pair]
    assert blocks([*rows, *items]) == [
        "Fuel | Old price", "Octane 92 Petrol | Rs 123", "Super Diesel | Rs 118", "1. The first of two items.", "2. The second.",
    ]  # fmt: skip


def test_halves_of_lines_that_are_drawn_apart_go_together() -> None:
    left = column(["Norway and Sweden conducted", "in Oslo last year. It", "", "The end is here."])
    right = [(72 + 161, 760, 11, "the first joint exercise"), (72 + 97, 745, 11, "was a success.")]
    assert blocks([*left[:2], *right, left[2]]) == [
        "Norway and Sweden conducted the first joint exercise in Oslo last year. It was a success.", "The end is here.",
    ]  # fmt: skip


def test_running_heads_may_stand_on_every_second_page() -> None:
    words = ("zero", "one", "two", "three", "four", "five", "six")
    pages = [
        [*([(72, 800, 9, f"Act of Havna {n}")] if n % 2 else []), *column([f"Part {word}.", "", f"Paragraph {word}."])]
        for n, word in enumerate(words)
    ]
    assert not any("Havna" in block for block in blocks(*pages))
    numbered = [
        [*([(72, 800, 9, f"Annex {n}")] if n in (0, 3, 4) else []), *column([f"Part {word}."])]
        for n, word in enumerate(words)
    ]
    assert "Annex 3" in blocks(*numbered)


def test_columns_are_read_one_after_the_other() -> None:
    left = column(["Norway gives NOK 30 million for", "schools.", "", "The second paragraph is here."])
    right = column(["Sweden gives SEK 20 million for", "roads."], left=320)
    assert blocks([*left, *right]) == [
        "Norway gives NOK 30 million for schools.",
        "The second paragraph is here.",
        "Sweden gives SEK 20 million for roads.",
    ]


def test_what_is_drawn_last_stands_where_it_is_seen() -> None:
    assert blocks([*column(WRAPPED), (400, 800, 11, "5 March 2024")]) == ["5 March 2024", " ".join(WRAPPED)]


def test_the_headline_is_what_stands_in_the_largest_letters() -> None:
    page = [(72, 800, 11, "PRESS RELEASE"), (72, 770, 16, "Norway helps Malawi"), *column(WRAPPED, top=700)]
    assert read_pdf(pdf([page]), MOST).title == "Norway helps Malawi"
    assert read_pdf(pdf([column(WRAPPED)]), MOST).title is None
    assert headline([]) is None


def test_a_pdf_of_images_is_told() -> None:
    with pytest.raises(EmptyReleaseError, match="no text, only images"):
        read_pdf(pdf([[]], image_only=True), MOST)


def test_pages_of_images_among_others_are_told() -> None:
    scanned = pdf([column(WRAPPED), column(["x"])]).replace(b"(x) Tj", b"/I Do  ")
    content = read_pdf(scanned.replace(b"BT /F 11 Tf 72 760 Td /I Do   ET", b"/I Do                           "), MOST)
    assert content.text == " ".join(WRAPPED) + "\n"
    assert [notice.code for notice in content.notices] == [NoticeCode.NO_TEXT]
    assert content.notices[0].message.endswith(": 2")


def test_broken_and_locked_files_are_told() -> None:
    with pytest.raises(NotTextError, match="broken or cut short"):
        read_pdf(b"%PDF-1.4\nnothing", MOST)
    locked = pdf([column(WRAPPED)]).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"11" * 32
        + b"> /U <"
        + b"22" * 32
        + b"> >>",
    )
    with pytest.raises(NotTextError, match="locked with a password"):
        read_pdf(locked, MOST)


def test_a_text_over_the_limit_is_refused() -> None:
    with pytest.raises(TooLongError, match="--max-characters"):
        read_pdf(latvian_bridge(), 100)


@given(st.integers(0, 4_000), st.binary(max_size=40), st.integers(0, 60))
def test_any_damage_ends_as_text_or_a_told_failure(at: int, put: bytes, cut: int) -> None:
    raw = latvian_bridge()
    at %= len(raw)
    try:
        content = read_pdf(raw[:at] + put + raw[at + cut :], MOST)
    except ReleaseError as error:
        told = str(error)
    else:
        told = content.text.strip()
    assert told


NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)
LINES = st.builds(
    Line, st.text(min_size=1, max_size=12).filter(str.strip), NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.floats(0.1, 100)
)


@given(st.lists(st.lists(LINES, max_size=12), max_size=4))
def test_lines_anywhere_on_a_page_become_paragraphs(pages: list[list[Line]]) -> None:
    told = paragraphs(pages)
    assert all(one.words for one in told)
    headline(told)
