"""Records as a resource of dlt, which loads them into BigQuery, Snowflake, Redshift and more. Needs the extra `dlt`.

>>> import dlt
>>> from communique.warehouse import records
>>> pipeline = dlt.pipeline("communique", destination="duckdb", dataset_name="aid")   # doctest: +SKIP
>>> pipeline.run(records(["records"]))   # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from communique.errors import InvalidRecordError
from communique.loading import Loaded, load
from communique.store.extras import needs


def records(given: Iterable[str | Path]) -> Any:
    """A `DltResource` of the records in files and folders: a row a release, with tables below it for what the record lists.

    It merges: a release that is loaded again takes the place of what was there of it. A file that should be a record and is
    none raises `InvalidRecordError` when it is reached.
    """
    needs("dlt", "dlt", "dlt")
    import dlt

    return dlt.resource(
        _rows([Path(one) for one in given]),
        name="releases",
        primary_key="id",
        write_disposition="merge",
        columns={"published_on": {"data_type": "date"}, "record": {"data_type": "text"}},
    )


def _rows(given: list[Path]) -> Iterator[dict[str, Any]]:
    for one in load(given):
        if not isinstance(one, Loaded):
            raise InvalidRecordError(f"{one.name}: {one.reason}")
        record = one.record.model_dump(mode="json", exclude_none=True, exclude={"release", "places"})
        for amount in record["amounts"]:  # dlt would take their digits for text
            amount.update((name, Decimal(amount[name])) for name in ("value", "low", "high") if name in amount)
        release = one.record.release.model_dump(mode="json", exclude_none=True)
        yield {**release, **record, "name": one.name, "record": one.record.model_dump_json()}
