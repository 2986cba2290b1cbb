"""The names in a text become its parties: joined, of a kind, linked to whom they represent."""

from __future__ import annotations

from spacy.tokens import Doc

from communique.analysis import Analysis, PartyFact, Span
from communique.annotate.party_names import find as party_names
from communique.annotate.party_names.find import ONE_OF_MANY
from communique.annotate.party_names.names import Name, headlines
from communique.known_parties import KnownParties
from communique.link.parties import aliases, issuer, represents, retold
from communique.link.parties.drafts import Draft
from communique.link.parties.nominals import nominals
from communique.link.parties.pronouns import pronouns
from communique.link.quotations.direct_speech import quoted_tokens
from communique.normalise.kinds import kind_of
from communique.normalise.names import fold, is_acronym
from communique.normalise.states import display_name, state_in
from communique_models import Kind


def find(doc: Doc, analysis: Analysis, known: KnownParties | None) -> None:
    """Fill the parties of an analysis, the issuer, and the party at every token of a mention."""
    headline = headlines(doc, analysis)
    names = party_names.find(doc, analysis, known, headline)
    names += retold.in_brackets(doc, names)
    drafts = _checked(doc, analysis, aliases.join(doc, names, headline), headline)
    retold.take_up(doc, analysis, drafts, headline)
    for draft in drafts:
        draft.kind = _kind(draft)
    represents.link(doc, drafts)
    publisher = issuer.issuer_of(doc, analysis, drafts)
    home = issuer.country_of(doc, analysis, drafts, publisher)
    drafts = _join_leaders(drafts, home)
    publisher = next((draft for draft in drafts if publisher is not None and publisher.names[0] in draft.names), None)
    _settle_kinds(drafts, publisher)
    drafts += nominals(doc, analysis, drafts, publisher, home)
    represents.link_home(doc, drafts, publisher, home)
    if publisher is not None and publisher.kind is Kind.PERSON and publisher is not issuer.author_of(doc, analysis, drafts):
        publisher = publisher.represents or publisher
    drafts.sort(key=lambda draft: draft.first)
    taken_up = pronouns(doc, analysis, drafts, quoted_tokens(doc, analysis))
    _write(doc, analysis, drafts, publisher, home, known)
    order = {id(draft): k for k, draft in enumerate(drafts)}
    analysis.party_at.update({i: order[id(draft)] for i, draft in taken_up.items()})


def _checked(doc: Doc, analysis: Analysis, drafts: list[Draft], headline: list[bool]) -> list[Draft]:
    """The drafts of which one name at least is strong; no persons of a bare word, or of a headline that nothing confirms."""
    kept = []
    text = analysis.text
    told = any(draft.kind is Kind.PERSON and not all(headline[name.start] for name in draft.names) for draft in drafts)
    for draft in drafts:
        reason = ""
        if all(name.weak for name in draft.names) or (draft.names[0].weak == ONE_OF_MANY and draft.key is None):
            reason = draft.names[0].weak
        elif draft.kind is Kind.PERSON and not any(name.title or name.gender or " " in name.text for name in draft.names):
            reason = "a single word without a title"
        elif (
            told
            and draft.kind is Kind.PERSON
            and all(headline[name.start] and not _governed(doc, name.start) and _common(text, name) for name in draft.names)
        ):
            reason = "only in a headline"
        if reason:
            for name in draft.names:
                span = doc[name.start : name.end]
                analysis.dropped("parties", (span.start_char, span.end_char), name.rule, reason)
        else:
            kept.append(draft)
    return kept


def _common(text: str, name: Name) -> bool:
    """Whether a word of a name is a common one elsewhere in the text, in the same or another form."""
    return any(len(word) > 4 and f" {word[:5].lower()}" in text for word in name.text.split())


def _governed(doc: Doc, start: int) -> bool:
    """Whether a name stands after a preposition: Statement by President Holm."""
    return start > 0 and doc[start - 1].lower_ in ("by", "from", "of", "with", "to", "between", "and", "on", "for", ":")


