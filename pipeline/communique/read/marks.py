"""Marks that stay with the words of a page while it is cleaned, and tell afterwards from which elements they came.

What cleans a page takes it apart and puts it together anew, without a word of where anything was. But it keeps the characters:
so before each run of words stands the number of its element, in signs that no release has and no rule on words minds (Braille
patterns, which are symbols to Unicode). Unmarked again, the text is what it would have been.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Self

from lxml import etree

FIRST = 0x2800  # of the Braille patterns
BASE = 256  # how many there are
MOST = BASE * BASE  # elements that can be told by a mark of two signs
SIGNS = re.compile(f"[{chr(FIRST)}-{chr(FIRST + BASE - 1)}]")
MARK = re.compile(f"{SIGNS.pattern}{{2}}")
UNMARKED = frozenset({"script", "style", "title", "textarea", "option", "noscript", "template"})  # no words, or no markup in them
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NAME = re.compile(r"[a-z][a-z0-9]*")


@dataclass(slots=True)
class Origins:
    """The elements of a page as it was, by their numbers: each one's parent, and its step in an XPath."""

    parents: list[int] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)

    @classmethod
    def mark(cls, root: etree._Element) -> Self:
        """Mark the words of a page, unless it has such signs itself; elements beyond the first 65,536 stay without."""
        origins = cls()
        if any(SIGNS.search(words) for words in root.itertext()):
            return origins
        numbers: dict[etree._Element, int] = {}
        for element in root.iter():
            if len(numbers) == MOST:
                break
            parent = element.getparent()
            numbers[element] = len(numbers)
            origins.parents.append(-1 if parent is None else numbers[parent])
            origins.steps.append("")
        counts: dict[int, Counter[str]] = {}
        named = [(element, number, str(element.tag)) for element, number in numbers.items()]
        for _, number, tag in named:
            counts.setdefault(origins.parents[number], Counter()).update((tag, "*"))
        reached: dict[int, Counter[str]] = {}
        for element, number, tag in named:
            parent_number = origins.parents[number]
            seen = reached.setdefault(parent_number, Counter())
            seen.update((tag, "*"))
            name = tag if NAME.fullmatch(tag) else "*"
            alone = counts[parent_number][name] == 1
            origins.steps[number] = name if alone else f"{name}[{seen[name]}]"
            if element.tag not in UNMARKED:
                element.text = _marked(element.text, number)
            if parent_number >= 0:
                element.tail = _marked(element.tail, parent_number)
        return origins

    def unmark(self, words: str) -> tuple[str, str | None]:
        """Words without their marks, and the XPath of the innermost element that holds all that were marked."""
        if not self.steps:
            return words, None
        numbers = {(ord(mark[0]) - FIRST) * BASE + ord(mark[1]) - FIRST for mark in MARK.findall(words)}
        plain = SIGNS.sub("", words)
        lines = [self._line(number) for number in numbers if number < len(self.steps)]
        if not lines:
            return plain, None
        shared = lines[0]
        for line in lines[1:]:
            same = 0
            while same < min(len(shared), len(line)) and shared[same] == line[same]:
                same += 1
            shared = shared[:same]
        return plain, "".join(f"/{self.steps[number]}" for number in shared) or None

    def _line(self, number: int) -> list[int]:
        """An element with all that holds it, the outermost first."""
        line = []
        while number >= 0:
            line.append(number)
            number = self.parents[number]
        return line[::-1]


def _marked(words: str | None, number: int) -> str | None:
    """Words with the mark of an element before the first of them; space alone stays as it is.

    Control characters go: lxml reads them, but does not take them back.
    """
    words = CONTROLS.sub("", words) if words else words
    told = words.lstrip() if words else ""
    if not words or not told:
        return words
    return f"{words[: len(words) - len(told)]}{chr(FIRST + number // BASE)}{chr(FIRST + number % BASE)}{told}"
