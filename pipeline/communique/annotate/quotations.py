"""The component for quotations: direct speech, its speakers, and whom `I` and `we` mean."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from communique.analysis import analysis_of
from communique.link.quotations import first_person
from communique.link.quotations.direct_speech import quotations
from communique.link.quotations.speakers import attribute


@Language.component("communique_quotations")
def annotate_quotations(doc: Doc) -> Doc:
    """Fill `quotations` of a doc's analysis, and `party_at` for the first persons; without parties, speakers stay unknown."""
    analysis = analysis_of(doc)
    analysis.quotations = attribute(doc, analysis, quotations(analysis.text, analysis))
    for quotation in analysis.quotations:
        span = quotation.start, quotation.end
        if quotation.speaker is None:
            analysis.dropped("quotations", span, "speaker", "nobody is told to have said it")
        else:
            analysis.kept("quotations", span, "speaker", analysis.parties[quotation.speaker].name)
    first_person.resolve(doc, analysis)
    return doc
