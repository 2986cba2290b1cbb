"""What the vocabularies of a record are called elsewhere: IATI code lists, DAC sectors, the Kiel trackers.

A value is missing where the other list has no word for it, or several that the record cannot tell apart.
"""

from __future__ import annotations

from communique_models.enums import Action, Kind, Purpose

KIND_IATI: dict[Kind, int] = {
    Kind.COUNTRY: 10,
    Kind.PUBLIC_BODY: 15,
    Kind.INTERGOVERNMENTAL: 40,
    Kind.COMPANY: 70,
    Kind.NONPROFIT: 22,
}
"""IATI OrganisationType: government, other public sector, multilateral, private sector, national NGO."""

ACTION_IATI_FINANCE: dict[Action, int] = {Action.FUND: 110, Action.LEND: 421, Action.INVEST: 510}
"""IATI FinanceType: standard grant, standard loan, common equity."""

SPENDING = frozenset({Action.BUY, Action.SUPPLY, Action.SERVE, Action.BUILD, Action.EMPLOY, Action.PUBLISH})
"""Actions whose delivered money was spent on goods and services: an expenditure to IATI (4), else it is a disbursement (3)."""

PURPOSE_DAC: dict[Purpose, int] = {
    Purpose.HUMANITARIAN: 720,
    Purpose.FINANCIAL: 51010,
    Purpose.RECONSTRUCTION: 73010,
    Purpose.ENERGY: 230,
    Purpose.HEALTH: 120,
    Purpose.EDUCATION: 110,
    Purpose.ENVIRONMENT: 410,
    Purpose.RESEARCH: 43082,
    Purpose.TRADE: 331,
    Purpose.JOBS: 16020,
    Purpose.JUSTICE: 15130,
    Purpose.SECURITY: 152,
    Purpose.CULTURE: 16061,
}
"""DAC sectors: purpose codes of five digits (IATI SectorVocabulary 1) or categories of three (2). Military aid has none."""

PURPOSE_KIEL: dict[Purpose, str] = {
    Purpose.MILITARY: "military",
    Purpose.HUMANITARIAN: "humanitarian",
    Purpose.FINANCIAL: "financial",
}
"""The kinds of aid that the Kiel trackers tell apart."""
