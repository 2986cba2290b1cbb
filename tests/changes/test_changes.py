from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from communique import cli, errors
from communique.changes import Change, Changes, Field, compare
from communique_models import Counted, Mention, Record
from records import TEXT, example_record, mention


def changed(**commitment: Any) -> Record:
    """The example with its commitment changed."""
    return remade(commitments=[{**example_record().commitments[0].model_dump(), **commitment}])


def remade(**update: Any) -> Record:
    """The example with some of it changed, checked anew."""
    return Record.model_validate({**example_record().model_dump(), **update})


def told(before: Record, after: Record) -> list[tuple[str, str, str, list[tuple[str, str, str]]]]:
    changes = [change for release in compare({"a": before}, {"a": after}).changed for change in release.changes]
    return [(one.what, one.kind, one.quote, [(it.name, it.before, it.after) for it in one.fields]) for one in changes]


def test_equal_records_have_not_changed() -> None:
    changes = compare({"a": example_record()}, {"a": example_record()})
    assert (bool(changes), changes.same, changes.numbers()) == (False, 1, [])


def test_what_a_commitment_says_is_compared_by_field_in_words() -> None:
    after = changed(receivers=[], status="proposed", counted=Counted(amounts=[], reason="not_yet_pledged"), confidence=0.5)
    (change,) = compare({"a": example_record()}, {"a": after}).changed[0].changes
    assert change == Change(
        "changed", "commitment", "will provide",
        [
            Field("receivers", "Molde", ""),
            Field("status", "pledged", "proposed"),
            Field("counted", "EUR 1,500,000", ""),
            Field("confidence", "0.75", "0.50"),
        ],
        TEXT.splitlines()[2],
    )  # fmt: skip


def test_a_commitment_is_known_by_another_of_its_triggers_or_by_its_sentence() -> None:
    assert told(example_record(), changed(trigger=mention("gives"), restated=[mention("will provide")])) == []
    assert told(example_record(), changed(trigger=mention("ambulances", 2), restated=[], status="agreed")) == [
        ("changed", "commitment", "ambulances", [("status", "pledged", "agreed")]),
    ]


def test_facts_come_and_go() -> None:
    record = example_record()
    fewer = record.model_copy(update={"commitments": [], "notices": []})
    facts = [("commitment", "will provide"), ("notice", "Friday")]
    assert [one[:3] for one in told(record, fewer)] == [("removed", *fact) for fact in facts]
    assert [one[:3] for one in told(fewer, record)] == [("added", *fact) for fact in facts]


def test_sums_dates_parties_and_the_release_are_compared() -> None:
    record = example_record()
    party = {**record.parties[1].model_dump(), "name": "Molde town", "kind": "group"}
    amount = {**record.amounts[1].model_dump(), "part_of": None, "value": "500000"}
    when = {**record.dates[1].model_dump(), "value": "2024-04-05"}
    after = remade(
        parties=[record.parties[0], party, record.parties[2]],
        amounts=[record.amounts[0], amount],
        dates=[record.dates[0], when],
        release={**record.release.model_dump(), "title": "Another"},
    )
    assert [one for one in told(record, after) if one[1] != "commitment"] == [
        ("changed", "release", "Another", [("title", "Havna Fund gives", "Another")]),
        ("changed", "party", "Molde town", [("name", "Molde", "Molde town"), ("kind", "public_body", "group")]),
        ("changed", "amount", "€0.5 million", [("sum", "EUR 500,000.25", "EUR 500,000"), ("part_of", "€1.5 million", "")]),
        ("changed", "date", "Friday", [("value", "", "2024-04-05")]),
    ]


def test_words_are_the_same_in_a_text_that_differs_elsewhere() -> None:
    longer = f"An added line.\n{TEXT}"

    def moved(value: Any) -> Any:
        if isinstance(value, Mention):
            return Mention(start=value.start + 15, end=value.end + 15, quote=value.quote)
        if isinstance(value, list):
            return [moved(one) for one in value]
        if hasattr(value, "model_copy"):
            return value.model_copy(update={name: moved(getattr(value, name)) for name in type(value).model_fields})
        return value

    record = moved(example_record())
    after = record.model_copy(update={"text": longer})
    changes = compare({"a": example_record()}, {"a": Record.model_validate(after.model_dump())})
    (release,) = changes.changed
    assert (release.text_differs, release.changes) == (True, [])


def test_releases_come_go_and_are_renamed() -> None:
    other = example_record(f"{TEXT}More.")
    changes = compare({"a": example_record(), "b": other}, {"c": example_record(), "d": example_record(f"{TEXT}New.")})
    assert (changes.removed, changes.added) == (["b"], ["d"])
    assert [(one.name, one.renamed, one.changes) for one in changes.changed] == [("a", "c", [])]


def test_money_is_told_by_currency_before_and_after() -> None:
    after = changed(counted=Counted(amounts=[], reason="other"))
    assert compare({"a": example_record()}, {"a": after}).money() == [("EUR", Decimal(1_500_000), Decimal(0))]
    assert compare({"a": example_record()}, {"a": after}).numbers() == [("commitment", "counted", 1)]
    assert Changes().money() == []


def test_the_command_tells_changes_and_writes_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, record in (("a", example_record()), ("b", changed(status="agreed"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "havna.txt.json").write_text(record.model_dump_json())
    arguments = [str(tmp_path / "a"), str(tmp_path / "b")]
    page = tmp_path / "changes.html"
    assert cli.call(["diff", *arguments, "--html", str(page)]) == 0
    out = capsys.readouterr().out
    assert "1 release changed, 0 did not; 0 new, 0 gone" in out
    assert "~ commitment 'will provide'\n    status: pledged → agreed\n    “Molde, 5 April 2024 – The Havna" in out
    tree = html.fromstring(page.read_text(encoding="utf-8"))
    assert tree.xpath("//dd/del/bdi/text()") == ["pledged"]
    assert cli.call(["diff", arguments[0], arguments[0]]) == 0
    assert capsys.readouterr().out == "nothing changed in 1 release\n"
    files = [str(tmp_path / "a" / "havna.txt.json"), str(tmp_path / "other.json")]
    Path(files[1]).write_text(json.dumps(json.loads(changed(status="agreed").model_dump_json())))
    assert cli.call(["diff", *files]) == 0
    assert "status: pledged → agreed" in capsys.readouterr().out
    assert cli.call(["diff", arguments[0], str(tmp_path / "none")]) == errors.InputMissingError.exit_code
