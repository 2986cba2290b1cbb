"""Persons: the model's, mended, and those whom a title, an office after the name or an attribution announces."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from communique.annotate.party_names.names import POSSESSIVE, Name, is_capitalised
from communique.annotate.party_names.offices import ACTING, address, after_names, office_at, title_before
from communique.link.quotations.speakers import speech_verbs
from communique.normalise.kinds import LABEL, heads
from communique.normalise.states import demonyms, state_names
from communique_models import Kind

PARTICLES = frozenset(
    {"de", "van", "von", "der", "den", "bin", "bint", "binti", "al", "el", "da", "dos", "di", "ben", "ibn", "ul"}
)
PARTICLES |= {"s", "/", "-", "la", "le", "du", "af"}
LONGEST = 6  # words of a person's name
MARKS = frozenset({"(", "[", "http", "|", "@", "<", ":", ";"})
NO_NAME = frozenset({"DATE", "GPE", "NORP", "MONEY", "CARDINAL", "TIME"})
SURNAMES = frozenset(
    {"Park", "Hall", "Day", "Lane", "Field", "Bridge", "Lake", "Street", "Story", "Grant", "Rule", "Week", "Guide", "Bonds"}
)
"""Words that label places and things, and are surnames too."""
NO_SURNAMES = frozenset(
    {
        "Affairs",
        "Relations",
        "Resources",
        "Operations",
        "Officer",
        "Counsel",
        "Tempore",
        "Assistant",
        "Fund",
        "Funds",
        "Act",
        "Bill",
        "Program",
        "Programme",
        "Plan",
        "Update",
        "Agreement",
        "Project",
        "Strategy",
    }
)
ALSO_NAMES = frozenset({"king", "prince", "general", "air", "marshal", "lane", "sister", "father", "judge", "justice"})
NO_TITLE = frozenset({"the", "he", "his", "her", "air", "right", "royal", "general", "father", "sister"})


def persons(doc: Doc, headline: list[bool], admitted: list[bool]) -> Iterator[Name]:
    """The persons in a text, with the offices that stand before their names."""
    done = -1
    for start, end in sorted(set(_spans(doc, headline, admitted)), key=lambda span: (span[0], -span[1])):
        if start < done:
            continue
        name = _named(doc, start, end, headline)
        if name is not None:
            done = name.end
            yield name


def _spans(doc: Doc, headline: list[bool], admitted: list[bool]) -> Iterator[tuple[int, int]]:
    for ent in doc.ents:
        if ent.label_ == "PERSON" and admitted[ent.start]:
            yield from _of_entity(ent)
    for token in doc:
        if not admitted[token.i] or token.ent_type_ == "PERSON" or not is_capitalised(token):
            continue
        before = doc[token.i - 1] if token.i else None
        held = before is not None and before.text[0].isupper() and _heads_organisation(doc, token.i - 1)
        if before is not None and before.text[0].isalpha() and _could_be_name(doc, token.i, lenient=held):
            end = _run(doc, token.i)
            if _announces(doc, token.i - 1) or (
                end - token.i > 1 and (_heads_organisation(doc, token.i - 1) or before.lower_ == "said")
            ):
                yield token.i, end
                continue
        if not headline[token.i] and (
            before is None or token.is_sent_start or before.text in ("“", '"', ",", "and", "by", "with", "to", "from")
        ):
            end = _run(doc, token.i)
            if end - token.i == 1 and end + 1 < len(doc) and doc[end].text in heads() and doc[end + 1].text == ",":  # Kari Day
                end += 1
            if end - token.i in (2, 3) and _described(doc, end) and _could_be_name(doc, token.i, lenient=_aged(doc, end)):
                yield token.i, end


def _run(doc: Doc, start: int) -> int:
    """Where a name that begins at a token ends."""
    end = start + 1
    while end < len(doc) and end - start < LONGEST and not doc[end].is_sent_start and _goes_on(doc, end):
        end += 1
    while end > start + 1 and doc[end - 1].lower_ in PARTICLES:
        end -= 1
    return end


def _described(doc: Doc, end: int) -> bool:
    """Whether an office or an age follows a name: `Kari Holm, head of research`, `Ola Dahl, 34,`."""
    if end + 2 >= len(doc) or doc[end].text != ",":
        return False
    if _aged(doc, end):
        return True
    for i in range(end + 1, min(end + 7, len(doc))):
        if doc[i].text in (",", ".", ";") or doc[i].is_sent_start:
            return False
        if office_at(doc, i):
            return True
    return False


def _aged(doc: Doc, end: int) -> bool:
    """Whether an age follows a name: `Ola Dahl, 34,`."""
    return end + 2 < len(doc) and doc[end].text == doc[end + 2].text == "," and doc[end + 1].is_digit and len(doc[end + 1]) == 2


def _of_entity(ent: Span) -> Iterator[tuple[int, int]]:
    """The tokens of a model's person without titles, possessives and line breaks, and with the rest of a split name."""
    doc, start, end = ent.doc, ent.start, ent.end
    for i in range(start, end):
        if (doc[i].is_space and "\n" in doc[i].text) or doc[i].text in MARKS:
            end = i
            break
    for i in range(end - 2, start, -1):  # Narvik Mayor Kari Holm: the name begins after the office
        office = office_at(doc, i)
        if office is not None and i + office[0] < end:
            start = i + office[0]
            break
    for before in (1, 2):  # Secretary of | State Kari Holm
        office = office_at(doc, start - before) if start >= before else None
        if office is not None and start < start - before + office[0] < end:
            start += office[0] - before
            break
    while start < end - 1 and _precedes(doc, start):
        start += 1
    while start < end and (not is_capitalised(doc[start]) or _is_title_word(doc, start)):
        start += 1
    while end > start and (not doc[end - 1].text[0].isalnum() or doc[end - 1].text in POSSESSIVE):
        end -= 1
    while (
        end > start + 1
        and _bare(doc[end - 1]) in after_names() | {"ven", "dr", "mr", "hon", "prof"}
        and doc[end - 1].text[0].isupper()
    ):
        end -= 1
    while end > start and end < len(doc) and end - start < LONGEST and not doc[end].is_sent_start and _goes_on(doc, end):
        if doc[end].ent_type_ not in ("", "PERSON", "NORP"):
            break
        end += 1
    if end == start + 1 and start > 3 and doc[start - 4 : start - 2].text == "Member for" and is_capitalised(doc[start - 1]):
        start -= 1  # Member for Narvik Kari | Holm
    if end > start:
        yield start, end


