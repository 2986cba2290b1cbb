"""The views that answer what users ask: who gave whom how much, when, how firmly."""

from __future__ import annotations

from communique.store import views_reviewed
from communique.store.dialects import DIALECTS, Dialect


def views(dialect: str) -> dict[str, str]:
    """Each view's name and query in the SQL of a database, those that others need first."""
    sql = DIALECTS[dialect]
    return {
        "v_commitments": _commitments(sql),
        "v_counted": _counted(sql),
        "v_by_provider_month": BY_PROVIDER_MONTH,
        "v_kiel": KIEL,
        "v_iati_transactions": IATI_TRANSACTIONS,
        "v_parts": _parts(sql),
        "v_converted": CONVERTED,
        **views_reviewed.VIEWS,
        "v_new_money": _new_money(sql),
        "v_undertakings": _undertakings(sql),
        "v_links": _links(),
    }


COMMENTS = {
    "v_commitments": "One row a commitment: who gives whom what, when, how firmly, in which words.",
    "v_counted": "One row a sum that adds to a total (of a range, its upper end): summed by currency, nothing counts twice.",
    "v_by_provider_month": "What each provider's counted sums add to, by month of publication and currency.",
    "v_kiel": "Commitments and allocations a month as the Kiel trackers part them, by kind of aid.",
    "v_iati_transactions": "One row a counted sum in the codes of IATI.",
    "v_parts": "Totals with the parts that are told of them, and whether the parts fit into the total.",
    "v_new_money": "One row a commitment that changes what is undertaken (`communique reconcile`): none counts twice.",
    "v_undertakings": "One row an undertaking: who gives whom how much as last told, and in how many releases.",
    "v_links": "How commitments stand to earlier ones of other releases, in the words of both, and why.",
    "v_converted": "The counted sums in the currency they were converted into, with rate, or why they were not.",
    **views_reviewed.COMMENTS,
}


def _names(sql: Dialect, role: str) -> str:
    """The parties of a commitment in one role, as one text."""
    source = f"""FROM commitment_parties cp JOIN parties p ON p.id = cp.party_id
        WHERE cp.commitment_id = c.id AND cp.role = '{role}'"""
    return sql.listed("p.name", ", ", source, "cp.position")


def _purposes(sql: Dialect) -> str:
    return sql.listed("cp.purpose", ", ", "FROM commitment_purposes cp WHERE cp.commitment_id = c.id", "cp.purpose")


def _first_quote(role: str) -> str:
    return f"(SELECT m.quote FROM mentions m WHERE m.commitment_id = c.id AND m.role = '{role}' ORDER BY m.start_char LIMIT 1)"


def _common(sql: Dialect) -> str:
    return f"""
    c.id AS commitment_id,
    r.published_on,
    {_names(sql, "provider")} AS provider,
    {_names(sql, "receiver")} AS receiver,
    c.action,
    c.status"""


PLACE = f"""
    {_first_quote("evidence")} AS quote,
    r.title,
    coalesce(r.source, r.name) AS source,
    r.id AS release_id"""


def _of_counted(what: str) -> str:
    """What the counted sums of a commitment tell together, where they are in one currency."""
    return f"""(SELECT CASE WHEN count(DISTINCT coalesce(a.currency, '?')) = 1 THEN {what} END
        FROM commitment_amounts ca JOIN amounts a ON a.id = ca.amount_id WHERE ca.commitment_id = c.id AND ca.counted)"""


def _commitments(sql: Dialect) -> str:
    told = f"coalesce({sql.digits('a.value')}, {sql.digits('a.low')} || '-' || {sql.digits('a.high')})"
    sums = sql.listed(
        f"coalesce(a.currency, '?') || ' ' || {told}",
        "; ",
        "FROM commitment_amounts ca JOIN amounts a ON a.id = ca.amount_id WHERE ca.commitment_id = c.id",
        "a.number",
    )
    dates = sql.listed(
        "cd.role || ' ' || coalesce(d.value, m.quote)",
        "; ",
        """FROM commitment_dates cd JOIN dates d ON d.id = cd.date_id LEFT JOIN mentions m ON m.date_id = d.id
        WHERE cd.commitment_id = c.id""",
        "d.number",
    )
    items = sql.listed(
        f"trim(coalesce({sql.digits('i.quantity')} || ' ', '') || coalesce(i.unit || ' ', '') || i.description)",
        "; ",
        "FROM items i WHERE i.commitment_id = c.id",
        "i.number",
    )
    return f"""
SELECT{_common(sql)},
    {_of_counted("min(a.currency)")} AS currency,
    {_of_counted("sum(coalesce(a.value, a.high))")} AS counted,
    {sums} AS sums,
    {dates} AS dates,
    {_purposes(sql)} AS purposes,
    {items} AS items,
    {_first_quote("condition")} AS condition,
    (SELECT p.name FROM parties p WHERE p.id = c.said_by_id) AS said_by,
    c.confidence,{PLACE}
FROM commitments c JOIN releases r ON r.id = c.release_id
ORDER BY r.published_on, r.name, c.number"""


