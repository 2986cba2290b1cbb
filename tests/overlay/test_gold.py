from __future__ import annotations

import json
from pathlib import Path

from communique import Pipeline
from communique.evaluate import Gold, Scores, evaluate_release
from communique.overlay.gold import gold_of, quoted
from communique.read import read
from communique.settings import Settings
from communique_models import Mention
from gold.scoring import gold_releases
from records import TEXT, example_record, mention

SAMPLES = Path(__file__).parents[2] / "samples"


def test_gold_says_what_the_record_says() -> None:
    gold = gold_of(example_record(), "havna")
    assert (gold["id"], gold["published_on"]) == ("havna", "2024-04-05")
    assert [(one["name"], one["core"], one.get("represents")) for one in gold["parties"]] == [
        ("Havna Fund", True, None), ("Molde", True, None), ("Ane Vik", True, "Havna Fund"),
    ]  # fmt: skip
    assert [(one["quote"], one["nth"], one["value"], one["part_of"]) for one in gold["amounts"]] == [
        ("€1.5 million", 2, "1500000", None), ("€0.5 million", 1, "500000.25", 0),
    ]  # fmt: skip
    one = gold["commitments"][0]
    assert (one["trigger"], one["also"]) == ({"quote": "will provide", "nth": 1}, [{"quote": "gives", "nth": 1}])
    assert (one["providers"], one["receivers"], one["said_by"]) == (["Havna Fund"], ["Molde"], "Ane Vik")
    assert (one["action"], one["status"], one["amounts"]) == (["fund"], ["pledged"], [0, 1])
    assert (one["dates"], one["condition"]) == ([{"date": 1, "role": "made"}], "subject to the approval of the board")


def test_a_quote_is_told_by_its_occurrence_however_it_is_spaced() -> None:
    text = "a  b, a b, a\nb"
    assert quoted(text, Mention(start=6, end=9, quote="a b")) == {"quote": "a b", "nth": 2}
    assert quoted(TEXT, mention("Molde", 2)) == {"quote": "Molde", "nth": 2}


def test_the_gold_of_a_record_agrees_with_it(pipeline: Pipeline) -> None:
    """What `communique evaluate` reads in the gold that is made of a record is the record; it passes over groups."""
    scores = Scores()
    for release, _ in gold_releases(SAMPLES):
        record = pipeline.extract_source(read(release, release.name, Settings()))
        gold = Gold.model_validate_json(json.dumps(gold_of(record, release.stem)))
        scores.add(release.stem, evaluate_release(gold, record))
    table = scores.table()
    assert [table[kind].f1 for kind in ("amounts", "dates", "found")] == [1.0, 1.0, 1.0]
    assert table["parties"].precision == 1.0
