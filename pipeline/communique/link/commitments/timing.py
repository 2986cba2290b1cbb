"""When an undertaking is made, done, begun or due: the dates of its clause, each with its role, and what it depends on."""

from __future__ import annotations

import re
from datetime import date

from spacy.tokens import Span as Phrase
from spacy.tokens import Token

from communique.analysis import Analysis, DateFact, Span
from communique.link.commitments.draft import Draft
from communique.link.commitments.lexical import lemma
from communique_models import Action, DateRole, Precision, Status

SAYING = frozenset(
    {
        "announce",
        "say",
        "sign",
        "confirm",
        "unveil",
        "reveal",
        "launch",
        "agree",
        "approve",
        "pledge",
        "welcome",
        "declare",
        "report",
    }
)
BEGINNING = frozenset({"begin", "start", "commence", "launch", "open", "effective"})
HOSTING = frozenset({"host", "hold", "convene", "stage", "organise", "organize", "release", "publish"})
STARTERS = frozenset({"from", "beginning", "starting", "effective", "after", "as"})
ENDERS = frozenset({"by", "before", "within"})
RUNNING = frozenset({"over", "during", "throughout", "until", "till", "through", "since", "between"})
FIRM_NOW = frozenset({Status.PLEDGED, Status.ALLOCATED, Status.AGREED, Status.PLANNED, Status.PROPOSED})


def attach_dates(drafts: list[Draft], sentence: Phrase, analysis: Analysis) -> None:
    """Give the dates of a sentence to the tellings in whose clauses they stand."""
    if not drafts:
        return
    heads: dict[int, list[Draft]] = {}
    for draft in drafts:
        heads.setdefault(draft.head.i, []).append(draft)
    for index in analysis.dates_in(sentence.start_char, sentence.end_char):
        fact = analysis.dates[index]
        if _in_dateline(fact, analysis):
            continue
        span = sentence.doc.char_span(fact.start, fact.end, alignment_mode="expand")
        if span is None:
            continue
        for draft, announced in _owners(span.root, heads, drafts):
            role = DateRole.MADE if announced else role_of(fact, span, draft, analysis.context.published_on)
            draft.dates.append((index, role))


DATELINE = 80  # characters of a block that may stand before the day of its dateline
RUNNING_WORD = re.compile(r"(?<![\w.'’])[a-z]")
AFTER_DAY = re.compile(r"\s*(?:/[^/\n]{1,30}/|\([A-Z][^)\n]{1,30}\)|\))?\s*(?:[-–—]|\|)")


def _in_dateline(fact: DateFact, analysis: Analysis) -> bool:
    """Whether a date is that of the dateline, 'OSLO, July 24 –', which says when a release was sent and no more."""
    block = analysis.layout.block_at(fact.start)
    if block is None or fact.start - block.start > DATELINE:
        return False
    before = analysis.text[block.start : fact.start]
    return before[:1].isupper() and not RUNNING_WORD.search(before) and bool(AFTER_DAY.match(analysis.text, fact.end))


def _owners(token: Token, heads: dict[int, list[Draft]], drafts: list[Draft]) -> list[tuple[Draft, bool]]:
    """The tellings that a date belongs to, and whether it only says when they were announced."""
    for ancestor in [token, *token.ancestors]:
        if ancestor.i in heads:
            return [(draft, False) for draft in heads[ancestor.i]]
        if ancestor.pos_ in ("VERB", "AUX"):
            below = [draft for draft in drafts if ancestor in draft.head.ancestors]
            if below:
                saying = lemma(ancestor) in SAYING
                first = min(below, key=lambda draft: abs(draft.head.i - ancestor.i))
                return [(draft, saying) for draft in (below if saying else [first])]
    nearest = min(drafts, key=lambda draft: abs(draft.head.i - token.i))
    return [(nearest, False)]


