"""Markdown: its words without the markup, a blank line between blocks; front matter as metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from communique.read.content import Content, within
from communique.read.decode import decode

FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<fields>(?:.*\r?\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
FIELD = re.compile(r"(?P<key>\w+):[ \t]*(?P<quote>[\"']?)(?P<value>.*?)(?P=quote)[ \t]*\r?$", re.MULTILINE)
TITLE_KEYS = ("title",)
DATE_KEYS = ("published_on", "published", "date")


def read_markdown(raw: bytes, most: int) -> Content:
    """A release in Markdown (CommonMark with tables) of at most `most` characters; raises `NotTextError` if it is no text."""
    text, notices = decode(raw)
    within(len(text), most)
    fields: dict[str, str] = {}
    front = FRONT_MATTER.match(text)
    if front:
        fields = {match["key"].lower(): match["value"].strip() for match in FIELD.finditer(front["fields"])}
        text = text[front.end() :]
    return Content(
        text=plain(text),
        title=next((fields[key] for key in TITLE_KEYS if fields.get(key)), None),
        published_on=next((day for key in DATE_KEYS if (day := _day(fields.get(key, "")))), None),
        notices=notices,
    )


def plain(text: str) -> str:
    """The words of a text in Markdown: a block a paragraph, items behind `- ` or their number, a table's cells apart by ` | `."""
    return "\n\n".join(_blocks(_parser().parse(text))) + "\n"


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """The blocks in reading order; code and raw HTML are no prose and are left out."""
    numbers: list[int | None] = []  # of the lists that are open: the next item's number, None in a list of bullets
    marker = ""
    row: list[str] | None = None
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                numbers.append(None)
            case "ordered_list_open":
                numbers.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                numbers.pop()
            case "list_item_open":
                number = numbers[-1]
                marker = "- " if number is None else f"{number}{token.markup} "
                if number is not None:
                    numbers[-1] = number + 1
            case "tr_open":
                row = []
            case "tr_close":
                yield " | ".join(row or ())
                row = None
            case "inline":
                words = "".join(_words(token.children or ())).strip()
                if row is not None:
                    row.append(words)
                elif words:
                    yield marker + words
                    marker = ""


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield "\n"


def _day(told: str) -> date | None:
    """The day that a field names as ISO 8601 does, with or without a time of day."""
    try:
        return date.fromisoformat(told[:10])
    except ValueError:
        return None
