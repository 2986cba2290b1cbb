"""Quotations: where they begin and end, whose they are, and whom `I` and `we` mean in them and outside."""

from __future__ import annotations

import pytest

from communique import Pipeline
from communique.analysis import Analysis, analysis_of
from communique.source import Source

TAIL = "Nordlys Energi ASA builds turbines. Kari Holm, chief executive of Nordlys, and Ola Dahl, mayor of Narvik, opened it."


def analyse(pipeline: Pipeline, text: str) -> Analysis:
    return pipeline.analyse(Source(text=text))


def spoken(analysis: Analysis, text: str) -> list[tuple[str, str | None]]:
    return [(text[q.start : q.end], None if q.speaker is None else analysis.parties[q.speaker].name) for q in analysis.quotations]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("“We will build two plants,” said Kari Holm.", "“We will build two plants,”"),
        ('"We will build two plants," Kari Holm said.', '"We will build two plants,"'),
        ("‘We will build two plants and a pier,’ said Kari Holm.", "‘We will build two plants and a pier,’"),
        ("«We will build two plants», said Kari Holm.", "«We will build two plants»"),
        ("Kari Holm said: “We will build two plants.”", "“We will build two plants.”"),
        ("“We will build two plants,” according to Kari Holm.", "“We will build two plants,”"),
        ("“We will build two plants,” she added after Kari Holm said this.", "“We will build two plants,”"),
        ('“We will build two plants,"said Kari Holm.', '“We will build two plants,"'),
    ],
)
def test_attribution_before_and_after_in_all_marks(pipeline: Pipeline, text: str, quote: str) -> None:
    text = f"Kari Holm leads Nordlys Energi ASA.\n\n{text}"
    assert (quote, "Kari Holm") in spoken(analyse(pipeline, text), text)


def test_attribution_between_two_parts_is_that_of_both(pipeline: Pipeline) -> None:
    text = f"“It is ready for the winter,” said Kari Holm. “We will open it in May. All are welcome.”\n\n{TAIL}"
    assert [speaker for _, speaker in spoken(analyse(pipeline, text), text)] == ["Kari Holm", "Kari Holm"]


def test_speech_over_paragraphs_that_are_opened_and_not_closed(pipeline: Pipeline) -> None:
    text = f"“It is ready for the winter,” said Ola Dahl. “We waited for it.\n\n“Now we will open it. All are welcome.”\n\n{TAIL}"
    told = spoken(analyse(pipeline, text), text)
    assert [speaker for _, speaker in told] == ["Ola Dahl"] * 3
    assert told[1][0] == "“We waited for it."


def test_attribution_only_in_the_paragraph_before(pipeline: Pipeline) -> None:
    text = f"{TAIL}\n\nOla Dahl, mayor of Narvik, said:\n\n“It is ready for the winter. We waited for it.”"
    assert spoken(analyse(pipeline, text), text)[-1][1] == "Ola Dahl"


def test_a_whole_speech_of_several_sentences_has_one_speaker(pipeline: Pipeline) -> None:
    text = f"“It is ready. We waited for it. Nobody did more than Kari Holm,” said Ola Dahl, mayor of Narvik.\n\n{TAIL}"
    assert spoken(analyse(pipeline, text), text)[0][1] == "Ola Dahl"


def test_two_speakers_of_two_paragraphs(pipeline: Pipeline) -> None:
    text = f"{TAIL}\n\n“It is ready for us,” said Kari Holm.\n\n“It is good for the town,” said Ola Dahl."
    assert [speaker for _, speaker in spoken(analyse(pipeline, text), text)] == ["Kari Holm", "Ola Dahl"]


def test_a_title_in_marks_is_nobodys_speech(pipeline: Pipeline) -> None:
    text = "The report “Harbours of the North and South” was opened by Kari Holm."
    assert all(speaker is None for _, speaker in spoken(analyse(pipeline, text), text))


def test_boilerplate_is_not_read(pipeline: Pipeline) -> None:
    text = "Nordlys AS opened a plant.\n\nAbout Nordlys AS\n\n“We build for the north,” says Kari Holm."
    assert analyse(pipeline, text).quotations == []


def meant(pipeline: Pipeline, text: str, word: str) -> list[str | None]:
    doc = pipeline.annotate(Source(text=text))
    analysis = analysis_of(doc)
    at = [analysis.party_at.get(token.i) for token in doc if token.lower_ == word]
    return [None if k is None else analysis.parties[k].name for k in at]


def test_we_of_a_speaker_is_his_organisation_and_i_is_he(pipeline: Pipeline) -> None:
    text = "“We will build two plants, and I am glad,” said Kari Holm, chief executive of Nordlys Energi ASA."
    assert meant(pipeline, text, "we") == ["Nordlys Energi ASA"]
    assert meant(pipeline, text, "i") == ["Kari Holm"]


def test_we_of_a_statement_is_the_state_of_its_author(pipeline: Pipeline) -> None:
    text = "Statement by President Anna Holm of Finland\n\nI spoke with President Novak. We will send boats. Finland will pay."
    assert meant(pipeline, text, "we") == ["Finland"]
    assert meant(pipeline, text, "i") == ["Anna Holm"]


def test_we_outside_quotations_is_the_issuer(pipeline: Pipeline) -> None:
    text = "Nordlys wins contract\n\nNordlys Energi ASA today announced a contract. We will build two plants."
    assert meant(pipeline, text, "we") == ["Nordlys Energi ASA"]
