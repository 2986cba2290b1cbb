"""Who receives: of all whom a release names near an undertaking, those whom a trained model finds likeliest.

The rules of `roles` and `settle` each look at one place; this weighs what they found with where in the clause and in the
release each candidate stands, and what it is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from communique.analysis import Analysis, Candidate, Span
from communique.link.commitments import roles
from communique.link.commitments.draft import Draft
from communique.link.commitments.learned import model
from communique.link.commitments.lexical import lemma
from communique.segment import Role
from communique_models import Action, Kind

MISSED = 0.5  # of undertakings whose candidates all look wrong, those that really have no receiver; the others' is no candidate
PLACE = 0.5  # a state that is only a place elsewhere receives when that is likelier than not
STEPS = 8  # words of the path from a candidate to the verb that are looked at
GIFTS = frozenset({Action.FUND, Action.LEND, Action.SUPPLY, Action.SERVE, Action.PAY})
TOLD_STEPS = frozenset(
    {"relcl", "acl", "advcl", "xcomp", "ccomp", "pcomp", "dobj", "nsubj", "nsubjpass", "poss", "amod", "compound", "attr"}
)
PLACES = frozenset({"pobj", "dobj", "dative", "nsubjpass", "nsubj", "conj", "appos"})


def choose(draft: Draft, drafts: Sequence[Draft], analysis: Analysis) -> None:
    """Set the receivers of an undertaking to the likeliest of its candidates; where each sum has its own, they stand."""
    if draft.receiver_rule == "split":
        return
    weigh = model("recipients")
    draft.candidates = candidates(draft, drafts, analysis)
    for one in draft.candidates:
        one.probability = weigh.probability(one.features)
    doubtful = {id(one) for one in draft.candidates if "place" in one.features and one.probability < PLACE}
    chosen = _apart(_likeliest([one for one in draft.candidates if id(one) not in doubtful]))
    draft.rules += dict.fromkeys(f"receiver:{reason}" for one in chosen if (reason := weigh.reason(one.features)))
    draft.receivers = [one.who for one in chosen if isinstance(one.who, int)]
    draft.unnamed = [one.who for one in chosen if not isinstance(one.who, int)]


def _apart(chosen: list[Candidate]) -> list[Candidate]:
    """The chosen without those that stand inside another's words: 'Moldova' in 'small farmers in Moldova'."""
    phrases = [one.who for one in chosen if not isinstance(one.who, int)]
    return [one for one in chosen if not any(start <= one.seen < end and one.who != (start, end) for start, end in phrases)]


def candidates(draft: Draft, drafts: Sequence[Draft], analysis: Analysis) -> list[Candidate]:
    """All who may receive, each with what is known of it."""
    found: dict[int | str, Candidate] = {}

    def add(who: int | Span, *features: str, seen: int = -1) -> None:
        if isinstance(who, int) and who in draft.providers:
            return
        key = who if isinstance(who, int) else " ".join(analysis.text[who[0] : who[1]].casefold().split())
        if key == "":
            return
        one = found.setdefault(key, Candidate(who))
        one.features.update(features)
        one.seen = max(one.seen, seen)

    for telling in (draft, *draft.told):
        place = "lead" if telling is draft else "told"
        ruled: list[int | Span] = [*telling.receivers, *telling.unnamed]
        for who in ruled:
            add(who, f"rule={telling.receiver_rule}", f"rule_of={place}")
        for token, parties in _named(telling, analysis):
            for party in parties:
                add(party, *(f"{place}:{one}" for one in _place(token, telling)), seen=token.idx)
        for token in telling.sentence:
            if token.i in analysis.places and token.i not in analysis.party_at and token.head.i not in analysis.places:
                told = (*_place(token, telling), "a_place")
                add(analysis.places[token.i].mentions[0], *(f"{place}:{one}" for one in told), seen=token.idx)
        for head in _unnamed(telling, analysis):
            add(roles.phrase_of(head), *(f"{place}:{seen}" for seen in _place(head, telling)), *_noun(head))
    for party in _before(draft, analysis):
        add(party, "before")
    for party in _headline(analysis):
        add(party, "headline")
    if analysis.issuer is not None:
        add(analysis.issuer, "issuer")
    others = Counter(party for other in drafts if other is not draft for party in other.receivers)
    if others:
        most = max(others.values())
        for party, count in others.items():
            add(party, "receives_elsewhere", *(["receives_most"] if count == most else []))
    for one in found.values():
        one.features |= _general(one.who, draft, drafts, analysis)
    _compare(list(found.values()))
    return list(found.values())


def _compare(found: list[Candidate]) -> None:
    """Note of each candidate what stands beside it."""
    ruled = [one for one in found if any(name.startswith("rule=") for name in one.features)]
    inside = [one for one in found if isinstance(one.who, int) and "lead:after" in one.features]
    for one in found:
        phrase = not isinstance(one.who, int)
        if not ruled:
            one.features.add("no_rule")
            one.features.add("no_rule+phrase" if phrase else "no_rule+party")
        elif one not in ruled:
            one.features.add("ruled_out")
        else:
            one.features.add("ruled+phrase" if phrase else "ruled+party")
        if phrase and inside:
            one.features.add("phrase_beside_party")
        if one in inside and one is inside[0]:
            one.features.add("first_party")
        if len(found) == 1:
            one.features.add("alone")


def _named(telling: Draft, analysis: Analysis) -> Iterator[tuple[Token, list[int]]]:
    """The head words of the mentions of parties in a telling's sentence."""
    at = analysis.party_at
    for token in telling.sentence:
        within = token.head.i != token.i and at.get(token.head.i) == at.get(token.i)
        if token.i in at and not within:
            yield token, [roles.principal(analysis, at[token.i])]


