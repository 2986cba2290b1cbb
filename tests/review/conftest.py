from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from review.browsing import opened, two_commitments
from review.served import load, served


@pytest.fixture
def url(tmp_path: Path) -> str:
    return load(tmp_path / "r.db", havna=two_commitments(), kvam=two_commitments("Kvam, 6 May.\n\n"))


@pytest.fixture
def page(chromium: Browser, url: str) -> Iterator[Page]:
    with served(url) as address:
        yield from opened(chromium, address)
