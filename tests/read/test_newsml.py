from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from communique.errors import EmptyReleaseError, NotTextError, ReleaseError
from communique.read.content import Budget, Content, Member
from communique.read.feeds import open_feed
from communique.read.formats import FEED, sniffed

NITF = """<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">
<head><docdata><date.issue norm="20240305T101500Z"/></docdata></head><body>
<body.head><hedline><hl1>Norway helps Malawi</hl1></hedline><byline>By A. Writer</byline>
<dateline>OSLO, 5 March 2024</dateline></body.head><body.content>
<p>Norway pays <em>NOK 5</em>.<media media-type="image"><media-caption>A school</media-caption></media> It does.</p>
<hl2>Schools</hl2><ul><li>roofs</li></ul><table><tr><td>2024</td><td>NOK 5</td></tr></table></body.content></body></nitf>"""


def item(content: str, about: str = "", meta: str = "<itemClass qcode=\"ninat:text\"/>") -> str:
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1"><itemMeta>{meta}<provider literal="Nordwire"/>'
        "<versionCreated>2024-03-09T08:00:00Z</versionCreated><firstCreated>2024-03-05T23:30:00-05:00</firstCreated></itemMeta>"
        f"<contentMeta>{about}<headline>Norway helps Malawi</headline></contentMeta><contentSet>{content}</contentSet></newsItem>"
    )


def read(raw: str) -> list[Content | ReleaseError]:
    parts = open_feed(raw.encode(), Budget(10_000_000, 1_000_000))
    return [part.holds for part in parts if not isinstance(part.holds, Member)]


def one(raw: str) -> Content:
    [content] = read(raw)
    assert isinstance(content, Content)
    return content


def test_an_item_with_a_page_has_its_title_day_and_source() -> None:
    page = '<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>Norway pays.</p><ul><li>A</li></ul></body></html></inlineXML>'  # noqa: E501  # as items are
    raw = item(page, '<infoSource qcode="x:1"><name>Norad</name></infoSource>')
    content = one(raw)
    assert replace(content, places=()) == Content(
        "Norway helps Malawi\n\nNorway pays.\n\n- A", "Norway helps Malawi", date(2024, 3, 5), "Norad", "urn:x:1"
    )
    for place in content.places:
        assert etree.fromstring(raw).xpath(f"boolean({place.path})")


@pytest.mark.parametrize("raw", [NITF, item(f"<inlineXML>{NITF}</inlineXML>")])
def test_nitf_is_read_alone_and_in_an_item_without_bylines_and_pictures(raw: str) -> None:
    content = one(raw)
    assert content.text == (
        "Norway helps Malawi\n\nOSLO, 5 March 2024\n\nNorway pays NOK 5. It does.\n\nSchools\n\n- roofs\n\n2024 | NOK 5"
    )
    assert (content.title, content.published_on) == ("Norway helps Malawi", date(2024, 3, 5))


def test_plain_data_stays_as_it_is() -> None:
    assert one(item("<inlineData>Norway\npays.</inlineData>")).text == "Norway helps Malawi\n\nNorway\npays."


def test_of_a_message_each_text_is_a_release() -> None:
    picture = item("<remoteContent/>", meta='<itemClass qcode="ninat:picture"/>')
    message = f"<newsMessage>{item('<inlineData>One.</inlineData>')}{picture}{item('<inlineData/>')}</newsMessage>"
    first, second = read(message)
    assert isinstance(first, Content)
    assert isinstance(second, EmptyReleaseError)
    assert sniffed(message.encode()) is FEED


def test_what_was_cancelled_or_is_another_xml_fails() -> None:
    with pytest.raises(EmptyReleaseError, match="cancelled"):
        read(item("<inlineData>One.</inlineData>", meta='<pubStatus qcode="stat:canceled"/>'))
    with pytest.raises(NotTextError, match="but 'NewsML'"):
        read("<NewsML/>")
