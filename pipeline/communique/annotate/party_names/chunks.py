"""Names of organisations by their shape: runs of capitalised words, cut where a new name begins, told by their head words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from spacy.tokens import Doc, Token

from communique.annotate.party_names.names import POSSESSIVE, Name, is_capitalised
from communique.annotate.party_names.offices import office_at
from communique.normalise.kinds import AFTER_HEAD, LABEL, heads, kind_of, strong_heads
from communique.normalise.names import is_legal_form
from communique.normalise.states import demonyms, regions, state_names
from communique_models import Kind

LONGEST = 16  # words of a name
INNER = frozenset(
    {"de", "la", "du", "des", "do", "da", "del", "di", "y", "und", "für", "van", "von", "der", "le", "et", "e", "pour"}
)
OWNERS = frozenset(
    {"children", "people", "women", "men", "veterans", "farmers", "teachers", "workers", "king", "queen", "lloyd", "moody"}
    | {"attorney", "sheriff", "governor", "mayor", "coroner", "ombudsman", "auditor", "treasurer", "surveyor", "solicitor"}
)
TOPICAL = frozenset(
    {
        "Ministry",
        "Department",
        "Office",
        "Bureau",
        "Minister",
        "Secretary",
        "Secretariat",
        "Directorate",
        "Committee",
        "Agency",
        "Institute",
        "Commission",
        "Council",
        "Center",
        "Centre",
        "Alliance",
    }
)
CLOSING = frozenset({"Inc", "Ltd", "LLC", "LLP", "PLC", "Corp", "GmbH", "ASA", "Limited", "Incorporated"})
NUMBERED = frozenset({"Council", "Union", "Local", "Chapter", "Lodge", "District"})
"""Bodies that are told apart by a number: Council 220."""
MARKLESS = frozenset(
    {"Departments", "Divisions", "Bureaus", "Sections", "Protections"}
    | {"Justices", "Defenses", "Interiors", "Generals", "Treasurys"}
)
"""Owners that have lost their mark: the Justice Departments Fraud Section."""
LEARNED = frozenset({"University", "College", "School", "Hospital"})
"""Institutions that stand on a coast or a campus, but have no subject after `on the`."""
CLOSED = frozenset({"PRON", "DET", "AUX", "CCONJ", "SCONJ", "ADP"})
OWNED = frozenset({"their", "our", "his", "her", "its", "my", "your", "this", "these", "those", "that"})
GRANTED = frozenset(
    {
        "Services",
        "Service",
        "Development",
        "Administration",
        "Forces",
        "Schools",
        "Customs",
        "Libraries",
        "Guard",
        "Corps",
        "State",
        "Force",
        "Aid",
    }
)
OPENERS = frozenset({"NOUN", "PROPN", "ADJ", "X"})


def chunks(doc: Doc, headline: list[bool], admitted: list[bool]) -> Iterator[tuple[int, int]]:
    """The runs of capitalised words with what may join them, headlines left out: first token and the one after the last."""
    i = 0
    while i < len(doc):
        if not admitted[i] or headline[i] or not opens(doc[i]):
            i += 1
            continue
        end = i + 1
        while end < len(doc) and end - i < LONGEST:
            width = _joins(doc, i, end)
            if not width or headline[end]:
                break
            end += width
        yield i, end
        i = end


def opens(token: Token) -> bool:
    """Whether a word may begin a name: a capital, no closed-class word, no common word that only opens a sentence."""
    if not is_capitalised(token) or token.pos_ in CLOSED or token.lower_ in OWNED:
        return False
    return not (token.is_sent_start and (token.is_stop or token.pos_ not in OPENERS) and not token.text.isupper())


def _topical(doc: Doc, start: int, at: int) -> bool:
    """Whether a run has a ministry or the like whose subjects may go on."""
    return any(doc[i].text in TOPICAL and doc[i + 1].lower_ in ("of", "for", "on") for i in range(start, at - 1))


def _joins(doc: Doc, start: int, at: int) -> int:
    """How many tokens from `at` go on with a run: a capitalised word, with the small words before it."""
    token = doc[at]
    if token.is_sent_start:
        return 0
    if is_capitalised(token) and _begins_person(doc, start, at):
        return 0
    if is_capitalised(token):
        return 0 if token.ent_type_ == "DATE" and doc[at - 1].lower_ in AFTER_HEAD else 1
    after = doc[at + 1] if at + 1 < len(doc) else None
    if after is None or after.is_sent_start:
        return 0
    text = token.lower_
    if text == "on" and doc[at - 1].text in LEARNED and after.lower_ == "the":
        return 0
    if text in ("-", "–", "/") and not token.whitespace_ and not doc[at - 1].whitespace_ and is_capitalised(after):
        return 2
    if text in AFTER_HEAD or text in ("and", "&", "+") or text in INNER or (text in POSSESSIVE and token.tag_ == "POS"):
        if is_capitalised(after):
            return 0 if after.ent_type_ == "DATE" else 2
        further = doc[at + 2] if at + 2 < len(doc) else None
        if (
            after.lower_ in ("the", "la", "les")
            and further is not None
            and is_capitalised(further)
            and (text in AFTER_HEAD or (text in ("and", "&") and _topical(doc, start, at)))
        ):
            return 3
    if text == "," and is_legal_form(after.text) and after.text not in ("NV", "CO") and _closed(doc, at + 2):
        return 2
    if text == "," and is_capitalised(after) and _enumerates(doc, start, at):
        return 2
    if text == "," and after.lower_ in ("and", "&") and _closes_enumeration(doc, start, at):
        return 3
    if (
        text == "("
        and at + 3 < len(doc)
        and doc[at + 2].text == ")"
        and is_legal_form(after.text)
        and is_capitalised(doc[at + 3])
    ):
        return 4
    return 0


def _begins_person(doc: Doc, start: int, at: int) -> bool:
    """Whether a person's name follows a ministry's without a mark: Secretary to the Ministry of Trade Kari Holm."""
    before = doc[at - 1]
    begins = doc[at].ent_type_ == "PERSON" and doc[at].ent_iob_ == "B" and before.ent_type_ != "PERSON"
    return begins and before.lower_ not in AFTER_HEAD and _topical(doc, start, at)


def _closed(doc: Doc, at: int) -> bool:
    """Whether a legal form ends there: `Co., Ltd.` goes on, `SE` before a lower-case word does not."""
    if at < len(doc) and doc[at].text in ("-", "–") and not doc[at - 1].whitespace_:  # Kari Holm, Co-founder
        return False
    return at >= len(doc) or not doc[at].is_alpha or not doc[at].text[0].isupper() or is_legal_form(doc[at].text)


def _enumerates(doc: Doc, start: int, comma: int) -> bool:
    """Whether a comma stands in the subjects of a ministry: Ministry of Trade, Industry and Fisheries."""
    if not _topical(doc, start, comma):
        return False
    for i in range(comma + 1, min(comma + 9, len(doc))):
        token = doc[i]
        if token.lower_ in ("and", "&"):
            return (
                i + 1 < len(doc)
                and is_capitalised(doc[i + 1])
                and office_at(doc, i + 1) is None
                and doc[i + 1].ent_type_ not in ("PERSON", "GPE")
            )
        if (
            (token.text.isupper() and len(token) > 1)
            or not (is_capitalised(token) or token.text == ",")
            or token.ent_type_ in ("PERSON", "GPE")
        ):
            return False
    return False


def _closes_enumeration(doc: Doc, start: int, comma: int) -> bool:
    """Whether the last subject of a body comes after a comma and `and`: Committee on Trade, Labour, and Pensions."""
    last = doc[comma + 2] if comma + 2 < len(doc) else None
    if last is None or not is_capitalised(last) or last.ent_type_ in ("PERSON", "GPE") or office_at(doc, last.i) is not None:
        return False
    listed = any(doc[i].text == "," for i in range(start, comma))
    return listed and _topical(doc, start, comma) and not (last.text.isupper() and len(last) > 1)


def pieces(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names within a run of capitalised words."""
    while start < end - 1 and _lost_its_mark(doc, start):
        start += 1
    cuts = [start]
    for i in range(start + 1, end - 1):
        if _cuts(doc, cuts[-1], i, end):
            of = next((j for j in range(max(cuts[-1], i - 3), i) if doc[j].lower_ == "of"), None)
            if of is not None and doc[i].text in MARKLESS:  # Fraud Section of the Justice | Departments | Civil Division
                cuts.append(of + 1)
            cuts.append(i + 1)
    bounds = [*cuts, end + 1]
    for first, after in pairwise(bounds):
        last = min(after - 1, end)
        # Department of Justices | Fraud Section
        owner = last < end and doc[last].text in MARKLESS and doc[last - 1].lower_ == "of"
        yield first, last + 1 if owner else last


