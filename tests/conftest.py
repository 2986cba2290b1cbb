"""What the tests share: the language model is loaded once in a process."""

from __future__ import annotations

import pytest

from communique import Pipeline


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return Pipeline()
