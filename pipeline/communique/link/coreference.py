"""What takes a named party up again outside direct speech: `the company`, `the Minister`, `the Government`, he, she, it, who."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from communique.analysis import Analysis
from communique.annotate.names import Name
from communique.lexicons import lexicon
from communique.link.acting import takes_part
from communique.link.drafts import Draft
from communique.normalise.names import words_of
from communique_models import Kind

DETERMINERS = frozenset({"the", "this", "our"})
HE = {"he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she", "herself": "she"}
IT = frozenset({"it", "its", "itself"})
RELATIVE = frozenset({"who", "which", "that", "whose", "whom"})
FAR = 120  # tokens over which a pronoun reaches back
GENERIC = frozenset({"company", "firm", "corporation", "issuer", "business", "government", "administration", "commonwealth"})
HOME = frozenset(
    {
        "federal government",
        "commonwealth government",
        "government",
        "administration",
        "commonwealth",
        "cabinet",
        "state",
        "country",
        "nation",
        "treasury",
    }
)


@cache
def nominal_kinds() -> dict[str, tuple[Kind, ...]]:
    """The words that may take up a party -> the kinds of party that each may mean."""
    found: dict[str, tuple[Kind, ...]] = {}
    for kind, words in lexicon("parties")["nominals"].items():
        if kind not in ("hits", "misses"):
            for word in words:
                found[word] = (*found.get(word, ()), Kind(kind))
    return found


def nominals(doc: Doc, analysis: Analysis, drafts: list[Draft], issuer: Draft | None, home: str | None) -> list[Draft]:
    """Add to the drafts the nouns that take them up; the answer are states begun by a noun alone, as `the Government`."""
    named = {i for draft in drafts for name in draft.names for i in range(name.start, name.end)}
    named.update(i for draft in drafts if draft.kind is Kind.PERSON for name in draft.names for i in _office_after(doc, name))
    order = sorted(((name.start, k) for k, draft in enumerate(drafts) for name in draft.names))
    defined = {word: drafts[k] for word, k in _defined(doc, drafts)}
    begun: list[Draft] = []
    seen = 0
    recent: list[Draft] = []
    for start, end, head in _phrases(doc, analysis, named):
        while seen < len(order) and order[seen][0] < start:
            draft = drafts[order[seen][1]]
            if draft in recent:
                recent.remove(draft)
            recent.append(draft)
            seen += 1
        told = doc[start:end]
        meant = _meant(head, told[-1].text[0].isupper(), recent, drafts, issuer, home, defined)
        nominal = Name(start, end, told.text, None, "nominal")
        if (
            meant is None
            and head in ("government", "commonwealth", "federal government", "commonwealth government")
            and told[-1].text[0].isupper()
        ):
            if begun:
                meant = begun[0]
            elif home is not None and takes_part(told):
                begun.append(
                    Draft(
                        [Name(start, end, told.text, Kind.COUNTRY, "government", key=f"state:{home}")],
                        Kind.COUNTRY,
                        f"state:{home}",
                    )
                )
                continue
        if meant is not None:
            meant.nominals.append(nominal)
            if meant in recent:
                recent.remove(meant)
            recent.append(meant)
        else:
            analysis.dropped("parties", (told.start_char, told.end_char), "nominal", "nobody that it could take up")
    return begun


def _office_after(doc: Doc, name: Name) -> range:
    """The tokens of the office that stands after a person's name: it is his own."""
    if name.title is None or name.end + 1 >= len(doc) or doc[name.end].text != ",":
        return range(0)
    length = len(name.title.split())
    told = doc[name.end + 1 : name.end + 2 + length].text
    return range(name.end, name.end + 1 + length) if told.startswith(name.title.split()[0]) else range(0)


def _phrases(doc: Doc, analysis: Analysis, named: set[int]) -> Iterator[tuple[int, int, str]]:
    """The phrases that could take up a party: determiner and noun, with nothing after it that makes it another's."""
    known = nominal_kinds()
    for token in doc:
        if (
            token.lower_ not in DETERMINERS
            or token.i + 1 >= len(doc)
            or token.i in named
            or not analysis.layout.admits(token.idx)
        ):
            continue
        for length in (3, 2, 1):
            end = token.i + 1 + length
            if end > len(doc):
                continue
            head = doc[token.i + 1 : end].text.lower()
            if head not in known or any(i in named for i in range(token.i + 1, end)):
                continue
            after = doc[end] if end < len(doc) else None
            if after is not None and not after.is_sent_start:
                if after.lower_ in ("of", "for") or (
                    after.pos_ in ("NOUN", "PROPN")
                    and after.dep_ != "appos"
                    and doc[end - 1].dep_ in ("compound", "amod", "nmod")
                ):
                    break
                if after.text in ("-", "–") and not after.whitespace_:
                    break
            yield token.i, end, head
            break