def _lost_its_mark(doc: Doc, at: int) -> bool:
    """Whether a word owns the next name though no mark says so: the Justice Departments Fraud Section, FBIs Oslo Office."""
    text = doc[at].text
    acronym = len(text) > 2 and text[-1] == "s" and text[:-1].isupper() and text[:-1].isalpha()
    return (text in MARKLESS or acronym) and is_capitalised(doc[at + 1])


def _cuts(doc: Doc, start: int, at: int, end: int) -> bool:
    """Whether a small word parts two names."""
    text = doc[at].lower_
    if _lost_its_mark(doc, at) and at > start:
        return True
    if text in POSSESSIVE and doc[at].tag_ == "POS":
        before = doc[at - 1]
        closing = at + 2 == end and doc[at + 1].text in heads() and before.text not in state_names() and before.ent_type_ != "GPE"
        inside = closing or (before.ent_type_ == "ORG" and doc[at + 1].ent_iob_ == "I" and doc[at].ent_iob_ == "I")
        plural = before.tag_ in ("NNS", "NNPS") and doc[at + 1].text in heads() and before.text not in demonyms()
        return not (inside or plural or before.lower_ in OWNERS)
    if text in AFTER_HEAD and not is_capitalised(doc[at]):
        return text == "to" or (doc[at - 1].text not in heads() and not _subject(doc, start, at))
    if text in ("and", "&", "+"):
        return _parts(doc, start, at, end)
    return False


