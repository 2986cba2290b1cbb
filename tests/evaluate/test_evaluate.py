from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from communique import cli, errors
from communique.evaluate import Gold, Scores, agree, evaluate, evaluate_release, load_gold
from communique.evaluate.gold import GoldQuote, GoldRelease
from communique.evaluate.release import gold_totals, record_totals
from records import TEXT, example_record

GOLD: dict[str, Any] = {
    "parties": [
        {"name": "The Havna Fund", "aliases": [], "kind": "nonprofit"},
        {"name": "Molde", "kind": "public_body"},
        {"name": "Ane Vik", "kind": "person", "represents": "The Havna Fund", "core": False},
        {"name": "board", "kind": "public_body"},
    ],
    "amounts": [
        {"quote": "€1.5 million", "nth": 1, "currency": "EUR", "value": "1500000", "basis": "new"},
        {"quote": "€1.5 million", "nth": 2, "currency": "EUR", "value": "1500000", "basis": "new"},
        {"quote": "€0.5 million", "currency": "EUR", "value": 500000, "basis": "new", "part_of": 1},
    ],
    "dates": [
        {"quote": "5 April 2024", "value": "2024-04-05", "begin": "2024-04-05", "end": "2024-04-05"},
        {"quote": "Friday", "value": "2024-04-05", "begin": "2024-04-05", "end": "2024-04-05"},
    ],
    "commitments": [
        {
            "trigger": {"quote": "will provide"}, "also": [{"quote": "gives"}], "providers": ["The Havna Fund"],
            "receivers": ["Molde"], "action": ["supply", "fund"], "status": ["pledged"], "amounts": [1, 2],
            "dates": [{"date": 1, "role": "made"}], "summary": "The fund gives Molde €1.5m",
        },
        {"trigger": {"quote": "signed"}, "providers": ["Ane Vik"], "action": ["agree"], "status": ["agreed"], "amounts": []},
    ],
}  # fmt: skip


def gold(**changes: Any) -> Gold:
    return Gold.model_validate({**GOLD, **changes})


def scored(**changes: Any) -> Scores:
    return evaluate([GoldRelease("havna", gold(**changes))], {"havna.txt": example_record()})


def test_each_fact_is_counted_as_found_and_as_right() -> None:
    table = {name: (round(one.precision, 3), round(one.recall, 3)) for name, one in scored().table().items()}
    assert table == {
        "parties": (1.0, 0.667),  # the board is missed; Ane Vik need not be found
        "amounts (words)": (1.0, 0.667),
        "amounts": (0.5, 0.333),  # 500000.25 is not 500000
        "dates (words)": (1.0, 1.0),
        "dates": (0.5, 0.5),  # Friday is not resolved
        "found": (1.0, 0.5),
        "commitments": (0.75, 0.375),  # half of the sums, no date
        "right": (0.0, 0.0),
    }


def test_what_is_wrong_is_told_with_its_words() -> None:
    findings = evaluate_release(gold(), example_record()).findings
    told = {(one.what, one.kind, one.told, one.span and TEXT[slice(*one.span)]) for one in findings}
    assert told == {
        ("missed", "party", "board", "board"),
        ("missed", "amount", "€1.5 million", "€1.5 million"),
        ("wrong", "amount", "EUR 500,000.25, not EUR 500,000", "€0.5 million"),
        ("wrong", "date", "unknown, not 2024-04-05 to 2024-04-05", "Friday"),
        ("wrong", "commitment", "amounts, dates: The fund gives Molde €1.5m", "will provide"),
        ("missed", "commitment", "signed", "signed"),
    }


def test_a_release_without_a_record_has_missed_everything() -> None:
    scores = evaluate([GoldRelease("havna", gold())], {})
    assert scores.missing == ["havna"]
    assert {one.recall for one in scores.table().values()} == {0.0}
    assert scores.totals() == 0.0
    assert [(one.told, one.wanted, one.error, one.share) for one in scores.money()] == [(0, 1_500_000, 1_500_000, 1.0)]


def test_a_total_leaves_parts_out_and_money_is_compared_by_currency() -> None:
    assert gold_totals(gold()) == record_totals(example_record()) == {"EUR": Decimal(1_500_000)}
    dollars = [{**amount, "currency": "USD"} for amount in GOLD["amounts"]]
    scores = scored(amounts=dollars)
    assert [(one.currency, one.told, one.wanted, one.error, one.share) for one in scores.money()] == [
        ("EUR", 1_500_000, 0, 1_500_000, None),
        ("USD", 0, 1_500_000, 1_500_000, 1.0),
    ]
    assert scores.totals() == 0.0


def test_errors_of_releases_do_not_cancel_out() -> None:
    less = [{**amount, "value": "1000000"} if place == 1 else amount for place, amount in enumerate(GOLD["amounts"])]
    more = [{**amount, "value": "2000000"} if place == 1 else amount for place, amount in enumerate(GOLD["amounts"])]
    golds = [GoldRelease("a", gold(amounts=less)), GoldRelease("b", gold(amounts=more))]
    (money,) = evaluate(golds, {"a": example_record(), "b": example_record()}).money()
    assert (money.told, money.wanted, money.error) == (3_000_000, 3_000_000, 1_000_000)


