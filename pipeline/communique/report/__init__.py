"""Pages to look at: a release with its evidence marked, and a run in tables and plots. They know records alone."""

from communique.report.site import Site, write_site

__all__ = ["Site", "write_site"]