def _unnamed(telling: Draft, analysis: Analysis) -> Iterator[Token]:
    """The heads of phrases that name a kind of people, bodies or places, after the trigger."""
    for token in telling.sentence:
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ not in PLACES:
            continue
        if token.i in analysis.party_at or token.i in analysis.places or token.i == telling.head.i or token.i in telling.beside:
            continue
        beneficiary = token.dep_ == "pobj" and token.head.lower_ in ("to", "for") and token.head.i > telling.head.i
        if roles.receives(token) or beneficiary:
            yield token


def _noun(head: Token) -> Iterator[str]:
    yield f"noun_{'known' if roles.receives(head) else 'other'}"
    yield f"noun={lemma(head)}"
    if head.tag_ in ("NNS", "NNPS"):
        yield "noun_plural"


def _place(token: Token, telling: Draft) -> Iterator[str]:
    """Where a word stands to the verb or noun of the undertaking."""
    head = telling.head
    yield "after" if token.i > head.i else "inside"
    yield f"dep={token.dep_}"
    path: list[str] = []
    node = token
    if token.dep_ in ("conj", "appos"):
        yield "joined"
        while node.dep_ in ("conj", "appos") and node.head.i != node.i:
            node = node.head
        yield f"dep={node.dep_}"
    if node.dep_ == "pobj":
        yield f"prep={node.head.lower_}"
        yield f"prep={node.head.lower_}+{telling.frame.id}"
        yield f"prep={node.head.lower_}<{node.head.head.dep_}"
    else:
        yield f"dep={node.dep_}+{telling.frame.id}"
    for step in range(STEPS):
        if node.i == head.i:
            yield f"steps={min(step, 5)}"
            yield f"path={'>'.join(path[-2:])}"
            break
        if node.head.i == node.i:
            yield "apart"
            break
        if node.dep_ in ("prep", "dative", "agent"):
            path.append(node.lower_ if node.pos_ == "ADP" else node.dep_)  # 'gave Moldova': a dative may be a name
        elif node.dep_ in TOLD_STEPS:
            path.append(node.dep_)
        node = node.head
    else:
        yield "far"
    for ancestor in _up(token):
        if ancestor.pos_ == "VERB" and lemma(ancestor) in roles.HELPING and ancestor.i > head.i:
            yield "helped"
            break
        if ancestor.i == head.i:
            break


def _up(token: Token) -> Iterable[Token]:
    node = token
    for _ in range(STEPS):
        if node.head.i == node.i:
            return
        node = node.head
        yield node


def _before(draft: Draft, analysis: Analysis) -> list[int]:
    """The parties named in the sentence before, the last first."""
    start = draft.sentence.start
    if start == 0:
        return []
    sentence = draft.sentence.doc[start - 1].sent
    return list(
        dict.fromkeys(
            roles.principal(analysis, analysis.party_at[token.i]) for token in reversed(sentence) if token.i in analysis.party_at
        )
    )


def _headline(analysis: Analysis) -> list[int]:
    headline = next((block for block in analysis.layout.blocks if block.role is Role.HEADLINE), None)
    if headline is None:
        return []
    return [
        roles.principal(analysis, index)
        for index, party in enumerate(analysis.parties)
        if any(headline.start <= start < headline.end for start, _ in party.mentions)
    ]


def _general(who: int | Span, draft: Draft, drafts: Sequence[Draft], analysis: Analysis) -> set[str]:
    """What holds of a candidate wherever it stands."""
    gift = "gift" if draft.action in GIFTS else str(draft.action)
    found = {f"to={gift}"}
    if draft.frame.mutual:
        found.add("mutual")
    if not draft.amounts:
        found.add("no_sum")
    if not isinstance(who, int):
        kind = "place" if any(who in place.mentions for place in analysis.places.values()) else "phrase"
        return found | {kind, f"{kind}+{gift}"}
    party = analysis.parties[who]
    found |= {f"kind={party.kind}", f"kind={party.kind}+{gift}"}
    ties = {analysis.parties[giver].represents for giver in draft.providers} - {None}
    if who in ties:
        found.add("state_of_giver")
    if party.represents in draft.providers:
        found.add("body_of_giver")
    if any(who in other.providers for other in drafts):
        found.add("gives_elsewhere")
    told = sorted(
        (-len(one.mentions), index)
        for index, one in enumerate(analysis.parties)
        if index not in draft.providers and one.kind not in (Kind.PERSON, Kind.GROUP)
    )
    if told and told[0][1] == who:
        found.add("topic")
        if -told[0][0] >= 3:
            found.add("topic_often")
    return found


def _likeliest(found: list[Candidate]) -> list[Candidate]:
    """Those whose choice gives the greatest expected F1, were each right by its probability, apart from the others."""
    ranked = sorted(found, key=lambda one: -one.probability)[:8]
    best, chosen = MISSED * math.prod(1 - one.probability for one in ranked), 0
    for size in range(1, min(4, len(ranked)) + 1):
        worth = 0.0
        for i in range(size):
            rest = _counts([one.probability for j, one in enumerate(ranked) if j != i])
            worth += ranked[i].probability * sum(chance * 2 / (size + 1 + others) for others, chance in enumerate(rest))
        if worth > best + 1e-9:
            best, chosen = worth, size
    return sorted(ranked[:chosen], key=lambda one: one.who if isinstance(one.who, int) else one.who[0])


def _counts(chances: list[float]) -> list[float]:
    """How likely each number of them is right."""
    told = [1.0]
    for chance in chances:
        without, with_it = [*told, 0.0], [0.0, *told]
        told = [(1 - chance) * a + chance * b for a, b in zip(without, with_it, strict=True)]
    return told
