"""Plain text: the characters as they are."""

from __future__ import annotations

from communique.read.content import Content
from communique.read.decode import decode


def read_text(raw: bytes) -> Content:
    """A release in plain text; raises `NotTextError` if it is none."""
    text, notices = decode(raw)
    return Content(text, notices=notices)