def _defined(doc: Doc, drafts: list[Draft]) -> Iterator[tuple[str, int]]:
    """The nouns that a name in the text is said to be called: Nordlys AS (the “Company”)."""
    known = nominal_kinds()
    for k, draft in enumerate(drafts):
        for name in draft.names:
            for i in range(name.end, min(name.end + 12, len(doc))):
                if doc[i].is_sent_start:
                    break
                if (
                    doc[i].lower_ in known
                    and doc[i - 1].text in ("“", '"', "‘", "'", "the")
                    and i + 1 < len(doc)
                    and doc[i + 1].text in ("”", '"', "’", "'", ")")
                ):
                    if any(doc[j].text == "(" for j in range(name.end, i)):
                        yield doc[i].lower_, k
                    break


def _meant(
    head: str,
    great: bool,
    recent: list[Draft],
    drafts: list[Draft],
    issuer: Draft | None,
    home: str | None,
    defined: dict[str, Draft],
) -> Draft | None:
    if head in defined and great:
        return defined[head]
    kinds = nominal_kinds()[head]
    if Kind.PERSON in kinds:
        bearers = [d for d in recent if d.kind is Kind.PERSON and any(n.title and _holds(n.title, head) for n in d.names)]
        return bearers[-1] if bearers and great else None
    if Kind.COUNTRY in kinds and head in HOME and great and head not in ("country", "nation", "state"):
        states = [d for d in recent if d.kind is Kind.COUNTRY]
        own = [d for d in drafts if d.kind is Kind.COUNTRY and d.state == home and home]
        governed = [d for d in states if any(n.rule in ("government", "leader") for n in d.names)]
        if own or governed or len(states) == 1:
            return own[0] if own else (governed or states)[-1]
        return None
    fitting = [d for d in recent if d.kind in kinds or d.kind is None]
    same = [d for d in fitting if any(set(head.split()) <= set(words_of(n.text)) for n in d.names)]
    if same:
        return same[-1]
    if head in GENERIC or (Kind.COMPANY in kinds and head == "group"):
        if issuer is not None and issuer.kind in kinds and (great or issuer in recent):
            return issuer if great or not fitting else fitting[-1]
        return fitting[-1] if fitting and head in GENERIC else None
    return None


def _holds(title: str, office: str) -> bool:
    """Whether a title is that of an office: `Minister for Trade` of minister, `Secretary to the President` not of president."""
    words = " ".join(words_of(title))
    own = re.split(r" (?:to|of|for|at) ", words)[0]
    return office in (own, words) or own.endswith(" " + office) or own.startswith(office + " ")


def pronouns(doc: Doc, analysis: Analysis, drafts: list[Draft], quoted: list[bool]) -> dict[int, Draft]:
    """Third-person and relative pronouns -> whom they mean, outside direct speech unless that names somebody itself."""
    at: dict[int, Draft] = {}
    for draft in drafts:
        for name in (*draft.names, *draft.nominals):
            at.update((i, draft) for i in range(name.start, name.end))
    genders: dict[int, str] = {}
    found: dict[int, Draft] = {}
    person: tuple[int, Draft] | None = None
    subject: tuple[int, Draft] | None = None  # the last organisation or state that was a subject
    for token in doc:
        told = at.get(token.i)
        if told is not None and not quoted[token.i]:
            if told.kind is Kind.PERSON:
                person = (token.i, told)
            elif token.dep_ in ("nsubj", "nsubjpass"):
                subject = (token.i, told)
            continue
        if told is not None or token.pos_ not in ("PRON", "DET") or quoted[token.i]:
            continue
        word = token.lower_
        if word in HE and person is not None and token.i - person[0] <= FAR:
            gender = genders.get(id(person[1])) or next((n.gender for n in person[1].names if n.gender), None)
            if gender in (None, HE[word]):
                genders[id(person[1])] = HE[word]
                found[token.i] = person[1]
                person = (token.i, person[1])
        elif word in IT and subject is not None and token.i - subject[0] <= FAR and _refers(token):
            if token.sent.start <= subject[0] or _previous(doc, token, subject[0]):
                found[token.i] = subject[1]
        elif word in RELATIVE and token.tag_ in ("WP", "WDT", "WP$"):
            meant = _antecedent(token, at)
            if meant is not None:
                found[token.i] = meant
    for i, draft in found.items():
        analysis.kept("parties", (doc[i].idx, doc[i].idx + len(doc[i])), "pronoun", draft.name)
    return found


def _refers(token: Token) -> bool:
    """Whether `it` may stand for a party: not for a clause or for nothing."""
    if token.lower_ == "its":
        return True
    if token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj"):
        return False
    return not (
        token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_ in ("be", "seem", "appear", "become", "take", "make", "mean")
    )


def _previous(doc: Doc, token: Token, place: int) -> bool:
    """Whether a place is in the sentence right before a token's, or in its own."""
    start = token.sent.start
    return start > 0 and doc[start - 1].sent.start <= place


def _antecedent(token: Token, at: dict[int, Draft]) -> Draft | None:
    for ancestor in token.ancestors:
        if ancestor.dep_ == "relcl":
            return at.get(ancestor.head.i)
        if ancestor.dep_ in ("ROOT", "conj", "ccomp"):
            return None
    return None
