"""States named by their governments and people: the Norwegian Government, the Government of Japan, the Solberg Government."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Doc, Token

from communique.annotate.party_names.names import POSSESSIVE, Name
from communique.lexicons import lexicon
from communique.normalise.kinds import heads
from communique.normalise.states import demonyms, regions, state_names
from communique_models import Kind

FILLERS = frozenset(
    {"federal", "national", "new", "central", "royal", "commonwealth", "military", "current", "previous", "former", "coalition"}
)
WHOSE = frozenset(
    {
        "of",
        "the",
        "democratic",
        "socialist",
        "republic",
        "people",
        "federal",
        "islamic",
        "kingdom",
        "commonwealth",
        "state",
        "’s",
        "'s",
    }
)
NO_LEADERS = frozenset(
    {
        "Federal",
        "State",
        "Local",
        "Territory",
        "Central",
        "National",
        "Commonwealth",
        "Our",
        "The",
        "This",
        "That",
        "Each",
        "Every",
        "All",
        "Coalition",
        "Labor",
        "Labour",
        "Liberal",
        "Conservative",
        "Provincial",
        "Regional",
        "Municipal",
        "City",
        "County",
        "Unity",
        "Interim",
        "Transitional",
        "New",
        "Current",
        "Previous",
        "Open",
        "Good",
        "Self",
        "Big",
        "Military",
        "Provisional",
        "Caretaker",
        "Whole",
    }
)


@cache
def government_words() -> frozenset[str]:
    """What turns a state's name or demonym into the state itself."""
    return frozenset(lexicon("parties")["government"]["words"])


@cache
def _leaders() -> frozenset[str]:
    return frozenset(lexicon("parties")["government"]["presidents"])


@cache
def _of_parties() -> frozenset[str]:
    return frozenset(lexicon("parties")["government"]["of_parties"])


def governments(doc: Doc, states: Iterable[Name], admitted: list[bool]) -> Iterator[Name]:
    """The names of states and regions, widened by the word for their government; and governments by their leader's name."""
    covered: set[int] = set()
    surnames = {ent[-1].text for ent in doc.ents if ent.label_ == "PERSON"}
    for state in states:
        widened = _widened(doc, state)
        covered.update(range(widened.start, widened.end))
        yield widened
    for token in doc:
        if (
            token.i == 0
            or not admitted[token.i]
            or token.text
            not in ("Government", "Administration", "government", "administration", "Governments", "Administrations")
        ):
            continue
        start, leader = _leader_before(token)
        if leader.i in covered or not (_leads(leader) or leader.text in _of_parties()) or _names_else(token):
            continue
        if (
            token.lower_.startswith("admin")
            and leader.text not in _leaders()
            and leader.ent_type_ != "PERSON"
            and leader.text not in surnames
        ):
            continue
        yield Name(start, token.i + 1, doc[start : token.i + 1].text, Kind.COUNTRY, "leader", leader=leader.text, sure=True)


def _leader_before(token: Token) -> tuple[int, Token]:
    """Where the words for a government begin, and its leader: the Holm Labor Government, the Holm-Dahl Administration."""
    doc = token.doc
    leader = doc[token.i - 1]
    before = doc[leader.i - 1] if leader.i else None
    if before is not None and leader.text in _of_parties() and _leads(before) and before.pos_ == "PROPN":
        return before.i, before
    if (
        before is not None
        and before.text in ("-", "–", "/")
        and not before.whitespace_
        and before.i
        and _leads(doc[before.i - 1])
    ):
        return before.i - 1, doc[before.i - 1]
    return leader.i, leader


def _names_else(token: Token) -> bool:
    """Whether the word goes on to name an office or a house: Government Agent."""
    following = token.doc[token.i + 1].text if token.i + 1 < len(token.doc) else ""
    return following in lexicon("parties")["government"]["goes_on"]


def _leads(leader: Token) -> bool:
    text = leader.text
    if not text[0].isupper() or not text.isalpha() or text in NO_LEADERS or text in heads() or leader.is_stop or len(text) < 3:
        return False
    if text in demonyms() or text in state_names() or text in regions() or text.isupper():
        return False
    return leader.pos_ in ("PROPN", "NOUN", "ADJ") and not (leader.is_sent_start and leader.pos_ != "PROPN")


def _widened(doc: Doc, name: Name) -> Name:
    start, end = name.start, name.end
    after = end
    if after < len(doc) and doc[after].text in POSSESSIVE:
        after += 1
    if after < len(doc) and doc[after].lower_ in FILLERS:
        after += 1
    if after < len(doc) and doc[after].lower_ in government_words() and not doc[end].is_sent_start:
        if doc[after].lower_ != "state" or name.rule == "demonym":
            end = after + 1
    elif name.rule in ("state", "region"):
        i = start - 1
        while i >= 0 and start - i <= 8 and doc[i].lower_ in WHOSE and not doc[i + 1].is_sent_start:
            i -= 1
        if (
            i >= 0
            and i < start - 1
            and doc[i + 1].lower_ == "of"
            and (doc[i].lower_ in government_words() or doc[i].lower_ == "republic")
        ):
            start = i
        elif i + 1 < start and doc[i + 1 : start].text.lower().startswith(
            (
                "republic of",
                "kingdom of",
                "commonwealth of",
                "state of",
                "democratic socialist republic of",
                "people's republic of",
                "people’s republic of",
            )
        ):
            start = i + 1
    if (start, end) == (name.start, name.end):
        return name
    rule = "government"
    return Name(start, end, doc[start:end].text, name.kind, rule, key=name.key, sure=True)
