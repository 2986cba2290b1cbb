from __future__ import annotations

import json
from typing import Any

from pyld import jsonld as pyld

from communique import Pipeline
from communique.export import Reporter, jsonld
from communique_models import Record
from export.samples import sample_records
from records import TEXT, example_record

OA = "http://www.w3.org/ns/oa#"
SCHEMA = "https://schema.org/"


def graph(*records: Record) -> list[dict[str, Any]]:
    return json.loads(b"".join(jsonld.export(records, Reporter())))["@graph"]  # type: ignore[no-any-return]


def expanded(*records: Record) -> list[dict[str, Any]]:
    return pyld.expand(json.loads(b"".join(jsonld.export(records, Reporter()))))  # type: ignore[no-any-return]


def keys(node: Any) -> int:
    """How many properties there are in it, at any depth."""
    if isinstance(node, list):
        return sum(map(keys, node))
    if not isinstance(node, dict):
        return 0
    return sum((not key.startswith("@") and key not in ("id", "type")) + keys(value) for key, value in node.items())


def test_expansion_loses_no_property(pipeline: Pipeline) -> None:
    records = [*sample_records(pipeline), example_record()]
    plain = expanded(*records)
    assert keys(plain) == keys(graph(*records))
    names = {key for node in plain for key in node if not key.startswith("@")}
    assert all(name.startswith((SCHEMA, OA, "urn:communique:")) for name in names)


def test_the_schema_of_a_word_that_is_not_in_the_context_would_be_noticed() -> None:
    node = {"@context": jsonld.CONTEXT, "id": "urn:x", "colour": "red", "name": "x"}
    assert keys(pyld.expand(node)) < keys({"colour": "red", "name": "x"})


def test_every_annotation_selects_the_words_of_the_text() -> None:
    record = example_record()
    marks = [node for node in graph(record) if node["type"] == "Annotation"]
    assert len(marks) == sum(1 for mention in record.mentions()) - 3  # items, conditions and notices are no facts of their own
    for mark in marks:
        place, quote = mark["target"]["selector"]
        assert TEXT[place["start"] : place["end"]] == quote["exact"]
        assert TEXT[: place["start"]].endswith(quote["prefix"])
        assert TEXT[place["end"] :].startswith(quote["suffix"])


def test_annotations_are_those_of_the_w3c() -> None:
    mark = next(node for node in expanded(example_record()) if f"{OA}Annotation" in node["@type"])
    (target,) = mark[f"{OA}hasTarget"]
    kinds = [selector["@type"] for selector in target[f"{OA}hasSelector"]]
    assert kinds == [[f"{OA}TextPositionSelector"], [f"{OA}TextQuoteSelector"]]
    assert mark[f"{OA}motivatedBy"] == [{"@id": f"{OA}identifying"}]


def test_a_grant_is_told_in_the_words_of_schema_org() -> None:
    grant = next(node for node in expanded(example_record()) if f"{SCHEMA}MonetaryGrant" in node["@type"])
    ids = {node["@id"] for node in expanded(example_record())}
    assert {one["@id"] for name in ("funder", "recipient", "amount") for one in grant[f"{SCHEMA}{name}"]} <= ids
