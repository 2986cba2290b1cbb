"""The same undertaking told again: in the headline, the lead, a quotation, a later paragraph. The fullest telling leads."""

from __future__ import annotations

from communique.analysis import AmountKey, Analysis
from communique.link.commitments.clauses import objects
from communique.link.commitments.draft import Draft
from communique.link.commitments.learned import model
from communique.link.commitments.lexical import lemma
from communique.segment import Role
from communique_models import Action, Basis, Status

GIVING = frozenset({Action.FUND, Action.LEND, Action.INVEST, Action.SUPPLY, Action.SERVE, Action.PAY, Action.OTHER})
KINDRED: tuple[frozenset[Action], ...] = (
    GIVING,
    frozenset({Action.AGREE, Action.COOPERATE, Action.BUY, Action.SELL, Action.LEND, Action.INVEST}),
    frozenset({Action.BUILD, Action.INVEST, Action.SERVE, Action.FUND, Action.EMPLOY}),
    frozenset({Action.REGULATE, Action.REDUCE, Action.AGREE}),
    frozenset({Action.PUBLISH, Action.REGULATE}),
)
OF_THINGS = frozenset({"take effect", "be open"})  # what is opened or takes effect is their subject
OPENING = 40  # undertakings at the start of a release, which headline and lead tell
NEAR = 40  # undertakings before a telling that it may tell again
MEMBERS = 8  # tellings of an undertaking that a new one is compared with, at either end
LIKELY = 0.4  # that two tellings are of one undertaking: from here on they are joined
SURE = 0.8  # from here on two groups are joined by a telling that is of both


def folded(drafts: list[Draft], analysis: Analysis) -> list[Draft]:
    """The tellings without those of an effect: 'the loan will help', told of the undertaking before them.

    A thing gives nothing of its own; a new sum or jobs it may bring stay a telling. Where it only tells how much was
    undertaken just before ('the facility totals C$75 million'), the sum goes there.
    """
    kept: list[Draft] = []
    for draft in drafts:
        fresh = any(analysis.amounts[i].basis is Basis.NEW for i in draft.amounts)
        if _tells_size(draft, kept, analysis):
            kept[-1].told.append(draft)
            kept[-1].amounts += draft.amounts
        elif draft.evidence.get("by_thing") and not fresh and not _is_own_act(draft):
            if kept and kept[-1].action in GIVING and draft.action in GIVING:
                kept[-1].told.append(draft)
            analysis.dropped("commitments", draft.trigger, draft.frame.id, "an effect of what was undertaken before")
        else:
            kept.append(draft)
    return kept


def _is_own_act(draft: Draft) -> bool:
    """Whether what a thing does is told as an act of its own: jobs that it brings, its opening, its taking effect."""
    return draft.action is Action.EMPLOY or draft.frame.id in OF_THINGS


def _tells_size(draft: Draft, before: list[Draft], analysis: Analysis) -> bool:
    if draft.frame.id != "spend" or not draft.evidence.get("by_thing") or not draft.amounts or not before:
        return False
    last = before[-1]
    near = analysis.layout.index_at(draft.position) - analysis.layout.index_at(last.position) <= 1
    return near and not last.amounts and not last.evidence.get("by_thing") and draft.sentence.start != last.sentence.start


def joined(drafts: list[Draft], analysis: Analysis) -> list[Draft]:
    """The undertakings, each with its other tellings in `Draft.told`, in reading order of the leading ones.

    A telling is compared with those of the same sum, those that open the release and those just before it, so that the cost is
    linear in their number.
    """
    groups: list[list[Draft]] = []
    by_sum: dict[AmountKey, list[int]] = {}
    for draft in with_sums(drafts, analysis):
        near = {*range(min(OPENING, len(groups))), *range(max(0, len(groups) - NEAR), len(groups))}
        near |= {index for key in draft.sums for index in by_sum.get(key, ())[:OPENING]}
        rated = sorted(((likeness(draft, groups[i], analysis), -i) for i in near if groups[i]), reverse=True)
        place = -rated[0][1] if rated and rated[0][0] > 0 else len(groups)
        if place == len(groups):
            groups.append([])
        for like, other in rated[1:]:  # it is surely of both, so they are one
            if like >= SURE and not _sums_apart(groups[place], groups[-other]):
                groups[place] += groups[-other]
                groups[-other] = []
        groups[place].append(draft)
        for key in draft.sums:
            if place not in by_sum.setdefault(key, []):
                by_sum[key].append(place)
    return sorted((_lead(group, analysis) for group in groups if group), key=lambda draft: draft.position)


