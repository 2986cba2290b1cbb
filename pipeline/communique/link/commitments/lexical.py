"""The frames of commitment and the classes of their objects, as the lexicons give them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from spacy.tokens import Token

from communique.lexicons import lexicon
from communique_models import Action, Status

Needs = Literal["nothing", "object", "party", "sum", "agreement", "jobs", "sum_or_contract", "actor"]


@dataclass(frozen=True, slots=True)
class Frame:
    """How a verb or noun of commitment is used; the fields are told at the head of lexicons/verbs.toml."""

    id: str
    action: Action
    by_object: tuple[tuple[str, Action], ...] = ()
    needs: Needs = "nothing"
    status: Status | None = None
    receivers: frozenset[str] = frozenset()
    givers: frozenset[str] = frozenset()
    turned: bool = False
    mutual: bool = False
    loose: bool = False
    nominal: bool = False


@cache
def verb_frames() -> dict[str, tuple[Frame, ...]]:
    """The frames of each verb, in the order of the lexicon; a verb with a particle is keyed by both: ``set aside``."""
    found: dict[str, tuple[Frame, ...]] = {}
    for entry in lexicon("verbs")["frame"]:
        frame = _frame(entry)
        for lemma in entry["lemmas"]:
            found[lemma] = (*found.get(lemma, ()), frame)
    return found


def _frame(entry: dict[str, Any]) -> Frame:
    """The frame of a lexicon's entry for verbs."""
    return Frame(
        id=entry["id"],
        action=Action(entry["action"]),
        by_object=tuple((key, Action(action)) for key, action in entry["by_object"].items()),
        needs=entry["needs"],
        status=Status(entry["status"]) if "status" in entry else None,
        receivers=frozenset(entry["receivers"]),
        givers=frozenset(entry.get("givers", ())),
        turned=entry.get("turned", False),
        mutual=entry.get("mutual", False),
        loose=entry.get("loose", False),
    )


@cache
def act() -> Frame:
    """The frame of a verb that no other frame has, where a party acts."""
    return next(_frame(entry) for entry in lexicon("verbs")["frame"] if entry["id"] == "act")


@cache
def idle_verbs() -> frozenset[str]:
    """The verbs that undertake nothing of themselves."""
    return frozenset(lexicon("verbs")["idle"]["lemmas"])


@cache
def noun_frames() -> dict[str, Frame]:
    """The frame of each noun that carries a commitment."""
    return {
        lemma: Frame(
            id=entry["id"],
            action=Action(entry["action"]),
            status=Status(entry["status"]),
            receivers=frozenset({"to", "for", "towards", "in", "with"}),
            givers=frozenset({"from", "by"}),
            nominal=True,
        )
        for entry in lexicon("nominals")["nominal"]
        for lemma in entry["lemmas"]
    }


@cache
def object_classes() -> dict[str, frozenset[str]]:
    """The classes of each noun that may be the object of a commitment."""
    found: dict[str, set[str]] = {}
    for name, nouns in lexicon("objects")["classes"].items():
        for noun in nouns:
            found.setdefault(noun, set()).add(name)
    return {noun: frozenset(classes) for noun, classes in found.items()}


@cache
def receiver_nouns() -> frozenset[str]:
    """Nouns for those who may receive: families, projects, hospitals."""
    return frozenset(lexicon("objects")["receivers"]["nouns"])


@cache
def giver_nouns() -> frozenset[str]:
    """Nouns for those who may give without being named: partners, donors."""
    return frozenset(lexicon("objects")["givers"]["nouns"])


@cache
def instrument_nouns() -> frozenset[str]:
    """Nouns for what acts in the place of those who made it: a law, a budget, a plan."""
    return frozenset(lexicon("objects")["instruments"]["nouns"])


@cache
def item_nouns() -> frozenset[str]:
    """Nouns for what is counted out in kind."""
    return frozenset(lexicon("objects")["items"]["nouns"]) | frozenset(lexicon("objects")["classes"]["goods"])


@cache
def governors() -> dict[str, str]:
    """The status that a word gives to the undertaking under it: a `Status`, ``through`` or ``none``."""
    return {lemma: entry["status"] for entry in lexicon("governors")["governor"] for lemma in entry["lemmas"]}


def lemma(token: Token) -> str:
    """A token's lemma in lower case; the tagger leaves a capitalised plural as it is, so its ending is taken off here."""
    base = token.lemma_.lower()
    if token.tag_ in ("NNPS", "NNP") and len(base) > 4 and base.endswith("s") and not base.endswith("ss"):
        return base[:-3] + "y" if base.endswith("ies") else base[:-1]
    if token.tag_ in ("VBN", "VBD") and base not in verb_frames() and token.lower_.endswith("ed"):
        stems = (token.lower_[:-1], token.lower_[:-2])  # the lemmatizer makes 'fin' of 'fined' and 'defunde' of 'defunded'
        return next((stem for stem in stems if stem in verb_frames()), base)
    return base


def frames_of(verb: Token) -> tuple[Frame, ...]:
    """The frames that a verb may carry, those of the verb with its particle first."""
    frames = verb_frames()
    base = lemma(verb)
    found: tuple[Frame, ...] = ()
    for child in verb.children:
        if child.i > verb.i and child.dep_ in ("prt", "advmod", "acomp", "oprd", "dobj", "prep", "ccomp"):
            found += frames.get(f"{base} {child.lower_}", ())
    found += frames.get(base, ())
    if found or verb.pos_ != "VERB" or base in idle_verbs():
        return found
    return (act(),)
