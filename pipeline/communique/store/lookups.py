"""The tables of the closed vocabularies, the same rows in every database, with the codes that others have for them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, Integer, Table, Text

from communique.store.columns import metadata, one_of
from communique_models import (
    ACTION_IATI_FINANCE,
    FIRM,
    KIND_IATI,
    PURPOSE_DAC,
    PURPOSE_KIEL,
    SPENDING,
    STATUS_CROSSWALK,
    Action,
    Basis,
    Comparator,
    CurrencyBasis,
    DateRole,
    Kind,
    NoticeCode,
    Per,
    Precision,
    PublishedBasis,
    Purpose,
    Relation,
    Status,
    Uncounted,
    UpdateEffect,
)

Row = dict[str, Any]


class PartyRole(StrEnum):
    """What a party is to a commitment."""

    PROVIDER = "provider"
    RECEIVER = "receiver"


class MentionRole(StrEnum):
    """What a mention is to its fact."""

    FACT = "fact"
    TRIGGER = "trigger"
    EVIDENCE = "evidence"
    RESTATED = "restated"
    PROGRAMME = "programme"
    CONDITION = "condition"


DISBURSEMENT, EXPENDITURE = 3, 4  # IATI TransactionType of what is delivered

ENUMS: dict[str, type[StrEnum]] = {
    "statuses": Status,
    "kinds": Kind,
    "actions": Action,
    "purposes": Purpose,
    "date_roles": DateRole,
    "date_precisions": Precision,
    "amount_bases": Basis,
    "comparators": Comparator,
    "rate_units": Per,
    "currency_bases": CurrencyBasis,
    "publication_bases": PublishedBasis,
    "uncounted_reasons": Uncounted,
    "notice_codes": NoticeCode,
    "relations": Relation,
    "update_effects": UpdateEffect,
    "party_roles": PartyRole,
    "mention_roles": MentionRole,
}
"""The vocabulary of each table."""

CODES: dict[str, list[Column[Any]]] = {
    "statuses": [
        Column("firm", Boolean, nullable=False, comment="whether new money counts"),
        Column("fts", Text, comment="OCHA FTS"),
        Column("kiel", Text, comment="Kiel trackers"),
    ],
    "kinds": [Column("iati_organisation_type", Integer, comment="IATI OrganisationType")],
    "actions": [
        Column("iati_finance_type", Integer, comment="IATI FinanceType"),
        Column("iati_delivered", Integer, nullable=False, comment="IATI TransactionType of what is delivered so"),
    ],
    "purposes": [
        Column("dac_sector", Integer, comment="DAC purpose code of five digits, or category of three"),
        Column("kiel", Text, comment="kind of aid in the Kiel trackers"),
    ],
}
"""The columns that some have besides."""


def _table(name: str, enum: type[StrEnum]) -> Table:
    told = (enum.__doc__ or "").split("\n")[0].split("; `")[0]
    return Table(
        name,
        metadata,
        Column("id", Text, primary_key=True),
        Column("rank", Integer, nullable=False, comment="from 0 in the order of the vocabulary"),
        *CODES.get(name, []),
        comment=told,
    )


TABLES = {name: _table(name, enum) for name, enum in ENUMS.items()}

status_iati = Table(
    "status_iati",
    metadata,
    one_of("statuses", "status", primary=True),
    Column("transaction_type", Integer, primary_key=True, comment="IATI TransactionType"),
    comment="What IATI calls a status; what is delivered is a disbursement (3) or an expenditure (4), see actions.",
)


def _codes(name: str, one: Any) -> Row:
    """What a word is called elsewhere."""
    match name:
        case "statuses":
            return {"firm": one in FIRM, "fts": STATUS_CROSSWALK[one].fts, "kiel": STATUS_CROSSWALK[one].kiel}
        case "kinds":
            return {"iati_organisation_type": KIND_IATI.get(one)}
        case "actions":
            delivered = EXPENDITURE if one in SPENDING else DISBURSEMENT
            return {"iati_finance_type": ACTION_IATI_FINANCE.get(one), "iati_delivered": delivered}
        case "purposes":
            return {"dac_sector": PURPOSE_DAC.get(one), "kiel": PURPOSE_KIEL.get(one)}
        case _:
            return {}


def lookup_rows() -> dict[Table, list[Row]]:
    """The rows of the tables that are the same in every database."""
    made = {
        TABLES[name]: [{"id": one.value, "rank": rank, **_codes(name, one)} for rank, one in enumerate(enum)]
        for name, enum in ENUMS.items()
    }
    made[status_iati] = [
        {"status": status.value, "transaction_type": code} for status, words in STATUS_CROSSWALK.items() for code in words.iati
    ]
    return made