def _precedes(doc: Doc, at: int) -> bool:
    """Whether a word before a name was taken into it: said, or the end of a ministry's subject."""
    subject = doc[at].text in heads() and at > 0 and doc[at - 1].lower_ in ("for", "of", "and")
    return doc[at].lower_ in speech_verbs() or subject


def _bare(token: Token) -> str:
    return token.text.replace(".", "").lower()


def _is_title_word(doc: Doc, at: int) -> bool:
    bare = _bare(doc[at])
    if bare in address() and bare not in ALSO_NAMES:
        return True
    return office_at(doc, at) is not None and at + 1 < len(doc) and is_capitalised(doc[at + 1])


def _announces(doc: Doc, at: int) -> bool:
    """Whether a word is a form of address or ends an office of state, so that a name may follow."""
    bare = _bare(doc[at])
    if not doc[at].text[0].isupper():
        return False
    if bare in address() and bare not in NO_TITLE:
        return True
    return _ends_office(doc, at, ("state", "region", "none"))


def _heads_organisation(doc: Doc, at: int) -> bool:
    """Whether a word ends an office of an organisation: Special Agent in Charge."""
    return doc[at].text[0].isupper() and _ends_office(doc, at, ("organisation",))


def _ends_office(doc: Doc, at: int, kinds: tuple[str, ...]) -> bool:
    return any(office_at(doc, i) == (at - i + 1, of) for i in range(max(0, at - 3), at + 1) for of in kinds)


def _could_be_name(doc: Doc, at: int, *, lenient: bool = False) -> bool:
    token = doc[at]
    if token.text in heads() or token.is_stop or office_at(doc, at) is not None or token.lower_ in ACTING:
        return False
    if (
        token.text in demonyms()
        or token.text in state_names()
        or token.ent_type_ in NO_NAME
        or (token.ent_type_ == "ORG" and not lenient)
    ):
        return False
    return (
        token.pos_ in ("PROPN", "NOUN", "ADJ", "X")
        and _bare(token) not in address()
        and (token.text[-1].isalpha() or token.text[-1] == ".")
    )


def _goes_on(doc: Doc, at: int) -> bool:
    token = doc[at]
    if token.is_space or token.text == "&":
        return False
    if token.lower_ in PARTICLES:
        if at + 1 >= len(doc) or not is_capitalised(doc[at + 1]):
            return False
        return (token.text != "-" or not token.whitespace_) and (token.text != "/" or doc[at - 1].lower_ == "s")
    if not is_capitalised(token) or token.text in heads() or token.text in demonyms() or office_at(doc, at) is not None:
        return False
    return (
        token.pos_ in ("PROPN", "X", "NOUN", "ADJ")
        and token.ent_type_ not in NO_NAME - {"NORP"}
        and _bare(token) not in after_names()
    )


def _named(doc: Doc, start: int, end: int, headline: list[bool]) -> Name | None:
    title = title_before(doc, start)
    text = doc[start:end].text
    junior = end + 1 if end < len(doc) and doc[end].text == "," else end
    if junior < len(doc) and _bare(doc[junior]) in ("jr", "sr") and doc[junior].text[0].isupper():  # Joseph Holm, Jr.
        end = junior + 1
        text = doc[start:end].text
    while end < len(doc) and _bare(doc[end]) in after_names() and doc[end].text[0].isupper() and not doc[end].is_sent_start:
        end += 1
    if doc[start].lower_.strip(".") in after_names() or " v. " in text:
        return None
    listed = "," in text and text.split()[-1].strip(".,").lower() not in after_names()
    if listed or any(c.isdigit() or c in "®™©" for c in text):
        return None
    if sum(c.isalpha() for c in text) < 2 or "\n" in text or not any(len(word.strip(".")) > 1 for word in text.split()):
        return None
    announced = title.start < start
    last = text.split()[-1]
    if last in NO_SURNAMES or (heads().get(last) == LABEL and last not in SURNAMES and title.gender is None):
        return None
    if not announced and (headline[start] and end - start < 2):
        return None
    return Name(
        title.start,
        end,
        text,
        Kind.PERSON,
        "title" if announced else "person",
        title=title.office,
        gender=title.gender,
        sure=announced,
    )
