"""What kind of party a name belongs to, by the words of the name alone."""

from __future__ import annotations

import re
from functools import cache

from communique.lexicons import lexicon
from communique.normalise.names import is_legal_form
from communique_models import Kind

LABEL = "label"
"""The kind of a name that acts not: a programme, a law, a place, an award."""
AFTER_HEAD = frozenset({"of", "for", "on", "to", "against", "de"})


@cache
def heads() -> dict[str, Kind | str]:
    """The words that close the names of organisations -> their kind; what labels only is `LABEL`."""
    found: dict[str, Kind | str] = {}
    for name, table in lexicon("organisations")["heads"].items():
        kind: Kind | str = LABEL if name == LABEL else Kind(name)
        for word in table["words"]:
            if " " not in word:
                found.setdefault(word, kind)
    return found


@cache
def _labels_of_two() -> frozenset[str]:
    """The labels of two words whose last alone may close an organisation's name: Tax Credit."""
    return frozenset(word for word in lexicon("organisations")["heads"][LABEL]["words"] if " " in word)


@cache
def strong_heads() -> frozenset[str]:
    """The heads that by themselves make an organisation of a name; of a company's, those of the table `strong`."""
    certain = {word for word, kind in heads().items() if kind in (Kind.PUBLIC_BODY, Kind.NONPROFIT, Kind.INTERGOVERNMENTAL)}
    return frozenset(certain | set(lexicon("organisations")["strong"]["words"]))


def kind_of(name: str) -> Kind | str | None:
    """The kind that the words of a name tell: a legal form, the head before `of` or `for`, the last word; None if none does."""
    words = [word.strip(",()") for word in re.sub(r"['’]s\b", "", name).split()]
    words = [word for word in words if word]
    if not words:
        return None
    if len(words) > 1 and is_legal_form(words[-1]):
        return Kind.COMPANY
    known = heads()
    if known.get(words[-1]) is Kind.INTERGOVERNMENTAL and len(words) > 1:
        return Kind.INTERGOVERNMENTAL
    for i, word in enumerate(words[1:], 1):
        if word in AFTER_HEAD and words[i - 1] in known:
            return known[words[i - 1]]
    if "University" in words:
        return Kind.NONPROFIT
    if " ".join(words[-2:]) in _labels_of_two():
        return LABEL
    if len(words) > 1 and words[-1] in known:
        return known[words[-1]]
    return None
