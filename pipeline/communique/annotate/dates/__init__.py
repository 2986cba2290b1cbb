"""The component for dates: every point, span, length and repetition of calendar time, with its EDTF value and its days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from communique.analysis import Analysis, DateFact, Doubt, analysis_of
from communique.annotate.dates.find import mentions
from communique.annotate.dates.grammar import Grammar
from communique.annotate.dates.tense import tense_at
from communique.annotate.dates.tokens import MONTHS
from communique.home import home_country
from communique.normalise.calendars import COMPANY
from communique.normalise.dates import RELEASE, Resolver
from communique.normalise.dates_near import Tense
from communique.normalise.dates_terms import Again, Length, Retold, Term, is_local
from communique.normalise.edtf import Stretch
from communique_models import NoticeCode

STEP = "dates"
RATE = 2  # characters between a sum and its `per year`
REMEMBERED = 8  # times told before, among which `the following year` finds its own
LISTED_COMPANY = re.compile(
    r"\((?:[^()]{0,40}[:\s])?(?:NASDAQ|NYSE|Nasdaq|AMEX|LSE|TSXV?|ASX|OTC\w*|CSE|AIM|SGX|HKEX|Euronext)\b"
    r"|/PRNewswire/|\((?:BUSINESS WIRE|GLOBE NEWSWIRE|NEWMEDIAWIRE|NewMediaWire|ACCESSWIRE)\)"
)
NAMED_COMPANY = re.compile(r"\b(?:Inc|Corp|Ltd|LLC|PLC|plc|N\.V|S\.A|AG|ASA|AB)\b")
GOVERNMENT = re.compile(
    r"\b(?:Department of|Ministry of|Office of|Attorney General|U\.?S\.? Attorney|Justice Department|White House"
    r"|Congress(?:wo)?man|Senators?|Prime Minister|Minister for)\b",
    re.IGNORECASE,
)
FISCAL_END = re.compile(r"fiscal year (?:ends?|ended|ending) (?:on )?([A-Z][a-z]+) (\d{1,2})\b", re.IGNORECASE)
VOICES = 2  # names of authorities in a head by which it is theirs, whatever companies they speak of
HEAD = 1500  # characters in which a release says who issues it


@Language.component("communique_dates")
def annotate_dates(doc: Doc) -> Doc:
    """Fill `Analysis.dates` from the text; the parse, where there is one, tells the tense of `Monday` or `May`."""
    analysis = analysis_of(doc)
    text, context = analysis.text, analysis.context
    tokens = Grammar(text, {block.start for block in analysis.layout.blocks})
    published = context.published_on
    found = list(mentions(tokens, published.year if published else None))
    if context.country is None and any(mention.refused is None and is_local(mention.term) for mention in found):
        context.country = home_country(text, context)
    resolver = Resolver(published, context.country, *_fiscal(text, context.country))
    told: list[tuple[int, Stretch]] = []
    parsed = doc if doc.has_annotation("DEP") else None  # asked once: spaCy looks through all tokens
    for mention in found:
        start, end = tokens.start[mention.first], tokens.end(mention.after - 1)
        if not analysis.layout.admits(start):
            continue
        if mention.refused is not None:
            analysis.dropped(STEP, (start, end), type(mention.term).__name__.lower(), mention.refused)
            continue
        rate = tokens.low[mention.first] in ("per", "a") and isinstance(mention.term, Again)
        if rate and _in_amount(analysis, start - RATE, start):
            analysis.dropped(STEP, (start, end), "again", "the rate of a sum")
            continue
        if _in_amount(analysis, start, end):
            analysis.dropped(STEP, (start, end), type(mention.term).__name__.lower(), "part of an amount")
            continue
        tense = Tense.OPEN if _settled(mention.term) else tense_at(parsed, tokens, mention.first, mention.after)
        resolved = resolver.resolve(mention.term, tense, told)
        stretch = resolved.stretch
        analysis.kept(STEP, (start, end), resolved.rule)
        if stretch.begin is not None:
            told = [*told[-REMEMBERED + 1 :], (len(analysis.dates), stretch)]
        elif stretch.value is None:
            _doubt(analysis, text, (start, end), resolved.anchor == RELEASE, published, mention.term)
        analysis.dates.append(
            DateFact(start, end, stretch.value, stretch.begin, stretch.last, stretch.precision, resolved.anchor, resolved.rule)
        )
    return doc


def _settled(term: Term) -> bool:
    """Whether a term is the same in every tense."""
    return isinstance(term, (Length, Again, Retold))


def _doubt(analysis: Analysis, text: str, span: tuple[int, int], release: bool, published: date | None, term: Term) -> None:
    quote = text[span[0] : span[1]]
    if release and published is None:
        analysis.doubts.append(
            Doubt(NoticeCode.UNRESOLVED_DATE, f"'{quote}' counts from the publication date, which is not known", span)
        )
    elif not isinstance(term, Length):
        analysis.doubts.append(Doubt(NoticeCode.UNRESOLVED_DATE, f"the text does not tell when '{quote}' is", span))


def _in_amount(analysis: Analysis, start: int, end: int) -> bool:
    """Whether a span lies over a sum of money; the amounts are in reading order."""
    amounts = analysis.amounts
    low, high = 0, len(amounts)
    while low < high:
        middle = (low + high) // 2
        if amounts[middle].end <= start:
            low = middle + 1
        else:
            high = middle
    return low < len(amounts) and amounts[low].start < end


def _fiscal(text: str, country: str | None) -> tuple[str | None, int | None]:
    """By whose fiscal calendar a release counts, and the first month of its fiscal year where it tells it."""
    month: int | None = None
    if (match := FISCAL_END.search(text)) and (ends := MONTHS.get(match[1].lower())):
        month = ends % 12 + 1
    if LISTED_COMPANY.search(text, 0, HEAD):
        return COMPANY, month
    governs = len(GOVERNMENT.findall(text, 0, HEAD)) >= VOICES
    return (COMPANY if not governs and NAMED_COMPANY.search(text, 0, HEAD) else country), month


__all__: Sequence[str] = ["annotate_dates"]
