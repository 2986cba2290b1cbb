"""Hard borders of sentences, before the parser looks for its own: where a block begins, and where none can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

from communique.analysis import analysis_of
from communique.lexicons import lexicon

if TYPE_CHECKING:
    from thinc.types import Ints2d

BEGINS, GOES_ON = 1, -1
GLUED = 5  # letters of a place in capitals to which a sentence may be glued
ABBREVIATIONS = frozenset(lexicon("layout")["abbreviations"])
BEFORE_NUMBERS = frozenset(lexicon("layout")["before_numbers"])
CLOSING = frozenset({'"', "”", "’", "'", "»", ")", "]"})


@Language.component("communique_layout", assigns=["token.is_sent_start"])
def annotate_layout(doc: Doc) -> Doc:
    """Start a sentence at the first word of every block, and none after an abbreviation or at a closing mark."""
    layout = analysis_of(doc).layout
    starts = {block.start for block in layout.blocks}
    marks = np.zeros((len(doc), 1), dtype=np.int64)  # 1 begins a sentence, -1 cannot, 0 is left to the parser
    previous: Token | None = None
    for token in doc:
        if previous is not None:
            if token.idx in starts or _glued(previous, token):
                marks[token.i] = BEGINS
            elif _goes_on(previous, token):
                marks[token.i] = GOES_ON
        previous = token
    if len(doc):  # all at once: setting a token's own mark looks through the whole doc each time
        doc.from_array(["SENT_START"], cast("Ints2d", marks.astype(np.uint64)))
    return doc


def _glued(previous: Token, token: Token) -> bool:
    """Whether the tokenizer has parted a sentence from the dateline to which it was glued."""
    return len(previous) >= GLUED and previous.is_upper and previous.is_alpha and not previous.whitespace_ and token.is_title


def _goes_on(previous: Token, token: Token) -> bool:
    """Whether a sentence that holds a word holds the next one too."""
    if not token.is_space:
        word = previous.lower_
        if word == "." and previous.i > 0 and not previous.nbor(-1).whitespace_:  # the tokenizer has split it off
            word = previous.nbor(-1).lower_ + "."
        if word in ABBREVIATIONS or (word in BEFORE_NUMBERS and token.text[0].isdigit()):
            return True
    return token.text in CLOSING and not previous.whitespace_
