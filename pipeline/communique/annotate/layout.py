"""Blocks as hard borders of sentences, before the parser looks for its own."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from communique.analysis import analysis_of


@Language.component("communique_layout", assigns=["token.is_sent_start"])
def annotate_layout(doc: Doc) -> Doc:
    """Start a sentence at the first word of every block."""
    layout = analysis_of(doc).layout
    starts = {block.start for block in layout.blocks}
    for token in doc:
        if token.idx in starts and token.i > 0:
            token.is_sent_start = True
    return doc
