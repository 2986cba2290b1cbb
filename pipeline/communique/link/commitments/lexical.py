"""The frames of commitment and the classes of their objects, as the lexicons give them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.tokens import Token

from communique.lexicons import lexicon
from communique_models import Action, Status

Needs = Literal["nothing", "object", "party", "sum", "agreement", "jobs", "sum_or_contract"]


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
        frame = Frame(
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
        for lemma in entry["lemmas"]:
            found[lemma] = (*found.get(lemma, ()), frame)
    return found


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
    return base


def frames_of(verb: Token) -> tuple[Frame, ...]:
    """The frames that a verb may carry, those of the verb with its particle first."""
    frames = verb_frames()
    base = lemma(verb)
    found: tuple[Frame, ...] = ()
    for child in verb.children:
        if child.i > verb.i and child.dep_ in ("prt", "advmod", "acomp", "oprd", "dobj", "prep", "ccomp"):
            found += frames.get(f"{base} {child.lower_}", ())
    return found + frames.get(base, ())
