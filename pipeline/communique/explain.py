"""What was found in a release, sentence by sentence, by which rule; what was considered and dropped, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from rich.console import Console
from rich.text import Text
from spacy.tokens import Doc

from communique.analysis import AmountFact, Analysis, CommitmentFact, DateFact, Span, analysis_of

NEAR_MISS = 0.15  # how likely a receiver must be to be told of when it was not taken
STYLES = {"party": "cyan", "amount": "green", "date": "yellow", "commitment": "bold magenta", "dropped": "dim", "skipped": "dim"}


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: its words, what they became or why they were dropped, and the rule."""

    kind: str
    quote: str
    told: str
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.kind:<10} {self.quote!r} → {self.told}{f'  [{self.rule}]' if self.rule else ''}"


@dataclass(slots=True)
class Sentence:
    """A sentence with the lines about it, in reading order."""

    start: int
    end: int
    words: str
    lines: list[Line] = field(default_factory=list)


def explanation(doc: Doc) -> list[Sentence]:
    """The sentences of a text that went through the pipeline, with all that the steps said of each."""
    analysis = analysis_of(doc)
    sentences = [Sentence(start, end, " ".join(doc.text[start:end].split())) for start, end in _sentences(doc)]
    facts = list(_facts(doc.text, analysis))
    shown = {(span, line.rule) for span, line in facts}
    notes = _traces(doc.text, analysis)
    noted = [(span, line) for span, line in notes if line.kind == "dropped" or (span, line.rule) not in shown]
    at = 0
    for (start, _), line in sorted(facts + noted, key=lambda one: one[0]):
        while at + 1 < len(sentences) and sentences[at + 1].start <= start:
            at += 1
        sentences[at].lines.append(line)
    return sentences


def show(doc: Doc, console: Console) -> None:
    """Print the explanation of a text."""
    title, *others = heading(analysis_of(doc))
    _print(console, f"{title}\n{'   '.join(others)}", "bold")
    for sentence in explanation(doc):
        _print(console, f"\n{sentence.words}", "")
        for line in sentence.lines:
            _print(console, f"  {line}", STYLES.get(line.kind, ""))
    for doubt in analysis_of(doc).doubts:
        _print(console, f"\nnotice {doubt.code}: {doubt.message}", "")


def _print(console: Console, words: str, style: str) -> None:
    console.print(Text(words, style=style), soft_wrap=True)


def heading(analysis: Analysis) -> list[str]:
    """What is known of the release itself."""
    context = analysis.context
    when = f"{context.published_on} (from {context.published_basis})" if context.published_on else "unknown"
    issuer = analysis.parties[analysis.issuer].name if analysis.issuer is not None else "unknown"
    told = {"title": context.title or "none", "published": when, "issuer": issuer, "language": context.language or "open"}
    return [f"{name}: {value}" for name, value in told.items()]


def _sentences(doc: Doc) -> Iterator[Span]:
    """The sentences without the space around them; paragraphs, where the model read nothing."""
    if not doc.has_annotation("SENT_START"):
        yield from ((block.start, block.end) for block in analysis_of(doc).layout.blocks)
        return
    for sentence in doc.sents:
        words = sentence.text.strip()
        if words:
            start = sentence.start_char + sentence.text.index(words)
            yield start, start + len(words)


def _facts(text: str, analysis: Analysis) -> Iterator[tuple[Span, Line]]:
    """The facts, each at its place in the text, and the parts from which none are taken."""

    def quote(span: Span) -> str:
        return _words(text, span)

    for role, blocks in groupby((block for block in analysis.layout.blocks if not block.admitted), key=lambda block: block.role):
        for block in blocks:
            span = (block.start, block.end)
            yield span, Line("skipped", _cut(quote(span)), f"no facts are taken from this part: {role.value.replace('_', ' ')}")
    for party in analysis.parties:
        represents = f", represents {analysis.parties[party.represents].name}" if party.represents is not None else ""
        for span in party.mentions:
            yield span, Line("party", quote(span), f"{party.name} ({party.kind.value}{represents})", party.rule)
    for amount in analysis.amounts:
        yield (amount.start, amount.end), Line("amount", quote((amount.start, amount.end)), _amount(amount), amount.rule)
    for when in analysis.dates:
        yield (when.start, when.end), Line("date", quote((when.start, when.end)), _date(when), when.rule)
    for commitment in analysis.commitments:
        rules = ", ".join(commitment.rules)
        yield commitment.trigger, Line("commitment", quote(commitment.trigger), _commitment(text, analysis, commitment), rules)
        for span in commitment.restated:
            yield span, Line("commitment", quote(span), f"told again: that of {quote(commitment.trigger)!r}")


