"""Feeds: RSS and Atom, an entry a release, and agencies' XML. Nothing is fetched from where a feed points to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime

from lxml import etree

from communique.errors import EmptyReleaseError, NotTextError, ReleaseError
from communique.read.content import Budget, Content, Part, headed, within
from communique.read.days import day_of
from communique.read.html import words_of
from communique.read.newsml import ROOTS as NEWS_ROOTS
from communique.read.newsml import open_newsml
from communique.read.xml import name_of, xml_in
from communique_models import Place

ENTRIES = frozenset({"item", "entry"})
TEXTS = ("encoded", "content", "description", "summary")  # of an entry, the fullest first
DAYS = ("published", "pubDate", "issued", "date")  # not `updated`, which may be years later
FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,64}(?:<\?xml[^>]{0,200}\?>)?\s{0,64}(?:<!--[^>]{0,500}-->\s{0,64})?<(?:rss|feed|rdf:RDF|(?:\w{1,20}:)?newsMessage|(?:\w{1,20}:)?newsItem|nitf)[\s>]"
)
MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:#\d+|\w+);")


def open_feed(raw: bytes, budget: Budget) -> Iterator[Part]:
    """The releases of a feed, marked `#1`, `#2` and so on; raises `NotTextError` if it is none."""
    root = xml_in(raw)
    if name_of(root) in NEWS_ROOTS:
        yield from open_newsml(root, budget)
        return
    if name_of(root) not in ("rss", "feed", "RDF"):
        raise NotTextError(f"this XML is no feed (RSS or Atom), NewsML-G2 or NITF, but {name_of(root)!r}")
    entries = (one for one in root.iter() if name_of(one) in ENTRIES)
    for i, entry in enumerate(entries, 1):
        try:
            yield Part(f"#{i}", _release(entry, budget))
        except ReleaseError as error:
            yield Part(f"#{i}", error)


def _release(entry: etree._Element, budget: Budget) -> Content:
    told = {name: one for one in reversed(entry) if (name := name_of(one))}  # the first of each name counts
    full = next((name for name in TEXTS if name in told and _words(told[name], budget.characters)), None)
    if full is None:
        raise EmptyReleaseError("the entry holds no text, only a title or a link; save the release itself")
    title = " ".join(_words(told["title"], budget.characters).split()) if "title" in told else None
    text = _words(told[full], budget.characters)
    content = Content(
        text,
        title or None,
        next((day for name in DAYS if name in told and (day := _day("".join(told[name].itertext())))), None),
        source=_link(entry),
        places=(Place(start=0, end=len(text), path=_path(told[full])),),
    )
    return headed(content, _path(told["title"]) if title else None)


def _path(element: etree._Element) -> str:
    return element.getroottree().getpath(element)


def _words(element: etree._Element, most: int) -> str:
    """The words of an element, which holds them as they are, as markup, or as markup in disguise."""
    inside = "".join(element.itertext())
    if len(element):
        inside = etree.tostring(element, encoding="unicode", with_tail=False)
    elif not MARKUP.search(inside):
        within(len(inside), most)
        return inside.strip()
    words = words_of(inside)
    within(len(words), most)
    return words


def _link(entry: etree._Element) -> str | None:
    for one in entry:
        if name_of(one) == "link" and one.get("rel", "alternate") == "alternate":
            return (one.get("href") or one.text or "").strip() or None
    return None


def _day(told: str) -> date | None:
    """The day of an RFC 822 or ISO 8601 date, where it was written."""
    if day := day_of(told.strip()):
        return day
    try:
        return parsedate_to_datetime(told).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
