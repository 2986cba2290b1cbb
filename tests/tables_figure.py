"""The figure of the tables, `docs/tables.svg`: what a row of one refers to in another, made from their definition.

`python tests/readme.py` writes it. Where a table stands is told here by hand; one that has no place fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Table

from communique.store import tables
from communique.store.lookups import lookup_rows

WIDTH, HEIGHT, MARGIN = 172, 44, 24
COLUMN, ROW = 202, 58
HEADING = 30
SHOWN = 4  # references that are named in a box; of more, it refers to all facts


@dataclass(frozen=True, slots=True)
class Frame:
    """A group of tables with the place of each, by column and row; rows may be halves."""

    title: str
    places: Mapping[str, tuple[float, float]]
    implied: frozenset[str] = frozenset()  # tables that all of these refer to, which is told in the title

    @property
    def height(self) -> float:
        return HEADING + ROW * (1 + max(row for _, row in self.places.values()))

    def draws(self, name: str, to: str) -> bool:
        """Whether a reference is an arrow: to a table in the next column; others are named in the box."""
        near = to in self.places and abs(self.places[name][0] - self.places[to][0]) == 1
        return near and to not in self.implied and name != "mentions"


FRAMES = (
    Frame(
        "What a release says: all of it has its release_id",
        {
            "releases": (0, 0), "records": (1, 0), "notices": (2, 0), "mentions": (3, 0),
            "party_aliases": (0, 1), "party_identifiers": (0, 2), "conversions": (0, 3),
            "parties": (1, 1.5), "amounts": (1, 3), "dates": (1, 4),
            "commitment_parties": (2, 1.5), "commitment_amounts": (2, 3), "commitment_dates": (2, 4),
            "commitments": (3, 2.5), "commitment_purposes": (4, 2), "items": (4, 3),
        },
        frozenset({"releases"}),
    ),
    Frame(
        "Across releases: communique reconcile",
        {
            "actor_parties": (0, 0), "actors": (1, 0), "tellings": (0, 1), "undertakings": (1, 1), "undertaking_sums": (2, 1),
            "links": (2, 0), "new_money": (3, 0), "link_decisions": (3, 1),
        },
    ),
    Frame("What people decided: communique review", {"decisions": (0, 0), "reviewed_sums": (1, 0), "reviewed": (2, 0)}),
    Frame("Runs", {"failures": (0, 0), "runs": (1, 0)}),
)  # fmt: skip
STYLE = """
 text { font: 13px system-ui, sans-serif; fill: #1d2433 }
 .back { fill: #fbfaf8 } .frame { fill: #f1efea; stroke: #dedad2 } .title { font-weight: 600; font-size: 12px; fill: #4a5161 }
 .box { fill: #fff; stroke: #00796b } .name { font-family: ui-monospace, monospace } .more { font-size: 11px; fill: #5a6170 }
 .edge { fill: none; stroke: #5a6170; stroke-width: 1.3; marker-end: url(#tip) } .tip { fill: #5a6170 }
 @media (prefers-color-scheme: dark) {
  text { fill: #e4e6eb } .back { fill: #1e2129 } .frame { fill: #262a34; stroke: #3a3f4b } .title, .more { fill: #b3b9c6 }
  .box { fill: #1e2129; stroke: #4db6ac } .edge { stroke: #9aa1b0 } .tip { fill: #9aa1b0 }
 }
"""


def figure() -> str:
    """The whole figure."""
    missing = {table.name for table in _facts()} ^ {name for frame in FRAMES for name in frame.places}
    if missing:
        raise ValueError(f"tables without a place, or places without a table: {', '.join(sorted(missing))}")
    parts: list[str] = []
    top = float(MARGIN)
    for frame in FRAMES:
        parts += _frame(frame, top)
        top += frame.height + MARGIN / 2
    width = 2 * MARGIN + 5 * COLUMN
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top + MARGIN / 2:g}" role="img">',
            "<title>The tables, and what a row of each refers to</title>",
            f"<style>{STYLE}</style>",
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
            '<path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>',
            '<rect class="back" width="100%" height="100%"/>',
            *parts,
            "</svg>\n",
        ]
    )


def _facts() -> list[Table]:
    return [table for table in tables.metadata.sorted_tables if table not in lookup_rows()]


def _frame(frame: Frame, top: float) -> Iterator[str]:
    """A frame at its height, the arrows in it, and its boxes over them."""
    yield f'<rect class="frame" x="{MARGIN}" y="{top:g}" width="{5 * COLUMN}" height="{frame.height:g}" rx="6"/>'
    yield f'<text class="title" x="{MARGIN + 15}" y="{top + 20:g}">{frame.title}</text>'
    shown = [table for table in _facts() if table.name in frame.places]
    corners = {name: (MARGIN + 15 + column * COLUMN, top + HEADING + row * ROW) for name, (column, row) in frame.places.items()}
    for table in shown:
        yield from (_arrow(corners[table.name], corners[to]) for _, to in _references(table) if frame.draws(table.name, to))
    for table in shown:
        told = [name for name, to in _references(table) if to not in frame.implied and not frame.draws(table.name, to)]
        yield from _box(table.name, told, *corners[table.name])


def _references(table: Table) -> list[tuple[str, str]]:
    """The columns of a table that refer to others, without `_id`, and to which; vocabularies aside."""
    return [
        (column.name.removesuffix("_id"), key.column.table.name)
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table not in lookup_rows()
    ]


def _box(name: str, others: list[str], x: float, y: float) -> Iterator[str]:
    middle = x + WIDTH / 2
    more = "any fact" if len(others) > SHOWN else ", ".join(others)
    yield f'<rect class="box" x="{x:g}" y="{y:g}" width="{WIDTH}" height="{HEIGHT}" rx="4"/>'
    at = y + (19 if more else 27)
    yield f'<text class="name" x="{middle:g}" y="{at:g}" text-anchor="middle">{name}</text>'
    if more:
        yield f'<text class="more" x="{middle:g}" y="{y + 35:g}" text-anchor="middle">→ {more}</text>'


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    """From the side of one box to the side of another that faces it."""
    right = end[0] > start[0]
    x, y = start[0] + (WIDTH if right else 0), start[1] + HEIGHT / 2
    to, down = end[0] + (0 if right else WIDTH), end[1] + HEIGHT / 2
    half = (x + to) / 2
    return f'<path class="edge" d="M{x:g} {y:g}C{half:g} {y:g} {half:g} {down:g} {to:g} {down:g}"/>'
