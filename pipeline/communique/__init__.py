"""communique: press releases become checked records of parties, sums, dates and commitments.

>>> from communique import Pipeline
>>> record = Pipeline().extract(text, published_on=date(2024, 4, 15))   # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from communique.settings import Settings
from communique.source import Source
from communique.version import __version__
from communique_models import Record

if TYPE_CHECKING:
    from communique.pipeline import Pipeline

__all__ = ["Pipeline", "Record", "Settings", "Source", "__version__"]


def __getattr__(name: str) -> Any:
    """The pipeline, imported when it is asked for: spaCy takes longer to import than most commands take to run."""
    if name == "Pipeline":
        from communique.pipeline import Pipeline

        return Pipeline
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
