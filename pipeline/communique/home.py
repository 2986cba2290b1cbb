"""Where the issuer of a release is at home: a scored guess from what came with the release and from its own words.

Every cue speaks for one country with a weight (`Score`); the heaviest wins if it is heavy enough and ahead of the next.
The guess settles what a bare `$` means, whose fiscal year it is and in which order day and month stand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache

import pycountry

from communique.analysis import Context
from communique.lexicons import lexicon

REACH = 30_000  # characters from the start that are read, and the same share from the end
OPENING = 600  # characters that hold headline, letterhead and dateline
ENOUGH = 4.0  # the least score that decides
SOME = 2.0  # the least that decides between a few countries
MENTIONS = 4  # more mentions of one thing than these weigh no more

ABROAD = 0.2  # of its weight is left to a country that the issuer visits

_VISITED = re.compile(
    r"\b(?:I|me|my|we|our)\b[^.\n]{0,60}?\b(?:visit(?:ing)?|travel(?:ling)?)(?: to)? ([A-Z][^.,\n]{2,60})"  # when I visit Peru
)
_NAME = re.compile(r"(?<![\w@])[A-Z][\w.&*-]*[\w.*]")
_DOMAIN = re.compile(r"[a-z0-9-]\.((?:[a-z0-9-]{1,20}\.){0,2}[a-z]{2,4})(?![.a-z0-9-])", re.IGNORECASE)
_DIALLED = re.compile(r"(?<!\w)\+ ?([0-9]{1,3})(?=[ ().-]{0,2}[0-9(])")
_US_PHONE = re.compile(r"(?<!\d)(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}-)[0-9]{3}-[0-9]{4}(?!\d)")
_BRITISH = re.compile(
    r"\b(?:[a-z]+isation|organis(?:e|ed|ing)|programme|centre|labour|honour|favour|defence|colour|recognis(?:e|ed)|metres)\b"
)
_AMERICAN = re.compile(r"\b(?:[a-z]+ization|organiz(?:e|ed|ing)|center|labor|honor|favor|defense|color|recogniz(?:e|ed))\b")
_ACTS = re.compile(
    r"(?:’s|'s)? (?:will|today|has (?:committed|provided|contributed|pledged|announced|given|invested)"
    r"|is (?:providing|committed|announcing|pleased)|provides|welcomes|condemns|supports|joins|commits|calls|extends"
    r"|(?:Federal )?Government|commitment|contribution|support|aid|assistance|[$]|strongly|remains|deeply|congratulates)"
)
_SPELLED_BRITISH = ("AU", "GB", "SG", "LK", "NZ", "IN", "IE", "ZA")


def home_country(text: str, context: Context | None = None) -> str | None:
    """ISO 3166 alpha-2 of the issuer's country, None where there is nothing to go on.

    What came with the release (`Context.issuer`, its title, the place of its dateline) weighs more than the text.
    """
    if context is not None and context.country is not None:
        return context.country
    scores = score(text, context)
    return _winner(scores, ENOUGH)


def likeliest(text: str, among: Collection[str], context: Context | None = None) -> str | None:
    """Of some countries the one that the release speaks for most, None where it speaks for none of them, or for two alike."""
    return _winner({country: weight for country, weight in score(text, context).items() if country in among}, SOME)


def _winner(scores: Mapping[str, float], least: float) -> str | None:
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < least or (len(ranked) > 1 and ranked[1][1] >= ranked[0][1]):
        return None
    return ranked[0][0]


def score(text: str, context: Context | None = None) -> dict[str, float]:
    """The weight of what speaks for each country."""
    scores: defaultdict[str, float] = defaultdict(float)
    if context is not None:
        for told, weight in ((context.issuer, 40.0), (context.dateline_place, 8.0), (context.title, 3.0)):
            for named in _named(told or "", 0):
                scores[named] += weight
    read = text if len(text) <= 2 * REACH else text[:REACH] + "\n" + text[-REACH:]
    opening = read[:OPENING]
    for country, found in _named(read, OPENING).items():
        scores[country] += found
    for match in _VISITED.finditer(read):
        for named in _named(match[1], 0):
            scores[named] *= ABROAD
    scores["US"] += 6.0 * min(2, len(_STATE.findall(opening)))
    scores["US"] += min(MENTIONS, sum(1 for _ in _STATE.finditer(read, OPENING))) * 1.0
    scores["US"] += min(2, len(_US_PHONE.findall(read))) * 2.0
    for domain in {match.group(1).lower() for match in _DOMAIN.finditer(read)}:
        if owner := _domain(domain):
            scores[owner] += 6.0
    dialling: dict[str, str] = lexicon("countries")["dialling"]
    for code in {match[1] for match in _DIALLED.finditer(read)} & dialling.keys():
        scores[dialling[code]] += 4.0
    for sign in {match.group() for match in _SIGN.finditer(read)}:
        scores[_SIGNS[sign]] += 5.0
    british, american = len(_BRITISH.findall(read)), len(_AMERICAN.findall(read))
    if british > american:
        scores["US"] -= min(5.0, 1.5 * (british - american))
        for country in _SPELLED_BRITISH:
            if country in scores:
                scores[country] += 1.0
    elif american > british:
        scores["US"] += min(4.0, 1.0 * (american - british))
    return {country: weight for country, weight in scores.items() if weight > 0}


_SIGNS = {"A$": "AU", "$A": "AU", "S$": "SG", "C$": "CA", "NZ$": "NZ", "HK$": "HK", "LKR": "LK", "£": "GB", "₹": "IN"}
_SIGN = re.compile(r"(?<![A-Za-z])(?:NZ|HK|A|S|C)\$|\$A(?= ?[0-9])|(?<![A-Za-z])LKR|[£₹]")


def _named(text: str, opening: int) -> dict[str, float]:
    """Weights of the countries that names in a text speak for; each counts `MENTIONS` times at most, thrice in its opening."""
    weights: defaultdict[str, float] = defaultdict(float)
    seen: defaultdict[str, int] = defaultdict(int)
    phrases = _phrases()
    for match in _NAME.finditer(text):
        first = match.group()
        options = (
            phrases.get(first) or phrases.get(first.rstrip(".-")) or (phrases.get(first.title()) if first.isupper() else None)
        )
        for phrase, country, weight in options or ():
            place = match.start()
            if text.startswith(phrase, place) or (first.isupper() and text[place : place + len(phrase)].title() == phrase):
                after = text[place + len(phrase) : place + len(phrase) + 1]
                if after.isalnum() or (after == "-" and weight < 4):
                    continue
                seen[phrase] += 1
                if seen[phrase] <= MENTIONS:
                    if weight < 2:  # a country or its people, which may be what is talked of: it speaks more when it acts
                        weights[country] += 0.5 + 2.0 * (_ACTS.match(text, place + len(phrase)) is not None) / seen[phrase]
                    else:
                        weights[country] += weight * (2.0 if place < opening else 1.0) / seen[phrase]
                break
    return weights


@cache
def _phrases() -> dict[str, list[tuple[str, str, float]]]:
    """First word -> the phrases that begin with it, longest first, with country and weight."""
    table: defaultdict[str, list[tuple[str, str, float]]] = defaultdict(list)
    countries = lexicon("countries")

    def enter(phrase: str, country: str, weight: float) -> None:
        table[re.split(r"[ (]", phrase)[0].rstrip(".-") if " " in phrase else phrase].append((phrase, country, weight))

    for entry in pycountry.countries:
        enter(entry.name.split(",")[0], entry.alpha_2, 1.0)
    for country, names in countries["names"].items():
        for name in names:
            enter(name, country, 1.0)
    for country, demonyms in countries["demonyms"].items():
        for demonym in demonyms:
            enter(demonym, country, 1.0)
    for country, towns in countries["capitals"].items():
        for town in towns:
            enter(town, country, 2.0)
    for country, people in countries["leaders"].items():
        for name in people:
            enter(name, country, 5.0)
    for cue in countries["cue"]:
        for word in cue["words"]:
            enter(word, cue["country"], float(cue["weight"]))
    return {first: sorted(options, key=lambda option: (-len(option[0]), -option[2])) for first, options in table.items()}


def _domain(domain: str) -> str | None:
    """The country that the end of a web address belongs to."""
    table: dict[str, str] = lexicon("countries")["domains"]
    parts = domain.split(".")
    return next((table[end] for i in range(len(parts)) if (end := ".".join(parts[i:])) in table), None)


def _states() -> str:
    return "|".join(re.escape(state) for state in sorted(lexicon("countries")["states"]["words"], key=len, reverse=True))


_STATE = re.compile(rf"(?:[a-z]|[A-Z]{{2}}), (?:{_states()})(?=[\s,;)–—-])")
