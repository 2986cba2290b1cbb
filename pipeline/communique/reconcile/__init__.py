"""The ledger across releases: which commitments of different releases tell of the same undertaking, so that none counts twice.

>>> book = Book()               # doctest: +SKIP
>>> book.read(records)          # doctest: +SKIP
>>> book.made([]).ledger.links  # doctest: +SKIP
"""

from communique.reconcile.actors import Actor, PartyRow, join, party_rows
from communique.reconcile.book import Book, Made
from communique.reconcile.decisions import Kept
from communique.reconcile.ledger import Decision, Ledger, Link, Undertaking, reconcile
from communique.reconcile.telling import Telling, tellings_of

__all__ = [
    "Actor", "Book", "Decision", "Kept", "Ledger", "Link", "Made", "PartyRow", "Telling", "Undertaking", "join", "party_rows",
    "reconcile", "tellings_of",
]  # fmt: skip