def role_of(fact: DateFact, span: Phrase, draft: Draft, published: date | None) -> DateRole:
    """What a date is to its undertaking, by its preposition, its kind and where it lies to the day of publication."""
    before = _preposition(span)
    if fact.precision in (Precision.DURATION, Precision.RECURRING):
        return DateRole.DUE if before == "within" else DateRole.PERIOD
    if before in ENDERS:
        return DateRole.DUE
    if _since_then(span.root):
        return DateRole.START
    if before in RUNNING:
        return DateRole.PERIOD
    if before in STARTERS or (lemma(draft.head) in BEGINNING and draft.status in FIRM_NOW):
        return DateRole.START
    if fact.begin != fact.last and (fact.begin is None or fact.last is None):
        return DateRole.PERIOD
    future = bool(published and fact.last and fact.last > published)
    if draft.status is Status.WITHDRAWN and not future:
        return DateRole.DONE
    if draft.status is Status.DELIVERED:
        if fact.value and "/" in fact.value:
            return DateRole.PERIOD
        return DateRole.MADE if draft.action is Action.AGREE else DateRole.DONE
    if not future:
        if before == "for" and fact.precision is Precision.YEAR:
            return DateRole.PERIOD
        return DateRole.MADE
    if fact.precision in (Precision.DAY, Precision.WEEK) and lemma(draft.head) not in HOSTING:
        return DateRole.START if draft.action in (Action.BUILD, Action.SERVE, Action.REGULATE) else DateRole.DUE
    if draft.action in (Action.FUND, Action.LEND, Action.INVEST, Action.SERVE, Action.SUPPLY, Action.REGULATE):
        return DateRole.PERIOD
    return DateRole.DUE


def _since_then(token: Token) -> bool:
    """Whether a date is that of a clause of beginning: 'since the programme began in 2011'."""
    verb = next((ancestor for ancestor in token.ancestors if ancestor.pos_ == "VERB"), None)
    return verb is not None and any(child.dep_ == "mark" and child.lower_ == "since" for child in verb.children)


def _preposition(span: Phrase) -> str:
    """The preposition before a date, looked for over an article and 'the end of'."""
    i = span.start - 1
    for _ in range(3):
        if i < 0:
            return ""
        token = span.doc[i]
        if token.pos_ in ("DET", "PUNCT") or token.lower_ in ("around", "about", "early", "late"):
            i -= 1
            continue
        return token.lower_ if token.pos_ in ("ADP", "SCONJ", "ADV", "VERB", "ADJ", "PART") else ""
    return ""


CONDITION = re.compile(
    r"\b(?:subject to|pending|conditional (?:up)?on|contingent (?:up)?on|provided that|on condition that|dependent (?:up)?on"
    r"|assuming|unless|if|once|upon|following|after|until)\b",
    re.IGNORECASE,
)
STRONG = re.compile(r"subject to|pending|condition|contingent|provided|dependent|unless|assuming", re.IGNORECASE)
APPROVAL = re.compile(
    r"\b(?:approv|consent|closing|complet|ratif|agree|legislat|regulat|review|conditions|signing|clearance|end[s]?\b)",
    re.IGNORECASE,
)


def condition_of(draft: Draft) -> Span | None:
    """The words that an undertaking depends on: 'subject to parliamentary approval', 'once the clean-up has been completed'."""
    sentence = draft.sentence
    for match in CONDITION.finditer(sentence.text):
        begin = sentence.start_char + match.start()
        token = sentence.doc.char_span(begin, begin + 1, alignment_mode="expand")
        if token is None:
            continue
        first = token[0]
        clause = first.head if first.dep_ in ("mark", "advmod") and first.head.i > first.i else first
        last = clause.right_edge
        words = sentence.text[match.start() : last.idx + len(last) - sentence.start_char].rstrip(" ,;.")
        strong = STRONG.match(match.group())
        if draft.status is Status.DELIVERED and not strong:
            continue
        if (
            len(words) > 200
            or len(words) <= len(match.group())
            or not (strong or APPROVAL.search(words) or match.group().lower() in ("if", "once", "unless"))
        ):
            continue
        return begin, begin + len(words)
    return None