def test_confidence_is_held_against_what_gold_has() -> None:
    (one,) = scored().reliability()
    assert (one.low, one.high, one.number, one.confidence, one.found, one.right) == (0.6, 0.8, 1, 0.75, 1.0, 0.0)
    assert scored().calibration_error() == pytest.approx(0.25)
    assert Scores().reliability() == []


def test_a_minister_stands_for_the_state_and_unnamed_receivers_for_their_words() -> None:
    by_speaker = [{**GOLD["commitments"][0], "providers": ["Ane Vik"], "receivers": ["the town of Molde"]}]
    assert scored(commitments=by_speaker).details()["providers"] == 1.0
    assert scored(commitments=by_speaker).details()["receivers"] == 1.0


@pytest.mark.parametrize(("one", "other", "same"), [
    ("The Ministry’s Office", "ministry office", True), ("Prime Minister Støre", "Store", False),
    ("Prime Minister José Ruiz", "Jose Ruiz", True), ("Norway", "Sweden", False), ("the", "The", True), ("", "", False),
])  # fmt: skip
def test_names_are_the_same_however_they_are_written(one: str, other: str, same: bool) -> None:
    assert agree.same_name(one, [other]) is same


def test_the_heaviest_pairs_come_first_and_each_is_taken_once() -> None:
    assert agree.paired([1, 2, 3], [2, 3, 9], lambda a, b: a + b if abs(a - b) < 2 else 0) == [(2, 1), (1, 0)]


def test_a_quote_is_found_by_its_occurrence_however_it_is_spaced() -> None:
    assert GoldQuote(quote="a b", nth=2).find("a b, a\n b") == (5, 9)
    assert GoldQuote(quote="a b", nth=2).find("a b") is None
    assert agree.shared("a b  c", (0, 4), (2, 6)) == 1
    assert agree.shared("a b  c", (0, 1), (2, 6)) == 0


@pytest.mark.parametrize(("told", "message"), [
    ({"amounts": [{"quote": "x", "currency": "EUR", "value": "1", "part_of": 4}]}, "amounts.0 refers to place 4 of a list of 1"),
    ({"commitments": [{"trigger": {"quote": "x"}, "status": []}]}, "commitments.0.status: List should have at least 1 item"),
    ({"parties": [{"name": "x", "kind": "planet"}]}, "parties.0.kind: Input should be 'country'"),
])  # fmt: skip
def test_gold_that_makes_no_sense_is_told(tmp_path: Path, told: dict[str, Any], message: str) -> None:
    (tmp_path / "x.gold.json").write_text(json.dumps({**GOLD, "dates": [], "commitments": [], **told}))
    with pytest.raises(errors.GoldError, match=message):
        list(load_gold(tmp_path))


def test_gold_is_known_among_other_json(tmp_path: Path) -> None:
    (tmp_path / "a.gold.json").write_text(json.dumps(GOLD))
    (tmp_path / "a.meta.json").write_text("{}")
    (tmp_path / "a.txt.json").write_text(example_record().model_dump_json())
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.json").write_text(json.dumps(GOLD))
    assert [one.name for one in load_gold(tmp_path)] == ["a", "b/c"]
    assert [one.name for one in load_gold(tmp_path / "a.gold.json")] == ["a"]


def test_the_command_prints_scores_json_and_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "havna.gold.json").write_text(json.dumps(GOLD))
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "havna.txt.json").write_text(example_record().model_dump_json())
    page = tmp_path / "pages" / "evaluation.html"
    arguments = ["evaluate", str(tmp_path / "gold"), str(tmp_path / "records")]
    assert cli.call([*arguments, "--worst", "1", "--html", str(page)]) == 0
    out = capsys.readouterr().out
    assert "parties          1.000  0.667  0.800" in out
    assert "missed    commitment  signed" in out
    assert "EUR       1,500,000  1,500,000       0    0.0 %" in out
    tree = html.fromstring(page.read_text(encoding="utf-8"))
    assert tree.xpath("//div[@class='text']//span[contains(@class, 'm-missed')]/text()") == ["€1.5 million", "signed", "board"]
    assert cli.call([*arguments, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["scores"]["found"] == {"P": 1.0, "R": 0.5, "F1": pytest.approx(2 / 3)}
    assert told["money"] == [{"currency": "EUR", "told": "1500000", "wanted": "1500000", "error": "0", "share": 0.0}]
    assert cli.call(["evaluate", str(tmp_path / "records"), str(tmp_path / "records")]) == errors.InputMissingError.exit_code
    assert cli.call(["evaluate", str(tmp_path / "none"), str(tmp_path / "records")]) == errors.InputMissingError.exit_code
    assert cli.call([*arguments, "--html", "/proc/x.html"]) == errors.OutputError.exit_code
    (tmp_path / "gold" / "broken.json").write_text("{")
    assert cli.call(arguments) == errors.GoldError.exit_code
