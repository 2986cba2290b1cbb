"""For whom persons, ministries and subsidiaries act."""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Doc

from communique.annotate.party_names.names import POSSESSIVE, Name
from communique.annotate.party_names.offices import office_at, offices, unlike
from communique.lexicons import lexicon
from communique.link.parties.drafts import Draft
from communique.link.parties.nominals import nominal_kinds
from communique.normalise.names import fold, words_of
from communique.normalise.states import demonyms, regions, state_in, state_names
from communique_models import Kind

AFTER = 24  # tokens after a name in which its office may stand
NEAR = 8  # tokens between a name and the office after it
REACH = 10  # tokens before a title in which a state's people may stand
FAR = 10  # tokens between an office and its body
STOPS = frozenset({".", ";", "!", "?", "”", '"', "“", ":"})
UNITS = ("subsidiary", "division", "unit", "arm", "affiliate", "part", "brand", "member")
ORGANISED = (Kind.COMPANY, Kind.NONPROFIT, Kind.PUBLIC_BODY, Kind.INTERGOVERNMENTAL, Kind.COUNTRY, None)


class Places:
    """Which draft is told at a token."""

    def __init__(self, drafts: list[Draft]) -> None:
        self.at = {i: (draft, name) for draft in drafts for name in draft.names for i in range(name.start, name.end)}

    def within(self, start: int, end: int) -> list[tuple[Draft, Name]]:
        """The drafts named between two tokens, in reading order."""
        found: list[tuple[Draft, Name]] = []
        for i in range(start, end):
            told = self.at.get(i)
            if told is not None and (not found or found[-1][1] is not told[1]):
                found.append(told)
        return found


def link(doc: Doc, drafts: list[Draft]) -> None:
    """Note for every party whom it represents, as far as the words next to its names tell; also the offices after names."""
    places = Places(drafts)
    for draft in drafts:
        if draft.kind is Kind.PERSON:
            draft.represents = _of_person(doc, draft, places)
        elif draft.kind in (Kind.COMPANY, Kind.NONPROFIT):
            draft.represents = _of_unit(doc, draft, places)


def link_home(doc: Doc, drafts: list[Draft], issuer: Draft | None, country: str | None) -> None:
    """Note the state of public bodies and office holders that name none: the one whose release it is."""
    states = {draft.state: draft for draft in drafts if draft.kind is Kind.COUNTRY and draft.state}
    home = states.get(country) if country else None
    regions_told = [draft for draft in drafts if (draft.key or "").startswith("region:")]
    for draft in drafts:
        if draft.represents is not None:
            continue
        if draft.kind is Kind.PUBLIC_BODY and not (draft.key or "").startswith("region:"):
            region = _region_of_name(draft)
            if region is not None:
                draft.represents = next((other for other in regions_told if other.key == f"region:{region}"), None)
                continue
            told = draft.state or _state_of_name(draft)
            draft.represents = states.get(told) if told else (home if _is_national(draft) else None)
        elif draft.kind is Kind.COMPANY:
            draft.represents = _parent_by_name(draft, drafts)
        elif draft.kind is Kind.PERSON:
            of = speaks_for(draft)
            if (
                of == "state"
                and issuer is not None
                and issuer.kind in (Kind.COMPANY, Kind.NONPROFIT)
                and _also_of_organisations(draft)
            ):
                draft.represents = issuer
            elif of == "region" and len(regions_told) == 1 and _heads_region(draft):
                draft.represents = regions_told[0]
            elif of == "state":
                draft.represents = _state_before(doc, draft, states)
                if draft.represents is None and home is not None:
                    draft.represents = home if _has_office(draft, home.state) else _counterpart(states, home)
            elif (
                of == "organisation"
                and not _told_elsewhere(draft)
                and issuer is not None
                and issuer.kind in (Kind.COMPANY, Kind.NONPROFIT, Kind.INTERGOVERNMENTAL, Kind.PUBLIC_BODY)
                and issuer is not draft
            ):
                draft.represents = issuer


def _counterpart(states: dict[str, Draft], home: Draft) -> Draft | None:
    """The other state of a release, where one is told more often than all the rest: whose President Norway's minister meets."""
    told = sorted((draft for draft in states.values() if draft is not home), key=lambda draft: (-len(draft.names), draft.first))
    clear = told and len(told[0].names) > 1 and (len(told) == 1 or len(told[0].names) > len(told[1].names))
    return told[0] if clear else None


