"""The views that answer what users ask: who gave whom how much, in the SQL of SQLite."""

from __future__ import annotations


def _names(role: str) -> str:
    """The parties of a commitment in one role, as one text."""
    return f"""(SELECT group_concat(name, ', ') FROM (
        SELECT p.name FROM commitment_parties cp JOIN parties p ON p.id = cp.party_id
        WHERE cp.commitment_id = c.id AND cp.role = '{role}' ORDER BY cp.position))"""


def _first_quote(role: str) -> str:
    return f"(SELECT m.quote FROM mentions m WHERE m.commitment_id = c.id AND m.role = '{role}' ORDER BY m.start_char LIMIT 1)"


SUM = "CASE WHEN a.value IS NOT NULL THEN a.value ELSE a.low || '-' || a.high END"
COMMON = f"""
    c.id AS commitment_id,
    r.published_on,
    {_names("provider")} AS provider,
    {_names("receiver")} AS receiver,
    c.action,
    c.status"""
PLACE = f"""
    {_first_quote("evidence")} AS quote,
    r.title,
    coalesce(r.source, r.name) AS source,
    r.id AS release_id"""

VIEWS: dict[str, str] = {
    "v_commitments": f"""
SELECT{COMMON},
    (SELECT group_concat(told, '; ') FROM (
        SELECT coalesce(a.currency, '?') || ' ' || {SUM} AS told
        FROM commitment_amounts ca JOIN amounts a ON a.id = ca.amount_id
        WHERE ca.commitment_id = c.id ORDER BY a.number)) AS sums,
    (SELECT group_concat(told, '; ') FROM (
        SELECT cd.role || ' ' || coalesce(d.value, m.quote) AS told
        FROM commitment_dates cd JOIN dates d ON d.id = cd.date_id LEFT JOIN mentions m ON m.date_id = d.id
        WHERE cd.commitment_id = c.id ORDER BY d.number)) AS dates,
    (SELECT group_concat(purpose, ', ') FROM (
        SELECT purpose FROM commitment_purposes cp WHERE cp.commitment_id = c.id ORDER BY purpose)) AS purposes,
    (SELECT group_concat(told, '; ') FROM (
        SELECT trim(coalesce(i.quantity || ' ', '') || coalesce(i.unit || ' ', '') || i.description) AS told
        FROM items i WHERE i.commitment_id = c.id ORDER BY i.number)) AS items,
    {_first_quote("condition")} AS condition,
    (SELECT p.name FROM parties p WHERE p.id = c.said_by_id) AS said_by,
    c.confidence,{PLACE}
FROM commitments c JOIN releases r ON r.id = c.release_id
ORDER BY r.published_on, r.name, c.number""",
    "v_counted": f"""
SELECT{COMMON},
    a.currency,
    coalesce(a.value, a.high) AS amount,
    a.comparator,
    c.confidence,{PLACE}
FROM commitment_amounts ca
JOIN amounts a ON a.id = ca.amount_id
JOIN commitments c ON c.id = ca.commitment_id
JOIN releases r ON r.id = c.release_id
WHERE ca.counted = 1
ORDER BY r.published_on, r.name, c.number, a.number""",
}
"""Each view's name and query. `v_commitments` has one row a commitment; `v_counted` one a sum that adds to a total (of a range,
its upper end), so that summing its amounts by currency counts nothing twice."""
