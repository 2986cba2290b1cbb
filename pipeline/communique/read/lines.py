"""Lines on pages -> paragraphs: what an editor wrapped is joined, hyphens mended, running heads and page numbers dropped.

All lengths are in points; `bottom` grows upwards, as in PDF.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

SOFT_HYPHEN = "\xad"  # at the end of a line: a word was broken there, as far as its file knows
ITEM = re.compile(r"(?:[-*•·▪●–—‣◦○►✓]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)])\s+(?=\S)")
ENDS_SENTENCE = re.compile(r"[.!?:;][\"'”’»)\]]*$")
PAGE_NUMBER = re.compile(r"[-–—|\s]*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE)
BROKEN_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\xad\u2010]$")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
KIND = re.compile(
    r"(?:for immediate release|(?:press|media|news) (?:release|statement|note)|statement|fact ?sheet(?: \d+)?)[\s:]*",
    re.IGNORECASE,
)
LARGER = 1.12  # times the letters of most of the text are those of a headline
LONGEST_HEADLINE = 300
HYPHEN_BEHIND = re.compile(r"(?<=[^\W_])[-\xad]$")
EDGE = 3  # lines at the top and at the bottom of a page that may be running heads
RUNNING = 0.5  # the share of the pages on which a running head stands, at least
ON_ONE_SIDE = 0.3  # the same, if it stands on left pages only, or on right ones
LONGEST_HEAD = 120  # characters of a running head
SAME_SIZE = 0.12  # by which the sizes of one paragraph's lines may differ
SAME_ROW = 0.5  # of a line's height, by which parts of one line may stand higher
PITCH = 1.35  # times the usual distance of lines: more begins a paragraph
INDENT = 1.2  # times the size of the letters: more begins a paragraph
CELLS = " | "  # between the cells of a row
ROOM = 2.5  # times the size of the letters: more between two words parts cells
GUTTER = 0.9  # times the size of the letters: less parts no columns
MOST_RUNS = 200  # on a page that is put in order; pages with more are drawings, and stay as they are drawn
MOST_LINES = 500  # of a page that tell how far its lines run
FEW = 4  # distances of lines that do not tell the usual one yet
ALONE = 1.5  # times the size of a page number: so far is the next line at least
WORD_PARTS = ("self", "well", "non", "ex", "co", "long", "short", "multi", "cross", "so", "high", "low", "mid", "on", "follow")


@dataclass(frozen=True, slots=True)
class Line:
    """Words on a page, from left to right and bottom to top, and the size of their letters."""

    words: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool = False
    row: bool = False  # of a table: cells apart by ` | `


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The words of a paragraph without a line break, the size of its letters, and the number of its page from 0."""

    words: str
    size: float
    page: int
    turns: tuple[int, ...] = ()  # at which of its characters the next page begins


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """The paragraphs of a document. Cost grows with the lines."""
    read = [_ordered(_rows(page)) for page in pages]
    read = _without_running_heads([_without_page_number(page) for page in read])
    known = Counter(word for page in read for line in page for word in WORD.findall(line.words.lower()))
    made: list[list[Line]] = []
    begins: list[list[int]] = []  # the pages of each paragraph's lines
    before: Line | None = None
    for number, page in enumerate(read):
        setting = _Setting.of(page)
        for i, line in enumerate(page):
            if before is not None and (setting.continues(made[-1], line) if i else _goes_over(before, line, setting)):
                made[-1].append(line)
                begins[-1].append(number)
            else:
                made.append([line])
                begins.append([number])
            before = line
    told = (_paragraph(lines, numbers, known) for lines, numbers in zip(made, begins, strict=True))
    return [one for one in told if one.words]


def headline(told: Sequence[Paragraph]) -> str | None:
    """The words in the largest letters on the first page, if they are larger than those of most of the text."""
    letters = sorted((one.size, len(one.words)) for one in told)
    half, usual = sum(length for _, length in letters) / 2, 0.0
    for size, length in letters:
        half -= length
        if half <= 0:
            usual = size
            break
    first = [one for one in told if one.page == 0 and not KIND.fullmatch(one.words)]
    largest = max((one.size for one in first), default=0.0)
    if not first or largest < LARGER * usual:
        return None
    large = [one.size >= largest * (1 - SAME_SIZE) for one in first]
    begin = large.index(True)
    end = next((i for i in range(begin, len(first)) if not large[i]), len(first))
    words = " ".join(one.words for one in first[begin:end])
    return words if len(words) <= LONGEST_HEADLINE else None


