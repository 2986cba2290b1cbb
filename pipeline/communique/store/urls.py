"""Where records go, as users write it: URLs of databases and files, and where a URL stands that holds a password."""

from __future__ import annotations

import os
import re

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from communique.errors import DatabaseError

SCHEME = re.compile(r"([a-z0-9]+)(?:\+[a-z0-9]+)?:(?=.)")
ENVIRONMENT = "env:"
HINT = "write it like sqlite:///records.db"


def resolved(told: str) -> str:
    """The URL itself: what stands in an environment variable where `env:NAME` was given."""
    if not told.startswith(ENVIRONMENT):
        return told
    name = told.removeprefix(ENVIRONMENT)
    url = os.environ.get(name, "").strip()
    if not url:
        raise DatabaseError(
            f"--db {told}: the environment has no variable {name}; set it to a URL like postgresql://user:password@host/name"
        )
    return url


def scheme_of(url: str) -> str:
    """`sqlite` of ``sqlite:///records.db``; raises `DatabaseError`."""
    found = SCHEME.match(url)
    if found is None:
        raise DatabaseError(f"--db is no database URL; {HINT}")  # not repeated: it may hold a password
    return found[1]


def parsed(url: str) -> URL:
    """The parts of a database's URL; raises `DatabaseError`, which does not repeat it."""
    try:
        return make_url(url)
    except (ArgumentError, ValueError) as error:
        raise DatabaseError(f"--db is no database URL; {HINT}") from error


def has_password(told: str) -> bool:
    """Whether who sees the command line sees a password."""
    return bool(re.match(r"[a-z0-9+]+://[^/@]*:[^/@]+@", told) or re.search(r"[?&]password=", told))