def _also_of_organisations(draft: Draft) -> bool:
    """Whether organisations have the office too: president, secretary, treasurer."""
    title = " ".join(words_of(next((name.title for name in draft.names if name.title), "") or ""))
    return title in lexicon("offices")["dual"]["words"]


def _told_elsewhere(draft: Draft) -> bool:
    """Whether a title names a body that is none of the parties: CEO of Nordlys."""
    title = next((name.title for name in draft.names if name.title), "") or ""
    words = title.replace(",", " ").split()
    return any(
        one in ("of", "at") and other[0].isupper() and other.lower() not in nominal_kinds() for one, other in pairwise(words)
    )


def _has_office(draft: Draft, state: str | None) -> bool:
    """Whether a state has such an office: Norway has no President."""
    title = " ".join(words_of(next((name.title for name in draft.names if name.title), "") or ""))
    return not any(state in states for office, states in unlike().items() if title == office)


def _state_before(doc: Doc, draft: Draft, states: dict[str, Draft]) -> Draft | None:
    """The state whose people are told in the same clause before a title: Norwegian officials, including Foreign Minister Holm."""
    for name in draft.names:
        for i in range(name.start - 1, max(-1, name.start - REACH), -1):
            if doc[i].is_sent_end or doc[i].text in STOPS:
                break
            code = demonyms().get(doc[i].text) or state_names().get(doc[i].text)
            if code is not None and any(
                doc[j].lower_ in ("including", "officials", "counterpart", "leaders") for j in range(i, name.start)
            ):
                return states.get(code)
    return None


def _state_of_name(draft: Draft) -> str | None:
    return next((told for told in (state_in(name.text) for name in draft.names) if told), None)


def _region_of_name(draft: Draft) -> str | None:
    """The region of a federation whose name or people stand in a body's name, as ISO 3166-2."""
    known = [*regions().items(), *lexicon("parties")["region_people"]["words"].items()]
    found = [(len(name), code) for name, code in known if any(f" {name} " in f" {n.text} " for n in draft.names)]
    return max(found)[1] if found else None


def _heads_region(draft: Draft) -> bool:
    """Whether a person's office is that of a region's head, not of a town's."""
    title = " ".join(words_of(next((name.title for name in draft.names if name.title), "") or ""))
    return title.endswith(("governor", "gov", "premier", "chief minister"))


def _is_national(draft: Draft) -> bool:
    """Whether a body's name is that of a part of a state's government: Ministry of Fisheries, Treasury."""
    first = [
        word
        for name in draft.names
        for word in name.text.split()
        if word
        in (
            "Ministry",
            "Department",
            "Treasury",
            "Parliament",
            "Secretariat",
            "Cabinet",
            "Army",
            "Navy",
            "Embassy",
            "Senate",
            "Agency",
            "Authority",
            "Commission",
            "Board",
            "Bureau",
            "Service",
            "Office",
        )
    ]
    return bool(first) and not any(
        word in name.text.split()
        for name in draft.names
        for word in ("City", "County", "District", "Municipal", "Regional", "Town", "Borough", "State", "Shire")
    )


def speaks_for(draft: Draft) -> str | None:
    """For whom a person's office speaks, by its title."""
    title = next((name.title for name in draft.names if name.title), None)
    if title is None:
        return None
    words = title.lower().replace(".", "").replace("-", " - ").replace(",", " ").replace("’", "'").replace("'", " '").split()
    found = [
        offices()[tuple(words[i : i + n])]
        for i in range(len(words))
        for n in range(min(6, len(words) - i), 0, -1)
        if tuple(words[i : i + n]) in offices()
    ]
    return found[0] if found else None


def _of_person(doc: Doc, draft: Draft, places: Places) -> Draft | None:
    """The body or state next to a person's office; a state's office stands for the state rather than for a ministry."""
    for name in draft.names:
        if name.title is None:
            _office_after(doc, name, places)
    speaks = speaks_for(draft)
    found = []
    for name in draft.names:
        for other in (_before(doc, name, places), _after(doc, name, places)):
            if other is not None and other is not draft and other.kind in ORGANISED and speaks != "none":
                found.append(other)
    if speaks == "state":
        found.sort(key=lambda other: other.kind is not Kind.COUNTRY)
    return found[0] if found else None


