"""Parties in the making: the names in a text that mean the same, with what is known of their bearer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from communique.annotate.party_names.gazetteer import bodies
from communique.annotate.party_names.names import Name
from communique.normalise.names import fold, is_legal_form, without_legal_form
from communique_models import Kind

NAMING = {"state": 0, "region": 0, "known": 0, "government": 2, "leader": 3, "demonym": 4}
"""Which rule gives the better name of a state; 1 is all others."""


@dataclass(slots=True, eq=False)
class Draft:
    """One party: its names in reading order; `nominals` are mentions that do not name it, such as `the company`."""

    names: list[Name]
    kind: Kind | None = None
    key: str | None = None
    nominals: list[Name] = field(default_factory=list)
    represents: Draft | None = None
    merged: bool = False

    @property
    def first(self) -> int:
        """The token at which it is first told."""
        return min((name.start for name in (*self.names, *self.nominals)), default=0)

    @property
    def name(self) -> str:
        """Its fullest form: with the legal form, else the longest; a state's plain name before its government's."""
        if self.kind in (Kind.COUNTRY,) or (self.key or "").startswith("region:"):
            best = min(map(_naming, self.names))
            told = Counter(_bare(name.text) for name in self.names if _naming(name) == best)
            return max(told, key=lambda text: (told[text] + (not text.isupper() and "." not in text), len(text), text))
        forms = [_bare(name.text) for name in self.names]
        forms = [form for form in forms if not (form.endswith(".") and form[:-1] in forms)]  # the stop of a sentence
        if self.kind == Kind.PERSON:
            return max(forms, key=lambda text: (len(text.split()), not text.isupper(), len(text)))
        return max(
            forms,
            key=lambda text: (not text.isupper() or len(text) < 8, any(is_legal_form(w) for w in text.split()[1:]), len(text)),
        )

    @property
    def folds(self) -> set[str]:
        """Its forms as they are compared, with and without legal form."""
        found = set()
        for name in self.names:
            found.add(fold(name.text))
            found.add(fold(without_legal_form(name.text)))
        return found - {""}

    @property
    def state(self) -> str | None:
        """The state that it is, or to which a list says that it belongs; ISO 3166 alpha-2."""
        if not self.key:
            return None
        if self.key.startswith("state:"):
            return self.key.removeprefix("state:")
        if self.key.startswith("body:"):
            return bodies()[self.key].of
        return None

    def take(self, other: Draft) -> None:
        """Make another's names its own."""
        self.names = sorted([*self.names, *other.names], key=lambda n: n.start)
        self.nominals = sorted([*self.nominals, *other.nominals], key=lambda n: n.start)
        self.kind = self.kind or other.kind
        self.key = self.key or other.key
        other.merged = True


def _naming(name: Name) -> int:
    """How well a name of a state names it: the people last."""
    return 5 if name.text.lower().endswith((" people", " side", " delegation")) else NAMING.get(name.rule, 1)


def _bare(text: str) -> str:
    words = " ".join(text.split())
    return words[4:] if words[:4].lower() == "the " and len(words) > 4 else words
