"""The language model reads a text block by block, without the white space in it.

A blank line before a sentence makes the parser cut it ('Norway | and | Ukraine have signed'), and so does a line that an editor
broke. So each block goes to the model as words alone; what the model says of them is laid over the text's own tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

from communique.analysis import analysis_of
from communique.network import Blocks, Network, network

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from thinc.types import Ints2d

    Ints = NDArray[np.int64]
    Ids = NDArray[np.uint64]

ATTRIBUTES: list[int | str] = ["HEAD", "DEP", "TAG", "POS", "LEMMA", "MORPH", "ENT_IOB", "ENT_TYPE"]
HEAD, DEP, TAG, POS, ENT_IOB = (ATTRIBUTES.index(name) for name in ("HEAD", "DEP", "TAG", "POS", "ENT_IOB"))
OURS = "communique_"
INSIDE, OUTSIDE = 1, 2  # the codes of a word within an entity and of none
BATCH = 128  # blocks that spaCy sees at a time
MOST = 16_000  # words that the network reads at a time
PROBE = (
    "The Kingdom of Norway will provide USD 25 million to UNICEF's work in Kenya by 30 June 2031, Ms. Kari Holm said.",
    "There's no doubt that we've given, and shan't stop giving; let's get it done!",
    "Oslo",
    "“It is safe,” she added",
    "What grants were Nordlys AS, Berg & Sons Ltd. and the two cities' banks promised last year, and who paid them?",
)
"""What the network is tried on before it is trusted."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads docs with the model's components, or with the network that was taken out of them where it says the same."""

    nlp: Language
    network: Network | None
    threads: ThreadpoolController = field(default_factory=ThreadpoolController)

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Fill the docs, whose blocks are known, with tags, lemmas, dependencies and entities."""
        parts = [Part.of(doc) for doc in docs]
        with self.threads.limit(limits=1, user_api="blas"):  # more take time to meet, and give back less
            self._fill(parts)

    def _fill(self, parts: list[Part]) -> None:
        told = self._told(joined([part.blocks for part in parts])) if parts else np.zeros((0, len(ATTRIBUTES)), dtype=np.uint64)
        end = 0
        for part in parts:
            start, end = end, end + len(part.places)
            if len(part.doc):
                part.fill(told[start:end])

    def _told(self, blocks: Blocks) -> Ids:
        """The `ATTRIBUTES` of all words of blocks."""
        if self.network is None:
            return by_components(self.nlp, blocks)
        told = [self.network(some) for some in _groups(blocks)]
        return np.concatenate(told) if told else np.zeros((0, len(ATTRIBUTES)), dtype=np.uint64)


def reader(nlp: Language) -> Reader:
    """The reader of a model; its matrices are multiplied by numpy, which is faster than spaCy's way and gives the same."""
    for _, component in nlp.pipeline:
        model: Any = getattr(component, "model", None)
        for layer in model.walk() if hasattr(model, "walk") else ():
            layer.ops = NumpyOps(use_blis=False)  # one of its own, since other pipelines may share it
    found = network(nlp)
    if found is not None:
        probe = joined([Part.of(nlp.make_doc(text)).blocks for text in PROBE])
        if not np.array_equal(found(probe), by_components(nlp, probe)):
            found = None
    return Reader(nlp, found)


def by_components(nlp: Language, blocks: Blocks) -> Ids:
    """The `ATTRIBUTES` of the words of blocks, as the components of `nlp` that are not ours tell them."""
    starts = np.cumsum(blocks.lengths) - blocks.lengths
    parts = [slice(int(start), int(start + length)) for start, length in zip(starts, blocks.lengths, strict=True)]
    docs: Any = [_doc(nlp, blocks, part) for part in parts]
    for name, component in nlp.pipeline:
        if not name.startswith(OURS):
            docs = component.pipe(docs, batch_size=BATCH) if hasattr(component, "pipe") else map(component, docs)
    told = [cast("Ids", doc.to_array(ATTRIBUTES)) for doc in docs]
    return np.concatenate(told) if told else np.zeros((0, len(ATTRIBUTES)), dtype=np.uint64)


