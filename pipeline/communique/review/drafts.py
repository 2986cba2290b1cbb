"""What the page sends -> a commitment whose words are the text's own: quotes are never taken from a request."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from communique.overlay import Selector, Told, select
from communique.overlay.snapshot import amount_told, date_told, party_told
from communique_models import Action, DateRole, Mention, Record, Status

SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])")
DEEPEST = 20  # levels of what is sent


class DraftError(ValueError):
    """Something that was sent and is no commitment of this text, told so that a person can mend it."""


def told_from(sent: Any, text: str) -> Told:
    """The commitment that was sent, with the words at its places; raises `DraftError`."""
    try:
        grounded = _grounded(sent, text)
        if isinstance(grounded, dict) and not grounded.get("evidence") and grounded.get("trigger"):
            grounded["evidence"] = [sentence_around(text, Selector.model_validate(grounded["trigger"]))]
        told = Told.model_validate(grounded)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = " ".join(str(part) for part in first["loc"] if isinstance(part, str))
        raise DraftError(f"{place}: {first['msg'].removeprefix('Value error, ')}" if place else first["msg"]) from error
    except ValueError as error:
        raise DraftError(str(error)) from error
    if any(one.start <= told.trigger.start and told.trigger.end <= one.end for one in told.evidence):
        return told
    return told.model_copy(update={"evidence": [sentence_around(text, told.trigger)]})


def _grounded(sent: Any, text: str, depth: int = 0) -> Any:
    if depth > DEEPEST:
        raise DraftError("that is no commitment")
    if isinstance(sent, list):
        return [_grounded(one, text, depth + 1) for one in sent]
    if not isinstance(sent, dict):
        return sent
    start, end = sent.get("start"), sent.get("end")
    if isinstance(start, int) and isinstance(end, int):
        return select(text, start, end).model_dump()
    return {name: _grounded(one, text, depth + 1) for name, one in sent.items()}


def sentence_around(text: str, where: Selector) -> Selector:
    """The sentence in which words stand, as far as punctuation and line ends tell it."""
    start = text.rfind("\n", 0, where.start) + 1
    end = text.find("\n", where.end)
    end = len(text) if end < 0 else end
    for match in SENTENCE_END.finditer(text, start, end):
        if match.end() <= where.start:
            start = match.end()
        elif match.start() >= where.end:
            end = match.start() + len(match[0].rstrip())
            break
    while start < where.start and text[start].isspace():
        start += 1
    while end > where.end and text[end - 1].isspace():
        end -= 1
    return select(text, start, end)


def proposal(record: Record, start: int, end: int) -> dict[str, Any]:
    """What a commitment that was missed may be, by the sentence around its verb: a draft to correct, as the page has drafts.

    Who is named before the verb gives, who after it receives; if nobody is named before it, the issuer gives.
    """
    text = record.text
    trigger = select(text, start, end)
    sentence = sentence_around(text, trigger)
    near = [Mention(start=sentence.start, end=sentence.end, quote=sentence.quote)]

    def inside(mention: Mention) -> bool:
        return sentence.start <= mention.start and mention.end <= sentence.end

    people = [party_told(text, one, near) for one in record.parties if any(inside(it) for it in one.mentions)]
    people.sort(key=lambda told: told.where.start)
    before = [told for told in people if told.where.start < trigger.start]
    after = [told for told in people if told.where.start >= trigger.end]
    issuer = [party_told(text, one, near) for one in record.parties if one.id == record.release.issuer]
    amounts = {one.id: one for one in record.amounts}
    sums = [amount_told(text, one, amounts) for one in record.amounts if inside(one.mention)]
    dates = [date_told(text, one, DateRole.DUE) for one in record.dates if inside(one.mention)]
    facts: dict[str, Sequence[BaseModel]] = {
        "providers": before[-1:] or issuer,  # without either the draft has none, and cannot be saved as it is
        "receivers": after[:1],
        "amounts": sums,
        "dates": dates,
    }
    return {
        "trigger": trigger.model_dump(),
        "evidence": [sentence.model_dump()],
        "restated": [],
        **{name: [one.model_dump(mode="json") for one in told] for name, told in facts.items()},
        "said_by": None,
        "action": Action.FUND if sums else Action.OTHER,
        "status": Status.PLEDGED,
        "items": [],
        "purposes": [],
        "programme": None,
        "condition": None,
    }
