"""The views of records with what people decided about them."""

from __future__ import annotations

from collections.abc import Iterable

COLUMNS = ("sums", "dates", "purposes", "items", "condition", "said_by", "confidence")
WHO = ("provider", "receiver", "action", "status")
NOBODY = "CAST(NULL AS TEXT)"
UNDECIDED = "WHERE NOT EXISTS (SELECT 1 FROM reviewed w WHERE w.release_id = v.release_id)"
PLACE = "w.quote, r.title, coalesce(r.source, r.name) AS source, r.id AS release_id"


def _of(alias: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{alias}.{name}" for name in columns)


def _of_counted(what: str) -> str:
    """What the counted sums of a commitment tell together, where they are in one currency."""
    return f"""(SELECT CASE WHEN count(DISTINCT coalesce(s.currency, '?')) = 1 THEN {what} END
        FROM reviewed_sums s WHERE s.reviewed_id = w.id AND s.counted)"""


VIEWS = {
    "v_reviewed": f"""
SELECT w.found_id AS commitment_id, r.published_on, {_of("w", WHO)},
    {_of_counted("min(s.currency)")} AS currency, {_of_counted("sum(s.amount)")} AS counted, {_of("w", COLUMNS)},
    w.verdict, w.flag, w.decided_by, w.decided_at, {PLACE}
FROM reviewed w JOIN releases r ON r.id = w.release_id
WHERE coalesce(w.verdict, '') <> 'rejected' AND coalesce(w.flag, '') <> 'lost'
UNION ALL
SELECT v.commitment_id, v.published_on, {_of("v", WHO)}, v.currency, v.counted, {_of("v", COLUMNS)},
    {NOBODY}, {NOBODY}, {NOBODY}, {NOBODY}, v.quote, v.title, v.source, v.release_id
FROM v_commitments v {UNDECIDED}""",
    "v_reviewed_counted": f"""
SELECT w.found_id AS commitment_id, r.published_on, {_of("w", WHO)}, s.currency, s.amount, s.comparator,
    w.confidence, w.verdict, w.flag, {PLACE}
FROM reviewed_sums s JOIN reviewed w ON w.id = s.reviewed_id JOIN releases r ON r.id = w.release_id
WHERE s.counted
UNION ALL
SELECT v.commitment_id, v.published_on, {_of("v", WHO)}, v.currency, v.amount, v.comparator,
    v.confidence, {NOBODY}, {NOBODY}, v.quote, v.title, v.source, v.release_id
FROM v_counted v {UNDECIDED}""",
}
"""The commitments, and the sums that add to a total, with what people decided: `verdict` is null where nobody did."""
COMMENTS = {
    "v_reviewed": "v_commitments with what people decided: corrected, without what was rejected, with what was added.",
    "v_reviewed_counted": "v_counted with what people decided.",
}
