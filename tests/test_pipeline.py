from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from time import process_time

import pytest

from communique import Pipeline, Settings, Source
from communique.errors import EmptyReleaseError, NotTextError, TooLongError
from communique_models import Notice, NoticeCode, PublishedBasis

ENGLISH = "Norway will provide NOK 75 billion to Ukraine over five years, the Prime Minister said on Monday."
GERMAN = "Die Bundesregierung stellt 50 Millionen Euro für den Wiederaufbau der Ukraine bereit, sagte der Minister."


def test_the_text_and_its_hash_are_those_that_were_given(pipeline: Pipeline) -> None:
    text = f"\r\n  {ENGLISH}\r\n\u00a0"
    record = pipeline.extract(text, published_on=date(2024, 4, 15))
    assert record.text == text
    assert record.release.id == hashlib.sha256(text.encode()).hexdigest()
    assert (record.release.published_on, record.release.published_basis) == (date(2024, 4, 15), PublishedBasis.OPTION)
    assert record.release.language == "en"


def test_what_is_known_of_a_source_stands_in_its_record(pipeline: Pipeline) -> None:
    notice = Notice(code=NoticeCode.ENCODING, message="read as cp1252")
    source = Source(
        text=ENGLISH,
        published_on=date(2024, 4, 15),
        published_basis=PublishedBasis.SIDECAR,
        title="A promise",
        uri="a/b.txt",
        raw_sha256="a" * 64,
        media_type="text/plain",
        notices=(notice,),
    )
    record = pipeline.extract_source(source)
    release = record.release
    assert (release.title, release.source) == ("A promise", "a/b.txt")
    assert (release.raw_sha256, release.media_type) == ("a" * 64, "text/plain")
    assert release.published_basis is PublishedBasis.SIDECAR
    assert record.notices[0] == notice


def test_a_text_in_another_language_has_no_facts_and_says_so(pipeline: Pipeline) -> None:
    record = pipeline.extract(GERMAN)
    assert (record.parties, record.amounts, record.dates, record.commitments) == ([], [], [], [])
    assert record.release.language == "de"
    assert [notice.code for notice in record.notices] == [NoticeCode.NOT_ENGLISH]


def test_many_give_the_same_records_as_each_alone(pipeline: Pipeline) -> None:
    texts = [ENGLISH, GERMAN, ENGLISH.replace("75", "80"), "Sweden pays."]
    assert list(pipeline.extract_many(texts)) == [pipeline.extract(text) for text in texts]


@pytest.mark.parametrize("text", ["", " \n\t\u2028", "\u00a0"])
def test_a_text_without_a_word_is_refused(pipeline: Pipeline, text: str) -> None:
    with pytest.raises(EmptyReleaseError):
        pipeline.extract(text)


def test_a_text_over_the_limit_is_refused(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "settings", Settings(max_characters=len(ENGLISH) - 1))
    with pytest.raises(TooLongError, match="raise --max-characters"):
        pipeline.extract(ENGLISH)


def test_half_a_surrogate_pair_is_refused(pipeline: Pipeline) -> None:
    with pytest.raises(NotTextError, match="character 5 is half"):
        pipeline.extract("Norwa\ud83d pays")


@pytest.mark.parametrize("run", ["$", "US$", "(", "\"'", "€5,", "😀"])
def test_a_long_run_without_spaces_takes_no_long_time(pipeline: Pipeline, run: str) -> None:
    text = f"{ENGLISH} {run * 20_000} Sweden pays."
    begun = process_time()
    doc = pipeline.nlp.make_doc(text)  # spaCy alone needs minutes
    assert process_time() - begun < 5
    assert doc.text == text


def test_a_run_that_is_cut_keeps_its_spaces_and_the_words_around_it(pipeline: Pipeline) -> None:
    text = f"  Norway\u00a0pays\n\n{'$€' * 500}  NOK 5 million.\n"
    record = pipeline.extract(text)
    assert record.text == text
    assert [amount.mention.quote for amount in record.amounts] == ["NOK 5 million"]


def test_the_least_confidence_leaves_commitments_out(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pipeline.extract(ENGLISH).commitments
    [commitment] = pipeline.extract(ENGLISH).commitments
    stricter = [
        (name, replace(step, min_confidence=commitment.confidence + 0.001) if name == "communique_commitments" else step)
        for name, step in pipeline.nlp.components
    ]
    monkeypatch.setattr(pipeline.nlp, "_components", stricter)
    assert pipeline.extract(ENGLISH).commitments == []


def test_settings_reach_the_components(pipeline: Pipeline) -> None:
    assert pipeline.nlp.get_pipe("communique_commitments").min_confidence == pipeline.settings.min_confidence


def test_relative_dates_without_a_day_to_count_from_are_told(pipeline: Pipeline) -> None:
    codes = [notice.code for notice in pipeline.extract("Norway paid NOK 5 million to Kenya last year.").notices]
    assert codes.count(NoticeCode.UNKNOWN_PUBLICATION_DATE) == 1
    assert not pipeline.extract("Norway paid NOK 5 million to Kenya last year.", published_on=date(2024, 4, 15)).notices


def test_settings_have_a_fingerprint_of_their_values() -> None:
    assert Settings().fingerprint() == Settings().fingerprint() != Settings(min_confidence=0.5).fingerprint()
