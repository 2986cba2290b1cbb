"""The runs that wrote to a database, and what failed in them: the tables `runs` and `failures`."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from communique.store.sink import Sink
from communique.store.tables import Row

ID_DIGITS = 16


def keep_run(sink: Sink, told: dict[str, Any]) -> None:
    """Enter a run as `run.json` tells it into a database; files keep none. Raises `DatabaseError`."""
    run = run_row(told)
    failures = {one["release"]: one["reason"] for one in told["failures"]}
    sink.keep_run(run, [{"run_id": run["id"], "path": path, "reason": reason} for path, reason in failures.items()])


def run_row(told: dict[str, Any]) -> Row:
    """A run as a row; its id is made of all that is told of it, so that to tell it again changes nothing."""
    ended = datetime.fromisoformat(told["ended"])
    began = ended - timedelta(seconds=told["seconds"])
    return {
        "id": hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:ID_DIGITS],
        "started_at": began.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "ended_at": told["ended"],
        "version": told["versions"]["communique"],
        "settings": json.dumps(told["settings"], ensure_ascii=False),
        "releases_read": told["counts"]["read"],
        "releases_failed": told["counts"]["failed"],
        "words": told["counts"]["words"],
    }
