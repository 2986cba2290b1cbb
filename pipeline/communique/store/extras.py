"""What has to be installed besides for some places."""

from __future__ import annotations

from importlib.util import find_spec

from communique.errors import ExtraMissingError


def needs(module: str, extra: str, what: str) -> None:
    """Raise `ExtraMissingError`, which says what to install, if a package is not there."""
    if find_spec(module) is None:
        raise ExtraMissingError(extra, what)
