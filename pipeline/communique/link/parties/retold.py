"""Names told again where no finder saw them: in headlines, in brackets, without the rest of the name."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from communique.analysis import Analysis
from communique.annotate.party_names.names import POSSESSIVE, Name, is_capitalised
from communique.annotate.party_names.offices import office_at, title_before
from communique.lexicons import lexicon
from communique.link.parties.drafts import Draft
from communique.link.quotations.speakers import speech_verbs
from communique.normalise.kinds import heads
from communique.normalise.names import NameIndex, fold, initials, is_acronym, plain, without_legal_form, words_of
from communique.normalise.states import demonyms, regions, state_names
from communique_models import Kind

LONGEST_SHORT = 3  # words of a short form in brackets
_ADJECTIVES = frozenset(
    {
        "national",
        "international",
        "american",
        "first",
        "united",
        "general",
        "global",
        "royal",
        "federal",
        "new",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "great",
        "big",
        "world",
        "advanced",
        "universal",
        "green",
        "blue",
        "black",
        "white",
        "red",
        "the",
        "community",
        "city",
        "state",
        "public",
        "capital",
        "digital",
        "health",
        "energy",
        "home",
        "smart",
        "prime",
        "premier",
    }
)
MARKS = frozenset({"“", '"', "‘", "'", "”", "’", "the", "''", "``"})


def in_brackets(doc: Doc, names: list[Name]) -> Iterator[Name]:
    """The short forms that stand in brackets after a name and that no finder saw: Nordmark Fisheries Bank (NoFiBank)."""
    starts = {name.start for name in names}
    for name in names:
        if name.kind is Kind.PERSON or name.end + 2 >= len(doc) or doc[name.end].text != "(":
            continue
        first = name.end + 1
        while first < len(doc) - 1 and doc[first].text in MARKS:
            first += 1
        after = first
        while after < len(doc) and after - first <= LONGEST_SHORT and is_capitalised(doc[after]):
            after += 1
        if first in starts or after == first or after - first > LONGEST_SHORT or after >= len(doc):
            continue
        quoted = first > name.end + 1 and doc[after].text in ("”", '"', "’", "'", "''")
        short = doc[first:after].text
        whole = name.start == 0 or not is_capitalised(doc[name.start - 1]) or bool(doc[name.start].is_sent_start)
        if (
            whole
            and (doc[after].text == ")" or quoted)
            and short not in state_names()
            and (quoted or _abbreviates(short, name.text))
            and short.lower() not in _nouns()
        ):
            yield Name(first, after, short, name.kind, "bracket", key=name.key, sure=True)


def _nouns() -> frozenset[str]:
    return frozenset(
        word for key, words in lexicon("parties")["nominals"].items() if key not in ("hits", "misses") for word in words
    )


def _abbreviates(short: str, full: str) -> bool:
    """Whether a short form is made of a name's letters in their order, or of its initials."""
    if short.upper() in initials(full):
        return True
    letters = "".join(words_of(short))
    rest = iter("".join(words_of(full)))
    return len(letters) > 1 and words_of(full)[0][0] == letters[0] and all(letter in rest for letter in letters)


def take_up(doc: Doc, analysis: Analysis, drafts: list[Draft], headline: list[bool]) -> None:
    """Add to every draft the places at which one of its forms stands unseen."""
    index: NameIndex[int] = NameIndex()
    owners: dict[str, set[int]] = {}
    for k, draft in enumerate(drafts):
        for form in _forms(draft):
            owners.setdefault(form, set()).add(k)
    full = {fold(name.text): k for k, draft in enumerate(drafts) for name in draft.names}
    for form, those in sorted(owners.items()):
        k = full.get(fold(form), min(those))
        if len(those) == 1 or (k in those and fold(form) in full):
            index.add(form, k)
    taken = {i: (draft, name) for draft in drafts for name in draft.names for i in range(name.start, name.end)}
    for start, end, k in index.find(analysis.text):
        span = doc.char_span(start, end, alignment_mode="expand")
        if (
            span is None
            or span.end_char > end + 1
            or span.start_char < start
            or not analysis.layout.admits(start)
            or not is_capitalised(span[0])
        ):
            continue
        if not headline[span.start] and _within_longer(doc, span.start, span.end):
            continue
        draft = drafts[k]
        if any(token.i in taken for token in span) and not _free(draft, span, taken):
            continue
        if draft.kind is Kind.PERSON:
            if span[0].pos_ != "PROPN" or (span.text in heads() and not _speaks(doc, span)):
                continue
            title = title_before(doc, span.start)
            if any(i in taken for i in range(title.start, span.start)):
                draft.names.append(Name(span.start, span.end, span.text, draft.kind, "retold"))
            else:
                draft.names.append(
                    Name(title.start, span.end, span.text, draft.kind, "retold", title=title.office, gender=title.gender)
                )
        else:
            draft.names.append(Name(span.start, span.end, span.text, draft.kind, "retold"))
        taken.update((i, (draft, draft.names[0])) for i in range(span.start, span.end))
    drafts[:] = [draft for draft in drafts if draft.names]
    for draft in drafts:
        draft.names.sort(key=lambda name: name.start)