def _rows(page: Iterable[Line]) -> list[Line]:
    """The lines of a page, those joined that stand beside each other, without those drawn twice."""
    rows: list[Line] = []
    drawn: set[tuple[str, int, int]] = set()
    for line in page:
        place = (line.words, round(line.left), round(line.bottom))
        if place in drawn:
            continue
        drawn.add(place)
        last = rows[-1] if rows else None
        if last and abs(last.bottom - line.bottom) < SAME_ROW * max(last.size, line.size) and line.left >= last.right - line.size:
            rows[-1] = _beside(last, line)
        else:
            rows.append(line)
    return rows


def _beside(left: Line, right: Line) -> Line:
    """Two parts of a line as one: a row of cells if there is much room between them."""
    apart = right.left - left.right > ROOM * max(left.size, right.size)
    return replace(
        left,
        words=f"{left.words}{CELLS if apart else ' '}{right.words}",
        right=max(left.right, right.right),
        top=max(left.top, right.top),
        bold=left.bold and right.bold,
        row=left.row or right.row or apart,
    )


def _ordered(page: Sequence[Line]) -> list[Line]:
    """The lines of a page as they are read: what was drawn later but stands alone at its height goes where it stands.

    Columns stay as they were drawn, since their lines stand at the same heights; where no gutter parts them, they are the halves
    of lines.
    """
    runs: list[list[Line]] = []
    for line in page:
        if runs and line.bottom <= runs[-1][-1].bottom:
            runs[-1].append(line)
        else:
            runs.append([line])
    if len(runs) > MOST_RUNS:
        return list(page)
    read: list[Line] = runs[0] if runs else []
    for run in runs[1:]:
        top, bottom = run[0].top, run[-1].bottom
        if any(line.bottom < top and line.top > bottom for line in read):
            read = _halves(read, run) or [*read, *run]
        else:
            at = next((i for i, line in enumerate(read) if line.top <= bottom), len(read))
            read = [*read[:at], *run, *read[at:]]
    return read


def _halves(read: Sequence[Line], run: Sequence[Line]) -> list[Line] | None:
    """The lines with the first of a run put behind those that they go on with, hard by their ends, and the others below.

    None if the first line of the run has no such line, or if one of the others stands beside lines too.
    """
    joined = list(read)
    for number, line in enumerate(run):
        near = (i for i, one in enumerate(joined) if abs(one.bottom - line.bottom) < SAME_ROW * line.size)
        at = next((i for i in near if 0 <= line.left - joined[i].right < GUTTER * line.size), None)
        if at is None:
            below = all(one.bottom >= line.top for one in read)
            return [*joined, *run[number:]] if number and below else None
        joined[at] = _beside(joined[at], line)
    return joined


def _without_page_number(page: list[Line]) -> list[Line]:
    """A page without the number at its top or bottom."""
    if not page:
        return page
    by_height = sorted(page, key=lambda one: one.bottom)
    for line, *near in (by_height[:2], by_height[:-3:-1]):
        stands_alone = all(abs(one.bottom - line.bottom) > ALONE * line.size for one in near)
        if stands_alone and len(line.words) <= LONGEST_HEAD and PAGE_NUMBER.fullmatch(line.words):
            return [one for one in page if one is not line]
    return page


