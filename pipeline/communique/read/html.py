"""HTML: the release on a page without what is around it; title, date and publisher from the page's own metadata.

The body is found by trafilatura; a block of the page becomes a paragraph, items stand behind `- ` or their number, a table's
cells apart by ` | `. Nothing is fetched.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from copy import deepcopy

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura.settings import DEFAULT_CONFIG

from communique.errors import EmptyReleaseError, NotTextError
from communique.read.content import GAP, Blocks, Content, folded
from communique.read.decode import decode
from communique.read.marks import Origins
from communique.read.page import metadata_of

CHARSET = re.compile(rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
HEAD = 4_096  # bytes in which a page declares its charset
DECLARATION = re.compile(r"\A\s{0,64}<\?xml[^>]{0,200}\?>")  # lxml refuses a text that declares an encoding
HEADLINES = 4  # blocks in which the title may stand already
MOST_OF_IT = 0.6  # the share of a page's paragraphs that makes their parent the article
DEEPEST = 200  # elements in each other, of what trafilatura hands back
AROUND = (
    "//body//*[self::nav or @role='navigation' or @role='search' or @role='contentinfo'"
    " or ((self::footer or self::aside or self::header[not(.//h1)]) and not(ancestor::article))]"
)
"""What is around a release on a page. trafilatura knows it too, but not where it falls back on all the words of a short page."""
CONFIG = deepcopy(DEFAULT_CONFIG)
CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", "50")  # characters; releases may be shorter than the 250 that articles have at least
DROPPED = ("script", "style", "noscript", "template", "iframe", "svg", "object")
PLAIN = {
    **{f"h{i}": ("head", "") for i in range(1, 7)}, "ul": ("list", "ul"), "ol": ("list", "ol"), "li": ("item", ""),
    "br": ("lb", ""), "tr": ("row", ""), "td": ("cell", ""), "th": ("cell", ""), "blockquote": ("quote", ""), "div": ("p", ""),
    "section": ("p", ""), "article": ("p", ""),
}  # fmt: skip
"""What trafilatura calls the elements of a page, and of which kind they are."""
BLOCKS = frozenset({"p", "head", "quote", "list", "table", "code", "item", "row"})

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what fails is told by our own errors


def read_html(raw: bytes, most: int, charset: str | None = None) -> Content:
    """The release on a page, of at most `most` characters; raises a `ReleaseError` if it is no page or holds none.

    `charset` is what is said of the page from outside, as a mail does; else it is what the page says.
    """
    declared = CHARSET.search(raw, 0, HEAD)
    text, notices = decode(raw, charset or (declared[1].decode("ascii") if declared else None))
    tree = _tree(text)
    about = metadata_of(tree)
    origins = Origins.mark(tree)
    told = (origins.unmark(block) for block in _blocks(_release(tree)))
    found = [(words, path) for block, path in told if (words := _spaced(block))]
    blocks = Blocks(most)
    if about.title and not any(folded(about.title) in folded(words) for words, _ in found[:HEADLINES]):
        blocks.add(about.title)
    for words, path in found:
        blocks.add(words, path=path)
    return Content(blocks.text, about.title, about.published_on, about.issuer, notices=notices, places=tuple(blocks.places))


def words_of(markup: str) -> str:
    """The words of a piece of HTML that is all release, in blocks; empty if there are none."""
    try:
        tree = _tree(f"<div>{markup}</div>")
    except NotTextError:
        return ""
    for element in list(tree.iter(*DROPPED)):
        element.drop_tree()
    for element in tree.iter(*PLAIN):
        element.tag, kind = PLAIN[str(element.tag)]
        if kind:
            element.set("rend", kind)
    return GAP.join(words for block in _blocks(tree) if (words := _spaced(block)))


def _tree(text: str) -> HtmlElement:
    parser = HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    try:
        return document_fromstring(DECLARATION.sub("", text, count=1), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise NotTextError(f"this is no HTML page: {error}") from error


def _release(tree: HtmlElement) -> etree._Element:
    """The elements of a page that are its release; raises `EmptyReleaseError` if there is none."""
    for around in tree.xpath(AROUND):
        around.drop_tree()
    _mark_article(tree)
    found = trafilatura.bare_extraction(
        tree, with_metadata=False, include_comments=False, include_tables=True, favor_recall=True, config=CONFIG
    )  # without favour for recall it leaves out lists that are full of links
    body = getattr(found, "body", None)
    if not isinstance(body, etree._Element):
        raise EmptyReleaseError("no text of a release is found on the page; save the article itself, or give its text")
    return body


def _mark_article(tree: HtmlElement) -> None:
    """Call the element that holds most paragraphs an article, where a page marks none: else its headings would be lost."""
    if tree.xpath("boolean(//article | //main | //*[@role='main'])"):
        return
    held: dict[etree._Element, int] = {}
    for paragraph in tree.iter("p"):
        parent = paragraph.getparent()
        if parent is not None and parent.tag in ("div", "section", "td"):
            held[parent] = held.get(parent, 0) + len(paragraph.text_content())
    if held:
        best = max(held, key=lambda one: held[one])
        if held[best] > MOST_OF_IT * sum(held.values()):
            best.tag = "article"


def _blocks(body: etree._Element) -> Iterator[str]:
    """The blocks of a page in reading order, as they are spaced there; some are empty."""
    pending: list[str] = []  # words that stand in no block of their own
    for kind, words in _events(body):
        if kind == "words":
            pending.append(words)
            continue
        yield "".join(pending)
        pending = [words]
    yield "".join(pending)


def _events(body: etree._Element) -> Iterator[tuple[str, str]]:
    """The words of a page, and where a block begins, with the marker that it begins with.

    It walks without recursion: a page may be as deep as it likes.
    """
    numbers: list[int | None] = []  # of the lists that are open; None in a list of bullets
    marked = False  # an item has begun, and its first block stands on its line
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if tag == "list":
                numbers.append(0 if element.get("rend") == "ol" else None)
            elif tag == "item":
                number = numbers[-1] if numbers else None
                if number is not None:
                    numbers[-1] = number + 1
                yield "block", "- " if number is None else f"{number + 1}. "
            elif tag == "cell":
                if element.getprevious() is not None:
                    yield "words", " | "
            elif tag == "lb":
                yield "words", "\n"
            elif tag in BLOCKS and not marked and not _in_cell(element):
                yield "block", ""
            elif tag in BLOCKS:
                yield "words", " "
            marked = tag == "item" and not (element.text or "").strip()
            if element.text and tag != "graphic":
                yield "words", element.text
        else:
            if tag == "list" and numbers:
                numbers.pop()
            if tag in ("p", "head", "quote", "list", "table") and not _in_cell(element) and element is not body:
                yield "block", ""
            if element.tail and element is not body:
                yield "words", element.tail


def _in_cell(element: etree._Element) -> bool:
    parent = element.getparent()
    for _ in range(DEEPEST):
        if parent is None or parent.tag == "table":
            return False
        if parent.tag == "cell":
            return True
        parent = parent.getparent()
    return False


def _spaced(words: str) -> str:
    """A block with single spaces; a line break in it stays one. A marker without words, or a row without cells, is nothing."""
    lines = (line.strip() for line in re.sub(r"[ \t\r\f\v]+", " ", words).split("\n"))
    told = "\n".join(line for line in lines if line)
    return told if re.sub(r"^(?:-|\d+\.)$|[|\s]", "", told) else ""
