"""Offices and forms of address before and after a person's name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from communique.annotate.party_names.names import is_capitalised
from communique.lexicons import lexicon

REACH = 14  # tokens before a name that may be its title
ACTING = frozenset(
    {
        "acting",
        "former",
        "then",
        "new",
        "incoming",
        "outgoing",
        "interim",
        "honorary",
        "late",
        "current",
        "newly",
        "appointed",
        "elected",
        "ex",
    }
)
LINKS = frozenset({"of", "for", "and", "&", "the", "on", "to", "in", "-", "–", "'s", "’s", "de", "at", "/"})


@cache
def offices() -> dict[tuple[str, ...], str]:
    """The offices as lower-case words -> for whom their bearers speak: state, region, organisation, none."""
    found: dict[tuple[str, ...], str] = {}
    for entry in lexicon("offices")["office"]:
        for office in entry["words"]:
            found.setdefault(tuple(office.replace("-", " - ").replace("'", " '").replace(".", "").split()), entry["of"])
    return found


@cache
def address() -> dict[str, str]:
    """The forms of address without dots -> the gender that they tell, or `any`."""
    return {word: gender for gender in ("any", "he", "she") for word in lexicon("offices")["address"][gender]}


@cache
def after_names() -> frozenset[str]:
    """What follows a name and belongs to it: MP, PhD."""
    return frozenset(lexicon("offices")["address"]["after"])


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Given names -> the short forms in use."""
    return {name: frozenset(short) for name, short in lexicon("offices")["nicknames"]["names"].items()}


@cache
def unlike() -> dict[str, frozenset[str]]:
    """Offices -> the states that have none such; ISO 3166 alpha-2."""
    return {office: frozenset(states) for office, states in lexicon("offices")["unlike"]["states"].items()}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """The first words of offices -> how many words those have, the longest first."""
    found: dict[str, set[int]] = {}
    for office in offices():
        found.setdefault(office[0], set()).add(len(office))
    return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in found.items()}


def office_at(doc: Doc, at: int) -> tuple[int, str] | None:
    """The longest office whose words begin at a token: how many tokens, and for whom it speaks."""
    for length in _lengths().get(_bare(doc[at].text), ()):
        if at + length <= len(doc):
            of = offices().get(tuple(_bare(doc[i].text) for i in range(at, at + length)))
            if of is not None:
                return length, of
    return None


@dataclass(frozen=True, slots=True)
class Title:
    """What stands before a name: from which token, its offices, the gender of its form of address, and for whom it speaks."""

    start: int
    office: str | None
    gender: str | None
    of: str | None


def title_before(doc: Doc, start: int) -> Title:
    """The offices and forms of address right before a name; `start` of the answer is the name's own where there are none."""
    gender: str | None = None
    first = start
    while first > 0 and not doc[first].is_sent_start and _is_address(doc, first - 1):
        first -= 1
        told = address()[_bare(doc[first].text)]
        gender = gender or (told if told != "any" else None)
    if 1 < first < start and doc[first - 1].lower_ == "the" and doc[first - 2].is_upper:
        first -= 1  # MINISTER FOR TRADE The Hon Kari Holm
    low = first
    while (
        low > 0
        and first - low < REACH
        and (low == first < start or not doc[low].is_sent_start)
        and _may_stand_in_title(doc[low - 1])
    ):
        low -= 1
    at = low
    while at < first:
        office = office_at(doc, at)
        if office is not None and _goes_on(doc, at, at + office[0], first):
            begin = at
            while begin > low and _qualifies(doc[begin - 1]) and not doc[begin].is_sent_start:
                begin -= 1
            told = doc[begin:first].text.rstrip(" ,")
            return Title(begin, told, gender or _gender(told), office[1])
        at += office[0] if office is not None else 1
    return Title(first, None, gender, None)


def _gender(title: str) -> str | None:
    """The gender that an office tells: chairwoman."""
    genders = lexicon("offices")["address"]["of_offices"]
    return next((genders[word] for word in title.lower().split() if word in genders), None)


def _may_stand_in_title(token: Token) -> bool:
    return (
        is_capitalised(token)
        or token.lower_ in LINKS
        or token.lower_ in ACTING
        or token.text == ","
        or (token.lower_,) in offices()
        or token.lower_ == "executive"
    )


def _qualifies(token: Token) -> bool:
    """Whether a word before an office tells which one: acting, Environment; not whose it is."""
    if token.lower_ in ACTING:
        return True
    return is_capitalised(token) and not token.ent_type_ and token.pos_ in ("PROPN", "NOUN", "ADJ") and not token.is_stop


def _goes_on(doc: Doc, begin: int, at: int, end: int) -> bool:
    """Whether from an office on there is only its subject and further offices up to the name: Minister for Trade and Industry."""
    if at >= end:
        return True
    if doc[end - 1].text == ",":
        if at == end - 1 and begin > 0 and doc[begin - 1].text == ",":  # Anna Berg, CEO, Kari Holm
            return False
        end -= 1
    if at >= end:
        return True
    if doc[end - 1].lower_ in LINKS:
        return False
    if doc[at].lower_ not in ("of", "for", "to", "and", "on", "in", "&", "-", "at", ","):
        return office_at(doc, at) is not None
    return all(
        is_capitalised(doc[i]) or doc[i].lower_ in LINKS or doc[i].text == "," or office_at(doc, i) is not None
        for i in range(at, end)
    )


def _is_address(doc: Doc, at: int) -> bool:
    token = doc[at]
    bare = _bare(token.text)
    if bare not in address() or not token.text[0].isupper() or bare == "the":
        return False
    if (
        bare in ("general", "marshal", "justice")
        and at > 0
        and any(office_at(doc, i) == (at - i + 1, of) for i in range(max(0, at - 2), at) for of in ("state", "organisation"))
    ):
        return False
    return not (bare in ("he", "his", "her", "right", "air", "royal") and not _in_style(doc, at))


def _in_style(doc: Doc, at: int) -> bool:
    """Whether a common word is part of a form of address: His Excellency, Right Honourable, H.E."""
    after = _bare(doc[at + 1].text) if at + 1 < len(doc) else ""
    return "." in doc[at].text or after in (
        "excellency",
        "majesty",
        "highness",
        "honourable",
        "honorable",
        "hon",
        "royal",
        "marshal",
        "chief",
        "commodore",
    )


def _bare(text: str) -> str:
    return text.replace(".", "").lower()
