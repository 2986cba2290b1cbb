"""What has to be installed besides for some places."""

from __future__ import annotations

from importlib.util import find_spec

from communique.errors import DatabaseError


def is_there(module: str) -> bool:
    """Whether a package is installed."""
    return find_spec(module) is not None


def needs(module: str, extra: str, what: str) -> None:
    """Raise `DatabaseError`, which says what to install, if a package is not there."""
    if not is_there(module):
        raise DatabaseError(f"{what} needs the package {module!r}; install it by: pip install 'communique[{extra}]'")