def _doc(nlp: Language, blocks: Blocks, part: slice) -> Doc:
    """A block as a doc of its own, with the borders of sentences that are known."""
    words = [nlp.vocab.strings[word] for word in blocks.words[part].tolist()]
    known: list[bool | int | None] = [None if mark == 0 else mark > 0 for mark in blocks.marks[part].tolist()]
    return Doc(nlp.vocab, words=words, spaces=blocks.spaced[part].astype(bool).tolist(), sent_starts=known)


@dataclass(frozen=True, slots=True)
class Part:
    """A doc, the places of its words that are no white space, and these words in their blocks."""

    doc: Doc
    places: Ints
    blocks: Blocks

    @classmethod
    def of(cls, doc: Doc) -> Part:
        """Of a doc whose layout is known; words outside of any block are one of their own."""
        table = np.asarray(doc.to_array(["ORTH", "SPACY", "SENT_START", "IDX", "IS_SPACE"]), dtype=np.uint64).reshape(-1, 5)
        places = np.flatnonzero(table[:, 4] == 0)
        starts = np.array([block.start for block in analysis_of(doc).layout.blocks], dtype=np.int64)
        block = np.searchsorted(starts, table[places, 3].astype(np.int64), side="right")
        firsts = np.flatnonzero(np.diff(block, prepend=-1))
        lengths = np.diff(firsts, append=len(places))
        spaced = table[places, 1].astype(np.int64)
        spaced[np.diff(places, append=len(doc) + 1) > 1] = 1
        spaced[firsts[1:] - 1] = 1
        return cls(doc, places, Blocks(table[places, 0], spaced, table[places, 2].astype(np.int64), lengths))

    def fill(self, told: Ids) -> None:
        """Lay what the model says of the words over the doc."""
        table = self._blank()
        places = self.places
        table[places] = told
        heads = np.arange(len(places)) + told[:, HEAD].astype(np.int64)
        table[places, HEAD] = (places[heads] - places).astype(np.uint64)
        for k in np.flatnonzero((told[1:, ENT_IOB] == INSIDE) & (np.diff(places) > 1)):
            table[places[k] + 1 : places[k + 1], ENT_IOB:] = told[k + 1, ENT_IOB:]  # white space within a name
        self.doc.from_array(ATTRIBUTES, cast("Ints2d", table))

    def _blank(self) -> Ids:
        """The table of a doc in which every white space hangs on the word before it."""
        count = len(self.doc)
        table = np.zeros((count, len(ATTRIBUTES)), dtype=np.int64)
        table[:, ENT_IOB] = OUTSIDE
        words = np.full(count, -1)
        words[self.places] = self.places
        spaces = np.flatnonzero(words < 0)
        before = np.maximum.accumulate(words)[spaces]
        table[spaces, HEAD] = np.where(before >= 0, before - spaces, 0)
        filled = table.astype(np.uint64)
        for column, value in ((DEP, "dep"), (TAG, "_SP"), (POS, "SPACE")):
            filled[spaces, column] = self.doc.vocab.strings.add(value)
        return filled


def joined(parts: Sequence[Blocks]) -> Blocks:
    """Blocks after each other."""
    return Blocks(
        np.concatenate([part.words for part in parts]),
        np.concatenate([part.spaced for part in parts]),
        np.concatenate([part.marks for part in parts]),
        np.concatenate([part.lengths for part in parts]),
    )


def _groups(blocks: Blocks) -> Iterator[Blocks]:
    """The blocks in groups of `MOST` words, or of a single block that has more."""
    ends = np.cumsum(blocks.lengths)
    cut, start = 0, 0
    while cut < len(ends):
        last = max(cut + 1, int(np.searchsorted(ends, start + MOST, side="right")))
        end = int(ends[last - 1])
        yield Blocks(blocks.words[start:end], blocks.spaced[start:end], blocks.marks[start:end], blocks.lengths[cut:last])
        cut, start = last, end
