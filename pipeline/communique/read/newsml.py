"""News agencies' XML: the items of NewsML-G2 with their text in XHTML, NITF or plain, and NITF by itself."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date

from lxml import etree

from communique.errors import EmptyReleaseError, ReleaseError
from communique.read.content import GAP, Budget, Content, Part, headed, within
from communique.read.days import day_of
from communique.read.html import words_of
from communique.read.page import is_publisher
from communique.read.xml import first, name_of, words_in
from communique_models import Place

ROOTS = frozenset({"newsMessage", "newsItem", "nitf"})
DAYS = ("embargoed", "firstCreated", "contentCreated", "versionCreated")  # the surest first; each is when, not of what
TITLES = ("headline", "title", "hl1")
BODIES = ("body.content", "body")  # of an XHTML or NITF document, the innermost first
AS_HTML = {
    "hl1": "h1", "hl2": "h2", "bq": "blockquote", "block": "div", "dateline": "p", "hedline": "div", "body.content": "div",
    "body": "div",
}  # fmt: skip
"""What HTML calls the elements of NITF; the others have the same names."""
LEFT_OUT = ("media", "byline", "bytag", "note", "rights", "distributor", "tagline", "body.end", "head", "script", "style")
CANCELLED = ("canceled", "cancelled")


def open_newsml(root: etree._Element, budget: Budget) -> Iterator[Part]:
    """The releases of a document: marked `#1`, `#2` and so on in a message of items, of which pictures and the like are none."""
    if name_of(root) != "newsMessage":
        yield Part("", _release(root, budget))
        return
    items = (one for one in root.iter() if name_of(one) == "newsItem" and _kind(one) in ("text", ""))
    for i, item in enumerate(items, 1):
        try:
            yield Part(f"#{i}", _release(item, budget))
        except ReleaseError as error:
            yield Part(f"#{i}", error)


def _release(item: etree._Element, budget: Budget) -> Content:
    status = first(item, "pubStatus")
    if status is not None and status.get("qcode", "").rpartition(":")[2] in CANCELLED:
        raise EmptyReleaseError("the item was cancelled by who provides it")
    held = next((one for name in ("inlineXML", "inlineData") if (one := first(item, name)) is not None), item)
    text = _text(held)
    within(len(text), budget.characters)
    if not text.strip():
        raise EmptyReleaseError("the item holds no text, only a title or a link; save the release itself")
    heading = next((one for name in TITLES if (one := first(item, name)) is not None and words_in(one)), None)
    source = first(item, "infoSource")
    issuer = words_in(named) if source is not None and (named := first(source, "name")) is not None else ""
    content = Content(
        text,
        words_in(heading) if heading is not None else None,
        _day(item),
        issuer if is_publisher(issuer) else None,
        item.get("guid"),
        places=(Place(start=0, end=len(text), path=held.getroottree().getpath(held)),),
    )
    return headed(content, heading.getroottree().getpath(heading) if heading is not None else None)


def _text(held: etree._Element) -> str:
    """The words of an item's content: plain as they are, else block by block."""
    if len(held) == 0:
        return "".join(held.itertext()).strip()
    body = next((one for name in BODIES if (one := first(held, name)) is not None), held)
    told = deepcopy(body)
    for one in told.iter():
        if name := name_of(one):
            one.tag = AS_HTML.get(name, name)
    etree.strip_elements(told, *LEFT_OUT, with_tail=False)
    dateline = first(held, "dateline") if body is not held else None
    before = words_in(dateline) if dateline is not None else ""
    words = words_of(etree.tostring(told, encoding="unicode", with_tail=False))
    return f"{before}{GAP}{words}" if before and not words.startswith(before) else words


def _kind(item: etree._Element) -> str:
    """What an item is, such as `text` or `picture`; empty if it does not say."""
    told = first(item, "itemClass")
    return told.get("qcode", "").rpartition(":")[2] if told is not None else ""


def _day(item: etree._Element) -> date | None:
    """The day of an item: the surest that it names, else that of its NITF."""
    for name in DAYS:
        told = first(item, name)
        if told is not None and (day := day_of(words_in(told))):
            return day
    issued = first(item, "date.issue")
    return day_of(issued.get("norm", "")) if issued is not None else None
