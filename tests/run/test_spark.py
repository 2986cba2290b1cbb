"""The recipe for Spark that docs/scale.md gives, for real; skipped where pyspark is not installed."""

from __future__ import annotations

import os
import sys
from typing import Any

import pytest

import pages
import readme
from communique import Pipeline

TEXTS = {f"{number}": f"Norway will provide €{number} million to Kenya over five years.\n" for number in range(1, 8)}


def recipe() -> str:
    text = (pages.DOCS / "scale.md").read_text(encoding="utf-8")
    return next(match["body"] for match in readme.FENCED.finditer(text) if "mapInPandas" in match["body"])


def test_the_recipe_is_short() -> None:
    assert len([line for line in recipe().splitlines() if line.strip()]) <= 14


def test_spark_gives_the_same_records(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    sql: Any = pytest.importorskip("pyspark.sql", reason="pyspark is not installed: pip install pyspark==4.3.0, and Java 17")
    monkeypatch.setitem(os.environ, "PYSPARK_PYTHON", sys.executable)
    spark = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        scope: dict[str, Any] = {
            "__name__": "recipe",
            "releases": spark.createDataFrame(list(TEXTS.items()), "id string, text string"),
        }
        exec(compile(recipe(), "scale.md", "exec"), scope)
        told = {row["id"]: row["record"] for row in scope["made"].collect()}
    finally:
        spark.stop()
    assert told == {name: pipeline.extract(text).model_dump_json() for name, text in TEXTS.items()}
