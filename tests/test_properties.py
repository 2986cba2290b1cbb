from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from communique import Pipeline, Record
from communique.errors import CommuniqueError

PIECES = """
Norway|the European Union|Acme Energy AS|Ms Holm|Foreign Minister Kari Holm|the company|we|it|will provide|has agreed to buy
signed|pledges|no longer funds|$5 million|NOK 75 billion|€3.5–4 billion|US$ 1.2bn a year|Rs. 4,300 million|up to £20m|to Ukraine
of which|for schools in Kenya
subject to approval|over five years|by 2030|on 5 April 2024|last year|in the first quarter|each month|“|”|"|said
told|,|.|;|:|–|(|)|-|1.|\t|\u00a0|\u200b|\u202e|é|e\u0301|😀|%|&|<b>|About Acme|Contact:|0|12|1,000,000|May|march
OSLO, Norway, March 5, 2024 /Wire/ --|Published 05 April 2024
"""
pieces = [*PIECES.strip().replace("\n", "|").split("|"), "\n", "\n\n", "\r\n", "\n- "]
releases = st.lists(st.sampled_from(pieces), min_size=1, max_size=60).map(" ".join)
anything = st.text(st.characters(exclude_categories=()), max_size=300)
texts = st.one_of(releases, anything, st.lists(st.one_of(releases, anything), max_size=3).map("\n\n".join))
days = st.one_of(st.none(), st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)))


def extracted(pipeline: Pipeline, text: str, day: date | None) -> Record | None:
    """The record of a text, or None where it is refused; an error of another class fails the test."""
    try:
        return pipeline.extract(text, published_on=day)
    except CommuniqueError:
        return None


@given(text=texts, day=days)
def test_any_characters_give_a_sound_record_or_a_clear_error(pipeline: Pipeline, text: str, day: date | None) -> None:
    record = extracted(pipeline, text, day)
    if record is None:
        return
    assert record.text == text
    assert all(text[mention.start : mention.end] == mention.quote for mention in record.mentions())
    assert Record.model_validate_json(record.model_dump_json()) == record


@given(text=releases, day=days)
def test_ids_count_in_reading_order(pipeline: Pipeline, text: str, day: date | None) -> None:
    record = extracted(pipeline, text, day)
    if record is None:
        return
    for starts in (
        [party.mentions[0].start for party in record.parties],
        [amount.mention.start for amount in record.amounts],
        [when.mention.start for when in record.dates],
        [commitment.trigger.start for commitment in record.commitments],
        *([mention.start for mention in party.mentions] for party in record.parties),
    ):
        assert starts == sorted(starts)


@given(given_texts=st.lists(releases, min_size=1, max_size=4))
def test_the_same_text_gives_the_same_bytes_in_any_company(pipeline: Pipeline, given_texts: list[str]) -> None:
    alone = [extracted(pipeline, text, None) for text in given_texts]
    if None in alone:
        return
    together = list(pipeline.extract_many(reversed(given_texts)))[::-1]
    assert [record.model_dump_json() for record in together] == [record.model_dump_json() for record in alone if record]
