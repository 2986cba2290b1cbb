"""An explanation as a page."""

from __future__ import annotations

from spacy.tokens import Doc

from communique.analysis import analysis_of
from communique.explain import explanation, heading
from communique.report.pages import page

KINDS = ("party", "amount", "date", "commitment", "kept", "dropped", "skipped")


def explanation_page(doc: Doc, name: str) -> str:
    """The page of what was found in a text that went through the pipeline, and why; `name` is that of its file."""
    analysis = analysis_of(doc)
    return page(
        "explanation.html",
        title=analysis.context.title or name,
        heading=heading(analysis)[1:],
        kinds=KINDS,
        doubts=analysis.doubts,
        sentences=explanation(doc),
    )
