"""What is given in kind: 'six F-16s', '1,000 tonnes of rice', '20 ambulances'."""

from __future__ import annotations

from spacy.tokens import Token

from communique.analysis import Analysis, ItemFact
from communique.link.commitments.clauses import conjuncts, objects, passive_subjects, prepositional
from communique.link.commitments.lexical import item_nouns, lemma
from communique.normalise.numbers import number as read_number

UNITS = frozenset(
    {
        "tonne",
        "ton",
        "litre",
        "liter",
        "kilogram",
        "kg",
        "metre",
        "meter",
        "acre",
        "hectare",
        "barrel",
        "megawatt",
        "mw",
        "gigawatt",
        "kilometre",
        "km",
        "dose",
        "square",
    }
)


def items_of(head: Token, analysis: Analysis) -> list[ItemFact]:
    """The counted things among a verb's objects, in reading order; sums of money are none."""
    carriers = [*objects(head), *passive_subjects(head), *prepositional(head, frozenset({"with"}))]
    carriers += [inner for carrier in carriers for inner in prepositional(carrier, frozenset({"of", "including"}))]
    found: dict[int, ItemFact] = {}
    for noun in (joined for carrier in carriers for joined in conjuncts(carrier)):
        number = next((child for child in noun.children if child.dep_ == "nummod" and child.i < noun.i), None)
        if number is None or _is_value(number, analysis):
            continue
        base = lemma(noun)
        if base not in item_nouns() and noun.pos_ != "PROPN":
            continue
        words = head.doc[number.left_edge.i : number.i + 1].text
        quantity = read_number(words)
        of = next(prepositional(noun, frozenset({"of"})), None)
        unit = base if base in UNITS and of is not None else None
        last = max(noun.i, of.i if unit and of is not None else noun.i)
        start, end = number.left_edge.idx, head.doc[last].idx + len(head.doc[last])
        found.setdefault(start, ItemFact(start, end, quantity, unit, _description(noun, of if unit else None, number)))
    return [found[start] for start in sorted(found)]


def _is_value(number: Token, analysis: Analysis) -> bool:
    """Whether a number belongs to a sum or a time."""
    within = (number.sent.start_char, number.sent.end_char)
    sums = [analysis.amounts[index] for index in analysis.amounts_in(*within)]
    times = [analysis.dates[index] for index in analysis.dates_in(*within)]
    return any(fact.start <= number.idx < fact.end for fact in sums) or any(fact.start <= number.idx < fact.end for fact in times)


def _description(noun: Token, of: Token | None, number: Token) -> str:
    if of is not None:
        return " ".join(token.text for token in noun.doc[of.left_edge.i : of.i + 1])
    return " ".join(token.text for token in noun.doc[number.i + 1 : noun.i + 1])
