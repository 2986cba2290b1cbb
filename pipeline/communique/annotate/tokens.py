"""Words as releases glue them: `BOSTON--(BUSINESS WIRE)--Nordlys AS`, `(Oslo)–Norway`, `“It is safe,”said Mr Holm`.

Whatever stands in a text, splitting it takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

GLUE = (
    r"--+",  # between dateline, wire and text
    r"(?<=-)\((?=\w)",
    r"(?<=[A-Za-z0-9])[.,!?](?=[\"“”][A-Za-z])",
    r"(?<=\))[–—-](?=\w)",
    r"(?<=\))(?=[A-Za-z])",
    r"(?<=[A-Za-z]\.)[–—](?=[A-Z])",
    r"(?<=[A-Za-z.,!?])[\"“”](?=[A-Za-z])",
    # a page that has lost its lines
    r"(?:(?<=Office)|(?<=Place)|(?<=Street)|(?<=Suite)|(?<=HOB)|(?<=Mention)|(?<=Release))(?=[A-Z][a-z]{2})",
    r"(?<=[0-9]{4})(?=[A-Z][a-z]{2})|(?<=[a-z]{3})(?=(?:Office|Suite|Phone|Street)\b)",
    r"(?<=[A-Z]{5})(?=[A-Z][a-z]{2})|(?<=WASHINGTON)(?=[A-Z])",  # a dateline that has lost its dash: OSLOKari Holm said
)
LONGEST = 256  # characters without a space that are split as one; hardly an address on the web is longer
PIECE = 64
_LONG_RUN = re.compile(rf"\S{{{LONGEST},}}")


def part(nlp: Language) -> None:
    """Make a model's tokenizer part what stands without space around dashes, brackets and quotation marks."""
    own = nlp.Defaults.infixes or []
    tokenizer: Any = nlp.tokenizer  # spaCy's own by default, whose stubs do not tell its rules
    tokenizer.infix_finditer = compile_infix_regex([*GLUE, *own]).finditer
    nlp.tokenizer = BoundedTokenizer(tokenizer)


@dataclass(frozen=True, slots=True)
class BoundedTokenizer:
    """spaCy's tokenizer, which takes signs off a run without spaces one by one and so needs the square of its length.

    Runs longer than `LONGEST` are cut into pieces first; all other texts are split as spaCy does.
    """

    within: Callable[[str], Doc]

    def __call__(self, text: str) -> Doc:
        """The text in words; `Doc.text` is the text as given."""
        cuts = list(_cuts(text))
        if not cuts:
            return self.within(text)
        pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        joined: Any = Doc.from_docs([self.within(piece) for piece in pieces], ensure_whitespace=False)
        return joined  # type: ignore[no-any-return]


def _cuts(text: str) -> Iterator[int]:
    """Where long runs are cut."""
    for run in _LONG_RUN.finditer(text):
        yield from range(run.start() + PIECE, run.end(), PIECE)