def _speaks(doc: Doc, span: Span) -> bool:
    """Whether a verb of speech stands beside a name."""
    beside = [doc[i].lower_ for i in (span.start - 1, span.end) if 0 <= i < len(doc)]
    return any(word in speech_verbs() for word in beside)


def _free(draft: Draft, span: Span, taken: dict[int, tuple[Draft, Name]]) -> bool:
    """Give a longer name the words that were taken for a state or region within it, or for the title after it."""
    if len(span) < 2:
        return False
    others = {id(name): (other, name) for i in range(span.start, span.end) if i in taken for other, name in [taken[i]]}
    if draft.kind is Kind.PERSON or any(other is draft or not _yields(name, span) for other, name in others.values()):
        return False
    for other, name in others.values():
        if name.kind is Kind.PERSON:
            name.title = _rest(span.doc, span.end, name) or None
            name.start = span.end
        else:
            other.names.remove(name)
    return True


def _rest(doc: Doc, start: int, name: Name) -> str:
    """What is left of a title from a token on."""
    words = name.text.split()[0]
    end = next((i for i in range(start, name.end) if doc[i].text == words), name.end)
    return doc[start:end].text


def _yields(name: Name, span: Span) -> bool:
    """Whether a name may give words to a longer one that overlaps it."""
    if name.rule in ("state", "region", "demonym") and span.start <= name.start and name.end <= span.end:
        return True
    return (
        name.kind is Kind.PERSON and name.title is not None and name.start < span.end < name.end - 1 and span.start <= name.start
    )


def _forms(draft: Draft) -> set[str]:
    """The forms by which a party may be told again: its names and, of persons, the surname; no words with another meaning."""
    if (draft.key or "").startswith(("state:", "region:")):
        return set()
    forms: set[str] = set()
    for name in draft.names:
        forms.update((name.text, without_legal_form(name.text)))
        if draft.kind is Kind.COMPANY and draft.key is None:
            forms.update(_shortened(name.text))
    if draft.kind is Kind.PERSON:
        surnames = {name.text.split()[-1] for name in draft.names}
        return {form for form in forms if _distinct(form)} | {name for name in surnames if _distinct(name) or name in heads()}
    return {form for form in forms if _distinct(form)}


def _shortened(name: str) -> Iterator[str]:
    """A company's name without its legal form and the head words before it: Nordlys Technologies Ltd -> Nordlys."""
    words = without_legal_form(name).split()
    if len(words) > 1 and (words[-1] in heads() or len(words) < len(name.split())):
        while len(words) > 1 and words[-1] in heads():
            words = words[:-1]
        if words[0].lower() not in _ADJECTIVES:
            yield " ".join(words)


def _distinct(form: str) -> bool:
    words = form.split()
    if len(words) > 1:
        return True
    bare = form.strip(".,")
    common = bare in heads() or bare in demonyms() or bare in state_names() or bare in regions()
    return len(bare) > 2 and not common and fold(bare) not in {fold(word) for word in lexicon("parties")["no_parties"]["words"]}


def _within_longer(doc: Doc, start: int, end: int) -> bool:
    """Whether a name is part of a longer one: of an award, a law, a street."""
    if (
        end < len(doc)
        and not doc[end].is_sent_start
        and doc[end - 1].whitespace_
        and is_capitalised(doc[end])
        and doc[end].pos_ == "PROPN"
    ):
        return office_at(doc, end) is None and doc[end].text not in POSSESSIVE and not is_acronym(doc[end].text)
    return (
        start > 0
        and not doc[start].is_sent_start
        and bool(doc[start - 1].whitespace_)
        and is_capitalised(doc[start - 1])
        and doc[start - 1].pos_ == "PROPN"
        and plain(doc[start - 1].text) not in ("the", "said")
        and doc[start - 1].ent_type_ == doc[start].ent_type_
        and doc[start].ent_iob_ == "I"
    )
