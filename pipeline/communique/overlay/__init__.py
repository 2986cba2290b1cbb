"""What people decided about records, laid over them: pure functions that know records and decisions, no database and no page.

`told_of` says what a commitment is by its words alone, so that it can be kept apart from its record; `overlay` lays decisions
over a record and gives a corrected one, as valid as the first.
"""

from communique.overlay.apply import Card, Overlaid, overlay
from communique.overlay.decision import Decision, Flag, Verdict
from communique.overlay.selectors import select
from communique.overlay.snapshot import told_of
from communique.overlay.told import AmountTold, DateTold, ItemTold, PartyTold, Selector, Told

__all__ = [
    "AmountTold", "Card", "DateTold", "Decision", "Flag", "ItemTold", "Overlaid", "PartyTold", "Selector", "Told", "Verdict",
    "overlay", "select", "told_of",
]  # fmt: skip