def with_sums(drafts: list[Draft], analysis: Analysis) -> list[Draft]:
    """The tellings with what their amounts are filled in."""
    same = {fact.key: analysis.amounts[fact.equivalent_of].key for fact in analysis.amounts if fact.equivalent_of is not None}
    for draft in drafts:
        keys = (analysis.amounts[index].key for index in draft.amounts)
        draft.sums = frozenset(same.get(key, key) for key in keys)
    return drafts


def _sums_apart(some: list[Draft], others: list[Draft]) -> bool:
    """Whether two groups tell sums and none in common."""
    one = {key for draft in some for key in draft.sums}
    two = {key for draft in others for key in draft.sums}
    return bool(one and two and not one & two)


def likeness(draft: Draft, group: list[Draft], analysis: Analysis) -> float:
    """How surely a telling is of the same undertaking as a group; 0 where it is another one."""
    members = group if len(group) <= 2 * MEMBERS else group[:MEMBERS] + group[-MEMBERS:]
    for other in members:
        apart = draft.sums and other.sums and not draft.sums & other.sums
        if apart and not _in_heading(other, analysis) and not _tells_parts(draft, other, analysis):
            return 0.0
    return max(_pair(draft, other, analysis) for other in members)


def _pair(one: Draft, other: Draft, analysis: Analysis) -> float:
    """How likely two tellings are of one undertaking; 0 where it is too little to join them."""
    if one.head.i == other.head.i:  # split on purpose
        return 0.0
    if (one.status is Status.WITHDRAWN) != (other.status is Status.WITHDRAWN):
        return 0.0
    first, second = (one, other) if one.position <= other.position else (other, one)
    if _tells_parts(one, other, analysis) or _tells_parts(other, one, analysis) or _goes_on(first, second):
        return 1.0
    chance = model("retellings").probability(pair_features(first, second, analysis))
    return chance if chance >= LIKELY else 0.0


def _tells_parts(one: Draft, other: Draft, analysis: Analysis) -> bool:
    """Whether one telling only says what the other's sum is made of: 'the package includes $5 million for ...'."""
    wholes = {analysis.amounts[index].part_of for index in one.amounts}
    return one.frame.id == "spend" and not one.evidence.get("actor_named") and bool(one.amounts) and wholes <= set(other.amounts)


def _goes_on(one: Draft, other: Draft) -> bool:
    """Whether a telling goes on about what another announces or sets up: 'will set up a fund, which will provide $50 million'."""
    if one.sentence.start != other.sentence.start or one.head not in other.head.ancestors:
        return False
    if one.frame.id == "announce":
        return True
    told_on = [child for child in other.head.children if child.dep_ == "nsubj" and child.lower_ in ("which", "that")]
    return bool(told_on) and other.head.dep_ == "relcl" and other.head.head in objects(one.head) and not (one.sums and other.sums)


def _overlap(one: Draft, other: Draft) -> float:
    shorter = min(len(one.content), len(other.content))
    return len(one.content & other.content) / shorter if shorter else 0.0


def _lead(group: list[Draft], analysis: Analysis) -> Draft:
    """The fullest telling, with what only the others tell."""
    return led_by(max(group, key=lambda d: (fullness(d) - _in_heading(d, analysis), -d.position)), group, analysis)


def led_by(lead: Draft, group: list[Draft], analysis: Analysis) -> Draft:
    """A telling with the others of its undertaking in `Draft.told`, and what only they tell."""
    for other in sorted(group, key=lambda d: d.position):
        if other is lead:
            continue
        lead.told += [other, *other.told]
        if not lead.providers:
            lead.providers, lead.givers = other.providers, lead.givers or other.givers
        if not lead.receivers:
            lead.receivers = [party for party in other.receivers if party not in lead.providers]
        if not lead.receivers and not lead.unnamed:
            lead.unnamed = other.unnamed
        known = {analysis.amounts[i].key for i in lead.amounts}
        lead.amounts += [i for i in other.amounts if analysis.amounts[i].key not in known]
        told = {(analysis.dates[i].begin, analysis.dates[i].last, role) for i, role in lead.dates}
        lead.dates += [
            (i, role) for i, role in other.dates if (analysis.dates[i].begin, analysis.dates[i].last, role) not in told
        ]
        lead.condition = lead.condition or other.condition
        lead.items = lead.items or other.items
    return lead


