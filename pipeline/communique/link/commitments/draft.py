"""A commitment in the making: one telling of an undertaking, before its retellings are joined to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Span as Phrase
from spacy.tokens import Token

from communique.analysis import AmountKey, Candidate, ItemFact, Span
from communique.link.commitments.lexical import Frame
from communique_models import Action, DateRole, Status


@dataclass(slots=True)
class Draft:
    """One telling. Parties, amounts and dates are indexes of the analysis.

    `unnamed` are receivers who have no name, `givers` such providers.
    """

    frame: Frame
    head: Token  # the verb or noun that carries the act
    trigger: Span
    sentence: Phrase
    action: Action
    status: Status
    providers: list[int] = field(default_factory=list)
    receivers: list[int] = field(default_factory=list)
    unnamed: list[Span] = field(default_factory=list)
    receiver_rule: str = ""  # by which rule the receivers were found
    givers: list[Span] = field(default_factory=list)
    amounts: list[int] = field(default_factory=list)
    sums: frozenset[AmountKey] = frozenset()  # what its amounts are, an equivalent as what it tells again
    dates: list[tuple[int, DateRole]] = field(default_factory=list)
    items: list[ItemFact] = field(default_factory=list)
    condition: Span | None = None
    classes: frozenset[str] = frozenset()  # of its object
    content: frozenset[str] = frozenset()  # lemmas that say what it is about
    evidence: dict[str, float] = field(default_factory=dict)  # what was seen of its actor and object
    beside: frozenset[int] = frozenset()  # words of its sentence that belong to another telling
    told: list[Draft] = field(default_factory=list)  # its other tellings
    features: frozenset[str] = frozenset()  # what its confidence rests on
    confidence: float = 0.0
    candidates: list[Candidate] = field(default_factory=list)  # who may receive it
    rules: list[str] = field(default_factory=list)

    @property
    def position(self) -> int:
        """Where it is told."""
        return self.trigger[0]
