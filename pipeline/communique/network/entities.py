"""Named entities from words' vectors, by the moves of spaCy's recogniser: begin, go on, end, a word alone, none.

Where no entity is open, the choice depends on the word alone, so it is made for all words at once. What a beginning becomes is
then followed word by word, for all beginnings side by side; of those within an entity nothing is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.network.layers import Floats, Ids, Ints, Scorer, expect, scorer

INSIDE, OUTSIDE, BEGINS = 1, 2, 3  # spaCy's codes


@dataclass(frozen=True, slots=True)
class Recogniser:
    """The model and its moves."""

    scorer: Scorer
    labels: Ids  # by move
    begins: NDArray[np.bool_]  # the moves that begin an entity
    inner: Ints  # by beginning move, the move that goes on with its label
    ends: Ints  # and the one that ends it
    closed: Floats  # 0 for the moves where no entity is open, minus infinity for the others
    cut: Floats  # the same where none may begin

    def __call__(self, vectors: Floats, extends: NDArray[np.bool_]) -> tuple[Ints, Ids]:
        """Each word's code and label. `extends`: whether an entity may hold a word and the next."""
        table = self.scorer.table(vectors)
        missing = self.scorer.missing
        scores = self.scorer.scores(table[1:, 0] + missing[1] + missing[2])
        scores += self.closed
        scores[~extends] += self.cut
        moves = scores.argmax(axis=1)
        starts = np.flatnonzero(self.begins[moves])
        last = self._followed(table, extends, starts, moves[starts])
        codes = np.full(len(vectors), OUTSIDE, dtype=np.int64)
        labels = self.labels[moves]
        end = np.arange(len(vectors))
        end[starts] = last
        free = 0
        kept = np.zeros(len(vectors), dtype=np.uint64)
        for start in np.flatnonzero(labels).tolist():
            if start >= free:
                free = int(end[start]) + 1
                codes[start] = BEGINS
                codes[start + 1 : free] = INSIDE
                kept[start:free] = labels[start]
        return codes, kept

    def _followed(self, table: Floats, extends: NDArray[np.bool_], starts: Ints, moves: Ints) -> Ints:
        """The last words of the entities that begin at `starts`."""
        last = starts.copy()
        open_ = np.arange(len(starts))
        while len(open_):
            at, begun, move = last[open_] + 1, starts[open_], moves[open_]
            summed = table[at + 1, 0] + table[begun + 1, 1]
            summed += table[at, 2]
            scores = self.scorer.scores(summed)
            row = np.arange(len(open_))
            goes_on = extends[at] & (scores[row, self.inner[move]] >= scores[row, self.ends[move]])
            last[open_] = at
            open_ = open_[goes_on]
        return last


def recogniser(ner: Any) -> Recogniser:
    """Of spaCy's EntityRecognizer."""
    expect(ner.cfg["beam_width"] == 1 and ner.cfg["incorrect_spans_key"] is None, "beam")
    names = [ner.moves.get_class_name(i) for i in range(ner.moves.n_moves)]
    place = {name: i for i, name in enumerate(names)}
    begins = np.array([name.startswith("B-") for name in names])
    expect(all(name == "O" or name[:2] in ("B-", "I-", "L-", "U-") for name in names) and "O" in place, "moves")
    closed = np.array([0 if name[0] in "BUO" and name != "U-" else -np.inf for name in names], dtype=np.float32)
    inner = np.array([place.get(f"I-{name[2:]}", -1) for name in names])
    ends = np.array([place.get(f"L-{name[2:]}", -1) for name in names])
    expect(bool((inner[begins] >= 0).all() and (ends[begins] > inner[begins]).all()), "order of moves")  # a tie takes the first
    labels = np.array([ner.vocab.strings[name[2:]] if name[2:] else 0 for name in names], dtype=np.uint64)
    labels[[name[0] in "ILO" for name in names]] = 0
    return Recogniser(
        scorer(ner.model, places=3), labels, begins, inner, ends, closed, np.where(begins, -np.inf, 0).astype(np.float32)
    )
