"""What a record of communique is: models, vocabularies and JSON Schema. Needs pydantic alone."""

from communique_models.crosswalks import ACTION_IATI_FINANCE, KIND_IATI, PURPOSE_DAC, PURPOSE_KIEL, SPENDING
from communique_models.enums import (
    FIRM,
    STATUS_CROSSWALK,
    Action,
    Basis,
    Comparator,
    Crosswalk,
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
from communique_models.record import (
    SCHEMA_VERSION,
    Amount,
    Commitment,
    Counted,
    Date,
    DateUse,
    Item,
    Mention,
    Notice,
    Party,
    Place,
    Provenance,
    Record,
    Release,
)
from communique_models.schema import json_schema

__all__ = [
    "ACTION_IATI_FINANCE", "FIRM", "KIND_IATI", "PURPOSE_DAC", "PURPOSE_KIEL", "SCHEMA_VERSION", "SPENDING", "STATUS_CROSSWALK",
    "Action", "Amount", "Basis", "Commitment", "Comparator", "Counted", "Crosswalk", "CurrencyBasis", "Date", "DateRole",
    "DateUse", "Item", "Kind", "Mention", "Notice", "NoticeCode", "Party", "Per", "Place", "Precision", "Provenance",
    "PublishedBasis", "Purpose", "Record", "Relation", "Release", "Status", "Uncounted", "UpdateEffect", "json_schema",
]