def _counted(sql: Dialect) -> str:
    return f"""
SELECT{_common(sql)},
    a.currency,
    coalesce(a.value, a.high) AS amount,
    a.comparator,
    {sql.month("r.published_on")} AS month,
    {_purposes(sql)} AS purposes,
    c.confidence,{PLACE},
    a.id AS amount_id
FROM commitment_amounts ca
JOIN amounts a ON a.id = ca.amount_id
JOIN commitments c ON c.id = ca.commitment_id
JOIN releases r ON r.id = c.release_id
WHERE ca.counted
ORDER BY r.published_on, r.name, c.number, a.number"""


BY_PROVIDER_MONTH = """
SELECT month, provider, currency, count(DISTINCT commitment_id) AS commitments, sum(amount) AS amount
FROM v_counted
GROUP BY month, provider, currency
ORDER BY month, provider, currency"""
# a sum that several give together is told of them together, since how they share it is not

KIEL = """
SELECT month, provider, receiver, aid, currency,
    sum(CASE WHEN kiel = 'commitment' THEN amount ELSE 0 END) AS commitments,
    sum(CASE WHEN kiel = 'allocation' THEN amount ELSE 0 END) AS allocations
FROM (
    SELECT v.month, v.provider, v.receiver, v.currency, v.amount, s.kiel,
        coalesce((SELECT p.kiel FROM commitment_purposes cp JOIN purposes p ON p.id = cp.purpose
            WHERE cp.commitment_id = v.commitment_id AND p.kiel IS NOT NULL ORDER BY p.rank LIMIT 1), 'other') AS aid
    FROM v_counted v JOIN statuses s ON s.id = v.status
    WHERE s.kiel IS NOT NULL
) AS told
GROUP BY month, provider, receiver, aid, currency
ORDER BY month, provider, receiver, aid, currency"""


def _first_party(what: str, role: str) -> str:
    return f"""(SELECT {what} FROM commitment_parties cp JOIN parties p ON p.id = cp.party_id JOIN kinds k ON k.id = p.kind
        WHERE cp.commitment_id = v.commitment_id AND cp.role = '{role}' ORDER BY cp.position LIMIT 1)"""


def _first_sector(what: str) -> str:
    return f"""(SELECT {what} FROM commitment_purposes cp JOIN purposes p ON p.id = cp.purpose
        WHERE cp.commitment_id = v.commitment_id AND p.dac_sector IS NOT NULL ORDER BY p.rank LIMIT 1)"""


IATI_TRANSACTIONS = f"""
SELECT
    v.commitment_id,
    v.amount_id,
    CASE WHEN v.status = 'delivered' THEN n.iati_delivered
        ELSE (SELECT min(si.transaction_type) FROM status_iati si WHERE si.status = v.status) END AS transaction_type,
    coalesce((SELECT min(d.begin_date) FROM commitment_dates cd JOIN dates d ON d.id = cd.date_id
        WHERE cd.commitment_id = v.commitment_id AND cd.role IN ('made', 'done') AND d.precision = 'day'), v.published_on)
        AS transaction_date,
    v.amount AS value,
    v.currency,
    v.published_on AS value_date,
    v.provider AS provider_org,
    {_first_party("k.iati_organisation_type", "provider")} AS provider_org_type,
    {_first_party("p.country", "provider")} AS provider_country,
    v.receiver AS receiver_org,
    {_first_party("k.iati_organisation_type", "receiver")} AS receiver_org_type,
    {_first_party("p.country", "receiver")} AS recipient_country,
    {_first_sector("p.dac_sector")} AS sector,
    {_first_sector("CASE WHEN p.dac_sector > 999 THEN 1 ELSE 2 END")} AS sector_vocabulary,
    n.iati_finance_type AS finance_type,
    v.quote AS description,
    v.title,
    v.source,
    v.release_id
FROM v_counted v JOIN actions n ON n.id = v.action
WHERE EXISTS (SELECT 1 FROM status_iati si WHERE si.status = v.status)
ORDER BY transaction_date, v.source, v.amount_id"""


