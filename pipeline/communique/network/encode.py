"""Words -> vectors that know their context: each distinct word is embedded once and kept, then windows pass over the blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from spacy.tokens import Doc
from spacy.vocab import Vocab

from communique.network.layers import Floats, Ids, Ints, Window, expect, windows

KEPT = 40_000  # distinct words whose embeddings are kept, about 1.5 KB each; beyond, the store starts anew
FEWEST = 32  # words that are embedded at a time: BLAS takes another way for a few rows, which rounds otherwise
ROWS = 500  # that pass through the windows at a time: they stay in the processor's cache


@dataclass(slots=True)
class Embeddings:
    """The embeddings of distinct words, for several encoders at once: row ``2 * k`` of a word, the next with a space after it."""

    vocab: Vocab
    layers: Sequence[Any]  # the embedding layers of thinc
    known: dict[int, int] = field(default_factory=dict)
    tables: list[Floats] = field(default_factory=list)

    def rows(self, words: Ids, spaced: Ints) -> Ints:
        """The rows of words, given as their ids in the store of strings."""
        ids = words.tolist()
        new = list(dict.fromkeys(word for word in ids if word not in self.known))
        if len(self.known) + len(new) > KEPT:
            self.known.clear()
            self.tables.clear()
            new = list(dict.fromkeys(ids))
        if new:
            self._embed(new)
        known = self.known
        return np.array([known[word] for word in ids], dtype=np.int64) * 2 + spaced

    def _embed(self, new: list[int]) -> None:
        strings = [self.vocab.strings[word] for word in new]
        strings += strings[:1] * (FEWEST - len(strings))
        doc = Doc(self.vocab, words=[word for word in strings for _ in range(2)], spaces=[False, True] * len(strings))
        found = [layer.predict([doc])[0][: 2 * len(new)] for layer in self.layers]
        first = len(self.known)
        self.known.update({word: first + k for k, word in enumerate(new)})
        if first + len(new) > (len(self.tables[0]) // 2 if self.tables else 0):
            size = 2 * max(1024, 2 * (first + len(new)))
            grown = [np.zeros((size, rows.shape[1]), dtype=np.float32) for rows in found]
            for old, larger in zip(self.tables, grown, strict=False):
                larger[: len(old)] = old
            self.tables = grown
        for table, rows in zip(self.tables, found, strict=True):
            table[2 * first : 2 * first + len(rows)] = rows


@dataclass(frozen=True, slots=True)
class Encoder:
    """The windows of a model, over the words of blocks that know nothing of each other."""

    layers: list[Window]

    def __call__(self, table: Floats, rows: Ints, lengths: Ints) -> Floats:
        """The vectors of words, given by their rows in a table of embeddings, the blocks after each other."""
        pad = len(self.layers)  # zeros between blocks: so far does a word see
        width = table.shape[1]
        starts = np.cumsum(lengths) - lengths
        gaps = np.repeat((np.arange(len(lengths)) + 1) * pad, lengths)
        cuts = _cuts(starts, lengths)
        most = max((int(lengths[cut:last].sum()) + (last - cut + 1) * pad for cut, last in cuts), default=0)
        x_room, around, y = (np.empty((most, width * k), dtype=np.float32) for k in (1, 3, self.layers[0].pieces))
        found = np.empty((len(rows), width), dtype=np.float32)
        for cut, last in cuts:
            first, end = int(starts[cut]), int(starts[last - 1] + lengths[last - 1])
            places = np.arange(end - first) + gaps[first:end] - cut * pad
            x = x_room[: end - first + (last - cut + 1) * pad]
            x[:] = 0
            x[places] = table[rows[first:end]]
            for layer in self.layers:
                layer(x, around, y)
            found[first:end] = x[places]
        return found


def _cuts(starts: Ints, lengths: Ints) -> list[tuple[int, int]]:
    """The blocks in runs of some `ROWS` words: the first of each, and the one after its last."""
    found: list[tuple[int, int]] = []
    cut = 0
    while cut < len(lengths):
        last = max(cut + 1, int(np.searchsorted(starts, starts[cut] + ROWS)))
        found.append((cut, last))
        cut = last
    return found


def encoder(tok2vec: Any) -> tuple[Any, Encoder]:
    """The embedding layer of spaCy's Tok2Vec, and the windows after it."""
    expect(len(tok2vec.layers) == 2 and {"embed", "encode"} <= set(tok2vec.ref_names), tok2vec.name)
    return tok2vec.get_ref("embed"), Encoder(windows(tok2vec.get_ref("encode")))
