from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.overlay import Decision, Flag, Overlaid, Told, Verdict, overlay, select, told_of
from communique.overlay.apply import COMPLETE, recounted
from communique.overlay.selectors import find, refound
from communique_models import Commitment, Counted, Party, Record, Status
from records import TEXT, example_record, mention

RECORD = example_record()
SEEN = told_of(RECORD, RECORD.commitments[0])
SUBJECT = f"{SEEN.trigger.start}-{SEEN.trigger.end}"


def words(quote: str, nth: int = 1, text: str = TEXT) -> dict[str, Any]:
    one = mention(quote, nth, text)
    return select(text, one.start, one.end).model_dump()


def changed(told: Told = SEEN, **facts: Any) -> Told:
    return Told.model_validate({**told.model_dump(), **facts})


def decided(verdict: Verdict, told: Told | None = None, seen: Told | None = SEEN, **more: Any) -> Decision:
    facts: dict[str, Any] = {"id": 1, "release_id": RECORD.release.id, "name": "havna.txt", "subject": SUBJECT}
    facts |= {"verdict": verdict, "told": told, "seen": seen, "decided_by": "Ada", "decided_at": "then"}
    return Decision(**{**facts, **more})


def remade(record: Record = RECORD, **facts: Any) -> Record:
    """The record as other rules might make it."""
    one = record.commitments[0].model_copy(update=facts)
    return Record.model_validate(record.model_copy(update={"commitments": [one]}).model_dump())


def test_without_decisions_a_record_stays_as_it_is() -> None:
    told = overlay(RECORD, [])
    assert told.record is RECORD
    assert [(card.subject, card.id, card.verdict, card.flag) for card in told.cards] == [(SUBJECT, "c1", None, None)]
    assert told.left == 1


def test_a_snapshot_says_all_that_the_record_says() -> None:
    assert [one.name for one in SEEN.providers] == ["Havna Fund"]
    assert SEEN.providers[0].where.start == mention("Havna Fund", 2).start, "by the words in the evidence"
    whole, part = SEEN.amounts
    assert (whole.value, whole.part_of, part.value, part.part_of) == ("1500000", None, "500000.25", whole)
    assert SEEN.condition
    assert Told.model_validate_json(SEEN.model_dump_json()) == SEEN


def test_what_was_accepted_is_sure_and_else_the_same() -> None:
    told = overlay(RECORD, [decided(Verdict.ACCEPTED, SEEN)])
    one, was = told.record.commitments[0], RECORD.commitments[0]
    assert one.confidence == 1
    assert one.rules == [*was.rules, "review"]
    assert one.model_copy(update={"confidence": was.confidence, "rules": was.rules}) == was
    assert told.record.model_copy(update={"commitments": RECORD.commitments}) == RECORD
    assert (told.cards[0].verdict, told.cards[0].flag, told.left) == (Verdict.ACCEPTED, None, 0)


def test_what_was_rejected_is_not_in_the_record() -> None:
    told = overlay(RECORD, [decided(Verdict.REJECTED)])
    assert told.record.commitments == []
    assert told.record.amounts == RECORD.amounts, "the sums stand in the text still"
    assert [(card.verdict, card.id) for card in told.cards] == [(Verdict.REJECTED, None)]


def test_every_part_can_be_corrected() -> None:
    person = {"name": "Ane Vik", "kind": "person", "where": words("Ane Vik")}
    board = {"name": "the board", "kind": "group", "where": words("the board")}
    amount = {"where": words("€1.5 million", 2), "currency": "NOK", "value": "15", "comparator": "<="}
    when = {"where": words("5 April 2024"), "role": "due", "value": "2024-04-05", "begin": "2024-04-05", "end": "2024-04-05"}
    told = changed(
        providers=[board], receivers=[person], said_by=None, status="withdrawn", action="lend", amounts=[amount], dates=[when],
        trigger=words("signed"), evidence=[words(TEXT.splitlines()[3])], restated=[], items=[], purposes=[], condition=None,
    )  # fmt: skip
    record = overlay(RECORD, [decided(Verdict.CORRECTED, told)]).record
    one = record.commitments[0]
    names = {party.id: party.name for party in record.parties}
    assert ([names[it] for it in one.providers], [names[it] for it in one.receivers]) == (["the board"], ["Ane Vik"])
    assert (one.status, one.action, one.said_by, one.condition, one.trigger.quote) == ("withdrawn", "lend", None, None, "signed")
    sums = {it.id: it for it in record.amounts}
    assert [(sums[it].currency, sums[it].value, sums[it].comparator) for it in one.amounts] == [("NOK", "15", "<=")]
    assert len(record.amounts) == 2, "it took the place of the sum that lay there"
    assert [(use.role, use.date) for use in one.dates] == [("due", "d1")]
    assert one.counted == Counted(amounts=[], reason="withdrawn")


