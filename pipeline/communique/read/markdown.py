"""Markdown: its words without the markup, a blank line between blocks; front matter as metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from communique.read.content import Blocks, Content, within
from communique.read.decode import decode

FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<fields>(?:.*\r?\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
FIELD = re.compile(r"(?P<key>\w+):[ \t]*(?P<quote>[\"']?)(?P<value>.*?)(?P=quote)[ \t]*\r?$", re.MULTILINE)
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
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
    blocks = Blocks(most)
    for words, line in _blocks(_parser().parse(text), front[0].count("\n") if front else 0):
        blocks.add(words, line=line)
    return Content(
        text=blocks.text,
        title=next((fields[key] for key in TITLE_KEYS if fields.get(key)), None),
        published_on=next((day for key in DATE_KEYS if (day := _day(fields.get(key, "")))), None),
        notices=notices,
        places=tuple(blocks.places),
    )


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def _blocks(tokens: Sequence[Token], before: int) -> Iterator[tuple[str, int]]:
    """The blocks in reading order, each with the line that it begins on, of which some stand `before` the tokens.

    A block is a paragraph, an item behind `- ` or its number, or a row of a table with cells apart by ` | `; code and raw HTML
    are no prose and are left out.
    """
    line = before
    numbers: list[int | None] = []  # of the lists that are open: the next item's number, None in a list of bullets
    marker = ""
    row: list[str] | None = None
    for token in tokens:
        line = before + token.map[0] + 1 if token.map else line
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
                yield " | ".join(row or ()), line
                row = None
            case "inline":
                words = "".join(_words(token.children or ())).strip()
                if row is not None:
                    row.append(words)
                elif words:
                    yield marker + words, line
                    marker = ""


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak") or (token.type == "html_inline" and BREAK.fullmatch(token.content)):
            yield "\n"


def _day(told: str) -> date | None:
    """The day that a field names as ISO 8601 does, with or without a time of day."""
    try:
        return date.fromisoformat(told[:10])
    except ValueError:
        return None
