"""Who undertakes it and for whom: the parties behind a clause's subject, agent, objects and prepositions."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from communique.analysis import Analysis, Span
from communique.link.commitments.clauses import agents, conjuncts, objects, passive_subjects, prepositional
from communique.link.commitments.draft import Draft
from communique.link.commitments.lexical import giver_nouns, lemma, receiver_nouns
from communique.link.referents import parties_of
from communique_models import Action, Kind

HELPING = frozenset(
    {
        "help",
        "support",
        "assist",
        "aid",
        "benefit",
        "protect",
        "enable",
        "allow",
        "train",
        "feed",
        "empower",
        "equip",
        "strengthen",
        "serve",
        "reach",
        "compensate",
        "house",
        "treat",
        "back",
    }
)
COMPANY = frozenset(
    {"partnership", "cooperation", "collaboration", "conjunction", "association", "support", "assistance", "help"}
)
TOGETHER = frozenset({"together", "jointly", "alongside", "along"})
CHANNELLED = frozenset({Action.FUND, Action.SUPPLY, Action.SERVE})
QUANTITIES = frozenset(
    {"number", "range", "group", "series", "couple", "majority", "handful", "variety", "host", "total", "dozen", "coalition"}
)
SIDES = frozenset({"side", "country", "government", "leader", "nation", "minister", "state", "delegation", "party", "president"})
TALKERS = frozenset({"side", "leader", "delegation"})  # 'the leaders committed': those of a joint release
REACHING = frozenset({"to", "for", "of", "in", "by", "across", "with", "among", "throughout"})


def principal(analysis: Analysis, index: int) -> int:
    """For whom a party acts: a person's state, ministry or company; itself where nobody is told."""
    party = analysis.parties[index]
    return party.represents if party.kind is Kind.PERSON and party.represents is not None else index


def named(analysis: Analysis, heads: Iterable[Token]) -> list[int]:
    """The parties that these words name, or whose they are: 'Norway', 'Norway's programme'."""
    found: list[int] = []
    for head in heads:
        direct = parties_of(head) or both_sides(analysis, head)
        if not direct:
            owners = [child for child in head.children if child.dep_ in ("poss", "nmod", "compound", "amod")]
            direct = [party for owner in owners if owner.dep_ == "poss" for party in parties_of(owner)]
        found += [principal(analysis, party) for party in direct]
    return list(dict.fromkeys(found))


def both_sides(analysis: Analysis, head: Token) -> list[int]:
    """The two states that 'the two sides' or 'both countries' of a joint release are: those named most."""
    words = {child.lower_ for child in head.children}
    plural = head.tag_ in ("NNS", "NNPS")
    if lemma(head) not in SIDES or not (
        words & {"two", "both"} or (plural and "our" in words) or (plural and lemma(head) in TALKERS)
    ):
        return []
    states = [i for i, party in enumerate(analysis.parties) if party.kind is Kind.COUNTRY]
    told = sorted(states, key=lambda i: (-len(analysis.parties[i].mentions), i))[:2]
    return sorted(told) if len(told) == 2 else []


def providers(analysis: Analysis, draft: Draft, acting: list[Token]) -> list[int]:
    """Who undertakes it: those who act, else the agent of a passive, else the owner of what is undertaken."""
    found = named(analysis, acting)
    if not found and draft.frame.nominal:
        owners = [child for child in draft.head.children if child.dep_ == "poss"]
        found = named(analysis, owners) or named(analysis, prepositional(draft.head, draft.frame.givers))
    return found


def companions(analysis: Analysis, verb: Token, acting: Iterable[Token]) -> list[int]:
    """The parties beside whom an actor acts: 'in partnership with Ghana', 'together with Ghana', 'with support from Ghana'."""
    found: list[Token] = []
    for child in (child for carrier in (verb, *acting) for child in carrier.children if child.dep_ in ("prep", "advmod")):
        words = {token.lower_ for token in child.subtree if token.dep_ in ("pobj", "prep", "advmod")}
        if TOGETHER & words or (child.lower_ in ("in", "with") and COMPANY & words):
            links = [token for token in child.subtree if token.lower_ in ("with", "from", "by", "of", "alongside")]
            found += _objects_of(links[0]) if links else []
    return named(analysis, found)


