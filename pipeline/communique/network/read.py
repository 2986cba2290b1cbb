"""All that the language model says of the words of blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from communique.network.arcs import Parser, parser
from communique.network.attributes import Attributes, attributes
from communique.network.encode import Embeddings, Encoder, encoder
from communique.network.entities import Recogniser, recogniser
from communique.network.layers import Floats, Ids, Ints, Linear, UnlikeError, expect, linear

GROUP = 8_000  # words that are parsed at a time: what is known of them takes 4 KB each
STEP, WORD = 60, 14  # microseconds: of a step of the parser for all blocks, and of a word in spaCy's own
Bits = NDArray[np.bool_]
COMPONENTS = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]


@dataclass(frozen=True, slots=True)
class Blocks:
    """The words of blocks after each other, none of them white space."""

    words: Ids
    spaced: Ints  # 1 where a space follows
    marks: Ints  # 1 where a sentence begins, -1 where none may, 0 where it is not known
    lengths: Ints  # of the blocks, none of them 0


@dataclass(frozen=True, slots=True)
class Network:
    """The model's parts."""

    nlp: Language
    embeddings: Embeddings
    shared: Encoder
    own: Encoder  # of the entities
    tags: Linear
    tag_ids: Ids
    parser: Parser
    unfold: frozenset[int]  # labels that say to hang a word elsewhere
    attributes: Attributes
    recogniser: Recogniser

    def __call__(self, blocks: Blocks) -> Ids:
        """HEAD (relative), DEP, TAG, POS, LEMMA, MORPH, ENT_IOB and ENT_TYPE of the words, a row a word."""
        rows = self.embeddings.rows(blocks.words, blocks.spaced)
        shared_table, own_table = self.embeddings.tables
        vectors = self.shared(shared_table, rows, blocks.lengths)
        scores = self.tags(vectors)
        tags = self.tag_ids[scores[:, : len(self.tag_ids)].argmax(axis=1)]
        heads, deps, begins = self._parse(blocks, vectors)
        told = self.attributes(blocks.words, tags, deps, blocks.lengths)
        extends = np.ones(len(rows), dtype=bool)
        extends[:-1] = ~begins[1:]
        extends[np.cumsum(blocks.lengths) - 1] = False
        codes, entities = self.recogniser(self.own(own_table, rows, blocks.lengths), extends)
        relative = (heads - np.arange(len(heads))).astype(np.uint64)
        pos, morphs, lemmas = told.T
        return np.stack([relative, deps, tags, pos, lemmas, morphs, codes.astype(np.uint64), entities], axis=1)

    def _parse(self, blocks: Blocks, vectors: Floats) -> tuple[Ints, Ids, Bits]:
        """Heads as places, labels, and whether a sentence begins at a word; long blocks first, since all go step by step."""
        heads, deps = np.arange(len(vectors)), np.zeros(len(vectors), dtype=np.uint64)
        starts = np.cumsum(blocks.lengths) - blocks.lengths
        order = np.argsort(-blocks.lengths, kind="stable")
        apart = _few_long(blocks.lengths[order])
        left = order[:apart].tolist()
        sizes = np.cumsum(blocks.lengths[order])
        cut = apart
        while cut < len(order):
            done = sizes[cut - 1] if cut else 0
            last = max(cut + 1, int(np.searchsorted(sizes, done + GROUP, side="right")))
            group = order[cut:last]
            lengths = blocks.lengths[group]
            offsets = np.cumsum(lengths) - lengths
            places = np.arange(int(lengths.sum())) + np.repeat(starts[group] - offsets, lengths)
            found, labels = self.parser(vectors[places], blocks.marks[places], lengths)
            heads[places], deps[places] = places[found], labels
            cut = last
        begins = _begins(heads)
        if len(blocks.words):
            deps[heads == np.arange(len(heads))] = self.nlp.vocab.strings["ROOT"]
            folded = np.flatnonzero(np.isin(deps, list(self.unfold)))
            left += np.unique(np.searchsorted(starts, folded, side="right") - 1).tolist()
        self._ask(blocks, vectors, [slice(int(starts[i]), int(starts[i] + blocks.lengths[i])) for i in left], heads, deps, begins)
        return heads, deps, begins

    def _ask(self, blocks: Blocks, vectors: Floats, parts: list[slice], heads: Ints, deps: Ids, begins: Bits) -> None:
        """Have spaCy's own parser read some blocks, and lay what it says over what was found."""
        if not parts:
            return
        docs: list[Any] = []
        strings = self.nlp.vocab.strings
        for part in parts:
            known: list[bool | int | None] = [None if mark == 0 else mark > 0 for mark in blocks.marks[part].tolist()]
            words = [strings[word] for word in blocks.words[part].tolist()]
            docs.append(Doc(self.nlp.vocab, words=words, spaces=blocks.spaced[part].astype(bool).tolist(), sent_starts=known))
            docs[-1].tensor = vectors[part]
        pipe: Any = self.nlp.get_pipe("parser")
        pipe.set_annotations(docs, pipe.predict(docs))
        for doc, part in zip(docs, parts, strict=True):
            told = np.asarray(doc.to_array(["HEAD", "DEP", "SENT_START"]), dtype=np.uint64)
            heads[part] = np.arange(part.start, part.stop) + told[:, 0].astype(np.int64)
            deps[part] = told[:, 1]
            begins[part] = told[:, 2].astype(np.int64) == 1


