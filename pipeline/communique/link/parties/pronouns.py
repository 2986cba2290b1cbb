"""Third-person and relative pronouns outside direct speech: he, she, it, who, which."""

from __future__ import annotations

from itertools import accumulate

from spacy.tokens import Doc, Token

from communique.analysis import Analysis
from communique.link.parties.drafts import Draft
from communique_models import Kind

HE = {"he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she", "herself": "she"}
IT = frozenset({"it", "its", "itself"})
RELATIVE = frozenset({"who", "which", "that", "whose", "whom"})
FAR = 120  # tokens over which a pronoun reaches back


def pronouns(doc: Doc, analysis: Analysis, drafts: list[Draft], quoted: list[bool]) -> dict[int, Draft]:
    """Third-person and relative pronouns -> whom they mean, outside direct speech unless that names somebody itself."""
    at: dict[int, Draft] = {}
    for draft in drafts:
        for name in (*draft.names, *draft.nominals):
            at.update((i, draft) for i in range(name.start, name.end))
    sentences = list(accumulate(int(bool(token.is_sent_start)) for token in doc))
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
            if sentences[token.i] - sentences[subject[0]] <= 1:
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


def _antecedent(token: Token, at: dict[int, Draft]) -> Draft | None:
    for ancestor in token.ancestors:
        if ancestor.dep_ == "relcl":
            return at.get(ancestor.head.i)
        if ancestor.dep_ in ("ROOT", "conj", "ccomp"):
            return None
    return None
