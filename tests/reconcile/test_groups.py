from __future__ import annotations

import random

import pytest

from communique.reconcile import join, party_rows, reconcile, tellings_of
from communique.reconcile.words import CUES, cues_in, lexicon
from reconcile.cases import groups
from reconcile.scoring import score


@pytest.mark.parametrize(("name", "precision", "recall", "money"), [("tuned", 0.96, 0.96, 0.96), ("held", 0.93, 0.95, 0.95)])
def test_tellings_are_joined_as_well_as_before(name: str, precision: float, recall: float, money: float) -> None:
    scores = score(name)
    assert scores.precision("all") >= precision, scores.wrong
    assert scores.recall("all") >= recall, scores.wrong
    assert scores.money_right / scores.groups >= money, scores.wrong


def test_there_are_enough_groups_of_every_kind() -> None:
    told = [*groups("tuned"), *groups("held")]
    assert len(told) >= 60
    assert {case.relation for group in told for case in group.cases} == {
        None, "same_as", "updates", "draws_down", "fulfils", "withdraws",
    }  # fmt: skip
    assert len({group.name for group in told}) == len(told)


def test_the_order_of_releases_does_not_matter() -> None:
    records = [case.record for name in ("tuned", "held") for group in groups(name) for case in group.cases]
    made = []
    for seed in (1, 2):
        random.Random(seed).shuffle(records)
        actors = join(row for record in records for row in party_rows(record))
        made.append((actors, reconcile([telling for record in records for telling in tellings_of(record)], actors)))
    assert made[0] == made[1]


@pytest.mark.parametrize("name", CUES)
def test_every_cue_hits_and_misses(name: str) -> None:
    assert all(name in cues_in(hit) for hit in lexicon()[name]["hits"])
    assert all(name not in cues_in(miss) for miss in lexicon()[name]["misses"])
    assert lexicon()[name]["hits"]
    assert lexicon()[name]["misses"]