def _few_long(lengths: Ints) -> int:
    """How many of the blocks, the longest first, spaCy's own parser reads sooner than all of them step by step."""
    if not len(lengths):
        return 0
    alone = np.concatenate([[0], np.cumsum(lengths)]) * WORD
    together = np.append(2 * lengths, 0) * STEP
    return int((alone + together).argmin())


def _begins(heads: Ints) -> Bits:
    """Whether a word is the first of all those that hang on a root, directly or not."""
    roots = heads
    while not np.array_equal(roots, above := roots[roots]):
        roots = above
    first = np.arange(len(heads))
    np.minimum.at(first, roots, np.arange(len(heads)))
    begins = np.zeros(len(heads), dtype=bool)
    begins[first[heads == np.arange(len(heads))]] = True
    return begins


def _widened(layer: Linear) -> Linear:
    """A layer with outputs of zeros up to a round number: BLAS rounds a narrow one by how many rows there are."""
    more = -len(layer.bias) % 64
    return Linear(np.pad(layer.weights, ((0, 0), (0, more))), np.pad(layer.bias, (0, more)))


def network(nlp: Language) -> Network | None:
    """The network of a spaCy pipeline, or None where it is built in another way than this package reads."""
    try:
        return _taken_out(nlp)
    except (UnlikeError, AttributeError, KeyError, ValueError):  # a layer or a setting that is not there is another way too
        return None


def _taken_out(nlp: Language) -> Network:
    pipes: dict[str, Any] = dict(nlp.pipeline)
    expect([name for name in nlp.pipe_names if not name.startswith("communique_")] == COMPONENTS, "components")
    tok2vec, tagger, ner = pipes["tok2vec"], pipes["tagger"], pipes["ner"]
    for listener in (tagger.model, pipes["parser"].model.layers[0]):
        expect(listener.layers[0].name == "tok2vec-listener", "listener")
    shared_embed, shared = encoder(tok2vec.model)
    own_embed, own = encoder(ner.model.layers[0].layers[0])
    expect(not tagger.cfg["overwrite"] and len(tagger.model.layers) == 2, "tagger")
    labels = [nlp.vocab.strings[label] for label in tagger.labels]
    arcs = parser(pipes["parser"])
    unfold = frozenset(int(label) for label in arcs.labels.tolist() if label and "||" in nlp.vocab.strings[label])
    return Network(
        nlp,
        Embeddings(nlp.vocab, (shared_embed, own_embed)),
        shared,
        own,
        _widened(linear(tagger.model.layers[1].layers[0])),
        np.array(labels, dtype=np.uint64),
        arcs,
        unfold,
        attributes(nlp.vocab, pipes["attribute_ruler"], pipes["lemmatizer"]),
        recogniser(ner),
    )