def _before(doc: Doc, name: Name, places: Places) -> Draft | None:
    """The body right before a title or within it: Nordlys chief executive Kari Holm, Norway's Minister for Fisheries."""
    if name.title is None:
        return None
    inside = [d for d, _ in places.within(name.start, name.end) if d.kind is not Kind.PERSON]
    if inside:
        return inside[0]
    i = name.start - 1
    if i >= 0 and doc[i].text in POSSESSIVE:
        i -= 1
    told = places.at.get(i)
    if told is None or doc[name.start].is_sent_start or told[0].kind is Kind.PERSON:
        return None
    return told[0]


def _extent(doc: Doc, name: Name, places: Places) -> int:
    """Where the words that describe a person after the name end."""
    end = name.end
    while end < len(doc) and end - name.end < AFTER and not doc[end].is_sent_start:
        token = doc[end]
        told = places.at.get(end)
        if token.text in STOPS or (token.is_space and "\n" in token.text) or (told is not None and told[0].kind is Kind.PERSON):
            break
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD") and end > name.end:
            break
        end += 1
    return end


def _after(doc: Doc, name: Name, places: Places) -> Draft | None:
    """The body of an apposition or of a phrase after a name: Kari Holm, chief executive of Nordlys; President Holm of Norway."""
    if name.end >= len(doc):
        return None
    opener = doc[name.end].text
    end = _extent(doc, name, places)
    told = [(d, n) for d, n in places.within(name.end, end) if d.kind is not Kind.PERSON]
    if not told:
        return None
    draft, other = told[0]
    if opener in ("of", "from", "at"):
        return draft if other.start <= name.end + 2 else None
    if opener not in (",", "(", "-", "–", "—"):
        return None
    if opener == "(" and other.start == name.end + 1:
        return draft
    office = next((i for i in range(name.end, min(name.end + NEAR, end)) if office_at(doc, i)), None)
    return draft if office is not None and other.start - office <= FAR else None


def _office_after(doc: Doc, name: Name, places: Places) -> None:
    """Give a name the office that follows it: Kari Holm, chief executive of Nordlys."""
    if name.end >= len(doc) or doc[name.end].text not in (",", "(", "-", "–", "—"):
        return
    end = _extent(doc, name, places)
    for i in range(name.end + 1, end):
        if office_at(doc, i):
            stop = i
            while stop < end and (
                doc[stop].text != "," or (stop + 1 < end and doc[stop + 1].text[0].isupper() and stop + 1 not in places.at)
            ):
                stop += 1
            start = name.end + 1
            while start < i and (
                doc[start].lower_ in ("the", "our", "its", "a", "an", "who", "is")
                or start in places.at
                or doc[start].text in POSSESSIVE
            ):
                start += 1
            if i - start <= 4:
                name.title = doc[start:stop].text.strip(" ,)")
            return


def _of_unit(doc: Doc, draft: Draft, places: Places) -> Draft | None:
    """The parent of a company: Nordlys Sol, a subsidiary of Nordlys; Nordlys's subsidiary Nordlys Sol; or by its name."""
    for name in draft.names:
        for i in range(name.end, min(name.end + 10, len(doc))):
            if doc[i].text in STOPS or (doc[i].is_sent_start and i > name.end):
                break
            if (
                doc[i].lower_ in UNITS
                and i + 1 < len(doc)
                and doc[i + 1].lower_ == "of"
                and doc[name.end].text in (",", "(", "–", "-", "—")
            ):
                told = [d for d, _ in places.within(i + 2, min(i + 6, len(doc))) if d.kind is not Kind.PERSON]
                if told and told[0] is not draft:
                    return told[0]
        i = name.start - 1
        if i > 1 and doc[i].lower_ in UNITS[:5]:
            told = [d for d, _ in places.within(max(0, i - 5), i) if d.kind is not Kind.PERSON]
            if told and told[-1] is not draft:
                return told[-1]
    return None


def _parent_by_name(draft: Draft, drafts: list[Draft]) -> Draft | None:
    """The company by whose whole name a longer name begins: Nordlys of Nordlys Marine."""
    form = fold(draft.name)
    parents = [
        other
        for other in drafts
        if other is not draft
        and other.kind is Kind.COMPANY
        and any(len(short) > 3 and form.startswith(short + " ") for short in other.folds)
    ]
    return parents[0] if len(parents) == 1 else None
