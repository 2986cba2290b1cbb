"""Word's .docx (Office Open XML): its paragraphs, lists and tables in reading order, with changes accepted.

python-docx would read it too, but unpacks whatever an archive holds, without a limit, and passes over what was inserted as a
change and the numbers of lists.

Headers, footers, footnotes, comments and text boxes are no part of the text. A date in the file's properties is when it was
saved, not when it was published, and is left out.
"""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from communique.errors import EmptyReleaseError, NotTextError
from communique.read.content import Blocks, Content
from communique.read.package import open_zip, unpacked
from communique.read.xml import xml_in

DOCUMENT = "word/document.xml"
NUMBERING = "word/numbering.xml"
STYLES = "word/styles.xml"
OLE = b"\xd0\xcf\x11\xe0"  # an old Office file, or a new one under a password
MOST_BYTES = 50_000_000  # of a part, unpacked
LEFT_OUT = frozenset({"del", "moveFrom", "txbxContent", "drawing", "pict", "object", "Fallback", "instrText", "delText", "rt"})
CHARACTERS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
TITLE_STYLE = "title"


def read_docx(raw: bytes, most: int) -> Content:
    """A release in Word, of at most `most` characters; raises a `ReleaseError` if it is broken, locked or empty."""
    if raw.startswith(OLE):
        raise NotTextError("this is an old Word file (.doc), or one locked with a password; save it as .docx without one")
    with open_zip(raw) as archive:
        names = set(archive.namelist())
        if DOCUMENT not in names:
            raise NotTextError("this is no Word document: it has no text part")
        root = xml_in(unpacked(archive, DOCUMENT, MOST_BYTES))
        lists = _Lists.of(archive, names)
        title_styles = _title_styles(archive, names)
    blocks = Blocks(most)
    title: str | None = None
    body = next((one for one in root if _tag(one) == "body"), None)
    for block, style, number in _blocks(body, lists) if body is not None else ():
        blocks.add(block, paragraph=number)
        if title is None and style in title_styles:
            title = " ".join(block.split())
    if not blocks.words:
        raise EmptyReleaseError("the document holds no text")
    return Content(blocks.text, title=title, places=tuple(blocks.places))


@dataclass(slots=True)
class _Lists:
    """How the lists of a document are numbered, and how far their numbers are."""

    formats: dict[tuple[str, str], str] = field(default_factory=dict)  # of a list's id and level: decimal, bullet, lowerLetter …
    reached: defaultdict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, archive: zipfile.ZipFile, names: set[str]) -> _Lists:
        lists = cls()
        if NUMBERING not in names:
            return lists
        kinds: dict[str, dict[str, str]] = {}
        for one in xml_in(unpacked(archive, NUMBERING, MOST_BYTES)):
            if _tag(one) == "abstractNum":
                kinds[_value(one, "abstractNumId")] = {
                    _value(level, "ilvl"): _child_value(level, "numFmt") for level in one if _tag(level) == "lvl"
                }
            elif _tag(one) == "num":
                for level, told in kinds.get(_child_value(one, "abstractNumId"), {}).items():
                    lists.formats[_value(one, "numId"), level] = told
        return lists

    def marker(self, paragraph: etree._Element) -> str:
        """What stands before a paragraph's words if it is an item: `- `, or its number."""
        place = _numbered(paragraph)
        told = self.formats.get(place, "") if place else ""
        if place is None or told in ("", "none"):
            return ""
        if told == "bullet":
            return "- "
        self.reached[place] += 1
        for other in [one for one in self.reached if one[0] == place[0] and one[1] > place[1]]:
            del self.reached[other]  # a deeper level begins anew
        number = self.reached[place]
        if told.endswith("Letter") and number <= 26:
            letter = chr(ord("a") + number - 1)
            return f"({letter if told.startswith('lower') else letter.upper()}) "
        return f"{number}. "


def _numbered(paragraph: etree._Element) -> tuple[str, str] | None:
    properties = _child(paragraph, "pPr")
    told = _child(properties, "numPr") if properties is not None else None
    return (_child_value(told, "numId"), _child_value(told, "ilvl") or "0") if told is not None else None


def _title_styles(archive: zipfile.ZipFile, names: set[str]) -> set[str]:
    """The ids of the styles that are called Title."""
    if STYLES not in names:
        return set()
    styles = xml_in(unpacked(archive, STYLES, MOST_BYTES))
    return {_value(one, "styleId") for one in styles if _tag(one) == "style" and _child_value(one, "name").lower() == TITLE_STYLE}


def _blocks(container: etree._Element, lists: _Lists) -> Iterator[tuple[str, str, int]]:
    """The blocks in a body, each with the id of its style and the number of its first paragraph in the document.

    They are paragraphs, and rows of tables with cells apart by ` | `.
    """
    number = 1  # of the next paragraph
    queue = list(reversed(container))
    while queue:
        one = queue.pop()
        match _tag(one):
            case "p":
                words = _words(one)
                if words:
                    yield lists.marker(one) + words, _style(one), number
                number += _paragraphs(one)
            case "tbl":
                for row in one:
                    if _tag(row) == "tr" and (told := _row(row)):
                        yield told, "", number
                    number += _paragraphs(row)
            case "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" | "smartTag" | "AlternateContent" | "Choice":
                queue += reversed(one)
            case _:
                number += _paragraphs(one)


def _paragraphs(element: etree._Element) -> int:
    """How many paragraphs an element is and holds."""
    return sum(_tag(one) == "p" for one in element.iter())


def _style(paragraph: etree._Element) -> str:
    properties = _child(paragraph, "pPr")
    return _child_value(properties, "pStyle") if properties is not None else ""


def _row(row: etree._Element) -> str:
    cells = [
        " ".join(word for paragraph in cell.iter() if _tag(paragraph) == "p" for word in _words(paragraph).split())
        for cell in row.iterchildren()
        if _tag(cell) == "tc"
    ]
    return " | ".join(cells) if any(cells) else ""


def _words(paragraph: etree._Element) -> str:
    """The words of a paragraph, those of accepted changes among them, without what is deleted or drawn beside it."""
    told: list[str] = []
    skipped: etree._Element | None = None
    for event, one in etree.iterwalk(paragraph, events=("start", "end")):
        tag = _tag(one)
        if event == "end":
            skipped = None if one is skipped else skipped
        elif skipped is None:
            if tag in LEFT_OUT:
                skipped = one
            elif tag == "t":
                told.append(one.text or "")
            elif tag in CHARACTERS and _tag(one.getparent()) == "r":
                told.append(CHARACTERS[tag])
    lines = (line.strip() for line in "".join(told).split("\n"))
    return "\n".join(line for line in lines if line)


def _tag(element: etree._Element | None) -> str:
    """The name of an element without its namespace; empty for what is none, like a processing instruction."""
    return etree.QName(element).localname if element is not None and isinstance(element.tag, str) else ""


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((one for one in element if _tag(one) == name), None)


def _child_value(element: etree._Element, name: str) -> str:
    one = _child(element, name)
    return "" if one is None else _value(one, "val")


def _value(element: etree._Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), "")
