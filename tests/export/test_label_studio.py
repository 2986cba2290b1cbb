from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from communique import Pipeline
from communique.errors import InvalidRecordError
from communique.export.label_studio import Label, labelling, task
from communique.export.label_studio_import import find, read_tasks
from communique.overlay.gold import gold_of
from communique_models import Record
from export.samples import sample_records
from records import TEXT, example_record

Task = dict[str, Any]


def annotated(record: Record, **changes: Any) -> Task:
    """A task whose prediction a person took over as it was."""
    made = json.loads(json.dumps(task(record)))
    made["annotations"] = [{"id": 1, "was_cancelled": False, "result": made["predictions"][0]["result"], **changes}]
    return made  # type: ignore[no-any-return]


@pytest.fixture
def back(tmp_path: Path) -> Callable[..., list[Any]]:
    def read(*tasks: Any) -> list[Any]:
        file = tmp_path / "tasks.json"
        file.write_text(json.dumps(list(tasks)))
        return list(read_tasks(file))

    return read


def without(gold: Any) -> Any:
    """Gold without what is not annotated in Label Studio: a summary, and aliases that the text has not."""
    told = copy.deepcopy(gold)
    for one in told["commitments"]:
        del one["summary"]
    return told


def normal(record: Record) -> Record:
    """A record with the aliases that its own mentions tell, in their order, as an annotator would leave it."""
    parties = []
    for party in record.parties:
        quotes = dict.fromkeys(m.quote for m in sorted(party.mentions, key=lambda m: (m.start, m.end)))
        parties.append(party.model_copy(update={"aliases": [quote for quote in quotes if quote != party.name]}))
    return record.model_copy(update={"parties": parties})


def facts(gold: Any) -> Any:
    """Gold with its parties in the order of their names, and each commitment's lists in order: an annotation has none."""
    told = without(gold)
    told["parties"].sort(key=lambda party: party["name"])
    for one in told["commitments"]:
        for name in ("also", "providers", "receivers", "amounts", "dates"):
            one[name].sort(key=str)
    told["commitments"].sort(key=lambda one: (str(one["trigger"]), one["action"], str(one["amounts"])))
    return told


def test_the_example_comes_back_as_gold(back: Callable[..., list[Any]]) -> None:
    record = example_record()
    (one,) = back(annotated(record))
    assert one.name == "a-havna"
    told = facts(gold_of(one.record, "x"))
    wanted = facts(gold_of(normal(record), "x"))
    assert told == wanted
    assert told["commitments"][0]["condition"] == "subject to the approval of the board"
    assert told["amounts"][1]["part_of"] == 0


def test_the_samples_come_back_as_gold(pipeline: Pipeline, back: Callable[..., list[Any]]) -> None:
    records = [
        record for record in sample_records(pipeline) if len({party.name for party in record.parties}) == len(record.parties)
    ]
    assert len(records) >= 15
    for record, one in zip(records, back(*map(annotated, records)), strict=True):
        told, wanted = facts(gold_of(one.record, "x")), facts(gold_of(normal(record), "x"))
        assert told["published_on"] == wanted["published_on"]
        for kind in ("amounts", "dates", "commitments"):
            assert told[kind] == wanted[kind], record.release.source
        assert [p["name"] for p in told["parties"] if not p["core"]] == [
            p["name"] for p in wanted["parties"] if not p["core"] or _issuer_alone(p["name"], record)
        ]


def _issuer_alone(name: str, record: Record) -> bool:
    """Whether a party is core as the issuer only, which an annotation does not tell."""
    (party,) = [party for party in record.parties if party.name == name]
    return party.id == record.release.issuer and not any(
        party.id in (*one.providers, *one.receivers, one.said_by) for one in record.commitments
    )


def test_what_a_person_changed_is_what_comes_back(back: Callable[..., list[Any]]) -> None:
    made = annotated(example_record())
    result = made["annotations"][0]["result"]
    for one in result:
        if one.get("from_name") == "value" and one["id"] == "a1":
            one["value"]["text"] = ["1600000"]
        if one.get("from_name") == "status":
            one["value"]["choices"] = ["agreed"]
    made["annotations"][0]["result"] = [one for one in result if one.get("labels") != ["receiver"]]
    (one,) = back(made)
    gold = gold_of(one.record, "x")
    assert gold["amounts"][0]["value"] == "1600000"
    assert gold["commitments"][0]["status"] == ["agreed"]
    assert gold["commitments"][0]["receivers"] == []


