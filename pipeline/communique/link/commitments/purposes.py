"""What a commitment is for, by the words around it, and the programme under which it is made."""

from __future__ import annotations

import re
from functools import cache

from communique.analysis import Span
from communique.lexicons import lexicon
from communique.link.commitments.draft import Draft
from communique_models import Purpose

PROGRAMME = re.compile(
    r"(?:[A-Z][\w&’'.-]*\s+)(?:(?:[A-Z0-9][\w&’'.-]*|of|for|and|the|on|to|in)\s+){0,8}?"
    r"(?:Programme|Program|Fund|Initiative|Scheme|Facility|Plan|Package|Project|Partnership|Strategy|Mechanism|Budget)\b"
)
LONGEST = 400  # characters of a sentence that are looked through on either side of the trigger


def purposes_of(draft: Draft, text: str) -> list[Purpose]:
    """The purposes that the sentences of a telling name, in the order of the enum; empty where none is named."""
    found: set[Purpose] = set()
    for telling in (draft, *draft.told):
        start, end = _window(telling)
        found |= {Purpose(match.lastgroup) for match in pattern().finditer(text, start, end) if match.lastgroup}
    return [purpose for purpose in Purpose if purpose in found]


def programme_of(draft: Draft, text: str) -> Span | None:
    """The programme or fund that the sentence of a telling names: 'the Nansen Support Programme'."""
    for telling in (draft, *draft.told):
        match = PROGRAMME.search(text, *_window(telling))
        if match:
            return match.span()
    return None


def _window(draft: Draft) -> Span:
    start, end = draft.trigger
    return max(draft.sentence.start_char, start - LONGEST), min(draft.sentence.end_char, end + LONGEST)


@cache
def pattern() -> re.Pattern[str]:
    """All words of purpose, each in the group of its purpose."""
    groups = []
    for entry in lexicon("purposes")["purpose"]:
        words = "|".join(re.escape(word) for word in sorted(entry["words"], key=len, reverse=True))
        groups.append(f"(?P<{entry['id']}>{words})")
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)
