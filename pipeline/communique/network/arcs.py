"""Dependencies from words' vectors, by the moves of spaCy's arc-eager parser, for many blocks side by side.

Each block has a stack and a buffer of words; a move shifts the buffer's first word onto the stack, reduces the stack by its
last, hangs one of these two on the other, or breaks the sentence after the buffer's first. Words are counted from 1 over all
blocks; 0 is no word. Stacks and buffers of all blocks lie in one array each, with no word before the first and after the last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.network.layers import Floats, Ids, Ints, Scorer, expect, scorer

Bits = NDArray[np.bool_]
SHIFT, REDUCE, LEFT, RIGHT, BREAK = range(5)
KINDS = "SDLRB"  # how spaCy names them
STACK = 3  # words of the stack that a state looks at
BUFFER = 2
PLACES = STACK + BUFFER + 3  # and the last children of the first of each


@dataclass(frozen=True, slots=True)
class Parser:
    """The model and its moves."""

    scorer: Scorer
    kinds: Ints  # by move
    labels: Ids  # by move
    closed: Floats  # by which kinds are open, as bits: minus infinity for the moves that are not

    def __call__(self, vectors: Floats, marks: Ints, lengths: Ints) -> tuple[Ints, Ids]:
        """Each word's head, as a place among all words (its own where it has none), and label (0 there).

        `marks`: 1 where a sentence begins, -1 where none may.
        """
        count = len(vectors)
        table = self.scorer.table(vectors).reshape((count + 1) * PLACES, -1)
        heads, labels = np.zeros(count + 1, dtype=np.int64), np.zeros(count + 1, dtype=np.uint64)
        begins, never = np.zeros(count + 1, dtype=bool), np.zeros(count + 1, dtype=bool)
        begins[1:], never[1:] = marks == 1, marks == -1
        held = np.zeros(count + 1, dtype=bool)  # was put back once and may not be shifted again
        left, right, before = (np.zeros(count + 1, dtype=np.int64) for _ in range(3))  # last children; the right one before each

        ends = np.cumsum(lengths)
        number = np.arange(len(lengths))
        buffer = np.zeros(count + BUFFER * len(lengths), dtype=np.int64)
        buffer[np.arange(count) + BUFFER * np.repeat(number, lengths)] = np.arange(count) + 1
        front = ends - lengths + BUFFER * number  # where each block's buffer begins
        limit = front + lengths
        stack = np.zeros(count + STACK * len(lengths), dtype=np.int64)
        bottom = ends - lengths + STACK * (number + 1)
        top = bottom.copy()  # one after the stack's last
        states = np.empty((len(lengths), PLACES), dtype=np.int64)
        parts, sums = (np.empty((len(lengths), *shape, table.shape[1]), dtype=np.float32) for shape in ((PLACES,), ()))
        places = np.arange(PLACES)
        while len(front):
            open_ = len(front)
            b0, b1, s0 = buffer[front], buffer[front + 1], stack[top - 1]
            state = states[:open_]
            for place, word in enumerate((b0, b1, s0, stack[top - 2], stack[top - 3], left[b0], left[s0], right[s0])):
                state[:, place] = word
            state *= PLACES
            state += places
            table.take(state, axis=0, out=parts[:open_], mode="clip")  # the mode that needs no room of its own
            scores = self.scorer.scores(np.add.reduce(parts[:open_], axis=1, out=sums[:open_]))
            depth, ahead = top - bottom, limit - front
            some, more = depth > 0, ahead > 1
            within = ~begins[b0]
            arcs = some & (ahead > 0) & within
            shifts = ~some | (more & within & ~held[b0])
            reduces = some & ((ahead == 0) | (depth > 1) | ~never[b0])
            breaks = more & (b1 == b0 + 1) & ~begins[b1] & ~never[b1]
            scores += self.closed[shifts + 2 * reduces + 4 * arcs + 8 * breaks]
            move = scores.argmax(axis=1)
            kind = self.kinds[move]

            rows = np.flatnonzero(kind == LEFT)
            head, child = b0[rows], s0[rows]
            again = child[heads[child] > 0]
            right[heads[again]] = before[again]
            heads[child], labels[child] = head, self.labels[move[rows]]
            left[head] = child
            held[head] = False
            top[rows] -= 1

            rows = np.flatnonzero(kind == RIGHT)
            head, child = s0[rows], b0[rows]
            heads[child], labels[child] = head, self.labels[move[rows]]
            before[child], right[head] = right[head], child

            rows = np.flatnonzero((kind == SHIFT) | (kind == RIGHT))
            stack[top[rows]] = b0[rows]
            top[rows] += 1
            front[rows] += 1

            rows = np.flatnonzero(kind == REDUCE)
            top[rows] -= 1
            back = rows[(heads[s0[rows]] == 0) & (depth[rows] > 1)]
            if len(back):
                held[s0[back]] = True
                front[back] -= 1
                buffer[front[back]] = s0[back]

            begins[b1[kind == BREAK]] = True
            going = (top > bottom) | (front < limit)
            if not going.all():
                front, limit, top, bottom = front[going], limit[going], top[going], bottom[going]
        heads = heads[1:] - 1
        return np.where(heads < 0, np.arange(count), heads), labels[1:]


def parser(pipe: Any) -> Parser:
    """Of spaCy's DependencyParser."""
    expect(pipe.cfg["beam_width"] == 1 and not pipe.cfg["learn_tokens"], "beam")
    names = [pipe.moves.get_class_name(i) for i in range(pipe.moves.n_moves)]
    expect(all(name[0] in KINDS and (name + "-")[1] == "-" for name in names), "moves")
    kinds = np.array([KINDS.index(name[0]) for name in names])
    labels = np.array([pipe.vocab.strings[name[2:]] if name[2:] else 0 for name in names], dtype=np.uint64)
    groups = np.where(kinds == RIGHT, LEFT, kinds)  # both arcs are open at the same time
    bits = 1 << np.array([0, 1, 2, 2, 3])[groups]
    closed = np.where(np.arange(16)[:, None] & bits, 0, -np.inf).astype(np.float32)
    return Parser(scorer(pipe.model, places=PLACES), kinds, labels, closed)
