from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import EmptyReleaseError, NotTextError, ReleaseError, TooLongError
from communique.read.content import Content
from communique.read.html import read_html
from communique_models import NoticeCode

MOST = 1_000_000
WORDS = "Norway will give NOK 30 million to Malawi for schools in three districts, the Foreign Ministry said."


def page(body: str, head: str = "") -> Content:
    return read_html(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), MOST)


def linked(told: Any) -> str:
    return f"<script type='application/ld+json'>{json.dumps(told)}</script>"


def blocks(body: str) -> list[str]:
    return page(body).text.rstrip("\n").split("\n\n")


def test_what_is_around_the_release_is_left_out() -> None:
    content = page(
        "<header><a href='/'>Home</a></header><nav><ul><li>About us</li></ul></nav>"
        f"<main><h1>Norway helps Malawi</h1><p>{WORDS}</p></main><aside><p>Sweden pays SEK 5 million</p></aside>"
        "<footer><p>Privacy policy</p></footer><script>let a = 'NOK 1 million'</script>"
    )
    assert content.text == f"Norway helps Malawi\n\n{WORDS}\n"
    assert content.title == "Norway helps Malawi"


def test_blocks_lists_and_tables_keep_their_shape() -> None:
    told = blocks(
        f"<main><p>{WORDS}</p><ul><li>NOK 20 million for <b>roofs</b></li><li><p>NOK 10 million for desks</p></li></ul>"
        "<ol><li>first</li><li>second</li></ol><table><tr><th>Year</th><th>Sum</th></tr><tr><td>2024</td><td>NOK&nbsp;20</td></tr></table>"
        "<p>One<br>two</p></main>"
    )
    assert told == [
        WORDS, "- NOK 20 million for roofs", "- NOK 10 million for desks", "1. first", "2. second", "Year | Sum", "2024 | NOK 20",
        "One\ntwo",
    ]  # fmt: skip


def test_headings_stay_on_a_page_that_marks_no_article() -> None:
    told = blocks(
        f"<div class='x'><p>{WORDS}</p><h2>About the fund</h2><p>{WORDS}</p><p>The end of the release is here.</p></div>"
    )
    assert "About the fund" in told


def test_a_headline_that_is_not_in_the_body_goes_before_it() -> None:
    content = page(f"<div><p>{WORDS}</p></div>", "<meta property='og:title' content='Norway helps Malawi'>")
    assert content.text == f"Norway helps Malawi\n\n{WORDS}\n"


@pytest.mark.parametrize(
    "head",
    [
        linked({"@type": "NewsArticle", "datePublished": "2024-03-05T23:30:00-05:00"}),
        linked({"@graph": [{"@type": "Organization"}, {"@type": ["Article"], "datePublished": "2024-03-05"}]}),
        "<meta property='article:published_time' content='2024-03-05T01:00:00+13:00'>",
        "<meta name='DCTERMS.issued' content='2024-03-05'>",
        "<meta name='dc.date' content='5 March 2024'>",
        "<meta itemprop='datePublished' content='March 5, 2024'>",
        "<meta name='date' content='20240305'>",
    ],
)
def test_the_day_is_that_of_the_metadata_as_written_there(head: str) -> None:
    assert page(f"<p>{WORDS}</p>", head).published_on == date(2024, 3, 5)


@pytest.mark.parametrize(
    ("body", "day"),
    [
        (
            "<article><time datetime='2024-03-05T10:00Z'>Tuesday</time><p>{}</p></article><time datetime='2020-01-01'></time>",
            date(2024, 3, 5),
        ),
        ("<main><time>5 March 2024</time><p>{}</p></main>", date(2024, 3, 5)),
        ("<article><time datetime='2024-03-05'></time><time datetime='2024-03-09'></time><p>{}</p></article>", None),
        ("<p>{} It was founded on 1 January 2010. © 2019</p>", None),
        ("<span property='dc:date' content='2024-03-05T00:00:00'>Tuesday</span><p>{}</p>", date(2024, 3, 5)),
    ],
)
def test_a_day_on_the_page_counts_only_where_markup_names_it_alone(body: str, day: date | None) -> None:
    assert page(body.format(WORDS)).published_on == day


