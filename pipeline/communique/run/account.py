"""What a run did, for programs: `run.json` beside the ledger, and a text file for Prometheus."""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from communique.errors import OutputError
from communique.run.execute import Order, Summary
from communique.run.ledger_tables import FOLDER
from communique.run.outcome import FACTS
from communique.settings import Limits
from communique.version import __version__

FILE = "run.json"
LIBRARIES = ("spacy", "thinc", "numpy", "pydantic", "SQLAlchemy")


def account(order: Order, limits: Limits, engine: str, summary: Summary) -> dict[str, Any]:
    """What was done, how fast, with which settings and versions; paths and reasons of what failed. No password of a database."""
    rate = summary.words / summary.seconds if summary.seconds else 0.0
    return {
        "ended": datetime.fromtimestamp(int(time.time()), UTC).isoformat().replace("+00:00", "Z"),
        "seconds": round(summary.seconds, 3),
        "counts": {
            "read": summary.read,
            "unchanged": summary.unchanged,
            "failed": len(summary.failed),
            "failed_before": len(summary.failed_before),
            "left_out": len(summary.left_out),
            "duplicates": len(summary.duplicates),
            "vanished": len(summary.vanished),
            "loaded": summary.loaded,
            "words": summary.words,
            **{kind: summary.facts[kind] for kind in FACTS},
        },
        "rates": {
            "words_per_second": round(rate, 1),
            "releases_per_second": round(summary.read / summary.seconds, 3) if summary.seconds else 0.0,
        },
        "notices": dict(sorted(summary.notices.items())),
        "passed_over": dict(sorted(summary.skipped.items())),
        "failures_by_cause": dict(sorted(summary.causes.items())),
        "failures": [{"release": path, "reason": reason} for path, reason in summary.failed],
        "failures_before": [{"release": path, "reason": reason} for path, reason in summary.failed_before],
        "left_out": [{"release": path, "language": language} for path, language in sorted(summary.left_out.items())],
        "duplicates": [{"release": path, "repeats": first} for path, first in summary.duplicates.items()],
        "vanished": summary.vanished,
        "slowest": [{"release": path, "seconds": round(seconds, 3)} for seconds, path in summary.slowest],
        "places": summary.places,
        "inputs": [str(path) for path in order.inputs],
        "engine": engine,
        "settings": {
            **order.settings.model_dump(mode="json"),
            **limits.model_dump(mode="json"),
            "workers": limits.processes,
            "published_on": order.published_on and order.published_on.isoformat(),
            "retry_failed": order.retry_failed,
            "prune": order.prune,
            "skip_languages": order.skip_languages,
        },
        "versions": {
            "communique": __version__,
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.machine()}",
            **{name.lower(): version(name) for name in LIBRARIES},
        },
    }


def write_account(told: dict[str, Any], out: Path) -> None:
    """Write `run.json`; raises `OutputError`."""
    _write(out / FOLDER / FILE, json.dumps(told, indent=2, ensure_ascii=False) + "\n")


METRICS: tuple[tuple[str, str, str, Callable[[dict[str, Any]], float]], ...] = (
    ("releases_read", "counter", "releases that became records", lambda told: told["counts"]["read"]),
    ("releases_failed", "counter", "releases that failed", lambda told: told["counts"]["failed"]),
    ("inputs_unchanged", "gauge", "inputs that were done before", lambda told: told["counts"]["unchanged"]),
    ("inputs_vanished", "gauge", "inputs that are not there any more", lambda told: told["counts"]["vanished"]),
    ("failed_before", "gauge", "releases that failed before and have not changed", lambda told: told["counts"]["failed_before"]),
    ("left_out", "gauge", "releases that are left out for their language", lambda told: told["counts"]["left_out"]),
    ("duplicates", "gauge", "releases whose text another one has", lambda told: told["counts"]["duplicates"]),
    ("words", "counter", "words that were read", lambda told: told["counts"]["words"]),
    ("seconds", "counter", "seconds of work", lambda told: told["seconds"]),
    ("words_per_second", "gauge", "words a second", lambda told: told["rates"]["words_per_second"]),
)
"""Name, type, meaning and value of each number without labels."""


def metrics(told: dict[str, Any]) -> str:
    """The numbers of a run in the text format of Prometheus."""
    lines: list[str] = []
    for name, kind, meaning, value in METRICS:
        lines += _metric(name, kind, meaning, [("", value(told))])
    facts = [(f'{{kind="{kind}"}}', told["counts"][kind]) for kind in FACTS]
    lines += _metric("facts", "counter", "facts that were found, by their kind", facts)
    causes = [(f'{{cause="{cause}"}}', count) for cause, count in told["failures_by_cause"].items()]
    lines += _metric("failures", "counter", "failures by their cause", causes)
    ended = datetime.fromisoformat(told["ended"]).timestamp()
    lines += _metric("last_run_timestamp_seconds", "gauge", "when the last run ended", [("", int(ended))])
    lines += _metric("info", "gauge", "the version", [(f'{{version="{told["versions"]["communique"]}"}}', 1)])
    return "\n".join(lines) + "\n"


def _metric(name: str, kind: str, meaning: str, values: list[tuple[str, float]]) -> list[str]:
    full = f"communique_{name}{'_total' if kind == 'counter' else ''}"
    return [f"# HELP {full} {meaning}", f"# TYPE {full} {kind}", *(f"{full}{labels} {value}" for labels, value in values)]


def write_metrics(told: dict[str, Any], file: Path) -> None:
    """Write the numbers to a file, whole, as the textfile collector needs it; raises `OutputError`."""
    _write(file, metrics(told))


def _write(file: Path, content: str) -> None:
    from communique.store.json_folder import write_whole

    try:
        write_whole(file, content.encode())
    except OSError as error:
        raise OutputError(f"{file} cannot be written: {error.strerror or error}") from error
