"""Plain text: the characters as they are."""

from __future__ import annotations

from communique.read.content import Content, within
from communique.read.decode import decode


def read_text(raw: bytes, most: int) -> Content:
    """A release in plain text of at most `most` characters; raises `NotTextError` if it is none."""
    text, notices = decode(raw)
    within(len(text), most)
    return Content(text, notices=notices)