def test_the_last_annotation_that_stands_is_taken(back: Callable[..., list[Any]]) -> None:
    made = annotated(example_record())
    made["annotations"] += [{"id": 2, "was_cancelled": True, "result": []}, {"id": 3, "updated_at": "2024-05-01", "result": []}]
    (one,) = back(made)
    assert one.record.commitments == []


def test_a_task_that_nobody_annotated_is_none(back: Callable[..., list[Any]]) -> None:
    assert back(task(example_record())) == [None]


def test_the_configuration_knows_all_that_tasks_use() -> None:
    view = etree.fromstring(labelling().encode())
    result = task(example_record())["predictions"][0]["result"]
    names = {element.get("name") for element in view}
    assert {one["from_name"] for one in result if "from_name" in one} <= names
    assert {element.get("value") for element in view.iter("Label")} == {label.value for label in Label}
    relations = {element.get("value") for element in view.iter("Relation")}
    assert {label for one in result if one["type"] == "relation" for label in one["labels"]} <= relations
    for one in result:
        if one["type"] == "choices":
            assert one["value"]["choices"][0] in {c.get("value") for e in view if e.get("name") == one["from_name"] for c in e}


@pytest.mark.parametrize(
    ("start", "end", "words", "found"),
    [
        (0, 5, "Havna", (0, 5)),
        (3, 8, "Ane Vik", (186, 193)),  # elsewhere, but once only
        (57, 74, "Molde, 5 April", None),  # no such words with one space there
    ],
)
def test_a_stretch_is_found_by_its_words(start: int, end: int, words: str, found: tuple[int, int] | None) -> None:
    mention = find(TEXT, start, end, words)
    assert mention.quote.split() == words.split()
    assert TEXT[mention.start : mention.end] == mention.quote
    if found:
        assert (mention.start, mention.end) == (TEXT.index(words), TEXT.index(words) + len(words))


def test_offsets_in_utf16_and_lost_spaces_are_mended() -> None:
    text = "😀 Norway  gives, and Norway  gives again 😀 Norway  gives"
    start = text.rindex("Norway")
    units = start + 2  # two characters before it take two units each
    mention = find(text, units, units + len("Norway  gives"), "Norway gives")
    assert (mention.start, mention.quote) == (start, "Norway  gives")


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda one: one["data"].update(text=f"{one['data']['text']} "), "task 1: its text is not the one that was exported"),
        (
            lambda one: _value(one, "labels").update(start=1, end=4, text="the"),
            r"task 1: 'the' is not in the text at 1:4, and \d times",
        ),
        (
            lambda one: _value(one, "labels").update(start=1, end=4, text="Oslo"),
            "task 1: 'Oslo' is not in the text at 1:4, and not",
        ),
        (lambda one: _drop(one, "provider"), "has no provider; draw a relation"),
        (lambda one: _value(one, "choices").update(choices=["nonsense"]), "nonsense"),
        (lambda one: one["annotations"][0].update(result=[{"id": 1}]), "task 1: 'type'"),
    ],
)
def test_what_cannot_be_taken_is_told(damage: Callable[[Task], Any], reason: str, back: Callable[..., list[Any]]) -> None:
    made = annotated(example_record())
    damage(made)
    with pytest.raises(InvalidRecordError, match=reason):
        back(made)


def _value(one: Task, kind: str) -> Task:
    return next(region["value"] for region in one["annotations"][0]["result"] if region["type"] == kind)  # type: ignore[no-any-return]


def _drop(one: Task, relation: str) -> None:
    made = one["annotations"][0]
    made["result"] = [region for region in made["result"] if region.get("labels") != [relation]]


@pytest.mark.parametrize("content", ["no json", "{}", '[{"text": "JSON-MIN"}]'])
def test_other_files_are_told(content: str, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(content)
    with pytest.raises(InvalidRecordError, match=r"is no (JSON|list of tasks)"):
        list(read_tasks(file))