def test_what_was_missed_is_added_in_reading_order() -> None:
    told = changed(trigger=words("gives"), evidence=[words(TEXT.splitlines()[0])], restated=[], amounts=[], dates=[], items=[])
    result = overlay(RECORD, [decided(Verdict.ADDED, told, None, subject="added-1")])
    assert [one.trigger.quote for one in result.record.commitments] == ["gives", "will provide"]
    assert [(card.verdict, card.id) for card in result.cards] == [(Verdict.ADDED, "c1"), (None, "c2")]


def test_what_was_added_and_is_found_now_is_one() -> None:
    result = overlay(RECORD, [decided(Verdict.ADDED, SEEN, None, subject="added-1")])
    assert len(result.record.commitments) == 1
    assert result.cards[0].flag is None


def test_sums_are_counted_anew() -> None:
    """Where the whole is rejected its part, told by another commitment, counts."""
    counted = Counted(reason="part_of_total")
    update = {"id": "c2", "trigger": mention("signed"), "amounts": ["a2"], "counted": counted, "restated": []}
    part = RECORD.commitments[0].model_copy(update=update)
    whole = RECORD.commitments[0].model_copy(update={"amounts": ["a1"], "counted": Counted(amounts=["a1"])})
    both = Record.model_validate(RECORD.model_copy(update={"commitments": [whole, part]}).model_dump())
    assert [one.counted.amounts for one in recounted(both).commitments] == [["a1"], []]
    result = overlay(both, [decided(Verdict.REJECTED, seen=told_of(both, whole))])
    assert [one.counted for one in result.record.commitments] == [Counted(amounts=["a2"])]


def test_the_last_decision_about_a_commitment_holds() -> None:
    first = decided(Verdict.REJECTED, id=1)
    second = decided(Verdict.CORRECTED, changed(status="agreed"), id=2)
    for decisions in ([first, second], [second, first]):
        assert overlay(RECORD, decisions).record.commitments[0].status is Status.AGREED


def test_that_nothing_is_missing_belongs_to_the_text() -> None:
    done = decided(Verdict.COMPLETE, seen=None, subject=COMPLETE)
    assert overlay(RECORD, [done]).complete == done
    assert overlay(moved(f"{TEXT}More."), [done]).complete is None


# after the record was made again


def test_a_decision_outlasts_other_readings_and_is_flagged() -> None:
    again = remade(status=Status.DELIVERED, amounts=["a2"], counted=Counted(amounts=["a2"]))
    result = overlay(again, [decided(Verdict.ACCEPTED, SEEN)])
    assert (result.record.commitments[0].status, result.record.commitments[0].amounts) == (Status.PLEDGED, ["a1", "a2"])
    assert result.cards[0].flag is Flag.CHANGED
    assert result.cards[0].found == told_of(again, again.commitments[0])


def test_a_correction_that_is_found_now_is_not_flagged() -> None:
    again = remade(status=Status.DELIVERED)
    told = told_of(again, again.commitments[0])
    assert overlay(again, [decided(Verdict.CORRECTED, told)]).cards[0].flag is None


def test_a_commitment_told_by_other_words_is_met_and_flagged() -> None:
    again = remade(trigger=mention("gives"), restated=[mention("will provide")])
    result = overlay(again, [decided(Verdict.ACCEPTED, SEEN)])
    assert [(card.verdict, card.flag) for card in result.cards] == [(Verdict.ACCEPTED, Flag.MOVED)]
    assert len(result.record.commitments) == 1


def test_an_accepted_commitment_that_is_no_longer_found_stays_and_is_flagged() -> None:
    bare = Record.model_validate(RECORD.model_copy(update={"commitments": []}).model_dump())
    result = overlay(bare, [decided(Verdict.ACCEPTED, SEEN)])
    assert len(result.record.commitments) == 1
    assert result.cards[0].flag is Flag.GONE
    assert overlay(bare, [decided(Verdict.REJECTED)]).cards == []


def test_commitments_of_one_trigger_are_told_apart() -> None:
    one = RECORD.commitments[0].model_copy(update={"amounts": ["a1"], "counted": Counted(amounts=["a1"])})
    other = RECORD.commitments[0].model_copy(update={"id": "c2", "amounts": ["a2"], "counted": Counted(), "receivers": ["p3"]})
    both = Record.model_validate(RECORD.model_copy(update={"commitments": [one, other]}).model_dump())
    cards = overlay(both, []).cards
    assert [card.subject for card in cards] == [SUBJECT, f"{SUBJECT}-2"]
    second = decided(Verdict.REJECTED, seen=cards[1].found, subject=cards[1].subject)
    turned = [other.model_copy(update={"id": "c1"}), one.model_copy(update={"id": "c2"})]
    again = Record.model_validate(RECORD.model_copy(update={"commitments": turned}).model_dump())
    left = overlay(again, [second]).record
    assert [(it.receivers, [left.amounts[int(a[1:]) - 1].value for a in it.amounts]) for it in left.commitments] == [
        (["p2"], ["1500000"])
    ]


