"""communique: press releases become checked records of parties, sums, dates and commitments.

>>> from communique import Pipeline
>>> record = Pipeline().extract(text, published_on=date(2024, 4, 15))   # doctest: +SKIP
"""

from communique.pipeline import Pipeline
from communique.settings import Settings
from communique.source import Source
from communique.version import __version__
from communique_models import Record

__all__ = ["Pipeline", "Record", "Settings", "Source", "__version__"]
