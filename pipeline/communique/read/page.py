"""What a page says of itself: title, day of publication and publisher, from JSON-LD, `meta`, RDFa and microdata, and `time`.

A day is taken only from markup that names it the day of publication; dates in a page's words are left to the text's own rules
(htmldate takes any year in them for one).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml.html import HtmlElement

from communique.read.days import day_of

DATE_NAMES = (  # of meta, property and itemprop, the surest first
    "article:published_time", "og:published_time", "datepublished", "dcterms.issued", "dcterms:issued", "dc.date.issued",
    "dcterms.date", "dc.date", "dc:date", "dcterms.created", "dcterms:created", "pubdate", "publishdate", "publish-date",
    "publish_date", "publication_date", "parsely-pub-date", "sailthru.date", "date",
)  # fmt: skip
TITLE_NAMES = ("og:title", "headline", "dcterms.title", "dc.title", "dc:title", "twitter:title")
PUBLISHER_NAMES = ("dcterms.publisher", "dc.publisher", "dcterms.creator", "dc.creator", "og:site_name")
ARTICLES = re.compile(r"(?:\w*Article|PressRelease|Report|BlogPosting|WebPage)\Z")
SITE_BEHIND = re.compile(r"\s+[|–—»·-]\s+")  # Title | Section | Site
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
WIRES = re.compile(
    r"(?:\w* ?PR ?Newswire|Business ?Wire|Globe ?Newswire|Access(?:wire| ?Newswire)|EIN ?Presswire|Newswire|CNW|Cision)\b",
    re.IGNORECASE,
)
LONGEST_TITLE = 300
DEEPEST = 8  # objects in each other, in JSON-LD
MOST_OBJECTS = 1_000  # in JSON-LD


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a page."""

    title: str | None
    published_on: date | None
    issuer: str | None


def metadata_of(tree: HtmlElement) -> Metadata:
    """The title, day of publication and publisher that a page tells; each None where it does not."""
    linked = list(_linked_data(tree))
    named = _named(tree)
    return Metadata(_title(tree, linked, named), _published(tree, linked, named), _publisher(tree, linked, named))


def _title(tree: HtmlElement, linked: list[dict[str, Any]], named: dict[str, str]) -> str | None:
    headlines = tree.xpath("//h1")
    told = (
        *(one.get("headline") for one in linked),
        *(named.get(name) for name in TITLE_NAMES),
        " ".join(headlines[0].text_content().split()) if len(headlines) == 1 else None,
        _head_title(tree),
    )
    title = next((words for one in told if isinstance(one, str) and (words := " ".join(one.split()))), None)
    if title is None or len(title) > LONGEST_TITLE:
        return None
    return _without_site(title, [" ".join(one.text_content().split()) for one in headlines])


def _head_title(tree: HtmlElement) -> str | None:
    found = tree.xpath("string(//head/title)")
    return str(found) if found else None


def _without_site(title: str, headlines: list[str]) -> str:
    """A title without the name of the site behind it, where a headline on the page shows which part is the title."""
    for match in SITE_BEHIND.finditer(title):
        if title[: match.start()] in headlines:
            return title[: match.start()]
    return title


def _published(tree: HtmlElement, linked: list[dict[str, Any]], named: dict[str, str]) -> date | None:
    told: Iterable[Any] = (*(one.get("datePublished") for one in linked), *(named.get(name) for name in DATE_NAMES))
    for one in told:
        if isinstance(one, str) and (day := day_of(one)):
            return day
    return _by_time(tree)


def _by_time(tree: HtmlElement) -> date | None:
    """The day of the `time` elements in the article, or on the page, if all name the same."""
    for path in ("//article//time", "//main//time", "//time"):
        days = {day_of(one.get("datetime") or one.text_content()) for one in tree.xpath(path)}
        if len(days) == 1:
            return days.pop()
        if days:
            return None
    return None


def _publisher(tree: HtmlElement, linked: list[dict[str, Any]], named: dict[str, str]) -> str | None:
    """Who publishes: an organisation's name; no wire, which publishes for others, and no name of a host."""
    told: list[Any] = []
    for one in linked:
        told += [one.get("sourceOrganization"), one.get("publisher")]
    told += [named.get(name) for name in PUBLISHER_NAMES]
    told += [title for title in tree.xpath("//a[@rel='home']/@title") if title.casefold() != "home"]  # the logo on top
    for one in told:
        name = one.get("name") if isinstance(one, dict) else one
        name = " ".join(name.split()) if isinstance(name, str) else ""
        if is_publisher(name):
            return name
    return None


def is_publisher(name: str) -> bool:
    """Whether a name may be that of who publishes: of no wire, and of no host."""
    return 1 < len(name) <= LONGEST_TITLE and not HOST.fullmatch(name) and not WIRES.match(name)


def _named(tree: HtmlElement) -> dict[str, str]:
    """What `meta` elements, and elements with a property, say by name, in lower case; the first of each name counts."""
    told: dict[str, str] = {}
    for element in tree.xpath("//*[@property or @itemprop or (self::meta and @name)]"):
        value = element.get("content") or element.get("datetime")
        for name in (element.get("property"), element.get("itemprop"), element.get("name") if element.tag == "meta" else None):
            if name and value and value.strip():
                told.setdefault(name.strip().lower(), value.strip())
    return told


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD that are articles."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            told = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        yield from _articles(told)


def _articles(told: Any) -> Iterator[dict[str, Any]]:
    """The articles in an object, a list of them, or a graph."""
    level = [told]
    for _ in range(DEEPEST):
        below: list[Any] = []
        for one in level[:MOST_OBJECTS]:
            if isinstance(one, list):
                below += one
            elif isinstance(one, dict):
                kinds = one["@type"] if isinstance(one.get("@type"), list) else [one.get("@type")]
                if any(isinstance(kind, str) and ARTICLES.match(kind) for kind in kinds):
                    yield one
                below += [one.get("@graph"), one.get("mainEntity")]
        level = below
