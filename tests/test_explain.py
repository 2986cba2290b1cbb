from __future__ import annotations

from io import StringIO

from rich.console import Console

from communique import Pipeline, Source
from communique.analysis import Trace, analysis_of
from communique.explain import explanation, show

TEXT = """Norway gives Ukraine NOK 75 billion

Published 05 April 2024

Norway will provide NOK 75 billion to Ukraine. The [fund] is hopeful about it.

About Norad

Norad was founded in 1968.
"""


def shown(pipeline: Pipeline, text: str) -> str:
    out = StringIO()
    show(pipeline.annotate(Source(text=text)), Console(file=out, highlight=False))
    return out.getvalue()


def test_every_sentence_stands_there_in_order_with_what_was_found(pipeline: Pipeline) -> None:
    told = shown(pipeline, TEXT)
    sentences = ["Norway gives Ukraine NOK 75 billion", "Norway will provide NOK 75 billion to Ukraine.", "The [fund] is hopeful"]
    assert [told.index(f"\n{words}") for words in sentences] == sorted(told.index(f"\n{words}") for words in sentences)
    assert "published: 2024-04-05 (from metadata)" in told
    assert "'05 April 2024' → header: date of publication  [header.label]" in told
    assert "no facts are taken from this part: boilerplate" in told


def test_facts_come_with_their_values_and_rules(pipeline: Pipeline) -> None:
    lines = [str(line) for sentence in explanation(pipeline.annotate(Source(text=TEXT))) for line in sentence.lines]
    assert any(line.startswith("amount") and "NOK 75,000,000,000" in line for line in lines)
    assert any(line.startswith("commitment") and "Norway → Ukraine" in line for line in lines)


def test_what_was_dropped_says_why(pipeline: Pipeline) -> None:
    doc = pipeline.annotate(Source(text=TEXT))
    start = TEXT.index("hopeful")
    analysis_of(doc).traces.append(Trace("commitments", start, start + 7, False, "mood", "a hope binds nobody"))
    [line] = [line for sentence in explanation(doc) for line in sentence.lines if line.rule == "mood"]
    assert str(line) == "dropped    'hopeful' → commitments: a hope binds nobody  [mood]"


def test_a_text_in_another_language_is_shown_by_its_blocks(pipeline: Pipeline) -> None:
    text = "Die Bundesregierung stellt 50 Millionen Euro für den Wiederaufbau der Ukraine bereit.\n\nMehr dazu morgen."
    told = shown(pipeline, text)
    assert "Mehr dazu morgen." in told
    assert "notice not_english" in told
