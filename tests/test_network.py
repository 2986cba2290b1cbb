from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from communique import Pipeline, parse
from communique.network import Blocks, encode, network, read
from communique.network.read import Network
from communique.read.decode import decode

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))
WORDS = ["Norway", "gives", "$", "5", "million", "to", "which", ".", '"', "Ms.", "(", "is", "the"]
GROUCHY = "There's a letter y'all oughtn't read. Let's see: gon na go, ain't it? C'm on! 'Nuff said; I'm gettin' somethin'."


@pytest.fixture(scope="module")
def known(pipeline: Pipeline) -> Network:
    assert pipeline.reader.network is not None
    return pipeline.reader.network


def text_of(path: Path) -> str:
    return decode(path.read_bytes())[0]


def blocks_of(pipeline: Pipeline, *texts: str) -> Blocks:
    layout: Any = pipeline.nlp.get_pipe("communique_layout")
    return parse.joined([parse.Part.of(layout(pipeline.nlp.make_doc(text))).blocks for text in texts])


def one_by_one(blocks: Blocks) -> list[Blocks]:
    ends = np.cumsum(blocks.lengths)
    parts = [slice(int(end - length), int(end)) for end, length in zip(ends, blocks.lengths, strict=True)]
    return [
        Blocks(blocks.words[part], blocks.spaced[part], blocks.marks[part], np.array([part.stop - part.start])) for part in parts
    ]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_it_says_of_every_word_what_spacy_says(pipeline: Pipeline, known: Network, path: Path) -> None:
    blocks = blocks_of(pipeline, text_of(path))
    assert np.array_equal(known(blocks), parse.by_components(pipeline.nlp, blocks))


def test_rules_of_several_words_and_words_that_rules_name(pipeline: Pipeline, known: Network) -> None:
    blocks = blocks_of(pipeline, GROUCHY, GROUCHY.upper(), "let 's got ta i")
    assert np.array_equal(known(blocks), parse.by_components(pipeline.nlp, blocks))


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_words_in_any_order(pipeline: Pipeline, known: Network, words: list[str]) -> None:
    blocks = blocks_of(pipeline, " ".join(words))
    assert np.array_equal(known(blocks), parse.by_components(pipeline.nlp, blocks)) if words else not len(blocks.words)


def test_side_by_side_or_alone_a_block_is_read_the_same(
    pipeline: Pipeline, known: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = blocks_of(pipeline, *(text_of(path) for path in SAMPLES))
    together = known(blocks)
    alone = np.concatenate([known(block) for block in one_by_one(blocks)])
    assert np.array_equal(together, alone)
    monkeypatch.setattr(read, "_few_long", lambda _: 0)  # all step by step
    assert np.array_equal(together, known(blocks))
    monkeypatch.setattr(read, "_few_long", len)  # all by spaCy's own parser
    assert np.array_equal(together, known(blocks))


def test_embeddings_that_are_let_go_of_come_back_the_same(
    pipeline: Pipeline, known: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = [blocks_of(pipeline, text_of(path)) for path in SAMPLES[:3]]
    before = [known(some) for some in blocks]
    monkeypatch.setattr(encode, "KEPT", 50)
    assert all(np.array_equal(known(some), then) for some, then in zip(blocks, before, strict=True))
    assert len(known.embeddings.known) <= max(len(some.words) for some in blocks)


def test_nothing_that_is_kept_hangs_on_a_memory_zone(pipeline: Pipeline) -> None:
    text = "The zorbling of Quaxelby was worstened by Brimblewits in {}, whose mollusquers had fleened."
    for place in ("Oslo", "Wexlinghamshire", "Oslo"):
        with pipeline.nlp.memory_zone():
            doc = pipeline.nlp.make_doc(text.format(place))
            pipeline.reader([doc])
            assert [token.lemma_ for token in doc][-2] == "fleene"
            assert all(token.lemma_ and token.pos_ and str(token.morph) is not None for token in doc)


def test_a_model_that_says_something_else_is_not_trusted(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    right = network(pipeline.nlp)
    assert right is not None
    wrong = replace(right, tag_ids=np.roll(right.tag_ids, 1))
    monkeypatch.setattr(parse, "network", lambda _: wrong)
    assert parse.reader(pipeline.nlp).network is None


def test_without_the_network_the_records_are_the_same(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text_of(path) for path in SAMPLES[:2]]
    quick = list(pipeline.extract_many(texts))
    monkeypatch.setattr(pipeline, "reader", parse.Reader(pipeline.nlp, None))
    assert list(pipeline.extract_many(texts)) == quick


@pytest.mark.parametrize("change", ["blank", "component", "beam", "overwrite"])
def test_a_model_that_is_built_otherwise_has_none(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    nlp = pipeline.nlp
    if change == "blank":
        nlp = spacy.blank("en")
    elif change == "component":
        monkeypatch.setattr(nlp, "_components", [one for one in nlp._components if one[0] != "attribute_ruler"])
    elif change == "beam":
        monkeypatch.setitem(nlp.get_pipe("ner").cfg, "beam_width", 4)
    else:
        monkeypatch.setitem(nlp.get_pipe("tagger").cfg, "overwrite", True)
    assert network(nlp) is None
