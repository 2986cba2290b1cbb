"""What has to be installed besides for some places."""

from __future__ import annotations

from importlib.util import find_spec

from communique.errors import DatabaseError


def needs(module: str, extra: str, what: str) -> None:
    """Raise `DatabaseError`, which says what to install, if a package is not there."""
    if find_spec(module) is None:
        raise DatabaseError(f"{what} needs the package {module!r}; install it by: pip install 'communique[{extra}]'")
