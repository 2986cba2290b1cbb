"""The language of a text, and of its parts: of a release that is told in several, the English part alone is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from communique.segment import Block, Layout, Role

ENGLISH = "en"
NEAR_ENGLISH = frozenset({"pcm", "sco"})  # Nigerian Pidgin and Scots: short English texts are taken for them
SURE = 0.85  # probability from which another language is believed; English of 60 characters and more stays below it
SURER = 0.95  # probability of any other language, from which a block is believed to be in one: Danish and Norwegian share it
SAMPLE = 5_000  # characters that tell the language
SHORTEST = 60  # characters of a block that tells its language
PROSE = 40  # letters of running words, without which a block tells no language
ENOUGH = 300  # characters in English that make a release of a text in another language
WORD = re.compile(r"[^\W\d_]+")
OFTEN = frozenset(
    {"the", "and", "of", "to", "with", "that", "from", "which", "has", "have", "are", "were", "been", "by", "its", "this"}
)
"""What English uses in every sentence, and no other language writes so."""
SHARE = 0.05  # of such words, from which a block is English


def is_english(language: str | None) -> bool:
    """Whether facts are looked for: also where the language is open, as in a text of a few words."""
    return language is None or language == ENGLISH


def language_of(text: str) -> str | None:
    """The language of a text as ISO 639 says it; None where it is open."""
    told, probability = _ranked(text[:SAMPLE])[0]
    if told == ENGLISH or told in NEAR_ENGLISH:
        return ENGLISH
    return told if probability >= SURE else None


def languages_in(layout: Layout, text: str) -> tuple[str | None, Layout, Counter[str]]:
    """The language of a release, its layout with the blocks in others marked, and how many characters those have, by language.

    It is English where enough of it is, whatever the rest. Cost grows with the blocks that have few English words.
    """
    told = [_foreign(text[block.start : block.end]) if block.admitted else None for block in layout.blocks]
    if not any(told):
        return language_of(text), layout, Counter()
    for i, block in enumerate(layout.blocks):  # what is too short to tell goes with what is around it
        if block.admitted and block.end - block.start < SHORTEST:
            before = _nearest(layout.blocks, told, range(i - 1, -1, -1))
            after = _nearest(layout.blocks, told, range(i + 1, len(told)))
            told[i] = _between(before, after)
    whole = language_of(text)
    if not is_english(whole):
        english = (block for block, other in zip(layout.blocks, told, strict=True) if block.admitted and not other)
        if sum(block.end - block.start for block in english if _reads_english(text[block.start : block.end])) < ENOUGH:
            return whole, layout, Counter()
    size: Counter[str] = Counter()
    for block, other in zip(layout.blocks, told, strict=True):
        size.update({other: block.end - block.start} if other else {})
    marked = [replace(block, role=Role.FOREIGN) if other else block for block, other in zip(layout.blocks, told, strict=True)]
    return ENGLISH, Layout(marked), size


def _between(before: str | None, after: str | None) -> str | None:
    """The language of a block between two others, of which one may be missing: theirs, if it is the same, and not English."""
    told = {one for one in (before, after) if one is not None}
    return (told.pop() or None) if len(told) == 1 else None


def _nearest(blocks: Sequence[Block], told: Sequence[str | None], places: range) -> str | None:
    """The language of the nearest block that is long enough to tell one, empty for English; None if there is no such block."""
    for i in places:
        if blocks[i].admitted and blocks[i].end - blocks[i].start >= SHORTEST:
            return told[i] or ""
    return None


def _foreign(words: str) -> str | None:
    """The language of a block, if it is another one than English for sure."""
    sample = words[:SAMPLE]
    found = WORD.findall(sample)
    prose = sum(len(word) for word in found if len(word) > 2 and word == word.lower())  # no names, initials and capitals
    if prose < PROSE or 2 * prose < sum(map(len, found)) or _reads_english(sample):
        return None
    ranked = _ranked(sample)
    english = sum(probability for language, probability in ranked if language == ENGLISH or language in NEAR_ENGLISH)
    return ranked[0][0] if english <= 1 - SURER else None


def _reads_english(words: str) -> bool:
    """Whether some words are held together by those that only English uses."""
    found = WORD.findall(words.lower())
    return sum(word in OFTEN for word in found) >= max(1, SHARE * len(found))


def _ranked(sample: str) -> list[tuple[str, float]]:
    """The languages that a text may be in with their probabilities, the likeliest first."""
    return [(str(one), float(share)) for one, share in _identifier().rank(sample.lower() if sample.isupper() else sample)]


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
