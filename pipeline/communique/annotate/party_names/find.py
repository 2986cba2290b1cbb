"""All names of parties in a text: from lists, shapes, titles and the model, one where several overlap."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Doc, Span, Token

from communique.analysis import Analysis, PartyFact
from communique.annotate.party_names.chunks import OWNED, chunks, organisations, trimmed
from communique.annotate.party_names.described import described, headed
from communique.annotate.party_names.gazetteer import bodies, listed, of_the_user
from communique.annotate.party_names.governments import government_words, governments
from communique.annotate.party_names.names import Name, blocks_at, is_capitalised
from communique.annotate.party_names.offices import office_at
from communique.annotate.party_names.persons import persons
from communique.annotate.party_names.rosters import enumerations, listed_in_items
from communique.known_parties import KnownParties
from communique.lexicons import lexicon
from communique.link.parties.acting import decides_there, gives, is_of_a_case, is_place, takes_part, transacts
from communique.normalise.kinds import LABEL, heads, kind_of, strong_heads
from communique.normalise.names import fold, is_acronym, is_legal_form
from communique.normalise.states import demonyms, regions, state_names
from communique_models import Kind

TICKER = re.compile(r"\(\s*[A-Za-z.&\s-]{2,30}:\s*[A-Z0-9.\s,;:–-]{1,40}\)")
SEAT = re.compile(  # of a member of Congress: (D-WI), (WI-02), (D-Mass.)
    r"\((?:(?:[DRI]-)?[A-Z]{2}(?:-\d{1,2})?(?:[-,] ?(?:[DRI]|\d{1,2}))?|[DRI][-–][A-Z][A-Za-z. ]{1,14})\)"
)
DATELINE = 5  # letters of a town in capitals that opens a sentence before a comma or dash; shorter ones may be acronyms
DASHES = frozenset({",", "-", "–", "—", "--"})
NO_PART = "takes no part"
ONE_OF_MANY = "one of many"
NEVER = frozenset(
    {
        "a label: what follows tells that it is a thing",
        "a common word",
        "a common abbreviation or word",
        "a common noun",
        "no name",
        "an office",
        "a contact",
        "a case",
    }
)
"""Why a name is none even where a stronger one has the same words."""
RANK = {
    "known": 0,
    "title": 1,
    "government": 2,
    "leader": 2,
    "described": 3,
    "group": 5,
    "body": 3,
    "shape": 3,
    "label": 4,
    "state": 5,
    "region": 5,
    "person": 6,
    "demonym": 7,
    "model": 8,
}


def find(doc: Doc, analysis: Analysis, known: KnownParties | None, headline: list[bool]) -> list[Name]:
    """The names in the admitted blocks of a text, in reading order."""
    blocks = analysis.layout.blocks
    admitted = [block < 0 or blocks[block].admitted for block in blocks_at(doc, analysis)]
    text = analysis.text
    for match in [*TICKER.finditer(text), *SEAT.finditer(text)]:
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is not None:
            admitted[span.start : span.end] = [False] * len(span)
    found: list[Name] = list(of_the_user(doc, admitted, known)) if known else []
    in_lists = list(listed(doc, admitted))
    found += [name for name in in_lists if name.rule in ("body", "group")]
    found += governments(doc, (name for name in in_lists if name.rule not in ("body", "group")), admitted)
    runs = list(chunks(doc, headline, admitted))
    found += organisations(doc, runs)
    people = list(persons(doc, headline, admitted))
    found += people
    found += described(doc, runs)
    found += headed(doc, headline, admitted)
    found += _of_model(doc, headline, admitted)
    found += listed_in_items(doc, analysis, admitted)
    chosen = _without_overlap(doc, found)
    starts = {name.start for name in chosen if name.kind is Kind.PERSON and name.title}
    defined = _defined_otherwise(doc, chosen)
    told = {name.key.removeprefix("state:") for name in chosen if name.key and name.key.startswith("state:")}
    people_told = {tuple(name.text.split()[-2:]) for name in people if " " in name.text}
    for name in chosen:
        if name.rule == "model" and len(name.text.split()) > 2 and tuple(name.text.split()[-2:]) in people_told:
            name.weak = "no name"  # Member for Narvik Kari Holm
            continue
        if name.rule == "model" and name.text in defined:
            name.rule, name.weak = "label", "an abbreviation of what is no party"
            continue
        name.weak = _weakness(doc, name, starts, headline[name.start]) or _foreign(name, analysis.context.country, told)
    for run in enumerations(doc, chosen):  # who stands among bodies is one
        for name in run:
            if name.weak == NO_PART and any(not other.weak for other in run):
                name.weak = ""
    return [name for name in chosen if _kept(doc, analysis, name)]


def _of_model(doc: Doc, headline: list[bool], admitted: list[bool]) -> Iterator[Name]:
    """The organisations that the model sees, mended: no articles, possessives, brackets or line breaks."""
    labels: dict[str, Counter[str]] = {}
    for ent in doc.ents:
        labels.setdefault(fold(ent.text), Counter())[ent.label_] += 1
    for ent in doc.ents:
        if not admitted[ent.start] or headline[ent.start]:
            continue
        told = labels[fold(ent.text)]
        if 2 * told["ORG"] < told["GPE"] or told["ORG"] < told["PERSON"]:
            continue
        if ent.label_ != "ORG" and not (told["ORG"] and ent.label_ in ("GPE", "PERSON", "PRODUCT", "FAC", "NORP", "LOC")):
            continue
        start, end = ent.start, ent.end
        for i in range(start, end):
            if "\n" in doc[i].text or doc[i].text in ("(", "[", "|", ":", ";", "@") or "http" in doc[i].text:
                end = i
                break
        start, end = trimmed(doc, start, end)
        if end <= start:
            continue
        text = doc[start:end].text
        if (
            not any(c.isupper() for c in text)
            or not is_capitalised(doc[start])
            or len(text) < 2
            or doc[end - 1].lower_ in government_words()
        ):
            continue
        if text in state_names() or text in regions() or text in demonyms():
            continue
        kind = kind_of(text)
        if kind == LABEL:
            yield Name(start, end, text, None, "label")
        else:
            yield Name(start, end, text, kind if isinstance(kind, Kind) else None, "model", sure=kind is not None)


def _without_overlap(doc: Doc, found: Iterable[Name]) -> list[Name]:
    """Of names that overlap, the one of the better source, the longer of equal ones; in reading order."""
    taken = [False] * len(doc)
    chosen = []
    for name in sorted(found, key=lambda n: (_rank(doc, n), n.start - n.end, n.start)):
        if not any(taken[name.start : name.end]):
            taken[name.start : name.end] = [True] * (name.end - name.start)
            chosen.append(name)
    return sorted(chosen, key=lambda n: n.start)


def _rank(doc: Doc, name: Name) -> tuple[int, int]:
    """Lists and titles come first; a shape, label or body of several words comes before what it spans: a state, a person."""
    if name.end - name.start > 1:
        if name.rule in ("shape", "label", "body", "described"):
            return (3, 0)
        if name.rule == "model" and all(is_capitalised(token) for token in doc[name.start : name.end]):
            return (4, 0)
    return (RANK[name.rule], 0)


def _foreign(name: Name, country: str | None, told: set[str]) -> str:
    """Why an acronym or a common word is not another state's body: not the issuer's, and the text tells not of it."""
    if name.rule != "body" or name.key is None:
        return ""
    of = bodies()[name.key].of
    if bodies()[name.key].local:
        return "" if of == country or of in told else "a common word"
    if not is_acronym(name.text):
        return ""
    return "" if of is None or of == country or of in told or country is None else "the acronym of a body elsewhere"


def _defined_otherwise(doc: Doc, names: list[Name]) -> set[str]:
    """The abbreviations in brackets that stand after other words than a name: a very low frequency (VLF) survey."""
    ends = {name.end for name in names if name.rule != "label"}
    found = set()
    for token in doc[1:-1]:
        if token.text != "(" or token.i in ends:
            continue
        first = token.i + 1
        if doc[first].text in ("“", '"', "‘") and first + 1 < len(doc):
            first += 1
        after = first
        while after < len(doc) and after - first < 4 and is_capitalised(doc[after]):
            after += 1
        if after > first and after < len(doc) and doc[after].text in (")", "”", '"', "’") and doc[token.i - 1].is_alpha:
            found.add(doc[first:after].text)
    return found


def _kept(doc: Doc, analysis: Analysis, name: Name) -> bool:
    """Whether a name goes on, a weak one too where a stronger name of its party may bear it; what is dropped is traced."""
    if not name.weak or (name.rule in ("model", "shape", "body", "person") and name.weak not in NEVER):
        return True
    span = doc[name.start : name.end]
    analysis.dropped("parties", (span.start_char, span.end_char), name.rule, name.weak)
    if name.rule == "state" and name.key is not None:
        place = PartyFact(" ".join(span.text.split()), Kind.COUNTRY, [(span.start_char, span.end_char)], rule="place")
        place.country = name.key.removeprefix("state:")
        analysis.places.update(dict.fromkeys(range(name.start, name.end), place))
    return False


def _weakness(doc: Doc, name: Name, titles: set[int], headline: bool) -> str:
    """Why a name alone does not make a party of its bearer; empty if it does."""
    span = doc[name.start : name.end]
    if name.rule in ("state", "model", "person") and is_of_a_case(span):
        return "a case"
    if name.rule == "label":
        return _weakness_of_label(doc, name)
    if name.rule in ("state", "region", "demonym") and name.start and not doc[name.start].is_sent_start and not headline:
        before = doc[name.start - 1]
        if (
            before.pos_ == "PROPN"
            and is_capitalised(before)
            and before.whitespace_
            and before.ent_type_ == doc[name.start].ent_type_ == "ORG"
        ):
            return "part of a longer name"
    if name.rule in ("state", "region", "demonym") and (
        name.end in titles or (doc[name.end - 1 : name.end + 1].text.endswith(("'s", "’s")) and name.end + 1 in titles)
    ):
        return ""
    if name.rule in ("state", "region"):
        if headline and (name.rule == "region" or is_place(span) or not takes_part(span)):
            return "in a headline"
        if is_place(span):
            return "a place here"
        if name.rule == "region" and name.start and doc[name.start - 1].text == ",":
            return "a place here"
        return "" if takes_part(span) else NO_PART
    if name.rule == "demonym":
        following = doc[name.end] if name.end < len(doc) else None
        return "" if following is not None and gives(following) and not headline else "only describes"
    if name.rule in ("model", "shape"):
        return _doubt(doc, name)
    if name.rule == "group":
        return "" if takes_part(span) and not headline else NO_PART
    if name.rule == "body":
        if len(name.text.split()) > 2 and name.kind is not Kind.GROUP:
            return ""
        if decides_there(span):
            return ""
        return "" if takes_part(span) or (span.root.dep_ in ("compound", "nmod", "amod") and gives(span.root.head)) else NO_PART
    if name.rule == "person":
        if any(token.like_email or "@" in token.text or (_is_figure(token) and len(token) > 2) for token in _beside(doc, name)):
            return "a contact"
        if doc[max(0, name.start - 3) : name.start].text.lower().endswith(("photo by", "image by", "photo:", "photograph by")):
            return "a contact"
        beside = doc[name.end].text if name.end < len(doc) else ""
        return "" if takes_part(span) or beside in (",", "(") else NO_PART
    return ""


def _is_figure(token: Token) -> bool:
    """Whether a word is a number in digits, as of a telephone: not `second`."""
    return token.like_num and token.text[0] in "+0123456789"


def _beside(doc: Doc, name: Name) -> Span:
    """The words right after a name; of a number that begins with a plus, all of it."""
    dialled = any(token.text.startswith("+") for token in doc[name.end : name.end + 3])
    return doc[name.end : name.end + (8 if dialled else 3)]


def _weakness_of_label(doc: Doc, name: Name) -> str:
    """A fund or forum acts where somebody holds an office of it, or where it speaks; then it is an organisation."""
    last = name.text.split()[-1]
    inner = [word for word in name.text.split() if word in _acting_labels()]
    if (last in _acting_labels() or (inner and kind_of(name.text) == LABEL)) and name.start > 1:
        before = doc[name.start - 1]
        place = name.start - 2 if before.lower_ == "the" else name.start - 1
        held = doc[place].lower_ in ("of", "at") and any(
            office_at(doc, i) == (place - i, told) for i in range(max(0, place - 4), place) for told in ("organisation", "state")
        )
        root = doc[name.start : name.end].root
        speaks = root.dep_ == "nsubj" and root.head.lower_ in _speaking()
        if (held or speaks) and not _is_subject(doc, name):
            name.kind = Kind.NONPROFIT if last in ("Fund", "Forum", "Partnership", "Challenge", "Campaign", "Movement") else None
            name.rule, name.sure = "shape", True
            return ""
    return "a label: a programme, a law, a place, an occasion"


def _doubt(doc: Doc, name: Name) -> str:
    """Why an organisation that the model or its shape tells is none; empty if it may be one."""
    span = doc[name.start : name.end]
    words = name.text.split()
    if fold(name.text) in _no_parties():
        return "a common abbreviation or word"
    if any(
        child.lower_ in ("a", "an", "any", "each", "every", "new")
        for child in span.root.children
        if child.i < name.end and child.dep_ in ("det", "amod")
    ):
        return ONE_OF_MANY
    if _is_subject(doc, name):
        return "an office"
    if name.kind in (Kind.COMPANY, None) and office_at(doc, name.start) and not is_legal_form(words[-1]):
        return "an office"
    if any(is_legal_form(word.strip(",.")) for word in words[1:]):
        return ""
    if name.rule == "model":
        if len(words) == 1 and (words[0] in heads() or not any(c.isalpha() for c in words[0])):
            return "a common noun"
        following = doc[name.end] if name.end < len(doc) else None
        if (
            following is not None
            and following.pos_ == "PROPN"
            and is_capitalised(following)
            and not following.is_sent_start
            and doc[name.end - 1].whitespace_
            and not is_legal_form(following.text)
            and office_at(doc, name.end) is None
        ):
            return "part of a longer name"
        if (
            any(char in name.text for char in "|@#*_<>/\\•")
            or name.text.lower().endswith((".gov", ".gov.sg", ".gov.au", ".gov.lk", ".gov.uk"))
            or len(name.text) > 120
            or name.text.count(",") > 1
            or re.search(r"\d{3}", name.text)
        ):
            return "no name"
        if any(office_at(doc, i) for i in range(name.start, name.end)) and words[-1] not in strong_heads():
            return "an office"
        if reason := _common(doc, name):
            return reason
        if words[0] in ("Operation", "Project") and len(words) > 1:
            return "no name"
        opening = span[0].is_sent_start and name.text.isupper() and len(name.text) > DATELINE
        if opening and doc[name.end : name.end + 1].text in DASHES:
            return "no name"  # SALT LAKE CITY – May 3
        if len(words) == 1 and not is_acronym(name.text) and span[0].pos_ not in ("PROPN", "NOUN"):
            return "no noun"
    if name.kind is Kind.PUBLIC_BODY and name.sure and len(words) > 2 and name.rule == "shape":
        return ""
    if (name.sure and name.kind in (Kind.PUBLIC_BODY, Kind.NONPROFIT, Kind.INTERGOVERNMENTAL)) or words[-1] in strong_heads():
        return "" if takes_part(span) or any(token.ent_type_ == "ORG" for token in span) else NO_PART
    return "" if transacts(span) else NO_PART


def _is_subject(doc: Doc, name: Name) -> bool:
    """Whether a name is the subject of an office or of a degree: Secretary of Health and Human Services."""
    if name.start < 2 or doc[name.start - 1].lower_ not in ("of", "for", "in") or kind_of(name.text.split()[0] + " of X"):
        return False
    before = doc[name.start - 2].lower_
    return before in ("secretary", "minister", "undersecretary") or before.rstrip("s'’") in (
        "master",
        "bachelor",
        "doctor",
        "degree",
    )


def _common(doc: Doc, name: Name) -> str:
    """Why what only the model takes for an organisation is a thing: these Schemes, the Holm programme, schemes elsewhere."""
    following = doc[name.end] if name.end < len(doc) else None
    if following is not None and following.lower_ in _things() and doc[name.end - 1].whitespace_:
        return "a label: what follows tells that it is a thing"
    if name.end - name.start > 1 or is_acronym(name.text):
        return ""
    word = doc[name.start]
    if word.tag_ in ("NNS", "NNPS") and name.start and doc[name.start - 1].lower_ in OWNED:
        return "a common noun"
    elsewhere = re.search(rf"(?<![\w@./-]){re.escape(word.lower_)}(?![\w@/-]|\.\w)", doc.text)  # but not in an address
    return "a common noun" if elsewhere else ""


@cache
def _things() -> frozenset[str]:
    return frozenset(lexicon("parties")["things"]["words"])


@cache
def _acting_labels() -> frozenset[str]:
    return frozenset(lexicon("parties")["acting_labels"]["words"])


@cache
def _speaking() -> frozenset[str]:
    return frozenset(lexicon("parties")["acting_labels"]["verbs"])


@cache
def _no_parties() -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon("parties")["no_parties"]["words"])
