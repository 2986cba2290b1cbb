from __future__ import annotations

import re

import pytest

import tables_figure
import tables_page
from communique.store import tables
from communique.store.lookups import lookup_rows
from communique.store.views import COMMENTS, views


def test_the_page_shows_the_tables_as_they_are() -> None:
    """Where this fails, `python tests/tables_page.py` mends the page."""
    assert tables_page.PAGE.read_text(encoding="utf-8") == tables_page.page()


def test_every_table_view_and_reference_is_on_it() -> None:
    page = tables_page.page()
    assert set(re.findall(r"### `(\w+)`", page)) == set(tables.metadata.tables)
    assert all(f"- `{view}`: " in page for view in views("sqlite"))
    assert set(COMMENTS) == set(views("sqlite"))
    for table in tables.metadata.sorted_tables:
        section = page.partition(f"### `{table.name}`\n")[2].partition("\n### ")[0]
        for column in table.columns:
            row = next(line for line in section.splitlines() if line.startswith(f"| `{column.name}` |"))
            assert all(f"`{key.column.table.name}`" in row for key in column.foreign_keys)


def test_the_figure_shows_every_table_of_facts_and_every_reference() -> None:
    figure = tables_figure.figure()
    facts = set(tables.metadata.tables) - {table.name for table in lookup_rows()}
    assert set(re.findall(r'class="name"[^>]*>(\w+)<', figure)) == facts
    drawn = len(re.findall(r'class="edge"', figure))
    named = sum(len(names.split(", ")) for names in re.findall(r"→ ([\w, ]+)<", figure) if names != "any fact")
    implied = {"releases"}  # what all in their frame refer to is told in its title
    references = [
        (table.name, key.column.table.name)
        for table in tables.metadata.sorted_tables
        for key in table.foreign_keys
        if table.name != "mentions" and key.column.table.name in facts - implied
    ]
    assert drawn + named == len(references) + 1  # `reviewed` is in another frame than its release


def test_a_table_without_a_place_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_figure, "FRAMES", tables_figure.FRAMES[1:])
    with pytest.raises(ValueError, match="commitment_parties"):
        tables_figure.figure()
