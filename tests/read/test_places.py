"""Where a mention stands in the file that it was read from."""

from __future__ import annotations

import json
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml.html import document_fromstring

from communique import Pipeline
from communique.errors import ReleaseError
from communique.read import read_all
from communique.read.content import Budget, Content
from communique.read.docx import read_docx
from communique.read.feeds import open_feed
from communique.read.html import read_html
from communique.read.mail import open_mail
from communique.read.markdown import read_markdown
from communique.read.marks import Origins
from communique.read.pdf import read_pdf
from communique.read.rows import open_csv, open_json
from communique.settings import Settings
from communique.source import Source
from documents import BULLETS, SAMPLES, column, docx, latvian_bridge, listed, paragraph, pdf, rows

MOST = 1_000_000
WORDS = "Norway will give NOK 30 million to Malawi for schools in three districts, the Foreign Ministry said."
PLACED = (".html", ".pdf", ".docx", ".eml", ".csv", ".xml", ".md")
SHOWN = [path.name for path in sorted(SAMPLES.iterdir()) if path.suffix in PLACED]


def told(content: Content | Source) -> list[tuple[str, object]]:
    """The words at each place, and what the place says."""
    return [
        (content.text[one.start : one.end], one.page or one.paragraph or one.line or one.path or 0) for one in content.places
    ]


def squeezed(words: str) -> str:
    return "".join(words.split())


def test_the_path_of_a_block_finds_its_element_on_the_page() -> None:
    raw = (
        "<html><body><header><h1>Norway helps Malawi</h1></header><nav><p>Menu</p></nav><main><div><p>First: "
        f"{WORDS}</p><p>{WORDS} It is <b>NOK 5</b> million <i>more</i>.</p></div><ul><li>roofs</li><li><p>desks</p></li></ul>"
        "<table><tr><td>2024</td><td>NOK <b>20</b></td></tr></table></main></body></html>"
    )
    content = read_html(raw.encode(), MOST)
    assert "⠀" not in content.text
    page = document_fromstring(raw)
    paths = dict(told(content))
    assert paths["2024 | NOK 20"] == "/html/body/main/table/tr"
    assert paths["- desks"] == "/html/body/main/ul/li[2]/p"
    assert paths[f"{WORDS} It is NOK 5 million more."] == "/html/body/main/div/p[2]"
    for words, path in told(content):
        [element] = page.xpath(str(path))
        assert squeezed(words.removeprefix("- ").replace("|", "")) == squeezed(element.text_content())


def test_words_that_come_from_the_head_of_a_page_have_no_place() -> None:
    raw = f"<html><head><title>Norway helps</title></head><body><p>{WORDS}</p></body></html>"
    assert [words for words, _ in told(read_html(raw.encode(), MOST))] == [WORDS]


def test_a_page_with_signs_like_the_marks_keeps_them_and_has_no_places() -> None:
    content = read_html(f"<p>{WORDS} ⠃⠗</p>".encode(), MOST)
    assert (content.text, content.places) == (f"{WORDS} ⠃⠗\n", ())


TREES = st.recursive(
    st.text("ab c.\n", max_size=6),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["p", "div", "b", "ul", "li", "o:p"]),
        st.lists(inner),
    ),
)


@given(TREES)
def test_unmarked_words_are_those_that_were_marked(markup: str) -> None:
    plain, marked = (document_fromstring(f"<body><p>x</p>{markup}</body>") for _ in range(2))
    origins = Origins.mark(marked)
    for before, after in zip(plain.iter(), marked.iter(), strict=True):
        words, path = origins.unmark("".join(after.itertext()))
        assert words == "".join(before.itertext())
        if words.strip():
            assert path is not None
            [found] = plain.xpath(path)
            assert "".join(found.itertext()).strip() == words.strip()


def test_a_pdf_tells_the_page_also_of_what_goes_over_to_the_next() -> None:
    content = read_pdf(latvian_bridge(), MOST)
    [(first, one), (second, two)] = told(content)
    assert (one, two) == (1, 2)
    assert first.startswith("Ministry of Transport of Latvia\n\nLatvia sets aside")
    assert first.endswith("The city council is to vote on the first ")
    assert second.startswith("tender in April.\n\n“This is")


