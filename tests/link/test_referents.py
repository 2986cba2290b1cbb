"""Whom a phrase means."""

from __future__ import annotations

from communique import Pipeline
from communique.analysis import analysis_of
from communique.link.referents import parties_of
from communique.source import Source


def test_the_head_of_a_phrase_decides_and_a_possessor_is_left_to_the_caller(pipeline: Pipeline) -> None:
    doc = pipeline.annotate(Source(text="Norway's support is large. The Ministry of Fisheries will pay."))
    analysis = analysis_of(doc)

    def told(start: int, end: int) -> list[str]:
        return [analysis.parties[k].name for k in parties_of(doc[start:end])]

    assert told(0, 1) == ["Norway"]
    assert told(0, 3) == []
    ministry = next(token.i for token in doc if token.text == "Ministry")
    assert told(ministry - 1, ministry + 3) == ["Ministry of Fisheries"]
    assert [analysis.parties[k].name for k in parties_of(doc[ministry])] == ["Ministry of Fisheries"]
