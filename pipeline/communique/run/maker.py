"""How a process that extracts comes by the step, without whoever sends it there importing spaCy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from communique.run.engine import Doing
from communique.settings import Settings


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the step, in the process that takes it."""

    settings: Settings
    published_on: date | None = None
    skip_languages: bool = False

    def __call__(self) -> Doing:
        """Load the language model; raises `ModelError`."""
        from communique.pipeline import Pipeline
        from communique.run.step import Step

        return Step(Pipeline(self.settings), self.published_on, self.skip_languages)
