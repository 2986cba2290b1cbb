from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from communique.report.marks import Mark, paragraphs
from communique.report.release import text_of
from records import TEXT, example_record


def test_overlapping_mentions_cut_the_text_into_pieces() -> None:
    marks = [Mark(0, 7, "party", "Havna", ("c1",)), Mark(4, 13, "amount", "NOK 5", ("c2",)), Mark(0, 14, "evidence", "", ("c1",))]
    (line,) = paragraphs("Havna gives NOK", marks)
    told = [(piece.text, piece.kinds, piece.words_of, piece.evidence_of) for piece in line.pieces]
    assert told == [
        ("Havn", ("party",), ("c1",), ("c1",)),
        ("a g", ("party", "amount"), ("c1", "c2"), ("c1",)),
        ("ives N", ("amount",), ("c2",), ("c1",)),
        ("O", (), (), ("c1",)),
        ("K", (), (), ()),
    ]


def test_a_mention_that_runs_over_lines_is_marked_on_each() -> None:
    first, second = paragraphs("one two\n\nthree four", [Mark(4, 14, "part", "x", ("c1",))])
    assert [(piece.text, piece.kinds) for piece in (*first.pieces, *second.pieces)] == [
        ("one ", ()), ("two", ("part",)), ("three", ("part",)), (" four", ()),
    ]  # fmt: skip


def test_the_marked_text_is_the_text_and_the_title_is_known() -> None:
    lines = text_of(example_record(title="Havna Fund gives two ambulances and €1.5 million to Molde"))
    assert ["".join(piece.text for piece in line.pieces) for line in lines] == [line for line in TEXT.splitlines() if line]
    assert [line.is_title for line in lines] == [True, False, False]


def test_a_party_is_lit_where_the_commitment_names_it() -> None:
    words = {piece.text: piece for line in text_of(example_record()) for piece in line.pieces}
    assert words["will provide"].told_by == words["will provide"].begins == ("c1",)
    assert words["gives"].told_by == ("c1",)
    assert words["gives"].begins == ()
    headline = text_of(example_record())[0].pieces[0]
    assert (headline.text, headline.words_of, headline.told) == ("Havna Fund", (), "Havna Fund (nonprofit)")
    assert text_of(example_record())[1].pieces[3].words_of == ("c1",)


@given(
    st.text(alphabet="ab \n", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from(["party", "evidence", "trigger"])), max_size=8),
)
def test_no_mark_adds_or_loses_a_letter(text: str, spans: list[tuple[int, int, str]]) -> None:
    marks = [Mark(start, min(start + length, len(text)), kind) for start, length, kind in spans if start < len(text)]
    told = ["".join(piece.text for piece in line.pieces) for line in paragraphs(text, marks)]
    assert told == [line for line in text.split("\n") if line.strip()]
