"""`communique reconcile`, `communique link`, `communique unlink`."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.app import app
from communique.errors import InputMissingError, SettingsError
from communique_models import Record, Relation

if TYPE_CHECKING:
    from communique.reconcile import Book, Made
    from communique.store.links import Links

Db = Annotated[str, typer.Option("--db", metavar="URL", help="the database, like sqlite:///records.db, or env:NAME")]
By = Annotated[str | None, typer.Option(metavar="NAME", help="who decides (default: who is logged in)")]
Note = Annotated[str | None, typer.Option(metavar="WORDS", help="why")]
FACT = "its key in the database, like 9f86d081884c7d65:c1"
RELATIONS = ", ".join(Relation)


@app.command()
def reconcile(db: Db) -> None:
    """Join what releases in a database tell of the same undertaking, so that `v_new_money` counts each once.

    Made anew from the records each time, and the same whatever the order in which they came; only what changed is written.
    What people decided by `link` and `unlink` holds.
    """
    from communique.store.links import Links

    links = Links(db)
    _keep(links, _read(links))


@app.command()
def link(
    later: Annotated[str, typer.Argument(metavar="LATER", help=f"the later commitment, or a party: {FACT}")],
    earlier: Annotated[str, typer.Argument(metavar="EARLIER", help="the earlier one, or another party that is the same")],
    db: Db,
    relation: Annotated[str, typer.Option("--as", metavar="RELATION", help=f"one of {RELATIONS}")] = Relation.SAME_AS.value,
    by: By = None,
    note: Note = None,
) -> None:
    """Decide that two commitments tell of the same undertaking, or that two parties are one, and reconcile.

    The decision outlasts every rerun and reload.
    """
    if relation not in set(Relation):
        raise SettingsError(f"--as: {relation!r} is none of {RELATIONS}")
    _decide(db, later, earlier, Relation(relation), by, note)


@app.command()
def unlink(
    one: Annotated[str, typer.Argument(metavar="ONE", help=f"a commitment or a party: {FACT}")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="another one")],
    db: Db,
    by: By = None,
    note: Note = None,
) -> None:
    """Decide that two commitments tell of different undertakings, or that two parties are two, and reconcile.

    The decision outlasts every rerun and reload; `link` takes it back.
    """
    _decide(db, one, other, None, by, note)


def _read(links: Links) -> Book:
    from communique.reconcile import Book

    book = Book()
    book.read(_records(links))
    return book


def _records(links: Links) -> Iterator[Record]:
    for told in links.records():
        yield Record.model_validate_json(told)


def _keep(links: Links, book: Book) -> None:
    """Make the ledger, write it, and tell what it is."""
    from communique.reconcile import Kept
    from communique.store.link_tables import MADE

    kept = [
        Kept(
            later=one["later"],
            earlier=one["earlier"],
            relation=Relation(one["relation"]) if one["relation"] else None,
            later_words=one["later_words"],
            earlier_words=one["earlier_words"],
            by=one["decided_by"],
        )
        for one in links.decisions()
    ]
    made = book.made(kept)
    rows = made.rows()
    _tell(made, links.replace({table: rows[table.name] for table in MADE}))


def _tell(made: Made, changed: int) -> None:
    relations = ", ".join(f"{made.relations[one.value]} {one.value}" for one in Relation)
    typer.echo(
        f"{len(made.book.tellings)} commitments in {made.book.releases} releases: {len(made.ledger.undertakings)} undertakings"
    )
    links = len(made.ledger.links)
    typer.echo(f"{links} {'link' if links == 1 else 'links'}: {relations}")
    typer.echo(f"{len(made.book.parties)} parties: {len(made.actors)} actors")
    if made.lost:
        typer.echo(f"{made.lost} of people's decisions are about what is no longer there; they are kept", err=True)
    typer.echo(f"{changed} rows changed")


def _decide(db: str, later: str, earlier: str, relation: Relation | None, by: str | None, note: str | None) -> None:
    """Keep a decision and reconcile."""
    from communique.reconcile.decisions import is_party, words_of_telling
    from communique.store.links import Links

    if later == earlier or is_party(later) != is_party(earlier):
        raise SettingsError(f"{later} and {earlier} are no two commitments and no two parties")
    links = Links(db)
    book = _read(links)
    words = []
    for key in (later, earlier):
        party, telling = book.party(key), book.telling(key)
        if party is None and telling is None:
            raise InputMissingError(f"there is no {key} in the database; keys stand in `v_links`, `v_commitments` and `parties`")
        words.append(words_of_telling(telling) if telling else party.name if party else "")
    one, other = book.telling(later), book.telling(earlier)
    if one and other and relation is not None and relation is not Relation.SAME_AS and one.order < other.order:
        raise SettingsError(f"{later} is told before {earlier}, so it cannot be that it {relation} it; name the later one first")
    if one and other and one.release_id == other.release_id and relation is not None:
        raise SettingsError(f"{later} and {earlier} are of one release; commitments of different ones are linked")
    decided = {"later": later, "earlier": earlier, "relation": relation.value if relation else None, "note": note}
    links.decide({**decided, "later_words": words[0], "earlier_words": words[1], "decided_by": by or getpass.getuser()})
    _keep(links, book)
