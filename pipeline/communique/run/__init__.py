"""A run: files and folders of releases become records on disk and in databases."""

from communique.run.execute import Summary, run
from communique.run.plan import Job, Plan, plan

__all__ = ["Job", "Plan", "Summary", "plan", "run"]
