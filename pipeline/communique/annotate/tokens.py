"""Words as releases glue them: `BOSTON--(BUSINESS WIRE)--Nordlys AS`, `(Oslo)–Norway`, `“It is safe,”said Mr Holm`."""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.util import compile_infix_regex

GLUE = (
    r"--+",  # between dateline, wire and text
    r"(?<=-)\((?=\w)",
    r"(?<=[A-Za-z0-9])[.,!?](?=[\"“”][A-Za-z])",
    r"(?<=\))[–—-](?=\w)",
    r"(?<=\))(?=[A-Za-z])",
    r"(?<=[A-Za-z]\.)[–—](?=[A-Z])",
    r"(?<=[A-Za-z.,!?])[\"“”](?=[A-Za-z])",
)


def part(nlp: Language) -> None:
    """Make a model's tokenizer part what stands without space around dashes, brackets and quotation marks."""
    own = nlp.Defaults.infixes or []
    tokenizer: Any = nlp.tokenizer  # spaCy's own by default, whose stubs do not tell its rules
    tokenizer.infix_finditer = compile_infix_regex([*GLUE, *own]).finditer
