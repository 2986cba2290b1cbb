"""Changes as a page."""

from __future__ import annotations

from communique.changes.compare import Changes
from communique.report.pages import page


def changes_page(changes: Changes, before: str, after: str) -> str:
    """The page of what changed; `before` and `after` are the names of the two sets of records."""
    return page("changes.html", title="What changed", changes=changes, before=before, after=after)