def _in_heading(draft: Draft, analysis: Analysis) -> bool:
    block = analysis.layout.block_at(draft.position)
    return block is not None and block.role in (Role.HEADLINE, Role.SUBHEAD)


def fullness(draft: Draft) -> float:
    """How much a telling tells."""
    return (
        2 * bool(draft.providers)
        + 2 * bool(draft.amounts)
        + bool(draft.receivers)
        + 0.5 * bool(draft.unnamed)
        + 0.5 * bool(draft.dates)
        + 0.5 * bool(draft.items)
        + 0.5 * (not draft.frame.nominal)
        - (draft.frame.id == "spend")  # 'includes', 'totals': seldom the act itself
        + min(len(draft.content), 12) / 24
    )


def pair_features(one: Draft, other: Draft, analysis: Analysis) -> set[str]:
    """What speaks for and against two tellings being of one undertaking; `one` stands first."""
    found = {"pair"}
    if one.head.i == other.head.i:
        return found | {"same_head"}
    same_sentence = one.sentence.start == other.sentence.start
    apart = analysis.layout.index_at(other.position) - analysis.layout.index_at(one.position)
    found.add("same_sentence" if same_sentence else f"paragraphs={min(apart, 3)}")
    if same_sentence:
        if one.head in other.head.ancestors:
            found |= {"below", f"below={other.head.dep_}", f"below_frame={one.frame.id}"}
        elif other.head in one.head.ancestors:
            found |= {"above", f"above={one.head.dep_}"}
        if other.head.dep_ == "conj" and other.head.head == one.head:
            found.add("joined")
    if one.sums and other.sums:
        found.add("sum_shared" if one.sums & other.sums else "sum_other")
    elif one.sums or other.sums:
        found.add("sum_one")
    else:
        found.add("sum_none")
    shared = set(one.providers) & set(other.providers)
    if one.providers and other.providers:
        found.add("provider_shared" if shared else "provider_other")
        if set(one.providers) & set(other.receivers) or set(other.providers) & set(one.receivers):
            found.add("provider_is_receiver")
    if (one.receivers or one.unnamed) and (other.receivers or other.unnamed):
        meet = set(one.receivers) & set(other.receivers)
        found.add("receiver_shared" if meet else "receiver_other")
    if one.action is other.action:
        found.add("action_same")
    elif any(one.action in kin and other.action in kin for kin in KINDRED):
        found.add("action_kin")
    if one.status is other.status:
        found.add("status_same")
    if lemma(one.head) == lemma(other.head):
        found.add("verb_same")
    overlap = _overlap(one, other)
    count = len(one.content & other.content)
    found.add(f"overlap={min(int(overlap * 5), 4)}")
    found.add(f"shared={min(count, 4)}")
    if same_sentence:
        found.add(f"overlap_here={min(int(overlap * 3), 2)}")
    if _in_heading(one, analysis):
        found |= {"heading_first", f"heading+shared={min(count, 3)}"}
    if _in_heading(other, analysis):
        found.add("heading_second")
    if (analysis.quotation_at(one.position) is None) != (analysis.quotation_at(other.position) is None):
        found |= {"quoted_one", f"quoted+shared={min(count, 3)}"}
    for draft in (one, other):
        found.add(f"frame={draft.frame.id}")
        if draft.evidence.get("by_thing"):
            found.add("by_thing")
    found.add(f"frames={'+'.join(sorted((one.frame.id, other.frame.id)))}")
    found.add(f"actions={'+'.join(sorted((one.action, other.action)))}")
    found |= {f"class_shared={name}" for name in one.classes & other.classes}
    if one.items and other.items:
        found.add("items_both")
    return found
