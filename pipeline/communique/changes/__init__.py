"""What changed between two runs: releases that came and went, and in the others each fact, field by field, with its words."""

from communique.changes.compare import Change, Changes, Field, Release, compare

__all__ = ["Change", "Changes", "Field", "Release", "compare"]