def _parts(sql: Dialect) -> str:
    least, most = "coalesce(a.low, a.value)", "coalesce(w.high, w.value)"
    parts = sql.listed(
        f"coalesce(a.currency, '?') || ' ' || {sql.digits('coalesce(a.value, a.high)')}",
        "; ",
        "FROM amounts a WHERE a.part_of_id = w.id",
        "a.number",
    )
    return f"""
SELECT
    w.id AS amount_id,
    w.currency,
    {most} AS total,
    w.comparator,
    p.parts,
    p.parts_sum,
    {most} - p.parts_sum AS rest,
    CASE WHEN w.comparator IN ('>', '>=') OR p.currencies > 0 THEN NULL ELSE p.parts_sum <= {most} END AS fits,
    {parts} AS parts_told,
    m.quote,
    r.title,
    coalesce(r.source, r.name) AS source,
    r.id AS release_id
FROM amounts w
JOIN (SELECT a.part_of_id, count(*) AS parts,
        CASE WHEN count(DISTINCT coalesce(a.currency, '?')) = 1 THEN sum({least}) END AS parts_sum,
        sum(CASE WHEN coalesce(a.currency, '?') = coalesce(t.currency, '?') THEN 0 ELSE 1 END) AS currencies
    FROM amounts a JOIN amounts t ON t.id = a.part_of_id GROUP BY a.part_of_id) AS p ON p.part_of_id = w.id
JOIN releases r ON r.id = w.release_id
LEFT JOIN mentions m ON m.amount_id = w.id
ORDER BY r.published_on, r.name, w.number"""


CONVERTED = """
SELECT v.commitment_id, v.amount_id, v.published_on, v.month, v.provider, v.receiver, v.action, v.status,
    v.currency AS told_currency, v.amount AS told_amount,
    x.currency, coalesce(x.value, x.high) AS amount, x.rate, x.rate_date, x.source AS rate_source, x.gap,
    v.quote, v.title, v.source, v.release_id
FROM v_counted v JOIN conversions x ON x.amount_id = v.amount_id
ORDER BY v.published_on, v.source, v.amount_id"""


def _actors(sql: Dialect, role: str) -> str:
    """Those of a commitment in one role under the names that they have across releases."""
    source = f"""FROM commitment_parties cp JOIN parties p ON p.id = cp.party_id
        LEFT JOIN actor_parties ap ON ap.party_id = p.id LEFT JOIN actors t ON t.id = ap.actor_id
        WHERE cp.commitment_id = c.id AND cp.role = '{role}'"""
    return sql.listed("coalesce(t.name, p.name)", ", ", source, "cp.position")


def _new_money(sql: Dialect) -> str:
    return f"""
SELECT
    {sql.month("r.published_on")} AS month,
    r.published_on,
    {_actors(sql, "provider")} AS provider,
    {_actors(sql, "receiver")} AS receiver,
    c.action,
    c.status,
    l.relation,
    n.currency,
    n.amount,
    {_purposes(sql)} AS purposes,
    t.undertaking_id,
    c.id AS commitment_id,{PLACE}
FROM new_money n
JOIN commitments c ON c.id = n.commitment_id
JOIN tellings t ON t.commitment_id = c.id
JOIN releases r ON r.id = c.release_id
LEFT JOIN links l ON l.later_id = c.id
ORDER BY r.published_on, r.name, c.number, n.currency"""


def _undertakings(sql: Dialect) -> str:
    sums = sql.listed(
        f"s.currency || ' ' || {sql.digits('s.total')}",
        "; ",
        "FROM undertaking_sums s WHERE s.undertaking_id = u.id",
        "s.currency",
    )
    drawn = sql.listed(
        f"s.currency || ' ' || {sql.digits('s.drawn')}",
        "; ",
        "FROM undertaking_sums s WHERE s.undertaking_id = u.id AND s.drawn > 0",
        "s.currency",
    )
    return f"""
SELECT
    u.id AS undertaking_id,
    u.first_told,
    u.last_told,
    {_actors(sql, "provider")} AS provider,
    {_actors(sql, "receiver")} AS receiver,
    c.action,
    u.status,
    {sums} AS sums,
    {drawn} AS drawn,
    {_purposes(sql)} AS purposes,
    u.tellings,{PLACE}
FROM undertakings u
JOIN commitments c ON c.id = u.id
JOIN releases r ON r.id = c.release_id
ORDER BY u.first_told, u.id"""


def _links() -> str:
    of = "FROM mentions m WHERE m.commitment_id = {0}.id AND m.role = 'evidence'"
    quote = f"(SELECT m.quote {of} ORDER BY m.start_char LIMIT 1)"
    return f"""
SELECT
    l.relation,
    l.effect,
    l.score,
    l.decided_by,
    later.published_on AS later_published_on,
    {quote.format("c")} AS later_quote,
    earlier.published_on AS earlier_published_on,
    {quote.format("b")} AS earlier_quote,
    l.reasons,
    l.later_id,
    l.earlier_id
FROM links l
JOIN commitments c ON c.id = l.later_id
JOIN releases later ON later.id = c.release_id
JOIN commitments b ON b.id = l.earlier_id
JOIN releases earlier ON earlier.id = b.release_id
ORDER BY later.published_on, l.later_id"""
