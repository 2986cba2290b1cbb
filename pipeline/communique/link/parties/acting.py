"""Whether a name in the text acts, gives, receives or is bound, or is only a place, a label or an ornament."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Span, Token

from communique.lexicons import lexicon
from communique.normalise.states import state_names

SUBJECT = frozenset({"nsubj", "nsubjpass", "agent", "poss", "csubj"})
OBJECT = frozenset({"dobj", "dative", "iobj", "obj"})
PARTNERS = frozenset(
    {
        "by",
        "with",
        "from",
        "to",
        "for",
        "of",
        "between",
        "against",
        "on",
        "among",
        "through",
        "including",
        "via",
        "upon",
        "alongside",
        "without",
        "behind",
        "like",
    }
)
DEPTH = 60  # steps up a conjunction or an apposition: members of a long list hang on each other


@cache
def _words(table: str, key: str) -> frozenset[str]:
    return frozenset(lexicon("parties")[table][key])


def anchor(span: Span) -> Token:
    """The word that carries a name's place in the sentence: its root, or that of the name which it is joined to."""
    token = span.root
    for _ in range(DEPTH):
        if token.dep_ in ("conj", "appos") and token.head is not token:
            token = token.head
        else:
            break
    return token


def takes_part(span: Span) -> bool:
    """Whether a name stands as subject, owner, object or partner of an act."""
    token = anchor(span)
    if token.dep_ in SUBJECT or token.dep_ in OBJECT:
        return True
    if token.dep_ == "pobj":
        return token.head.lower_ in PARTNERS
    return token.dep_ in ("attr", "ROOT") and token.pos_ == "PROPN"


def transacts(span: Span) -> bool:
    """Whether a name that nothing else makes a party does more than stand there: a subject, an owner, somebody's partner."""
    token = anchor(span)
    if token.ent_type_ in ("GPE", "LOC", "FAC") and token.i not in range(span.start, span.end):
        return False
    if token.dep_ in SUBJECT or token.dep_ == "dative":
        return True
    if token.dep_ == "dobj":
        return token.head.lemma_ in _words("transacts", "verbs")
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_.lower() in _words("transacts", "nouns"):
        return True
    return token.dep_ == "pobj" and token.head.lower_ in _words("transacts", "prepositions")


def decides_there(span: Span) -> bool:
    """Whether a law is made in the body that a name tells: passed in Parliament."""
    token = anchor(span)
    if token.dep_ != "pobj" or token.head.lower_ not in ("in", "before"):
        return False
    return token.head.head.lemma_.lower() in _words("transacts", "in_a_house")


def is_of_a_case(span: Span) -> bool:
    """Whether a name is a side's in the title of a lawsuit: Norway v. Holm."""
    doc = span.doc
    around = (doc[span.start - 1].lower_ if span.start else "", doc[span.end].lower_ if span.end < len(doc) else "")
    return any(word in ("v.", "vs.") for word in around)


def is_agent(span: Span) -> bool:
    """Whether a name is the doer: subject of a verb, or after `by`."""
    token = anchor(span)
    return token.dep_ == "nsubj" or token.dep_ == "agent" or (token.dep_ == "pobj" and token.head.lower_ == "by")


def is_place(span: Span) -> bool:
    """Whether the name of a state or region is only where something is."""
    doc: Doc = span.doc
    before = doc[span.start - 1] if span.start else None
    if before is not None and before.lower_ == "the" and span.start > 1:
        before = doc[span.start - 2]
    if before is not None and before.lower_ in _words("place", "prepositions"):
        return True
    if before is not None and (before.like_num or before.ent_type_ == "CARDINAL"):  # 500 Denmark Drive
        return True
    if before is not None and before.pos_ == "ADJ" and before.dep_ == "amod" and not span.text.isupper():  # rural Denmark
        return True
    if _is_heading(doc, span.start, span.end):
        return True
    after = doc[span.end : span.end + 2]
    if len(after) == 2:
        if doc[span.start].is_sent_start and after[0].text == "," and (after[1].like_num or after[1].ent_type_ == "DATE"):
            return True  # Oslo, 3 May: a dateline
        if after[0].text in ("-", "--") or (span.text.isupper() and len(span.text) > 3 and after[0].text in ("–", "—", "(")):
            return True  # Oslo-based; a dateline
        if after[0].text == "," and len(after[1]) == 2 and after[1].is_upper:  # New York, NY
            return True
    if before is not None and before.text == "," and _follows_town(doc, before.i):
        return True
    if before is not None and before.lower_ == "from" and (_goes_to(doc, span.end) or _is_origin(doc, span.start)):
        return True
    token = anchor(span)
    if token.dep_ == "pobj":
        preposition = token.head
        if preposition.lower_ in _words("place", "prepositions"):
            return True
        governor = preposition.head
        if preposition.lower_ == "from" and governor.lemma_.lower() in _words("place", "goods"):
            return True
        if preposition.lower_ == "including" and _is_where(governor):
            return True
        if (
            preposition.lower_ in ("to", "from", "of", "for")
            and governor.lemma_.lower() in _words("place", "movement")
            and not (preposition.lower_ == "of" and governor.pos_ == "VERB")
        ):
            return True
        if preposition.lower_ in ("of", "from", "to") and governor.lower_ in _words("place", "nouns"):
            return True
    if token.dep_ == "dobj" and token.head.lemma_.lower() in _words("place", "movement"):
        return True
    if token.dep_ == "poss":
        if token.head.lower_ in _words("place", "nouns"):
            return True
        return any(
            child.tag_ in ("JJS", "RBS") or child.lower_ in ("first", "only", "leading", "largest", "top")
            for child in token.head.children
        )
    return token.dep_ in ("compound", "nmod", "amod") and not gives(token.head)


def gives(noun: Token) -> bool:
    """Whether a noun makes what stands before it the doer: support, aid, sanctions."""
    return noun.lemma_.lower() in _words("gives", "words") or noun.lower_ in _words("gives", "words")


def _is_origin(doc: Doc, start: int) -> bool:
    """Whether goods come from a place: wine from `Spain`."""
    return start > 1 and doc[start - 2].lemma_.lower() in _words("place", "goods")


def _is_heading(doc: Doc, start: int, end: int) -> bool:
    """Whether a name fills a line of its own, without the mark of an item: a heading under which a state is written of."""
    opens = start > 0 and "\n" in doc[start - 1].text_with_ws
    return opens and end < len(doc) and "\n" in doc[end].text_with_ws and doc[end].is_space


def _is_where(noun: Token) -> bool:
    """Whether a noun tells where something is, so that what it includes are places: in fifty countries, including Japan."""
    return noun.lemma_.lower() in ("country", "nation", "state", "market", "region") and noun.head.lower_ in ("in", "across")


def _goes_to(doc: Doc, at: int) -> bool:
    """Whether a way ends at a place there: from Japan `to` Oslo, from Mexico `to the` United States."""
    if at + 1 >= len(doc) or doc[at].lower_ != "to":
        return False
    goal = doc[at + 2] if doc[at + 1].lower_ == "the" and at + 2 < len(doc) else doc[at + 1]
    return goal.ent_type_ in ("GPE", "LOC", "FAC")


def _follows_town(doc: Doc, comma: int) -> bool:
    """Whether a comma stands after a place, so that a state after it tells where that is: Kyiv, Ukraine."""
    if comma == 0:
        return False
    town = doc[comma - 1]
    return town.ent_type_ in ("GPE", "LOC", "FAC") and town.text[0].isupper() and not _is_list(doc, comma)


def _is_list(doc: Doc, comma: int) -> bool:
    return doc[comma - 1].text in state_names()
