"""Whose words a quotation is: attribution after it, before it, within its paragraph, or in the paragraph before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc

from communique.analysis import Analysis, Quotation, Span
from communique.lexicons import lexicon
from communique.segment import Role
from communique_models import Kind

REACH = 45  # tokens between a quotation and the verb that attributes it
BESIDE = 12  # tokens between that verb and the speaker
CUES = frozenset({"statement", "comment", "remarks", "message"})  # nouns that announce somebody's words
BODY_BESIDE = 4  # tokens after that verb at which a body may still be the speaker
FULL_STOPS = frozenset({".", "!", "?", ";"})
SPEAKING = (Kind.PERSON, Kind.COMPANY, Kind.PUBLIC_BODY, Kind.NONPROFIT, Kind.INTERGOVERNMENTAL, Kind.COUNTRY, Kind.GROUP)


@cache
def speech_verbs() -> frozenset[str]:
    """The forms of the verbs that attribute words."""
    return frozenset(lexicon("parties")["speech"]["verbs"])


def attribute(doc: Doc, analysis: Analysis, spans: Sequence[Span]) -> list[Quotation]:
    """The quotations with their speakers, in reading order; the speaker of one that nobody attributes is unknown."""
    inside = _token_extents(doc, spans)
    found: list[Quotation] = []
    for k, (start, end) in enumerate(spans):
        block = analysis.layout.index_at(start)
        floor = (
            inside[k - 1][1]
            if k and analysis.layout.index_at(spans[k - 1][0]) == block
            else _first_token(doc, analysis, block, inside[k][0])
        )
        ceiling = (
            inside[k + 1][0]
            if k + 1 < len(spans) and analysis.layout.index_at(spans[k + 1][0]) == block
            else _last_token(doc, analysis, block, inside[k][1])
        )
        told = _after(doc, analysis, inside[k][1], ceiling) or _before(doc, analysis, floor, inside[k][0])
        quotation = Quotation(start, end)
        if told is not None:
            quotation.speaker, quotation.attribution = told
        found.append(quotation)
    _within_paragraph(analysis, found)
    _across_paragraphs(doc, analysis, found, inside)
    return found


def _token_extents(doc: Doc, spans: Sequence[Span]) -> list[tuple[int, int]]:
    found = []
    i = 0
    for start, end in spans:
        while i < len(doc) and doc[i].idx + len(doc[i]) <= start:
            i += 1
        first = i
        while i < len(doc) and doc[i].idx < end:
            i += 1
        found.append((first, i))
    return found


def _first_token(doc: Doc, analysis: Analysis, block: int, at: int) -> int:
    begin = analysis.layout.blocks[block].start if block >= 0 else 0
    last = max(0, at - 2 * REACH)
    while at > last and doc[at - 1].idx >= begin:
        at -= 1
    return at


def _last_token(doc: Doc, analysis: Analysis, block: int, at: int) -> int:
    end = analysis.layout.blocks[block].end if block >= 0 else doc[-1].idx + len(doc[-1])
    last = min(len(doc), at + 2 * REACH)
    while at < last and doc[at].idx < end:
        at += 1
    return at


def _after(doc: Doc, analysis: Analysis, start: int, ceiling: int) -> tuple[int, Span] | None:
    """The attribution in the sentence that goes on after a quotation: said Mr Holm."""
    end = start
    while end < ceiling and end - start < REACH:
        if doc[end].text in FULL_STOPS or (doc[end].is_sent_start and end > start and doc[end - 1].text in FULL_STOPS):
            break
        end += 1
    return _speaker(doc, analysis, start, end, ahead=True)


def _before(doc: Doc, analysis: Analysis, floor: int, end: int) -> tuple[int, Span] | None:
    """The attribution in the sentence that leads to a quotation: `Mr Holm said:`."""
    start = end
    while start > floor and end - start < REACH:
        if doc[start - 1].text in FULL_STOPS and start != end:
            break
        start -= 1
    if start < end and doc[end - 1].text in FULL_STOPS:
        return None
    return _speaker(doc, analysis, start, end, ahead=False)


def _speaker(doc: Doc, analysis: Analysis, start: int, end: int, *, ahead: bool) -> tuple[int, Span] | None:
    """The party next to a verb of speech between two tokens: a person before a body, behind a verb that comes first."""
    verbs = [
        i
        for i in range(start, end)
        if doc[i].lower_ in speech_verbs() and (i == start or doc[i].pos_ in ("VERB", "AUX") or i == end - 1)
    ]
    if not verbs and not ahead:
        verbs = [i for i in range(start, end) if doc[i].lower_ in CUES]
    if not verbs:
        for i in range(start, end - 2):
            if doc[i].lower_ == "according" and doc[i + 1].lower_ == "to":
                return _nearest(doc, analysis, range(i + 2, min(end, i + 2 + BESIDE)), i)
        if not ahead and end > start and doc[end - 1].text == ":":
            return _nearest(doc, analysis, range(start, end), end - 1)
        return None
    verb = verbs[0] if ahead else verbs[-1]
    behind = range(verb + 1, min(end, verb + 1 + BESIDE))
    front = range(verb - 1, max(start - 1, verb - 1 - REACH), -1)
    subject = next((child.i for child in doc[verb].children if child.dep_ == "nsubj" and start <= child.i < end), None)
    if subject is not None and subject in analysis.party_at:
        return analysis.party_at[subject], _extent(doc, analysis, subject, verb)
    inverted = ahead and verb - start <= 1
    for places in (behind, front) if inverted else (front, behind) if not ahead or verb > start + 1 else (behind, front):
        told = _nearest(doc, analysis, places, verb)
        if told is not None:
            return told
    return None


def _nearest(doc: Doc, analysis: Analysis, places: range, verb: int) -> tuple[int, Span] | None:
    """The first person among the tokens, else the first other party."""
    other: tuple[int, Span] | None = None
    for i in places:
        party = analysis.party_at.get(i)
        if party is None:
            continue
        span = _extent(doc, analysis, i, verb)
        if analysis.parties[party].kind is Kind.PERSON:
            return party, span
        if abs(i - verb) <= BODY_BESIDE or i < verb:
            other = other or (party, span)
    return other


def _extent(doc: Doc, analysis: Analysis, party: int, verb: int) -> Span:
    """From the verb to the whole mention of the party, or the other way round."""
    at = analysis.party_at
    first = last = party
    while first > 0 and at.get(first - 1) == at[party]:
        first -= 1
    while last + 1 < len(doc) and at.get(last + 1) == at[party]:
        last += 1
    start, end = min(first, verb), max(last, verb) + 1
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _within_paragraph(analysis: Analysis, found: list[Quotation]) -> None:
    """Give the parts of one speech in a paragraph the speaker whom one of them has."""
    by_block: dict[int, list[Quotation]] = {}
    for quotation in found:
        by_block.setdefault(analysis.layout.index_at(quotation.start), []).append(quotation)
    for told in by_block.values():
        last: int | None = None
        for quotation in told:
            if quotation.speaker is None:
                quotation.speaker = last
            last = quotation.speaker
        for quotation in reversed(told):
            if quotation.speaker is None:
                quotation.speaker = last
            last = quotation.speaker


def _across_paragraphs(doc: Doc, analysis: Analysis, found: list[Quotation], inside: list[tuple[int, int]]) -> None:
    """Attribute what opens a paragraph to the speech that the one before left open, or to whom that one announces or quotes."""
    text = analysis.text
    at_block = {analysis.layout.index_at(q.start): q for q in found}
    for k, quotation in enumerate(found):
        if quotation.speaker is not None:
            continue
        block = analysis.layout.index_at(quotation.start)
        if block <= 0 or not _opens_block(text, analysis, block, quotation):
            continue
        earlier = found[k - 1] if k else None
        before = analysis.layout.blocks[block - 1]
        if (
            earlier is not None
            and earlier.speaker is not None
            and at_block.get(block - 1) is earlier
            and analysis.layout.index_at(earlier.start) == block - 1
        ):
            quotation.speaker, quotation.attribution = earlier.speaker, earlier.attribution
            continue
        if before.role in (Role.BODY, Role.BULLET, Role.SUBHEAD):
            first = _first_token(doc, analysis, block - 1, inside[k][0])
            quotation.speaker, quotation.attribution = _announced(doc, analysis, first, inside[k][0]) or (None, None)
    for k in range(len(found) - 2, -1, -1):  # speech that goes on over paragraphs and is attributed at its end
        quotation, following = found[k], found[k + 1]
        if (
            quotation.speaker is None
            and _left_open(text, quotation)
            and analysis.layout.index_at(following.start) == analysis.layout.index_at(quotation.start) + 1
        ):
            quotation.speaker, quotation.attribution = following.speaker, following.attribution


def _opens_block(text: str, analysis: Analysis, block: int, quotation: Quotation) -> bool:
    return not text[analysis.layout.blocks[block].start : quotation.start].strip()


def _left_open(text: str, quotation: Quotation) -> bool:
    return text[quotation.end - 1] not in "”\"’'»“"


def _announced(doc: Doc, analysis: Analysis, start: int, end: int) -> tuple[int, Span] | None:
    """The person whom the last sentence of the paragraph before a quotation makes speak."""
    while end > start and doc[end - 1].is_space:
        end -= 1
    if end <= start:
        return None
    last = end - 1
    while last > start and not doc[last].is_sent_start:
        last -= 1
    told = _speaker(doc, analysis, last, end, ahead=False)
    if told is None and doc[end - 1].text == ":":
        told = _nearest(doc, analysis, range(last, end), end - 1)
    if told is not None and analysis.parties[told[0]].kind in SPEAKING:
        return told
    return None
