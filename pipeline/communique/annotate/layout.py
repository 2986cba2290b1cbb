"""Hard borders of sentences, before the parser looks for its own: where a block begins, and where none can be."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from communique.analysis import analysis_of
from communique.lexicons import lexicon

ABBREVIATIONS = frozenset(lexicon("layout")["abbreviations"])
BEFORE_NUMBERS = frozenset(lexicon("layout")["before_numbers"])
CLOSING = frozenset({'"', "”", "’", "'", "»", ")", "]"})


@Language.component("communique_layout", assigns=["token.is_sent_start"])
def annotate_layout(doc: Doc) -> Doc:
    """Start a sentence at the first word of every block, and none after an abbreviation or at a closing mark."""
    layout = analysis_of(doc).layout
    starts = {block.start for block in layout.blocks}
    previous: Token | None = None
    for token in doc:
        if previous is not None:
            if token.idx in starts:
                token.is_sent_start = True
            elif _goes_on(previous, token):
                token.is_sent_start = False
        previous = token
    return doc


def _goes_on(previous: Token, token: Token) -> bool:
    """Whether a sentence that holds a word holds the next one too."""
    if not token.is_space:
        word = previous.lower_
        if word == "." and previous.i > 0 and not previous.nbor(-1).whitespace_:  # the tokenizer has split it off
            word = previous.nbor(-1).lower_ + "."
        if word in ABBREVIATIONS or (word in BEFORE_NUMBERS and token.text[0].isdigit()):
            return True
    return token.text in CLOSING and not previous.whitespace_
