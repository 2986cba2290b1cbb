"""The records of the samples, for tests of what is made of many records."""

from __future__ import annotations

from pathlib import Path

from communique import Pipeline
from communique.read import read_all
from communique.run import plan
from communique.settings import Settings
from communique.source import Source
from communique_models import Record

SAMPLES = Path(__file__).parents[2] / "samples"
_made: list[Record] = []


def sample_records(pipeline: Pipeline) -> list[Record]:
    """The records, made once."""
    if not _made:
        jobs = plan([SAMPLES]).jobs
        sources = [
            one.source for job in jobs for one in read_all(job.path, job.name, Settings()) if isinstance(one.source, Source)
        ]
        _made.extend(pipeline.extract_many(sources))
    return _made