def test_a_paragraph_may_run_over_pages_and_break_a_word() -> None:
    pages = [["Norway will give NOK 30 million to Malawi for the reconstruc-"], ["tion and the"], [], ["future of the schools."]]
    content = read_pdf(pdf([column(lines) for lines in pages]), MOST)
    assert told(content) == [
        ("Norway will give NOK 30 million to Malawi for the reconstruc", 1), ("tion and the ", 2), ("future of the schools.", 4),
    ]  # fmt: skip


def test_word_counts_the_paragraphs_of_its_document_those_in_tables_and_the_empty_ones_too() -> None:
    body = (
        paragraph("Norway pays.") + paragraph("") + listed("one", 1)
        + rows([["Year", "Sum"], ["2024", "NOK 5"]]) + paragraph("The end.")
    )  # fmt: skip
    content = read_docx(docx(body, BULLETS), MOST)
    assert told(content) == [("Norway pays.", 1), ("- one", 3), ("Year | Sum", 4), ("2024 | NOK 5", 6), ("The end.", 8)]


def test_markdown_tells_the_line_front_matter_counted() -> None:
    raw = b"---\ntitle: Aid\n---\n\n# Aid\n\nNorway\npays.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n"
    assert told(read_markdown(raw, MOST)) == [
        ("Aid", 5), ("Norway\npays.", 7), ("- one", 10), ("- two", 11), ("a | b", 13), ("c | d", 15),
    ]  # fmt: skip


def test_a_row_tells_the_field_as_it_is_spelt_there() -> None:
    row = {"Headline": "Norway helps", "Body": "Norway pays."}
    [part] = open_json(json.dumps(row).encode(), Budget(MOST, MOST), {})
    assert isinstance(part.holds, Content)
    assert told(part.holds) == [("Norway helps", "Headline"), ("Norway pays.", "Body")]
    [part] = open_csv(b"Story;x\nNorway pays.;1\n", Budget(MOST, MOST), {"text": "story"})
    assert isinstance(part.holds, Content)
    assert told(part.holds) == [("Norway pays.", "Story")]


def test_an_entry_of_a_feed_tells_its_elements() -> None:
    raw = b"<rss><channel><item/><item><title>Norway helps</title><description>Norway pays.</description></item></channel></rss>"
    *_, part = open_feed(raw, Budget(MOST, MOST))
    assert isinstance(part.holds, Content)
    assert told(part.holds) == [
        ("Norway helps", "/rss/channel/item[2]/title"), ("Norway pays.", "/rss/channel/item[2]/description"),
    ]  # fmt: skip
    for words, path in told(part.holds):
        assert etree.fromstring(raw).xpath(f"string({path})") == words


def test_a_mail_tells_its_subject_and_the_number_of_the_part() -> None:
    message = EmailMessage()
    message["Subject"] = "Norway helps"
    message.set_content("Norway pays.\n\n-- \nPress office\n")
    [part] = open_mail(message.as_bytes(), Budget(MOST, MOST))
    assert isinstance(part.holds, Content)
    assert told(part.holds) == [("Norway helps", "Subject"), ("Norway pays.\n\n", "1")]
    message.set_content("See the page.")
    message.add_alternative(f"<html><body><p>{WORDS}</p></body></html>", subtype="html")
    [part] = open_mail(message.as_bytes(), Budget(MOST, MOST))
    assert isinstance(part.holds, Content)
    assert told(part.holds) == [("Norway helps", "Subject"), (WORDS, "2/html/body/p")]


@pytest.mark.parametrize("name", SHOWN)
def test_every_mention_of_a_sample_stands_somewhere(pipeline: Pipeline, name: str) -> None:
    [source, *_] = [one.source for one in read_all(SAMPLES / name, name, Settings())]
    assert not isinstance(source, ReleaseError)
    record = pipeline.extract_source(source)
    places = [record.place_of(mention) for mention in record.mentions()]
    assert places
    assert all(places)
    bare = pipeline.extract_source(replace(source, places=()))
    assert bare.model_dump(exclude={"places"}) == record.model_dump(exclude={"places"})


def test_plain_text_is_its_own_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS, encoding="utf-8")
    [release] = read_all(tmp_path / "a.txt", "a.txt", Settings())
    assert isinstance(release.source, Source)
    assert release.source.places == ()