def _join_leaders(drafts: list[Draft], home: str | None) -> list[Draft]:
    """Join the governments that go by their leader's name to the state of the leader, else to the one that issues the release."""
    states = {draft.state: draft for draft in drafts if draft.state and draft.kind is Kind.COUNTRY}
    for draft in drafts:
        leader = next((name.leader for name in draft.names if name.leader), None)
        if leader is None or draft.state is not None:
            continue
        led = {
            d.represents.state
            for d in drafts
            if d.kind is Kind.PERSON and d.represents is not None and d.name.split()[-1] == leader
        }
        state = next(iter(led)) if len(led) == 1 else home
        if state in states:
            states[state].take(draft)
        elif state is not None:
            draft.key = f"state:{state}"
            states[state] = draft
    return [draft for draft in drafts if not draft.merged]


def _kind(draft: Draft) -> Kind | None:
    if draft.kind is not None:
        return draft.kind
    for name in sorted(draft.names, key=lambda n: -len(n.text)):
        told = kind_of(name.text)
        if isinstance(told, Kind):
            return told
    return None


def _settle_kinds(drafts: list[Draft], publisher: Draft | None) -> None:
    """Give the rest a kind: acronyms in a government's release are public bodies, all else companies."""
    official = publisher is not None and publisher.kind in (Kind.COUNTRY, Kind.PUBLIC_BODY, Kind.PERSON)
    for draft in drafts:
        if draft.kind is None:
            draft.kind = Kind.PUBLIC_BODY if official and all(is_acronym(name.text) for name in draft.names) else Kind.COMPANY


def _write(
    doc: Doc, analysis: Analysis, drafts: list[Draft], publisher: Draft | None, home: str | None, known: KnownParties | None
) -> None:
    order = {id(draft): k for k, draft in enumerate(drafts)}
    for k, draft in enumerate(drafts):
        told = sorted([*draft.names, *draft.nominals], key=lambda n: n.start)
        key = draft.key or ""
        listed = known.parties[int(key.removeprefix("known:"))] if known and key.startswith("known:") else None
        name = listed.name if listed else _name(draft)
        analysis.parties.append(
            PartyFact(
                name=name,
                kind=draft.kind or Kind.COMPANY,
                mentions=[_span(doc, mention) for mention in told],
                aliases=_aliases(doc, name, told),
                country=_country(draft, home),
                title=next((n.title for n in draft.names if n.title), None) if draft.kind is Kind.PERSON else None,
                represents=order[id(draft.represents)]
                if draft.represents is not None and id(draft.represents) in order
                else None,
                identifiers=dict(listed.identifiers) if listed else {},
                rule=draft.names[0].rule,
            )
        )
        for mention in told:
            analysis.kept("parties", _span(doc, mention), mention.rule, name)
            analysis.party_at.update(dict.fromkeys(range(mention.start, mention.end), k))
    analysis.issuer = order[id(publisher)] if publisher is not None else None


def _name(draft: Draft) -> str:
    """The fullest name in the text; a state that only its demonym tells (Norwegian support) goes by its English name."""
    if draft.state and all(name.rule == "demonym" for name in draft.names):
        return display_name(draft.state) or draft.name
    return draft.name


def _span(doc: Doc, name: Name) -> Span:
    span = doc[name.start : name.end]
    return span.start_char, span.end_char


def _aliases(doc: Doc, name: str, told: list[Name]) -> list[str]:
    """The other forms in the text, in reading order, each once."""
    found = {name: ""}
    for mention in told:
        for form in (" ".join(doc[mention.start : mention.end].text.split()), " ".join(mention.text.split())):
            found.setdefault(form, "")
    return [form for form in list(found)[1:] if fold(form)]


def _country(draft: Draft, home: str | None) -> str | None:
    """The state that a party is or belongs to, ISO 3166 alpha-2."""
    if draft.kind is Kind.COUNTRY:
        return draft.state or home
    if draft.kind is Kind.PUBLIC_BODY:
        if draft.represents is not None and draft.represents.kind is Kind.COUNTRY:
            return draft.represents.state
        if (draft.key or "").startswith("region:"):
            return (draft.key or "")[7:9]
        return draft.state or next((told for told in (state_in(n.text) for n in draft.names) if told), None)
    return None
