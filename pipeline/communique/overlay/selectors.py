"""Words found again: where they stood, or in a changed text where what is around them fits best."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

from communique.overlay.told import CONTEXT, Selector
from communique_models import Mention

T = TypeVar("T", bound=BaseModel)
MOST = 10_000  # places of one quote that are compared; a text with more of them tells nothing by their surroundings


def select(text: str, start: int, end: int) -> Selector:
    """The selector of a span, which must lie within the text and hold a word; raises `ValueError`."""
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise ValueError(f"there are no words at {start}:{end}")
    prefix, suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Selector(start=start, end=end, quote=text[start:end], prefix=prefix, suffix=suffix)


def selected(text: str, mention: Mention) -> Selector:
    """The selector of a mention."""
    return select(text, mention.start, mention.end)


def mention_of(selector: Selector) -> Mention:
    """The words of a selector as a mention."""
    return Mention(start=selector.start, end=selector.end, quote=selector.quote)


def find(text: str, selector: Selector) -> Selector | None:
    """Where the words of a selector stand in a text that may have changed; None if they are not there.

    Of several places that with the most of what was around them, then the nearest to where they were.
    """
    best: tuple[int, int] | None = None
    found: int | None = None
    at = text.find(selector.quote)
    for _ in range(MOST):
        if at < 0:
            break
        rank = (_around(text, at, selector), -abs(at - selector.start))
        if best is None or rank > best:
            best, found = rank, at
        at = text.find(selector.quote, at + 1)
    return None if found is None else select(text, found, found + len(selector.quote))


def refound(text: str, told: T) -> T | None:
    """What is told with all its words found in another text; None if some are not there."""
    made = _refound(text, told)
    return made if isinstance(made, type(told)) else None


def _refound(text: str, told: Any) -> Any:
    """A value with its selectors found again; `Ellipsis` where one is not."""
    if isinstance(told, Selector):
        return find(text, told) or ...
    if isinstance(told, list):
        found = [_refound(text, one) for one in told]
        return ... if any(one is ... for one in found) else found
    if isinstance(told, BaseModel):
        parts = {name: _refound(text, getattr(told, name)) for name in type(told).model_fields}
        return ... if any(part is ... for part in parts.values()) else type(told)(**parts)
    return told


def _around(text: str, at: int, selector: Selector) -> int:
    """How many characters around a place are those that were around the words."""
    end = at + len(selector.quote)
    before = _common(text[max(0, at - CONTEXT) : at][::-1], selector.prefix[::-1])
    return before + _common(text[end : end + CONTEXT], selector.suffix)


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
