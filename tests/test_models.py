from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from pydantic import ValidationError

from communique_models import FIRM, STATUS_CROSSWALK, Record, Status, json_schema
from records import TEXT, example_record, mention


def changed(**at: Any) -> Record:
    """The example with values replaced at paths such as ``amounts__0__value``."""
    told = json.loads(example_record().model_dump_json())
    for path, value in at.items():
        *parents, last = [int(part) if part.isdecimal() else part for part in path.split("__")]
        place = told
        for part in parents:
            place = place[part]
        place[last] = value
    return Record.model_validate(told)


def test_a_record_goes_through_json_unchanged() -> None:
    record = example_record()
    assert Record.model_validate_json(record.model_dump_json()) == record
    assert changed() == record


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        ({"amounts__0__mention__quote": "€2.5 million"}, "does not read"),
        ({"amounts__0__mention__end": 1}, "does not fill"),
        ({"parties__0__mentions": []}, "at least 1 item"),
        ({"commitments__0__providers": []}, "at least 1 item"),
        ({"commitments__0__providers": ["p9"]}, "c1 names p9, which is not there"),
        ({"commitments__0__amounts": ["a1"], "commitments__0__counted__amounts": ["a2"]}, "c1.counted names a2"),
        ({"commitments__0__dates": [{"date": "d9", "role": "due"}]}, "c1 names d9"),
        ({"commitments__0__confidence": 1.1}, "less than or equal to 1"),
        ({"release__issuer": "p9"}, "issuer names p9"),
        ({"parties__2__represents": "p9"}, "p3.represents names p9"),
        ({"parties__0__id": "p2"}, "do not count up from p1"),
        ({"amounts__1__part_of": "a2"}, "a2.part_of names a2"),
        ({"dates__1__anchor": "d2"}, "d2.anchor names d2"),
        ({"dates__1__anchor": "yesterday"}, "should match pattern"),
        ({"amounts__0__value": None}, "an amount has a value, or a low and a high"),
        ({"amounts__0__comparator": "range"}, "comparator range goes with low and high"),
        ({"amounts__0__value": "1e9"}, "should match pattern"),
        ({"amounts__0__value": "5."}, "should match pattern"),
        ({"amounts__0__value": "NaN"}, "no finite"),
        ({"amounts__0__currency": "euro"}, "should match pattern"),
        ({"places": [{"start": 0, "end": 9}]}, "a place has a page, a paragraph, a line or a path"),
        ({"places": [{"start": 9, "end": 9, "page": 1}]}, "is no stretch of a text"),
        ({"places": [{"start": 0, "end": 9, "page": 1}, {"start": 8, "end": 12, "page": 2}]}, "lies in another one"),
        ({"places": [{"start": 0, "end": 9_999, "page": 1}]}, "beyond the text"),
        ({"mood": "good"}, "Extra inputs are not permitted"),
        ({"schema_version": "2.0"}, "Input should be '1.0'"),
    ],
)
def test_a_record_that_breaks_the_contract_cannot_be_made(at: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason.replace(".", r"\.")):
        changed(**at)


def test_records_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        example_record().text = "another"


def test_mentions_are_all_there_and_in_the_text() -> None:
    mentions = list(example_record().mentions())
    assert {mention.quote for mention in mentions} >= {"Molde", "€1.5 million", "Friday", "will provide", "two ambulances"}
    assert all(TEXT[mention.start : mention.end] == mention.quote for mention in mentions)


def test_a_mention_stands_where_its_first_character_does() -> None:
    begin = TEXT.index("The Havna")
    record = changed(places=[{"start": 0, "end": 20, "path": "title"}, {"start": begin, "end": len(TEXT), "page": 2}])
    assert record.place_of(mention("Havna Fund")) == record.places[0]
    assert record.place_of(mention("€1.5 million")) is None
    assert record.place_of(mention("€1.5 million", 2)) == record.places[1]
    assert Record.model_validate_json(record.model_dump_json()) == record
    assert json.loads(record.model_dump_json())["places"][1] == {"start": begin, "end": len(TEXT), "page": 2}
    assert example_record().place_of(mention("Havna Fund")) is None


def test_every_status_has_its_row_in_the_crosswalk() -> None:
    assert list(STATUS_CROSSWALK) == list(Status)
    assert {status for status, words in STATUS_CROSSWALK.items() if words.fts} == FIRM


def test_the_schema_describes_every_field() -> None:
    schema = json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(schema["properties"]) == set(Record.model_fields)
    assert schema["additionalProperties"] is False


def test_the_models_need_pydantic_alone() -> None:
    script = (
        "import sys; before = set(sys.modules); import communique_models; "
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    allowed = {"communique_models", "pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection"}
    assert {name for name in done.stdout.split() if not name.startswith("_")} <= allowed
