"""The JSON Schema of a record."""

from __future__ import annotations

from typing import Any

from communique_models.record import SCHEMA_VERSION, Record


def json_schema() -> dict[str, Any]:
    """The schema of the records that are written, in JSON Schema 2020-12."""
    schema = Record.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:communique:record:{SCHEMA_VERSION}",
        "title": "Record",
        **{key: value for key, value in schema.items() if key != "title"},
    }
