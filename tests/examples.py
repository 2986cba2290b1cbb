"""The markup of the lexicons' examples: ``pays [[NOK 75 billion -> 75000000000 NOK]] now``."""

from __future__ import annotations

import re

MARK = re.compile(r"\[\[(?P<span>.+?) -> (?P<value>.*?)\]\]", re.DOTALL)


def parse_example(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The plain text of a marked example, and its spans: first character, the one after the last, the value expected."""
    plain: list[str] = []
    spans: list[tuple[int, int, str]] = []
    length = done = 0
    for match in MARK.finditer(marked):
        before, span = marked[done : match.start()], match["span"]
        start = length + len(before)
        spans.append((start, start + len(span), match["value"]))
        plain += (before, span)
        length = start + len(span)
        done = match.end()
    plain.append(marked[done:])
    return "".join(plain), spans
