"""A run: files and folders of releases become records on disk and in databases."""

from __future__ import annotations

from communique.run.engine import Engine, Here
from communique.run.execute import Order, Summary, run
from communique.run.maker import Maker
from communique.run.plan import Job, Plan, plan
from communique.run.pool import Pool
from communique.settings import Limits

__all__ = ["Engine", "Here", "Job", "Order", "Plan", "Pool", "Summary", "engine_of", "plan", "run"]


def engine_of(order: Order, limits: Limits) -> Engine:
    """The engine that suits: worker processes, or, where their number is 0, this process."""
    make = Maker(order.settings, order.published_on)
    return Pool(make, limits) if limits.processes else Here(make)
