"""A run: files and folders of releases become records on disk and in databases."""

from __future__ import annotations

from datetime import date

from communique.run.engine import Engine, Here
from communique.run.execute import Summary, run
from communique.run.maker import Maker
from communique.run.plan import Job, Plan, plan
from communique.run.pool import Pool
from communique.settings import Limits, Settings

__all__ = ["Engine", "Here", "Job", "Plan", "Pool", "Summary", "engine_of", "plan", "run"]


def engine_of(settings: Settings, limits: Limits, published_on: date | None = None) -> Engine:
    """The engine that suits: worker processes, or, where their number is 0, this process."""
    make = Maker(settings, published_on)
    return Pool(make, limits) if limits.processes else Here(make)
