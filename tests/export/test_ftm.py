from __future__ import annotations

from typing import Any

import pytest

from communique import Pipeline
from communique.export import Reporter, ftm
from communique_models import Status
from export.samples import sample_records
from records import example_record

Entity = dict[str, Any]


def check(entity: Entity) -> None:
    """The library's own check; what is required is there, and no value is one that it would drop."""
    model = pytest.importorskip("followthemoney", reason="the extra `ftm` is not installed").model
    schema = model.get(entity["schema"])
    assert schema is not None
    schema.validate(entity)
    told = entity["properties"]
    assert set(schema.required) <= set(told), entity
    for name, values in told.items():
        assert schema.get(name) is not None, (entity["schema"], name)
        assert all(schema.get(name).type.clean(value) for value in values), (entity["id"], name, values)


def test_the_samples_are_entities(pipeline: Pipeline) -> None:
    made = [entity for record in sample_records(pipeline) for entity in ftm.entities(record, Reporter())]
    ids = [entity["id"] for entity in made]
    assert len(ids) == len(set(ids))
    refers = ("proof", "document", "resolved", "project", "participant", "payer", "beneficiary")
    told = {one for entity in made for name in refers for one in entity["properties"].get(name, [])}
    assert told <= set(ids)
    assert {"Article", "Company", "Person", "PublicBody", "Project", "ProjectParticipant", "Payment", "Mention"} <= {
        entity["schema"] for entity in made
    }
    for entity in made:
        check(entity)


def test_the_check_would_notice() -> None:
    with pytest.raises(Exception, match="validation failed"):
        check({"id": "x", "schema": "Article", "properties": {"fileName": ["x"], "language": ["no language"]}})
    with pytest.raises(AssertionError):
        check({"id": "x", "schema": "Payment", "properties": {"payer": ["x"]}})


def test_a_promise_is_a_project_and_no_payment() -> None:
    made = list(ftm.entities(example_record(), Reporter()))
    (project,) = [entity for entity in made if entity["schema"] == "Project"]
    assert project["properties"]["amount"] == ["1500000"]
    assert project["properties"]["status"] == ["pledged"]
    assert not any(entity["schema"] == "Payment" for entity in made)
    assert [entity["properties"]["role"] for entity in made if entity["schema"] == "ProjectParticipant"] == [
        ["provider"],
        ["receiver"],
    ]


def test_what_was_delivered_is_a_payment() -> None:
    record = example_record()
    done = record.commitments[0].model_copy(update={"status": Status.DELIVERED})
    made = list(ftm.entities(record.model_copy(update={"commitments": [done]}), Reporter()))
    (payment,) = [entity["properties"] for entity in made if entity["schema"] == "Payment"]
    assert (payment["amount"], payment["currency"], payment["date"]) == (["1500000"], ["EUR"], ["2024-04-05"])
    assert (payment["payer"], payment["beneficiary"]) == ([f"{record.release.id[:16]}-p1"], [f"{record.release.id[:16]}-p2"])
