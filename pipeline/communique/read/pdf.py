"""PDF: its lines by pdfium, put together to paragraphs by where they stand on the page.

A PDF knows neither words nor paragraphs, only where a line is: `read.lines` mends that. Text in images is not read. The dates
and the title that a file has among its properties are left out: they tell when it was saved, often days after its release and
at times years, and what the file was called.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw as pdfium

from communique.errors import EmptyReleaseError, NotTextError
from communique.read.content import Blocks, Content, within
from communique.read.lines import CELLS, ROOM, Line, headline, paragraphs
from communique_models import Notice, NoticeCode

MOST_PAGES = 5_000
BROKEN = (0x02, 0xFFFE)  # what pdfium makes of a hyphen that breaks a word at the end of a line
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
OWN_GLYPHS = re.compile(r"[\ue000-\uf8ff]")  # of symbol fonts: bullets, nearly always
LIGATURES = re.compile(r"[\ufb00-\ufb06]")
LOCKED = "password"
BOLD = 600  # the weight of bold letters, at least
NO_BEGIN = frozenset(map(ord, ".,;:!?)]"))  # with these no cell begins
MARKER = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxl]{1,5})?\W*", re.IGNORECASE)  # before an item
LONGEST_MARKER = 12  # characters, with the space behind it
SHOWN_PAGES = 10  # page numbers in a notice


def read_pdf(raw: bytes, most: int) -> Content:
    """The text of a PDF, of at most `most` characters; raises a `ReleaseError` if it is locked, broken, or has only images."""
    try:
        with pypdfium2.PdfDocument(raw) as document:
            pages, pictures = _pages(document, most)
    except pypdfium2.PdfiumError as error:
        if LOCKED in str(error).lower():
            raise NotTextError("the PDF is locked with a password; save it without one") from error
        raise NotTextError(f"the PDF is broken or cut short, and cannot be opened ({error}); fetch it again") from error
    found = paragraphs(pages)
    if not found:
        raise EmptyReleaseError("the PDF holds no text, only images or empty pages; make it searchable (OCR) first")
    notices: tuple[Notice, ...] = ()
    if pictures:
        told = ", ".join(str(number) for number in pictures[:SHOWN_PAGES]) + (" …" if len(pictures) > SHOWN_PAGES else "")
        notices = (Notice(code=NoticeCode.NO_TEXT, message=f"pages of images without text were not read: {told}"),)
    blocks = Blocks(most)
    for one in found:
        blocks.add(one.words, page=one.page + 1, turns=one.turns)
    return Content(blocks.text, headline(found), notices=notices, places=tuple(blocks.places))


def _pages(document: pypdfium2.PdfDocument, most: int) -> tuple[list[list[Line]], list[int]]:
    """The lines of each page as they come, and the numbers of those pages that hold nothing but images."""
    if len(document) > MOST_PAGES:
        raise NotTextError(f"the PDF has {len(document):,} pages; split it into its releases")
    pages: list[list[Line]] = []
    pictures: list[int] = []
    characters = 0
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        try:
            characters += text.count_chars()
            within(characters, most)
            lines = list(_lines(text))
            if not lines and any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])):
                pictures.append(number + 1)
        finally:
            text.close()
            page.close()
        pages.append(lines)
    return pages, pictures


def _lines(text: pypdfium2.PdfTextPage) -> Iterator[Line]:
    """The lines of a page in the order in which the file draws them."""
    codes = [pdfium.FPDFText_GetUnicode(text, i) for i in range(text.count_chars())]
    begin = 0
    for i in range(len(codes) + 1):
        broken = i < len(codes) and codes[i] in BROKEN  # the line ends with its hyphen; pdfium tells of no other end
        if i == len(codes) or broken or codes[i] in (0x0A, 0x0D):
            if line := _line(text, codes, begin, i + broken):
                yield line
            begin = i + 1


def _line(text: pypdfium2.PdfTextPage, codes: list[int], begin: int, end: int) -> Line | None:
    """The line that some characters make; None if none of them is to be seen."""
    seen = [i for i in range(begin, end) if codes[i] > 0x20 and codes[i] not in BROKEN]
    if not seen:
        return None
    first, last = (text.get_charbox(i, loose=True) for i in (seen[0], seen[-1]))
    middle = text.get_charbox(seen[len(seen) // 2], loose=True)
    height = middle[3] - middle[1]
    size = height if height > 0 else float(pdfium.FPDFText_GetFontSize(text, seen[len(seen) // 2]))
    borders = [begin, *_cells(text, codes, seen, size), end]
    cells = [words for i, j in pairwise(borders) if (words := _readable(codes[i:j]))]
    if not cells:
        return None
    return Line(
        CELLS.join(cells), left=min(first[0], last[0]), right=max(first[2], last[2]), bottom=middle[1], top=middle[3], size=size,
        bold=all(pdfium.FPDFText_GetFontWeight(text, i) >= BOLD for i in (seen[0], seen[len(seen) // 2], seen[-1])),
        row=len(cells) > 1,
    )  # fmt: skip


def _cells(text: pypdfium2.PdfTextPage, codes: list[int], seen: list[int], size: float) -> Iterator[int]:
    """The characters of a line at which a cell of a table begins: behind more room than text has, and not behind a marker."""
    for before, here in pairwise(seen):
        if here - before > 1 and codes[here] not in NO_BEGIN:
            room = text.get_charbox(here, loose=True)[0] - text.get_charbox(before, loose=True)[2]
            marker = here - seen[0] <= LONGEST_MARKER and MARKER.fullmatch(_readable(codes[seen[0] : here]))
            if room > ROOM * size and not marker:
                yield here


def _readable(codes: list[int]) -> str:
    """Characters as text: halves joined, ligatures spelt out, symbol fonts' glyphs as bullets."""
    units = "".join(chr(code) if code <= 0x10FFFF else "\ufffd" for code in codes)
    words = units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    words = OWN_GLYPHS.sub("•", CONTROLS.sub("", words))
    words = LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match.group()), words)
    return words.strip() + ("\xad" if codes and codes[-1] in BROKEN else "")