def unnamed_givers(acting: Iterable[Token]) -> list[Span]:
    """The phrases for givers that name no party: 'our allies and partners'."""
    return [phrase_of(head) for head in acting if head.pos_ == "NOUN" and lemma(head) in giver_nouns() and not parties_of(head)]


def receivers(analysis: Analysis, draft: Draft, amounts: Iterable[Token] = ()) -> tuple[list[int], list[Span]]:
    """Who receives, named and unnamed, from the places where the frame lets a receiver stand.

    `amounts` are the head words of the sums, which carry prepositions of their own: 'gives $2 million to schools'.
    """
    frame, head = draft.frame, draft.head
    places = frame.receivers
    heads: list[Token] = []
    carriers = [head, *objects(head), *passive_subjects(head), *amounts]
    inward = frozenset({"of", "in"}) | (places & {"as"})
    carriers += [inner for carrier in carriers for inner in prepositional(carrier, inward)]
    seen: set[int] = set()
    for carrier in carriers:
        if carrier.i not in seen:
            seen.add(carrier.i)
            heads += prepositional(carrier, places - {"object", "dative", "subject", "object_with"})
    if "dative" in places:
        heads += [
            joined for child in head.children if child.dep_ == "dative" and child.pos_ != "ADP" for joined in conjuncts(child)
        ]
        heads += prepositional(head, frozenset({"to", "for"}) & places)
    if "object" in places:
        heads += objects(head) + (passive_subjects(head) if agents(head) or not objects(head) else [])
    if "object_with" in places and any(child.lower_ == "with" for child in head.children):
        heads += objects(head)
    if "subject" in places:
        heads += passive_subjects(head)
    parties, phrases = split_named(analysis, heads)
    return list(dict.fromkeys([*parties, *_channels(analysis, draft)])), phrases


def _channels(analysis: Analysis, draft: Draft) -> list[int]:
    """The bodies through which something is given: 'delivered through UNRWA'."""
    if draft.frame.nominal or draft.action not in CHANNELLED:
        return []
    through = [token for token in draft.head.subtree if token.lower_ in ("through", "via")]
    named_there = [party for token in through for head in _objects_of(token) for party in parties_of(head)]
    return [party for party in named_there if analysis.parties[party].kind in (Kind.INTERGOVERNMENTAL, Kind.NONPROFIT)]


def _objects_of(preposition: Token) -> list[Token]:
    return [joined for child in preposition.children if child.dep_ == "pobj" for joined in conjuncts(child)]


def after_sums(analysis: Analysis, draft: Draft) -> list[int]:
    """The party that stands right after a sum: '$4 million to the World Food Programme', whatever the parser made of it."""
    doc, at = draft.sentence.doc, analysis.party_at
    for index in draft.amounts:
        span = doc.char_span(draft.sentence.start_char, analysis.amounts[index].end, alignment_mode="expand")
        if span is None:
            continue
        following = [token for token in doc[span.end : min(span.end + 8, draft.sentence.end)] if not token.is_punct]
        for i, token in enumerate(following[:5]):
            if token.lower_ in ("to", "for") and i + 1 < len(following):
                named_next = next((at[other.i] for other in following[i + 1 : i + 3] if other.i in at), None)
                if named_next is not None:
                    return [principal(analysis, named_next)]
            if token.pos_ not in ("NOUN", "ADP", "ADJ", "PROPN", "DET", "PART"):
                break
    return []


def beneficiaries(analysis: Analysis, draft: Draft) -> tuple[list[int], list[Span]]:
    """Who receives by what the clause is for, where no place of the frame tells it.

    First those who are helped ('to help Ukraine defend itself', 'to support displaced families'), then those whom a
    preposition names anywhere in what hangs on the verb ('to meet the needs of refugees'), the nearest first.
    """
    helped: list[Token] = []
    reached: list[Token] = []
    for token in _below(draft.head):
        if token.pos_ == "VERB" and lemma(token) in HELPING and token.i > draft.head.i:
            helped += objects(token) + [
                inner for child in token.children if child.dep_ in ("ccomp", "xcomp") for inner in _own_subjects(child)
            ]
        elif token.dep_ == "pobj" and token.i > draft.head.i and token.head.lower_ in REACHING:
            reached += conjuncts(token)
        elif token.dep_ == "dobj" and token.head.tag_ == "VB" and token.head.i > draft.head.i:
            reached += conjuncts(token)  # 'to maintain the taskforce'
    for heads in (helped, reached):
        for head in heads:
            if head.i in draft.beside:
                continue
            parties, phrases = split_named(analysis, conjuncts(head))
            parties = [party for party in parties if party not in draft.providers and not _is_own(analysis, party, draft)]
            if parties or phrases:
                return parties, phrases
    return [], []