def _traces(text: str, analysis: Analysis) -> Iterator[tuple[Span, Line]]:
    """What the steps noted on their way."""
    for trace in analysis.traces:
        span = (trace.start, trace.end)
        if not trace.kept:
            yield span, Line("dropped", _cut(_words(text, span)), f"{trace.step}: {trace.reason}", trace.rule)
        elif trace.reason:
            yield span, Line("kept", _cut(_words(text, span)), f"{trace.step}: {trace.reason}", trace.rule)


def _words(text: str, span: Span) -> str:
    return " ".join(text[span[0] : span[1]].split())


def _cut(words: str, most: int = 80) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _number(number: Decimal | None) -> str:
    if number is None:
        return "?"
    told = f"{number:,f}"
    return told.rstrip("0").rstrip(".") if "." in told else told


def _amount(amount: AmountFact) -> str:
    ranged = amount.low is not None or amount.high is not None
    number = f"{_number(amount.low)} to {_number(amount.high)}" if ranged else _number(amount.value)
    told = [f"{amount.comparator.value if amount.comparator.value != '=' else ''} {amount.currency or '?'} {number}".strip()]
    told += [f"per {amount.per.value}"] if amount.per else []
    told += [amount.basis.value, f"currency by {amount.currency_basis.value}"]
    told += ["part of another sum"] if amount.part_of is not None else []
    told += ["another sum told again"] if amount.equivalent_of is not None else []
    return ", ".join(told)


def _date(when: DateFact) -> str:
    if when.value is None:
        return "unresolved"
    days = f" ({when.begin or '…'} to {when.last or '…'})" if when.begin or when.last else ""
    return f"{when.value}{days}, {'relative' if when.anchor != 'absolute' else 'absolute'}"


def _commitment(text: str, analysis: Analysis, fact: CommitmentFact) -> str:
    def names(parties: Iterable[int]) -> str:
        return ", ".join(analysis.parties[i].name for i in parties) or "nobody named"

    told = [f"{names(fact.providers)} → {names(fact.receivers)}", f"{fact.action.value}, {fact.status.value}"]
    if fact.amounts:
        sums = (f"{_amount(analysis.amounts[i])}{', counts' if i in fact.counted else ''}" for i in fact.amounts)
        told.append(f"sums {'; '.join(sums)}")
    if fact.uncounted:
        told.append(f"not all counted: {fact.uncounted.value.replace('_', ' ')}")
    if fact.items:
        told.append("items " + "; ".join(item.description for item in fact.items))
    if fact.dates:
        told.append("dates " + "; ".join(f"{role.value} {analysis.dates[i].value or '?'}" for i, role in fact.dates))
    if fact.condition:
        told.append(f"if {text[fact.condition[0] : fact.condition[1]]!r}")
    if fact.said_by is not None:
        told.append(f"in the words of {analysis.parties[fact.said_by].name}")
    told.append(f"confidence {fact.confidence:.2f}")
    if passed := list(_passed_over(text, analysis, fact)):
        told.append(f"may receive too, but was not taken: {', '.join(passed)}")
    return "; ".join(told)


def _passed_over(text: str, analysis: Analysis, fact: CommitmentFact) -> Iterator[str]:
    """Who was weighed as a receiver and not taken, with how likely it was, the likeliest first."""
    taken = {analysis.parties[i].name for i in fact.receivers}
    for one in sorted(fact.candidates, key=lambda candidate: -candidate.probability):
        name = analysis.parties[one.who].name if isinstance(one.who, int) else _words(text, one.who)
        if one.probability >= NEAR_MISS and name not in taken:
            yield f"{_cut(name, 40)} ({one.probability:.2f})"