# after the text was changed


def moved(text: str) -> Record:
    """The record of a changed text in which nothing was found."""
    release = {"id": hashlib.sha256(text.encode()).hexdigest(), "characters": len(text)}
    return Record.model_validate({"release": release, "text": text, "provenance": RECORD.provenance.model_dump()})


def test_words_that_stand_in_the_changed_text_carry_the_decision() -> None:
    result = overlay(moved(f"Correction!\n\n{TEXT}"), [decided(Verdict.ACCEPTED, SEEN)])
    one = result.record.commitments[0]
    assert one.trigger.start == SEEN.trigger.start + len("Correction!\n\n")
    assert [it.value for it in result.record.amounts] == ["1500000", "500000.25"]
    assert result.cards[0].flag is Flag.TEXT


def test_words_that_are_gone_leave_the_decision_without_effect() -> None:
    result = overlay(moved(TEXT.replace("will provide", "is to provide")), [decided(Verdict.ACCEPTED, SEEN)])
    assert result.record.commitments == []
    assert [(card.verdict, card.flag) for card in result.cards] == [(None, Flag.LOST)]


def test_a_decision_about_the_new_text_takes_the_place_of_the_old_one() -> None:
    record = moved(f"Correction!\n\n{TEXT}")
    told = refound(record.text, SEEN)
    decisions = [decided(Verdict.ACCEPTED, SEEN), decided(Verdict.CORRECTED, told, id=2, release_id=record.release.id)]
    assert [card.verdict for card in overlay(record, decisions).cards] == [Verdict.CORRECTED]


def test_words_are_found_where_their_surroundings_fit() -> None:
    text = "A gives €5m to B. C gives €5m to D."
    one = select(text, text.rindex("€5m"), text.rindex("€5m") + 3)
    changed = f"X gives €5m to Y. {text}"
    found = find(changed, one)
    assert found
    assert found.start == changed.rindex("€5m")
    assert find("nothing", one) is None


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 5), (0, 10_000), (52, 53)])
def test_no_words_no_selector(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        select(f"{TEXT[:52]}\n{TEXT[53:]}", start, end)


# whatever people decide


PARTS = st.sampled_from(["Havna Fund", "Molde", "Ane Vik", "the board", "two ambulances", "€1.5 million", "Friday", "million"])


@st.composite
def corrections(draw: st.DrawFn) -> Told:
    def people(least: int) -> list[dict[str, Any]]:
        quotes = draw(st.lists(PARTS, min_size=least, max_size=3))
        return [{"name": quote, "kind": "group", "where": words(quote)} for quote in quotes]

    sums = [{"where": words(quote), "currency": "EUR", "value": "5"} for quote in draw(st.lists(PARTS, max_size=2))]
    if sums and draw(st.booleans()):
        sums[0]["part_of"] = {"where": words(draw(PARTS)), "currency": "EUR", "value": "9"}
    dates = [{"where": words(quote), "role": "due"} for quote in draw(st.lists(PARTS, max_size=2))]
    status = draw(st.sampled_from(list(Status)))
    trigger = words(draw(PARTS))
    return changed(providers=people(1), receivers=people(0), amounts=sums, dates=dates, status=status, trigger=trigger)


@given(st.lists(st.tuples(st.sampled_from([Verdict.CORRECTED, Verdict.ADDED]), corrections()), max_size=4))
def test_a_corrected_record_is_always_valid(told: list[tuple[Verdict, Told]]) -> None:
    decisions = [
        decided(verdict, one, SEEN if verdict is Verdict.CORRECTED else None, id=number, subject=f"s{number}")
        for number, (verdict, one) in enumerate(told)
    ]
    result: Overlaid = overlay(RECORD, decisions)
    assert Record.model_validate_json(result.record.model_dump_json()) == result.record
    assert overlay(RECORD, list(reversed(decisions))) == result
    spans = sorted((one.mention.start, one.mention.end) for one in result.record.amounts)
    assert len(spans) == len(set(spans))


def test_new_parties_do_not_take_the_place_of_others() -> None:
    told = changed(receivers=[{"name": "the board", "kind": "group", "where": words("the board")}])
    parties: list[Party] = overlay(RECORD, [decided(Verdict.CORRECTED, told)]).record.parties
    assert [one.name for one in parties] == ["Havna Fund", "Molde", "Ane Vik", "the board"]
    assert parties[2].represents == "p1"


def test_ids_stay_with_their_commitments() -> None:
    result = overlay(RECORD, [decided(Verdict.ACCEPTED, SEEN)])
    of: dict[str, Commitment] = {one.id: one for one in result.record.commitments}
    assert all(of[str(card.id)].trigger.start == card.told.trigger.start for card in result.cards)
