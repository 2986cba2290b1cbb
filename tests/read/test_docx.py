from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import EmptyReleaseError, NotTextError, ReleaseError, TooLongError
from communique.read.content import Content
from communique.read.docx import read_docx
from documents import BULLETS, TITLES, danish_seed_fund, docx, listed, paragraph, rows

MOST = 1_000_000


def content(body: str) -> Content:
    return read_docx(docx(body, BULLETS, TITLES), MOST)


def blocks(body: str) -> list[str]:
    return content(body).text.rstrip("\n").split("\n\n")


def test_paragraphs_lists_and_tables_come_in_reading_order() -> None:
    body = (
        paragraph("Norway pays.") + listed("one", 1) + listed("two", 1) + listed("first", 2) + listed("second", 2)
        + rows([["Year", "Sum"], ["2024", "NOK 5"], ["", ""]]) + paragraph(" ") + paragraph("The end.")
    )  # fmt: skip
    assert blocks(body) == ["Norway pays.", "- one", "- two", "1. first", "2. second", "Year | Sum", "2024 | NOK 5", "The end."]


def test_a_paragraph_in_the_style_of_titles_is_the_title() -> None:
    assert content(paragraph("Norway helps", '<w:pStyle w:val="T"/>') + paragraph("Norway pays.")).title == "Norway helps"
    assert content(paragraph("Norway pays.")).title is None


def test_changes_count_as_accepted_and_links_keep_their_words() -> None:
    body = (
        "<w:p><w:r><w:t>Norway pays </w:t></w:r><w:del><w:r><w:delText>NOK 5</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>NOK 6</w:t></w:r></w:ins><w:moveFrom><w:r><w:t> gone</w:t></w:r></w:moveFrom>"
        "<w:hyperlink><w:r><w:t> million</w:t></w:r></w:hyperlink><w:r><w:br/><w:t>to</w:t><w:tab/><w:t>Malawi</w:t></w:r></w:p>"
    )
    assert blocks(body) == ["Norway pays NOK 6 million\nto Malawi"]


def test_content_controls_and_text_boxes() -> None:
    inside = "<w:pict><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></w:pict>"
    box = f"<w:p><w:r><w:t>Norway pays.</w:t>{inside}</w:r></w:p>"
    assert blocks(f"<w:sdt><w:sdtContent>{paragraph('In a control')}</w:sdtContent></w:sdt>{box}") == [
        "In a control",
        "Norway pays.",
    ]


def test_what_is_no_word_document_is_told() -> None:
    with pytest.raises(NotTextError, match=r"old Word file \(\.doc\)"):
        read_docx(b"\xd0\xcf\x11\xe0" + b"\0" * 100, MOST)
    with pytest.raises(NotTextError, match="broken or cut short"):
        read_docx(b"PK\x03\x04word/", MOST)
    with pytest.raises(EmptyReleaseError):
        content("")
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/x.xml", "")
    with pytest.raises(NotTextError, match="no text part"):
        read_docx(other.getvalue(), MOST)


def test_entities_are_not_put_in() -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr(
            "word/document.xml",
            '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
            "<w:t>Norway pays. &x;&b;</w:t></w:r></w:p></w:body></w:document>",
        )
    assert read_docx(raw.getvalue(), MOST).text == "Norway pays.\n"


def test_a_bomb_is_refused_by_what_it_unpacks_to() -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 101_000_000)
    assert len(raw.getvalue()) < 200_000
    with pytest.raises(TooLongError, match="unpacked"):
        read_docx(raw.getvalue(), MOST)


def test_a_text_over_the_limit_is_refused() -> None:
    with pytest.raises(TooLongError, match="--max-characters"):
        read_docx(danish_seed_fund(), 50)


@given(st.integers(0, 3_000), st.binary(max_size=20), st.integers(0, 20))
def test_any_damage_to_the_file_ends_as_text_or_a_told_failure(at: int, put: bytes, cut: int) -> None:
    raw = danish_seed_fund()
    at %= len(raw)
    _read(raw[:at] + put + raw[at + cut :])


PIECES = st.sampled_from(
    ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>Norway</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>",
     "<w:br/>", "<w:pPr/>", "<w:pPr><w:numPr/></w:pPr>", "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>",
     "<w:del>", "</w:del>", "<!-- x -->", "<?x y?>", "<x/>", "&amp;", "&x;"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30))
def test_any_body_ends_as_text_or_a_told_failure(pieces: list[str]) -> None:
    _read(docx("".join(pieces), BULLETS, TITLES))


def _read(raw: bytes) -> None:
    try:
        told = read_docx(raw, MOST)
    except ReleaseError as error:
        told = str(error)
    else:
        told = told.text.strip()
    assert told
