"""Persons: the model's, mended, and those that a title or a form of address announces."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from communique.annotate.names import POSSESSIVE, Name, is_capitalised
from communique.annotate.offices import ACTING, Title, address, after_names, office_at, title_before
from communique.normalise.kinds import heads
from communique.normalise.states import demonyms, state_names
from communique_models import Kind

PARTICLES = frozenset(
    {
        "de",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "bint",
        "binti",
        "al",
        "el",
        "da",
        "dos",
        "di",
        "ben",
        "ibn",
        "ul",
        "s",
        "/",
        "-",
        "la",
        "le",
        "du",
        "af",
    }
)
LONGEST = 6  # words of a person's name


def persons(doc: Doc, headline: list[bool], admitted: list[bool]) -> Iterator[Name]:
    """The persons in a text, with the offices that stand before their names."""
    done = -1
    for start, end in sorted(set(_spans(doc, admitted))):
        if start < done:
            continue
        name = _named(doc, start, end, headline)
        if name is not None:
            done = name.end
            yield name


def _spans(doc: Doc, admitted: list[bool]) -> Iterator[tuple[int, int]]:
    for ent in doc.ents:
        if ent.label_ == "PERSON" and admitted[ent.start]:
            yield from _of_entity(ent)
    for token in doc:
        if admitted[token.i] and token.ent_type_ != "PERSON" and is_capitalised(token) and token.i > 0:
            before = doc[token.i - 1]
            if before.is_space or before.text == "," or not (before.text[0].isalpha()):
                continue
            if _announces(doc, token.i - 1) and _could_be_name(doc, token.i):
                end = token.i + 1
                while end < len(doc) and end - token.i < LONGEST and not doc[end].is_sent_start and _goes_on(doc, end):
                    end += 1
                while end > token.i + 1 and doc[end - 1].lower_ in PARTICLES:
                    end -= 1
                yield token.i, end


def _of_entity(ent: Span) -> Iterator[tuple[int, int]]:
    """The tokens of a model's person without titles, possessives and line breaks, and with the rest of a split name."""
    doc, start, end = ent.doc, ent.start, ent.end
    for i in range(start, end):
        if doc[i].is_space and "\n" in doc[i].text:
            end = i
            break
        if doc[i].text in ("(", "[", "http", "|", "@", "<", ":", ";"):
            end = i
            break
    for i in range(end - 2, start, -1):  # Narvik Mayor Kari Holm: the name begins after the office
        office = office_at(doc, i)
        if office is not None and i + office[0] < end:
            start = i + office[0]
            break
    while start < end and (not is_capitalised(doc[start]) or _is_title_word(doc, start)):
        start += 1
    while end > start and (not doc[end - 1].text[0].isalnum() or doc[end - 1].text in POSSESSIVE):
        end -= 1
    while (
        end > start
        and end < len(doc)
        and end - start < LONGEST
        and not doc[end].is_sent_start
        and _goes_on(doc, end)
        and doc[end].ent_type_ in ("", "PERSON", "NORP")
    ):
        end += 1
    if end > start:
        yield start, end


def _is_title_word(doc: Doc, at: int) -> bool:
    token = doc[at]
    bare = token.text.replace(".", "").lower()
    return (
        bare in address()
        and bare not in ("king", "prince", "general", "air", "marshal", "lane", "sister", "father", "judge", "justice")
    ) or (office_at(doc, at) is not None and at + 1 < len(doc) and is_capitalised(doc[at + 1]))


def _announces(doc: Doc, at: int) -> bool:
    """Whether a word is a form of address or an office, so that a name may follow."""
    bare = doc[at].text.replace(".", "").lower()
    if (
        bare in address()
        and doc[at].text[0].isupper()
        and bare not in ("the", "he", "his", "her", "air", "right", "royal", "general", "father", "sister")
    ):
        return True
    return doc[at].text[0].isupper() and any(
        office_at(doc, i) == (at - i + 1, of) for i in range(max(0, at - 3), at + 1) for of in ("state", "region", "none")
    )


def _could_be_name(doc: Doc, at: int) -> bool:
    token = doc[at]
    if (
        token.text in heads()
        or token.is_stop
        or token.lower_ in ("and", "of", "for")
        or office_at(doc, at) is not None
        or token.lower_ in ACTING
    ):
        return False
    if (
        token.text in demonyms()
        or token.text in state_names()
        or token.ent_type_ in ("DATE", "GPE", "NORP", "MONEY", "CARDINAL", "ORG", "TIME")
    ):
        return False
    return (
        (token.pos_ in ("PROPN", "NOUN", "ADJ", "X")
        and token.text.replace(".", "").lower() not in address()
        and token.text[-1].isalpha())
        or token.text[-1] == "."
    )


def _goes_on(doc: Doc, at: int) -> bool:
    token = doc[at]
    if token.is_space or token.text in ("&",):
        return False
    if token.lower_ in PARTICLES:
        return (
            at + 1 < len(doc)
            and is_capitalised(doc[at + 1])
            and (token.text != "-" or not token.whitespace_)
            and (token.text != "/" or doc[at - 1].lower_ == "s")
        )
    if not is_capitalised(token) or token.text in heads() or token.text in demonyms() or office_at(doc, at) is not None:
        return False
    return (
        token.pos_ in ("PROPN", "X", "NOUN", "ADJ")
        and token.ent_type_ not in ("DATE", "GPE", "CARDINAL", "MONEY", "TIME")
        and token.text.replace(".", "").lower() not in after_names()
    )


def _named(doc: Doc, start: int, end: int, headline: list[bool]) -> Name | None:
    title: Title = title_before(doc, start)
    text = doc[start:end].text
    while (
        end < len(doc)
        and doc[end].text.replace(".", "").lower() in after_names()
        and doc[end].text[0].isupper()
        and not doc[end].is_sent_start
    ):
        end += 1
    if not any(c.isalpha() for c in text) or "\n" in text or len(text) < 2 or text.isdigit():
        return None
    announced = title.start < start
    if headline[start] and not announced and end - start < 2:
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
