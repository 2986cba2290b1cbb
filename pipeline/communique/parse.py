"""The language model reads a text block by block, without the white space in it.

A blank line before a sentence makes the parser cut it ('Norway | and | Ukraine have signed'), and so does a line that an editor
broke. So each block goes to the model as words alone; what the model says of them is laid over the text's own tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from communique.analysis import analysis_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from thinc.types import Ints2d

ATTRIBUTES: list[int | str] = ["HEAD", "DEP", "TAG", "POS", "LEMMA", "MORPH", "ENT_IOB", "ENT_TYPE"]
HEAD, ENT_IOB = ATTRIBUTES.index("HEAD"), ATTRIBUTES.index("ENT_IOB")
OURS = "communique_"
INSIDE, OUTSIDE = 1, 2  # the codes of a word within an entity and of none
BATCH = 128  # blocks that the model sees at a time


def read(nlp: Language, docs: Sequence[Doc]) -> None:
    """Fill the docs with tags, lemmas, dependencies and entities by the components of `nlp` that are not ours."""
    parts = [(doc, words) for doc in docs for words in _blocks(doc)]
    blocks: Iterable[Doc] = [_words(nlp, doc, words) for doc, words in parts]
    for name, component in nlp.pipeline:
        if not name.startswith(OURS):
            blocks = component.pipe(blocks, batch_size=BATCH) if hasattr(component, "pipe") else map(component, blocks)
    tables = {id(doc): _blank(nlp, doc) for doc in docs}
    for (doc, words), block in zip(parts, blocks, strict=True):
        table = tables[id(doc)]
        told = cast("NDArray[np.uint64]", block.to_array(ATTRIBUTES))
        places = np.array(words)
        table[places] = told
        heads = np.arange(len(words)) + told[:, HEAD].astype(np.int64)
        table[places, HEAD] = (places[heads] - places).astype(np.uint64)
        for k in np.flatnonzero((told[1:, ENT_IOB] == INSIDE) & (np.diff(places) > 1)):
            table[places[k] + 1 : places[k + 1], ENT_IOB:] = told[k + 1, ENT_IOB:]  # white space within a name
    for doc in docs:
        if len(doc):
            doc.from_array(ATTRIBUTES, cast("Ints2d", tables[id(doc)]))


def _blocks(doc: Doc) -> list[list[int]]:
    """The places of each block's words, white space left out; words outside of any block are one of their own."""
    layout = analysis_of(doc).layout
    found: list[list[int]] = []
    last = -2
    for token in doc:
        if token.is_space:
            continue
        block = layout.index_at(token.idx)
        if block != last:
            found.append([])
            last = block
        found[-1].append(token.i)
    return found


def _words(nlp: Language, doc: Doc, words: list[int]) -> Doc:
    """A block as a doc of its own, with the borders of sentences that are known."""
    tokens = [doc[i] for i in words]
    following = [*words[1:], -1]
    spaces = [bool(token.whitespace_) or after != token.i + 1 for token, after in zip(tokens, following, strict=True)]
    known: list[bool | int | None] = [
        None if token.is_sent_start is None else bool(token.is_sent_start) for token in tokens
    ]
    return Doc(nlp.vocab, words=[token.text for token in tokens], spaces=spaces, sent_starts=known)


def _blank(nlp: Language, doc: Doc) -> NDArray[np.uint64]:
    """The table of a doc in which every white space hangs on the word before it."""
    table = np.zeros((len(doc), len(ATTRIBUTES)), dtype=np.int64)
    table[:, ENT_IOB] = OUTSIDE
    strings = nlp.vocab.strings
    space = {"DEP": "dep", "TAG": "_SP", "POS": "SPACE"}
    word = -1
    for token in doc:
        if token.is_space:
            table[token.i, HEAD] = word - token.i if word >= 0 else 0
            for attribute, value in space.items():
                table[token.i, ATTRIBUTES.index(attribute)] = np.uint64(strings.add(value)).astype(np.int64)
        else:
            word = token.i
    return table.astype(np.uint64)