def _is_own(analysis: Analysis, party: int, draft: Draft) -> bool:
    """Whether a party is the giver's own body: the ministry through which a state gives."""
    return analysis.parties[party].represents in draft.providers


def _below(head: Token) -> list[Token]:
    """The words that hang on a word, nearest first; relative clauses are other tellings."""
    found: list[Token] = []
    level = [head]
    for _ in range(12):
        level = sorted(
            (
                child
                for token in level
                for child in token.children
                if child.dep_ not in ("relcl", "nsubj", "nsubjpass", "conj")
                or child.pos_ in ("NOUN", "PROPN")
                or child.tag_ == "VB"
            ),
            key=lambda token: token.i,
        )
        if not level:
            break
        found += level
    return found


def _own_subjects(verb: Token) -> list[Token]:
    return [joined for child in verb.children if child.dep_ in ("nsubj", "dobj") for joined in conjuncts(child)]


def split_named(analysis: Analysis, heads: Iterable[Token]) -> tuple[list[int], list[Span]]:
    """Of words where a receiver may stand, the parties, and the phrases that name a kind of people or bodies.

    Coordinated kinds are one phrase: 'refugees and displaced persons'. Beside a party only what is coordinated with it counts.
    """
    parties: list[int] = []
    named_heads: set[int] = set()
    kinds: list[Token] = []
    for head in sorted({head.i: head for head in map(_counted, heads)}.values(), key=lambda token: token.i):
        found = parties_of(head)
        if not found and not receives(head):
            found = [party for child in head.children if child.dep_ == "poss" for party in parties_of(child)]
            found = found or _whose_people(analysis, head)
        if found:
            parties += [principal(analysis, party) for party in found]
            named_heads.add(head.i)
        elif receives(head):
            kinds.append(head)
    if parties:
        kinds = [head for head in kinds if head.dep_ == "conj" and head.head.i in named_heads]
    return list(dict.fromkeys(parties)), _phrases(kinds)


def _whose_people(analysis: Analysis, head: Token) -> list[int]:
    """The state or region whose adjective a noun has: 'Ukrainian forces', 'Victorian roads'."""
    told = [party for child in head.children if child.dep_ in ("amod", "compound") for party in parties_of(child)]
    return [party for party in told if analysis.parties[party].kind in (Kind.COUNTRY, Kind.PUBLIC_BODY)]


def _counted(head: Token) -> Token:
    """What a word of quantity counts: 'a number of allies'."""
    if lemma(head) in QUANTITIES and not parties_of(head):
        return next(prepositional(head, frozenset({"of"})), head)
    return head


def _phrases(kinds: list[Token]) -> list[Span]:
    """The phrases of these heads, each coordination as one."""
    spans: list[Span] = []
    last: Token | None = None
    for head in kinds:
        start, end = phrase_of(head)
        if last is not None and head.dep_ == "conj" and (head.head == last or head.head.dep_ == "conj") and spans:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
        last = head
    return list(dict.fromkeys(spans))


def receives(head: Token) -> bool:
    """Whether a noun is one for those who may receive."""
    return head.pos_ in ("NOUN", "PROPN") and lemma(head) in receiver_nouns()


def phrase_of(head: Token) -> Span:
    """The words of a noun phrase: what stands before its head, and what follows it up to the next clause or comma."""
    left = min(
        (child.left_edge for child in head.children if child.i < head.i and child.dep_ not in ("punct", "cc", "prep")),
        key=lambda t: t.i,
        default=head,
    )
    right = head
    for child in head.children:
        if (
            child.i > head.i
            and child.dep_ == "prep"
            and child.lower_ in ("of", "in", "from", "across", "with", "at", "throughout")
        ):
            edge = child.right_edge
            if edge.i - head.i <= 12:
                right = edge
    return left.idx, right.idx + len(right)
