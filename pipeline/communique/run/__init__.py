"""A run: files and folders of releases become records on disk and in databases."""

from communique.run.engine import Engine, Here
from communique.run.execute import Order, Summary, run
from communique.run.plan import Job, Plan, plan
from communique.run.pool import Pool
from communique.run.start import Way, carry_out

__all__ = ["Engine", "Here", "Job", "Order", "Plan", "Pool", "Summary", "Way", "carry_out", "plan", "run"]