@pytest.mark.parametrize("told", ["05/03/2024", "2024-13-45", "tomorrow", "", "31 February 2024", "12345678901234"])
def test_what_is_no_day_or_an_open_one_is_none(told: str) -> None:
    assert page(f"<p>{WORDS}</p>", f"<meta name='date' content='{told}'>").published_on is None


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        (linked({"@type": "NewsArticle", "publisher": {"name": "Havna Fund"}}), "Havna Fund"),
        ("<meta property='og:site_name' content='Ministry of Health'>", "Ministry of Health"),
        ("<meta property='og:site_name' content='PR Newswire'>", None),
        ("<meta property='og:site_name' content='havna.example.org'>", None),
        (linked({"@type": "NewsArticle", "publisher": ["x"]}), None),
        ("", None),
    ],
)
def test_the_issuer_is_an_organisation_not_a_wire_or_a_host(head: str, issuer: str | None) -> None:
    assert page(f"<p>{WORDS}</p>", head).issuer == issuer


def test_the_title_is_without_the_site_behind_it() -> None:
    content = page(
        f"<main><h1>Norway helps Malawi</h1><p>{WORDS}</p></main>", "<meta name='dc.title' content='Norway helps Malawi | Norad'>"
    )
    assert content.title == "Norway helps Malawi"


@pytest.mark.parametrize("told", ["{", "[" * 100_000, "null", '"x"', "[[1]]", '{"@graph": 5}', "1" * 10_000])
def test_broken_linked_data_is_passed_over(told: str) -> None:
    assert page(f"<p>{WORDS}</p>", f"<script type='application/ld+json'>{told}</script>").text == f"{WORDS}\n"


def test_the_declared_encoding_is_used_where_the_page_is_no_utf_8() -> None:
    raw = f"<html><head><meta charset='iso-8859-2'></head><body><p>Premiér Dvořák: {WORDS}</p></body></html>".encode("iso-8859-2")
    content = read_html(raw, MOST)
    assert "Dvořák" in content.text
    assert content.notices == ()


def test_an_undeclared_encoding_is_guessed_and_told() -> None:
    content = read_html(f"<html><body><p>Mr Støre: {WORDS}</p></body></html>".encode("cp1252"), MOST)
    assert "Støre" in content.text
    assert [notice.code for notice in content.notices] == [NoticeCode.ENCODING]


def test_xhtml_with_a_declaration_and_entities_of_its_own_is_read_without_them() -> None:
    raw = f"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>
    <html xmlns="http://www.w3.org/1999/xhtml"><body><p>{WORDS} &x;</p></body></html>"""
    assert "root:" not in read_html(raw.encode(), MOST).text


def test_control_characters_on_a_page_go() -> None:
    assert page(f"<p>\x0b{WORDS}\x01</p>\x0cand <b>\x1b</b> more").text.startswith(WORDS)
    assert page(f"<p>{WORDS} &#11; &#1;</p>").text.startswith(WORDS)


def test_nothing_on_the_page_is_told() -> None:
    with pytest.raises(EmptyReleaseError, match="no text of a release"):
        page("<nav><a href='/'>Home</a></nav>")
    with pytest.raises(ReleaseError):
        read_html(b"", MOST)
    with pytest.raises(NotTextError):
        read_html(b"<html>\0</html>", MOST)


def test_a_page_over_the_limit_is_refused() -> None:
    with pytest.raises(TooLongError, match="--max-characters"):
        read_html(f"<html><body><p>{WORDS * 20}</p></body></html>".encode(), 500)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 50_000 + WORDS,
        "<b>" * 50_000 + WORDS,
        "<ul><li>" * 5_000 + WORDS,
        "<table><tr><td>" * 3_000 + WORDS,
        f"<p>{WORDS * 5_000}</p>",
        f"<p>{'9' * 500_000}</p>",
        f"<p>{' ' * 500_000}{WORDS}</p>",
        f"<p>{'x' * 500_000}</p>",
    ],
    ids=["div", "b", "li", "td", "long", "digits", "spaces", "letters"],
)
def test_deep_and_long_pages_end_well(body: str) -> None:
    try:
        told = page(body).text
    except ReleaseError as error:
        told = str(error)
    assert told


PIECES = st.sampled_from(
    ["<p>", "</p>", "<li>", "<ul>", "</ul>", "<ol>", "<table>", "<tr>", "<td>", "</table>", "<!--", "-->", "<![CDATA[", "&#0;",
     "&#xD800;", "&nbsp;", "<meta name='date' content='", "'>", "<title>", "<article>", "<main>", "<br>", "<h1>",
     "<script type='application/ld+json'>",
     "</script>", "<q>", "<code>", "<head>", "<time datetime='2024-01-01'>", WORDS, "\x00", "\ud7ff", "<svg>", "<math>"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=20), max_size=40))
def test_any_page_becomes_text_or_a_told_failure(pieces: list[str]) -> None:
    try:
        content = read_html("".join(pieces).encode("utf-8", "surrogatepass"), MOST)
    except ReleaseError as error:
        told = str(error)
    else:
        told = content.text.strip()
    assert told
