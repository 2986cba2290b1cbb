"""Names as they are compared, found and shortened: words, initials, legal forms. Nothing here knows spaCy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Generic, TypeVar

from communique.lexicons import lexicon

T = TypeVar("T")
WORD = re.compile(r"[^\W_]+|&")
ARTICLES = frozenset({"the", "a", "an"})
SMALL = frozenset({"of", "for", "and", "the", "on", "in", "to", "de", "la", "du", "des", "a", "an", "with"})


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """A word without case and accents; an ampersand is `and`."""
    if word == "&":
        return "and"
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words_of(name: str) -> list[str]:
    """The words of a name as they are compared."""
    return [plain(match.group()) for match in WORD.finditer(name)]


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """A name as it is compared: no case, accents, punctuation, leading article or possessive ending."""
    words = words_of(re.sub(r"['’]s?$", "", name))
    while len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    return " ".join(words)


@cache
def legal_forms() -> frozenset[str]:
    """The legal forms of companies, without dots and case."""
    return frozenset(plain(re.sub(r"[./]", "", word)) for word in lexicon("organisations")["legal"]["words"])


def is_legal_form(word: str) -> bool:
    """Whether a word, as written, is a legal form: `Inc.`, `ASA`, `S.p.A.`; short ones only in capitals."""
    bare = re.sub(r"[./]", "", word)
    if plain(bare) not in legal_forms():
        return False
    return bare.isupper() or (len(bare) > 2 and bare[0].isupper()) or bare in ("Co", "SpA", "Oy", "Ab", "Se", "publ")


def without_legal_form(name: str) -> str:
    """A company's name without the legal forms at its end."""
    parts = name.split()
    while len(parts) > 1 and (is_legal_form(parts[-1].strip(",()")) or parts[-1] in ("&",)):
        parts = parts[:-1]
    return " ".join(parts).rstrip(",")


def initials(name: str) -> frozenset[str]:
    """The acronyms that a name gives: of all its words, of those that are not small, and the same without its legal form."""
    found = set()
    for told in (name, without_legal_form(name)):
        words = WORD.findall(told)
        great = [word for word in words if plain(word) not in SMALL and word != "&"]
        for chosen in (words, great, [w for w in words if w != "&" and plain(w) != "the"]):
            if len(chosen) > 1:
                found.add("".join(word[0] for word in chosen).upper())
                found.add("".join(word[0] for word in chosen).upper() + "C")  # the Corporation or Company left out
    return frozenset(found)


def is_acronym(name: str) -> bool:
    """Whether a name is a word of two or more capitals, such as `WFP` or `U.N.`."""
    letters = re.sub(r"[^\w]", "", name)
    return (
        len(letters) >= 2
        and sum(c.isupper() for c in letters) >= max(2, len(letters) - 2)
        and " " not in name.strip()
        and letters[0].isalpha()
    )


@lru_cache(maxsize=4)  # several indexes are looked for in one text
def _marks(text: str) -> list[tuple[int, int, str]]:
    """The words of a text as they are compared: first character, end, word."""
    return [(match.start(), match.end(), plain(match.group())) for match in WORD.finditer(text)]


@dataclass(slots=True)
class NameIndex(Generic[T]):
    """Names with what each stands for, found in a text by their words: linear in the text, whatever the number of names."""

    _entries: dict[tuple[str, ...], list[tuple[str, bool, T]]] = field(default_factory=dict)
    _lengths: dict[str, list[int]] = field(default_factory=dict)

    def add(self, form: str, value: T) -> None:
        """Add a form of a name. One in capitals is found in capitals only, another where its first letter is written as here."""
        form = form[4:].lstrip() if form[:4].lower() == "the " else form
        key = tuple(words_of(form))
        if not key:
            return
        letters = re.sub(r"[\W\d_]", "", form)
        shouted = letters.isupper() and len(key) <= 2 and len(letters) <= 7
        self._entries.setdefault(key, []).append((form, shouted, value))
        lengths = self._lengths.setdefault(key[0], [])
        if len(key) not in lengths:
            lengths.append(len(key))
            lengths.sort(reverse=True)

    def extend(self, forms: Iterable[str], value: T) -> None:
        """Add several forms of one name."""
        for form in forms:
            self.add(form, value)

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, text: str) -> Iterator[tuple[int, int, T]]:
        """The names in a text from left to right, the longest first, none within another: first character, end, value."""
        marks = _marks(text)
        i = 0
        while i < len(marks):
            step = 1
            for length in self._lengths.get(marks[i][2], ()):
                if i + length > len(marks):
                    continue
                found = self._entries.get(tuple(mark[2] for mark in marks[i : i + length]))
                if not found:
                    continue
                start, end = marks[i][0], marks[i + length - 1][1]
                if "\n\n" in text[start:end]:
                    continue
                value = self._fitting(found, text[start:end])
                if value is not None:
                    if text[end : end + 1] == "." and found[0][0].endswith("."):
                        end += 1
                    yield start, end, value
                    step = length
                    break
            i += step

    @staticmethod
    def _fitting(found: list[tuple[str, bool, T]], told: str) -> T | None:
        for form, shouted, value in found:
            if shouted:
                if re.sub(r"[^\w]", "", told) == re.sub(r"[^\w]", "", form):
                    return value
            elif told[0].isupper() or not form[0].isupper():
                return value
        return None
