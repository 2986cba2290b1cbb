"""The examples of the lexicons of parties: every hit is found as it is marked, in a miss there is no party."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from communique import Pipeline
from communique.analysis import Analysis
from communique.annotate.party_names.gazetteer import common_names
from communique.lexicons import lexicon
from communique.source import Source
from communique_models import Kind
from examples import parse_example

LEXICONS = ("organisations", "bodies", "offices", "parties")


def tables(name: str, table: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """All tables of a lexicon that have examples, with their path."""
    if "hits" in table:
        yield f"{name}{path}", table
    for key, value in table.items():
        for number, inner in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(inner, dict):
                yield from tables(name, inner, f"{path}.{key}" + (f"[{number}]" if isinstance(value, list) else ""))


TABLES = [told for name in LEXICONS for told in tables(name, lexicon(name))]
HITS = [pytest.param(path, hit, id=f"{path}-{hit[:30]}") for path, table in TABLES for hit in table["hits"]]
MISSES = [pytest.param(path, miss, id=f"{path}-{miss[:30]}") for path, table in TABLES for miss in table["misses"]]


def analyse(pipeline: Pipeline, text: str) -> Analysis:
    return pipeline.analyse(Source(text=text))


def value_of(analysis: Analysis, path: str, start: int, end: int) -> str | None:
    """What the analysis makes of a span, in the terms of its lexicon."""
    if path == "parties.speech":
        speakers = [q.speaker for q in analysis.quotations if q.attribution == (start, end)]
        return next((analysis.parties[speaker].name for speaker in speakers if speaker is not None), None)
    party = next((party for party in analysis.parties if (start, end) in party.mentions), None)
    if party is None:
        return None
    if path.startswith("offices"):
        return "nobody" if party.represents is None else analysis.parties[party.represents].name
    if path.startswith(("organisations", "bodies")) or path in KINDS:
        return party.kind.value
    return party.name


KINDS = {
    f"parties.{table}"
    for table in ("region_people", "no_parties", "transacts", "acting_labels", "descriptions", "listed", "things")
}


@pytest.mark.parametrize(("path", "hit"), HITS)
def test_hits(pipeline: Pipeline, path: str, hit: str) -> None:
    text, spans = parse_example(hit)
    analysis = analyse(pipeline, text)
    for start, end, value in spans:
        assert value_of(analysis, path, start, end) == value, [(p.name, p.kind.value, p.mentions) for p in analysis.parties]


@pytest.mark.parametrize(("path", "miss"), MISSES)
def test_misses(pipeline: Pipeline, path: str, miss: str) -> None:
    analysis = analyse(pipeline, miss)
    if path == "parties.speech":
        assert all(quotation.speaker is None for quotation in analysis.quotations)
    elif path not in ("parties.nominals", "parties.place"):
        assert [(party.name, party.kind.value) for party in analysis.parties if party.kind is not Kind.GROUP] == []
    for start, end in ((m[0], m[1]) for party in analysis.parties for m in party.mentions):
        assert miss[start:end].lower() not in ("a company", "norway")


def test_every_table_has_both() -> None:
    assert len(TABLES) > 20
    assert all(table["hits"] and table["misses"] for _, table in TABLES)


def test_every_known_body_is_found_by_each_of_its_forms() -> None:
    for body in lexicon("bodies")["body"]:
        for form in [body["name"], *body.get("forms", ())]:
            found = [entry.key for _, _, entry in common_names().find(f"x {form} x")]
            assert found, form
