"""Whether the clause around a time has happened: from the parse where there is one, else from the words nearby."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from communique.annotate.dates.tokens import Tokens
from communique.lexicons import lexicon
from communique.normalise.dates_near import Tense

_WORDS = lexicon("times")["tense"]
FUTURE_WORDS = frozenset(_WORDS["future"])
PAST_WORDS = frozenset(_WORDS["past"])
NOT_PAST = frozenset(_WORDS["not_past"])
BEFORE = {"by": Tense.FUTURE, "until": Tense.FUTURE, "till": Tense.FUTURE, "before": Tense.FUTURE, "since": Tense.PAST}
CLAUSES = 4  # verbs above a time that are asked for their tense
REACH = 24  # tokens to either side in which a word may tell
STOPS = frozenset({".", "!", "?", ";", "\n"})


def tense_at(doc: Doc | None, tokens: Tokens, i: int, j: int) -> Tense:
    """The tense of the clause that holds the tokens from `i` up to `j`; `doc` is the parsed text, if it is parsed."""
    before = tokens.low[i - 1] if i else ""
    if before == "since" or tokens.low[j] in ("'s", "’s"):  # February's announcement
        return Tense.PAST
    depth = 1 if before in BEFORE else CLAUSES
    told = Tense.OPEN if doc is None else _parsed(doc, tokens.start[i], tokens.end(j - 1), depth)
    if told is Tense.OPEN:
        told = BEFORE.get(before, Tense.OPEN)
    return told if told is not Tense.OPEN else _nearby(tokens, i, j)


def _parsed(doc: Doc, start: int, end: int, depth: int) -> Tense:
    """The tense of the first verb above some words that tells it, of so many verbs at most."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return Tense.OPEN
    token = span.root
    for _ in range(8):  # a clause is not deeper
        if token.pos_ in ("VERB", "AUX"):
            depth -= 1
            if (told := _of_verb(token)) is not Tense.OPEN:
                return told
        if token.head is token or not depth:
            break
        token = token.head
    return Tense.OPEN


def _of_verb(verb: Token) -> Tense:
    word = verb.lower_
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if verb.lemma_.lower() == "look" and any(child.lower_ == "forward" for child in verb.children):
        return Tense.FUTURE
    if word in FUTURE_WORDS or auxiliaries & {"will", "shall", "would", "'ll", "’ll", "should"}:
        return Tense.FUTURE
    if verb.tag_ == "VBD" or auxiliaries & {"was", "were", "had", "has", "have", "did", "been"}:
        return Tense.PAST
    if "to" in auxiliaries and (verb.tag_ == "VB" or "be" in auxiliaries):
        return Tense.FUTURE
    return Tense.PAST if verb.tag_ == "VBN" and not auxiliaries & {"is", "are", "be", "being"} else Tense.OPEN


def _nearby(tokens: Tokens, i: int, j: int) -> Tense:
    for k in range(i - 1, max(-1, i - REACH), -1):
        if tokens.low[k] in STOPS and not (tokens.low[k] == "." and tokens.glued(k) and len(tokens.low[k - 1]) <= 2):
            break
        if tokens.low[k] == "forward" and tokens.low[k - 1].startswith("look"):
            return Tense.FUTURE
        if k > 2 and tokens.low[k - 2 : k] == ["to", "be"]:
            return Tense.PAST if tokens.low[k - 3] in ("was", "were") else Tense.FUTURE
        if tokens.low[k - 1] in ("be", "being") and k:  # 'will be opened': the word before tells
            continue
        if (told := _of_word(tokens.low[k])) is not Tense.OPEN:
            return told
    for k in range(j, min(tokens.count, j + REACH)):
        if tokens.low[k] in STOPS:
            break
        if (told := _of_word(tokens.low[k])) is not Tense.OPEN:
            return told
    return Tense.OPEN


def _of_word(word: str) -> Tense:
    if word in FUTURE_WORDS:
        return Tense.FUTURE
    if word in PAST_WORDS or (len(word) > 4 and word.endswith("ed") and word not in NOT_PAST):
        return Tense.PAST
    return Tense.OPEN
