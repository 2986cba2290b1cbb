from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import NotTextError, ReleaseError, TooLongError
from communique.read.content import Budget, Content, Part
from communique.read.feeds import open_feed
from communique.read.rows import open_csv, open_json, open_json_lines

ROW = {
    "Headline": "Norway helps",
    "body": "Norway pays.",
    "date": "2024-03-05",
    "agency": "Norad",
    "url": "https://norad.example/1",
}
Opener = Callable[[bytes, Budget, dict[str, str]], Iterator[Part]]


def told(opener: Opener, raw: str | bytes, **fields: str) -> list[Any]:
    raw = raw.encode() if isinstance(raw, str) else raw
    return [part.holds for part in opener(raw, Budget(10_000_000, 1_000_000), fields)]


@pytest.mark.parametrize(
    ("opener", "raw"),
    [
        (open_json, json.dumps(ROW)),
        (open_json, json.dumps([ROW])),
        (open_json, json.dumps({"count": 1, "results": [ROW]})),
        (open_json_lines, f"\n{json.dumps(ROW)}\r\n\n"),
        (
            open_csv,
            "\ufeffHeadline,body,date,agency,url\r\nNorway helps,Norway pays.,2024-03-05,Norad,https://norad.example/1\r\n",
        ),
        (open_csv, "Headline;body;date;agency;url\nNorway helps;Norway pays.;2024-03-05;Norad;https://norad.example/1\n"),
    ],
)
def test_a_row_is_a_release_whose_fields_are_known_by_their_names(opener: Opener, raw: str) -> None:
    [content] = told(opener, raw)
    assert replace(content, places=()) == Content(
        "Norway helps\n\nNorway pays.", "Norway helps", date(2024, 3, 5), "Norad", "https://norad.example/1"
    )


def test_the_user_says_which_field_holds_what() -> None:
    row = {"Text": "no", "story": "Norway pays.", "when": "5 March 2024", "date": "2020-01-01"}
    [content] = told(open_json, json.dumps(row), text="Story", published_on="when")
    assert (content.text, content.published_on) == ("Norway pays.", date(2024, 3, 5))


def test_rows_that_are_none_are_told_in_their_place() -> None:
    raw = '{"body": "Norway pays."}\n{"body": ""}\nnonsense\n[1]\n{"body": 5}'
    contents = told(open_json_lines, raw)
    assert [isinstance(one, ReleaseError) for one in contents] == [False, True, True, True, False]
    assert "--map text=NAME" in str(contents[1])


@pytest.mark.parametrize(
    ("opener", "raw", "message"),
    [
        (open_json, "[" * 100_000, "JSON is broken"),
        (open_json, "5", "neither an object nor a list"),
        (open_csv, "name,country\nNorway,NO\n", r"no text in a field 'text' or 'body'.*--map text=NAME"),
        (open_csv, "", "no text in a field"),
    ],
)
def test_a_table_without_releases_is_told_once(opener: Opener, raw: str, message: str) -> None:
    with pytest.raises(NotTextError, match=message):
        told(opener, raw)


def test_a_text_over_the_limit_is_refused() -> None:
    with pytest.raises(TooLongError):
        list(open_json(b'{"text": "Norway pays."}', Budget(1_000, 5), {}))


@given(st.sampled_from([open_json, open_json_lines, open_csv]), st.text(max_size=80) | st.binary(max_size=80))
def test_any_table_ends_as_releases_or_a_told_failure(opener: Opener, raw: str | bytes) -> None:
    raw = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    for given_ in (raw, b"text,date\n" + raw, b'{"text": "x"}\n' + raw):
        try:
            assert all(isinstance(one, Content | ReleaseError) for one in told(opener, given_))
        except ReleaseError as error:
            words = str(error)
            assert words  # whatever it is, it says something


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><title type="html">Norway &lt;b&gt;helps&lt;/b&gt;</title>
<link rel="self" href="https://x.example"/><link href="https://norad.example/1"/><updated>2025-01-01T00:00:00Z</updated>
<published>2024-03-05T23:00:00-05:00</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Norway pays.</p>
<ul><li>NOK 5</li></ul></div></content></entry><entry><title>Only a title</title></entry></feed>"""  # noqa: E501  # as feeds are


def feed(raw: str) -> list[Any]:
    return [part.holds for part in open_feed(raw.encode(), Budget(10_000_000, 1_000_000))]


def test_an_entry_is_a_release() -> None:
    first, second = feed(ATOM)
    assert replace(first, places=()) == Content(
        "Norway helps\n\nNorway pays.\n\n- NOK 5", "Norway helps", date(2024, 3, 5), source="https://norad.example/1"
    )
    assert isinstance(second, ReleaseError)


def test_an_rss_item_has_its_fullest_text() -> None:
    raw = (
        '<rss xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><item><title>Norway &amp; Malawi</title>'
        "<description>Short.</description><c:encoded><![CDATA[<p>Norway pays <b>NOK 5</b>.</p><script>x</script>]]></c:encoded>"
        "<pubDate>Tue, 05 Mar 2024 23:00:00 GMT</pubDate></item></channel></rss>"
    )
    [content] = feed(raw)
    assert replace(content, places=()) == Content("Norway & Malawi\n\nNorway pays NOK 5.", "Norway & Malawi", date(2024, 3, 5))


def test_xml_that_is_no_feed_or_full_of_entities_is_told() -> None:
    with pytest.raises(NotTextError, match="no feed"):
        feed("<html/>")
    with pytest.raises(NotTextError, match="XML is broken"):
        feed("<rss>")
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "lol"}">' for i in range(12))
    try:
        words = str(
            feed(
                f"<!DOCTYPE rss [{entities}<!ENTITY f SYSTEM 'file:///etc/passwd'>]><rss><item><description>&e11;&f;x</description></item></rss>"
            )
        )
    except NotTextError as error:
        words = str(error)
    assert "root:" not in words
    assert len(words) < 1_000


TAGS = st.sampled_from(
    ["<item>", "</item>", "<title>", "</title>", "<description>", "</description>", "&lt;p&gt;", "<![CDATA[", "]]>", "&#8;"]
)


@given(st.lists(TAGS | st.text(max_size=10), max_size=20))
def test_any_feed_ends_as_releases_or_a_told_failure(pieces: list[str]) -> None:
    try:
        found = feed(f"<rss><item>{''.join(pieces)}</item></rss>".encode("utf-8", "replace").decode())
    except ReleaseError as error:
        found = [error]
    assert all(isinstance(one, Content | ReleaseError) for one in found)
