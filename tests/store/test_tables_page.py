from __future__ import annotations

import re

import tables_page
from communique.store import tables
from communique.store.views import COMMENTS, views


def test_the_page_shows_the_tables_as_they_are() -> None:
    """Where this fails, `python tests/tables_page.py` mends the page."""
    assert tables_page.PAGE.read_text(encoding="utf-8") == tables_page.page()


def test_every_table_view_and_reference_is_on_it() -> None:
    page = tables_page.page()
    assert set(re.findall(r"### `(\w+)`", page)) == set(tables.metadata.tables)
    assert all(f"- `{view}`: " in page for view in views("sqlite"))
    assert set(COMMENTS) == set(views("sqlite"))
    assert "releases ||--o{ commitments : release_id" in page
    assert "amounts |o--o{ amounts : part_of_id" in page