def _subject(doc: Doc, start: int, at: int) -> bool:
    """Whether the words before a small one tell the subject of a body: Council for the Promotion of Trade."""
    known = strong_heads()
    return any(doc[i].text in known and doc[i + 1].lower_ in ("of", "for", "on") for i in range(start, at - 1))


def _parts(doc: Doc, start: int, at: int, end: int) -> bool:
    """Whether `and` stands between two names, not within one."""
    if doc[at].text in ("&", "+"):
        return False
    if (
        doc[at + 1].text == "The"
        or office_at(doc, at + 1)
        or (doc[at + 1].lower_ == "the" and at + 2 < end and office_at(doc, at + 2))
    ):
        return True
    known = strong_heads()
    left = [doc[i].text for i in range(start, at)]
    right = [doc[i].text for i in range(at + 1, end)]
    topical = next((i for i, word in enumerate(left[:-1]) if word in known and left[i + 1] in AFTER_HEAD), None)
    other = next(
        (i for i, word in enumerate(right) if word in known and (i == len(right) - 1 or right[i + 1] in AFTER_HEAD)), None
    )
    if topical is not None:  # Ministry of Finance and Mass Media, but Ministry of Finance and Bank of Nordmark
        first = right[1] if right[0] == "the" and len(right) > 1 else right[0]
        if first in regions():  # Department of Safety and Nevada
            return True
        if first.isupper() and len(first) > 1:  # Institute of the Sea and the NFA
            return True
        if "and" in left:  # Office of Management and Budget and …
            return True
        if "," in left:  # Ministry of Trade, Industry and …
            return False
        whole = other == 0 and len(right) > 1 and right[1] in AFTER_HEAD
        return whole or (other is not None and other > 0 and right[other] not in GRANTED)
    if left[-1] in known and len(left) > 1:  # Holm Foundation and Nordlys Bank
        return True
    if len(left) == 1 and (left[0].isupper() or (doc[at - 1].ent_type_ in ("PERSON", "GPE", "ORG") and doc[at].ent_iob_ != "I")):
        return True
    return (other is None and doc[at].ent_iob_ != "I") or doc[at].ent_type_ == "PERSON"


def _to_legal_form(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A name up to its legal form, if a capitalised word of another sense follows: Holm Inc. Publishes."""
    for i in range(start + 1, end - 1):
        if doc[i].text.rstrip(".") in CLOSING and not is_legal_form(doc[i + 1].text) and doc[i + 1].text not in (",", "(", "&"):
            return start, i + 1
    return start, end


def _from_opening(doc: Doc, start: int, end: int) -> int:
    """Where a name with a legal form begins whose first word is a common one at the start of a sentence: First Nordlys Corp."""
    before = doc[start - 1] if start else None
    if before is None or not before.is_sent_start or not before.whitespace_ or not is_capitalised(before):
        return start
    adverb = before.pos_ in CLOSED or before.pos_ in ("ADV", "INTJ", "VERB") or before.lower_ in OWNED
    return start if adverb or not is_legal_form(doc[end - 1].text) else start - 1


def _once(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A name that is told twice in a row, once: a heading glued to its paragraph."""
    half = (end - start) // 2
    if half and (end - start) % 2 == 0 and doc[start : start + half].text == doc[start + half : end].text:
        return start + half, end
    return start, end


def organisations(doc: Doc, runs: Iterable[tuple[int, int]]) -> Iterator[Name]:
    """The organisations that their own words tell in `chunks`, and the labels (kind None, rule `label`) that are none."""
    for start, end in runs:
        for piece in pieces(doc, start, end):
            first, after = _once(doc, *_to_legal_form(doc, *trimmed(doc, *piece)))
            if after <= first:
                continue
            first = _from_opening(doc, first, after)
            text = doc[first:after].text
            if text in state_names():
                continue
            kind = kind_of(text)
            if after < len(doc) and doc[after - 1].text in NUMBERED and doc[after].is_digit and not doc[after].is_sent_start:
                after += 1
                text = doc[first:after].text
            if kind == LABEL:
                yield Name(first, after, text, None, "label")
            elif isinstance(kind, Kind) and (after - first > 1):
                yield Name(first, after, text, kind, "shape", sure=True)


def run_at(doc: Doc, start: int) -> tuple[int, int]:
    """The run of capitalised words that begins at a token."""
    end = start + 1
    while end < len(doc) and end - start < LONGEST:
        width = _joins(doc, start, end)
        if not width:
            break
        end += width
    return start, end


def trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A span without articles, marks and small words at its ends."""
    small = (
        AFTER_HEAD
        | INNER
        | POSSESSIVE
        | {"and", "&", "the", "a", "an", "our", "this", "that", ",", "(", "-", "–", "/", "“", '"', "‘"}
    )
    while start < end and (doc[start].lower_ in small or doc[start].is_space):
        start += 1
    while start < end and ((doc[end - 1].lower_ in small and doc[end - 1].text != "A") or doc[end - 1].is_space):
        end -= 1
    return start, end
