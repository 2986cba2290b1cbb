"""A text becomes a record: the language model and our own components over it, in the order of the flow."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from communique import annotate, header, model, parse
from communique.analysis import Analysis, Context, Doubt, analysis_of
from communique.assemble import assemble, provenance
from communique.errors import EmptyReleaseError, NotTextError, TooLongError
from communique.languages import is_english
from communique.settings import Settings
from communique.source import Source
from communique_models import PublishedBasis, Record

BATCH = 32  # texts that the model sees at a time; flat from 8 to 256
HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")


@dataclass(slots=True)
class Pipeline:
    """Extracts records. The language model is loaded once; one pipeline serves any number of texts, one thread at a time."""

    settings: Settings = field(default_factory=Settings)
    nlp: Language = field(init=False, repr=False)
    _model: model.ModelInfo = field(init=False, repr=False)
    reader: parse.Reader = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.nlp, self._model = model.load(self.settings.model)
        self.nlp.max_length = sys.maxsize  # the limit is ours: settings.max_characters
        annotate.add_to(self.nlp, self.settings)
        self.reader = parse.reader(self.nlp)

    def extract(self, text: str, *, published_on: date | None = None) -> Record:
        """The record of one release; `record.text` is the text as given.

        Without `published_on` the text's own date line is used, and where it has none, relative dates stay unresolved.
        Raises `EmptyReleaseError` for a text without a word and `TooLongError` for one over the limit.
        """
        return self.extract_source(Source(text=text, published_on=published_on))

    def extract_source(self, source: Source) -> Record:
        """The record of one release that was read with what is known of it."""
        return self._record(self.annotate(source), source)

    def extract_many(self, sources: Iterable[Source | str]) -> Iterator[Record]:
        """The records of many releases, in their order; the model works on batches of them."""
        for batch in _batches(map(_as_source, sources)):
            docs = [self.prepare(source) for source in batch]
            self._read([doc for doc in docs if _is_english(doc)])
            yield from (self._record(_settled(doc), source) for doc, source in zip(docs, batch, strict=True))

    def analyse(self, source: Source) -> Analysis:
        """What the steps find in a release, with their traces, before it becomes a record."""
        return analysis_of(self.annotate(source))

    def annotate(self, source: Source) -> Doc:
        """The text as spaCy's `Doc`, with ours on it; of a text that is not in English, the header alone."""
        doc = self.prepare(source)
        if _is_english(doc):
            self._read([doc])
        return _settled(doc)

    def _read(self, docs: list[Doc]) -> None:
        """Take docs through all components: the layout, the language model on their blocks, then the others."""
        ours = [(name, component) for name, component in self.nlp.pipeline if name.startswith(parse.OURS)]
        for step, (_, component) in enumerate(ours):
            for doc in docs:
                component(doc)
            if step == 0:  # the borders of blocks are known
                self.reader(docs)

    def check(self, source: Source) -> None:
        """Raise the `ReleaseError` for which a text cannot become a record, if there is one."""
        if not source.text.strip():
            raise EmptyReleaseError("there is not a word in it; give a text")
        if len(source.text) > self.settings.max_characters:
            raise TooLongError(
                f"the text has {len(source.text):,} characters, more than the limit of {self.settings.max_characters:,}; "
                "split it into its releases, or raise --max-characters"
            )
        if half := HALF_CHARACTER.search(source.text):
            raise NotTextError(f"character {half.start():,} is half of a surrogate pair: this is no Unicode text; decode it anew")

    def prepare(self, source: Source) -> Doc:
        """The text in words with what came with it and what its first lines say, before any component has read it."""
        self.check(source)
        doc = self.nlp.make_doc(source.text)
        basis = source.published_basis if source.published_on else PublishedBasis.NONE
        analysis = analysis_of(doc, Context(source.published_on, basis, source.title, source.issuer), source.text)
        analysis.doubts += [Doubt(notice.code, notice.message) for notice in source.notices]
        header.read_header(analysis, source.text, source.uri)
        return doc

    def _record(self, doc: Doc, source: Source) -> Record:
        return assemble(analysis_of(doc), source, provenance(self._model, self.settings))


def _settled(doc: Doc) -> Doc:
    """A doc after the last step, with the notices that only the whole tells."""
    header.tell_undated(analysis_of(doc))
    return doc


def _is_english(doc: Doc) -> bool:
    return is_english(analysis_of(doc).context.language)


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    remaining = iter(sources)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _as_source(given: Source | str) -> Source:
    return given if isinstance(given, Source) else Source(text=given)
