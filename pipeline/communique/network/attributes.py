"""Part of speech, morphology and lemma, as spaCy's attribute ruler and lemmatizer give them, each case asked once and kept.

Most rules of the ruler read one token's tag and dependency, and its word if it is one that a rule names: there are few such
cases. Blocks in which a rule of several tokens may match are left to the ruler itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from communique.network.layers import Ids, Ints, expect

READ = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
KEPT = 200_000  # lemmas that are kept, before the store starts anew
Case = tuple[str, int, int]  # a word that rules name or nothing, tag, dependency
LemmaCase = tuple[int, int, int]  # word, part of speech, morphology


@dataclass(slots=True)
class Attributes:
    """The rules of a model, and what they have said so far."""

    vocab: Vocab
    ruler: Any
    lemmatizer: Any
    several: list[list[dict[str, Any]]]  # the patterns of more than one token
    names: re.Pattern[str]  # the words that rules name
    of_rules: dict[Case, tuple[int, int, int, int]] = field(default_factory=dict)  # -> pos, morph, lemma or 0, parts of `several`
    of_lemmas: dict[LemmaCase, str] = field(default_factory=dict)
    named: dict[int, str] = field(default_factory=dict)  # word -> itself in lower case where a rule names it, else nothing

    def __call__(self, words: Ids, tags: Ids, deps: Ids, lengths: Ints) -> Ids:
        """POS, MORPH and LEMMA of the words of blocks, a row a word."""
        given = self._by_rules(words, tags, deps)
        found = given[:, :3].astype(np.uint64)
        for first, end in self._of_several(given[:, 3], lengths):
            found[first:end] = self._asked(words[first:end], tags[first:end], deps[first:end])
        open_ = np.flatnonzero(found[:, 2] == 0)
        found[open_, 2] = self._lemmas(words[open_], found[open_, 0], found[open_, 1])
        return found

    def _by_rules(self, words: Ids, tags: Ids, deps: Ids) -> Ids:
        """POS, MORPH, LEMMA or 0, and which parts of patterns of several tokens each word may be."""
        ids = words.tolist()
        named = self.named
        if len(named) > KEPT:
            named.clear()
        for word in set(ids) - named.keys():
            lower = self.vocab.strings[word].lower()
            named[word] = lower if self.names.search(lower) else ""
        cases = list(zip([named[word] for word in ids], tags.tolist(), deps.tolist(), strict=True))
        known = self.of_rules
        if new := list(dict.fromkeys(case for case in cases if case not in known)):
            self._learn(new)
        return np.array([known[case] for case in cases], dtype=np.uint64).reshape(-1, 4)

    def _learn(self, cases: list[Case]) -> None:
        """Ask the ruler about cases, each in a doc of its own."""
        strings: Any = self.vocab.strings  # whose stub does not know `allow_transient`
        matcher = Matcher(self.vocab)
        parts = [part for pattern in self.several for part in pattern]
        for number, part in enumerate(parts):
            matcher.add(str(number), [[part]])
        for case in cases:
            word, tag, dep = case
            doc = self._doc([word or "\N{SYMBOL FOR NULL}"], [tag], [dep])
            bits = sum(1 << int(strings[match]) for match, _, _ in matcher(doc, allow_missing=True))
            self.ruler(doc)
            token: Any = doc[0]
            expect((token.tag, token.dep) == (tag, dep), "a rule that changes a tag or dependency")
            for told in (str(token.morph), token.lemma_):
                strings.add(told, allow_transient=False)  # the case outlives a memory zone
            self.of_rules[case] = (token.pos, token.morph.key, token.lemma, bits)

    def _of_several(self, bits: Ids, lengths: Ints) -> Iterator[tuple[int, int]]:
        """The extents of the blocks in which a pattern of several tokens may match."""
        hit = np.zeros(len(bits), dtype=bool)
        number = 0
        for pattern in self.several:
            run = np.ones(max(0, len(bits) - len(pattern) + 1), dtype=bool)
            for k in range(len(pattern)):
                run &= (bits[k : k + len(run)] >> np.uint64(number + k)) & np.uint64(1) == 1
            hit[: len(run)] |= run
            number += len(pattern)
        ends = np.cumsum(lengths)
        for block in np.unique(np.searchsorted(ends, np.flatnonzero(hit), side="right")).tolist():
            yield int(ends[block] - lengths[block]), int(ends[block])

    def _asked(self, words: Ids, tags: Ids, deps: Ids) -> Ids:
        """What the ruler itself says of a block; a lemma that it does not set is 0."""
        doc = self._doc([self.vocab.strings[word] for word in words.tolist()], tags, deps)
        self.ruler(doc)
        return np.asarray(doc.to_array(["POS", "MORPH", "LEMMA"]), dtype=np.uint64)

    def _lemmas(self, words: Ids, pos: Ids, morphs: Ids) -> list[int]:
        cases = list(zip(words.tolist(), pos.tolist(), morphs.tolist(), strict=True))
        known, strings = self.of_lemmas, self.vocab.strings
        if len(known) > KEPT:
            known.clear()
        distinct = dict.fromkeys(cases, 0)
        if new := [case for case in distinct if case not in known]:
            doc = Doc(self.vocab, words=[strings[word] for word, _, _ in new])
            doc.from_array(["POS", "MORPH"], np.array([case[1:] for case in new], dtype=np.uint64))  # type: ignore[arg-type]  # 64 bits
            self.lemmatizer(doc)
            known.update({case: token.lemma_ for case, token in zip(new, doc, strict=True)})
        for case in distinct:
            distinct[case] = strings.add(known[case])  # anew, since a memory zone may have taken it along
        return [distinct[case] for case in cases]

    def _doc(self, words: list[str], tags: Ids | list[int], deps: Ids | list[int]) -> Doc:
        doc = Doc(self.vocab, words=words)
        doc.from_array(["TAG", "DEP"], np.array([tags, deps], dtype=np.uint64).T)  # type: ignore[arg-type]  # its ids have 64 bits
        return doc


def attributes(vocab: Vocab, ruler: Any, lemmatizer: Any) -> Attributes:
    """Of spaCy's AttributeRuler and rule-based Lemmatizer."""
    expect(lemmatizer.mode == "rule" and not lemmatizer.overwrite, "lemmatizer")
    patterns = [pattern for entry in ruler.patterns for pattern in entry["patterns"]]
    several = [pattern for pattern in patterns if len(pattern) > 1]
    expect(sum(map(len, several)) < 64, "patterns")
    names = []
    for pattern in patterns:
        for part in pattern:
            expect(set(part) <= READ, "attributes")
            names += list(_named(part.get("LOWER")))
    return Attributes(vocab, ruler, lemmatizer, several, re.compile("|".join(names) or r"(?!)"))


def _named(condition: Any) -> Iterator[str]:
    """Patterns for the words that a condition on a word names."""
    if isinstance(condition, str):
        yield rf"^(?:{re.escape(condition)})$"
    elif condition is not None:
        expect(isinstance(condition, dict) and set(condition) <= {"IN", "REGEX"}, "condition")
        yield from (rf"^(?:{re.escape(word)})$" for word in condition.get("IN", ()))
        if "REGEX" in condition:
            yield condition["REGEX"]