def _without_running_heads(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without the lines that stand at the same height of many; what names its issuer once stays on the first page."""
    places: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for number, page in enumerate(pages):
        for line in _edges(page):
            places[_place(line)].add(number)
    running = {place for place, numbers in places.items() if _runs(numbers, len(pages))}
    return [
        [line for line in page if _place(line) not in running or (number == 0 and "#" not in _place(line)[0])]
        for number, page in enumerate(pages)
    ]


def _runs(numbers: set[int], pages: int) -> bool:
    """Whether a line that stands on these of a number of pages is a running head."""
    share = ON_ONE_SIDE if len(numbers) > 2 and len({number % 2 for number in numbers}) == 1 else RUNNING
    return len(numbers) >= max(2, share * pages)


def _edges(page: list[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: line.bottom)
    return [line for line in (*by_height[:EDGE], *by_height[-EDGE:]) if len(line.words) <= LONGEST_HEAD]


def _place(line: Line) -> tuple[str, int]:
    """The words of a line, whatever the numbers in them, and its height on the page."""
    return re.sub(r"\d+", "#", " ".join(line.words.split())).casefold(), round(line.bottom / 4)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a page is set: the usual distance of its lines, and how far they run to the right, by where they begin."""

    pitch: float
    rights: tuple[tuple[float, float], ...]  # left and right of the lines

    @classmethod
    def of(cls, page: Sequence[Line]) -> _Setting:
        steps = [
            before.bottom - line.bottom
            for before, line in pairwise(page)
            if 0 < before.bottom - line.bottom < 3 * max(before.size, line.size) and _same_size(before, line)
        ]
        usual = median(steps) if len(steps) >= FEW else 0.0
        return cls(usual, tuple((line.left, line.right) for line in page[:MOST_LINES]))

    def margin(self, line: Line) -> float:
        """How far the lines of this line's column run to the right."""
        return max((right for left, right in self.rights if left < line.right and right > line.left), default=line.right)

    def continues(self, paragraph: Sequence[Line], line: Line) -> bool:
        """Whether a line goes on with the paragraph before it."""
        before = paragraph[-1]
        step = before.bottom - line.bottom
        if step <= 0 or step > PITCH * (self.pitch or 1.5 * line.size) or not _same_size(before, line) or ITEM.match(line.words):
            return False
        if before.row or line.row or (before.bold != line.bold and line.words[0].isupper()):
            return False
        if line.words[0].islower():
            return True
        shift = line.left - before.left
        centred = abs((line.left + line.right) - (before.left + before.right)) < 2 * line.size
        hangs = len(paragraph) == 1 and ITEM.match(before.words) is not None  # an item's second line stands below its words
        if shift > INDENT * line.size and not centred and not hangs:
            return False
        if shift < -INDENT * line.size and len(paragraph) > 1 and not centred:
            return False
        return self.fills(before, line)

    def fills(self, before: Line, line: Line) -> bool:
        """Whether the first word of a line would have found no room in the line before: then that was wrapped, not ended."""
        width = (line.right - line.left) / max(1, len(line.words))
        first = len(line.words.split(" ", 1)[0])
        return before.right + (first + 1) * width > self.margin(before) - 0.3 * line.size


def _same_size(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) <= SAME_SIZE * max(one.size, other.size)


def _goes_over(before: Line, line: Line, setting: _Setting) -> bool:
    """Whether a page's first line goes on with the paragraph that ended the page before."""
    if not _same_size(before, line) or ITEM.match(line.words) or before.row or line.row or before.bold != line.bold:
        return False
    return line.words[0].islower() or (not ENDS_SENTENCE.search(before.words) and setting.fills(before, line))


def _paragraph(lines: Sequence[Line], pages: Sequence[int], known: Counter[str]) -> Paragraph:
    """The paragraph that some lines make, each with the number of its page."""
    parts = _joined(lines, known)
    words = ""
    turns: list[int] = []
    for part, before, page in zip(parts, [pages[0], *pages], pages, strict=False):
        turns += [len(words) + len(part) - len(part.lstrip())] * (page - before)
        words += part
    return Paragraph(words, lines[0].size, pages[0], tuple(turns))


def _joined(lines: Sequence[Line], known: Counter[str]) -> list[str]:
    """The words of each line of a paragraph, as they go together; a word that was broken at the end of a line is made whole."""
    parts: list[str] = []
    for line in lines:
        if parts and (broken := BROKEN_WORD.search(parts[-1])) and line.words[0].isalpha():
            head, tail = broken[1], re.match(r"[^\W\d_]+", line.words)
            kept = parts[-1][: broken.end(1)]
            parts[-1] = f"{kept}-" if tail and _hyphenated(head, tail.group(), known) else kept
            parts.append(line.words)
        elif parts and (broken := HYPHEN_BEHIND.search(parts[-1])):
            parts[-1] = f"{parts[-1][: broken.start()]}-"
            parts.append(line.words)
        else:
            parts.append(f" {line.words}" if parts else line.words)
    return [part.replace(SOFT_HYPHEN, "") for part in parts]


def _hyphenated(head: str, tail: str, known: Counter[str]) -> bool:
    """Whether the hyphen between two parts of a word belongs there: as it is written elsewhere, else by the parts."""
    whole, parted = known[f"{head}{tail}".lower()], known[f"{head}-{tail}".lower()]
    if whole != parted:
        return parted > whole
    return tail[0].isupper() or head.lower() in WORD_PARTS
